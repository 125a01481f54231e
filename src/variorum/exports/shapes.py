"""What the shapes of other people's data sets ask of an event: its days, its precision, its two sides, its dead.

Every rule here is told to users in docs/exports.md. None averages, none makes a value finer than the edition has it.
"""

from __future__ import annotations

import math
from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any, Literal, NamedTuple

from variorum.packaged import data_table
from variorum.records import Event, EventPlace, EventTime, Participant, PlaceReading, Precision, Reading, Record, Toll
from variorum.world.states import State, States

PartyKind = Literal["state", "armed", "civilian", "unknown"]
HAPPENED = frozenset({"actual", "ongoing", "historical"})
"""The statuses of what is told as having happened; data sets of events hold nothing else."""
LOCATED: frozenset[Precision] = frozenset({"site", "city", "district", "admin1"})
"""The precisions whose point lies where the event was; a country's or a region's point is only a place to write its
name on a map."""
_WHERE_PREC: dict[Precision, int] = {"site": 1, "city": 1, "district": 3, "admin1": 4, "region": 5, "country": 6}
_MONTH, _WEEK = 31, 7


@cache
def tables() -> Mapping[str, Any]:
    """The tables of `data/exports.toml`."""
    return data_table("exports.toml")


# when


class Days(NamedTuple):
    """The first and the last day on which an event may have been, None where that end is open."""

    first: date | None
    last: date | None

    @property
    def span(self) -> int | None:
        """How many days, both ends included; None where an end is open."""
        return (self.last - self.first).days + 1 if self.first and self.last else None

    @property
    def year(self) -> int | None:
        """The year, where it is certain."""
        return self.first.year if self.first and self.last and self.first.year == self.last.year else None


def days(time: EventTime | None) -> Days:
    return Days(_day(time.earliest, last=False), _day(time.latest, last=True)) if time else Days(None, None)


def _day(iso: str | None, *, last: bool) -> date | None:
    """An ISO 8601 bound to the day; a month or a year gives its first or its last."""
    try:
        parts = [int(part) for part in (iso or "")[:10].split("-")]
        if len(parts) == 3:
            return date(parts[0], parts[1], parts[2])
        month = parts[1] if len(parts) > 1 else (12 if last else 1)
        return date(parts[0], month, monthrange(parts[0], month)[1] if last else 1)
    except ValueError:
        return None


def date_prec(when: Days) -> int | None:
    """UCDP's precision of a date: 1 the day, 2 two to six days, 3 a week, 4 a month, 5 more; None if open."""
    span = when.span
    if span is None:
        return None
    return 1 if span <= 1 else 2 if span < _WEEK else 3 if span == _WEEK else 4 if span <= _MONTH else 5


# where


def point(place: EventPlace | PlaceReading | None) -> tuple[float, float] | None:
    """Latitude and longitude, where the place is told to its first-level division or finer."""
    if place is None or place.precision not in LOCATED or place.lat is None or place.lon is None:
        return None
    return place.lat, place.lon


def where_prec(place: EventPlace | PlaceReading | None) -> int | None:
    """UCDP's precision of a place: 1 the town or site, 3 a district, 4 a first-level division, 5 a region, 6 a
    country; None where none is told."""
    return _WHERE_PREC.get(place.precision) if place else None


def admin1(place: EventPlace) -> str | None:
    """The first-level division that a place lies in or is."""
    return place.admin1 or (place.name if place.precision == "admin1" else None)


def priogrid(lat: float, lon: float) -> int:
    """The number of the PRIO-GRID cell of half a degree that a point lies in, counted from 1 in the south-west, row by
    row (Tollefsen, Strand, Buhaug 2012, "PRIO-GRID: A unified spatial data structure")."""
    row = min(math.floor((lat + 90) * 2), 359)
    column = min(math.floor((lon + 180) * 2), 719)
    return row * 720 + column + 1


def state_of(place: EventPlace | None) -> State | None:
    return States.load().by_iso2(place.country) if place else None


# who


def party_kind(party: Participant) -> PartyKind:
    """State, armed group or civilians, by PLOVER's sector; unknown without one."""
    parties = tables()["parties"]
    if party.sector is None or party.sector in parties["unknown"]:
        return "unknown"
    if party.sector in parties["state"]:
        return "state"
    return "armed" if party.sector in parties["armed"] else "civilian"


class Sides(Record, frozen=True, kw_only=True):
    """Both sides of violence as UCDP tells them apart. `violence` is 1 between a state and an organised party, 2
    between organised parties that are no states, 3 against civilians; None where a side is not told. `a` and `b` are
    names, `state_a` and `state_b` the ISO 3166 alpha-3 codes of the states on each side. With `violence` 1 the state
    is side a; between two states who acted is."""

    violence: int | None
    a: tuple[str, ...]
    b: tuple[str, ...]
    state_a: tuple[str, ...] = ()
    state_b: tuple[str, ...] = ()


CIVILIANS = "Civilians"


def sides(event: Event) -> Sides:
    """The sides of an event by who did it to whom. Civilians among those acted on beside an organised party are no
    side; an unidentified armed group is named only where its side has nobody else; who acts is not acted on as well,
    where others are. Things and places that were hit are no parties."""
    acting, acted_on = _organised(event.participants_actor), _organised(event.participants_recipient)
    a, b = _side_names(acting), _side_names(acted_on)
    others = tuple(each for each in acted_on if side_name(each) not in a)
    acted_on, b = others, _side_names(others)
    states_a, states_b = _states(acting), _states(acted_on)
    if acting and acted_on:
        if states_b and not states_a:
            return Sides(violence=1, a=b, b=a, state_a=states_b, state_b=states_a)
        violence = 1 if states_a else 2
        return Sides(violence=violence, a=a, b=b, state_a=states_a, state_b=states_b)
    if not b and any(party_kind(each) == "civilian" for each in event.participants_recipient):
        b = (CIVILIANS,)
    if acting and b == (CIVILIANS,):
        return Sides(violence=3, a=a, b=b, state_a=states_a)
    crowd = (each.name for each in event.participants_actor if party_kind(each) == "civilian")
    return Sides(violence=None, a=a or tuple(dict.fromkeys(crowd)), b=b, state_a=states_a, state_b=states_b)


def _organised(parties: Iterable[Participant]) -> tuple[Participant, ...]:
    found = [each for each in parties if party_kind(each) in ("state", "armed")]
    unidentified = tables()["parties"]["unidentified"]
    named = [each for each in found if each.sector not in unidentified]
    return tuple(named or found)


def _states(parties: Iterable[Participant]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.country for each in parties if each.country and party_kind(each) == "state"))


def _side_names(parties: Iterable[Participant]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(side_name(each) for each in parties))


def side_name(party: Participant) -> str:
    """UCDP's way to name a side: "Government of" for everybody who acts for a state, others by their name."""
    state = States.load().by_iso3(party.country) if party_kind(party) == "state" else None
    return f"Government of {state.name}" if state else party.name


# how many


class Deaths(Record, frozen=True, kw_only=True):
    """The dead of an event by the rule of `deaths`. `high` None is open, `best` None where the accounts give no one
    number; `state`, `armed` and `civilian` are those of them whom the texts name as such. `speakers` gave the figures
    in force."""

    low: int
    high: int | None
    best: int | None
    state: int | None = None
    armed: int | None = None
    civilian: int | None = None
    speakers: tuple[str, ...] = ()


def deaths(event: Event) -> Deaths | None:
    """The dead that an event's accounts give, None where none gives any.

    Of the readings of people *killed* that no later one of the same source replaced: `low` is the least that any of
    them gives as its least, `high` the most that any gives as its most, open where one of them is open. `best` is the
    smallest number that contradicts none of them, and None where they are in dispute or no number fits all.

    A reading that counts a group ("two children") is a part where another counts all, but for one of soldiers or
    fighters by a speaker who gives no other figure: that is how this one counts the dead. A part that passes the whole
    of another account raises `high`. Where there are only groups they bound the whole; a state's forces, an armed group
    and civilians, each in one wording, exclude one another and are added, unless the accounts are in dispute.
    """
    toll = next((each for each in event.tolls if each.kind == "killed"), None)
    current = [each for each in toll.readings if each.superseded_by is None] if toll else []
    if toll is None or not any(each.high is None or each.high > 0 for each in current):
        return None
    whole = [each for each in current if group_kind(each) == "all"]
    apart = _apart(current) if not whole and toll.agreement != "disputed" else None
    if apart:
        low = sum(min(each.low or 0 for each in group) for group in apart.values())
        highs = [each.high for group in apart.values() for each in group]
        high = None if None in highs else sum(max(each.high or 0 for each in group) for group in apart.values())
        parts = {kind: _shared(group) for kind, group in apart.items()}
        best = None if None in parts.values() else sum(number or 0 for number in parts.values())
    else:
        bounding = [each for each in current if each in whole or _own_account(each, whole)] if whole else current
        low = min(each.low or 0 for each in bounding)
        most = max(each.low or 0 if each.high is None else each.high for each in current)  # a part may pass the whole
        high = None if any(each.high is None for each in bounding) else most
        same = whole or (current if len({each.group for each in current}) == 1 else [])
        best = _shared(same) if same else None
        parts = {kind: _part(same, kind) for kind in ("state", "armed", "civilian")} if best is not None else {}
        if not whole and same and best is not None:
            parts[group_kind(same[0])] = best
    if toll.agreement == "disputed":
        best = None
    if best is None or sum(number or 0 for number in parts.values()) > best:
        parts = {}
    speakers = tuple(dict.fromkeys(each.speaker for each in current if each.speaker))
    return Deaths(
        low=low,
        high=high,
        best=best,
        state=parts.get("state"),
        armed=parts.get("armed"),
        civilian=parts.get("civilian"),
        speakers=speakers,
    )


def _own_account(reading: Reading, whole: Iterable[Reading]) -> bool:
    """Whether a count of a state's or an armed group's dead is all that its speaker gives."""
    return group_kind(reading) in ("state", "armed") and all(each.speaker != reading.speaker for each in whole)


GroupKind = Literal["all", "state", "armed", "civilian", "other"]


def group_kind(reading: Reading) -> GroupKind:
    """Whose dead a reading counts: everybody's, a state's forces', an armed group's, civilians', or none of these."""
    if reading.group is None:
        return "all"
    return _group_words().get(reading.group.casefold(), "other")


@cache
def _group_words() -> Mapping[str, GroupKind]:
    return {word: kind for kind, words in tables()["groups"].items() for word in words}


def _apart(readings: list[Reading]) -> dict[GroupKind, list[Reading]] | None:
    """Readings by whose dead they count, where these groups exclude one another and each is worded in one way."""
    found: dict[GroupKind, list[Reading]] = {}
    for each in readings:
        found.setdefault(group_kind(each), []).append(each)
    one_word = all(len({each.group for each in group}) == 1 for group in found.values())
    return found if len(found) > 1 and "other" not in found and one_word else None


def _shared(readings: list[Reading]) -> int | None:
    """The smallest number that every reading allows."""
    least = max(each.low or 0 for each in readings)
    bounds = [each.high for each in readings if each.high is not None]
    return least if all(least <= high for high in bounds) and least > 0 else None


def _part(readings: Iterable[Reading], kind: GroupKind) -> int | None:
    """The dead of one kind among the parts that readings name, where these agree on their number."""
    numbers = set[int]()
    for reading in readings:
        parts = [part for part in reading.parts if group_kind(part) == kind]
        if parts and all(part.low is not None and part.low == part.high for part in parts):
            numbers.add(sum(part.low or 0 for part in parts))
    return numbers.pop() if len(numbers) == 1 else None


def toll_of(event: Event, kind: str) -> Toll | None:
    return next((each for each in event.tolls if each.kind == kind), None)
