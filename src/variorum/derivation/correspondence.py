"""What may stand for what in two accounts: two facts side by side, as features of a trained decision.

Everything is told from what both texts have around their facts: the words near them and in their sentences, what is
counted, what befell those who are counted, the word before, and whether the one or the other text has the same value,
or a better fellow for either fact, elsewhere.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz.distance import Indel

from variorum.records import ChangeKind
from variorum.world.nouns import find_noun

from .facts import Fact, Facts
from .lexicon import state_names, words_of
from .reading import Reading

if TYPE_CHECKING:
    from .alignment import Alignment

_UNIT = 0.8  # what counting the same thing adds
_ROLE = 0.4  # what the same harm adds, and another takes off
_PLACED = 4.0  # what standing at one place of a common run adds
_FACING = 0.3  # what standing between the same words of aligned sentences adds
_ELSEWHERE = 0.4  # what is taken off where the sentence of either is aligned to another one
_NONE: frozenset[int] = frozenset()
_CLOSE = 6  # words on either side that are a fact's nearest surroundings
_MOST = 2.0  # a likeness or a lead that says all that it can
_BETTER = 0.5  # how much better a fact must meet one of its own value to stand for no other
_MOST_FACTS = 200  # first facts of a kind that are compared


class Correspondence:
    """Where the words of two aligned texts stand for each other."""

    def __init__(self, alignment: Alignment) -> None:
        one, other = alignment.one, alignment.other
        self._place = [-1] * len(one)  # of each word of the one in the other, where a run has both
        self._back = [-1] * len(other)
        for run in alignment.runs:
            self._place[run.a : run.a + run.length] = range(run.b, run.b + run.length)
            self._back[run.b : run.b + run.length] = range(run.a, run.a + run.length)
        self._gaps: tuple[dict[int, set[int]], dict[int, set[int]]] = ({}, {})  # word → the gaps it stands in
        self._fellows: tuple[dict[int, set[int]], dict[int, set[int]]] = ({}, {})
        count = 0
        for pair in alignment.pairs:
            a, b = one.prose[pair.a], other.prose[pair.b]
            self._fellows[0].setdefault(a.first, set()).add(b.first)
            self._fellows[1].setdefault(b.first, set()).add(a.first)
            for i, i_end, k, k_end in _gaps(one, range(a.first, a.last), other, range(b.first, b.last)):
                count += 1
                for side, first, last in ((0, i, i_end), (1, k, k_end)):
                    for word in range(first, last):
                        self._gaps[side].setdefault(word, set()).add(count)
        self._starts = [[s.first for s in reading.told] or [0] for reading in (one, other)]

    def placed(self, one: Fact, other: Fact) -> bool:
        """Whether two facts stand at one place of a common run, or begin or end there."""
        return self._place[one.first] == other.first or self._place[one.last - 1] == other.last - 1

    def misplaced(self, one: Fact, other: Fact) -> bool:
        """Whether both stand in common runs, and not at one place."""
        return self._place[one.first] >= 0 and self._back[other.first] >= 0 and not self.placed(one, other)

    def in_run(self, side: int, first: int, last: int) -> bool:
        """Whether words ``[first, last)`` of the one text (0) or the other (1) stand in one common run."""
        at = (self._back if side else self._place)[first:last]
        return at[0] >= 0 and at[-1] - at[0] == last - first - 1 and -1 not in at

    def facing(self, one: Fact, other: Fact) -> bool:
        """Whether two facts stand between the same words of aligned sentences."""
        mine, theirs = (
            gaps.get(fact.first, _NONE) | gaps.get(fact.last - 1, _NONE)
            for gaps, fact in zip(self._gaps, (one, other), strict=True)
        )
        return not mine.isdisjoint(theirs)

    def fellows(self, i: int, j: int) -> int:
        """1 where a word of the one text and a word of the other stand in sentences that are aligned, -1 where the
        sentence of either is aligned to another one, 0 where neither is aligned to any."""
        a, b = (starts[bisect_right(starts, k) - 1] for starts, k in zip(self._starts, (i, j), strict=True))
        mine, theirs = self._fellows[0].get(a), self._fellows[1].get(b)
        if mine is None and theirs is None:
            return 0
        return 1 if mine is not None and b in mine else -1


def _gaps(one: Reading, a: range, other: Reading, b: range) -> Iterator[tuple[int, int, int, int]]:
    """What lies between the matching words of two sentences: words ``[i, i_end)`` of the one face ``[k, k_end)``."""
    i, k = a.start, b.start
    mine, theirs = one.stems[a.start : a.stop].tolist(), other.stems[b.start : b.stop].tolist()
    for block in Indel.editops(mine, theirs).as_matching_blocks():
        if a.start + block.a > i and b.start + block.b > k:
            yield i, a.start + block.a, k, b.start + block.b
        i, k = a.start + block.a + block.size, b.start + block.b + block.size


def likeness(one: Mapping[int, float], other: Mapping[int, float]) -> float:
    """The weight of the stems that two surroundings have in common."""
    return math.fsum(min(weight, other[stem]) for stem, weight in one.items() if stem in other)


class Couple(NamedTuple):
    """Two facts by their positions in the lists of either text."""

    a: int
    b: int


class Couples:
    """Every two facts of one kind that two texts give, and what speaks for the one standing for the other."""

    def __init__(
        self, a: Facts, mine: Sequence[Fact], b: Facts, theirs: Sequence[Fact], places: Correspondence
    ) -> None:
        self.texts = (a, b)
        self.facts = (list(mine[:_MOST_FACTS]), list(theirs[:_MOST_FACTS]))
        self._places = places
        self._around = [[t.around(fact) for fact in facts] for t, facts in zip(self.texts, self.facts, strict=True)]
        self._score: dict[Couple, float] = {}
        self._near: dict[tuple[int, int], dict[int, float]] = {}
        for i, one in enumerate(self.facts[0]):
            for j, other in enumerate(self.facts[1]):
                if comparable(one, other) and not places.misplaced(one, other):
                    self._score[Couple(i, j)] = self._base(i, j)

    def __iter__(self) -> Iterator[Couple]:
        return iter(self._score)

    def score(self, couple: Couple) -> float:
        """How well two facts meet, whatever their values: what orders those of one value."""
        return self._score[couple]

    def equal(self, couple: Couple) -> bool:
        one, other = self.pair(couple)
        if one.value != other.value and one.kind in ("name", "place"):
            return _initialled(one.value.split(), other.value.split())
        if one.sort != "hour" or one.value == other.value:
            return one.value == other.value
        (mine, *half), (theirs, *other_half) = one.value.split(), other.value.split()
        return mine == theirs and not (half and other_half)

    def kind(self, couple: Couple) -> ChangeKind:
        """What an open couple changes: of names, a place where the one is shown to be one and neither is a person's."""
        one, other = self.pair(couple)
        if one.kind not in ("name", "place"):
            return one.kind
        sorts = {one.sort, other.sort}
        last = {text.words[fact.last - 1] for text, fact in zip(self.texts, (one, other), strict=True)}
        if "person" in sorts or last & (self.texts[0].persons | self.texts[1].persons):
            return "name"
        return "place" if "place" in sorts or sorts == {"state"} else "name"

    def pair(self, couple: Couple) -> tuple[Fact, Fact]:
        return self.facts[0][couple.a], self.facts[1][couple.b]

    @cached_property
    def kept(self) -> dict[Couple, float]:
        """Facts of one value that stand for each other, each in one couple, those that meet best first, and how well
        they meet."""
        placed = [couple for couple in self if self._places.placed(*self.pair(couple))]
        reserved = {couple.a for couple in placed}, {couple.b for couple in placed}
        found: dict[Couple, float] = {}
        taken: tuple[set[int], set[int]] = (set(), set())
        for couple in sorted((c for c in self if self.equal(c)), key=lambda c: (-self._score[c], c)):
            if couple not in placed and (couple.a in reserved[0] or couple.b in reserved[1]):
                continue
            if couple.a not in taken[0] and couple.b not in taken[1]:
                taken[0].add(couple.a)
                taken[1].add(couple.b)
                found[couple] = self._score[couple]
        return found

    @cached_property
    def _kept_at(self) -> tuple[dict[int, float], dict[int, float]]:
        """For the facts of either text that stand for one of their own value, how well they meet it."""
        return (
            {couple.a: score for couple, score in self.kept.items()},
            {couple.b: score for couple, score in self.kept.items()},
        )

    def better(self, couple: Couple) -> float:
        """How much better either fact meets one of its own value; the least that counts where neither has one."""
        mine, theirs = (known.get(k, -_MOST) for known, k in zip(self._kept_at, couple, strict=True))
        return max(-_MOST, min(_MOST, max(mine, theirs) - self._score[couple]))

    def _free(self, couple: Couple) -> bool:
        """Whether neither fact stands for one of its own value, or the couple meets nearly as well as the one that
        does; better than both together where both do."""
        mine, theirs = (known.get(k) for known, k in zip(self._kept_at, couple, strict=True))
        if mine is not None and theirs is not None:
            return self._score[couple] > mine + theirs
        return self.better(couple) < _BETTER

    @cached_property
    def open(self) -> list[Couple]:
        """Couples of different values, neither fact of which meets one of its own value much better."""
        return [c for c in self if not self.equal(c) and self._free(c) and self._may_differ(c)]

    def features(self, couple: Couple) -> dict[str, float]:
        """What speaks for and against an open couple, by name."""
        one, other = self.pair(couple)
        a, b = self.texts
        score = self._score[couple]
        i, j = couple
        rival = (
            max((self._score[c] for c in self._of[0][i] if c.b != j), default=-_MOST),
            max((self._score[c] for c in self._of[1][j] if c.a != i), default=-_MOST),
        )
        found = {
            "around": min(_MOST, likeness(self._around[0][i], self._around[1][j])),
            "close": min(_MOST, likeness(self._close(0, i), self._close(1, j))),
            "sentence": self._sentences(one, other),
            "lead": max(-_MOST, min(_MOST, score - max(rival))),
            "lead-of-one": max(-_MOST, min(_MOST, score - min(rival))),
            "placed": float(self._places.placed(one, other)),
            "facing": float(self._places.facing(one, other)),
            "aligned": float(self._places.fellows(one.first, other.first)),
            "cue": _same(a.cue(one), b.cue(other)),
            "few": 1.0 / max(1, self._unkept[0][one.sort], self._unkept[1][other.sort]),
            "known": (float(self._known(1, one)) + float(self._known(0, other))) / 2,
            "apart": abs(one.first / max(1, len(a.words)) - other.first / max(1, len(b.words))),
            "better": self.better(couple),
            "quoted": float(a.reading.quoted[one.first] != b.reading.quoted[other.first]),
        }
        found |= _SORTS[one.kind](a, one, b, other)
        return found

    def _base(self, i: int, j: int) -> float:
        one, other = self.facts[0][i], self.facts[1][j]
        found = likeness(self._around[0][i], self._around[1][j])
        if one.unit is not None and one.unit == other.unit:
            found += _UNIT
        if one.role is not None and other.role is not None:
            found += _ROLE if one.role == other.role else -_ROLE
        if self._places.placed(one, other):
            return found + _PLACED
        if self._places.facing(one, other):
            return found + _FACING
        return found - _ELSEWHERE * (self._places.fellows(one.first, other.first) < 0)

    @cached_property
    def _of(self) -> tuple[dict[int, list[Couple]], dict[int, list[Couple]]]:
        """The couples of each fact of either text."""
        found: tuple[dict[int, list[Couple]], dict[int, list[Couple]]] = ({}, {})
        for couple in self._score:
            found[0].setdefault(couple.a, []).append(couple)
            found[1].setdefault(couple.b, []).append(couple)
        return found

    @cached_property
    def _unkept(self) -> tuple[Counter[str], Counter[str]]:
        """For each sort of facts, how many of either text stand for none of their own value."""
        one, other = (
            Counter(fact.sort for k, fact in enumerate(facts) if k not in known)
            for facts, known in zip(self.facts, self._kept_at, strict=True)
        )
        return one, other

    def _close(self, side: int, k: int) -> dict[int, float]:
        if (side, k) not in self._near:
            self._near[side, k] = self.texts[side].around(self.facts[side][k], _CLOSE)
        return self._near[side, k]

    def _sentences(self, one: Fact, other: Fact) -> float:
        """Share of the weight of the lighter of the two facts' sentences that the other's has."""
        mine, theirs = self.texts[0].sentence_of(one), self.texts[1].sentence_of(other)
        return likeness(mine, theirs) / max(1.0, min(math.fsum(mine.values()), math.fsum(theirs.values())))

    def _known(self, side: int, fact: Fact) -> bool:
        """Whether a text gives a fact's value anywhere."""
        if fact.kind in ("name", "place"):
            return all(word in self.texts[side].stemmed for word in fact.value.split())
        return any(known.value == fact.value and known.sort == fact.sort for known in self.facts[side])

    def _may_differ(self, couple: Couple) -> bool:
        one, other = self.pair(couple)
        if one.kind == "number":
            return not _apart(one.value, other.value)
        if one.kind == "date":
            both = {one.value, other.value}
            return one.sort != "hour" or both.isdisjoint(_LIGHTS) or both <= {*_LIGHTS, "0 am", "0 pm"}
        mine, theirs = set(one.value.split()), set(other.value.split())
        if mine <= theirs or theirs <= mine:
            return False
        kindred = _kindred(self.texts[0], one, self.texts[1]) or _kindred(self.texts[1], other, self.texts[0])
        if "person" not in (one.sort, other.sort) and kindred:
            return False
        if self._places.facing(one, other) or self._places.placed(one, other):
            return True
        return not (mine - theirs <= self.texts[1].stemmed or theirs - mine <= self.texts[0].stemmed)


_LIGHTS = frozenset(["dawn", "dusk"])
_MOST_TIMES = 12.0  # a figure that is more times another is of another thing
_SMALL, _MOST_TIMES_SMALL = 2.0, 4.0  # the same of one and two, which are said of everything


def comparable(one: Fact, other: Fact) -> bool:
    """Whether two facts are of one sort; a name that nothing tells may be a place's or a person's."""
    if one.kind in ("name", "place"):
        sorts = {one.sort, other.sort}
        return len(sorts) == 1 or ("name" in sorts and "acronym" not in sorts) or sorts == {"place", "state"}
    return one.kind == other.kind and one.sort == other.sort


def _apart(one: str, other: str) -> bool:
    """Whether two figures are too far apart to be of one thing."""
    try:
        low, high = sorted((float(one), float(other)))
    except ValueError:
        return False
    return high > (_MOST_TIMES if low > _SMALL else _MOST_TIMES_SMALL) * max(1.0, low)


def _initialled(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two names are one, with initials for given names in either: "D. Rahim", "Daoud Rahim"."""
    short, long = sorted((one, other), key=lambda words: sum(map(len, words)))
    given = [word for word in short[:-1] if len(word) == 1]
    if not given or short[-1] != long[-1] or len(short) > len(long):
        return False
    return all(
        mine == theirs or (len(mine) == 1 and theirs.startswith(mine))
        for mine, theirs in zip(short, long, strict=False)
    )


def _kindred(mine: Facts, fact: Fact, other: Facts) -> bool:
    """Whether the other text has a name under a kindred one ("Armenia", "Armenians"), or its state or that state's
    capital ("Norway", "Oslo")."""
    words = mine.words[fact.first : fact.last]
    theirs = other.named - mine.named  # what stands in both is no other form of it
    states = {state_names()[word] for word in words if word in state_names()}
    left = [word for word in words if word not in other.named]
    kindred = bool(left) and all(any(_one_stem(word, their) for their in theirs) for word in left)
    return kindred or any(state_names().get(their) in states for their in theirs if states)


def _one_stem(one: str, other: str) -> bool:
    """Whether two names differ at one end alone ("Armenia", "Armenians")."""
    short, long = sorted((one, other), key=len)
    same = max(4, len(short) - 2)
    return one != other and (short[:same] == long[:same] or (len(short) > 4 and long.endswith(short)))


def _same(one: str, other: str) -> float:
    """1 where two words are one, -1 where they are two, 0 where either is missing."""
    return 0.0 if not one or not other else 1.0 if one == other else -1.0


def _same_noun(one: str, other: str) -> float:
    """1 where two places are said to be of one sort, -1 where of two, less where only one of them is said to be any."""
    return 0.0 if not one and not other else -0.5 if not one or not other else 1.0 if one == other else -1.0


@cache
def _class_of(word: str) -> str:
    """What is counted: people, or the sort of thing that a noun names; empty where it is unknown."""
    if word in words_of("counted_people"):
        return "person"
    noun = find_noun(word)
    if noun is None:
        return ""
    return "person" if noun.person_sense == 1 or noun.sort == "person" else noun.sort


def _of_numbers(a: Facts, one: Fact, b: Facts, other: Fact) -> dict[str, float]:
    units = one.unit is not None, other.unit is not None
    same = one.unit is not None and one.unit == other.unit
    classes = [
        _class_of(text.counted(fact)) if unit else "" for text, fact, unit in ((a, one, units[0]), (b, other, units[1]))
    ]
    try:
        low, high = sorted((float(one.value), float(other.value)))
        times = math.log((high + 1.0) / (low + 1.0))
    except ValueError:
        low, times = 0.0, 1.0
    return {
        "unit": 1.0 if same else 0.0,
        "class": 0.0 if same else _same(*classes),
        "role": 0.0 if one.role is None or other.role is None else 1.0 if one.role == other.role else -1.0,
        "times": times,
        "small": float(low <= _SMALL),
        "age": float(one.sort == "age"),
        "in-a-row": float(one.sort == "place in a row"),
        "digits": float(len(one.value) == len(other.value)),
    }


def _of_dates(a: Facts, one: Fact, b: Facts, other: Fact) -> dict[str, float]:
    return {
        "hour": float(one.sort == "hour"),
        "calendar": float(one.sort in ("calendar", "month")),
        "year": float(one.sort == "year"),
    }


def _of_names(a: Facts, one: Fact, b: Facts, other: Fact) -> dict[str, float]:
    mine, theirs = one.value.split(), other.value.split()
    left = " ".join(word for word in mine if word not in theirs)
    right = " ".join(word for word in theirs if word not in mine)
    return {
        "shared-word": float(len(set(mine) & set(theirs)) > 0),
        "initial": float(left[:1] == right[:1]),
        "spelled": float(Indel.normalized_similarity(left, right)),
        "both-places": float(one.sort == other.sort == "place"),
        "both-persons": float(one.sort == other.sort == "person"),
        "states": float("state" in (one.sort, other.sort)),
        "unsure": float("name" in (one.sort, other.sort)),
        "length": float(abs(len(mine) - len(theirs))),
        "place-noun": _same_noun(a.place_noun(one), b.place_noun(other)),
    }


_SORTS = {"number": _of_numbers, "date": _of_dates, "place": _of_names, "name": _of_names}
