"""Figures that change others: the new one, the one told before, those added, and by how many."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from variorum.annotation.tolls import find_tolls
from variorum.records import Document, Syntax

Parse = Callable[..., tuple[Document, Syntax]]
Told = tuple[str, str | None, tuple[int, ...], int | None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Hospital officials raised the death toll to 14 from 9, the ministry said.",
            [("14", "revised", (1,), None), ("9", "former", (), None)],
        ),
        (
            "The ministry revised the toll down from 54 to 49 after double counting.",
            [("54", "former", (), None), ("49", "revised", (0,), None)],
        ),
        (
            "Another four people died in hospital, raising the toll from 12 to 16.",
            [("Another four people", "added", (), None), ("12", "former", (), None), ("16", "revised", (0, 1), None)],
        ),
        (
            "Six more bodies were pulled from the mud. That took the toll to 93.",
            [("Six more bodies", "added", (), None), ("93", "revised", (0,), None)],
        ),
        (
            "A fourth soldier died of his wounds, bringing to four the number killed in the ambush.",
            [("A fourth soldier", "added", (), None), ("four", "revised", (0,), None)],
        ),
        ("The death toll climbed by six to 88.", [("88", "revised", (), 6)]),
        ("The provincial government cut its toll by five to 22.", [("22", "revised", (), -5)]),
        ("The latest count of 210 dead is ten more than the day before.", [("210", "revised", (), 10)]),
        (
            "The mayor's office updated its figures: 17 dead, up from 12, and 40 injured, up from 33.",
            [
                ("17", "revised", (1,), None),
                ("12", "former", (), None),
                ("40", "revised", (3,), None),
                ("33", "former", (), None),
            ],
        ),
        (
            "Police initially said five people had died. The figure was later corrected to three.",
            [("five people", "former", (), None), ("three", "revised", (0,), None)],
        ),
        (
            "Eight people died, not 12 as reported earlier, the police said.",
            [("Eight people", "revised", (1,), None), ("12", "former", (), None)],
        ),
        (
            "Five more deaths were reported, for a total of 37.",
            [("Five more deaths", "added", (), None), ("a total of 37", "revised", (0,), None)],
        ),
        (
            "The confirmed dead now number 64, up from 58 last week.",
            [("64", "revised", (1,), None), ("58", "former", (), None)],
        ),
    ],
)
def test_what_changes_what(text: str, expected: list[Told], parse: Parse) -> None:
    found = find_tolls(*parse(text))
    assert [(t.text, t.update, t.updates, t.change) for t in found] == expected


@pytest.mark.parametrize(
    "text",
    [
        "The blast killed 11 and wounded another 20.",
        "More than 60 people died in the two attacks.",
        "Rebels killed nine soldiers on Monday and 14 on Tuesday.",
        "The toll stands at 31.",
        "At least six people were killed, more than in any raid since May.",
    ],
)
def test_no_figure_changes_another(text: str, parse: Parse) -> None:
    assert {t.update for t in find_tolls(*parse(text))} == {None}


def test_a_difference_or_an_anger_over_them_is_no_bound(parse: Parse) -> None:
    found = find_tolls(*parse("Officials voiced concern over the 14 dead. It was two more than in May."))
    assert [(t.text, t.low, t.high) for t in found] == [("14", 14, 14)]
