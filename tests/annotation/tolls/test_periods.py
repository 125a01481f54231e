"""Figures of a stretch of time or of a whole war, told from those of one deed."""

from __future__ import annotations

import pytest
from tests.conftest import Parse

from variorum.annotation.tolls import find_tolls

OVER_TIME = (
    "More than 2,800 people have been killed in the province since October.",
    "So far this year 412 civilians have been killed in the region.",
    "In ten days of war, 350 people have died and 1,200 have been wounded.",
    "The conflict, now in its third week, has left more than 900 dead.",
    "The war has claimed over 40,000 lives.",
    "At least 60 soldiers have died in similar attacks in the past three months.",
    "At least 30 protesters have been killed since the unrest began.",
    "Since the start of the siege, 1,400 soldiers have been wounded.",
    "The ministry said 90 people were killed in three weeks of shelling.",
)
OF_ONE_DEED = (
    "About 300 islanders have left their homes since Monday's attack.",
    "Three of the wounded have since died.",
    "The bombing on Tuesday killed 40 people and was the deadliest since 2016.",
    "It was the worst attack since the war began, with 60 dead.",
    "Eleven people have died since the blast.",
    "The army lost 15 men in a single ambush last year.",
)


@pytest.mark.parametrize("text", OVER_TIME)
def test_a_count_over_a_stretch_of_time_is_cumulative(parse: Parse, text: str) -> None:
    tolls = find_tolls(*parse(text))
    assert tolls
    assert all(toll.cumulative for toll in tolls)


@pytest.mark.parametrize("text", OF_ONE_DEED)
def test_a_count_of_one_deed_is_not(parse: Parse, text: str) -> None:
    tolls = find_tolls(*parse(text))
    assert tolls
    assert not any(toll.cumulative for toll in tolls)


def test_of_two_figures_of_a_sentence_the_one_of_the_longer_time_is(parse: Parse) -> None:
    for text in (
        "Four people were killed in Marib on Monday, and more than 2,800 have been killed since October.",
        "A strike killed four people in a city where 300 have been killed since January.",
    ):
        assert [toll.cumulative for toll in find_tolls(*parse(text))] == [False, True]
