"""What is in force as rows: all of them, or those of some records alone."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Connection, Table, select

from variorum.records import Annotation, EditionContent, Event, Link

from . import rows, tables
from .positions import spaced

T = TypeVar("T")
Tables = Iterable[tuple[Table, Iterable[rows.Row]]]

_BATCH = 200  # documents whose passages are held at once


class _Everything(Container[Any]):
    def __contains__(self, _: object) -> bool:
        return True


EVERYTHING = _Everything()


class Positions(NamedTuple):
    """Where each record stands among those of its kind."""

    documents: Sequence[int]
    stories: Sequence[int]
    events: Sequence[int]
    claims: Sequence[int]
    links: Sequence[int]
    contradictions: Sequence[int]

    @staticmethod
    def fresh(content: EditionContent) -> Positions:
        """Those of a content that is put in force for the first time."""
        kinds = (
            content.documents, content.stories, content.events, content.claims, content.links, content.contradictions
        )  # fmt: skip
        return Positions(*(spaced(len(kind)) for kind in kinds))


class Wanted(NamedTuple):
    """Whose rows are wanted: ids, and the keys of what has none. `told` are the documents whose mentions are, `tied`
    the events and kinds (`tie`) of links whose evidence is."""

    documents: Container[str] = EVERYTHING
    told: Container[str] = EVERYTHING
    derivations: Container[tuple[str, str]] = EVERYTHING
    origins: Container[str] = EVERYTHING
    statements: Container[str] = EVERYTHING
    stories: Container[str] = EVERYTHING
    events: Container[str] = EVERYTHING
    claims: Container[str] = EVERYTHING
    links: Container[tuple[str, str, str, str]] = EVERYTHING
    tied: Container[str] = EVERYTHING
    contradictions: Container[str] = EVERYTHING


def link_key(item: Link) -> tuple[str, str, str, str]:
    return item.source, item.target, item.kind, item.speaker or ""


def content_rows(
    content: EditionContent,
    at: Positions,
    works: Mapping[str, str],
    layers: Mapping[str, Annotation],
    wanted: Wanted = Wanted(),  # noqa: B008 - a frozen value
) -> Tables:
    """The rows of a content, table by table. `works` and `layers` are the documents' work keys and annotations."""
    contradicted = {item.event for item in content.contradictions}
    events = [(at, event) for at, event in zip(at.events, content.events, strict=True) if event.id in wanted.events]
    told = [item for item in content.documents if item.id in wanted.told]
    statements = (item for item in content.statements if item.id in wanted.statements)
    return (
        (tables.VERSIONS, ({"name": name, "version": each} for name, each in sorted(content.versions.items()))),
        (
            tables.IN_FORCE,
            (
                rows.document_row(at, item, works.get(item.id))
                for at, item in zip(at.documents, content.documents, strict=True)
                if item.id in wanted.documents
            ),
        ),
        (tables.MENTIONS, rows.mention_rows(told, content.events, layers)),
        (
            tables.DERIVATIONS,
            (rows.derivation_row(d) for d in content.derivations if (d.source, d.target) in wanted.derivations),
        ),
        (tables.ORIGINS, (rows.origin_row(item) for item in content.origins if item.id in wanted.origins)),
        (tables.STATEMENTS, ({"id": item.id, "record": rows.encode(item)} for item in statements)),
        (tables.STORIES, _some(rows.story_row, at.stories, content.stories, wanted.stories)),
        (tables.EVENTS, (rows.event_row(at, event) for at, event in events)),
        (tables.EVENT_DOCUMENTS, _each(rows.event_document_rows, events)),
        (tables.PARTICIPANTS, _each(rows.participant_rows, events)),
        (tables.EVENT_PLACES, _each(rows.place_rows, events)),
        (
            tables.AGREEMENTS,
            (
                row
                for at, event in events
                for row in rows.agreement_rows(at, event, contradicted=event.id in contradicted)
            ),
        ),
        (tables.READINGS, _each(rows.reading_rows, events)),
        (tables.CLAIMS, _some(rows.claim_row, at.claims, content.claims, wanted.claims)),
        (
            tables.LINKS,
            (
                rows.link_row(at, item)
                for at, item in zip(at.links, content.links, strict=True)
                if link_key(item) in wanted.links
            ),
        ),
        (
            tables.CONTRADICTIONS,
            _some(rows.contradiction_row, at.contradictions, content.contradictions, wanted.contradictions),
        ),
        (tables.EVIDENCE, rows.evidence_rows(_evident(content, [event for _, event in events], wanted))),
    )


def headlines(content: EditionContent, at: Positions, wanted: Container[str]) -> Iterator[tuple[int, str]]:
    """The headlines of events, under the events' positions."""
    for position, event in zip(at.events, content.events, strict=True):
        if event.id in wanted:
            yield position, event.headline


def event_passages(
    connection: Connection, content: EditionContent, at: Positions, wanted: Container[str]
) -> list[rows.Row]:
    """Which passages tell an event or say something of it."""
    position_of = {
        event.id: position for position, event in zip(at.events, content.events, strict=True) if event.id in wanted
    }
    told = rows.evidence_of_events(content, position_of)
    columns = tables.PASSAGES.c
    made: list[rows.Row] = []
    for batch in batches(sorted(told), _BATCH):
        here: dict[tuple[str, str], list[Any]] = {}
        query = select(tables.PASSAGES).where(columns.document.in_(batch)).order_by(columns.document, columns.start)
        for row in connection.execute(query):
            here.setdefault((row.document, row.field), []).append(row)
        found = set()
        for document in batch:
            for position, item in told[document]:
                stretch = here.get((document, item.field), [])
                first = max(0, bisect_right(stretch, item.start, key=lambda row: row.start) - 1)
                last = bisect_left(stretch, item.end, key=lambda row: row.start)
                found |= {(position, row.number) for row in stretch[first:last]}
        made.extend({"position": position, "passage": number} for position, number in sorted(found))
    return made


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def _evident(content: EditionContent, events: Iterable[Event], wanted: Wanted) -> rows.Owners:
    """Whose evidence is wanted."""
    for event in events:
        yield from rows.event_evidence(event)
    yield from (("claim", claim.id, claim.evidence) for claim in content.claims if claim.id in wanted.claims)
    yield from (("link", rows.tie(link), link.evidence) for link in content.links if rows.tie(link) in wanted.tied)
    for item in content.contradictions:
        if item.id in wanted.contradictions:
            yield from (("contradiction", item.id, side.evidence) for side in item.sides)


def _some(
    make: Callable[[int, Any], rows.Row], positions: Sequence[int], items: Sequence[Any], wanted: Container[str]
) -> Iterator[rows.Row]:
    return (make(at, item) for at, item in zip(positions, items, strict=True) if item.id in wanted)


def _each(make: Callable[[int, Event], Iterator[rows.Row]], events: Sequence[tuple[int, Event]]) -> Iterator[rows.Row]:
    return (row for at, event in events for row in make(at, event))
