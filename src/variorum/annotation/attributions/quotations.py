"""Quotations by their marks: any style, nested, run on over paragraphs, with marks missing or doubled.

A paragraph is read by itself, so that one odd mark spoils no more than its own paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from variorum.records import Span

_MARK = re.compile(r"''|``|[“”„‟«»\"″‘’‚‹›']")
_DOUBLE = frozenset({"“", "”", "„", "‟", "«", "»", '"', "″", "''", "``"})
_OPENING = frozenset({"“", "„", "‟", "«", "``", "‘", "‚", "‹"})
_CLOSING = frozenset({"”", "»", "’", "›"})
_BEFORE = frozenset(" \t\n\r\u00a0([{—–-/:…,")
_AFTER = frozenset(" \t\n\r\u00a0.,;:!?)]}—–-/…")
_ELIDED = re.compile(r"(?:em|tis|twas|til|cause|n|round|bout|\d\ds?)\b", re.IGNORECASE)


class Quotation(NamedTuple):
    """An outermost quotation, its marks included. `closed` is False where one of its marks is missing."""

    start: int
    end: int
    closed: bool

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


class _Mark(NamedTuple):
    start: int
    end: int
    double: bool
    opens: bool
    closes: bool
    doubtful: bool  # may be the apostrophe of a plural's possessive


def find_quotations(text: str, paragraphs: Sequence[Span]) -> tuple[Quotation, ...]:
    """The outermost quotations of the paragraphs, in text order."""
    found: list[Quotation] = []
    for number, paragraph in enumerate(paragraphs):
        marks = _marks(text, paragraph)
        if not marks:
            continue
        follower = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
        runs_on = follower is not None and _starts_open(text, follower)
        doubles = _pair([mark for mark in marks if mark.double], text, paragraph, runs_on)
        singles = [
            mark
            for mark in marks
            if not mark.double and not any(q.closed and q.start <= mark.start < q.end for q in doubles)
        ]
        found.extend(doubles)
        found.extend(q for q in _pair(_settled(singles), text, paragraph, runs_on) if not _crosses(q, doubles))
    return tuple(sorted(found))


def _crosses(quotation: Quotation, others: Sequence[Quotation]) -> bool:
    return any(quotation.start < q.end and q.start < quotation.end for q in others)


def _starts_open(text: str, paragraph: Span) -> bool:
    match = _MARK.match(text, paragraph.start, paragraph.end)
    return bool(match) and match.end() < paragraph.end and not text[match.end()].isspace() if match else False


def _marks(text: str, paragraph: Span) -> list[_Mark]:
    marks = []
    for match in _MARK.finditer(text, paragraph.start, paragraph.end):
        sign, start, end = match.group(), match.start(), match.end()
        before = text[start - 1] if start > paragraph.start else " "
        after = text[end] if end < paragraph.end else " "
        double = sign in _DOUBLE
        if not double:
            if before.isalnum() and after.isalnum():
                continue
            if not before.isalnum() and (sign == "’" or _ELIDED.match(text, end)) and after.isalnum():
                continue
        opens = not after.isspace() and (before in _BEFORE or bool(_MARK.fullmatch(before)))
        closes = not before.isspace() and (after in _AFTER or bool(_MARK.fullmatch(after)))
        if sign in _OPENING and not (closes and not opens):
            opens, closes = True, False
        elif sign in _CLOSING and not (opens and not closes):
            opens, closes = False, True
        if not double and not opens and not closes:
            continue
        if not opens and not closes:
            opens = closes = True
        doubtful = not double and sign in "’'" and before in "sS" and after.isspace()
        marks.append(_Mark(start, end, double, opens, closes, doubtful))
    return marks


def _settled(singles: list[_Mark]) -> list[_Mark]:
    """Single marks without the apostrophes of possessives: a doubtful one closes only where nothing else does."""
    settled: list[_Mark] = []
    for number, mark in enumerate(singles):
        if mark.doubtful:
            later = next((m for m in singles[number + 1 :] if not m.doubtful), None)
            if later is not None and later.closes and not later.opens and not _both_close(settled, later):
                continue
        settled.append(mark)
    return settled


def _both_close(settled: Sequence[_Mark], later: _Mark) -> bool:
    """Whether two quotations are open, so that both the doubtful mark and the later one may close."""
    depth = 0
    for mark in settled:
        depth = depth + 1 if mark.opens and not mark.closes else max(0, depth - 1)
    return depth >= 2 and later.closes


def _pair(marks: list[_Mark], text: str, paragraph: Span, runs_on: bool) -> list[Quotation]:
    nested = _nested(marks, paragraph, runs_on)
    return nested if nested is not None else _flat(marks, text, paragraph, runs_on)


def _nested(marks: list[_Mark], paragraph: Span, runs_on: bool) -> list[Quotation] | None:
    """Quotations by a stack of opening marks; None where the marks do not balance."""
    found: list[Quotation] = []
    stack: list[_Mark] = []
    for mark in marks:
        if mark.closes and stack and not (mark.opens and not mark.closes):
            opening = stack.pop()
            if not stack:
                found.append(Quotation(opening.start, mark.end, True))
        elif mark.opens:
            stack.append(mark)
        else:
            return None
    if not stack:
        return found
    if runs_on and len(stack) == 1:
        found.append(Quotation(stack[0].start, paragraph.end, True))
        return found
    return None


def _flat(marks: list[_Mark], text: str, paragraph: Span, runs_on: bool) -> list[Quotation]:
    """Quotations where a mark is missing: an opening mark also ends what stood open, a closing mark what had none."""
    found: list[Quotation] = []
    opening: _Mark | None = None
    floor = paragraph.start
    for mark in marks:
        if opening is None and mark.opens:
            opening = mark
        elif opening is not None and mark.closes:
            found.append(Quotation(opening.start, mark.end, True))
            opening, floor = None, mark.end
        elif opening is not None:
            end = opening.start + len(text[opening.start : mark.start].rstrip())
            found.append(Quotation(opening.start, end, False))
            opening, floor = mark, mark.start
        elif mark.double and text[mark.start - 1] in ",.?!…":
            start = floor + len(text[floor : mark.start]) - len(text[floor : mark.start].lstrip(" \t,.;:"))
            if start < mark.start:
                found.append(Quotation(start, mark.end, False))
            floor = mark.end
    if opening is not None:
        found.append(Quotation(opening.start, paragraph.end, runs_on))
    return [q for q in found if q.end > q.start + 1]
