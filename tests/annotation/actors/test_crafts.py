"""Crews by the craft that they serve on, diplomats by the embassy, sides by the words before those under arms."""

from __future__ import annotations

import pytest

from tests.conftest import Parse
from variorum.annotation.actors import find_actors
from variorum.annotation.actors.choosing import weights
from variorum.records import ActorMention, ReferenceTime

DAY = ReferenceTime(basis="published", earliest="2012-05-04", latest="2012-05-04")


def actors(parse: Parse, text: str) -> dict[str, ActorMention]:
    document, syntax = parse(text)
    return {mention.text: mention for mention in find_actors(document, syntax, (), DAY)}


@pytest.mark.parametrize(
    ("text", "span", "country", "sector"),
    [
        (
            "A Danish freighter ran aground off Ghana on Monday. The captain told Ghanaian police of fog.",
            "captain", "DNK", "LAB",
        ),
        (
            "A Chilean frigate left Peru on Friday. The crew waved to Peruvian officials on the quay.",
            "crew", "CHL", "MIL",
        ),
        ("The Kenyan airliner turned back. The pilot, Asha Wekesa, saw smoke.", "pilot, Asha Wekesa", "KEN", "LAB"),
    ],
)  # fmt: skip
def test_crews_are_of_their_craft(parse: Parse, text: str, span: str, country: str, sector: str) -> None:
    found = actors(parse, text)[span]
    assert (found.country, found.sector) == (country, sector)


def test_who_is_at_an_embassy_told_of_before(parse: Parse) -> None:
    found = actors(
        parse, "Students stoned the Peruvian embassy in Oslo. The ambassador, Rosa Quiroga-Lind, hid in the cellar."
    )
    assert found["ambassador, Rosa Quiroga-Lind"].country == "PER"


@pytest.mark.parametrize(
    ("text", "span", "sector"),
    [
        ("Police marksmen lay on the roofs of Lusaka.", "Police marksmen", "COP"),
        ("Rebel gunmen shot two farmers near the river.", "Rebel gunmen", "REB"),
        ("The bank hired armed guards.", "armed guards", "COP"),
    ],
)
def test_side_by_the_word_before_those_under_arms(parse: Parse, text: str, span: str, sector: str) -> None:
    assert actors(parse, text)[span].sector == sector


def test_tourists_are_from_their_state_though_its_people_live_here_too(parse: Parse) -> None:
    found = actors(parse, "Lebanese tourists were robbed in Dakar, and Senegal sent police. Senegal apologised.")
    assert found["Lebanese tourists"].country == "LBN"


def test_weights_are_of_features_and_sectors() -> None:
    assert any(weights().values())
    assert all(len(sector) == 3 or sector == "=" for row in weights().values() for sector in row)
