"""What the comparisons of one unit need of it, worked out once for the unit and not for each of its pairs."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import Generic, TypeVar

from variorum.records import PlaceMention
from variorum.world.names import name_key
from variorum.world.states import States

from .accounts import FINE, Account, Party, narrowed
from .comparison import Finding, best_party, compare_places, name_parts, status_class
from .knowledge import Knowledge
from .moments import DAY, Interval
from .scenes import Scene
from .topics import FORCE, Topic
from .wording import Wording, Wordings

ONE_DAY = 1.5 * DAY
_FRESH = 3 * DAY  # from an event to its report, where the report dates it by its own day

NOBODY = 0
"""The number of a side where nobody is told."""

T = TypeVar("T")
V = TypeVar("V")


class Facets:
    """One unit as it is compared: `account` with its `topic` (where it is its text's main event), its text's `scene`,
    its `wording`, and how many of its kind its text tells (`crowd`).

    `when` is its time as narrowed by other events; `certain` when it was as far as the text tells it (none of its own
    day where the text leads with what came of it), `sure` where that is told of the event itself, to the day, `firm`
    where it is so beyond doubt: just before the text was written and not told by way of what police or courts did
    since. `placed`: a place is told of the event itself and may not be that of a side, as a country alone may (acts of
    words have theirs where they are told). `lands` are the countries of its sides and place, and the armed groups
    among its sides. `doers`, `sufferers` and `sides` are numbers that equal sides share, as `where` is of places.
    """

    __slots__ = (
        "account", "act_of_words", "certain", "crowd", "document", "doers", "fine", "firm", "lands", "mode", "mutual",
        "name_parts", "named_sufferer", "people", "place", "placed", "scene", "setting", "sides", "status", "sufferers",
        "sure", "told", "topic", "towns", "type", "victims", "when", "where", "wording",
    )  # fmt: skip

    account: Account
    act_of_words: bool
    certain: Interval | None
    crowd: int
    document: str
    doers: int
    fine: bool
    firm: bool
    lands: frozenset[str]
    mode: str | None
    mutual: bool
    name_parts: Mapping[str, tuple[str, ...]]
    named_sufferer: bool
    people: frozenset[str]
    place: PlaceMention | None
    placed: bool
    scene: Scene | None
    setting: frozenset[str]
    sides: int
    status: str
    sufferers: int
    sure: bool
    told: Interval | None
    topic: Topic | None
    towns: frozenset[str]
    type: str
    victims: tuple[str, ...]
    when: Interval | None
    where: int
    wording: Wording


class Numbers(Generic[T]):
    """Numbers for things, equal things by one, from 0 on in the order in which they are first asked for."""

    def __init__(self) -> None:
        self.things: list[T] = []
        self._of: dict[Hashable, int] = {}

    def number(self, thing: T, key: Hashable) -> int:
        """The number of `thing`, which `key` tells from others."""
        found = self._of.get(key)
        if found is None:
            found = self._of[key] = len(self.things)
            self.things.append(thing)
        return found


class Pairwise(dict[tuple[int, int], V], Generic[V]):
    """What two numbered things come to, worked out when it is first asked for."""

    def __init__(self, worked_out: Callable[[int, int], V]) -> None:
        super().__init__()
        self._worked_out = worked_out

    def __missing__(self, pair: tuple[int, int]) -> V:
        found = self[pair] = self._worked_out(*pair)
        return found


class Reading:
    """Reads the facets of units, and compares what many of them share: places and sides."""

    def __init__(
        self,
        knowledge: Knowledge,
        when: Mapping[str, Interval],
        about: tuple[Mapping[str, Topic], Mapping[str, Scene], Wordings, Mapping[tuple[str, str], int]],
        far_km: float,
    ) -> None:
        self._knowledge = knowledge
        self._when = when
        self._topics, self._scenes, self._wordings, self._crowds = about
        self._far_km = far_km
        self._parties: Numbers[tuple[Party, ...]] = Numbers()
        self._wheres: Numbers[PlaceMention] = Numbers()
        self._parties.number((), ())
        self._found: dict[str, Facets] = {}
        self.alike: Pairwise[float] = Pairwise(self._alike)
        """The likeness of the two parties, one of each side, that are most alike, by the numbers of the sides."""
        self.places: Pairwise[Finding] = Pairwise(self._places)
        """How two places compare, by their numbers."""

    def __call__(self, unit: Account) -> Facets:
        found = self._found.get(unit.id)
        if found is None:
            found = self._found[unit.id] = self._read(unit)
        return found

    def _alike(self, one: int, other: int) -> float:
        return best_party(self._parties.things[one], self._parties.things[other])

    def _places(self, one: int, other: int) -> Finding:
        return compare_places(self._wheres.things[one], self._wheres.things[other], self._far_km)

    def _side(self, parties: tuple[Party, ...]) -> int:
        return self._parties.number(
            parties, tuple((p.key, p.country, p.sector, p.generic, p.state, p.words) for p in parties)
        )

    def _where(self, place: PlaceMention | None) -> int:
        if place is None:
            return -1
        told = (place.name, place.country, place.precision, place.geonameid, place.lat, place.lon, place.admin1)
        return self._wheres.number(place, (*told, place.distance_km))

    def _read(self, unit: Account) -> Facets:
        found = Facets()
        found.account, found.document, found.type, found.mode = unit, unit.document, unit.type, unit.mode
        found.status = status_class(unit.status)
        found.act_of_words = unit.type not in self._knowledge.recalled_types
        found.mutual = unit.type in self._knowledge.mutual_types
        found.topic, found.scene = self._topics.get(unit.id), self._scenes.get(unit.document)
        found.wording = self._wordings(unit)
        found.crowd = self._crowds.get((unit.document, unit.type), 1)
        self._read_time(found, unit)
        place = unit.place
        found.place, found.where = place, self._where(place)
        found.fine = place is not None and place.precision in FINE
        found.placed = (
            place is not None
            and unit.type == FORCE
            and "place" not in unit.inherited
            and place.precision not in ("country", "region")
        )
        found.setting, found.towns = unit.setting, towns_of(unit)
        found.lands = _lands(unit)
        found.doers, found.sufferers = self._side(unit.actors), self._side(unit.recipients)
        found.sides = self._side((*unit.actors, *unit.recipients))
        found.named_sufferer = any(not party.generic for party in unit.recipients)
        found.people = unit.people
        found.name_parts = name_parts(unit.people)
        found.victims = tuple(party.name for party in unit.recipients if party.key in unit.people)
        return found

    def _read_time(self, found: Facets, unit: Account) -> None:
        when, told, topic = narrowed(unit, self._when), unit.told, found.topic
        found.when, found.told = when, told
        found.certain, found.sure = when, False
        if topic is not None and topic.recalls:
            found.certain = None
        elif when is None:
            found.certain = unit.counted
        else:
            unsure = unit.lent or unit.shared or unit.loose or "time" in unit.inherited
            found.sure = not unsure and when.width <= ONE_DAY
        found.firm = (
            when is not None
            and told is not None
            and not (unit.loose or when.width > ONE_DAY or told.low - when.high > _FRESH)
            and (topic is None or not topic.follows)
        )


def towns_of(account: Account) -> frozenset[str]:
    """The town where it happened, by folded name; else those told about it."""
    place = account.place
    if place is None or place.geonameid is None or place.precision not in FINE:
        return account.setting
    return frozenset({name_key(place.name)})


def _lands(unit: Account) -> frozenset[str]:
    sides = (*unit.actors, *unit.recipients)
    lands = {party.country for party in sides if party.country}
    lands |= {party.key for party in sides if party.sector in ("REB", "SEP") and not party.generic}
    state = States.load().by_iso2(unit.place.country) if unit.place is not None else None
    if state is not None and state.iso3:
        lands.add(state.iso3)
    return frozenset(lands)
