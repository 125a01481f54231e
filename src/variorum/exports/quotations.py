"""How much of each article an export may repeat."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import NamedTuple

from variorum.records import DerivationKind, Evidence, Record

from .source import Source

_COPIES: frozenset[DerivationKind] = frozenset({"verbatim", "abridged"})
"""Kinds of derivation that carry a text's own words: what is quoted of either is quoted of one article."""

_TELLING = 200  # characters of a long quotation that say something though little of it is shown
_FEWEST = 4  # words of one that is cut, of which else a third must be shown


class QuotationLimit(Record, frozen=True, kw_only=True):
    """How much of one article an export may repeat in all: `characters`, and never more than `share` of its text.

    Two thousand characters are what a reader needs to judge the claims of one report, about a third of a usual one;
    half of a text is the most that still is a quotation of it. None lifts both."""

    characters: int = 2_000
    share: float = 0.5


class _Quoted(NamedTuple):
    """What may still be quoted of an article and its copies, in characters, of how many in all; which characters of
    which copy were, and their words."""

    left: int = 0
    most: int = 0
    spans: Mapping[str, tuple[tuple[int, int], ...]] = {}
    words: tuple[str, ...] = ()


class Quotations:
    """Hands out an edition's quotations within a limit on each article, its copies together. Characters that were
    quoted before, of whichever copy, cost nothing again. `cut` counts the quotations that were cut, `articles` the
    texts that they are of."""

    def __init__(self, source: Source, limit: QuotationLimit | None) -> None:
        self._source = source
        self._limit = limit
        self._quoted: dict[str, _Quoted] = {}
        self._cut_of: set[str] = set()
        self.cut = 0

    @property
    def articles(self) -> int:
        return len(self._cut_of)

    def words(self, evidence: Evidence) -> str:
        """The exact characters that a value rests on, cut at a word where the article's limit is reached; as `of`."""
        document = self._source.text(evidence.document)
        whole = (document.text if evidence.field == "text" else document.title or "")[evidence.start : evidence.end]
        return self.of(self.told(whole), (evidence,))

    def told(self, words: str) -> str:
        """Words that were cut out of a text, as they may be told."""
        return self._source.told(words)

    def stretch(self, document: str, start: int, end: int) -> int:
        """The end, `end` or before it, up to which characters of a text may be shown from `start` on; a stretch that is
        cut is counted."""
        if self._limit is None:
            return end
        given = self._allow(document, start, end)
        if given < end - start:
            self.cut += 1
            self._cut_of.add(document)
        return start + given

    def of(self, quote: str, evidence: Iterable[Evidence]) -> str:
        """A record's `quote`, which stands where its first document's `evidence` says; titles are no part of it. Empty
        where too little of it could be shown to say anything."""
        if self._limit is None or not quote:
            return quote
        spans = [item for item in evidence if item.field == "text"]
        spans = [item for item in spans if item.document == spans[0].document]
        wanted = sum(item.end - item.start for item in spans)
        document = spans[0].document if spans else ""
        article = self._first_copy.get(document, document)
        before = self._quoted.get(article)
        given = sum(self._allow(item.document, item.start, item.end) for item in spans)
        if given >= wanted:
            return quote
        self.cut += 1
        self._cut_of.add(document)
        words = shortened(quote, len(quote) * given // wanted)
        if len(words) >= min(_TELLING, len(quote) // 3) and len(words.split()) >= _FEWEST:
            return words
        # A stump says nothing and would cost what a later quotation can be shown whole with.
        if before is None:
            del self._quoted[article]
        else:
            self._quoted[article] = before
        return ""

    def _allow(self, document: str, start: int, end: int) -> int:
        """How many characters of these may be shown; they count as shown from now on."""
        text = self._source.text(document).text
        article = self._first_copy.get(document, document)
        left, most, spans, words = self._quoted.get(article, _Quoted())
        if document not in spans:
            limit = self._limit or QuotationLimit()
            own = min(limit.characters, int(len(text) * limit.share))
            left, most = left + max(0, own - most), max(most, own)  # the longest copy is the article
        carried = ((at, at + len(each)) for each in words if (at := text.find(each)) >= 0)
        shown = _joined([*spans.get(document, ()), *carried])
        at = start
        for low, high in [*shown, (end, end)]:
            if high <= at:
                continue
            fresh = max(0, min(low, end) - at)
            paid = min(fresh, left)
            left -= paid
            at += paid
            if paid < fresh or at >= end:
                break
            at = min(max(at, high), end)
        if at > start:
            shown = _joined([*shown, (start, at)])
            if article in self._first_copy and text[start:at] not in words:
                words = (*words, text[start:at])
        self._quoted[article] = _Quoted(left, most, {**spans, document: shown}, words)
        return at - start

    @cached_property
    def _first_copy(self) -> Mapping[str, str]:
        """Of texts that have each other's words, the first by id."""
        first: dict[str, str] = {}

        def of(id_: str) -> str:
            while first.setdefault(id_, id_) != id_:
                id_ = first[id_]
            return id_

        for derivation in self._source.derivations():
            if derivation.kind in _COPIES:
                low, high = sorted((of(derivation.source), of(derivation.target)))
                first[high] = low
        return {id_: of(id_) for id_ in first}


def _joined(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The same characters as the fewest stretches, in text order."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return tuple(joined)


def shortened(text: str, length: int) -> str:
    """A text's first whole words within a length, and that there was more."""
    kept = text[:length]
    if length < len(text) and not text[length].isspace():
        kept = kept[: max(kept.rfind(" "), 0)]
    return f"{kept.rstrip()}…"
