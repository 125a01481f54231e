"""Munitions as happenings, known acts recalled, days of fighting, blows struck back, outcomes that spared everyone."""

from __future__ import annotations

import pytest

from .conftest import Code


def _mentions(code: Code, text: str, type_: str) -> set[str]:
    return {words for e in code(text) if e.type == type_ for words in e.mentions}


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("A shell killed a shepherd in Kargil on Tuesday, the army said.", "shell"),
        ("Three days after the bomb, the market of Baghdad reopened.", "bomb"),
        ("The bomb at Omagh was the worst of the conflict.", "bomb"),
        ("Minsk sent an apology for the missile on Vinnytsia.", "missile"),
        ("Yesterday's mine maimed a corporal.", "mine"),
        ("The shells have not stopped. Three landed on Poonch last night.", "landed"),
        ("The council rejected the incursion into Ecuador.", "incursion"),
        ("He called for an inquiry into the bombing of the hospital in Kunduz.", "bombing"),
        ("A month after the massacre, the village is empty.", "massacre"),
        ("The truce ended four days of fighting around Tripoli.", "fighting"),
        ("After three days of war both armies stopped.", "war"),
        ("The frigate sunk in the strait in March lies at forty metres.", "sunk"),
    ],
)
def test_happenings_told_by_things_and_by_nouns(code: Code, text: str, mention: str) -> None:
    assert mention in _mentions(code, text, "ASSAULT")


@pytest.mark.parametrize(
    "text",
    [
        "Washington will sell Kyiv two hundred missiles.",
        "The mine employs four hundred people.",
        "The charity clears mines in Angola.",
        "North Korea's missile fell into the sea east of Japan.",
        "The minister answered with a smile.",
    ],
)
def test_munitions_and_answers_that_strike_no_one(code: Code, text: str) -> None:
    assert "ASSAULT" not in [e.type for e in code(text)]


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("Ghana has called home its man in Lomé.", "SANCTION"),
        ("Nicaragua gave the envoy his marching orders.", "SANCTION"),
        ("Parliament passed martial law by a wide margin.", "COERCE"),
        ("The airliner was made to land in Minsk by a fighter.", "COERCE"),
        ("A truce took hold along the river on Sunday.", "RETREAT"),
        ("The hostages were brought home on Thursday.", "RETREAT"),
        ("Athens would not take up the proposal.", "REJECT"),
        ("Iran and Oman exercised in the strait for a week.", "MOBILIZE"),
        ("The deployment ordered by Sofia takes until Friday.", "MOBILIZE"),
    ],
)
def test_statecraft_in_set_phrases(code: Code, text: str, type_: str) -> None:
    assert type_ in [e.type for e in code(text)]


def test_the_dead_are_those_of_the_first_blow(code: Code) -> None:
    text = (
        "Northern guns shelled the island on Tuesday, and the garrison answered with tank fire. "
        "Two marines were killed, the navy said."
    )
    tolls = {e.trigger: e.tolls for e in code(text)}
    assert tolls == {"shelled": ("Two marines",), "answered with tank fire": ()}


def test_what_hurt_nobody_happened(code: Code) -> None:
    text = "Two rockets hit the base at Taji on Sunday. Nobody was hurt, the ministry said."
    assert [(e.status, e.tolls) for e in code(text)] == [("actual", ("Nobody",))]


def test_a_participle_goes_on_telling(code: Code) -> None:
    text = (
        "Jets bombed Sirte on Friday, hitting a hospital and setting fuel tanks ablaze. Four nurses died, doctors said."
    )
    assert [e.tolls for e in code(text)] == [("Four nurses",)]


def test_the_end_of_talks_may_say_when(code: Code) -> None:
    text = "The ministers of Chad and Niger signed an accord at the end of a week of talks."
    assert "SANCTION" not in [e.type for e in code(text)]
