"""An answer as it is read: strictly, by the schema that was asked for, bounded in every direction."""

from __future__ import annotations

import re
from typing import Annotated

import msgspec

from variorum.records import Record, Stance, Status, TollKind
from variorum.records.annotation import TieKind

_Words = Annotated[str, msgspec.Meta(min_length=1, max_length=2_000)]
_Number = Annotated[int, msgspec.Meta(ge=0, le=10**10)]
_FENCE = re.compile(r"\s*```(?:json)?\s*\n(.*)\n\s*```\s*", re.DOTALL)


class Figure(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    kind: TollKind
    low: _Number | None
    high: _Number | None
    words: _Words


class EventAnswer(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    quote: _Words
    trigger: _Words
    type: _Words
    mode: str | None
    status: Status
    actors: Annotated[tuple[_Words, ...], msgspec.Meta(max_length=20)]
    recipients: Annotated[tuple[_Words, ...], msgspec.Meta(max_length=20)]
    figures: Annotated[tuple[Figure, ...], msgspec.Meta(max_length=20)]


class ClaimAnswer(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    quote: _Words
    speaker: _Words
    cue: _Words
    content: _Words
    stance: Stance | None


class LinkAnswer(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    quote: _Words
    kind: TieKind
    words: _Words
    source: _Words
    target: _Words


class Answer(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one answer proposes."""

    events: Annotated[tuple[EventAnswer, ...], msgspec.Meta(max_length=50)]
    claims: Annotated[tuple[ClaimAnswer, ...], msgspec.Meta(max_length=50)]
    links: Annotated[tuple[LinkAnswer, ...], msgspec.Meta(max_length=50)]


def read_answer(text: str) -> Answer:
    """The answer in a text, which may stand in a fence of code. Raises msgspec.ValidationError where it is of another
    form and msgspec.DecodeError where it is no JSON."""
    fenced = _FENCE.fullmatch(text)
    return msgspec.json.decode((fenced[1] if fenced else text).encode("utf-8"), type=Answer)
