"""Events, what is said of them, and the same as tables and maps."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from litestar import Response
from litestar.params import FromPath
from litestar.response import Stream

from variorum.exports.formats import FORMATS, Job
from variorum.exports.formats.table_files import table_lines
from variorum.pipeline.exporting import pieces as exported
from variorum.records import Claim, Contradiction, Event, EventPage, Link, Record, Snippet, Toll
from variorum.web.shelf import Shelf

from .leaving import Names, Places, options_of, written
from .queries import After, Events, Limit, Most, Words
from .reading import Asked, Count, page, pieces, read, shelf_of


@read("/events", seeks=True, summary="Events that all filters hold of, in the order of time")
def events(request: Asked, event_query: Events, after: After = None, limit: Limit = 100) -> Response[EventPage]:
    with shelf_of(request).now() as edition:
        found = edition.page(event_query, after, limit)
    return page(request, found, found.next)


@read("/events/count", seeks=True, summary="How many events all filters hold of")
def count(request: Asked, event_query: Events, most: Most = None) -> Count:
    with shelf_of(request).now() as edition:
        return Count(count=edition.count(event_query, most))


@read("/events.csv", streams=True, summary="The same as a table", media_type="text/csv")
def events_csv(request: Asked, event_query: Events, names: Names = False, places: Places = "site") -> Stream:
    options = options_of(names=names, places=places)
    sent = written(shelf_of(request), "events.csv", event_query, options, _table)
    return pieces(request, sent, "text/csv", "events.csv")


@read("/events.jsonl", streams=True, summary="The same, an event a line", media_type="application/jsonl")
def events_jsonl(request: Asked, event_query: Events, names: Names = False, places: Places = "site") -> Stream:
    options = options_of(names=names, places=places)
    sent = written(shelf_of(request), "events.jsonl", event_query, options, _lines)
    return pieces(request, sent, "application/jsonl", "events.jsonl")


@read("/events.geojson", streams=True, summary="The same as GeoJSON features", media_type="application/geo+json")
def events_geojson(request: Asked, event_query: Events, names: Names = False, places: Places = "site") -> Stream:
    options = options_of(names=names, places=places)
    sent = written(shelf_of(request), "events.geojson", event_query, options, _map)
    return pieces(request, sent, "application/geo+json", "events.geojson")


@read("/events/{event:str}", summary="One event with every reading of every field")
def event(request: Asked, event: FromPath[str]) -> Event:
    with shelf_of(request).now() as edition:
        return edition.event(event)


@read("/events/{event:str}/readings", summary="The readings of its tolls, by kind")
def readings(request: Asked, event: FromPath[str]) -> tuple[Toll, ...]:
    with shelf_of(request).now() as edition:
        return edition.event(event).tolls


@read("/events/{event:str}/claims", summary="What is said of it, with exact words")
def claims(request: Asked, event: FromPath[str]) -> tuple[Claim, ...]:
    with shelf_of(request).now() as edition:
        return edition.claims_of(edition.event(event))


@read("/events/{event:str}/links", summary="What it answers and what answers it")
def links(request: Asked, event: FromPath[str]) -> tuple[Link, ...]:
    with shelf_of(request).now() as edition:
        return edition.links_of(edition.event(event))


@read("/events/{event:str}/passages", summary="Where words stand in the passages that tell it")
def passages(request: Asked, event: FromPath[str], words: Words, limit: Limit = 20) -> tuple[Snippet, ...]:
    with shelf_of(request).now() as edition:
        return edition.snippets(edition.event(event), words, limit)


@read("/events/{event:str}/contradictions", summary="What is said of it that cannot both be true")
def contradictions(request: Asked, event: FromPath[str]) -> tuple[Contradiction, ...]:
    with shelf_of(request).now() as edition:
        return edition.contradictions_of(edition.event(event))


class Telling(Record, frozen=True, kw_only=True):
    """Characters of a text that tell an event."""

    event: str
    document: str
    start: int
    end: int


@read("/tellings.jsonl", streams=True, summary="Which characters tell which event", media_type="application/jsonl")
def tellings(request: Asked) -> Stream:
    return pieces(request, _tellings(shelf_of(request)), "application/jsonl", "tellings.jsonl")


def _tellings(shelf: Shelf) -> Iterator[str]:
    with shelf.now() as edition:
        for event, places in sorted(edition.told_at().items()):
            for document, start, end in sorted(places):
                told = Telling(event=event, document=document, start=start, end=end)
                yield msgspec.json.encode(told).decode("utf-8") + "\n"


def _table(found: Job) -> Iterator[str]:
    return table_lines(found, "events")


def _lines(found: Job) -> Iterator[str]:
    for each in found.source.events():
        yield msgspec.json.encode(each).decode("utf-8") + "\n"


def _map(found: Job) -> Iterator[str]:
    return exported(found, FORMATS["geojson"])


HANDLERS = [
    events,
    count,
    passages,
    events_csv,
    events_jsonl,
    events_geojson,
    tellings,
    event,
    readings,
    claims,
    links,
    contradictions,
]
