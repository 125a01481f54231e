"""What a person may say instead of a coded field: values as they are written, checked against what there is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import get_args

from variorum.coding import Ontology
from variorum.errors import DecisionError
from variorum.records import Event, PlaceReading, Precision, Status
from variorum.review import Target, told_by
from variorum.world.gazetteer import Gazetteer, Place
from variorum.world.states import States

from .edition import Edition

_PLACE = re.compile(r"(?P<name>.+?)\s*(?:,\s*|\()(?P<country>[A-Za-z]{2})\)?")
_PRECISION: dict[str, Precision] = {
    "country": "country",
    "admin1": "admin1",
    "admin2": "district",
    "city": "city",
    "region": "region",
    "site": "site",
}


def checked(field: str, value: str, event: Event) -> str:
    """The value of a field as it is kept. Raises DecisionError where there is none such."""
    ontology = Ontology.load()
    match field:
        case "type":
            code, _, mode = value.partition("/")
            code = code.strip().upper()
            if code not in ontology.types:
                raise DecisionError(f"{value!r} is no type; there are {', '.join(ontology.types)}")
            return f"{code}/{_mode(ontology, code, mode.strip())}" if mode else code
        case "mode":
            return _mode(ontology, event.type, value) if value else ""
        case "status" if value not in get_args(Status):
            raise DecisionError(f"{value!r} is no status; there are {', '.join(get_args(Status))}")
        case "time" if value:
            _check_days(value)
    return value


def _mode(ontology: Ontology, code: str, mode: str) -> str:
    known = {each.casefold(): each for each in ontology.types[code].modes} if code in ontology.types else {}
    if mode.casefold() not in known:
        raise DecisionError(f"{mode!r} is no mode of {code}; there are {', '.join(known.values()) or 'none'}")
    return known[mode.casefold()]


def _check_days(value: str) -> None:
    try:
        days = [date.fromisoformat(day) for day in value.split("/")]
    except ValueError:
        days = []
    if len(days) not in (1, 2) or days != sorted(days):
        raise DecisionError(f"{value!r} are no days: write 2031-04-01, or 2031-04-01/2031-04-03")


def place_called(value: str, event: Event) -> PlaceReading:
    """The place of a name ("Garissa", "Garissa, KE", "Garissa (KE)") or of a GeoNames id: of several of a name the one
    in the state named, else in the event's, else the largest. Raises DecisionError where there is none."""
    gazetteer = Gazetteer.open()
    if value.isdecimal():
        place = gazetteer.place(int(value))
        if place is None:
            raise DecisionError(f"the gazetteer has no place with the GeoNames id {value}")
        return _reading(place)
    told = _PLACE.fullmatch(value)
    known = told is not None and States.load().by_iso2(told["country"].upper()) is not None
    name, country = (told["name"], told["country"].upper()) if told is not None and known else (value, None)
    hits = [hit.place for hit in gazetteer.find(name)]
    if country is not None:
        hits = [place for place in hits if country in place.countries]
    if not hits:
        raise DecisionError(f"the gazetteer has no place called {value!r}; a GeoNames id does as well")
    here = event.place.country if event.place is not None else None
    near = [place for place in hits if here is not None and here in place.countries]
    return _reading((near or hits)[0])


def _reading(place: Place) -> PlaceReading:
    return PlaceReading(
        name=place.name,
        country=place.country,
        geonameid=place.geonameid,
        lat=place.lat,
        lon=place.lon,
        precision=_PRECISION[place.kind],
        admin1=place.admin1,
    )


def named_actors(edition: Edition, told: Iterable[Target]) -> list[str]:
    """The actors that the texts of some accounts name."""
    found: set[str] = set()
    for document in sorted({each.document for each in told}):
        annotation = edition.layers(document)
        found |= {actor.name for actor in (annotation.actors if annotation is not None else ())}
    return sorted(found)


def said_now(edition: Edition, told: Iterable[Target], field: str) -> str | None:
    """What accounts say of a coded field, each value once."""
    found: dict[str, None] = {}
    for each in told:
        annotation = edition.layers(each.document)
        said = told_by(annotation, each, field) if annotation is not None else None
        if said is not None:
            found[said] = None
    return "; ".join(found) or None
