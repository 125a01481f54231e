"""Accounts into events: linkage over the scores of their comparisons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import log
from typing import Protocol

import msgspec
import numpy as np
from numpy.typing import NDArray

from variorum.linkage import VETO, Comparison, Pairs, Rulings, cluster_pairs, feature

from .accounts import Account
from .candidates import Candidates
from .options import ReconciliationOptions

Flags = NDArray[np.bool_]


class Compare(Protocol):
    """How two accounts are compared (`Comparer`)."""

    def __call__(self, one: Account, other: Account, *, aligned: bool = False) -> Comparison: ...

    def score(self, one: Account, other: Account, *, aligned: bool = False) -> float: ...


class Groups:
    """Which accounts are one event, and the comparisons that say so. A comparison is put in words when it is asked
    for."""

    def __init__(
        self,
        groups: Sequence[tuple[str, ...]],
        pairs: Pairs,
        compared: Callable[[int, int, int], Comparison],
    ) -> None:
        self.groups = tuple(groups)
        self._pairs = pairs
        self._place = {id_: number for number, id_ in enumerate(pairs.ids)}
        self._compared = compared

    def reasons(self, group: Sequence[str]) -> list[Comparison]:
        """The comparisons within a group, in the order of their pairs."""
        members = sorted(self._place[id_] for id_ in group if id_ in self._place)
        return [
            self._compared(low, high, at)
            for i, low in enumerate(members)
            for high in members[i + 1 :]
            if (at := self._pairs.found(low, high)) is not None
        ]


def group(
    found: Sequence[Account],
    proposed: Candidates,
    comparer: Compare,
    rulings: Rulings,
    options: ReconciliationOptions,
) -> Groups:
    """The accounts in groups, each one event; independent of their order. The surest join first, so that what is told
    at length stands before what is only recalled joins the event that it fits best. `rulings` name accounts of
    `found`."""
    scored = _Scored(found, proposed, comparer, options)
    pairs, scores = proposed.pairs, scored.scores
    held = {id_ for pair in (*rulings.same, *proposed.aligned) for id_ in pair}
    vague = np.array([account.vague and account.id not in held for account in scored.accounts], dtype=bool)
    open_ = _undecided(vague, pairs, scores, options.margin)
    known = (scores == VETO) | ~(open_[pairs.low] | open_[pairs.high])
    groups = cluster_pairs(
        pairs, np.where(known, scores, np.nan), threshold=0.0, quorum=options.quorum, rulings=rulings
    )
    return Groups(groups, pairs, scored.explained)


class _Scored:
    """The scores of all pairs, with what the collection says of each: the more accounts of other texts each of two
    could as well be one with, the less it says that nothing sets them apart. In reports of one crisis an account has a
    dozen such rivals, in a month of a war hundreds, and the odds of any one of them are so much less to begin with."""

    def __init__(
        self, found: Sequence[Account], proposed: Candidates, comparer: Compare, options: ReconciliationOptions
    ) -> None:
        self._comparer, self._aligned, self._options = comparer, proposed.aligned, options
        pairs = proposed.pairs
        by_id = {account.id: account for account in found}
        self.accounts = accounts = [by_id[id_] for id_ in pairs.ids]
        aligned = Pairs.of(pairs.ids, proposed.aligned)
        vouched = {
            at
            for a, b in zip(aligned.low.tolist(), aligned.high.tolist(), strict=True)
            if (at := pairs.found(a, b)) is not None
        }
        ends = zip(pairs.low.tolist(), pairs.high.tolist(), strict=True)
        score = comparer.score
        raw = np.array(
            [score(accounts[a], accounts[b], aligned=at in vouched) for at, (a, b) in enumerate(ends)], dtype=np.float64
        )
        documents = {name: number for number, name in enumerate(sorted({account.document for account in found}))}
        of = np.array([documents[account.document] for account in accounts], dtype=np.int64)
        possible = raw != VETO
        across = possible & (of[pairs.low] != of[pairs.high])
        size = len(accounts)
        rivals = np.bincount(pairs.low[across], minlength=size) + np.bincount(pairs.high[across], minlength=size)
        counts = np.minimum(rivals[pairs.low], rivals[pairs.high]) if len(pairs) else rivals[:0]
        counts[~possible] = 0
        counts[sorted(vouched)] = 0
        self._counts = counts
        lost = np.array([self._loss(count) for count in range(int(counts.max(initial=0)) + 1)])
        self.scores = np.round(raw + lost[counts], 6)

    def _crowding(self, count: int) -> float:
        """The logarithm of the number of rivals over the few that say nothing; 0 for these."""
        return round(log(count / self._options.few), 6) if count > self._options.few else 0.0

    def _loss(self, count: int) -> float:
        return -self._options.crowd * self._crowding(count)

    def explained(self, low: int, high: int, at: int) -> Comparison:
        """The comparison of two accounts by their places, and the place of their pair."""
        one, other = self.accounts[low], self.accounts[high]
        comparison = self._comparer(one, other, aligned=(one.id, other.id) in self._aligned)
        count = int(self._counts[at])
        if count <= self._options.few:
            return comparison
        crowd = feature("rivals", self._crowding(count), -self._options.crowd, f"{count} others would fit either")
        return msgspec.structs.replace(comparison, features=(*comparison.features, crowd))


def _undecided(vague: Flags, pairs: Pairs, scores: NDArray[np.float64], margin: float) -> Flags:
    """The vague accounts that fit two others best which are known to be two events, the one hardly better."""
    fits: dict[int, list[tuple[float, int]]] = {}
    one_vague = vague[pairs.low] != vague[pairs.high]
    for at in np.flatnonzero(one_vague & (scores >= 0.0)).tolist():
        low, high = int(pairs.low[at]), int(pairs.high[at])
        one, other = (low, high) if vague[low] else (high, low)
        fits.setdefault(one, []).append((float(scores[at]), other))
    undecided = np.zeros(len(vague), dtype=bool)
    for one, found in fits.items():
        best = max(score for score, _ in found)
        near = sorted(other for score, other in found if best - score < margin)
        undecided[one] = any(
            (seen := pairs.found(a, b)) is not None and scores[seen] == VETO
            for i, a in enumerate(near)
            for b in near[i + 1 :]
        )
    return undecided
