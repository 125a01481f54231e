"""Where an outlet is at home, as far as its web address says."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from variorum.records import Document
from variorum.world.gazetteer import Gazetteer, Place
from variorum.world.states import States

from .lexicon import Lexicon

_HOST = re.compile(r"^(?:https?://)?(?:www\d?\.)?([a-z0-9.-]+)", re.I)
_GENERIC = {"tv": None, "io": None, "co": None, "me": None, "ai": None, "fm": None, "uk": "GB", "eu": None, "cc": None}
_COUNTRY_WEIGHT = 0.5
_LEAST = 5  # letters of a town's name in a domain


class Home(NamedTuple):
    """Places that the domain may name, each with a weight that shares out one, and the country of its ending."""

    places: tuple[tuple[Place, float], ...]
    country: str | None
    country_weight: float

    @staticmethod
    def of(document: Document, gazetteer: Gazetteer) -> Home:
        for address in (document.url, document.outlet):
            match = _HOST.match(address or "")
            if match and "." in match[1]:
                return _home(match[1].lower(), gazetteer)
        return Home((), None, 0.0)


@lru_cache(maxsize=4_096)
def _home(host: str, gazetteer: Gazetteer) -> Home:
    labels = host.split(".")
    ending = labels[-1]
    code = _GENERIC[ending] if ending in _GENERIC else ending.upper()
    state = States.load().by_iso2(code) if len(ending) == 2 and code else None
    country = state.iso2 if state else None
    stem = next((label for label in reversed(labels[:-1]) if label not in ("co", "com", "org", "net", "gov", "ac")), "")
    found = _towns(stem, gazetteer)
    if country:
        found = [place for place in found if place.country == country] or found
    places = tuple((place, 1.0 / len(found)) for place in found)
    return Home(places, country, _COUNTRY_WEIGHT if country else 0.0)


def _towns(stem: str, gazetteer: Gazetteer) -> list[Place]:
    """The towns that a domain names beside words of the press: "springfield-gazette"."""
    words = Lexicon.load().outlet_words
    parts = [part for part in stem.split("-") if part]
    if len(parts) > 1:
        kept = [part for part in parts if part not in words]
        return _cities(" ".join(kept), gazetteer)
    for word in words:
        for rest in (stem.removesuffix(word), stem.removeprefix(word)):
            if rest != stem and (found := _cities(rest, gazetteer)):
                return found
    return _cities(stem, gazetteer)


def _cities(name: str, gazetteer: Gazetteer) -> list[Place]:
    if len(name) < _LEAST:
        return []
    return [hit.place for hit in gazetteer.find(name) if hit.place.kind == "city" and hit.rank == 0][:12]
