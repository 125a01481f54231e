"""What a language model was asked of passages that the rules leave open, what it said, and what became of it.

A reply is an observation, kept as it came; a proposal is what one reply says in one place, accepted or not. What rests
on an accepted one bears a `Proposed`.
"""

from __future__ import annotations

from typing import Literal

from .base import Record

OpenReason = Literal["untold", "reported", "unknown"]

ReplyFailure = Literal[
    "unreachable",
    "too-slow",
    "http-error",
    "redirected",
    "too-large",
    "not-text",
    "no-answer",
    "refusal",
    "cut-off",
    "another-model",
]
"""Why a reply cannot be used: no connection; no end in time; a status that is none of success; a redirect, which is
never followed; too many bytes; bytes that are no UTF-8; an envelope without an answer; the model's refusal; an answer
that was cut off; an answer of another model than was asked."""

RejectedFor = Literal[
    "no-json",
    "wrong-schema",
    "not-quoted",
    "from-the-prompt",
    "outside-the-passage",
    "ambiguous",
    "speaks-to-machines",
    "unknown-type",
    "no-trigger",
    "status",
    "actor",
    "roles",
    "figure",
    "speaker",
    "polarity",
    "link",
    "coded-already",
    "duplicate",
]
"""By which check a proposal was turned down; docs/models.md says what each asks."""

ProposalKind = Literal["reply", "event", "claim", "link"]


class OpenPassage(Record, frozen=True, kw_only=True):
    """A sentence, ``[start, end)``, of which the rules leave something open: a word that may tell an event and tells
    none ("untold"), words given to someone and no event in them or beside them ("reported"), two who are named and a
    verb that the lexicon does not know ("unknown")."""

    start: int
    end: int
    reason: OpenReason


class ModelReply(Record, frozen=True, kw_only=True):
    """What a model said of the characters ``[start, end)`` of a document, whose SHA-256 is `digest`. `key` is the hash
    of all that it was asked, `prompt` the version of the prompt. `text` is None where there was a `failure`."""

    key: str
    model: str
    prompt: str
    start: int
    end: int
    digest: str
    text: str | None = None
    failure: ReplyFailure | None = None


class Proposal(Record, frozen=True, kw_only=True):
    """One thing that a reply says, or with `kind` "reply" the whole of one that cannot be read. ``[start, end)`` are
    the characters of its quotation where that stands in the passage, else those of the passage. `says` is what was
    proposed, in a line. Accepted, it is number `index` of the annotation's events, attributions (a claim) or ties (a
    link); rejected, `index` is None, `rejected` says by which check and `detail` what was found."""

    kind: ProposalKind
    model: str
    prompt: str
    reply: str
    start: int
    end: int
    says: str
    index: int | None = None
    rejected: RejectedFor | ReplyFailure | None = None
    detail: str = ""


class Proposed(Record, frozen=True, kw_only=True):
    """The mark of what rests on a model's proposal: which model, asked by which version of the prompt, in which reply,
    and the characters of the text that it quoted."""

    model: str
    prompt: str
    reply: str
    document: str
    start: int
    end: int
