"""Which events of a text a word tells or stands for: its own, those that a phrase names, those that "it" recalls."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from copy import copy

import msgspec

from variorum.records import Annotation, EventMention, Span, Syntax, Token
from variorum.world.states import States

from .clauses import is_set_off
from .frames import Frames
from .tie_words import TieWords

Events = tuple[int, ...]

_REAL = frozenset({"actual", "ongoing", "historical", "future"})
_POINTING = frozenset({"it", "this", "that", "these", "those", "which", "what", "both", "one"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "her", "our", "such"})
_INNER = ("dobj", "nsubjpass", "attr", "oprd", "xcomp", "ccomp", "dative")
_CARRIED = frozenset({"in", "into", "with", "on", "of", "to", "out", "by"})
_NUMBERS = {"two": 2, "both": 2, "twin": 2, "double": 2, "pair": 2, "three": 3, "triple": 3, "four": 4, "five": 5}
_CLIMB = 6  # heads above a phrase that are looked at for the clause that it is part of
_NEAR, _FAR = 3, 8  # sentences back that a pronoun, and a noun, look
_STEM = 5  # letters of a word that its inflections share
_PARTICLE = re.compile(r"(?<=\w{3})-?(?:over|out|down|off|up|back|in)$")
_PLURAL = frozenset({"NNS", "NNPS"})


class _Told(msgspec.Struct, frozen=True, order=True):
    """One mention: its head token, the event, the sentence, and whether it is what its sentence mainly tells."""

    at: int
    event: int
    sentence: int
    main: bool


class Recollection:
    """Looks up events by token over one document; events are numbered as in the annotation."""

    def __init__(
        self, syntax: Syntax, frames: Frames, annotation: Annotation, words: TieWords, *, outright: bool = False
    ) -> None:
        self.syntax = syntax
        self._outright = outright
        self.frames = frames
        self.annotation = annotation
        self.events: tuple[EventMention, ...] = annotation.events
        self.words = words
        at: dict[int, list[int]] = {}
        told: list[_Told] = []
        for index, event in enumerate(self.events):
            for span in event.mentions:
                inside = syntax.tokens_in(span.start, span.end)
                for token in inside:
                    at.setdefault(token.i, []).append(index)
                head = syntax.head_of(span.start, span.end)
                if head is not None:
                    told.append(_Told(head.i, index, syntax.sentence_of(head.i).number, self._is_main(head.i)))
        self._told = sorted(set(told))
        self._at: dict[int, Events] = {i: tuple(sorted(set(found))) for i, found in at.items()}

    def recalling(self) -> Recollection:
        """The same over the same events, which hears what pronouns and nouns recall too, not only what is told
        outright."""
        other = copy(self)
        other._outright = False
        return other

    def at(self, i: int) -> Events:
        """The events that the very token tells."""
        return self._at.get(i, ())

    # ------------------------------------------------------------------ phrases

    def named(self, i: int, apart: Events = ()) -> Events:
        """The events that the phrase of token `i` names or recalls, `apart` from these."""
        found = [e for head in self.frames.heads(i) for e in self._named(head, apart)]
        return tuple(dict.fromkeys(e for e in found if e not in apart))

    def _named(self, i: int, apart: Events) -> Events:
        token = self.syntax.tokens[i]
        own = tuple(e for e in self.at(i) if e not in apart)
        if own:
            return self._several(i, own)
        if self.frames.is_verb(i):
            found = tuple(e for e in self.within(i) if e not in apart)
            return found or (self.deed(token, apart) if token.lemma in self.words.doing else ())
        into = frozenset({"of", "in"}) if token.lemma.lower() in self.words.holding else frozenset({"of"})
        for inner in self._objects_of(i, into):
            if found := self._named(inner, apart):
                return found
        for other in self.syntax.children(i, "appos"):
            if found := tuple(e for e in self.at(other.i) if e not in apart):
                return found
        for clause in self.syntax.children(i, "relcl", "acl"):
            if found := tuple(e for e in (self.at(clause.i) or self.within(clause.i)) if e not in apart):
                return found
        return self.recalled(token, apart)

    def within(self, i: int, without: int | None = None) -> Events:
        """The events that a clause tells in its verb, or in what the verb carries ("carried out the killings",
        "ordered the raid"), `without` one of its parts."""
        if own := self.at(i):
            return own
        parts = [c for c in self.syntax.children(i) if c.i != without]
        for dep in _INNER:
            for c in parts:
                if c.dep == dep and (found := self._carried(c.i, without)):
                    return found
        for c in parts:
            if c.dep in ("nsubj", "agent") and (found := self._carried(c.i, without)):
                return found
        held = (
            inner
            for c in parts
            if c.dep == "prep" and c.text.lower() in _CARRIED
            for inner in self.syntax.children(c.i, "pobj", "pcomp")
        )
        return next((found for inner in held if (found := self._carried(inner.i, without))), ())

    def _carried(self, i: int, without: int | None) -> Events:
        if own := self.at(i):
            return self._several(i, own)
        if self.syntax.tokens[i].dep in ("xcomp", "ccomp"):
            return self.within(i, without)
        inner = next(iter(self._objects_of(i, frozenset({"of"}))), None)
        return self.at(inner) if inner is not None else ()

    def _objects_of(self, i: int, prepositions: frozenset[str]) -> Iterator[int]:
        for prep in self.syntax.children(i, "prep"):
            if prep.text.lower() in prepositions:
                for inner in self.syntax.children(prep.i, "pobj"):
                    yield from self.frames.heads(inner.i)

    # ------------------------------------------------------------------ clauses

    def done(self, i: int, without: int | None = None, apart: Events = ()) -> Events:
        """The events that the clause or phrase about token `i` tells: its own, else those of what it carries or is a
        part of, else the one that its subject recalls. `without` is the part that names the other side."""
        at, steps = i, 0
        while steps < _CLIMB:
            token = self.syntax.tokens[at]
            if found := self._here(token, without, apart):
                return found
            if token.head == at and not self.frames.is_verb(at):
                return self._announced(token)
            if token.dep == "relcl" and token.lemma.lower() in self.words.ordering | self.words.happening:
                return tuple(e for e in self.at(token.head) if e not in apart)
            if token.head == at or token.dep in ("relcl", "ccomp") or is_set_off(at, self.syntax):
                break
            without, at, steps = (at if without is None or steps else without), token.head, steps + 1
            if self.frames.is_verb(at):
                without = self._branch(i, at)
        return ()

    def _announced(self, token: Token) -> Events:
        """What a sentence without a verb announces: "A change at the top after the raid.", and the change told next."""
        sentence = self.syntax.sentence_of(token.i)
        if self._outright or any(t.pos in ("VERB", "AUX") for t in self.syntax.tokens[sentence.first : token.i]):
            return ()
        after = [t for t in self._told if t.sentence == sentence.number + 1 and t.main]
        return (after[0].event,) if after else ()

    def _branch(self, i: int, top: int) -> int | None:
        """The child of `top` that token `i` hangs under."""
        at = i
        while self.syntax.tokens[at].head != at:
            if self.syntax.tokens[at].head == top:
                return at
            at = self.syntax.tokens[at].head
        return None

    def _here(self, token: Token, without: int | None, apart: Events) -> Events:
        own = tuple(e for e in self.at(token.i) if e not in apart)
        if own and (blamed := self._blamed(token, own)):
            own = tuple(e for e in blamed if e not in apart) or own
        if token.lemma.lower() in self.words.ordering and (things := self._ordered(token, without)):
            own = tuple(dict.fromkeys(e for e in (*things, *own) if e not in apart))
        if own:
            return self._several(token.i, own)
        if not self.frames.is_verb(token.i):
            return self.recalled(token, apart) if token.dep in ("nsubj", "nsubjpass", "appos") else ()
        lemma = token.lemma.lower()
        subject = self.syntax.child(token.i, "nsubj", "nsubjpass")
        happened = lemma in self.words.happening and subject is not None and subject.i != without
        if happened and subject is not None and (found := self.named(subject.i, apart)):
            return found
        if found := tuple(e for e in self.within(token.i, without) if e not in apart):
            return found
        told = (subject, self.syntax.child(token.i, "dobj"))
        for noun in told:
            if noun is not None and noun.i != without and (found := self.recalled(noun, apart)):
                return found
        pronoun = subject is not None and subject.pos == "PRON"
        vague = pronoun and (lemma in self.words.doing or not self._has_object(token))
        return self.deed(token, apart) if vague else ()

    def _blamed(self, verb: Token, own: Events) -> Events:
        """The act that someone is accused of: "accused them of shelling a port hours after the truce"."""
        if not any(self.events[e].type == "ACCUSE" for e in own):
            return ()
        acts = (
            c
            for prep in self.syntax.children(verb.i, "prep")
            if prep.text.lower() == "of"
            for c in self.syntax.children(prep.i, "pcomp")
        )
        return next((found for c in acts if (found := self.at(c.i))), ())

    def _ordered(self, verb: Token, without: int | None) -> Events:
        """The event that is ordered, planned or carried out."""
        things = (c for c in self.syntax.children(verb.i, "dobj", "nsubjpass") if c.i != without)
        return next((found for c in things if (found := self._carried(c.i, without))), ())

    def _has_object(self, verb: Token) -> bool:
        return self.syntax.child(verb.i, "dobj", "ccomp", "xcomp", "acomp", "attr") is not None

    def deed(self, token: Token, apart: Events) -> Events:
        """ "So we acted", "what they did": the last act told before by those, else the first told after."""
        if self._outright:
            return ()
        sides = self.sides(self._actor_at(token)) or self._speaking(token.i)
        own = [t for t in self._before(token.i, apart, _FAR) if sides & self.doers(t.event)]
        if own:
            return (own[-1].event,)
        number = self.syntax.sentence_of(token.i).number
        later = [t for t in self._told if t.at > token.i and t.sentence - number < _NEAR and t.event not in apart]
        return next(((t.event,) for t in later if sides & self.doers(t.event)), ())

    def _speaking(self, i: int) -> frozenset[str]:
        """The side of the one who says the words at token `i`: "we"."""
        at = self.syntax.tokens[i].start
        covering = [a for a in self.annotation.attributions if any(c.start <= at < c.end for c in a.content)]
        return self.sides(a.speaker_actor for a in covering if a.speaker_actor is not None)

    def _actor_at(self, verb: Token) -> tuple[int, ...]:
        found = []
        for subject in self.frames.verb(verb.i).subjects:
            token = self.syntax.tokens[subject]
            found += [n for n, a in enumerate(self.annotation.actors) if a.start <= token.start < a.end]
        return tuple(found)

    # ------------------------------------------------------------------ sides

    def sides(self, actors: Iterable[int]) -> frozenset[str]:
        """Countries (of a state's people and organs) and keys (of others), pronouns followed."""
        found = set()
        for index in actors:
            actor, seen = self.annotation.actors[index], {index}
            while actor.antecedent is not None and actor.antecedent not in seen:
                seen.add(actor.antecedent)
                actor = self.annotation.actors[actor.antecedent]
            found.add(actor.country or actor.key)
        return frozenset(found)

    def sides_in(self, span: Span) -> frozenset[str]:
        """The sides that the words of a span name, countries among them."""
        here = (n for n, a in enumerate(self.annotation.actors) if span.start <= a.start < span.end)
        places = (p for p in self.annotation.places if span.start <= p.start < span.end and p.precision == "country")
        states = (States.load().by_iso2(p.country) for p in places)
        return self.sides(here) | {state.iso3 for state in states if state is not None and state.iso3}

    def doers(self, event: int) -> frozenset[str]:
        return self.sides(self.events[event].actors)

    def done_to(self, event: int) -> frozenset[str]:
        return self.sides(self.events[event].recipients)

    # ------------------------------------------------------------------ what was told before

    def recalled(self, token: Token, apart: Events = ()) -> Events:
        """The event that "it", "that" or "the step" stands for; none where the words stand for no act."""
        low = token.text.lower()
        if token.pos in ("PRON", "DET") and low in _POINTING:
            if low == "it" and self._is_since(token):
                return self._leading(token.i)
            acts = self.last(token.i, apart, lambda e: self.events[e].type != "ACCUSE", _NEAR)
            return acts or self.last(token.i, apart, lambda e: True, _NEAR)
        if token.pos != "NOUN" or not self._is_definite(token):
            return ()
        lemma = token.lemma.lower()
        alike = [t for t in self._before(token.i, apart, _FAR) if self._is_meant(lemma, t)]
        if alike and not self._outright:
            return (alike[-1].event,)
        if lemma in self.words.holding and (held := self._held(token, apart)):
            return held
        types = next((anaphor.types for anaphor in self.words.anaphors if lemma in anaphor.nouns), None)
        if types is None:
            return ()
        owners = self._owners(token.i)
        own = self.last(token.i, apart, lambda e: self.events[e].type in types and bool(self.doers(e) & owners), _FAR)
        return own or self.last(token.i, apart, lambda e: self.events[e].type in types, _FAR)

    def _held(self, token: Token, apart: Events) -> Events:
        """What a noun that holds happenings held when it was told before: "a wave of strikes … part of the wave"."""
        lemma = token.lemma.lower()
        for other in reversed(self.syntax.tokens[: token.i]):
            if other.pos == "NOUN" and other.lemma.lower() == lemma:
                held = [e for i in self._objects_of(other.i, frozenset({"of"})) for e in self.at(i) if e not in apart]
                if held:
                    return tuple(dict.fromkeys(held))
        return ()

    def _owners(self, i: int) -> frozenset[str]:
        """The sides of those whose act a noun is: "his move", "Ottawa's decision"."""
        at = [self.syntax.tokens[c.i].start for c in self.syntax.children(i, "poss")]
        actors = self.annotation.actors
        return self.sides(n for n, a in enumerate(actors) if any(a.start <= k < a.end for k in at))

    def _is_since(self, token: Token) -> bool:
        """ "It is a week since": the time of what the text reports."""
        verb = self.syntax.tokens[token.head]
        since = any(t.text.lower() == "since" for t in self.syntax.tokens[verb.i : verb.i + 9])
        return verb.lemma == "be" and verb.tag == "VBZ" and since

    def _leading(self, i: int) -> Events:
        """The event that the text tells first in a main clause, before token `i`."""
        before = [t for t in self._told if t.at < i and self.events[t.event].status in ("actual", "ongoing")]
        return next(((t.event,) for t in before if t.main), ())

    def _is_definite(self, token: Token) -> bool:
        return any(
            c.lemma.lower() in _DEFINITE or c.dep == "poss"
            for c in self.syntax.children(token.i, "det", "poss", "amod", "predet")
        )

    def _is_meant(self, lemma: str, told: _Told) -> bool:
        """Whether an earlier mention has the stem of a noun: "arrested", "the arrests"."""
        word = self.syntax.tokens[told.at].lemma.lower()
        return (len(lemma) >= _STEM and word[:_STEM] == lemma[:_STEM]) or _PARTICLE.sub("", lemma) == word

    def last(self, i: int, apart: Events, fits: Callable[[int], bool], reach: int) -> Events:
        """The event told last before token `i`: of the nearest sentence that tells one, what it mainly tells."""
        if self._outright:
            return ()
        before = [t for t in self._before(i, apart, reach) if fits(t.event)]
        if not before:
            return ()
        nearest = before[-1].sentence
        here = [t for t in before if t.sentence == nearest]
        if nearest == self.syntax.sentence_of(i).number:
            return (here[-1].event,)
        return (([t for t in here if t.main] or here)[-1].event,)

    def first_after(self, i: int, apart: Events, fits: Callable[[int], bool]) -> Events:
        """The first event told after token `i` that fits."""
        if self._outright:
            return ()
        after = (t.event for t in self._told if t.at > i and t.event not in apart)
        return next(((e,) for e in after if self.events[e].status in _REAL and fits(e)), ())

    def _before(self, i: int, apart: Events, reach: int) -> list[_Told]:
        number = self.syntax.sentence_of(i).number
        return [
            t
            for t in self._told
            if t.at < i
            and t.event not in apart
            and number - t.sentence <= reach
            and self.events[t.event].status in _REAL
        ]

    def _is_main(self, i: int) -> bool:
        """Whether a token stands in a main clause, or in what someone is told to have said."""
        for at in (i, *(above.i for above in self.syntax.ancestors(i))):
            if self.syntax.tokens[at].dep in ("relcl", "advcl", "acl") or is_set_off(at, self.syntax):
                return False
        return True

    # ------------------------------------------------------------------ several at once

    def _several(self, i: int, own: Events) -> Events:
        """The events that a plural means ("both raids", "the bombings in Peru and Chile"), where the text tells them
        singly; else its own."""
        token = self.syntax.tokens[i]
        if token.tag not in _PLURAL or self._outright:
            return own
        kind = {self.events[e].type for e in own}
        singly = [e for e in dict.fromkeys(t.event for t in self._told) if self.events[e].type in kind]
        singly = [e for e in singly if self.events[e].status in _REAL]
        span = self.syntax.subtree(i)
        places = [p for p in self.annotation.places if span.start <= p.start and p.end <= span.end]
        if any(self._is_joined(p.start, p.end) for p in places[1:]):
            there = [
                e
                for e in singly
                if any(self._was_at(e, p.name, p.country if p.precision == "country" else None) for p in places)
            ]
            if len(there) > 1:
                return tuple(there)
        count = max((_NUMBERS.get(c.lemma.lower(), 0) for c in self.syntax.children(i)), default=0)
        before = [e for e in dict.fromkeys(t.event for t in self._told if t.at < i) if e in singly]
        if len(own) < count == len(before):
            return tuple(before)
        return own

    def _is_joined(self, start: int, end: int) -> bool:
        """Whether a place is coordinated with one before it: "in Peru and Chile"."""
        first = self.syntax.head_of(start, end)
        return first is not None and first.dep == "conj"

    def _was_at(self, event: int, name: str, country: str | None) -> bool:
        number = self.events[event].place
        if number is None:
            return False
        place = self.annotation.places[number]
        return place.name == name or (country is not None and place.country == country)
