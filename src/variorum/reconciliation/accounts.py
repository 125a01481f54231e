"""Accounts: event mentions with their indices followed, ready to be compared."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
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

from .knowledge import knowledge
from .moments import DAY, Interval
from .witnesses import Prose, Witnesses

STATE_SECTORS = frozenset({"GOV", "MIL", "COP", "SPY", "LEG", "JUD", "ELI", "EXE"})
FORCES = frozenset({"GOV", "MIL", "SPY"})  # a state's own even where unnamed ("the Ruritanian military")
FINE = frozenset({"site", "city", "district"})
_NAME = re.compile(r"\b[A-Z][\w’'-]+(?:\s+(?:[A-Z]\.\s+)?(?:(?:al|el|bin|de|van|von|del|la)[\s-])?[A-Z][\w’'-]+)*")
_DEFINITE = re.compile(r"\b(?:the|this|that|these|those)\s+(?:[\w’'-]+\s+){0,2}$", re.IGNORECASE)
_DAY = re.compile(
    r"\d{4}|day\b|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|morning|tonight|yesterday|week|month|year|ago",
    re.IGNORECASE,
)
_LEADING = re.compile(r"^(?:The|On|In|At|By|For|From|With|After|Before|And|But|As|When|Of|To|A|An)\s+")
PRIVATE = frozenset({None, "CVL", "UNK"})
_NARROW = 3 * DAY
_WEEK = 6 * DAY  # from which on a number of days is rounded to weeks
_EARLY = 4  # sentences in which a text tells what it is about
_REACH = 2  # sentences from an event to a figure that is its
_SETTING = 12  # sentences in which a text sets its scene
_WHOLE = 60  # sentences of a document that are read for the names of its one event


class Party(Record, frozen=True, kw_only=True):
    """One side of an event. `generic` ones have no name of their own ("the military" of no known state among them);
    `state` marks a state or its organs; `words` are the name's words, for namesakes."""

    name: str
    key: str
    country: str | None
    sector: str | None
    generic: bool
    state: bool
    words: frozenset[str]
    span: Span


_STEM = 5  # letters of a word that its inflections share


class Account(Record, frozen=True, kw_only=True):
    """What one text says of one event, resolved. `id` is ``document#index`` (as decisions name it).

    `when` is what the text says of the time, None where it says nothing; `told` is when the text was written.
    `people` are the keys of private persons about the mention (victims, suspects, witnesses): no state, office or
    known group has them. `names` are the other proper names there, folded, and `setting` the fine places of the text
    about it, by folded name, as towns of one name are easily taken for each other. `words` are the beginnings of the
    words that tell it. `tolls` are all figures, parts with their wholes, and
    `victims` the persons told harmed without one. `definite` mentions ("the attack") recall what
    was told before; `leads` is what the document is about. `loose` times are dated by
    the text's own day ("around 5 p.m.", "that night") or shared with a step of police or courts ("charged Thursday in
    the shooting"). `lent` times stand in no sentence that tells the event, `shared` ones date another event of
    their sentence which recalls this one ("on Monday condemned the raid"). `inherited` are the fields that the
    text tells of its other events alone. `counted` is when it was as counted back from the text's own day, roughly:
    "two weeks after the raid", where that dates no event that is told.
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
    victims: tuple[int, ...]
    people: frozenset[str]
    names: frozenset[str]
    setting: frozenset[str]
    words: frozenset[str] = frozenset()
    definite: bool = False
    leads: bool = False
    loose: bool = False
    lent: bool = False
    shared: bool = False
    inherited: tuple[str, ...] = ()
    counted: Interval | None = None

    @property
    def document(self) -> str:
        return self.key.document

    @property
    def bare(self) -> bool:
        """Whether less than two of time, place, sides and figures are told of it."""
        told = 0
        told += self.when is not None and self.when.width <= _NARROW
        told += self.place is not None and self.place.precision in FINE
        told += any(not party.generic for party in self.actors)
        told += any(not party.generic for party in self.recipients)
        told += any(low is not None and low > 1 for _, low, _ in self.figures)
        return told < 2

    @property
    def vague(self) -> bool:
        """Whether too little is told for the mention to stand for one happening by itself."""
        return self.bare and not self.people


def accounts(witnesses: Witnesses) -> list[Account]:
    """The accounts of all documents, by document id and the mentions' order."""
    found: list[Account] = []
    sets: dict[frozenset[str], frozenset[str]] = {}
    for name in sorted(witnesses.annotations):
        document = witnesses.documents.get(name)
        if document is not None and document.rejected is None:
            annotation = witnesses.annotations[name]
            reading = _Reading(document, annotation, witnesses.prose(name), sets)
            found.extend(reading.account(index, event) for index, event in enumerate(annotation.events))
    return found


class _Reading:
    """One document while its mentions are resolved."""

    def __init__(
        self, document: Document, annotation: Annotation, prose: Prose, sets: dict[frozenset[str], frozenset[str]]
    ) -> None:
        """`sets` are those of all documents so far: equal ones are kept once."""
        self._sets = sets
        self._document = document
        self._annotation = annotation
        self._prose = prose
        told = document.published
        self._told = Interval.of(told, told) or Interval.of(annotation.reference.earliest, annotation.reference.latest)
        self._common = {
            name_key(item.text) for layer in (annotation.places, annotation.times, annotation.actors) for item in layer
        }
        self._people: dict[int, set[str]] = {}
        for actor in annotation.actors:
            number = prose.number(actor.start)
            if number is not None and not actor.generic and actor.sector in PRIVATE and ":PER:" in actor.key:
                self._people.setdefault(number, set()).add(actor.key)
        self._places: dict[int, set[str]] = {}
        for place in annotation.places:
            number = prose.number(place.start)
            if number is not None and place.precision in FINE:
                self._places.setdefault(number, set()).add(name_key(place.name))
        self._names: dict[int, frozenset[str]] = {}
        self._leads = self._leading()
        self._left = self._left_over()
        self._victims = self._harmed()
        known = knowledge()
        self._steps = {
            event.time
            for event in annotation.events
            if event.time is not None and known.is_step(event.type, event.mode)
        }

    def account(self, index: int, event: EventMention) -> Account:
        annotation = self._annotation
        time = annotation.times[event.time] if event.time is not None else None
        spans = tuple(sorted({*event.mentions, Span(event.start, event.end)}))
        tolls = with_parts(annotation.tolls, (*event.tolls, *self._left.get(index, ())))
        about = self._about(index, spans)
        return Account(
            id=f"{self._document.id}#{index}",
            key=MentionKey(document=self._document.id, index=index),
            spans=spans,
            main=spans[spans.index(Span(event.start, event.end))],
            type=event.type,
            mode=event.mode,
            status=event.status,
            when=Interval.of(time.earliest, time.latest) if time is not None else None,
            told=self._told,
            time=time,
            place=annotation.places[event.place] if event.place is not None else None,
            actors=self._parties(event.actors),
            recipients=self._parties(event.recipients),
            words=self._set(span.of(self._document.text)[:_STEM].casefold() for span in spans),
            tolls=tolls,
            figures=tuple(
                (toll.kind, toll.low, toll.high)
                for toll in (annotation.tolls[i] for i in tolls)
                if toll.part_of is None and not toll.uncertain
            ),
            victims=self._victims.get(index, ()),
            people=self._set(key for number in about for key in self._people.get(number, ())),
            definite=self._definite(spans[0].start),
            leads=index in self._leads,
            loose=time is not None and (event.time in self._steps or _DAY.search(time.text) is None),
            lent=time is not None and self._lent(time, spans),
            shared=self._recalled(event),
            inherited=event.inherited,
            counted=self._counted(spans),
            names=self._set(name for number in about for name in self._names_in(number)),
            setting=self._set(id_ for number in about if number < _SETTING for id_ in self._places.get(number, ())),
        )

    def _set(self, members: Iterable[str]) -> frozenset[str]:
        found = frozenset(members)
        return self._sets.setdefault(found, found)

    def _recalled(self, event: EventMention) -> bool:
        """Whether a definite mention has the time of another event, told before it, which is none."""
        if event.time is None or not self._definite(event.start):
            return False
        return any(
            other.time == event.time and other.start < event.start and not self._definite(other.start)
            for other in self._annotation.events
            if self._prose.number(other.start) == self._prose.number(event.start)
        )

    def _counted(self, spans: Iterable[Span]) -> Interval | None:
        """The time of an event that the text counts from to its own day."""
        if self._told is None:
            return None
        for time in self._annotation.times:
            anchor = time.anchor
            if anchor is None or anchor.relation != "after" or anchor.low_hours < DAY / 2:
                continue
            if any(anchor.trigger.overlaps(span) for span in spans):
                high = anchor.high_hours if anchor.high_hours is not None else anchor.low_hours + DAY
                slack = DAY if anchor.low_hours < _WEEK else 3 * DAY
                return Interval(self._told.low - high - slack, self._told.high - anchor.low_hours + slack / 2)
        return None

    def _definite(self, start: int) -> bool:
        return _DEFINITE.search(self._document.text[max(0, start - 40) : start]) is not None

    def _lent(self, time: TimeExpression, spans: Iterable[Span]) -> bool:
        number = self._prose.number(time.start)
        return number is not None and all(self._prose.number(span.start) != number for span in spans)

    def _leading(self) -> frozenset[int]:
        """The events that the whole document is about: the first of its type that happened and is told early."""
        early: dict[str, list[int]] = {}
        for index, event in enumerate(self._annotation.events):
            number = self._prose.number(min(event.mentions)[0]) if event.mentions else None
            if number is not None and number < _EARLY and event.status in ("actual", "ongoing"):
                early.setdefault(event.type, []).append(index)
        return frozenset(indices[0] for indices in early.values())

    def _left_over(self) -> dict[int, list[int]]:
        """Figures that coding gave to no event, by the violent event told last before them, at most two sentences
        back: "The operation resulted in the death of a number of gunmen"."""
        events, tolls = self._annotation.events, self._annotation.tolls
        owned = {i for event in events for i in event.tolls}
        told = sorted(
            (span.start, index)
            for index, event in enumerate(events)
            if event.type == "ASSAULT" and event.status in ("actual", "ongoing", "historical")
            for span in event.mentions
        )
        left: dict[int, list[int]] = {}
        for number, toll in enumerate(tolls):
            if number in owned or toll.part_of is not None:
                continue
            sentence = self._prose.number(toll.start)
            before = [item for item in told if item[0] < toll.end]
            last = self._prose.number(before[-1][0]) if before else None
            if sentence is None or last is None or sentence - last > _REACH:
                continue
            if sentence == last or not self._dated_apart(sentence, events[before[-1][1]]):
                left.setdefault(before[-1][1], []).append(number)
        return left

    def _harmed(self) -> dict[int, tuple[int, ...]]:
        """Persons told harmed, by the violent event told in their sentence, else the one told last before them, else
        the first told at all."""
        told = sorted(
            (span.start, index)
            for index, event in enumerate(self._annotation.events)
            if event.type == "ASSAULT" and event.status in ("actual", "ongoing", "historical")
            for span in event.mentions
        )
        found: dict[int, list[int]] = {}
        for number, victim in enumerate(self._annotation.victims if told else ()):
            sentence = self._prose.number(victim.start)
            here = [item for item in told if sentence is not None and self._prose.number(item[0]) == sentence]
            before = [item for item in told if item[0] < victim.end]
            found.setdefault((here or before[-1:] or told)[0][1], []).append(number)
        return {index: tuple(numbers) for index, numbers in found.items()}

    def _dated_apart(self, sentence: int, event: EventMention) -> bool:
        """Whether a sentence tells a time of its own that is not the event's: a length of time, or another date."""
        times = self._annotation.times
        own = times[event.time] if event.time is not None else None
        when = Interval.of(own.earliest, own.latest) if own is not None else self._told
        for time in times:
            if self._prose.number(time.start) != sentence:
                continue
            if time.type in ("DURATION", "SET"):
                return True
            interval = Interval.of(time.earliest, time.latest)
            if interval is None or when is None:
                continue
            if interval.meet(when) is None or interval.width > max(when.width, _NARROW):
                return True
        return False

    def _parties(self, indices: Iterable[int]) -> tuple[Party, ...]:
        parties: dict[str, Party] = {}
        for index in indices:
            seen = {index}
            actor = told = self._annotation.actors[index]
            while actor.antecedent is not None and actor.antecedent not in seen:
                seen.add(actor.antecedent)
                actor = self._annotation.actors[actor.antecedent]
            person = ":PER:" in actor.key  # who has no office known is no organ of a state
            organs = FORCES if actor.generic else STATE_SECTORS if person else STATE_SECTORS | {None}
            parties.setdefault(
                actor.key,
                Party(
                    name=actor.name,
                    key=actor.key,
                    country=actor.country,
                    sector=actor.sector,
                    generic=actor.generic or (actor.country is None and actor.name.islower()),
                    state=actor.country is not None and actor.sector in organs,
                    words=_name_words(actor.name),
                    span=Span(told.start, told.end),
                ),
            )
        return tuple(parties.values())

    def _about(self, index: int, spans: Iterable[Span]) -> list[int]:
        """The sentences of the mentions and the ones beside them; all where the text is about this one event."""
        wanted: set[int] = set()
        for span in spans:
            number = self._prose.number(span.start)
            if number is not None:
                wanted.update(range(max(0, number - 1), min(len(self._prose.sentences), number + 2)))
        if index in self._leads:
            wanted.update(range(min(len(self._prose.sentences), _WHOLE)))
        return sorted(wanted)

    def _names_in(self, number: int) -> frozenset[str]:
        """Names of several words that no layer knows: streets, schools, firms, operations."""
        if number not in self._names:
            sentence = self._prose.sentences[number]
            text = self._document.text[sentence.start : sentence.end]
            keys = (name_key(_LEADING.sub("", match.group())) for match in _NAME.finditer(text))
            self._names[number] = frozenset(key for key in keys if " " in key and key not in self._common)
        return self._names[number]


@lru_cache(maxsize=65_536)
def _name_words(name: str) -> frozenset[str]:
    return frozenset(name_key(name).split())


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
