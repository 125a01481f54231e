"""Which mentions of one text are compared as one."""

from __future__ import annotations

from typing import Any

import pytest

from .telling import Telling
from .test_candidates import prepared

REPORT = "Ostland shelled the depot of Marrow on Tuesday and killed nine people. {}"


def told(sentence: str, words: str, **more: Any) -> list[tuple[str, ...]]:
    """The units of a report whose last sentence tells something with `words`; `place`, `whom` and `dead` are words in
    it that tell a place, those whom it hit, and a number."""
    telling = Telling("a", REPORT.format(sentence), published="2031-03-05", outlet="Ferry Post")
    ostland = telling.actor("Ostland", "OST:MIL", "OST", "MIL")
    whom = telling.actor("the depot", ":GEN:depot", None, None, generic=True)
    place = telling.place("Marrow", "WM", geonameid=77, lat=10.0, lon=20.0)
    dead = telling.toll("nine people", "killed", 9, 9)
    day = telling.time("Tuesday", "2031-03-04")
    telling.event(
        "shelled", mode="heavy-weapons", actors=(ostland,), recipients=(whom,), place=place, time=day, tolls=(dead,)
    )
    fields: dict[str, Any] = {"mode": None}
    if "place" in more:
        fields["place"] = telling.place(more["place"], "WM", precision="unknown")
    if "whom" in more:
        key = f":GEN:{more['whom'].split()[-1]}"
        fields["recipients"] = (telling.actor(more["whom"], key, None, more["sector"], generic=True),)
    if "dead" in more:
        fields["tolls"] = (telling.toll(more["dead"], "killed", more["count"], more["count"]),)
    telling.event(words, **fields)
    return sorted(prepared([telling]).units.members.values())


@pytest.mark.parametrize(
    ("sentence", "words", "more"),
    [
        ("The attack lasted an hour.", "attack", {}),
        ("Smoke stood over the town after the blast.", "blast", {}),
        ("Nobody had foreseen such a raid.", "raid", {}),
        ("A shed was burnt down.", "burnt down", {"whom": "A shed", "sector": None}),
    ],
)
def test_what_tells_nothing_of_its_own_is_the_event_told_before(sentence: str, words: str, more: Any) -> None:
    assert told(sentence, words, **more) == [("a#0", "a#1")]


@pytest.mark.parametrize(
    ("sentence", "words", "more"),
    [
        ("Gunmen shot at millers.", "shot", {"whom": "millers", "sector": "CVL"}),
        ("Guns had opened up near Tarn.", "opened up", {"place": "Tarn"}),
        ("In the other raid thirty died.", "raid", {"dead": "thirty", "count": 30}),
    ],
)
def test_what_tells_whom_or_where_or_how_many_stands_for_itself(sentence: str, words: str, more: Any) -> None:
    assert told(sentence, words, **more) == [("a#0",), ("a#1",)]


def test_a_particular_that_both_tell_makes_them_one() -> None:
    assert told("The guns that hit a depot are known.", "hit", whom="a depot", sector=None) == [("a#0", "a#1")]
