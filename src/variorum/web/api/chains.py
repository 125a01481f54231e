"""Events by time and as answers to each other."""

from __future__ import annotations

from typing import Annotated

from litestar.params import FromPath, QueryParameter

from variorum.coding import Ontology
from variorum.exports.chains import Step, chain
from variorum.exports.series import Cell, Period, dyads
from variorum.pipeline import Edition
from variorum.reconciliation.stories import in_time
from variorum.records import SCHEMA, EditionContent, Event, Record

from .queries import Events
from .reading import Asked, read, shelf_of


class Chain(Record, frozen=True, kw_only=True):
    """An event with all that it answers and all that answers it, step by step."""

    event: str
    steps: tuple[Step, ...]


class Timeline(Record, frozen=True, kw_only=True):
    """What each side did to each other one, by period: sums of PLOVER's scores over events, not reports."""

    by: Period
    dyads: tuple[Cell, ...]


def _joined(edition: Edition, event: Event) -> EditionContent:
    """The part of an edition that an event is joined to by links, and no more."""
    events, links, waiting = {event.id: event}, {}, [event]
    while waiting:
        for link in edition.links_of(waiting.pop()):
            links[link.source, link.target, link.kind, link.speaker or ""] = link
            for id_ in sorted({link.source, link.target} - events.keys()):
                events[id_] = edition.event(id_)
                waiting.append(events[id_])
    return EditionContent(
        schema=SCHEMA,
        documents=(),
        derivations=(),
        origins=(),
        events=tuple(sorted(events.values(), key=in_time)),
        claims=(),
        links=tuple(links[key] for key in sorted(links)),
    )


@read("/events/{event:str}/chain", seeks=True, summary="What it answers and what answers it, however far")
def chain_of(request: Asked, event: FromPath[str]) -> Chain:
    with shelf_of(request).now() as edition:
        found = edition.event(event)
        steps = chain(_joined(edition, found), found.id, Ontology.load(), edition.quote)
    return Chain(event=found.id, steps=tuple(steps))


@read("/timeline", seeks=True, summary="Scores between sides, by day, month or year")
def timeline(
    request: Asked,
    event_query: Events,
    by: Annotated[Period, QueryParameter(name="by", description="The period that events are summed over.")] = "day",
) -> Timeline:
    with shelf_of(request).now() as edition:
        return Timeline(by=by, dyads=tuple(dyads(edition.find(event_query), Ontology.load(), by)))


HANDLERS = [chain_of, timeline]
