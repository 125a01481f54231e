"""Lines to blocks: what each part of a page is. Plain text and HTML share this; HTML adds what its elements say.

The order of trust for a line: its words where they are the wording of furniture; a credit's form; the structure around
it; the extractor's choice of main text; its place before, in or behind the body.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from variorum.records import Block, BlockKind, Credit, Span

from .bylines import is_byline
from .corrections import says_wrong
from .credits import (
    caption_credit,
    is_copyright,
    is_editing,
    photo_acronym,
    read_credit,
    tail_credit,
    tells_origin,
)
from .date_labels import told_dates
from .datelines import Dateline, find_dateline
from .head_lines import is_slug, slug_date, without_slug
from .headers import HeaderField, header_block
from .line_forms import asks_to_pay, is_left, is_prose, is_title_case, is_transcript, repeated, same_line, squash
from .lines import Line, ends_sentence, trimmed, unmarked
from .live_blogs import find_live_blog
from .makers import is_wire, pieces_of
from .marked import Known, Marked, ShapeOptions
from .notice_forms import is_notice_label
from .part_marking import PartMarking
from .round_ups import heading_of, item_mark
from .wording import is_masthead, is_rubric, kind_by_words, phrase, plain

_PICTURE = re.compile(r"!\[[^\]\n]*\]\([^)\n]*\)")
_ITALIC = re.compile(r"[*_][^*_\n].*[*_]")

_TITLE_WORDS = (2, 30)
_TAIL_WORDS = 12
_PAYWALL_WORDS = 40
_TEASER_WORDS = 6
_QUOTE_WORDS = (5, 45)
_QUOTE_LETTERS = 600
_MAST_LINES = 4
_RUBRIC_WORDS = 4
_HEADING_WORDS = 16
_SLUG_LINES = 8
_SIGNED_WORDS = 8
_OPENING_LINES = 4  # of the body, of which one may be the first behind summaries
_NO_TEXT = frozenset(
    {"caption", "related", "nav", "share", "comment", "form", "footer", "ad", "time", "button", "consent"}
)
_SURROUNDINGS = frozenset({"nav", "footer"})
_HEAD_DATE_WORDS = 32
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
    ("consent", "furniture"),
)
_HEADER_KINDS: dict[HeaderField, BlockKind] = {
    "title": "title",
    "outlet": "credit",
    "published": "date",
    "updated": "date",
    "author": "byline",
    "url": "furniture",
    "section": "section",
    "subject": "section",
    "dateline": "dateline",
    "credit": "credit",
    "other": "furniture",
}
_OVER_MAIN = frozenset({"comment", "caption", "share", "related", "nav", "button", "time"})


def mark(text: str, lines: Sequence[Line], known: Known = Known(), options: ShapeOptions = ShapeOptions()) -> Marked:  # noqa: B008
    """The blocks of `text` in order, disjoint, each inside one of `lines` but for entries and sections, which take all
    of theirs that follow one another.

    The line that repeats the page's title is the title block.
    """
    return _Marking(text, lines, known, options).run()


class _Marking(PartMarking):
    """One pass over one text. State lives here so that the steps below stay small."""

    def __init__(self, text: str, lines: Sequence[Line], known: Known, options: ShapeOptions) -> None:
        super().__init__(text, lines, plain(known.title) if known.title else None, known.names, known.home)
        self.known = known
        self.titles = known.titles
        self.options = options
        self.met: dict[BlockKind | None, int] = {}  # where each kind stands first
        self.ranks = Counter(line.hints for line in lines if "heading" in line.hints)
        self.told_paths = Counter(line.path for line in lines if line.main)
        self.letterhead: set[int] = set()
        self.parts: dict[int, int] = {}  # which entry or section a line belongs to
        self.moments: dict[int, str] = {}  # by part
        self.transcript = is_transcript(lines)
        self.edges = (0, 0)  # the first line of body and the last
        self.near: frozenset[int] = frozenset()  # the lines of body that the dateline may open behind a summary
        self.opened = False  # whether a dateline has opened the text
        self.prose = self._prose()  # the first line that reads like the text of a report, and the last
        self.alone = False  # whether the page is nothing but notices of corrections
        plain_text = bool(lines) and lines[0].main is None
        if plain_text:
            self.headers = header_block(text, lines)
        if self.headers:
            self._read_headers()
        self.blog = find_live_blog(
            text, lines, self.title, known.updates, options.live_blog, declared=known.live, home=known.home
        )

    def run(self) -> Marked:
        for number, line in enumerate(self.lines):
            self.kinds[number] = kind = self._own_kind(number, line)
            self.met.setdefault(kind, number)
        self._head()
        self._under_title()
        self._tail()
        self._related_lists()
        self._named_beside()
        self._labelled_notices()
        if self.blog.entries:
            self._entries()
        elif not self._notices():
            self._sections()
        body = [number for number, kind in enumerate(self.kinds) if kind == "body"]
        self.edges = (body[0], body[-1]) if body else (len(self.kinds), -1)
        self.near = frozenset(body[1:_OPENING_LINES])
        blocks = [block for number, line in enumerate(self.lines) for block in self._blocks(number, line)]
        return Marked(
            self._joined(blocks),
            self._resolved_credits(),
            self.candidates,
            self._corrections(),
            tuple(self.names),
            self._entry_dates(),
        )

    def _own_kind(self, number: int, line: Line) -> BlockKind | None:
        """What the line is whatever stands around it; None leaves it to its place."""
        if kind := self._top_kind(number, line):
            return kind
        if line.main is None and (kind := self._marked_kind(number, line)):
            return kind
        if not _SURROUNDINGS.isdisjoint(line.hints) and not is_copyright(line):
            if "nav" not in line.hints and line.words > 2 and line.linked == 0.0:
                self.credits.extend(each for each in read_credit(self.text, line, "footer") if is_wire(each.name))
            self._self_names(line)
            return "furniture"
        if line.main is False and line.linked > 0.95 and not line.hints and line.words >= _TEASER_WORDS:
            return "related"  # a headline that leads elsewhere: no other test need be asked
        if 3 <= line.words <= _PAYWALL_WORDS and line.linked <= 0.8 and asks_to_pay(line):
            self._candidate("paywall", line.text, "line", Span(line.start, line.end))
            return "furniture"
        if named := self._signed(number, line):
            self.credits.extend(named)
            self._signing_person(line)
            return "credit"
        return self._by_words(number, line) or self._by_structure(number, line)

    def _by_words(self, number: int, line: Line) -> BlockKind | None:
        """What a line's words say that it is; those of credits and dates become credits and candidates."""
        if number > self.prose[0] and is_editing(line.text):
            return "credit"
        if tells_origin(line) and self._credit(line):
            return "credit"
        if named := self._held_or_labelled(number, line):
            self.credits.extend(named)
            return "credit"
        kind = kind_by_words(line.text)
        behind = kind == "caption" and number >= self.prose[1]
        if behind and (named := self._signs_all(number, line) or self._sources(line)):
            self.credits.extend(named)
            return "credit"
        if kind == "caption" and self._is_signed(number, line):
            return "body" if line.main is None or line.main else self._by_structure(number, line)
        if kind:
            if kind in {"share", "furniture"}:
                self._self_names(line)
            if kind == "furniture" and is_copyright(line):
                self._credit(line)
            return kind
        if self._date_line(line):
            return "date"
        if named := self._credit(line):
            self._writer_before(line)
            return "caption" if named[0].role == "photo" and line.words > 12 else "credit"
        if is_byline(line.text):
            self._byline(line)
            return "byline"
        if named := self._named_in_passing(number, line):
            self.credits.extend(named)
            return "credit"
        return None

    def _marked_kind(self, number: int, line: Line) -> BlockKind | None:
        """A slug over a plain text, a picture of Markdown's, or the line in italics under one."""
        if number < _SLUG_LINES and is_slug(line.text):
            if moment := slug_date(line.text):
                self._candidate("published", moment, "head line", Span(line.start, line.end))
            return "furniture"
        raw = self.text[line.start : line.end]
        if raw[0] == "!" and _PICTURE.fullmatch(raw):
            return "media"
        under = number > 0 and self.kinds[number - 1] == "media" and _ITALIC.fullmatch(raw) is not None
        return "caption" if under else None

    def _prose(self) -> tuple[int, int]:
        found = [
            number
            for number, line in enumerate(self.lines)
            if line.main is not False and is_prose(line) and not line.hints & _NO_TEXT
        ]
        return (found[0], found[-1]) if found else (len(self.lines), len(self.lines))

    def _top_kind(self, number: int, line: Line) -> BlockKind | None:
        """A line of the header block, a time of the live blog, or the title."""
        if number in self.headers:
            return _HEADER_KINDS[self.headers[number].field]
        if number in self.blog.days or (number in self.blog.stamps and self.blog.stamps[number].whole):
            return "date"
        if self.headers and self.title and number < len(self.headers) + 3 and same_line(line.text, self.title):
            return "furniture"  # archives print the wire's own headline again
        if self.title and number < _TITLE_LINES and "title" not in self.met and same_line(line.text, self.title):
            return "title"
        return None

    def _by_structure(self, number: int, line: Line) -> BlockKind | None:
        if line.main is None:
            return None
        for hint, kind in _BY_HINT:
            if hint in line.hints and (not line.main or hint in _OVER_MAIN):
                return kind
        if line.main:
            if "lead" in line.hints:
                return "lead"
            if self._is_under_picture(number, line):
                return "caption"
            if line.words <= _RUBRIC_WORDS and "body" not in self.met and is_rubric(line.text):
                return "section"
            return "table" if "table" in line.hints else "body"
        if line.linked > 0.8 and line.words >= 4:
            return "related"
        captioned = line.pictured and "title" in self.met and number < self.prose[1] and line.linked < 0.3
        return "caption" if captioned else "furniture"

    def _is_under_picture(self, number: int, line: Line) -> bool:
        """Whether a line that the extractor took is a caption: under a picture, over the text, in an element like no
        other of the text's, with its maker behind it."""
        if not line.pictured or number >= self.prose[1] or self.told_paths[line.path] > 1:
            return False
        return caption_credit(self.text, line, inside=True) is not None

    def _head(self) -> None:
        """Title, rubrics and picture credit: the lines before the first prose. What is left everywhere is body."""
        if "title" not in self.met and (heading := self._heading()) is not None:
            self.kinds[heading] = "title"
            self.met["title"] = heading
            if self.lines[heading].main is None and not self.title:
                line = self.lines[heading]
                title = " ".join(unmarked(self.text[line.start : line.end]).split())
                self._candidate("title", title, "heading", Span(line.start, line.end))
        prose = (n for n, line in enumerate(self.lines) if self.kinds[n] is None and is_prose(line))
        first_prose = next(prose, -1)
        for number in range(first_prose + 1):
            if self.kinds[number] is None:
                self.kinds[number] = kind = self._head_kind(number, first_prose)
                self.met[kind] = min(number, self.met.get(kind, number))
        self.kinds = [kind or "body" for kind in self.kinds]
        first = self.lines[0] if self.lines else None
        if first and first.main is None and not self.title and "title" not in self.met and self._named():
            title = " ".join(unmarked(self.text[first.start : first.end]).split())
            self._candidate("title", title, "first line", Span(first.start, first.end))

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
        if line.main is None and number <= min(_MAST_LINES, first_prose - 1):
            if is_slug(line.text):
                return "furniture"
            if kind := self._page_line(number, line):
                return kind
            if number and line.words <= _HEAD_DATE_WORDS:
                for date in told_dates(line.text, self.home):
                    field = "updated" if date.changed else "published"
                    self._candidate(field, date.value, "head line", Span(line.start, line.end))
        named = is_masthead(line.text) and not self._named()
        if number < first_prose and (named or line.text in self.names):
            name = self.text[line.start : line.end]
            self._candidate("outlet", name, "masthead", Span(line.start, line.end))
            self.credits.append(Credit(name=name, role="self", span=Span(line.start, line.end), found_in="masthead"))
            self.names.append(name)
            return "credit"
        if line.main is None and not self.title and self._is_letterhead(number, first_prose):
            return self._letterhead(number)
        headline = not self.title and "title" not in self.met and not self._is_subhead(number)
        if headline and self._is_title(number, first_prose):
            if self._is_menu(number, first_prose):
                return "furniture"
            title = without_slug(unmarked(self.text[line.start : line.end]))
            self._candidate("title", " ".join(title.split()), "first line", Span(line.start, line.end))
            return "title"
        if (
            line.main is None
            and self.met.get("title", number) < number
            and number < first_prose
            and self._persons(number)
        ):
            return "byline"
        dated = number < first_prose and self.kinds[number + 1] in {"date", "byline"}
        if dated and self.met.get("title", number) < number and line.words <= _RUBRIC_WORDS:
            return None if line.text.endswith((":", ".", "!", "?")) else "section"
        return None

    def _is_subhead(self, number: int) -> bool:
        """Whether a Markdown heading is one of several of its rank with text under each: none of them is the title."""
        line = self.lines[number]
        return line.main is None and "heading" in line.hints and self.ranks[line.hints] > 2

    def _is_title(self, number: int, first_prose: int) -> bool:
        line = self.lines[number]
        low, high = _TITLE_WORDS
        if not low <= line.words <= high or number + 1 >= len(self.lines):
            return False
        if number < first_prose and not ends_sentence(line.text):
            headed = line.words > 2 or is_title_case(line.text) or line.text.isupper()
            return headed and not line.text.endswith((":", ",", ";"))
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
                credit = caption_credit(self.text, line, inside=line.pictured or "caption" in line.hints)
                self.credits.extend([credit] if credit else _photos(read_credit(self.text, line)))
        body = [number for number, kind in enumerate(self.kinds) if kind == "body"]
        for number in repeated({number: squash(self.lines[number].text) for number in body}, _QUOTE_LETTERS):
            if _QUOTE_WORDS[0] <= self.lines[number].words <= _QUOTE_WORDS[1]:
                self.kinds[number] = "pull-quote"
        for number in body[-2:]:
            if number > body[0] and phrase("author-box", self.lines[number].text) and self.lines[number].words <= 60:
                self.kinds[number] = "furniture"

    def _labelled_notices(self) -> None:
        """The paragraph under a line that is nothing but the label of notices is one, where it says what was wrong."""
        for number, line in enumerate(self.lines[:-1]):
            if self.kinds[number] in {"title", "related", "share"} or not is_notice_label(line.text):
                continue
            if self.kinds[number + 1] in {"body", "furniture"} and says_wrong(self.lines[number + 1].text):
                self.kinds[number], self.kinds[number + 1] = "section", "correction"

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

    def _blocks(self, number: int, line: Line) -> list[Block]:
        kind = self.kinds[number]
        assert kind is not None
        if number in self.headers and kind != "furniture" and (header := self.headers[number]).start < header.end:
            label = Block(start=line.start, end=trimmed(self.text, line.start, header.start)[1], kind="furniture")
            return [label, Block(start=header.start, end=header.end, kind=kind)]
        if kind == "correction":
            self._dateline(line, opening=False, near=False)  # for the agency that signs in it
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
            under = self.kinds[number - 1] == "section" and self.parts.get(number - 1) == part
            placed = under and find_dateline(self.text, line, opening=True) is not None
            own: BlockKind = "dateline" if placed else "section"
            before.append(Block(start=start, end=trimmed(self.text, start, headed)[1], kind=own))
            start, _ = trimmed(self.text, headed, end)
        elif kind == "round-up" and self.parts.get(number - 1) != part and (marked := item_mark(self.text, line)):
            before.append(Block(start=start, end=trimmed(self.text, start, marked)[1], kind="furniture"))
            start = marked
        near = part is None and number in self.near and not self.opened
        if dateline := self._dateline(line._replace(start=start), opening=opening, near=near):
            before.append(Block(start=start, end=trimmed(self.text, start, dateline.end)[1], kind="dateline"))
            start, _ = trimmed(self.text, dateline.end, end)
        last = number + 1 == len(self.kinds) or self.parts.get(number + 1) != part
        last = last if part is not None else number >= min(self.edges[1], self.prose[1])
        if start < end:
            tail = tail_credit(self.text, line._replace(start=start, end=end), self.names, last=last)
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

    def _dateline(self, line: Line, *, opening: bool, near: bool) -> Dateline | None:
        dateline = find_dateline(self.text, line, opening=opening or near, colons=not self.transcript)
        if dateline is None:
            return None
        opening = opening or near
        self.opened = self.opened or opening
        if dateline.place and opening:
            place = self._placed(*dateline.place)
            if place.start < place.end:
                self._candidate("dateline-place", place.of(self.text), "dateline", place)
        if dateline.agency:
            for name in self._signing(pieces_of(self.text[slice(*dateline.agency)])):
                at = self.text.index(name, *dateline.agency)
                self.credits.append(
                    Credit(name=name, role="agency", span=Span(at, at + len(name)), found_in="dateline")
                )
        if dateline.author and opening:
            for name in pieces_of(self.text[slice(*dateline.author)]):
                self._candidate("author", name, "byline", Span(*dateline.author))
        if dateline.date and opening:
            start, end, value = dateline.date
            self._candidate("published", value, "dateline", Span(start, end))
        elif dateline.undated and opening:
            day = self.text[slice(*dateline.undated)]
            self._candidate("published", day, "dateline", Span(*dateline.undated), reason="no year is given")
        return dateline


def _photos(named: Sequence[Credit]) -> list[Credit]:
    return [credit for credit in named if credit.role == "photo"]
