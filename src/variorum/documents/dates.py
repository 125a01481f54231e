"""Dates as pages write them, to ISO 8601 of the same precision. What is ambiguous stays unread."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from email.utils import parsedate_tz

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sep sept",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = (
    r"(?P<month>(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?)"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?\s*[,|]?\s*)?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_CLOCK = (
    r"(?:\s*(?:,|-|–|—|\||/|·|at|@)?\s*(?P<hour>\d{1,2})[:.h](?P<minute>\d\d)(?::(?P<second>\d\d))?"
    r"\s*(?P<half>[ap]\.?\s?m\b\.?)?(?:\s*\(?(?P<zone>gmt|utc|z|[+-]\d\d:?\d\d|[a-z]{1,4}t)\b\)?)?)?"
)
_WRITTEN = (
    re.compile(rf"{_WEEKDAY}{_DAY}\s*(?:of\s+)?[-\s]?{_MONTH}[-\s]?,?\s*{_YEAR}{_CLOCK}", re.IGNORECASE),
    re.compile(rf"{_WEEKDAY}{_MONTH}\s+{_DAY},?\s+{_YEAR}{_CLOCK}", re.IGNORECASE),
)
_ISO = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)"
    r"(?:[T ](?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,](?P<fraction>\d+))?)?\s*"
    r"(?P<zone>Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?)?)?",
    re.IGNORECASE,
)
_ISO_DAY = re.compile(r"(?<![\d-])" + r"(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?![\d-])")
_BASIC = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)"
    r"(?:T?(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?(?P<zone>Z|[+-]\d{4})?)?"
)
_NUMERIC = re.compile(
    rf"{_WEEKDAY}(?<!\d)(?P<one>\d{{1,2}})(?P<mark>[./-])(?P<two>\d{{1,2}})(?P=mark){_YEAR}{_CLOCK}", re.IGNORECASE
)
_REVERSED = re.compile(rf"{_YEAR}[./](?P<month>\d\d?)[./](?P<day>\d\d?){_CLOCK}", re.IGNORECASE)


def iso_date(value: str) -> str | None:
    """A date, date-time, month or year in ISO 8601 as precise as `value`; None where it is none or is ambiguous.

    ISO 8601 comes back as it was but for its separators ("2024-01-18 09:30:00Z" is "2024-01-18T09:30:00+00:00"); so do
    RFC 2822 dates and dates in English words. "18/01/2024" has one reading, "03/04/2024" two: the latter is None.
    A named zone other than UTC or GMT leaves the time without a zone.
    """
    text = " ".join(value.split())
    if match := _ISO.fullmatch(text):
        return _assemble(match)
    if match := _BASIC.fullmatch(text):
        return _assemble(match)
    if (rfc := parsedate_tz(text)) and re.search(r"\d:\d\d:\d\d", text) and rfc[0] > 1900:
        return _from_rfc(rfc)
    for pattern in _WRITTEN:
        if match := pattern.fullmatch(text):
            return _assemble(match)
    if match := _REVERSED.fullmatch(text):
        return _assemble(match)
    return _numeric(match) if (match := _NUMERIC.fullmatch(text)) else None


def find_date(text: str) -> tuple[int, int, str] | None:
    """The first day with its year, in English words or ISO 8601, inside `text`: start, end, ISO value."""
    found: list[tuple[int, int, str]] = []
    for pattern in (*_WRITTEN, _ISO_DAY, _NUMERIC):
        for match in pattern.finditer(text):
            if value := _numeric(match) if pattern is _NUMERIC else _assemble(match):
                found.append((match.start(), match.end(), value))
                break
    return min(found, default=None)


def _assemble(match: re.Match[str]) -> str | None:
    groups = match.groupdict()
    month, day = groups.get("month"), groups.get("day")
    if month and not month.isdigit():
        month = str(_MONTHS[month.lower().rstrip(".")])
    year = int(groups["year"])
    try:
        if not month:
            return f"{date(year, 1, 1).year:04}"
        if not day:
            return date(year, int(month), 1).isoformat()[:7]
        whole = date(year, int(month), int(day))
        return whole.isoformat() + _clock(groups)
    except ValueError:
        return None


def _clock(groups: dict[str, str | None]) -> str:
    """The time of day as ``T09:30``, with seconds and zone where they are given; "" where it is no time."""
    hour, minute = groups.get("hour"), groups.get("minute")
    if hour is None or minute is None:
        return ""
    clock, half = int(hour), (groups.get("half") or "").lower()
    if half:
        clock = clock % 12 + (12 if half.startswith("p") else 0)
    if clock > 23 or int(minute) > 59:
        return ""
    second = f":{groups['second']}" if groups.get("second") else ""
    return f"T{clock:02}:{minute}{second}{_zone(groups.get('zone'))}"


def _zone(name: str | None) -> str:
    if not name:
        return ""
    if name.upper() in {"Z", "UTC", "GMT"}:
        return "+00:00"
    if name[0] in "+-":
        digits = name[1:].replace(":", "").ljust(4, "0")
        return f"{name[0]}{digits[:2]}:{digits[2:]}"
    return ""


def _numeric(match: re.Match[str]) -> str | None:
    one, two, mark = int(match["one"]), int(match["two"]), match["mark"]
    if mark == "." or one > 12 or one == two:  # dots are written day first everywhere
        day, month = one, two
    elif two > 12:
        day, month = two, one
    else:
        return None
    try:
        return date(int(match["year"]), month, day).isoformat() + _clock(match.groupdict())
    except ValueError:
        return None


def _from_rfc(parts: tuple[int | None, ...]) -> str | None:
    offset = parts[9]
    zone = timezone(timedelta(seconds=offset)) if offset is not None else None
    try:
        return datetime(*parts[:6], tzinfo=zone).isoformat()  # type: ignore[misc,arg-type]
    except (ValueError, TypeError):
        return None
