"""Correction notices: what they correct, and what they say was told wrongly and is told now.

A notice stands in the text that it corrects, names another by its title or links to it, or is a page of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from variorum.records import Correction, Span

from .corrected import piece, says, wrong_and_right
from .lines import Line, ends_sentence
from .wording import kind_by_words, phrase, plain

_QUOTED = re.compile(r"[“\"«‘'„](?P<title>[^“”\"«»\n]{8,200}?)[,.]?[”\"»’'](?!\w)")
_ITALIC = re.compile(r"(?<![\w*_])[*_](?P<title>[^*_\n]{8,200}?)[*_](?![\w*_])")
# The title of a piece before where it stood: "Bridge closed (May 17, p3): the bridge …".
_HEADED = re.compile(r"(?P<title>[^\n:()\"“«]{6,120}?)\s*\((?=[^)\n]*\d)[^)\n]{1,40}\)\s*[:–—-]\s")
# And behind the word for it: "An article on the closing of the bridge (Bridge closed, 17 May, page 3) said".
_PAGED = re.compile(r"\((?P<title>[^\n()]{6,160}?)(?P<place>(?:,\s[^,()\n]{0,24}?\d[^,()\n]{0,14}){1,3})\)")
_LEADS_IN = re.compile(r"\s*(?:(?:in|en|dans|em|nel|im|i|w|v|в|у|under|on|to)\s+)?", re.IGNORECASE)
_PIECE_BEHIND = re.compile(r"^[^.\n]{0,30}\b(?:published|appeared|page|\(|ran|posted|from|of|on)\b", re.IGNORECASE)
_URL = re.compile(r"https?://[^\s<>\"”»)\]]+")
_ANCHOR = re.compile(r"\[(?P<words>[^\]\n]{2,200})\]\((?P<url>https?://[^)\s]+)\)")
_DIGIT = re.compile(r"\d|https?:|[“\"«‘„]")
_RUBRIC_WORDS = 8
_OF_NOTICES = re.compile(
    r"\b(?:(?:corrections?|errors?|mistakes?) (?:that )?(?:appear(?:ed|s)? (?:in|on)"
    r"|are (?:corrected|listed|published))"
    r"|we (?:put|set|try|aim|strive|want|correct|publish|list|welcome|take)\b.{0,40}\b(?:mistakes?|errors?|right"
    r"|accura\w+|corrections?)|(?:here is|this is|below is|list of) what we got wrong"
    r"|to report (?:an?|one|errors?|mistakes?)"
    r"|(?:please )?(?:write to|e-?mail|contact|call) (?:the |our |us\b)|how to complain|complaints? to"
    r"|corrected versions?\b.{0,40}\bfollow)\b",
    re.IGNORECASE,
)
_NOTICE_WORDS = 600  # a page under a notice's title that holds more is an article about corrections


def is_notice(titles: Sequence[str], paragraphs: Sequence[str]) -> bool:
    """Whether a page of these titles and paragraphs is nothing but notices of corrections: it is titled so, and some
    paragraph says that something was wrong; or it has no title of its own, and most paragraphs say so."""
    if not paragraphs or sum(each.count(" ") + 1 for each in paragraphs) > _NOTICE_WORDS:
        return False
    return any(phrase("notice", plain(title)) for title in titles if title) and any(map(says_wrong, paragraphs))


def is_beside_notices(paragraph: str, *, last: bool) -> bool:
    """Whether a paragraph on a page of notices is none of them: a rubric or a headline, the `last` that says nothing
    was wrong, or what the page says of its corrections."""
    line = plain(paragraph)
    if says_wrong(line) and not (_OF_NOTICES.search(line) and not _DIGIT.search(line)):
        return False
    return last or (line.count(" ") < _RUBRIC_WORDS and not ends_sentence(line)) or bool(_OF_NOTICES.search(line))


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
    was, now = wrong_and_right(text, line.start, line.end)
    return Correction(span=Span(line.start, line.end), url=url, title=title, was=was, now=now)


def read_corrections(text: str, lines: Sequence[Line], *, alone: bool) -> tuple[Correction, ...]:
    """The notices of a page, one for each of `lines`."""
    return tuple(read_correction(text, line, alone=alone) for line in lines)


def _target(text: str, line: Line, *, alone: bool) -> tuple[str | None, str | None]:
    own = text[line.start : line.end]
    anchor = _ANCHOR.search(own)
    written = _URL.search(own)
    url = anchor["url"] if anchor else written[0].rstrip(".,;") if written else next(filter(None, line.links), None)
    if not alone and _own().search(own):
        return None, None
    title = next(_titles(own, alone=alone), None)
    if url and not alone and title is None and not (any(line.links) or anchor):
        return url, None
    return url, title


def _titles(own: str, *, alone: bool) -> Iterator[str]:
    """What stands in quotation marks (or in italics) as the name of a piece; on a page of notices also what stands
    before the page and the day on which the piece appeared."""
    if alone and (headed := _HEADED.match(own)):
        yield headed["title"].strip()
    names = _names(far=alone)
    for match in _PAGED.finditer(own):
        if " " in match["title"].strip() and names.search(own[: match.start()]):
            yield match["title"].strip(" “”\"«»'‘’*_")
    for pattern in (_QUOTED, _ITALIC):
        for match in pattern.finditer(own):
            title = match["title"].strip()
            before, behind = own[: match.start()], own[match.end() :]
            opens = alone and _LEADS_IN.fullmatch(before) is not None
            named = opens or bool(names.search(before) or _PIECE_BEHIND.match(behind))
            if named and title.count(" ") >= 1 and not says(before[-16:]):
                yield title


@cache
def _names(*, far: bool) -> re.Pattern[str]:
    """What names a piece before its title, `far` before it where a notice may say in between what the piece told."""
    return re.compile(rf"(?:\b|[’'])(?:{piece()})\b[^“\"«‘„*_\n]{{0,{120 if far else 60}}}$", re.IGNORECASE)


@cache
def _own() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:an? )?(?:earlier|previous|prior|original|first) (?:version|edition|text|headline)s? of this\b"
        rf"|\bthis {piece()}\b|\b(?:above|the (?:lead|first|second|third|fourth|last) paragraph)\b",
        re.IGNORECASE,
    )
