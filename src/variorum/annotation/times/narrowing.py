"""The part of a year, month, week or decade that "early", "late" and their like leave."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from math import ceil

from .resolving import Resolved
from .values import day_value

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
_LEAST = 5  # days that a stretch must have to be told in parts


def narrowed(resolved: Resolved, text: str, days: Sequence[date]) -> Resolved:
    """`resolved` with the bounds that the first word of the expression's text leaves of them: "late last year" lies in
    its second half, "earlier this month" before the one of `days` that the text was written on. The value stays."""
    mark = _MARK.match(text)
    first, last = resolved.bounds
    if mark is None or resolved.type != "DATE" or "X" in resolved.value or first is None or last is None:
        return resolved
    if len(first) != 10 or len(last) != 10:
        return resolved
    low, high = date.fromisoformat(first), date.fromisoformat(last)
    length = (high - low).days + 1
    if length < _LEAST:
        return resolved
    word = mark[1].lower()
    if word in _SHARES:
        start, stop = _SHARES[word]
        low, high = low + timedelta(int(length * start)), low + timedelta(ceil(length * stop) - 1)
    elif not days or not low <= days[0] <= days[-1] <= high:
        return resolved
    elif word == "earlier":
        high = days[-1]
    else:
        low = days[0]
    return resolved._replace(bounds=(day_value(low), day_value(high)))
