"""What the comparisons of one unit need of it, worked out once for the unit and not for each of its pairs."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from math import nan
from typing import Generic, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from variorum.linkage import distinct
from variorum.records import PlaceMention
from variorum.world.names import name_key
from variorum.world.states import States

from .accounts import FINE, Account, Party, narrowed
from .bags import Bags, Floats, Ints
from .comparison import Finding, best_party, compare_places, shared_people, status_class
from .knowledge import Knowledge
from .moments import DAY, Interval
from .scenes import Scene
from .topics import FORCE, Topic
from .wording import Wordings

Flags = NDArray[np.bool_]
ONE_DAY = 1.5 * DAY
NOBODY = 0
"""The number of a side where nobody is told, and of an empty set."""
_FRESH = 3 * DAY  # from an event to its report, where the report dates it by its own day
_BITS = 31
_REMEMBERED = 1 << 19  # pairs of numbers whose outcome is kept

T = TypeVar("T")
About = tuple[Mapping[str, Topic], Mapping[str, Scene], Wordings, Mapping[tuple[str, str], int]]
"""Units' topics, documents' scenes, and units' wordings, and how many of a type each document tells."""


class Numbers(Generic[T]):
    """Numbers for things, equal things by one, from 0 on in the order in which they are first asked for."""

    def __init__(self, first: Sequence[T] = ()) -> None:
        self.things: list[T] = []
        self._of: dict[Hashable, int] = {}
        for thing in first:
            self.number(thing, thing)

    def number(self, thing: T, key: Hashable) -> int:
        """The number of `thing`, which `key` tells from others."""
        found = self._of.get(key)
        if found is None:
            found = self._of[key] = len(self.things)
            self.things.append(thing)
        return found


class Pairwise:
    """What two numbered things come to in numbers, worked out once for each two of them."""

    def __init__(self, worked_out: Callable[[int, int], tuple[float, ...]], width: int = 1) -> None:
        """`width`: how many numbers two things come to."""
        self._worked_out = worked_out
        self._width = width
        self._known: dict[int, tuple[float, ...]] = {}

    def rows(self, one: Ints, other: Ints) -> Floats:
        """For each two numbers what they come to, a row each."""
        codes = (one << _BITS) | other
        asked = distinct(codes)
        known, listed = self._known, asked.tolist()
        if len(known) > _REMEMBERED:
            known.clear()
        for code in listed:
            if code not in known:
                known[code] = self._worked_out(code >> _BITS, code & ((1 << _BITS) - 1))
        table = np.array([known[code] for code in listed], dtype=np.float64).reshape(-1, self._width)
        return table[np.searchsorted(asked, codes)]

    def values(self, one: Ints, other: Ints) -> Floats:
        """The first number of each row."""
        return self.rows(one, other)[:, 0]


class Times(NamedTuple):
    """Intervals of many units, NaN where unknown."""

    low: Floats
    high: Floats

    @staticmethod
    def of(intervals: Sequence[Interval | None]) -> Times:
        rows = np.array([(nan, nan) if i is None else i for i in intervals], dtype=np.float64).reshape(-1, 2)
        return Times(rows[:, 0].copy(), rows[:, 1].copy())

    def at(self, numbers: Ints) -> Times:
        return Times(self.low[numbers], self.high[numbers])

    @property
    def width(self) -> Floats:
        return self.high - self.low

    @property
    def known(self) -> Flags:
        return ~np.isnan(self.low)

    def gap(self, other: Times) -> Floats:
        """Hours between each two, 0 where they meet; NaN where one is unknown."""
        return np.maximum(0.0, np.maximum(self.low - other.high, other.low - self.high))

    def meet(self, other: Times) -> Flags:
        """Whether they share any time: an edge alone is none of two real intervals."""
        low, high = np.maximum(self.low, other.low), np.minimum(self.high, other.high)
        edge: Flags = (self.width > 0) & (other.width > 0)
        return np.where(edge, low < high, low <= high)


class Facets:
    """Units as they are compared, as columns by number.

    `when` is a unit's time as narrowed by other events; `certain` when it was as far as the text tells it (none of its
    own day where the text leads with what came of it), `sure` where that is told of the event itself, to the day,
    `firm` where it is so beyond doubt: just before the text was written and not told by way of what police or courts
    did since. `placed`: a place is told of the event itself and may not be that of a side, as a country alone may (acts
    of words have theirs where they are told). `heads` are their texts' main events. `lands` are the countries of sides
    and place, and the armed groups among the sides. Sides, places and sets have numbers that equal ones share.
    """

    def __init__(
        self, units: Sequence[Account], knowledge: Knowledge, when: Mapping[str, Interval], about: About, far_km: float
    ) -> None:
        topics, scenes, wordings, crowds = about
        self.units = units
        mains = [topics.get(unit.id) for unit in units]
        self._far_km = far_km
        self._sets: Numbers[frozenset[str]] = Numbers((frozenset(),))
        self._read_kinds(units, mains, knowledge)
        self._read_times(units, mains, when)
        self._read_places(units)
        self._read_sides(units)
        self.crowd = np.array([crowds.get((unit.document, unit.type), 1) for unit in units], dtype=np.int64)
        self._read_scenes(units, scenes)
        self._read_wordings(units, wordings)
        self._read_topics(mains)
        self.places = Pairwise(self._placed_alike, width=2)
        self.alike = Pairwise(lambda one, other: (self._alike(one, other),))
        self.common = Pairwise(lambda one, other: (self._common(one, other),))
        self.people_shared = Pairwise(self._people_shared, width=2)

    # ------------------------------------------------------------------ what two of many come to

    def _places(self, one: int, other: int) -> Finding:
        """How two places compare."""
        return compare_places(self._wheres.things[one], self._wheres.things[other], self._far_km)

    def _placed_alike(self, one: int, other: int) -> tuple[float, float]:
        """How likely two places are one, and 1 where they cannot be."""
        found = self._places(one, other)
        return found.value, float(found.veto)

    def _alike(self, one: int, other: int) -> float:
        """The likeness of the two parties, one of each side, that are most alike."""
        return best_party(self._parties.things[one], self._parties.things[other])

    def _common(self, one: int, other: int) -> int:
        """How many members two sets have in common."""
        return len(self._sets.things[one] & self._sets.things[other])

    def _people_shared(self, one: int, other: int) -> tuple[int, int]:
        """How many private persons two sets have in common, and how many names others of theirs share."""
        shared, parts = shared_people(self._sets.things[one], self._sets.things[other])
        return len(shared), len(parts)

    def place(self, one: int, other: int) -> Finding:
        """How the places of two units compare."""
        return self._places(int(self.where[one]), int(self.where[other]))

    def members(self, sets: Ints, unit: int) -> frozenset[str]:
        """The members of a unit's set, of those that one of the columns has the numbers of."""
        return self._sets.things[int(sets[unit])]

    # ------------------------------------------------------------------ reading

    def _flags(self, flags: Sequence[bool]) -> Flags:
        return np.array(flags, dtype=bool)

    def _set(self, members: frozenset[str]) -> int:
        return self._sets.number(members, members)

    def _read_kinds(self, units: Sequence[Account], mains: Sequence[Topic | None], known: Knowledge) -> None:
        types, modes = Numbers[str](), Numbers[str]()
        documents, statuses = Numbers[str](), Numbers[str](("real",))
        self.document = np.array([documents.number(u.document, u.document) for u in units], dtype=np.int64)
        self.type = np.array([types.number(u.type, u.type) for u in units], dtype=np.int64)
        self.mode = np.array([-1 if u.mode is None else modes.number(u.mode, u.mode) for u in units], dtype=np.int64)
        classes = [status_class(unit.status) for unit in units]
        self.status = np.array([statuses.number(name, name) for name in classes], dtype=np.int64)
        self.real = self.status == 0
        self.future = self._flags([unit.status == "future" for unit in units])
        self.force = self._flags([unit.type == FORCE for unit in units])
        self.act_of_words = self._flags([unit.type not in known.recalled_types for unit in units])
        self.mutual = self._flags([unit.type in known.mutual_types for unit in units])
        self.leads = self._flags([unit.leads for unit in units])
        self.heads = self._flags([topic is not None for topic in mains])
        self.recalls = self._flags([topic is not None and topic.recalls for topic in mains])
        count = len(types.things)
        self.near, self.kindred = np.zeros((count, count), dtype=bool), np.zeros((count, count), dtype=bool)
        for a, one in enumerate(types.things):
            for b, other in enumerate(types.things):
                self.near[a, b] = frozenset((one, other)) in known.near_types
                self.kindred[a, b] = frozenset((one, other)) in known.kindred_types
        acts: Numbers[tuple[str, str]] = Numbers()
        told = [(unit.type, unit.mode or "") for unit in units]
        self.act = np.array([acts.number(act, act) for act in told], dtype=np.int64)
        self.modes_meet = Pairwise(
            lambda one, other: (float(known.modes_meet(*acts.things[one], acts.things[other][1])),)
        )

    def _read_times(
        self, units: Sequence[Account], mains: Sequence[Topic | None], when: Mapping[str, Interval]
    ) -> None:
        times = [narrowed(unit, when) for unit in units]
        certain: list[Interval | None] = []
        sure, firm = [], []
        for unit, time, topic in zip(units, times, mains, strict=True):
            unsure = unit.lent or unit.shared or unit.loose or "time" in unit.inherited
            recalls = topic is not None and topic.recalls
            certain.append(None if recalls else unit.counted if time is None else time)
            sure.append(time is not None and not recalls and not unsure and time.width <= ONE_DAY)
            firm.append(
                time is not None
                and unit.told is not None
                and not (unit.loose or time.width > ONE_DAY or unit.told.low - time.high > _FRESH)
                and (topic is None or not topic.follows)
            )
        self.when, self.certain, self.told = Times.of(times), Times.of(certain), Times.of([u.told for u in units])
        self.sure, self.firm = self._flags(sure), self._flags(firm)
        self.undated = self._flags([unit.when is None for unit in units])

    def _read_places(self, units: Sequence[Account]) -> None:
        self._wheres: Numbers[PlaceMention] = Numbers()
        countries = Numbers[str]()
        where, country, placed, fine = [], [], [], []
        for unit in units:
            place = unit.place
            where.append(-1 if place is None else self._wheres.number(place, _told(place)))
            land = place.country if place is not None else None
            country.append(countries.number(land, land) if land else -1)
            fine.append(place is not None and place.precision in FINE)
            own = place is not None and unit.type == FORCE and "place" not in unit.inherited
            placed.append(own and place is not None and place.precision not in ("country", "region"))
        self.where, self.country = np.array(where, dtype=np.int64), np.array(country, dtype=np.int64)
        self.placed, self.fine = self._flags(placed), self._flags(fine)
        self.setting = np.array([self._set(unit.setting) for unit in units], dtype=np.int64)
        self.towns = np.array([self._set(towns_of(unit)) for unit in units], dtype=np.int64)

    def _read_sides(self, units: Sequence[Account]) -> None:
        self._parties: Numbers[tuple[Party, ...]] = Numbers(((),))
        self.doers = np.array([self._side(unit.actors) for unit in units], dtype=np.int64)
        self.sufferers = np.array([self._side(unit.recipients) for unit in units], dtype=np.int64)
        self.sides = np.array([self._side((*unit.actors, *unit.recipients)) for unit in units], dtype=np.int64)
        self.states = self._flags([all(party.state for party in unit.actors) for unit in units])
        self.named = self._flags([any(not party.generic for party in unit.recipients) for unit in units])
        self.lands = np.array([self._set(_lands(unit)) for unit in units], dtype=np.int64)
        self.figures = self._flags([bool(unit.figures) for unit in units])
        self.people = np.array([self._set(unit.people) for unit in units], dtype=np.int64)
        self.persons = np.array([len(unit.people) for unit in units], dtype=np.int64)
        self.victims = self._flags([bool(victims(unit)) for unit in units])

    def _side(self, parties: tuple[Party, ...]) -> int:
        told = tuple((p.key, p.country, p.sector, p.generic, p.state, p.words) for p in parties)
        return self._parties.number(parties, told)

    def _read_scenes(self, units: Sequence[Account], scenes: Mapping[str, Scene]) -> None:
        known = [None, *(scenes[name] for name in sorted(scenes))]
        self.scene_told = Times.of([scene.told if scene is not None else None for scene in known])
        self.scene_crisis = self._flags([scene is not None and scene.crisis for scene in known])
        nothing: frozenset[str] = frozenset()
        sides = (scene.sides if scene is not None else nothing for scene in known)
        places = (scene.places if scene is not None else nothing for scene in known)
        self.scene_sides = Bags((dict.fromkeys(sorted(each), 1.0), nothing) for each in sides)
        self.scene_places = Bags((dict.fromkeys(sorted(each), 1.0), nothing) for each in places)
        of = {name: number for number, name in enumerate(sorted(scenes), start=1)}
        self.scene = np.array([of.get(unit.document, 0) for unit in units], dtype=np.int64)

    def _read_wordings(self, units: Sequence[Account], wordings: Wordings) -> None:
        telling: list[int] = []
        answers: list[bool] = []

        def bags() -> Iterator[tuple[Mapping[str, float], frozenset[str]]]:
            for unit in units:
                wording = wordings(unit)
                telling.append(self._set(wording.telling))
                answers.append(wording.answers)
                yield wording.weights, wording.telling

        self.near_words = Bags(bags())
        self.telling = np.array(telling, dtype=np.int64)
        self.answers = self._flags(answers)

    def _read_topics(self, mains: Sequence[Topic | None]) -> None:
        nothing: frozenset[str] = frozenset()
        self.words = Bags((topic.weights if topic is not None else {}, nothing) for topic in mains)
        self.worded = self._flags([topic is not None and bool(topic.weights) for topic in mains])
        names = [topic.names if topic is not None else nothing for topic in mains]
        ages = [topic.ages if topic is not None else nothing for topic in mains]
        self.names = np.array([self._set(each) for each in names], dtype=np.int64)
        self.ages = np.array([self._set(each) for each in ages], dtype=np.int64)
        self.rare = np.array([len(each) for each in names], dtype=np.int64)


def _told(place: PlaceMention) -> tuple[Hashable, ...]:
    """All that is compared of a place."""
    at = place.lat, place.lon, place.distance_km
    return place.name, place.country, place.precision, place.geonameid, place.admin1, at


def towns_of(account: Account) -> frozenset[str]:
    """The town where it happened, by folded name; else those told about it."""
    place = account.place
    if place is None or place.geonameid is None or place.precision not in FINE:
        return account.setting
    return frozenset({name_key(place.name)})


def victims(account: Account) -> list[str]:
    """The names of the private persons whom an event befell."""
    return [party.name for party in account.recipients if party.key in account.people]


def _lands(unit: Account) -> frozenset[str]:
    sides = (*unit.actors, *unit.recipients)
    lands = {party.country for party in sides if party.country}
    lands |= {party.key for party in sides if party.sector in ("REB", "SEP") and not party.generic}
    state = States.load().by_iso2(unit.place.country) if unit.place is not None else None
    if state is not None and state.iso3:
        lands.add(state.iso3)
    return frozenset(lands)
