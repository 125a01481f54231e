"""Changed facts: which figure, hour, date, name or place of one account stands for another one in the other account.

Every figure of the one text is set against every figure of the other by the words around it. Those at one place of a
common run stand for each other; then those of one value find each other; a figure that is left, whose surroundings are
those of a left one of another value, was changed. So a change is found wherever a retelling has put it; where sentences
align, what faces each other in them comes before what stands elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from rapidfuzz.distance import Indel

from variorum.records import ChangeKind, Span

from .alignment import Alignment
from .facts import DENIED_REACH, WINDOW, Fact, Facts
from .lexicon import state_names, tables, words_of
from .reading import Reading

# All of these were tuned on the tuning half of the derivation gold (`tools/score_derivation.py`).
_ALIKE = 0.4  # likeness of surroundings from which a figure stands for another
_TIMED = 0.3  # the same of an hour or a day
_PLACE = 0.35  # the same of a place, which has no unit to go by
_NAMED = (1.2, 0.6)  # the same of a name that does not even begin alike, and is kept before or behind
_EQUAL = 2.0  # what equal values add, so that they find each other first
_UNIT = 0.8  # what counting the same thing adds
_ROLE = 0.4  # what the same harm adds, and another takes off
_PLACED = 4.0  # what standing at one place of a common run adds
_FACING = 0.3  # what standing between the same words of aligned sentences adds
_ELSEWHERE = 0.4  # what is taken off where the sentence of either is aligned to another one
_MOST_TIMES = 12.0  # a figure that is more times another is of another thing
_SMALL, _MOST_TIMES_SMALL = 2.0, 4.0  # the same of one and two, which are said of everything
_MOST_FACTS = 400  # first facts of a kind that are compared
_DENIED = 0.8  # least weight of the words that a negation is said of
_DENIED_SHARE = 0.75  # share of it that stands in one sentence of the other text
_TURNED = 1.0  # likeness of surroundings from which an act is said and denied of one thing
_OPPOSED = 0.75  # the same of a word and its opposite
_TURNED_HARM = 0.3  # the same of what befalls people

Changed = tuple[ChangeKind, Span, Span]
_Same = Callable[[Facts, Fact, Facts], bool]


class _Side(NamedTuple):
    facts: Facts
    listed: Sequence[Fact]


class Correspondence:
    """Where the words of two aligned texts stand for each other."""

    def __init__(self, alignment: Alignment) -> None:
        one, other = alignment.one, alignment.other
        self._place = np.full(len(one), -1, np.int64)  # of each word of the one in the other, where a run has both
        self._back = np.full(len(other), -1, np.int64)
        for run in alignment.runs:
            self._place[run.a : run.a + run.length] = np.arange(run.b, run.b + run.length)
            self._back[run.b : run.b + run.length] = np.arange(run.a, run.a + run.length)
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
        self._starts = [np.array([s.first for s in reading.told] or [0], np.int64) for reading in (one, other)]

    def worth(self, one: Fact, other: Fact) -> float | None:
        """What the places of two facts add to their likeness; None where a run has the one at another place."""
        at = self._place[one.first : one.last]
        if np.array_equal(at, np.arange(other.first, other.last)):
            return _PLACED
        if self._place[one.first] >= 0 and self._back[other.first] >= 0:
            return None
        if self.facing(one, other):
            return _FACING
        return 0.0 if self.fellows(one.first, other.first) else -_ELSEWHERE

    def facing(self, one: Fact, other: Fact) -> bool:
        """Whether two facts stand between the same words of aligned sentences."""
        mine = self._gaps[0].get(one.first, set()) | self._gaps[0].get(one.last - 1, set())
        theirs = self._gaps[1].get(other.first, set()) | self._gaps[1].get(other.last - 1, set())
        return not mine.isdisjoint(theirs)

    def fellows(self, i: int, j: int) -> bool:
        """Whether a word of the one text and a word of the other may be of one sentence: these are aligned, or neither
        is aligned to any."""
        a, b = (
            int(starts[np.searchsorted(starts, k, side="right") - 1])
            for starts, k in zip(self._starts, (i, j), strict=True)
        )
        mine, theirs = self._fellows[0].get(a), self._fellows[1].get(b)
        return (mine is None and theirs is None) or (mine is not None and b in mine)


def _gaps(one: Reading, a: range, other: Reading, b: range) -> Iterator[tuple[int, int, int, int]]:
    """What lies between the matching words of two sentences: words ``[i, i_end)`` of the one face ``[k, k_end)``."""
    i, k = a.start, b.start
    mine, theirs = one.stems[a.start : a.stop].tolist(), other.stems[b.start : b.stop].tolist()
    for block in Indel.editops(mine, theirs).as_matching_blocks():
        if a.start + block.a > i and b.start + block.b > k:
            yield i, a.start + block.a, k, b.start + block.b
        i, k = a.start + block.a + block.size, b.start + block.b + block.size


def changed_facts(alignment: Alignment) -> Iterator[Changed]:
    """The facts of the one text for which the other gives others, with the characters of both."""
    a, b = Facts(alignment.one), Facts(alignment.other)
    places = Correspondence(alignment)
    yield from _changed(_Side(a, a.numbers), _Side(b, b.numbers), places, _ALIKE, _never)
    yield from _changed(_Side(a, a.timed), _Side(b, b.timed), places, _TIMED, _never)
    yield from _changed(_Side(a, a.places), _Side(b, b.places), places, _PLACE, _kindred)
    yield from _renamed(a, b)
    denied = [*_denied(a, b), *((mine, theirs) for theirs, mine in _denied(b, a))]
    for turned in sorted([*_turned(a, b), *_opposed(a, b)]):
        if not any(_meet(turned, known) for known in denied):
            denied.append(turned)
    yield from (("polarity", mine, theirs) for mine, theirs in denied)


def _changed(
    one_side: _Side, other_side: _Side, places: Correspondence, least: float, same: _Same
) -> Iterator[Changed]:
    (a, mine), (b, theirs) = one_side, other_side
    mine, theirs = mine[:_MOST_FACTS], theirs[:_MOST_FACTS]
    around_a, around_b = [a.around(fact) for fact in mine], [b.around(fact) for fact in theirs]
    ranked = []
    for i, one in enumerate(mine):
        for j, other in enumerate(theirs):
            equal = one.value == other.value
            if one.sort != other.sort or not (equal or not _apart(one.value, other.value)):
                continue
            worth = places.worth(one, other)
            if worth is None and not equal:
                continue
            score = _likeness(around_a[i], around_b[j]) + (worth or 0.0)
            if one.unit is not None and one.unit == other.unit:
                score += _UNIT
            if one.role is not None and other.role is not None:
                score += _ROLE if one.role == other.role else -_ROLE
            if equal or score >= least:
                ranked.append((-(score + _EQUAL * equal), i, j, equal))
    hours = [[k for k, fact in enumerate(facts) if fact.sort == "hour"] for facts in (mine, theirs)]
    if len(hours[0]) == len(hours[1]) == 1:  # two accounts that give one hour each give it of the same thing
        i, j = hours[0][0], hours[1][0]
        ranked.append((0.0, i, j, mine[i].value == theirs[j].value))
    taken_a: set[int] = set()
    taken_b: set[int] = set()
    for _, i, j, equal in sorted(ranked):
        if i in taken_a or j in taken_b:
            continue
        taken_a.add(i)
        taken_b.add(j)
        if equal:
            continue
        if places.facing(mine[i], theirs[j]) or not (same(a, mine[i], b) or same(b, theirs[j], a)):
            yield mine[i].kind, a.span(mine[i]), b.span(theirs[j])


def _likeness(one: dict[int, float], other: dict[int, float]) -> float:
    return sum(min(weight, other[stem]) for stem, weight in one.items() if stem in other)


def _apart(one: str, other: str) -> bool:
    """Whether two figures are too far apart to be of one thing."""
    try:
        low, high = sorted((float(one), float(other)))
    except ValueError:
        return False
    return high > (_MOST_TIMES if low > _SMALL else _MOST_TIMES_SMALL) * max(1.0, low)


def _never(mine: Facts, fact: Fact, other: Facts) -> bool:
    return False


def _kindred(mine: Facts, fact: Fact, other: Facts) -> bool:
    """Whether the other text has the place under this or a kindred name ("Armenia", "Armenians"), or its state or that
    state's capital ("Norway", "Oslo")."""
    words = mine.words[fact.first : fact.last]
    theirs = set(other.words).difference(mine.words)  # what stands in both is no other form of it
    states = {state_names()[word] for word in words if word in state_names()}
    if set(words) <= set(other.words):
        return True
    return any(word[:4] == their[:4] for word in words for their in theirs if len(word) > 3) or any(
        state_names().get(their) in states for their in theirs if states
    )


def _denied(a: Facts, b: Facts) -> Iterator[tuple[Span, Span]]:
    """Where the one says no of what the other says yes of: the words behind a negation stand in one sentence of the
    other, and no negation before them."""
    for i, word in enumerate(a.words):
        if word not in words_of("negators") or a.reading.masked[i] or a.contrasts(i):
            continue
        behind = a.behind(i)
        whole = sum(behind.values())
        if whole < _DENIED:
            continue
        sentences: dict[int, list[int]] = {}
        for j in sorted(j for stem in behind for j in b.at.get(stem, ())):
            sentences.setdefault(int(b.sentence[j]), []).append(j)
        best: tuple[float, int, list[int]] = (0.0, 0, [])
        for number, held in sentences.items():
            share = sum(behind[stem] for stem in {int(b.reading.stems[j]) for j in held}) / whole
            best = max(best, (share, -number, held))
        share, _, held = best
        if share < _DENIED_SHARE or held[-1] - held[0] > WINDOW:
            continue
        near = range(max(0, held[0] - DENIED_REACH), min(len(b.words), held[-1] + 2))
        if not any(b.words[j] in words_of("negators") for j in near):
            yield a.reading.span(i, i + 1), b.reading.span(held[0], held[-1] + 1)


def _turned(a: Facts, b: Facts) -> Iterator[tuple[Span, Span]]:
    """What the one text says of nobody or of nothing, wherever it says it, and the other of somebody: an act or a harm
    that the one only has with a negation and the other only without. Other words must be around it in both texts,
    unless it is what befalls people ("nobody was hurt", "a guard was hurt")."""
    mine, theirs = a.said, b.said
    for key in sorted(mine.keys() & theirs.keys()):
        if len({no is None for _, no in mine[key]} & {no is None for _, no in theirs[key]}):
            continue
        (i, no), (j, none) = mine[key][0], theirs[key][0]
        alike = _likeness(a.around(_word(i)), b.around(_word(j)))
        if alike >= (_TURNED_HARM if a.harms[i] else _TURNED):
            yield a.clause(i, no), b.clause(j, none)


def _opposed(a: Facts, b: Facts) -> Iterator[tuple[Span, Span]]:
    """Where the one has a word and the other its opposite, each only the one, among the same words ("little
    resistance", "much resistance"; "denied", "confirmed")."""
    for one, other in _opposites():
        for left, right in ((one, other), (other, one)):
            if not left & a.places_of.keys() or not right & b.places_of.keys():
                continue
            if left & b.places_of.keys() or right & a.places_of.keys():
                continue
            i, j = (
                min(facts.places_of[word][0] for word in words & facts.places_of.keys())
                for facts, words in ((a, left), (b, right))
            )
            if _likeness(a.around(_word(i)), b.around(_word(j))) >= _OPPOSED:
                yield a.span(_word(i)), b.span(_word(j))


@cache
def _opposites() -> list[tuple[frozenset[str], frozenset[str]]]:
    sides = (line.split(" | ") for line in tables()["opposites"])
    return [(frozenset(one.split()), frozenset(other.split())) for one, other in sides]


def _meet(one: tuple[Span, Span], other: tuple[Span, Span]) -> bool:
    return any(a.start < b.end and b.start < a.end for a, b in zip(one, other, strict=True))


def _word(i: int) -> Fact:
    return Fact("polarity", i, i + 1, "", None, "polarity")


def _renamed(a: Facts, b: Facts) -> Iterator[Changed]:
    """Names of two words or more of which one word is another ("Hardev Thakur", "Harbhajan Thakur")."""
    known_a, known_b = set(a.words), set(b.words)
    found = set()
    for kept, lost in ((1, 0), (0, 1)):  # the name that is kept is more often the last
        theirs: dict[str, list[tuple[int, int]]] = {}
        for pair in b.name_pairs:
            theirs.setdefault(b.words[pair[kept]], []).append(pair)
        for mine in a.name_pairs:
            for their in theirs.get(a.words[mine[kept]], ()):
                one, other = a.words[mine[lost]], b.words[their[lost]]
                if one in known_b or other in known_a or (one, other) in found:
                    continue
                if one[:1] == other[:1] or _likeness(a.around(_name(mine)), b.around(_name(their))) >= _NAMED[kept]:
                    found.add((one, other))
                    yield "name", a.span(_name(mine)), b.span(_name(their))


def _name(pair: tuple[int, int]) -> Fact:
    return Fact("name", pair[0], pair[1] + 1, "", None, "name")
