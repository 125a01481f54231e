"""Alignment of two readings: runs of equal words wherever they stand, and sentences that say the same."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from variorum.records import Passage

from .accounts import Accounts
from .differences import Changed, Differences
from .lexicon import Hashes, among, meeting
from .options import DerivationOptions
from .reading import Reading, SentenceSpan

_Stretch = tuple[int, int, int, int, bool]  # words [a, a_end) of the one, [b, b_end) of the other, both quoted


class Run(NamedTuple):
    """Words ``[a, a + length)`` of the one text equal those from `b` of the other, numbers aside."""

    a: int
    b: int
    length: int


class Pair(NamedTuple):
    """Two prose sentences (positions in each reading's `prose`) that say the same; `dice` is their weighted overlap."""

    a: int
    b: int
    dice: float


class Slots(NamedTuple):
    """Figures and names that one text has otherwise than the other, and those that both have."""

    figures: int
    names: int
    kept: int

    @property
    def share(self) -> float:
        return _share(self.figures + self.names, self.figures + self.names + self.kept)


_MOST_SLOT = 16  # words of a slot
_SHORT_LINE = 14  # words of a line that may be a page's own
_TELLING = 0.5  # rarity of a word that ties such a line to the text


class Alignment:
    """What two readings share. Symmetric: reading the other way round gives the same with the sides changed."""

    def __init__(self, one: Reading, other: Reading, options: DerivationOptions) -> None:
        self.one = one
        self.other = other
        self.options = options

    @cached_property
    def runs(self) -> list[Run]:
        """The longest common runs of at least `least_run` words, none sharing a word with another, by their start."""
        found = _maximal(self.one, self.other)
        if not found:
            return []
        size = self.options.least_run
        blocked_a, blocked_b = self.one.masked.copy(), self.other.masked.copy()
        kept = []
        for run in sorted(found, key=lambda run: (-run.length, run.a, run.b)):
            free = ~(blocked_a[run.a : run.a + run.length] | blocked_b[run.b : run.b + run.length])
            for first, last in _stretches(free):
                if last - first >= size:
                    blocked_a[run.a + first : run.a + last] = True
                    blocked_b[run.b + first : run.b + last] = True
                    kept.append(Run(run.a + first, run.b + first, last - first))
        return sorted(kept)

    @cached_property
    def spoken(self) -> list[NDArray[np.bool_]]:
        """For each run, which of its words are the narrator's in both texts."""
        return [
            self.one.narrator[run.a : run.a + run.length] & self.other.narrator[run.b : run.b + run.length]
            for run in self.runs
        ]

    @cached_property
    def narrator_run(self) -> float:
        """Evidence of the longest run of words that are the narrator's in both: names count half, for a title is
        spelled alike by all who give it."""
        best, worths = 0.0, self.one.worths
        for run, spoken in zip(self.runs, self._told, strict=True):
            for first, last in spoken:
                if last - first > best:
                    best = max(best, worths[run.a + last] - worths[run.a + first])
        return best

    @cached_property
    def _told(self) -> list[list[tuple[int, int]]]:
        """For each run, its stretches that are the narrator's in both texts."""
        return [_stretches(free) for free in self.spoken]

    @cached_property
    def narrator_words(self) -> int:
        """Words of the longest run that is the narrator's in both texts."""
        return max((last - first for told in self._told for first, last in told), default=0)

    @cached_property
    def narrator_overlap(self) -> tuple[float, float]:
        """Share of each text's own words that stand in narrator's runs."""
        shared = self.narrator_shared
        return (_share(shared, self.one.narrated), _share(shared, self.other.narrated))

    @cached_property
    def narrator_shared(self) -> int:
        """Words in narrator's runs, all told."""
        return sum(last - first for told in self._told for first, last in told)

    @cached_property
    def quoted_run(self) -> int:
        """Words of the longest run that is a quotation in both texts."""
        if not (self.one.quotes_any and self.other.quotes_any):
            return 0
        return max((_longest(a & b) for a, b in self._quoted), default=0)

    @cached_property
    def half_quoted_run(self) -> int:
        """Words of the longest run that is a quotation in one text at least."""
        if not (self.one.quotes_any or self.other.quotes_any):
            return 0
        return max((_longest(a | b) for a, b in self._quoted), default=0)

    @cached_property
    def _quoted(self) -> list[tuple[NDArray[np.bool_], NDArray[np.bool_]]]:
        return [
            (self.one.quoted[run.a : run.a + run.length], self.other.quoted[run.b : run.b + run.length])
            for run in self.runs
        ]

    @cached_property
    def _overlap(self) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """Shared weight of each two prose sentences, and the whole weight of either side's."""
        rows, row_stems = self.one.bags
        columns, column_stems = self.other.bags
        a, b = meeting(row_stems, column_stems)
        mine, theirs = rows.take(a, axis=1), columns.take(b, axis=1)
        shared = (mine @ (theirs > 0).T + (mine > 0) @ theirs.T) / 2
        return shared, self.one.heft, self.other.heft

    @cached_property
    def pairs(self) -> list[Pair]:
        """Prose sentences that align: sentences that are each other's best fellow, and those
        of which the shorter lies in the longer, which merged it with another."""
        shared, whole_a, whole_b = self._overlap
        rows, columns = (shared >= self.options.sentence_evidence).nonzero()
        if not len(rows):
            return []
        evidence, weight_a, weight_b = shared[rows, columns], whole_a[rows], whole_b[columns]
        dice = 2 * evidence / np.maximum(weight_a + weight_b, 1e-9)
        inside = evidence / np.maximum(np.minimum(weight_a, weight_b), 1e-9)
        alike = (dice >= self.options.sentence_dice) | (inside >= self.options.sentence_containment)
        worth = (dice + inside + 1e-6 * evidence).round(9)
        found = zip(rows[alike].tolist(), columns[alike].tolist(), strict=True)
        near = list(zip(found, *(values[alike].tolist() for values in (worth, dice, inside)), strict=True))
        forward: dict[int, tuple[float, tuple[int, int]]] = {}
        backward: dict[int, tuple[float, tuple[int, int]]] = {}
        for pair, value, _, _ in near:  # by rows, so that of equals the first is the best
            for best, at in zip((forward, backward), pair, strict=True):
                if at not in best or value > best[at][0]:
                    best[at] = value, pair
        either = [{pair for _, pair in best.values()} for best in (forward, backward)]
        return [
            Pair(pair[0], pair[1], share)
            for pair, _, share, held in near
            if (pair in either[0] and pair in either[1])
            or (held >= self.options.sentence_containment and (pair in either[0] or pair in either[1]))
        ]

    @cached_property
    def aligned(self) -> tuple[float, float]:
        """Share of each text's prose, by words, that stands in aligned sentences."""
        return (
            _covered(self.one, {pair.a for pair in self.pairs}),
            _covered(self.other, {pair.b for pair in self.pairs}),
        )

    @cached_property
    def other_event(self) -> float:
        """How much aligned sentences speak of different things: the share of their figures and names that the other
        text lacks, of the text where it is less. High for two reports of one mould on two events."""
        sides = (
            (self.one, self.other, {pair.a for pair in self.pairs}),
            (self.other, self.one, {pair.b for pair in self.pairs}),
        )
        shares = []
        for mine, theirs, sentences in sides:
            inside = [np.arange(mine.prose[i].first, mine.prose[i].last) for i in sorted(sentences)]
            words = np.concatenate(inside) if inside else np.empty(0, np.int64)
            words = words[mine.specific[words] & mine.narrator[words]]
            missing = ~among(mine.stems[words], theirs.vocabulary[0])
            shares.append(_share(float(missing.sum()), max(4, len(words))))
        return min(shares)

    @cached_property
    def figures(self) -> tuple[int, int]:
        """The narrator's figures that stand in runs, and at how many of these places the texts give different ones."""
        found = changed = 0
        for run, free in zip(self.runs, self.spoken, strict=True):
            mine, theirs = slice(run.a, run.a + run.length), slice(run.b, run.b + run.length)
            places = free & self.one.figures[mine]
            found += int(places.sum())
            changed += int((places & (self.one.exact[mine] != self.other.exact[theirs])).sum())
        return found, changed

    @cached_property
    def slots(self) -> tuple[Slots, Slots]:
        """For each text what it has in the slots that common runs leave open, as those of a form: figures and names
        for which the other has others there, beside those that both have."""
        gaps = list(self._open())
        return (
            _filled(self.one, self.other, self.runs, [gap[:2] for gap in gaps], 0),
            _filled(self.other, self.one, self.runs, [gap[2:] for gap in gaps], 1),
        )

    def _open(self) -> Iterator[tuple[int, int, int, int]]:
        """The words of both texts between one common run and the next, where both have some, and few."""
        for run, after in pairwise(self.runs):
            gap = (run.a + run.length, after.a, run.b + run.length, after.b)
            if all(0 < last - first <= _MOST_SLOT for first, last in (gap[:2], gap[2:])):
                yield gap

    @cached_property
    def lead(self) -> bool:
        """Whether the texts begin with the same event: among their first sentences two align that do not both have
        other names and other figures. Background paragraphs, which stand further down, are carried from event to
        event."""
        first, second = (max(3, len(reading.prose) * 3 // 10) for reading in (self.one, self.other))
        return any(pair.a < first and pair.b < second and not self._at_odds(pair) for pair in self.pairs)

    def _at_odds(self, pair: Pair) -> bool:
        a = _missing(self.one, self.one.prose[pair.a], self.other)
        b = _missing(self.other, self.other.prose[pair.b], self.one)
        return all(a) and all(b)

    @cached_property
    def in_order(self) -> float:
        """Share of the aligned pairs that keep the order of both texts, 0 to 1; 0 without pairs."""
        if not self.pairs:
            return 0.0
        tails: list[int] = []
        for pair in self.pairs:  # longest chain that rises on both sides, merged sentences allowed
            at = int(np.searchsorted(tails, pair.b, side="right"))
            tails[at : at + 1] = [pair.b]
        return len(tails) / len(self.pairs)

    @cached_property
    def own(self) -> tuple[float, float]:
        """Share of each text's prose, by words, in sentences that find no support anywhere in the other, its
        quotations included."""
        return (_unsupported(self.one, self.other), _unsupported(self.other, self.one))

    @cached_property
    def accounts(self) -> Accounts:
        """What the two narrators tell in common, in whatever words, feature by feature."""
        return Accounts(self)

    @cached_property
    def changed_figures(self) -> list[Changed]:
        """The numbers of the one text for which the other gives others; none where both have the same figures in one
        order, as copies have."""
        mine, theirs = (r.exact[r.figures & ~r.masked] for r in (self.one, self.other))
        return [] if np.array_equal(mine, theirs) else Differences(self).figures

    def free_words(self, side: int) -> NDArray[np.bool_]:
        """The content words of the one text (0) or the other (1) that are its narrator's, what either quotes of the
        common runs taken off."""
        reading = (self.one, self.other)[side]
        if not (self.runs and (self.one.quotes_any or self.other.quotes_any)):
            return reading.free
        free = reading.free.copy()
        for run, (a, b) in zip(self.runs, self._quoted, strict=True):
            start = run.b if side else run.a
            free[start : start + run.length] &= ~(a | b)
        return free

    @cached_property
    def matched(self) -> tuple[float, float]:
        """Share of each text's own words that stand in runs: how literal the common part is."""
        a = b = 0
        for run in self.runs:
            a += int((~self.one.masked[run.a : run.a + run.length]).sum())
            b += int((~self.other.masked[run.b : run.b + run.length]).sum())
        return (_share(a, self.words[0]), _share(b, self.words[1]))

    @cached_property
    def words(self) -> tuple[int, int]:
        """Unmasked words of each text, without what its page says of itself before and after the common part, and
        without short lines that have nothing to do with it."""
        sides = []
        for side, reading in enumerate((self.one, self.other)):
            own = ~reading.masked
            for first, last in self._stray(side):
                own[first:last] = False
            if self.runs:
                first = min(run[side] for run in self.runs)
                last = max(run[side] + run.length for run in self.runs)
                for margin in (slice(0, first), slice(last, len(reading))):
                    if reading.of_page[margin].sum() >= max(2, own[margin].sum() // 5):
                        own[margin] = False
            sides.append(int(own.sum()))
        return (sides[0], sides[1])

    def _stray(self, side: int) -> Iterator[tuple[int, int]]:
        """The short lines of a text outside of common runs that speak of its page, or of nothing that the other has."""
        reading, other = (self.one, self.other)[:: 1 - 2 * side]
        free = ~reading.masked
        for run in self.runs:
            free[run[side] : run[side] + run.length] = False
        telling = (reading.rarities >= _TELLING) & among(reading.stems, other.unmasked)
        for first, last in pairwise([*reading.lines, len(reading)]):
            if 0 < last - first <= _SHORT_LINE and free[first:last].all():
                of_page = int(reading.of_page[first:last].sum())
                if of_page >= max(1, (last - first) // 4) or not telling[first:last].any():
                    yield first, last

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """The aligned characters, in the order of the one text: aligned sentences, and runs that reach beyond them,
        cut where a quotation begins or ends and joined over a changed word or two."""
        runs = self._joined()
        sentences = [
            (first.first, first.last, second.first, second.last, False)
            for first, second in ((self.one.prose[pair.a], self.other.prose[pair.b]) for pair in self.pairs)
        ]
        met = _touching(runs, sentences)
        whole: list[_Stretch] = []
        taken: tuple[set[int], set[int]] = (set(), set())  # sentences of either side, by their first word
        for stretch, near in zip(sentences, met, strict=True):
            beyond = any(not _within(run, stretch) for run in near)
            if not beyond and stretch[0] not in taken[0] and stretch[2] not in taken[1]:
                whole.append(stretch)
                taken[0].add(stretch[0])
                taken[1].add(stretch[2])
        inside = {
            run
            for stretch, near in zip(whole, _touching(runs, whole), strict=True)
            for run in near
            if _within(run, stretch)
        }
        kept = [run for run in runs if run not in inside]
        return tuple(
            Passage(source=self.one.span(a, a_end), target=self.other.span(b, b_end), quoted=quoted)
            for a, a_end, b, b_end, quoted in sorted([*whole, *kept])
        )

    def _joined(self) -> list[_Stretch]:
        joined: list[_Stretch] = []
        for run in self.runs:
            both = self.one.quoted[run.a : run.a + run.length] & self.other.quoted[run.b : run.b + run.length]
            edges = [0, *(np.flatnonzero(both[1:] != both[:-1]) + 1).tolist(), run.length]
            for first, last in pairwise(edges):
                a, b, quoted = run.a + first, run.b + first, bool(both[first])
                if joined:
                    a0, a1, b0, b1, before = joined[-1]
                    if before == quoted and 0 <= a - a1 <= 3 and 0 <= b - b1 <= 3:
                        joined[-1] = (a0, run.a + last, b0, run.b + last, quoted)
                        continue
                joined.append((a, run.a + last, b, run.b + last, quoted))
        return joined


def _filled(mine: Reading, theirs: Reading, runs: Sequence[Run], gaps: Sequence[tuple[int, int]], side: int) -> Slots:
    figure = mine.figures
    inside = np.zeros(len(mine), np.bool_)
    for first, last in gaps:
        inside[first:last] = True
    lacking = ~among(mine.stems, theirs.vocabulary[0])
    changed = inside & figure & lacking
    kept = np.zeros(len(mine), np.bool_)
    for run in runs:
        here, there = run[side], run[1 - side]
        places = slice(here, here + run.length)
        differs = figure[places] & (mine.exact[places] != theirs.exact[there : there + run.length])
        changed[places] |= differs
        kept[places] = mine.specific[places] & ~differs
    return Slots(int(changed.sum()), int((inside & mine.named & lacking).sum()), int(kept.sum()))


def _missing(reading: Reading, sentence: SentenceSpan, other: Reading) -> tuple[bool, bool]:
    """Whether a sentence has a name, and a figure, that the other text lacks."""
    words = np.arange(sentence.first, sentence.last)
    words = words[reading.specific[words] & ~among(reading.stems[words], other.vocabulary[0])]
    figures = reading.figures[words]
    return bool((~figures).any()), bool(figures.any())


def _touching(runs: Sequence[_Stretch], stretches: Sequence[_Stretch]) -> list[set[_Stretch]]:
    """For each stretch the runs that share a word with it on either side; no two runs share one."""
    found: list[set[_Stretch]] = [set() for _ in stretches]
    for first in (0, 2):
        ordered = sorted(runs, key=itemgetter(first))
        starts, ends = ([run[k] for run in ordered] for k in (first, first + 1))
        for stretch, met in zip(stretches, found, strict=True):
            met.update(ordered[bisect_right(ends, stretch[first]) : bisect_left(starts, stretch[first + 1])])
    return found


def _within(inner: _Stretch, outer: _Stretch) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1] and outer[2] <= inner[2] and inner[3] <= outer[3]


def _maximal(one: Reading, other: Reading) -> list[Run]:
    """Every maximal common run of at least a shingle's words; one that repeats is taken at its first four places."""
    common = one.grams[2][meeting(one.grams[2], other.grams[2])[0]]
    if not len(common):
        return []
    places = zip(_places(one, common), _places(other, common), strict=True)
    found = np.array(sorted((i - j, i) for mine, theirs in places for i in mine for j in theirs), np.int64)
    breaks = (found[1:, 0] != found[:-1, 0]) | (found[1:, 1] != found[:-1, 1] + 1)
    starts = np.flatnonzero(np.append(True, breaks))
    lengths = np.diff(np.append(starts, len(found)))
    return [
        Run(i, i - diagonal, length + one.shingle - 1)
        for (diagonal, i), length in zip(found[starts].tolist(), lengths.tolist(), strict=True)
    ]


def _places(reading: Reading, common: Hashes) -> list[list[int]]:
    ordered, order, _ = reading.grams
    firsts = np.searchsorted(ordered, common, side="left").tolist()
    lasts = np.searchsorted(ordered, common, side="right").tolist()
    return [order[a : min(b, a + 4)].tolist() for a, b in zip(firsts, lasts, strict=True)]


def _stretches(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """The stretches ``[first, last)`` of True."""
    if flags.all():
        return [(0, len(flags))] if len(flags) else []
    padded = np.concatenate(([False], flags, [False]))
    edges: list[int] = np.flatnonzero(padded[1:] != padded[:-1]).tolist()
    return list(zip(edges[::2], edges[1::2], strict=True))


def _longest(flags: NDArray[np.bool_]) -> int:
    return max((last - first for first, last in _stretches(flags)), default=0)


def _share(part: float, whole: int) -> float:
    return part / whole if whole else 0.0


def _covered(reading: Reading, which: set[int]) -> float:
    words = reading.prose_words
    return _share(sum(words[i] for i in which), sum(words))


def _unsupported(reading: Reading, other: Reading) -> float:
    """A prose sentence is supported where one or two neighbouring sentences of the other hold half of its weight."""
    rows, row_stems = reading.bags
    if not len(rows):
        return 0.0
    theirs, columns = other.said
    a, b = meeting(row_stems, columns)
    held = (rows.take(a, axis=1) @ theirs.take(b, axis=1).T.astype(np.float64)).max(axis=1) / np.maximum(
        reading.heft, 1e-9
    )
    words = np.array(reading.prose_words)
    return float(words[held < 0.5].sum() / words.sum())
