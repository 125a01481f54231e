"""The shape of UCDP's Georeferenced Event Dataset (Sundberg and Melander 2013): a row a lethal event, 49 columns.

What only UCDP issues (its ids, its names of conflicts, its status of a code) stays blank.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from variorum.exports import wording
from variorum.exports.cells import Value, csv_lines
from variorum.exports.shapes import (
    HAPPENED,
    LOCATED,
    Deaths,
    Sides,
    admin1,
    date_prec,
    days,
    deaths,
    point,
    priogrid,
    sides,
    state_of,
    where_prec,
)
from variorum.records import EditionDocument, Event
from variorum.world.state_codes import state_numbers

from .base import Job, outlet_name, tellers

COLUMNS = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id",
    "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a",
    "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office", "source_date",
    "source_headline", "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region", "event_clarity",
    "date_prec", "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best",
    "high", "low", "gwnoa", "gwnob",
)  # fmt: skip
_SEPARATORS = re.compile(r"[\s;\"]*[;\"\r\n\t][\s;\"]*")


def lines(job: Job) -> Iterator[str]:
    """The lethal events as CSV in the order of the edition."""
    return csv_lines(COLUMNS, rows(job))


def rows(job: Job) -> Iterator[dict[str, Value]]:
    """A row of `COLUMNS` for each lethal event; the others are counted as left out."""
    for event in job.source.events():
        dead = deaths(event)
        if event.status not in HAPPENED:
            job.left_out["not told as having happened"] += 1
        elif dead is None:
            job.left_out["of which no account tells people killed"] += 1
        else:
            yield _row(job, event, dead)


def _row(job: Job, event: Event, dead: Deaths) -> dict[str, Value]:
    found, when = sides(event), days(event.time)
    job.count_blanks(event)
    side_a, side_b = ", ".join(found.a), ", ".join(found.b)
    return {
        "year": when.year,
        "type_of_violence": found.violence,
        "dyad_name": f"{side_a} - {side_b}" if side_a and side_b else None,
        "side_a": side_a,
        "side_b": side_b,
        "source_original": ";".join(filter(None, (_joined(dead.speakers), wording.proposed(event).strip()))),
        "event_clarity": 1 if when.span == 1 else 2,
        "date_prec": date_prec(when),
        "date_start": when.first.isoformat() if when.first else None,
        "date_end": when.last.isoformat() if when.last else None,
        "best": dead.best,
        "high": dead.high,
        "low": dead.low,
        "gwnoa": _gw(found.state_a),
        "gwnob": _gw(found.state_b),
        **_sources(tellers(job, event)),
        **_where(event),
        **_dead_by_side(found, dead),
    }


def _sources(documents: list[EditionDocument]) -> dict[str, Value]:
    """The reports, in lists that go in step."""
    offices = [_clean(outlet_name(each)) for each in documents]
    dates = [(each.published or "")[:10] for each in documents]
    headlines = [_clean(each.title or "") for each in documents]
    articles = (f'"{",".join(told)}"' for told in zip(offices, dates, headlines, strict=True))
    return {
        "number_of_sources": len(documents),
        "source_article": ";".join(articles),
        "source_office": ";".join(offices),
        "source_date": ";".join(dates),
        "source_headline": ";".join(headlines),
    }


def _where(event: Event) -> dict[str, Value]:
    place, at, state = event.place, point(event.place), state_of(event.place)
    numbers = state_numbers(state.iso3 if state else None)
    found: dict[str, Value] = {
        "where_prec": where_prec(place),
        "country": state.name if state else None,
        "country_id": numbers.gw,
        "region": numbers.region,
    }
    if place is None:
        return found
    if place.precision in LOCATED:
        found["where_coordinates"] = place.name
        found["adm_1"] = admin1(place)
        found["adm_2"] = place.name if place.precision == "district" else None
    words = dict.fromkeys(each.name for each in place.readings)
    found["where_description"] = "; ".join(words) or place.name
    if at is not None:
        found |= {"latitude": at[0], "longitude": at[1], "geom_wkt": f"POINT ({at[1]:.10g} {at[0]:.10g})"}
        if place.precision != "admin1":
            found["priogrid_gid"] = priogrid(*at)
    return found


def _dead_by_side(found: Sides, dead: Deaths) -> dict[str, Value]:
    """The dead of `best` by side: soldiers and the like are those of the one state among the sides, militants and the
    like those of the one side that is no state; whoever's else they are, they are unknown."""
    if dead.best is None:
        return {}
    one_state = found.violence == 1 and not found.state_b
    a = (dead.state or 0) if one_state else 0
    b = (dead.armed or 0) if one_state else 0
    civilians = dead.civilian or 0
    return {
        "deaths_a": a,
        "deaths_b": b,
        "deaths_civilians": civilians,
        "deaths_unknown": dead.best - a - b - civilians,
    }


def _gw(states: Iterable[str]) -> str | None:
    """Gleditsch and Ward's numbers of the states of a side."""
    numbers = (state_numbers(code).gw for code in states)
    return ", ".join(str(number) for number in numbers if number is not None) or None


def _joined(names: Iterable[str]) -> str:
    return ";".join(_clean(name) for name in names)


def _clean(text: str) -> str:
    """Text that cannot be taken for two items of a list."""
    return _SEPARATORS.sub(" ", text).strip()
