"""Contradictions that a person ruled to be none, and the fields that are no more disputed for it."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from variorum.records import Agreement, Contradiction, Decision, Event, Position, Reconciled, Span

from .replay import Standing
from .targets import Target, target


def settled(found: Reconciled, standing: Standing) -> Reconciled:
    """What reconciliation made, without the contradictions that are ruled to be none. A field that stood in one of them
    and stands in none that is left is agreed again, or told by a single origin."""
    if not standing.no_contradictions:
        return found
    ruled = [item for item in found.contradictions if is_ruled_out(item, standing.no_contradictions)]
    if not ruled:
        return found
    out = {item.id for item in ruled}
    left = tuple(item for item in found.contradictions if item.id not in out)
    touched = {item.event for item in ruled}
    events = tuple(
        _agreed(event, [c for c in ruled if c.event == event.id], [c for c in left if c.event == event.id])
        if event.id in touched
        else event
        for event in found.events
    )
    return replace(found, contradictions=left, events=events)


def is_ruled_out(item: Contradiction, decisions: Iterable[Decision]) -> bool:
    """Whether any of the rulings is on the words of both of its sides, in either order, and on its kind."""
    return any(
        decision.field in (None, item.kind) and _both(item, *(target(words) for words in decision.targets))
        for decision in decisions
    )


def _both(item: Contradiction, one: Target, other: Target) -> bool:
    a, b = item.sides[:2]
    return (_on(a, one) and _on(b, other)) or (_on(a, other) and _on(b, one))


def _on(side: Position, named: Target) -> bool:
    return any(
        each.document == named.document and each.field == "text" and Span(each.start, each.end).overlaps(named.span)
        for each in side.evidence
    )


def _agreed(event: Event, ruled: Iterable[Contradiction], left: Iterable[Contradiction]) -> Event:
    readings = {side.reading for item in ruled if item.kind == "number" for side in item.sides}
    still = {side.reading for item in left if item.kind == "number" for side in item.sides}
    tolls = tuple(
        replace(toll, agreement=_agreement(origin for each in toll.readings for origin in each.origins))
        if toll.agreement == "disputed"
        and (ids := {reading.id for reading in toll.readings}) & readings
        and not ids & still
        else toll
        for toll in event.tolls
    )
    kinds = {item.kind for item in ruled} - {item.kind for item in left}
    time, place = event.time, event.place
    if "date" in kinds and time is not None and time.agreement == "disputed":
        time = replace(time, agreement=_agreement(o for each in time.readings for o in each.origins))
    if "place" in kinds and place is not None and place.agreement == "disputed":
        place = replace(place, agreement=_agreement(o for each in place.readings for o in each.origins))
    return replace(event, tolls=tolls, time=time, place=place)


def _agreement(origins: Iterable[str]) -> Agreement:
    return "agreed" if len(set(origins)) > 1 else "single-source"
