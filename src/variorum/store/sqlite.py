"""An edition as one SQLite file (or in memory), by SQLAlchemy Core."""

from __future__ import annotations

import os
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, Table, create_engine, delete, event, func, insert, inspect, select
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import StaticPool

from variorum.errors import EditionError
from variorum.records import (
    SCHEMA,
    Annotation,
    Claim,
    Contradiction,
    Decision,
    Declared,
    Derivation,
    Document,
    EditionContent,
    EditionDocument,
    Event,
    Link,
    Origin,
    Page,
    Rejection,
    Statement,
    Story,
)

from . import rows, tables
from .base import SCHEMA_VERSION, Store, StoredDocument

_HEADER = b"SQLite format 3\x00"
_PATIENCE = 60  # seconds that a run waits for another one's transaction
_CHUNK = 500  # rows a statement: well under SQLite's limit on bound values
_PAGES = 50  # pages held at once while all are read: a page has up to 20 MB


def open_store(target: str | Path | None, *, create: bool = True) -> Store:
    """The store at a path, or one in memory for None.

    Raises EditionError where the path holds something else than an edition, or nothing and `create` is False.
    """
    if target is None:
        return SqliteStore(None)
    path = Path(target)
    if not path.exists() and not create:
        raise EditionError(f"{path}: no such edition")
    return SqliteStore(path, writable=create)


class SqliteStore:
    """`Store` over one SQLite file in WAL mode. One that is not `writable` changes nothing, not even the file's times,
    and reads from a read-only folder too."""

    def __init__(self, path: Path | None, *, writable: bool = True) -> None:
        self.path = path
        if path is not None:
            _check_file(path, writable=writable)
        self._engine = _engine(path, writable=writable)
        with self._transaction() as connection:
            if writable and not inspect(connection).has_table("edition"):
                tables.METADATA.create_all(connection)
                connection.execute(insert(tables.EDITION).values(key="schema", value=str(SCHEMA_VERSION)))
            found = connection.scalar(select(tables.EDITION.c.value).where(tables.EDITION.c.key == "schema"))
        if found != str(SCHEMA_VERSION):
            raise EditionError(f"{path}: an edition of schema {found}; this version reads {SCHEMA_VERSION}")

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        try:
            with self._engine.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            reason = str(getattr(error, "orig", None) or error).splitlines()[0]
            if "locked" in reason:
                reason = f"another run is writing this edition (waited {_PATIENCE} s)"
            raise EditionError(f"{self.path or 'edition in memory'}: {reason}") from error

    # observations

    def add_pages(self, pages: Iterable[Page]) -> None:
        with self._transaction() as connection:
            tables.MOMENTS.create(connection, checkfirst=True)
            for page in pages:
                declared = rows.encode(page.declared)
                row = {"id": page.id, "media": page.media, "content": page.content, "declared": declared}
                connection.execute(upsert(tables.PAGES).values(row).on_conflict_do_nothing())
                capture = {"page": page.id, "source": page.source}
                connection.execute(upsert(tables.CAPTURES).values(capture).on_conflict_do_nothing())
                if page.captured is not None:
                    moment = {"page": page.id, "captured": page.captured}
                    connection.execute(upsert(tables.MOMENTS).values(moment).on_conflict_do_nothing())

    def pages(self) -> Iterator[Page]:
        least = select(func.min(tables.CAPTURES.c.source)).where(tables.CAPTURES.c.page == tables.PAGES.c.id)
        query = select(tables.PAGES, least.scalar_subquery().label("source")).order_by(tables.PAGES.c.id)
        first = self._first_moments()
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
                    captured=first.get(row["id"]),
                )

    def _first_moments(self) -> dict[str, str]:
        """When each page was first got, where that is told."""
        with self._transaction() as connection:
            if not inspect(connection).has_table(tables.MOMENTS.name):
                return {}
            query = select(tables.MOMENTS.c.page, func.min(tables.MOMENTS.c.captured)).group_by(tables.MOMENTS.c.page)
            return {row[0]: row[1] for row in connection.execute(query)}

    def add_rejections(self, rejections: Iterable[Rejection]) -> None:
        with self._transaction() as connection:
            for rejection in rejections:
                row = msgspec.structs.asdict(rejection)
                connection.execute(upsert(tables.REJECTIONS).values(row).on_conflict_do_nothing())

    def sources_changed(self) -> list[str]:
        captures = tables.CAPTURES.c
        query = select(captures.source).group_by(captures.source).having(func.count() > 1).order_by(captures.source)
        return [row["source"] for row in self._all(query)]

    def rejections(self) -> Iterator[Rejection]:
        read_since = select(tables.CAPTURES.c.page).where(tables.CAPTURES.c.source == tables.REJECTIONS.c.source)
        for row in self._all(select(tables.REJECTIONS).where(~read_since.exists()).order_by(tables.REJECTIONS.c.id)):
            yield Rejection(**row)

    def add_documents(self, documents: Iterable[Document]) -> None:
        with self._transaction() as connection:
            for document in documents:
                row = {
                    "id": document.id,
                    "page": document.page,
                    "source": document.source,
                    "title": document.title,
                    "outlet": document.outlet,
                    "published": document.published,
                    "url": document.url,
                    "language": document.language,
                    "supported": document.supported,
                    "rejected": document.rejected.detail if document.rejected else None,
                    "text": document.text,
                    "record": rows.encode(msgspec.structs.replace(document, text="")),
                }
                statement = upsert(tables.DOCUMENTS).values(row)
                connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=row))
                connection.execute(delete(tables.BLOCKS).where(tables.BLOCKS.c.document == document.id))
                _insert(
                    connection,
                    tables.BLOCKS,
                    [
                        {"document": document.id, "start": block.start, "end": block.end, "kind": block.kind}
                        for block in document.blocks
                    ],
                )

    def documents(self) -> Iterator[Document]:
        for row in self._all(
            select(tables.DOCUMENTS.c.record, tables.DOCUMENTS.c.text).order_by(tables.DOCUMENTS.c.id)
        ):
            yield msgspec.structs.replace(rows.decode(row["record"], Document), text=row["text"])

    def add_annotations(self, annotations: Mapping[str, Annotation]) -> None:
        with self._transaction() as connection:
            for key, annotation in annotations.items():
                packed = zlib.compress(msgspec.json.encode(annotation), 1)
                row = {"key": key, "document": annotation.document, "annotation": packed}
                connection.execute(upsert(tables.WORK).values(row).on_conflict_do_nothing())

    def annotations(self, keys: Iterable[str]) -> dict[str, Annotation]:
        wanted = sorted(set(keys))
        found: dict[str, Annotation] = {}
        for at in range(0, len(wanted), _CHUNK):
            chunk = wanted[at : at + _CHUNK]
            query = select(tables.WORK.c.key, tables.WORK.c.annotation).where(tables.WORK.c.key.in_(chunk))
            for row in self._all(query.order_by(tables.WORK.c.key)):
                found[row["key"]] = _unpack(row["annotation"])
        return found

    def add_derivation_work(self, found: Mapping[str, bytes]) -> None:
        if not found:
            return
        statement = upsert(tables.DERIVATION_WORK)
        statement = statement.on_conflict_do_update(index_elements=["key"], set_={"work": statement.excluded.work})
        with self._transaction() as connection:
            tables.DERIVATION_WORK.create(connection, checkfirst=True)
            connection.execute(statement, [{"key": key, "work": work} for key, work in sorted(found.items())])

    def derivation_work(self, keys: Iterable[str]) -> dict[str, bytes]:
        wanted = sorted(set(keys))
        found: dict[str, bytes] = {}
        with self._transaction() as connection:
            if not inspect(connection).has_table(tables.DERIVATION_WORK.name):
                return found
            for at in range(0, len(wanted), _CHUNK):
                which = tables.DERIVATION_WORK.c.key.in_(wanted[at : at + _CHUNK])
                rows_found = connection.execute(select(tables.DERIVATION_WORK).where(which))
                found.update((row.key, row.work) for row in rows_found)
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

    def document(self, id_: str) -> StoredDocument | None:
        query = select(tables.DOCUMENTS.c.record, tables.DOCUMENTS.c.text).where(tables.DOCUMENTS.c.id == id_)
        for row in self._all(query):
            document = msgspec.structs.replace(rows.decode(row["record"], Document), text=row["text"])
            return StoredDocument(document=document, annotation=self.annotation_of(id_))
        return None

    # computed content

    def replace_content(self, content: EditionContent, annotations: Mapping[str, str]) -> None:
        done = self.annotations(annotations.values())
        by_document = {document: done[key] for document, key in annotations.items() if key in done}
        with self._transaction() as connection:
            tables.CONTRADICTIONS.create(connection, checkfirst=True)
            for table in tables.COMPUTED:
                connection.execute(delete(table))
            versions = [{"name": name, "version": version} for name, version in sorted(content.versions.items())]
            _insert(connection, tables.VERSIONS, versions)
            _insert(
                connection,
                tables.IN_FORCE,
                [
                    {
                        "id": item.id,
                        "story": item.story,
                        "origin": item.origin,
                        "rejected": item.rejected,
                        "work": annotations.get(item.id),
                        "position": position,
                        "record": rows.encode(item),
                    }
                    for position, item in enumerate(content.documents)
                ],
            )
            _insert(connection, tables.MENTIONS, list(rows.mention_rows(content, by_document)))
            _insert(connection, tables.DERIVATIONS, [rows.derivation_row(item) for item in content.derivations])
            _insert(
                connection,
                tables.ORIGINS,
                [
                    {"id": item.id, "upstream": item.upstream, "seen": item.seen, "record": rows.encode(item)}
                    for item in content.origins
                ],
            )
            _insert(
                connection,
                tables.STATEMENTS,
                [{"id": item.id, "record": rows.encode(item)} for item in content.statements],
            )
            _insert(
                connection,
                tables.STORIES,
                [
                    {"id": item.id, "title": item.title, "position": position, "record": rows.encode(item)}
                    for position, item in enumerate(content.stories)
                ],
            )
            _insert(connection, tables.EVENTS, [rows.event_row(n, item) for n, item in enumerate(content.events)])
            _insert(connection, tables.READINGS, [row for item in content.events for row in rows.reading_rows(item)])
            _insert(connection, tables.CLAIMS, [rows.claim_row(n, item) for n, item in enumerate(content.claims)])
            _insert(connection, tables.LINKS, [rows.link_row(n, item) for n, item in enumerate(content.links)])
            found = [rows.contradiction_row(n, item) for n, item in enumerate(content.contradictions)]
            _insert(connection, tables.CONTRADICTIONS, found)
            _insert(connection, tables.EVIDENCE, list(rows.evidence_rows(content)))

    def content(self) -> EditionContent:
        derivations = tables.DERIVATIONS
        return EditionContent(
            schema=SCHEMA,
            documents=self._records(tables.IN_FORCE, EditionDocument, "position"),
            derivations=tuple(
                rows.decode(row["record"], Derivation)
                for row in self._all(select(derivations.c.record).order_by(derivations.c.source, derivations.c.target))
            ),
            origins=self._records(tables.ORIGINS, Origin, "id"),
            events=self._records(tables.EVENTS, Event, "position"),
            claims=self._records(tables.CLAIMS, Claim, "position"),
            links=self._records(tables.LINKS, Link, "position"),
            stories=self._records(tables.STORIES, Story, "position"),
            statements=self._records(tables.STATEMENTS, Statement, "id"),
            decisions=self.decisions(),
            contradictions=self._contradictions(),
            versions={row["name"]: row["version"] for row in self._all(select(tables.VERSIONS).order_by("name"))},
        )

    def _contradictions(self) -> tuple[Contradiction, ...]:
        with self._transaction() as connection:
            if not inspect(connection).has_table(tables.CONTRADICTIONS.name):
                return ()
        return self._records(tables.CONTRADICTIONS, Contradiction, "position")

    # decisions

    def decisions(self) -> tuple[Decision, ...]:
        return self._records(tables.DECISIONS, Decision, "number")

    def append_decisions(self, decisions: Iterable[Decision]) -> None:
        with self._transaction() as connection:
            for item in decisions:
                row = {"id": item.id, "author": item.author, "at": item.at, "action": item.action}
                connection.execute(insert(tables.DECISIONS).values({**row, "record": rows.encode(item)}))

    def close(self) -> None:
        self._engine.dispose()

    def _all(self, query: Any) -> list[dict[str, Any]]:
        with self._transaction() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]

    def _records(self, table: Table, kind: type[rows.R], order: str) -> tuple[rows.R, ...]:
        query = select(table.c.record).order_by(table.c[order])
        return tuple(rows.decode(row["record"], kind) for row in self._all(query))


def _unpack(packed: bytes) -> Annotation:
    return msgspec.json.decode(zlib.decompress(packed), type=Annotation)


def _insert(connection: Connection, table: Table, values: list[dict[str, Any]]) -> None:
    if values:
        connection.execute(insert(table), values)


def _check_file(path: Path, *, writable: bool) -> None:
    """An existing file must be an edition, or nothing yet where one is to be written: nothing else is overwritten."""
    try:
        if path.is_dir():
            raise EditionError(f"{path}: is a folder; an edition is a file")
        if not path.parent.is_dir():
            raise EditionError(f"{path}: no such folder as {path.parent}")
        names: set[str] = set()
        if path.exists() and path.stat().st_size:
            with path.open("rb") as file:
                if file.read(len(_HEADER)) != _HEADER:
                    raise EditionError(f"{path}: not an edition (no SQLite file); nothing was written")
            connection = sqlite3.connect(_read_only(path), uri=True)
            names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            connection.close()
            if names and "edition" not in names:
                raise EditionError(f"{path}: an SQLite file of something else; nothing was written")
        if not writable and not names:
            raise EditionError(f"{path}: not an edition (an empty file)")
    except (OSError, sqlite3.Error) as error:
        raise EditionError(f"{path}: {error}") from error


def _read_only(path: Path) -> str:
    """The URI of a file to be read. Where its folder cannot be written, SQLite may not make the files that it shares
    with writers, and there are no writers: the file is then taken as immutable."""
    mode = "mode=ro" if os.access(path.parent, os.W_OK) else "immutable=1"
    return f"{path.resolve().as_uri()}?{mode}"


def _engine(path: Path | None, *, writable: bool) -> Engine:
    if path is None:
        engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    elif writable:
        engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": _PATIENCE})
    else:
        engine = create_engine(f"sqlite:///{_read_only(path)}&uri=true")

    @event.listens_for(engine, "connect")
    def _(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # transactions are begun below, tables included
        if path is not None and writable:
            cursor = connection.cursor()
            cursor.execute("PRAGMA journal_mode=WAL")
            cursor.execute("PRAGMA synchronous=NORMAL")
            cursor.close()

    @event.listens_for(engine, "begin")
    def _(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writable else "BEGIN")

    return engine
