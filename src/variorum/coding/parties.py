"""Parties that fill a role of the syntax and have no mention in the actor layer: "six", "a Maltese tanker", "we".

Roles come from syntax first and are filed as actors only then, so each phrase that may fill one becomes a mention:
persons, groups and bodies by their noun, crewed craft, bare numbers of people, the states and peopled places that
the place layer holds where they act or are acted on. Where "we" speaks, the speaker is meant.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

import msgspec

from variorum.records import ActorMention, Annotation, Document, EventMention, PlaceMention, Syntax, Token
from variorum.world.nouns import find_noun
from variorum.world.states import State, States

from .lexicon import Lexicon

_SLOTS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "poss", "dative", "conj", "appos", "attr", "ROOT", "nmod"})
_ACTING = frozenset({"nsubj", "nsubjpass", "dobj", "dative", "poss"})
_PEOPLE = "people"  # what a number that is harmed counts
_TOWARDS = frozenset(
    {"to", "with", "against", "between", "by", "for", "upon", "among", "on", "toward", "towards", "from", "at"}
)
_BEFORE = frozenset({"amod", "compound", "nmod", "npadvmod", "punct"})
_QUANTITIES = frozenset({"dozen", "score", "hundred", "thousand", "many", "several", "others", "some", "scores",
                         "dozens", "hundreds", "thousands"})  # fmt: skip
_SPEAKING = frozenset({"we", "us", "i", "me", "our", "my"})
_COMPASS = frozenset({"north", "south", "east", "west"})  # "the North" may act, the north may not
_ANAPHORIC = frozenset({"side", "country", "nation", "party", "neighbour", "neighbor", "rival", "counterpart", "state"})
_THINGS = frozenset({"artifact", "location", "object", "group", "person", "animal", "possession"})
_ANYONE = frozenset({"those", "others", "everyone", "anyone", "nobody", "someone"})


def missing_parties(
    document: Document, syntax: Syntax, annotation: Annotation, lexicon: Lexicon
) -> tuple[ActorMention, ...]:
    """The mentions of parties that `annotation` lacks, in text order. None overlaps a mention of the layer."""
    return tuple(_Finder(document, syntax, annotation, lexicon).all())


def things_told(
    document: Document,
    syntax: Syntax,
    annotation: Annotation,
    lexicon: Lexicon,
    sentences: frozenset[int],
    triggers: Collection[int],
) -> tuple[ActorMention, ...]:
    """Phrases for things and places in these sentences that something may be done to ("the depot at Engels"), in text
    order: no parties by themselves. None overlaps a mention of `annotation` or names a trigger."""
    return tuple(_Finder(document, syntax, annotation, lexicon).things(sentences, triggers))


class _Finder:
    def __init__(self, document: Document, syntax: Syntax, annotation: Annotation, lexicon: Lexicon) -> None:
        self.document = document
        self.syntax = syntax
        self.annotation = annotation
        self.crewed = lexicon.words("crewed")
        self.bodies = lexicon.words("bodies")
        self.peopled = lexicon.words("peopled")
        self.posts = lexicon.words("diplomat")
        self.munitions = lexicon.words("munition") | lexicon.words("drone") | lexicon.words("missile")
        self.nobody = lexicon.words("nobody")
        self.covered = {t.i for a in annotation.actors for t in syntax.tokens_in(a.start, a.end)}
        self.several = len({a.country for a in annotation.actors if a.country}) > 1
        self.times = {t.i for x in annotation.times for t in syntax.tokens_in(x.start, x.end)}
        self.places: dict[int, PlaceMention] = {}
        for place in annotation.places:
            for token in syntax.tokens_in(place.start, place.end):
                self.places[token.i] = place

    def all(self) -> Iterator[ActorMention]:
        for token in self.syntax.tokens:
            if token.i in self.covered or token.i in self.times:
                continue
            if token.dep in ("amod", "compound", "nmod") and (made := self._adjective(token)) is not None:
                yield made
            if token.dep not in _SLOTS:
                continue
            if token.pos == "PRON":
                if (made := self._pronoun(token)) is not None:
                    yield made
            elif (place := self.places.get(token.i)) is not None:
                if (made := self._place(token, place)) is not None:
                    yield made
            elif token.pos in ("NOUN", "PROPN", "NUM", "ADJ", "DET") and self._is_party(token):
                yield self._phrase(token)

    def things(self, sentences: frozenset[int], triggers: Collection[int]) -> Iterator[ActorMention]:
        for number in sorted(sentences):
            sentence = self.syntax.sentences[number]
            for token in self.syntax.tokens[sentence.first : sentence.last]:
                if token.i in self.covered or token.i in self.times or token.i in triggers:
                    continue
                if token.dep in _SLOTS and token.pos in ("NOUN", "PROPN") and self._is_struck(token):
                    yield self._phrase(token)

    def _is_struck(self, token: Token) -> bool:
        """A thing, a place or a name of something."""
        if token.i in self.places:
            return token.i == self._head_of_place(token.i)
        noun = find_noun(token.lemma.lower())
        if noun is None:
            return token.pos == "PROPN" and token.text[:1].isupper()
        return noun.sort in _THINGS

    def _head_of_place(self, i: int) -> int:
        place = self.places[i]
        head = self.syntax.head_of(place.start, place.end)
        return i if head is None else head.i

    # ------------------------------------------------------------------ what may be one

    def _is_party(self, token: Token) -> bool:
        low = token.lemma.lower()
        if low in self.nobody or (low in _COMPASS and not token.text[:1].isupper()):
            return False
        if token.pos == "NUM" or token.text.lower() in _QUANTITIES:
            return self._is_bare_number(token)
        if token.pos in ("ADJ", "DET"):
            return low in _ANYONE
        if token.tag == "NNS" and low in _ANAPHORIC and self.several:
            return False  # "the two sides": whichever they are, the text has named them
        if low in self.crewed or low in self.peopled:
            return not self._is_owned(token)
        if low in self.bodies:
            return not any(c.tag == "PRP$" for c in self.syntax.children(token.i, "poss"))  # "their embassies"
        if token.pos == "PROPN" and token.text[:1].isupper():
            entity = self.syntax.entity_of(token.i)
            acts = token.dep in ("nsubj", "nsubjpass", "poss")
            if entity is not None and (entity.label in ("PERSON", "ORG", "NORP") or (entity.label == "GPE" and acts)):
                return True
        noun = find_noun(low)
        return noun is not None and noun.sort in ("person", "group")

    def _is_owned(self, token: Token) -> bool:
        """A thing whose owner is an actor of the layer before it: "the rebels' camps". He takes part, not the thing."""
        owners = [*self.syntax.children(token.i, "poss", "compound", "amod", "nmod")]
        owners += [k for c in self.syntax.children(token.i, "prep") for k in self.syntax.children(c.i, "pobj")]
        return any(c.i in self.covered or c.tag == "WP$" for c in owners)

    def _is_bare_number(self, token: Token) -> bool:
        """A number that counts people by itself: "killed six", "arrested scores"; not "six of the ships", no sum."""
        if token.dep not in ("dobj", "nsubjpass", "nsubj"):
            return False
        if any(c.lemma in ("of", "%", "percent", "$") for c in self.syntax.children(token.i)):
            return False
        if token.dep == "nsubj" and self._counts_things(token):
            return False
        return token.text.isdigit() or token.text.isalpha()

    def _counts_things(self, token: Token) -> bool:
        """A number whose last counted noun before it, in its sentence or the one before, is a thing: "six missiles
        were fired; two hit a school"."""
        number = self.syntax.sentence_of(token.i).number
        first = self.syntax.sentences[max(0, number - 1)].first
        for before in reversed(self.syntax.tokens[first : token.i]):
            if before.tag == "NNS" and before.pos == "NOUN" and before.i not in self.times:
                if before.i in self.covered:
                    return False
                if before.lemma.lower() in self.munitions:
                    return True
                noun = find_noun(before.lemma.lower())
                if noun is not None and noun.sort in ("person", "group", "artifact"):
                    return noun.sort == "artifact"
        return False

    def _pronoun(self, token: Token) -> ActorMention | None:
        """ "We" in the words of a speaker that the text names."""
        if token.text.lower() not in _SPEAKING or token.dep not in ("nsubj", "nsubjpass", "dobj", "poss"):
            return None
        best: tuple[int, int] | None = None
        for item in self.annotation.attributions:
            for start, end in item.content:
                inside = start <= token.start and token.end <= end
                if inside and item.speaker_actor is not None and (best is None or end - start < best[0]):
                    best = (end - start, item.speaker_actor)
        number = best[1] if best is not None else self._heading(token)
        if number is None:
            return None
        speaker = self.annotation.actors[number]
        return ActorMention(
            start=token.start,
            end=token.end,
            text=self.document.text[token.start : token.end],
            name=speaker.name,
            key=speaker.key,
            country=speaker.country,
            sector=speaker.sector,
            sectors=speaker.sectors,
            antecedent=number,
            generic=speaker.generic,
        )

    def _heading(self, token: Token) -> int | None:
        """The one who speaks by the words before a colon: "Statement by the minister: We"."""
        tokens = self.syntax.tokens
        first = self.syntax.sentence_of(token.i).first
        if first and tokens[first - 1].text == ":":
            first = self.syntax.sentence_of(first - 1).first
        colons = [t for t in tokens[first : token.i] if t.text == ":"]
        if not colons:
            return None
        start, end = tokens[first].start, colons[-1].start
        told = [n for n, a in enumerate(self.annotation.actors) if start <= a.start and a.end <= end]
        return told[0] if told else None

    def _adjective(self, token: Token) -> ActorMention | None:
        """The state behind an adjective of a thing: "Mozambican maize". Of a party it is a part, and no mention."""
        head = self.syntax.tokens[token.head]
        state = States.load().of_people(token.text) if token.text[:1].isupper() else None
        if state is None or head.i in self.covered or head.pos not in ("NOUN", "PROPN") or self._is_party(head):
            return None
        return self._of_state(token.start, token.end, state)

    def _of_state(self, start: int, end: int, state: State) -> ActorMention:
        country = state.iso3 or state.parent
        return ActorMention(
            start=start,
            end=end,
            text=self.document.text[start:end],
            name=state.name,
            key=f"{country or ''}:GOV:{_slug(state.name)}",
            country=country,
            sector="GOV",
            sectors=("GOV",),
        )

    # ------------------------------------------------------------------ mentions

    def _place(self, token: Token, place: PlaceMention) -> ActorMention | None:
        """A state that acts or is acted on, also by its capital; another peopled place where things are done to it."""
        head = self.syntax.tokens[token.head]
        slot = token.dep
        if slot == "conj":
            while head.dep == "conj":
                head = self.syntax.tokens[head.head]
            slot, head = head.dep, self.syntax.tokens[head.head]
        if slot == "pobj":
            posted = head.lemma == "in" and self.syntax.tokens[head.head].lemma.lower() in self.posts
            if head.lemma.lower() not in _TOWARDS and not posted:
                return None
        elif slot not in _ACTING:
            return None
        state = self._state(place)
        raised = slot == "nsubj" and head.tag == "VB" and head.dep in ("xcomp", "ccomp")  # "help Samoa fight"
        if state is None and (head.lemma == "at" or (slot in ("nsubj", "poss") and not raised)):
            return None
        if state is not None:
            return self._of_state(place.start, place.end, state)
        country = self._iso3(place)
        return ActorMention(
            start=place.start,
            end=place.end,
            text=self.document.text[place.start : place.end],
            name=place.name,
            key=f"{country or ''}::{_slug(place.name)}",
            country=country,
            generic=True,
        )

    def _state(self, place: PlaceMention) -> State | None:
        states = States.load()
        if place.precision == "country":
            return states.by_iso2(place.country)
        return states.of_government(place.text)

    def _iso3(self, place: PlaceMention) -> str | None:
        state = States.load().by_iso2(place.country)
        return state.iso3 if state is not None else None

    def _phrase(self, token: Token) -> ActorMention:
        """The noun phrase without its article, number and owner."""
        first = token.i
        while first > 0:
            before = self.syntax.tokens[first - 1]
            if not self._is_inside(before, token.i) or before.i in self.covered or before.pos in ("DET", "NUM", "PRON"):
                break
            if before.dep == "punct" and before.text != "-":
                break
            first = before.i
        start = self.syntax.tokens[first].start
        text = self.document.text[start : token.end]
        state = self._owner(token)
        country = state.iso3 if state is not None else None
        if state is not None and token.lemma.lower() in self.crewed:
            return self._of_state(start, token.end, state)  # a state's aircraft and ships are itself
        return ActorMention(
            start=start,
            end=token.end,
            text=text,
            name=(name := _PEOPLE if token.tag == "CD" else " ".join(text.split())),
            key=f"{country or ''}::{_slug(name)}",
            country=country,
            generic=True,
        )

    def _owner(self, token: Token) -> State | None:
        """The state whose name or adjective stands before a noun: "a Maltese tanker", "Maltese coast guard ships"."""
        for c in self._owning(token.i):
            state = States.load().of_people(c.text) or States.load().named(c.text)
            if state is not None:
                return state
        return None

    def _owning(self, i: int) -> Iterator[Token]:
        """What stands before a noun, and before the nouns that are joined to it, the nearest first."""
        own = self.syntax.children(i, "amod", "compound", "nmod", "poss")
        yield from own
        for c in own:
            if c.dep == "compound":
                yield from self._owning(c.i)

    def _is_inside(self, before: Token, i: int) -> bool:
        """Whether a word stands in the phrase of noun `i`, if need be by other words before it."""
        while before.dep in _BEFORE and before.head > before.i:
            if before.head == i:
                return True
            before = self.syntax.tokens[before.head]
        return False


def _slug(text: str) -> str:
    return "-".join(text.lower().split())


def with_parties(given: Annotation, whole: Annotation, events: tuple[EventMention, ...]) -> Annotation:
    """The given annotation with the events and those of the added actors that take part in one."""
    size = len(given.actors)
    used = sorted({n for e in events for n in (*e.actors, *e.recipients) if n >= size})
    number = {n: size + k for k, n in enumerate(used)}

    def moved(side: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(number.get(n, n) for n in side)

    if used:
        events = tuple(
            msgspec.structs.replace(e, actors=moved(e.actors), recipients=moved(e.recipients)) for e in events
        )
    return msgspec.structs.replace(given, actors=(*given.actors, *(whole.actors[n] for n in used)), events=events)
