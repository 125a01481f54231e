"""Which place each name means: all names of a text are resolved together.

A name has one sense in one text (Gale, Church and Yarowsky 1992), and a text's places lie near one another (minimum
spread, Leidner 2007): each candidate is weighed by itself, then again by how well it fits what the others chose.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from variorum.records import Document, Feature
from variorum.world.gazetteer import Gazetteer, Hit, Place
from variorum.world.names import name_key
from variorum.world.states import States

from .containers import Spot
from .evidence import Leanings, leaning
from .home import Home
from .names import Lookup, contains, kilometres
from .options import PlaceOptions

_EARTH_KM = 6371.0088
_LARGE = 500_000  # people of a town that a facility's name may mean without a word of it elsewhere
_LEAST_SOUND = 6  # letters of a name that is looked up by its sound
_MOST = 150  # candidates of one name; no name of the gazetteer's has many more
_CAPITAL = 0.35
_DOUBT = 0.5  # added to the weight of the other names, so that one or two do not decide
_POINTLESS = 0.3  # against a place of which no source has a point
_TOWN = 100_000  # people of a town that is meant though the text puts it into a neighbouring country (borders move)
_SLIGHT = 20_000  # people of a town whose other names are not believed without support
_VILLAGE = 5_000  # people of a town that is not believed where the text tells of other countries only
_SUBURB_KM = 40.0
_DWARFED = 5  # times as many people as a namesake that no envoy's country makes the likelier meaning
_SEAT = 0.15  # the share of a division's people that makes a town of its name the likelier meaning
_AREAS = frozenset({"admin1", "admin2"})
# By kind: what it has at least, and what a population of ten million adds.
_FAME_OF = {
    "country": (1.7, 0.2),
    "admin1": (0.3, 0.9),
    "admin2": (0.1, 0.4),
    "region": (0.8, 0.0),
    "site": (0.45, 0.0),
    "city": (0.0, 1.0),
}
_FAME_OF_TYPE = {
    "continent": 1.8,
    "region": 1.4,
    "ocean": 1.5,
    "sea": 1.3,
    "union": 1.6,
    "historical state": 1.6,
    "territory": 1.4,
    "disputed territory": 1.3,
    "disputed region": 1.3,
    "gulf": 1.2,
    "coast": 1.1,
    "strait": 1.0,
    "peninsula": 1.0,
}
_RENAME = {"city": 1.0, "admin2": 0.4, "admin1": 0.15, "country": 0.05, "region": 0.25, "site": 0.25}


class Choice(NamedTuple):
    """What a spot means: a place and why, or None with the place that contains it if the text says one."""

    place: Place | None
    container: Place | None
    reasons: tuple[Feature, ...]


class _Group:
    """The spots of one name, and its candidates with their scores."""

    def __init__(self, hits: Sequence[Hit], kinds: frozenset[str], spots: list[int]) -> None:
        self.hits = hits[:_MOST]
        self.kinds = kinds
        self.spots = spots
        self.best = 0
        self.static = np.zeros(len(self.hits))
        self.scores = np.zeros(len(self.hits))
        self.notes: list[list[Feature]] = []
        self.points = np.array([_vector(hit.place) for hit in self.hits]).reshape(-1, 3)
        country = any(hit.place.kind == "country" for hit in self.hits)
        self.capital = [not country and hit.rank == 0 and is_capital(hit.place) for hit in self.hits]
        self.fitting: frozenset[int] | None = None
        self.support = np.zeros(len(self.hits))
        self.others = 0.0
        self.envoys = 0  # mentions that only say for whom a person speaks
        self.dwarfed = self.far_less_known()
        self.located = np.array([hit.place.lat is not None for hit in self.hits], dtype=bool)

    def admits(self, fitting: frozenset[int] | None) -> bool:
        """Whether a mention that can only mean one of `fitting` (ids; None: any) may mean what this group does."""
        if fitting is None or self.fitting is None:
            return True
        return bool(fitting & self.fitting) or fitting == self.fitting

    def far_less_known(self) -> list[bool]:
        """For each candidate whether another one of the name is several times as large."""
        most = max((hit.place.population for hit in self.hits if not hit.rank and hit.place.kind == "city"), default=0)
        return [hit.place.kind == "city" and hit.place.population * _DWARFED < most for hit in self.hits]

    def join(self, number: int, fitting: frozenset[int] | None, envoy: bool = False) -> None:
        self.spots.append(number)
        self.envoys += envoy
        if fitting is not None:
            self.fitting = fitting if self.fitting is None else fitting & self.fitting

    @property
    def chosen(self) -> Place:
        return self.hits[self.best].place

    @property
    def margin(self) -> float:
        if len(self.scores) < 2:
            return 1.0
        top = np.partition(self.scores, -2)[-2:]
        return float(top[1] - top[0])


def _vector(place: Place) -> tuple[float, float, float]:
    if place.lat is None or place.lon is None:
        return 0.0, 0.0, 0.0
    lat, lon = math.radians(place.lat), math.radians(place.lon)
    return math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)


class Resolver:
    def __init__(self, gazetteer: Gazetteer, lookup: Lookup, options: PlaceOptions) -> None:
        self.gazetteer = gazetteer
        self.lookup = lookup
        self.options = options

    def resolve(self, document: Document, spots: Sequence[Spot], leanings: Leanings) -> list[Choice]:
        """A choice for each spot, in order. `leanings` weighs the countries that its adjectives name."""
        groups: list[_Group] = []
        of_spot: list[_Group | None] = [None] * len(spots)
        by_name: dict[tuple[str, frozenset[str]], list[_Group]] = {}
        for number, spot in enumerate(spots):
            hits, own = self.candidates(spot)
            kinds = frozenset(spot.kinds or own)
            if not hits:
                continue
            namesakes = by_name.setdefault((name_key(spot.name), kinds & {hit.place.kind for hit in hits}), [])
            fitting = self.fitting(spot, hits, spots)
            group = next((group for group in namesakes if group.admits(fitting)), None)
            if group is None:
                group = _Group(hits, kinds, [])
                namesakes.append(group)
                groups.append(group)
            group.join(number, fitting, spot.envoy)
            of_spot[number] = group
        home = Home.of(document, self.gazetteer)
        for group in groups:
            self.weigh(group)
        for _ in range(self.options.rounds):
            self.fit(groups, home, leanings)
        choices = [self.choice(number, spots, of_spot) for number in range(len(spots))]
        countries = frozenset(country for group in groups for country in group.chosen.countries)
        return [
            self.alike(spot, choice, countries) if choice.place is None and choice.container is None else choice
            for spot, choice in zip(spots, choices, strict=True)
        ]

    def alike(self, spot: Spot, choice: Choice, countries: frozenset[str]) -> Choice:
        """The one place of the text's countries that another romanisation could spell so, if there is just one."""
        if spot.label != "GPE" or len(spot.name) < _LEAST_SOUND:
            return choice
        hits = [hit for hit in self.lookup.alike(spot.name) if countries.intersection(hit.place.countries)]
        towns = [hit.place for hit in hits if hit.place.kind in ("city", "admin1")]
        if len(towns) != 1:
            return choice
        return Choice(towns[0], None, (Feature(name="spelling", value=-1.0, weight=0.0, note=towns[0].name),))

    def candidates(self, spot: Spot) -> tuple[tuple[Hit, ...], tuple[str, ...]]:
        if not spot.adjective:
            return ((), ()) if self.lookup.seat(spot.name) else self.lookup.any(spot.name)
        return self.lookup.adjective(spot.name), ()

    def fitting(self, spot: Spot, hits: Sequence[Hit], spots: Sequence[Spot]) -> frozenset[int] | None:
        """The candidates in what the text says contains the spot: a country, a division, or by more than a comma a town
        that they are close to. None where it says nothing."""
        if spot.country is not None:
            return frozenset(hit.place.id for hit in hits if spot.country in hit.place.countries)
        if spot.division is not None:
            return frozenset(hit.place.id for hit in hits if hit.place.admin1_id == spot.division)
        if spot.within is None:
            return None
        outer = self.candidates(spots[spot.within])[0]
        areas = [hit.place for hit in outer if hit.place.kind in ("country", "admin1", "admin2")]
        towns = [hit.place for hit in outer[:1] if spot.firm and hit.place.kind == "city"]
        if not areas and not towns:
            return None
        return frozenset(
            hit.place.id
            for hit in hits
            if any(contains(area, hit.place) for area in areas)
            or any(kilometres(town, hit.place) <= _SUBURB_KM for town in towns)
        )

    # --- each candidate by itself ----------------------------------------------------------------------------

    def weigh(self, group: _Group) -> None:
        o = self.options
        seats = {hit.place.admin1_id for hit in group.hits if hit.place.kind == "city"}
        seats |= {hit.place.admin2_id for hit in group.hits if hit.place.kind == "city"}
        region = any(hit.rank == 0 and hit.place.kind == "region" for hit in group.hits)
        for i, hit in enumerate(group.hits):
            place = hit.place
            notes = [Feature(name="fame", value=round(fame(place), 3), weight=o.fame)]
            named_area = bool(group.kinds) and group.kinds <= _AREAS  # "the district of": no town's name
            if place.id in seats and place.type not in _FAME_OF_TYPE and not named_area and self.is_seat(hit, group):
                notes.append(Feature(name="called after its town", value=-1.0, weight=o.seat))
            if hit.rank and place.kind in ("admin1", "admin2") and region:
                notes.append(Feature(name="another area's name", value=-1.0, weight=o.seat))
            if hit.rank:
                notes.append(Feature(name="other name", value=-round(renaming(hit), 3), weight=o.rename))
            if group.kinds:
                one_of_areas = named_area and place.kind in _AREAS  # one country's district is another's province
                fits = 1.0 if place.kind in group.kinds else 0.0 if one_of_areas else -0.5
                notes.append(Feature(name="kind", value=fits, weight=o.kind, note=place.kind))
            if group.capital[i]:
                notes.append(Feature(name="capital", value=_CAPITAL, weight=o.fame))
            if place.lat is None:
                notes.append(Feature(name="no point", value=-1.0, weight=_POINTLESS))
            inside = self.inside(place, group)
            if inside:
                notes.append(Feature(name="container", value=inside, weight=o.container))
            group.notes.append(notes)
            group.static[i] = sum(note.contribution for note in notes)
        group.scores = group.static.copy()
        group.best = int(np.argmax(group.scores))

    def is_seat(self, named: Hit, group: _Group) -> bool:
        """Whether a town of the same name has a good part of the division's people: then the name means the town."""
        division, rank = named
        return any(
            hit.place.kind == "city"
            and hit.rank <= rank
            and division.id in (hit.place.admin1_id, hit.place.admin2_id)
            and hit.place.population >= _SEAT * division.population
            for hit in group.hits
        )

    def inside(self, place: Place, group: _Group) -> float:
        """1 for what lies in what the text says contains the name, -0.3 for what lies elsewhere."""
        if group.fitting is None:
            return 0.0
        return 1.0 if place.id in group.fitting else -0.3

    # --- the candidates of all names together ------------------------------------------------------------------

    def fit(self, groups: list[_Group], home: Home, leanings: Leanings) -> None:
        """Score every candidate by what the other names mean now, and choose anew."""
        o = self.options
        envoys = dict(leanings.envoys)
        anchors = []
        for group in groups:
            state = group.chosen.kind == "country"  # "the Boston mayor" is at home there
            anchors.append(
                (
                    group.chosen,
                    math.sqrt(len(group.spots) - group.envoys * state) * (0.3 + min(group.margin, 0.7)),
                )
            )
            if state and group.envoys and group.chosen.country:
                envoys[group.chosen.country] = envoys.get(group.chosen.country, 0.0) + leaning(group.envoys)
        lands = leanings.lands
        owners = list(range(len(groups)))
        for place, weight in home.places:
            anchors.append((place, weight * o.home))
            owners.append(-1)
        if not anchors and not lands and not envoys:
            return
        weights = np.array([weight for _, weight in anchors])
        points = np.array([_vector(place) for place, _ in anchors]).reshape(-1, 3)
        pointed = np.array([place.lat is not None and place.kind in ("city", "admin2", "site") for place, _ in anchors])
        keys = [
            (place.country, place.admin1_id or (place.id if place.kind == "admin1" else None)) for place, _ in anchors
        ]
        owner = np.array(owners)
        ranked = [(group.chosen, group.chosen.kind == "country" or is_capital(group.chosen)) for group in groups]
        for number, group in enumerate(groups):
            own = (owner != number) * weights
            total = own.sum() + home.country_weight * o.home + sum(lands.values()) + sum(envoys.values()) + _DOUBT
            countries: dict[str, float] = dict(lands)
            divisions: dict[int, float] = {}
            for (country, division), weight in zip(keys, own, strict=True):
                if country:
                    countries[country] = countries.get(country, 0.0) + weight
                if division:
                    divisions[division] = divisions.get(division, 0.0) + weight
            if home.country:
                countries[home.country] = countries.get(home.country, 0.0) + home.country_weight * o.home
            angles = np.arccos(np.clip(group.points @ points.T, -1.0, 1.0)) * _EARTH_KM
            near = (np.exp(-angles / o.near_km) * (own * pointed)).sum(axis=1) * group.located
            scores = group.static + o.near * near / (1.0 + near)
            worldly = len(
                {place.country for place, rank in ranked[:number] + ranked[number + 1 :] if rank and place.country}
            )
            for i, hit in enumerate(group.hits):
                place = hit.place
                if worldly > 1 and group.capital[i]:
                    scores[i] += o.worldly
                told = [
                    here + (envoys.get(c, 0.0) if here or not group.dwarfed[i] else 0.0)
                    for c, here in ((c, countries.get(c, 0.0)) for c in place.countries)
                ]
                country_share = max(told, default=0.0) / total
                scores[i] += o.country * country_share
                group.support[i] = country_share + near[i]
                division = place.id if place.kind == "admin1" else place.admin1_id
                if division:
                    scores[i] += o.division * min(1.0, divisions.get(division, 0.0) / total * 2)
            group.others = sum(countries.values()) + sum(envoys.values())
            group.scores = scores
            group.best = int(np.argmax(np.round(scores, 9)))

    # --- the outcome -----------------------------------------------------------------------------------------

    def choice(self, number: int, spots: Sequence[Spot], of_spot: list[_Group | None]) -> Choice:
        group, spot = of_spot[number], spots[number]
        container = self.gazetteer.place(spot.division) if spot.division is not None else None
        if container is None and spot.within is not None and (other := of_spot[spot.within]) is not None:
            container = other.chosen
        if group is None:
            container = container or self.called_after(spot, spots, of_spot)
            return Choice(None, container, (Feature(name="unknown name", value=0.0, weight=0.0),))
        if (refused := self.refused(spot, group, container, self.filed(group, spots, of_spot))) is not None:
            return refused
        if (holder := self.holder(number, group, spots, of_spot)) is not None:
            return holder
        fit = float(group.scores[group.best] - group.static[group.best])
        reasons = (*group.notes[group.best], Feature(name="other places of the text", value=round(fit, 3), weight=1.0))
        if container is not None and not contains(container, group.chosen):
            container = None
        if group.chosen.lat is None:
            container = container or self.gazetteer.place(group.chosen.admin1_id or 0)
        return Choice(group.chosen, container, reasons)

    def filed(self, group: _Group, spots: Sequence[Spot], of_spot: list[_Group | None]) -> Place | None:
        """The country or division in which a dateline says that a name's place lies; there a comma tells no list."""
        for number in group.spots:
            within = spots[number].within if spots[number].label == "dateline" else None
            outer = of_spot[within] if within is not None else None
            if outer is not None and outer.chosen.kind in ("country", "admin1"):
                return outer.chosen
        return None

    def refused(self, spot: Spot, group: _Group, container: Place | None, filed: Place | None) -> Choice | None:
        """Unknown, in the container that the text names, where no bearer of the name lies in it; and unknown at all
        where the only bearers are small, or called so by the way, and nothing in the text speaks for them."""
        hit = group.hits[group.best]
        place = hit.place
        if place.kind not in ("city", "admin2", "admin1"):
            return None
        if group.fitting is not None and not group.fitting:
            country = self.country(spot.country) if spot.country is not None else container
            if (place.kind == "admin1" or place.population >= _TOWN) and not (
                filed is not None or (spot.firm and country is not None and apart(country, place))
            ):
                return None
            country = country or filed
            if country is None or not set(country.countries) & set(place.countries):
                return Choice(
                    None, country, (Feature(name="none in its container", value=0.0, weight=0.0, note=place.name),)
                )
        least = _SLIGHT if hit.rank else _VILLAGE if group.others else 1
        if group.others and group.kinds and not group.kinds & _AREAS and place.kind not in group.kinds:
            least = _TOWN  # "the Hill building": no town far away
        if (
            place.kind != "admin1"
            and place.population < least
            and not group.fitting
            and group.support[group.best] <= 0.0
        ):
            return Choice(None, container, (Feature(name="no support", value=0.0, weight=0.0, note=place.name),))
        return None

    def country(self, code: str) -> Place | None:
        state = States.load().by_iso2(code)
        return self.gazetteer.place(state.geonameid) if state is not None and state.geonameid is not None else None

    def holder(self, number: int, group: _Group, spots: Sequence[Spot], of_spot: list[_Group | None]) -> Choice | None:
        """Another place of the name that this one mention must mean, because what the text puts into it lies there and
        not in what the name means elsewhere in the text: "Atlanta, Georgia" in a text about Tbilisi."""
        before = of_spot[number - 1] if number and spots[number - 1].within == number else None
        if before is None or before is group or contains(group.chosen, before.chosen):
            return None
        holding = [hit.place for hit in group.hits if contains(hit.place, before.chosen)]
        if len(holding) != 1 or holding[0].kind not in ("country", "admin1"):
            return None
        note = Feature(name="holds", value=1.0, weight=self.options.container, note=before.chosen.name)
        return Choice(holding[0], None, (note,))

    def called_after(self, spot: Spot, spots: Sequence[Spot], of_spot: list[_Group | None]) -> Place | None:
        """The place of the text, or else the capital or large town, that a facility is called after."""
        if seat := self.lookup.seat(spot.name):
            return seat
        hits = self.lookup.namesake(spot.name)
        if not hits or spot.label not in ("FAC", "ORG", "GPE"):
            return None
        ids = {hit.place.id for hit in hits}
        for group in of_spot:
            if group is not None and group.chosen.id in ids:
                return group.chosen
        return hits[0].place if hits[0].place.population >= _LARGE else None


def apart(one: Place, other: Place) -> bool:
    """Whether two places lie in different countries that have no border with each other."""
    states = [state for code in one.countries if (state := States.load().by_iso2(code)) is not None]
    return not any({state.iso2, *state.neighbours} & set(other.countries) for state in states)


def fame(place: Place) -> float:
    """How likely a text means this place before it says anything else, 0 to about 2: by kind, then population."""
    people = min(math.log10(place.population + 1) / 7.0, 1.0)
    least, more = _FAME_OF[place.kind]
    return _FAME_OF_TYPE.get(place.type, least) + more * people


def renaming(hit: Hit) -> float:
    """How much less likely a place is meant by a name that is not its first: English has names of its own for large
    towns abroad ("Basra"), and old names of small ones are hardly ever meant."""
    people = min(math.log10(hit.place.population + 1) / 7.0, 1.0) if hit.place.kind == "city" else 0.0
    return hit.rank * _RENAME[hit.place.kind] * 2.0 * (1.0 - people)


@lru_cache(maxsize=4_096)
def is_capital(place: Place) -> bool:
    """Whether a town is the capital of its country."""
    state = States.load().by_iso2(place.country)
    return (
        state is not None
        and place.kind == "city"
        and place.population > 0
        and name_key(place.name) in map(name_key, state.capitals)
    )
