"""Decisions: what people (and machines) ruled about sameness, as an append-only log. Data, never an edit."""

from __future__ import annotations

from typing import Literal

from .base import Record

DecisionAction = Literal["same-event", "different-events", "copy", "not-a-copy", "restore"]


class Decision(Record, frozen=True, kw_only=True):
    """One ruling. `targets` are ids of documents ("copy", "not-a-copy"), or accounts of events as
    ``document@start-end``, by the characters that tell them ("same-event", "different-events"); "restore" takes back
    the decision whose id is its only target. "different-events" and "not-a-copy" tell each target from each other
    one, or, where there are `others`, each target from each of those.

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
