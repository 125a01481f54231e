"""What the lines over a text say of it: headers, mastheads, dates, writers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from variorum.records import BlockKind, Candidate, Credit, Span
from variorum.world.outlets import Outlets

from .author_names import names_in
from .bylines import authors, is_byline
from .credits import is_agency, read_credit, same_name
from .dates import find_date, iso_date
from .head_lines import Mast, persons
from .headers import Header
from .line_forms import only_dates
from .lines import Line, line_at
from .wording import plain

_AGO = re.compile(
    r"(?:(?:last )?(?:updated|published|posted|modified)[: ]*)?(?:about )?(?:\d+|an?|one|two|three) "
    r"(?:second|minute|min|hour|hr|day|week|month|year)s? ago",
    re.IGNORECASE,
)
_DATED = re.compile(r"\d|\bago\b", re.IGNORECASE)
_UPDATED = re.compile(r"\b(?:updated|modified)\b", re.IGNORECASE)
_STAMP = re.compile(
    r"\b(?:published|posted|submitted|aired|updated|last modified|soumis|publié|publicado|veröffentlicht)\b",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"\b(?:published|posted|submitted|aired|soumis|publié|publicado|veröffentlicht)\b", re.IGNORECASE
)
_PROGRAMME = re.compile(r"program(?:me)?\b", re.IGNORECASE)
_BY = re.compile(r"\b(?:by|par|por|von) (?P<name>[^\W\d_a-z][\w'’.-]+(?: [^\W\d_a-z][\w'’.-]*){1,3})")
_DATE_LINE_WORDS = 16
_MENU_WORDS = 3
_MAST_LINES = 4


class HeadMarking:
    """The state of one pass over one text, and the steps that read the lines over it."""

    def __init__(self, text: str, lines: Sequence[Line], title: str | None, names: Sequence[str]) -> None:
        self.text = text
        self.lines = lines
        self.title = title
        self.names = list(names)
        self.kinds: list[BlockKind | None] = [None] * len(lines)
        self.headers: dict[int, Header] = {}
        self.credits: list[Credit] = []
        self.candidates: list[Candidate] = []

    def _candidate(self, field: str, value: str, found_in: str, span: Span, reason: str = "") -> None:
        self.candidates.append(
            Candidate(field=field, value=value, found_in=found_in, span=span, reason=reason)  # type: ignore[arg-type]
        )

    def _read_headers(self) -> None:
        """The candidates of the header block. Its source is the page's own outlet, unless what gave the page names
        another: then the page credits it."""
        given = list(self.names)
        for header in self.headers.values():
            value, span = " ".join(self.text[header.start : header.end].split()), Span(header.start, header.end)
            if not value or header.field in {"section", "other"}:
                continue
            if header.field == "credit":
                line = line_at(self.text, header.start, header.end)
                self.credits.extend(read_credit(self.text, line, "header line"))
                continue
            if (
                header.field == "outlet"
                and ", " in value
                and _PROGRAMME.match(self.text, self.text.rfind("\n", 0, span.start) + 1)
            ):
                value = value.rsplit(", ", 1)[1]  # a programme and its station
                span = Span(span.end - len(value), span.end)
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
            for name in names_in(" and ".join(authors(f"By {value}" if not is_byline(value) else value))):
                self._candidate("author", name, "header line", span)
                if (outlet := Outlets.load().match_credit(name)) and outlet.wire:
                    self.credits.append(Credit(name=name, role="agency", span=span, found_in="header line"))
        elif header.field == "dateline":
            if place := re.split(r",?\s+(?=[A-Z][a-z]{2,8}\.? \d)|\s*[(/]", value)[0].strip(" -–—:,"):
                self._candidate("dateline-place", place, "header line", span)
        else:
            self._candidate(header.field, value, "header line", span)

    def _mast_kind(self, line: Line, mast: Mast) -> BlockKind:
        if mast.outlet and not any(each.found_in == "masthead" for each in self.candidates):
            name, span = self.text[slice(*mast.outlet)].rstrip(" *_"), Span(*mast.outlet)
            self._candidate("outlet", name, "masthead", span)
            self.credits.append(Credit(name=name, role="self", span=span, found_in="masthead"))
            self.names.append(name)
        if mast.date:
            self._candidate("published", mast.date, "head line", Span(line.start, line.end))
        return "date" if mast.date else "furniture"

    def _is_menu(self, number: int, first_prose: int) -> bool:
        """Whether a line of few words is one of a menu over the headline."""
        around = self.lines[max(0, number - 2) : number + 3]
        return (
            self.lines[number].words <= _MENU_WORDS
            and sum(line.words <= _MENU_WORDS for line in around) >= 4
            and any(line.words > _MENU_WORDS for line in self.lines[number + 1 : first_prose])
        )

    def _persons(self, number: int) -> list[str]:
        """The writers whom a line under the title names without a "By"; they become candidates."""
        line = self.lines[number]
        beside = any(self.kinds[n] == "date" for n in (number - 1, number + 1) if 0 <= n < len(self.kinds))
        names = persons(line.text, beside_date=beside) if line.words <= _DATE_LINE_WORDS else []
        for name in names:
            self._candidate("author", name, "name line", Span(line.start, line.end))
        return names

    def _under_title(self) -> None:
        """Writers in the lines between an HTML page's title and its text."""
        title = next((n for n, kind in enumerate(self.kinds) if kind == "title"), None)
        if title is None or self.lines[title].main is None:
            return
        for number in range(title + 1, min(title + 1 + _MAST_LINES, len(self.lines))):
            line = self.lines[number]
            if self.kinds[number] in {"body", "lead"} and line.words > 8:
                return
            if self.kinds[number] in {"date", "furniture", "body", "byline"} and self._persons(number):
                return

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
        stamped = field == "published" and _PUBLISHED.search(line.text)
        self._candidate(field, value, "published line" if stamped else "date line", Span(line.start, line.end))
        if by := _BY.search(line.text):
            self._candidate("author", by["name"], "byline", Span(line.start, line.end))
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
