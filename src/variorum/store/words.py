"""Words as they are searched: the same on every backend, with the characters where each stands.

Case, accents and other marks do not count, as in names (`world.names.name_key`). Scripts that write no spaces between
words are searched character by character, so that any run of them is a phrase. Words are not stemmed: ``strike*`` finds
"strikes" and "striker".
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from variorum.errors import QueryError
from variorum.records import Span
from variorum.world.names import name_key

MOST_TERMS = 64
"""Terms of one query: far more than anyone types, far fewer than would hold up a database."""

_LONGEST = 64  # characters of a word that count: PostgreSQL takes 2,046 bytes, and longer runs are no words
_SPACELESS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_SPACELESS_ONE = re.compile(f"[{_SPACELESS}]")
_TERM = re.compile(r"""(?P<not>-+(?=\S))?(?:["“”„«»](?P<phrase>[^"“”„«»]*)["“”„«»]?|(?P<word>[^\s"“”„«»]+))""")


class Term(NamedTuple):
    """Words that follow one another; of the last only the beginning where `prefix`."""

    words: tuple[str, ...]
    prefix: bool = False


class Terms(NamedTuple):
    """A query: every term of `wanted` must be there, none of `unwanted`."""

    wanted: tuple[Term, ...]
    unwanted: tuple[Term, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.wanted or self.unwanted)


class Word(NamedTuple):
    """A word of a text as it is searched, and where it stands."""

    key: str
    span: Span


@cache
def _pattern() -> re.Pattern[str]:
    marks = "".join(c for c in map(chr, range(0x300, sys.maxunicode >> 4)) if unicodedata.category(c) in ("Mn", "Mc"))
    letter = rf"[^\W_{_SPACELESS}]"
    return re.compile(rf"[{_SPACELESS}]|{letter}+(?:[{re.escape(marks)}]+{letter}*)*")


def words(text: str, offset: int = 0) -> Iterator[Word]:
    """The words of a text in its order; `offset` is added to where they stand."""
    for match in _pattern().finditer(text):
        told = match[0][:_LONGEST]
        key = told if _SPACELESS_ONE.match(told) else "".join(name_key(told).split())
        if key and not unicodedata.category(key[0]).startswith("M"):
            yield Word(key, Span(match.start() + offset, match.end() + offset))


def parse(query: str) -> Terms:
    """What a person typed: words, "phrases" in quotation marks, ``-word`` for what must not be there, ``begin*`` for
    the beginning of a word. Nothing is a syntax error; what holds no word asks for nothing. Raises QueryError where
    there are more than `MOST_TERMS` terms."""
    wanted: list[Term] = []
    unwanted: list[Term] = []
    for match in _TERM.finditer(query):
        given = match["phrase"] if match["phrase"] is not None else match["word"]
        found = tuple(word.key for word in words(given))
        if found:
            term = Term(found, prefix=match["word"] is not None and given.endswith("*"))
            (unwanted if match["not"] else wanted).append(term)
    if len(wanted) + len(unwanted) > MOST_TERMS:
        raise QueryError(f"a query has at most {MOST_TERMS} words and phrases")
    return Terms(tuple(dict.fromkeys(wanted)), tuple(dict.fromkeys(unwanted)))


def hits(text: str, terms: Terms, offset: int = 0) -> list[Span]:
    """Where the wanted terms stand in a text, in its order; where two overlap, the one that begins first."""
    told = list(words(text, offset))
    found: list[Span] = []
    for at in range(len(told)):
        ends = [end for term in terms.wanted if (end := _end(told, at, term)) is not None]
        if ends and (not found or told[at].span.start >= found[-1].end):
            found.append(Span(told[at].span.start, max(ends)))
    return found


def _end(told: list[Word], at: int, term: Term) -> int | None:
    """Where a term that begins at a word ends; None where it does not begin there."""
    *first, last = term.words
    end = at + len(first)
    if end >= len(told) or any(told[at + n].key != key for n, key in enumerate(first)):
        return None
    fits = told[end].key.startswith(last) if term.prefix else told[end].key == last
    return told[end].span.end if fits else None
