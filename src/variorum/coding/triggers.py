"""Which words of a text tell events: the lexicon's patterns held against the syntax."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

import msgspec

from variorum.records import Syntax, Token

from .frames import Frames, Roles
from .lexicon import Condition, Lexicon, Pattern
from .occasions import Occasions
from .phrase_words import PhraseWords
from .sorts import sorts_of

_ATTACHED = frozenset({"prt", "advmod", "acomp", "oprd", "compound:prt", "ccomp", "xcomp", "npadvmod"})
_KINDS = frozenset({"act", "form", "kind", "sort", "piece", "case", "attempt", "sign", "example", "campaign"})
_PREDICATIVE = ("oprd", "acomp", "attr", "ccomp", "xcomp", "advcl", "dobj", "advmod", "npadvmod")
_MODIFYING = ("compound", "amod", "nmod", "poss", "nummod", "advmod")
_CLAUSES = ("xcomp", "ccomp", "acl", "relcl", "advcl", "prep", "dobj", "conj")
_TELLING = frozenset({"VERB", "AUX", "NOUN", "PROPN", "ADJ"})
_ADVERBIAL = frozenset({"through", "up", "down", "off", "out", "away", "back"})
_WHEN = frozenset({"at", "by", "near", "towards", "toward", "until", "till", "before", "after", "since"})
_PARTICIPANTS = frozenset({"%someone", "%named"})


def _joined_words(syntax: Syntax) -> Iterator[tuple[int, str]]:
    """The tokens that head a word with a hyphen, which the parse takes apart: "test-fired", "a sit-in"."""
    tokens = syntax.tokens
    for hyphen in tokens[1:-1]:
        if hyphen.text != "-":
            continue
        first, last = tokens[hyphen.i - 1], tokens[hyphen.i + 1]
        if first.end != hyphen.start or hyphen.end != last.start:
            continue
        head = first if last.head == first.i else last
        yield head.i, f"{first.text}-{last.lemma}".lower()


def _bases(token: Token) -> Iterator[str]:
    """Other forms under which a verb may stand in the lexicon: as written, and where the lemma lost an "e"."""
    low = token.text.lower()
    yield low
    if low.endswith("ed"):
        yield low[:-1]
        yield low[:-2]


class Match(msgspec.Struct, frozen=True):
    """A pattern that fits token `i`. `recipients` are the tokens that its preposition named, `objects` those that its
    object condition took (they are no participants, unless `people`), `idiom` what its worded prepositions took."""

    i: int
    pattern: Pattern
    recipients: tuple[int, ...]
    objects: tuple[int, ...]
    people: bool = False
    idiom: tuple[int, ...] = ()


class _Trigger:
    """One token as patterns are held against it. A word may have dozens of them: what they ask for is looked up when
    the first one asks, and kept for the others."""

    def __init__(self, token: Token, roles: Roles, syntax: Syntax, frames: Frames) -> None:
        self.token, self.roles = token, roles
        self.noun = token.pos in ("NOUN", "PROPN")
        self._syntax, self._frames = syntax, frames

    @cached_property
    def particles(self) -> set[str]:
        """The words that may be its particle: those hung on it as such, and the word behind it."""
        found = {t.lemma.lower() for t in self._syntax.tokens[self.token.i + 1 : self.token.i + 2]}
        for c in self._syntax.children(self.token.i):
            low = c.lemma.lower()
            if c.dep in _ATTACHED or (c.dep == "prep" and low in _ADVERBIAL and self._dates(c.i)):
                found.add(low)
        return found

    def _dates(self, i: int) -> bool:
        """A particle that the parse put before a time: "pushed it through that week"."""
        return any("%time" in sorts_of(k, ()) for k in self._syntax.children(i, "pobj"))

    @cached_property
    def modifiers(self) -> set[str]:
        syntax, i = self._syntax, self.token.i
        have = set()
        for c in syntax.children(i, *_MODIFYING):
            have.add(c.lemma.lower())
            have.add(c.text.lower())
            for k in syntax.children(c.i, "compound", "amod", "conj", "npadvmod"):
                have.add(k.lemma.lower())
        if i and syntax.tokens[i - 1].head == self.token.head:
            have.add(syntax.tokens[i - 1].lemma.lower())
        return have

    def narrowed(self, rows: Iterable[Pattern]) -> list[Pattern]:
        """Those patterns whose particle and modifiers it has."""
        return [
            row
            for row in rows
            if (row.particle is None or row.particle in self.particles)
            and (not row.modifiers or self.modifiers.issuperset(row.modifiers))
        ]

    def objects(self, *, negated: bool) -> tuple[int, ...]:
        """What its objects are, for a condition that asks for them or rules them out."""
        if not self.noun:
            return self._verbal_objects
        return self._nominal_objects + self._owners if negated else self._nominal_objects

    @cached_property
    def _verbal_objects(self) -> tuple[int, ...]:
        objects = (*self.roles.objects, *self.roles.datives)
        return (*objects, *(t for t in self._predicates() if t not in objects))

    @cached_property
    def _nominal_objects(self) -> tuple[int, ...]:
        held = (t for name, t in self.roles.obliques if name == "of")
        return (*held, *(c.i for c in self._syntax.children(self.token.i, "compound")))

    @cached_property
    def _owners(self) -> tuple[int, ...]:
        return tuple(c.i for c in self._syntax.children(self.token.i, "amod", "poss"))

    def _predicates(self) -> list[int]:
        """Objects that are said with an adjective or a small clause: "found guilty", "set ablaze", "left dead". A name
        that is only somebody's word says nothing of anybody: "what it called a crime"."""
        syntax, i = self._syntax, self.token.i
        if any(c.lemma.lower() == "what" for c in syntax.children(i, "dobj")):
            return []
        found = [k.i for c in syntax.children(i, "dobj") for k in syntax.children(c.i, "appos")]
        for c in syntax.children(i, *_PREDICATIVE):
            if c.pos != "VERB" or c.tag == "VBN":
                found.append(c.i)
            if c.dep in ("ccomp", "xcomp"):
                found.extend(k.i for k in syntax.children(c.i, "nsubj", "nsubjpass"))
        for c in syntax.children(i, "prep"):
            if c.lemma == "as":  # "described it as cruel"
                found.extend(k.i for k in syntax.children(c.i, "amod", "acomp", "oprd"))
        kinds = [k for k in found if syntax.tokens[k].lemma.lower() in _KINDS]  # "an act of war"
        return found + [m.i for k in kinds for c in syntax.children(k, "prep") for m in syntax.children(c.i, "pobj")]

    @cached_property
    def beyond(self) -> list[tuple[str, int]]:
        """Prepositions that the parse hung on the object ("fired rockets at") or on the verb ("carried out strikes
        on Friday against")."""
        found: list[tuple[str, int]] = []
        token = self.token
        if token.dep in ("dobj", "nsubjpass") and self._syntax.tokens[token.head].pos == "VERB":
            found += self._frames.verb(token.head).obliques
        for o in self.roles.objects:
            found += self._frames.noun(o).obliques
        return found

    @cached_property
    def complements(self) -> list[int]:
        """The verbs of complement clauses, also where the parse hangs them on the object or after a preposition."""
        syntax, found = self._syntax, list[int]()
        for i in (self.token.i, *self.roles.objects):
            for c in syntax.children(i, *_CLAUSES):
                inner = syntax.children(c.i, "pcomp") if c.dep == "prep" else (c,)
                for k in inner:
                    if k.i > self.token.i and k.pos in ("VERB", "AUX"):
                        found += [k.i, *(m.i for m in syntax.children(k.i, "conj", "xcomp"))]
        return found


class Matcher:
    """Holds the lexicon against one document; `actors` and `places` are the tokens of their names."""

    def __init__(
        self, lexicon: Lexicon, syntax: Syntax, frames: Frames, actors: frozenset[int], places: frozenset[int]
    ) -> None:
        self.lexicon = lexicon
        self.syntax = syntax
        self.frames = frames
        self.actors = actors
        self._joined = dict(_joined_words(syntax))
        self.occasions = Occasions(lexicon, syntax, places)
        self._words = PhraseWords(lexicon, syntax, actors, places, self.occasions)
        self._void = lexicon.words("illness_modifiers")
        self._triggers: dict[int, tuple[list[Pattern], _Trigger] | None] = {}

    def event(self, token: Token, is_actor: frozenset[int] | set[int]) -> Match | None:
        """The narrowest pattern that fits; None where none does. `is_actor` holds the tokens that name actors."""
        if (known := self._trigger(token)) is None:
            return None
        rows, trigger = known
        return next((m for row in rows if (m := self._fits(trigger, row, is_actor)) is not None), None)

    def near(self, token: Token) -> tuple[str, ...]:
        """The types of the patterns that have this word, with its particle and modifiers, whatever else they ask for:
        what an unusual object or preposition keeps from fitting."""
        if (known := self._trigger(token)) is None:
            return ()
        rows, _ = known
        types = {row.type for row in rows if row.type is not None and not row.occasion}
        return tuple(sorted(types))

    def _trigger(self, token: Token) -> tuple[list[Pattern], _Trigger] | None:
        """The patterns of a word with its particle and modifiers, and the word as they are held against it; None for a
        word without any."""
        i = token.i
        if token.pos not in _TELLING and i not in self._joined:
            return None
        if i not in self._triggers:
            rows, roles = self._rows(token)
            if rows and roles is not None:
                trigger = _Trigger(token, roles, self.syntax, self.frames)
                self._triggers[i] = (trigger.narrowed(rows), trigger)
            else:
                self._triggers[i] = None
        return self._triggers[i]

    def _rows(self, token: Token) -> tuple[tuple[Pattern, ...] | None, Roles | None]:
        """The patterns of a word, and the roles that they are held against."""
        joined = self._joined.get(token.i)
        if joined is not None and (rows := self.lexicon.nouns.get(joined)) is not None:
            return rows, self.frames.noun(token.i)
        if token.pos == "VERB" and not self.frames.is_verb(token.i):
            return self.lexicon.nouns.get(token.text.lower()), self.frames.noun(token.i)
        if token.pos in ("VERB", "AUX"):
            found = self.lexicon.verbs.get(joined or "") or self.lexicon.verbs.get(token.lemma.lower())
            if found is None:
                found = next((known for word in _bases(token) if (known := self.lexicon.verbs.get(word))), None)
            return found, self.frames.verb(token.i) if found else None
        if token.pos in ("NOUN", "PROPN", "ADJ"):
            found = self._noun_rows(token)
            return found, self.frames.noun(token.i) if found else None
        return None, None

    def _noun_rows(self, token: Token) -> tuple[Pattern, ...] | None:
        if token.pos == "ADJ" and token.dep in ("amod", "acomp"):
            return None
        if token.pos == "PROPN" and token.text == "March":
            return None  # the month
        lemma = token.lemma.lower()
        nouns = self.lexicon.nouns
        rows = nouns.get(lemma)
        if rows is None and token.pos == "PROPN" and lemma.endswith("s"):
            rows = nouns.get(lemma[:-1]) or (nouns.get(lemma[:-2]) if lemma.endswith("es") else None)
        if rows is None and token.pos != "ADJ":
            rows = nouns.get(token.text.lower())
        if rows is None and token.pos == "NOUN" and lemma.endswith("ing"):
            rows = self._gerund_rows(token)
        return rows

    def _gerund_rows(self, token: Token) -> tuple[Pattern, ...] | None:
        """The verb's patterns for a noun that is its act: "the jailing of". Without "of" it may be anything."""
        if not any(c.lemma == "of" for c in self.syntax.children(token.i, "prep")):
            return None
        stem = token.lemma.lower()[:-3]
        for verb in (stem, stem + "e", stem[:-1] if stem[-2:-1] == stem[-1:] else stem):
            if verb in self.lexicon.verbs:
                return tuple(row for row in self.lexicon.verbs[verb] if row.has_noun)
        return None

    def operator(self, token: Token) -> Pattern | None:
        rows = self.lexicon.operators.get(token.lemma.lower())
        if not rows or self._is_point_in_time(token):
            return None
        trigger = _Trigger(token, self.frames.of(token.i), self.syntax, self.frames)
        return next(
            (pattern for pattern in trigger.narrowed(rows) if self._fits(trigger, pattern, None) is not None), None
        )

    def _is_point_in_time(self, token: Token) -> bool:
        """ "By the end of a round of talks": that says when, and stops nothing."""
        above = self.syntax.tokens[token.head].text.lower()
        return token.pos == "NOUN" and token.lemma == "end" and token.dep == "pobj" and above in _WHEN

    def _fits(self, trigger: _Trigger, pattern: Pattern, is_actor: frozenset[int] | set[int] | None) -> Match | None:
        """The match of a pattern whose particle and modifiers are there; None where it does not fit. Without `is_actor`
        no participants are asked for."""
        token, roles = trigger.token, trigger.roles
        if pattern.occasion and not self.occasions.is_blow(token):
            return None
        if trigger.noun and not pattern.modifiers and self._voided(token):
            return None
        recipients: list[int] = []
        objects: list[int] = []
        idiom: list[int] = []
        for condition in pattern.conditions:
            found = self._meets(trigger, condition, direct=is_actor is None)
            if found is None:
                return None
            if condition.on == "preposition" and not condition.words:
                recipients.extend(found)
            elif condition.on == "preposition":
                who = condition.words & _PARTICIPANTS or any(t in self.actors for t in found)
                (recipients if who else idiom).extend(found)
            elif condition.on == "object":
                objects.extend(found)
        if pattern.needs_person and is_actor is not None:
            people = [*recipients, *roles.objects, *roles.datives]
            if trigger.noun:
                people += [t for name, t in roles.obliques if name == "of"]
            if not any(t in is_actor for t in people):
                return None
        if pattern.needs_actor and is_actor is not None and not any(t in is_actor for t in roles.subjects):
            return None
        has_people = any("%someone" in self._words.of(o) for o in objects)
        return Match(token.i, pattern, tuple(recipients), tuple(objects), has_people, tuple(idiom))

    def _voided(self, token: Token) -> bool:
        """An idiom: a heart attack, a war of words."""
        for c in self.syntax.children(token.i, "compound", "amod", "nmod"):
            if c.lemma.lower() in self._void:
                return True
        for c in self.syntax.children(token.i, "prep"):
            if c.lemma == "of" and any(k.lemma.lower() in ("word", "attrition") for k in self.syntax.children(c.i)):
                return True
        return False

    def _meets(self, trigger: _Trigger, condition: Condition, *, direct: bool) -> tuple[int, ...] | None:
        """The tokens that meet a condition; None where it is not met."""
        roles, words = trigger.roles, condition.words
        if condition.on == "preposition":
            found = self._after(roles.obliques, condition)
            if not found and not direct:
                found = self._after(trigger.beyond, condition, timed=True)
            return tuple(found) or None
        if condition.on == "clause":
            verbs, tokens = trigger.complements, self.syntax.tokens
            return tuple([i for i in verbs if not words or tokens[i].lemma.lower() in words]) or None
        if condition.on == "subject":
            has = [t for t in roles.subjects if not words.isdisjoint(self._words.of(t))]
            if condition.negated or (condition.optional and not roles.subjects):
                return None if has else ()
            return tuple(has) or None
        if "*" in words:
            return roles.objects or None
        has = [t for t in trigger.objects(negated=condition.negated) if not words.isdisjoint(self._words.of(t))]
        if condition.negated:
            return None if has else ()
        return tuple(has) or None

    def _after(self, obliques: Iterable[tuple[str, int]], condition: Condition, *, timed: bool = False) -> list[int]:
        """What stands after one of the prepositions that a condition asks for and is one of its words; where any will
        do, anything but a time ("insisted on Monday"), which is none if `timed`."""
        words, found = condition.words, list[int]()
        for name, t in obliques:
            if name not in condition.prepositions:
                continue
            if not words.isdisjoint(self._words.of(t)) if words else timed or "%time" not in self._words.of(t):
                found.append(t)
        return found
