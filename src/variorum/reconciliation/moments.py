"""Times as intervals of hours, so that bounds can be compared, cut and moved.

Hours count from 1 January of year 1, in the local time that the text means; a zone counts only where two moments of
publication are put in order. An open bound is infinite. A bound that names a whole day, month or year stands for its
first hour as `earliest` and its last as `latest`.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from math import ceil, floor, inf
from typing import NamedTuple

DAY = 24.0
_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d)(?::(\d\d))?)?)?)?")


@lru_cache(maxsize=65_536)
def hours(bound: str | None, *, end: bool) -> float | None:
    """Hours to the start (or the `end`) of what an ISO 8601 bound names; None where it names no date."""
    match = _ISO.match(bound or "")
    if match is None:
        return None
    year, month, day, hour, minute = (int(part) if part else None for part in match.groups())
    try:
        if year is None or not 1 <= year < 9999:
            return None
        if month is None:
            return date(year + end, 1, 1).toordinal() * DAY
        if day is None:
            return date(year + (month == 12) * end, month % 12 + 1 if end else month, 1).toordinal() * DAY
        if hour is None:
            return (date(year, month, day).toordinal() + end) * DAY
        return date(year, month, day).toordinal() * DAY + hour + (minute or 0) / 60
    except ValueError:
        return None


def iso(at: float, *, end: bool) -> str | None:
    """The hour as an ISO 8601 bound: a bare date where it is the first (the `end`: the last) of a day, else to the
    minute; None where open."""
    if at in (inf, -inf):
        return None
    if at % DAY == 0:
        return date.fromordinal(int(at // DAY) - end).isoformat()
    day, rest = divmod(at, DAY)
    minutes = round(rest * 60)
    day, minutes = (day + 1, 0) if minutes == 24 * 60 else (day, minutes)
    stamp = date.fromordinal(int(day)).isoformat()
    return f"{stamp}T{minutes // 60:02d}:{minutes % 60:02d}"


class Interval(NamedTuple):
    """Hours ``[low, high]``; either may be infinite."""

    low: float
    high: float

    @staticmethod
    def of(earliest: str | None, latest: str | None) -> Interval | None:
        """The interval between two ISO bounds, None where both are open or they are the wrong way round."""
        low, high = hours(earliest, end=False), hours(latest, end=True)
        if low is None and high is None:
            return None
        interval = Interval(-inf if low is None else low, inf if high is None else high)
        return interval if interval.low <= interval.high else None

    @property
    def width(self) -> float:
        return self.high - self.low

    def meet(self, other: Interval) -> Interval | None:
        """What the two share; None where they are apart. A shared edge alone is no overlap of two real intervals."""
        low, high = max(self.low, other.low), min(self.high, other.high)
        if low > high or (low == high and self.width > 0 and other.width > 0):
            return None
        return Interval(low, high)

    def gap(self, other: Interval) -> float:
        """Hours between the two; 0 where they touch or overlap."""
        return max(0.0, self.low - other.high, other.low - self.high)

    def moved(self, low: float, high: float) -> Interval:
        """The interval after adding something between `low` and `high` hours, in whole days: words such as "hours
        before" do not tell the hour of the day."""
        low, high = self.low + low, self.high + high
        return Interval(
            floor(low / DAY) * DAY if low > -inf else low,
            ceil(high / DAY) * DAY if high < inf else high,
        )


@lru_cache(maxsize=65_536)
def moment(published: str | None) -> tuple[float, float] | None:
    """When words were published, as the first and last hour (UTC where a zone is given) that it may have been."""
    low, high = hours(published, end=False), hours(published, end=True)
    if published is None or low is None or high is None:
        return None
    if "T" in published:
        try:
            at = datetime.fromisoformat(published)
        except ValueError:
            return low, high
        if at.tzinfo is not None:
            at = at.astimezone(UTC)
        start = at.toordinal() * DAY + timedelta(hours=at.hour, minutes=at.minute).total_seconds() / 3600
        return start, start
    return low, high


def later(one: str | None, other: str | None) -> bool:
    """Whether words of date `one` are certainly later than words of date `other`."""
    a, b = moment(one), moment(other)
    return a is not None and b is not None and (a[0] > b[1] or (a[0] == b[1] and a[0] > b[0]))
