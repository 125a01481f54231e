"""Bylines: who wrote a text, where a line says so and nothing else."""

from __future__ import annotations

import re

from .wording import word_set

_OPENING = re.compile(
    r"(?:(?:story|words|text|reported|written|posted|published|edited|compiled|report) by|by|author|reporter|writer)"
    r"\s*:?\s+(?!the\s+(?!associated|new |washington |guardian)|way\b|then\b|now\b)",
    re.IGNORECASE,
)
_SMALL = word_set("and in for at of the with de la al el bin ibn van von der da di du le y e i")
_CUT = re.compile(r"\s*(?:[|•·]|\bfor\b|\bin\b|\bat\b|\bof\b|\bPublished\b|\bUpdated\b|\bPosted\b|\d|[(/–—]|\s-\s).*$")
_MOST_WORDS = 20


def is_byline(line: str) -> bool:
    """Whether a whole line (as `wording.plain` gives it) is a byline: "By" and words of which most are names."""
    opening = _OPENING.match(line)
    if not opening or line.count(" ") >= _MOST_WORDS or re.search(r"[.!?]$", line.rstrip(".") + line[-1:]) is not None:
        return bool(opening) and _short_with_stop(line)
    return _names_share(line[opening.end() :]) >= 0.7


def authors(line: str) -> tuple[str, ...]:
    """The names in a byline, in order, without places, roles and dates."""
    rest = _OPENING.sub("", line, count=1)
    rest = _CUT.sub("", rest).strip(" .,:;")
    parts = re.split(r"\s*(?:,|;|&|\band\b)\s*", rest)
    return tuple(part for part in parts if part and part[0].isupper() and part.count(" ") < 5)


def _short_with_stop(line: str) -> bool:
    """ "By A. Name." with a full stop: three or four words, all of them names."""
    return line.count(" ") <= 4 and line.endswith(".") and _names_share(_OPENING.sub("", line, count=1)) == 1.0


def _names_share(text: str) -> float:
    words = [word for word in re.findall(r"[^\W\d_][\w.'-]*", text) if word.lower() not in _SMALL]
    return sum(word[0].isupper() for word in words) / len(words) if words else 0.0
