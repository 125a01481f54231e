"""One text's bare mentions ("the attack", "was killed") gathered to the fuller mention that they can only mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from variorum.records import PlaceMention

from .accounts import FINE, Account, Party, narrowed
from .comparison import (
    best_party,
    place_rank,
    roles_crossed,
    same_event_in_text,
    same_place,
    set_apart,
    status_class,
)
from .knowledge import Knowledge
from .moments import Interval

_SPOTS = FINE | {"unknown"}
_NAMED = 0.5  # from here on two parties are called alike, as two unnamed of one name are


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
        apart = {frozenset(pair) for pair in different}
        here: dict[tuple[str, str, str], list[Account]] = {}
        for account in found:
            here.setdefault((account.document, account.type, status_class(account.status)), []).append(account)
        self.units: list[Account] = []
        self.members: dict[str, tuple[str, ...]] = {}
        self.when: dict[str, Interval] = {}
        for _, accounts in sorted(here.items()):
            recalled = accounts[0].type in known.recalled_types
            for members in _gathered(accounts, apart, known) if recalled else [[account] for account in accounts]:
                head = members[0]
                times = [interval for account in members if (interval := narrowed(account, when)) is not None]
                if times:
                    self.when[head.id] = _common(times)
                self.units.append(_folded(head, members) if len(members) > 1 else head)
                self.members[head.id] = tuple(account.id for account in members)
        self.units.sort(key=lambda unit: unit.key)
        self.of = {id_: unit for unit, ids in self.members.items() for id_ in ids}

    def lifted(self, pairs: Iterable[tuple[str, str]]) -> frozenset[tuple[str, str]]:
        """Pairs of mentions as pairs of units, without those inside one unit or of unknown mentions."""
        lifted = ((self.of.get(a), self.of.get(b)) for a, b in pairs)
        return frozenset((min(a, b), max(a, b)) for a, b in lifted if a is not None and b is not None and a != b)


def _gathered(accounts: Sequence[Account], apart: set[frozenset[str]], known: Knowledge) -> list[list[Account]]:
    """The accounts of one text and type in groups, each led by its first full mention. Full mentions join where the
    text tells the same of both; a bare one joins the one group that it can mean; a definite one ("the attack") the
    last told of those that it can mean. Where the text has bare ones only, the first leads."""
    groups: list[list[Account]] = []
    heads = [account for account in accounts if not account.bare] or list(accounts[:1])
    for account in heads:
        homes = [group for group in groups if _fits(account, group, apart, known)]
        same = [group for group in homes if any(same_event_in_text(account, other) for other in group)]
        home = next(iter(same), None) or (_last_told(account, homes) if account.definite else None)
        if home is None:
            groups.append([account])
        else:
            home.append(account)
    for account in accounts:
        if account in heads:
            continue
        homes = [group for group in groups if _fits(account, group, apart, known) and _adds_nothing(account, group)]
        home = homes[0] if len(homes) == 1 else _last_told(account, homes) if account.definite else None
        if home is None:
            groups.append([account])
        else:
            home.append(account)
    return groups


def _adds_nothing(account: Account, group: Sequence[Account]) -> bool:
    """Whether a bare mention tells no particular of its own, or one that its group tells too. One that tells whom it
    hit, where or how many, of which the others say nothing, is as likely another event as the same. A thing that was
    hit may be one of many, and a number where the others give none is theirs."""
    somebody = any(not (p.generic and p.sector is None) for p in (*account.actors, *account.recipients))
    counted = account.figures and any(other.figures for other in group)
    particulars = somebody or counted or _spot(account) is not None
    return not particulars or any(_one_particular(account, other) for other in group)


def _one_particular(one: Account, other: Account) -> bool:
    """Whether two mentions tell one private person, one figure over one, one place, or one party by one name."""
    here, there = _spot(one), _spot(other)
    return (
        bool(one.people & other.people)
        or any(low is not None and low > 1 for _, low, _ in set(one.figures) & set(other.figures))
        or (here is not None and there is not None and same_place(here, there))
        or best_party(one.actors, other.actors) >= _NAMED
        or best_party(one.recipients, other.recipients) >= _NAMED
    )


def _spot(account: Account) -> PlaceMention | None:
    """The place told of a mention itself, where it is no land or region."""
    place = account.place if "place" not in account.inherited else None
    return place if place is not None and place.precision in _SPOTS else None


def _last_told(account: Account, homes: Sequence[list[Account]]) -> list[Account] | None:
    """The group with the nearest mention before an account."""
    start = account.spans[0].start
    told = [
        (max((s.start for other in group for s in other.spans if s.start < start), default=-1), number)
        for number, group in enumerate(homes)
    ]
    at, number = max(told, default=(-1, -1))
    return homes[number] if at >= 0 else None


def _fits(account: Account, group: Sequence[Account], apart: set[frozenset[str]], known: Knowledge) -> bool:
    """Whether nothing sets an account apart from any of a group."""
    return all(
        frozenset((account.id, other.id)) not in apart
        and (account.mode is None or other.mode is None or known.modes_meet(account.type, account.mode, other.mode))
        and not set_apart(account, other)
        and not roles_crossed(account, other)
        for other in group
    )


def _common(times: Sequence[Interval]) -> Interval:
    common = times[0]
    for interval in times[1:]:
        common = common.meet(interval) or common
    return common


def _folded(head: Account, members: Sequence[Account]) -> Account:
    """The head with what its bare mentions add."""
    modes = Counter(account.mode for account in members if account.mode is not None)
    placed = min(
        (account for account in members if account.place is not None),
        key=lambda account: ("place" in account.inherited, place_rank(account.place) if account.place else 0),
        default=head,
    )
    timed = next((account for account in members if account.when is not None), head)
    return replace(
        head,
        spans=tuple(sorted({span for account in members for span in account.spans})),
        mode=min(modes, key=lambda mode: (-modes[mode], mode), default=None),
        when=timed.when,
        time=timed.time,
        place=placed.place,
        loose=timed.loose,
        lent=timed.lent,
        shared=timed.shared,
        inherited=tuple(field for field, account in (("place", placed), ("time", timed)) if field in account.inherited),
        actors=_union(account.actors for account in members),
        recipients=_union(account.recipients for account in members),
        figures=tuple(dict.fromkeys(figure for account in members for figure in account.figures)),
        people=frozenset().union(*(account.people for account in members)),
        names=frozenset().union(*(account.names for account in members)),
        setting=frozenset().union(*(account.setting for account in members)),
        leads=any(account.leads for account in members),
    )


def _union(sides: Iterable[tuple[Party, ...]]) -> tuple[Party, ...]:
    parties: dict[str, Party] = {}
    for side in sides:
        for party in side:
            parties.setdefault(party.key, party)
    return tuple(parties.values())
