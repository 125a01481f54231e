"""The lexicon of named actors."""

from __future__ import annotations

import pytest

from variorum.world.actors import ActorLexicon, NamedActor, NamedPerson
from variorum.world.names import name_key
from variorum.world.states import State


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
