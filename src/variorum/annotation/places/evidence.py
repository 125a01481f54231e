"""What the words about a name say: whether it is a place, and of what kind."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from variorum.annotation.legible import bare, folded
from variorum.records import Document, Syntax, Token
from variorum.world.gazetteer import Hit, Place
from variorum.world.nouns import find_noun
from variorum.world.states import States

from .lexicon import Lexicon
from .names import Lookup, contains
from .options import PlaceOptions

POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
DASHES = frozenset({"-", "–", "—", "--"})
LARGE = 300_000  # people of a town whose name needs little evidence
_LEANING = 0.4  # weight of a country whose adjective stands once in the text; the corpora are level from 0.15 to 0.5
_DESCRIBING = frozenset({"amod", "compound", "nmod"})
_THERE = frozenset({"military", "combatant", "inhabitant", "traveler", "police"})  # classes of people: where they are
_BESIDE = frozenset({"close", "next", "adjacent", "near"})
_OF_PERSONS = frozenset({"a", "an", "his", "her", "their", "my"})
_AFFECTED = frozenset({"dobj", "nsubjpass"})
_JOINING = frozenset({"and", "or", "to"})
_SPEECH = frozenset(
    {"say", "tell", "add", "ask", "reply", "write", "recall", "explain", "note", "argue", "admit", "think"}
)


def capital(token: Token) -> bool:
    return token.text[:1].isupper()


class Context:
    """One document's tokens and the views of them that evidence needs. `taken` marks the tokens of spots found so
    far: the one thing that changes. Tokens ``[first, last)`` are given by number."""

    def __init__(self, document: Document, syntax: Syntax, lookup: Lookup, options: PlaceOptions) -> None:
        self.text = folded(document.text)
        self.syntax = syntax
        self.tokens = syntax.tokens
        self.lookup = lookup
        self.options = options
        self.lexicon = Lexicon.load()
        self.states = States.load()
        self.capitals = bytearray(map(capital, self.tokens))
        self.entity: list[int] = [-1] * len(self.tokens)
        for number, entity in enumerate(syntax.entities):
            for i in range(entity.first, entity.last):
                self.entity[i] = number
        self.people = self.surnames()
        self.common = frozenset(token.text for token in self.tokens if token.text.islower() and len(token.text) > 2)
        self.taken = bytearray(len(self.tokens))
        self.named: dict[int, list[Place]] = {}  # countries and divisions by the first token of their sentence
        self.limits = [0] * (len(self.tokens) + 1)  # the end of the sentence that a token is in
        self.starts = [0] * (len(self.tokens) + 1)
        for sentence in syntax.sentences:
            for i in range(sentence.first, sentence.last):
                self.limits[i] = sentence.last
                self.starts[i] = sentence.first

    def surnames(self) -> frozenset[str]:
        """The last words of full names of persons: alone they mean the person again."""
        return frozenset(
            self.tokens[last - 1].text
            for entity in self.syntax.entities
            if entity.label == "PERSON"
            for last in [entity.last - (self.tokens[entity.last - 1].text in POSSESSIVE)]
            if last - entity.first > 1
        )

    # --- small views -----------------------------------------------------------------------------------------

    def words(self, first: int, last: int) -> str:
        return " ".join(bare(self.text[self.tokens[first].start : self.tokens[last - 1].end]).split())

    def label(self, i: int) -> str:
        return self.syntax.entities[self.entity[i]].label if self.entity[i] >= 0 else ""

    def before(self, i: int, n: int = 1) -> Token | None:
        return self.tokens[i - n] if i - n >= self.starts[min(i, len(self.tokens) - 1)] else None

    def after(self, last: int, n: int = 0) -> Token | None:
        return self.tokens[last + n] if last + n < self.limits[last - 1] else None

    # --- evidence --------------------------------------------------------------------------------------------

    def class_after(self, last: int) -> tuple[str, ...]:
        """The kinds that a class word right after calls for: "Aksu city"."""
        token = self.after(last)
        return self.lexicon.classes.get(token.lemma.lower(), ()) if token is not None else ()

    def class_before(self, first: int) -> tuple[str, ...]:
        """The kinds that a class word before calls for: "the city of Rask", "Idlib's town of X"."""
        of = self.before(first)
        word = of if of is None or of.text.lower() != "of" else self.before(first, 2)
        if word is not None and word is not of and (office := self.lexicon.offices.get(word.lemma.lower())):
            return (office,)
        if word is None or (word is of and capital(word)):
            return ()
        owner = self.before(first, 3)
        if word is not of and owner is not None and owner.tag[:3] == "NNP" and not self.lookup.adjective(owner.text):
            return tuple(kind for kind in self.lexicon.classes.get(word.lemma.lower(), ()) if kind == "city")
        return self.lexicon.classes.get(word.lemma.lower(), ()) if word.pos in ("NOUN", "PROPN") else ()

    def container_after(self, last: int) -> bool:
        """Whether ", State" or ", Country" follows."""
        comma = self.after(last)
        if comma is None or comma.text != ",":
            return False
        return bool(self.container_at(last + 1))

    def container_at(self, i: int) -> int:
        """The token after the name of a country or division that begins at token `i`; 0 where none does."""
        if self.after(i) is None and self.after(i - 1, 1) is None:
            return 0
        limit = self.limits[i] if i < len(self.tokens) else 0
        for last in range(min(i + 4, limit), i, -1):
            name = self.words(i, last)
            if not name[:1].isupper():
                return 0
            if self.lookup.division(name) is not None or self.states.named(name) is not None:
                return last
            if any(hit.place.kind == "admin1" and hit.rank <= 1 for hit in self.lookup.exact(name)):
                return last
        return 0

    def lies_in(self, first: int, last: int) -> bool:
        """Whether "in eastern Congo" or ", in the Borno state" follows, and a bearer of the name lies there."""
        i = last + (last < len(self.tokens) and self.tokens[last].text == ",")
        limit = self.limits[last - 1]
        if i >= limit or self.tokens[i].text.lower() not in ("in", "of"):
            return False
        i += 1
        while i < limit and (
            self.tokens[i].text.lower() in self.lexicon.directions or self.tokens[i].text in ("the", "of")
        ):
            i += 1
        end = self.container_at(i) if i < limit else 0
        if not end:
            return False
        outer = [hit.place for hit in self.lookup.exact(self.words(i, end)) if hit.place.kind in ("country", "admin1")]
        inner = [hit.place for hit in self.lookup.exact(self.words(first, last))]
        return any(contains(one, other) for one in outer for other in inner)

    def at_home(self, first: int, hits: Sequence[Hit]) -> bool:
        """Whether a bearer of the name lies in a country or division that the sentence names."""
        countries = self.named.get(self.starts[first], ())
        return any(contains(outer, hit.place) for outer in countries for hit in hits)

    def explained(self, last: int) -> tuple[str, ...]:
        """The kinds that an apposition calls for: ", the capital of Upper Nile state", ", a village near"."""
        comma, article = self.after(last), self.after(last, 1)
        if comma is None or comma.text != "," or article is None or article.text.lower() not in ("a", "an", "the"):
            return ()
        for i in range(article.i + 1, min(article.i + 5, self.limits[last - 1])):
            token = self.tokens[i]
            if token.pos == "NOUN" and token.dep != "compound":
                kinds = self.lexicon.classes.get(token.lemma.lower(), ())
                return tuple(kind for kind in kinds if kind in ("city", "admin1", "site"))
            if token.pos not in ("ADJ", "ADV", "NUM", "NOUN", "PROPN", "PUNCT", "VERB", "PART"):
                return ()
        return ()

    def evidence(self, first: int, last: int) -> float:
        """What the words about tokens ``[first, last)`` say for a place (above 0) or against it; weights by reading
        misses and false finds in the three corpora."""
        score = self.evidence_before(first) + self.evidence_after(first, last)
        if self.class_after(last) or self.class_before(first):
            score += 1.0
        if self.container_after(last):
            score += 1.5
        elif self.lies_in(first, last):
            score += 1.25
        if self.explained(last):
            score += 1.5
        head = self.tokens[last - 1]
        if head.dep in _AFFECTED:
            verb = self.tokens[head.head].lemma.lower()
            if verb in self.lexicon.verbs:
                score += 2.5
            elif verb in self.lexicon.often and (hits := self.lookup.exact(self.words(first, last))):
                score += 1.5 if self.at_home(first, hits) else 0.75
        if self.dateline(first, last):
            score += 1.5
        elif first == self.starts[first] and self.shouted(first, last):
            score += 1.0
        return score

    def evidence_before(self, first: int) -> float:
        """Prepositions ("in", "close to", ", of"), directions, a place before the comma; titles speak against it."""
        before, second = self.before(first), self.before(first, 2)
        if before is None:
            return 0.0
        score = 0.0
        word = before.text.lower()
        if word == "the":
            word = second.text.lower() if second is not None else word
        elif word == "to" and second is not None and second.lemma.lower() in _BESIDE:
            score += 1.0
        elif word == "of":
            score += 1.5 if second is not None and second.text == "," else 0.5
        if word in self.lexicon.strong_prepositions:
            score += 1.0
        elif word in self.lexicon.place_prepositions:
            score += 0.5
        if before.lemma.lower() in self.lexicon.directions:
            score += 0.7
        if word in self.lexicon.inward:
            score += 0.5
        if word == "," and self.taken[before.i - 1]:
            score += 1.0
        elif word in _JOINING and self.taken[before.i - 1]:
            ends = word == "and" and any(
                t.text.lower() == "between" for t in self.tokens[max(0, before.i - 5) : before.i]
            )
            score += 1.5 if ends else 0.75
        return score - 3.0 if self.titled(first) else score

    def evidence_after(self, first: int, last: int) -> float:
        """ "residents", "police", "-based" after a name; verbs of speech and a person's possessive speak against it."""
        after, second = self.after(last), self.after(last, 1)
        if after is None:
            return 0.0
        score = 0.0
        if after.lemma.lower() in self.lexicon.locals or after.text.lower() in self.lexicon.locals:
            score += 1.0
        if after.text in DASHES and second is not None and second.text.lower() == "based":
            score += 1.5
        if after.text.lower() in _JOINING and second is not None and self.taken[second.i]:
            score += 0.75
        if self.kin_follows(last):
            score -= 3.0
        if after.lemma.lower() in _SPEECH or (after.text in POSSESSIVE and self.label(first) == "PERSON"):
            score -= 1.0
        return score

    def kin_follows(self, last: int) -> bool:
        """Whether an apposition tells of a person: ", his daughter,", ", a nurse,"."""
        comma, article = self.after(last), self.after(last, 1)
        if comma is None or comma.text != "," or article is None or article.text.lower() not in _OF_PERSONS:
            return False
        noun = self.after(last, 2)
        close = self.after(last, 3)
        if noun is None or noun.pos != "NOUN" or close is None or close.text not in (",", ".", "and"):
            return False
        found = find_noun(noun.lemma.lower())
        return found is not None and found.sort == "person"

    def titled(self, first: int) -> bool:
        """Whether a person's title stands before token `first`."""
        before = self.before(first)
        return before is not None and before.text.lower().rstrip(".") in self.lexicon.titles and capital(before)

    def shouted(self, first: int, last: int) -> bool:
        """Whether only these tokens of their sentence's beginning are in capitals: a dateline without a dash."""
        after = self.after(last)
        return (
            all(t.text.isupper() and len(t.text) > 3 for t in self.tokens[first:last])
            and after is not None
            and not (after.text.isupper() and after.text.isalpha() and len(after.text) > 1)
        )

    def dateline(self, first: int, last: int) -> bool:
        """Whether the tokens open a paragraph and a dash or an agency in brackets follows."""
        if first > self.starts[first] + 6 or (
            self.starts[first] != first and not self.tokens[self.starts[first]].text.isupper()
        ):
            return False
        for i in range(last, min(last + 8, self.limits[first])):
            if self.tokens[i].text in DASHES:
                return all(capital(t) or not t.text.isalpha() for t in self.tokens[self.starts[first] : i])
        return False

    def own(self, first: int, last: int) -> bool:
        """Whether tokens ``[first, last)`` are a place's own name, with its class word or without."""
        name = self.words(first, last)
        return not self.ordinary(name) and any(
            hit.rank == 0 or hit.place.kind == "country" for hit in self.lookup.any(name)[0]
        )

    def ordinary(self, name: str) -> bool:
        """Whether a name is an ordinary word too, by the lexicon or by its use in this text."""
        low = name.lower()
        return low in self.lexicon.never or low in self.common

    def famous(self, name: str) -> bool:
        """Whether a name is first of all a country's, a first division's or a large town's."""
        return any(
            hit.rank == 0 and (hit.place.kind in ("country", "admin1") or hit.place.population >= LARGE)
            for hit in self.lookup.exact(name)
        )


class Leanings(NamedTuple):
    """The countries that adjectives name, by alpha-2 code, each with its weight: in `lands` with those who are there
    or come from there ("Nigerian troops"), in `envoys` with those who speak for it wherever they are ("US envoy")."""

    lands: dict[str, float]
    envoys: dict[str, float]


def leanings(syntax: Syntax, lookup: Lookup) -> Leanings:
    """The countries whose adjectives stand in a text."""
    lands: dict[str, int] = {}
    envoys: dict[str, int] = {}
    for token in syntax.tokens:
        if capital(token) and token.pos in ("ADJ", "PROPN") and token.dep in _DESCRIBING:
            for hit in lookup.adjective(token.text)[:1]:
                if hit.place.kind == "country" and hit.place.country:
                    counts = envoys if of_envoy(syntax, token.i) else lands
                    counts[hit.place.country] = counts.get(hit.place.country, 0) + 1
    return Leanings(_leaning(lands), _leaning(envoys))


def _leaning(counts: Mapping[str, int]) -> dict[str, float]:
    return {country: leaning(count) for country, count in sorted(counts.items())}


def leaning(count: int) -> float:
    """The weight of a country whose adjective stands `count` times in a text."""
    return _LEANING * math.sqrt(count)


def of_envoy(syntax: Syntax, i: int) -> bool:
    """Whether token `i` describes a person of office or trade, who travels: "US envoy", "Iranian and Omani mediators",
    not those who fight, live or move about there."""
    token = syntax.tokens[i]
    while token.dep == "conj" and token.head != token.i:
        token = syntax.tokens[token.head]
    if token.dep not in _DESCRIBING or token.head <= i:
        return False
    noun = find_noun(syntax.tokens[token.head].lemma.lower())
    return noun is not None and noun.sort == "person" and not noun.classes & _THERE
