"""What is taken and who, truces that end, figures that rise, claims nobody made, and phrases that tell nothing."""

from __future__ import annotations

import pytest

from .conftest import Code


def _types(code: Code, text: str) -> set[tuple[str, str | None]]:
    return {(e.type, e.mode) for e in code(text)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rebels seized the town on Monday.", ("COERCE", "seize")),
        ("Insurgents have seized three villages and a border post.", ("COERCE", "seize")),
        ("The capital of the province was seized by militants on Sunday.", ("COERCE", "seize")),
        ("Rebels seized dozens of villages.", ("COERCE", "seize")),
        ("Guerrillas seized a convoy of food trucks.", ("COERCE", "seize")),
        ("Rebels seized two aid workers near the town.", ("ASSAULT", "abduct")),
        ("Kidnappers seized a village chief near Jos.", ("ASSAULT", "abduct")),
        ("Rebels seized the mayor of the town.", ("ASSAULT", "abduct")),
    ],
)
def test_places_and_goods_are_seized_and_people_abducted(code: Code, text: str, expected: tuple[str, str]) -> None:
    assert _types(code, text) == {expected}


@pytest.mark.parametrize(
    "text",
    [
        "The truce between Chad and Libya ended yesterday.",
        "The ceasefire collapsed on Tuesday.",
        "The ceasefire between Chad and Libya broke down on Tuesday.",
        "The truce came to an end on Friday.",
        "The armistice was broken on Monday.",
        "The four-day truce lapsed early on Monday.",
        "Kenya called off the truce with the rebels.",
    ],
)
def test_a_truce_that_ends_is_none(code: Code, text: str) -> None:
    assert ("RETREAT", "ceasefire") not in _types(code, text)


def test_a_truce_that_ends_a_war_or_begins_is_one(code: Code) -> None:
    assert ("RETREAT", "ceasefire") in _types(code, "The truce ended four days of fighting around Tripoli.")
    assert ("RETREAT", "ceasefire") in _types(code, "A ceasefire began on Sunday.")


@pytest.mark.parametrize(
    "text",
    [
        "The death toll from Friday's explosion has risen to 14, up from nine.",
        "The toll has risen up to fourteen.",
        "Oil prices rose up to 90 dollars.",
        "The number of refugees rose to 30 against 20 on Sunday.",
        "The death toll rose up by three on Monday.",
    ],
)
def test_figures_that_rise_are_no_uprising(code: Code, text: str) -> None:
    assert "PROTEST" not in {type_ for type_, _ in _types(code, text)}


def test_people_who_rise_are_one(code: Code) -> None:
    assert ("PROTEST", "riot") in _types(code, "Peasants rose up in Jharkhand on Monday.")


@pytest.mark.parametrize(
    "text",
    [
        "No group claimed the attack on the market in Quetta.",
        "No one has claimed responsibility for the attack in Kabul.",
        "No militant organisation has claimed the ambush near Bosso.",
        "No faction has admitted the killing of the governor.",
        "No party took responsibility for the strike on the convoy.",
    ],
)
def test_an_attack_that_nobody_claims_happened(code: Code, text: str) -> None:
    assert [(e.type, e.status, e.actors) for e in code(text)] == [("ASSAULT", "actual", ())]


@pytest.mark.parametrize(
    "text",
    [
        "At least 17 people were killed and 17 wounded on Tuesday when mortar shells struck a camp.",
        "At least 17 wounded on Tuesday when mortar shells struck a camp near Idlib.",
        "Twelve drones were launched at Kyiv; eleven were shot down and two hit a school.",
        "Eight missiles were fired on Sunday. One hit a ship.",
        "Of the ten rockets, one struck a clinic.",
    ],
)
def test_the_harmed_and_the_counted_missiles_attack_no_one(code: Code, text: str) -> None:
    assert {name for e in code(text) if e.type == "ASSAULT" for name in e.actors} == set()


@pytest.mark.parametrize(
    "text",
    [
        "Clashes broke out between the army and fighters of the Arakan Army.",
        "Clashes broke out between the army and fighters of the Arakan Army, killing six people.",
        "Fighting erupted between Sudan's army and the Rapid Support Forces on Monday.",
        "Battles resumed between the army and the rebels of the ELN.",
    ],
)
def test_both_sides_of_fighting_that_broke_out(code: Code, text: str) -> None:
    (event,) = code(text)
    assert (event.type, len(event.actors), event.recipients) == ("ASSAULT", 2, ())


@pytest.mark.parametrize(
    "text",
    [
        "The officer, who asked not to be named, spoke in Accra.",
        "A clerk who asked not to be identified spoke of the day.",
        "An aide who asked not to be quoted spoke in Accra.",
        "The president of Ghana had inspected the site.",
        "The minister inspected a guard of honour.",
    ],
)
def test_phrases_of_the_trade_tell_nothing(code: Code, text: str) -> None:
    assert code(text) == []


def test_water_cannon_are_no_firearms(code: Code) -> None:
    text = "The coast guard fired water cannon at a Philippine boat."
    assert _types(code, text) == {("ASSAULT", "crowd-control")}
