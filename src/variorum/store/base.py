"""The `Store` seam: what the pipeline and the readers ask of a place where an edition lives.

Observations (pages, documents, annotations) are only ever added. Computed content (derivations, events, claims,
links) is replaced as a whole, in one transaction, so a reader sees the old edition or the new one and never a mixture.
Decisions are appended and never changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Literal, Protocol, TypeVar

from variorum.records import (
    Annotation,
    Claim,
    ContentChange,
    Contradiction,
    CustodyEntry,
    Decision,
    Derivation,
    Document,
    DocumentPage,
    DocumentQuery,
    EditionContent,
    EditionDocument,
    Event,
    EventPage,
    EventQuery,
    Link,
    Origin,
    Page,
    Record,
    Redaction,
    Rejection,
    Snippet,
    Story,
    StoryOrder,
    StorySummary,
)

R = TypeVar("R", bound=Record)
Named = Literal["document", "event", "origin", "story"]

PAGE = 100
"""Rows of a page where no other number is asked for."""


def is_url(target: str) -> bool:
    """Whether a target names an edition in PostgreSQL and not in a file."""
    return re.match(r"postgres(?:ql)?(?:\+psycopg)?://", target) is not None


def place(target: str | Path | None) -> Path | str | None:
    """Where an edition is, to be shown: a file, or an address without its password."""
    if isinstance(target, str) and is_url(target):
        return re.sub(r"(://[^:/@?]*):[^@/?]*@", r"\1:***@", target)
    return Path(target) if target is not None else None


class StoredDocument(Record, frozen=True, kw_only=True):
    """A document as stored, with all the layers over it; `annotation` None where it was rejected or is unsupported."""

    document: Document
    annotation: Annotation | None


class Captures(Record, frozen=True, kw_only=True):
    """Where a page was got, and when, where that was told."""

    page: str
    sources: tuple[str, ...]
    moments: tuple[str, ...]


class Reader(Protocol):
    """What can be read of one edition. Every method raises EditionError where the backend fails.

    Lists are read in pages: `after` is the `next` of the page before. What iterates holds no more than a page.
    """

    def damage(self) -> tuple[str, ...]:
        """What the backend itself finds broken in its file; nothing where it keeps no file of its own."""
        ...

    def row_faults(self) -> Iterator[tuple[str, str]]:
        """The rows that are not as the records make them: of what, and in which table."""
        ...

    # what was observed

    def pages(self) -> Iterator[Page]:
        """All pages, by id, each with its least source."""
        ...

    def sources_changed(self) -> list[str]:
        """Sources that gave more than one page: what stands there changed between runs, and all versions are kept."""
        ...

    def rejections(self) -> Iterator[Rejection]:
        """What could not be read, by id; not those whose source gave a page since (a file that was mended)."""
        ...

    def documents(self) -> Iterator[Document]:
        """All documents, rejected ones too, by id."""
        ...

    def document(self, id_: str) -> StoredDocument | None: ...

    def documents_of(self, ids: Sequence[str]) -> list[Document]:
        """Those of some ids, by id, without their layers. There may be as many as a page has rows."""
        ...

    def annotations(self, keys: Iterable[str]) -> dict[str, Annotation]:
        """Those of the work keys that are done."""
        ...

    def annotation_of(self, document: str) -> Annotation | None:
        """The annotation that the content in force was made from."""
        ...

    def derivation_work(self, keys: Iterable[str]) -> dict[str, bytes]:
        """Those of derivation's work keys that are done."""
        ...

    def decisions(self) -> tuple[Decision, ...]:
        """The log, in the order of its writing."""
        ...

    def captures(self) -> Iterator[Captures]:
        """Where and when every page was got, by the page's id."""
        ...

    def redactions(self) -> tuple[Redaction, ...]:
        """What was taken out of the edition, by the page's id."""
        ...

    def taken_out(self) -> dict[str, bool]:
        """The documents that were taken out, by id: whether `Store.settle` came to its end since."""
        ...

    def custody(self) -> Iterator[CustodyEntry]:
        """The log of custody, from its first entry to its last."""
        ...

    def head(self) -> CustodyEntry | None:
        """The last entry of the log of custody; None where nothing was done yet."""
        ...

    def entry(self, number: int) -> CustodyEntry | None:
        """The entry of this number of the log of custody."""
        ...

    def rulings_after(self, number: int) -> int:
        """How many rulings were made after an entry of the log of custody."""
        ...

    def changes(self, since: int) -> tuple[ContentChange, ...] | None:
        """What runs after an entry of the log of custody changed of what was in force, in the order of the log; None
        where the edition does not know what was in force then: nothing was, or it was of an earlier schema."""
        ...

    def content_state(self) -> str:
        """Names what is in force, whatever people ruled since it was made; `state` changes with their log too."""
        ...

    def content_digest(self) -> str:
        """SHA-256 of what is in force, of its records as they are stored; what the last entry on processing has."""
        ...

    def row_digests(self) -> Iterator[tuple[str, str, str]]:
        """The SHA-256 of every row: its table, its key as JSON, the hash; by table and key. Indices are left out."""
        ...

    def observations(self) -> Iterator[tuple[str, list[dict[str, Any]]]]:
        """All that `Store.add_observations` takes over into another edition: some rows at a time, with their table."""
        ...

    # what was computed

    def content(self) -> EditionContent:
        """The edition in force; empty where none was computed yet."""
        ...

    def versions(self) -> dict[str, str]:
        """Every model, data file and stage behind the edition in force."""
        ...

    def count(self, kind: type[Record]) -> int:
        """How many records of a kind (`Event`, `Claim`, …) the edition in force has."""
        ...

    def records(self, kind: type[R]) -> Iterator[R]:
        """All records of a kind of the edition in force, in the order of `EditionContent`: `EditionDocument`,
        `Derivation`, `Origin`, `Event`, `Claim`, `Link`, `Story`, `Statement` or `Contradiction`."""
        ...

    def some(self, kind: type[R], after: str | None = None, limit: int = PAGE) -> tuple[tuple[R, ...], str | None]:
        """A page of what `records` gives, and the position of the next one; None where there are no more. Raises
        QueryError as `find_events` does."""
        ...

    def state(self) -> str:
        """Names the edition as it stands: a digest of what is in force and of the log of decisions."""
        ...

    def ids(self, kind: Named, beginning: str, limit: int = 2) -> tuple[str, ...]:
        """The first `limit` ids of a kind that begin so, with or without the letter that every id of the kind has; the
        one id alone where it is given whole."""
        ...

    def find_events(self, query: EventQuery, after: str | None = None, limit: int = PAGE) -> EventPage:
        """A page of the events that answer, in the order of time (that of `EditionContent.events`). Raises QueryError
        where `after` is no position or `limit` is not between 1 and `records.queries.MOST`."""
        ...

    def count_events(self, query: EventQuery, most: int | None = None) -> int:
        """How many answer; `most` where there are as many or more, which is told sooner."""
        ...

    def find_documents(self, query: DocumentQuery, after: str | None = None, limit: int = PAGE) -> DocumentPage:
        """A page of the documents that answer, by day of publication, what has none last, then id. Raises QueryError
        as `find_events` does."""
        ...

    def count_documents(self, query: DocumentQuery) -> int: ...

    def event(self, id_: str) -> Event | None: ...

    def story(self, id_: str) -> Story | None: ...

    def origin(self, id_: str) -> Origin | None: ...

    def summaries(
        self, order: StoryOrder = "told", limit: int = PAGE, offset: int = 0, ids: Sequence[str] | None = None
    ) -> tuple[StorySummary, ...]:
        """Stories in numbers: those from `offset` on in an order, of `ids` alone where they are given. Raises
        QueryError where `limit` is not between 1 and `records.queries.MOST`."""
        ...

    def of_story(self, kind: type[R], story: str) -> tuple[R, ...]:
        """The records of a kind within a story, in the edition's order: a `Link` of one of its events, a
        `Contradiction` of one, a `Derivation` between its documents, an `Origin` of one."""
        ...

    def edition_document(self, id_: str) -> EditionDocument | None:
        """A document's line in the edition in force."""
        ...

    def claims(self, event: str) -> tuple[Claim, ...]:
        """What is said of an event, in the edition's order."""
        ...

    def told_at(self) -> dict[str, set[tuple[str, int, int]]]:
        """The characters that tell each event: document, start, end of every mention that went into it."""
        ...

    def links(self, event: str) -> tuple[Link, ...]:
        """The links from and to an event."""
        ...

    def contradictions(self, event: str) -> tuple[Contradiction, ...]: ...

    def event_snippets(self, events: Sequence[str], words: str, limit: int = 3) -> dict[str, tuple[Snippet, ...]]:
        """Where the words of a query stand in the passages that tell each of some events, by document and place; of
        each the first `limit` passages."""
        ...

    def document_snippets(self, document: str, words: str, limit: int = 3) -> tuple[Snippet, ...]:
        """Where the words of a query stand in a document; the first `limit` passages."""
        ...

    def derivations(self, document: str) -> tuple[Derivation, ...]:
        """The derivations from and to a document."""
        ...


class OpenReader(Reader, Protocol):
    """One edition that was opened for reading."""

    def snapshot(self) -> AbstractContextManager[Reader]:
        """The edition as it stands now, for several reads that must fit each other; writers are not held up."""
        ...

    def close(self) -> None: ...


class Store(OpenReader, Protocol):
    """One edition that can be written. What is written is written in transactions, each whole or not at all."""

    def add_pages(self, pages: Iterable[Page]) -> None:
        """Keep pages as got. A page that is there already gains a capture where its source is new."""
        ...

    def add_observations(self, other: Reader) -> None:
        """Keep the pages of another edition with where and when they were got, what could not be read for it, and what
        was found of its texts; its decisions and what was computed of it are left. Each part is a transaction."""
        ...

    def add_rejections(self, rejections: Iterable[Rejection]) -> None: ...

    def add_documents(self, documents: Iterable[Document]) -> None:
        """Keep documents; the same id replaces, for a stage of a newer version may read a page better."""
        ...

    def add_annotations(self, annotations: Mapping[str, Annotation]) -> None:
        """Keep annotations by their work key: the hash of stage versions, document and reference time."""
        ...

    def add_derivation_work(self, found: Mapping[str, bytes]) -> None:
        """Keep what derivation found of single texts and pairs, by its work keys; the same key replaces."""
        ...

    def replace_content(self, content: EditionContent, annotations: Mapping[str, str]) -> None:
        """Put a newly computed edition in force; `annotations` gives each document's work key. Rows that are in force
        as they are may be left."""
        ...

    def append_decisions(self, decisions: Iterable[Decision]) -> None: ...

    def redact(self, tombstones: Iterable[Redaction]) -> None:
        """Take pages out, with all that was found of them and with the bytes in which they stood; their tombstones and
        entries in the log of custody stay, and so no later run takes them in again. Rulings on them lose their words.
        What is in force still tells of them until it is computed anew and `settle` was called."""
        ...

    def settle(self) -> None:
        """Let no byte of what was deleted or replaced stay in the backend's file; nothing where it keeps none. What
        was taken out is then so for good."""
        ...

    def note_export(self, format_: str, digest: str, at: str, detail: Mapping[str, str]) -> None:
        """Note in the log of custody that the edition, or a part of it, was written in a format to a file of this
        SHA-256. `detail` says what else is known of it."""
        ...
