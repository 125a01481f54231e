"""GeoJSON (RFC 7946): a feature an event, no finer than its place is told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from variorum.coding.ontology import Ontology
from variorum.exports.shapes import point, toll_of
from variorum.records import Event

from .base import Job

PROPERTIES = (
    "headline", "type", "mode", "score", "status", "earliest", "latest", "place", "country", "admin1", "precision",
    "place_agreement", "time_agreement", "actors", "recipients", "killed_low", "killed_high", "killed_agreement",
    "injured_low", "injured_high", "injured_agreement", "documents", "independent_origins", "story",
)  # fmt: skip


def lines(job: Job) -> Iterator[str]:
    """A FeatureCollection with a feature a line. The geometry is null where the place is told no finer than a country
    or a region; `precision` says how exact a point is."""
    ontology = Ontology.load()
    yield '{"type":"FeatureCollection","features":['
    separator = "\n"
    for event in job.source.events():
        yield separator + msgspec.json.encode(_feature(event, ontology)).decode("utf-8")
        separator = ",\n"
    yield "\n]}\n"


def _feature(event: Event, ontology: Ontology) -> dict[str, Any]:
    at, time, place = point(event.place), event.time, event.place
    properties: dict[str, Any] = {
        "headline": event.headline,
        "type": event.type,
        "mode": event.mode,
        "score": ontology.score(event.type, event.mode) if event.type in ontology.types else None,
        "status": event.status,
        "earliest": time.earliest if time else None,
        "latest": time.latest if time else None,
        "place": place.name if place else None,
        "country": place.country if place else None,
        "admin1": place.admin1 if place else None,
        "precision": place.precision if place else None,
        "place_agreement": place.agreement if place else "unknown",
        "time_agreement": time.agreement if time else "unknown",
        "actors": "; ".join(event.actors),
        "recipients": "; ".join(event.recipients),
        "documents": len(event.documents),
        "independent_origins": event.independent_origins,
        "story": event.story,
    }
    for kind in ("killed", "injured"):
        toll = toll_of(event, kind)
        properties |= {f"{kind}_low": toll and toll.low, f"{kind}_high": toll and toll.high}
        properties[f"{kind}_agreement"] = toll.agreement if toll else "unknown"
    return {
        "type": "Feature",
        "id": event.id,
        "geometry": {"type": "Point", "coordinates": [at[1], at[0]]} if at else None,
        "properties": {name: properties[name] for name in PROPERTIES},
    }
