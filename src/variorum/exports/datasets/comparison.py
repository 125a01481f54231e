"""Which events a data set and an edition both have, which only one has, and where their figures differ.

Two events are laid beside one another by day, place, parties and kind of violence; each pair says why. The weights
below are judgement, not measurement: they are meant to be read, and a pair can be judged by its reasons.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from rapidfuzz import fuzz

from variorum.exports.formats.acled import event_types
from variorum.exports.lines import reading_line
from variorum.exports.shapes import (
    CIVILIANS,
    HAPPENED,
    Days,
    Deaths,
    days,
    deaths,
    party_kind,
    point,
    sides,
    where_prec,
)
from variorum.records import Event, EventPlace, Feature, Participant, PlaceReading, Record
from variorum.world.names import name_key
from variorum.world.states import States

from .reading import Dataset, Holds, TheirEvent

_STATE_FORCES = re.compile(
    r"(?:Government|Military Forces|Police Forces|Armed Forces) of (?:the )?([^(]+?)\s*(?:\(.*)?$"
)
_EARTH = 6371.0


class PairingOptions(Record, frozen=True, kw_only=True):
    """When two events are one. `days` apart and `km` apart is the most that two reports of one event are taken to lie;
    a place told to a first-level division or coarser may lie `wide_km` off. `day_weight`, `place_weight`,
    `parties_weight` and `kind_weight` are of what is known on both sides, `least` is the share of them that a pair must
    reach: other parties on the same day at the same place pass, on the next day or 40 km off they do not. Names are
    alike from `alike` on (0 to 100)."""

    days: int = 1
    km: float = 50.0
    wide_km: float = 250.0
    day_weight: float = 3.0
    place_weight: float = 3.0
    parties_weight: float = 2.0
    kind_weight: float = 1.0
    least: float = 0.65
    alike: float = 85.0


class Difference(Record, frozen=True, kw_only=True):
    """A figure of people killed that is not the same; None is no figure, or no one figure."""

    field: str
    ours: int | None
    theirs: int | None


class Pair(Record, frozen=True, kw_only=True):
    """An event that both have. `reasons` say what of it is alike; `readings` are our figures with who gives each, where
    the figures differ."""

    event: str
    headline: str
    row: int
    id: str
    score: float
    reasons: tuple[Feature, ...]
    differences: tuple[Difference, ...] = ()
    readings: tuple[str, ...] = ()


class Ours(Record, frozen=True, kw_only=True):
    event: str
    headline: str


class Theirs(Record, frozen=True, kw_only=True):
    row: int
    id: str
    told: str


class Comparison(Record, frozen=True, kw_only=True):
    """`shape` is that of the data set: "ged", "acled" or "mapped". `outside` counts its rows that lie at times or in
    countries of which the edition has no event; they are in no list."""

    shape: str
    both: tuple[Pair, ...]
    only_ours: tuple[Ours, ...]
    only_theirs: tuple[Theirs, ...]
    outside: int


def compare(events: Iterable[Event], dataset: Dataset, options: PairingOptions | None = None) -> Comparison:
    """Lay a data set beside events. Of the events those are compared that the data set is meant to hold: lethal ones,
    those that have a place in ACLED's shape, or all; never what is not told as having happened."""
    options = options or PairingOptions()
    told = [_Event(each) for each in events if each.status in HAPPENED]
    ours = [each for each in told if comparable(each.event, dataset.mapping.holds)]
    by_day = _by_day(ours)
    countries = {place.country for each in told for place in each.places}
    kept: list[TheirEvent] = []
    found: list[_Match] = []
    outside = 0
    for their in dataset:
        near = _candidates(their.when, by_day, options.days)
        inside = their.country is None or None in countries or their.country in countries
        if not inside or not (near or _within(their.when, told, options.days)):
            outside += 1
            continue
        for number in near:
            judged = _judged(ours[number], their, options)
            if judged is not None:
                same = not _differences(ours[number], their)
                found.append(_Match(score=judged[0], same=same, our=number, their=len(kept), reasons=judged[1]))
        kept.append(their)
    chosen = _one_to_one(found)
    theirs = {match.their for match in chosen.values()}
    return Comparison(
        shape=dataset.name,
        both=tuple(_pair(ours[number], kept[match.their], match) for number, match in sorted(chosen.items())),
        only_ours=tuple(
            Ours(event=each.event.id, headline=each.event.headline)
            for number, each in enumerate(ours)
            if number not in chosen
        ),
        only_theirs=tuple(
            Theirs(row=each.row, id=each.id, told=_told(each))
            for number, each in enumerate(kept)
            if number not in theirs
        ),
        outside=outside,
    )


class _Match(NamedTuple):
    """That one of ours and one of theirs may be one event, both by their places; `same` where their figures are."""

    score: float
    same: bool
    our: int
    their: int
    reasons: tuple[Feature, ...]


def _one_to_one(found: Iterable[_Match]) -> dict[int, _Match]:
    """The likeliest matches first; of equals those with the same figures, then by the order of both."""
    chosen: dict[int, _Match] = {}
    taken = set[int]()
    for match in sorted(found, key=lambda each: (-each.score, not each.same, each.our, each.their)):
        if match.our not in chosen and match.their not in taken:
            chosen[match.our] = match
            taken.add(match.their)
    return chosen


def comparable(event: Event, holds: Holds) -> bool:
    """Whether a data set that holds such events should have this one."""
    if event.status not in HAPPENED:
        return False
    if holds == "lethal":
        return deaths(event) is not None
    return holds == "all" or event_types(event) is not None


class _Place(NamedTuple):
    """A place that an account gives; all None where none does."""

    point: tuple[float, float] | None
    precision: int | None
    country: str | None


_NOWHERE = _Place(None, None, None)


def _place(told: EventPlace | PlaceReading) -> _Place:
    return _Place(point(told), where_prec(told), told.country)


class _Event:
    """One of ours, with what it is compared by."""

    def __init__(self, event: Event) -> None:
        self.event = event
        self.when = days(event.time)
        told: list[EventPlace | PlaceReading] = [event.place, *event.place.readings] if event.place is not None else []
        self.places = tuple(dict.fromkeys(map(_place, told))) or (_NOWHERE,)
        self.deaths: Deaths | None = deaths(event)
        both = sides(event)
        self.violence = both.violence
        self.parties = (_ours(event.participants_actor, both.a), _ours(event.participants_recipient, both.b))


def _ours(parties: Iterable[Participant], names: Iterable[str]) -> frozenset[str]:
    found = {_party(name) for name in names}
    for each in parties:
        kind = party_kind(each)
        found.add(name_key(each.name))
        if kind == "state" and each.country is not None:
            found.add(f"={each.country}")
        elif kind == "civilian":
            found.add(f"={CIVILIANS}")
    return frozenset(found - {""})


def _party(name: str) -> str:
    """A party's name as it is compared: a state by its code whoever acts for it, civilians as such."""
    if forces := _STATE_FORCES.match(name):
        state = States.load().named(forces[1])
        if state is not None and state.iso3:
            return f"={state.iso3}"
    if name.casefold().startswith("civilians"):
        return f"={CIVILIANS}"
    state = States.load().named(name)
    return f"={state.iso3}" if state and state.iso3 else name_key(name)


def _by_day(ours: Sequence[_Event]) -> dict[date | None, list[int]]:
    """Ours by each day that they may have been on; what is open at an end, or long, stands under None."""
    found: defaultdict[date | None, list[int]] = defaultdict(list)
    for number, each in enumerate(ours):
        span = each.when.span
        if span is None or span > 31 or each.when.first is None:
            found[None].append(number)
            continue
        for offset in range(span):
            found[each.when.first + timedelta(days=offset)].append(number)
    return found


def _candidates(when: Days, by_day: dict[date | None, list[int]], tolerance: int) -> list[int]:
    if when.first is None and when.last is None:
        return sorted({number for numbers in by_day.values() for number in numbers})
    first, last = when.first or when.last, when.last or when.first
    if first is None or last is None or (last - first).days > 366:
        return sorted({number for numbers in by_day.values() for number in numbers})
    found = set(by_day.get(None, ()))
    for offset in range(-tolerance, (last - first).days + tolerance + 1):
        found.update(by_day.get(first + timedelta(days=offset), ()))
    return sorted(found)


def _within(when: Days, ours: Sequence[_Event], tolerance: int) -> bool:
    """Whether the edition has events about that time at all."""
    bounds = [day for each in ours for day in each.when if day is not None]
    if not bounds or (when.first is None and when.last is None):
        return bool(ours)
    margin = timedelta(days=tolerance)
    first, last = when.first or when.last or date.max, when.last or when.first or date.min
    return first <= max(bounds) + margin and last >= min(bounds) - margin


def _judged(our: _Event, their: TheirEvent, options: PairingOptions) -> tuple[float, tuple[Feature, ...]] | None:
    """How alike two events are, 0 to 1, and why; None where they cannot be one, or too little is known of both."""
    features = [
        _day_feature(our.when, their.when, options),
        _place_feature(our, their, options),
        _parties_feature(our, their, options),
        _kind_feature(our, their, options),
    ]
    known = [each for each in features if each is not None]
    if any(each.value < 0 for each in known):
        return None
    day, place, parties, _ = features
    if day is None and place is None and (parties is None or parties.value < 1 or _differences(our, their)):
        return None
    if sum(each is not None for each in (day, place, parties)) < 2 and _differences(our, their):
        return None
    score = sum(each.contribution for each in known) / sum(each.weight for each in known) if known else 0.0
    return (round(score, 4), tuple(known)) if score >= options.least else None


def _day_feature(our: Days, their: Days, options: PairingOptions) -> Feature | None:
    def made(value: float, note: str) -> Feature:
        return Feature(name="day", value=value, weight=options.day_weight, note=note)

    if our == Days(None, None) or their == Days(None, None):
        return None
    if our == their:
        return made(1.0, "the same day" if our.span == 1 else "the same days")
    first, last = our.first or date.min, our.last or date.max
    other_first, other_last = their.first or date.min, their.last or date.max
    gap = max((other_first - last).days, (first - other_last).days)
    if gap <= 0:
        whole = our.span is not None and their.span is not None
        return made(0.8 if whole else 0.5, "days that overlap" if whole else "it may have been then: an end is open")
    if gap <= options.days:
        return made(0.6, f"{gap} day{'s' * (gap != 1)} apart")
    return made(-1.0, "on other days")


def _place_feature(our: _Event, their: TheirEvent, options: PairingOptions) -> Feature | None:
    """Of the places that accounts give ours, the one that is most like theirs."""
    found = [each for place in our.places if (each := _like_place(place, their, options)) is not None]
    return max(found, key=lambda each: each.value, default=None)


def _like_place(our: _Place, their: TheirEvent, options: PairingOptions) -> Feature | None:
    def made(value: float, note: str) -> Feature:
        return Feature(name="place", value=value, weight=options.place_weight, note=note)

    coarse = (our.precision or 0) >= 4 or (their.place_precision or 0) >= 4
    if our.point is not None and their.point is not None and (their.place_precision or 0) < 6:
        apart = distance_km(our.point, their.point)
        most = options.wide_km if coarse else options.km
        if apart > most:
            return made(-1.0, f"{apart:.0f} km apart")
        return made(1.0 - 0.5 * apart / most, f"{apart:.0f} km apart" if apart >= 1 else "the same place")
    if our.country is None or their.country is None:
        return None
    if our.country != their.country:
        return made(-1.0, "in other countries")
    return made(0.6, "in the same country; no finer place is told on both sides")


def distance_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The distance of two points along the surface of the earth, taken as a sphere (haversine formula)."""
    lat, lon, other_lat, other_lon = map(math.radians, (*one, *other))
    half = math.sin((other_lat - lat) / 2) ** 2
    half += math.cos(lat) * math.cos(other_lat) * math.sin((other_lon - lon) / 2) ** 2
    return 2 * _EARTH * math.asin(min(1.0, math.sqrt(half)))


def _parties_feature(our: _Event, their: TheirEvent, options: PairingOptions) -> Feature | None:
    """Either side of the one may be either side of the other: data sets order them differently."""
    theirs = (_names(their.actors), _names(their.recipients))
    if not any(our.parties) or not any(theirs):
        return None
    ways = (
        (_alike(our.parties[0], theirs[0], options), _alike(our.parties[1], theirs[1], options)),
        (_alike(our.parties[0], theirs[1], options), _alike(our.parties[1], theirs[0], options)),
    )
    matched = max(sum(each is True for each in way) for way in ways)
    known = min(sum(bool(side) for side in our.parties), sum(bool(side) for side in theirs))
    notes = ("other parties", "one party alike", "both parties alike")
    return Feature(name="parties", value=min(1.0, matched / known), weight=options.parties_weight, note=notes[matched])


def _names(names: Iterable[str]) -> frozenset[str]:
    """A cell may have several with commas between them, as GED has; a name may have one too."""
    found = {_party(name) for name in names}
    found.update(_party(part.strip()) for name in names if ", " in name for part in name.split(", "))
    return frozenset(found - {""})


def _alike(ours: frozenset[str], theirs: frozenset[str], options: PairingOptions) -> bool | None:
    if not ours or not theirs:
        return None
    if ours & theirs:
        return True
    pairs = ((one, other) for one in ours for other in theirs if one[0] != "=" and other[0] != "=")
    return any(fuzz.token_set_ratio(one, other) >= options.alike for one, other in pairs)


def _kind_feature(our: _Event, their: TheirEvent, options: PairingOptions) -> Feature | None:
    def made(alike: bool, note: str) -> Feature:
        return Feature(name="kind", value=float(alike), weight=options.kind_weight, note=note)

    if their.violence is not None and our.violence is not None:
        alike = their.violence == our.violence
        return made(alike, "the same kind of violence" if alike else "another kind of violence")
    if not their.type:
        return None
    codes = {our.event.type.casefold(), (our.event.mode or "").casefold()}
    codes.update(name.casefold() for name in event_types(our.event) or ())
    alike = their.type.casefold() in codes
    return made(alike, "the same type" if alike else f"another type ({their.type})")


def _differences(our: _Event, their: TheirEvent) -> tuple[Difference, ...]:
    """UCDP's three figures are compared each with its own; a single figure with the range of ours."""
    dead = our.deaths
    low, best, high = (dead.low, dead.best, dead.high) if dead else (None, None, None)
    pairs = (("low", low, their.low), ("best", best, their.best), ("high", high, their.high))
    if their.low is not None or their.best is not None or their.high is not None:
        return tuple(
            Difference(field=name, ours=mine, theirs=other)
            for name, mine, other in pairs
            if mine != other and not (other is None and dead is None)
        )
    if their.killed is None or (their.killed == 0 and dead is None):
        return ()
    if low is not None and their.killed >= low and (high is None or their.killed <= high):
        return ()
    return (Difference(field="killed", ours=best if best is not None else low, theirs=their.killed),)


def _pair(our: _Event, their: TheirEvent, match: _Match) -> Pair:
    differences = _differences(our, their)
    return Pair(
        event=our.event.id,
        headline=our.event.headline,
        row=their.row,
        id=their.id,
        score=match.score,
        reasons=match.reasons,
        differences=differences,
        readings=tuple(_readings(our.event)) if differences else (),
    )


def _readings(event: Event) -> Iterator[str]:
    for toll in event.tolls:
        if toll.kind == "killed":
            yield from (reading_line(reading) for reading in toll.readings)


def _told(their: TheirEvent) -> str:
    """A row in a line."""
    parties = " – ".join(filter(None, (", ".join(their.actors), ", ".join(their.recipients))))
    first, last = their.when
    when = first.isoformat() if first else (f"by {last.isoformat()}" if last else "")
    figure = their.best if their.best is not None else their.killed if their.killed is not None else their.low
    parts = (when, their.place or their.country or "", parties, their.type, f"{figure} killed" if figure else "")
    return " · ".join(filter(None, parts))
