"""No value becomes finer by its wording."""

from __future__ import annotations

import pytest

from variorum.exports import wording
from variorum.records import Reading, Toll


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (7, 7, "7"),
        (7, None, "at least 7"),
        (None, 20, "up to 20"),
        (7, 9, "7 to 9"),
        (0, 0, "none"),
        (None, None, "an unknown number"),
        (12_000, 12_000, "12,000"),
    ],
)
def test_amount(low: int | None, high: int | None, words: str) -> None:
    assert wording.amount(low, high) == words


@pytest.mark.parametrize(
    ("iso", "words"),
    [
        ("2024", "2024"),
        ("2024-01", "January 2024"),
        ("2024-01-18", "18 January 2024"),
        ("2024-01-18T06:00", "18 January 2024, 06:00"),
        ("2024-W03", "2024-W03"),
        ("PRESENT_REF", "PRESENT_REF"),
        ("2024-13", "2024-13"),
    ],
)
def test_moment(iso: str, words: str) -> None:
    assert wording.moment(iso) == words


@pytest.mark.parametrize(
    ("earliest", "latest", "words"),
    [
        (None, None, "date not told"),
        ("2024-01-18", None, "from 18 January 2024"),
        (None, "2024-01-18", "by 18 January 2024"),
        ("2024-01-18", "2024-01-18", "18 January 2024"),
        ("2024-01-16", "2024-01-17", "16–17 January 2024"),
        ("2024-01-01", "2024-01-31", "January 2024"),
        ("2024-01-01", "2024-12-31", "2024"),
        ("2024-12-01", "2024-12-31", "December 2024"),
        ("2023-12-30", "2024-01-02", "30 December 2023 – 2 January 2024"),
        ("2024-01-18T06:00", "2024-01-18T12:00", "18 January 2024, 06:00–12:00"),
    ],
)
def test_interval(earliest: str | None, latest: str | None, words: str) -> None:
    assert wording.interval(earliest, latest) == words


def test_an_open_bound_is_worded_as_its_source_words_it() -> None:
    assert wording.amount(3001, None, "more than 3,000 people") == "more than 3,000"
    assert wording.amount(3001, None, "at least 3,001 people") == "at least 3,001"
    over = Reading(id="r", low=101, high=None, speaker=None, as_of=None, words="Over 100 men")
    toll = Toll(kind="killed", low=101, high=None, agreement="single-source", readings=(over,))
    assert (wording.reading(over), wording.toll(toll)) == ("more than 100", "more than 100 killed")
