"""Pages of several texts: the entries of a live blog, the stories of a round-up, the notices of a page of corrections.

What stands in the lines of a part and is no furniture is of that part."""

from __future__ import annotations

from variorum.records import Correction, Span

from .corrections import is_beside_notices, is_correction, is_notice, read_corrections
from .credit_marking import CreditMarking
from .dates import find_date, iso_date
from .lines import ends_sentence, line_at, trimmed
from .live_blogs import dated, is_of_entry
from .marked import EntryDates, Known, ShapeOptions
from .round_ups import find_sections, headed_pieces
from .wording import phrase, plain

_RUBRIC_WORDS = 4
_HEADING_WORDS = 16
_SIGNED_WORDS = 8
_NO_TEXT = frozenset(
    {"caption", "related", "nav", "share", "comment", "form", "footer", "ad", "time", "button", "consent"}
)


class PartMarking(CreditMarking):
    """The steps of a pass over one text that part it. `known` is what is known of the page beside it, `parts` the entry
    or section of a line, `moments` those of parts, `alone` whether the page is nothing but notices of corrections."""

    known: Known
    options: ShapeOptions
    parts: dict[int, int]
    moments: dict[int, str]
    alone: bool
    transcript: bool

    def _entries(self) -> None:
        """A live blog: what stands in the lines of an entry and is no furniture is of that entry, at its moment."""
        published, updated = (self._told(field) for field in ("published", "updated"))
        last = max(entry.stamp or entry.first for entry in self.blog.entries)
        for part, entry in enumerate(dated(self.blog, published or self.known.published, updated)):
            if entry.moment:
                self.moments[part] = entry.moment
            for number in range(entry.first, entry.last + 1):
                self.parts[number] = part
                left = self.kinds[number] in {"furniture", "caption"}
                own = left and is_of_entry(self.lines[number], between=number < last)
                celled = self.kinds[number] == "table" and number in self.blog.stamps
                if own or celled or self.kinds[number] in {"body", "correction", "pull-quote", "section"}:
                    self.kinds[number] = "entry"
        if all(entry.stamp is not None for entry in self.blog.entries):
            self._leave_behind(self.blog.entries[-1].last)
        if not published:
            told = [date[2] for day in self.blog.days.values() if (date := find_date(day))]
            told = told or [self.blog.day or min(self.moments.values(), default="")]
            if told[0]:
                self._candidate("published", min(told)[:10], "live blog", None)

    def _entry_dates(self) -> EntryDates | None:
        if not self.blog.entries:
            return None
        given: dict[bool, set[str]] = {True: set(), False: set()}
        for number, line in enumerate(self.lines):
            if line.moment and (moment := iso_date(line.moment)):
                given[number in self.blog.stamps].add(moment)
        days = self.blog.days if len(set(self.blog.days.values())) > 1 else {}
        spans = frozenset(self.lines[number].start for number in (*self.blog.stamps, *days))
        return EntryDates(frozenset(given[True] - given[False]), spans)

    def _told(self, field: str) -> str | None:
        """The page's own date, as what gave the page says or as its lines say first."""
        given = self.known.published if field == "published" else self.known.updated
        return given or next((each.value for each in self.candidates if each.field == field and not each.reason), None)

    def _notices(self) -> bool:
        """Whether the page is nothing but notices of corrections; its text is marked so."""
        body = [number for number, kind in enumerate(self.kinds) if kind == "body"]
        top = [line.text for line in self.lines[:2] if line.words <= _RUBRIC_WORDS]
        titled = [line.text for line, kind in zip(self.lines, self.kinds, strict=True) if kind == "title"]
        heads = [self.title or "", *titled, *self.known.titles, *top]
        notices = [number for number, kind in enumerate(self.kinds) if kind == "correction"]
        if not body or not is_notice(heads, [self.lines[number].text for number in (*body, *notices)]):
            return False
        for number in (*body, *notices):
            line = self.lines[number]
            several = len(body) + len(notices) > 1
            left = several and is_beside_notices(line.text, last=number == body[-1])
            self.kinds[number] = "title" if line.text in top else "furniture" if left else "correction"
            if line.text in top and not self.title:
                self._candidate("title", line.text, "first line", Span(line.start, line.end))
                self.title = line.text
        self.alone = True
        return True

    def _sections(self) -> None:
        """A round-up: each of its stories is a section under its heading."""
        if self.transcript:
            return
        content = [
            kind == "body" or self._heads_story(number) or self._is_told_row(number)
            for number, kind in enumerate(self.kinds)
        ]
        title = self.title or next(
            (line.text for line, kind in zip(self.lines, self.kinds, strict=True) if kind == "title"), None
        )
        live = self.known.live or (title is not None and phrase("live-title", plain(title)) is not None)
        if live and (pieces := headed_pieces(self.lines, content, self.options.round_up)):
            for part, piece in enumerate(pieces):
                for number in range(piece.first, piece.last + 1):
                    self.parts[number] = part
                    if content[number]:
                        self.kinds[number] = "entry"
            return
        sections = find_sections(self.text, self.lines, content, title, self.options.round_up, self.names)
        for part, section in enumerate(sections):
            for number in range(section.first, section.last + 1):
                self.parts[number] = part
                if content[number]:
                    self.kinds[number] = "section" if number == section.heading else "round-up"
        self._leave_behind(sections[-1].last if sections else len(self.lines))

    def _leave_behind(self, last: int) -> None:
        """What stands behind the last part of a page of several is of none of them."""
        for number in range(last + 1, len(self.lines)):
            if self.kinds[number] == "body":
                self.kinds[number] = "furniture"

    def _is_told_row(self, number: int) -> bool:
        """Whether a row of a table holds a sentence, as the stories of a page that is laid out by a table do."""
        line = self.lines[number]
        return self.kinds[number] == "table" and line.words >= _SIGNED_WORDS and ends_sentence(line.text)

    def _heads_story(self, number: int) -> bool:
        """Whether a line that the extractor left out is a heading of the text under it: a subheading, or a link."""
        line = self.lines[number]
        least = 1 if "heading" in line.hints else 2
        if self.kinds[number] not in {"furniture", "related"} or not least <= line.words <= _HEADING_WORDS:
            return False
        followed = number + 1 < len(self.lines) and self.kinds[number + 1] == "body"
        named = "heading" in line.hints or line.linked > 0.8
        return followed and named and not line.hints & _NO_TEXT and not phrase("pager", line.text)

    def _corrections(self) -> tuple[Correction, ...]:
        lines = []
        for number, (line, kind) in enumerate(zip(self.lines, self.kinds, strict=True)):
            if (stamp := self.blog.stamps.get(number)) and stamp.start == line.start:
                start, _ = trimmed(self.text, stamp.end, line.end)
                line = line_at(self.text, start, line.end) if start < line.end else line
            if kind == "correction" or (kind == "entry" and is_correction(line.text)):
                lines.append(line)
        return read_corrections(self.text, lines, alone=self.alone)
