"""What a person should look at first: what is told differently, and how much hangs on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from math import log2
from typing import Literal, NamedTuple

import msgspec

from variorum.exports import wording
from variorum.exports.wording import disputed_fields, proposers
from variorum.records import (
    ONE_ORIGIN,
    Contradiction,
    Derivation,
    EditionDocument,
    Event,
    EventQuery,
    Evidence,
    MentionKey,
    Reading,
    Record,
    TollBounds,
    Verdict,
)

from .edition import Edition
from .proposed import PROPOSALS
from .reviewed import Flag, Reviewed

EntryKind = Literal["event", "copies", "ruling"]
Action = Literal[
    "accept",
    "reject",
    "unsure",
    "recode",
    "fix-span",
    "fix-speaker",
    "merge",
    "split",
    "copies",
    "independent",
    "no-contradiction",
    "undo",
]

ON_EVENTS: tuple[Action, ...] = ("accept", "reject", "unsure", "recode", "fix-span", "fix-speaker", "merge", "split")
ON_COPIES: tuple[Action, ...] = ("copies", "independent")


class QueueOptions(Record, frozen=True, kw_only=True):
    """How the queue is weighed. Set by hand so that a denied strike with many dead comes before a disputed day, and a
    disputed day before a figure that one origin alone tells.

    `contradiction`, `field`, `alone` and `proposed` are what a contradiction, a disputed field that stands in none, a
    heavy toll of a single origin, and accounts that a model proposed weigh; `doubt` is the score below which a
    derivation is worth a look, `heavy` the dead from which a single origin is.
    """

    contradiction: float = 1.0
    field: float = 0.5
    alone: float = 0.25
    proposed: float = 0.25
    doubt: float = 0.65
    heavy: int = 5


class Side(Record, frozen=True, kw_only=True):
    """What one side says, in exact words. `speaker` None is the reporter."""

    speaker: str | None
    words: str
    evidence: tuple[Evidence, ...]


class Point(Record, frozen=True, kw_only=True):
    """One thing to decide in an entry: `kind` is a contradiction's, a field's, or "single source", "proposed", "copy",
    "ruling"; `says` is a sentence. `contradiction` is the id of the one it is."""

    kind: str
    says: str
    sides: tuple[Side, ...] = ()
    contradiction: str | None = None


class Entry(Record, frozen=True, kw_only=True):
    """One task: an event, a pair of documents that may be copies, or a ruling that a re-run finds otherwise. `ids` are
    that event, these documents or that ruling. `score` is `disagreement` times `impact`; the greater comes first."""

    kind: EntryKind
    ids: tuple[str, ...]
    title: str
    points: tuple[Point, ...]
    actions: tuple[Action, ...]
    disagreement: float
    impact: float
    score: float
    verdict: Verdict | None = None

    @property
    def key(self) -> str:
        return "+".join(self.ids)


class Doubts(NamedTuple):
    """What could be asked of an edition, before anybody ruled: entries on events with their accounts, and on pairs of
    documents. It holds as long as the same content is in force."""

    events: tuple[tuple[Entry, tuple[MentionKey, ...]], ...]
    copies: tuple[Entry, ...]

    def copies_left(self, reviewed: Reviewed) -> Iterator[Entry]:
        ruled = reviewed.standing.documents
        pairs = {frozenset(pair) for pair in (*ruled.same, *ruled.different)}
        return (entry for entry in self.copies if frozenset(entry.ids) not in pairs)


def review_queue(edition: Edition, options: QueueOptions | None = None) -> tuple[Entry, ...]:
    """The tasks of an edition, what is most disputed and matters most first; what was left unsure comes last, and what
    was accepted is none."""
    return left_to_ask(doubts(edition, options), edition.reviewed())


def doubts(edition: Edition, options: QueueOptions | None = None) -> Doubts:
    """What `left_to_ask` chooses from, which costs a look at every dispute of the edition."""
    options = options or QueueOptions()
    return Doubts(tuple(_events(edition, options)), tuple(_copies(edition, options)))


def left_to_ask(found: Doubts, reviewed: Reviewed) -> tuple[Entry, ...]:
    """The queue that rulings leave."""
    entries = [*_rulings(reviewed), *found.copies_left(reviewed)]
    for entry, mentions in found.events:
        verdict = reviewed.verdict(mentions)
        if verdict != "accept":
            entries.append(entry if verdict is None else msgspec.structs.replace(entry, verdict=verdict))
    return tuple(sorted(entries, key=lambda entry: (entry.verdict is not None, -entry.score, entry.key)))


def _rulings(reviewed: Reviewed) -> Iterator[Entry]:
    """Rulings that wait, or that the machine now finds otherwise: first of all, for a person was there before."""
    named = {decision.id: decision for decision in reviewed.standing.in_force}
    for flag in reviewed.flags():
        if flag.kind == "agrees":
            continue
        decision = named[flag.decision]
        yield _entry(
            "ruling",
            (flag.decision,),
            f"{decision.author} ruled: {decision.action}",
            [_flagged(flag)],
            ("undo",),
            weights=(2.0, 2.0),
        )


def _flagged(flag: Flag) -> Point:
    return Point(kind="ruling", says=flag.told)


def _events(edition: Edition, options: QueueOptions) -> Iterator[tuple[Entry, tuple[MentionKey, ...]]]:
    at_odds: defaultdict[str, list[Contradiction]] = defaultdict(list)
    for item in edition.each(Contradiction):
        at_odds[item.event].append(item)
    heavy = TollBounds.read(f"killed:{options.heavy}-")
    asked = (
        EventQuery(agreement="disputed"),
        EventQuery(agreement="single-source", tolls=(heavy,)),
    )
    events = {event.id: event for query in asked for event in edition.find(query)}
    events.update((id_, edition.event(id_)) for id_ in sorted(at_odds) if id_ not in events)
    if any(name.startswith(PROPOSALS) for name in edition.versions):
        events.update((event.id, event) for event in edition.each(Event) if event.proposed)
    for event in events.values():
        contradictions = at_odds.get(event.id, [])
        fields = disputed_fields(event)
        open_fields = [field for field in fields if not any(_is_of(item, field) for item in contradictions)]
        points = [_contradicted(item) for item in contradictions] + [_disputed(edition, event, f) for f in open_fields]
        weight = options.contradiction * len(contradictions) + options.field * len(open_fields)
        if event.independent_origins == 1 and _worst(event) >= options.heavy:
            points.append(Point(kind="single source", says=_alone(event)))
            weight += options.alone
        if models := proposers(event):
            says = (
                f"{len(event.proposed or ())} of {len(event.mentions)} mentions were proposed by {', '.join(models)}."
            )
            points.append(Point(kind="proposed", says=says))
            weight += options.proposed
        if points:
            actions = (*ON_EVENTS, "no-contradiction") if contradictions else ON_EVENTS
            title = event.headline or event.type
            yield _entry("event", (event.id,), title, points, actions, (weight, _impact(event))), event.mentions


def _is_of(item: Contradiction, field: str) -> bool:
    """Whether a contradiction is on a field as `disputed_fields` names it."""
    of = {"date": "time", "place": "place", "number": "tolls"}.get(item.kind)
    return of == (field if field in ("time", "place") else "tolls")


def _contradicted(item: Contradiction) -> Point:
    sides = tuple(Side(speaker=side.speaker, words=side.quote, evidence=side.evidence) for side in item.sides)
    return Point(kind=item.kind, says=item.sentence, sides=sides, contradiction=item.id)


def _disputed(edition: Edition, event: Event, field: str) -> Point:
    sides: list[Side] = []
    if field == "time" and event.time is not None:
        sides = [Side(speaker=None, words=each.words, evidence=each.evidence) for each in event.time.readings]
    elif field == "place" and event.place is not None:
        sides = [Side(speaker=None, words=each.name, evidence=each.evidence) for each in event.place.readings]
    for toll in event.tolls:
        if toll.kind == field:
            current = [reading for reading in toll.readings if reading.superseded_by is None]
            sides = [Side(speaker=each.speaker, words=_figure(each), evidence=each.evidence) for each in current]
    what = {"time": "When it was", "place": "Where it was"}.get(field, f"How many were {field}")
    return Point(kind=field, says=f"{what} is told differently.", sides=tuple(sides))


def _figure(reading: Reading) -> str:
    """A figure in the words of its text, else its bounds."""
    return reading.words or f"{reading.low if reading.low is not None else '?'}–{reading.high or '?'}"


def _alone(event: Event) -> str:
    reports = f"{len(event.documents)} report{'s' * (len(event.documents) != 1)}"
    return f"{_worst(event):,} or more are told killed, in {reports} of one origin."


def _worst(event: Event) -> int:
    """The least number that some reading of the killed gives at most."""
    return max(
        (reading.low or 0 for toll in event.tolls if toll.kind == "killed" for reading in toll.readings), default=0
    )


def _impact(event: Event) -> float:
    """How much hangs on an event: the harm told of it, and how many tell it. Both count by their order of magnitude."""
    harm = max((reading.high or reading.low or 0 for toll in event.tolls for reading in toll.readings), default=0)
    return 1 + log2(1 + harm) / 2 + log2(1 + len(event.documents))


def _copies(edition: Edition, options: QueueOptions) -> Iterator[Entry]:
    @cache
    def told(document: str) -> int:
        return edition.count(EventQuery(documents=(document,)))

    for item in edition.each(Derivation):
        pair = (item.source, item.target)
        if item.kind not in ONE_ORIGIN or item.score >= options.doubt:
            continue
        names = [_name(edition.edition_document(id_)) for id_ in pair]
        how = wording.derivation(item.kind)
        says = f"{names[0]} and {names[1]} are taken for one witness ({how}, score {item.score:.2f})."
        points = [Point(kind="copy", says=f"{says} {'; '.join(item.evidence)}".rstrip())]
        weights = (1 - item.score, log2(2 + told(item.source) + told(item.target)))
        yield _entry("copies", pair, f"{names[0]} and {names[1]}", points, ON_COPIES, weights)


def _name(document: EditionDocument) -> str:
    return document.outlet or document.title or document.source


def _entry(
    kind: EntryKind,
    ids: tuple[str, ...],
    title: str,
    points: Sequence[Point],
    actions: tuple[Action, ...],
    weights: tuple[float, float],
) -> Entry:
    disagreement, impact = weights
    return Entry(
        kind=kind,
        ids=ids,
        title=title,
        points=tuple(points),
        actions=actions,
        disagreement=round(disagreement, 3),
        impact=round(impact, 3),
        score=round(disagreement * impact, 3),
    )
