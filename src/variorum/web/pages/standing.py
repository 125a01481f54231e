"""Whether what is shown is the machine's, was ruled on by a person, or is in dispute."""

from __future__ import annotations

from dataclasses import dataclass

from variorum.exports import wording
from variorum.pipeline import Edition
from variorum.records import Decision, Event


@dataclass(frozen=True)
class Standing:
    """How an event stands: `rulings` are people's decisions on it, without any it is the machine's alone; `disputed`
    names what its accounts disagree on. `is_accepted` where a person accepted each of its accounts; rulings on a field
    or on one account leave the others as the machine made them."""

    rulings: tuple[Decision, ...] = ()
    disputed: tuple[str, ...] = ()
    is_accepted: bool = False

    @property
    def is_reviewed(self) -> bool:
        return bool(self.rulings)

    def on(self, *fields: str) -> tuple[Decision, ...]:
        """The rulings that set one of these coded fields."""
        return tuple(each for each in self.rulings if each.action == "recode" and each.field in fields)


class Standings:
    """How the events of one snapshot stand. The log is read once, and of an edition without rulings nothing more."""

    def __init__(self, edition: Edition) -> None:
        self._reviewed = edition.reviewed() if edition.decisions else None

    def of(self, event: Event, *, contradicted: bool = False) -> Standing:
        """`contradicted` where two speakers' words on it exclude each other."""
        fields = wording.disputed_fields(event)
        if contradicted and not fields:
            fields = ["claims"]
        if self._reviewed is None:
            return Standing(disputed=tuple(fields))
        accepted = self._reviewed.is_accepted(event)
        return Standing(rulings=self._reviewed.of_event(event), disputed=tuple(fields), is_accepted=accepted)
