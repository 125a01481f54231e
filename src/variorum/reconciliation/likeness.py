"""What two accounts have in common and what sets them apart: the observations that a decision weighs.

Some things make two accounts different outright (`Observed.veto`): a day or town that each tells of its own event
beyond doubt, another kind of act, roles the other way round. What is inherited from a text's other events, lent by
another sentence or counted in days never vetoes; it is observed as unsure, and weighs what it weighed where events were
known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import log, log1p
from typing import NamedTuple

from variorum.world.states import States

from .accounts import FINE, Account, Party, narrowed
from .comparison import (
    addressed_apart,
    best_party,
    compare_figures,
    compare_places,
    roles_crossed,
    roles_swapped,
    same_people,
    set_apart,
    states_differ,
    status_class,
    towns_of,
)
from .knowledge import Knowledge
from .moments import DAY, Interval
from .scenes import Scene, gap
from .topics import FORCE, Topic
from .wording import Wordings

MAIN, RECALL, APART = "main", "recall", "apart"
_CRISIS = 42 * DAY  # texts this far apart may be of one crisis
_ONE_DAY = 1.5 * DAY
_OWN_NEWS = 3 * DAY  # from which on two texts that lead with talks, and do not date them, tell of two
_FRESH = 3 * DAY  # from an event to its report, where the report dates it by its own day
_ONE_MATTER, _SURELY = 0.15, 0.4  # likeness from which a place, or a day, may have been misread
_ALIKE, _UNLIKE = 0.6, 0.2  # likeness of two texts that says all, and below which it speaks against
_FEW = 3  # rare names of a text from which none in common says something
_MOST_PEOPLE, _MOST_AGES = 3.0, 3


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


class _DifferentError(Exception):
    """Two accounts that are different outright."""


class Certain(NamedTuple):
    """When an account's event was, and whether it is told so of the event itself, to the day."""

    when: Interval | None
    sure: bool


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
        self._knowledge = knowledge
        self._when = when
        self.topics, self._scenes, self._wordings, self._crowds = about
        self._linked = linked
        self._far_km = far_km
        self._certain: dict[str, Certain] = {}
        self._lands: dict[str, frozenset[str]] = {}

    def __call__(self, one: Account, other: Account, *, aligned: bool = False) -> Observed:
        """`aligned`: both stand at the same place of a passage that one text took from the other, unchanged in date and
        place. Such a pair is told in the same words, so a place or day read otherwise is a dispute and no veto."""
        if one.document == other.document and self._told_apart(one, other):
            return Observed(APART, ())
        heads = one.id in self.topics and other.id in self.topics
        related = self._related(one, other)
        main = heads and not related
        try:
            seen = (
                *self._kind(one, other),
                *((Seen("one-text", 1.0, "two mentions of one text"),) if one.document == other.document else ()),
                *self._time(one, other, aligned),
                *self._place(one, other, aligned),
                *self._sides(one, other, aligned),
                *self._harm(one, other),
                *self._wording(one, other),
                *(self._mains(one, other) if heads else ()),
                *self._crowd(one, other),
                *self._crisis(one, other, related, heads),
            )
        except _DifferentError as refused:
            return Observed(MAIN if main else RECALL, (), str(refused))
        found = (*seen, Seen("aligned", 1.0, "aligned words of one text in another")) if aligned else seen
        return Observed(MAIN if main else RECALL, found)

    # ------------------------------------------------------------------ what kind of act, and of which text

    def _kind(self, one: Account, other: Account) -> Iterator[Seen]:
        if status_class(one.status) != status_class(other.status):
            if not self._came_true(one, other):
                raise _DifferentError(f"status: {one.status} against {other.status}")
            yield Seen("ahead", 1.0, f"{one.status} and {other.status}")
        if one.type != other.type:
            pair = frozenset((one.type, other.type))
            if self._goes_on(one, other):
                yield Seen("after-violence", 1.0, "a text on what came of it")
            elif pair in self._knowledge.near_types:
                yield Seen("near-type", 1.0, f"{one.type} near {other.type}")
            elif pair not in self._knowledge.kindred_types:
                raise _DifferentError(f"type: {one.type} against {other.type}")
            return
        if one.type not in self._knowledge.recalled_types:
            if _own_news(one, other):
                raise _DifferentError("type: each text leads with its own day's")
            yield Seen("act-of-words", 1.0, one.type)
        if one.mode and other.mode and not self._knowledge.modes_meet(one.type, one.mode, other.mode):
            yield Seen("modes-apart", 1.0, f"{one.mode} against {other.mode}")

    def _came_true(self, one: Account, other: Account) -> bool:
        """Whether the one announces what the other, later, tells as done."""
        ahead, done = (one, other) if one.status == "future" else (other, one)
        if ahead.status != "future" or status_class(done.status) != "real" or ahead.told is None:
            return False
        when = self.certain(done).when or done.told
        return when is not None and when.high > ahead.told.low

    def _goes_on(self, one: Account, other: Account) -> bool:
        """Whether two texts' main events are one matter of violence: what a text leads with that goes on from violence
        and tells none itself, and the violence, or another such."""
        a, b = self.topics.get(one.id), self.topics.get(other.id)
        if a is None or b is None:
            return False
        return (a.recalls and (b.recalls or other.type == FORCE)) or (b.recalls and one.type == FORCE)

    def _told_apart(self, one: Account, other: Account) -> bool:
        """Whether one text tells two events as two, or the one as an answer to the other."""
        if (min(one.id, other.id), max(one.id, other.id)) in self._linked:
            return True
        modes = one.mode is not None and other.mode is not None and one.mode != other.mode
        statuses = status_class(one.status) != status_class(other.status)
        return one.type != other.type or modes or statuses or set_apart(one, other)

    # ------------------------------------------------------------------ time

    def certain(self, account: Account) -> Certain:
        """When, as far as the text tells it; with no day of its own where it leads with what came of it."""
        found = self._certain.get(account.id)
        if found is None:
            found = self._certain[account.id] = self._dated(account)
        return found

    def _dated(self, account: Account) -> Certain:
        when, topic = narrowed(account, self._when), self.topics.get(account.id)
        if topic is not None and topic.recalls:
            return Certain(None, sure=False)
        if when is None:
            return Certain(account.counted, sure=False)
        unsure = account.lent or account.shared or account.loose or "time" in account.inherited
        return Certain(when, sure=not unsure and when.width <= _ONE_DAY)

    def _time(self, one: Account, other: Account, aligned: bool) -> Iterator[Seen]:
        (a, sure_a), (b, sure_b) = self.certain(one), self.certain(other)
        if a is not None and b is not None:
            yield self._days(one, other, aligned)
        elif a is None and b is None:
            yield Seen("undated", 1.0, "neither is dated")
        else:
            told, silent, sure = (a, other, sure_a) if a is not None else (b, one, sure_b)
            if told is not None and silent.told is not None:
                if told.low > silent.told.high + DAY and silent.status != "future":
                    yield Seen("after-report" if sure else "after-report-unsure", 1.0, "after the other was written")
                else:
                    days = told.gap(silent.told) / DAY
                    yield Seen("told-written", log1p(days), f"told and written {days:.0f} days apart")
        if one.told is not None and other.told is not None and one.document != other.document:
            days = one.told.gap(other.told) / DAY
            yield Seen("written-apart", log1p(days), f"written {days:.0f} days apart")
            if len(self._rare_names(one, other)) > 1 or any(same_people(one, other)):
                yield Seen("long-known", log1p(days), "the same names in both texts")

    def _days(self, one: Account, other: Account, aligned: bool) -> Seen:
        (a, sure_a), (b, sure_b) = self.certain(one), self.certain(other)
        if a is None or b is None or a.meet(b) is not None:
            wide = max(a.width, b.width) if a is not None and b is not None else 0.0
            if wide <= _ONE_DAY:
                return Seen("same-day", 1.0, "the same day")
            return Seen("day-within", 1.0, "a day within a longer time")
        days = a.gap(b) / DAY
        midnight = a.gap(b) < 6 and min(a.width, b.width) <= DAY / 2
        if not (sure_a and sure_b) or midnight:
            return Seen("days-apart-unsure", log1p(days), f"perhaps {days:.0f} days apart")
        if not self._spared("time", one, other, aligned):
            raise _DifferentError("time: at different times")
        return Seen("days-apart", 1.0, f"{days:.0f} days apart")

    def _spared(self, name: str, one: Account, other: Account, aligned: bool) -> bool:
        """Whether a time or place that contradicts is a dispute about one event: copies date "today" by their own day,
        and two texts that name the same private persons, or tell in much the same words, tell of one happening."""
        a, b = narrowed(one, self._when), narrowed(other, self._when)
        near = name == "place" or a is None or b is None or a.gap(b) <= 2 * DAY
        shared = len(one.people & other.people)
        told = bool(one.setting & other.setting)
        if near and (aligned or shared > 1 or (shared == 1 and told and name == "place")):
            return True
        like = self._like(one, other)
        if name == "place" or (self._firm(one) and self._firm(other)):
            return name == "place" and like >= _ONE_MATTER
        return like >= (_ONE_MATTER if any(same_people(one, other)) else _SURELY)

    def _firm(self, account: Account) -> bool:
        """Whether a text that dates its event beyond doubt: to a day, just before it was written, and not told by way
        of what police or courts did since."""
        when, told, topic = narrowed(account, self._when), account.told, self.topics.get(account.id)
        if when is None or told is None or account.loose or when.width > _ONE_DAY or told.low - when.high > _FRESH:
            return False
        return topic is None or not topic.follows

    def _like(self, one: Account, other: Account) -> float:
        """How alike the words of two texts are whose main events these are; 0 where either is not."""
        a, b = self.topics.get(one.id), self.topics.get(other.id)
        return a.likeness(b) if a is not None and b is not None else 0.0

    # ------------------------------------------------------------------ place

    def _place(self, one: Account, other: Account, aligned: bool) -> Iterator[Seen]:
        a, b = one.place, other.place
        if a is not None and b is not None:
            found = compare_places(a, b, self._far_km)
            if found.veto:
                lands = "land-other" if a.country != b.country and a.country and b.country else "place-other"
                if _placed(one) and _placed(other) and not self._spared("place", one, other, aligned):
                    raise _DifferentError(f"place: {found.note}")
                unsure = not (_placed(one) and _placed(other))
                yield Seen(f"{lands}-unsure" if unsure else lands, 1.0, found.note)
            elif found.value > 0:
                yield Seen("place", found.value, found.note)
        if a is not None and b is not None and a.precision in FINE and b.precision in FINE:
            return
        ones, others = towns_of(one), towns_of(other)
        if ones & others:
            yield Seen("towns", 1.0, ", ".join(sorted(ones & others)[:3]))
        elif ones and others:
            yield Seen("towns-other", 1.0, "other towns told")

    # ------------------------------------------------------------------ who, and what it cost

    def _sides(self, one: Account, other: Account, aligned: bool) -> Iterator[Seen]:
        mutual = one.type in self._knowledge.mutual_types
        if not mutual:
            if roles_swapped(one, other) and not aligned:
                raise _DifferentError("roles: the sides are the other way round")
            if roles_crossed(one, other):
                yield Seen("crossed", 1.0, "a doer of the one suffers in the other")
            if states_differ(one, other):
                yield Seen("state-other", 1.0, "another state acted")
            if one.type not in self._knowledge.recalled_types and addressed_apart(one, other):
                raise _DifferentError("roles: another act towards another side")
        doers = (one.actors, other.actors)
        if mutual:
            doers = ((*one.actors, *one.recipients), (*other.actors, *other.recipients))
        yield from _party("actor", *doers)
        if not mutual:
            yield from _party("recipient", one.recipients, other.recipients)
        mine, theirs = self._lands_of(one), self._lands_of(other)
        if mine and theirs and not mine & theirs:
            yield Seen("lands-other", 1.0, "no country in common")

    def _lands_of(self, account: Account) -> frozenset[str]:
        """The countries of an event's sides and place, and the armed groups among its sides."""
        found = self._lands.get(account.id)
        if found is None:
            sides = (*account.actors, *account.recipients)
            lands = {party.country for party in sides if party.country}
            lands |= {party.key for party in sides if party.sector in ("REB", "SEP") and not party.generic}
            state = States.load().by_iso2(account.place.country) if account.place is not None else None
            if state is not None and state.iso3:
                lands.add(state.iso3)
            found = self._lands[account.id] = frozenset(lands)
        return found

    def _harm(self, one: Account, other: Account) -> Iterator[Seen]:
        value = compare_figures(one, other)
        if value:
            yield Seen("toll" if value > 0 else "toll-other", max(value, 0.0) or 1.0, "figures")
        shared, parts = same_people(one, other)
        strength = len(shared) + 0.5 * len(parts)
        if strength:
            yield Seen("people", min(strength, _MOST_PEOPLE), ", ".join(sorted(shared | parts)[:4]))
        elif one.people and other.people:
            several = min(len(one.people), len(other.people)) > 1
            yield Seen("people-other", 1.0 if several else 0.5, "no person in common")
            mine, theirs = _named(one), _named(other)
            if mine and theirs:
                yield Seen("victims-other", 1.0, f"{mine[0]} and {theirs[0]}")

    # ------------------------------------------------------------------ words

    def _wording(self, one: Account, other: Account) -> Iterator[Seen]:
        a, b = self._wordings(one), self._wordings(other)
        like = a.likeness(b)
        if like:
            words = ", ".join(a.shared(b))
            yield Seen("near-words", like, words)
            yield Seen("beside-words", a.beside(b), words)
            if one.type not in self._knowledge.recalled_types:
                yield Seen("act-of-near-words", like, words)
        if a.telling & b.telling:
            yield Seen("one-word", 1.0, ", ".join(sorted(a.telling & b.telling)[:3]))
        if a.answers != b.answers:
            yield Seen("answer-one", 1.0, "one is told as an answer")
        elif a.answers:
            yield Seen("answer-both", 1.0, "both are told as answers")

    def _mains(self, one: Account, other: Account) -> Iterator[Seen]:
        """The words of two texts whose main events these are."""
        a, b = self.topics[one.id], self.topics[other.id]
        if a.weights and b.weights:
            like = a.likeness(b)
            yield Seen("like", min(like, _ALIKE), ", ".join(a.shared(b)))
            yield Seen("unlike", max(0.0, 1 - like / _UNLIKE), "few rare words in common")
        rare, fewest = self._rare_names(one, other), min(len(a.names), len(b.names))
        if rare:
            yield Seen("rare-names", len(rare) / (fewest + 2), ", ".join(sorted(rare)[:4]))
        elif fewest > _FEW:
            yield Seen("rare-none", 1.0, "no rare name in common")
        if a.ages and b.ages:
            shared = len(a.ages & b.ages)
            yield Seen("ages" if shared else "ages-other", float(min(shared, _MOST_AGES)) or 1.0, "ages told")

    def _crowd(self, one: Account, other: Account) -> Iterator[Seen]:
        """How many others of their kind the two texts tell: the more, the less two that are alike must be one."""
        mine, theirs = (self._crowds.get((a.document, a.type), 1) for a in (one, other))
        if mine * theirs > 1:
            yield Seen("crowd", log(mine * theirs), f"{mine} and {theirs} of their kinds in the two texts")
            if one.type not in self._knowledge.recalled_types:
                yield Seen("crowd-act-of-words", log(mine * theirs), one.type)

    def _rare_names(self, one: Account, other: Account) -> frozenset[str]:
        a, b = self.topics.get(one.id), self.topics.get(other.id)
        return a.names & b.names if a is not None and b is not None else frozenset()

    def _related(self, one: Account, other: Account) -> float:
        """How surely two texts are of one crisis, 0 to 1: they tell of the same sides, and were written within weeks of
        each other. Each tells much of what the other tells, in few words and under another lead."""
        a, b = self._scenes.get(one.document), self._scenes.get(other.document)
        if a is None or b is None or one.document == other.document:
            return 0.0
        apart = gap(a, b)
        return a.related(b) if apart is not None and apart <= _CRISIS else 0.0

    def _crisis(self, one: Account, other: Account, value: float, heads: bool) -> Iterator[Seen]:
        if not value:
            return
        yield Seen("crisis", value, "the same sides in both texts")
        if heads:
            yield Seen("crisis-mains", value, "both texts' main events")
            unlike = max(0.0, 1 - self._like(one, other) / _UNLIKE)
            yield Seen("crisis-unlike", value * unlike, "of one crisis under other leads")
        if one.type == other.type and one.type not in self._knowledge.recalled_types:
            yield Seen("crisis-act-of-words", value, one.type)
        if min(len(one.people), len(other.people)) > 1 and not any(same_people(one, other)):
            yield Seen("crisis-people-other", value, "no person in common")


def _party(name: str, ones: tuple[Party, ...], others: tuple[Party, ...]) -> Iterator[Seen]:
    if ones and others:
        best = best_party(ones, others)
        if best:
            yield Seen(name if best > 0 else f"{name}-other", abs(best), f"{ones[0].name} and {others[0].name}")


def _named(account: Account) -> list[str]:
    """The names of the private persons whom an event befell."""
    return [party.name for party in account.recipients if party.key in account.people]


def _own_news(one: Account, other: Account) -> bool:
    """Whether two texts written days apart lead with acts that one of them does not date: each tells its own day's."""
    silent = one.when is None or other.when is None
    leads = one.leads and other.leads and one.document != other.document
    return (
        leads and silent and one.told is not None and other.told is not None and one.told.gap(other.told) >= _OWN_NEWS
    )


def _placed(account: Account) -> bool:
    """Whether a place is told of the event itself and may not be that of a side, as a country alone may; acts of words
    have their place where they are told."""
    place = account.place
    if place is None or account.type != FORCE or "place" in account.inherited:
        return False
    return place.precision not in ("country", "region")
