"""The places of a story on a map: each as an area no smaller than what is told of it, and who acted where.

An area is a circle of the size that its precision stands for; it says "somewhere here" and no more. What is told as a
country or a region only is an area too, a wide and faint one; what has no coordinates stands in the table alone.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import cos, radians

from variorum.exports import wording
from variorum.records import Event, EventPlace, Precision
from variorum.web.static_files import static_files

from .labels import Label, Spot, placed, shortened

KM: Mapping[Precision, float] = {
    "site": 3, "city": 12, "district": 30, "admin1": 110, "country": 350, "region": 600, "unknown": 40,
}  # fmt: skip
"""The radius of an area by its precision: about that of a usual town, district, division or state, so that an area is
never smaller than what is meant and reads as one."""

Box = tuple[float, float, float, float]
"""West, south, east, north, in degrees."""
Point = tuple[float, float]

_KM_A_DEGREE = 111.2
_WIDTH, _GUTTER, _TALLEST, _FLATTEST = 1000, 250, 640, 300
_LEAST_SPAN = 3.0  # degrees that a map shows at least
_ACTORS = 14
_ROW = 26
_NAME = 32  # letters of an actor that fit beside a map
_DOT = 11  # pixels around a place that its name leaves free at most
_NAMED = frozenset({"site", "city", "district", "admin1"})
_EDGE = 20  # of all events one in so many, on any side, may lie beyond what is shown …
_FAR = 3.0  # … where all of them together take so many times the room of the others
_MOST_POINTS = 40_000


@dataclass(frozen=True)
class Area:
    """A place: `x`, `y` and `radius` in the drawing, `lon`, `lat` and `km` on the earth."""

    key: str
    name: str
    precision: str
    events: tuple[str, ...]
    disputed: int
    lon: float
    lat: float
    km: float
    x: float
    y: float
    radius: float


@dataclass(frozen=True)
class Tie:
    """That an actor acted (or was acted on) at a place, so many times."""

    actor: int
    area: int
    events: int
    is_acting: bool
    path: str


@dataclass(frozen=True)
class Actor:
    """`short` is the name as it fits beside the map."""

    name: str
    short: str
    y: float


@dataclass(frozen=True)
class PlaceRow:
    """A line of the map's table."""

    name: str
    precision: str
    events: int
    disputed: int
    actors: str
    recipients: str
    key: str
    is_drawn: bool


@dataclass(frozen=True)
class PlaceMap:
    """`box` is what is shown, `land` the path of what land lies in it, `labels` the names that have room, `beyond` how
    many places lie outside. `data` is for the script, which has them all."""

    width: int
    height: float
    gutter: int
    areas: tuple[Area, ...]
    actors: tuple[Actor, ...]
    ties: tuple[Tie, ...]
    labels: tuple[Label, ...]
    beyond: int
    land: str
    box: Box
    data: str


@dataclass(frozen=True)
class _Told:
    place: EventPlace
    events: list[Event]


def place_rows(events: Sequence[Event], disputed: frozenset[str]) -> tuple[PlaceRow, ...]:
    """Every place of the events, the one with the most first."""
    rows = [
        PlaceRow(
            name=wording.where(told.place),
            precision=told.place.precision,
            events=len(told.events),
            disputed=sum(event.id in disputed for event in told.events),
            actors=_names(event.actors for event in told.events),
            recipients=_names(event.recipients for event in told.events),
            key=key,
            is_drawn=told.place.lat is not None and told.place.lon is not None,
        )
        for key, told in _told(events).items()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.events, row.name)))


def place_map(events: Sequence[Event], disputed: frozenset[str]) -> PlaceMap | None:
    """None where no place has coordinates."""
    told = {
        key: each for key, each in _told(events).items() if each.place.lat is not None and each.place.lon is not None
    }
    if not told:
        return None
    west, south, east, north = box = _box(_near(told.values()))
    flat = cos(radians((south + north) / 2))
    inner = _WIDTH - _GUTTER
    scale = min(inner / ((east - west) * flat), _TALLEST / (north - south))
    names = _actors(told.values())
    height = max(_FLATTEST, (north - south) * scale, _ROW * (len(names) + 1))
    dx = _GUTTER + (inner - (east - west) * flat * scale) / 2
    dy = (height - (north - south) * scale) / 2

    def at(lon: float, lat: float) -> tuple[float, float]:
        return round(dx + (lon - west) * flat * scale, 1), round(dy + (north - lat) * scale, 1)

    across, along = (dx - _GUTTER) / (flat * scale), dy / scale  # degrees beyond the box that the drawing shows
    areas = [_area(key, each, disputed, at, scale) for key, each in told.items()]
    areas.sort(key=lambda area: -area.km)  # the smaller stand before the larger
    gap = min(54.0, (height - _ROW) / max(1, len(names)))
    actors = [Actor(name, shortened(name, _NAME), round(_ROW + number * gap, 1)) for number, name in enumerate(names)]
    ties = _ties(told.values(), areas, actors)
    data = _data(areas, actors, ties)
    here = {number for number, area in enumerate(areas) if _GUTTER <= area.x <= _WIDTH and 0 <= area.y <= height}
    return PlaceMap(
        width=_WIDTH,
        height=round(height, 1),
        gutter=_GUTTER,
        areas=tuple(areas),
        actors=tuple(actors),
        ties=tuple(tie for tie in ties if tie.area in here),
        labels=_labels([areas[number] for number in sorted(here)], height),
        beyond=len(areas) - len(here),
        land=_land((west - across, south - along, east + across, north + along), at),
        box=box,
        data=data,
    )


def _told(events: Sequence[Event]) -> dict[str, _Told]:
    """Events by where they are told to be: by the gazetteer's id, else by name and state."""
    found: dict[str, _Told] = {}
    for event in events:
        if event.place is not None:
            place = event.place
            key = str(place.geonameid) if place.geonameid is not None else f"{place.name}-{place.country or ''}"
            found.setdefault(key, _Told(place, [])).events.append(event)
    return found


def _names(told: Iterable[Sequence[str]]) -> str:
    counted = Counter(name for names in told for name in dict.fromkeys(names))
    return ", ".join(name for name, _ in sorted(counted.items(), key=lambda each: (-each[1], each[0]))[:6])


def _near(told: Iterable[_Told]) -> list[EventPlace]:
    """The places that the map shows when it opens: all of them, or those about which most events lie, where a few far
    off (a session abroad, told beside a war) would leave the others no room."""
    kept = list(told)
    for axis in ("lon", "lat"):
        ordered = sorted(getattr(each.place, axis) for each in kept for _ in each.events)
        out = len(ordered) // _EDGE
        low, high = ordered[out], ordered[-1 - out]
        span = max(high - low, _LEAST_SPAN)
        if ordered[-1] - ordered[0] > _FAR * span:
            kept = [each for each in kept if low - span <= getattr(each.place, axis) <= high + span]
    return [each.place for each in kept]


def _labels(areas: Sequence[Area], height: float) -> tuple[Label, ...]:
    """Names of places with how many events are there, those with the most first."""
    named = sorted((area for area in areas if area.precision in _NAMED), key=lambda area: (-len(area.events), area.key))
    spots = [
        Spot(f"{area.name.split(',')[0]} ({len(area.events)})", area.x, area.y, min(area.radius, _DOT))
        for area in named
    ]
    return tuple(filter(None, placed(spots, (_GUTTER, 0, _WIDTH, height))))


def _box(places: Iterable[EventPlace]) -> Box:
    """What the map shows: all areas with some room about them. A story across the line of 180 degrees shows the
    whole world between."""
    wests, souths, easts, norths = [], [], [], []
    for place in places:
        assert place.lat is not None
        assert place.lon is not None
        high = KM[place.precision] / _KM_A_DEGREE
        wide = high / max(0.2, cos(radians(place.lat)))
        wests.append(place.lon - wide)
        easts.append(place.lon + wide)
        souths.append(place.lat - high)
        norths.append(place.lat + high)
    west, south, east, north = min(wests), min(souths), max(easts), max(norths)
    room_x = max(0.08 * (east - west), (_LEAST_SPAN - (east - west)) / 2, 0.3)
    room_y = max(0.08 * (north - south), (_LEAST_SPAN - (north - south)) / 2, 0.3)
    return (
        round(max(-180.0, west - room_x), 3),
        round(max(-85.0, south - room_y), 3),
        round(min(180.0, east + room_x), 3),
        round(min(85.0, north + room_y), 3),
    )


def _area(key: str, told: _Told, disputed: frozenset[str], at: object, scale: float) -> Area:
    assert callable(at)
    place = told.place
    x, y = at(place.lon, place.lat)
    km = KM[place.precision]
    return Area(
        key=key,
        name=wording.where(place),
        precision=place.precision,
        events=tuple(event.id for event in told.events),
        disputed=sum(event.id in disputed for event in told.events),
        lon=place.lon or 0.0,
        lat=place.lat or 0.0,
        km=km,
        x=x,
        y=y,
        radius=round(max(5.0, km / _KM_A_DEGREE * scale), 1),
    )


def _actors(told: Iterable[_Told]) -> list[str]:
    """The names of those who take part in the most events, on either side."""
    counted = Counter(
        name for each in told for event in each.events for name in dict.fromkeys((*event.actors, *event.recipients))
    )
    return [name for name, _ in sorted(counted.items(), key=lambda each: (-each[1], each[0]))[:_ACTORS]]


def _ties(told: Iterable[_Told], areas: Sequence[Area], actors: Sequence[Actor]) -> list[Tie]:
    """Where each actor acted and was acted on."""
    area_of = {event: number for number, area in enumerate(areas) for event in area.events}
    number_of = {actor.name: number for number, actor in enumerate(actors)}
    met = Counter(
        (number_of[name], area_of[event.id], is_acting)
        for each in told
        for event in each.events
        for names, is_acting in ((event.actors, True), (event.recipients, False))
        for name in dict.fromkeys(names)
        if name in number_of
    )
    return [
        Tie(actor, area, count, is_acting, _path(actors[actor], areas[area]))
        for (actor, area, is_acting), count in sorted(met.items())
    ]


def _path(actor: Actor, area: Area) -> str:
    start = _GUTTER - 16
    return f"M {start} {actor.y} C {start + 60} {actor.y}, {area.x - 80:.1f} {area.y}, {area.x} {area.y}"


def _data(areas: Sequence[Area], actors: Sequence[Actor], ties: Sequence[Tie]) -> str:
    """What the script needs to draw the same."""
    return json.dumps(
        {
            "areas": [
                {
                    "key": area.key, "name": area.name, "precision": area.precision, "lon": area.lon,
                    "lat": area.lat, "km": area.km, "events": len(area.events), "disputed": area.disputed,
                }
                for area in areas
            ],
            "actors": [actor.short for actor in actors],
            "ties": [[tie.actor, tie.area, tie.events, tie.is_acting] for tie in ties],
        },
        ensure_ascii=False, separators=(",", ":"),
    )  # fmt: skip


def _land(box: Box, at: object) -> str:
    """What land lies in a box, as a path."""
    assert callable(at)
    west, south, east, north = box
    scale = "110m" if east - west > 60 else "50m"
    pieces: list[str] = []
    points = 0
    for ring, (x1, y1, x2, y2) in _rings(scale):
        if x2 < west or x1 > east or y2 < south or y1 > north:
            continue
        shown = _within(ring, box)
        if len(shown) < 3:
            continue
        points += len(shown)
        if points > _MOST_POINTS:
            break
        drawn = " ".join(f"{x:g} {y:g}" for x, y in (at(lon, lat) for lon, lat in shown))
        pieces.append(f"M {drawn} z")
    return " ".join(pieces)


def _within(ring: Sequence[Point], box: Box) -> list[Point]:
    """What of a ring lies in a box (Sutherland and Hodgman 1974)."""
    west, south, east, north = box
    points = list(ring)
    for axis, edge, keeps_more in ((0, west, True), (0, east, False), (1, south, True), (1, north, False)):
        kept: list[Point] = []
        for one, other in zip(points, points[1:] + points[:1], strict=True):
            one_in, other_in = (one[axis] >= edge) == keeps_more, (other[axis] >= edge) == keeps_more
            if one_in:
                kept.append(one)
            if one_in != other_in:
                share = (edge - one[axis]) / (other[axis] - one[axis])
                kept.append((one[0] + share * (other[0] - one[0]), one[1] + share * (other[1] - one[1])))
        points = kept
        if not points:
            break
    return points


@cache
def _rings(scale: str) -> tuple[tuple[tuple[Point, ...], tuple[float, float, float, float]], ...]:
    """The rings of the world's land with their boxes; none where the land was not built."""
    file = static_files().get(f"land-{scale}.json")
    if file is None:
        return ()
    found = []
    for polygon in json.loads(file.content)["geometry"]["coordinates"]:
        for ring in polygon:
            xs, ys = [x for x, _ in ring], [y for _, y in ring]
            found.append((tuple((x, y) for x, y in ring), (min(xs), min(ys), max(xs), max(ys))))
    return tuple(found)
