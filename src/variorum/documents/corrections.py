"""Correction notices: what they correct, and what they say was told wrongly and is told now.

A notice stands in the text that it corrects, names another by its title or links to it, or is a page of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from variorum.records import Correction, Span

from .lines import Line, trimmed
from .wording import kind_by_words, phrase, plain

_QUOTED = re.compile(r"[“\"«‘'](?P<title>[^“”\"«»\n]{8,200}?)[,.]?[”\"»’'](?!\w)")
_ITALIC = re.compile(r"(?<![\w*_])[*_](?P<title>[^*_\n]{8,200}?)[*_](?![\w*_])")
_PIECE = (
    r"(?:article|story|stories|report|piece|item|dispatch|post|bulletin|headline|headlined|headed|entitled|titled|column"
    r"|text|news|correction (?:to|of|for)|entry|brief|interview|analysis|version|profile|coverage)"
)
_NAMES_PIECE = re.compile(rf"\b{_PIECE}\b[^“\"«‘*_\n]{{0,60}}$", re.IGNORECASE)
_PIECE_BEHIND = re.compile(r"^[^.\n]{0,30}\b(?:published|appeared|page|\(|ran|posted|from|of|on)\b", re.IGNORECASE)
_URL = re.compile(r"https?://[^\s<>\"”»)\]]+")
_ANCHOR = re.compile(r"\[(?P<words>[^\]\n]{2,200})\]\((?P<url>https?://[^)\s]+)\)")
_OWN = re.compile(
    r"\b(?:an? )?(?:earlier|previous|prior|original|first) (?:version|edition|text|headline)s? of this\b"
    rf"|\bthis {_PIECE}\b|\b(?:above|the (?:lead|first|second|third|fourth|last) paragraph)\b",
    re.IGNORECASE,
)
# What stands before the wrong words, and between them and the right ones.
_SAID = (
    r"(?:(?:incorrectly|wrongly|mistakenly|erroneously|inaccurately|falsely|also)\s+)*"
    r"(?:said|stated|reported|wrote|claimed|suggested|indicated|implied|read|gave|put|quoted|described|identified|named"
    r"|listed|referred to|called|misstated|misidentified|misspelled|misspelt|misnamed|attributed|says|states|told|had"
    r"|spoke of|took|mistook|dated|placed|located|counted|printed)"
)
_WAS = re.compile(
    rf"\b{_SAID}(?:\s+(?:incorrectly|wrongly|mistakenly|erroneously|in error))?\s*(?:that\b|as\b|:)?\s*", re.IGNORECASE
)
_AS = re.compile(r"\b(?:as|at|to be|to|for)\s+(?:men of |members of )?(?=\S)", re.IGNORECASE)
_TURN = re.compile(r",?\s+(?:when in fact|whereas|when|but|while)\s+", re.IGNORECASE)
_GAVE_AS = re.compile(
    r"\b(?:gave|put|described|identified|named|listed|referred to|called|quoted|dated|attributed|took|mistook)\b",
    re.IGNORECASE,
)
_HEAD = re.compile(r"[^:\n]{0,120}?(?:\)|\b)\s*[:–—]\*{0,2}\s+")
_NOW = re.compile(
    r"(?:(?:in fact|in reality|actually)[,]?\s+)?(?:(?:it|he|she|they|this|that|there|we (?:now )?know"
    r"|the (?:correct|right|actual|true) [\w ]{1,40}|the (?:figure|number|date|name|place|town|village|total|toll|word"
    r"|sentence|text|headline|phrase)(?:\s[\w ]{1,30})?)\s+)?"
    r"(?:should (?:have )?(?:said|read|been|be|say)|(?:happened|took place|occurred|died|came|left|began|fell|met|went"
    r"|arrived|started|ended|lay|lies|stands|stood) (?:on|in|at|to|from|by|near|after|before)"
    r"|(?:were|was|are|is) (?:from|of)|is|was|were|are|has been|had been)\s+(?:in fact\s+|actually\s+)?",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"(?P<now>[^.;:\n]+?)(?:,\s*(?:and\s+)?not|\s+and not|,?\s+rather than|,?\s+instead of|,?\s+as opposed to)\s+"
    r"(?:as\s+|at\s+|in\s+|on\s+|by\s+|from\s+)?(?P<was>[^.;\n]+?)"
    r"(?=,?\s+(?:as (?:stated|reported|previously|originally|we|earlier|first|was|had|printed|told)\b|which)"
    r"|[.;)\n]|$)",
    re.IGNORECASE,
)
_WIRE = re.compile(
    r"\(?correct(?:s|ing)\b.*?\bto\s+(?:read\s+|say\s+|show\s+)?(?P<now>[^,;()]+?)\s*,?\s+(?:from|instead of|not)"
    r"\s+(?P<was>[^,;()]+)",
    re.IGNORECASE,
)
_SAME_VERB = re.compile(r"(?:it|he|she|they|this|that)\s+(?:in fact\s+)?(?P<verb>was|were|is|are)\s", re.IGNORECASE)
_SENTENCE_END = re.compile(
    r"(?<!\b[A-Z])(?<!\b(?:Jan|Feb|Mar|Apr|Aug|Oct|Nov|Dec|Gen|Col|Maj|Sgt))(?<!\bSept)\.(?=\s|$|[)\]*_])|[;\n]"
)
_LEADS = re.compile(r"^(?:(?:in|on|at|to|by|for|from)\s+)?(?:that\s+)?", re.IGNORECASE)
_ENDS = " \t\n.,;:()[]*_"
_QUOTES = '"“”«»'


_NOTICE_WORDS = 600  # a page under a notice's title that holds more is an article about corrections


def is_notice(titles: Sequence[str], paragraphs: Sequence[str]) -> bool:
    """Whether a page of these titles and paragraphs is nothing but notices of corrections: it is titled so, and some
    paragraph says that something was wrong; or it has no title of its own, and most paragraphs say so."""
    if not paragraphs or sum(each.count(" ") + 1 for each in paragraphs) > _NOTICE_WORDS:
        return False
    return any(phrase("notice", plain(title)) for title in titles if title) and any(map(says_wrong, paragraphs))


def says_wrong(paragraph: str) -> bool:
    """Whether a paragraph words something as notices of corrections do."""
    return phrase("wrong", plain(paragraph)) is not None


def is_correction(line: str) -> bool:
    """Whether a line opens as a notice of a correction does."""
    return kind_by_words(line) == "correction"


def read_correction(text: str, line: Line, *, alone: bool) -> Correction:
    """What a notice at `line` says. `alone` where the page is nothing but notices: then what it corrects is another
    page, and an address or a title in it is that page's."""
    url, title = _target(text, line, alone=alone)
    was, now = _change(text, line)
    return Correction(span=Span(line.start, line.end), url=url, title=title, was=was, now=now)


def read_corrections(text: str, lines: Sequence[Line], *, alone: bool) -> tuple[Correction, ...]:
    """The notices of a page, one for each of `lines`."""
    return tuple(read_correction(text, line, alone=alone) for line in lines)


def _target(text: str, line: Line, *, alone: bool) -> tuple[str | None, str | None]:
    own = text[line.start : line.end]
    anchor = _ANCHOR.search(own)
    written = _URL.search(own)
    url = anchor["url"] if anchor else written[0].rstrip(".,;") if written else next(filter(None, line.links), None)
    if not alone and _OWN.search(own):
        return None, None
    title = next((match for match in _titles(own, alone=alone)), None)
    if url and not alone and title is None and not (any(line.links) or anchor):
        return url, None
    return url, title


def _titles(own: str, *, alone: bool) -> Iterator[str]:
    """What stands in quotation marks (or in italics) as the name of a piece."""
    for pattern in (_QUOTED, _ITALIC):
        for match in pattern.finditer(own):
            title = match["title"].strip()
            before, behind = own[: match.start()], own[match.end() :]
            opens = alone and not before.strip()
            named = opens or bool(_NAMES_PIECE.search(before) or _PIECE_BEHIND.match(behind))
            if named and title.count(" ") >= 1 and not _WAS.search(before[-16:]):
                yield title


def _change(text: str, line: Line) -> tuple[Span | None, Span | None]:
    """The wrong words and the right ones."""
    start, end = line.start, line.end
    if match := _WIRE.search(text, start, end):
        return _cut(text, *match.span("was")), _cut(text, *match.span("now"))
    head = _HEAD.match(text, start, end)
    at = head.end() if head else start
    said = _WAS.search(text, at, end)
    first = _by_not(text, at, end)
    if said is None or (first[0] is not None and first[0].end <= said.start()):
        return first
    stop = _SENTENCE_END.search(text, said.end(), end)
    clause_end = stop.start() if stop else end
    if (contrast := _by_not(text, said.end(), clause_end))[0] and not (stop and text[stop.end() : end].strip()):
        return contrast
    turn = _TURN.search(text, said.end(), clause_end)
    was_end = turn.start() if turn else clause_end
    was_start = said.end()
    if _GAVE_AS.search(said[0]) and (as_ := _AS.search(text, was_start, was_end)):
        was_start = as_.end()
    rest = turn.end() if turn else (stop.end() if stop else end)
    if parallel := _SAME_VERB.match(text, *trimmed(text, rest, end)):
        # "… that it was the one. It was the other.": what differs stands behind the verb of both.
        verb = re.compile(rf"\b{parallel['verb']}\s+(?:the\s+)?").search(text, was_start, was_end)
        was_start = verb.end() if verb else was_start
    return _cut(text, was_start, was_end), _right(text, rest, end)


def _right(text: str, start: int, end: int) -> Span | None:
    """What is told now: of the sentence behind the wrong words, what it says of the thing."""
    start, end = trimmed(text, start, end)
    if start >= end:
        return None
    stop = _SENTENCE_END.search(text, start, end)
    end = stop.start() if stop else end
    contrast = _by_not(text, start, end)
    if contrast[1]:
        return contrast[1]
    if opening := _NOW.match(text, start, end):
        return _cut(text, opening.end(), end)
    return _cut(text, start, end)


def _by_not(text: str, start: int, end: int) -> tuple[Span | None, Span | None]:
    """ "It was the one, not the other": wrong and right in one sentence."""
    match = _NOT.search(text, start, end)
    if not match:
        return None, None
    a, b = match.span("now")
    if opening := _NOW.search(text, a, b):
        a = opening.end()
    return _cut(text, *match.span("was")), _cut(text, a, b)


def _cut(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start] in _ENDS + _QUOTES:
        start += 1
    while end > start and text[end - 1] in _ENDS + _QUOTES:
        end -= 1
    if match := _LEADS.match(plain(text[start:end])):
        shift = len(match[0])
        start += shift if shift < end - start else 0
    return Span(start, end) if start < end else None
