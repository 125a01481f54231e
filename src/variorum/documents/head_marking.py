"""What the lines over a text say of it: headers, mastheads, dates, writers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from variorum.records import BlockKind, Candidate, Credit, Span
from variorum.world.outlets import Outlets

from .author_names import names_in
from .author_names import squash as name_squash
from .bylines import authors, is_byline
from .credits import is_agency, read_credit, same_name
from .date_labels import ToldDate, opens_with_label, told_dates
from .dates import find_date, iso_date
from .head_lines import persons
from .head_pieces import Piece, PieceKind, is_menu, read_pieces, tells_of_page
from .headers import Header
from .home import NOWHERE, Home
from .line_forms import is_prose, only_dates, same_line
from .lines import Line, ends_sentence, line_at
from .live_blogs import LiveBlog
from .makers import pieces_of
from .stamps import zone_of_all
from .wording import phrase, plain

_AGO = re.compile(
    r"(?:(?:last )?(?:updated|published|posted|modified)[: ]*)?(?:about )?(?:\d+|an?|one|two|three) "
    r"(?:second|minute|min|hour|hr|day|week|month|year)s? ago",
    re.IGNORECASE,
)
_DATED = re.compile(r"\d|\bago\b", re.IGNORECASE)
_STAMP = re.compile(
    r"\b(?:published|posted|submitted|aired|updated|last modified|soumis|publié|publicado|veröffentlicht"
    r"|publicada|pubblicato|gepubliceerd|publicerad|publisert|publiceret|opublikowano|опубликовано|опубліковано"
    r"|yayınlan\w+|diterbitkan|نشرت?|تاريخ النشر)\b",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"\b(?:published|posted|submitted|aired|soumis|publié|publicado|veröffentlicht|publicada|pubblicato|gepubliceerd|publicerad|publisert|publiceret"
    r"|opublikowano|опубликовано|опубліковано|yayınlan\w+|diterbitkan|نشرت?|تاريخ النشر)\b",
    re.IGNORECASE,
)
_FIGURES = re.compile(r"(?:[^\W\d_]{2,12}\s?:\s*)?\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d\d")
_PROGRAMME = re.compile(r"program(?:me)?\b", re.IGNORECASE)
_BY = re.compile(r"\b(?i:by|par|por|von) (?P<name>[^\W\d_a-z][\w'’.-]+(?: [^\W\d_a-z][\w'’.-]*){1,3})")
_NAMED = re.compile(r"(?:The )?[^\W\d_a-z][\w'’&.-]*(?: (?:(?:of|the|and|&|de|del|du|la) )*[^\W\d_a-z][\w'’&.-]*){0,5}")
_SENDER = re.compile(r"\"?(?P<name>[^<>\"@]{2,60}?)\"?\s*<[^<>]+@[^<>]+>")
_MAIL_ADDRESS = re.compile(r"<?[^\s@<>]+@(?P<host>(?:[\w-]+\.)*?(?P<site>[\w-]{2,40})\.[\w.]{2,12})>?")
_LISTED = re.compile(r"\[[^\[\]]{2,50}\]\s+(?=\S)")
_BRACKETED = re.compile(r"\[(?P<name>[^\[\]]{2,50})\]")
_SITE = re.compile(r"(?:https?://|www\.|@)(?:www\d?\.|m\.)?([\w-]{5,40})\.[a-z]{2,12}\b", re.IGNORECASE)
_SITE_LETTERS = 20_000
_DATE_LINE_WORDS = 20
_MENU_WORDS = 3
_MOST_LINKED = 0.8
_MAST_LINES = 4
_UNDER_TITLE = 6


class HeadMarking:
    """The state of one pass over one text, and the steps that read the lines over it. `blog` is the live blog that it
    is, if it is one."""

    blog: LiveBlog

    def __init__(
        self, text: str, lines: Sequence[Line], title: str | None, names: Sequence[str], home: Home = NOWHERE
    ) -> None:
        self.text = text
        self.lines = lines
        self.title = title
        self.names = list(names)
        self.home = home
        self.kinds: list[BlockKind | None] = [None] * len(lines)
        self.headers: dict[int, Header] = {}
        self.labels = frozenset(_labels(text))
        self.credits: list[Credit] = []
        self.candidates: list[Candidate] = []

    def _candidate(self, field: str, value: str, found_in: str, span: Span | None, reason: str = "") -> None:
        self.candidates.append(
            Candidate(field=field, value=value, found_in=found_in, span=span, reason=reason)  # type: ignore[arg-type]
        )

    def _read_headers(self) -> None:
        """The candidates of the header block. Its source is the page's own outlet, unless what gave the page names
        another: then the page credits it."""
        given = list(self.names)
        for number, header in list(self.headers.items()):
            value, span = " ".join(self.text[header.start : header.end].split()), Span(header.start, header.end)
            if not value or header.field in {"section", "subject", "other"}:
                continue
            if header.field == "title" and self._subject(value, span):
                self.headers[number] = header._replace(field="subject")
                continue
            if (
                header.field == "title"
                and (listed := _LISTED.match(value))
                and self._stands_below(value[listed.end() :])
            ):
                value = value[listed.end() :]  # a mailing list's name before the headline
                span = Span(span.end - len(value), span.end)
            if header.field == "outlet" and (sender := _SENDER.fullmatch(value)):
                value = sender["name"].strip()
                span = Span(span.start, span.start + len(value))
            elif header.field == "outlet" and (address := _MAIL_ADDRESS.fullmatch(value)):
                known = Outlets.load().match_credit(address["site"])
                value = known.name if known else address["host"]
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

    def _subject(self, value: str, span: Span) -> bool:
        """Whether a title line is a letter's subject that names the letter and its day ("[The Digest] 4 March 2031"):
        these become candidates, and the title is looked for under it."""
        bracketed, date = _BRACKETED.match(value), find_date(value, self.home)
        if not bracketed or not date:
            return False
        self._candidate("outlet", bracketed["name"], "header line", span)
        self._candidate("published", date[2], "header line", span)
        self.names.append(bracketed["name"])
        return True

    def _stands_below(self, headline: str) -> bool:
        """Whether the headline stands in a line of its own under the headers."""
        return any(same_line(line.text, headline) for line in self.lines[: len(self.headers) + _UNDER_TITLE])

    def _header_candidates(self, header: Header, value: str, span: Span) -> None:
        if header.field in {"published", "updated"}:
            if day := iso_date(value, self.home):
                self._candidate(header.field, day, "header line", span)
            elif dates := told_dates(value, self.home):
                for date in dates:
                    field = "updated" if date.changed else "published" if date.issued else header.field
                    self._candidate(field, date.value, "header line", span)
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

    def _page_line(self, number: int, line: Line) -> BlockKind | None:
        """What a line over the text is that tells of the page: where, when, by whom it was written; its pieces become
        candidates. None for any other line."""
        pieces = read_pieces(self.text, line, self.own, self.home)
        junk = bool(pieces) and all(piece.kind == "junk" for piece in pieces)
        if not pieces or not (junk or tells_of_page(pieces, ends=ends_sentence(line.text))):
            return None
        kinds = {piece.kind for piece in pieces}
        if len(pieces) == 1 and kinds <= {"person"} and not any(piece.sure for piece in pieces):
            return None
        if all(piece.kind == "junk" for piece in pieces):
            return "furniture"
        if kinds == {"outlet"} and number > 0 and (self._named() or not self._beside_page_line(number)):
            return None
        pieces = self._without_names(pieces)
        kinds = {piece.kind for piece in pieces}
        for piece in pieces:
            self._page_piece(piece, kinds)
        if number == 0 and "outlet" not in kinds and "date" in kinds and not kinds & {"person", "agency"}:
            self._first_name(pieces)
        return "date" if "date" in kinds else "byline" if "person" in kinds else "credit"

    def _page_piece(self, piece: Piece, kinds: set[PieceKind]) -> None:
        span = Span(piece.start, piece.end)
        if piece.kind == "date":
            self._candidate("updated" if piece.changed else "published", piece.value, "head line", span)
        elif piece.kind == "person" and (piece.sure or kinds & {"date", "outlet"}):
            for name in piece.value.split(", "):
                self._candidate("author", name, "name line", span)
        elif piece.kind == "outlet":
            self._candidate("outlet", piece.value, "masthead", span)
            self.credits.append(Credit(name=piece.value, role="self", span=span, found_in="masthead"))
            self.names.append(piece.value)
        elif piece.kind == "other" and phrase("round-up", piece.value) and not self.title:
            self._candidate("title", piece.value, "first line", span)
        elif piece.kind == "agency":
            self.credits += [
                Credit(name=name, role="agency", span=span, found_in="head line") for name in pieces_of(piece.value)
            ]

    def _without_names(self, pieces: list[Piece]) -> list[Piece]:
        """The pieces with the first an outlet, where it reads as a person's name that no list has and another piece
        names the writer."""
        first = pieces[0]
        unsure = first.kind == "person" and not first.sure and not self._named()
        if unsure and any(piece.kind == "person" and piece.sure for piece in pieces[1:]):
            return [first._replace(kind="outlet"), *pieces[1:]]
        return pieces

    def _first_name(self, pieces: Sequence[Piece]) -> None:
        """The name that opens a text's first line beside a date: the outlet's, however it is worded."""
        first = pieces[0]
        if first.kind in {"other", "place"} and _NAMED.fullmatch(first.value):
            span = Span(first.start, first.end)
            self._candidate("outlet", first.value, "masthead", span)
            self.names.append(first.value)

    def _named(self) -> bool:
        """Whether a masthead has named the outlet already: what reads like another is the headline."""
        return any(each.field == "outlet" and each.found_in == "masthead" for each in self.candidates)

    def _beside_page_line(self, number: int) -> bool:
        return any(
            self.kinds[n] in {"date", "byline", "credit"} for n in (number - 1, number + 1) if 0 <= n < len(self.kinds)
        )

    @property
    def own(self) -> frozenset[str]:
        """What the page calls itself, and the sites that it links to or names, as `author_names.squash` has them."""
        return frozenset(map(name_squash, self.names)) | self.labels

    def _is_menu(self, number: int, first_prose: int) -> bool:
        """Whether a line of few words is one of a menu over the headline, or a whole menu."""
        if is_menu(self.lines[number], self.text):
            return True
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
        menu = is_menu(line, self.text)
        told = line.words <= _DATE_LINE_WORDS and not menu and line.linked <= _MOST_LINKED
        told = told and not opens_with_label(line.text)
        names = persons(line.text, beside_date=beside) if told else []
        names = [name for name in names if name_squash(name) not in self.own and not zone_of_all(line.text)]
        for name in names:
            self._candidate("author", name, "name line", Span(line.start, line.end))
        return names

    def _under_title(self) -> None:
        """What the lines around an HTML page's title tell of it: those between title and text, and those over it that
        hold a date beside a name."""
        title = next((n for n, kind in enumerate(self.kinds) if kind == "title"), None)
        if not self.lines or self.lines[0].main is None:
            return
        start = 0 if title is None else title + 1
        for number in range(start, min(start + _UNDER_TITLE, len(self.lines))):
            line = self.lines[number]
            if self.kinds[number] in {"body", "lead", "entry"} and is_prose(line):
                break
            dates_entries = number in self.blog.days and len(set(self.blog.days.values())) > 1
            told = {"date", "furniture", "body", "byline", "section", "related", "caption"}
            if self.kinds[number] in told and not dates_entries:
                self._told_under(number, line)
        for number in range(min(title or 0, _MAST_LINES)):
            line = self.lines[number]
            if find_date(line.text, self.home) and (kind := self._page_line(number, line)):
                self.kinds[number] = kind

    def _told_under(self, number: int, line: Line) -> None:
        known = any(each.field == "author" and each.span for each in self.candidates)
        if self.kinds[number] == "byline" and known:
            return
        kind = self._page_line(number, line)
        if kind and self.kinds[number] in {"furniture", "body", "section"} and line.linked < 0.9:
            self.kinds[number] = kind
        if not (known or any(each.field == "author" and each.span for each in self.candidates)):
            self._persons(number)

    def _date_line(self, line: Line) -> bool:
        """Whether the line only dates the page (or an entry of it); its date becomes a candidate."""
        if line.words > _DATE_LINE_WORDS or not _DATED.search(line.text):
            return False
        if _AGO.fullmatch(line.text):
            return True
        line = self._without_agency(line)
        whole = iso_date(line.text.strip(" :,.|-–—()[]"), self.home)
        value = whole if whole and len(whole) >= len("2024-01") else None
        if value is None:
            found = told_dates(line.text, self.home)
            if not found and line.main is None and _FIGURES.fullmatch(line.text):
                self._candidate(
                    "published", line.text, "date line", Span(line.start, line.end), "no date, or ambiguous"
                )
                return True
            if not found or not (_STAMP.search(line.text) or only_dates(line.text, self.home)):
                return False
        else:
            found = [ToldDate(0, 0, value)]
        for date in found:
            place = "published line" if date.issued else "date line"
            field = "updated" if date.changed else "published"
            self._candidate(field, date.value, place, Span(line.start, line.end))
        if by := _BY.search(line.text):
            self._candidate("author", by["name"], "byline", Span(line.start, line.end))
        return True

    def _without_agency(self, line: Line) -> Line:
        """A line without the agency that stands beside its date ("AFP | 7 March 2031"), which is credited."""
        pieces = re.split(r"\s*[|•·]\s*|\s+[–—-]\s+|,\s+", line.text)
        named = [piece for piece in pieces if is_agency(piece)] if 1 < len(pieces) <= 5 else []
        rest = " ".join(piece for piece in pieces if piece not in named)
        if not named or not find_date(rest, self.home) or not only_dates(rest, self.home):
            return line
        for name in named:
            at = max(self.text.find(name, line.start, line.end), line.start)
            self.credits.append(Credit(name=name, role="agency", span=Span(at, at + len(name)), found_in="date line"))
        return line._replace(text=rest)


def _labels(text: str) -> set[str]:
    """The names of the sites whose addresses stand in a text's first part."""
    return {name_squash(match[1]) for match in _SITE.finditer(text, 0, _SITE_LETTERS)}
