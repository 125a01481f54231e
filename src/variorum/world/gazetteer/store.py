"""Looking up places. The file is opened read-only, so any number of processes may share it."""

from __future__ import annotations

import os
import sqlite3
import tempfile
import threading
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

from variorum.records import Record

from ..names import name_key, sound_key

PlaceKind = Literal["country", "admin1", "admin2", "city", "region", "site"]
"""Country or territory; first and second division; settlement; natural or historical area; camp, base, peak."""

_COLUMNS = "id, name, kind, type, countries, admin1, admin1_id, admin2_id, lat, lon, population"


class Place(Record, frozen=True, kw_only=True):
    """One place. `id` is its GeoNames id, or negative where GeoNames' packaged part has none. `countries` are alpha-2,
    more than one where it lies in or between several. `admin1` is the first-level division's name; `type` the source's
    word for it ("Province", "strait"). Coordinates are None where no source gives any; those of divisions are the mean
    of their towns weighted by population. `population` is 0 where unknown."""

    id: int
    name: str
    kind: PlaceKind
    type: str
    countries: tuple[str, ...]
    admin1: str | None
    admin1_id: int | None
    admin2_id: int | None
    lat: float | None
    lon: float | None
    population: int

    @property
    def country(self) -> str | None:
        """The country, where it is one."""
        return self.countries[0] if len(self.countries) == 1 else None

    @property
    def geonameid(self) -> int | None:
        return self.id if self.id > 0 else None


class Hit(NamedTuple):
    """A place that a name may mean. `rank` is 0 where it is the place's own name, 1 an alternate name, 2 a name without
    its class word ("Kharkiv" for "Kharkiv Oblast"), 3 only alike in sound."""

    place: Place
    rank: int


class Gazetteer:
    """Names to places. `find` and `sounds_like` remember what they gave; an instance can be pickled and is reopened."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self.find = lru_cache(maxsize=50_000)(self._find)
        self.sounds_like = lru_cache(maxsize=10_000)(self._sounds_like)
        self.place = lru_cache(maxsize=20_000)(self._place)

    @classmethod
    def open(cls, on_build: Callable[[str], None] | None = None, folder: Path | None = None) -> Gazetteer:
        """The gazetteer of this machine. Its file is built in `folder` (the user's cache folder, or that of the
        environment variable VARIORUM_CACHE) if it is not there, or is not as it was written; `on_build` is called once
        with a line for the user before. Several processes may do so at once. Raises `ModelError` where it cannot be
        built or written."""
        from .build import build, built

        folder = folder or cache_folder()
        path = built(folder)
        if path is None and not _can_write(folder):
            folder = _spare_folder()
            path = built(folder)
        if path is None:
            if on_build is not None:
                on_build(f"building the gazetteer of places, once (about 20 s), in {folder}")
            path = build(folder)
        return cls(path)

    def __reduce__(self) -> tuple[type[Gazetteer], tuple[Path]]:
        return Gazetteer, (self.path,)

    @property
    def _connection(self) -> sqlite3.Connection:
        known: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if known is None or self._local.process != os.getpid():
            known = sqlite3.connect(f"{self.path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
            self._local.connection, self._local.process = known, os.getpid()
        return known

    def close(self) -> None:
        known: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if known is not None:
            known.close()
            del self._local.connection

    def _find(self, name: str) -> tuple[Hit, ...]:
        """Every place called `name`, own names first, then by population; case, accents and hyphens do not count."""
        return self._hits("name", name_key(name), None)

    def _sounds_like(self, name: str) -> tuple[Hit, ...]:
        """Places with a name that another romanisation could spell as `name`; many are mere sound-alikes."""
        return self._hits("sound", sound_key(name), 3)

    def _hits(self, table: str, key: str, rank: int | None) -> tuple[Hit, ...]:
        if not key:
            return ()
        columns = ", ".join(f"place.{column.strip()}" for column in _COLUMNS.split(","))
        rows = self._connection.execute(
            f"SELECT {table}.rank, {columns} FROM {table} JOIN place ON place.id = {table}.place WHERE {table}.key = ?",
            (key,),
        )
        hits = [Hit(_record(row[1:]), row[0] if rank is None else rank) for row in rows]
        return tuple(sorted(hits, key=lambda hit: (hit.rank, -hit.place.population, hit.place.id)))

    def _place(self, id_: int) -> Place | None:
        row = self._connection.execute(f"SELECT {_COLUMNS} FROM place WHERE id = ?", (id_,)).fetchone()
        return _record(row) if row else None

    def sources(self) -> dict[str, str]:
        """The versions that the file was built from."""
        return dict(self._connection.execute("SELECT key, value FROM source ORDER BY key"))


def _can_write(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK)


def _spare_folder() -> Path:
    """Where built files go where the cache folder cannot be written (a read-only home): the system's folder for such,
    in one of this user's own."""
    user = os.getuid() if hasattr(os, "getuid") else os.environ.get("USERNAME", "user")
    return Path(tempfile.gettempdir()) / f"variorum-{user}"


def cache_folder() -> Path:
    """Where built files go: VARIORUM_CACHE, else the user's cache folder of this system."""
    given = os.environ.get("VARIORUM_CACHE")
    if given:
        return Path(given)
    from platformdirs import user_cache_dir

    return Path(user_cache_dir("variorum"))


def _record(row: tuple[object, ...]) -> Place:
    id_, name, kind, type_, countries, admin1, admin1_id, admin2_id, lat, lon, population = row
    return Place(
        id=id_,  # type: ignore[arg-type]
        name=name,  # type: ignore[arg-type]
        kind=kind,  # type: ignore[arg-type]
        type=type_,  # type: ignore[arg-type]
        countries=tuple(c for c in str(countries).split("|") if c),
        admin1=admin1,  # type: ignore[arg-type]
        admin1_id=admin1_id,  # type: ignore[arg-type]
        admin2_id=admin2_id,  # type: ignore[arg-type]
        lat=lat,  # type: ignore[arg-type]
        lon=lon,  # type: ignore[arg-type]
        population=population,  # type: ignore[arg-type]
    )
