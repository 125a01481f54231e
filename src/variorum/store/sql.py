"""Writing an edition's rows, by SQLAlchemy Core, on any backend."""

from __future__ import annotations

import zlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, delete, func, insert, inspect, select, update

from variorum.identity import stable_id
from variorum.records import Annotation, Decision, Document, EditionContent, Page, Redaction, Rejection
from variorum.review import tombstoned

from . import custody, history, rows, tables
from .base import Reader
from .fulltext import WordIndex
from .passages import Passage, passages
from .reader import RowReader
from .renewal import Renewal
from .words import words
from .writing import EVERYTHING, Positions, batches, content_rows, event_passages, headlines

_BATCH = 200  # documents whose passages are held at once


class SqlStore(RowReader, ABC):
    """What the stores in databases share. A backend gives the transactions and how rows are put in."""

    def __init__(self, index: WordIndex, upsert: Callable[[Table], Any]) -> None:
        """`upsert` is the dialect's INSERT that knows ON CONFLICT."""
        super().__init__(lambda: self._transaction(write=False), index)
        self._into = upsert

    @abstractmethod
    def _transaction(self, *, write: bool) -> AbstractContextManager[Connection]:
        """A connection in a transaction that ends with the block: kept, or undone where it raises."""

    def _upsert(self, connection: Connection, table: Table, values: list[rows.Row], *, replace: bool) -> int:
        """Put in the rows whose key is new; replace those of a known key, or leave them. Gives how many were put in,
        where it is one row that is given."""
        if values:
            statement = self._into(table)
            keys = [column.name for column in table.primary_key]
            if replace:
                given = {name: statement.excluded[name] for name in values[0] if name not in keys}
                statement = statement.on_conflict_do_update(index_elements=keys, set_=given)
            else:
                statement = statement.on_conflict_do_nothing()
            return connection.execute(statement, values).rowcount
        return 0

    def _insert(self, connection: Connection, table: Table, values: Iterable[rows.Row]) -> None:
        """Put in rows whose keys are all new."""
        if made := list(values):
            connection.execute(insert(table), made)

    @contextmanager
    def snapshot(self) -> Iterator[RowReader]:
        with self._transaction(write=False) as connection:
            yield self.at(connection)

    def _tables_there(self, connection: Connection) -> set[str]:
        return set(inspect(connection).get_table_names())

    def _create(self, connection: Connection) -> None:
        """Make the tables that are not there."""
        tables.METADATA.create_all(connection)
        self._index.create(connection)

    def _make_anew(self, connection: Connection) -> None:
        """Make every table anew that holds what can be computed, and fill it from what is in force."""
        content = self.at(connection).content()
        in_force = connection.execute(select(tables.IN_FORCE.c.id, tables.IN_FORCE.c.work)).all()
        found = self._tables_there(connection)
        for table in (*tables.COMPUTED, tables.PASSAGES):
            if table.name in found:
                table.drop(connection)
        self._index.drop(connection)
        self._create(connection)
        self._index_passages(connection, self.at(connection).documents())
        works = {row.id: row.work for row in in_force if row.work is not None}
        self._write_content(connection, content, Positions.fresh(content), works)
        custody.adopt(connection)
        if tables.CHANGES.name not in found and (last := self.at(connection).head()) is not None:
            connection.execute(insert(tables.EDITION).values(key=tables.TOLD_FROM, value=str(last.number)))

    # observations

    def add_pages(self, pages: Iterable[Page]) -> None:
        noted = []
        with self._transaction(write=True) as connection:
            gone = set(connection.scalars(select(tables.REDACTIONS.c.page)))
            for page in pages:
                if page.id in gone:
                    continue
                declared = rows.encode(page.declared)
                row = {"id": page.id, "media": page.media, "content": page.content, "declared": declared}
                self._upsert(connection, tables.PAGES, [row], replace=False)
                capture = {"page": page.id, "source": page.source}
                new = self._upsert(connection, tables.CAPTURES, [capture], replace=False)
                if page.captured is not None:
                    moment = {"page": page.id, "captured": page.captured}
                    new += self._upsert(connection, tables.MOMENTS, [moment], replace=False)
                if new:
                    noted.append(custody.capture(page))
            custody.append(connection, noted)

    def add_observations(self, other: Reader) -> None:
        for name, found in other.observations():
            with self._transaction(write=True) as connection:
                gone = set(connection.scalars(select(tables.REDACTIONS.c.page)))
                wanted = [row for row in found if row.get("page", row.get("id")) not in gone]
                self._upsert(connection, tables.METADATA.tables[name], wanted, replace=False)
        with self._transaction(write=True) as connection:
            custody.adopt(connection)

    def add_rejections(self, rejections: Iterable[Rejection]) -> None:
        with self._transaction(write=True) as connection:
            found = [msgspec.structs.asdict(rejection) for rejection in rejections]
            self._upsert(connection, tables.REJECTIONS, found, replace=False)

    def add_documents(self, documents: Iterable[Document]) -> None:
        with self._transaction(write=True) as connection:
            given = {document.id: document for document in documents}
            stored: dict[str, Document] = {}
            for ids in batches(sorted(given), _BATCH):
                stored.update((each.id, each) for each in self.at(connection).documents_of(ids))
            changed = [(new, stored.get(id_)) for id_, new in sorted(given.items()) if stored.get(id_) != new]
            for _, old in changed:
                if old is not None:
                    self._forget(connection, old)
            self._upsert(connection, tables.DOCUMENTS, [rows.stored_row(new) for new, _ in changed], replace=True)
            self._insert(connection, tables.BLOCKS, (row for new, _ in changed for row in rows.block_rows(new)))
            self._index_passages(connection, (new for new, _ in changed))

    def _forget(self, connection: Connection, old: Document) -> None:
        """Take a document's passages and blocks out, as it is about to be replaced; with them goes which events they
        tell, so that what is in force next is written as a whole."""
        self._upsert(connection, tables.EDITION, [{"key": tables.STALE, "value": ""}], replace=False)
        where = tables.PASSAGES.c.document == old.id
        numbers = connection.scalars(select(tables.PASSAGES.c.number).where(where).order_by("number")).all()
        told = tables.EVENT_PASSAGES.c.passage
        connection.execute(delete(tables.EVENT_PASSAGES).where(told.in_(select(tables.PASSAGES.c.number).where(where))))
        self._index.remove(connection, "passage_words", zip(numbers, map(_keys, passages(old)), strict=True))
        connection.execute(delete(tables.PASSAGES).where(where))
        connection.execute(delete(tables.BLOCKS).where(tables.BLOCKS.c.document == old.id))

    def _index_passages(self, connection: Connection, documents: Iterable[Document]) -> None:
        """Make documents without passages searchable."""
        number = connection.scalar(select(func.max(tables.PASSAGES.c.number))) or 0
        for batch in batches(documents, _BATCH):
            made = [(document, passage) for document in batch for passage in passages(document)]
            found = list(enumerate(made, number + 1))
            number += len(found)
            self._insert(connection, tables.PASSAGES, (rows.passage_row(n, d.id, p) for n, (d, p) in found))
            self._index.add(connection, "passage_words", ((n, _keys(passage)) for n, (_, passage) in found))

    def add_annotations(self, annotations: Mapping[str, Annotation]) -> None:
        made = [
            {
                "key": key,
                "document": annotation.document,
                "annotation": zlib.compress(msgspec.json.encode(annotation), 1),
            }
            for key, annotation in annotations.items()
        ]
        with self._transaction(write=True) as connection:
            self._upsert(connection, tables.WORK, made, replace=False)

    def add_derivation_work(self, found: Mapping[str, bytes]) -> None:
        if found:
            made = [{"key": key, "work": work} for key, work in sorted(found.items())]
            with self._transaction(write=True) as connection:
                self._upsert(connection, tables.DERIVATION_WORK, made, replace=True)

    # computed content

    def replace_content(self, content: EditionContent, annotations: Mapping[str, str]) -> None:
        with self._transaction(write=True) as connection:
            before = self._state(connection)
            renewal = Renewal.of(connection, content, annotations)
            if isinstance(renewal, Renewal):
                self._write_changes(connection, renewal, annotations)
                self._sign(connection, content)
            else:
                for table in tables.COMPUTED:
                    connection.execute(delete(table))
                self._write_content(connection, content, renewal, annotations)
            if before is not None:
                self._note_changes(connection, before)

    def _state(self, connection: Connection) -> history.State | None:
        """What is in force; None where nothing is."""
        if connection.scalar(select(tables.VERSIONS.c.name).limit(1)) is None:
            return None
        return history.state_of(self.at(connection))

    def _note_changes(self, connection: Connection, before: history.State) -> None:
        """Note what the run whose content was just put in force changed."""
        after, last = self._state(connection), self.at(connection).head()
        if after is not None and last is not None:
            found = history.changes(before, after, last.number)
            self._insert(connection, tables.CHANGES, map(msgspec.structs.asdict, found))

    def _write_content(
        self, connection: Connection, content: EditionContent, at: Positions, annotations: Mapping[str, str]
    ) -> None:
        """Put a content into tables that are empty."""
        done = self.at(connection).annotations(annotations.values())
        layers = {document: done[key] for document, key in annotations.items() if key in done}
        for table, values in content_rows(content, at, annotations, layers):
            self._insert(connection, table, values)
        self._index.clear(connection, "headline_words")
        found = ((number, _words(headline)) for number, headline in headlines(content, at, EVERYTHING))
        self._index.add(connection, "headline_words", found)
        self._insert(connection, tables.EVENT_PASSAGES, event_passages(connection, content, at, EVERYTHING))
        self._sign(connection, content)

    def _write_changes(self, connection: Connection, renewal: Renewal, annotations: Mapping[str, str]) -> None:
        """Take out the rows that are no more, and put in those that are new."""
        content, at, wanted = renewal.content, renewal.at, renewal.wanted
        told = {document: annotations[document] for document in sorted(wanted.told) if document in annotations}
        done = self.at(connection).annotations(told.values())
        layers = {document: done[key] for document, key in told.items() if key in done}
        gone = [(number, _words(headline)) for number, headline in renewal.headlines_gone(connection)]
        self._index.remove(connection, "headline_words", gone)
        renewal.remove(connection)
        for table, values in content_rows(content, at, annotations, layers, wanted.as_wanted()):
            self._insert(connection, table, list(values))
        found = [(number, _words(headline)) for number, headline in headlines(content, at, wanted.events)]
        self._index.add(connection, "headline_words", found)
        self._insert(connection, tables.EVENT_PASSAGES, event_passages(connection, content, at, wanted.events))

    def _sign(self, connection: Connection, content: EditionContent) -> None:
        """Put the digest of what is in force beside it, and note it in the log of custody."""
        connection.execute(delete(tables.EDITION).where(tables.EDITION.c.key.in_((tables.DIGEST, tables.STALE))))
        stamp = {"key": tables.DIGEST, "value": rows.content_digest(content)}
        connection.execute(insert(tables.EDITION).values(stamp))
        self._note_processing(connection, content)

    def _note_processing(self, connection: Connection, content: EditionContent) -> None:
        """Note what was put in force and by which versions, where it is another than before."""
        columns = tables.CUSTODY.c
        query = select(columns.digest).where(columns.kind == "processing").order_by(columns.number.desc()).limit(1)
        found = self.at(connection).content_digest()  # the versions are in it
        if connection.scalar(query) != found and (content.documents or content.versions):
            noted = custody.Noted("processing", custody.EDITION, found, None, dict(content.versions))
            custody.append(connection, [noted])

    # decisions

    def append_decisions(self, decisions: Iterable[Decision]) -> None:
        with self._transaction(write=True) as connection:
            for item in decisions:
                row = {"id": item.id, "author": item.author, "at": item.at, "action": item.action}
                connection.execute(insert(tables.DECISIONS).values({**row, "record": rows.encode(item)}))
                custody.append(connection, [custody.ruling(item)])

    def redact(self, tombstones: Iterable[Redaction]) -> None:
        gone: list[str] = []
        with self._transaction(write=True) as connection:
            stones = list(tombstones)
            for stone in stones:
                for old in [each for each in self.at(connection).documents() if each.page == stone.page]:
                    gone.append(old.id)
                    self._forget(connection, old)
                    connection.execute(delete(tables.WORK).where(tables.WORK.c.document == old.id))
                    connection.execute(delete(tables.DOCUMENTS).where(tables.DOCUMENTS.c.id == old.id))
                for table, key in ((tables.PAGES, "id"), (tables.CAPTURES, "page"), (tables.MOMENTS, "page")):
                    connection.execute(delete(table).where(table.c[key] == stone.page))
                self._upsert(connection, tables.REDACTIONS, [msgspec.structs.asdict(stone)], replace=False)
                left = {"id": stable_id("r", (stone.page, "redacted")), "source": stone.page, "reason": "redacted"}
                told = {**left, "detail": f"taken out by {stone.author} ({stone.at}): {stone.reason}"}
                self._upsert(connection, tables.REJECTIONS, [told], replace=True)
                noted = custody.Noted("redaction", stone.page, stone.digest, stone.at, {"author": stone.author})
                custody.append(connection, [noted])
            connection.execute(delete(tables.DERIVATION_WORK))  # no one knows of which texts it is
            if stones:
                self._redact_rulings(connection, gone, stones[0])
            marks = [{"key": f"{tables.TAKEN_OUT}{id_}", "value": tables.UNFINISHED} for id_ in gone]
            self._upsert(connection, tables.EDITION, marks, replace=True)

    def _redact_rulings(self, connection: Connection, gone: list[str], stone: Redaction) -> None:
        """Take what rulings say of documents that are taken out from the log of rulings, and note it in the other."""
        reader = self.at(connection)

        def text_of(id_: str) -> str | None:
            return next((each.text for each in reader.documents_of([id_])), None)

        for ruling in tombstoned(reader.decisions(), gone, text_of):
            where = tables.DECISIONS.c.id == ruling.id
            connection.execute(update(tables.DECISIONS).where(where).values(record=rows.encode(ruling)))
            told = {"author": stone.author, "of": "ruling"}
            custody.append(
                connection, [custody.Noted("redaction", ruling.id, custody.ruling(ruling).digest, stone.at, told)]
            )

    def settle(self) -> None:
        with self._transaction(write=True) as connection:  # what changed is told in words, which may be of what is gone
            connection.execute(update(tables.CHANGES).values(before=None, after=None))
        self._sweep()
        columns = tables.EDITION.c
        with self._transaction(write=True) as connection:
            where = columns.key.startswith(tables.TAKEN_OUT)
            connection.execute(update(tables.EDITION).where(where).values(value=tables.FINISHED))

    def _sweep(self) -> None:
        """Let no byte of what was deleted stay: a server's own housekeeping does that."""

    def note_export(self, format_: str, digest: str, at: str, detail: Mapping[str, str]) -> None:
        with self._transaction(write=True) as connection:
            custody.append(connection, [custody.Noted("export", format_, digest, at, dict(detail))])


def _keys(passage: Passage) -> list[str]:
    return [word.key for word in words(passage.text)]


def _words(headline: str) -> list[str]:
    return [word.key for word in words(headline)]
