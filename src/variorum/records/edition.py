"""The public outputs: an annotated document and an edition, as ``variorum/1`` JSON has them."""

from __future__ import annotations

from typing import Literal

import msgspec

from .annotation import (
    ActorMention,
    Attribution,
    EventMention,
    EventTie,
    Layer,
    PlaceMention,
    ReferenceTime,
    TimeExpression,
    TollMention,
)
from .base import Record
from .decisions import Decision
from .derivation import Derivation, Origin, Statement
from .documents import Block, Credit
from .events import Claim, Contradiction, Event, Link, Story

SCHEMA: Literal["variorum/1"] = "variorum/1"


class AnnotatedDocument(Record, frozen=True, kw_only=True):
    """One line of ``variorum annotate``. `layers` names the layers that were asked for; the others are empty.
    `supported` is False where the text is in a language that no layer reads."""

    schema: Literal["variorum/1"]
    id: str
    text: str
    published: str | None
    title: str | None
    blocks: tuple[Block, ...]
    times: tuple[TimeExpression, ...]
    places: tuple[PlaceMention, ...]
    actors: tuple[ActorMention, ...]
    attributions: tuple[Attribution, ...]
    tolls: tuple[TollMention, ...]
    events: tuple[EventMention, ...]
    layers: tuple[Layer, ...]
    language: str | None = None
    reference: ReferenceTime | None = None
    rejected: str | None = None
    supported: bool = True
    ties: tuple[EventTie, ...] = ()


class Version(Record, frozen=True, kw_only=True):
    """One of the `of` contents that one address had, by time `number` from 1. `group` is shared by all of them. They
    are never independent of one another by their address alone, nor copies: derivation says what they share."""

    group: str
    url: str
    number: int
    of: int


class EditionDocument(Record, frozen=True, kw_only=True):
    """A document in an edition. `rejected` is the reason in words, None where it was taken."""

    id: str
    story: str | None
    origin: str | None
    rejected: str | None
    source: str
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None
    supported: bool = True
    credits: tuple[Credit, ...] = ()
    corrects: tuple[str, ...] = ()  # the documents of this edition that its correction notices name
    reference: ReferenceTime | None = None
    version: Version | None = None  # where several documents stood at this one's address


class EditionContent(Record, frozen=True, kw_only=True):
    """One edition: ``variorum collate --format json``. `versions` names every model, data file and stage behind it."""

    schema: Literal["variorum/1"]
    documents: tuple[EditionDocument, ...]
    derivations: tuple[Derivation, ...]
    origins: tuple[Origin, ...]
    events: tuple[Event, ...]
    claims: tuple[Claim, ...]
    links: tuple[Link, ...]
    stories: tuple[Story, ...] = ()
    statements: tuple[Statement, ...] = ()
    decisions: tuple[Decision, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    versions: dict[str, str] = msgspec.field(default_factory=dict)
