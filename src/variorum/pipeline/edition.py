"""An edition in a reader's hands: the records in force, and the texts that they reach into."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from variorum.errors import UnknownEventError, UnknownIdError
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
    Evidence,
    Link,
    Origin,
    Record,
    Snippet,
    Statement,
    Story,
    StoryOrder,
    StorySummary,
)
from variorum.review import corrected, replay
from variorum.store import Named, OpenReader, Reader, StoredDocument, open_store, place

from .queries import coded, spoken

if TYPE_CHECKING:
    from variorum.exports.formats import ExportOptions
    from variorum.exports.notebook import Events
    from variorum.exports.source import Source

    from .differences import Differences
    from .faults import Fault
    from .reviewed import Reviewed

R = TypeVar("R", bound=Record)
Q = TypeVar("Q", EventQuery, DocumentQuery)

_EVENT_ID = re.compile("e-[0-9a-f]{16}")
_PAGE = 200  # events read at a time while all that answer a query are gone through


class Edition:
    """All accounts of what happened, laid side by side.

    Everything is read from the store when it is first asked for. `find`, `claims_of` and their kind read the rows that
    they need and no more, and see what another run put in force since; `events`, `claims` and their kind read the whole
    edition once and keep it. Use it as a context manager, or call `close`.

        with variorum.open("reports.sqlite") as edition:
            for event in edition.find(EventQuery(actors=("IRN",), since="2024-01-16")):
                print(event.headline, [edition.quote(item) for item in event.evidence])
    """

    def __init__(self, store: OpenReader, path: str | Path | None = None) -> None:
        self._store = store
        self._reader: Reader = store
        self.path = place(path)
        self.target = path  # with the password that `path` does not show

    @classmethod
    def open(cls, path: str | Path) -> Edition:
        """The edition in a file, or at a ``postgresql://`` address. Raises EditionError where there is none."""
        return cls(open_store(path, create=False), path)

    @cached_property
    def content(self) -> EditionContent:
        """The whole edition as one record, as its JSON has it."""
        return self._reader.content()

    @property
    def documents(self) -> tuple[EditionDocument, ...]:
        """Every document with its story and origin, the rejected ones with their reason, by id."""
        return self.content.documents

    @property
    def rejected(self) -> tuple[EditionDocument, ...]:
        return tuple(document for document in self.content.documents if document.rejected is not None)

    @cached_property
    def events(self) -> Events:
        """The events, in the order of their time: a tuple that notebooks show as a table and a map."""
        from variorum.exports.notebook import Events

        return Events(self.content.events)

    @property
    def claims(self) -> tuple[Claim, ...]:
        return self.content.claims

    @property
    def contradictions(self) -> tuple[Contradiction, ...]:
        """What two speakers say of one event and cannot both be true."""
        return self.content.contradictions

    @property
    def links(self) -> tuple[Link, ...]:
        return self.content.links

    @property
    def stories(self) -> tuple[Story, ...]:
        return self.content.stories

    @property
    def origins(self) -> tuple[Origin, ...]:
        return self.content.origins

    @property
    def derivations(self) -> tuple[Derivation, ...]:
        return self.content.derivations

    @property
    def statements(self) -> tuple[Statement, ...]:
        return self.content.statements

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """The log of people's rulings as it stands, in the order of its writing."""
        return self._reader.decisions()

    @property
    def versions(self) -> dict[str, str]:
        return self._reader.versions()

    @property
    def state(self) -> str:
        """Names the edition as it stands: it changes with what is in force and with the log of decisions."""
        return self._reader.state()

    @property
    def content_state(self) -> str:
        """Names what is in force, whatever people ruled since it was made; not known of a served edition."""
        return self._reader.content_state()

    @contextmanager
    def snapshot(self) -> Iterator[Edition]:
        """The edition as it stands now: what is read of it inside the block fits together, whatever other runs write
        meanwhile. What writes many events with their claims and links reads them so."""
        with self._store.snapshot() as reader:
            frozen = type(self)(self._store, self.target)
            frozen._reader = reader
            yield frozen

    def find(self, query: EventQuery | None = None) -> Iterator[Event]:
        """The events that answer a query, all without one, in the order of their time, read as they are gone
        through."""
        meant, after = self.meant(query or EventQuery()), None
        while True:
            page = self._reader.find_events(meant, after, _PAGE)
            yield from page.events
            if page.next is None:
                return
            after = page.next

    def find_documents(self, query: DocumentQuery | None = None) -> Iterator[EditionDocument]:
        """The documents that answer a query, all without one, by day of publication, what has none last, then id."""
        meant, after = self.meant(query or DocumentQuery()), None
        while True:
            page = self._reader.find_documents(meant, after, _PAGE)
            yield from page.documents
            if page.next is None:
                return
            after = page.next

    def page(self, query: EventQuery, after: str | None = None, limit: int = 100) -> EventPage:
        """Some of the events that answer a query; `after` is the `next` of the page before. Raises QueryError where
        `after` is no such position or `limit` is not between 1 and 1000, and as `meant` does."""
        return self._reader.find_events(self.meant(query), after, limit)

    def document_page(self, query: DocumentQuery, after: str | None = None, limit: int = 100) -> DocumentPage:
        return self._reader.find_documents(self.meant(query), after, limit)

    def count(self, query: EventQuery | DocumentQuery, most: int | None = None) -> int:
        """How many events or documents answer a query. Of events `most`, where it is given and there are as many or
        more: that is told sooner than how many exactly."""
        if isinstance(query, EventQuery):
            return self._reader.count_events(self.meant(query), most)
        return self._reader.count_documents(self.meant(query))

    def meant(self, query: Q) -> Q:
        """A query as this edition takes it: codes in their own case, ids told by their beginnings in full. Raises
        QueryError where a code is none that there is, with those that there are, and UnknownIdError where an id is of
        nothing here. All that finds does this by itself."""
        given: dict[str, Any] = {} if query.story is None else {"story": self.story(query.story).id}
        given["events"] = tuple(self.event(id_).id for id_ in query.events)
        if isinstance(query, EventQuery):
            given["documents"] = tuple(self.edition_document(id_).id for id_ in query.documents)
            whole = coded(query, lambda one: bool(self._reader.find_events(one, None, 1).events))
            return msgspec.structs.replace(whole, **given)  # type: ignore[return-value]
        given["origin"] = self.origin(query.origin).id if query.origin is not None else None
        return msgspec.structs.replace(spoken(query), **given)

    def number(self, kind: type[Record]) -> int:
        """How many records of a kind the edition has."""
        return self._reader.count(kind)

    def summaries(
        self, order: StoryOrder = "told", limit: int = 100, offset: int = 0, ids: Sequence[str] | None = None
    ) -> tuple[StorySummary, ...]:
        """Stories in numbers: some of all in an order, or of `ids`. Raises QueryError as `page` does."""
        return self._reader.summaries(order, limit, offset, ids)

    def of_story(self, kind: type[R], story: str) -> tuple[R, ...]:
        """The records of a kind (`Link`, `Contradiction`, `Derivation`, `Origin`) within the story of this id."""
        return self._reader.of_story(kind, story)

    def some(self, kind: type[R], after: str | None = None, limit: int = 100) -> tuple[tuple[R, ...], str | None]:
        """A page of what `each` gives, and the position of the next one. Raises QueryError as `page` does."""
        return self._reader.some(kind, after, limit)

    def each(self, kind: type[R]) -> Iterator[R]:
        """All records of a kind (`Event`, `Claim`, `Link`, `Origin`, …), in the order that `content` has them, read as
        they are gone through."""
        return self._reader.records(kind)

    def claims_of(self, event: Event) -> tuple[Claim, ...]:
        """What is said of an event."""
        return self._reader.claims(event.id)

    def links_of(self, event: Event) -> tuple[Link, ...]:
        """The links from and to an event."""
        return self._reader.links(event.id)

    def told_at(self) -> dict[str, set[tuple[str, int, int]]]:
        """The characters that tell each event: document, start and end of every account that went into it."""
        return self._reader.told_at()

    def contradictions_of(self, event: Event) -> tuple[Contradiction, ...]:
        return self._reader.contradictions(event.id)

    def derivations_of(self, document: str) -> tuple[Derivation, ...]:
        """The derivations from and to a document, by its id."""
        return self._reader.derivations(document)

    def snippets(self, of: Event | EditionDocument, words: str, limit: int = 3) -> tuple[Snippet, ...]:
        """Where the words of a query stand in the passages that tell an event, or in a document: the first `limit`
        passages, with their exact characters."""
        if isinstance(of, Event):
            return self.snippets_of([of], words, limit)[of.id]
        return self._reader.document_snippets(of.id, words, limit)

    def snippets_of(self, events: Sequence[Event], words: str, limit: int = 3) -> dict[str, tuple[Snippet, ...]]:
        """`snippets` of several events at once, by their ids."""
        return self._reader.event_snippets([event.id for event in events], words, limit)

    def event(self, id_: str) -> Event:
        """The event of this id, or of the one id that begins so. Raises UnknownEventError."""
        found = self._named("event", id_, self._reader.event)
        if isinstance(found, Event):
            return found
        problem = "no event has" if not found else f"{found} or more events begin with"
        raise UnknownEventError(f"{problem} the id {id_!r}; `variorum show` lists them", id_)

    def story(self, id_: str) -> Story:
        """The story of this id, or of the one id that begins so. Raises UnknownIdError."""
        found = self._named("story", id_, self._reader.story)
        if isinstance(found, Story):
            return found
        raise UnknownIdError(f"no one story has the id {id_!r}; `variorum show` lists them")

    def origin(self, id_: str) -> Origin:
        """The origin of this id. Raises UnknownIdError where there is none."""
        found = self._reader.origin(id_)
        if found is None:
            raise UnknownIdError(f"no origin has the id {id_!r}")
        return found

    def edition_document(self, id_: str) -> EditionDocument:
        """The line in the edition (story, origin, reason of rejection) of the document of this id, or of the one id
        that begins so. Raises UnknownIdError."""
        found = self._named("document", id_, self._reader.edition_document)
        if isinstance(found, EditionDocument):
            return found
        problem = "no document has" if not found else f"{found} or more documents begin with"
        raise UnknownIdError(f"{problem} the id {id_!r}; `variorum search` lists them")

    def _named(self, kind: Named, id_: str, get: Callable[[str], R | None]) -> R | int:
        """What has this id, or the one id that begins so; else how many begin so, at least."""
        if (found := get(id_)) is not None:
            return found
        ids = self._reader.ids(kind, id_)
        found = get(ids[0]) if len(ids) == 1 else None
        return found if found is not None else len(ids)

    def faults(self, head: str | None = None) -> Iterator[Fault]:
        """What is broken in the edition: offsets outside their texts, quotations and figures that do not stand where
        they should, pages that are not what they hash to, ids of nothing, a log of custody that does not hang together
        or does not fit the rest. Nothing where all of it holds together. `head` is a hash that the log of custody had
        earlier, and must still have."""
        from .verification import faults

        with self._store.snapshot() as reader:
            yield from faults(reader, head)

    def custody(self) -> Iterator[CustodyEntry]:
        """The log of what was done to the edition, from the first entry to the last."""
        return self._reader.custody()

    @property
    def head(self) -> CustodyEntry | None:
        """The last entry of the log of custody. Whoever keeps its hash elsewhere can tell later whether anything before
        it was changed."""
        return self._reader.head()

    def entry(self, number: int) -> CustodyEntry | None:
        """The entry of this number of the log of custody."""
        return self._reader.entry(number)

    def changes(self, since: int) -> tuple[ContentChange, ...] | None:
        """What runs changed after an entry of the log of custody, by ids and digests; None where the edition does not
        know what was in force then."""
        return self._reader.changes(since)

    def rulings_after(self, number: int) -> int:
        """How many rulings were made after an entry of the log of custody."""
        return self._reader.rulings_after(number)

    def differences(self, after: Edition) -> Differences:
        """What changed from this edition to another one."""
        from .differences import differences

        with self.snapshot() as one, after.snapshot() as other:
            return differences(one._reader, other._reader)

    def stored(self, id_: str) -> StoredDocument:
        """A document with its text and layers. Raises UnknownIdError where the edition has none of this id."""
        if id_ not in self._stored:
            found = self._reader.document(id_)
            if found is None:
                raise UnknownIdError(f"no document has the id {id_!r}")
            self._stored[id_] = found
        return self._stored[id_]

    def document(self, id_: str) -> Document:
        """A document with its text. Raises UnknownIdError where the edition has none of this id."""
        if id_ in self._stored:
            return self._stored[id_].document
        if id_ not in self._documents:
            for found in self._reader.documents_of((id_,)):
                self._documents[id_] = found
        if id_ not in self._documents:
            raise UnknownIdError(f"no document has the id {id_!r}")
        return self._documents[id_]

    def layers(self, id_: str) -> Annotation | None:
        """The layers of a document with people's corrections laid over what the machine made; None where it has none.
        Raises UnknownIdError."""
        stored, log = self.stored(id_), self.decisions
        if stored.annotation is None or not log:
            return stored.annotation
        return corrected({id_: stored.annotation}, lambda _: stored.document.text, replay(log))[id_]

    def reviewed(self) -> Reviewed:
        """People's rulings in force, by what they are on, and what this run finds of them."""
        from .reviewed import Reviewed

        return Reviewed(self._reader)

    def successor(self, id_: str) -> Event | None:
        """The event that now tells what an event told whose id, given whole, is gone: it was merged with another one,
        or coded anew. None where there is none."""
        from .reviewed import successor

        found = successor(self._reader, id_) if _EVENT_ID.fullmatch(id_) else None
        return None if found is None else self._reader.event(found)

    def quote(self, evidence: Evidence) -> str:
        """The exact characters that a value rests on."""
        document = self.document(evidence.document)
        text = document.text if evidence.field == "text" else document.title or ""
        return text[evidence.start : evidence.end]

    def to_json(self, *, indent: int = 0) -> str:
        """The edition as ``variorum/1`` JSON; `indent` 0 is one line."""
        encoded = msgspec.json.encode(self.content)
        return (msgspec.json.format(encoded, indent=indent) if indent else encoded).decode("utf-8")

    def source(self, documents: DocumentQuery | None = None) -> Source:
        """What the formats of `variorum.exports.formats` read, of all documents or of those that answer a query. It
        reads the store as it goes. Raises as `meant` does."""
        from .edition_source import StoreSource

        if documents is None:
            return StoreSource(self._reader, self.find)
        meant = self.meant(documents)
        return StoreSource(self._reader, self.find, lambda: self.find_documents(meant))

    def export(
        self, format_: str, output: str | Path, *, query: EventQuery | None = None, options: ExportOptions | None = None
    ) -> tuple[str, ...]:
        """Write the edition, or its part about the events that answer a query, in a format (`docs/exports.md`) to a
        file; several files go into the folder `output`. Private persons stand under pseudonyms unless the options say
        otherwise. Gives what was left out or cut, a line each. Raises ExportError where there is no such format, where
        it cannot be written, and where it needs an extra, InputError where no secret for pseudonyms can be had."""
        from variorum.exports.formats import ExportOptions

        from .exporting import format_named, job, note, told_of, write

        chosen = format_named(format_)
        with job(self, query, options) as found:
            write(found, chosen, Path(output))
            notes = tuple(found.notes())
        detail = told_of(options or ExportOptions())
        problem = note(self.target, chosen.name, Path(output), detail) if self.target is not None else None
        return (*notes, problem) if problem is not None else notes

    def to_arrow(self, table: str = "events", query: EventQuery | None = None, *, full_text: bool = False) -> Any:
        """A table of `docs/exports.md` ("events", "readings", "claims" …) as a `pyarrow.Table`: of the whole edition,
        or of its part about the events that answer a query. The documents' texts are in it with `full_text`
        alone; names are, for it stays in your hands. Raises ExportError where there is no such table or the extra
        `variorum[arrow]` is not installed."""
        from variorum.exports.formats import ExportOptions
        from variorum.exports.frames import arrow
        from variorum.exports.privacy import SHOWN

        from .exporting import job

        with job(self, query, ExportOptions(full_text=full_text, privacy=SHOWN)) as found:
            return arrow(found.source, table, full_text=full_text)

    def to_pandas(self, table: str = "events", query: EventQuery | None = None, *, full_text: bool = False) -> Any:
        """As `to_arrow`, a `pandas.DataFrame`; needs `variorum[pandas]`."""
        from variorum.exports.frames import pandas

        return pandas(self.to_arrow(table, query, full_text=full_text))

    def to_polars(self, table: str = "events", query: EventQuery | None = None, *, full_text: bool = False) -> Any:
        """As `to_arrow`, a `polars.DataFrame`; needs `variorum[polars]`."""
        from variorum.exports.frames import polars

        return polars(self.to_arrow(table, query, full_text=full_text))

    def _repr_html_(self) -> str:
        return self.events._repr_html_()

    def to_html(self) -> str:
        """The edition as one self-contained HTML page: no outside request, readable without a script."""
        from variorum.exports.html import render

        read = (
            item.id for item in self.documents if item.origin is not None
        )  # a layer's fault may have cost one since
        return render(self.content, {id_: self.document(id_) for id_ in read})

    def close(self) -> None:
        self._store.close()

    def __enter__(self) -> Edition:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def __repr__(self) -> str:
        counts = {kind: self._reader.count(kind) for kind in (EditionDocument, Story, Event, Claim)}
        return (
            f"<Edition {self.path or 'in memory'}: {counts[EditionDocument]} documents, "
            f"{counts[Story]} stories, {counts[Event]} events, {counts[Claim]} claims>"
        )

    @cached_property
    def _stored(self) -> dict[str, StoredDocument]:
        return {}

    @cached_property
    def _documents(self) -> dict[str, Document]:
        return {}
