"""POLECAT's table (40 columns, tabs between them) and PLOVER's JSON records, a line each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from variorum.coding.ontology import QUADS, Ontology
from variorum.exports.cells import Value, tsv_lines
from variorum.exports.shapes import days, point, state_of
from variorum.records import Event, Participant, Precision, TollKind
from variorum.world.state_codes import state_numbers
from variorum.world.states import States

from .base import Job, outlet_name, tellers

COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts", "Actor Name",
    "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw",
    "Wikipedia Actor ID", "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector",
    "Recipient Sectors", "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID", "Placename", "City",
    "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type",
    "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language", "Version",
)  # fmt: skip
_SIZES: dict[TollKind, str] = {"killed": "dead", "injured": "injured", "captured": "arrested"}
_REQUIRED = frozenset({"id", "date", "actor", "event"})  # there also where nothing is told
RECORD_KEYS = (
    "id", "date", "actor", "event", "has_event", "time", "enddate", "endtime", "recipient", "event_loc", "event_text",
    "quad_code", "event_scale", "mode", "context", "dead", "injured", "arrested", "status", "agreement",
    "independent_origins", "link", "text", "text_info", "cite_info", "coder", "coder_version",
)  # fmt: skip
ENTITY_KEYS = ("code", "sector", "entity_text", "identifier_text")
LOCATION_KEYS = (
    "extracted_place", "resolved_place", "geonameid", "lat", "lon", "city", "district", "province", "country",
    "country_code", "resolution",
)  # fmt: skip
# PLOVER's manual, "Location": 5 finer than a town to 1 a country; what lies between a province and a town is 3.
_RESOLUTION: dict[Precision, int] = {"site": 5, "city": 4, "district": 3, "admin1": 2, "country": 1}


def lines(job: Job) -> Iterator[str]:
    """Every event that happened, by its status, in POLECAT's table; the others are left out, for it has no column for
    a status."""
    return tsv_lines(COLUMNS, rows(job))


def rows(job: Job) -> Iterator[dict[str, Value]]:
    ontology = Ontology.load()
    for event in job.source.events():
        if event.status not in ("actual", "ongoing", "historical"):
            job.left_out["not told as having happened"] += 1
            continue
        yield _row(job, event, ontology)


def _row(job: Job, event: Event, ontology: Ontology) -> dict[str, Value]:
    kind = ontology.types.get(event.type)
    when, documents = days(event.time), tellers(job, event)
    job.count_blanks(event)
    people = [each.name for each in _parties(event) if ":PER:" in each.key]
    bodies = [each.name for each in _parties(event) if ":PER:" not in each.key]
    published = [each.published[:10] for each in documents if each.published]
    return {
        "Event ID": event.id,
        "Event Date": when.first.isoformat() if when.first else None,
        "Event Type": event.type,
        "Event Mode": event.mode,
        "Intensity": ontology.score(event.type, event.mode) if kind else None,
        "Quad Code": QUADS[kind.quad].upper() if kind else None,
        "Contexts": ";".join(event.contexts),
        **_party(job, "Actor", event.participants_actor),
        **_party(job, "Recipient", event.participants_recipient),
        **_place(job, event),
        "Source": _listed(outlet_name(each) for each in documents),
        "Publication Date": _listed(published),
        "Story People": _listed(people),
        "Story Organizations": _listed(bodies),
        "Story Locations": _listed(each.name for each in (event.place.readings if event.place else ())),
        "Language": _listed(each.language or "" for each in documents),
        "Version": f"Variorum {job.source.versions.get('variorum', '')}".strip(),
    }


def _party(job: Job, role: str, parties: tuple[Participant, ...]) -> dict[str, Value]:
    """The columns of a side, in lists that go in step: a party once, an empty item where something is not known."""
    told = dict.fromkeys((each.name, each.country, each.sector) for each in parties)
    first = {(each.name, each.country, each.sector): each for each in reversed(parties)}
    states = [States.load().by_iso3(country) for _, country, _ in told]
    cow = [state_numbers(country).cow for _, country, _ in told]
    return {
        f"{role} Name": _in_step(name for name, _, _ in told),
        f"{role} Country": _in_step(state.name if state else "" for state in states),
        f"{role} COW": _in_step("" if number is None else str(number) for number in cow),
        f"Primary {role} Sector": parties[0].sector if parties else None,
        f"{role} Sectors": _in_step(sector or "" for _, _, sector in told),
        f"{role} Name Raw": _in_step(_raw(job, first[key].evidence[0:1]) for key in told),
    }


def _in_step(values: Iterable[str]) -> str:
    return ";".join(value.replace(";", ",") for value in values)


def _place(job: Job, event: Event) -> dict[str, Value]:
    place, at, state = event.place, point(event.place), state_of(event.place)
    if place is None:
        return {}
    return {
        "Placename": place.name,
        "City": place.name if place.precision == "city" else None,
        "District": place.name if place.precision == "district" else None,
        "Province": place.name if place.precision == "admin1" else place.admin1,
        "Country": state.name if state else None,
        "Latitude": at[0] if at else None,
        "Longitude": at[1] if at else None,
        "GeoNames ID": place.geonameid,
        "Raw Placename": _listed(_raw(job, each.evidence[0:1]) for each in place.readings),
        "Feature Type": place.precision,
    }


def _parties(event: Event) -> Iterator[Participant]:
    yield from event.participants_actor
    yield from event.participants_recipient


def _raw(job: Job, evidence: tuple[Any, ...]) -> str:
    return job.quotations.words(evidence[0]) if evidence else ""


def _listed(values: Iterable[str]) -> str:
    return ";".join(dict.fromkeys(value.replace(";", ",") for value in values if value))


def records(job: Job) -> Iterator[str]:
    """Every event, of whatever status, as a PLOVER record: one JSON object a line."""
    ontology = Ontology.load()
    for event in job.source.events():
        yield msgspec.json.encode(_record(job, event, ontology)).decode("utf-8") + "\n"


def _record(job: Job, event: Event, ontology: Ontology) -> dict[str, Any]:
    kind = ontology.types.get(event.type)
    when, documents = days(event.time), tellers(job, event)
    record: dict[str, Any] = {
        "id": event.id,
        "date": when.first.isoformat() if when.first else None,
        "actor": [_entity(job, each) for each in event.participants_actor],
        "event": event.type,
        "has_event": event.status in ("actual", "ongoing", "historical"),
        "time": _clock(event.time.earliest if event.time else None),
        "enddate": when.last.isoformat() if when.last else None,
        "endtime": _clock(event.time.latest if event.time else None),
        "recipient": [_entity(job, each) for each in event.participants_recipient],
        "event_loc": _location(job, event),
        "event_text": event.headline,
        "quad_code": kind.quad if kind else None,
        "event_scale": ontology.score(event.type, event.mode) if kind else None,
        "mode": event.mode,
        "context": list(event.contexts),
        "status": event.status,
        "independent_origins": event.independent_origins,
        "link": [each.url for each in documents if each.url],
        "text": [job.quotations.words(each) for each in event.evidence],
        "text_info": [_text_info(job, document.id) for document in documents],
        "cite_info": [
            {"source": outlet_name(each), "date": each.published, "title": each.title, "document": each.id}
            for each in documents
        ],
        "coder": "Variorum",
        "coder_version": job.source.versions.get("variorum"),
    }
    agreement: dict[str, str] = {}
    for toll in event.tolls:
        name = _SIZES.get(toll.kind)
        if name:
            record[name] = {"low": toll.low, "high": toll.high}
            agreement[name] = toll.agreement
    record["agreement"] = agreement
    told = {key for key, value in record.items() if value not in (None, [], {})}
    return {key: record[key] for key in RECORD_KEYS if key in told | _REQUIRED}


def _entity(job: Job, party: Participant) -> dict[str, Any]:
    found: Mapping[str, Any] = {
        "code": party.country,
        "sector": party.sector,
        "entity_text": _raw(job, party.evidence[0:1]) or party.name,
        "identifier_text": party.name,
    }
    return {key: value for key, value in found.items() if value}


def _location(job: Job, event: Event) -> dict[str, Any] | None:
    place, at, state = event.place, point(event.place), state_of(event.place)
    if place is None:
        return None
    found: dict[str, Any] = {
        "extracted_place": next((_raw(job, each.evidence[0:1]) for each in place.readings), ""),
        "resolved_place": place.name,
        "geonameid": place.geonameid,
        "lat": at[0] if at else None,
        "lon": at[1] if at else None,
        "city": place.name if place.precision == "city" else None,
        "district": place.name if place.precision == "district" else None,
        "province": place.name if place.precision == "admin1" else place.admin1,
        "country": state.name if state else None,
        "country_code": state.iso3 if state else None,
        "resolution": _RESOLUTION.get(place.precision),
    }
    return {key: value for key, value in found.items() if value not in (None, "")}


def _text_info(job: Job, id_: str) -> dict[str, Any]:
    """Which text, and the text itself where the whole may go out."""
    return {"document": id_} | ({"text_story": job.source.text(id_).text} if job.options.full_text else {})


def _clock(iso: str | None) -> str | None:
    return iso.partition("T")[2][:5] or None if iso else None
