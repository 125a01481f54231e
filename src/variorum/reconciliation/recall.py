"""Which event of the whole collection the words of a tie name, where their own text does not tell it at length.

"Ten days after the ferry was seized": the ferry's seizure may be told by other texts alone. The words are held against
every event that the answer could be to, by what they say of kind, day, place and sides; the time between the two
counts most. Only a clear best is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from math import inf, log2
from typing import NamedTuple

from variorum.records import Annotation, Span
from variorum.world.names import name_key

from .accounts import FINE, Account
from .knowledge import Knowledge
from .moments import DAY, Interval
from .witnesses import Witnesses

_LEAST = 1.0  # what the words must say for an event
_MARGIN = 0.3  # and how far ahead of any other
_STEM = 5
_NARROW = 4 * DAY
_FAR = 60 * DAY
_STRETCH = 15 * DAY  # of the shelves of events by time
_MOST = 24  # stretches that an event may stand in
_SAME = re.compile(r"\b(?:the same|likewise|similar)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{4,}")
_PLACE, _DAY_MET, _LAG_MET, _WORDS, _SIDES, _TYPE, _KIN = 0.6, 0.8, 1.0, 0.4, 0.3, 0.5, 0.25


class Asked(NamedTuple):
    """What is looked for: the `phrase` of a document that names it, the account that it was coded as, if any, the
    event that came after it, and the least and most hours between, None where the words give none. `like` words name
    an event of the kind of the one that came after it ("the second such blast")."""

    document: str
    phrase: Span
    account: Account | None
    source: str
    lag: tuple[float, float] | None
    like: bool = False


class _Profile(NamedTuple):
    """What all accounts of an event tell."""

    types: frozenset[str]
    words: frozenset[str]
    places: frozenset[str]
    sides: frozenset[str]
    actors: frozenset[str]
    documents: frozenset[str]
    when: Interval | None
    told: Interval | None
    happened: bool


class Recall:
    """Looks up events by what words say of them. `when` are the times of events."""

    def __init__(
        self,
        members: Mapping[str, Sequence[Account]],
        when: Mapping[str, Interval],
        witnesses: Witnesses,
        knowledge: Knowledge,
    ) -> None:
        self._witnesses = witnesses
        self._kindred = knowledge.kindred_types | knowledge.near_types
        self._profiles = {event: _profile(accounts, when.get(event)) for event, accounts in sorted(members.items())}
        self._shelves = {name: _Shelf() for name in ("told", "when")}
        for event, profile in self._profiles.items():
            if profile.happened:
                marks = [(side, mark) for side in profile.sides for mark in ("", *profile.types, *profile.words)]
                self._shelves["told"].add(event, marks, profile.told)
                self._shelves["when"].add(event, marks, profile.when)

    def is_alone(self, event: str, document: str) -> bool:
        """Whether no other document tells an event."""
        return self._profiles[event].documents == {document}

    def is_same(self, document: str, phrase: Span) -> bool:
        """Whether words name what they tell by its being the same: "after Peru took the same step"."""
        return _SAME.search(self._witnesses.text(document, phrase)) is not None

    def find(self, asked: Asked) -> str | None:
        """The event that the words name; None where none or several may be meant."""
        annotation = self._witnesses.annotations[asked.document]
        told = _Phrase.of(asked, annotation, self._witnesses.text(asked.document, asked.phrase))
        source = self._profiles[asked.source]
        if asked.like:
            told = told._replace(places=told.places or source.places, sides=told.sides or source.sides)
        here = self._here(asked.document)
        acting = frozenset(_sides([asked.account], acting=True)) if asked.account is not None else frozenset()
        scores = sorted(
            (
                (score, event)
                for event in self._near(asked, told, source, here)
                if (score := self._score(event, asked, (told, source, acting, here))) is not None
            ),
            key=lambda item: (-item[0], item[1]),
        )
        if not scores or scores[0][0] < _LEAST:
            return None
        clear = len(scores) == 1 or scores[0][0] - scores[1][0] >= _MARGIN
        return scores[0][1] if clear else None

    def _near(self, asked: Asked, told: _Phrase, source: _Profile, here: Interval | None) -> set[str]:
        """The events that may be meant: of a side, of a kind or told in a word, and of a time that are asked for. Any
        other would be refused when it is scored."""
        marks: Iterable[str] = ("",)
        if asked.like:
            marks = source.types
        elif asked.account is not None:
            marks = {asked.account.type, *self._kin(asked.account.type)}
        elif asked.lag is None:
            marks = told.words
        shelf, time = self._shelves["told"], here
        if asked.lag is not None:
            shelf, time = self._shelves["when"], _counted(source.when, asked.lag)
        elif here is not None:
            time = Interval(here.low - _FAR, here.high + _FAR)
        sides = source.sides | told.sides
        return shelf.of(((side, mark) for side in sides for mark in marks), time)

    def _kin(self, type_: str) -> frozenset[str]:
        return frozenset().union(*(pair for pair in self._kindred if type_ in pair))

    def _score(
        self, event: str, asked: Asked, about: tuple[_Phrase, _Profile, frozenset[str], Interval | None]
    ) -> float | None:
        """What speaks for an event; None where something speaks against it. `about` is what the phrase says, what is
        known of the event that came after, who acted in the one that is asked for, and when the text was written."""
        known, (told, source, acting, here) = self._profiles[event], about
        if event == asked.source or not known.happened or known.documents == {asked.document}:
            return None
        if asked.lag is None and here is not None and known.told is not None and here.gap(known.told) > _FAR:
            return None  # told so long from a text that bare words do not recall it
        kind, time = self._kind(known, asked, told, acting), _time(known, asked, told, source)
        if kind is None or time is None:
            return None
        if asked.like and not (source.when and known.when and known.when.high <= source.when.low):
            return None
        place = 0.0
        if told.places and known.places:
            place = _PLACE if told.places & known.places else -_PLACE
        sides = _SIDES * bool(told.sides & known.sides)
        return 0.1 * log2(len(known.documents)) + kind + time + place + sides

    def _kind(self, known: _Profile, asked: Asked, told: _Phrase, acting: frozenset[str]) -> float | None:
        """What the type that the words were coded as, those who acted, and the words themselves say."""
        words = _WORDS * min(2, len(told.words & known.words))
        if asked.like:
            return words + _TYPE if self._profiles[asked.source].types & known.types else None
        if asked.account is None:
            return words if words or asked.lag is not None else None
        if acting and known.actors and not acting & known.actors:
            return None
        if asked.account.type in known.types:
            return words + _TYPE
        return words + _KIN if self._kin(asked.account.type) & known.types else None

    def _here(self, document: str) -> Interval | None:
        """When a text was written."""
        published = self._witnesses.documents[document].published
        return Interval.of(published, published)


class _Shelf:
    """Events by marks and by the stretches of time that they touch, so that those of a time are found without reading
    all. What has no time, or lasts long, stands in every stretch."""

    def __init__(self) -> None:
        self._events: dict[tuple[tuple[str, str], int | None], list[str]] = {}
        self._ever: dict[tuple[str, str], list[str]] = {}

    def add(self, event: str, marks: Iterable[tuple[str, str]], time: Interval | None) -> None:
        stretches: Iterable[int | None] = (None,)
        if time is not None and time.width <= _MOST * _STRETCH:
            stretches = range(int(time.low // _STRETCH), int(time.high // _STRETCH) + 1)
        for mark in marks:
            self._ever.setdefault(mark, []).append(event)
            for stretch in stretches:
                self._events.setdefault((mark, stretch), []).append(event)

    def of(self, marks: Iterable[tuple[str, str]], time: Interval | None) -> set[str]:
        """The events of any of the marks that may touch a time; of all times where that is None."""
        if time is None or time.width > _MOST * _STRETCH:
            return {event for mark in marks for event in self._ever.get(mark, ())}
        stretches = [None, *range(int(time.low // _STRETCH), int(time.high // _STRETCH) + 1)]
        return {event for mark in marks for stretch in stretches for event in self._events.get((mark, stretch), ())}


class _Phrase(NamedTuple):
    words: frozenset[str]
    places: frozenset[str]
    sides: frozenset[str]
    when: Interval | None

    @staticmethod
    def of(asked: Asked, annotation: Annotation, text: str) -> _Phrase:
        """What a phrase itself says: the stems of its words, its fine places, its sides, its date."""
        inside = asked.phrase
        places = {
            name_key(p.name) for p in annotation.places if inside.contains(Span(p.start, p.end)) and p.precision in FINE
        }
        sides = {
            a.country or a.key
            for a in annotation.actors
            if inside.contains(Span(a.start, a.end)) and (a.country or not a.generic)
        }
        times = [
            interval
            for t in annotation.times
            if inside.contains(Span(t.start, t.end)) and t.anchor is None and t.type in ("DATE", "TIME")
            if (interval := Interval.of(t.earliest, t.latest)) is not None and interval.width <= _NARROW
        ]
        if asked.account is not None:
            sides |= _sides([asked.account])
        stems = frozenset(word[:_STEM].casefold() for word in _WORD.findall(text))
        return _Phrase(stems, frozenset(places), frozenset(sides), times[0] if times else None)


def _time(known: _Profile, asked: Asked, told: _Phrase, source: _Profile) -> float | None:
    """What the time between the two, and the date that the words tell, say; None where they speak against it."""
    if known.when is None:
        return None if asked.lag is not None else 0.0
    if source.when is not None and known.when.low > source.when.high:
        return None
    total = 0.0
    for expected, weight in ((told.when, _DAY_MET), (_counted(source.when, asked.lag), _LAG_MET)):
        if expected is None:
            continue
        if known.when.meet(expected) is None:
            return None
        if known.when.width <= _NARROW and expected.width <= 2 * _NARROW:
            total += weight
    return total


def _profile(accounts: Sequence[Account], when: Interval | None) -> _Profile:
    return _Profile(
        types=frozenset(a.type for a in accounts),
        words=frozenset(word for a in accounts for word in a.words),
        places=frozenset(name_key(a.place.name) for a in accounts if a.place is not None and a.place.precision in FINE),
        sides=frozenset(_sides(accounts)),
        actors=frozenset(_sides(accounts, acting=True)),
        documents=frozenset(a.document for a in accounts),
        when=when,
        told=_span([a.told for a in accounts if a.told is not None]),
        happened=any(a.status in ("actual", "ongoing", "historical") for a in accounts),
    )


def _span(times: Sequence[Interval]) -> Interval | None:
    return Interval(min(t.low for t in times), max(t.high for t in times)) if times else None


def _sides(accounts: Iterable[Account], *, acting: bool = False) -> set[str]:
    """Countries and keys of those who take part, or of those who act alone."""
    return {
        party.country or party.key
        for a in accounts
        for party in (a.actors if acting else (*a.actors, *a.recipients))
        if party.country or not party.generic
    }


def _counted(when: Interval | None, lag: tuple[float, float] | None) -> Interval | None:
    """The time so many hours before another; None where either is unknown."""
    if when is None or lag is None or when.width > _NARROW:
        return None
    told = when.moved(-lag[1], -lag[0])
    return told if told.low > -inf else None
