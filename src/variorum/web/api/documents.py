"""Documents, their texts with layers, their passages, and who used whose."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from litestar import Response
from litestar.params import FromPath
from litestar.response import Stream

from variorum.exports.formats import Job
from variorum.exports.formats.table_files import table_lines
from variorum.records import (
    Annotation,
    Derivation,
    Document,
    DocumentPage,
    EditionDocument,
    Record,
    Snippet,
)

from .leaving import Names, Places, options_of, written
from .queries import After, Documents, Limit, Words
from .reading import Asked, Count, page, pieces, read, shelf_of


class FullDocument(Record, frozen=True, kw_only=True):
    """A document as stored, with its text, its blocks and metadata candidates, and the layers over it; `annotation`
    null where it was rejected or is in a language that no layer reads."""

    document: Document
    annotation: Annotation | None


@read("/documents", seeks=True, summary="Documents that all filters hold of, by day of publication")
def documents(
    request: Asked, document_query: Documents, after: After = None, limit: Limit = 100
) -> Response[DocumentPage]:
    with shelf_of(request).now() as edition:
        found = edition.document_page(document_query, after, limit)
    return page(request, found, found.next)


@read("/documents/count", seeks=True, summary="How many documents all filters hold of")
def count(request: Asked, document_query: Documents) -> Count:
    with shelf_of(request).now() as edition:
        return Count(count=edition.count(document_query))


@read("/documents.csv", streams=True, summary="The same as a table", media_type="text/csv")
def documents_csv(request: Asked, document_query: Documents, names: Names = False, places: Places = "site") -> Stream:
    options = options_of(names=names, places=places)
    sent = written(shelf_of(request), "documents.csv", document_query, options, _table)
    return pieces(request, sent, "text/csv", "documents.csv")


@read(
    "/documents.jsonl",
    streams=True,
    summary="Documents that all filters hold of, one a line",
    media_type="application/jsonl",
)
def documents_jsonl(request: Asked, document_query: Documents, names: Names = False, places: Places = "site") -> Stream:
    options = options_of(names=names, places=places)
    sent = written(shelf_of(request), "documents.jsonl", document_query, options, _lines)
    return pieces(request, sent, "application/jsonl", "documents.jsonl")


@read("/documents/{document:str}", summary="One document: its story, its origin, why it was rejected")
def document(request: Asked, document: FromPath[str]) -> EditionDocument:
    with shelf_of(request).now() as edition:
        return edition.edition_document(document)


@read("/documents/{document:str}/text", summary="One document with its text and all layers over it")
def text(request: Asked, document: FromPath[str]) -> FullDocument:
    with shelf_of(request).now() as edition:
        stored = edition.stored(edition.edition_document(document).id)
    return FullDocument(document=stored.document, annotation=stored.annotation)


@read("/documents/{document:str}/passages", summary="Where words stand in one document")
def passages(
    request: Asked,
    document: FromPath[str],
    words: Words,
    limit: Limit = 20,
) -> tuple[Snippet, ...]:
    with shelf_of(request).now() as edition:
        return edition.snippets(edition.edition_document(document), words, limit)


@read("/documents/{document:str}/derivations", summary="Whose words it has, and who has its words")
def derivations(request: Asked, document: FromPath[str]) -> tuple[Derivation, ...]:
    with shelf_of(request).now() as edition:
        return edition.derivations_of(edition.edition_document(document).id)


def _table(found: Job) -> Iterator[str]:
    return table_lines(found, "documents")


def _lines(found: Job) -> Iterator[str]:
    for each in found.source.documents():
        yield msgspec.json.encode(each).decode("utf-8") + "\n"


HANDLERS = [documents, count, documents_csv, documents_jsonl, document, text, passages, derivations]
