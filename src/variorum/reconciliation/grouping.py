"""Accounts into events: linkage over the scores of their comparisons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from math import log
from typing import Protocol

import msgspec

from variorum.linkage import VETO, Comparison, Rulings, cluster, feature

from .accounts import Account
from .candidates import Candidates
from .options import ReconciliationOptions


class Compare(Protocol):
    """How two accounts are compared (`Comparer`)."""

    def __call__(self, one: Account, other: Account, *, aligned: bool = False) -> Comparison: ...


class Groups:
    """Which accounts are one event, and the comparisons that say so."""

    def __init__(self, groups: Sequence[tuple[str, ...]], comparisons: Mapping[tuple[str, str], Comparison]) -> None:
        self.groups = tuple(groups)
        self._comparisons = comparisons

    def reasons(self, group: Sequence[str]) -> list[Comparison]:
        """The comparisons within a group, in the order of their pairs."""
        members = sorted(group)
        pairs = ((a, b) for i, a in enumerate(members) for b in members[i + 1 :])
        return [self._comparisons[pair] for pair in pairs if pair in self._comparisons]


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
    by_id = {account.id: account for account in found}
    comparisons = _in_their_crowd(
        {
            pair: comparer(by_id[pair[0]], by_id[pair[1]], aligned=pair in proposed.aligned)
            for pair in sorted(proposed.pairs)
        },
        by_id,
        proposed.aligned,
        options,
    )
    held = {id_ for pair in (*rulings.same, *proposed.aligned) for id_ in pair}
    vague = {account.id for account in found if account.vague} - held
    scores = {pair: comparison.score for pair, comparison in comparisons.items()}
    open_ = _undecided(vague, scores, options.margin)
    known = {pair: score for pair, score in scores.items() if score == VETO or not open_ & set(pair)}
    return Groups(cluster(sorted(by_id), known, threshold=0.0, quorum=options.quorum, rulings=rulings), comparisons)


def _in_their_crowd(
    comparisons: Mapping[tuple[str, str], Comparison],
    by_id: Mapping[str, Account],
    aligned: Set[tuple[str, str]],
    options: ReconciliationOptions,
) -> dict[tuple[str, str], Comparison]:
    """The comparisons, with what the collection says of each: the more accounts of other texts each of two could as
    well be one with, the less it says that nothing sets them apart. In reports of one crisis an account has a dozen
    such rivals, in a month of a war hundreds, and the odds of any one of them are so much less to begin with."""
    rivals: Counter[str] = Counter()
    for (one, other), comparison in comparisons.items():
        if comparison.veto is None and by_id[one].document != by_id[other].document:
            rivals.update((one, other))
    found = dict(comparisons)
    for pair, comparison in comparisons.items():
        count = min(rivals[pair[0]], rivals[pair[1]])
        if comparison.veto is None and count > options.few and pair not in aligned:
            crowd = feature("rivals", log(count / options.few), -options.crowd, f"{count} others would fit either")
            found[pair] = msgspec.structs.replace(comparison, features=(*comparison.features, crowd))
    return found


def _undecided(vague: Set[str], scores: Mapping[tuple[str, str], float], margin: float) -> frozenset[str]:
    """The vague accounts that fit two others best which are known to be two events, the one hardly better."""
    fits: dict[str, list[tuple[float, str]]] = {}
    for (a, b), score in scores.items():
        for one, other in ((a, b), (b, a)):
            if one in vague and other not in vague and score >= 0.0:
                fits.setdefault(one, []).append((score, other))
    undecided = set()
    for id_, found in fits.items():
        best = max(score for score, _ in found)
        near = sorted(other for score, other in found if best - score < margin)
        if any(scores.get((a, b)) == VETO for i, a in enumerate(near) for b in near[i + 1 :]):
            undecided.add(id_)
    return frozenset(undecided)
