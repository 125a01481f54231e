"""Wounded who are told dead: their figure stays, and the one of the dead stands in its place."""

from __future__ import annotations

from variorum.records import Toll

from .telling import Telling
from .test_reconcile import fold, only, strike, with_toll

RAID = "Ostland struck Marrow in Westmark on Tuesday. "


def report(id_: str, text: str, *tolls: tuple[str, str, int], published: str = "2031-03-05") -> Telling:
    telling = strike(id_, RAID + text, published=published)
    return with_toll(telling, *(telling.toll(words, kind, low, low) for words, kind, low in tolls))


def tolls(*tellings: Telling) -> dict[str, Toll]:
    return {toll.kind: toll for toll in only(fold(*tellings)).tolls}


def outdated(toll: Toll) -> list[bool]:
    return [reading.superseded_by is not None for reading in toll.readings]


def test_who_is_found_wounded_and_dies_in_one_text_is_among_the_dead() -> None:
    telling = report(
        "a", "They found a man with a wound. He died in hospital.", ("a man", "injured", 1), ("He died", "killed", 1)
    )
    man = telling.actor("a man", "x", sector="CVL", generic=True)
    telling.actor("He", "x", sector="CVL", generic=True, antecedent=man)
    found = tolls(telling)
    (hurt,), (dead,) = found["injured"].readings, found["killed"].readings
    assert hurt.superseded_by == dead.id
    assert (found["injured"].low, found["injured"].high) == (None, None)


def test_a_later_death_of_one_age_takes_the_place_of_the_wounded() -> None:
    first = report("a", "A 9-year-old boy was hurt, and a guard was hurt.", ("A 9-year-old boy", "injured", 1))
    later = report("b", "A 9-year-old boy has died.", ("A 9-year-old boy", "killed", 1), published="2031-03-06")
    assert outdated(tolls(first, later)["injured"]) == [True]


def test_another_age_or_sex_is_another_person() -> None:
    first = report("a", "A 9-year-old boy was hurt.", ("A 9-year-old boy", "injured", 1))
    for words in ("A 40-year-old man", "A woman"):
        later = report("b", f"{words} has died.", (words, "killed", 1), published="2031-03-06")
        assert outdated(tolls(first, later)["injured"]) == [False]


def test_a_later_text_with_as_many_in_all_tells_the_wounded_anew() -> None:
    first = report("a", "It hurt 12 people.", ("12 people", "injured", 12))
    later = report(
        "b", "It left three dead and nine hurt.", ("three", "killed", 3), ("nine", "injured", 9), published="2031-03-06"
    )
    found = tolls(first, later)["injured"]
    assert {reading.low: reading.superseded_by is not None for reading in found.readings} == {12: True, 9: False}
    assert (found.low, found.high) == (9, 9)


def test_dead_and_wounded_told_beside_each_other_both_stand() -> None:
    both = report("a", "It killed one man and hurt one.", ("one man", "killed", 1), ("one.", "injured", 1))
    other = report("b", "One man died.", ("One man", "killed", 1), published="2031-03-06")
    assert outdated(tolls(both, other)["injured"]) == [False]


def test_an_earlier_death_is_not_that_of_who_is_wounded_later() -> None:
    first = report("a", "A man died.", ("A man", "killed", 1), published="2031-03-05")
    later = report("b", "A man was hurt.", ("A man was", "injured", 1), published="2031-03-07")
    assert outdated(tolls(first, later)["injured"]) == [False]


def test_all_of_the_dead_had_wounds() -> None:
    telling = report("a", "It killed two guards. Both had wounds.", ("two guards", "killed", 2), ("Both", "injured", 2))
    assert outdated(tolls(telling)["injured"]) == [True]
