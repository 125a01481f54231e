"""What stated numbers of people come to, construction by construction."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from toll_sentences import SENTENCES, Expected  # type: ignore[import-not-found]

from variorum.annotation.tolls import find_tolls
from variorum.records import Document, Syntax


@pytest.mark.parametrize(("text", "expected"), SENTENCES, ids=[text[:40] for text, _ in SENTENCES])
def test_tolls(text: str, expected: list[Expected], parse: Callable[..., tuple[Document, Syntax]]) -> None:
    found = find_tolls(*parse(text))
    assert [(t.text, t.kind, t.low, t.high, t.part_of) for t in found] == expected


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("March 4, 2025 - Six border guards were killed on Tuesday, officials said.", 6, 6),
        ("4 March 2025: Six border guards were killed, officials said.", 6, 6),
        ("Between nine and 12 soldiers were killed, officials said.", 9, 12),
        ("In all 2,025 people were killed, officials said.", 2025, 2025),
    ],
)
def test_the_year_of_a_date_counts_nobody(
    parse: Callable[..., tuple[Document, Syntax]], text: str, low: int, high: int
) -> None:
    (toll,) = find_tolls(*parse(text))
    assert (toll.low, toll.high) == (low, high)
