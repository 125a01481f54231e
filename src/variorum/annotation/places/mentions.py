"""From choices to mentions: the canonical name, the point, and a precision no finer than the words."""

from __future__ import annotations

import re
from functools import lru_cache

from variorum.records import Document, Feature, PlaceMention, Precision, Syntax
from variorum.world.gazetteer import Gazetteer, PlaceKind

from .lexicon import Lexicon
from .names import Lookup
from .options import PlaceOptions
from .resolve import Choice, Resolver
from .spots import Spot, find_spots

_PRECISION: dict[PlaceKind, Precision] = {
    "country": "country",
    "admin1": "admin1",
    "admin2": "district",
    "city": "city",
    "region": "region",
    "site": "site",
}
_KILOMETRES = {"k": 1.0, "mi": 1.609344, "me": 0.001}  # by the first letters of the unit
_NUMBERS = {
    "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40,
    "fifty": 50, "hundred": 100,
}  # fmt: skip
_AWAY = re.compile(
    r"(?:\b(?P<number>\d[\d,.]*|" + "|".join(_NUMBERS) + r")[\s-]*"
    r"(?P<unit>km|kms|kilomet(?:er|re)s?|miles?|mi|met(?:er|re)s?)\b(?:\s*\([^)]{0,30}\))?\s+)?(?:to\s+the\s+)?"
    r"(?P<relation>(?:(?:due\s+)?(?:north|south|east|west)(?:[-\s]?(?:east|west))?|outside|away)\s*(?:of|from)?|from|near|outside)"
    r"(?:\s+the)?(?:\s+(?:city|town|village|port|capital|border)\s+(?:of|with))?\s*$",
    re.IGNORECASE,
)
_LOOKBACK = 80  # characters before a name in which a distance to it can stand


def find_places(
    document: Document, syntax: Syntax, gazetteer: Gazetteer, options: PlaceOptions | None = None
) -> tuple[PlaceMention, ...]:
    """The places that a document names, in text order, none overlapping another.

    Read from the parsed blocks and the dateline. `name` is the place's English or own name where it is known, else the
    words of the text; coordinates are None where the gazetteer knows neither the place nor one that the text says
    contains it. `chosen_by` lists what spoke for the choice.
    """
    options = options or PlaceOptions()
    if not document.supported or document.rejected is not None:
        return ()
    lookup = _lookup(gazetteer)
    spots = find_spots(document, syntax, lookup, options)
    choices = Resolver(gazetteer, lookup, options).resolve(document, spots)
    return tuple(_mention(document, spot, choice) for spot, choice in zip(spots, choices, strict=True))


@lru_cache(maxsize=4)
def _lookup(gazetteer: Gazetteer) -> Lookup:
    return Lookup(gazetteer, Lexicon.load())


def _mention(document: Document, spot: Spot, choice: Choice) -> PlaceMention:
    text = document.text[spot.start : spot.end]
    relation, distance = _away(document.text, spot.start)
    place, container, reasons = choice.place, choice.container, choice.reasons
    located = place if place is not None and place.lat is not None else container or place
    if located is not None and located is not place:
        reasons = (*reasons, Feature(name="point of its container", value=0.0, weight=0.0, note=located.name))
    if spot.adjective:
        reasons = (Feature(name="adjective", value=0.0, weight=0.0, note=text), *reasons)
    shown = place or container
    return PlaceMention(
        start=spot.start,
        end=spot.end,
        text=text,
        name=place.name if place else " ".join(text.split()),
        geonameid=place.geonameid if place else None,
        lat=located.lat if located else None,
        lon=located.lon if located else None,
        country=shown.country if shown else None,
        admin1=(shown.name if shown.kind == "admin1" else shown.admin1) if shown else None,
        precision=_PRECISION[located.kind] if located else "unknown",
        relation=relation,
        distance_km=distance,
        chosen_by=reasons,
    )


def _away(text: str, start: int) -> tuple[str | None, float | None]:
    """ "20 km north of" before a name: the relation, and the distance in kilometres if it is told."""
    match = _AWAY.search(text, max(0, start - _LOOKBACK), start)
    if match is None:
        return None, None
    relation = " ".join(match["relation"].lower().split())
    if match["number"] is None:
        return (relation, None) if relation not in ("from", "away from", "away") else (None, None)
    word = match["number"].lower().replace(",", "").rstrip(".")
    number = float(_NUMBERS[word]) if word in _NUMBERS else _number(word)
    unit = match["unit"].lower()
    factor = _KILOMETRES["k" if unit[0] == "k" else unit[:2]]
    return relation, round(number * factor, 3) if number is not None else None


def _number(word: str) -> float | None:
    try:
        return float(word)
    except ValueError:
        return None
