"""How much of each article an export may repeat."""

from __future__ import annotations

from collections.abc import Iterable

from variorum.records import Evidence, Record

from .source import Source

_TELLING = 200  # characters of a long quotation that say something though little of it is shown
_FEWEST = 4  # words of one that is cut, of which else a third must be shown


class QuotationLimit(Record, frozen=True, kw_only=True):
    """How much of one article an export may repeat in all: `characters`, and never more than `share` of its text.

    Two thousand characters are what a reader needs to judge the claims of one report, about a third of a usual one;
    half of a text is the most that still is a quotation of it. None lifts both."""

    characters: int = 2_000
    share: float = 0.5


class Quotations:
    """Hands out an edition's quotations within a limit on each article. Characters that were quoted before cost
    nothing again. `cut` counts the quotations that were cut, `articles` the texts that they are of."""

    def __init__(self, source: Source, limit: QuotationLimit | None) -> None:
        self._source = source
        self._limit = limit
        self._left: dict[str, int] = {}
        self._shown: dict[str, list[tuple[int, int]]] = {}
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
        left, shown = self._left.get(document), self._shown.get(document, [])
        given = sum(self._allow(item.document, item.start, item.end) for item in spans)
        if given >= wanted:
            return quote
        self.cut += 1
        self._cut_of.add(document)
        words = shortened(quote, len(quote) * given // wanted)
        if len(words) >= min(_TELLING, len(quote) // 3) and len(words.split()) >= _FEWEST:
            return words
        # A stump says nothing and would cost what a later quotation can be shown whole with.
        self._shown[document] = shown
        if left is None:
            del self._left[document]
        else:
            self._left[document] = left
        return ""

    def _allow(self, document: str, start: int, end: int) -> int:
        """How many characters of these may be shown; they count as shown from now on."""
        shown = self._shown.setdefault(document, [])
        if document not in self._left:
            limit = self._limit or QuotationLimit()
            length = len(self._source.text(document).text)
            self._left[document] = min(limit.characters, int(length * limit.share))
        at = start
        for low, high in [*shown, (end, end)]:
            if high <= at:
                continue
            fresh = max(0, min(low, end) - at)
            paid = min(fresh, self._left[document])
            self._left[document] -= paid
            at += paid
            if paid < fresh or at >= end:
                break
            at = min(max(at, high), end)
        if at > start:
            self._shown[document] = _joined([*shown, (start, at)])
        return at - start


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same characters as the fewest stretches, in text order."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def shortened(text: str, length: int) -> str:
    """A text's first whole words within a length, and that there was more."""
    kept = text[:length]
    if length < len(text) and not text[length].isspace():
        kept = kept[: max(kept.rfind(" "), 0)]
    return f"{kept.rstrip()}…"
