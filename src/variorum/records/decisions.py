"""Decisions: what people (and machines) ruled on what was made, as an append-only log. Data, never an edit."""

from __future__ import annotations

from typing import Literal, get_args

from .base import Record
from .events import PlaceReading

SamenessAction = Literal["same-event", "different-events", "copy", "not-a-copy"]
Verdict = Literal["accept", "reject", "unsure"]
CorrectionAction = Literal["recode", "fix-span", "fix-speaker"]
DecisionAction = Literal[
    "same-event",
    "different-events",
    "copy",
    "not-a-copy",
    "restore",
    "accept",
    "reject",
    "unsure",
    "recode",
    "fix-span",
    "fix-speaker",
    "not-a-contradiction",
]
CodedField = Literal["type", "mode", "status", "time", "place", "actor", "recipient"]

VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
CORRECTIONS: tuple[CorrectionAction, ...] = get_args(CorrectionAction)
CODED_FIELDS: tuple[CodedField, ...] = get_args(CodedField)


class Former(Record, frozen=True, kw_only=True):
    """An event as it stood when it was ruled on: its id, and the accounts that told it as ``document@start-end``."""

    event: str
    targets: tuple[str, ...]


class Decision(Record, frozen=True, kw_only=True):
    """One ruling. `targets` are ids of documents ("copy", "not-a-copy"), or characters of texts as
    ``document@start-end``: accounts of events by the characters that tell them, of "not-a-contradiction" the words of
    either side, of "fix-span" and "fix-speaker" the words that a layer marks. "restore" takes back the decision whose
    id is its only target. "different-events" and "not-a-copy" tell each target from each other one, or, where there are
    `others`, each target from each of those.

    `field` is what is changed: of "recode" a coded field, of "fix-span" the layer, of "not-a-contradiction" its kind.
    `before` is what the machine had when the ruling was made, `after` what is said instead (both in words, None where
    nothing); of "fix-span" ``start-end``. `place` is the place of "recode" with `field` "place". `was` are the events
    that were ruled on, as they stood: what undoes a merge, and where the ids of events that are gone lead to.

    `at` is the clock's word and no content: replay goes by the order of the log. A person's decision outlives every
    re-run, because its targets are observations and not the events computed from them.
    """

    id: str
    author: str
    at: str
    action: DecisionAction
    targets: tuple[str, ...]
    reason: str = ""
    others: tuple[str, ...] = ()
    field: str | None = None
    before: str | None = None
    after: str | None = None
    place: PlaceReading | None = None
    was: tuple[Former, ...] = ()
