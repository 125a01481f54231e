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
_STRETCH = 1 << 20  # pairs that are looked at together
_AT_ONCE = 2_000  # comparisons that are worded at once
_ENOUGH = 45  # comparisons that explain an event, all of one that ten accounts tell


Pair = tuple[int, int, bool, int]
"""The numbers of two accounts, whether passages vouch for them, and how many rivals either has at least."""

Inside = dict[int, list[Pair]]
"""The pairs within groups, by the groups' numbers, that are not vetoed, in their order; of a group that has more than
enough, the best-scored."""


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
        scored.forget()

    def reasons(self, groups: Iterable[Sequence[str]]) -> Iterator[list[Comparison]]:
        """The comparisons within each of many groups that are not vetoed, in the order of their pairs; of one that has
        more than enough, the best-scored. Any members stand for their group."""
        waiting: list[list[Pair]] = []
        for group in groups:
            waiting.append(self._inside.get(next(self._group[id_] for id_ in group if id_ in self._group), []))
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
        self._aligned = aligned = pairs.among(Pairs.of(pairs.ids, proposed.aligned))
        raw = comparer.scores(pairs, aligned)
        documents = {name: number for number, name in enumerate(sorted({account.document for account in found}))}
        of = np.array([documents[account.document] for account in accounts], dtype=np.int32)
        self._rivals = rivals = _rivals(pairs, raw, of)
        lost = np.array([self._loss(count) for count in range(int(rivals.max(initial=0)) + 1)])
        for at in range(0, len(pairs), _STRETCH):
            part = slice(at, at + _STRETCH)
            raw[part] += lost[_fewest(pairs.ends(at, at + _STRETCH), rivals, (raw[part] == VETO) | aligned[part])]
        self.scores = np.round(raw, 6, out=raw)

    def _crowding(self, count: int) -> float:
        """The logarithm of the number of rivals over the few that say nothing; 0 for these."""
        return round(log(count / self._options.few), 6) if count > self._options.few else 0.0

    def _loss(self, count: int) -> float:
        return -self._options.crowd * self._crowding(count)

    def inside(self, groups: NDArray[np.int64]) -> Inside:
        """The pairs within each group, by the numbers of the accounts' `groups`."""
        low, high = self.pairs.low, self.pairs.high
        within = np.flatnonzero((groups[low] == groups[high]) & (self.scores != VETO))
        found: dict[int, list[int]] = {}
        for at, number in zip(within.tolist(), groups[low[within]].tolist(), strict=True):
            found.setdefault(number, []).append(at)
        for number, places in found.items():
            if len(places) > _ENOUGH:
                found[number] = sorted(sorted(places, key=lambda at: (-self.scores[at], at))[:_ENOUGH])
        kept = np.array([place for places in found.values() for place in places], dtype=np.int64)
        ends, aligned = (low[kept], high[kept]), self._aligned[kept]
        counts = _fewest(ends, self._rivals, aligned)
        pairs = zip(ends[0].tolist(), ends[1].tolist(), aligned.tolist(), counts.tolist(), strict=True)
        return {number: list(islice(pairs, len(places))) for number, places in found.items()}

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
    for at in range(0, len(pairs), _STRETCH):
        low, high = pairs.ends(at, at + _STRETCH)
        across = (raw[at : at + _STRETCH] != VETO) & (of[low] != of[high])
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
