"""Annotation: the stand-off layers over one document. Integers index the lists of the same `Annotation`."""

from __future__ import annotations

from typing import Literal

from .base import Feature, Record, Span
from .proposals import ModelReply, OpenPassage, Proposal

TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
AnchorRelation = Literal["before", "after", "during", "same"]


class ReferenceTime(Record, frozen=True, kw_only=True):
    """What relative times of a document count from.

    `basis` is "published" (its own date), "dateline" (the day of its dateline, where that is another), "family" (the
    range of dates of the documents that share its origin, named in `documents`) or "none". `earliest` and `latest` are
    ISO 8601; equal days where the day is known.
    """

    basis: Literal["published", "dateline", "family", "none"]
    earliest: str | None = None
    latest: str | None = None
    documents: tuple[str, ...] = ()


class TimeAnchor(Record, frozen=True, kw_only=True):
    """A time told from an event: "a little over six hours after the landing".

    `trigger` are the characters that name the event. The time is ``[event + low, event + high]`` hours for "after" and
    the mirror of it for "before"; `high_hours` None is open.
    """

    relation: AnchorRelation
    trigger: Span
    low_hours: float
    high_hours: float | None


class TimeExpression(Record, frozen=True, kw_only=True):
    """A TIMEX3 expression. `value` may hold X for what the text leaves open; bounds are None where open. `zone` is that
    of a clock time, in the text's words ("GMT", "local time"): value and bounds keep the clock's own reading."""

    start: int
    end: int
    text: str
    type: TimeType
    value: str
    earliest: str | None = None
    latest: str | None = None
    anchor: TimeAnchor | None = None
    zone: str | None = None


Precision = Literal["site", "city", "district", "admin1", "country", "region", "unknown"]


class PlaceMention(Record, frozen=True, kw_only=True):
    """A place name as told and as resolved. `country` is ISO 3166 alpha-2. `chosen_by` says how the coordinates came
    about. `relation` and `distance_km` are set where the text gives an area about the place ("20 km north of") or a
    part of it ("in the south of"); `distance_low_km` too where it tells a range ("10 to 15 km")."""

    start: int
    end: int
    text: str
    name: str
    geonameid: int | None = None
    lat: float | None = None
    lon: float | None = None
    country: str | None = None
    admin1: str | None = None
    precision: Precision = "unknown"
    relation: str | None = None
    distance_km: float | None = None
    distance_low_km: float | None = None
    chosen_by: tuple[Feature, ...] = ()


class ActorMention(Record, frozen=True, kw_only=True):
    """One who acts, is acted on, or speaks. `name` is the canonical name and `key` tells whether two mentions are one
    ("IRN:GOV:ministry-foreign-affairs"); `country` ISO 3166 alpha-3; `sector` PLOVER's, primary first.

    `antecedent` indexes the mention that a pronoun or "the ministry" stands for; name, country and sector are then
    the antecedent's. `generic` marks populations and unnamed groups ("three women", "armed groups").
    """

    start: int
    end: int
    text: str
    name: str
    key: str
    country: str | None = None
    sector: str | None = None
    sectors: tuple[str, ...] = ()
    title: str | None = None
    antecedent: int | None = None
    generic: bool = False
    chosen_by: tuple[Feature, ...] = ()


Stance = Literal["asserts", "denies", "threatens", "promises", "demands", "accuses", "doubts"]


class Attribution(Record, frozen=True, kw_only=True):
    """Words or thoughts that the text gives to someone. Each role is a list of spans, in text order.

    `speaker` is the canonical name of the source and `speaker_actor` its actor; None where the text names none.
    `parent` indexes the attribution that this one is told inside of.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    quoted: bool = False
    speaker: str | None = None
    speaker_actor: int | None = None
    stance: Stance | None = None
    parent: int | None = None


TollKind = Literal["killed", "injured", "missing", "captured", "displaced", "casualties"]
TollUpdate = Literal["revised", "former", "added"]


class TollMention(Record, frozen=True, kw_only=True):
    """A stated number of people harmed, bounded as the words bound it; `high` None is open.

    `group` is who they were ("children", "soldiers"); `part_of` indexes the whole that this is a part of. `cue` are
    the characters that say what befell them ("killed"). `uncertain` marks "feared dead" and its kind. `cumulative`
    marks a count over a stretch of time or a whole war ("since October"), which is of no one deed. `speaker` is the
    name of the one on whose word the number stands, also where that runs on over sentences, and `speaker_actor` that
    one's mention; None where the text itself tells it, or where the attributions were not asked for.
    """

    start: int
    end: int
    text: str
    kind: TollKind
    low: int | None
    high: int | None
    group: str | None = None
    part_of: int | None = None
    cue: Span | None = None
    uncertain: bool = False
    cumulative: bool = False
    speaker: str | None = None
    speaker_actor: int | None = None
    update: TollUpdate | None = None
    updates: tuple[int, ...] = ()
    change: int | None = None


Status = Literal["actual", "negated", "hypothetical", "future", "ongoing", "historical"]


class EventMention(Record, frozen=True, kw_only=True):
    """One event of one text, at its most telling mention, with all its `mentions`.

    `type`, `mode` and `contexts` are the ontology's codes. `instrument` and `target` are the characters that name them.
    `explanation` says which words and rules gave which field. `inherited` are the fields that no mention tells: where
    or when the text's other events are.
    """

    start: int
    end: int
    trigger: str
    mentions: tuple[Span, ...]
    type: str
    mode: str | None = None
    actors: tuple[int, ...] = ()
    recipients: tuple[int, ...] = ()
    place: int | None = None
    time: int | None = None
    tolls: tuple[int, ...] = ()
    status: Status = "actual"
    attribution: int | None = None
    instrument: Span | None = None
    target: Span | None = None
    confidence: float = 1.0
    explanation: tuple[Feature, ...] = ()
    contexts: tuple[str, ...] = ()
    inherited: tuple[Literal["place", "time"], ...] = ()


TieKind = Literal["responds-to", "follows", "part-of", "repeats"]


class EventTie(Record, frozen=True, kw_only=True):
    """Words of a text, ``[start, end)``, that tie one happening to another: "in response to", "two days after".

    `source` are the characters that tell what answers (follows, is part of, repeats) and `sources` the events that they
    tell or stand for; `target` and `targets` those of what is answered. Both are empty where no event of the text is
    meant, as where a text names what only others tell. `owner` is the actor whose own words tell the tie where the
    text does so in no attribution ("the ministry calls it a reply to"), `time` the anchored time among the words.
    """

    start: int
    end: int
    kind: TieKind
    source: Span
    target: Span | None
    sources: tuple[int, ...]
    targets: tuple[int, ...]
    owner: int | None = None
    time: int | None = None


Layer = Literal["times", "places", "actors", "attributions", "tolls", "events"]
LAYERS: tuple[Layer, ...] = ("times", "places", "actors", "attributions", "tolls", "events")


class Annotation(Record, frozen=True, kw_only=True):
    """All layers of one document. A layer that was not asked for is empty and absent from `layers`.

    `victims` are named or meant persons told killed or injured, of whom no number is stated: no tolls, but what an
    event is known to have cost at least where no figure is told. `fault` says what broke where a layer could not be
    made: a defect, which must not cost the other documents. `ties` are what the text says of its events' order and
    grounds. `open` are the passages that the rules leave open. Where a model was asked of them, `replies` are what it
    said and `proposals` what became of that; what was accepted stands behind the events, attributions and ties of the
    rules.
    """

    document: str
    reference: ReferenceTime
    times: tuple[TimeExpression, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    actors: tuple[ActorMention, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    tolls: tuple[TollMention, ...] = ()
    events: tuple[EventMention, ...] = ()
    layers: tuple[Layer, ...] = LAYERS
    fault: str | None = None
    victims: tuple[TollMention, ...] = ()
    ties: tuple[EventTie, ...] = ()
    open: tuple[OpenPassage, ...] = ()
    replies: tuple[ModelReply, ...] = ()
    proposals: tuple[Proposal, ...] = ()
