"""Accounts into events: linkage over the scores of their comparisons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from math import log
from typing import NamedTuple, Protocol

import msgspec
import numpy as np
from numpy.typing import NDArray

from variorum.linkage import (
    UNIT,
    VETO,
    VETOED,
    Comparison,
    Millionths,
    Pairs,
    Rulings,
    cluster_pairs,
    feature,
    millionths,
)

from .accounts import Account
from .candidates import Candidates
from .options import ReconciliationOptions

Flags = NDArray[np.bool_]
_AT_ONCE = 2_000  # comparisons that are worded at once
_ENOUGH = 45  # comparisons that explain an event, all of one that ten accounts tell


Pair = tuple[int, int, bool, int]
"""The numbers of two accounts, whether passages vouch for them, and how many rivals either has at least."""


class Inside(NamedTuple):
    """The pairs within groups that are not vetoed, group after group and in their order; of a group that has more than
    enough, the best-scored. Those of the group of a number begin at `begins`."""

    low: NDArray[np.int32]
    high: NDArray[np.int32]
    aligned: Flags
    rivals: NDArray[np.int32]
    begins: NDArray[np.int64]

    def of(self, group: int) -> list[Pair]:
        """Those of one group."""
        at = slice(self.begins[group], self.begins[group + 1])
        columns = self.low[at], self.high[at], self.aligned[at], self.rivals[at]
        return list(zip(*(column.tolist() for column in columns), strict=True))


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
        numbers = np.array([self._group[id_] for id_ in scored.pairs.ids], dtype=np.int32)
        self._inside = scored.inside(numbers, len(self.groups))
        scored.forget()

    def reasons(self, groups: Iterable[Sequence[str]]) -> Iterator[list[Comparison]]:
        """The comparisons within each of many groups that are not vetoed, in the order of their pairs; of one that has
        more than enough, the best-scored. Any members stand for their group."""
        waiting: list[list[Pair]] = []
        for group in groups:
            waiting.append(self._inside.of(next(self._group[id_] for id_ in group if id_ in self._group)))
            if sum(map(len, waiting)) >= _AT_ONCE:
                yield from self._worded(waiting)
                waiting = []
        yield from self._worded(waiting)

    def _worded(self, waiting: Sequence[Sequence[Pair]]) -> Iterator[list[Comparison]]:
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
    pairs, scores = scored.pairs, scored.scores
    held = {id_ for pair in (*rulings.same, *proposed.aligned) for id_ in pair}
    vague = np.array([account.vague and account.id not in held for account in scored.accounts], dtype=bool)
    open_ = _undecided(vague, pairs, scores, options.margin)
    known = scores == VETOED
    for at, (low, high) in pairs.stretches():
        known[at] |= ~(open_[low] | open_[high])
    groups = cluster_pairs(pairs, scores, threshold=0.0, quorum=options.quorum, rulings=rulings, compared=known)
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
        self._aligned = aligned = pairs.among(Pairs.of(pairs.ids, proposed.aligned))
        raw = comparer.scores(pairs, aligned)
        documents = {name: number for number, name in enumerate(sorted({account.document for account in found}))}
        of = np.array([documents[account.document] for account in accounts], dtype=np.int32)
        self._rivals = rivals = _rivals(pairs, raw, of)
        lost = np.array([self._loss(count) for count in range(int(rivals.max(initial=0)) + 1)])
        self.scores: Millionths = np.empty(len(pairs), dtype=np.int32)
        for part, ends in pairs.stretches():
            fewest = _fewest(ends, rivals, (raw[part] == VETO) | aligned[part])
            self.scores[part] = millionths(raw[part] + lost[fewest])

    def _crowding(self, count: int) -> float:
        """The logarithm of the number of rivals over the few that say nothing; 0 for these."""
        return round(log(count / self._options.few), 6) if count > self._options.few else 0.0

    def _loss(self, count: int) -> float:
        return -self._options.crowd * self._crowding(count)

    def inside(self, groups: NDArray[np.int32], count: int) -> Inside:
        """The pairs within each of `count` groups, by the numbers of the accounts' `groups`."""
        parts = [
            part.start + np.flatnonzero((groups[low] == groups[high]) & (self.scores[part] != VETOED))
            for part, (low, high) in self.pairs.stretches()
        ]
        places = np.concatenate(parts) if parts else np.empty(0, dtype=np.int64)
        low, high = np.divmod(self.pairs.codes[places], max(1, len(self.accounts)))
        of = groups[low]
        best = np.lexsort((places, -self.scores[places], of))  # the best of each group first
        firsts = np.searchsorted(of[best], np.arange(count + 1))
        chosen = best[np.arange(len(best)) - firsts[of[best]] < _ENOUGH]
        chosen = chosen[np.lexsort((places[chosen], of[chosen]))]
        ends, aligned = (low[chosen].astype(np.int32), high[chosen].astype(np.int32)), self._aligned[places[chosen]]
        begins = np.searchsorted(of[chosen], np.arange(count + 1))
        return Inside(*ends, aligned, _fewest(ends, self._rivals, aligned), begins)

    def explained(self, chosen: Sequence[Pair]) -> list[Comparison]:
        """The comparisons of some pairs."""
        ends = [(self.accounts[low], self.accounts[high]) for low, high, _, _ in chosen]
        comparisons = self._comparer.explained(ends, [aligned for _, _, aligned, _ in chosen]) if ends else []
        return [self._in_crowd(each, pair[3]) for each, pair in zip(comparisons, chosen, strict=True)]

    def forget(self) -> None:
        """Give up what was known of all pairs: of a large collection they are the most of it."""
        del self.pairs, self.scores, self._aligned

    def _in_crowd(self, comparison: Comparison, count: int) -> Comparison:
        if count <= self._options.few:
            return comparison
        crowd = feature("rivals", self._crowding(count), -self._options.crowd, f"{count} others would fit either")
        return msgspec.structs.replace(comparison, features=(*comparison.features, crowd))


def _rivals(pairs: Pairs, raw: NDArray[np.float64], of: NDArray[np.int32]) -> NDArray[np.int32]:
    """How many accounts of other texts each could be one with."""
    rivals = np.zeros(len(pairs.ids), dtype=np.int32)
    for part, (low, high) in pairs.stretches():
        across = (raw[part] != VETO) & (of[low] != of[high])
        for ends in (low[across], high[across]):
            rivals += np.bincount(ends, minlength=len(rivals)).astype(np.int32)
    return rivals


def _fewest(
    ends: tuple[NDArray[np.int32], NDArray[np.int32]], rivals: NDArray[np.int32], spared: Flags
) -> NDArray[np.int32]:
    """The lesser number of rivals of each pair's two; 0 of those that are `spared`."""
    counts = np.minimum(rivals[ends[0]], rivals[ends[1]])
    counts[spared] = 0
    return counts


def _undecided(vague: Flags, pairs: Pairs, scores: Millionths, margin: float) -> Flags:
    """The vague accounts that fit two others best which are known to be two events, the one hardly better."""
    fits: dict[int, list[tuple[float, int]]] = {}
    for part, (lows, highs) in pairs.stretches():
        rows = np.flatnonzero((vague[lows] != vague[highs]) & (scores[part] >= 0))
        told = (scores[part][rows] / UNIT).tolist()
        for score, low, high in zip(told, lows[rows].tolist(), highs[rows].tolist(), strict=True):
            one, other = (low, high) if vague[low] else (high, low)
            fits.setdefault(one, []).append((score, other))
    undecided = np.zeros(len(vague), dtype=bool)
    for one, found in fits.items():
        best = max(score for score, _ in found)
        near = sorted(other for score, other in found if best - score < margin)
        undecided[one] = any(
            (seen := pairs.found(a, b)) is not None and scores[seen] == VETOED
            for i, a in enumerate(near)
            for b in near[i + 1 :]
        )
    return undecided
