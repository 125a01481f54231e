"""States and territories: their names, peoples, capitals and the names that stand for their governments.

Read from ``variorum/data/states.tsv`` (compiled by ``tools/compile_states.py``; sources in ``docs/data/places.md``).
Coordinates are the mean of a country's first-level divisions: a point inside, not a border's centre of gravity.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Literal, NamedTuple

from variorum.packaged import data_lines
from variorum.records import Record

from .names import name_key

NameRole = Literal["name", "demonym", "adjective", "capital", "metonym"]
_ROLES: tuple[tuple[NameRole, str], ...] = (
    ("name", "names"),
    ("adjective", "adjectives"),
    ("demonym", "demonyms"),
    ("metonym", "metonyms"),
    ("capital", "capitals"),
)


class State(Record, frozen=True, kw_only=True):
    """A state or territory. `iso2` and `iso3` are None for de facto states and unions, of which `parent` may name the
    recognised state (alpha-3). `names` has every name, the first being `name`. `neighbours` are alpha-2."""

    name: str
    official_name: str
    iso2: str | None
    iso3: str | None
    geonameid: int | None
    parent: str | None
    continent: str | None
    neighbours: tuple[str, ...]
    population: int
    lat: float | None
    lon: float | None
    names: tuple[str, ...]
    demonyms: tuple[str, ...]
    adjectives: tuple[str, ...]
    capitals: tuple[str, ...]
    metonyms: tuple[str, ...]


class StateName(NamedTuple):
    """What a name says: the state, and whether the name is its own, its people's, its adjective, its capital, or one
    that stands for its government ("Kremlin"; a capital is both and is given as a metonym first)."""

    state: State
    role: NameRole


class States:
    """All states, found by any name. Abbreviations ("US", "CAR", "UAE") count in capitals only."""

    def __init__(self, states: Iterable[State]) -> None:
        self._all = tuple(sorted(states, key=lambda state: (-state.population, state.name)))
        self._iso2 = {state.iso2: state for state in self._all if state.iso2}
        self._iso3 = {state.iso3: state for state in self._all if state.iso3}
        self._names: dict[str, list[StateName]] = {}
        self._upper: set[str] = set()
        plain: set[str] = set()
        for role, field in _ROLES:
            for state in self._all:
                for name in getattr(state, field):
                    key = name_key(name)
                    (self._upper if _abbreviation(name) else plain).add(key)
                    found = self._names.setdefault(key, [])
                    if StateName(state, role) not in found:
                        found.append(StateName(state, role))
        self._upper -= plain

    @staticmethod
    @cache
    def load() -> States:
        """The packaged states, read once a process. Raises `ModelError` where the data file is missing."""
        return States(_read())

    def __iter__(self) -> Iterator[State]:
        """Every state, the most populous first."""
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    def by_iso2(self, code: str | None) -> State | None:
        return self._iso2.get(code or "")

    def by_iso3(self, code: str | None) -> State | None:
        return self._iso3.get(code or "")

    def find(self, text: str, *roles: NameRole) -> tuple[StateName, ...]:
        """Everything that `text` may say of a state, in `roles` if any is given: own names before adjectives, demonyms,
        metonyms and capitals, and among namesakes the most populous state first. Empty where it names none."""
        key = name_key(text)
        found = self._names.get(key, ())
        if not found or (key in self._upper and not _abbreviation(text)):
            return ()
        return tuple(item for item in found if not roles or item.role in roles)

    def named(self, text: str) -> State | None:
        """The state that `text` is a name of ("Iran", "the Netherlands", "U.S."), not of its people or capital."""
        return next((item.state for item in self.find(text, "name")), None)

    def of_people(self, text: str) -> State | None:
        """The state that `text` is a demonym or adjective of ("Iranian", "Iranians", "Dutch")."""
        return next((item.state for item in self.find(text, "adjective", "demonym")), None)

    def of_government(self, text: str) -> State | None:
        """The state whose government `text` can stand for: a seat ("Kremlin") or a capital ("Tehran")."""
        return next((item.state for item in self.find(text, "metonym", "capital")), None)


def _abbreviation(name: str) -> bool:
    letters = [c for c in name if c.isalpha()]
    return 0 < len(letters) <= 5 and all(c.isupper() for c in letters)


def _read() -> Iterator[State]:
    for row in csv.DictReader(data_lines("states.tsv"), delimiter="\t", quoting=csv.QUOTE_NONE):
        yield State(
            name=row["name"],
            official_name=row["official_name"],
            iso2=row["iso2"] or None,
            iso3=row["iso3"] or None,
            geonameid=int(row["geonameid"]) if row["geonameid"] else None,
            parent=row["parent"] or None,
            continent=row["continent"] or None,
            neighbours=_listed(row["neighbours"]),
            population=int(row["population"] or 0),
            lat=float(row["lat"]) if row["lat"] else None,
            lon=float(row["lon"]) if row["lon"] else None,
            names=_listed(row["names"]),
            demonyms=_listed(row["demonyms"]),
            adjectives=_listed(row["adjectives"]),
            capitals=_listed(row["capitals"]),
            metonyms=_listed(row["metonyms"]),
        )


def _listed(text: str) -> tuple[str, ...]:
    return tuple(item for item in text.split("|") if item)
