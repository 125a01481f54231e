"""Groups of what was judged the same: connected sets, quorum linkage with vetoes, and people's rulings over both."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from math import inf

import numpy as np
from numpy.typing import NDArray

from variorum.records import Record

from .blocking import Pairs


class Forest:
    """Disjoint sets of ids; the root of a set is its least id, whatever the order of joins."""

    def __init__(self, ids: Iterable[str] = ()) -> None:
        self._parent: dict[str, str] = {id_: id_ for id_ in ids}

    def find(self, id_: str) -> str:
        root = id_
        while (above := self._parent.setdefault(root, root)) != root:
            root = above
        while id_ != root:
            self._parent[id_], id_ = root, self._parent[id_]
        return root

    def join(self, one: str, other: str) -> None:
        low, high = sorted((self.find(one), self.find(other)))
        self._parent[high] = low

    def groups(self) -> list[tuple[str, ...]]:
        """The sets, each sorted, in the order of their least ids."""
        members: dict[str, list[str]] = {}
        for id_ in sorted(self._parent):
            members.setdefault(self.find(id_), []).append(id_)
        return [tuple(group) for _, group in sorted(members.items())]


VETO = -inf
"""The score of two things that are different whatever else is alike."""
_UNIT = 1_000_000  # scores are counted in millionths, so that no order of summing shows


class Rulings(Record, frozen=True, kw_only=True):
    """What people decided: pairs that are one, pairs that are not. They outweigh every score and veto."""

    same: frozenset[tuple[str, str]] = frozenset()
    different: frozenset[tuple[str, str]] = frozenset()


def cluster(
    ids: Sequence[str],
    scores: Mapping[tuple[str, str], float],
    *,
    threshold: float,
    quorum: float,
    rulings: Rulings | None = None,
    begun: Sequence[tuple[str, ...]] = (),
) -> list[tuple[str, ...]]:
    """Groups of `ids`: two groups become one where the mean score over their *compared* pairs reaches `threshold`,
    at least `quorum` of all their pairs (0 to 1) reach it, and no pair of theirs is vetoed (`VETO`).

    `scores` has unordered pairs, the lesser id first; an absent pair was never compared and counts against the quorum
    alone. The best-scored groups join first (ties by id), so the result does not depend on the order of input.
    `begun` are groups that stand already. Quorum linkage keeps one bridging member (a round-up, a vague mention) from
    chaining two groups together.
    """
    pairs = Pairs.of(ids, scores)
    values = np.array([scores[pair] for pair in pairs], dtype=np.float64)
    return cluster_pairs(pairs, values, threshold=threshold, quorum=quorum, rulings=rulings, begun=begun)


def cluster_pairs(
    pairs: Pairs,
    scores: NDArray[np.float64],
    *,
    threshold: float,
    quorum: float,
    rulings: Rulings | None = None,
    begun: Sequence[tuple[str, ...]] = (),
) -> list[tuple[str, ...]]:
    """As `cluster`, of the ids of `pairs`; `scores` stand in their order, NaN for what was not compared.

    Two groups can only become one where some pair of theirs reaches the threshold. So pairs that no path of such pairs
    ties together are left aside: what a collection refuses costs no linkage.
    """
    rulings = rulings or Rulings()
    place = {id_: number for number, id_ in enumerate(pairs.ids)}
    joined = [(place[a], place[b]) for a, b in sorted(rulings.same)]
    joined += [(place[group[0]], place[other]) for group in begun for other in group[1:]]
    parted = sorted({tuple(sorted(pair)) for pair in rulings.different} - {tuple(sorted(p)) for p in rulings.same})
    reached = np.flatnonzero(scores >= threshold)
    tied = _Roots(len(pairs.ids))
    for one, other in joined:
        tied.join(one, other)
    lone = tied.all()
    for one, other in zip(pairs.low[reached].tolist(), pairs.high[reached].tolist(), strict=True):
        tied.join(one, other)
    roots = tied.all()
    kept = np.flatnonzero((roots[pairs.low] == roots[pairs.high]) & ~np.isnan(scores))
    linkage = _Linkage(lone.tolist(), threshold, quorum)
    values, low, high = scores[kept], pairs.low[kept], pairs.high[kept]
    refused, compared = values == VETO, values != VETO
    reach = (values[compared] >= threshold).tolist()
    linkage.part(low[refused], high[refused])
    ends = np.array([(place[a], place[b]) for a, b in parted], dtype=np.int64).reshape(-1, 2)
    linkage.part(ends[:, 0], ends[:, 1])
    units = np.rint(values[compared] * _UNIT).astype(np.int64).tolist()
    ties = [(unit << _TOTAL) + (_ONE + 1 if reaches else _ONE) for unit, reaches in zip(units, reach, strict=True)]
    linkage.link(lone[low[compared]], lone[high[compared]], ties)
    linkage.run()
    return [tuple(pairs.ids[number] for number in group) for group in linkage.groups()]


class _Roots:
    """Disjoint sets of the numbers below a bound; the root of a set is its least number."""

    def __init__(self, size: int) -> None:
        self._above = list(range(size))

    def join(self, one: int, other: int) -> None:
        a, b = self._root(one), self._root(other)
        if a < b:
            self._above[b] = a
        else:
            self._above[a] = b

    def all(self) -> NDArray[np.int64]:
        """The root of each number."""
        return np.array([self._root(number) for number in range(len(self._above))], dtype=np.int64)

    def _root(self, number: int) -> int:
        above = self._above
        while (up := above[number]) != number:
            above[number] = number = above[up]
        return number


# What is known between two groups is one number, so that ties are added by adding and are no objects to be traced: how
# many of their pairs reach the threshold, above that how many were compared, and above that the sum of their scores.
_COUNT, _TOTAL = 32, 64
_ONE, _ALL = 1 << _COUNT, (1 << _COUNT) - 1


class _Linkage:
    """Agglomeration: the groups under way, each under the number it began with, what ties each two of them, and the
    things that each must stay apart from."""

    def __init__(self, roots: Sequence[int], threshold: float, quorum: float) -> None:
        self._roots = roots
        self._threshold = threshold
        self._quorum = quorum
        self._members: dict[int, list[int]] = {}
        for number, root in enumerate(roots):
            self._members.setdefault(root, []).append(number)
        self._ties: dict[int, dict[int, int]] = {root: {} for root in self._members}
        self._apart: dict[int, set[int]] = {root: set() for root in self._members}
        self._heap: list[tuple[float, int, int, int]] = []

    def part(self, ones: NDArray[np.int64], others: NDArray[np.int64]) -> None:
        """Vetoes between things. One inside a group says nothing."""
        for mine, theirs in ((ones, others), (others, ones)):
            order = np.argsort(mine, kind="stable")
            numbers, starts = np.unique(mine[order], return_index=True)
            for number, group in zip(numbers.tolist(), np.split(theirs[order], starts[1:]), strict=False):
                self._apart[self._roots[number]].update(group.tolist())

    def link(self, ones: NDArray[np.int64], others: NDArray[np.int64], ties: Sequence[int]) -> None:
        """Scores between groups, with their ties; one inside a group says nothing."""
        held = self._ties
        for a, b, tie in zip(ones.tolist(), others.tolist(), ties, strict=True):
            if a != b:
                known = held[a].get(b, 0) + tie
                held[a][b] = held[b][a] = known

    def run(self) -> None:
        """Join groups, the best-scored first, until none may join. A tie that has changed since it was put in line has
        been put there again; one that has not keeps its mean, while the groups may have grown over its quorum, or taken
        in what stands against it."""
        for a, others in self._ties.items():
            for b, tie in others.items():
                if a < b and tie & _ALL:
                    self._push(a, b, tie)
        while self._heap:
            _, a, b, tie = heapq.heappop(self._heap)
            if a in self._members and self._ties[a].get(b) == tie and self._may(a, b, tie):
                self._merge(a, b)

    def groups(self) -> list[tuple[int, ...]]:
        return sorted(tuple(sorted(group)) for group in self._members.values())

    def _may(self, a: int, b: int, tie: int) -> bool:
        enough = (tie & _ALL) / (len(self._members[a]) * len(self._members[b])) >= self._quorum
        return enough and self._apart[a].isdisjoint(self._members[b])

    def _push(self, a: int, b: int, tie: int) -> None:
        mean = (tie >> _TOTAL) / ((tie >> _COUNT & _ALL) * _UNIT)
        if mean >= self._threshold and self._may(a, b, tie):
            heapq.heappush(self._heap, (-mean, a, b, tie) if a < b else (-mean, b, a, tie))

    def _merge(self, a: int, b: int) -> None:
        self._members[a].extend(self._members.pop(b))
        self._apart[a] |= self._apart.pop(b)
        ties = self._ties[a]
        for c, tie in self._ties.pop(b).items():
            mine = self._ties[c]
            del mine[b]
            if c == a:
                continue
            known = ties.get(c, 0) + tie
            ties[c] = mine[a] = known
            if known & _ALL:
                self._push(a, c, known)
