"""Accounts into events: linkage over the scores of their comparisons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
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
_AT_ONCE = 2_000  # comparisons that are worded at once
_ENOUGH = 45  # comparisons that explain an event, all of one that ten accounts tell


class Compare(Protocol):
    """How accounts are compared (`Comparer`)."""

    def scores(self, pairs: Pairs, aligned: Flags) -> NDArray[np.float64]: ...

    def explained(self, pairs: Sequence[tuple[Account, Account]], aligned: Sequence[bool]) -> list[Comparison]: ...


class Groups:
    """Which accounts are one event, and the comparisons that say so. A comparison is put in words when it is asked
    for."""

    def __init__(self, groups: Sequence[tuple[str, ...]], scored: _Scored) -> None:
        self.groups = tuple(groups)
        self._scored = scored
        self._group = {id_: number for number, group in enumerate(groups) for id_ in group}
        self._inside = scored.inside(np.array([self._group[id_] for id_ in scored.pairs.ids], dtype=np.int64))

    def reasons(self, groups: Iterable[Sequence[str]]) -> Iterator[list[Comparison]]:
        """The comparisons within each of many groups that are not vetoed, in the order of their pairs; of one that has
        more than enough, the best-scored. Any members stand for their group."""
        waiting: list[list[int]] = []
        for group in groups:
            waiting.append(self._inside.get(next(self._group[id_] for id_ in group if id_ in self._group), []))
            if sum(map(len, waiting)) >= _AT_ONCE:
                yield from self._worded(waiting)
                waiting = []
        yield from self._worded(waiting)

    def _worded(self, waiting: Sequence[Sequence[int]]) -> Iterator[list[Comparison]]:
        worded = iter(self._scored.explained([at for chosen in waiting for at in chosen]))
        yield from (list(islice(worded, len(chosen))) for chosen in waiting)


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
    return Groups(groups, scored)


class _Scored:
    """The scores of all pairs, with what the collection says of each: the more accounts of other texts each of two
    could as well be one with, the less it says that nothing sets them apart. In reports of one crisis an account has a
    dozen such rivals, in a month of a war hundreds, and the odds of any one of them are so much less to begin with."""

    def __init__(
        self, found: Sequence[Account], proposed: Candidates, comparer: Compare, options: ReconciliationOptions
    ) -> None:
        self._comparer, self._options = comparer, options
        self.pairs = pairs = proposed.pairs
        by_id = {account.id: account for account in found}
        self.accounts = accounts = [by_id[id_] for id_ in pairs.ids]
        self._aligned = pairs.among(Pairs.of(pairs.ids, proposed.aligned))
        raw = comparer.scores(pairs, self._aligned)
        documents = {name: number for number, name in enumerate(sorted({account.document for account in found}))}
        of = np.array([documents[account.document] for account in accounts], dtype=np.int32)
        possible = raw != VETO
        across = possible & (of[pairs.low] != of[pairs.high])
        size = len(accounts)
        rivals = np.bincount(pairs.low[across], minlength=size) + np.bincount(pairs.high[across], minlength=size)
        rivals = rivals.astype(np.int32)
        counts = np.minimum(rivals[pairs.low], rivals[pairs.high]) if len(pairs) else rivals[:0]
        counts[~possible] = 0
        counts[self._aligned] = 0
        self._counts = counts
        lost = np.array([self._loss(count) for count in range(int(counts.max(initial=0)) + 1)])
        raw += lost[counts]
        self.scores = np.round(raw, 6, out=raw)

    def _crowding(self, count: int) -> float:
        """The logarithm of the number of rivals over the few that say nothing; 0 for these."""
        return round(log(count / self._options.few), 6) if count > self._options.few else 0.0

    def _loss(self, count: int) -> float:
        return -self._options.crowd * self._crowding(count)

    def inside(self, groups: NDArray[np.int64]) -> dict[int, list[int]]:
        """The places of the pairs within each group that has any, by the numbers of the accounts' `groups`."""
        within = np.flatnonzero((groups[self.pairs.low] == groups[self.pairs.high]) & (self.scores != VETO))
        found: dict[int, list[int]] = {}
        for at, number in zip(within.tolist(), groups[self.pairs.low[within]].tolist(), strict=True):
            found.setdefault(number, []).append(at)
        for number, places in found.items():
            if len(places) > _ENOUGH:
                found[number] = sorted(sorted(places, key=lambda at: (-self.scores[at], at))[:_ENOUGH])
        return found

    def explained(self, chosen: Sequence[int]) -> list[Comparison]:
        """The comparisons of some pairs, by their places among all."""
        ends = [(self.accounts[self.pairs.low[at]], self.accounts[self.pairs.high[at]]) for at in chosen]
        comparisons = self._comparer.explained(ends, [bool(self._aligned[at]) for at in chosen]) if ends else []
        return [self._in_crowd(each, int(self._counts[at])) for each, at in zip(comparisons, chosen, strict=True)]

    def _in_crowd(self, comparison: Comparison, count: int) -> Comparison:
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
