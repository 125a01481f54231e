"""Lines: the stretches of a text that are marked one by one. One line is one paragraph, wherever its breaks stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice, pairwise
from typing import NamedTuple

from .wording import plain

_BREAK = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
# A comment form's notice has no end of its own where software lost the line break behind it.
_NOTICE = re.compile(
    r"(?:Leave a (?:Reply|Comment)\s*)?(?:Cancel reply\s*)?Your e-?mail address will not be published\.?"
    r"(?:\s*Required fields are marked\s*\*?)?|Required fields are marked\s*\*",
    re.IGNORECASE,
)
_IN_NOTICES = ("ddress", "DDRESS", "arked", "ARKED")  # each notice has one: quicker to look for than the whole
_NOTICE_LETTERS = 28
_WORD_LETTERS = 80
_MOST_MARKS = 200  # of stress in one line: what has more is no Markdown
_TERMINAL = re.compile(r"[.!?:;][\"'”’)\]]*$")
_STAMP_END = re.compile(
    r"(?:19|20)\d\d\W{0,3}(?:[^\W\d_]{1,3}\.? ){0,2}\d{1,2}(?:\s?[:.h]\s?\d\d)?(?::\d\d)?\s?[ap]\.\s?m\.$",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(
    r"[.!?…。！？؟।۔][\"')\]」』»]*(?:\s?[(\[（][^()\[\]（）]{2,40}[)\]）]\.?"
    r"|\s(?:[–—-]{1,2}\s?)?(?:[^\W\d_a-z]{2,8}(?:-[^\W\d_a-z]{2,8})?|[^\W\d_a-z][\w-]{1,14})(?:\s?/\s?[\w-]{2,14}){1,2}"
    r"|(?<=[^\W\d_A-Z]{3}[.!?])\s(?:[–—-]{1,2}\s?)?[A-ZÀ-ÞΑ-ΩА-Я]{2,8}(?:-[A-ZΑ-ΩА-Я]{2,8})?)?$"
)
_STOPS = frozenset(".!?…。！？؟।۔")
_RULE = re.compile(r"[-=*_~#+.•]{3,}|(?:[-=*_~#•] ){2,}[-=*_~#•]")
_ITEM = re.compile(r"(?:[•*▪●■◆►▶»‣–—-]|o|\(?\d{1,2}[.)])\s+(?=\S)")  # opens an item of a list
_MARKS = re.compile(r"[*_\[#>]")
_ATTRIBUTES = re.compile(r"(?<!\s)\s*\{[#.][^{}]{0,200}\}$")
_HEADED = re.compile(r"^(?:>\s*)*(?:#{1,6}\s+)?")
_LINKED = re.compile(r"!?\[([^\[\]\n]{0,400})\]\([^)\s]{1,2000}(?:\s+\"[^\"]{0,400}\")?\)")
_STRESSED = re.compile(r"(?<![\w*_])(\*\*\*|\*\*|\*|__|_)(?=[^\s*_])(.{1,400}?)(?<=[^\s*_])\1(?![\w*_])")
_STRESSED_WHOLE = re.compile(r"(?P<mark>\*\*\*|\*\*|\*|__|_)(?=[^\s*_])(?P<all>[^*_]+)(?<=[^\s*_])(?P=mark)")
_BOLD = re.compile(r"(?:\*\*|__)(?=\S)[^*_\n]{1,90}?(?<=\S)(?:\*\*|__)")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_WRAP_LONGEST = 110  # no wrapped file is wider; paragraphs of unwrapped news are
_WRAP_SHORTEST = 40
_HEADER_LINES = 16
_LABEL = re.compile(r"[A-Z][\w-]*(?: [\w-]+)?:(?=\s|$)")  # of a header block, whose lines are lines of their own

# Lines over a text that are no part of a paragraph: a note on the copy in brackets, a byline, a field's code.
_HEAD_LINE = re.compile(
    r"\([^()]{3,90}\)|(?:By|by|BY|from our) [^\W\d_][^.!?]{2,60}|[A-Z]{2,3}(?:\s{2,}\S.*)?|.{2,60}\s{3,}.{2,40}"
    r"|.{2,46}\W(?:19|20)\d\d\W?"
)


class Line(NamedTuple):
    """Characters ``[start, end)`` without white space at the edges, and what is known of them beside their words.

    `text` is the line as patterns read it (`wording.plain`). For HTML, `hints` are the structural roles of the elements
    around it, `main` whether the extractor took it for the main text and `linked` the share of it inside links; for
    plain text they are empty, None and 0. `moment` is what a ``<time>`` in the line gives for machines, `lead` how many
    of its first characters are bold, `item` whether it opens an item of a list, and `live` whether linked data or class
    names say that it belongs to an entry of a live blog; `links` are the addresses of its links, empty where one has
    none; `pictured` where it is the first text behind a picture, or stands as that text does next to it;
    `ruled` where it is the first text behind a rule. Lines of one `path` stand in elements of the same tags and classes
    up to the page's root; 0 for plain text.
    """

    start: int
    end: int
    text: str
    hints: frozenset[str] = frozenset()
    main: bool | None = None
    linked: float = 0.0
    moment: str | None = None
    lead: int = 0
    item: bool = False
    live: bool = False
    links: tuple[str, ...] = ()
    pictured: bool = False
    path: int = 0
    ruled: bool = False

    @property
    def words(self) -> int:
        return count_words(self.text)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """``[start, end)`` without white space at its edges (zero-width spaces and byte order marks count as such)."""
    while start < end and (text[start].isspace() or text[start] in "\u200b\ufeff"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "\u200b\ufeff"):
        end -= 1
    return start, end


def line_at(text: str, start: int, end: int) -> Line:
    """The line of a plain text at ``[start, end)``, with what Markdown's marks say of it."""
    raw = text[start:end]
    words = plain(unmarked(raw))
    if raw[0] == "#" and (level := len(raw) - len(raw.lstrip("#"))) <= 6 and raw[level : level + 1] == " ":
        return Line(start, end, words, frozenset({"h1"} if level == 1 else {"heading"}))
    lead = _BOLD.match(raw, item.end() if (item := _ITEM.match(raw)) else 0)
    links = [match[1] for match in _LINKED.finditer(raw)] if "](" in raw else []
    share = sum(map(len, links)) / max(1, len(words)) if links else 0.0
    return Line(start, end, words, linked=min(1.0, share), lead=lead.end() if lead else 0)


def unmarked(raw: str) -> str:
    """A line without Markdown's marks: of headings, quotations, stress, links and pictures."""
    if not _MARKS.search(raw):
        return raw
    raw = _HEADED.sub("", raw, count=1)
    if raw.endswith("}"):
        raw = _ATTRIBUTES.sub("", raw)
    if "](" in raw:
        raw = _LINKED.sub(r"\1", raw)
    if whole := _STRESSED_WHOLE.fullmatch(raw):
        return whole["all"]
    marks = raw.count("*") + raw.count("_")
    return _STRESSED.sub(r"\2", raw) if 1 < marks <= _MOST_MARKS else raw


def plain_lines(text: str) -> list[Line]:
    """The lines of a plain text in order: its own, or its paragraphs where it is hard-wrapped."""
    spans = list(_spans(text))
    if _is_wrapped(text, spans):
        spans = _unwrap(text, spans)
    return [line_at(text, a, b) for start, end in spans for a, b in split_notices(text, start, end)]


def split_notices(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The line cut before and behind a comment form's notice inside it."""
    cuts = [start, end]
    if end - start >= _NOTICE_LETTERS and any(text.find(word, start, end) >= 0 for word in _IN_NOTICES):
        cuts[1:1] = [edge for match in _NOTICE.finditer(text, start, end) for edge in match.span()]
    pieces = (trimmed(text, a, b) for a, b in pairwise(cuts))
    return [(a, b) for a, b in pieces if a < b]


@lru_cache(maxsize=4096)
def count_words(text: str) -> int:
    """Words by the spaces between them; of scripts without spaces two characters count as one. No word is longer than
    `_WORD_LETTERS`: so a line of few words has few letters, whatever it is made of."""
    spaced = max(text.count(" ") + 1, len(text) // _WORD_LETTERS)
    return spaced + (0 if text.isascii() else len(_UNSPACED.findall(text)) // 2)


def ends_sentence(line: str) -> bool:
    """Whether a line (as `plain` gives it) ends as a sentence does, with or without a short note in brackets behind.
    The full stop of "5 April 2031, 10:15 a.m." ends none."""
    if line[-2:] in ("m.", "M.") and _STAMP_END.search(line):
        return False
    return line[-1:] in _STOPS or _SENTENCE_END.search(line) is not None


def _spans(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for match in [*_BREAK.finditer(text), None]:
        stop = match.start() if match else len(text)
        a, b = trimmed(text, at, stop)
        if a < b:
            yield a, b
        at = match.end() if match else stop


def _is_wrapped(text: str, spans: list[tuple[int, int]]) -> bool:
    """Whether sentences run over line ends: most long lines that another follows directly end in mid-sentence."""
    if not spans or max(b - a for a, b in spans) > _WRAP_LONGEST:
        return False
    running = followed = 0
    for (a, b), (c, _) in pairwise(spans):
        if b - a < _WRAP_SHORTEST or _breaks(text, b, c) > 1:
            continue
        followed += 1
        running += not _TERMINAL.search(text[a:b]) or text[c].islower()
    return followed >= 2 and running >= 0.6 * followed


def _unwrap(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Paragraphs of a wrapped text: a blank line or an indented line begins a new one, a short line ends one."""
    width = max(b - a for a, b in spans)
    indented = [_indent(text, a) for a, _ in spans]
    by_indent = 0 < sum(depth >= 2 for depth in indented) <= 0.5 * len(spans)
    merged: list[tuple[int, int]] = []
    for number, (a, b) in enumerate(spans):
        if merged:
            first, last = merged[-1]
            ended = last - spans[number - 1][0] < 0.6 * width and not text[a].islower()
            labelled = number < _HEADER_LINES and _LABEL.match(text, a, b) is not None
            ruled = any(_RULE.fullmatch(text, *span) for span in (spans[number - 1], (a, b)))
            headed = number < _HEADER_LINES and any(
                _HEAD_LINE.fullmatch(text, *span) for span in (spans[number - 1], (a, b))
            )
            new = (
                labelled
                or headed
                or ruled
                or _ITEM.match(text, a, b) is not None
                or _breaks(text, last, a) > 1
                or (by_indent and indented[number] >= 2)
                or ended
            )
            if not new:
                merged[-1] = (first, b)
                continue
        merged.append((a, b))
    return merged


def _breaks(text: str, start: int, end: int) -> int:
    """How many line ends stand there, two at most."""
    return sum(1 for _ in islice(_BREAK.finditer(text, start, end), 2))


def _indent(text: str, start: int) -> int:
    """How far a line is indented: characters of white space before it on its line, a tab as four."""
    at, depth = start, 0
    while at > 0 and text[at - 1] in " \t\u00a0\u3000":
        at -= 1
        depth += 4 if text[at] == "\t" else 1
    return depth
