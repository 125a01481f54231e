"""Force that is told and did not happen, or was no one's act: denied reports, aims, crashes."""

from __future__ import annotations

import pytest

from tests.coding.conftest import Code


@pytest.mark.parametrize(
    "text",
    [
        "The Malian army denied charges that its planes bombed a village near Gao on Monday.",
        "The allegation that police shot two students in Dakar is baseless, the minister said.",
        "Rumours that the general had been killed in Tripoli proved false.",
        "It is not true that our soldiers attacked the convoy, the spokesman said.",
        "Officials in Manila dismissed reports of an attack on the governor.",
    ],
)
def test_what_a_denied_report_tells_did_not_happen(code: Code, text: str) -> None:
    assert {event.status for event in code(text) if event.type == "ASSAULT"} == {"negated"}


def test_a_report_that_nobody_denies_stands(code: Code) -> None:
    events = code("The ministry did not deny reports that gunmen attacked Gao on Sunday.")
    assert "actual" in {event.status for event in events if event.type == "ASSAULT"}


@pytest.mark.parametrize(
    "text",
    [
        "A cargo plane loaded with weapons crashed near Kano on Friday, killing three crew members.",
        "A pilot died and a passenger was injured when a light aircraft crashed in Laos.",
        "Two ferries collided off Cebu on Sunday, leaving 20 dead.",
        "The courier said he had been given the mission of killing the defence minister.",
        "The march took place at 1845 at the gate of the old mill.",
    ],
)
def test_crashes_and_missions_are_no_force(code: Code, text: str) -> None:
    assert not [event for event in code(text) if event.type in ("ASSAULT", "COERCE") and event.status != "hypothetical"]


def test_what_rams_its_target_is_an_attack(code: Code) -> None:
    events = code("A truck bomb crashed into the gate of the base in Kabul and exploded, killing six soldiers.")
    assert [event.type for event in events] == ["ASSAULT"]


def test_captured_men_are_held_and_captured_arms_seized(code: Code) -> None:
    assert [event.mode for event in code("Government troops captured 40 fighters in Idlib.")] == ["arrest"]
    assert [event.mode for event in code("Government troops captured 40 rifles in Idlib.")] == ["seize"]
    assert not [e for e in code("The raid took place at dawn near the mill in Kano.") if e.type == "COERCE"]


def test_an_attack_that_is_launched_says_nothing_of_the_weapon(code: Code) -> None:
    (event,) = code("The rebels launched a fierce attack on the barracks at dawn.")
    assert (event.type, event.mode) == ("ASSAULT", None)


def test_attacks_in_words_accuse(code: Code) -> None:
    (event,) = code("The general launched a scathing attack on the finance minister in a speech on Monday.")
    assert event.type == "ACCUSE"


def test_an_emergency_landing_is_no_invasion(code: Code) -> None:
    assert code("The aircraft made an emergency landing in the desert near Gao, the radio said.") == []
