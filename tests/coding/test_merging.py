"""Acts of one text: which mentions are one event, and which are two."""

from __future__ import annotations

import pytest

from .conftest import Code, Coded


def _violence(code: Code, text: str) -> list[Coded]:
    return [e for e in code(text) if e.type == "ASSAULT"]


def _together(code: Code, text: str, one: str, other: str) -> bool:
    return any({one, other} <= set(e.mentions) for e in _violence(code, text))


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        (
            "The rebels said the ambush was an answer to the bombardment of their camp at Lasanod. "
            "Thirteen soldiers died in the ambush, on the road to Garowe.",
            "ambush",
            "bombardment",
        ),
        (
            "Turkish drones hit a convoy near Kobani on Tuesday and struck a factory in Qamishli on Wednesday. "
            "Three workers were wounded.",
            "hit",
            "struck",
        ),
        (
            "Another bomb went off in Quetta on Tuesday, wounding three shoppers. "
            "An earlier explosion on Saturday killed a constable.",
            "bomb",
            "explosion",
        ),
        (
            "Gunmen shot the mayor of Jolo on Sunday. The mosque bombing of last spring, "
            "in which eleven died, has never been solved.",
            "shot",
            "bombing",
        ),
    ],
)
def test_two_acts_stay_apart(code: Code, text: str, one: str, other: str) -> None:
    words = {word for e in _violence(code, text) for word in e.mentions}
    assert {one, other} <= words
    assert not _together(code, text, one, other)


def test_each_outcome_goes_to_its_own_blow(code: Code) -> None:
    text = (
        "Hezbollah fired forty rockets at Kiryat Shmona before dawn. Israeli jets struck back at launchers near Tyre. "
        "Two Israelis were hurt by the rockets, and a Lebanese farmer died in the air raid."
    )
    first, second = _violence(code, text)
    assert {"hurt", "rockets"} <= set(first.mentions)
    assert "raid" in second.mentions


@pytest.mark.parametrize(
    "text",
    [
        "Saudi aircraft bombed an arms depot in Sanaa and struck a radar station in Hodeidah. The raids hurt nobody.",
        "Rockets hit the airport at Goma on 3 March. On 5 March gunmen attacked a convent in Beni. "
        "The bishop condemned both raids.",
    ],
)
def test_a_noun_for_several_is_a_mention_of_each(code: Code, text: str) -> None:
    events = _violence(code, text)
    assert len(events) == 2
    assert all("raids" in e.mentions for e in events)


def test_an_outcome_and_its_cause_are_judged_together(code: Code) -> None:
    text = (
        "At least nine people were killed when gunmen opened fire on a wedding in Gaziantep. "
        "In Ankara a lawyer was stabbed to death."
    )
    first, second = _violence(code, text)
    assert {"killed", "opened fire"} <= set(first.mentions)
    assert first.place == "Gaziantep"
    assert second.place == "Ankara"


def test_a_mention_says_why_it_joined(code: Code) -> None:
    event = next(e.event for e in code("Kenya bombed a camp near Garissa on Monday. The attack killed ten people."))
    joined = [f.note for f in event.explanation if f.name == "mention"]
    assert len(joined) == 1
    assert joined[0].startswith("'attack': ")


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Ethiopian aircraft bombed Mekelle and Adigrat on Thursday.", ["Mekelle", "Adigrat"]),
        ("The bombings in Kano and Jos on Friday were the work of one group, police said.", ["Kano", "Jos"]),
    ],
)
def test_one_word_for_acts_at_two_places(code: Code, text: str, places: list[str]) -> None:
    assert [e.place for e in _violence(code, text)] == places


def test_where_is_the_place_before_it(code: Code) -> None:
    text = "Aden, where a bomb killed nine on Friday, was quiet. The second bank, in Taiz, was bombed on Saturday."
    assert [e.place for e in _violence(code, text)] == ["Aden", "Taiz"]


def test_a_verb_without_a_subject_goes_on(code: Code) -> None:
    text = "Serb gunners fired on Dubrovnik on Friday. Croatian batteries returned fire and hit a depot near Trebinje."
    assert [e.place for e in _violence(code, text)] == ["Dubrovnik", "Trebinje"]


def test_a_bare_word_of_answering_is_no_act(code: Code) -> None:
    text = "Police opened fire on marchers in Sulaymaniyah. In response, the opposition walked out of parliament."
    (event,) = _violence(code, text)
    assert event.mentions == ("opened fire",)


def test_a_subject_that_the_parse_joins_to_the_object_before_it_is_one(code: Code) -> None:
    text = "A raid on Tartus killed three people and a raid on Homs killed five."
    assert [e.mentions for e in _violence(code, text)] == [("raid", "killed"), ("raid", "killed")]


def test_who_claims_one_of_two_blasts_did_not_the_other(code: Code) -> None:
    text = (
        "Two bombs exploded in Kabul on Thursday. The first went off outside a mosque in Khair Khana, killing six "
        "worshippers. Hours later a second blast hit a minibus in Dasht-e-Barchi, killing three people. The Islamic "
        "State group claimed responsibility for the bus attack. No one claimed the mosque bombing."
    )
    mosque, bus = _violence(code, text)
    assert not any("Islamic State" in name for name in mosque.actors)
    assert any("Islamic State" in name for name in bus.actors)
