"""Two texts side by side: what both have, what one says in other words, what was changed, and quotations apart.

`rows` lays the texts out; `view` prints them in a terminal and `render` writes a self-contained page.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from itertools import pairwise
from typing import Literal, NamedTuple

from rapidfuzz.distance import Indel

from variorum.derivation import Compared
from variorum.exports.templates import template
from variorum.records import BlockKind, Document, Passage, Span

__all__ = ["MEANING", "SIGNS", "Piece", "Row", "headline", "render", "rows", "view"]

Mark = Literal["shared", "reworded", "changed", "own"]
RowKind = Literal["same", "reworded", "changed", "quotation", "first", "second", "page"]

_AROUND: frozenset[BlockKind] = frozenset(
    {"section", "media", "share", "related", "comment-form", "furniture", "title", "credit", "date"}
)
"""Blocks that are no part of a story: menus, links, forms, and the title, outlet and date, which head the columns."""
_FACTS = ("number", "name", "place", "date", "polarity")
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_LINE = re.compile(r"[^\n]+")
_SENTENCE_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?:\s+|$)|\n\s*")
SIGNS: dict[RowKind, str] = {
    "same": "=",
    "reworded": "≈",
    "changed": "≠",
    "quotation": "“”",
    "first": "◂",
    "second": "▸",
    "page": "·",
}
MEANING: dict[RowKind, str] = {
    "same": "the same words",
    "reworded": "in other words",
    "changed": "a fact differs",
    "quotation": "a quotation in both",
    "first": "in the first alone",
    "second": "in the second alone",
    "page": "the page around a text",
}
_STYLES: dict[Mark, str] = {"shared": "", "reworded": "yellow", "changed": "bold red", "own": "cyan"}


class Piece(NamedTuple):
    """Some characters of a text; `label` says what kind of fact was changed, `quoted` that someone is quoted."""

    text: str
    mark: Mark
    label: str = ""
    quoted: bool = False


class Row(NamedTuple):
    """What stands beside each other; `moved` where it stands elsewhere in the order of the second text."""

    kind: RowKind
    first: tuple[Piece, ...]
    second: tuple[Piece, ...]
    moved: bool = False


def rows(one: Document, other: Document, compared: Compared) -> list[Row]:
    """Both texts in full, what is aligned in one row: in the order of the first, the second's own parts where they
    come in its order. Rows of the kind "page" hold what stands around a text."""
    pairs = _pairs(one.text, other.text, compared)
    in_order = _rising([pair.target.start for pair in pairs])
    gaps_a = _Gaps(one, [pair.source for pair in pairs])
    gaps_b = _Gaps(other, [pair.target for pair in pairs])
    found: list[Row] = []
    at_a = at_b = 0
    for number, pair in enumerate(pairs):
        found += gaps_a.rows("first", at_a, pair.source.start)
        at_a = pair.source.end
        if number in in_order:
            found += gaps_b.rows("second", at_b, pair.target.start)
            at_b = pair.target.end
        found.append(_aligned(one.text, other.text, pair, compared, moved=number not in in_order))
    found += gaps_a.rows("first", at_a, len(one.text))
    found += gaps_b.rows("second", at_b, len(other.text))
    return found


def _pairs(one: str, other: str, compared: Compared) -> list[Passage]:
    """What is set beside each other, in the order of the first text: the aligned passages and the sentences that are
    told in other words, the longer before the shorter where they cross; each drawn out to its sentences' ends."""
    told = (c for c in compared.changes if c.kind == "reworded" and c.source is not None and c.target is not None)
    reworded = [Passage(source=c.source, target=c.target) for c in told if c.source and c.target]
    kept: list[Passage] = []
    for pair in sorted({*compared.passages, *reworded}, key=lambda pair: (-_length(pair), pair.source, pair.target)):
        if not any(pair.source.overlaps(k.source) or pair.target.overlaps(k.target) for k in kept):
            kept.append(pair)
    drawn_a = _drawn_out(one, [(pair.source, pair.quoted) for pair in kept])
    drawn_b = _drawn_out(other, [(pair.target, pair.quoted) for pair in kept])
    found = [Passage(source=a, target=b, quoted=pair.quoted) for a, b, pair in zip(drawn_a, drawn_b, kept, strict=True)]
    return sorted(found, key=lambda pair: pair.source)


def _length(pair: Passage) -> int:
    return pair.source.end - pair.source.start + pair.target.end - pair.target.start


def _drawn_out(text: str, spans: Sequence[tuple[Span, bool]]) -> list[Span]:
    """Each span with the rest of its first and of its last sentence, as far as no other span has it; a quotation ends
    with its marks."""
    order = sorted(range(len(spans)), key=lambda number: spans[number][0])
    found: dict[int, Span] = {}
    floor = 0
    for place, number in enumerate(order):
        (start, end), quoted = spans[number]
        ceiling = spans[order[place + 1]][0].start if place + 1 < len(order) else len(text)
        if not quoted:
            start = max((m.end() for m in _SENTENCE_END.finditer(text, floor, start)), default=floor)
            closing = _SENTENCE_END.search(text, max(start, end - 1), ceiling)
            end = max(end, closing.start() + len(closing.group().rstrip()) if closing else ceiling)
        stripped = text[start:end]
        floor = end
        found[number] = Span(
            start + len(stripped) - len(stripped.lstrip()), end - len(stripped) + len(stripped.rstrip())
        )
    return [found[number] for number in range(len(spans))]


class _Gaps:
    """What of a text stands in no passage, by paragraphs; marks and white space alone are nothing."""

    def __init__(self, document: Document, taken: Sequence[Span]) -> None:
        self._text = document.text
        self._taken = sorted(taken)
        self._around = document.spans(_AROUND)

    def rows(self, side: Literal["first", "second"], start: int, end: int) -> Iterator[Row]:
        """The rows of one side alone between two places of its text."""
        for span in self._between(start, end):
            pieces = (Piece(self._text[span.start : span.end], "own"),)
            words = _words(self._text, span)
            around = all(any(block.start <= w.start and w.end <= block.end for block in self._around) for w in words)
            kind: RowKind = "page" if around else side
            yield Row(kind, pieces, ()) if side == "first" else Row(kind, (), pieces)

    def _between(self, start: int, end: int) -> Iterator[Span]:
        for span in self._taken:
            if start < span.start < end:
                yield from self._paragraphs(start, span.start)
            if start < span.end <= end:
                start = span.end
        yield from self._paragraphs(start, end)

    def _paragraphs(self, start: int, end: int) -> Iterator[Span]:
        for line in _LINE.finditer(self._text, start, end):
            if _WORD.search(line.group()):
                said = line.group()
                yield Span(line.start() + len(said) - len(said.lstrip()), line.end() - len(said) + len(said.rstrip()))


def _rising(values: Sequence[int]) -> set[int]:
    """The positions of a longest rising row of `values`."""
    tails: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, value in enumerate(values):
        at = bisect_right(tails, value)
        before.append(last[at - 1] if at else -1)
        tails[at : at + 1], last[at : at + 1] = [value], [number]
    found = set()
    number = last[-1] if last else -1
    while number >= 0:
        found.add(number)
        number = before[number]
    return found


def _aligned(one: str, other: str, pair: Passage, compared: Compared, *, moved: bool) -> Row:
    words_a, words_b = _words(one, pair.source), _words(other, pair.target)
    blocks = Indel.editops(
        [word.of(one).casefold() for word in words_a], [word.of(other).casefold() for word in words_b]
    ).as_matching_blocks()
    same_a = {block.a + k for block in blocks for k in range(block.size)}
    same_b = {block.b + k for block in blocks for k in range(block.size)}
    facts = [change for change in compared.changes if change.kind in _FACTS]
    facts_a = [(change.source, change.kind) for change in facts if change.source is not None]
    facts_b = [(change.target, change.kind) for change in facts if change.target is not None]
    quotes_a, quotes_b = compared.quotations
    first = tuple(_pieces(one, pair.source, _marks(words_a, same_a, facts_a), quotes_a))
    second = tuple(_pieces(other, pair.target, _marks(words_b, same_b, facts_b), quotes_b))
    marks = {piece.mark for piece in (*first, *second)}
    kind: RowKind = "changed" if "changed" in marks else "reworded" if "reworded" in marks else "same"
    return Row("quotation" if pair.quoted and kind != "changed" else kind, first, second, moved)


def _words(text: str, span: Span) -> list[Span]:
    return [Span(match.start(), match.end()) for match in _WORD.finditer(text, span.start, span.end)]


def _marks(
    words: Sequence[Span], same: set[int], facts: Sequence[tuple[Span, str]]
) -> Iterator[tuple[Span, Mark, str]]:
    for number, word in enumerate(words):
        label = next((kind for fact, kind in facts if fact.overlaps(word)), "")
        yield word, "changed" if label else "shared" if number in same else "reworded", label


def _pieces(text: str, span: Span, marks: Iterable[tuple[Span, Mark, str]], quotes: Sequence[Span]) -> Iterator[Piece]:
    """The characters cut where a mark or a quotation begins or ends; what stands between two words is marked where
    both are."""
    cuts: list[tuple[int, Mark, str]] = [(span.start, "shared", "")]
    end = span.start
    for word, mark, label in marks:
        if (mark, label) != cuts[-1][1:]:
            cuts += [(end, "shared", ""), (word.start, mark, label)]
        end = word.end
    cuts += [(end, "shared", ""), (span.end, "shared", "")]
    for (start, mark, label), (stop, _, _) in pairwise(cuts):
        edges = sorted({start, stop, *(edge for quote in quotes for edge in quote if start < edge < stop)})
        for first, last in pairwise(edges):
            quoted = any(quote.start <= first and last <= quote.end for quote in quotes)
            yield Piece(text[first:last], mark, label if last == stop else "", quoted)


def headline(one: Document, other: Document, compared: Compared) -> str:
    """The verdict in one sentence."""
    found = compared.derivation
    if one.id == other.id and one.source == other.source:
        return "Both are the same file."
    if found is None and one.language != other.language and one.language and other.language:
        return f"The texts are in two languages ({one.language}, {other.language}): their words were not compared."
    if found is None:
        return "Neither text has anything of the other."
    ends = {one.id: _name(one), other.id: _name(other)}
    source, target = ends.get(found.source, _name(one)), ends.get(found.target, _name(other))
    sure = f"score {found.score:.2f}"
    if found.kind == "quotes-only":
        return f"They share quotations only ({sure})."
    if found.kind == "common-source":
        return f"Both have it from a text that is neither of them ({sure})."
    if not found.directed:
        return f"One is {_ARTICLE[found.kind]} of the other; which is which cannot be told ({sure})."
    updated = any(change.kind == "number" for change in found.changes)
    if updated and (found.kind == "verbatim" or source == target):
        return f"{target} is an updated version of {source} ({sure})."
    return f"{target} is {_ARTICLE[found.kind]} of {source} ({sure})."


_ARTICLE = {"verbatim": "a copy", "abridged": "an abridgement", "paraphrase": "a paraphrase"}


def _name(document: Document) -> str:
    return document.outlet or document.title or document.source


def _heading(document: Document) -> str:
    return " · ".join(filter(None, (document.outlet, document.title, document.published, document.source)))


def view(one: Document, other: Document, compared: Compared, *, color: bool = True, width: int = 120) -> str:
    """Both texts in two columns for a terminal; a sign between them says what each row is, so colour is not needed."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, show_lines=False, padding=(0, 1, 1, 0), expand=True)
    table.add_column(Text(_heading(one)), ratio=1, overflow="fold")
    table.add_column("", width=4)
    table.add_column(Text(_heading(other)), ratio=1, overflow="fold")
    laid_out = rows(one, other, compared)
    for row in laid_out:
        if row.kind == "page":
            continue
        cells = []
        for pieces in (row.first, row.second):
            cell = Text()
            for piece in pieces:
                style = f"{_STYLES[piece.mark]}{' italic' if piece.quoted else ''}".strip()
                cell.append(_joined(piece.text), style=style or None)
                if piece.label:
                    cell.append(f" [{piece.label}]", style="dim")
            cells.append(cell)
        table.add_row(cells[0], SIGNS[row.kind] + ("↕" if row.moved else ""), cells[1])
    console = Console(width=width, force_terminal=color, no_color=not color, highlight=False)
    with console.capture() as captured:
        console.print(Text(headline(one, other, compared), style="bold"))
        for sentence in compared.derivation.evidence if compared.derivation else ():
            console.print(Text(f"  {sentence}"))
        console.print(
            Text(
                "  ".join(f"{SIGNS[kind]} {meaning}" for kind, meaning in MEANING.items() if kind != "page")
                + "  ↕ moved"
            )
        )
        console.print(table)
        if around := sum(row.kind == "page" for row in laid_out):
            console.print(Text(f"{around} lines of the pages around the texts are left out."))
    return captured.get().rstrip()


def render(one: Document, other: Document, compared: Compared) -> str:
    """The same as a self-contained HTML page: no outside request and no script."""
    laid_out = rows(one, other, compared)
    return template("variorum.exports.side_by_side", "side_by_side.html.j2").render(
        style=files("variorum.exports.side_by_side").joinpath("side_by_side.css").read_text(encoding="utf-8"),
        headline=headline(one, other, compared),
        evidence=compared.derivation.evidence if compared.derivation else (),
        headings=(_heading(one), _heading(other)),
        rows=[row for row in laid_out if row.kind != "page"],
        around=[row for row in laid_out if row.kind == "page"],
        signs=SIGNS,
        meaning=MEANING,
    )


def _joined(text: str) -> str:
    """One line; what a text wraps is wrapped anew."""
    return re.sub(r"\s+", " ", text)
