"""What two accounts have in common and what sets them apart: the observations that a decision weighs.

Some things make two accounts different outright (`Likeness.refused`): a day or town that each tells of its own event
beyond doubt, another kind of act, roles the other way round. What is inherited from a text's other events, lent by
another sentence or counted in days never vetoes; it is observed as unsure, and weighs what it weighed where events were
known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set
from math import log, log1p
from typing import Any, NamedTuple

from .accounts import Account
from .comparison import compare_figures, set_apart, shared_people
from .facets import NOBODY, ONE_DAY, Facets, Reading
from .knowledge import Knowledge
from .moments import DAY, Interval
from .scenes import Scene, gap
from .topics import FORCE, Topic
from .weights import product, product_beside, weightiest
from .wording import Wordings

MAIN, RECALL, APART = "main", "recall", "apart"
SAME_SIDE = 0.8  # from here on two parties count as one side
_CRISIS = 42 * DAY  # texts this far apart may be of one crisis
_OWN_NEWS = 3 * DAY  # from which on two texts that lead with talks, and do not date them, tell of two
_ONE_MATTER, _SURELY = 0.15, 0.4  # likeness from which a place, or a day, may have been misread
_ALIKE, _UNLIKE = 0.6, 0.2  # likeness of two texts that says all, and below which it speaks against
_FEW = 3  # rare names of a text from which none in common says something
_MOST_PEOPLE, _MOST_AGES = 3.0, 3

Note = str | tuple[Any, ...]
"""What was looked at: in words, or a function with its arguments that gives them, for most notes are never read."""
Observation = tuple[str, float, Note]
"""What was observed, how much of it there is, and the note on it."""


class Seen(NamedTuple):
    """One observation: its name, how much of it there is, and in words what was looked at."""

    name: str
    value: float
    note: str = ""


class Observed(NamedTuple):
    """All observations of a pair, and which decision weighs them: that on two texts' main events (`MAIN`), or that on
    what at least one of them tells besides (`RECALL`). Two events that one text tells apart (`APART`) are hardly one,
    but what sets them apart may be misread: they are not weighed, and may yet be found to be one by way of other texts.
    Under a `veto` there are no observations."""

    decision: str
    seen: tuple[Seen, ...]
    veto: str | None = None


class Pair:
    """Two units while they are compared, and what several observations ask of them."""

    __slots__ = ("_like", "_people", "aligned", "heads", "one", "other", "related", "same_text")

    def __init__(self, one: Facets, other: Facets, aligned: bool) -> None:
        self.one, self.other, self.aligned = one, other, aligned
        self.same_text = one.document == other.document
        self.heads = one.topic is not None and other.topic is not None
        self.related = 0.0
        self._like: float | None = None
        self._people: tuple[Set[str], Set[str]] | None = None

    @property
    def like(self) -> float:
        """How alike the words of two texts are whose main events these are; 0 where either is not."""
        if self._like is None:
            a, b = self.one.topic, self.other.topic
            self._like = product(a.weights, b.weights) if a is not None and b is not None else 0.0
        return self._like

    @property
    def people(self) -> tuple[Set[str], Set[str]]:
        """The private persons that both tell, and the names that others of theirs share."""
        if self._people is None:
            a, b = self.one, self.other
            self._people = shared_people(a.people, b.people, (a.name_parts, b.name_parts))
        return self._people

    @property
    def known_people(self) -> bool:
        return any(self.people)


class Likeness:
    """Observes pairs under fixed knowledge, times as narrowed by anchors, and the pairs that texts link."""

    def __init__(
        self,
        knowledge: Knowledge,
        when: Mapping[str, Interval],
        about: tuple[Mapping[str, Topic], Mapping[str, Scene], Wordings, Mapping[tuple[str, str], int]],
        linked: frozenset[tuple[str, str]],
        far_km: float,
    ) -> None:
        self.topics = about[0]
        self._knowledge = knowledge
        self._linked = linked
        self._read = Reading(knowledge, when, about, far_km)
        self._modes: dict[tuple[str, str, str], bool] = {}
        self._kinships: dict[tuple[str, str], str | None] = {}

    def __call__(self, one: Account, other: Account, *, aligned: bool = False) -> Observed:
        """`aligned`: both stand at the same place of a passage that one text took from the other, unchanged in date and
        place. Such a pair is told in the same words, so a place or day read otherwise is a dispute and no veto."""
        decision, seen, veto = self.observed(one, other, aligned)
        return Observed(decision, tuple(Seen(name, value, in_words(note)) for name, value, note in seen), veto)

    def observed(self, one: Account, other: Account, aligned: bool) -> tuple[str, list[Observation], str | None]:
        """The fields of `Observed`, with notes that are not put in words yet."""
        pair = Pair(self._read(one), self._read(other), aligned)
        if pair.same_text and self._told_apart(one, other):
            return APART, [], None
        refused = self._refused(pair)
        if refused is not None:
            return RECALL, [], refused
        pair.related = related = 0.0 if pair.same_text else _related(pair.one.scene, pair.other.scene)
        seen: list[Observation] = []
        self._kind(pair, seen)
        if pair.same_text:
            seen.append(("one-text", 1.0, "two mentions of one text"))
        _time(pair, seen)
        self._place(pair, seen)
        self._sides(pair, seen)
        _harm(pair, seen)
        _wording(pair, seen)
        if pair.heads:
            _mains(pair, seen)
        _crowd(pair, seen)
        if related:
            _crisis(pair, seen)
        if aligned:
            seen.append(("aligned", 1.0, "aligned words of one text in another"))
        return MAIN if pair.heads and not related else RECALL, seen, None

    # ------------------------------------------------------------------ what makes two events of them outright

    def _refused(self, pair: Pair) -> str | None:
        """What makes two accounts different whatever else is alike, the cheapest to look at first."""
        a, b = pair.one, pair.other
        if a.status != b.status and not _came_true(a, b):
            return f"status: {a.account.status} against {b.account.status}"
        if a.type != b.type:
            if self._kinship(a.type, b.type) is None and not _goes_on(a, b):
                return f"type: {a.type} against {b.type}"
        elif a.act_of_words and _own_news(a, b):
            return "type: each text leads with its own day's"
        if a.sure and b.sure and self._other_time(pair):
            return "time: at different times"
        return self._other_roles(pair) or self._other_place(pair)

    def _other_time(self, pair: Pair) -> bool:
        a, b = pair.one, pair.other
        one, other = a.certain, b.certain
        if one is None or other is None or one.meet(other) is not None or _midnight(one, other):
            return False
        near = a.when is not None and b.when is not None and a.when.gap(b.when) <= 2 * DAY
        if near and (pair.aligned or len(a.people & b.people) > 1):
            return False
        if a.firm and b.firm:
            return True
        return pair.like < (_ONE_MATTER if pair.known_people else _SURELY)

    def _other_place(self, pair: Pair) -> str | None:
        """A veto of two places that are told of the events themselves, unless copies tell them, or two texts name the
        same private persons or tell in much the same words: then it is a dispute about one event."""
        a, b = pair.one, pair.other
        if not (a.placed and b.placed):
            return None
        found = self._read.places[a.where, b.where]
        if not found.veto or pair.aligned:
            return None
        shared = len(a.people & b.people)
        if shared > 1 or (shared == 1 and a.setting & b.setting) or pair.like >= _ONE_MATTER:
            return None
        return f"place: {found.note}"

    def _other_roles(self, pair: Pair) -> str | None:
        a, b = pair.one, pair.other
        if a.mutual:
            return None
        alike = self._read.alike
        swapped = not pair.aligned and alike[a.doers, b.doers] < SAME_SIDE
        if swapped and min(alike[a.doers, b.sufferers], alike[a.sufferers, b.doers]) >= SAME_SIDE:
            return "roles: the sides are the other way round"
        other_act = a.act_of_words and a.mode is not None and b.mode is not None and a.mode != b.mode
        named = a.sufferers != NOBODY != b.sufferers and (a.named_sufferer or b.named_sufferer)
        if other_act and named and alike[a.sufferers, b.sufferers] <= 0:
            return "roles: another act towards another side"  # who accuses the one and summons the other's envoy
        return None

    def _told_apart(self, one: Account, other: Account) -> bool:
        """Whether one text tells two events as two, or the one as an answer to the other."""
        if one.type != other.type or (one.mode is not None and other.mode is not None and one.mode != other.mode):
            return True
        if self._read(one).status != self._read(other).status:
            return True
        return (min(one.id, other.id), max(one.id, other.id)) in self._linked or set_apart(one, other)

    # ------------------------------------------------------------------ what kind of act, and of which text

    def _kind(self, pair: Pair, seen: list[Observation]) -> None:
        a, b = pair.one, pair.other
        if a.status != b.status:
            seen.append(("ahead", 1.0, ("{} and {}".format, a.account.status, b.account.status)))
        if a.type != b.type:
            if _goes_on(a, b):
                seen.append(("after-violence", 1.0, "a text on what came of it"))
            elif self._kinship(a.type, b.type) == "near":
                seen.append(("near-type", 1.0, ("{} near {}".format, a.type, b.type)))
            return
        if a.act_of_words:
            seen.append(("act-of-words", 1.0, a.type))
        if a.mode and b.mode and a.mode != b.mode and not self._modes_meet(a.type, a.mode, b.mode):
            seen.append(("modes-apart", 1.0, ("{} against {}".format, a.mode, b.mode)))

    def _kinship(self, one: str, other: str) -> str | None:
        """Whether two types are "near" or "kindred"; None where they are neither."""
        pair = one, other
        if pair not in self._kinships:
            both, known = frozenset(pair), self._knowledge
            kindred = "kindred" if both in known.kindred_types else None
            self._kinships[pair] = "near" if both in known.near_types else kindred
        return self._kinships[pair]

    def _modes_meet(self, type_: str, one: str, other: str) -> bool:
        key = type_, one, other
        found = self._modes.get(key)
        if found is None:
            found = self._modes[key] = self._knowledge.modes_meet(type_, one, other)
        return found

    # ------------------------------------------------------------------ place

    def _place(self, pair: Pair, seen: list[Observation]) -> None:
        a, b = pair.one, pair.other
        one, other = a.place, b.place
        if one is not None and other is not None:
            found = self._read.places[a.where, b.where]
            if found.veto:
                lands = (
                    "land-other" if one.country != other.country and one.country and other.country else "place-other"
                )
                unsure = not (a.placed and b.placed)
                seen.append((f"{lands}-unsure" if unsure else lands, 1.0, found.note))
            elif found.value > 0:
                seen.append(("place", found.value, found.note))
            if a.fine and b.fine:
                return
        if a.towns and b.towns:
            both = a.towns & b.towns
            if both:
                seen.append(("towns", 1.0, (_first, both, 3)))
            else:
                seen.append(("towns-other", 1.0, "other towns told"))

    # ------------------------------------------------------------------ who

    def _sides(self, pair: Pair, seen: list[Observation]) -> None:
        a, b = pair.one, pair.other
        alike = self._read.alike
        ones, others = a.account, b.account
        mutual = a.mutual
        doers = alike[a.doers, b.doers]
        if not mutual:
            if doers < SAME_SIDE:
                forth, back = alike[a.doers, b.sufferers], alike[a.sufferers, b.doers]
                low, high = (forth, back) if forth < back else (back, forth)
                if low >= SAME_SIDE or (high >= SAME_SIDE and doers < 0):
                    seen.append(("crossed", 1.0, "a doer of the one suffers in the other"))
            if doers <= 0 and ones.actors and others.actors and _states(ones) and _states(others):
                seen.append(("state-other", 1.0, "another state acted"))
            _party("actor", doers, (ones.actors, others.actors), seen)
            _party("recipient", alike[a.sufferers, b.sufferers], (ones.recipients, others.recipients), seen)
        else:
            parties = (*ones.actors, *ones.recipients), (*others.actors, *others.recipients)
            _party("actor", alike[a.sides, b.sides], parties, seen)
        if a.lands and b.lands and a.lands.isdisjoint(b.lands):
            seen.append(("lands-other", 1.0, "no country in common"))


def in_words(note: Note) -> str:
    """A note as it is shown."""
    if isinstance(note, str):
        return note
    make: Callable[..., str] = note[0]
    return make(*note[1:])


def _first(words: Iterable[str], most: int) -> str:
    return ", ".join(sorted(words)[:most])


def _heaviest(one: Mapping[str, float], other: Mapping[str, float]) -> str:
    return ", ".join(weightiest(one, other))


def _states(account: Account) -> bool:
    return all(party.state for party in account.actors)


def _midnight(one: Interval, other: Interval) -> bool:
    """Whether two times stand on both sides of a midnight, where the one day is as good as the other."""
    return one.gap(other) < 6 and min(one.width, other.width) <= DAY / 2


def _came_true(one: Facets, other: Facets) -> bool:
    """Whether the one announces what the other, later, tells as done."""
    ahead, done = (one, other) if one.account.status == "future" else (other, one)
    if ahead.account.status != "future" or done.status != "real" or ahead.told is None:
        return False
    when = done.certain or done.told
    return when is not None and when.high > ahead.told.low


def _goes_on(one: Facets, other: Facets) -> bool:
    """Whether two texts' main events are one matter of violence: what a text leads with that goes on from violence
    and tells none itself, and the violence, or another such."""
    a, b = one.topic, other.topic
    if a is None or b is None:
        return False
    return (a.recalls and (b.recalls or other.type == FORCE)) or (b.recalls and one.type == FORCE)


def _own_news(one: Facets, other: Facets) -> bool:
    """Whether two texts written days apart lead with acts that one of them does not date: each tells its own day's."""
    if one.document == other.document or not (one.account.leads and other.account.leads):
        return False
    silent = one.account.when is None or other.account.when is None
    return silent and one.told is not None and other.told is not None and one.told.gap(other.told) >= _OWN_NEWS


def _time(pair: Pair, seen: list[Observation]) -> None:
    a, b = pair.one, pair.other
    if a.certain is not None and b.certain is not None:
        _days(pair, a.certain, b.certain, seen)
    elif a.certain is None and b.certain is None:
        seen.append(("undated", 1.0, "neither is dated"))
    else:
        told, silent, sure = (a.certain, b, a.sure) if a.certain is not None else (b.certain, a, b.sure)
        if told is not None and silent.told is not None:
            if told.low > silent.told.high + DAY and silent.account.status != "future":
                name = "after-report" if sure else "after-report-unsure"
                seen.append((name, 1.0, "after the other was written"))
            else:
                days = told.gap(silent.told) / DAY
                seen.append(("told-written", log1p(days), ("told and written {:.0f} days apart".format, days)))
    if a.told is not None and b.told is not None and not pair.same_text:
        days = a.told.gap(b.told) / DAY
        value = log1p(days)
        seen.append(("written-apart", value, ("written {:.0f} days apart".format, days)))
        if len(_rare_names(pair)) > 1 or pair.known_people:
            seen.append(("long-known", value, "the same names in both texts"))


def _days(pair: Pair, one: Interval, other: Interval, seen: list[Observation]) -> None:
    if one.meet(other) is not None:
        if one.width <= ONE_DAY and other.width <= ONE_DAY:
            seen.append(("same-day", 1.0, "the same day"))
        else:
            seen.append(("day-within", 1.0, "a day within a longer time"))
        return
    days = one.gap(other) / DAY
    if not (pair.one.sure and pair.other.sure) or _midnight(one, other):
        seen.append(("days-apart-unsure", log1p(days), ("perhaps {:.0f} days apart".format, days)))
    else:
        seen.append(("days-apart", 1.0, ("{:.0f} days apart".format, days)))


def _rare_names(pair: Pair) -> frozenset[str]:
    a, b = pair.one.topic, pair.other.topic
    return a.names & b.names if a is not None and b is not None else frozenset()


def _party(name: str, best: float, sides: tuple[Any, Any], seen: list[Observation]) -> None:
    if best and sides[0] and sides[1]:
        note = "{0.name} and {1.name}".format, sides[0][0], sides[1][0]
        seen.append((name if best > 0 else f"{name}-other", abs(best), note))


def _harm(pair: Pair, seen: list[Observation]) -> None:
    """What it cost: the figures, and the people."""
    a, b = pair.one, pair.other
    value = compare_figures(a.account, b.account)
    if value:
        seen.append(("toll" if value > 0 else "toll-other", max(value, 0.0) or 1.0, "figures"))
    if not (a.people and b.people):
        return
    shared, parts = pair.people
    strength = len(shared) + 0.5 * len(parts)
    if strength:
        seen.append(("people", min(strength, _MOST_PEOPLE), (_first, shared | parts, 4)))
        return
    several = min(len(a.people), len(b.people)) > 1
    seen.append(("people-other", 1.0 if several else 0.5, "no person in common"))
    if a.victims and b.victims:
        seen.append(("victims-other", 1.0, ("{} and {}".format, a.victims[0], b.victims[0])))


def _wording(pair: Pair, seen: list[Observation]) -> None:
    a, b = pair.one.wording, pair.other.wording
    like = product(a.weights, b.weights)
    if like:
        words = _heaviest, a.weights, b.weights
        seen.append(("near-words", like, words))
        seen.append(("beside-words", product_beside(a.weights, b.weights, a.telling | b.telling), words))
        if pair.one.act_of_words:
            seen.append(("act-of-near-words", like, words))
    both = a.telling & b.telling
    if both:
        seen.append(("one-word", 1.0, (_first, both, 3)))
    if a.answers != b.answers:
        seen.append(("answer-one", 1.0, "one is told as an answer"))
    elif a.answers:
        seen.append(("answer-both", 1.0, "both are told as answers"))


def _mains(pair: Pair, seen: list[Observation]) -> None:
    """The words of two texts whose main events these are."""
    a, b = pair.one.topic, pair.other.topic
    if a is None or b is None:
        return
    if a.weights and b.weights:
        like = pair.like
        seen.append(("like", min(like, _ALIKE), (_heaviest, a.weights, b.weights)))
        seen.append(("unlike", max(0.0, 1 - like / _UNLIKE), "few rare words in common"))
    rare, fewest = a.names & b.names, min(len(a.names), len(b.names))
    if rare:
        seen.append(("rare-names", len(rare) / (fewest + 2), (_first, rare, 4)))
    elif fewest > _FEW:
        seen.append(("rare-none", 1.0, "no rare name in common"))
    if a.ages and b.ages:
        shared = len(a.ages & b.ages)
        seen.append(("ages" if shared else "ages-other", float(min(shared, _MOST_AGES)) or 1.0, "ages told"))


def _crowd(pair: Pair, seen: list[Observation]) -> None:
    """How many others of their kind the two texts tell: the more, the less two that are alike must be one."""
    mine, theirs = pair.one.crowd, pair.other.crowd
    if mine * theirs > 1:
        value = log(mine * theirs)
        seen.append(("crowd", value, ("{} and {} of their kinds in the two texts".format, mine, theirs)))
        if pair.one.act_of_words:
            seen.append(("crowd-act-of-words", value, pair.one.type))


def _related(one: Scene | None, other: Scene | None) -> float:
    """How surely two texts are of one crisis, 0 to 1: they tell of the same sides, and were written within weeks of
    each other. Each tells much of what the other tells, in few words and under another lead."""
    if one is None or other is None:
        return 0.0
    apart = gap(one, other)
    return one.related(other) if apart is not None and apart <= _CRISIS else 0.0


def _crisis(pair: Pair, seen: list[Observation]) -> None:
    a, b, value = pair.one, pair.other, pair.related
    seen.append(("crisis", value, "the same sides in both texts"))
    if pair.heads:
        seen.append(("crisis-mains", value, "both texts' main events"))
        unlike = max(0.0, 1 - pair.like / _UNLIKE)
        seen.append(("crisis-unlike", value * unlike, "of one crisis under other leads"))
    if a.type == b.type and a.act_of_words:
        seen.append(("crisis-act-of-words", value, a.type))
    if min(len(a.people), len(b.people)) > 1 and not pair.known_people:
        seen.append(("crisis-people-other", value, "no person in common"))
