"""Lines to blocks: what each part of a page is. Plain text and HTML share this; HTML adds what its elements say.

The order of trust for a line: its words where they are the wording of furniture; a credit's form; the structure around
it; the extractor's choice of main text; its place before, in or behind the body.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from variorum.records import Block, BlockKind, Candidate, Credit, Span

from .bylines import authors, is_byline
from .credits import is_copyright, photo_acronym, read_credit, same_name, tail_credit
from .datelines import Dateline, find_dateline
from .dates import find_date, iso_date
from .lines import Line, ends_sentence, trimmed
from .wording import is_rubric, kind_by_words, paywall_phrase, plain

# What a line that only dates a page may hold beside the date.
_DATE_WORDS = re.compile(
    r"\b(?:first |last |originally )?(?:published|posted|updated|modified|created|released|date|issued|on|at|by|as of"
    r"|story|time|gmt|utc|local|ist|est|edt|pst|pdt|cet|cest|bst|pkt|msk|am|pm|a\.m\.|p\.m\.|hrs?|hours?|et|time zone)\b",
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
_SENTENCE_WORDS = 9  # a line of so many words that ends as a sentence does is prose
_PROSE_WORDS = 32  # and one of so many words is prose whatever its end
_TITLE_WORDS = (2, 30)
_TAIL_WORDS = 12

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
        self.credits: list[Credit] = []
        self.candidates: list[Candidate] = []

    def run(self) -> Marked:
        for number, line in enumerate(self.lines):
            self.kinds[number] = self._own_kind(number, line)
        self._head()
        self._tail()
        self._related_lists()
        blocks = [block for number, line in enumerate(self.lines) for block in self._blocks(number, line)]
        return Marked(blocks, self._resolved_credits(), self.candidates)

    def _own_kind(self, number: int, line: Line) -> BlockKind | None:
        """What the line is whatever stands around it; None leaves it to its place."""
        if self.title and number < 60 and _same_line(line.text, self.title) and "title" not in self.kinds:
            return "title"
        if "nav" in line.hints or "footer" in line.hints:
            self._self_names(line)
            if not is_copyright(line):
                return "furniture"
        self._self_names(line)
        if paywall_phrase(line.text) and line.words <= 40:
            self._candidate("paywall", line.text, "line", Span(line.start, line.end))
            return "furniture"
        if kind := kind_by_words(line.text):
            if kind == "caption" or (kind == "furniture" and is_copyright(line)):
                self._credit(line)
            return kind
        if self._date_line(line):
            return "date"
        if credits := self._credit(line):
            return "caption" if credits[0].role == "photo" and line.words > 12 else "credit"
        if is_byline(line.text):
            for name in authors(line.text):
                self._candidate("author", name, "byline", Span(line.start, line.end))
            if found := find_date(line.text):
                self._candidate("published", found[2], "byline", Span(line.start, line.end))
            return "byline"
        return self._by_structure(line)

    def _by_structure(self, line: Line) -> BlockKind | None:
        if line.main is None:
            return None
        for hint, kind in _BY_HINT:
            if hint in line.hints and (not line.main or hint in _OVER_MAIN):
                return kind
        if line.main:
            return "table" if "table" in line.hints else "body"
        return "related" if line.linked > 0.8 and line.words >= 4 else "furniture"

    def _head(self) -> None:
        """Title, rubrics and picture credit: the lines before the first prose."""
        first_prose = next(
            (n for n, line in enumerate(self.lines) if self.kinds[n] in {None, "body"} and _is_prose(line)), None
        )
        if first_prose is None or any(line.main is not None for line in self.lines):
            self._rest(0)
            return
        has_title = "title" in self.kinds
        for number in range(first_prose + 1):
            line = self.lines[number]
            if self.kinds[number] is not None:
                continue
            if number < first_prose and (credit := photo_acronym(line)) and number == 0:
                self.credits.append(credit)
                self.kinds[number] = "credit"
            elif is_rubric(line.text) and number < first_prose:
                self.kinds[number] = "section"
            elif not has_title and self._is_title(number, first_prose):
                self.kinds[number] = "title"
                self._candidate("title", self.text[line.start : line.end], "first line", Span(line.start, line.end))
                has_title = True
            elif has_title and number < first_prose and line.words <= 3 and not ends_sentence(line.text):
                self.kinds[number] = "section"
        self._rest(0)

    def _is_title(self, number: int, first_prose: int) -> bool:
        line = self.lines[number]
        low, high = _TITLE_WORDS
        if not low <= line.words <= high or number + 1 >= len(self.lines):
            return False
        if number < first_prose:
            return not line.text.endswith((":", ",", ";")) and (not ends_sentence(line.text) or line.words <= 20)
        # The first line reads like prose: it is a title only where it is written as one, above text of its own.
        following = self.lines[number + 1 :]
        return (
            line.words <= 20
            and _is_title_case(line.text)
            and any(_is_prose(each) and not _is_title_case(each.text) for each in following)
        )

    def _rest(self, start: int) -> None:
        for number in range(start, len(self.lines)):
            if self.kinds[number] is None:
                self.kinds[number] = "body"

    def _tail(self) -> None:
        """Behind the last prose, short lines under a form, a share bar or a list of links belong to it."""
        last = max((n for n, line in enumerate(self.lines) if self.kinds[n] == "body" and _is_prose(line)), default=-1)
        current: BlockKind | None = None
        for number in range(last + 1, len(self.lines)):
            kind = self.kinds[number]
            if kind in {"share", "related", "comment-form"}:
                current = kind
            elif kind == "body" and current and self.lines[number].words <= _TAIL_WORDS:
                self.kinds[number] = current

    def _related_lists(self) -> None:
        """Headlines that follow a label such as "Related stories:" directly are its list."""
        for number, line in enumerate(self.lines[:-1]):
            if self.kinds[number] != "related" or line.words > 4:
                continue
            for after in range(number + 1, min(number + 8, len(self.lines))):
                following = self.lines[after]
                headline = _is_title_case(following.text) or following.text.startswith(("-", "•", "*", "»"))
                if self.kinds[after] != "body" or ends_sentence(following.text) or not headline:
                    break
                self.kinds[after] = "related"

    def _blocks(self, number: int, line: Line) -> list[Block]:
        kind = self.kinds[number]
        assert kind is not None
        if kind != "body":
            return [Block(start=line.start, end=line.end, kind=kind)]
        opening = "body" not in self.kinds[:number]
        start, end = line.start, line.end
        blocks: list[Block] = []
        if dateline := self._dateline(number, line, opening=opening):
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

    def _dateline(self, number: int, line: Line, *, opening: bool) -> Dateline | None:
        dateline = find_dateline(self.text, line, opening=opening)
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
        return dateline

    def _date_line(self, line: Line) -> bool:
        """Whether the line only dates the page; its date becomes a candidate."""
        if line.words > 16:
            return False
        if _AGO.fullmatch(line.text):
            return True
        bare = line.text.strip(" :,.|-–—()[]")
        whole = iso_date(bare)
        found = (0, len(bare), whole) if whole and len(whole) >= 7 else find_date(line.text)
        if not found:
            return False
        rest = line.text if not whole else ""
        while rest and (match := find_date(rest)):
            rest = rest[: match[0]] + " " + rest[match[1] :]
        rest = _DATE_WORDS.sub(" ", rest)
        if re.search(r"[^\W\d_]{2,}", re.sub(r"\d+[:.]\d+\s*[a-z]{0,4}", " ", rest, flags=re.IGNORECASE)):
            return False
        field = (
            "updated" if _UPDATED.search(line.text) and not re.search("publish|post", line.text, re.I) else "published"
        )
        self._candidate(field, found[2], "date line", Span(line.start, line.end))
        return True

    def _credit(self, line: Line) -> list[Credit]:
        credits = read_credit(self.text, line, "footer" if "footer" in line.hints else "credit line")
        if credits and is_copyright(line):
            # A copyright line names the page's owner unless the owner is an agency whose text it carries.
            credits = [
                credit
                if credit.role == "agency"
                else Credit(name=credit.name, role="self", span=credit.span, found_in=credit.found_in)
                for credit in credits
            ]
        self.credits.extend(credits)
        return credits

    def _self_names(self, line: Line) -> None:
        """What share and follow lines call the page."""
        if line.words <= 8 and (match := _FOLLOW.fullmatch(line.text)):
            self.names.append(match["name"])
            self._candidate("outlet", match["name"], "follow line", Span(line.start, line.end))
        for match in _HANDLE.finditer(self.text, line.start, line.end):
            self.names.append(match[1])

    def _resolved_credits(self) -> list[Credit]:
        ordered = sorted(self.credits, key=lambda credit: (credit.span or Span(0, 0), credit.role, credit.name))
        return [
            Credit(name=credit.name, role="self", span=credit.span, found_in=credit.found_in)
            if credit.role in {"source", "first-published", "agency"}
            and any(same_name(credit.name, n) for n in self.names)
            else credit
            for credit in ordered
        ]

    def _candidate(self, field: str, value: str, found_in: str, span: Span) -> None:
        self.candidates.append(Candidate(field=field, value=value, found_in=found_in, span=span))  # type: ignore[arg-type]


def _is_prose(line: Line) -> bool:
    return line.words >= _PROSE_WORDS or (line.words >= _SENTENCE_WORDS and ends_sentence(line.text))


def _is_title_case(line: str) -> bool:
    """Whether a line is written as headlines are: nearly all longer words with a capital."""
    words = [word for word in re.findall(r"[^\W\d_][\w'-]*", line) if len(word) > 3]
    return len(words) >= 2 and sum(word[0].isupper() for word in words) >= 0.8 * len(words)


def _same_line(line: str, title: str) -> bool:
    def squash(value: str) -> str:
        return re.sub(r"[\W_]+", "", value.casefold())

    return bool(line) and squash(line) == squash(title) != ""
