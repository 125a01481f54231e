"""One text's bare mentions ("the attack", "was killed") gathered to the fuller mention that they can only mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from variorum.linkage import Forest

from .accounts import Account, Party, narrowed
from .comparison import place_rank, roles_crossed, set_apart, status_class
from .knowledge import Knowledge
from .moments import Interval


class Units:
    """What is compared: accounts with the bare ones of their text folded in. A unit is an account under the id of its
    head; `members` are the ids of its mentions, `when` the time of each unit. `different` are pairs of mentions that
    people or the text's own words tell apart."""

    def __init__(
        self,
        found: Sequence[Account],
        when: Mapping[str, Interval],
        different: frozenset[tuple[str, str]],
        known: Knowledge,
    ) -> None:
        by_id = {account.id: account for account in found}
        forest = Forest(by_id)
        apart = {frozenset(pair) for pair in different}
        here: dict[tuple[str, str, str], list[Account]] = {}
        for account in found:
            here.setdefault((account.document, account.type, status_class(account.status)), []).append(account)
        heads: dict[str, str] = {}
        for _, accounts in sorted(here.items()):
            for bare, head in _folds(accounts, known):
                if frozenset((bare.id, head.id)) not in apart:
                    forest.join(bare.id, head.id)
                    heads[bare.id] = head.id
        self.units: list[Account] = []
        self.members: dict[str, tuple[str, ...]] = {}
        self.when: dict[str, Interval] = {}
        for group in forest.groups():
            members = sorted((by_id[id_] for id_ in group), key=lambda a: a.key)
            head = next(account for account in members if account.id not in heads)
            times = [interval for a in (head, *members) if (interval := narrowed(a, when)) is not None]
            if times:
                self.when[head.id] = _common(times)
            self.units.append(_folded(head, members) if len(members) > 1 else head)
            self.members[head.id] = tuple(account.id for account in members)
        self.of = {id_: unit for unit, ids in self.members.items() for id_ in ids}

    def lifted(self, pairs: Iterable[tuple[str, str]]) -> frozenset[tuple[str, str]]:
        """Pairs of mentions as pairs of units, without those inside one unit or of unknown mentions."""
        lifted = ((self.of.get(a), self.of.get(b)) for a, b in pairs)
        return frozenset((min(a, b), max(a, b)) for a, b in lifted if a is not None and b is not None and a != b)


def _folds(accounts: Sequence[Account], known: Knowledge) -> list[tuple[Account, Account]]:
    """Each bare account with the one fuller account of the text that it can mean; where the text has bare ones only,
    with the first of them."""
    full = [account for account in accounts if not account.bare]
    heads = full or list(accounts[:1])
    folds = []
    for account in accounts:
        if account in heads or (full and not account.bare):
            continue
        fits = [head for head in heads if _compatible(account, head, known)]
        if len(fits) == 1:
            folds.append((account, fits[0]))
    return folds


def _compatible(one: Account, other: Account, known: Knowledge) -> bool:
    modes = one.mode is None or other.mode is None or known.modes_meet(one.type, one.mode, other.mode)
    return modes and not set_apart(one, other) and not roles_crossed(one, other)


def _common(times: Sequence[Interval]) -> Interval:
    common = times[0]
    for interval in times[1:]:
        common = common.meet(interval) or common
    return common


def _folded(head: Account, members: Sequence[Account]) -> Account:
    """The head with what its bare mentions add."""
    ordered = [head, *(account for account in members if account is not head)]
    modes = Counter(account.mode for account in ordered if account.mode is not None)
    places = [account.place for account in ordered if account.place is not None]
    timed = next((account for account in ordered if account.when is not None), head)
    return replace(
        head,
        spans=tuple(sorted({span for account in ordered for span in account.spans})),
        mode=min(modes, key=lambda mode: (-modes[mode], mode), default=None),
        when=timed.when,
        time=timed.time,
        place=min(places, key=place_rank, default=None),
        actors=_union(account.actors for account in ordered),
        recipients=_union(account.recipients for account in ordered),
        figures=tuple(dict.fromkeys(figure for account in ordered for figure in account.figures)),
        people=frozenset().union(*(account.people for account in ordered)),
        names=frozenset().union(*(account.names for account in ordered)),
        setting=frozenset().union(*(account.setting for account in ordered)),
    )


def _union(sides: Iterable[tuple[Party, ...]]) -> tuple[Party, ...]:
    parties: dict[str, Party] = {}
    for side in sides:
        for party in side:
            parties.setdefault(party.key, party)
    return tuple(parties.values())
