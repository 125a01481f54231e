"""Who is shown by name, what stands instead of a name, and how finely a place is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import plain_event
from variorum.errors import InputError
from variorum.exports.privacy import (
    Division,
    Grain,
    Person,
    Pseudonyms,
    coarsened,
    coarsened_event,
    has_public_role,
    kept_names,
    people,
    secret_of,
)
from variorum.records import (
    ActorMention,
    Annotation,
    Claim,
    EventPlace,
    Evidence,
    PlaceMention,
    PlaceReading,
    ReferenceTime,
)

SECRET = b"x" * 32


def actor(name: str, key: str, text: str = "", **fields: Any) -> ActorMention:
    return msgspec.convert(
        {"start": 0, "end": 1, "text": text or name, "name": name, "key": key, **fields}, ActorMention, strict=False
    )


def layers(*actors: ActorMention, places: tuple[PlaceMention, ...] = ()) -> Annotation:
    return Annotation(document="d", reference=ReferenceTime(basis="none"), actors=actors, places=places)


PRIVATE = actor("Amina Otieno", "KEN:PER:amina-otieno", "Ms Otieno", country="KEN", sector="CVL")
PUBLIC = actor("Grace Wanjiru", "KEN:PER:grace-wanjiru", "Wanjiru", sector="COP", title="police spokeswoman")


@pytest.mark.parametrize(
    ("fields", "public"),
    [
        ({"sector": "GOV"}, True),
        ({"sector": "MIL", "title": "Sergeant"}, False),
        ({"sector": "MIL", "title": "Brigadier General"}, True),
        ({"sector": "COP", "title": "deputy police chief"}, True),
        ({"sector": "CRM", "title": "suspect"}, False),
        ({"sector": "CVL"}, False),
        ({"sector": None, "title": "commander-in-chief"}, True),
        ({"sector": None, "chosen_by": [{"name": "known person", "value": 1.0, "weight": 1.0}]}, True),
        ({}, False),
    ],
)
def test_who_is_public_has_a_role_that_the_layers_know(fields: dict[str, Any], public: bool) -> None:
    assert has_public_role(actor("Abel Kimani", "KEN:PER:abel-kimani", **fields)) is public


def test_a_role_told_in_one_text_holds_in_all() -> None:
    (person,) = people([layers(actor("Abel Kimani", "KEN:PER:abel-kimani"))])
    assert not person.public
    both = people(
        [
            layers(actor("Abel Kimani", "KEN:PER:abel-kimani")),
            layers(actor("Abel Kimani", ":PER:abel-kimani", sector="GOV")),
        ]
    )
    assert [each.public for each in both] == [True, True]


def test_groups_and_bodies_are_no_persons() -> None:
    found = people([layers(actor("herders", "KEN:AGR:herder", generic=True), actor("Red Cross", ":NGO:red-cross"))])
    assert found == ()


def test_names_are_replaced_wherever_they_stand_and_public_ones_are_kept() -> None:
    names = Pseudonyms(people([layers(PRIVATE, PUBLIC)]), SECRET)
    (pseudonym,) = {names.name("Amina Otieno"), names.name("Otieno")}
    assert pseudonym.startswith("Person ")
    said = names.text("Otieno's brother said Amina\nOtieno and OTIENO ran, Grace Wanjiru said.")
    assert said == f"[{pseudonym}]'s brother said [{pseudonym}] and [{pseudonym}] ran, Grace Wanjiru said."
    assert names.text("Otienova") == "Otienova"


def test_no_field_of_a_record_keeps_a_private_name() -> None:
    names = Pseudonyms(people([layers(PRIVATE)]), SECRET)
    claim = Claim(
        id="c-1",
        speaker="Amina Otieno",
        stance=None,
        event=None,
        quote="I, Amina Otieno, saw it",
        evidence=(Evidence(document="d", start=3, end=9),),
    )
    hidden = names.of(claim)
    assert b"Otieno" not in msgspec.json.encode(hidden)
    assert (hidden.evidence, hidden.id) == (claim.evidence, claim.id)
    assert names.key("KEN:PER:amina-otieno") != "KEN:PER:amina-otieno"
    assert names.key("KEN:AGR:herder") == "KEN:AGR:herder"
    assert names.address("https://post.example/2031/amina-otieno-found?x=1") == "https://post.example/"
    assert names.address("https://post.example/2031/market") == "https://post.example/2031/market"


def test_a_surname_that_is_a_place_stays_one() -> None:
    west = actor("Jon Lamu", "KEN:PER:jon-lamu")
    place = PlaceMention(start=0, end=4, text="Lamu", name="Lamu")
    annotation = layers(west, places=(place,))
    names = Pseudonyms(people([annotation]), SECRET, kept_names([annotation]))
    assert names.text("Lamu burned, Jon Lamu said") == f"Lamu burned, [{names.name('Jon Lamu')}] said"


@given(st.lists(st.from_regex(r"[A-Z][a-z]{4,8} [A-Z][a-z]{4,8}", fullmatch=True), min_size=1, max_size=6, unique=True))
def test_pseudonyms_are_stable_distinct_and_hang_on_the_secret(names: list[str]) -> None:
    found = [
        Person(key=f":PER:{name.lower().replace(' ', '-')}", name=name, forms=(name,), public=False) for name in names
    ]
    one, again = Pseudonyms(found, SECRET), Pseudonyms(list(reversed(found)), SECRET)
    made = [one.name(name) for name in names]
    assert made == [again.name(name) for name in names]
    assert len(set(made)) == len(made)
    assert all(name not in " ".join(made) for name in names)
    other = Pseudonyms(found, b"y" * 32)
    assert [other.name(name) for name in names] != made


def test_a_secret_is_made_once_and_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "secret"
    assert secret_of(path) == secret_of(path)
    assert path.stat().st_mode & 0o077 == 0
    path.write_bytes(b"short")
    with pytest.raises(InputError, match="no secret"):
        secret_of(path)


TOWN = EventPlace(
    name="Garissa",
    country="KE",
    geonameid=197744,
    lat=-0.45,
    lon=39.64,
    precision="city",
    agreement="agreed",
    admin1="Garissa County",
    readings=(PlaceReading(name="Garissa", country="KE", geonameid=197744, lat=-0.45, lon=39.64, precision="city"),),
)


def _division(geonameid: int, grain: Grain) -> Division | None:
    return Division(name="Garissa County", geonameid=197745, lat=-0.6, lon=40.1) if geonameid == 197744 else None


def test_places_are_told_no_finer_than_asked() -> None:
    found = coarsened(TOWN, "admin1", _division)
    assert (found.name, found.precision, found.lat) == ("Garissa County", "admin1", -0.6)
    assert found.readings[0].name == "Garissa County"
    assert coarsened(TOWN, "city", _division) == TOWN
    state = coarsened(TOWN, "country", _division)
    assert (state.name, state.precision, state.lat, state.geonameid, state.admin1) == (
        "Kenya",
        "country",
        None,
        None,
        None,
    )
    unknown = coarsened(msgspec.structs.replace(TOWN, geonameid=5), "admin1", _division)
    assert (unknown.name, unknown.precision) == ("Kenya", "country")


def test_a_headline_tells_no_finer_place() -> None:
    event = plain_event(place=TOWN, headline="Gunmen shot herders in Garissa (Kenya)")
    assert coarsened_event(event, "admin1", _division).headline == "Gunmen shot herders in Garissa County (Kenya)"
    assert coarsened_event(event, "country", _division).headline == "Gunmen shot herders in Kenya"
