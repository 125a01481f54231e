"""FollowTheMoney entities, a line each: events, who took part, where, and the articles that prove them.

There is no schema for claims and readings: they are in the tables (`csv`, `parquet`), keyed by the same ids.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

from variorum.exports import wording
from variorum.exports.shapes import HAPPENED, days, party_kind, point, state_of
from variorum.identity import stable_id
from variorum.records import EditionDocument, Event, EventPlace, Participant
from variorum.world.states import States

from .atom import moment
from .base import Job

PROPERTIES: dict[str, tuple[str, ...]] = {
    "Event": (
        "name", "startDate", "endDate", "country", "location", "addressEntity", "organizer", "involved", "keywords",
        "summary", "notes", "proof", "recordId",
    ),
    "Article": ("fileName", "title", "publisher", "publishedAt", "sourceUrl", "bodyText"),
    "Person": ("name", "country", "sector"),
    "PublicBody": ("name", "country", "sector"),
    "Organization": ("name", "country", "sector"),
    "LegalEntity": ("name", "country", "sector"),
    "Address": ("full", "country", "latitude", "longitude"),
}  # fmt: skip
"""Every schema that is written, with the properties of it that are."""
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*[A-Za-z0-9]")  # followthemoney.types.entity.EntityType
Properties = dict[str, list[str]]


def lines(job: Job) -> Iterator[str]:
    """Articles, then each event after the parties and the place that it names for the first time. What is not told as
    having happened is left out: FollowTheMoney's events have no status."""
    told = set[str]()
    for document in job.source.documents():
        if document.rejected is None:
            yield _line(article_id(document.id), "Article", _article(job, document))
    for event in job.source.events():
        if event.status not in HAPPENED:
            job.left_out["not told as having happened"] += 1
            continue
        for party in (*event.participants_actor, *event.participants_recipient):
            if (id_ := party_id(party)) not in told:
                told.add(id_)
                yield _line(id_, _schema(party), _party(party))
        if event.place is not None and (id_ := place_id(event.place)) not in told:
            told.add(id_)
            yield _line(id_, "Address", _place(event.place))
        yield _line(event.id, "Event", _event(event))


def article_id(document: str) -> str:
    """A document's id, or a hash of it where it is no id to FollowTheMoney: users' own ids may hold anything."""
    return document if _ID.fullmatch(document) else stable_id("d", (document,))


def party_id(party: Participant) -> str:
    return stable_id("a", (party.key,))


def place_id(place: EventPlace) -> str:
    return stable_id("p", (place.geonameid, place.name, place.country, place.precision))


def _line(id_: str, schema: str, properties: Properties) -> str:
    kept = {
        name: [value if name == "bodyText" else " ".join(value.split()) for value in properties.get(name, ()) if value]
        for name in PROPERTIES[schema]
    }
    entity = {"id": id_, "schema": schema, "properties": {name: values for name, values in kept.items() if values}}
    return msgspec.json.encode(entity).decode("utf-8") + "\n"


def _article(job: Job, document: EditionDocument) -> Properties:
    return {
        "fileName": [document.source],
        "title": [document.title or ""],
        "publisher": [document.outlet or ""],
        "publishedAt": [_date(document.published)],
        "sourceUrl": [document.url or ""],
        "bodyText": [job.source.text(document.id).text if job.options.full_text else ""],
    }


def _date(published: str | None) -> str:
    """FollowTheMoney's dates have no zone and are UTC; a day, month or year stays one."""
    if not published or "T" not in published:
        return published or ""
    found = moment(published)
    return found.replace(tzinfo=None).isoformat() if found else ""


def _schema(party: Participant) -> str:
    if ":PER:" in party.key:
        return "Person"
    kinds = {"state": "PublicBody", "armed": "Organization", "civilian": "LegalEntity", "unknown": "LegalEntity"}
    return kinds[party_kind(party)]


def _party(party: Participant) -> Properties:
    state = States.load().by_iso3(party.country)
    return {
        "name": [party.name],
        "country": [(state.iso2 or "").lower()] if state else [],
        "sector": [party.sector or ""],
    }


def _place(place: EventPlace) -> Properties:
    at = point(place)
    return {
        "full": [wording.where(place)],
        "country": [(place.country or "").lower()],
        "latitude": [format(at[0], ".10g")] if at else [],
        "longitude": [format(at[1], ".10g")] if at else [],
    }


def _event(event: Event) -> Properties:
    when, state, place = days(event.time), state_of(event.place), event.place
    figures = [f"{wording.toll(toll)} ({wording.agreement(toll.agreement)})" for toll in event.tolls]
    disputed = wording.disputed_fields(event)
    notes = [wording.reports(event), f"disputed: {', '.join(disputed)}" if disputed else ""]
    return {
        "name": [event.headline],
        "startDate": [when.first.isoformat()] if when.first else [],
        "endDate": [when.last.isoformat()] if when.last else [],
        "country": [(state.iso2 or "").lower()] if state else [],
        "location": [wording.where(place)] if place else [],
        "addressEntity": [place_id(place)] if place else [],
        "organizer": _ids(event.participants_actor),
        "involved": _ids(event.participants_recipient),
        "keywords": [event.type, event.mode or "", *event.contexts],
        "summary": figures,
        "notes": notes,
        "proof": [article_id(id_) for id_ in event.documents],
        "recordId": [event.id],
    }


def _ids(parties: Iterable[Participant]) -> list[str]:
    return list(dict.fromkeys(party_id(each) for each in parties))
