"""The log of decisions, replayed: which are in force, and what they rule for mentions and for documents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations, pairwise, product

import msgspec

from variorum.errors import DecisionError
from variorum.linkage import Forest, Rulings
from variorum.records import (
    CODED_FIELDS,
    CORRECTIONS,
    LAYERS,
    VERDICTS,
    Decision,
    DecisionAction,
    Record,
    Span,
    Verdict,
)

from .targets import target

Pair = tuple[str, str]
_MENTIONS: tuple[DecisionAction, DecisionAction] = ("same-event", "different-events")
_DOCUMENTS: tuple[DecisionAction, DecisionAction] = ("copy", "not-a-copy")
_SAMENESS = frozenset({*_MENTIONS, *_DOCUMENTS})


class Standing(Record, frozen=True, kw_only=True):
    """What a log comes to. `mentions` rule events (accounts as ``document@start-end``), `documents` rule derivation;
    `in_force` are the decisions that hold, in the order of the log. `verdicts` are the last word on each account that
    was accepted, rejected or left unsure; `corrections` change what layers or coding say, a later one what an earlier
    one said; `no_contradictions` tell what is none."""

    mentions: Rulings = Rulings()
    documents: Rulings = Rulings()
    in_force: tuple[Decision, ...] = ()
    verdicts: dict[str, Verdict] = msgspec.field(default_factory=dict)
    corrections: tuple[Decision, ...] = ()
    no_contradictions: tuple[Decision, ...] = ()

    @property
    def rejected(self) -> tuple[str, ...]:
        """The accounts that are no events, as ``document@start-end``."""
        return tuple(sorted(name for name, verdict in self.verdicts.items() if verdict == "reject"))


def replay(decisions: Sequence[Decision]) -> Standing:
    """Replay a log from its first decision to its last.

    "restore" takes back the decision that it names; taking back a "restore" puts that decision in force again. A
    decision that contradicts those in force before it (the same pair ruled one and two, also by way of others: a is
    b, b is c, a is not c) raises `DecisionError`; so do a repeated id, a "restore" of what is not in the log or is
    taken back already, a ruling of sameness on fewer than two targets, one on an account that is not named as `target`
    reads, and a correction that does not say of what or what instead.
    """
    in_force: dict[str, Decision] = {}
    log: dict[str, Decision] = {}
    for decision in decisions:
        if decision.id in log:
            raise DecisionError(f"decision {decision.id} is in the log twice")
        if decision.action == "restore":
            _restore(decision, log, in_force)
        else:
            _fits(decision)
        log[decision.id] = decision
        in_force[decision.id] = decision
        _check(decision, log, in_force)
    standing = tuple(item for item in log.values() if item.id in in_force and item.action != "restore")
    return Standing(
        mentions=_rulings(standing, *_MENTIONS),
        documents=_rulings(standing, *_DOCUMENTS),
        in_force=standing,
        verdicts={
            name: verdict
            for item in standing
            for verdict in VERDICTS
            if item.action == verdict
            for name in item.targets
        },
        corrections=tuple(item for item in standing if item.action in CORRECTIONS),
        no_contradictions=tuple(item for item in standing if item.action == "not-a-contradiction"),
    )


def _fits(decision: Decision) -> None:
    if decision.action not in _SAMENESS:
        _says_enough(decision)
        return
    if len({*decision.targets, *decision.others}) < 2:
        raise DecisionError(f"decision {decision.id} ({decision.action}) needs two different targets")
    if decision.others and not decision.action.startswith(("different", "not")):
        raise DecisionError(f"decision {decision.id} ({decision.action}) tells nothing apart: it takes no `others`")
    if decision.action in _MENTIONS:
        for words in (*decision.targets, *decision.others):
            target(words)


def _says_enough(decision: Decision) -> None:
    """Raise where a verdict or a correction does not say of which words, of which field, or what instead."""
    named = f"decision {decision.id} ({decision.action})"
    if not decision.targets or decision.others:
        raise DecisionError(f"{named} is on some characters of texts, and on nothing beside them")
    for words in decision.targets:
        target(words)
    match decision.action:
        case "recode":
            if decision.field not in CODED_FIELDS:
                raise DecisionError(f"{named} is on one of {', '.join(CODED_FIELDS)}, not on {decision.field!r}")
            if decision.field == "place" and decision.after is not None and decision.place is None:
                raise DecisionError(f"{named} says no place")
            if decision.field in ("type", "status") and not decision.after:
                raise DecisionError(f"{named} leaves the event without a {decision.field}")
        case "fix-span":
            if decision.field not in LAYERS or len(decision.targets) != 1:
                raise DecisionError(f"{named} is on one stretch of one of {', '.join(LAYERS)}")
            span_of(decision)
        case "not-a-contradiction":
            if len(decision.targets) != 2:
                raise DecisionError(f"{named} is on the words of two sides")


def span_of(decision: Decision) -> Span:
    """The characters that "fix-span" gives instead. Raises DecisionError where it gives none."""
    start, _, end = (decision.after or "").partition("-")
    if not (start.isdecimal() and end.isdecimal() and int(start) < int(end)):
        raise DecisionError(f"decision {decision.id} (fix-span) gives {decision.after!r}, not start-end")
    return Span(int(start), int(end))


def _restore(decision: Decision, log: dict[str, Decision], in_force: dict[str, Decision]) -> None:
    if len(decision.targets) != 1:
        raise DecisionError(f"decision {decision.id} (restore) names {len(decision.targets)} decisions, not one")
    (name,) = decision.targets
    if name not in log:
        raise DecisionError(f"decision {decision.id} takes back {name}, which is not in the log")
    if name not in in_force:
        raise DecisionError(f"decision {decision.id} takes back {name}, which is taken back already")
    taken = in_force.pop(name)
    if taken.action == "restore":
        (original,) = taken.targets
        in_force[original] = log[original]


def _check(decision: Decision, log: dict[str, Decision], in_force: dict[str, Decision]) -> None:
    """Raise where the decisions in force rule one pair both ways."""
    standing = [item for item in log.values() if item.id in in_force]
    for same, different in (_MENTIONS, _DOCUMENTS):
        rulings = _rulings(standing, same, different)
        forest = Forest()
        for one, other in sorted(rulings.same):
            forest.join(one, other)
        for one, other in sorted(rulings.different):
            if forest.find(one) == forest.find(other):
                raise DecisionError(
                    f"decision {decision.id} ({decision.action}) contradicts one in force: {one} and {other} are ruled "
                    f"both {same} and {different}; take that one back first"
                )


def _rulings(decisions: Iterable[Decision], same: DecisionAction, different: DecisionAction) -> Rulings:
    alike: set[Pair] = set()
    apart: set[Pair] = set()
    for decision in decisions:
        if decision.action == same:
            alike |= joined(decision.targets)
        elif decision.action == different:
            apart |= told_apart(decision.targets, decision.others)
    return Rulings(same=frozenset(alike), different=frozenset(apart))


def joined(targets: Iterable[str]) -> set[Pair]:
    """Pairs that make all targets one: neighbours are enough, since sameness carries over."""
    return set(pairwise(sorted(set(targets))))


def told_apart(targets: Iterable[str], others: Iterable[str]) -> set[Pair]:
    """Pairs, the lesser first, that are ruled different: each target from each of `others`, or from each other."""
    ones, rest = sorted(set(targets)), sorted(set(others))
    found = product(ones, rest) if rest else combinations(ones, 2)
    return {(min(a, b), max(a, b)) for a, b in found if a != b}
