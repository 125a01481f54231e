"""Whoever gives the figures is none of those harmed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from variorum.annotation.tolls import find_tolls
from variorum.records import Document, Syntax

Parse = Callable[..., tuple[Document, Syntax]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The army said four killed and nine wounded, two of them nurses, a spokesman for the brigade said.",
            ["four", "nine", "two of them"],
        ),
        (
            "The governor's office reported 12 dead and 31 injured, five of them children, a local journalist said.",
            ["12", "31", "five of them"],
        ),
        ("Three people died, among them a nurse, a relative told the agency.", ["Three people", "a nurse"]),
        (
            "Shelling killed two men, a woman, an official in the port, Anton Brevik, said.",
            ["two men", "a woman"],
        ),
        (
            "Five people were wounded, among them a nurse and a guard, a worker, who asked not to be named, said.",
            ["Five people", "a nurse", "a guard"],
        ),
    ],
)
def test_a_speaker_is_no_casualty(text: str, expected: list[str], parse: Parse) -> None:
    assert [t.text for t in find_tolls(*parse(text))] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The blast killed two soldiers, a nurse and a driver, police said.", ["two soldiers", "a nurse", "a driver"]),
        ("Gunmen shot a spokesman for the party.", ["a spokesman"]),
        ("The raid killed 22 guests, says a list of names.", ["22 guests"]),
        ("The dead included a pregnant woman, Ana Bello, the agency's head, told reporters.", ["a pregnant woman"]),
    ],
)
def test_those_harmed_stay(text: str, expected: list[str], parse: Parse) -> None:
    assert [t.text for t in find_tolls(*parse(text))] == expected
