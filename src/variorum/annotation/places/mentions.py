"""From choices to mentions: the canonical name, the point, and a precision no finer than the words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from msgspec.structs import replace

from variorum.annotation.legible import bare
from variorum.records import Document, Feature, PlaceMention, Precision, Syntax
from variorum.world.gazetteer import Gazetteer, PlaceKind

from .away import away
from .containers import Spot
from .evidence import leanings
from .lexicon import Lexicon
from .names import Lookup
from .options import PlaceOptions
from .resolve import Choice, Resolver
from .spots import find_spots

_PRECISION: dict[PlaceKind, Precision] = {
    "country": "country",
    "admin1": "admin1",
    "admin2": "district",
    "city": "city",
    "region": "region",
    "site": "site",
}

_BETWEEN_WORDS = 5  # words from "between" to its first place, and from there to the second
_STRETCHES = frozenset(
    {"area", "line", "link", "border", "route", "railway", "way", "section", "stretch", "journey", "trip", "flight",
     "countryside", "halfway", "midway", "distance", "villager", "people", "person", "passenger", "convoy", "bus",
     "train"}
)  # fmt: skip


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
    choices = Resolver(gazetteer, lookup, options).resolve(document, spots, leanings(syntax, lookup))
    found = [_mention(document, spot, choice) for spot, choice in zip(spots, choices, strict=True)]
    return tuple(_between(syntax, spots, found))


@lru_cache(maxsize=4)
def _lookup(gazetteer: Gazetteer) -> Lookup:
    return Lookup(gazetteer, Lexicon.load())


def _mention(document: Document, spot: Spot, choice: Choice) -> PlaceMention:
    text = document.text[spot.start : spot.end]
    place, container, reasons = choice.place, choice.container, choice.reasons
    located = place if place is not None and place.lat is not None else container or place
    if located is not None and located is not place:
        reasons = (*reasons, Feature(name="point of its container", value=0.0, weight=0.0, note=located.name))
    if spot.adjective:
        reasons = (Feature(name="adjective", value=0.0, weight=0.0, note=text), *reasons)
    shown = place or container
    off = away(document.text, spot.start, area=shown is not None and shown.kind in ("country", "admin1", "region"))
    return PlaceMention(
        start=spot.start,
        end=spot.end,
        text=text,
        name=place.name if place else " ".join(bare(text).split()),
        geonameid=place.geonameid if place else None,
        lat=located.lat if located else None,
        lon=located.lon if located else None,
        country=shown.country if shown else None,
        admin1=(shown.name if shown.kind == "admin1" else shown.admin1) if shown else None,
        precision=_PRECISION[located.kind] if located else "unknown",
        relation=off.relation,
        distance_km=off.kilometres,
        distance_low_km=off.low,
        chosen_by=reasons,
    )


def _between(syntax: Syntax, spots: Sequence[Spot], found: list[PlaceMention]) -> list[PlaceMention]:
    """The mentions with "between" as the relation of both ends of a stretch: "between Kabul and Jalalabad", not "talks
    between Kabul and Islamabad"."""
    tokens, classes = syntax.tokens, Lexicon.load().classes
    for number, (one, other) in enumerate(pairwise(spots)):
        if one.first < 1 or not one.last < other.first <= one.last + _BETWEEN_WORDS:
            continue
        a, b = found[number], found[number + 1]
        fine = all(each.precision in ("city", "site", "district") and each.relation is None for each in (a, b))
        if not fine or tokens[one.last].text.lower() != "and" or a.country != b.country:
            continue
        earlier = range(one.first - 1, max(one.first - _BETWEEN_WORDS, 0) - 1, -1)
        at = next((i for i in earlier if tokens[i].text.lower() == "between"), None)
        if at is None:
            continue
        held = tokens[at - 1] if at else tokens[at]
        if held.pos != "NOUN" or held.lemma.lower() in classes or held.lemma.lower() in _STRETCHES:
            found[number] = replace(a, relation="between")
            found[number + 1] = replace(b, relation="between")
    return found
