"""The lexicon of named actors."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from variorum.world.actors import ActorLexicon, NamedActor, NamedPerson, _rows
from variorum.world.names import name_key
from variorum.world.states import State

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def lexicon() -> ActorLexicon:
    return ActorLexicon.load()


def first(lexicon: ActorLexicon, name: str) -> NamedActor | NamedPerson | State:
    return lexicon.meanings(name_key(name))[0].of


@pytest.mark.parametrize(
    ("name", "canonical", "country"),
    [
        ("Jaysh al-Adl", "Jaish al-Adl", "IRN"),
        ("Hizballah", "Hezbollah", "LBN"),
        ("Boko Haram", "Boko Haram", "NGA"),
        ("Polisario", "Polisario Front", "ESH"),
        ("Sendero Luminoso", "Shining Path", "PER"),
        ("Inter-Services Intelligence", "Inter-Services Intelligence", "PAK"),
        ("United Nations", "United Nations", None),
    ],
)
def test_known_names(lexicon: ActorLexicon, name: str, canonical: str, country: str | None) -> None:
    found = first(lexicon, name)
    assert isinstance(found, NamedActor)
    assert (found.name, found.country) == (canonical, country)


def test_a_state_outweighs_its_namesakes(lexicon: ActorLexicon) -> None:
    for name in ("Chad", "Jordan", "Mozambique", "Georgia"):
        assert isinstance(first(lexicon, name), State)


def test_generic_bodies_are_no_names(lexicon: ActorLexicon) -> None:
    for name in ("National Police", "Ministry of Interior", "Air Force", "Coast Guard", "Pakistan Army"):
        assert not [m for m in lexicon.meanings(name_key(name)) if isinstance(m.of, NamedActor)], name


def test_offices_by_date(lexicon: ActorLexicon) -> None:
    (khan,) = [p for p in lexicon.surnamed("Kakar") if p.country == "PAK"]
    held = khan.term_on("2023-12-01")
    assert held is not None
    assert held.role == "head of government"
    assert khan.term_on("2015-01-01") is None
    assert khan.term_on(None) is not None


def test_romanisations_meet(lexicon: ActorLexicon) -> None:
    person = lexicon.person_sounding("Hosein Amir Abdollahian")
    assert person is not None
    assert person.name == "Hossein Amirabdollahian"
    assert lexicon.person_sounding("Nobody of That Name") is None
    assert lexicon.group_sounding("Zzyzx Brigade of Nowhere") is None


def test_sectors_follow_the_day(lexicon: ActorLexicon) -> None:
    front = first(lexicon, "Rwandan Patriotic Front")
    assert isinstance(front, NamedActor)
    assert front.sectors_on("1992-05-01")[0] == "REB"
    assert front.sectors_on("2005-05-01")[0] == "PTY"
    assert front.sectors_on(None) == front.sectors


def test_states_that_are_no_more_have_their_names(lexicon: ActorLexicon) -> None:
    soviet = first(lexicon, "Soviet Union")
    assert isinstance(soviet, State)
    assert soviet.iso3 == "SUN"
    former = [m for m in lexicon.meanings(name_key("Moscow")) if m.until]
    assert [(m.of.name, m.until) for m in former] == [("Soviet Union", "1991-12-26")]


def test_records_of_two_countries_stay_apart(lexicon: ActorLexicon) -> None:
    bearers = {
        m.of.country for m in lexicon.meanings(name_key("National Liberation Army")) if isinstance(m.of, NamedActor)
    }
    assert {"COL", "MKD"} <= bearers


def test_a_surname_without_its_article(lexicon: ActorLexicon) -> None:
    assert "SYR" in {person.country for person in lexicon.surnamed("Assad")}


def test_no_row_of_a_table_has_the_name_of_another_state() -> None:
    """But for rows of our own: "Swiss Guard" is the Vatican's."""
    spec = importlib.util.spec_from_file_location("actor_tables", ROOT / "tools" / "actor_tables.py")
    assert spec is not None
    assert spec.loader is not None
    tables = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tables)
    rows = [row for row in _rows("actors.tsv.gz") if row[3] in ("force", "group") and "compiled" not in row[-1]]
    assert [row[:2] for row in rows if tables.own_country(row[0], row[1]) != row[1]] == []
    assert tables.own_country("China's People's Liberation Army", "HKG") == "CHN"
    assert tables.own_country("Niger Delta Volunteers", "NGA") == "NGA"
    assert tables.own_country("Anti-Armenian Front", "FRA") == "FRA"


def test_every_row_names_its_sources() -> None:
    for file in ("actors.tsv.gz", "people.tsv.gz"):
        assert all(row[-1] for row in _rows(file))


def test_a_division_is_no_force(lexicon: ActorLexicon) -> None:
    assert not lexicon.known("sindh")


@pytest.mark.parametrize(
    ("name", "country"),
    [("Islamic Movement of Uzbekistan", "UZB"), ("Eritrean People's Liberation Front", "ERI"), ("EPLF", "ERI")],
)
def test_groups_are_of_the_state_that_they_name(lexicon: ActorLexicon, name: str, country: str) -> None:
    assert {m.of.country for m in lexicon.meanings(name_key(name)) if isinstance(m.of, NamedActor)} == {country}


def test_spellings_of_surnames(lexicon: ActorLexicon) -> None:
    for name in ("Zelensky", "Zelenskiy", "Kadhafi", "Tymoshenko"):
        assert lexicon.surnamed(name), name
