"""Units: what is compared, a document or each part of one that tells of several things."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations, islice
from typing import NamedTuple

from variorum.records import NARRATIVE_KINDS, Document, Span

from .lexicon import WORD, fold, rarity, state_names, words_of

_HEADING = 6  # most words of a heading
_LEAST_WORDS = 12  # of a part of a round-up that has an origin: fewer are no evidence of copying
_SECTIONS = 3  # least parts of a chronology, a live blog or a digest without headings
_NUMBERED = 2  # least parts under numbered headings, or headings in capitals
_RARE = 0.55  # rarity from which a word that two paragraphs share makes them of one matter
_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBER = re.compile(r"(?:\d{1,2}|[IVX]{1,4})\s?[.)]\s+\S")
_CLOCK = re.compile(
    r"[\[(]?(?:[01]?\d|2[0-3])[.:h]?[0-5]\d(?:[.:][0-5]\d)?(?:\s?(?:[ap]\.?m\.?|[A-Z]{3,4}\b))?[\])]?[\s:–—-]"
)
_ENTRY = re.compile(r"(?P<head>(?:[^\W_]+[,.]? ){0,3}?[^\W_]+)\s?[.:–—-]")


class Unit(NamedTuple):
    """What is compared: a document, or one section of a round-up (`section` counts them; -1 is the whole)."""

    document: Document
    section: int
    spans: tuple[Span, ...]

    @property
    def key(self) -> tuple[str, int]:
        return (self.document.id, self.section)


def units_of(document: Document) -> list[Unit]:
    """A document's units. A text without blocks is one block; the sections of a round-up, a chronology, a live blog or
    a digest stand each for themselves, and their other prose is a unit of its own; what is no more than a heading is
    none."""
    if not document.blocks:
        return [Unit(document, -1, (Span(0, len(document.text)),) if document.text.strip() else ())]
    narrative = [block for block in document.blocks if block.kind in NARRATIVE_KINDS]
    sections: dict[int, list[Span]] = {}  # furniture may cut a section in two blocks
    for number, block in enumerate(narrative):
        if block.kind in ("round-up", "entry"):
            sections.setdefault(number if block.part is None else block.part, []).append(block.span)
    if len(sections) < 2:
        sections = _parts(document.text, [block.span for block in narrative])
    if len(sections) < 2:
        return [Unit(document, -1, tuple(block.span for block in narrative))]
    inside = {span for spans in sections.values() for span in spans}
    rest = tuple(block.span for block in narrative if block.span not in inside)
    units = [Unit(document, number, tuple(spans)) for number, spans in enumerate(sections.values())]
    told = [unit for unit in (*units, Unit(document, -1, rest)) if _tells(unit)]
    return told or [Unit(document, -1, tuple(block.span for block in narrative))]


def _tells(unit: Unit) -> bool:
    """Whether a part of a round-up is more than a heading."""
    words = (match for span in unit.spans for match in WORD.finditer(unit.document.text, *span))
    return next(islice(words, _LEAST_WORDS - 1, None), None) is not None


def _parts(text: str, spans: Sequence[Span]) -> dict[int, list[Span]]:
    """The parts of a text of several matters: what stands under dated, numbered or capitalised headings, what begins
    with a date or an hour, or paragraphs that have nothing in common. Empty where it is one text."""
    lines = [span.of(text).strip() for span in spans]
    headings = [i for i, line in enumerate(lines) if _dated(line)]
    if len(headings) >= _SECTIONS:
        return _under(spans, headings, headed=True)
    headings = [i for i, line in enumerate(lines) if _numbered(line)]
    if len(headings) >= _NUMBERED:
        return _under(spans, headings, headed=True)
    entries = [i for i, line in enumerate(lines) if _CLOCK.match(line) or _dated_entry(line)]
    if len(entries) >= _SECTIONS:
        return _under(spans, entries, headed=False)
    return _matters(lines, spans)


def _under(spans: Sequence[Span], starts: Sequence[int], *, headed: bool) -> dict[int, list[Span]]:
    """What stands from each start to the next, without the headings; what stands above the first belongs to none. A
    last line without a fellow under its heading belongs to the last."""
    found: dict[int, list[Span]] = {}
    for number, span in enumerate(spans):
        part = next((start for start in reversed(starts) if start <= number), None)
        if part is not None and not (headed and part == number):
            found.setdefault(part, []).append(span)
    return found if len(found) >= _NUMBERED else {}


def _words(line: str) -> list[str]:
    return [] if line[-1:] in tuple(".!?…,;") else [fold(word) for word in WORD.findall(line)]


def _dated(line: str) -> bool:
    """Whether a line is a heading that gives a month or a year."""
    words = _words(line) if len(line) < 80 else []
    return 0 < len(words) <= _HEADING and any(word in words_of("months") or _YEAR.fullmatch(word) for word in words)


def _numbered(line: str) -> bool:
    words = _words(line) if len(line) < 80 else []
    if not 0 < len(words) <= _HEADING:
        return False
    return _NUMBER.match(line) is not None or (line.isupper() and any(word in state_names() for word in words))


def _dated_entry(line: str) -> bool:
    """Whether a paragraph begins with its date, set off from what it tells ("2012, April. Peru. …", "4 March: …")."""
    match = _ENTRY.match(line)
    words = [fold(word) for word in WORD.findall(match["head"])] if match else []
    dated = any(word in words_of("date_words") or _YEAR.fullmatch(word) for word in words)
    return dated and all(word in words_of("date_words") or word.isdigit() for word in words)


def _matters(lines: Sequence[str], spans: Sequence[Span]) -> dict[int, list[Span]]:
    """The paragraphs of a digest without headings: each names a state or its people, none a state that another names,
    and no two share a name or a rare word."""
    told = [i for i, line in enumerate(lines) if len(WORD.findall(line)) >= _LEAST_WORDS]
    if not _SECTIONS <= len(told) <= 12:
        return {}
    states, rare = [], []
    for i in told:
        folded = [(word[0], fold(word)) for word in WORD.findall(lines[i])]
        states.append({state_names()[word] for first, word in folded if first.isupper() and word in state_names()})
        rare.append({word for _, word in folded if rarity(word) >= _RARE})
    apart = all(states) and not any(
        states[a] & states[b] or rare[a] & rare[b] for a, b in combinations(range(len(told)), 2)
    )
    return {i: [spans[i]] for i in told} if apart else {}
