"""Accounts into events: the telling ones by quorum linkage, the vague ones where only one event fits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from variorum.linkage import Comparison, Rulings, cluster

from .accounts import Account
from .candidates import Candidates
from .comparison import Comparer, same_event_in_text
from .options import ReconciliationOptions

_FAMED = 2


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
    """The accounts in groups, each one event; independent of their order. What texts are mainly about is grouped first,
    and nothing that one of them tells besides comes between. `rulings` name accounts of `found`."""
    by_id = {account.id: account for account in found}
    comparisons = {
        pair: comparer(by_id[pair[0]], by_id[pair[1]], aligned=pair in proposed.aligned)
        for pair in sorted(proposed.pairs)
    }
    ruled = {id_ for pair in rulings.same for id_ in pair}
    held = {id_ for pair in proposed.aligned for id_ in pair}
    told = ruled | held | comparer.at_length
    vague = {account.id for account in found if account.vague and account.id not in told}
    telling = sorted(by_id.keys() - vague)
    scores = {
        pair: comparison.score
        for pair, comparison in comparisons.items()
        if comparison.veto or _apart(by_id[pair[0]], by_id[pair[1]])
    }
    known = {pair: score for pair, score in scores.items() if not vague & set(pair)}
    heads = frozenset(telling) & comparer.heads
    first = _clustered(heads, {pair: score for pair, score in known.items() if heads >= set(pair)}, rulings, options)
    groups = _clustered(frozenset(telling), known, rulings, options, first)
    return Groups(_assign(sorted(vague), groups, (scores, comparer.heads), rulings, options), comparisons)


def _clustered(
    ids: Set[str],
    scores: Mapping[tuple[str, str], float],
    rulings: Rulings,
    options: ReconciliationOptions,
    begun: Sequence[tuple[str, ...]] = (),
) -> list[tuple[str, ...]]:
    here = Rulings(
        same=frozenset(pair for pair in rulings.same if ids >= set(pair)),
        different=frozenset(pair for pair in rulings.different if ids >= set(pair)),
    )
    limits = {"threshold": options.threshold, "quorum": options.quorum}
    return cluster(sorted(ids), scores, rulings=here, begun=begun, **limits)


def _apart(one: Account, other: Account) -> bool:
    """Whether a score of this pair says something: of two texts, or of one that tells the same of both. What one text
    leaves open is left to others."""
    return one.document != other.document or same_event_in_text(one, other)


def _assign(
    vague: Sequence[str],
    groups: Sequence[tuple[str, ...]],
    known: tuple[Mapping[tuple[str, str], float], Set[str]],
    rulings: Rulings,
    options: ReconciliationOptions,
) -> list[tuple[str, ...]]:
    """Put each vague account into the one group that it fits: a mean score of `threshold` over the compared pairs, no
    veto, and `margin` ahead of any other group, or of those within it the one that over `_FAMED` times as many texts
    lead with: of two events the known one is recalled. `known` are the scores and the main accounts. Groups are as they
    were before any vague account joined, so the order of joining does not show; vague accounts of one document never
    share a group."""
    scores, heads = known
    led = [sum(member in heads for member in members) for members in groups]
    home = {id_: number for number, members in enumerate(groups) for id_ in members}
    against: dict[str, dict[int, list[float]]] = {id_: {} for id_ in vague}
    for (a, b), score in sorted(scores.items()):
        for one, other in ((a, b), (b, a)):
            if one in against and other in home:
                against[one].setdefault(home[other], []).append(score)
    apart = {frozenset(pair) for pair in rulings.different}
    joined: dict[int, list[str]] = {}
    alone: list[tuple[str, ...]] = []
    for id_ in vague:
        ranked = sorted(
            (
                (sum(sorted(found)) / len(found), number)
                for number, found in against[id_].items()
                if min(found) >= 0 and not any(frozenset((id_, other)) in apart for other in groups[number])
            ),
            key=lambda item: (-item[0], item[1]),
        )
        best = ranked[0][0] if ranked else 0.0
        near = sorted((led[number], at) for at, (mean, number) in enumerate(ranked) if best - mean < options.margin)
        if len(near) > 1 and near[-1][0] > _FAMED * near[-2][0] and ranked[near[-1][1]][0] >= options.threshold:
            ranked = [ranked[near[-1][1]]]
        clear = len(ranked) == 1 or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] >= options.margin)
        document = id_.rpartition("#")[0]
        if ranked and clear and ranked[0][0] >= options.threshold:
            mates = joined.setdefault(ranked[0][1], [])
            if all(mate.rpartition("#")[0] != document for mate in mates):
                mates.append(id_)
                continue
        alone.append((id_,))
    grown = [tuple(sorted((*members, *joined.get(number, [])))) for number, members in enumerate(groups)]
    return sorted([*grown, *alone])
