"""Score the places that are found against the project's own gate of places.

    python tools/score_places.py --half tune [--errors] [--json]

A gold place is found where a found one overlaps it. It is right where the country is the gold's (one that names none is
of no single state) and, for what is less than a country, the point lies within 161 km of the gold's, as is usual for
places (`within_km` of a vast province). `right_f1` counts those over all that are told and all that are found;
`relations` is the share of the places told by a way off ("20 km north of") that have it.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import asin, cos, radians, sin, sqrt
from typing import Any

from gold import annotated, f1, main, overlap, read, share
from variorum.records import PlaceMention

NEAR_KM = 161.0
_EARTH_KM = 6371.0


def distance_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The way along the surface between two points (latitude, longitude, degrees) by the haversine formula."""
    (a, b), (c, d) = ((radians(x), radians(y)) for x, y in (one, other))
    part = sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(part))


class Scored:
    """One text: its gold, what was found, and the pairs that overlap."""

    def __init__(self, row: dict[str, Any], found: tuple[PlaceMention, ...]) -> None:
        self.row, self.found = row, found
        self.gold: list[dict[str, Any]] = row["gold"]["places"]
        self.pairs = [
            (g, next((p for p in found if overlap((g["start"], g["end"]), (p.start, p.end))), None)) for g in self.gold
        ]


def is_right(gold: dict[str, Any], place: PlaceMention | None) -> bool:
    """Whether a found place is the gold's."""
    if place is None or (gold["country"] is not None and place.country != gold["country"]):
        return False
    if "lat" not in gold:
        return place.precision == "country"
    if place.lat is None or place.lon is None:
        return False
    near: float = gold.get("within_km", NEAR_KM)
    return distance_km((gold["lat"], gold["lon"]), (place.lat, place.lon)) <= near


def is_related(gold: dict[str, Any], place: PlaceMention | None) -> bool:
    """Whether a found place has the way off that the gold tells."""
    if place is None or place.relation != gold["relation"]:
        return False
    return "distance_km" not in gold or place.distance_km == gold["distance_km"]


def score(half: str) -> list[Scored]:
    """Every text of a part."""
    rows = read("places", half)
    return [Scored(row, document.places) for row, document in zip(rows, annotated(rows, ["places"]), strict=True)]


def figures(scored: Sequence[Scored]) -> dict[str, Any]:
    """Counts and shares over some texts."""
    pairs = [pair for one in scored for pair in one.pairs]
    found = sum(len(one.found) for one in scored)
    related = [is_related(g, place) for g, place in pairs if "relation" in g]
    return {
        "gold": len(pairs),
        "found": found,
        "overlap_f1": f1(sum(place is not None for _, place in pairs), found, len(pairs)),
        "right_f1": f1(sum(is_right(g, place) for g, place in pairs), found, len(pairs)),
        "relations": share(sum(related), len(related)),
    }


def _show(one: Scored) -> None:
    told = [place for _, place in one.pairs]
    lines = [f"- {g}" for g, place in one.pairs if not is_right(g, place)]
    lines += [f"~ {g}" for g, place in one.pairs if "relation" in g and not is_related(g, place)]
    lines += [
        f"+ {p.text!r} {p.name} {p.country} {p.lat} {p.lon} {p.precision} {p.relation} {p.distance_km}"
        for p in one.found
        if p not in told or lines
    ]
    if lines:
        print(
            f"== {one.row['id']} ({one.row['construction']})  {one.row['text']}", *(f"  {x}" for x in lines), sep="\n"
        )


if __name__ == "__main__":
    main(__doc__, score, figures, _show)
