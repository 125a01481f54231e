"""Whose act it is where the next verb, noun or phrase invites a mistake."""

from __future__ import annotations

import pytest

from .conftest import Code, Coded


def _one(events: list[Coded], trigger: str) -> Coded:
    found = [e for e in events if trigger in e.trigger]
    assert len(found) == 1, [e.trigger for e in events]
    return found[0]


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("A spokesman for the navy said the ship had been warned and accused Manila of lying.", "spokesman"),
        ("Beijing said its ships had driven off the vessel and accused Manila of lying.", "China"),
        ("The Chinese spokesman said the vessel ignored repeated warnings and accused Manila of lying.", "spokesman"),
        ("The minister said the rebels shelled a school and accused Manila of lying.", "rebels"),
    ],
)
def test_verb_joined_to_what_is_said(code: Code, text: str, actor: str) -> None:
    accused = _one(code(text), "accused")
    assert [actor in name for name in accused.actors] == [True]
    assert accused.recipients == ("Philippines",)


@pytest.mark.parametrize("verb", ["called the attack on the school cowardly", "condemned the attack on the school"])
def test_who_judges_an_attack_did_not_make_it(code: Code, verb: str) -> None:
    attack = next(e for e in code(f"The minister {verb}.") if e.type == "ASSAULT")
    assert not attack.actors


def test_two_countries_are_both(code: Code) -> None:
    events = code("Thailand and Cambodia exchanged fire. The two countries agreed to a ceasefire on Monday.")
    assert _one(events, "agreed").actors == ("Thailand", "Cambodia")
    three = code("Mali, Niger and Chad quarrelled on Thursday. The two countries agreed to a ceasefire on Monday.")
    assert not {"Mali", "Niger"} <= set(_one(three, "agreed").actors)


def test_demand_of_somebody_stands_beside_its_answer(code: Code) -> None:
    events = code("Denmark declined a Greek request for additional patrol boats.")
    assert _one(events, "declined").recipients == ("Greece",)
    request = _one(events, "request")
    assert (request.type, request.actors, request.recipients) == ("REQUEST", ("Greece",), ("Denmark",))
    assert [e.type for e in code("The court turned down a request for bail.")] == ["REJECT"]


def test_threat_is_against_those_it_waits_on(code: Code) -> None:
    warned = _one(code("Rebels warned that they would shell the town if the army went on."), "warned")
    assert warned.recipients == ("military",)
    assert not _one(code("The union threatened to strike if the storm went on."), "threatened").recipients


def test_welcomed_move_is_somebodys(code: Code) -> None:
    events = code("Mexico opened its border on Friday. Washington welcomed the move.")
    assert _one(events, "welcomed").recipients == ("Mexico",)


def test_shots_of_a_drill_are_no_assault(code: Code) -> None:
    assert not [e for e in code("Soldiers fire a howitzer during a drill near Paju.") if e.type == "ASSAULT"]
    assert "ASSAULT" in {e.type for e in code("Soldiers fired on a crowd during a drill near Paju.")}


def test_market_is_attacked_by_those_who_bear_arms(code: Code) -> None:
    assert _one(code("The market was attacked by gunmen on Tuesday."), "attacked").type == "ASSAULT"


def test_bodies_that_are_taken_in_are_not_helped(code: Code) -> None:
    assert not [e for e in code("The hospital took in fourteen bodies after the strike.") if e.type == "AID"]
    assert [e.type for e in code("The village took in forty refugees on Monday.")] == ["AID"]


def test_ships_of_a_coast_guard_are_their_countrys(code: Code) -> None:
    events = code("Chinese coast guard ships fired water cannon at a Philippine supply boat.")
    assert _one(events, "fired").actors == ("China",)
