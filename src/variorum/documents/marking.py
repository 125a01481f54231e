"""Lines to blocks: what each part of a page is. Plain text and HTML share this; HTML adds what its elements say.

The order of trust for a line: its words where they are the wording of furniture; a credit's form; the structure around
it; the extractor's choice of main text; its place before, in or behind the body.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz.fuzz import ratio

from variorum.records import Block, BlockKind, Candidate, Credit, CreditRole, Span
from variorum.world.outlets import Outlets, abbreviates

from .bylines import authors, is_byline
from .credits import is_copyright, photo_acronym, read_credit, same_name, tail_credit
from .datelines import Dateline, find_dateline
from .dates import find_date, iso_date
from .headers import Header, HeaderField, header_block
from .lines import Line, ends_sentence, trimmed
from .wording import is_masthead, is_rubric, kind_by_words, paywall_phrase, plain

# What a line that only dates a page may hold beside the date.
_DATE_WORDS = re.compile(
    r"\b(?:first |last |originally )?(?:published|posted|updated|modified|created|released|date|issued|on|at|by|as of"
    r"|time|gmt|utc|local|ist|est|edt|pst|pdt|cet|cest|bst|pkt|msk|am|pm|a\.m\.|p\.m\.|hrs?|hours?|et|time zone)\b",
    re.IGNORECASE,
)
_AGO = re.compile(
    r"(?:(?:last )?(?:updated|published|posted|modified)[: ]*)?(?:about )?(?:\d+|an?|one|two|three) "
    r"(?:second|minute|min|hour|hr|day|week|month|year)s? ago",
    re.IGNORECASE,
)
_UPDATED = re.compile(r"\b(?:updated|modified)\b", re.IGNORECASE)
_FOLLOW = re.compile(
    r"follow (?P<name>(?!us\b|me\b|our\b|the author)[\w .&'-]{2,60}?)(?: on [\w ]{1,30})?:?$", re.IGNORECASE
)
_HANDLE = re.compile(
    r"(?:twitter|x|facebook|instagram|t|telegram|youtube|tiktok|threads)\.(?:com|me|net)/(?:@|c/|user/|channel/)?([\w.-]{3,40})",
    re.IGNORECASE,
)
_STAMP = re.compile(r"\b(?:published|posted|updated|last modified)\b", re.IGNORECASE)
_PUBLISHED = re.compile(r"\b(?:published|posted)\b", re.IGNORECASE)
_CLOCK = re.compile(r"\d+[:.]\d+\s*[a-z]{0,4}", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_SPEAKER = re.compile(r"[A-Z][A-Z.'\- ]{2,40}(?: \([^)]{1,30}\))?:\s")
_TEXT_ROLES: frozenset[CreditRole] = frozenset({"source", "first-published", "agency"})

# Set on the plain texts and pages that docs/quality.md names.
_SENTENCE_WORDS = 9  # a line of so many words that ends as a sentence does is prose
_PROSE_WORDS = 32  # and one of so many words is prose whatever its end
_TITLE_WORDS = (2, 30)
_TAIL_WORDS = 12
_DATE_LINE_WORDS = 16
_PAYWALL_WORDS = 40
_RUBRIC_WORDS = 4
_TITLE_LINES = 80
_TITLE_LIKENESS = 92.0  # of rapidfuzz's ratio, 0 to 100
_ENTRIES = 3

# Structural roles of HTML elements that outrank the extractor, and the kind each gives.
_BY_HINT: tuple[tuple[str, BlockKind], ...] = (
    ("comment", "comment-form"),
    ("form", "furniture"),
    ("caption", "caption"),
    ("share", "share"),
    ("related", "related"),
    ("byline", "byline"),
    ("time", "date"),
    ("nav", "furniture"),
    ("footer", "furniture"),
    ("button", "furniture"),
    ("ad", "furniture"),
)
_HEADER_KINDS: dict[HeaderField, BlockKind] = {
    "title": "title",
    "outlet": "credit",
    "published": "date",
    "updated": "date",
    "author": "byline",
    "url": "furniture",
    "section": "section",
    "dateline": "dateline",
    "other": "furniture",
}
_OVER_MAIN = frozenset({"comment", "caption", "share", "related", "nav", "button", "time"})


class Marked(NamedTuple):
    """The blocks of a text, and what its lines say of the page: credits and candidates for its metadata."""

    blocks: list[Block]
    credits: list[Credit]
    candidates: list[Candidate]


def mark(text: str, lines: Sequence[Line], *, title: str | None = None, names: Sequence[str] = ()) -> Marked:
    """The blocks of `text` in order, disjoint, each inside one of `lines`.

    `title` is the page's title where something beside the text gives it: the line that repeats it is the title block.
    `names` are what the page calls itself (its outlet, its site), for credits that are its own.
    """
    return _Marking(text, lines, title, names).run()


class _Marking:
    """One pass over one text. State lives here so that the steps below stay small."""

    def __init__(self, text: str, lines: Sequence[Line], title: str | None, names: Sequence[str]) -> None:
        self.text = text
        self.lines = lines
        self.title = plain(title) if title else None
        self.names = list(names)
        self.kinds: list[BlockKind | None] = [None] * len(lines)
        self.moments: dict[int, str] = {}
        self.transcript = sum(_SPEAKER.match(line.text) is not None for line in lines) > 1
        self.credits: list[Credit] = []
        self.candidates: list[Candidate] = []
        plain_text = bool(lines) and lines[0].main is None
        self.headers = header_block(text, lines) if plain_text else {}
        if self.headers:
            self._read_headers()

    def run(self) -> Marked:
        for number, line in enumerate(self.lines):
            self.kinds[number] = self._own_kind(number, line)
        self._head()
        self._tail()
        self._related_lists()
        self._entries()
        blocks = [block for number, line in enumerate(self.lines) for block in self._blocks(number, line)]
        return Marked(blocks, self._resolved_credits(), self.candidates)

    def _own_kind(self, number: int, line: Line) -> BlockKind | None:
        """What the line is whatever stands around it; None leaves it to its place."""
        if number in self.headers:
            return _HEADER_KINDS[self.headers[number].field]
        if self.headers and self.title and number < len(self.headers) + 3 and _same_line(line.text, self.title):
            return "furniture"  # archives print the wire's own headline again
        if self.title and number < _TITLE_LINES and "title" not in self.kinds and _same_line(line.text, self.title):
            return "title"
        if {"nav", "footer"} & line.hints and not is_copyright(line):
            self._self_names(line)
            return "furniture"
        if line.words <= _PAYWALL_WORDS and paywall_phrase(line.text):
            self._candidate("paywall", line.text, "line", Span(line.start, line.end))
            return "furniture"
        if kind := kind_by_words(line.text):
            if kind in {"share", "furniture"}:
                self._self_names(line)
            if kind == "caption" or (kind == "furniture" and is_copyright(line)):
                self._credit(line)
            return kind
        if self._date_line(number, line):
            return "date"
        if named := self._credit(line):
            return "caption" if named[0].role == "photo" and line.words > 12 else "credit"
        if is_byline(line.text):
            for name in authors(line.text):
                self._candidate("author", name, "byline", Span(line.start, line.end))
                if (outlet := Outlets.load().match_credit(name)) and outlet.wire:
                    self.credits.append(
                        Credit(name=name, role="agency", span=Span(line.start, line.end), found_in="byline")
                    )
            if found := find_date(line.text):
                field = "updated" if _UPDATED.search(line.text) else "published"
                self._candidate(field, found[2], "byline", Span(line.start, line.end))
            return "byline"
        return self._by_structure(line)

    def _read_headers(self) -> None:
        """The candidates of the header block. Its source is the page's own outlet, unless what gave the page names
        another: then the page credits it."""
        given = list(self.names)
        for header in self.headers.values():
            value, span = " ".join(self.text[header.start : header.end].split()), Span(header.start, header.end)
            if not value or header.field in {"section", "other"}:
                continue
            if header.field == "title" and self.title is None:
                self.title = plain(value)
            if header.field == "outlet":
                own = not given or any(same_name(value, name) for name in given)
                self.credits.append(
                    Credit(name=value, role="self" if own else "source", span=span, found_in="header line")
                )
                if not own:
                    continue
                self.names.append(value)
            self._header_candidates(header, value, span)

    def _header_candidates(self, header: Header, value: str, span: Span) -> None:
        if header.field in {"published", "updated"}:
            found = find_date(value)
            if day := iso_date(value) or (found and found[2]):
                self._candidate(header.field, day, "header line", span)
            else:
                self._candidate(header.field, value, "header line", span, reason="no date, or ambiguous")
        elif header.field == "author":
            for name in authors(f"By {value}" if not is_byline(value) else value):
                self._candidate("author", name, "header line", span)
                if (outlet := Outlets.load().match_credit(name)) and outlet.wire:
                    self.credits.append(Credit(name=name, role="agency", span=span, found_in="header line"))
        elif header.field == "dateline":
            if place := re.split(r",?\s+(?=[A-Z][a-z]{2,8}\.? \d)|\s*[(/]", value)[0].strip(" -–—:,"):
                self._candidate("dateline-place", place, "header line", span)
        else:
            self._candidate(header.field, value, "header line", span)

    def _by_structure(self, line: Line) -> BlockKind | None:
        if line.main is None:
            return None
        for hint, kind in _BY_HINT:
            if hint in line.hints and (not line.main or hint in _OVER_MAIN):
                return kind
        if line.main:
            if line.words <= _RUBRIC_WORDS and "body" not in self.kinds and is_rubric(line.text):
                return "section"
            return "table" if "table" in line.hints else "body"
        return "related" if line.linked > 0.8 and line.words >= 4 else "furniture"

    def _head(self) -> None:
        """Title, rubrics and picture credit: the lines before the first prose. What is left everywhere is body."""
        if "title" not in self.kinds and (heading := self._heading()) is not None:
            self.kinds[heading] = "title"
        prose = (n for n, line in enumerate(self.lines) if self.kinds[n] is None and _is_prose(line))
        first_prose = next(prose, -1)
        for number in range(first_prose + 1):
            if self.kinds[number] is None:
                self.kinds[number] = self._head_kind(number, first_prose)
        self.kinds = [kind or "body" for kind in self.kinds]

    def _heading(self) -> int | None:
        """The line of an HTML page's first heading."""
        return next((number for number, line in enumerate(self.lines) if "h1" in line.hints and line.words > 2), None)

    def _head_kind(self, number: int, first_prose: int) -> BlockKind | None:
        line = self.lines[number]
        dateline = find_dateline(self.text, line, opening=True, colons=False)
        if dateline and dateline.end == line.end:
            return None
        if number == 0 < first_prose and (credit := photo_acronym(line)):
            self.credits.append(credit)
            return "credit"
        if number < first_prose and is_rubric(line.text):
            return "section"
        if number < first_prose and (is_masthead(line.text) or line.text in self.names):
            name = self.text[line.start : line.end]
            self._candidate("outlet", name, "masthead", Span(line.start, line.end))
            self.credits.append(Credit(name=name, role="self", span=Span(line.start, line.end), found_in="masthead"))
            self.names.append(name)
            return "credit"
        if not self.title and "title" not in self.kinds and self._is_title(number, first_prose):
            self._candidate("title", self.text[line.start : line.end], "first line", Span(line.start, line.end))
            return "title"
        dated = number < first_prose and self.kinds[number + 1] in {"date", "byline"}
        if dated and "title" in self.kinds[:number] and line.words <= _RUBRIC_WORDS:
            return None if line.text.endswith((":", ".", "!", "?")) else "section"
        return None

    def _is_title(self, number: int, first_prose: int) -> bool:
        line = self.lines[number]
        low, high = _TITLE_WORDS
        if not low <= line.words <= high or number + 1 >= len(self.lines):
            return False
        if number < first_prose and not ends_sentence(line.text):
            return not line.text.endswith((":", ",", ";")) and (line.words > 2 or _is_title_case(line.text))
        # The first line reads like prose: it is a title only where it is written as one, above text of its own.
        following = self.lines[number + 1 :]
        return (
            line.words <= 20
            and _is_title_case(line.text)
            and any(_is_prose(each) and not _is_title_case(each.text) for each in following)
        )

    def _tail(self) -> None:
        """Behind the last prose, short lines under a form, a share bar or a list of links belong to it."""
        last = max((n for n, line in enumerate(self.lines) if self.kinds[n] == "body" and _is_prose(line)), default=-1)
        current: BlockKind | None = None
        for number in range(last + 1, len(self.lines)):
            kind = self.kinds[number]
            if kind in {"share", "related", "comment-form"}:
                current = kind
            elif kind == "body" and current and not self.lines[number].main and self.lines[number].words <= _TAIL_WORDS:
                self.kinds[number] = current

    def _related_lists(self) -> None:
        """Headlines that follow a label such as "Related stories:" directly are its list."""
        for number, line in enumerate(self.lines[:-1]):
            if self.kinds[number] != "related" or line.words > 4:
                continue
            for after in range(number + 1, min(number + 8, len(self.lines))):
                following = self.lines[after]
                headline = _is_title_case(following.text) or following.text.startswith(("-", "•", "*", "»"))
                if self.kinds[after] != "body" or following.main or ends_sentence(following.text) or not headline:
                    break
                self.kinds[after] = "related"

    def _entries(self) -> None:
        """A live blog: where three or more lines give a moment of the day, what follows each is an entry."""
        if len(self.moments) < _ENTRIES:
            return
        current: str | None = None
        for number, kind in enumerate(self.kinds):
            if number in self.moments:
                current = self.moments[number]
            elif kind == "body" and current:
                self.kinds[number] = "entry"
                self.moments[number] = current

    def _blocks(self, number: int, line: Line) -> list[Block]:
        kind = self.kinds[number]
        assert kind is not None
        if number in self.headers and kind != "furniture" and (header := self.headers[number]).start < header.end:
            label = Block(start=line.start, end=trimmed(self.text, line.start, header.start)[1], kind="furniture")
            return [label, Block(start=header.start, end=header.end, kind=kind)]
        if kind == "entry":
            return [Block(start=line.start, end=line.end, kind=kind, moment=self.moments[number])]
        if kind != "body":
            return [Block(start=line.start, end=line.end, kind=kind)]
        opening = "body" not in self.kinds[:number]
        start, end = line.start, line.end
        blocks: list[Block] = []
        if dateline := self._dateline(line, opening=opening):
            blocks.append(Block(start=start, end=dateline.end, kind="dateline"))
            start, _ = trimmed(self.text, dateline.end, end)
        closing: list[Block] = []
        if "body" not in self.kinds[number + 1 :] and (tail := tail_credit(self.text, line)) and tail[0] > start:
            at, credit = tail
            self.credits.append(credit)
            closing.append(Block(start=at, end=end, kind="credit"))
            _, end = trimmed(self.text, start, at)
        if start < end:
            blocks.append(Block(start=start, end=end, kind="body"))
        return blocks + closing

    def _dateline(self, line: Line, *, opening: bool) -> Dateline | None:
        dateline = find_dateline(self.text, line, opening=opening, colons=not self.transcript)
        if dateline is None:
            return None
        if dateline.place and opening:
            self._candidate("dateline-place", self.text[slice(*dateline.place)], "dateline", Span(*dateline.place))
        if dateline.agency:
            name = self.text[slice(*dateline.agency)]
            self.credits.append(Credit(name=name, role="agency", span=Span(*dateline.agency), found_in="dateline"))
        if dateline.date and opening:
            start, end, value = dateline.date
            self._candidate("published", value, "dateline", Span(start, end))
        elif dateline.undated and opening:
            day = self.text[slice(*dateline.undated)]
            self._candidate("published", day, "dateline", Span(*dateline.undated), reason="no year is given")
        return dateline

    def _date_line(self, number: int, line: Line) -> bool:
        """Whether the line only dates the page (or an entry of it); its date becomes a candidate."""
        if line.words > _DATE_LINE_WORDS:
            return False
        if _AGO.fullmatch(line.text):
            return True
        whole = iso_date(line.text.strip(" :,.|-–—()[]"))
        value = whole if whole and len(whole) >= len("2024-01") else None
        if value is None:
            found = find_date(line.text)
            if not found or not (_STAMP.search(line.text) or _only_dates(line.text)):
                return False
            value = found[2]
        if "T" in value:
            self.moments[number] = value
        field = "updated" if _UPDATED.search(line.text) and not _PUBLISHED.search(line.text) else "published"
        self._candidate(field, value, "date line", Span(line.start, line.end))
        return True

    def _credit(self, line: Line) -> list[Credit]:
        named = read_credit(self.text, line, "footer" if "footer" in line.hints else "credit line")
        if is_copyright(line):
            # A copyright line names the page's owner unless the owner is an agency whose text it carries.
            named = [credit if credit.role == "agency" else _as_self(credit) for credit in named]
        self.credits.extend(named)
        return named

    def _self_names(self, line: Line) -> None:
        """What the page's share and follow lines call it: "FOLLOW NAME:", and the handles in their links."""
        if match := _FOLLOW.fullmatch(line.text):
            name = match["name"]
            if line.text.endswith(":") or Outlets.load().match_credit(name):
                self.names.append(name)
                self._candidate("outlet", name, "follow line", Span(line.start, line.end))
        self.names.extend(match[1] for match in _HANDLE.finditer(self.text, line.start, line.end))

    def _resolved_credits(self) -> list[Credit]:
        ordered = sorted(self.credits, key=lambda credit: (credit.span or Span(0, 0), credit.role, credit.name))
        return [
            _as_self(credit)
            if credit.role in _TEXT_ROLES
            and any(same_name(credit.name, name) or abbreviates(credit.name, name) for name in self.names)
            else credit
            for credit in ordered
        ]

    def _candidate(self, field: str, value: str, found_in: str, span: Span, reason: str = "") -> None:
        self.candidates.append(
            Candidate(field=field, value=value, found_in=found_in, span=span, reason=reason)  # type: ignore[arg-type]
        )


def _is_prose(line: Line) -> bool:
    return line.words >= _PROSE_WORDS or (line.words >= _SENTENCE_WORDS and ends_sentence(line.text))


def _is_title_case(line: str) -> bool:
    """Whether a line is written as headlines are: nearly all longer words with a capital."""
    words = [word for word in re.findall(r"[^\W\d_][\w'-]*", line) if len(word) > 3]
    return len(words) >= 2 and sum(word[0].isupper() for word in words) >= 0.8 * len(words)


def _same_line(line: str, title: str) -> bool:
    """Whether a line is the title, give or take marks and a word ("LIVE:", a full stop)."""
    one, other = (re.sub(r"[\W_]+", "", value.casefold()) for value in (line, title))
    return bool(one) and (one == other or (len(other) > 20 and ratio(one, other) >= _TITLE_LIKENESS))


def _only_dates(line: str) -> bool:
    """Whether nothing but dates, times and the words around them stand in a line."""
    rest = line
    while found := find_date(rest):
        rest = rest[: found[0]] + " " + rest[found[1] :]
    return not _LETTERS.search(_CLOCK.sub(" ", _DATE_WORDS.sub(" ", rest)))


def _as_self(credit: Credit) -> Credit:
    return Credit(name=credit.name, role="self", span=credit.span, found_in=credit.found_in)
