"""Dates of publication as bounds, so that one is before another only where their precision shows it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

_ZONES = timedelta(hours=14)  # a local time without a zone may be off from UTC by so much


@lru_cache(maxsize=65_536)
def bounds(published: str | None) -> tuple[datetime, datetime] | None:
    """The UTC moments between which a text was published; None where no date is given or it does not parse.

    A day without a time covers the day; whether two days differ is told from the days alone (see `before`).
    """
    if not published:
        return None
    try:
        if len(published) == 4:
            first, last = date(int(published), 1, 1), date(int(published), 12, 31)
        elif len(published) == 7:
            first = date.fromisoformat(f"{published}-01")
            last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        elif len(published) == 10:
            first = last = date.fromisoformat(published)
        else:
            moment = datetime.fromisoformat(published)
            if moment.tzinfo is None:
                moment = moment.replace(tzinfo=UTC)
                return moment, moment + timedelta(seconds=1)
            moment = moment.astimezone(UTC)
            return moment, moment
    except (ValueError, OverflowError):
        return None
    start = datetime(first.year, first.month, first.day, tzinfo=UTC)
    return start, datetime(last.year, last.month, last.day, 23, 59, 59, tzinfo=UTC)


def before(one: str | None, other: str | None) -> bool:
    """Whether the first was surely published before the second. A day and a moment are compared by the days that their
    pages print: a page that gives a day means that of its own zone."""
    a, b = bounds(one), bounds(other)
    if a is None or b is None or one is None or other is None:
        return False
    if min(len(one), len(other)) == 10 and not _alike(one, other):
        return one[:10] < other[:10]
    room = timedelta(0) if _alike(one, other) else _ZONES
    return a[1] + room < b[0]


def _alike(one: str, other: str) -> bool:
    return (len(one) > 10) == (len(other) > 10)


def days_apart(one: str | None, other: str | None) -> int | None:
    """Whole days between two texts at the least; None where either is undated."""
    a, b = bounds(one), bounds(other)
    if a is None or b is None:
        return None
    return max((b[0] - a[1]).days, (a[0] - b[1]).days, 0)


def order_key(published: str | None) -> tuple[bool, str]:
    """For sorting the earliest first and the undated last."""
    found = bounds(published)
    return (found is None, found[0].isoformat() if found else "")
