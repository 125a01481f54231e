"""Lexical masks: quotations, boilerplate, lists and fragments, told from the characters alone.

Derivation asks whose words a text's narrator uses, so what others said, and what every page carries, is masked first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal

from variorum.records import Span

from .lexicon import WORD, tables, words_of

_OPENS = {"“": "”", "„": "“”", "«": "»", "‘": "’", "‚": "‘’"}
_MARK = re.compile(r"[“„«‘‚\"']|``")
_CELL = 12  # most words of a table's cell
Mark = Literal["", "furniture", "table", "fragment", "list"]
_LONGEST = 1200  # characters of a sentence: some two hundred words
_LETTER = re.compile(r"\w")
_BULLET = re.compile(r"\s*(?:[-*•–—▪●·]|\d{1,3}[.)]|\(?[a-z]\))\s+")
_ENDS = re.compile(r"[.!?…][\"'”’»)\]]*\s*$")
_CUT = re.compile(r"[.!?…]+[\"'”’»)\]]*\s+(?=[\"'“‘«„(\[]*[^\W_])")
_INITIAL = re.compile(r"(?:^|[\s.(])(?:[A-Za-z]\.)*[A-Za-z]$")


@cache
def _boilerplate() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in tables()["boilerplate"]), re.IGNORECASE)


def quotations(text: str, start: int, end: int) -> tuple[Span, ...]:
    """The quotations of the paragraph ``text[start:end]``, marks included, outermost only.

    All quote styles; single quotes are told from apostrophes. A double quotation without a closing mark runs to the
    end of its paragraph, as the convention for speech of several paragraphs has it; a single one without is none.
    """
    found: list[Span] = []
    at = start
    while mark := _MARK.search(text, at, end):
        at = mark.start()
        closing = _closing(text, at, start, end)
        if closing is not None:
            found.append(Span(at, closing))
        at = closing or at + 1
    return tuple(found)


def _closing(text: str, at: int, start: int, end: int) -> int | None:
    """Where the quotation that opens at `at` ends (after its mark); None where none opens there."""
    mark = text[at]
    if mark in "“„«":
        return _directed(text, at, end) or end
    if mark == '"' or text.startswith("``", at) or text.startswith("''", at):
        if at > start and _LETTER.match(text[at - 1]):
            return None
        width = 1 if mark == '"' else 2
        for close in range(at + width + 1, end):
            if (text[close] == '"' or text.startswith("''", close)) and not text[close - 1].isspace():
                return min(end, close + (1 if text[close] == '"' else 2))
        return end if at + width < end and not text[at + width].isspace() else None
    if mark in "‘‚" and at + 1 < end and _LETTER.match(text[at + 1]):
        return _directed(text, at, end)
    if mark == "'" and _opens_straight(text, at, start, end):
        for close in range(at + 2, end):
            if text[close] == "'" and _closes_single(text, close, end):
                return close + 1
    return None


def _directed(text: str, at: int, end: int) -> int | None:
    """The end of a quotation with marks that show their side; the same marks may nest."""
    opening, closers = text[at], _OPENS[text[at]]
    single = opening in "‘‚"
    depth = 0
    for i in range(at, end):
        if text[i] == opening and (not single or i == at or not _LETTER.match(text[i - 1])):
            depth += 1
        elif text[i] in closers and (not single or _closes_single(text, i, end, nested=depth > 1)):
            depth -= 1
            if depth == 0:
                return i + 1
    return None


def _opens_straight(text: str, at: int, start: int, end: int) -> bool:
    before_ok = at == start or text[at - 1].isspace() or text[at - 1] in '([—–-“"'
    return before_ok and at + 1 < end and text[at + 1].isalpha()


def _closes_single(text: str, at: int, end: int, *, nested: bool = False) -> bool:
    """Whether a single mark closes a quotation and is no apostrophe ("it’s", "the workers’ demands")."""
    if at + 1 < end and _LETTER.match(text[at + 1]):
        return False
    if nested or text[at - 1] not in "sS":
        return not text[at - 1].isspace()
    # After an s it may be a possessive: it is, if a word follows and a surer mark closes before the next one opens.
    rest = text[at + 1 : end]
    if not re.match(r"\s[a-z]", rest):
        return True
    surer = re.search(r"[^\w\s][’']|[a-rt-z][’'](?=\W|$)", rest)
    opening = re.search(r"(?:^|\s)[‘'](?=\w)", rest)
    return surer is None or (opening is not None and opening.start() < surer.start())


def sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """The sentences of a paragraph, without the white space between; initials and abbreviations end none. What runs on
    for longer than any sentence does, as text without stops, is cut between words."""
    for whole in _stopped(text, start, end):
        first = whole.start
        while whole.end - first > _LONGEST:
            cut = text.rfind(" ", first + 1, first + _LONGEST)
            cut = first + _LONGEST if cut < 0 else cut
            yield Span(first, cut)
            first = cut + (text[cut] == " ")
        if first < whole.end:
            yield Span(first, whole.end)


def _stopped(text: str, start: int, end: int) -> Iterator[Span]:
    first = start
    for cut in _CUT.finditer(text, start, end):
        before = text[first : cut.start()]
        word = before.rsplit(None, 1)[-1].lstrip("\"'“‘«(") if before.strip() else ""
        only_stop = cut.group().strip() == "."
        if only_stop and (_INITIAL.search(before) or word.casefold() in words_of("abbreviations")):
            continue
        yield Span(first, first + len(text[first : cut.end()].rstrip()))
        first = cut.end()
    if text[first:end].strip():
        yield Span(first, end)


def furniture(text: str, lines: list[Span]) -> list[Mark]:
    """Whether each line is boilerplate, part of a list or table, or a fragment that is no sentence; "" where it is a
    line of the text."""
    marks: list[Mark] = []
    shapes = []
    for line in lines:
        words = WORD.findall(text, line.start, line.end)
        content = line.of(text)
        ended = bool(_ENDS.search(content))
        digits = sum(word[0].isdigit() for word in words)
        table = len(words) >= 4 and digits * 5 > len(words) * 2
        cells = "\t" in content.strip() or ((bars := content.count("|")) > 1 and len(words) <= _CELL * bars)
        boilerplate = len(words) <= 30 and bool(_boilerplate().search(content.strip()))
        fragment = len(words) < 4 or (len(words) <= 16 and not ended)
        fixed = boilerplate or not words
        marks.append("furniture" if fixed else "table" if table or cells else "fragment" if fragment else "")
        item = bool(_BULLET.match(content)) or (not ended and content[:1].isupper())
        shapes.append(item and len(words) <= 14)
    for i in range(len(lines) - 2):
        if all(shapes[i : i + 3]):
            marks[i : i + 3] = [mark or "list" for mark in marks[i : i + 3]]
    return marks


def lines_of(text: str, start: int, end: int) -> list[Span]:
    """The paragraph's own lines, or the paragraph as one line where its breaks only wrap it."""
    found = [Span(m.start(), m.end()) for m in re.compile(r"[^\s][^\n]*").finditer(text, start, end)]
    wrapped = len(found) > 1 and sum(text[line.start].islower() for line in found[1:]) * 3 >= len(found) - 1
    return [Span(start, end)] if wrapped else found


def paragraphs(text: str, start: int, end: int) -> Iterator[Span]:
    """A block's paragraphs: what blank lines part."""
    at = start
    for gap in re.compile(r"\n[^\S\n]*\n\s*").finditer(text, start, end):
        if text[at : gap.start()].strip():
            yield Span(at, gap.start())
        at = gap.end()
    if text[at:end].strip():
        yield Span(at, end)
