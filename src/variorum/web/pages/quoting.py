"""The words behind a fact: exact characters with what stands around them, and the way to the whole text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from variorum.exports.contexts import context
from variorum.pipeline import Edition
from variorum.records import EditionDocument, Evidence


@dataclass(frozen=True)
class Quoted:
    """`exact` are the characters ``[start, end)`` of a document's text, or of its title; `before` and `after` stand
    around them. `source` is what a reader calls the document."""

    before: str
    exact: str
    after: str
    source: str
    document: str
    start: int
    end: int
    in_title: bool
    language: str | None
    published: str | None


class Quoter:
    """Quotes the documents of one snapshot; each is read once."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._lines: dict[str, EditionDocument] = {}

    def quotes(self, evidence: Iterable[Evidence]) -> tuple[Quoted, ...]:
        """Each piece of evidence in context; the same characters once."""
        return tuple(map(self._quoted, dict.fromkeys(evidence)))

    def exact(self, item: Evidence) -> str:
        return self._edition.quote(item)

    def line(self, id_: str) -> EditionDocument:
        """A document's line in the edition."""
        if id_ not in self._lines:
            self._lines[id_] = self._edition.edition_document(id_)
        return self._lines[id_]

    def lines(self, evidence: Iterable[Evidence]) -> list[EditionDocument]:
        """The documents that evidence stands in, each once."""
        return [self.line(id_) for id_ in dict.fromkeys(item.document for item in evidence)]

    def source(self, id_: str) -> str:
        """What a reader calls a document: its outlet, else where it was found."""
        return self.line(id_).outlet or self.line(id_).source

    def _quoted(self, item: Evidence) -> Quoted:
        document = self._edition.document(item.document)
        text = document.text if item.field == "text" else document.title or ""
        around = context(document, item)
        return Quoted(
            before=around.before(text, item.start),
            exact=text[item.start : item.end],
            after=around.after(text, item.end),
            source=self.source(item.document),
            document=item.document,
            start=item.start,
            end=item.end,
            in_title=item.field == "title",
            language=document.language,
            published=document.published,
        )
