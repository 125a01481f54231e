"""Lines to blocks: what each part of a page is. Plain text and HTML share this; HTML adds what its elements say.

The order of trust for a line: its words where they are the wording of furniture; a credit's form; the structure around
it; the extractor's choice of main text; its place before, in or behind the body.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from variorum.records import Block, BlockKind, Candidate, Correction, Credit, CreditRole, Record, Span
from variorum.world.outlets import Outlets

from .bylines import authors, is_byline
from .corrections import is_correction, is_notice, read_corrections
from .credits import (
    caption_credit,
    closing_acronym,
    is_agency,
    is_copyright,
    is_own,
    photo_acronym,
    read_credit,
    same_name,
    tail_credit,
)
from .datelines import Dateline, find_dateline
from .dates import find_date, iso_date
from .headers import Header, HeaderField, header_block
from .line_forms import is_left, is_prose, is_title_case, only_dates, repeated, same_line, squash
from .lines import Line, ends_sentence, line_at, trimmed
from .live_blogs import LiveBlogOptions, Update, dated, find_live_blog, is_of_entry
from .round_ups import RoundUpOptions, find_sections, heading_of, item_mark
from .wording import is_masthead, is_rubric, kind_by_words, paywall_phrase, phrase, plain

_AGO = re.compile(
    r"(?:(?:last )?(?:updated|published|posted|modified)[: ]*)?(?:about )?(?:\d+|an?|one|two|three) "
    r"(?:second|minute|min|hour|hr|day|week|month|year)s? ago",
    re.IGNORECASE,
)
_DATED = re.compile(r"\d|\bago\b", re.IGNORECASE)
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
_SPEAKER = re.compile(r"[A-Z][A-Z.'\- ]{2,40}(?: \([^)]{1,30}\))?:\s")
_TEXT_ROLES: frozenset[CreditRole] = frozenset({"source", "first-published", "agency"})

_TITLE_WORDS = (2, 30)
_TAIL_WORDS = 12
_DATE_LINE_WORDS = 16
_PAYWALL_WORDS = 40
_TEASER_WORDS = 6
_QUOTE_WORDS = (5, 45)
_QUOTE_LETTERS = 600
_MAST_LINES = 4
_RUBRIC_WORDS = 4
_TITLE_LINES = 80

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


class ShapeOptions(Record, frozen=True, kw_only=True):
    """The options of the shapes of news; each is documented where it is defined."""

    live_blog: LiveBlogOptions = LiveBlogOptions()
    round_up: RoundUpOptions = RoundUpOptions()


class Known(NamedTuple):
    """What is known of a page before its lines are read. `names` are what it calls itself (its outlet, its site), for
    credits that are its own; `updates` the entries that its linked data gives."""

    title: str | None = None
    names: Sequence[str] = ()
    published: str | None = None
    updated: str | None = None
    updates: Sequence[Update] = ()
    titles: Sequence[str] = ()  # the pieces of its title element, one of which may be its name


class Marked(NamedTuple):
    """The blocks of a text, and what its lines say of the page: credits, candidates for its metadata, corrections, and
    what it calls itself."""

    blocks: list[Block]
    credits: list[Credit]
    candidates: list[Candidate]
    corrections: tuple[Correction, ...] = ()
    names: tuple[str, ...] = ()


def mark(text: str, lines: Sequence[Line], known: Known = Known(), options: ShapeOptions = ShapeOptions()) -> Marked:  # noqa: B008
    """The blocks of `text` in order, disjoint, each inside one of `lines` but for entries and sections, which take all
    of theirs that follow one another.

    The line that repeats the page's title is the title block.
    """
    return _Marking(text, lines, known, options).run()


class _Marking:
    """One pass over one text. State lives here so that the steps below stay small."""

    def __init__(self, text: str, lines: Sequence[Line], known: Known, options: ShapeOptions) -> None:
        self.text = text
        self.lines = lines
        self.known = known
        self.options = options
        self.title = plain(known.title) if known.title else None
        self.names = list(known.names)
        self.kinds: list[BlockKind | None] = [None] * len(lines)
        self.parts: dict[int, int] = {}  # which entry or section a line belongs to
        self.moments: dict[int, str] = {}  # by part
        self.transcript = sum(_SPEAKER.match(line.text) is not None for line in lines) > 1
        self.edges = (0, 0)  # the first line of body and the last
        self.alone = False  # whether the page is nothing but notices of corrections
        self.credits: list[Credit] = []
        self.candidates: list[Candidate] = []
        plain_text = bool(lines) and lines[0].main is None
        self.headers = header_block(text, lines) if plain_text else {}
        if self.headers:
            self._read_headers()
        self.blog = find_live_blog(text, lines, self.title, known.updates, options.live_blog)

    def run(self) -> Marked:
        for number, line in enumerate(self.lines):
            self.kinds[number] = self._own_kind(number, line)
        self._head()
        self._tail()
        self._related_lists()
        self._named_beside()
        if self.blog.entries:
            self._entries()
        elif not self._notices():
            self._sections()
        body = [number for number, kind in enumerate(self.kinds) if kind == "body"]
        self.edges = (body[0], body[-1]) if body else (len(self.kinds), -1)
        blocks = [block for number, line in enumerate(self.lines) for block in self._blocks(number, line)]
        return Marked(
            self._joined(blocks), self._resolved_credits(), self.candidates, self._corrections(), tuple(self.names)
        )

    def _own_kind(self, number: int, line: Line) -> BlockKind | None:
        """What the line is whatever stands around it; None leaves it to its place."""
        if kind := self._top_kind(number, line):
            return kind
        if {"nav", "footer"} & line.hints and not is_copyright(line):
            self._self_names(line)
            return "furniture"
        if line.main is False and line.linked > 0.95 and not line.hints and line.words >= _TEASER_WORDS:
            return "related"  # a headline that leads elsewhere: no other test need be asked
        if 3 <= line.words <= _PAYWALL_WORDS and line.linked <= 0.8 and paywall_phrase(line.text):
            self._candidate("paywall", line.text, "line", Span(line.start, line.end))
            return "furniture"
        if kind := kind_by_words(line.text):
            if kind in {"share", "furniture"}:
                self._self_names(line)
            if kind == "furniture" and is_copyright(line):
                self._credit(line)
            return kind
        if self._date_line(line):
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

    def _top_kind(self, number: int, line: Line) -> BlockKind | None:
        """A line of the header block, a time of the live blog, or the title."""
        if number in self.headers:
            return _HEADER_KINDS[self.headers[number].field]
        if number in self.blog.days or (number in self.blog.stamps and self.blog.stamps[number].whole):
            return "date"
        if self.headers and self.title and number < len(self.headers) + 3 and same_line(line.text, self.title):
            return "furniture"  # archives print the wire's own headline again
        if self.title and number < _TITLE_LINES and "title" not in self.kinds and same_line(line.text, self.title):
            return "title"
        return None

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
            if "lead" in line.hints:
                return "lead"
            if line.words <= _RUBRIC_WORDS and "body" not in self.kinds and is_rubric(line.text):
                return "section"
            return "table" if "table" in line.hints else "body"
        return "related" if line.linked > 0.8 and line.words >= 4 else "furniture"

    def _head(self) -> None:
        """Title, rubrics and picture credit: the lines before the first prose. What is left everywhere is body."""
        if "title" not in self.kinds and (heading := self._heading()) is not None:
            self.kinds[heading] = "title"
        prose = (n for n, line in enumerate(self.lines) if self.kinds[n] is None and is_prose(line))
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
            return not line.text.endswith((":", ",", ";")) and (line.words > 2 or is_title_case(line.text))
        # The first line reads like prose: it is a title only where it is written as one, above text of its own.
        following = self.lines[number + 1 :]
        return (
            line.words <= 20
            and is_title_case(line.text)
            and any(is_prose(each) and not is_title_case(each.text) for each in following)
        )

    def _tail(self) -> None:
        """Behind the last prose, short lines under a form, a share bar or a list of links belong to it."""
        last = max((n for n, line in enumerate(self.lines) if self.kinds[n] == "body" and is_prose(line)), default=-1)
        current: BlockKind | None = None
        for number in range(last + 1, len(self.lines)):
            kind = self.kinds[number]
            if kind in {"share", "related", "comment-form"}:
                current = kind
            elif (
                kind == "body" and self.lines[number].main is None and number > last > 0 and is_left(self.lines[number])
            ):
                self.kinds[number] = current or "furniture"
            elif kind == "body" and current and not self.lines[number].main and self.lines[number].words <= _TAIL_WORDS:
                self.kinds[number] = current

    def _named_beside(self) -> None:
        """Whose the pictures are, by their captions; whose the text, by an acronym alone behind it; and what of the
        text is set off beside it once more."""
        for line, kind in zip(self.lines, self.kinds, strict=True):
            if kind == "caption":
                credit = caption_credit(self.text, line, inside="caption" in line.hints)
                self.credits.extend(filter(None, [credit]))
        body = [number for number, kind in enumerate(self.kinds) if kind == "body"]
        for number in repeated({number: squash(self.lines[number].text) for number in body}, _QUOTE_LETTERS):
            if _QUOTE_WORDS[0] <= self.lines[number].words <= _QUOTE_WORDS[1]:
                self.kinds[number] = "pull-quote"
        for number in body[-2:]:
            if number > body[0] and phrase("author-box", self.lines[number].text) and self.lines[number].words <= 60:
                self.kinds[number] = "furniture"
        if len(body) > 1 and is_prose(self.lines[body[-2]]) and (credit := closing_acronym(self.lines[body[-1]])):
            self.kinds[body[-1]] = "credit"
            self.credits.append(credit)

    def _related_lists(self) -> None:
        """Headlines that follow a label such as "Related stories:" directly are its list."""
        for number, line in enumerate(self.lines[:-1]):
            if self.kinds[number] != "related" or line.words > 4:
                continue
            for after in range(number + 1, min(number + 8, len(self.lines))):
                following = self.lines[after]
                headline = is_title_case(following.text) or following.text.startswith(("-", "•", "*", "»"))
                if self.kinds[after] != "body" or following.main or ends_sentence(following.text) or not headline:
                    break
                self.kinds[after] = "related"

    def _entries(self) -> None:
        """A live blog: what stands in the lines of an entry and is no furniture is of that entry, at its moment."""
        published, updated = (self._told(field) for field in ("published", "updated"))
        for part, entry in enumerate(dated(self.blog, published or self.known.published, updated)):
            if entry.moment:
                self.moments[part] = entry.moment
            for number in range(entry.first, entry.last + 1):
                self.parts[number] = part
                own = self.kinds[number] == "furniture" and is_of_entry(self.lines[number])
                if own or self.kinds[number] in {"body", "correction", "pull-quote", "section"}:
                    self.kinds[number] = "entry"

    def _told(self, field: str) -> str | None:
        """The page's own date, as what gave the page says or as its lines say first."""
        given = self.known.published if field == "published" else self.known.updated
        return given or next((each.value for each in self.candidates if each.field == field and not each.reason), None)

    def _notices(self) -> bool:
        """Whether the page is nothing but notices of corrections; its text is marked so."""
        body = [number for number, kind in enumerate(self.kinds) if kind == "body"]
        top = [line.text for line in self.lines[:2] if line.words <= _RUBRIC_WORDS]
        titled = [line.text for line, kind in zip(self.lines, self.kinds, strict=True) if kind == "title"]
        if not is_notice([self.title or "", *titled, *top], sum(self.lines[number].words for number in body)):
            return False
        for number in body:
            self.kinds[number] = "title" if self.lines[number].text in top else "correction"
        self.alone = True
        return True

    def _sections(self) -> None:
        """A round-up: each of its stories is a section under its heading."""
        if self.transcript:
            return
        content = [kind == "body" for kind in self.kinds]
        title = self.title or next(
            (line.text for line, kind in zip(self.lines, self.kinds, strict=True) if kind == "title"), None
        )
        for part, section in enumerate(find_sections(self.text, self.lines, content, title, self.options.round_up)):
            for number in range(section.first, section.last + 1):
                self.parts[number] = part
                if self.kinds[number] == "body":
                    self.kinds[number] = "section" if number == section.heading else "round-up"

    def _corrections(self) -> tuple[Correction, ...]:
        lines = []
        for number, (line, kind) in enumerate(zip(self.lines, self.kinds, strict=True)):
            if (stamp := self.blog.stamps.get(number)) and stamp.start == line.start:
                start, _ = trimmed(self.text, stamp.end, line.end)
                line = line_at(self.text, start, line.end) if start < line.end else line
            if kind == "correction" or (kind == "entry" and is_correction(line.text)):
                lines.append(line)
        return read_corrections(self.text, lines, alone=self.alone)

    def _blocks(self, number: int, line: Line) -> list[Block]:
        kind = self.kinds[number]
        assert kind is not None
        if number in self.headers and kind != "furniture" and (header := self.headers[number]).start < header.end:
            label = Block(start=line.start, end=trimmed(self.text, line.start, header.start)[1], kind="furniture")
            return [label, Block(start=header.start, end=header.end, kind=kind)]
        if kind not in {"body", "entry", "round-up"}:
            return [Block(start=line.start, end=line.end, kind=kind)]
        part = self.parts.get(number)
        opening = part is None and number <= self.edges[0]
        start, end = line.start, line.end
        before: list[Block] = []
        behind: list[Block] = []
        if (stamp := self.blog.stamps.get(number)) and kind == "entry":
            edge = Block(start=stamp.start, end=stamp.end, kind="date")
            if stamp.start == start:
                before.append(edge)
                start, _ = trimmed(self.text, stamp.end, end)
            else:
                behind.append(edge)
                _, end = trimmed(self.text, start, stamp.start)
        elif kind == "round-up" and (headed := heading_of(self.text, line)):
            before.append(Block(start=start, end=headed, kind="section"))
            start, _ = trimmed(self.text, headed, end)
        elif kind == "round-up" and self.parts.get(number - 1) != part and (marked := item_mark(self.text, line)):
            before.append(Block(start=start, end=trimmed(self.text, start, marked)[1], kind="furniture"))
            start = marked
        if dateline := self._dateline(line._replace(start=start), opening=opening):
            before.append(Block(start=start, end=dateline.end, kind="dateline"))
            start, _ = trimmed(self.text, dateline.end, end)
        last = number + 1 == len(self.kinds) or self.parts.get(number + 1) != part
        if (last if part is not None else number >= self.edges[1]) and start < end:
            tail = tail_credit(self.text, line._replace(end=end))
            if tail and tail[0] > start:
                at = tail[0]
                self.credits.extend(tail[1])
                behind.insert(0, Block(start=at, end=end, kind="credit"))
                _, end = trimmed(self.text, start, at)
        moment = self.moments.get(part) if part is not None else None
        middle = [Block(start=start, end=end, kind=kind, moment=moment, part=part)] if start < end else []
        return before + middle + behind

    def _joined(self, blocks: list[Block]) -> list[Block]:
        """The blocks with those of one entry or section made one where nothing stands between them."""
        joined: list[Block] = []
        for block in blocks:
            last = joined[-1] if joined else None
            if last is not None and block.part is not None and (last.kind, last.part) == (block.kind, block.part):
                joined[-1] = Block(start=last.start, end=block.end, kind=last.kind, moment=last.moment, part=last.part)
            else:
                joined.append(block)
        return joined

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

    def _date_line(self, line: Line) -> bool:
        """Whether the line only dates the page (or an entry of it); its date becomes a candidate."""
        if line.words > _DATE_LINE_WORDS or not _DATED.search(line.text):
            return False
        if _AGO.fullmatch(line.text):
            return True
        line = self._without_agency(line)
        whole = iso_date(line.text.strip(" :,.|-–—()[]"))
        value = whole if whole and len(whole) >= len("2024-01") else None
        if value is None:
            found = find_date(line.text)
            if not found or not (_STAMP.search(line.text) or only_dates(line.text)):
                return False
            value = found[2]
        field = "updated" if _UPDATED.search(line.text) and not _PUBLISHED.search(line.text) else "published"
        self._candidate(field, value, "date line", Span(line.start, line.end))
        return True

    def _without_agency(self, line: Line) -> Line:
        """A line without the agency that stands beside its date ("AFP | 7 March 2031"), which is credited."""
        pieces = re.split(r"\s*[|•·]\s*|\s+[–—-]\s+|,\s+", line.text)
        named = [piece for piece in pieces if is_agency(piece)] if 1 < len(pieces) <= 5 else []
        rest = " ".join(piece for piece in pieces if piece not in named)
        if not named or not find_date(rest) or not only_dates(rest):
            return line
        for name in named:
            at = max(self.text.find(name, line.start, line.end), line.start)
            self.credits.append(Credit(name=name, role="agency", span=Span(at, at + len(name)), found_in="date line"))
        return line._replace(text=rest)

    def _credit(self, line: Line) -> list[Credit]:
        named = read_credit(self.text, line, "footer" if "footer" in line.hints else "credit line")
        if "caption" in line.hints:
            named = [_as(credit, "photo") for credit in named]
        if is_copyright(line):
            # A copyright line names the page's owner unless the owner is an agency whose text it carries.
            named = [credit if credit.role == "agency" else _as(credit, "self") for credit in named]
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
        names = [*self.names, *self.known.titles, *self._mast()]
        ordered = sorted(self.credits, key=lambda credit: (credit.span or Span(0, 0), credit.role, credit.name))
        return [
            _as(credit, "self")
            if credit.role in _TEXT_ROLES and any(is_own(credit.name, name) for name in names)
            else credit
            for credit in ordered
        ]

    def _mast(self) -> list[str]:
        """What may be the page's name among its short lines over and under the text, for credits that name it again."""
        edge = [
            *range(min(_MAST_LINES, len(self.lines))),
            *range(max(0, len(self.lines) - _MAST_LINES), len(self.lines)),
        ]
        lines = [self.lines[number] for number in edge if self.kinds[number] not in {"credit", "byline", "caption"}]
        short = [self.text[line.start : line.end] for line in lines if line.words <= 8 and not ends_sentence(line.text)]
        return [piece for line in short for piece in re.split(r"\s{2,}|\t|\s[|·–—-]\s|,\s", line) if " " in piece]

    def _candidate(self, field: str, value: str, found_in: str, span: Span, reason: str = "") -> None:
        self.candidates.append(
            Candidate(field=field, value=value, found_in=found_in, span=span, reason=reason)  # type: ignore[arg-type]
        )


def _as(credit: Credit, role: CreditRole) -> Credit:
    return Credit(name=credit.name, role=role, span=credit.span, found_in=credit.found_in)
