"""Reading an edition's rows, by SQLAlchemy Core, on any backend."""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any, TypeVar

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, Table, and_, case, func, or_, select, tuple_

from variorum.errors import QueryError
from variorum.identity import digest, stable_id
from variorum.records import (
    SCHEMA,
    Annotation,
    Claim,
    ContentChange,
    Contradiction,
    CustodyEntry,
    Decision,
    Declared,
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
    Statement,
    Story,
    StoryOrder,
    StorySummary,
)
from variorum.records.queries import MOST

from . import custody, finding, rows, tables
from .base import PAGE, Captures, Named, StoredDocument
from .checking import RowCheck
from .filters import document_conditions
from .fulltext import WordIndex
from .passages import Passage, snippet
from .positions import LAST
from .stories import story_parts, story_summaries
from .words import parse

R = TypeVar("R", bound=Record)

_CHUNK = 500  # keys a statement: well under SQLite's limit on bound values
_EVENTS = 50  # events whose passages are held at once
_PAGES = 50  # pages held at once while all are read: a page has up to 20 MB
_TABLES: dict[type[Record], tuple[Table, tuple[str, ...]]] = {
    EditionDocument: (tables.IN_FORCE, ("position",)),
    Derivation: (tables.DERIVATIONS, ("source", "target")),
    Origin: (tables.ORIGINS, ("id",)),
    Event: (tables.EVENTS, ("position",)),
    Claim: (tables.CLAIMS, ("position",)),
    Link: (tables.LINKS, ("position",)),
    Story: (tables.STORIES, ("position",)),
    Statement: (tables.STATEMENTS, ("id",)),
    Contradiction: (tables.CONTRADICTIONS, ("position",)),
}
_NAMED: dict[Named, tuple[Table, str]] = {
    "document": (tables.IN_FORCE, "d-"),
    "event": (tables.EVENTS, "e-"),
    "origin": (tables.ORIGINS, "o-"),
    "story": (tables.STORIES, "s-"),
}
_STATE = select(
    select(tables.EDITION.c.value).where(tables.EDITION.c.key == tables.DIGEST).scalar_subquery(),
    select(tables.DECISIONS.c.id).order_by(tables.DECISIONS.c.number.desc()).limit(1).scalar_subquery(),
)
"""The digest of what is in force and the last entry of the log: asked for with all else that a server reads."""


class RowReader:
    """`Reader` over the rows of one edition; `reading` gives a connection inside a transaction that reads."""

    def __init__(self, reading: Callable[[], AbstractContextManager[Connection]], index: WordIndex) -> None:
        self._reading = reading
        self._index = index
        self._states: dict[tuple[str, str], str] = {}

    def at(self, connection: Connection) -> RowReader:
        """A reader of what one transaction sees."""
        reader = RowReader(lambda: nullcontext(connection), self._index)
        reader._states = self._states
        return reader

    def damage(self) -> tuple[str, ...]:
        with self._reading() as connection:
            if connection.dialect.name != "sqlite":
                return ()
            found = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
        return tuple(str(each) for each in found if each != "ok")

    def row_faults(self) -> Iterator[tuple[str, str]]:
        with self._reading() as connection:
            yield from RowCheck(self.at(connection), connection).broken()

    # what was observed

    def pages(self) -> Iterator[Page]:
        least = select(func.min(tables.CAPTURES.c.source)).where(tables.CAPTURES.c.page == tables.PAGES.c.id)
        first = select(func.min(tables.MOMENTS.c.captured)).where(tables.MOMENTS.c.page == tables.PAGES.c.id)
        query = select(
            tables.PAGES, least.scalar_subquery().label("source"), first.scalar_subquery().label("captured")
        ).order_by(tables.PAGES.c.id)
        last = ""
        while found := self._all(query.where(tables.PAGES.c.id > last).limit(_PAGES)):
            last = found[-1]["id"]
            for row in found:
                yield Page(
                    id=row["id"],
                    source=row["source"] or "",
                    media=row["media"],
                    content=row["content"],
                    declared=rows.decode(row["declared"], Declared),
                    captured=row["captured"],
                )

    def sources_changed(self) -> list[str]:
        captures = tables.CAPTURES.c
        query = select(captures.source).group_by(captures.source).having(func.count() > 1).order_by(captures.source)
        return [row["source"] for row in self._all(query)]

    def rejections(self) -> Iterator[Rejection]:
        read_since = select(tables.CAPTURES.c.page).where(tables.CAPTURES.c.source == tables.REJECTIONS.c.source)
        for row in self._all(select(tables.REJECTIONS).where(~read_since.exists()).order_by(tables.REJECTIONS.c.id)):
            yield Rejection(**row)

    def documents(self) -> Iterator[Document]:
        ids = select(tables.DOCUMENTS.c.id).order_by(tables.DOCUMENTS.c.id).limit(_CHUNK)
        last = ""
        while found := [row["id"] for row in self._all(ids.where(tables.DOCUMENTS.c.id > last))]:
            last = found[-1]
            yield from self.documents_of(found)

    def documents_of(self, ids: Sequence[str]) -> list[Document]:
        """The documents of some ids, by id; no more than a statement takes at once."""
        stored = tables.DOCUMENTS.c
        query = select(stored.record, stored.text).where(stored.id.in_(ids)).order_by(stored.id)
        return [_document(row) for row in self._all(query)]

    def document(self, id_: str) -> StoredDocument | None:
        query = select(tables.DOCUMENTS.c.record, tables.DOCUMENTS.c.text).where(tables.DOCUMENTS.c.id == id_)
        for row in self._all(query):
            return StoredDocument(document=_document(row), annotation=self.annotation_of(id_))
        return None

    def annotations(self, keys: Iterable[str]) -> dict[str, Annotation]:
        found: dict[str, Annotation] = {}
        for row in self._by_key(tables.WORK, keys):
            found[row["key"]] = _unpack(row["annotation"])
        return found

    def annotation_of(self, document: str) -> Annotation | None:
        query = (
            select(tables.WORK.c.annotation)
            .join(tables.IN_FORCE, tables.IN_FORCE.c.work == tables.WORK.c.key)
            .where(tables.IN_FORCE.c.id == document)
        )
        for row in self._all(query):
            return _unpack(row["annotation"])
        return None

    def derivation_work(self, keys: Iterable[str]) -> dict[str, bytes]:
        return {row["key"]: row["work"] for row in self._by_key(tables.DERIVATION_WORK, keys)}

    def decisions(self) -> tuple[Decision, ...]:
        query = select(tables.DECISIONS.c.record).order_by(tables.DECISIONS.c.number)
        return tuple(rows.decode(row["record"], Decision) for row in self._all(query))

    def custody(self) -> Iterator[CustodyEntry]:
        number = tables.CUSTODY.c.number
        query = select(tables.CUSTODY).order_by(number).limit(_CHUNK)
        found = self._all(query)
        while found:
            yield from map(custody.entry, found)
            found = self._all(query.where(number > found[-1]["number"])) if len(found) == _CHUNK else []

    def head(self) -> CustodyEntry | None:
        for row in self._all(select(tables.CUSTODY).order_by(tables.CUSTODY.c.number.desc()).limit(1)):
            return custody.entry(row)
        return None

    def rulings_after(self, number: int) -> int:
        entries = tables.CUSTODY.c
        made = select(func.count().label("made")).where(entries.number > number, entries.kind == "decision")
        return int(self._all(made)[0]["made"])

    def changes(self, since: int) -> tuple[ContentChange, ...] | None:
        entries, columns = tables.CUSTODY.c, tables.CHANGES.c
        begun = select(func.min(entries.number)).where(entries.kind == "processing").scalar_subquery()
        told_from = select(tables.EDITION.c.value).where(tables.EDITION.c.key == tables.TOLD_FROM).scalar_subquery()
        (known,) = self._all(select(begun.label("begun"), told_from.label("told_from")))
        if known["begun"] is None or since < max(known["begun"], int(known["told_from"] or 0)):
            return None
        query = select(tables.CHANGES).where(columns.number > since)
        found = self._all(query.order_by(columns.number, columns.kind, columns.id, columns.field))
        return tuple(ContentChange(**row) for row in found)

    def entry(self, number: int) -> CustodyEntry | None:
        for row in self._all(select(tables.CUSTODY).where(tables.CUSTODY.c.number == number)):
            return custody.entry(row)
        return None

    def captures(self) -> Iterator[Captures]:
        ids = select(tables.PAGES.c.id).order_by(tables.PAGES.c.id).limit(_CHUNK)
        last = ""
        while found := [row["id"] for row in self._all(ids.where(tables.PAGES.c.id > last))]:
            last = found[-1]
            sources: dict[str, list[str]] = {id_: [] for id_ in found}
            moments: dict[str, list[str]] = {id_: [] for id_ in found}
            for row in self._all(select(tables.CAPTURES).where(tables.CAPTURES.c.page.in_(found))):
                sources[row["page"]].append(row["source"])
            for row in self._all(select(tables.MOMENTS).where(tables.MOMENTS.c.page.in_(found))):
                moments[row["page"]].append(row["captured"])
            for id_ in found:
                yield Captures(page=id_, sources=tuple(sorted(sources[id_])), moments=tuple(sorted(moments[id_])))

    def redactions(self) -> tuple[Redaction, ...]:
        return tuple(Redaction(**row) for row in self._all(select(tables.REDACTIONS).order_by("page")))

    def taken_out(self) -> dict[str, bool]:
        columns = tables.EDITION.c
        found = self._all(select(tables.EDITION).where(columns.key.startswith(tables.TAKEN_OUT)).order_by(columns.key))
        return {row["key"].removeprefix(tables.TAKEN_OUT): row["value"] == tables.FINISHED for row in found}

    def content_state(self) -> str:
        with self._reading() as connection:
            told = connection.execute(_STATE).one()[0]
            return told if told is not None else rows.content_digest(_content(self.at(connection)))

    def content_digest(self) -> str:
        state = custody.ContentDigest()
        for table, order in _TABLES.values():
            state.add(table.name, self._stored_records(table, order))
        state.add(tables.VERSIONS.name, (f"{name}={version}" for name, version in self.versions().items()))
        return state.hexdigest()

    def row_digests(self) -> Iterator[tuple[str, str, str]]:
        for table in tables.METADATA.sorted_tables:
            keys = [key.name for key in table.primary_key]
            for found in self.batches_of(table):
                for row in found:
                    key = msgspec.json.encode([row[name] for name in keys]).decode("utf-8")
                    yield str(table.name), key, digest(msgspec.json.encode(row, order="sorted"))

    def batches_of(self, table: Table, size: int = _PAGES) -> Iterator[list[dict[str, Any]]]:
        """All rows of a table by its key, some at a time."""
        keys = list(table.primary_key)
        query = select(table).order_by(*keys).limit(size)
        found = self._all(query)
        while found:
            yield found
            last = tuple(found[-1][key.name] for key in keys)
            found = self._all(query.where(tuple_(*keys) > last)) if len(found) == size else []

    def _stored_records(self, table: Table, order: tuple[str, ...]) -> Iterator[str]:
        columns = [table.c[name] for name in order]
        query = select(table.c.record, *columns).order_by(*columns).limit(_CHUNK)
        found = self._all(query)
        while found:
            yield from (row["record"] for row in found)
            last = tuple(found[-1][name] for name in order)
            found = self._all(query.where(tuple_(*columns) > last)) if len(found) == _CHUNK else []

    def observations(self) -> Iterator[tuple[str, list[dict[str, Any]]]]:
        for table in tables.TAKEN_OVER:
            yield from ((table.name, found) for found in self.batches_of(table))

    # what was computed

    def content(self) -> EditionContent:
        with self._reading() as connection:
            return _content(self.at(connection))

    def versions(self) -> dict[str, str]:
        return {row["name"]: row["version"] for row in self._all(select(tables.VERSIONS).order_by("name"))}

    def count(self, kind: type[Record]) -> int:
        return self._number(select(func.count()).select_from(_TABLES[kind][0]))

    def records(self, kind: type[R]) -> Iterator[R]:
        return (rows.decode(record, kind) for record in self._stored_records(*_TABLES[kind]))

    def some(self, kind: type[R], after: str | None = None, limit: int = PAGE) -> tuple[tuple[R, ...], str | None]:
        table, order = _TABLES[kind]
        columns = [table.c[name] for name in order]
        query = select(table.c.record, *columns)
        _check_limit(limit)
        if after is not None:
            kinds = (column.type.python_type for column in columns)
            query = query.where(tuple_(*columns) > tuple(_position(after, *kinds)))
        found = self._all(query.order_by(*columns).limit(limit + 1))
        more = _opaque(*(found[limit - 1][name] for name in order)) if len(found) > limit else None
        return tuple(rows.decode(row["record"], kind) for row in found[:limit]), more

    def state(self) -> str:
        decisions = tables.DECISIONS.c
        with self._reading() as connection:
            told, ruled = connection.execute(_STATE).one()
            told = told if told is not None else rows.content_digest(_content(self.at(connection)))
            # The log is only appended to, so its last entry tells which one it is, and it is read whole but once.
            if ruled is not None and (known := self._states.get((told, ruled))) is not None:
                return known
            log = connection.scalars(select(decisions.id).order_by(decisions.number)).all() if ruled is not None else []
        found = stable_id("state", [told, *log])
        if ruled is not None:
            self._states.clear()
            self._states[told, ruled] = found
        return found

    def ids(self, kind: Named, beginning: str, limit: int = 2) -> tuple[str, ...]:
        table, letter = _NAMED[kind]
        if "\x00" in beginning:  # which no text of a database has
            return ()
        if self._all(select(table.c.id).where(table.c.id == beginning)):
            return (beginning,)
        begins = [table.c.id.startswith(each, autoescape=True) for each in (beginning, letter + beginning)]
        query = select(table.c.id).where(or_(*begins)).order_by(table.c.id).limit(limit)
        return tuple(row["id"] for row in self._all(query))

    def find_events(self, query: EventQuery, after: str | None = None, limit: int = PAGE) -> EventPage:
        events = tables.EVENTS.c
        _check_limit(limit)
        with self._reading() as connection:
            begun = -1
            if after is not None:
                position, id_ = _position(after, int, str)
                now = connection.scalar(select(events.position).where(events.id == id_))
                begun = position if now is None else now
            # Positions first, records then: what is sorted and passed over is a number and not a whole event.
            wanted = finding.positions(connection, query, self._index, begun, limit + 1)
            here = select(events.id, events.position, events.record).where(events.position.in_(wanted[:limit]))
            found = connection.execute(here.order_by(events.position)).all()
        more = _opaque(found[-1].position, found[-1].id) if len(wanted) > limit else None
        return EventPage(events=tuple(rows.decode(row.record, Event) for row in found), next=more)

    def count_events(self, query: EventQuery, most: int | None = None) -> int:
        with self._reading() as connection:
            return finding.counted(connection, query, self._index, most)

    def find_documents(self, query: DocumentQuery, after: str | None = None, limit: int = PAGE) -> DocumentPage:
        documents = tables.IN_FORCE.c
        wanted = select(documents.id, documents.day, documents.record).where(*document_conditions(query, self._index))
        _check_limit(limit)
        if after is not None:
            day, id_ = _position(after, str, str)
            wanted = wanted.where(or_(documents.day > day, and_(documents.day == day, documents.id > id_)))
        found = self._all(wanted.order_by(documents.day, documents.id).limit(limit + 1))
        more = _opaque(found[limit - 1]["day"], found[limit - 1]["id"]) if len(found) > limit else None
        made = tuple(rows.decode(row["record"], EditionDocument) for row in found[:limit])
        return DocumentPage(documents=made, next=more)

    def count_documents(self, query: DocumentQuery) -> int:
        return self._number(
            select(func.count()).select_from(tables.IN_FORCE).where(*document_conditions(query, self._index))
        )

    def event(self, id_: str) -> Event | None:
        return self._one(tables.EVENTS, id_, Event)

    def story(self, id_: str) -> Story | None:
        return self._one(tables.STORIES, id_, Story)

    def origin(self, id_: str) -> Origin | None:
        return self._one(tables.ORIGINS, id_, Origin)

    def summaries(
        self, order: StoryOrder = "told", limit: int = PAGE, offset: int = 0, ids: Sequence[str] | None = None
    ) -> tuple[StorySummary, ...]:
        _check_limit(limit)
        wanted = story_summaries(order, ids).limit(limit).offset(offset)
        return tuple(StorySummary(**row) for row in self._all(wanted))

    def of_story(self, kind: type[R], story: str) -> tuple[R, ...]:
        return self._decoded(story_parts(kind, story), kind)

    def edition_document(self, id_: str) -> EditionDocument | None:
        return self._one(tables.IN_FORCE, id_, EditionDocument)

    def claims(self, event: str) -> tuple[Claim, ...]:
        claims = tables.CLAIMS.c
        return self._decoded(select(claims.record).where(claims.event == event).order_by(claims.position), Claim)

    def told_at(self) -> dict[str, set[tuple[str, int, int]]]:
        mentions = tables.MENTIONS.c
        query = select(mentions.event, mentions.document, mentions.start, mentions.end).where(
            mentions.event.is_not(None)
        )
        found: dict[str, set[tuple[str, int, int]]] = {}
        for row in self._all(query):
            found.setdefault(row["event"], set()).add((row["document"], row["start"], row["end"]))
        return found

    def links(self, event: str) -> tuple[Link, ...]:
        links = tables.LINKS.c
        here = or_(links.source == event, links.target == event)
        return self._decoded(select(links.record).where(here).order_by(links.position), Link)

    def contradictions(self, event: str) -> tuple[Contradiction, ...]:
        found = tables.CONTRADICTIONS.c
        return self._decoded(select(found.record).where(found.event == event).order_by(found.position), Contradiction)

    def event_snippets(self, events: Sequence[str], words: str, limit: int = 3) -> dict[str, tuple[Snippet, ...]]:
        told, named = tables.EVENT_PASSAGES.c, tables.EVENTS.c
        stand = _standing(named.id.label("of"))
        stand = stand.join(tables.EVENT_PASSAGES, told.passage == tables.PASSAGES.c.number)
        stand = stand.join(tables.EVENTS, named.position == told.position)
        found: dict[str, tuple[Snippet, ...]] = dict.fromkeys(events, ())
        for at in range(0, len(events), _EVENTS):
            found |= self._snippets(stand.where(named.id.in_(events[at : at + _EVENTS])), words, limit)
        return found

    def document_snippets(self, document: str, words: str, limit: int = 3) -> tuple[Snippet, ...]:
        document_ = tables.PASSAGES.c.document
        found = self._snippets(_standing(document_.label("of")).where(document_ == document), words, limit)
        return found.get(document, ())

    def _snippets(self, passages: Select[Any], words: str, limit: int) -> dict[Any, tuple[Snippet, ...]]:
        """The passages of a page of events, or of a document, are few: they are read, and the index, which knows those
        of the whole edition, is not asked."""
        terms = parse(words)
        found: dict[Any, tuple[Snippet, ...]] = {}
        for row in self._all(passages) if terms.wanted else ():
            if len(found.get(row["of"], ())) < limit:
                made = snippet(row["document"], Passage(row["field"], row["start"], row["end"], row["words"]), terms)
                found[row["of"]] = (*found.get(row["of"], ()), *([made] if made is not None else ()))
        return found

    def derivations(self, document: str) -> tuple[Derivation, ...]:
        found = tables.DERIVATIONS.c
        here = or_(found.source == document, found.target == document)
        return self._decoded(select(found.record).where(here).order_by(found.source, found.target), Derivation)

    def _all(self, query: Select[Any]) -> list[dict[str, Any]]:
        with self._reading() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]

    def _number(self, query: Select[Any]) -> int:
        with self._reading() as connection:
            return connection.scalar(query) or 0

    def _one(self, table: Table, id_: str, kind: type[R]) -> R | None:
        if "\x00" in id_:  # which no text of a database has
            return None
        found = self._decoded(select(table.c.record).where(table.c.id == id_), kind)
        return found[0] if found else None

    def _decoded(self, query: Select[Any], kind: type[R]) -> tuple[R, ...]:
        return tuple(rows.decode(row["record"], kind) for row in self._all(query))

    def _by_key(self, table: Table, keys: Iterable[str]) -> Iterator[dict[str, Any]]:
        wanted = sorted(set(keys))
        for at in range(0, len(wanted), _CHUNK):
            yield from self._all(select(table).where(table.c.key.in_(wanted[at : at + _CHUNK])).order_by(table.c.key))


def _standing(of: ColumnElement[Any]) -> Select[Any]:
    """Passages with their words, by `of`, document and place."""
    passages, documents = tables.PASSAGES.c, tables.DOCUMENTS.c
    stands = func.substr(documents.text, passages.start + 1, passages.end - passages.start)
    return (
        select(of, *passages, case((passages.field == "title", documents.title), else_=stands).label("words"))
        .join(tables.DOCUMENTS, documents.id == passages.document)
        .order_by(of, passages.document, passages.field.desc(), passages.start)
    )


def _content(reader: RowReader) -> EditionContent:
    return EditionContent(
        schema=SCHEMA,
        documents=tuple(reader.records(EditionDocument)),
        derivations=tuple(reader.records(Derivation)),
        origins=tuple(reader.records(Origin)),
        events=tuple(reader.records(Event)),
        claims=tuple(reader.records(Claim)),
        links=tuple(reader.records(Link)),
        stories=tuple(reader.records(Story)),
        statements=tuple(reader.records(Statement)),
        decisions=reader.decisions(),
        contradictions=tuple(reader.records(Contradiction)),
        versions=reader.versions(),
    )


def _document(row: dict[str, Any]) -> Document:
    return msgspec.structs.replace(rows.decode(row["record"], Document), text=row["text"])


def _unpack(packed: bytes) -> Annotation:
    return msgspec.json.decode(zlib.decompress(packed), type=Annotation)


def _check_limit(limit: int) -> None:
    if not 1 <= limit <= MOST:
        raise QueryError(f"a page has 1 to {MOST} rows, not {limit}")


def _opaque(*parts: str | int) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(parts)).decode("ascii").rstrip("=")


def _is_storable(part: str | int) -> bool:
    """Whether any database may have this in a row: elsewhere to compare with it is an error and not just in vain."""
    return "\x00" not in part if isinstance(part, str) else 0 <= part <= LAST


def _position(after: str, *kinds: type) -> Sequence[Any]:
    """The parts of a position that a page named as its `next`."""
    try:
        padded = after.encode("ascii") + b"=" * (-len(after) % 4)
        parts = msgspec.json.decode(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (UnicodeEncodeError, binascii.Error, msgspec.DecodeError):
        parts = None
    told = parts if isinstance(parts, list) else []
    if [type(part) for part in told] != list(kinds) or not all(map(_is_storable, told)):
        raise QueryError(f"{after!r} is no position that a page named as its next")
    return told
