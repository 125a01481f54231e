"""How two accounts compare field by field, and what sets two mentions of one text apart."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

from variorum.records import PlaceMention, Status
from variorum.world.names import name_key

from .accounts import FINE, Account, Party
from .moments import DAY

_ALIKE = 0.8  # from here on two parties count as one side
_AFTER_NAMES = frozenset({"jr", "sr", "ii", "iii"})
_DISTRICT_KM = 40.0  # from the point of a district to a town in it
_RULE_CLASS = {"actual": "real", "ongoing": "real", "historical": "real", "negated": "not", "hypothetical": "may"}


class Finding(NamedTuple):
    """What one field says: from -1 (against) to 1 (for), or a veto."""

    value: float
    note: str = ""
    veto: bool = False


def status_class(status: Status) -> str:
    """What happened, what did not, and what may: mentions of two classes are never one event."""
    return _RULE_CLASS.get(status, "may")


def roles_crossed(one: Account, other: Account) -> bool:
    """Whether the one's doers are the other's done-to while the doers differ."""
    forth = best_party(one.actors, other.actors)
    if forth >= _ALIKE:
        return False
    crossed = best_party(one.actors, other.recipients), best_party(one.recipients, other.actors)
    return min(crossed) >= _ALIKE or (max(crossed) >= _ALIKE and forth < 0)


def turned(one: Account, other: Account) -> bool:
    """Whether the doer of the one, who is no doer of the other, is the other's done-to, with nobody done to in both:
    within one text these are the act and what it answers."""
    if best_party(one.actors, other.actors) >= _ALIKE or best_party(one.recipients, other.recipients) >= _ALIKE:
        return False
    return max(best_party(one.actors, other.recipients), best_party(one.recipients, other.actors)) >= _ALIKE


def compare_figures(one: Account, other: Account) -> float:
    """1 where a whole figure over two is told of both, .4 where a lesser one is; -1 where all of a kind differ."""
    best, unlike = 0.0, False
    for kind, low, high in one.figures:
        for kind2, low2, high2 in other.figures:
            if kind != kind2 or low is None or low2 is None:
                continue
            if (low, high) == (low2, high2):
                best = max(best, 1.0 if low > 2 else 0.4)
            else:
                unlike = True
    return best or (-1.0 if unlike else 0.0)


def same_event_in_text(one: Account, other: Account) -> bool:
    """Whether one text tells two mentions alike: one mode, and two of one narrow time, one fine place, one known side,
    one private person, one figure over one."""
    if one.mode is not None and other.mode is not None and one.mode != other.mode:
        return False
    a, b = one.when, other.when
    same = 0
    same += a is not None and b is not None and max(a.width, b.width) <= 1.5 * DAY and a.meet(b) is not None
    if one.place is not None and other.place is not None:
        same += same_place(one.place, other.place) and one.place.precision in FINE
    same += best_party(one.actors, other.actors) >= _ALIKE
    same += best_party(one.recipients, other.recipients) >= _ALIKE
    same += bool(one.people & other.people)
    same += any(low is not None and low > 1 for _, low, _ in set(one.figures) & set(other.figures))
    return same >= 2


def set_apart(one: Account, other: Account) -> bool:
    """Whether a text tells another time, place, side or figure of two mentions."""
    if one.when is not None and other.when is not None and one.when.meet(other.when) is None:
        return True
    if one.place is not None and other.place is not None:
        holds = one.place.precision != other.place.precision  # a point of a district stands for all of it
        if compare_places(one.place, other.place, _DISTRICT_KM if holds else 1.0).value < 0:
            return True
    if best_party(one.actors, other.actors) < 0 or best_party(one.recipients, other.recipients) < 0:
        return not _same_scene(one, other)
    kinds = {kind for kind, _, _ in one.figures} & {kind for kind, _, _ in other.figures}
    return any(
        {figure for figure in one.figures if figure[0] == kind}.isdisjoint(other.figures) for kind in sorted(kinds)
    )


def _same_scene(one: Account, other: Account) -> bool:
    """Whether two of day, fine place and a figure over one are told alike, so that sides named otherwise are no
    sign of two events."""
    a, b = one.when, other.when
    same = a is not None and b is not None and max(a.width, b.width) <= 1.5 * DAY and a.meet(b) is not None
    place = one.place is not None and other.place is not None and one.place.precision in FINE
    place = place and one.place is not None and other.place is not None and same_place(one.place, other.place)
    figure = any(low is not None and low > 1 for _, low, _ in set(one.figures) & set(other.figures))
    return same + place + figure > 1


def shared_people(ones: frozenset[str], others: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """The private persons that both tell; and the names that others of theirs share where one text gives a name alone,
    or given names begin alike."""
    shared = ones & others
    mine, theirs = _name_parts(ones - shared), _name_parts(others - shared)
    parts = (
        part
        for part in mine.keys() & theirs.keys()
        if any(not a or not b or a[:2] == b[:2] for a in mine[part] for b in theirs[part])
    )
    return shared, frozenset(parts)


@lru_cache(maxsize=65_536)
def _name_parts(people: frozenset[str]) -> Mapping[str, tuple[str, ...]]:
    """The last words of people's names of four letters or more, each with what stands before it."""
    parts: dict[str, set[str]] = {}
    for key in people:
        words = [part for part in key.rpartition(":")[2].split("-") if part not in _AFTER_NAMES]
        if words and len(words[-1]) > 3:
            parts.setdefault(words[-1], set()).add("-".join(words[:-1]))
    return {part: tuple(sorted(given)) for part, given in parts.items()}


_RANK = {"site": 0, "city": 1, "district": 2, "admin1": 3, "country": 4, "region": 5, "unknown": 6}


def place_rank(place: PlaceMention) -> int:
    """0 for a site to 6 for what is unknown: the finer the less."""
    return _RANK[place.precision]


def same_place(one: PlaceMention, other: PlaceMention) -> bool:
    """One entry of the gazetteer, or one name in one country where the gazetteer has none."""
    if one.geonameid is not None and other.geonameid is not None:
        return one.geonameid == other.geonameid
    return name_key(one.name) == name_key(other.name) and one.country == other.country


def compare_places(one: PlaceMention, other: PlaceMention, far_km: float) -> Finding:
    """How likely two places are told of one happening; a veto where both cannot be true."""
    if one.country and other.country and one.country != other.country:
        return Finding(-1, f"{one.name} and {other.name} are in different countries", veto=True)
    fine, coarse = sorted((one, other), key=lambda place: (place_rank(place), place.name))
    if same_place(one, other):
        value = {0: 1.0, 1: 1.0, 2: 0.9, 3: 0.6, 4: 0.25, 6: 0.8}.get(place_rank(fine), 0.0)
        return Finding(value, fine.name)
    if coarse.precision in ("country", "region", "unknown"):
        return Finding(0.2 if fine.country is not None and fine.country == coarse.country else 0.0, coarse.name)
    apart = distance_km(fine, coarse)
    if coarse.precision == "admin1":
        if fine.precision == "admin1":
            return Finding(-1, f"{one.name} is not {other.name}", veto=True)
        if name_key(fine.admin1 or "") in (name_key(coarse.name), name_key(coarse.admin1 or "-")):
            return Finding(0.5, f"{fine.name} is in {coarse.name}")
        if fine.admin1 and (apart is None or apart > 4 * far_km):
            return Finding(-1, f"{fine.name} is not in {coarse.name}", veto=True)
        return Finding(-0.2, f"{fine.name} may not be in {coarse.name}")
    if apart is None:
        differs = bool(fine.admin1 and coarse.admin1) and name_key(fine.admin1 or "") != name_key(coarse.admin1 or "")
        return Finding(-0.6 if differs else -0.2, f"{one.name} and {other.name}")
    if name_key(one.name) == name_key(other.name):
        return Finding(0.3, f"two places called {fine.name}")
    slack = (one.distance_km or 0.0) + (other.distance_km or 0.0)
    if apart <= 5 + slack:
        return Finding(0.8 if fine.precision != coarse.precision else 0.4, f"{apart:.0f} km apart")
    if apart <= far_km / 2.5 + slack:
        return Finding(0.2, f"{apart:.0f} km apart")
    if apart <= far_km + slack:
        return Finding(-0.5, f"{apart:.0f} km apart")
    return Finding(-1, f"{one.name} and {other.name} are {apart:.0f} km apart", veto=True)


def distance_km(one: PlaceMention, other: PlaceMention) -> float | None:
    """Great-circle distance by the haversine formula on a sphere of 6371 km; None where a point is missing."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    return _haversine(one.lat, one.lon, other.lat, other.lon)


@lru_cache(maxsize=65_536)
def _haversine(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    a, b = radians(lat1), radians(lat2)
    h = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(radians(lon2 - lon1) / 2) ** 2
    return 2 * 6371 * asin(min(1.0, sqrt(h)))


def party_likeness(one: Party, other: Party) -> float:
    """1 for one key, `_ALIKE` for a state and its forces, less for namesakes, 0 where nothing speaks against it."""
    if one.key == other.key:
        return 0.5 if one.generic else 1.0
    if one.country is not None and other.country is not None and one.country != other.country:
        return -1.0 if not (one.generic and other.generic) else -0.3
    if one.state and other.state:
        return _ALIKE
    if one.generic or other.generic:
        return 0.1
    fewer, more = sorted((one.words, other.words), key=len)
    if fewer and fewer <= more and (one.sector is None or other.sector is None or one.sector == other.sector):
        return _ALIKE
    return -1.0


def best_party(ones: tuple[Party, ...], others: tuple[Party, ...]) -> float:
    """The likeness of the two parties, one of each side, that are most alike; 0 where a side is empty."""
    return max((party_likeness(a, b) for a in ones for b in others), default=0.0)
