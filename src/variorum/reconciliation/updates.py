"""How a figure stands to others by its own words: it replaces them, adds to them, or counts one side alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence, Set
from typing import NamedTuple

from variorum.records import Annotation, Attribution, Span, TollKind, TollMention, TollUpdate
from variorum.world.names import name_key
from variorum.world.states import States

from .accounts import STATE_SECTORS, Account
from .assertions import Assertion, Told, Value
from .knowledge import Knowledge
from .witnesses import Witnesses

_OWN = re.compile(r"\b(?:its|their|his|her|our)\b", re.IGNORECASE)
_NEAR = 30  # characters between two figures of one clause ("two of its soldiers died and nine were wounded")
_PERSON = ":PER:"
_SMALL = 3  # characters up to which a word of a name tells nothing
_ANYWHERE = frozenset(
    {"town", "city", "village", "area", "district", "local", "national", "central", "federal", "government", "official"}
)  # tell of no body which it is
_BESIDE = 15  # characters before a figure in which "another" still counts it

Where = tuple[str, int]


class Wording(NamedTuple):
    """What the words about the figures of one event say. Keys are documents and toll numbers.

    `replacing`: figures that are told as the new count ("has risen to 19"); `corrected`: those of a text with a notice
    of its own for them, which sets right what its outlet told and nobody else; `outdated`: those told as the old one
    ("up from four"); `added`: those that are in a greater one of their text ("after two more died"), with that one;
    `sides`: the state, ISO 3166 alpha-3, whose people alone are counted, where the event's figures tell of two or more.
    """

    replacing: frozenset[Where]
    corrected: frozenset[Where]
    outdated: dict[Where, Where]
    added: dict[Where, Where]
    sides: dict[Where, str]


class Voices:
    """Which party to an event each speaker speaks for."""

    def __init__(self, accounts: Sequence[Account], witnesses: Witnesses) -> None:
        self._actors = {
            _side(p.country if p.state else None, p.key) for a in accounts for p in a.actors if not p.generic
        }
        other = {_side(p.country if p.state else None, p.key) for a in accounts for p in a.recipients if not p.generic}
        self._parties = self._actors | other
        self._states = {p.country for a in accounts for p in (*a.actors, *a.recipients) if p.state and p.country}
        counted: dict[str, Counter[str]] = {}
        self._persons: set[str] = set()
        for document in sorted({account.document for account in accounts}):
            annotation = witnesses.annotations[document]
            every: list[Attribution | TollMention] = [*annotation.attributions, *annotation.tolls]
            for told in every:
                side = speaks_for(told, annotation)
                if told.speaker is not None and told.speaker_actor is not None:
                    actor = annotation.actors[_root(told.speaker_actor, annotation)]
                    if _PERSON in actor.key and name_key(actor.name) == name_key(told.speaker):
                        self._persons.add(name_key(told.speaker))
                if told.speaker is not None and side is not None:
                    counted.setdefault(name_key(told.speaker), Counter())[side] += 1
        self._sides = {name: min(c, key=lambda side: (-c[side], side)) for name, c in counted.items()}

    def side(self, speaker: str | None) -> str | None:
        """A state for its organs, else the speaker's own key; None where unknown."""
        return self._sides.get(name_key(speaker)) if speaker is not None else None

    def bodies_apart(self, one: str | None, other: str | None) -> bool:
        """Whether two speakers are surely two bodies, as two ministries of one state are: neither is a person, who may
        speak for the other, and neither name is the other by fewer words."""
        if one is None or other is None:
            return False
        keys = name_key(one), name_key(other)
        if keys[0] == keys[1] or self._persons.intersection(keys):
            return False
        a, b = (_own_words(name) for name in (one, other))
        return bool(a and b) and not (a <= b or b <= a)

    def one_body(self, one: str | None, other: str | None) -> bool:
        """Whether two names are one speaker's: the same name, or that of one body by the same words but for those that
        say whose it is or how high ("the national relief centre", "the government's relief centre")."""
        if one is None or other is None:
            return False
        if name_key(one) == name_key(other):
            return True
        if self._persons.intersection((name_key(one), name_key(other))) or _stated(one) != _stated(other):
            return False
        a, b = (_own_words(name) for name in (one, other))
        return a == b and len(a) > 1

    def opposed(self, old: str | None, new: str | None) -> bool:
        """Whether `old` is a party whose own figure `new` cannot replace: that of another party, or of nobody's side
        where `old` is of those who acted or of one of two states."""
        one, other = self.side(old), self.side(new)
        if one is None or one not in self._parties or one == other:
            return False
        return other in self._parties or one in self._actors or (one in self._states and len(self._states) > 1)


def _side(country: str | None, key: str) -> str:
    return country or key


def _own_words(name: str) -> frozenset[str]:
    """The words of a body's name that are no state's and no people's."""
    states = States.load()
    told = (w for w in re.findall(r"[^\W\d_]+", re.sub(r"\([^)]*\)", " ", name)) if len(w) > _SMALL)
    return frozenset(w.casefold() for w in told if not states.find(w)) - _ANYWHERE


def _stated(name: str) -> str | None:
    """The state in brackets that tells two bodies of a name apart."""
    found = re.search(r"\(([^)]*)\)", name)
    return found[1] if found else None


def _root(number: int, annotation: Annotation) -> int:
    seen = {number}
    while (above := annotation.actors[number].antecedent) is not None and above not in seen:
        seen.add(above)
        number = above
    return number


def speaks_for(told: Attribution | TollMention, annotation: Annotation) -> str | None:
    """The state (ISO 3166 alpha-3) whose organ speaks, else the speaker's own key; None where the text names nobody."""
    if told.speaker_actor is None:
        return None
    actor = annotation.actors[_root(told.speaker_actor, annotation)]
    return _side(actor.country if actor.sector in STATE_SECTORS else None, actor.key)


def wording(told: Told, voices: Voices, witnesses: Witnesses, known: Knowledge) -> Wording:
    """Read the words about all figures of one event."""
    reading = _Reading(told, witnesses, known)
    return Wording(reading.replacing(), reading.corrected(), reading.outdated(), reading.added(), reading.sides(voices))


class _Reading:
    def __init__(self, told: Told, witnesses: Witnesses, known: Knowledge) -> None:
        self._told = told
        self._witnesses = witnesses
        self._known = known
        self._plain = {key: a for key, a in told.items() if a.number >= 0 and a.toll.part_of is None}
        self._sentences = {key: self._sentence(a) for key, a in told.items()}
        self._reaches = {
            key
            for key, a in self._plain.items()
            if known.reaching.search(self._before(a)) and not known.outdated.search(self._before(a))
        }

    def _sentence(self, a: Assertion) -> Span:
        prose = self._witnesses.prose(a.document)
        number = prose.number(a.toll.start)
        return prose.sentences[number] if number is not None else Span(a.toll.start, a.toll.end)

    def _before(self, a: Assertion) -> str:
        start = self._sentences[a.document, a.number].start
        return self._witnesses.text(a.document, Span(start, a.toll.start))

    def _after(self, a: Assertion) -> str:
        end = self._sentences[a.document, a.number].end
        return self._witnesses.text(a.document, Span(a.toll.end, max(end, a.toll.end)))

    def replacing(self) -> frozenset[Where]:
        """Also the same number elsewhere in a text that once tells it so."""
        said = {
            (a.document, a.toll.kind, a.value)
            for key, a in self._plain.items()
            if (key in self._reaches or a.toll.update == "revised" or self._known.up_from.search(self._after(a)))
            and not self._witnesses.in_notice(a.document, a.toll.start)
        }
        return self._as_said(said)

    def corrected(self) -> frozenset[Where]:
        """Also the same number elsewhere in the text, which is put right by then."""
        return self._as_said(
            {
                (a.document, a.toll.kind, a.value)
                for a in self._plain.values()
                if self._witnesses.in_notice(a.document, a.toll.start)
            }
        )

    def _as_said(self, said: Set[tuple[str, TollKind, Value]]) -> frozenset[Where]:
        return frozenset(key for key, a in self._plain.items() if (a.document, a.toll.kind, a.value) in said)

    def _by_record(self, role: TollUpdate) -> dict[Where, Where]:
        """The figures of a role, each with the revised one of its text whose update it is."""
        return {
            (key[0], index): key
            for key, a in self._plain.items()
            for index in a.toll.updates
            if (other := self._plain.get((key[0], index))) is not None and other.toll.update == role
        }

    def _by_notice(self) -> dict[Where, Where]:
        """The figures that an outlet's notice calls wrong, each with the one that it puts in their place."""
        found: dict[Where, Where] = {}
        for document in sorted({key[0] for key in self._plain}):
            for notice in self._witnesses.documents[document].corrections:
                was, now = (self._figures(document, span) for span in (notice.was, notice.now))
                found.update((old, now[0]) for old in was if now)
        return found

    def _figures(self, document: str, span: Span | None) -> list[Where]:
        """The figures of a document that overlap some characters of it."""
        return [
            key
            for key, a in sorted(self._plain.items())
            if span is not None and key[0] == document and a.toll.start < span.end and span.start < a.toll.end
        ]

    def outdated(self) -> dict[Where, Where]:
        found = self._by_record("former") | self._by_notice()
        for key, a in self._plain.items():
            if key in found:
                continue
            if self._known.outdated.search(self._before(a)):
                beside = self._greater(key, self._beside(key))
                if beside is not None:
                    found[key] = beside
        return found

    def added(self) -> dict[Where, Where]:
        found = self._by_record("added")
        for key, a in self._plain.items():
            if (
                key in found
                or a.toll.update == "former"
                or key in self._reaches
                or self._known.outdated.search(self._before(a))
            ):
                continue
            total = self._greater(key, self._beside(key) & self._reaches)
            if total is None and self._known.more.search(self._before(a)[-_BESIDE:] + a.toll.text):
                total = self._greater(key, {other for other, b in self._plain.items() if b.toll.group is None})
            if total is not None:
                found[key] = total
        return found

    def _beside(self, key: Where) -> set[Where]:
        """The figures of the same sentence."""
        return {other for other in self._plain if self._sentences[other] == self._sentences[key] and other[0] == key[0]}

    def _greater(self, key: Where, among: Set[Where]) -> Where | None:
        """The nearest greater figure of the same kind in the same text."""
        a = self._plain[key]
        greater = [
            (abs(b.toll.start - a.toll.start), other)
            for other, b in self._plain.items()
            if other in among
            and other != key
            and b.document == a.document
            and b.toll.kind == a.toll.kind
            and (b.toll.low or 0) > (a.toll.low or 0) > 0
        ]
        return min(greater)[1] if greater else None

    def sides(self, voices: Voices) -> dict[Where, str]:
        found: dict[Where, str] = {}
        last: Assertion | None = None
        for key, a in sorted(self._told.items(), key=lambda item: (item[0][0], item[1].toll.start, item[0])):
            side = self._people(a) or self._own(a, voices)
            bare = a.toll.group is None and len(a.toll.text.split()) == 1
            if side is None and bare and last is not None and last.document == a.document:
                between = a.toll.start - last.toll.end
                if 0 <= between <= _NEAR and self._sentences[key] == self._sentences[last.document, last.number]:
                    side = found.get((last.document, last.number))
            if side is not None:
                found[key] = side
            last = a
        return found if len(set(found.values())) > 1 else {}

    def _people(self, a: Assertion) -> str | None:
        """The one state whose people's adjective stands in the figure's words ("four Ruritanian soldiers")."""
        states = [States.load().of_people(w) for w in re.findall(r"[^\W\d_][\w'’-]*", a.toll.text) if w[0].isupper()]
        codes = {state.iso3 for state in states if state is not None and state.iso3 is not None}
        return codes.pop() if len(codes) == 1 else None

    def _own(self, a: Assertion, voices: Voices) -> str | None:
        """ "Seven of its soldiers", "put its own losses at three": the speaker's, else the last state named before."""
        before = self._before(a)
        if not _OWN.search(a.toll.text) and not self._known.own_losses.search(before):
            return None
        side = voices.side(a.speaker)
        if side is not None and States.load().by_iso3(side) is not None:
            return side
        start = self._sentences[a.document, a.number].start
        named = [
            actor.country
            for actor in self._witnesses.annotations[a.document].actors
            if start <= actor.start < a.toll.start and actor.country is not None and actor.sector in STATE_SECTORS
        ]
        return named[-1] if named else None
