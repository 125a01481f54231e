"""One sentence, one event: the constructions of news prose, and pairs that differ in one thing."""

from __future__ import annotations

import pytest

from .conftest import Code

CASES = [
    ("Kenya attacked Somalia.", "ASSAULT", None, "actual", ("Kenya",), ("Somalia",)),
    ("Somalia attacked Kenya.", "ASSAULT", None, "actual", ("Somalia",), ("Kenya",)),
    ("Kenya was attacked by Somalia.", "ASSAULT", None, "actual", ("Somalia",), ("Kenya",)),
    ("Kenya did not attack Somalia.", "ASSAULT", None, "negated", ("Kenya",), ("Somalia",)),
    ("Kenya denied that it had bombed Somalia.", "ASSAULT", "explosives", "negated", ("Kenya",), ("Somalia",)),
    ("Kenya threatened to attack Somalia.", "THREATEN", "violence", "actual", ("Kenya",), ("Somalia",)),
    ("France vowed to retaliate against Mali.", "THREATEN", "violence", "actual", ("France",), ("Mali",)),
    ("Kenya launched air strikes against Somalia.", "ASSAULT", "aerial", "actual", ("Kenya",), ("Somalia",)),
    ("Norway expelled Russia's ambassador.", "SANCTION", "expel", "actual", ("Norway",), None),
    ("Norway summoned Russia's ambassador.", "ACCUSE", "disapprove", "actual", ("Norway",), None),
    ("Norway recalled its ambassador from Russia.", "SANCTION", "withdraw", "actual", ("Norway",), None),
    ("Norway accused Russia of spying.", "ACCUSE", "allege", "actual", ("Norway",), ("Russia",)),
    ("Norway condemned Russia.", "ACCUSE", "disapprove", "actual", ("Norway",), ("Russia",)),
    ("Egypt lifted its sanctions on Libya.", "CONCEDE", None, "actual", ("Egypt",), ("Libya",)),
    ("Egypt refused to lift its sanctions on Libya.", "REJECT", "yield", "actual", ("Egypt",), ("Libya",)),
    ("Egypt imposed sanctions on Libya.", "COERCE", "restrict", "actual", ("Egypt",), ("Libya",)),
    ("Egypt agreed to withdraw its troops from Libya.", "AGREE", None, "actual", ("Egypt",), None),
    ("Egypt withdrew its troops from Libya.", "RETREAT", "withdraw", "actual", ("Egypt",), None),
    ("Egypt urged Libya to withdraw its troops.", "REQUEST", "yield", "actual", ("Egypt",), ("Libya",)),
    ("Egypt refused to meet Libya's president.", "REJECT", "meet", "actual", ("Egypt",), None),
    ("Police arrested nine protesters in Nairobi.", "COERCE", "arrest", "actual", None, None),
    ("Gunmen kidnapped two engineers in Nigeria.", "ASSAULT", "abduct", "actual", None, None),
    ("The rebels declared a ceasefire.", "RETREAT", "ceasefire", "actual", None, None),
    ("A suicide bomber killed six soldiers in Kabul.", "ASSAULT", "suicide-attack", "actual", None, None),
    ("A drone strike killed a commander in Yemen.", "ASSAULT", "drone", "actual", None, None),
    ("Thousands of teachers marched against the government in Lima.", "PROTEST", "demo", "actual", None, None),
    ("Kenya reserves the right to respond.", "THREATEN", None, "actual", ("Kenya",), None),
    ("Japan praised Peru.", "SUPPORT", None, "actual", ("Japan",), ("Peru",)),
]


@pytest.mark.parametrize(("text", "type_", "mode", "status", "actors", "recipients"), CASES)
def test_one_sentence(
    code: Code,
    text: str,
    type_: str,
    mode: str | None,
    status: str,
    actors: tuple[str, ...] | None,
    recipients: tuple[str, ...] | None,
) -> None:
    events = code(text)
    assert [(e.type, e.mode, e.status) for e in events] == [(type_, mode, status)]
    if actors is not None:
        assert events[0].actors == actors
    if recipients is not None:
        assert events[0].recipients == recipients


@pytest.mark.parametrize(
    "text",
    [
        "Seven people were killed in an earthquake in Chile.",
        "The trade war between China and Canada goes on.",
        "The minister came under fire from critics over the budget.",
        "The singer died of a heart attack.",
        "The rainy season begins in May.",
    ],
)
def test_no_event(code: Code, text: str) -> None:
    assert [e for e in code(text) if e.type in ("ASSAULT", "COERCE")] == []


def test_condition_and_question_are_hypothetical(code: Code) -> None:
    assert code("If Egypt attacks Libya, many will flee.")[0].status == "hypothetical"
    assert code("Did Egypt attack Libya?")[0].status == "hypothetical"


def test_partners_of_a_meeting_stand_in_one_list(code: Code) -> None:
    together = code("Egypt and Libya held talks in Tunis on Friday.")[0]
    assert (together.type, together.actors, together.recipients) == ("CONSULT", ("Egypt", "Libya"), ())
    assert (together.place, together.time) == ("Tunis", "Friday")
    assert code("The talks between Egypt and Libya failed.")[0].actors == ("Egypt", "Libya")


def test_place_time_and_toll_are_the_events_own(code: Code) -> None:
    event = code("A bomb killed twelve people in Lahore on Monday, police in Islamabad said on Tuesday.")[0]
    assert (event.place, event.time, event.tolls) == ("Lahore", "Monday", ("twelve people",))


def test_means_and_target_are_named(code: Code) -> None:
    text = "Kenya attacked a camp with drones."
    event = code(text)[0].event
    assert event.instrument is not None
    assert event.instrument.of(text) == "drones"
    assert event.target is not None
    assert event.target.of(text) == "a camp"
    assert event.mode == "drone"


def test_an_event_explains_itself(code: Code) -> None:
    event = code("Egypt refused to lift its sanctions on Libya.")[0].event
    notes = [feature.note for feature in event.explanation]
    assert any("refused" in note and "REJECT" in note for note in notes)
    assert ("recipient", "Libya") in [(feature.name, feature.note) for feature in event.explanation]


def test_headline_in_capitals(code: Code) -> None:
    event = code("KENYA LAUNCHES AIR STRIKES ON SOMALIA IN NEW ESCALATION")[0]
    assert (event.type, event.mode, event.actors) == ("ASSAULT", "aerial", ("Kenya",))
    assert event.trigger == "STRIKES"
