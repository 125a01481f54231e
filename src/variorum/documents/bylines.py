"""Bylines: who wrote a text, where a line says so and nothing else."""

from __future__ import annotations

import re

from variorum.world.outlets import Outlets

from .author_names import is_role
from .wording import word_set

_OPENING = re.compile(
    r"(?:(?:story|words|text|reported|written|posted|published|submitted|edited|compiled|presented|report) by"
    r"|soumis par"
    r"|(?:écrit|publié) par|(?:escrito|publicado) por|scritto da|geschrieben von|by|author|reporter|writer"
    r"|from our (?:own |special |staff )?(?:man|woman|correspondent|reporter)\b[^,:]{0,30}[,:])"
    r"\s*:?\s+(?!way\b|then\b|now\b)",
    re.IGNORECASE,
)
_SMALL = word_set("and in for at of the with de la al el bin ibn van von der da di du le y e i")
_CUT = re.compile(r"\s*(?:[|•·]|\bfor\b|\bin\b|\bat\b|\bof\b|\bPublished\b|\bUpdated\b|\bPosted\b|\d|[(/–—]|\s-\s).*$")
_THE = re.compile(r"the\s", re.IGNORECASE)
_WORDS = re.compile(r"[^\W_]+")
_OUTLET_WORDS = 5
_MOST_WORDS = 20
_BEHIND = re.compile(r"\s+[|•·]\s+.*$")  # what stands beside a byline


def is_byline(line: str) -> bool:
    """Whether a whole line (as `wording.plain` gives it) is a byline: "By" and words of which most are names."""
    line = _BEHIND.sub("", line)
    opening = _OPENING.match(line)
    if opening and _THE.match(line, opening.end()) and not _opens_with_outlet(line[opening.end() :]):
        return False  # "By the river"
    if not opening or line.count(" ") >= _MOST_WORDS or re.search(r"[.!?]$", line.rstrip(".") + line[-1:]) is not None:
        return bool(opening) and _short_with_stop(line)
    return _names_share(line[opening.end() :]) >= 0.7


def _opens_with_outlet(rest: str) -> bool:
    """Whether words begin with the name of an outlet that the table has ("the Guardian's Ann Lee")."""
    words = _WORDS.findall(rest)[:_OUTLET_WORDS]
    return any(Outlets.load().match_credit(" ".join(words[:count])) for count in range(2, len(words) + 1))


def authors(line: str) -> tuple[str, ...]:
    """The names in a byline, in order, without places, roles and dates."""
    rest = _OPENING.sub("", line.replace("*", ""), count=1)
    parts = re.split(r"\s*(?:,|;|&|\band\b|(?<=[^\W\d_]{4})(?<!Prof)(?<!Capt)\.(?=\s+[^\W\d_a-z]))\s*", rest)
    names: list[str] = []
    placed = False
    for part in parts:
        name = _CUT.sub("", part).strip(" .,:;")
        person = name.count(" ") > 0 or not names
        placed = placed or not person
        if name and name[0].isupper() and name.count(" ") < 5 and (person or not placed) and not is_role(name):
            names.append(name)
        placed = placed or name != part.strip(" .,:;")
        if placed and re.search(r"\d{4}|\b(?:Published|Updated|Posted)\b", part):
            break
    return tuple(names)


def _short_with_stop(line: str) -> bool:
    """ "By A. Name." with a full stop: three or four words, all of them names."""
    return line.count(" ") <= 4 and line.endswith(".") and _names_share(_OPENING.sub("", line, count=1)) == 1.0


def _names_share(text: str) -> float:
    words = [word for word in re.findall(r"[^\W\d_][\w.'-]*", text) if word.lower() not in _SMALL]
    return sum(word[0].isupper() for word in words) / len(words) if words else 0.0
