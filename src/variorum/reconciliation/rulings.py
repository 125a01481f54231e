"""People's rulings on events, brought to the accounts of one run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from variorum.linkage import Rulings
from variorum.records import Decision
from variorum.review import Target, joined, replay, target, told_apart

from .accounts import Account

_MENTIONS = ("same-event", "different-events")


def mention_rulings(decisions: Sequence[Decision], found: Sequence[Account]) -> Rulings:
    """The rulings in force among the accounts `found`; what no account here is told by waits for one. Raises
    `DecisionError` where the log contradicts itself."""
    of_document: dict[str, list[Account]] = {}
    for account in sorted(found, key=lambda a: a.key):
        of_document.setdefault(account.document, []).append(account)
    same: set[tuple[str, str]] = set()
    different: set[tuple[str, str]] = set()
    for decision in replay(decisions).in_force:
        if decision.action not in _MENTIONS:
            continue
        targets, others = (_accounts(names, of_document) for names in (decision.targets, decision.others))
        if decision.action == "same-event":
            same |= joined(targets)
        elif not decision.others or others:
            different |= told_apart(targets, others)
    return Rulings(same=frozenset(same), different=frozenset(different))


def without_rejected(found: Sequence[Account], decisions: Sequence[Decision]) -> list[Account]:
    """The accounts but those that a person ruled to be no events."""
    of_document: dict[str, list[Account]] = {}
    for account in sorted(found, key=lambda a: a.key):
        of_document.setdefault(account.document, []).append(account)
    out = set(_accounts(replay(decisions).rejected, of_document))
    return [account for account in found if account.id not in out]


def _accounts(names: Iterable[str], of_document: dict[str, list[Account]]) -> list[str]:
    """The ids of the accounts that `names` mean, of those that are here."""
    targets = [target(name) for name in names]
    found = (account_at(each, of_document.get(each.document, ())) for each in targets)
    return [account.id for account in found if account is not None]


def account_at(named: Target, accounts: Sequence[Account]) -> Account | None:
    """The account of a text that is told by the characters of a target: one whose trigger they are, or else the first
    that is told by any of them."""
    exact = (account for account in accounts if account.main == named.span)
    touched = (account for account in accounts if any(span.overlaps(named.span) for span in account.spans))
    return next(exact, None) or next(touched, None)
