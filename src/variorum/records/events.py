"""Events folded from the mentions of many texts, with every reading of every field kept apart."""

from __future__ import annotations

from typing import Literal

import msgspec

from .annotation import Precision, Stance, Status, TollKind
from .base import Evidence, Feature, Record
from .proposals import Proposed

Agreement = Literal["agreed", "single-source", "disputed", "unknown"]


class MentionKey(Record, frozen=True, kw_only=True, order=True):
    """Which event mention of which document: ``index`` into that document's ``events``."""

    document: str
    index: int


class Reading(Record, frozen=True, kw_only=True):
    """One value of a toll, as one speaker gave it. `speaker` None is the reporter's own word, with no source named.

    `as_of` is the date of the words. `superseded_by` names the later reading of the same speaker or outlet that
    replaces it; of wounded who are told dead, the reading that counts them now, which may be of another kind. `parts`
    are the readings of its parts ("three women" of "seven"). `origins` are the independent ones.
    `words` are the figure as its first evidence has it ("more than 3,000 people").
    """

    id: str
    low: int | None
    high: int | None
    speaker: str | None
    as_of: str | None
    superseded_by: str | None = None
    group: str | None = None
    parts: tuple[Reading, ...] = ()
    origins: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    words: str = ""


class Toll(Record, frozen=True, kw_only=True):
    """The readings of one kind of harm. `low`/`high` is the hull of the current ones, `high` None if one is open."""

    kind: TollKind
    low: int | None
    high: int | None
    agreement: Agreement
    readings: tuple[Reading, ...]


class TimeReading(Record, frozen=True, kw_only=True):
    earliest: str | None
    latest: str | None
    words: str
    origins: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class EventTime(Record, frozen=True, kw_only=True):
    """When: bounds that the undisputed readings share, ISO 8601, None where open."""

    earliest: str | None
    latest: str | None
    agreement: Agreement
    readings: tuple[TimeReading, ...] = ()


class PlaceReading(Record, frozen=True, kw_only=True):
    name: str
    country: str | None
    geonameid: int | None
    lat: float | None
    lon: float | None
    precision: Precision
    admin1: str | None = None
    origins: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class EventPlace(Record, frozen=True, kw_only=True):
    name: str
    country: str | None
    geonameid: int | None
    lat: float | None
    lon: float | None
    precision: Precision
    agreement: Agreement
    admin1: str | None = None
    readings: tuple[PlaceReading, ...] = ()


class Participant(Record, frozen=True, kw_only=True):
    """Who took part, resolved: `name` is shown, `key` tells two of a name apart."""

    name: str
    key: str
    country: str | None = None
    sector: str | None = None
    evidence: tuple[Evidence, ...] = ()


class FieldReading(Record, frozen=True, kw_only=True):
    """One value of a field in words, as one speaker gave it: `name` is shown, `key` tells two of a name apart (an
    actor's key, an instrument's words folded, a status). `speaker` None is the reporter's own word. `as_of` is the date
    of the first words that say so."""

    name: str
    key: str
    speaker: str | None
    as_of: str | None
    origins: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class EventField(Record, frozen=True, kw_only=True):
    """Every reading of a field in words. It is disputed where two of its values exclude each other, agreed where two
    origins give one, and unknown where several origins each give another that excludes none."""

    agreement: Agreement
    readings: tuple[FieldReading, ...]


class Event(Record, frozen=True, kw_only=True):
    """One happening as all its accounts tell it. `actors` and `recipients` are names for reading; `participants_…`
    carry the same with keys, countries, sectors and evidence. `readings_…` say on whose word it was they, with that,
    and how things stand; None where no account tells it. `headline` is a sentence made of the coded fields. `proposed`
    is there only where a model proposed accounts of it: a mark for each."""

    id: str
    story: str
    type: str
    mode: str | None
    status: Status
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    time: EventTime | None
    place: EventPlace | None
    tolls: tuple[Toll, ...]
    documents: tuple[str, ...]
    independent_origins: int
    evidence: tuple[Evidence, ...]
    headline: str = ""
    origins: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    participants_actor: tuple[Participant, ...] = ()
    participants_recipient: tuple[Participant, ...] = ()
    mentions: tuple[MentionKey, ...] = ()
    explanation: tuple[Feature, ...] = ()
    contexts: tuple[str, ...] = ()
    readings_actor: EventField | None = None
    readings_instrument: EventField | None = None
    readings_status: EventField | None = None
    proposed: tuple[Proposed, ...] | msgspec.UnsetType = msgspec.UNSET


class Claim(Record, frozen=True, kw_only=True):
    """What someone says, in exact words: `quote`. `event` is the event it is about, None where none is coded.
    `proposed` is there only where a model proposed it in any of its texts."""

    id: str
    speaker: str | None
    stance: Stance | None
    event: str | None
    quote: str
    evidence: tuple[Evidence, ...]
    quoted: bool = False
    as_of: str | None = None
    origins: tuple[str, ...] = ()
    proposed: tuple[Proposed, ...] | msgspec.UnsetType = msgspec.UNSET


ContradictionKind = Literal["number", "role", "place", "date", "polarity", "responsibility"]


class Position(Record, frozen=True, kw_only=True):
    """What one speaker holds in a contradiction, in exact words: `quote`. `speaker` None is the reporter's own word.
    `claim` and `reading` are the ids of what it stands in, None where it is no claim, or no figure."""

    speaker: str | None
    quote: str
    evidence: tuple[Evidence, ...]
    claim: str | None = None
    reading: str | None = None
    as_of: str | None = None
    origins: tuple[str, ...] = ()


class Contradiction(Record, frozen=True, kw_only=True):
    """Two speakers whose words on one event exclude each other. `sentence` says how, with both quotations; a long one
    is cut there. Who denies stands second; nobody is ruled right."""

    id: str
    kind: ContradictionKind
    event: str
    sentence: str
    sides: tuple[Position, ...]


LinkKind = Literal["responds-to", "justified-by", "part-of", "follows", "repeats"]


class Link(Record, frozen=True, kw_only=True, rename={"source": "from", "target": "to"}):
    """`source` answers (is justified by, is part of, follows, repeats) `target`; `words` are what says so.
    `speaker` is the one on whose word it stands, None for the narrator. `proposed` is there only where a model proposed
    it in any of its texts."""

    source: str
    target: str
    kind: LinkKind
    speaker: str | None
    evidence: tuple[Evidence, ...]
    words: str = ""
    proposed: tuple[Proposed, ...] | msgspec.UnsetType = msgspec.UNSET


class Story(Record, frozen=True, kw_only=True):
    """A chain of related events and all that was written of them. Documents without an event belong to none."""

    id: str
    events: tuple[str, ...]
    documents: tuple[str, ...]
    title: str = ""


class Reconciled(Record, frozen=True, kw_only=True):
    """What reconciliation makes of a collection's mentions."""

    events: tuple[Event, ...]
    claims: tuple[Claim, ...]
    links: tuple[Link, ...]
    stories: tuple[Story, ...]
    contradictions: tuple[Contradiction, ...] = ()
