"""The `Store` seam: what the pipeline and the readers ask of a place where an edition lives.

Observations (pages, documents, annotations) are only ever added. Computed content (derivations, events, claims,
links) is replaced as a whole, in one transaction, so a reader sees the old edition or the new one and never a mixture.
Decisions are appended and never changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from variorum.records import Annotation, Decision, Document, EditionContent, Page, Record, Rejection

SCHEMA_VERSION = 1


class StoredDocument(Record, frozen=True, kw_only=True):
    """A document as stored, with all the layers over it; `annotation` None where it was rejected or is unsupported."""

    document: Document
    annotation: Annotation | None


class Store(Protocol):
    """One edition. Every method raises EditionError where the backend fails."""

    def add_pages(self, pages: Iterable[Page]) -> None:
        """Keep pages as got. A page that is there already gains a capture where its source is new."""
        ...

    def add_rejections(self, rejections: Iterable[Rejection]) -> None: ...

    def add_documents(self, documents: Iterable[Document]) -> None:
        """Keep documents; the same id replaces, for a stage of a newer version may read a page better."""
        ...

    def documents(self) -> Iterator[Document]:
        """All documents, rejected ones too, by id."""
        ...

    def pages(self) -> Iterator[Page]:
        """All pages, by id, each with its least source."""
        ...

    def sources_changed(self) -> list[str]:
        """Sources that gave more than one page: what stands there changed between runs, and all versions are kept."""
        ...

    def rejections(self) -> Iterator[Rejection]:
        """What could not be read, by id; not those whose source gave a page since (a file that was mended)."""
        ...

    def add_annotations(self, annotations: Mapping[str, Annotation]) -> None:
        """Keep annotations by their work key: the hash of stage versions, document and reference time."""
        ...

    def annotations(self, keys: Iterable[str]) -> dict[str, Annotation]:
        """Those of the work keys that are done."""
        ...

    def add_derivation_work(self, found: Mapping[str, bytes]) -> None:
        """Keep what derivation found of single texts and pairs, by its work keys; the same key replaces."""
        ...

    def derivation_work(self, keys: Iterable[str]) -> dict[str, bytes]:
        """Those of derivation's work keys that are done."""
        ...

    def annotation_of(self, document: str) -> Annotation | None:
        """The annotation that the content in force was made from."""
        ...

    def replace_content(self, content: EditionContent, annotations: Mapping[str, str]) -> None:
        """Put a newly computed edition in force; `annotations` gives each document's work key."""
        ...

    def content(self) -> EditionContent:
        """The edition in force; empty where none was computed yet."""
        ...

    def document(self, id_: str) -> StoredDocument | None: ...

    def decisions(self) -> tuple[Decision, ...]:
        """The log, in the order of its writing."""
        ...

    def append_decisions(self, decisions: Iterable[Decision]) -> None: ...

    def close(self) -> None: ...
