"""From the words of a text to the places that they may mean."""

from __future__ import annotations

import math
import re
from functools import lru_cache

from variorum.world.gazetteer import Gazetteer, Hit, Place
from variorum.world.names import name_key
from variorum.world.nouns import singulars
from variorum.world.states import State, States

from .lexicon import Lexicon

_SAINTS = (
    (re.compile(r"^st\.? ", re.I), "Saint "),
    (re.compile(r"^saint ", re.I), "St "),
    (re.compile(r"^mt\.? ", re.I), "Mount "),
    (re.compile(r"^mount ", re.I), "Mt "),
    (re.compile(r"^ft\.? ", re.I), "Fort "),
    (re.compile(r"^fort ", re.I), "Ft "),
)
_EARTH_KM = 6371.0088
_AREAS = frozenset({"country", "admin1", "admin2", "city"})
_LARGE = 50_000  # people of a town of which a text may name a side ("north Aleppo")
_LONGEST_ABBREVIATION = 3
_TOWN = 100_000  # people of a town that a seat of government may be, wherever it lies
_SUBURB = 5_000  # people of one that lies beside the capital
_BESIDE_KM = 50.0
_KNOWN_SHORT = 20_000  # people of a town whose name of three letters needs no capitals


class Lookup:
    """The gazetteer behind the rules of news English: class words, "St.", directions, abbreviations in capitals."""

    def __init__(self, gazetteer: Gazetteer, lexicon: Lexicon) -> None:
        self._gazetteer = gazetteer
        self._lexicon = lexicon
        self.exact = lru_cache(maxsize=50_000)(self._exact)

    def _exact(self, name: str) -> tuple[Hit, ...]:
        """Places called exactly so. A name of up to three letters counts in capitals ("US", "DC") or, of three, where
        it is a larger town's or a first division's ("Qom"); one with a full stop is first a division's abbreviation
        ("Ind.")."""
        key = name_key(name)
        short = len(key) <= _LONGEST_ABBREVIATION
        if not key or (short and not name.isupper() and not (len(name) == _LONGEST_ABBREVIATION and name.istitle())):
            return ()
        if name in self._lexicon.dotted and (place := self._gazetteer.place(self._lexicon.dotted[name])):
            return (Hit(place, 0),)
        hits = self._gazetteer.find(name)
        if short and not name.isupper():
            return tuple(hit for hit in hits if _well_known(hit))
        if short:
            return tuple(hit for hit in hits if hit.place.kind != "city") or tuple(filter(_abbreviated, hits[:1]))
        if not hits:
            for pattern, other in _SAINTS:
                if pattern.match(name):
                    return self._gazetteer.find(pattern.sub(other, name))
        return hits

    def any(self, name: str) -> tuple[tuple[Hit, ...], tuple[str, ...]]:
        """Places that `name` may mean, and the kinds that its own words call for.

        Tried in turn: the whole name; without the class word of a town or division ("Kasese district"); without a
        direction in front ("northern Gaza"). A facility ("Kabul airport") is not the town that it is called after.
        """
        hits = self.exact(name)
        words = name.split()
        if len(words) < 2:
            return hits, ()
        kinds = self._lexicon.classes.get(words[-1].lower().rstrip("."), ())
        if hits:
            return hits, kinds
        if not kinds:  # "Takhar Provinces", behind other provinces
            plural = (self._lexicon.classes.get(word, ()) for word in singulars(words[-1].lower()))
            kinds = next((each for each in plural if set(each) & _AREAS), ())
        if set(kinds) & _AREAS and (bare := self.exact(" ".join(words[:-1]))):
            return bare, kinds
        if len(words) > 2 and words[1].lower() == "of" and (front := self._lexicon.classes.get(words[0].lower())):
            return (self.exact(" ".join(words[2:])) if set(front) & _AREAS else ()), front
        if not kinds and words[0].lower() in self._lexicon.directions:
            rest, kinds = self.any(" ".join(words[1:]))
            return tuple(hit for hit in rest if hit.place.kind != "city" or hit.place.population >= _LARGE), kinds
        return (), kinds

    def adjective(self, word: str) -> tuple[Hit, ...]:
        """The country, or continent, whose adjective a word is ("Turkish", "African")."""
        if other := self._lexicon.adjectives.get(word):
            return self.exact(other)[:1]
        ids = [name.state.geonameid for name in States.load().find(word, "adjective")]
        found = [self._gazetteer.place(id_) for id_ in ids if id_ is not None]
        return tuple(Hit(place, 0) for place in found if place is not None)

    def seat(self, name: str) -> Place | None:
        """The capital in which a government's seat stands ("Kremlin"), for names that are no town's."""
        for found in States.load().find(name, "metonym"):
            if name_key(name) in map(name_key, found.state.capitals) or self._is_town_of(name, found.state):
                continue
            for capital in found.state.capitals:
                for hit in self._gazetteer.find(capital):
                    if hit.place.kind == "city" and hit.place.country == found.state.iso2:
                        return hit.place
        return None

    def _is_town_of(self, name: str, state: State) -> bool:
        """Whether a seat is itself a town of its state, a large one ("Port Sudan") or one beside the capital
        ("Ramallah"), and stands where that town does; other small ones are called like a seat by chance."""
        towns = [
            hit for hit in self._gazetteer.find(name) if hit.place.kind == "city" and hit.place.country == state.iso2
        ]
        if any(hit.rank <= 1 and hit.place.population >= _TOWN for hit in towns):
            return True
        capitals = [
            hit.place
            for capital in state.capitals
            for hit in self._gazetteer.find(capital)
            if hit.place.kind == "city" and hit.place.country == state.iso2
        ]
        return any(
            hit.rank == 0 and hit.place.population >= _SUBURB and kilometres(hit.place, capital) <= _BESIDE_KM
            for hit in towns
            for capital in capitals
        )

    def namesake(self, name: str) -> tuple[Hit, ...]:
        """The places that a facility is called after, if it is ("Kabul airport", "University of Mosul")."""
        words = name.split()
        for last in range(len(words) - 1, 0, -1):
            if hits := tuple(hit for hit in self.exact(" ".join(words[:last])) if hit.rank == 0):
                return hits
        return ()

    def alike(self, name: str) -> tuple[Hit, ...]:
        """Places whose name another romanisation could spell so."""
        return self._gazetteer.sounds_like(name)

    def division(self, abbreviation: str) -> int | None:
        """The GeoNames id of the division that is abbreviated so in datelines ("Ind.", "IN")."""
        return self._lexicon.dotted.get(abbreviation) or self._lexicon.postal.get(abbreviation)


def _abbreviated(hit: Hit) -> bool:
    """Whether capitals may stand for a town: no small one that is called so itself ("Pa"), which needs none."""
    return hit.rank > 0 or hit.place.population >= _TOWN


def _well_known(hit: Hit) -> bool:
    place = hit.place
    return hit.rank <= 1 and (place.kind == "admin1" or (place.kind == "city" and place.population >= _KNOWN_SHORT))


def kilometres(one: Place, other: Place) -> float:
    """The distance of two places over a sphere; infinite where either has no point."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return math.inf
    a, b, c, d = map(math.radians, (one.lat, one.lon, other.lat, other.lon))
    cosine = math.sin(a) * math.sin(c) + math.cos(a) * math.cos(c) * math.cos(b - d)
    return _EARTH_KM * math.acos(max(-1.0, min(1.0, cosine)))


def contains(outer: Place, inner: Place) -> bool:
    """Whether `inner` lies in `outer`, by its division or country."""
    if outer.id == inner.id:
        return False
    if outer.id in (inner.admin1_id, inner.admin2_id):
        return True
    return outer.kind == "country" and bool(set(outer.countries) & set(inner.countries))
