"""Whether two accounts tell one happening: features with their weights, and what makes them different outright."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

from variorum.linkage import Comparison, feature
from variorum.records import Feature, PlaceMention, Status
from variorum.world.names import name_key

from .accounts import FINE, Account, Party, narrowed
from .knowledge import Knowledge
from .moments import DAY, Interval
from .options import ReconciliationOptions
from .scenes import Scene, gap
from .topics import FORCE, Topic

_ALIKE = 0.8  # from here on two parties count as one side
_ABOUT = 0.3  # times that meet, or a text written within days of what the other dates
_UNLIKE, _LIKE = 0.15, 0.3  # likeness of two texts whose words say nothing, and all that words can
_ONE_MATTER, _SURELY = 0.15, 0.4  # likeness from which a place, or a day, may have been misread
_AFTER_NAMES = frozenset({"jr", "sr", "ii", "iii"})
_FLOOR = -0.5  # texts of few words have few in common
_RECALLED = 0.2  # likeness from which a text on an arrest or a vigil may go on from violence that another tells
# what tells a step of police from the violence that it goes on from, and so says nothing of the two
_OWN = frozenset({"roles", "actors", "recipients", "tolls"})
_FRESH = 3 * DAY  # from an event to its report, where the report dates it by its own day
_AT_LENGTH = 0.7  # of a topic's weight: some twenty rare words
_BACK = 3 * DAY  # before the day that a text gives a bare hour
_LATER = 21 * DAY  # from then on a report that goes on names who it is about
_CRISIS = 42 * DAY  # texts this far apart may be of one crisis
_DISTRICT_KM = 40.0  # from the point of a district to a town in it
_COUNTED = re.compile(r"\b(?:days?|weeks?|months?|years?)\s+(?:ago|earlier|later|before|after|on)\b", re.IGNORECASE)
_RULE_CLASS = {"actual": "real", "ongoing": "real", "historical": "real", "negated": "not", "hypothetical": "may"}


class Finding(NamedTuple):
    """What one field says: from -1 (against) to 1 (for), or a veto."""

    value: float
    note: str = ""
    veto: bool = False


NOTHING = Finding(0.0)


class Comparer:
    """Compares accounts under fixed knowledge, options, times as narrowed by anchors, and the pairs that texts link."""

    def __init__(
        self,
        knowledge: Knowledge,
        options: ReconciliationOptions,
        when: Mapping[str, Interval],
        linked: frozenset[tuple[str, str]] = frozenset(),
        topics: Mapping[str, Topic] | None = None,
        scenes: Mapping[str, Scene] | None = None,
    ) -> None:
        self._knowledge = knowledge
        self._options = options
        self._when = when
        self._linked = linked
        self._topics = topics or {}
        self._scenes = scenes or {}

    @property
    def heads(self) -> frozenset[str]:
        """The accounts of documents' main events."""
        return frozenset(self._topics)

    @property
    def at_length(self) -> frozenset[str]:
        """Those of them that are told in many words."""
        return frozenset(id_ for id_, topic in self._topics.items() if topic.weight >= _AT_LENGTH)

    def __call__(self, one: Account, other: Account, *, aligned: bool = False) -> Comparison:
        """`aligned`: both stand at the same place of a passage that one text took from the other, unchanged in date and
        place. Such a pair is told in the same words, so a place or day read otherwise is a dispute and no veto."""
        options = self._options
        features: list[Feature] = []
        recalled = self._recalled(one, other)
        for name, weight, look in (
            ("status", 0.0, self._status),
            ("type", options.weight_type, self._type),
            ("document", 0.0, self._document),
            ("time", options.weight_time, self._time),
            ("place", options.weight_place, self._place),
            ("roles", 0.0, self._roles),
            ("actors", options.weight_actors, self._actors),
            ("recipients", options.weight_recipients, self._recipients),
            ("tolls", options.weight_tolls, self._tolls),
            ("people", options.weight_people, self._people),
            ("names", options.weight_names, self._names),
            ("leads", options.weight_leads, self._leads),
            ("words", options.weight_words, self._words),
            ("crisis", options.weight_crisis, self._crisis),
        ):
            finding = NOTHING if recalled and name in _OWN else look(one, other)
            if finding.veto and not (name in ("time", "place") and self._spared(name, one, other, aligned)):
                return Comparison(one=one.id, other=other.id, features=(), veto=f"{name}: {finding.note}")
            if finding.value:
                value = finding.value if not finding.veto else 0.0 if aligned else -0.5
                features.append(feature(name, value, weight, finding.note))
        if aligned:
            features.append(feature("passage", 1.0, options.weight_passage, "aligned words of one text in another"))
        return Comparison(one=one.id, other=other.id, features=tuple(features))

    def _recalled(self, one: Account, other: Account) -> bool:
        """Whether one is violence and the other what a text leads with that goes on from it and tells none itself, in
        much the same words."""
        if FORCE not in (one.type, other.type) or one.type == other.type:
            return False
        after = self._topics.get((other if one.type == FORCE else one).id)
        return after is not None and after.recalls and self._likeness(one, other) >= _RECALLED

    def _spared(self, name: str, one: Account, other: Account, aligned: bool) -> bool:
        """Whether a time or place that contradicts is a dispute about one event: copies date "today" by their own day,
        and two texts that name the same private persons tell of one happening."""
        a, b = narrowed(one, self._when), narrowed(other, self._when)
        near = name == "place" or a is None or b is None or a.gap(b) <= 2 * DAY
        shared = len(one.people & other.people)
        told = bool(one.setting & other.setting)
        if near and (aligned or shared > 1 or (shared == 1 and told and name == "place")):
            return True
        like = self._likeness(one, other)
        if name == "place" or (self._firm(one) and self._firm(other)):
            return name == "place" and like >= _ONE_MATTER
        return like >= (_ONE_MATTER if any(_same_people(one, other)) else _SURELY)

    def _firm(self, account: Account) -> bool:
        """Whether a text that dates its event beyond doubt: to a day, just before it was written, and not told by way
        of what police or courts did since."""
        when, told, topic = narrowed(account, self._when), account.told, self._topics.get(account.id)
        if when is None or told is None or account.loose or when.width > 1.5 * DAY or told.low - when.high > _FRESH:
            return False
        return topic is None or not topic.follows

    def _likeness(self, one: Account, other: Account) -> float:
        """How alike the words of two texts are whose main events these are; 0 where either is not."""
        a, b = self._topics.get(one.id), self._topics.get(other.id)
        return a.likeness(b) if a is not None and b is not None else 0.0

    def _status(self, one: Account, other: Account) -> Finding:
        """What happened, what did not and what may happen are different events."""
        same = status_class(one.status) == status_class(other.status)
        return NOTHING if same else Finding(-1, f"{one.status} against {other.status}", veto=True)

    def _type(self, one: Account, other: Account) -> Finding:
        """One type counts whole, with modes that reports give in each other's place. Near types are one act coded
        either way only where both texts tell it by the same word: a recall and a condemnation are two."""
        if self._recalled(one, other):
            return Finding(0.0, "a text on what came of it")
        if one.type != other.type:
            pair = frozenset((one.type, other.type))
            if pair in self._knowledge.near_types and one.words & other.words:
                return Finding(0.0, f"{one.type} near {other.type}")
            if pair in self._knowledge.kindred_types and self._one_act(one, other):
                return Finding(0.3, f"{one.type} near {other.type}, of the same sides on one day")
            return Finding(-1, f"{one.type} against {other.type}", veto=True)
        if one.mode is None or other.mode is None:
            return Finding(0.8, one.type)
        if one.mode == other.mode:
            return Finding(1.0, f"{one.type}/{one.mode}")
        if self._knowledge.modes_meet(one.type, one.mode, other.mode):
            return Finding(0.6, f"{one.mode} and {other.mode}")
        return Finding(-1.0, f"{one.mode} against {other.mode}")

    def _one_act(self, one: Account, other: Account) -> bool:
        """Whether two texts of one crisis tell the same sides of both, and days that meet."""
        if not self._between_powers(one, other):
            return False
        a, b = self._dated(one), self._dated(other)
        day = a is not None and b is not None and max(a.width, b.width) <= 3 * DAY and a.meet(b) is not None
        doers = _best(one.actors, other.actors) >= _ALIKE
        return (doers and day) or (doers and _best(one.recipients, other.recipients) >= _ALIKE)

    def _document(self, one: Account, other: Account) -> Finding:
        """Two events that one text tells apart are two, unless it tells the same time, place and sides of both. Where
        nothing told sets them apart they may yet be found to be one by way of other texts, and this says nothing."""
        if one.document != other.document:
            return NOTHING
        if (min(one.id, other.id), max(one.id, other.id)) in self._linked:
            return Finding(-1, "one answers or follows the other", veto=True)
        modes = one.mode is not None and other.mode is not None and one.mode != other.mode
        if one.type != other.type or modes or set_apart(one, other):
            return Finding(-1, "told apart by one text", veto=True)
        return NOTHING

    def _time(self, one: Account, other: Account) -> Finding:
        """Overlap of what is told; days that are apart are a veto. Untold times fall back on when the texts were
        written: an event is not later than its report."""
        a, b = self._dated(one), self._dated(other)
        one_crisis = self._crisis(one, other).value > 0
        if a is not None and b is not None:
            finding = _overlap(a, b)
            if finding.veto and (self._lent(one) or self._lent(other)):
                return Finding(-0.2, "at different times, one told of its scene")
            if finding.veto and a.gap(b) <= DAY and (_counted(one) or _counted(other)) and one_crisis:
                return Finding(-0.2, "days apart as counted")
            return finding
        if a is None and b is None:
            if one.told is None or other.told is None:
                return NOTHING
            finding = _days_apart(one.told.gap(other.told), "written", (0.4, 0.2, 0.0))
            return NOTHING if one_crisis and finding.value < 0 else finding
        told, silent = (a, other) if a is not None else (b, one)
        if told is None or silent.told is None or silent.status == "future":
            return NOTHING
        if told.low > silent.told.high + DAY and not self._lent(one) and not self._lent(other):
            return Finding(-1, "after the other report was written", veto=True)
        finding = _days_apart(told.gap(silent.told), "told and written", (0.5, 0.3, 0.1))
        return NOTHING if one_crisis and finding.value < 0 else finding

    def _lent(self, account: Account) -> bool:
        """Whether an event has the time of another that recalls it, or, told besides a text's main one, from another
        sentence."""
        return account.shared or (account.lent and account.id not in self._topics)

    def _dated(self, account: Account) -> Interval | None:
        """The time told of an event; where its day is not told outright, it may have been one before."""
        when, topic = narrowed(account, self._when), self._topics.get(account.id)
        if when is None or (topic is not None and topic.recalls):
            return None
        return Interval(when.low - _BACK, when.high) if account.loose else when

    def _place(self, one: Account, other: Account) -> Finding:
        """Containment and distance; places that cannot be one are a veto. Where a mention has no place, the towns
        told about it stand in, and count half."""
        if one.place is not None and other.place is not None:
            finding = compare_places(one.place, other.place, self._options.far_km)
            if finding.veto and self._between_powers(one, other) and (_unsure(one) or _unsure(other)):
                return Finding(-0.3, f"{finding.note}, one of them perhaps a side's own land")
            if finding.veto or "unknown" not in (one.place.precision, other.place.precision) or finding.value:
                return finding
        ones, others = _towns(one), _towns(other)
        if ones & others:
            return Finding(0.5, "the same towns told")
        return Finding(-0.1, "other towns told") if ones and others else NOTHING

    def _roles(self, one: Account, other: Account) -> Finding:
        """A against B is not B against A."""
        if one.type in self._knowledge.mutual_types:
            return NOTHING
        if roles_crossed(one, other):
            return Finding(-1, "the sides are the other way round", veto=True)
        if self._states_differ(one, other):
            return Finding(-1, "another state acted", veto=True)
        if self._addressed_apart(one, other):
            return Finding(-1, "another act towards another side", veto=True)
        return NOTHING

    def _addressed_apart(self, one: Account, other: Account) -> bool:
        """Whether two acts that are no violence, in two modes, are towards different sides of which one is named: who
        accuses the one and summons the other's envoy did two things."""
        modes = one.mode is not None and other.mode is not None and one.mode != other.mode
        if not modes or one.type in self._knowledge.recalled_types or not one.recipients or not other.recipients:
            return False
        named = any(not party.generic for party in (*one.recipients, *other.recipients))
        return named and _best(one.recipients, other.recipients) <= 0

    def _states_differ(self, one: Account, other: Account) -> bool:
        """Whether two different states acted; one place on one day makes that a dispute about who did it."""
        if not one.actors or not other.actors or not all(party.state for party in (*one.actors, *other.actors)):
            return False
        if _best(one.actors, other.actors) > 0:
            return False
        a, b = narrowed(one, self._when), narrowed(other, self._when)
        day = a is not None and b is not None and max(a.width, b.width) <= DAY and a.meet(b) is not None
        spot = one.place is not None and other.place is not None and same_place(one.place, other.place)
        return not (day and spot)

    def _actors(self, one: Account, other: Account) -> Finding:
        """The doers: the same key, a state and its forces, or none in common."""
        if one.type in self._knowledge.mutual_types:
            return _side((*one.actors, *one.recipients), (*other.actors, *other.recipients), -0.8)
        return _side(one.actors, other.actors, -0.8)

    def _recipients(self, one: Account, other: Account) -> Finding:
        """Those it was done to; a group may stand in for the land it was struck in, so a difference weighs less."""
        if one.type in self._knowledge.mutual_types:
            return NOTHING
        return _side(one.recipients, other.recipients, -0.4)

    def _tolls(self, one: Account, other: Account) -> Finding:
        """Equal figures speak for sameness, the more the greater they are; other figures hardly against it."""
        best, unlike = 0.0, False
        for kind, low, high in one.figures:
            for kind2, low2, high2 in other.figures:
                if kind != kind2 or low is None or low2 is None:
                    continue
                if (low, high) == (low2, high2):
                    best = max(best, 1.0 if low > 2 else 0.4)
                else:
                    unlike = True
        if best:
            return Finding(best, "equal figures")
        return Finding(-0.3, "other figures") if unlike else NOTHING

    def _people(self, one: Account, other: Account) -> Finding:
        """Private persons told about both: one is much, two or more hardly leave a doubt. Where both texts name
        several and share none, they tell of different people."""
        shared, parts = _same_people(one, other)
        strength = len(shared) + 0.5 * len(parts)
        if strength:
            return Finding(min(1.0, 0.15 + 0.35 * strength), ", ".join(sorted(shared | parts)[:4]))
        several = min(len(one.people), len(other.people)) > 1
        return Finding(-0.25, "no person in common") if several else NOTHING

    def _names(self, one: Account, other: Account) -> Finding:
        """Other names that both tell: streets, schools, operations."""
        shared = one.names & other.names
        return Finding(min(1.0, len(shared) / 3), ", ".join(sorted(shared)[:4])) if shared else NOTHING

    def _leads(self, one: Account, other: Account) -> Finding:
        """What both texts are about, at about one time, comes before what one of them mentions by the way."""
        both = one.leads and other.leads and self._time(one, other).value >= _ABOUT
        return Finding(1.0, "both texts lead with it") if both else NOTHING

    def _words(self, one: Account, other: Account) -> Finding:
        """Rare words that two texts share whose main events these are."""
        a, b = self._topics.get(one.id), self._topics.get(other.id)
        recalled = self._knowledge.recalled_types
        if not {one.type, other.type} & recalled or a is None or b is None or not a.weights or not b.weights:
            return NOTHING
        like = a.likeness(b)
        value = max(_FLOOR, min(1.0, (like - _UNLIKE) / (_LIKE - _UNLIKE)))
        late = one.told is not None and other.told is not None and one.told.gap(other.told) > _LATER
        late = late and not any(_same_people(one, other))
        if (late or value < 0) and self._between_powers(one, other):
            return NOTHING
        if late:
            return Finding(_FLOOR, "long after, and no person in common")
        return Finding(value, ", ".join(a.shared(b)) or "no rare word in common")

    def _crisis(self, one: Account, other: Account) -> Finding:
        """Two texts of one crisis: they tell of the same sides, and were written within weeks of each other. Each tells
        much of what the other tells, in few words and under another lead."""
        a, b = self._scenes.get(one.document), self._scenes.get(other.document)
        if a is None or b is None or one.document == other.document:
            return NOTHING
        apart = gap(a, b)
        if one.type not in self._knowledge.recalled_types and one.leads and other.leads and _news(one, other):
            return NOTHING
        value = a.related(b) if apart is not None and apart <= _CRISIS else 0.0
        return Finding(value, "the same sides in both texts") if value else NOTHING

    def _between_powers(self, one: Account, other: Account) -> bool:
        """Whether two texts are about more than one state or armed group: such reports of one event lead with
        different matter."""
        a, b = self._scenes.get(one.document), self._scenes.get(other.document)
        return a is not None and b is not None and a.likeness(b) > 0


def status_class(status: Status) -> str:
    """What happened, what did not, and what may: mentions of two classes are never one event."""
    return _RULE_CLASS.get(status, "may")


def _news(one: Account, other: Account) -> bool:
    """Whether two texts of different days lead with acts of words that they do not date: each tells its own day's."""
    silent = one.when is None or other.when is None
    return silent and one.told is not None and other.told is not None and one.told.gap(other.told) > DAY


def _unsure(account: Account) -> bool:
    """Whether a place may be that of a side rather than of the act: a country alone, or one of a doer's own; acts of
    words have their place where they are told."""
    place = account.place
    if place is None or account.type != FORCE:
        return True
    home = any(party.country == place.country for party in account.actors)
    return place.precision in ("country", "region") or home


def _counted(account: Account) -> bool:
    """Whether a time is told as a number of days from another event, or from the text's own: such are rounded."""
    return account.loose and account.time is not None and _COUNTED.search(account.time.text) is not None


def _towns(account: Account) -> frozenset[str]:
    place = account.place
    if place is None or place.geonameid is None or place.precision not in FINE:
        return account.setting
    return frozenset({name_key(place.name)})


def roles_crossed(one: Account, other: Account) -> bool:
    """Whether the one's doers are the other's done-to while the doers differ."""
    forth = _best(one.actors, other.actors)
    if forth >= _ALIKE:
        return False
    crossed = _best(one.actors, other.recipients), _best(one.recipients, other.actors)
    return min(crossed) >= _ALIKE or (max(crossed) >= _ALIKE and forth < 0)


def same_event_in_text(one: Account, other: Account) -> bool:
    """Whether one text tells two mentions alike: one mode, and two of one narrow time, one fine place, one known side,
    one private person, one figure over one."""
    if one.mode is not None and other.mode is not None and one.mode != other.mode:
        return False
    a, b = one.when, other.when
    same = 0
    same += a is not None and b is not None and max(a.width, b.width) <= 1.5 * DAY and a.meet(b) is not None
    if one.place is not None and other.place is not None:
        same += same_place(one.place, other.place) and one.place.precision in FINE
    same += _best(one.actors, other.actors) >= _ALIKE
    same += _best(one.recipients, other.recipients) >= _ALIKE
    same += bool(one.people & other.people)
    same += any(low is not None and low > 1 for _, low, _ in set(one.figures) & set(other.figures))
    return same >= 2


def set_apart(one: Account, other: Account) -> bool:
    """Whether a text tells another time, place, side or figure of two mentions."""
    if one.when is not None and other.when is not None and one.when.meet(other.when) is None:
        return True
    if one.place is not None and other.place is not None:
        holds = one.place.precision != other.place.precision  # a point of a district stands for all of it
        if compare_places(one.place, other.place, _DISTRICT_KM if holds else 1.0).value < 0:
            return True
    if _best(one.actors, other.actors) < 0 or _best(one.recipients, other.recipients) < 0:
        return not _same_scene(one, other)
    kinds = {kind for kind, _, _ in one.figures} & {kind for kind, _, _ in other.figures}
    return any(
        {figure for figure in one.figures if figure[0] == kind}.isdisjoint(other.figures) for kind in sorted(kinds)
    )


def _same_scene(one: Account, other: Account) -> bool:
    """Whether two of day, fine place and a figure over one are told alike, so that sides named otherwise are no
    sign of two events."""
    a, b = one.when, other.when
    same = a is not None and b is not None and max(a.width, b.width) <= 1.5 * DAY and a.meet(b) is not None
    place = one.place is not None and other.place is not None and one.place.precision in FINE
    place = place and one.place is not None and other.place is not None and same_place(one.place, other.place)
    figure = any(low is not None and low > 1 for _, low, _ in set(one.figures) & set(other.figures))
    return same + place + figure > 1


def _same_people(one: Account, other: Account) -> tuple[frozenset[str], frozenset[str]]:
    """The private persons that both tell; and the names that others of theirs share where one text gives a name alone,
    or given names begin alike."""
    shared = one.people & other.people
    ones, others = _name_parts(one.people - shared), _name_parts(other.people - shared)
    parts = (
        part
        for part in ones.keys() & others.keys()
        if any(not a or not b or a[:2] == b[:2] for a in ones[part] for b in others[part])
    )
    return shared, frozenset(parts)


@lru_cache(maxsize=65_536)
def _name_parts(people: frozenset[str]) -> Mapping[str, tuple[str, ...]]:
    """The last words of people's names of four letters or more, each with what stands before it."""
    parts: dict[str, set[str]] = {}
    for key in people:
        words = [part for part in key.rpartition(":")[2].split("-") if part not in _AFTER_NAMES]
        if words and len(words[-1]) > 3:
            parts.setdefault(words[-1], set()).add("-".join(words[:-1]))
    return {part: tuple(sorted(given)) for part, given in parts.items()}


def _overlap(a: Interval, b: Interval) -> Finding:
    """How well two told times agree: days that meet count whole, wide spans less; what is apart is a veto but for the
    hours about one midnight."""
    narrow, wide = sorted((a.width, b.width))
    if a.meet(b) is not None:
        if wide <= 1.5 * DAY:
            return Finding(1.0, "the same day")
        if narrow <= 1.5 * DAY:
            return Finding(0.6 if wide <= 4 * DAY else 0.3, "a day within a longer time")
        return Finding(0.3 if wide <= 10 * DAY else 0.1, "long times that overlap")
    if a.gap(b) < 6 and narrow <= DAY / 2:
        return Finding(-0.2, "on two sides of a midnight")
    return Finding(-1, "at different times", veto=True)


def _days_apart(gap: float, how: str, values: tuple[float, float, float]) -> Finding:
    days = gap / DAY
    for limit, value in zip((1.0, 3.0, 7.0), values, strict=True):
        if days <= limit:
            return Finding(value, f"{how} {days:.0f} days apart")
    return Finding(-0.4 if days <= 21 else -1.0, f"{how} {days:.0f} days apart")


_RANK = {"site": 0, "city": 1, "district": 2, "admin1": 3, "country": 4, "region": 5, "unknown": 6}


def place_rank(place: PlaceMention) -> int:
    """0 for a site to 6 for what is unknown: the finer the less."""
    return _RANK[place.precision]


def same_place(one: PlaceMention, other: PlaceMention) -> bool:
    """One entry of the gazetteer, or one name in one country where the gazetteer has none."""
    if one.geonameid is not None and other.geonameid is not None:
        return one.geonameid == other.geonameid
    return name_key(one.name) == name_key(other.name) and one.country == other.country


def compare_places(one: PlaceMention, other: PlaceMention, far_km: float) -> Finding:
    """How likely two places are told of one happening; a veto where both cannot be true."""
    if one.country and other.country and one.country != other.country:
        return Finding(-1, f"{one.name} and {other.name} are in different countries", veto=True)
    fine, coarse = sorted((one, other), key=lambda place: (place_rank(place), place.name))
    if same_place(one, other):
        value = {0: 1.0, 1: 1.0, 2: 0.9, 3: 0.6, 4: 0.25, 6: 0.8}.get(place_rank(fine), 0.0)
        return Finding(value, fine.name)
    if coarse.precision in ("country", "region", "unknown"):
        return Finding(0.2 if fine.country is not None and fine.country == coarse.country else 0.0, coarse.name)
    apart = distance_km(fine, coarse)
    if coarse.precision == "admin1":
        if fine.precision == "admin1":
            return Finding(-1, f"{one.name} is not {other.name}", veto=True)
        if name_key(fine.admin1 or "") in (name_key(coarse.name), name_key(coarse.admin1 or "-")):
            return Finding(0.5, f"{fine.name} is in {coarse.name}")
        if fine.admin1 and (apart is None or apart > 4 * far_km):
            return Finding(-1, f"{fine.name} is not in {coarse.name}", veto=True)
        return Finding(-0.2, f"{fine.name} may not be in {coarse.name}")
    if apart is None:
        differs = bool(fine.admin1 and coarse.admin1) and name_key(fine.admin1 or "") != name_key(coarse.admin1 or "")
        return Finding(-0.6 if differs else -0.2, f"{one.name} and {other.name}")
    if name_key(one.name) == name_key(other.name):
        return Finding(0.3, f"two places called {fine.name}")
    slack = (one.distance_km or 0.0) + (other.distance_km or 0.0)
    if apart <= 5 + slack:
        return Finding(0.8 if fine.precision != coarse.precision else 0.4, f"{apart:.0f} km apart")
    if apart <= far_km / 2.5 + slack:
        return Finding(0.2, f"{apart:.0f} km apart")
    if apart <= far_km + slack:
        return Finding(-0.5, f"{apart:.0f} km apart")
    return Finding(-1, f"{one.name} and {other.name} are {apart:.0f} km apart", veto=True)


def distance_km(one: PlaceMention, other: PlaceMention) -> float | None:
    """Great-circle distance by the haversine formula on a sphere of 6371 km; None where a point is missing."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    return _haversine(one.lat, one.lon, other.lat, other.lon)


@lru_cache(maxsize=65_536)
def _haversine(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    a, b = radians(lat1), radians(lat2)
    h = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(radians(lon2 - lon1) / 2) ** 2
    return 2 * 6371 * asin(min(1.0, sqrt(h)))


def party_likeness(one: Party, other: Party) -> float:
    """1 for one key, `_ALIKE` for a state and its forces, less for namesakes, 0 where nothing speaks against it."""
    if one.key == other.key:
        return 0.5 if one.generic else 1.0
    if one.country is not None and other.country is not None and one.country != other.country:
        return -1.0 if not (one.generic and other.generic) else -0.3
    if one.state and other.state:
        return _ALIKE
    if one.generic or other.generic:
        return 0.1
    fewer, more = sorted((one.words, other.words), key=len)
    if fewer and fewer <= more and (one.sector is None or other.sector is None or one.sector == other.sector):
        return _ALIKE
    return -1.0


def _best(ones: tuple[Party, ...], others: tuple[Party, ...]) -> float:
    return max((party_likeness(a, b) for a in ones for b in others), default=0.0)


def _side(ones: tuple[Party, ...], others: tuple[Party, ...], against: float) -> Finding:
    if not ones or not others:
        return NOTHING
    best = _best(ones, others)
    return Finding(best if best > 0 else -best * against, f"{ones[0].name} and {others[0].name}") if best else NOTHING
