"""Groups of what was judged the same: connected sets, quorum linkage with vetoes, and people's rulings over both."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from math import inf

from variorum.records import Record


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
    rulings = rulings or Rulings()
    forest = Forest(ids)
    for one, other in sorted(rulings.same):
        forest.join(one, other)
    for group in begun:
        for other in group[1:]:
            forest.join(group[0], other)
    linkage = _Linkage(forest, threshold, quorum)
    for (one, other), score in sorted(scores.items()):
        linkage.link(forest.find(one), forest.find(other), score)
    ruled_same = {tuple(sorted(pair)) for pair in rulings.same}
    for one, other in sorted({tuple(sorted(pair)) for pair in rulings.different} - ruled_same):
        linkage.link(forest.find(one), forest.find(other), VETO)
    linkage.run()
    return linkage.groups()


class _Tie:
    """What is known between two groups: the sum of their pairs' scores, how many, how many that reach the threshold,
    and whether any is a veto."""

    __slots__ = ("count", "reached", "total", "vetoed")

    def __init__(self) -> None:
        self.total = self.count = self.reached = 0
        self.vetoed = False

    def add(self, score: float, threshold: float) -> None:
        self.count += 1
        if score == VETO:
            self.vetoed = True
        else:
            self.total += round(score * _UNIT)
            self.reached += score >= threshold

    def take(self, other: _Tie) -> None:
        self.total += other.total
        self.count += other.count
        self.reached += other.reached
        self.vetoed = self.vetoed or other.vetoed


class _Linkage:
    """Agglomeration: the groups under way, each under the id it began with, and what ties each two of them."""

    def __init__(self, forest: Forest, threshold: float, quorum: float) -> None:
        self._threshold = threshold
        self._quorum = quorum
        self._members: dict[str, list[str]] = {group[0]: list(group) for group in forest.groups()}
        self._ties: dict[str, dict[str, _Tie]] = {root: {} for root in self._members}
        self._heap: list[tuple[float, str, str, int, int]] = []
        self._version = dict.fromkeys(self._members, 0)

    def link(self, a: str, b: str, score: float) -> None:
        """One more score between two groups; a pair inside one group says nothing."""
        if a != b:
            tie = self._ties[a].get(b)
            if tie is None:
                tie = self._ties[a][b] = self._ties[b][a] = _Tie()
            tie.add(score, self._threshold)

    def run(self) -> None:
        """Join groups, the best-scored first, until none may join."""
        for a, others in self._ties.items():
            for b in others:
                if a < b:
                    self._push(a, b)
        while self._heap:
            _, a, b, *versions = heapq.heappop(self._heap)
            alive = a in self._members and b in self._members
            if alive and versions == [self._version[a], self._version[b]]:
                self._merge(a, b)

    def groups(self) -> list[tuple[str, ...]]:
        return [tuple(sorted(group)) for _, group in sorted((min(group), group) for group in self._members.values())]

    def _strength(self, a: str, b: str) -> float | None:
        tie = self._ties[a][b]
        if tie.vetoed:
            return None
        mean = tie.total / (tie.count * _UNIT)
        reached = tie.reached / (len(self._members[a]) * len(self._members[b]))
        return mean if mean >= self._threshold and reached >= self._quorum else None

    def _push(self, a: str, b: str) -> None:
        low, high = (a, b) if a < b else (b, a)
        if (value := self._strength(low, high)) is not None:
            heapq.heappush(self._heap, (-value, low, high, self._version[low], self._version[high]))

    def _merge(self, a: str, b: str) -> None:
        self._members[a].extend(self._members.pop(b))
        self._version[a] += 1
        for c, tie in self._ties.pop(b).items():
            del self._ties[c][b]
            if c == a:
                continue
            mine = self._ties[a].get(c)
            if mine is None:
                self._ties[a][c] = self._ties[c][a] = tie
            else:
                mine.take(tie)
        for c in self._ties[a]:
            self._push(a, c)
