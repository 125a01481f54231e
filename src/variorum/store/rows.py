"""Records as rows: what of an edition goes into which columns."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from math import cos, radians, sin
from typing import Any, TypeVar

import msgspec

from variorum.identity import digest
from variorum.records import (
    Agreement,
    Annotation,
    Claim,
    Contradiction,
    Derivation,
    Document,
    EditionContent,
    EditionDocument,
    Event,
    EventPlace,
    Evidence,
    Link,
    Origin,
    Participant,
    PlaceReading,
    Precision,
    Reading,
    Record,
    Story,
)
from variorum.world.names import name_key

from .passages import Passage

Row = dict[str, Any]
Owners = Iterable[tuple[str, str, Iterable[Evidence]]]
"""What has evidence: its kind, its id, and where it stands."""
R = TypeVar("R", bound=Record)

_POINTS: frozenset[Precision] = frozenset({"site", "city", "district", "admin1"})  # what has a place on a map
_NO_DAY = "9999-12-31"


def encode(record: Record) -> str:
    return msgspec.json.encode(record).decode("utf-8")


def content_digest(content: EditionContent) -> str:
    """SHA-256 of a content without its log: the same content, the same digest."""
    return digest(msgspec.json.encode(msgspec.structs.replace(content, decisions=())))


def decode(text: str, kind: type[R]) -> R:
    return msgspec.json.decode(text, type=kind)


def folded(*names: str | None) -> str:
    """Names as they are compared, every word after a space, so that the beginning of a word can be looked for."""
    return "".join(f" {name_key(name)}" for name in names if name)


def days(earliest: str | None, latest: str | None) -> tuple[str | None, str | None]:
    """The first and the last day of an interval between two ISO bounds of any precision, None where it is open."""
    return (_day(earliest, end=False) if earliest else None), (_day(latest, end=True) if latest else None)


def _day(bound: str, *, end: bool) -> str:
    year, month, day, *_ = (*bound[:10].split("-"), "", "")
    month = month or ("12" if end else "01")
    last = monthrange(int(year), int(month))[1] if end and not day else 1
    return f"{year}-{month}-{day or f'{last:02d}'}"


def stored_row(document: Document) -> Row:
    return {
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
        "record": encode(msgspec.structs.replace(document, text="")),
    }


def block_rows(document: Document) -> Iterator[Row]:
    for block in document.blocks:
        yield {"document": document.id, "start": block.start, "end": block.end, "kind": block.kind}


def passage_row(number: int, document: str, passage: Passage) -> Row:
    return {
        "number": number,
        "document": document,
        "field": passage.field,
        "start": passage.start,
        "end": passage.end,
    }


def document_row(position: int, item: EditionDocument, work: str | None) -> Row:
    first, last = days(item.published, item.published)
    return {
        "id": item.id,
        "story": item.story,
        "origin": item.origin,
        "rejected": item.rejected,
        "work": work,
        "outlet": item.outlet,
        "folded": folded(item.outlet),
        "language": item.language,
        "first_day": first,
        "last_day": last,
        "day": first or _NO_DAY,
        "position": position,
        "record": encode(item),
    }


def origin_row(item: Origin) -> Row:
    return {"id": item.id, "upstream": item.upstream, "seen": item.seen, "record": encode(item)}


def story_row(position: int, item: Story) -> Row:
    return {"id": item.id, "title": item.title, "position": position, "record": encode(item)}


def mention_rows(
    documents: Iterable[EditionDocument], events: Iterable[Event], annotations: Mapping[str, Annotation]
) -> Iterator[Row]:
    """Every coded mention of some documents, with the event it went into."""
    event_of = {(key.document, key.index): event.id for event in events for key in event.mentions}
    for document in documents:
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
    first, last = days(time.earliest, time.latest) if time else (None, None)
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
        "first_day": first,
        "last_day": last,
        "independent_origins": item.independent_origins,
        "position": position,
        "record": encode(item),
    }


def event_document_rows(position: int, event: Event) -> Iterator[Row]:
    documents = {*event.documents, *(key.document for key in event.mentions)}
    return ({"event": event.id, "document": document, "position": position} for document in sorted(documents))


def participant_rows(position: int, event: Event) -> Iterator[Row]:
    sides = (
        ("actor", _side_rows(event.participants_actor, event.actors)),
        ("recipient", _side_rows(event.participants_recipient, event.recipients)),
    )
    for side, found in sides:
        for number, row in enumerate(found):
            yield {"event": event.id, "side": side, "number": number, "position": position, **row}


def _side_rows(resolved: tuple[Participant, ...], names: tuple[str, ...]) -> Iterator[Row]:
    known = {each.name for each in resolved}
    told: list[tuple[str, str | None, str | None, str | None]]
    told = [(each.name, each.key, each.country, each.sector) for each in resolved]
    told += [(name, None, None, None) for name in names if name not in known]
    for name, key, country, sector in told:
        yield {"name": name, "folded": folded(name), "key": key, "country": country, "sector": sector}


def place_rows(position: int, event: Event) -> Iterator[Row]:
    """The place in force, then those of the readings that differ from it."""
    if event.place is None:
        return
    seen: set[tuple[Any, ...]] = set()
    number = 0
    told_places: list[EventPlace | PlaceReading] = [event.place, *event.place.readings]
    for place in told_places:
        row = _place_row(place)
        told = tuple(row.values())
        if told not in seen:
            seen.add(told)
            yield {"event": event.id, "number": number, "position": position, **row}
            number += 1


def _place_row(place: EventPlace | PlaceReading) -> Row:
    x = y = z = None
    if place.precision in _POINTS and place.lat is not None and place.lon is not None:
        x, y, z = on_sphere(place.lat, place.lon)
    return {
        "name": place.name,
        "folded": folded(place.name, place.admin1),
        "country": place.country,
        "admin1": place.admin1,
        "precision": place.precision,
        "lat": place.lat,
        "lon": place.lon,
        "x": x,
        "y": y,
        "z": z,
    }


def on_sphere(lat: float, lon: float) -> tuple[float, float, float]:
    """A point in degrees as a unit vector: the distance of two is then plain arithmetic in any database."""
    up, around = radians(lat), radians(lon)
    return cos(up) * cos(around), cos(up) * sin(around), sin(up)


def agreement_rows(position: int, event: Event, *, contradicted: bool) -> Iterator[Row]:
    """How the accounts agree on each field of an event; contradictions are a field that is always disputed."""
    told: dict[str, Agreement] = {toll.kind: toll.agreement for toll in event.tolls}
    if event.time is not None:
        told["time"] = event.time.agreement
    if event.place is not None:
        told["place"] = event.place.agreement
    if contradicted:
        told["contradictions"] = "disputed"
    for field, agreement in told.items():
        yield {"event": event.id, "field": field, "agreement": agreement, "position": position}


def reading_rows(position: int, event: Event) -> Iterator[Row]:
    for toll in event.tolls:
        told = {"event": event.id, "kind": toll.kind, "position": position}
        for reading in toll.readings:
            yield {**told, **_reading_row(reading, None)}
            yield from ({**told, **_reading_row(part, reading.id)} for part in reading.parts)


def _reading_row(reading: Reading, whole: str | None) -> Row:
    return {
        "id": reading.id,
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


def tie(link: Link) -> str:
    """The name under which the evidence of links stands, whoever tells them."""
    return f"{link.source} {link.kind} {link.target}"


def event_evidence(event: Event) -> Owners:
    """Where an event and its figures stand."""
    yield "event", event.id, event.evidence
    for toll in event.tolls:
        for reading in toll.readings:
            yield "reading", reading.id, reading.evidence
            yield from (("reading", part.id, part.evidence) for part in reading.parts)


def evidence_rows(owners: Owners) -> Iterator[Row]:
    """Where every shown value stands, one row for each stretch of characters, duplicates left out."""
    seen: set[tuple[str, str, Evidence]] = set()
    for of, id_, evidence in owners:
        for item in evidence:
            if (of, id_, item) not in seen:
                seen.add((of, id_, item))
                yield {"of": of, "id": id_, **msgspec.structs.asdict(item)}


def evidence_of_events(
    content: EditionContent, position_of: Mapping[str, int]
) -> dict[str, list[tuple[int, Evidence]]]:
    """What each document tells of the event at which position, of those that have one: the characters of the event
    itself, its figures and its claims."""
    found: defaultdict[str, list[tuple[int, Evidence]]] = defaultdict(list)
    for event in content.events:
        if event.id in position_of:
            readings = [reading for toll in event.tolls for reading in toll.readings]
            for item in (*event.evidence, *(item for reading in readings for item in reading.evidence)):
                found[item.document].append((position_of[event.id], item))
    for claim in content.claims:
        position = position_of.get(claim.event) if claim.event is not None else None
        if position is not None:
            for item in claim.evidence:
                found[item.document].append((position, item))
    return dict(found)
