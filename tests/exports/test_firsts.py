"""Who told something first, no finer than the dates of the reports."""

from __future__ import annotations

import pytest

from variorum.exports.firsts import first_in, first_reported
from variorum.records import EditionDocument


def reports(*published: str | None) -> list[EditionDocument]:
    """A report for each date, by papers A, B, C …"""
    return [
        EditionDocument(
            id=f"d-{number}", story=None, origin=None, rejected=None, source=f"{number}.html",
            outlet="ABCDEFGH"[number], published=each, supported=True,
        )
        for number, each in enumerate(published)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("published", "told"),
    [
        (("2031-05-08",), ""),
        ((None, None), "who reported it first is not told: no report is dated"),
        (("2031-05-09", "2031-05-08"), "first reported by B on 8 May 2031"),
        (("2031-05-08", "2031-05-08"), "first reported by A or B on 8 May 2031 (their dates do not tell which)"),
        (("2031-05-08", None), "first reported by A on 8 May 2031; 1 undated report may be earlier"),
        (
            ("2031-05-08T10:00:00+00:00", "2031-05-08T09:59:00+00:00"),
            "first reported by B on 8 May 2031, 09:59 UTC",
        ),
        # a day without its hour is neither before nor after an hour of it
        (
            ("2031-05-08T10:00:00+00:00", "2031-05-08"),
            "first reported by A or B on 8 May 2031 (their dates do not tell which)",
        ),
        # a minute of the next day that lies, by its zone, before one of the day
        (
            ("2031-05-09T00:30:00+05:00", "2031-05-08T22:00:00+00:00"),
            "first reported by A on 9 May 2031, 00:30 UTC+05:00",
        ),
        # seconds tell when a page was written out, not who was first
        (
            ("2031-05-08T10:00:59+00:00", "2031-05-08T10:00:01+00:00"),
            "first reported by A or B on 8 May 2031, 10:00 UTC (their dates do not tell which)",
        ),
        # an hour without a zone is no more than its day
        (
            ("2031-05-08T10:00:00", "2031-05-08T22:00:00+00:00"),
            "first reported by A or B on 8 May 2031 (their dates do not tell which)",
        ),
        (
            ("2031-05-08",) * 7,
            "first reported by A, B, C, D or 3 more on 8 May 2031 (their dates do not tell which)",
        ),
    ],
)
def test_the_first_is_named_where_dates_tell_it(published: tuple[str | None, ...], told: str) -> None:
    assert first_reported(reports(*published)) == told


def test_a_figure_stood_first_in_a_report() -> None:
    assert first_in(reports("2031-05-09", "2031-05-08")) == "B, 8 May 2031"
    assert first_in(reports(None)) == "undated"
