"""Records as rows: what of an edition goes into which columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

import msgspec

from variorum.records import (
    Annotation,
    Claim,
    Contradiction,
    Derivation,
    EditionContent,
    Event,
    Evidence,
    Link,
    Reading,
    Record,
)

Row = dict[str, Any]
R = TypeVar("R", bound=Record)


def encode(record: Record) -> str:
    return msgspec.json.encode(record).decode("utf-8")


def decode(text: str, kind: type[R]) -> R:
    return msgspec.json.decode(text, type=kind)


def mention_rows(content: EditionContent, annotations: Mapping[str, Annotation]) -> Iterator[Row]:
    """Every coded mention of the edition's documents, with the event it went into."""
    event_of = {(key.document, key.index): event.id for event in content.events for key in event.mentions}
    for document in content.documents:
        annotation = annotations.get(document.id)
        for number, mention in enumerate(annotation.events if annotation else ()):
            yield {
                "document": document.id,
                "number": number,
                "event": event_of.get((document.id, number)),
                "start": mention.start,
                "end": mention.end,
                "trigger": mention.trigger,
                "type": mention.type,
                "mode": mention.mode,
                "status": mention.status,
            }


def derivation_row(item: Derivation) -> Row:
    return {
        "source": item.source,
        "target": item.target,
        "kind": item.kind,
        "directed": item.directed,
        "score": item.score,
        "record": encode(item),
    }


def event_row(position: int, item: Event) -> Row:
    time, place = item.time, item.place
    return {
        "id": item.id,
        "story": item.story,
        "type": item.type,
        "mode": item.mode,
        "status": item.status,
        "headline": item.headline,
        "earliest": time.earliest if time else None,
        "latest": time.latest if time else None,
        "place": place.name if place else None,
        "country": place.country if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "independent_origins": item.independent_origins,
        "position": position,
        "record": encode(item),
    }


def reading_rows(event: Event) -> Iterator[Row]:
    for toll in event.tolls:
        for reading in toll.readings:
            yield _reading_row(event.id, toll.kind, reading, None)
            for part in reading.parts:
                yield _reading_row(event.id, toll.kind, part, reading.id)


def _reading_row(event: str, kind: str, reading: Reading, whole: str | None) -> Row:
    return {
        "id": reading.id,
        "event": event,
        "kind": kind,
        "low": reading.low,
        "high": reading.high,
        "group": reading.group,
        "speaker": reading.speaker,
        "as_of": reading.as_of,
        "superseded_by": reading.superseded_by,
        "whole": whole,
    }


def claim_row(position: int, item: Claim) -> Row:
    return {
        "id": item.id,
        "speaker": item.speaker,
        "stance": item.stance,
        "event": item.event,
        "quote": item.quote,
        "position": position,
        "record": encode(item),
    }


def link_row(position: int, item: Link) -> Row:
    return {
        "source": item.source,
        "target": item.target,
        "kind": item.kind,
        "speaker": item.speaker or "",
        "position": position,
        "record": encode(item),
    }


def contradiction_row(position: int, item: Contradiction) -> Row:
    one, other = item.sides
    return {
        "id": item.id,
        "kind": item.kind,
        "event": item.event,
        "sentence": item.sentence,
        "speaker": one.speaker,
        "against": other.speaker,
        "position": position,
        "record": encode(item),
    }


def evidence_rows(content: EditionContent) -> Iterator[Row]:
    """Where every shown value stands, one row for each stretch of characters, duplicates left out."""
    owners: list[tuple[str, str, Iterable[Evidence]]] = []
    for event in content.events:
        owners.append(("event", event.id, event.evidence))
        for toll in event.tolls:
            for reading in toll.readings:
                owners.append(("reading", reading.id, reading.evidence))
                owners.extend(("reading", part.id, part.evidence) for part in reading.parts)
    owners.extend(("claim", claim.id, claim.evidence) for claim in content.claims)
    owners.extend(("link", f"{link.source} {link.kind} {link.target}", link.evidence) for link in content.links)
    owners.extend(("contradiction", item.id, side.evidence) for item in content.contradictions for side in item.sides)
    seen: set[tuple[str, str, Evidence]] = set()
    for of, id_, evidence in owners:
        for item in evidence:
            if (of, id_, item) not in seen:
                seen.add((of, id_, item))
                yield {"of": of, "id": id_, **msgspec.structs.asdict(item)}
