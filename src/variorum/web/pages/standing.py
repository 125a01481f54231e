"""Whether what is shown is the machine's, was ruled on by a person, or is in dispute."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from variorum.exports import wording
from variorum.pipeline import Edition
from variorum.records import Decision, Event, EventQuery
from variorum.review import replay, target

_OF_EVENTS = {
    "same-event": "ruled one event with another account",
    "different-events": "ruled apart from another account",
}


@dataclass(frozen=True)
class Ruling:
    """A person's decision in force that touches an event, in words."""

    id: str
    author: str
    at: str
    action: str
    reason: str


@dataclass(frozen=True)
class Standing:
    """How an event stands: `rulings` are people's decisions on it, without any it is the machine's alone; `disputed`
    names what its accounts disagree on."""

    rulings: tuple[Ruling, ...] = ()
    disputed: tuple[str, ...] = ()

    @property
    def is_reviewed(self) -> bool:
        return bool(self.rulings)


class Standings:
    """How the events of one snapshot stand. The log is read once, and of an edition without rulings nothing more."""

    def __init__(self, edition: Edition) -> None:
        self._rulings: defaultdict[str, list[Ruling]] = defaultdict(list)
        for decision in replay(edition.decisions).in_force:
            if decision.action in _OF_EVENTS:
                for event in _touched(edition, decision):
                    self._rulings[event].append(_ruling(decision))

    def of(self, event: Event, *, contradicted: bool = False) -> Standing:
        """`contradicted` where two speakers' words on it exclude each other."""
        fields = wording.disputed_fields(event)
        if contradicted and not fields:
            fields = ["claims"]
        return Standing(rulings=tuple(self._rulings.get(event.id, ())), disputed=tuple(fields))


def _touched(edition: Edition, decision: Decision) -> list[str]:
    """The events that are told by the characters that a decision names, in the edition's order."""
    found: dict[str, None] = {}
    for words in (*decision.targets, *decision.others):
        named = target(words)
        for event in edition.find(EventQuery(documents=(named.document,))):
            if any(
                item.document == named.document and item.start < named.span.end and named.span.start < item.end
                for item in event.evidence
            ):
                found[event.id] = None
    return list(found)


def _ruling(decision: Decision) -> Ruling:
    return Ruling(decision.id, decision.author, decision.at, _OF_EVENTS[decision.action], decision.reason)
