"""Whose word stands behind some characters: their origin, their outlet, their date; and the prose about them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from variorum.records import READ_KINDS, Annotation, Document, Provenance, Span

_SENTENCE = re.compile(r"(?<=[.!?])[\"'”’)]{0,2}\s+(?=[\"'“‘(]{0,2}[A-Z0-9])")
_ABBREVIATED = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Gen|Lt|Col|Maj|Sgt|Capt|Gov|Sen|Rep|St|Rev|Prof|No|Jan|Feb|Aug|Sept|Oct|Nov|Dec)\.)$"
)


class Prose(NamedTuple):
    """The readable sentences of one document, in text order; `blocks` numbers the paragraph of each."""

    sentences: tuple[Span, ...]
    blocks: tuple[int, ...]

    def number(self, at: int) -> int | None:
        """Which sentence holds the character `at`; None where it stands in no readable block."""
        found = bisect_right(self.sentences, (at, 1 << 60)) - 1
        return found if found >= 0 and at < self.sentences[found].end else None


def prose(document: Document) -> Prose:
    """Cut the readable blocks into sentences at closing punctuation before a capital, abbreviations aside."""
    sentences: list[Span] = []
    blocks: list[int] = []
    for number, block in enumerate(document.blocks):
        if block.kind not in READ_KINDS:
            continue
        start, text = block.start, document.text[block.start : block.end]
        for match in _SENTENCE.finditer(text):
            if not _ABBREVIATED.search(text[: match.start()][-6:]):
                sentences.append(Span(start, block.start + match.end()))
                blocks.append(number)
                start = block.start + match.end()
        if start < block.end:
            sentences.append(Span(start, block.end))
            blocks.append(number)
    return Prose(tuple(sentences), tuple(blocks))


class Witnesses:
    """Looks up origin, outlet and date of any characters of a collection."""

    def __init__(
        self, documents: Sequence[Document], annotations: Mapping[str, Annotation], provenance: Provenance
    ) -> None:
        self.documents = {document.id: document for document in documents}
        self.annotations = annotations
        self._origin_of = provenance.origin_of
        self._passages: dict[str, list[tuple[Span, str]]] = {}
        for origin in provenance.origins:
            for passage in origin.passages:
                self._passages.setdefault(passage.document, []).append((passage.span, origin.id))
        for found in self._passages.values():
            found.sort()
        self._prose: dict[str, Prose] = {}

    def origin(self, document: str, at: int) -> str:
        """The origin of the character `at`: that of its own passage, else the document's, else the document itself."""
        for span, origin in self._passages.get(document, ()):
            if span.start <= at < span.end:
                return origin
        return self._origin_of.get(document, document)

    def origins(self, places: Sequence[tuple[str, int]]) -> tuple[str, ...]:
        return tuple(sorted({self.origin(document, at) for document, at in places}))

    def stamp(self, document: str, at: int) -> str | None:
        """The date of the words at `at` with all its precision: of the live-blog entry, the document, or the first day
        of its family. An undated copy has its family's words: none of them is later for standing there too."""
        found = self.documents[document]
        for block in found.blocks:
            if block.start <= at < block.end:
                if block.moment is not None:
                    return block.moment
                break
        if found.published is not None:
            return found.published
        annotation = self.annotations.get(document)
        return annotation.reference.earliest if annotation is not None else None

    def as_of(self, document: str, at: int) -> str | None:
        """The date of the words at `at`, to the day at most."""
        stamp = self.stamp(document, at)
        return stamp[:10] if stamp else None

    def outlet(self, document: str) -> str | None:
        return self.documents[document].outlet

    def in_notice(self, document: str, at: int) -> bool:
        """Whether the character `at` stands in a notice by which an outlet corrects itself."""
        blocks = self.documents[document].blocks
        return any(block.kind == "correction" and block.start <= at < block.end for block in blocks)

    def text(self, document: str, span: Span) -> str:
        return self.documents[document].text[span.start : span.end]

    def prose(self, document: str) -> Prose:
        if document not in self._prose:
            self._prose[document] = prose(self.documents[document])
        return self._prose[document]
