"""Everything else that an edition holds, in pages, as lines and as tables, and its stories and origins one by one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any, NamedTuple

import msgspec
from litestar import Response
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from litestar.response import Stream

from variorum.exports.formats import Job
from variorum.exports.formats.table_files import table_lines
from variorum.exports.formats.tables import TABLES
from variorum.records import (
    Claim,
    Contradiction,
    Derivation,
    Link,
    Origin,
    Record,
    Statement,
    Story,
)

from .leaving import Names, Places, options_of, written
from .queries import After, Events, Limit
from .reading import Asked, Listing, page, pieces, read, shelf_of


class Kind(NamedTuple):
    """What is listed under a name, in the order in which the edition has it."""

    name: str
    record: type[Record]
    summary: str


KINDS = (
    Kind("stories", Story, "Stories, in the edition's order"),
    Kind("origins", Origin, "Independent origins, by id"),
    Kind("claims", Claim, "Who says what, in exact words"),
    Kind("links", Link, "What answers what"),
    Kind("contradictions", Contradiction, "What cannot both be true"),
    Kind("derivations", Derivation, "Whose words are in whose text"),
    Kind("statements", Statement, "What several documents quote"),
)
_WITH_FILTERS = ("events", "documents")  # tables that stand beside their lists


def _list(kind: Kind) -> HTTPRouteHandler:
    """The list of a kind in pages: an object with the records under the kind's name."""
    fields = [(kind.name, tuple[kind.record, ...])]  # type: ignore[name-defined]
    listing: Any = msgspec.defstruct(kind.name.title(), fields, bases=(Listing,), frozen=True, kw_only=True)
    listing.__doc__ = f"Some of the {kind.name}."

    def some(request: Asked, after: After = None, limit: Limit = 100) -> Response[Any]:
        with shelf_of(request).now() as edition:
            found, more = edition.some(kind.record, after, limit)
        return page(request, listing(**{kind.name: found}, next=more), more)

    some.__annotations__["return"] = Response[listing]
    return read(f"/{kind.name}", summary=kind.summary, name=f"list-{kind.name}")(some)


def _lines(kind: Kind) -> HTTPRouteHandler:
    """The same, a record a line, of all events or of those that the filters hold of."""

    def lines(request: Asked, event_query: Events, names: Names = False, places: Places = "site") -> Stream:
        name, options = f"{kind.name}.jsonl", options_of(names=names, places=places)
        sent = written(shelf_of(request), name, event_query, options, partial(_encoded, kind.name))
        return pieces(request, sent, "application/jsonl", name)

    told = f"{kind.summary}: one a line, by filters of events"
    return read(
        f"/{kind.name}.jsonl", streams=True, summary=told, media_type="application/jsonl", name=f"lines-{kind.name}"
    )(lines)


def _table(name: str) -> HTTPRouteHandler:
    """A table of the exports, of all events or of those that the filters hold of."""

    def table(request: Asked, event_query: Events, names: Names = False, places: Places = "site") -> Stream:
        options = options_of(names=names, places=places)
        file, rows = f"{name}.csv", partial(table_lines, name=name)
        return pieces(request, written(shelf_of(request), file, event_query, options, rows), "text/csv", file)

    told = f"The table {name!r} of the exports, by filters of events"
    return read(f"/{name}.csv", streams=True, summary=told, media_type="text/csv", name=f"table-{name}")(table)


@read("/stories/{story:str}", summary="One story: its events and documents")
def story(request: Asked, story: FromPath[str]) -> Story:
    with shelf_of(request).now() as edition:
        return edition.story(story)


@read("/origins/{origin:str}", summary="One origin and the documents that have it")
def origin(request: Asked, origin: FromPath[str]) -> Origin:
    with shelf_of(request).now() as edition:
        return edition.origin(origin)


def _encoded(name: str, found: Job) -> Iterator[str]:
    for each in getattr(found.source, name)():
        yield msgspec.json.encode(each).decode("utf-8") + "\n"


HANDLERS = [
    *map(_list, KINDS),
    *map(_lines, KINDS),
    *(_table(table.name) for table in TABLES if table.name not in _WITH_FILTERS),
    story,
    origin,
]
