"""Who made a text, as its lines say: bylines, agencies' signatures, labels, holders of rights, letterheads."""

from __future__ import annotations

import re
from collections.abc import Sequence

from variorum.records import BlockKind, Credit, CreditRole, Span
from variorum.world.outlets import Outlets

from .bylines import authors, is_byline
from .credits import (
    bylined,
    has_form,
    held_by_agency,
    is_agency_label,
    is_copyright,
    is_label,
    is_own,
    labelled,
    led_credits,
    read_credits,
    read_value,
)
from .date_labels import told_dates
from .dates import find_date
from .head_lines import persons
from .head_marking import HeadMarking
from .line_forms import is_prose, is_title_case
from .lines import Line, ends_sentence, trimmed
from .makers import AGENCIES, is_acronym, is_maker, is_wire, is_worded, pieces_of, signed
from .signatures import credits_of, read_makers, signed_end
from .wording import is_institution, is_masthead, is_rubric

_FOLLOW = re.compile(
    r"follow (?P<name>(?!us\b|me\b|our\b|the author)[\w .&'-]{2,60}?)(?: on [\w ]{1,30})?:?$", re.IGNORECASE
)
_BESIDE = re.compile(r"\b(?:with|and)\s+(?P<names>(?:(?!\bwith\b|\band\b).){2,60}(?:\band\b.{2,40})?)$")
_HANDLE = re.compile(
    r"(?:twitter|x|facebook|instagram|t|telegram|youtube|tiktok|threads)\.(?:com|me|net)/(?:@|c/|user/|channel/)?([\w.-]{3,40})",
    re.IGNORECASE,
)
_WRITER_WITH = re.compile(
    r"(?:by|par|por|von|di|de|door|av|af|oleh)\s*:?\s+"
    r"(?P<name>(?-i:[^\W\d_a-z][\w.'’-]*(?: [^\W\d_a-z][\w.'’-]*){1,3}))"
    r",?\s+(?:with|avec|con|com|mit|met|med|dengan)\s",
    re.IGNORECASE,
)
_EDITED = re.compile(r"edit(?:ed|ing) by\b", re.IGNORECASE)
_TEXT_ROLES: frozenset[CreditRole] = frozenset({"source", "first-published", "agency"})
_SIGNED_LINES = 6
_SIGNED_WORDS = 8
_VALUE_WORDS = 6
_PASSING_WORDS = 24
_MOST_LINKED = 0.8
_NO_TEXT = frozenset(
    {"caption", "related", "nav", "share", "comment", "form", "footer", "ad", "time", "button", "consent"}
)
_MAST_WORDS = 7
_NAMES_WORDS = 6
_MAST_LINES = 4
_HEAD_LINES = 8  # of a letter's head
_NUMBER_WORDS = 4
_TITLE_WORDS = (2, 30)
_STATE_LETTERS = 2  # "BOSTON, MA"


_FIELD = re.compile(r"[^\W\d_]{2,12}(?: ?(?:no|nr)\.?)?:\s")  # of a file's header


class CreditMarking(HeadMarking):
    """The steps of a pass over one text that read who made it. `prose` are the first and the last line that read like
    a report, `titles` the pieces of its title element, `letterhead` the lines of a letter's head."""

    prose: tuple[int, int]
    titles: Sequence[str]
    letterhead: set[int]

    def _byline(self, line: Line) -> None:
        span = Span(line.start, line.end)
        makers = bylined(self.text, line, self.names)
        if _EDITED.match(line.text) and line.start > self.lines[min(self.prose[0], len(self.lines) - 1)].start:
            return  # under a text, no writer
        named = makers and all(credit.role != "self" for credit in makers)
        self.credits.extend(makers if named else [])
        for name in () if named else authors(line.text):
            if any(is_own(name, each) for each in self.names):
                self.credits.append(Credit(name=name, role="self", span=span, found_in="byline"))
                continue
            known = Outlets.load().match_credit(name)
            if known is None and not is_worded(name):
                self._candidate("author", name, "byline", span)
            else:
                role: CreditRole = "source" if known and not known.wire else "agency"
                self.credits.append(Credit(name=name, role=role, span=span, found_in="byline"))
        if beside := _BESIDE.search(line.text):
            self.credits += [
                Credit(name=name, role="agency", span=span, found_in="byline")
                for name in pieces_of(beside["names"].strip(" ."))
                if is_wire(name) or AGENCIES.fullmatch(name)
            ]
        for date in told_dates(line.text, self.home):
            self._candidate("updated" if date.changed else "published", date.value, "byline", span)

    def _writer_before(self, line: Line) -> None:
        """The writer who stands before the agency in a line over the text ("Par Ada Winter avec AFP")."""
        over = line.start < self.lines[min(self.prose[0], len(self.lines) - 1)].start
        if over and (match := _WRITER_WITH.match(line.text)):
            self._candidate("author", match["name"], "byline", Span(line.start, line.end))

    def _signed(self, number: int, line: Line) -> list[Credit]:
        """The agencies that the line names, where it stands between title and text or next behind the text."""
        first, last = self.prose
        over, behind = 0 < number < first, last < number <= last + _SIGNED_LINES
        if line.hints & _NO_TEXT or not (over or behind):
            return []
        if (over and line.main is not None and "title" not in self.kinds[:number]) or has_form(line):
            return []
        return signed(self.text, line, behind=behind)

    def _is_signed(self, number: int, line: Line) -> bool:
        """Whether a line is text with an agency's signature behind it, and no caption with its maker's."""
        if "caption" in line.hints or line.pictured or line.words < _SIGNED_WORDS:
            return False
        told = line.main is not False or number in self.blog.stamps
        return told and signed_end(self.text, line.start, line.end, self.names, last=True) is not None

    def _signs_all(self, number: int, line: Line) -> list[Credit]:
        """The makers of a short line of the main text, or next behind it, that is nothing but their names and editors'
        initials, where it is worded as captions end ("Norvik/AFP", "abc/AFP") and stands under no picture."""
        if not (line.main or number == self.prose[1] + 1) or line.pictured or line.hints & {"caption", "related"}:
            return []
        if line.words >= _SIGNED_WORDS:
            return []
        makers = read_makers(self.text, line.start, line.end, self.names)
        sure = all(maker.kind in {"agency", "self", "code"} and maker.sure for maker in makers)
        return credits_of(self.text, makers, "end of the text") if sure else []

    def _sources(self, line: Line) -> list[Credit]:
        """The sources of a line behind the text that is worded as a caption's end is ("(Source: Norvik/AFP)")."""
        if line.pictured or "caption" in line.hints:
            return []
        named = read_credits(self.text, line, "credit line", self.names)
        return named if all(credit.role == "source" for credit in named) else []

    def _signing_person(self, line: Line) -> None:
        """The writer who signs beside an agency ("Ada Winter/AFP") becomes a candidate."""
        for maker in read_makers(self.text, line.start, line.end, self.names):
            if maker.kind == "person":
                span = Span(maker.start, maker.end)
                self._candidate("author", span.of(self.text), "name line", span)

    def _held_or_labelled(self, number: int, line: Line) -> list[Credit]:
        """The agency that holds the rights, or the source whose label is the line before."""
        if (line.linked > _MOST_LINKED and not line.main) or line.pictured or "caption" in line.hints:
            return []
        if number > 0 and line.words <= _VALUE_WORDS:
            if is_label(self.lines[number - 1]):
                return read_value(self.text, line)
            if is_agency_label(self.lines[number - 1]):
                return [_as(credit, "agency") for credit in read_value(self.text, line)]
        return held_by_agency(self.text, line)

    def _named_in_passing(self, number: int, line: Line) -> list[Credit]:
        """Whom a line over or under the text names behind a label among other things, or behind words that lead up."""
        if line.linked > _MOST_LINKED or (number == 0 and line.main is None):
            return []
        if line.pictured or "caption" in line.hints:
            return []
        if line.words <= _PASSING_WORDS and not is_prose(line) and (named := labelled(self.text, line)):
            if find_date(line.text, self.home) and not self._date_line(line):
                self._page_line(number, line)
            return named
        edge = number < self.prose[0] or number > self.prose[1]
        return led_credits(self.text, line, self.names) if edge and not has_form(line) else []

    @staticmethod
    def _signing(names: Sequence[str]) -> list[str]:
        """Of what stands in a dateline's brackets, who signs: a region of several words is a part of the place."""
        return [name for name in names if " " not in name or is_maker(name) or Outlets.load().match_credit(name)]

    def _placed(self, start: int, end: int) -> Span:
        """The place of a dateline without the maker that it ends with behind a comma, who is credited."""
        comma = self.text.rfind(",", start, end)
        if comma < 0:
            return Span(start, end)
        at, _ = trimmed(self.text, comma + 1, end)
        name = self.text[at:end]
        own = any(is_own(name, each) for each in (*self.names, *self.titles))
        if not own and not is_wire(name) and not (is_acronym(name) and len(name) > _STATE_LETTERS):
            return Span(start, end)
        role: CreditRole = "self" if own else "agency"
        self.credits.append(Credit(name=name, role=role, span=Span(at, end), found_in="dateline"))
        return Span(start, trimmed(self.text, start, comma)[1])

    def _credit(self, line: Line) -> list[Credit]:
        named = read_credits(self.text, line, "footer" if "footer" in line.hints else "credit line", self.names)
        if "caption" in line.hints:
            named = [_as(credit, "photo") for credit in named]
        if is_copyright(line):
            # A copyright line names the page's owner unless the owner is an agency whose text it carries.
            named = [_as(credit, "agency" if is_wire(credit.name) else "self") for credit in named]
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
        names = [*self.names, *self.titles, *self._mast()]
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
        signed = {credit.span.start for credit in self.credits if credit.span and credit.found_in == "dateline"}
        lines = [
            line
            for number in edge
            for line in [self.lines[number]]
            if self.kinds[number] not in {"credit", "byline", "caption"}
            and not any(line.start <= start < line.end for start in signed)
        ]
        short = [self.text[line.start : line.end] for line in lines if line.words <= 8 and not ends_sentence(line.text)]
        return [piece for line in short for piece in re.split(r"\s{2,}|\t|\s[|·–—-]\s|,\s", line) if " " in piece]

    def _is_letterhead(self, number: int, first_prose: int) -> bool:
        """Whether a line over a plain text names who issues it: in capitals or as an institution is called, with the
        headline, which is neither, under it."""
        line = self.lines[number]
        if number >= min(_MAST_LINES, first_prose) or line.words > _MAST_WORDS or ends_sentence(line.text):
            return False
        if _FIELD.match(line.text):
            return False
        body = self._is_body(number)
        follows = number - 1 in self.letterhead and line.words <= _NUMBER_WORDS
        named = (line.text.isupper() and not self._named()) or (body and is_title_case(line.text)) or follows
        # A letter's head: a state, its ministry, a department, the letter's number.
        stacked = body or follows or self._is_body(number + 1)
        under = range(number + 1, min(number + (_HEAD_LINES if stacked else _MAST_LINES), first_prose))
        return (
            named and "title" not in self.kinds and any(self._is_headline(below, capitals=stacked) for below in under)
        )

    def _is_body(self, number: int) -> bool:
        """Whether a line names a public body, in whatever letters."""
        line = self.lines[number]
        return line.words <= _MAST_WORDS and not ends_sentence(line.text) and is_institution(line.text)

    def _is_headline(self, number: int, *, capitals: bool) -> bool:
        """Whether a line over a text reads as a headline: words in small letters, or with `capitals` more words than a
        name has; and no date, name or sentence."""
        line = self.lines[number]
        long = capitals and line.words > _MAST_WORDS
        if self.kinds[number] not in {None, "title"} or (line.text.isupper() and not long):
            return False
        if is_institution(line.text) and not long:
            return False
        if line.words < 3 or line.words > _TITLE_WORDS[1] or ends_sentence(line.text) or line.text.endswith((":", ",")):
            return False
        if line.words < _NAMES_WORDS and not re.search(r"(?:^|\s)[^\W\d_A-Z]{3,}", line.text):
            return False  # nothing but names
        other = find_date(line.text) or is_byline(line.text) or is_rubric(line.text) or is_masthead(line.text)
        return not (other or persons(line.text, beside_date=False))

    def _letterhead(self, number: int) -> BlockKind:
        """The first public body of a letter's head issues the text, else what stands there first."""
        line = self.lines[number]
        self.letterhead.add(number)
        if self._named() or (self._is_body(number + 1) and not self._is_body(number)):
            return "furniture"
        name, span = self.text[line.start : line.end].strip("*_# "), Span(line.start, line.end)
        self._candidate("outlet", name, "masthead", span)
        self.credits.append(Credit(name=name, role="self", span=span, found_in="masthead"))
        self.names.append(name)
        return "credit"


def _as(credit: Credit, role: CreditRole) -> Credit:
    return Credit(name=credit.name, role=role, span=credit.span, found_in=credit.found_in)
