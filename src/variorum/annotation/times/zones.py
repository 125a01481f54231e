"""The zone of a clock time, as told: "GMT", "EST", "local time", "Moscow time", "+03:00"."""

from __future__ import annotations

import re
from functools import cache

from .lexicon import lexicon

_REACH = 40  # characters behind a clock time within which its zone may be told
_OFFSET = re.compile(r"\d(Z|[+-]\d\d:?\d\d)$", re.I)
_CLOCK = re.compile(
    r"(?:\d\d?[:.hH]\d\d(?::\d\d)?|\b\d{4}|\d\d?)(?:\s?(?:hrs|hours|h)\b)?\s*(?:[ap]\.?\s?m\b\.?)?", re.I
)


@cache
def _zone() -> re.Pattern[str]:
    names = "|".join(sorted(name.upper() for name in lexicon().zones))
    return re.compile(
        rf"[\s(]*((?:{names})(?:\s?[+-]\s?\d{{1,2}}(?::?\d\d)?)?\b|(?<=\d)Z\b"
        r"|(?i:local)(?:\s(?i:time))?\b|[A-Z][\w-]+(?:\s[A-Z][\w-]+)?\s(?:(?i:summer|standard|daylight)\s)?(?i:time)\b)"
    )


def zone_of(text: str, start: int, end: int) -> str | None:
    """The words that give the zone of the clock time at ``[start, end)``; None where none do."""
    offset = _OFFSET.search(text, start, end)
    if offset is not None:
        return offset[1].upper()
    clock = _CLOCK.search(text, start, min(len(text), end + 4))
    found = _zone().match(text, clock.end(), min(len(text), end + _REACH)) if clock is not None else None
    return found[1] if found is not None else None
