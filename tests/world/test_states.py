"""States are found by every name that texts give them."""

from __future__ import annotations

import pytest

from variorum.world.names import name_key, sound_key
from variorum.world.states import States


@pytest.mark.parametrize(
    ("text", "iso3"),
    [
        ("Iran", "IRN"),
        ("the Netherlands", "NLD"),
        ("U.S.", "USA"),
        ("US", "USA"),
        ("UAE", "ARE"),
        ("DRC", "COD"),
        ("Czech Republic", "CZE"),
        ("Turkey", "TUR"),
        ("Türkiye", "TUR"),
        ("Burma", "MMR"),
        ("Ivory Coast", "CIV"),
        ("Côte d’Ivoire", "CIV"),
        ("Kosovo", "XKX"),
        ("Palestine", "PSE"),
    ],
)
def test_own_names(text: str, iso3: str) -> None:
    state = States.load().named(text)
    assert state is not None
    assert state.iso3 == iso3


@pytest.mark.parametrize(
    ("text", "iso3"),
    [("Iranian", "IRN"), ("Iraqis", "IRQ"), ("Dutch", "NLD"), ("Saudi", "SAU"), ("Nigerien", "NER"), ("British", "GBR"),
     ("Emirati", "ARE"), ("Congolese", "COD"), ("Filipino", "PHL"), ("Kosovar", "XKX"), ("French", "FRA")],
)  # fmt: skip
def test_peoples_are_no_names(text: str, iso3: str) -> None:
    states = States.load()
    state = states.of_people(text)
    assert state is not None
    assert state.iso3 == iso3
    assert states.named(text) is None


def test_seats_stand_for_governments() -> None:
    states = States.load()
    assert [states.of_government(name).iso3 for name in ("Kremlin", "the White House", "Tehran")] == [  # type: ignore[union-attr]
        "RUS",
        "USA",
        "IRN",
    ]


def test_abbreviations_count_in_capitals_only() -> None:
    states = States.load()
    assert states.named("us") is None
    assert states.named("car") is None
    assert states.find("the") == ()


def test_every_recognised_state_has_codes_and_a_point() -> None:
    for state in States.load():
        assert state.name
        if state.iso2 and state.population:
            assert state.lat is not None, state.name
            assert -90 <= state.lat <= 90
            assert state.iso3 is not None
            assert state.geonameid is not None


def test_spellings_share_a_sound() -> None:
    provinces = ["Sistan-Baluchestan", "Sistan-Baluchistan", "Sistan and Baluchestan", "Sīstān va Balūchestān"]
    assert len({sound_key(name) for name in provinces}) == 1
    assert sound_key("Balochistan") not in {sound_key(name) for name in provinces}
    assert name_key("Sana’a") == name_key("Sana'a") == "sanaa"
