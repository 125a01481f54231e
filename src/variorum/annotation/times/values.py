"""TIMEX3 values of calendar times, and the bounds that a value gives.

A value is a string as TimeBank writes it: "2024", "2024-01", "2024-01-18", "2024-W03", "2024-W03-4", "2024-W03-WE",
"2024-Q1", "2024-H1", "2024-SU", "198" (a decade), "19" (a century that begins with these digits), a day with a time
"2024-01-18T16:30" or a part of day "2024-01-18TMO". Bounds are ISO 8601: days for dates, minutes for times. A value
with X gives the bounds of what stands before the first X.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, timedelta
from functools import lru_cache

Bounds = tuple[str | None, str | None]

OPEN: Bounds = (None, None)

# Hours of the parts of day, on the clock of the day they are named by; a night ends on the morning after.
_PARTS = {
    "MO": ("06:00", "12:00", 0),
    "AF": ("12:00", "18:00", 0),
    "EV": ("18:00", "23:59", 0),
    "NI": ("18:00", "06:00", 1),
    "DT": ("06:00", "18:00", 0),
}

# Seasons of the northern half of the world, by month and day and with the margin that everyday use has: from the
# meteorological beginning to the astronomical end. "The winter of 1994" may begin in 1993 or end in 1995.
_SEASONS = {"SP": ((3, 1), (6, 21)), "SU": ((6, 1), (9, 23)), "FA": ((9, 1), (12, 21))}

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(.+))?")
_WEEK = re.compile(r"(\d{4})-W(\d\d)(?:-(\d|WE))?(?:T(.+))?")
_PART = re.compile(r"(\d{4})-([QH])([1-4])")
_SEASON = re.compile(r"(\d{4})-(SP|SU|FA|WI)")
_CLOCK = re.compile(r"(\d\d)(?::(\d\d))?(?::\d\d(?:\.\d+)?)?Z?")


def day_value(day: date) -> str:
    return f"{day.year:04}-{day.month:02}-{day.day:02}"


def week_value(day: date) -> str:
    """The ISO week that holds `day`."""
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


def shift_days(day: date, days: int) -> date | None:
    """`day` moved; None beyond the years that the calendar knows (1 to 9999)."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def shift_months(day: date, months: int) -> date | None:
    """`day` moved by months, held to the last day of a shorter month; None beyond the calendar."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not MINYEAR <= year <= MAXYEAR:
        return None
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def make_day(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has none such."""
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


def easter(year: int) -> date:
    """Western Easter Sunday by the anonymous Gregorian computus (Meeus, Astronomical Algorithms, chapter 8)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return date(year, month, day + 1)


def hijri_day(year: int, month: int, day: int) -> date | None:
    """A lunar Hijri date in the tabular calendar; what was sighted may differ by two days either way."""
    days = day + (59 * (month - 1) + 1) // 2 + (year - 1) * 354 + (3 + 11 * year) // 30 + 227014
    return date.fromordinal(days) if 0 < days <= date.max.toordinal() else None


def persian_day(year: int, month: int, day: int) -> date | None:
    """A solar Hijri date, the year beginning on 21 March; right to a day."""
    days = (month - 1) * 31 - max(0, month - 7) + day - 1
    start = make_day(year + 621, 3, 21)
    return shift_days(start, days) if start else None


@lru_cache(maxsize=4096)
def bounds_of(value: str) -> Bounds:
    """The first and last day (or minute) that `value` leaves possible; (None, None) for what is no calendar time."""
    if "X" in value:
        head = value.partition("X")[0].rstrip("-WQH")
        return bounds_of(head) if re.fullmatch(r"\d{4}(?:-\d\d)?|\d{2,3}", head) else OPEN
    if value.isdigit() and len(value) in (2, 3, 4):
        width = 10 ** (4 - len(value))
        first, last = int(value) * width, (int(value) + 1) * width - 1
        return (f"{max(first, 1):04}-01-01", f"{last:04}-12-31") if last >= 1 else OPEN
    if match := re.fullmatch(r"(\d{4})-(\d\d)", value):
        return _months(int(match[1]), int(match[2]), int(match[2]))
    if match := _DAY.fullmatch(value):
        day = make_day(int(match[1]), int(match[2]), int(match[3]))
        return _time_of_day(day, match[4]) if day else OPEN
    if match := _WEEK.fullmatch(value):
        return _week(int(match[1]), int(match[2]), match[3], match[4])
    if match := _PART.fullmatch(value):
        length = 3 if match[2] == "Q" else 6
        last = int(match[3]) * length
        return _months(int(match[1]), last - length + 1, last)
    if match := _SEASON.fullmatch(value):
        return _season(int(match[1]), match[2])
    return OPEN


def _months(year: int, first: int, last: int) -> Bounds:
    if not (MINYEAR <= year <= MAXYEAR and 1 <= first <= last <= 12):
        return OPEN
    return f"{year:04}-{first:02}-01", f"{year:04}-{last:02}-{monthrange(year, last)[1]:02}"


def _week(year: int, week: int, weekday: str | None, clock: str | None) -> Bounds:
    try:
        monday = date.fromisocalendar(year, week, 1)
    except ValueError:
        return OPEN
    if weekday is None:
        first, last = monday, shift_days(monday, 6)
    elif weekday == "WE":
        first, last = shift_days(monday, 5) or monday, shift_days(monday, 6)
    else:
        day = shift_days(monday, int(weekday) - 1) if weekday in "1234567" else None
        return _time_of_day(day, clock) if day else OPEN
    return day_value(first), day_value(last) if last else None


def _season(year: int, season: str) -> Bounds:
    if year < MINYEAR:
        return OPEN
    if season == "WI":
        return (f"{year - 1:04}-12-01" if year > MINYEAR else None), (
            f"{year + 1:04}-03-20" if year < MAXYEAR else None
        )
    (m1, d1), (m2, d2) = _SEASONS[season]
    return f"{year:04}-{m1:02}-{d1:02}", f"{year:04}-{m2:02}-{d2:02}"


def _time_of_day(day: date, clock: str | None) -> Bounds:
    """A clock time is its minute; an hour alone its beginning. "T24:00" is told of either end of a day."""
    text = day_value(day)
    if clock is None:
        return text, text
    if clock in _PARTS:
        start, end, over = _PARTS[clock]
        until = shift_days(day, over)
        return f"{text}T{start}", f"{day_value(until)}T{end}" if until else None
    match = _CLOCK.fullmatch(clock)
    if match is None or int(match[1]) > 24 or int(match[2] or 0) > 59:
        return text, text
    if int(match[1]) == 24:
        after = shift_days(day, 1)
        return f"{text}T00:00", f"{day_value(after)}T00:00" if after else None
    at = f"{text}T{match[1]}:{match[2] or '00'}"
    return at, at
