"""Groups of what was judged the same: connected sets, quorum linkage with vetoes, and people's rulings over both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import inf

import numpy as np
from numpy.typing import NDArray

from variorum.records import Record

from .agglomeration import UNIT, VETOED, Edges, Millionths, agglomerate, components, millionths
from .blocking import Numbers, Pairs


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


Flags = NDArray[np.bool_]
VETO = -inf
"""The score of two things that are different whatever else is alike."""


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
    values = millionths(np.array([scores[pair] for pair in pairs], dtype=np.float64))
    return cluster_pairs(pairs, values, threshold=threshold, quorum=quorum, rulings=rulings, begun=begun)


def cluster_pairs(
    pairs: Pairs,
    scores: Millionths,
    *,
    threshold: float,
    quorum: float,
    rulings: Rulings | None = None,
    begun: Sequence[tuple[str, ...]] = (),
    compared: Flags | None = None,
) -> list[tuple[str, ...]]:
    """As `cluster`, of the ids of `pairs`; `scores` stand in their order, in millionths (`millionths`). `compared` says
    which of the pairs count; all where it is None.

    Two groups can only become one where some pair of theirs reaches the threshold. So pairs that no path of such pairs
    ties together are left aside: what a collection refuses costs no linkage.
    """
    rulings = rulings or Rulings()
    place = {id_: number for number, id_ in enumerate(pairs.ids)} if rulings.same or begun else {}
    joined = [(place[a], place[b]) for a, b in sorted(rulings.same)]
    joined += [(place[group[0]], place[other]) for group in begun for other in group[1:]]
    one, other = np.array(joined, dtype=np.int64).reshape(-1, 2).T
    alike = {tuple(sorted(pair)) for pair in rulings.same}
    parted = Pairs.of(pairs.ids, (pair for pair in rulings.different if tuple(sorted(pair)) not in alike))
    edges = _edges(pairs, scores, (one, other), (round(threshold * UNIT), compared), parted)
    labels = agglomerate(edges, components(len(pairs.ids), one, other), threshold=threshold, quorum=quorum)
    order = np.argsort(labels, kind="stable")
    bounds = np.flatnonzero(np.diff(labels[order])) + 1
    return [tuple(pairs.ids[number] for number in group.tolist()) for group in np.split(order, bounds) if len(group)]


def _edges(
    pairs: Pairs,
    scores: Millionths,
    joined: tuple[Numbers, Numbers],
    least: tuple[int, Flags | None],
    parted: Pairs,
) -> Edges:
    """The pairs that paths of pairs which reach the threshold tie together, and those that people parted."""
    compared = least[1]
    reached = np.flatnonzero(scores >= least[0] if compared is None else (scores >= least[0]) & compared)
    low, high = np.divmod(pairs.codes[reached], max(1, len(pairs.ids)))
    tied = components(len(pairs.ids), np.concatenate((joined[0], low)), np.concatenate((joined[1], high)))
    kept = ~pairs.among(parted)
    if compared is not None:
        kept &= compared
    for at, (low, high) in pairs.stretches():
        kept[at] &= tied[low] == tied[high]
    count = int(np.count_nonzero(kept))
    edges = Edges(np.empty(count, np.int32), np.empty(count, np.int32), scores[kept])
    filled = 0
    for at, (low, high) in pairs.stretches():
        mine = kept[at]
        more = filled + int(np.count_nonzero(mine))
        edges.low[filled:more], edges.high[filled:more] = low[mine], high[mine]
        filled = more
    if not len(parted):
        return edges
    vetoes = np.full(len(parted), VETOED, dtype=np.int32)
    return Edges(
        np.concatenate((edges.low, parted.low)),
        np.concatenate((edges.high, parted.high)),
        np.concatenate((edges.scores, vetoes)),
    )
