"""Groups of what was judged the same: connected sets, quorum linkage with vetoes, and people's rulings over both."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence

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
) -> list[tuple[str, ...]]:
    """Groups of `ids`: two groups become one where the mean score over their *compared* pairs reaches `threshold`,
    at least `quorum` of all their pairs (0 to 1) reach it, and no pair of theirs is vetoed (a score below 0).

    `scores` has unordered pairs, the lesser id first; an absent pair was never compared and counts against the quorum
    alone. The best-scored groups join first (ties by id), so the result does not depend on the order of input.
    Quorum linkage keeps one bridging member (a round-up, a vague mention) from chaining two groups together.
    """
    rulings = rulings or Rulings()
    forest = Forest(ids)
    for one, other in sorted(rulings.same):
        forest.join(one, other)
    members: dict[str, list[str]] = {group[0]: list(group) for group in forest.groups()}
    apart = {tuple(sorted(pair)) for pair in rulings.different}
    ruled_same = {tuple(sorted(pair)) for pair in rulings.same}

    links: dict[str, dict[str, list[float]]] = {root: {} for root in members}
    for (one, other), score in sorted(scores.items()):
        a, b = forest.find(one), forest.find(other)
        if a != b:
            links[a].setdefault(b, []).append(score)
            links[b].setdefault(a, []).append(score)
    for one, other in sorted(apart - ruled_same):
        a, b = forest.find(one), forest.find(other)
        if a != b:
            links[a].setdefault(b, []).append(-1.0)
            links[b].setdefault(a, []).append(-1.0)

    def strength(a: str, b: str) -> float | None:
        found = links[a][b]
        if min(found) < 0:
            return None
        mean = sum(sorted(found)) / len(found)
        reached = sum(score >= threshold for score in found) / (len(members[a]) * len(members[b]))
        return mean if mean >= threshold and reached >= quorum else None

    heap: list[tuple[float, str, str]] = []
    version = dict.fromkeys(members, 0)
    stamps: dict[tuple[str, str], tuple[int, int]] = {}

    def push(a: str, b: str) -> None:
        low, high = (a, b) if a < b else (b, a)
        if (value := strength(low, high)) is not None:
            stamps[low, high] = (version[low], version[high])
            heapq.heappush(heap, (-value, low, high))

    for a, others in links.items():
        for b in others:
            if a < b:
                push(a, b)
    while heap:
        negative, a, b = heapq.heappop(heap)
        if a not in members or b not in members or stamps.get((a, b)) != (version[a], version[b]):
            continue
        if strength(a, b) != -negative:
            continue
        members[a].extend(members.pop(b))
        version[a] += 1
        for c, found in links.pop(b).items():
            del links[c][b]
            if c != a:
                merged = links[a].get(c, []) + found
                links[a][c] = merged
                links[c][a] = merged
        for c in links[a]:
            push(a, c)
    return [tuple(sorted(group)) for _, group in sorted((min(group), group) for group in members.values())]
