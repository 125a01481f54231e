"""Compile `src/variorum/data/places.tsv`, the places that the packaged GeoNames data lack: regions, seas, straits,
ranges, islands, camps, bases, disputed areas; and other names of places that it has.

    python tools/compile_places.py WORLD_FOLDER

WORLD_FOLDER holds `places_supplement.csv`; its GeoNames rows are left out (the gazetteer has them). Names in
`tools/places_extra.tsv` are general knowledge. Sources and licences: docs/data/places.md.
"""

from __future__ import annotations

import csv
import math
import re
import sys
from pathlib import Path

from variorum.world.gazetteer import Gazetteer
from variorum.world.names import name_key, sound_key
from variorum.world.states import States

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "src" / "variorum" / "data" / "places.tsv"
COLUMNS = ("name", "kind", "type", "countries", "geonameid", "lat", "lon", "names", "source")
SKIPPED = {"dragons-be-here", "pole", "line of control", "border", "continent"}
SITES = {
    "military airfield", "military base", "refugee camp", "displacement camp", "nuclear site", "mountain", "pass",
    "waterfall", "corridor", "disputed shoal",
}  # fmt: skip
DIVISIONS = {"province", "territory", "district", "disputed territory", "state", "governorate", "oblast"}
LAND = {"island", "island group", "coast", "peninsula", "pen/cape", "geoarea"}
NATURAL = LAND | {"river", "lake", "plain", "plateau", "basin", "delta", "cape", "range/mtn", "mountain"}
SOURCES = {"Natural": "Natural Earth", "airportsdata": "airportsdata", "compiled": "compiled"}
SHORT = {
    "Mt.": "Mount", "Mts.": "Mountains", "Pk.": "Peak", "Ra.": "Range", "L.": "Lake", "O.": "Ozero", "R.": "River",
    "I.": "Island", "Is.": "Islands", "Pen.": "Peninsula", "C.": "Cape", "Pt.": "Point", "Str.": "Strait",
}  # fmt: skip
SAME_AREA_KM = 300.0
NEAR_KM = 600.0  # two rows of one name and class this close are one place


def spelled(name: str) -> str:
    words = [SHORT.get(word, word) for word in name.split()]
    if name.isupper() and len(name) > 3:
        words = [word.capitalize() for word in words]
    return " ".join(words)


def usable(name: str) -> bool:
    """In Latin script and no airfield code."""
    return (
        len(name) > 2
        and all(ord(c) < 0x250 or 0x1E00 <= ord(c) < 0x1F00 or c in "’‘ʻ" for c in name)
        and re.fullmatch(r"[A-Z]{3,4}", name) is None
        and "(" not in name
    )


def kilometres(one: dict[str, str], other: dict[str, str]) -> float:
    a, b, c, d = (math.radians(float(row[key])) for row in (one, other) for key in ("lat", "lon"))
    return 6371.0 * math.acos(min(1.0, math.sin(a) * math.sin(c) + math.cos(a) * math.cos(c) * math.cos(b - d)))


def supplement(world: Path) -> list[dict[str, str]]:
    states = States.load()
    rows = []
    with (world / "places_supplement.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            source = SOURCES.get(row["source"].split(" ")[0])
            if source is None or row["kind"] in SKIPPED or not row["lat"]:
                continue
            isos = [state.iso2 for code in row["country_iso3"].split("|") if (state := states.by_iso3(code))]
            names = [n for n in map(spelled, [row["name"], *row["aliases"].split("|")]) if usable(n)]
            if not names:
                continue
            if row["kind"] in NATURAL:  # a coast, island or river is not what a text means by a country's name
                if (own := states.named(names[0])) is not None and own.iso2 is not None:
                    continue
                names = [n for n in names if (state := states.named(n)) is None or state.iso2 is None]
            rows.append(
                {
                    "name": names[0],
                    "kind": "site" if row["kind"] in SITES else "region",
                    "type": row["kind"],
                    "countries": "|".join(iso for iso in isos if iso),
                    "geonameid": "",
                    "lat": row["lat"],
                    "lon": row["lon"],
                    "names": "|".join(dict.fromkeys(names)),
                    "source": source,
                }
            )
    return rows


def merged(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Rows of one name and class that stand close together as one, hand-compiled rows first."""
    kept: list[dict[str, str]] = []
    by_key: dict[str, list[dict[str, str]]] = {}
    for row in sorted(rows, key=lambda r: (r["source"] != "compiled", r["name"], r["lat"], r["lon"])):
        keys = {name_key(name) for name in row["names"].split("|")}
        twin = next(
            (
                other
                for key in sorted(keys)
                for other in by_key.get(key, ())
                if other["kind"] == row["kind"] and kilometres(row, other) < NEAR_KM
            ),
            None,
        )
        if twin is None:
            kept.append(row)
            twin = row
        else:
            twin["names"] = "|".join(dict.fromkeys([*twin["names"].split("|"), *row["names"].split("|")]))
        for key in keys:
            by_key.setdefault(key, []).append(twin)
    return kept


def linked(row: dict[str, str], gazetteer: Gazetteer) -> dict[str, str]:
    """The row with the GeoNames id of the division that it names, if there is exactly one in its country."""
    if row["type"] not in DIVISIONS or "|" in row["countries"] or not row["countries"]:
        return row
    sounds = {sound_key(name) for name in row["names"].split("|")}
    found = {
        hit.place
        for name in row["names"].split("|")
        for hit in (*gazetteer.find(name), *gazetteer.sounds_like(name))
        if hit.place.kind == "admin1" and hit.place.country == row["countries"] and hit.place.id > 0
        if sound_key(hit.place.name) in sounds or hit.rank <= 1
    }
    same = {place for place in found if name_key(place.name) == name_key(row["name"])} or found
    return {**row, "geonameid": str(same.pop().id)} if len(same) == 1 else row


def overshadowed(row: dict[str, str], gazetteer: Gazetteer) -> bool:
    """Whether a division of the same name lies in the same area: the name is the division's ("Sicily")."""
    if row["type"] not in LAND:
        return False
    return any(
        hit.rank == 0
        and hit.place.kind == "admin1"
        and hit.place.lat is not None
        and kilometres(row, {"lat": str(hit.place.lat), "lon": str(hit.place.lon)}) < SAME_AREA_KM
        for hit in gazetteer.find(row["name"])
    )


def completed(rows: list[dict[str, str]], extra: list[dict[str, str]]) -> list[dict[str, str]]:
    """The rows with the hand-compiled ones, which stand for a row of their first name and take over its names."""
    by_key = {name_key(row["name"]): row for row in extra if row["lat"]}
    kept = []
    for row in rows:
        own = by_key.get(name_key(row["name"]))
        if own is None or row["geonameid"]:
            kept.append(row)
        elif kilometres(row, own) < NEAR_KM:
            own["names"] = "|".join(dict.fromkeys([*own["names"].split("|"), *row["names"].split("|")]))
    return kept + extra


def extras() -> list[dict[str, str]]:
    rows = []
    for line in (ROOT / "tools" / "places_extra.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            values = dict(
                zip(
                    ("name", "kind", "type", "countries", "geonameid", "lat", "lon", "names"),
                    line.split("\t"),
                    strict=True,
                )
            )
            rows.append({**values, "source": "compiled"})
    return rows


def main(world: Path) -> None:
    gazetteer = Gazetteer.open()
    rows = [linked(row, gazetteer) for row in merged(supplement(world)) if not overshadowed(row, gazetteer)]
    rows = completed(rows, extras())
    lines = sorted("\t".join(row[column] for column in COLUMNS) for row in rows)
    OUT.write_text("\n".join(["\t".join(COLUMNS), *lines]) + "\n", encoding="utf-8")
    print(f"{OUT}: {len(lines)} places, {sum(bool(row['geonameid']) for row in rows)} of them GeoNames divisions")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
