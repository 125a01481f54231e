"""What two accounts have in common and what sets them apart: the observations that a decision weighs.

Some things make two accounts different outright: a day or town that each tells of its own event beyond doubt, another
kind of act, roles the other way round. What is inherited from a text's other events, lent by another sentence or
counted in days never vetoes; it is observed as unsure, and weighs what it weighed where events were known.

Many pairs are observed at once, as columns; what is looked at is put in words where somebody asks (`notes`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from .accounts import Account
from .bags import Floats, Ints
from .comparison import compare_figures, set_apart, turned
from .facets import NOBODY, ONE_DAY, About, Facets, Flags, Times
from .knowledge import Knowledge
from .moments import DAY, Interval
from .notes import REFUSALS

MAIN, RECALL, APART = "main", "recall", "apart"
SAME_SIDE = 0.8  # from here on two parties count as one side
_CRISIS = 42 * DAY  # texts this far apart may be of one crisis
_NEARLY = 0.7  # how surely where they share one side and a place
_OWN_NEWS = 3 * DAY  # from which on two texts that lead with talks, and do not date them, tell of two
_ONE_MATTER, _SURELY = 0.15, 0.4  # likeness from which a place, or a day, may have been misread
_ALIKE, _UNLIKE = 0.6, 0.2  # likeness of two texts that says all, and below which it speaks against
_FEW = 3  # rare names of a text from which none in common says something
_MOST_PEOPLE, _MOST_AGES = 3.0, 3


class Column(NamedTuple):
    """One kind of observation: the rows that it is made of, and how much of it there is in each."""

    name: str
    rows: Ints
    values: Floats


class Batch(NamedTuple):
    """Many pairs observed: whether one text tells each `apart`; what refuses it, by its number in `REFUSALS` and 0 for
    nothing; whether the decision on two texts' `main` events weighs it (`MAIN`), or that on what at least one of them
    tells besides (`RECALL`); and what was observed, column by column, of none that is refused. Two events that one text
    tells apart (`APART`) are hardly one, but what sets them apart may be misread: they are not weighed, and may yet be
    found to be one by way of other texts."""

    apart: Flags
    refused: Ints
    main: Flags
    columns: list[Column]

    def decisions(self) -> list[str]:
        """Which decision weighs each pair."""
        flags = zip(self.apart.tolist(), self.main.tolist(), strict=True)
        return [APART if apart else MAIN if main else RECALL for apart, main in flags]


class Likeness:
    """Observes pairs of `units` under fixed knowledge, times as narrowed by anchors, and the pairs that texts link."""

    def __init__(
        self,
        units: Sequence[Account],
        knowledge: Knowledge,
        when: Mapping[str, Interval],
        about: About,
        linked: frozenset[tuple[str, str]],
        far_km: float,
    ) -> None:
        self.facets = Facets(units, knowledge, when, about, far_km)
        self._number = {unit.id: number for number, unit in enumerate(units)}
        self._linked = {(self._number[a], self._number[b]) for a, b in linked}

    def numbers(self, ids: Sequence[str]) -> Ints:
        """The numbers of units."""
        return np.array([self._number[id_] for id_ in ids], dtype=np.int64)

    def batch(self, one: Ints, other: Ints, aligned: Flags) -> Batch:
        """The observations of many pairs of units by their numbers; quickest where equal numbers stand together in
        `one`. `aligned`: both stand at the same place of a passage that one text took from the other, unchanged in date
        and place. Such a pair is told in the same words, so a place or day read otherwise is a dispute and no veto."""
        apart = self._told_apart(one, other)
        refused = np.zeros(len(one), dtype=np.int64)
        rows = np.flatnonzero(~apart)
        codes = self._refused_by_kind(one[rows], other[rows])
        refused[rows] = codes
        pairs = _Pairs(self.facets, rows[codes == 0], one, other, aligned)
        codes = pairs.refused()
        refused[pairs.rows] = codes
        kept = pairs.kept(codes == 0)
        kept.observe()
        main = np.zeros(len(one), dtype=bool)
        main[kept.rows] = kept.heads & (kept.related == 0)
        return Batch(apart, refused, main, kept.columns)

    def _told_apart(self, one: Ints, other: Ints) -> Flags:
        """Whether one text tells two events as two, or the one as an answer to the other."""
        f = self.facets
        apart = np.zeros(len(one), dtype=bool)
        rows = np.flatnonzero(f.document[one] == f.document[other])
        a, b = one[rows], other[rows]
        modes = (f.mode[a] >= 0) & (f.mode[b] >= 0) & (f.mode[a] != f.mode[b])
        differ = (f.type[a] != f.type[b]) | modes | (f.status[a] != f.status[b])
        apart[rows] = differ
        for row in rows[~differ].tolist():
            x, y = int(one[row]), int(other[row])
            linked = (x, y) in self._linked or (y, x) in self._linked
            apart[row] = linked or set_apart(f.units[x], f.units[y]) or turned(f.units[x], f.units[y])
        return apart

    def _refused_by_kind(self, a: Ints, b: Ints) -> Ints:
        """What status and type alone refuse."""
        f = self.facets
        types = f.type[a], f.type[b]
        same = types[0] == types[1]
        kin = f.near[types] | f.kindred[types]
        other_type = ~same & ~kin & ~_goes_on(f, a, b)
        codes = np.where(other_type, REFUSALS.index("type"), 0)
        rows = np.flatnonzero(f.status[a] != f.status[b])
        codes[rows[~_came_true(f, a[rows], b[rows])]] = REFUSALS.index("status")
        leads = f.leads[a] & f.leads[b] & (f.undated[a] | f.undated[b]) & f.act_of_words[a] & same
        rows = np.flatnonzero(leads & (f.document[a] != f.document[b]) & (codes == 0))
        apart = f.told.at(a[rows]).gap(f.told.at(b[rows]))
        codes[rows[apart >= _OWN_NEWS]] = REFUSALS.index("news")
        return codes


def _goes_on(f: Facets, a: Ints, b: Ints) -> Flags:
    """Whether two texts' main events are one matter of violence: what a text leads with that goes on from violence
    and tells none itself, and the violence, or another such."""
    on = (f.recalls[a] & (f.recalls[b] | f.force[b])) | (f.recalls[b] & f.force[a])
    return f.heads[a] & f.heads[b] & on


def _came_true(f: Facets, a: Ints, b: Ints) -> Flags:
    """Whether the one announces what the other, later, tells as done."""
    ahead, done = np.where(f.future[a], a, b), np.where(f.future[a], b, a)
    high = np.where(f.certain.known[done], f.certain.high[done], f.told.high[done])
    came: Flags = f.future[ahead] & f.real[done] & (high > f.told.low[ahead])
    return came


class _Pairs:
    """Pairs that are compared in full: `rows` of the batch, of the units `a` and `b`."""

    def __init__(self, f: Facets, rows: Ints, one: Ints, other: Ints, aligned: Flags) -> None:
        self._f = f
        self.rows = rows
        self.a, self.b, self._aligned = a, b, _ = one[rows], other[rows], aligned[rows]
        self.heads = f.heads[a] & f.heads[b]
        self._same_text = f.document[a] == f.document[b]
        self.columns: list[Column] = []
        self.related = np.empty(0)
        self._like = np.zeros(len(rows))
        both = np.flatnonzero(self.heads)
        self._like[both] = f.words.products(a[both], b[both])
        self._shared, self._parts = np.zeros(len(rows), dtype=np.int64), np.zeros(len(rows), dtype=np.int64)
        both = np.flatnonzero((f.persons[a] > 0) & (f.persons[b] > 0))
        if len(both):
            people = f.people_shared.rows(f.people[a[both]], f.people[b[both]]).astype(np.int64)
            self._shared[both], self._parts[both] = people[:, 0], people[:, 1]
        self._veto_place, self._place = np.zeros(len(rows), dtype=bool), np.zeros(len(rows))
        placed = np.flatnonzero((f.where[a] >= 0) & (f.where[b] >= 0))
        found = f.places.rows(f.where[a[placed]], f.where[b[placed]])
        self._place[placed], self._veto_place[placed] = found[:, 0], found[:, 1] > 0
        self._doers = f.alike.values(f.doers[a], f.doers[b])

    def kept(self, chosen: Flags) -> _Pairs:
        """Some of the pairs."""
        pairs = object.__new__(_Pairs)
        for name, value in vars(self).items():
            setattr(pairs, name, value[chosen] if isinstance(value, np.ndarray) and len(value) else value)
        pairs.columns = []
        return pairs

    # ------------------------------------------------------------------ what makes two events of them outright

    def refused(self) -> Ints:
        codes = np.zeros(len(self.rows), dtype=np.int64)
        for name, rows in (
            ("place", self._other_place()),
            ("acts", self._other_act()),
            ("roles", self._other_roles()),
            ("time", self._other_time()),
        ):
            codes[rows] = REFUSALS.index(name)
        return codes

    def _other_time(self) -> Ints:
        """Two days, each told of the event itself, unless two texts that name the same private persons, or tell in much
        the same words, dispute it: copies date "today" by their own day."""
        f = self._f
        rows = np.flatnonzero(f.sure[self.a] & f.sure[self.b])
        a, b = self.a[rows], self.b[rows]
        one, other = f.certain.at(a), f.certain.at(b)
        rows = rows[~one.meet(other) & ~_midnight(one, other)]
        a, b = self.a[rows], self.b[rows]
        near = f.when.at(a).gap(f.when.at(b)) <= 2 * DAY
        spared = near & (self._aligned[rows] | (self._shared[rows] > 1))
        enough = np.where(self._known_people[rows], _ONE_MATTER, _SURELY)
        return rows[~spared & ((f.firm[a] & f.firm[b]) | (self._like[rows] < enough))]

    def _other_place(self) -> Ints:
        """Two places that are told of the events themselves, unless copies tell them, or two texts name the same
        private persons or tell in much the same words: then it is a dispute about one event."""
        f = self._f
        rows = np.flatnonzero(self._veto_place & f.placed[self.a] & f.placed[self.b] & ~self._aligned)
        shared = self._shared[rows]
        told = np.zeros(len(rows), dtype=bool)
        one = np.flatnonzero(shared == 1)
        told[one] = f.common.values(f.setting[self.a[rows[one]]], f.setting[self.b[rows[one]]]) > 0
        return rows[(shared <= 1) & ~told & (self._like[rows] < _ONE_MATTER)]

    def _other_roles(self) -> Ints:
        f = self._f
        rows = np.flatnonzero(~f.mutual[self.a] & ~self._aligned & (self._doers < SAME_SIDE))
        a, b = self.a[rows], self.b[rows]
        rows = rows[f.alike.values(f.doers[a], f.sufferers[b]) >= SAME_SIDE]
        a, b = self.a[rows], self.b[rows]
        return rows[f.alike.values(f.sufferers[a], f.doers[b]) >= SAME_SIDE]

    def _other_act(self) -> Ints:
        """Two acts in two modes towards different sides of which one is named: who accuses the one and summons the
        other's envoy did two things."""
        f, a, b = self._f, self.a, self.b
        acts = ~f.mutual[a] & f.act_of_words[a] & (f.mode[a] >= 0) & (f.mode[b] >= 0) & (f.mode[a] != f.mode[b])
        named = (f.sufferers[a] != NOBODY) & (f.sufferers[b] != NOBODY) & (f.named[a] | f.named[b])
        rows = np.flatnonzero(acts & named)
        return rows[f.alike.values(f.sufferers[a[rows]], f.sufferers[b[rows]]) <= 0]

    @property
    def _known_people(self) -> Flags:
        return (self._shared > 0) | (self._parts > 0)

    # ------------------------------------------------------------------ what is observed

    def observe(self) -> None:
        """Fill the columns, in the order in which they are weighed."""
        self.related = self._crises()
        self._observe_kind()
        self._see("one-text", self._same_text)
        self._observe_time()
        self._observe_place()
        self._observe_sides()
        self._observe_harm()
        self._observe_wording()
        self._observe_mains()
        self._observe_crowd()
        self._observe_crisis()
        self._see("aligned", self._aligned)

    def _see(self, name: str, where: Flags, values: Floats | float = 1.0) -> None:
        """One column: the pairs `where` it is seen, and its values, of all pairs."""
        rows = np.flatnonzero(where)
        if len(rows):
            told = np.full(len(rows), values) if isinstance(values, float) else values[rows]
            self.columns.append(Column(name, self.rows[rows], told))

    def _crises(self) -> Floats:
        """How surely two texts are of one crisis, 0 to 1: they tell of the same two sides, or nearly as surely of one
        and of a place, and were written within weeks of each other. Each tells much of what the other tells, in few
        words and under another lead."""
        f = self._f
        related = np.zeros(len(self.rows))
        one, other = f.scene[self.a], f.scene[self.b]
        apart = f.scene_told.at(one).gap(f.scene_told.at(other))
        rows = np.flatnonzero(~self._same_text & (apart <= _CRISIS) & (f.scene_crisis[one] | f.scene_crisis[other]))
        one, other = one[rows], other[rows]
        sides, places = f.scene_sides.products(one, other), f.scene_places.products(one, other)
        related[rows] = np.where(sides > 1, 1.0, np.where((sides > 0) & (places > 0), _NEARLY, 0.0))
        return related

    def _observe_kind(self) -> None:
        f, a, b = self._f, self.a, self.b
        self._see("ahead", f.status[a] != f.status[b])
        same = f.type[a] == f.type[b]
        goes_on = ~same & _goes_on(f, a, b)
        self._see("after-violence", goes_on)
        self._see("near-type", ~same & ~goes_on & f.near[f.type[a], f.type[b]])
        self._see("act-of-words", same & f.act_of_words[a])
        modes = same & (f.mode[a] >= 0) & (f.mode[b] >= 0) & (f.mode[a] != f.mode[b])
        rows = np.flatnonzero(modes)
        modes[rows] = f.modes_meet.values(f.act[a[rows]], f.act[b[rows]]) == 0
        self._see("modes-apart", modes)

    def _observe_time(self) -> None:
        f, a, b = self._f, self.a, self.b
        one, other = f.certain.at(a), f.certain.at(b)
        both, neither = one.known & other.known, ~(one.known | other.known)
        meet = both & one.meet(other)
        narrow = (one.width <= ONE_DAY) & (other.width <= ONE_DAY)
        self._see("same-day", meet & narrow)
        self._see("day-within", meet & ~narrow)
        days = one.gap(other) / DAY
        unsure = ~(f.sure[a] & f.sure[b]) | _midnight(one, other)
        self._see("days-apart-unsure", both & ~meet & unsure, np.log1p(days))
        self._see("days-apart", both & ~meet & ~unsure)
        self._see("undated", neither)
        self._observe_silent(np.flatnonzero(~both & ~neither), one.known)
        days = f.told.at(a).gap(f.told.at(b)) / DAY
        value, written = np.log1p(days), ~np.isnan(days) & ~self._same_text
        self._see("written-apart", written, value)
        rare = np.zeros(len(a), dtype=np.int64)
        heads = np.flatnonzero(self.heads)
        rare[heads] = f.common.values(f.names[a[heads]], f.names[b[heads]])
        self._rare = rare
        self._see("long-known", written & ((rare > 1) | self._known_people), value)

    def _observe_silent(self, rows: Ints, first: Flags) -> None:
        """Where one of two tells a time, against the day on which the other's text was written."""
        f = self._f
        tells = np.where(first[rows], self.a[rows], self.b[rows])
        silent = np.where(first[rows], self.b[rows], self.a[rows])
        told, written = f.certain.at(tells), f.told.at(silent)
        after = (told.low > written.high + DAY) & ~f.future[silent]
        for name, where, value in (
            ("after-report", after & f.sure[tells], None),
            ("after-report-unsure", after & ~f.sure[tells], None),
            ("told-written", written.known & ~after, np.log1p(told.gap(written) / DAY)),
        ):
            values = np.ones(len(rows)) if value is None else value
            if where.any():
                self.columns.append(Column(name, self.rows[rows[where]], values[where]))

    def _observe_place(self) -> None:
        f, a, b = self._f, self.a, self.b
        veto = self._veto_place
        land = veto & (f.country[a] >= 0) & (f.country[b] >= 0) & (f.country[a] != f.country[b])
        sure = f.placed[a] & f.placed[b]
        self._see("land-other", land & sure)
        self._see("land-other-unsure", land & ~sure)
        self._see("place-other", veto & ~land & sure)
        self._see("place-other-unsure", veto & ~land & ~sure)
        self._see("place", ~veto & (self._place > 0), self._place)
        told = (f.towns[a] != NOBODY) & (f.towns[b] != NOBODY) & ~(f.fine[a] & f.fine[b])
        rows = np.flatnonzero(told)
        common = np.zeros(len(a), dtype=bool)
        common[rows] = f.common.values(f.towns[a[rows]], f.towns[b[rows]]) > 0
        self._see("towns", common)
        self._see("towns-other", told & ~common)

    def _observe_sides(self) -> None:
        f, a, b = self._f, self.a, self.b
        plain = ~f.mutual[a]
        doers = self._doers
        told = (f.doers[a] != NOBODY) & (f.doers[b] != NOBODY)
        rows = np.flatnonzero(plain & (doers < SAME_SIDE))
        forth = f.alike.values(f.doers[a[rows]], f.sufferers[b[rows]])
        back = f.alike.values(f.sufferers[a[rows]], f.doers[b[rows]])
        high = np.maximum(forth, back)
        crossed = np.zeros(len(a), dtype=bool)
        crossed[rows] = (np.minimum(forth, back) >= SAME_SIDE) | ((high >= SAME_SIDE) & (doers[rows] < 0))
        self._see("crossed", crossed)
        self._see("state-other", plain & told & (doers <= 0) & f.states[a] & f.states[b])
        best = np.where(plain, doers, 0.0)
        rows = np.flatnonzero(~plain)
        best[rows] = f.alike.values(f.sides[a[rows]], f.sides[b[rows]])
        self._see("actor", best > 0, best)
        self._see("actor-other", best < 0, -best)
        rows = np.flatnonzero(plain & (f.sufferers[a] != NOBODY) & (f.sufferers[b] != NOBODY))
        best = np.zeros(len(a))
        best[rows] = f.alike.values(f.sufferers[a[rows]], f.sufferers[b[rows]])
        self._see("recipient", best > 0, best)
        self._see("recipient-other", best < 0, -best)
        lands = (f.lands[a] != NOBODY) & (f.lands[b] != NOBODY) & (f.lands[a] != f.lands[b])
        rows = np.flatnonzero(lands)
        lands[rows] = f.common.values(f.lands[a[rows]], f.lands[b[rows]]) == 0
        self._see("lands-other", lands)

    def _observe_harm(self) -> None:
        f, a, b = self._f, self.a, self.b
        tolls = np.zeros(len(a))
        rows = np.flatnonzero(f.figures[a] & f.figures[b])
        ends = zip(a[rows].tolist(), b[rows].tolist(), strict=True)
        tolls[rows] = [compare_figures(f.units[x], f.units[y]) for x, y in ends]
        self._see("toll", tolls > 0, tolls)
        self._see("toll-other", tolls < 0)
        strength = self._shared + 0.5 * self._parts
        self._see("people", strength > 0, np.minimum(strength, _MOST_PEOPLE))
        others = (strength == 0) & (f.persons[a] > 0) & (f.persons[b] > 0)
        several = np.minimum(f.persons[a], f.persons[b]) > 1
        self._see("people-other", others, np.where(several, 1.0, 0.5))
        self._see("victims-other", others & f.victims[a] & f.victims[b])

    def _observe_wording(self) -> None:
        f, a, b = self._f, self.a, self.b
        like = f.near_words.products(a, b)
        some = like > 0
        self._see("near-words", some, like)
        self._see("beside-words", some, f.near_words.products(a, b, beside=True))
        self._see("act-of-near-words", some & f.act_of_words[a], like)
        one_word = np.zeros(len(a), dtype=bool)
        rows = np.flatnonzero((f.telling[a] != NOBODY) & (f.telling[b] != NOBODY))
        one_word[rows] = f.common.values(f.telling[a[rows]], f.telling[b[rows]]) > 0
        self._see("one-word", one_word)
        self._see("answer-one", f.answers[a] != f.answers[b])
        self._see("answer-both", f.answers[a] & f.answers[b])

    def _observe_mains(self) -> None:
        """The words of two texts whose main events these are."""
        f, a, b, heads = self._f, self.a, self.b, self.heads
        worded = heads & f.worded[a] & f.worded[b]
        self._see("like", worded, np.minimum(self._like, _ALIKE))
        self._see("unlike", worded, np.maximum(0.0, 1 - self._like / _UNLIKE))
        fewest = np.minimum(f.rare[a], f.rare[b])
        self._see("rare-names", self._rare > 0, self._rare / (fewest + 2))
        self._see("rare-none", heads & (self._rare == 0) & (fewest > _FEW))
        told = heads & (f.ages[a] != NOBODY) & (f.ages[b] != NOBODY)
        rows = np.flatnonzero(told)
        shared = np.zeros(len(a))
        shared[rows] = f.common.values(f.ages[a[rows]], f.ages[b[rows]])
        self._see("ages", shared > 0, np.minimum(shared, _MOST_AGES))
        self._see("ages-other", told & (shared == 0))

    def _observe_crowd(self) -> None:
        """How many others of their kind the two texts tell: the more, the less two that are alike must be one."""
        f, a, b = self._f, self.a, self.b
        crowd = f.crowd[a] * f.crowd[b]
        value = np.log(crowd)
        self._see("crowd", crowd > 1, value)
        self._see("crowd-act-of-words", (crowd > 1) & f.act_of_words[a], value)

    def _observe_crisis(self) -> None:
        f, a, b, related = self._f, self.a, self.b, self.related
        one = related > 0
        self._see("crisis", one, related)
        self._see("crisis-mains", one & self.heads, related)
        unlike = np.maximum(0.0, 1 - self._like / _UNLIKE)
        self._see("crisis-unlike", one & self.heads, related * unlike)
        self._see("crisis-act-of-words", one & (f.type[a] == f.type[b]) & f.act_of_words[a], related)
        several = np.minimum(f.persons[a], f.persons[b]) > 1
        self._see("crisis-people-other", one & several & ~self._known_people, related)


def _midnight(one: Times, other: Times) -> Flags:
    """Whether two times stand on both sides of a midnight, where the one day is as good as the other."""
    return (one.gap(other) < 6) & (np.minimum(one.width, other.width) <= DAY / 2)
