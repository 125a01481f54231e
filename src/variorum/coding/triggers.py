"""Which words of a text tell events: the lexicon's patterns held against the syntax."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from variorum.records import Syntax, Token

from .frames import Frames, Roles
from .lexicon import Condition, Lexicon, Pattern
from .occasions import Occasions
from .sorts import sorts_of

_ATTACHED = ("prt", "advmod", "acomp", "oprd", "compound:prt", "ccomp", "xcomp", "npadvmod")
_PREDICATIVE = ("oprd", "acomp", "attr", "ccomp", "xcomp", "advcl", "dobj", "advmod", "npadvmod")
_ADVERBIAL = frozenset({"through", "up", "down", "off", "out", "away", "back"})
_WHEN = frozenset({"at", "by", "near", "towards", "toward", "until", "till", "before", "after", "since"})
_SUMS = frozenset({"million", "billion", "dozens"})
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


class Match(NamedTuple):
    """A pattern that fits token `i`. `recipients` are the tokens that its preposition named, `objects` those that its
    object condition took (they are no participants, unless `people`), `idiom` what its worded prepositions took."""

    i: int
    pattern: Pattern
    recipients: tuple[int, ...]
    objects: tuple[int, ...]
    people: bool = False
    idiom: tuple[int, ...] = ()


class Matcher:
    """Holds the lexicon against one document; `actors` and `places` are the tokens of their names."""

    def __init__(
        self, lexicon: Lexicon, syntax: Syntax, frames: Frames, actors: frozenset[int], places: frozenset[int]
    ) -> None:
        self.lexicon = lexicon
        self.syntax = syntax
        self.frames = frames
        self.actors = actors
        self.places = places
        self._words: dict[int, set[str]] = {}
        self._joined = dict(_joined_words(syntax))
        self.occasions = Occasions(lexicon, syntax, places)

    def event(self, token: Token, is_actor: frozenset[int] | set[int]) -> Match | None:
        """The narrowest pattern that fits; None where none does. `is_actor` holds the tokens that name actors."""
        rows, roles = self._rows(token)
        if not rows or roles is None:
            return None
        for pattern in rows:
            if (match := self._fits(token, pattern, roles, is_actor)) is not None:
                return match
        return None

    def near(self, token: Token) -> tuple[str, ...]:
        """The types of the patterns that have this word, with its particle and modifiers, whatever else they ask for:
        what an unusual object or preposition keeps from fitting."""
        rows, _ = self._rows(token)
        fitting = (
            row.type
            for row in rows or ()
            if not row.occasion
            and (not row.particle or self._has_particle(token, row.particle))
            and (not row.modifiers or self._has_modifiers(token, row.modifiers))
        )
        return tuple(sorted({type_ for type_ in fitting if type_ is not None}))

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
        roles = self.frames.of(token.i)
        for pattern in rows:
            if self._fits(token, pattern, roles, None) is not None:
                return pattern
        return None

    def _is_point_in_time(self, token: Token) -> bool:
        """ "By the end of a round of talks": that says when, and stops nothing."""
        above = self.syntax.tokens[token.head].text.lower()
        return token.pos == "NOUN" and token.lemma == "end" and token.dep == "pobj" and above in _WHEN

    def _fits(
        self, token: Token, pattern: Pattern, roles: Roles, is_actor: frozenset[int] | set[int] | None
    ) -> Match | None:
        if pattern.particle and not self._has_particle(token, pattern.particle):
            return None
        if pattern.modifiers and not self._has_modifiers(token, pattern.modifiers):
            return None
        if pattern.occasion and not self.occasions.is_blow(token):
            return None
        if token.pos in ("NOUN", "PROPN") and not pattern.modifiers and self._voided(token):
            return None
        recipients: list[int] = []
        objects: list[int] = []
        idiom: list[int] = []
        for condition in pattern.conditions:
            found = self._meets(token, condition, roles, direct=is_actor is None)
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
            if token.pos in ("NOUN", "PROPN"):
                people += [t for name, t in roles.obliques if name == "of"]
            if not any(t in is_actor for t in people):
                return None
        if pattern.needs_actor and is_actor is not None and not any(t in is_actor for t in roles.subjects):
            return None
        has_people = any("%someone" in self.words_of(o) for o in objects)
        return Match(token.i, pattern, tuple(recipients), tuple(objects), has_people, tuple(idiom))

    def _has_particle(self, token: Token, particle: str) -> bool:
        for c in self.syntax.children(token.i):
            if c.lemma.lower() != particle:
                continue
            if c.dep in _ATTACHED or (particle in _ADVERBIAL and c.dep == "prep" and self._dates(c.i)):
                return True
        nearby = self.syntax.tokens[token.i + 1 : token.i + 2]
        return any(t.lemma.lower() == particle for t in nearby)

    def _dates(self, i: int) -> bool:
        """A particle that the parse put before a time: "pushed it through that week"."""
        return any("%time" in sorts_of(k, ()) for k in self.syntax.children(i, "pobj"))

    def _has_modifiers(self, token: Token, modifiers: tuple[str, ...]) -> bool:
        have = set()
        for c in self.syntax.children(token.i, "compound", "amod", "nmod", "poss", "nummod", "advmod"):
            have.add(c.lemma.lower())
            have.add(c.text.lower())
            for k in self.syntax.children(c.i, "compound", "amod", "conj", "npadvmod"):
                have.add(k.lemma.lower())
        if token.i and self.syntax.tokens[token.i - 1].head == token.head:
            have.add(self.syntax.tokens[token.i - 1].lemma.lower())
        return all(m in have for m in modifiers)

    def _voided(self, token: Token) -> bool:
        """An idiom: a heart attack, a war of words."""
        void = self.lexicon.words("illness_modifiers")
        for c in self.syntax.children(token.i, "compound", "amod", "nmod"):
            if c.lemma.lower() in void:
                return True
        for c in self.syntax.children(token.i, "prep"):
            if c.lemma == "of" and any(k.lemma.lower() in ("word", "attrition") for k in self.syntax.children(c.i)):
                return True
        return False

    def words_of(self, i: int) -> set[str]:
        """The lemma of a phrase's head and of its compounds, adjectives and counted nouns ("hundreds of people"); the
        sorts of its head and of what that counts."""
        if (known := self._words.get(i)) is None:
            known = self._words[i] = self._words_of(i)
        return known

    def _words_of(self, i: int) -> set[str]:
        syntax = self.syntax
        token = syntax.tokens[i]
        found = {token.lemma.lower(), token.text.lower(), *sorts_of(token, self.actors, self.places)}
        for c in syntax.children(i, "compound", "amod", "nmod", "nummod", "quantmod"):
            found.add(c.lemma.lower())
        counted = token.lemma.lower() in self.lexicon.words("quantity") or token.pos in ("NUM", "PRON", "DET", "SYM")
        for c in syntax.children(i, "prep"):
            if (c.lemma == "of" or (c.lemma == "in" and token.lemma.lower() in _SUMS)) and counted:
                for k in syntax.children(c.i, "pobj"):
                    found.add(k.lemma.lower())
                    found |= sorts_of(k, self.actors, self.places)
                    found.update(m.lemma.lower() for m in syntax.children(k.i, "compound", "amod"))
        if token.pos == "PROPN" and token.lemma.lower().endswith("s"):
            found.add(token.lemma.lower()[:-1])
        if (counted_on := self.occasions.counted(token)) is not None:
            found.add(counted_on)
        if self._is_make(token):
            found.add("%make")
        if self._is_held(token, found):
            found.add("%thing")
        return found

    def _is_held(self, token: Token, words: set[str]) -> bool:
        """A place or a thing that is taken and not abducted: "seized the town", "dozens of villages". Of a village
        chief only the first word is one."""
        if "%person" in words:
            return False
        heads = {token.lemma.lower()}
        for c in self.syntax.children(token.i, "prep"):
            if c.lemma == "of" and token.lemma.lower() in self.lexicon.words("quantity"):
                heads |= {k.lemma.lower() for k in self.syntax.children(c.i, "pobj")}
        held = (self.lexicon.words(name) for name in ("place_held", "building", "goods", "vessel", "peopled"))
        return bool(words & {"%location", "%artifact"}) or any(heads & names for names in held)

    def _is_make(self, token: Token) -> bool:
        """A name that counts things and not one bearer: "a Mirage", "two Antonovs"."""
        if token.pos != "PROPN":
            return False
        articles = (c.text.lower() for c in self.syntax.children(token.i, "det"))
        return any(a in ("a", "an") for a in articles) or self.syntax.child(token.i, "nummod") is not None

    def _meets(self, token: Token, condition: Condition, roles: Roles, *, direct: bool) -> tuple[int, ...] | None:
        """The tokens that meet a condition; None where it is not met."""
        if condition.on == "preposition":
            found = [t for name, t in roles.obliques if name in condition.prepositions and self._is_meant(t, condition)]
            if not found and not direct:
                found = self._through_object(token, roles, condition)
            return tuple(found) or None
        if condition.on == "subject":
            tokens = roles.subjects
            has = [t for t in tokens if self.words_of(t) & condition.words]
            if condition.negated or (condition.optional and not tokens):
                return None if has else ()
            return tuple(has) or None
        if condition.on == "clause":
            verbs = self._complements(token, roles)
            return tuple(i for i in verbs if not condition.words or self._verb_lemma(i) in condition.words) or None
        objects = (*roles.objects, *roles.datives)
        objects = (*objects, *(t for t in self._predicates(token) if t not in objects))
        if token.pos in ("NOUN", "PROPN"):
            objects = tuple(t for name, t in roles.obliques if name == "of")
            objects = (*objects, *(c.i for c in self.syntax.children(token.i, "compound")))
            if condition.negated:
                objects = (*objects, *(c.i for c in self.syntax.children(token.i, "amod", "poss")))
        if "*" in condition.words:
            return roles.objects or None
        has = [t for t in objects if self.words_of(t) & condition.words]
        if condition.negated:
            return None if has else ()
        return tuple(has) or None

    def _is_meant(self, t: int, condition: Condition) -> bool:
        """One of the asked words; where any will do, anything but a time ("insisted on Monday")."""
        words = self.words_of(t)
        return bool(words & condition.words) if condition.words else "%time" not in words

    def _through_object(self, token: Token, roles: Roles, condition: Condition) -> list[int]:
        """A preposition that the parse hung on the object ("fired rockets at") or on the verb ("carried out strikes
        on Friday against")."""
        found: list[int] = []
        if token.dep in ("dobj", "nsubjpass") and self.syntax.tokens[token.head].pos == "VERB":
            for name, t in self.frames.verb(token.head).obliques:
                if name in condition.prepositions and (not condition.words or self.words_of(t) & condition.words):
                    found.append(t)
        for o in roles.objects:
            for name, t in self.frames.noun(o).obliques:
                if name in condition.prepositions and (not condition.words or self.words_of(t) & condition.words):
                    found.append(t)
        return found

    def _complements(self, token: Token, roles: Roles) -> list[int]:
        """The verbs of complement clauses, also where the parse hangs them on the object or after a preposition."""
        found: list[int] = []
        for i in (token.i, *roles.objects):
            for c in self.syntax.children(i, "xcomp", "ccomp", "acl", "relcl", "advcl", "prep", "dobj", "conj"):
                inner = self.syntax.children(c.i, "pcomp") if c.dep == "prep" else (c,)
                for k in inner:
                    if k.i > token.i and k.pos in ("VERB", "AUX"):
                        found += [k.i, *(m.i for m in self.syntax.children(k.i, "conj", "xcomp"))]
        return found

    def _verb_lemma(self, i: int) -> str:
        return self.syntax.tokens[i].lemma.lower()

    def _predicates(self, token: Token) -> list[int]:
        """Objects that are said with an adjective or a small clause: "found guilty", "set ablaze", "left dead"."""
        found = [k.i for c in self.syntax.children(token.i, "dobj") for k in self.syntax.children(c.i, "appos")]
        for c in self.syntax.children(token.i, *_PREDICATIVE):
            if c.pos != "VERB" or c.tag == "VBN":
                found.append(c.i)
            if c.dep in ("ccomp", "xcomp"):
                found.extend(k.i for k in self.syntax.children(c.i, "nsubj", "nsubjpass"))
        return found
