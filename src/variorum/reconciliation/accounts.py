"""Accounts: event mentions with their indices followed, ready to be compared."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from math import inf

from variorum.records import (
    Annotation,
    Document,
    EventMention,
    MentionKey,
    PlaceMention,
    Record,
    Span,
    Status,
    TimeExpression,
    TollMention,
)
from variorum.world.names import name_key

from .moments import DAY, Interval
from .witnesses import Prose, Witnesses

STATE_SECTORS = frozenset({"GOV", "MIL", "COP", "SPY", "LEG", "JUD", "ELI", "EXE"})
FINE = frozenset({"site", "city", "district"})
_NAME = re.compile(r"\b[A-Z][\w’'-]+(?:\s+(?:[A-Z]\.\s+)?(?:(?:al|el|bin|de|van|von|del|la)[\s-])?[A-Z][\w’'-]+)*")
_NARROW = 3 * DAY


class Party(Record, frozen=True, kw_only=True):
    """One side of an event. `state` marks a state or its organs; `words` are the name's words, for namesakes."""

    name: str
    key: str
    country: str | None
    sector: str | None
    generic: bool
    state: bool
    words: frozenset[str]
    span: Span


class Account(Record, frozen=True, kw_only=True):
    """What one text says of one event, resolved. `id` is ``document#index`` (as decisions name it).

    `when` is what the text says of the time, None where it says nothing; `told` is when the text was written.
    `names` are the folded proper names about the mention. `tolls` are all figures, parts with their wholes.
    """

    id: str
    key: MentionKey
    spans: tuple[Span, ...]
    main: Span
    type: str
    mode: str | None
    status: Status
    when: Interval | None
    told: Interval | None
    time: TimeExpression | None
    place: PlaceMention | None
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    tolls: tuple[int, ...]
    figures: tuple[tuple[str, int | None, int | None], ...]
    names: frozenset[str]

    @property
    def document(self) -> str:
        return self.key.document

    @property
    def vague(self) -> bool:
        """Whether too little is said for the mention to stand for one happening by itself."""
        told = 0
        told += self.when is not None and self.when.width <= _NARROW
        told += self.place is not None and self.place.precision in FINE
        told += any(not party.generic for party in self.actors)
        told += any(not party.generic for party in self.recipients)
        told += any(low is not None and low > 1 for _, low, _ in self.figures)
        return told < 2 and len(self.names) < 2


def accounts(witnesses: Witnesses) -> list[Account]:
    """The accounts of all documents, by document id and the mentions' order."""
    found: list[Account] = []
    for name in sorted(witnesses.annotations):
        document = witnesses.documents.get(name)
        if document is not None and document.rejected is None:
            annotation = witnesses.annotations[name]
            reading = _Reading(document, annotation, witnesses.prose(name))
            found.extend(reading.account(index, event) for index, event in enumerate(annotation.events))
    return found


class _Reading:
    """One document while its mentions are resolved."""

    def __init__(self, document: Document, annotation: Annotation, prose: Prose) -> None:
        self._document = document
        self._annotation = annotation
        self._prose = prose
        told = document.published
        self._told = Interval.of(told, told) or Interval.of(annotation.reference.earliest, annotation.reference.latest)
        self._lead = min((event.start for event in annotation.events), default=-1)
        self._common = {name_key(place.text) for place in annotation.places} | {
            name_key(time.text) for time in annotation.times
        }
        self._sentence_names: dict[int, frozenset[str]] = {}

    def account(self, index: int, event: EventMention) -> Account:
        annotation = self._annotation
        time = annotation.times[event.time] if event.time is not None else None
        spans = tuple(sorted({*event.mentions, Span(event.start, event.end)}))
        tolls = with_parts(annotation.tolls, event.tolls)
        return Account(
            id=f"{self._document.id}#{index}",
            key=MentionKey(document=self._document.id, index=index),
            spans=spans,
            main=Span(event.start, event.end),
            type=event.type,
            mode=event.mode,
            status=event.status,
            when=Interval.of(time.earliest, time.latest) if time is not None else None,
            told=self._told,
            time=time,
            place=annotation.places[event.place] if event.place is not None else None,
            actors=self._parties(event.actors),
            recipients=self._parties(event.recipients),
            tolls=tolls,
            figures=tuple(
                (toll.kind, toll.low, toll.high)
                for toll in (annotation.tolls[i] for i in tolls)
                if toll.part_of is None and not toll.uncertain
            ),
            names=self._names(spans),
        )

    def _parties(self, indices: Iterable[int]) -> tuple[Party, ...]:
        parties: dict[str, Party] = {}
        for index in indices:
            seen = {index}
            actor = told = self._annotation.actors[index]
            while actor.antecedent is not None and actor.antecedent not in seen:
                seen.add(actor.antecedent)
                actor = self._annotation.actors[actor.antecedent]
            state = actor.country is not None and (actor.sector is None or actor.sector in STATE_SECTORS)
            parties.setdefault(
                actor.key,
                Party(
                    name=actor.name,
                    key=actor.key,
                    country=actor.country,
                    sector=actor.sector,
                    generic=actor.generic,
                    state=state and not actor.generic,
                    words=frozenset(name_key(actor.name).split()),
                    span=Span(told.start, told.end),
                ),
            )
        return tuple(parties.values())

    def _names(self, spans: Iterable[Span]) -> frozenset[str]:
        """Proper names in the sentences of the mentions and the ones beside them."""
        wanted: set[int] = set()
        for span in spans:
            number = self._prose.number(span.start)
            if number is not None:
                wanted.update(range(max(0, number - 1), min(len(self._prose.sentences), number + 2)))
        return frozenset().union(*(self._names_in(number) for number in wanted))

    def _names_in(self, number: int) -> frozenset[str]:
        if number not in self._sentence_names:
            sentence = self._prose.sentences[number]
            text = self._document.text[sentence.start : sentence.end]
            names = set()
            for match in _NAME.finditer(text):
                words = match.group().split()
                opens = not any(c.isalnum() for c in text[: match.start()])
                if len(words) == 1 and opens:
                    continue
                key = name_key(match.group())
                if key and key not in self._common:
                    names.add(key)
            self._sentence_names[number] = frozenset(names)
        return self._sentence_names[number]


def with_parts(tolls: tuple[TollMention, ...], chosen: Iterable[int]) -> tuple[int, ...]:
    """The chosen figures and every part of them, in text order."""
    found = set(chosen)
    grown = True
    while grown:
        parts = {i for i, toll in enumerate(tolls) if toll.part_of in found} - found
        found |= parts
        grown = bool(parts)
    return tuple(sorted(found, key=lambda i: (tolls[i].start, tolls[i].end)))


def narrowed(account: Account, when: Mapping[str, Interval]) -> Interval | None:
    """The account's time as it stands after events have bound each other; None where it is open on both sides."""
    interval = when.get(account.id, account.when)
    if interval is None or (interval.low == -inf and interval.high == inf):
        return None
    return interval
