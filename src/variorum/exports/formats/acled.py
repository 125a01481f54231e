"""The shape of an ACLED file, filled from an edition: a row an event, 31 columns. It is no data of ACLED's, and none
of ACLED's data went into it. The mapping of types is a table in `data/exports.toml`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from variorum.exports import wording
from variorum.exports.cells import Value, csv_lines
from variorum.exports.shapes import HAPPENED, Days, admin1, date_prec, days, deaths, party_kind, point, state_of, tables
from variorum.records import Event, Participant, Precision
from variorum.world.state_codes import state_numbers

from .base import Job, outlet_name, tellers

COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1",
    "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting", "iso",
    "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision", "source",
    "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
_STATE, _CIVILIANS, _EXTERNAL = 1, 7, 8
_OF_A_CROWD = {"Riots": 5, "Protests": 6}  # event types of demonstrations, and what civilians in them are
_GEO: dict[Precision, int] = {"site": 1, "city": 1, "district": 2, "admin1": 3}


def lines(job: Job) -> Iterator[str]:
    """The events that the shape has a place for, as CSV in the order of the edition."""
    return csv_lines(COLUMNS, rows(job))


def rows(job: Job) -> Iterator[dict[str, Value]]:
    """A row of `COLUMNS` for each event that has a type in the shape; the others are counted as left out."""
    for event in job.source.events():
        types = event_types(event)
        if event.status not in HAPPENED:
            job.left_out["not told as having happened"] += 1
        elif types is None:
            job.left_out["of a type that the shape has no place for"] += 1
        else:
            yield _row(job, event, types)


def event_types(event: Event) -> tuple[str, str] | None:
    """ACLED's event type and sub-event type of an event, None where its shape has no place for such."""
    acled = tables()["acled"]
    found = acled["types"].get(f"{event.type}/{event.mode}", acled["types"].get(event.type))
    if found == "by-target":
        target = _target(event)
        found = acled["targets"][target] if target else None
    return (found[0], found[1]) if found else None


def parties(told: Iterable[Participant]) -> tuple[Participant, ...]:
    """Those of the participants who can be a party: things and places that were hit are none."""
    return tuple(each for each in told if party_kind(each) != "unknown")


def _target(event: Event) -> str | None:
    kinds = {party_kind(each) for each in parties(event.participants_recipient)}
    if not kinds:
        return None
    if kinds == {"civilian"}:
        return "civilians"
    armed = kinds & {"state", "armed"}
    return (
        "battle"
        if armed and any(party_kind(each) != "civilian" for each in parties(event.participants_actor))
        else None
    )


def _row(job: Job, event: Event, types: tuple[str, str]) -> dict[str, Value]:
    one, other = _in_order(types[0], parties(event.participants_actor), parties(event.participants_recipient))
    job.count_blanks(event)
    kind, other_kind = _inter(event, types[0], one, acting=True), _inter(event, types[0], other, acting=False)
    both = sorted(each for each in (kind, other_kind) if each is not None)
    when, dead = days(event.time), deaths(event)
    civilians = bool(other) and all(party_kind(each) == "civilian" for each in other)
    disorder = tables()["acled"]["disorder"][types[0]]
    return {
        "event_id_cnty": event.id,
        "event_date": when.first.isoformat() if when.first else None,
        "year": when.year,
        "time_precision": _time_precision(when),
        "disorder_type": disorder,
        "event_type": types[0],
        "sub_event_type": types[1],
        "actor1": one[0].name if one else None,
        "assoc_actor_1": _others(one),
        "inter1": kind,
        "actor2": other[0].name if other else None,
        "assoc_actor_2": _others(other),
        "inter2": other_kind,
        "interaction": "".join(map(str, both)) + "0" * (len(both) == 1),
        "civilian_targeting": "Civilian targeting" if civilians and disorder == "Political violence" else None,
        "source": "; ".join(dict.fromkeys(outlet_name(each) for each in tellers(job, event))),
        "notes": _notes(event),
        "fatalities": dead.low if dead else 0,
        **_where(event),
    }


def _in_order(
    type_: str, one: Sequence[Participant], other: Sequence[Participant]
) -> tuple[Sequence[Participant], ...]:
    """Who demonstrates before who steps in: in ACLED's shape a demonstration is that of its first actor."""
    if type_ in _OF_A_CROWD and not _civilians(one) and _civilians(other):
        return other, one
    return one, other


def _civilians(side: Sequence[Participant]) -> bool:
    return bool(side) and party_kind(side[0]) == "civilian"


def _where(event: Event) -> dict[str, Value]:
    place, at, state = event.place, point(event.place), state_of(event.place)
    numbers = state_numbers(state.iso3 if state else None)
    found: dict[str, Value] = {
        "iso": numbers.iso,
        "region": numbers.region,
        "country": state.name if state else None,
    }
    if place is not None and place.precision in _GEO:
        found |= {
            "admin1": admin1(place),
            "admin2": place.name if place.precision == "district" else None,
            "location": place.name,
            "geo_precision": _GEO[place.precision],
        }
    if at is not None:
        found |= {"latitude": at[0], "longitude": at[1]}
    return found


def _time_precision(when: Days) -> int | None:
    """1 the day, 2 within a week, 3 within a month."""
    precision = date_prec(when)
    return None if precision is None or precision > 4 else {1: 1, 2: 2, 3: 2, 4: 3}[precision]


def _inter(event: Event, type_: str, side: Sequence[Participant], *, acting: bool) -> int | None:
    """ACLED's kind of the first party of a side."""
    if not side:
        return None
    first, found = side[0], tables()["acled"]["inter"]
    kind = party_kind(first)
    if acting and kind == "civilian" and type_ in _OF_A_CROWD:
        return _OF_A_CROWD[type_]
    if kind == "state":
        state = state_of(event.place)
        abroad = state is not None and first.country is not None and state.iso3 != first.country
        return _EXTERNAL if abroad else _STATE
    return int(found.get(first.sector, _CIVILIANS))


def _others(side: Sequence[Participant]) -> str:
    """Who else is on a side, a name once."""
    return "; ".join(name for name in dict.fromkeys(each.name for each in side) if name != side[0].name)


def _notes(event: Event) -> str:
    """The event in a sentence made of its coded fields, and every figure in force with who gives it."""
    told = [event.headline]
    for toll in event.tolls:
        for reading in toll.readings:
            if reading.superseded_by is None:
                speaker = reading.speaker or "the reporter"
                told.append(f"{toll.kind.capitalize()}: {wording.amount(reading.low, reading.high)}, by {speaker}")
    if disputed := wording.disputed_fields(event):
        told.append(f"Disputed: {', '.join(disputed)}")
    return ". ".join(part.rstrip(".") for part in told if part) + "."
