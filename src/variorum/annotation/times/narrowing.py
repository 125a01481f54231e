"""The part of a decade, year, month, week or day that "early", "late" and their like leave."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from math import ceil

from .resolving import Resolved
from .values import Bounds, bounds_of, day_value

_MARK = re.compile(
    r"(?:the\s+|sometime\s+)?(early|late|mid|middle|beginning|start|end|earlier|later)(?=[\s-])", re.IGNORECASE
)
# The share of the whole, from and to, that a word leaves: no more is taken off than any reader would.
_SHARES = {
    "early": (0.0, 0.5),
    "beginning": (0.0, 0.4),
    "start": (0.0, 0.4),
    "mid": (0.25, 0.75),
    "middle": (0.25, 0.75),
    "late": (0.5, 1.0),
    "end": (0.6, 1.0),
}
_HOURS = {"early": ("00:00", "12:00"), "late": ("12:00", "23:59")}  # of a day; people differ on more than the half
_BEFORE = re.compile(r"\b(early|late)\s+on\s+$", re.IGNORECASE)
_REACH = 12  # characters that "early on" takes up
_DAY = len("2024-01-18")
_LEAST = 5  # days that a stretch must have to be told in parts


def narrowed(resolved: Resolved, text: str, start: int, end: int, days: Sequence[date]) -> tuple[Resolved, int]:
    """`resolved` with the bounds that the first word of the expression at ``[start, end)`` of `text` leaves of them:
    "late last year" lies in its second half, "earlier this month" before the one of `days` that the text was written
    on, "early on Tuesday" in the morning half of that day. The value stays, and so does a bound that is open. With it
    comes where the expression begins: at the word that narrows it."""
    mark = _MARK.match(text, start, end) or _BEFORE.search(text, max(0, start - _REACH), start)
    if mark is None or resolved.type != "DATE" or "X" in resolved.value:
        return resolved, start
    first, last = bounds_of(resolved.value) if None in resolved.bounds else resolved.bounds
    if first is None or last is None or len(first) != _DAY or len(last) != _DAY:
        return resolved, start
    word = mark[1].lower()
    part = _part_of_day(first, word) if first == last else _part(first, last, word, days)
    if part is None:
        return resolved, start
    low, high = resolved.bounds
    return resolved._replace(bounds=(low and part[0], high and part[1])), mark.start()


def _part_of_day(day: str, word: str) -> Bounds | None:
    hours = _HOURS.get(word)
    return (f"{day}T{hours[0]}", f"{day}T{hours[1]}") if hours else None


def _part(first: str, last: str, word: str, days: Sequence[date]) -> Bounds | None:
    low, high = date.fromisoformat(first), date.fromisoformat(last)
    length = (high - low).days + 1
    if length < _LEAST:
        return None
    if word in _SHARES:
        start, stop = _SHARES[word]
        low, high = low + timedelta(int(length * start)), low + timedelta(ceil(length * stop) - 1)
    elif not days or not low <= days[0] <= days[-1] <= high:
        return None
    elif word == "earlier":
        high = days[-1]
    else:
        low = days[0]
    return day_value(low), day_value(high)
