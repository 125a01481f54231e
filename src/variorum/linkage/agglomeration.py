"""Groups joined two by two, the best-scored first: average linkage with a quorum and vetoes over a sparse graph.

What ties a group to others is a row of numbers, added up anew when the group has grown, and only its best partner
stands in line. A row holds what was scored and nothing else, so neither time nor memory asks for all pairs of a group.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from math import inf
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Millionths = NDArray[np.int32]
"""Scores in whole millionths, so that no order of summing shows, and of millions of pairs each takes four bytes."""

UNIT = 1_000_000
VETOED = int(np.iinfo(np.int32).min)
"""The score of two things that are different whatever else is alike, in millionths."""

_MOST = 2_147_000_000  # the highest score and, below 0, the lowest that is no veto
_REACHED = 31  # bits for the number of compared pairs, above which stands how many of them reach the threshold
_COMPARED = (1 << _REACHED) - 1
_GONE = -1  # the version of a group that another has taken in
_IN_LINE = 1 << 16  # pairs of singles that are taken out of their arrays at once


class Edges(NamedTuple):
    """Scored pairs of numbers, each pair once, the lesser number in `low`; `VETOED` is a veto."""

    low: NDArray[np.integer]
    high: NDArray[np.integer]
    scores: Millionths

    def ordered(self) -> Edges:
        """The pairs by their two numbers."""
        if bool(np.all(self.low[1:] >= self.low[:-1])):
            return self
        order = np.lexsort((self.high, self.low))
        return Edges(self.low[order], self.high[order], self.scores[order])


class _Row(NamedTuple):
    """What ties one group to others: the others, the sums of scores in millionths (``-inf`` under a veto), and how many
    pairs were compared and how many of them reach the threshold."""

    others: NDArray[np.integer]
    totals: NDArray[np.float64]
    counts: Numbers


def millionths(scores: NDArray[np.float64]) -> Millionths:
    """Scores in whole millionths; ``-inf`` becomes `VETOED`."""
    vetoed = scores == -inf
    counted = np.rint(np.clip(scores * UNIT, -_MOST, _MOST)).astype(np.int32)
    counted[vetoed] = VETOED
    return counted


def components(size: int, low: NDArray[np.integer], high: NDArray[np.integer]) -> Numbers:
    """The least number that each number below `size` is tied to by a path of pairs."""
    root = np.arange(size)
    while len(low):
        a, b = root[low], root[high]
        open_ = a != b
        low, high, a, b = low[open_], high[open_], a[open_], b[open_]
        np.minimum.at(root, np.maximum(a, b), np.minimum(a, b))
        while not np.array_equal(above := root[root], root):
            root = above
    return root


def agglomerate(edges: Edges, roots: Numbers, *, threshold: float, quorum: float) -> Numbers:
    """The group of each number, under its least: two groups join where the mean over their compared pairs reaches
    `threshold`, at least `quorum` of all their pairs reach it and none is vetoed; the highest mean first, and of equal
    ones the groups with the least numbers. `roots` are the groups that stand at the beginning, in the same form."""
    linkage = _Agglomeration(edges, roots, threshold, quorum)
    linkage.run()
    return linkage.label


class _Agglomeration:
    """The groups under way. `label` is the group of each number."""

    def __init__(self, edges: Edges, roots: Numbers, threshold: float, quorum: float) -> None:
        size = len(roots)
        self._low, self._high, self._units = edges.ordered()
        self._least = round(threshold * UNIT)
        self._ahead = np.searchsorted(self._low, np.arange(size + 1))
        self._back = np.argsort(self._high, kind="stable").astype(np.int32 if len(self._low) < 1 << 31 else np.int64)
        self._behind = np.concatenate(([0], np.cumsum(np.bincount(self._high, minlength=size))))
        self.label = roots.copy()
        self._threshold, self._quorum = threshold, quorum
        self._sizes = np.bincount(roots, minlength=size).astype(np.float64)
        self._version = np.where(self.label == np.arange(size), 0, _GONE).tolist()
        self._members: dict[int, list[int]] = {}
        self._rows: dict[int, _Row] = {}
        self._heap: list[tuple[float, int, int, int, int, int]] = []
        self._pairs = self._singles()
        for number in np.flatnonzero(self._sizes[roots] > 1).tolist():
            self._members.setdefault(int(roots[number]), []).append(number)
        for group, members in self._members.items():
            rows = [self._single(number) for number in members]
            self._rows[group] = self._added(group, rows)
            self._version[group] = 1
            self._line_up(group)

    def _singles(self) -> Iterator[tuple[float, int, int]]:
        """The pairs of two that stand alone and may join, the first to do so first."""
        single = (self._sizes == 1) & (self.label == np.arange(len(self.label)))
        at = np.flatnonzero(self._units >= self._least)
        at = at[single[self._low[at]] & single[self._high[at]]]
        at = at[np.argsort(-self._units[at], kind="stable")]  # of equal ones the least numbers first
        return self._listed(at)

    def _listed(self, order: Numbers) -> Iterator[tuple[float, int, int]]:
        for start in range(0, len(order), _IN_LINE):
            at = order[start : start + _IN_LINE]
            scores = -(self._units[at] / UNIT)
            yield from zip(scores.tolist(), self._low[at].tolist(), self._high[at].tolist(), strict=True)

    def run(self) -> None:
        """Join groups until none may join. Of two that may, one at least stands in line no later than they do: a pair
        of singles by itself, any other with the group that last grew."""
        heap, version = self._heap, self._version
        pair = next(self._pairs, None)
        while heap or pair is not None:
            if pair is not None and (not heap or pair < heap[0]):
                _, a, b = pair
                if version[a] == version[b] == 0:
                    self._join(a, b)
                pair = next(self._pairs, None)
                continue
            _, a, b, group, own, theirs = heapq.heappop(heap)
            if version[group] != own:
                continue
            if version[a + b - group] == theirs:
                self._join(a, b)
            else:
                self._rows[group] = self._added(group, [self._rows[group]])
                self._line_up(group)

    def _join(self, a: int, b: int) -> None:
        """Take the group `b` into `a`, the one with the lesser number."""
        members = self._members.pop(b, None) or [b]
        self._members.setdefault(a, [a]).extend(members)
        self.label[members] = a
        self._sizes[a] += self._sizes[b]
        self._version[a] += 1
        self._version[b] = _GONE
        rows = [self._rows.pop(a, None) or self._single(a), self._rows.pop(b, None) or self._single(b)]
        self._rows[a] = self._added(a, rows)
        self._line_up(a)

    def _single(self, number: int) -> _Row:
        """The row of one thing, as it was scored."""
        ahead = slice(self._ahead[number], self._ahead[number + 1])
        back = self._back[self._behind[number] : self._behind[number + 1]]
        units = np.concatenate((self._units[ahead], self._units[back]))
        vetoed = units == VETOED
        counts = (~vetoed).astype(np.int64) + ((units >= self._least).astype(np.int64) << _REACHED)
        totals = units.astype(np.float64)
        totals[vetoed] = -inf
        return _Row(np.concatenate((self._high[ahead], self._low[back])), totals, counts)

    def _added(self, group: int, rows: list[_Row]) -> _Row:
        """The rows of a group's parts as one, of the groups as they stand now."""
        others = self.label[np.concatenate([row.others for row in rows])]
        order = np.argsort(others, kind="stable")
        order = order[others[order] != group]
        if not len(order):
            return _Row(others[:0], np.empty(0), np.empty(0, dtype=np.int64))
        others = others[order]
        starts = np.flatnonzero(np.concatenate(([True], others[1:] != others[:-1])))
        totals = np.concatenate([row.totals for row in rows])[order]
        counts = np.concatenate([row.counts for row in rows])[order]
        return _Row(others[starts], np.add.reduceat(totals, starts), np.add.reduceat(counts, starts))

    def _line_up(self, group: int) -> None:
        """Put a group in line with the best of those that it may join."""
        others, totals, counts = self._rows[group]
        reached = counts >> _REACHED
        means = totals / (np.maximum(counts & _COMPARED, 1) * UNIT)
        may = (reached > 0) & (means >= self._threshold)
        may &= reached / (self._sizes[others] * self._sizes[group]) >= self._quorum
        at = np.flatnonzero(may)
        if len(at):
            best = at[np.argmax(means[at])]  # the first of equal ones
            other = int(others[best])
            a, b = (group, other) if group < other else (other, group)
            entry = (-float(means[best]), a, b, group, self._version[group], self._version[other])
            heapq.heappush(self._heap, entry)
