"""Writing an edition's rows, by SQLAlchemy Core, on any backend."""

from __future__ import annotations

import zlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, delete, insert

from variorum.records import Annotation, Decision, Document, EditionContent, Page, Rejection

from . import rows, tables
from .reader import RowReader


class SqlStore(RowReader, ABC):
    """What the stores in databases share. A backend gives the transactions and how rows are put in."""

    def __init__(self) -> None:
        super().__init__(lambda: self._transaction(write=False))

    @abstractmethod
    def _transaction(self, *, write: bool) -> AbstractContextManager[Connection]:
        """A connection in a transaction that ends with the block: kept, or undone where it raises."""

    @abstractmethod
    def _upsert(self, connection: Connection, table: Table, values: list[rows.Row], *, replace: bool) -> None:
        """Put in the rows whose key is new; replace those of a known key, or leave them."""

    def _insert(self, connection: Connection, table: Table, values: Iterable[rows.Row]) -> None:
        """Put in rows whose keys are all new."""
        if made := list(values):
            connection.execute(insert(table), made)

    @contextmanager
    def snapshot(self) -> Iterator[RowReader]:
        with self._transaction(write=False) as connection:
            yield RowReader(lambda: nullcontext(connection))

    # observations

    def add_pages(self, pages: Iterable[Page]) -> None:
        with self._transaction(write=True) as connection:
            for page in pages:
                declared = rows.encode(page.declared)
                row = {"id": page.id, "media": page.media, "content": page.content, "declared": declared}
                self._upsert(connection, tables.PAGES, [row], replace=False)
                self._upsert(connection, tables.CAPTURES, [{"page": page.id, "source": page.source}], replace=False)
                if page.captured is not None:
                    moment = {"page": page.id, "captured": page.captured}
                    self._upsert(connection, tables.MOMENTS, [moment], replace=False)

    def add_rejections(self, rejections: Iterable[Rejection]) -> None:
        with self._transaction(write=True) as connection:
            found = [msgspec.structs.asdict(rejection) for rejection in rejections]
            self._upsert(connection, tables.REJECTIONS, found, replace=False)

    def add_documents(self, documents: Iterable[Document]) -> None:
        with self._transaction(write=True) as connection:
            for document in documents:
                self._upsert(connection, tables.DOCUMENTS, [rows.stored_row(document)], replace=True)
                connection.execute(delete(tables.BLOCKS).where(tables.BLOCKS.c.document == document.id))
                self._insert(connection, tables.BLOCKS, rows.block_rows(document))

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
            for table in tables.COMPUTED:
                connection.execute(delete(table))
            self._write_content(connection, content, annotations)

    def _write_content(self, connection: Connection, content: EditionContent, annotations: Mapping[str, str]) -> None:
        """Put a content into tables that are empty."""
        done = RowReader(lambda: nullcontext(connection)).annotations(annotations.values())
        by_document = {document: done[key] for document, key in annotations.items() if key in done}
        documents = (rows.document_row(n, each, annotations.get(each.id)) for n, each in enumerate(content.documents))
        versions = ({"name": name, "version": version} for name, version in sorted(content.versions.items()))
        statements = ({"id": item.id, "record": rows.encode(item)} for item in content.statements)
        made: tuple[tuple[Table, Iterable[rows.Row]], ...] = (
            (tables.VERSIONS, versions),
            (tables.IN_FORCE, documents),
            (tables.MENTIONS, rows.mention_rows(content, by_document)),
            (tables.DERIVATIONS, map(rows.derivation_row, content.derivations)),
            (tables.ORIGINS, map(rows.origin_row, content.origins)),
            (tables.STATEMENTS, statements),
            (tables.STORIES, map(rows.story_row, *_numbered(content.stories))),
            (tables.EVENTS, map(rows.event_row, *_numbered(content.events))),
            (tables.EVENT_DOCUMENTS, _each(rows.event_document_rows, content)),
            (tables.PARTICIPANTS, _each(rows.participant_rows, content)),
            (tables.EVENT_PLACES, _each(rows.place_rows, content)),
            (tables.AGREEMENTS, rows.agreement_rows(content)),
            (tables.READINGS, _each(rows.reading_rows, content)),
            (tables.CLAIMS, map(rows.claim_row, *_numbered(content.claims))),
            (tables.LINKS, map(rows.link_row, *_numbered(content.links))),
            (tables.CONTRADICTIONS, map(rows.contradiction_row, *_numbered(content.contradictions))),
            (tables.EVIDENCE, rows.evidence_rows(content)),
        )
        for table, values in made:
            self._insert(connection, table, values)

    # decisions

    def append_decisions(self, decisions: Iterable[Decision]) -> None:
        with self._transaction(write=True) as connection:
            for item in decisions:
                row = {"id": item.id, "author": item.author, "at": item.at, "action": item.action}
                connection.execute(insert(tables.DECISIONS).values({**row, "record": rows.encode(item)}))


def _numbered(items: tuple[Any, ...]) -> tuple[range, tuple[Any, ...]]:
    return range(len(items)), items


def _each(make: Callable[[Any], Iterator[rows.Row]], content: EditionContent) -> Iterator[rows.Row]:
    return (row for event in content.events for row in make(event))
