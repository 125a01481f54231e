"""Lists of other texts: how a page's headlines, teasers and running text stand to one another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from .dates import find_date
from .lines import Line, ends_sentence

_AWAY = frozenset({"nav", "footer", "comment", "share", "form", "button", "caption", "ad"})
_AGO = re.compile(
    r"\b\d+ ?(?:s|m|h|d|w|min|mins|minutes?|hrs?|hours?|days?|weeks?) ?(?:ago)?\b|\byesterday\b"
    r"|\b(?:vor|hace|il y a|há|fa|geleden|назад|temu|önce)\b.{0,14}\d|\d.{0,14}\b(?:ago|fa|geleden|назад|temu|önce)\b"
    r"|\((?:\d+ ?[hmd])\)",
    re.IGNORECASE,
)
_CUT = re.compile(
    r"(?:\.\.\.|…|\[(?:…|\.\.\.)\])\s*(?:\[?\+?\]?|→|»|more|read more|full story|weiter|mehr|lire|leer más)?$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\s*(?:\[\d{1,3}\]|\d{1,3}[.)]|[-*•▪])\s+")
_HEAD_WORDS = (2, 28)
_TEASER_WORDS = 100
_ALL_LINKS = 0.6  # of a line that is several headlines one after the other
_LEAST_MARKED = 4
_MOST_TEASER = 2  # sentences' lines under one headline


class Listing(NamedTuple):
    """`linked` headlines that are links and `bare` ones that are none; the words of running text that stand under no
    such headline (`own`), and the most lines of running text that one headline has under it (`most`)."""

    linked: int
    bare: int
    own: int
    most: int


def listing(lines: Sequence[Line]) -> Listing:
    """How much of a page is headlines of other texts. A headline is a short line that is mostly a link, a subheading or
    an item of a list that is no sentence; what follows it, up to a teaser's length, is told of that other text."""
    linked = bare = own = most = run = 0
    other = False  # whether the text that follows is of another page
    for line in lines:
        if line.hints & _AWAY:
            continue
        if is_headline(line):
            linked, other, run = linked + 1, True, 0
        elif line.linked > _ALL_LINKS and len(line.links) > 1:
            linked, other, run = linked + len(line.links), True, 0
        elif _is_bare(line):
            bare += 1
            other = other and run > 0  # a headline that has told nothing does not reach behind the next heading
            run = 0
        elif "h1" in line.hints:
            other, run = False, 0
        elif _is_text(line):
            run += 1
            if not other or line.words > _TEASER_WORDS or run > _MOST_TEASER:
                own += line.words
            most = max(most, run)
    return Listing(linked, bare, own, most)


def is_headline(line: Line) -> bool:
    """Whether a line is a headline that leads to another text."""
    low, high = _HEAD_WORDS
    share = 0.5 if line.item or line.moment or find_date(line.text) or _AGO.search(line.text) else 0.8
    low -= bool({"heading", "h1"} & line.hints)
    return low < line.words <= high and line.linked > share and not line.hints & _AWAY


def listed_items(lines: Sequence[Line]) -> int:
    """How many headlines a plain text lists: short lines that are no sentence, each with a number or a link, or with a
    date, an age or a cut teaser in it or under it."""
    found = marked = 0
    for number, line in enumerate(lines):
        low, high = _HEAD_WORDS
        if not low <= line.words <= high or (ends_sentence(line.text) and not line.text.endswith(("?", "!"))):
            continue
        under = lines[number + 1] if number + 1 < len(lines) else None
        numbered = _NUMBERED.match(line.text) is not None
        marked += numbered
        told = bool(_AGO.search(line.text) or find_date(line.text)) and line.words > low
        cut = under is not None and (_CUT.search(under.text) is not None or _is_dated(under))
        found += line.linked > 0.5 or told or cut or (numbered and bool(found))
    return max(found, marked if marked >= _LEAST_MARKED else 0)


def _is_dated(line: Line) -> bool:
    return line.words <= 8 and (find_date(line.text) is not None or _AGO.search(line.text) is not None)


def _is_bare(line: Line) -> bool:
    low, high = _HEAD_WORDS
    heading = bool({"heading", "h1"} & line.hints) and "h1" not in line.hints
    return (heading or line.item) and low <= line.words <= high and not ends_sentence(line.text)


def _is_text(line: Line) -> bool:
    return line.words >= 6 and (ends_sentence(line.text) or _CUT.search(line.text) is not None) and line.linked < 0.5
