"""Accounts into events: linkage over the scores of their comparisons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from variorum.linkage import Comparison, Rulings, cluster

from .accounts import Account
from .candidates import Candidates
from .comparer import Comparer
from .options import ReconciliationOptions


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
    comparer: Comparer,
    rulings: Rulings,
    options: ReconciliationOptions,
) -> Groups:
    """The accounts in groups, each one event; independent of their order. The surest join first, so that what is told
    at length stands before what is only recalled joins the event that it fits best. `rulings` name accounts of
    `found`."""
    by_id = {account.id: account for account in found}
    comparisons = {
        pair: comparer(by_id[pair[0]], by_id[pair[1]], aligned=pair in proposed.aligned)
        for pair in sorted(proposed.pairs)
    }
    scores = {pair: comparison.score for pair, comparison in comparisons.items()}
    limits = {"threshold": options.threshold, "quorum": options.quorum}
    return Groups(cluster(sorted(by_id), scores, rulings=rulings, **limits), comparisons)
