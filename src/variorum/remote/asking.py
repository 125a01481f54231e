"""Queries as the parameters that the API reads them from."""

from __future__ import annotations

from typing import Any

from variorum.records import DocumentQuery, EventQuery, TollBounds


def event_parameters(query: EventQuery) -> dict[str, Any]:
    """Only those that are set."""
    box, near = query.box, query.near
    return _set(
        {
            "q": query.words,
            "type": query.types,
            "mode": query.modes,
            "status": query.statuses,
            "actor": query.actors,
            "recipient": query.recipients,
            "party": query.parties,
            "country": query.countries,
            "place": query.place,
            "box": f"{box.west!r},{box.south!r},{box.east!r},{box.north!r}" if box else None,
            "near": f"{near.lat!r},{near.lon!r},{near.km!r}" if near else None,
            "since": query.since,
            "until": query.until,
            "agreement": query.agreement,
            "origins": query.origins_min,
            "toll": tuple(map(_toll, query.tolls)),
            "story": query.story,
            "document": query.documents,
            "event": query.events,
        }
    )


def document_parameters(query: DocumentQuery) -> dict[str, Any]:
    """Only those that are set."""
    return _set(
        {
            "q": query.words,
            "outlet": query.outlet,
            "language": query.languages,
            "since": query.since,
            "until": query.until,
            "story": query.story,
            "origin": query.origin,
            "event": query.events,
            "rejected": None if query.rejected is None else str(query.rejected).lower(),
        }
    )


def _toll(bounds: TollBounds) -> str:
    low, high = bounds.at_least, bounds.at_most
    if low is None and high is None:
        return bounds.kind
    return f"{bounds.kind}:{'' if low is None else low}-{'' if high is None else high}"


def _set(given: dict[str, Any]) -> dict[str, Any]:
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in given.items()
        if value is not None and value not in ("", (), 0)
    }
