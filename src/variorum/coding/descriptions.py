"""What the words about a mention say of which happening it is: one more, an earlier one, both, fighting that goes on;
with what it was done and to what."""

from __future__ import annotations

from typing import Literal

from variorum.records import Record, Syntax, Token

from .candidate import Candidate
from .frames import Frames
from .lexicon import Lexicon
from .sorts import sorts_of

_NUMBERS = {"both": 2, "two": 2, "twin": 2, "double": 2, "pair": 2, "either": 2, "neither": 2, "dual": 2, "three": 3,
            "triple": 3, "trio": 3, "four": 4, "five": 5, "six": 6, "2": 2, "3": 3, "4": 4}  # fmt: skip
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_POINTING = frozenset({"this", "that", "these", "those"})
_MEANS = ("drone", "aerial", "missile", "heavy", "explosive", "firearm", "primitive", "chemical")
_MEANS_WORDS = ("instrument", "munition", "planted", "aircraft")
_NEAR = frozenset({"on", "against", "at", "in", "of", "near", "outside", "inside", "into"})
_SOLID = frozenset({"%artifact", "%location", "%object", "%animal"})

Order = Literal["further", "bygone"]


class Description(Record, frozen=True, kw_only=True):
    """What tells one mention's happening from others.

    `order` is "further" for one more ("another blast", "a second raid") and "bygone" for one before ("an earlier
    raid"); `count` how many it stands for, None where a definite plural leaves it open ("the raids"); `campaign` marks
    fighting that goes on. `means` and `targets` are lemmas of what it was done with and to, `named` those of them that
    its own modifiers name ("the bus attack"); `dated` a day that its possessor gives ("Monday's blast").
    """

    order: Order | None = None
    count: int | None = 1
    campaign: bool = False
    past_perfect: bool = False
    dated: bool = False
    means: frozenset[str] = frozenset()
    targets: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()


class Means:
    """When two acts were done with weapons of one sort, and when not. Aircraft drop bombs and fire missiles."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._classes = {name: lexicon.words(name) for name in _MEANS}

    def meet(self, some: frozenset[str], others: frozenset[str]) -> bool:
        """Whether one weapon of each is of one sort: "jets" and "the air raid"."""
        return bool(some & others or self._sorts(some) & self._sorts(others))

    def clash(self, some: frozenset[str], others: frozenset[str]) -> bool:
        """Whether both tell their means and no two of them can be of one act: a mine and a rocket."""
        kinds, other_kinds = self._sorts(some), self._sorts(others)
        if not kinds or not other_kinds or some & others or kinds & other_kinds:
            return False
        return not any({a, b} in _ONE_MEANS for a in kinds for b in other_kinds)

    def _sorts(self, words: frozenset[str]) -> set[str]:
        return {name for name, listed in self._classes.items() if words & listed}


class Describer:
    """Reads descriptions off one document's syntax; `triggers` are the tokens that tell events."""

    def __init__(self, syntax: Syntax, frames: Frames, lexicon: Lexicon, triggers: frozenset[int]) -> None:
        self.syntax = syntax
        self.frames = frames
        self.triggers = triggers
        self._further, self._bygone = lexicon.words("further"), lexicon.words("bygone")
        self._campaign, self._campaigns = lexicon.words("campaign"), lexicon.words("campaigns")
        self._weapons = frozenset().union(*(lexicon.words(name) for name in (*_MEANS, *_MEANS_WORDS)))

    def of(self, candidate: Candidate) -> Description:
        token = self.syntax.tokens[candidate.trigger]
        nouns = self._nouns(candidate)
        modifiers = [m for i in nouns for m in self._modifiers(i)]
        plural = candidate.nominal and token.tag in ("NNS", "NNPS")
        low = token.lemma.lower()
        means = frozenset(t.lemma.lower() for t in self._about(candidate, nouns) if t.lemma.lower() in self._weapons)
        named = self._named(candidate) if candidate.nominal else frozenset()
        return Description(
            order=self._order(candidate, nouns),
            count=self._count(candidate, modifiers, plural=plural),
            campaign=candidate.nominal and (low in self._campaign or (plural and low in self._campaigns)),
            past_perfect=self._is_past_perfect(candidate),
            dated=any("%time" in sorts_of(m, ()) or m.dep == "npadvmod" for m in modifiers if m.dep == "poss"),
            means=means,
            targets=named | self._targets(candidate),
            named=named,
        )

    def _nouns(self, candidate: Candidate) -> list[int]:
        """The nouns whose determiners say which happening it is: the trigger, or the act or thing that a verb tells."""
        tokens = self.syntax.tokens
        if tokens[candidate.trigger].pos in ("NOUN", "PROPN", "NUM", "PRON"):
            return [candidate.trigger]
        return [i for i in candidate.agents if i in self.triggers or tokens[i].lemma.lower() in self._weapons]

    def _modifiers(self, i: int) -> list[Token]:
        found = list(self.syntax.children(i, "det", "amod", "nummod", "predet", "poss", "compound", "nmod"))
        token = self.syntax.tokens[i]
        head = self.syntax.tokens[token.head]
        if token.dep == "pobj" and head.text.lower() == "of":
            found.append(self.syntax.tokens[head.head])  # "both of the raids", "a pair of blasts"
        return found

    def _order(self, candidate: Candidate, nouns: list[int]) -> Order | None:
        tokens = self.syntax.tokens
        for i in nouns:
            if (order := self._order_of(i)) is not None:
                return order
        if tokens[candidate.trigger].pos == "VERB":
            for c in self.syntax.children(candidate.trigger, "advmod"):
                low = c.text.lower()
                if low in ("elsewhere", "separately", "again", "anew"):
                    return "further"
                if low in ("earlier", "previously", "beforehand") and self.syntax.child(c.i) is None:
                    return "bygone"
        return None

    def _order_of(self, i: int) -> Order | None:
        """What the words before a noun say: "another blast", "the previous raid"; "the new raid" is the one told."""
        if self._is_said_of_it(i):
            return None
        determiners = {c.text.lower() for c in self.syntax.children(i, "det")}
        definite, pointing = bool(determiners & _DEFINITE), bool(determiners & _POINTING)
        for m in self._modifiers(i):
            low = m.lemma.lower()
            if m.dep == "poss" or m.i > i:
                continue
            beside = m.i + 1 == i and m.dep == "amod"
            if low in self._bygone and (beside or low not in ("last", "past")):
                return "bygone"
            if low in self._further and not (pointing or (definite and low in ("new", "fresh"))):
                return "further"
        return "further" if self.syntax.tokens[i].text.lower() == "another" else None

    def _is_said_of_it(self, i: int) -> bool:
        """What "it" is said to be: "it was the second such attack" is of the one told."""
        token = self.syntax.tokens[i]
        if token.dep != "attr":
            return False
        subject = self.syntax.child(token.head, "nsubj")
        return subject is not None and subject.i != i

    def _count(self, candidate: Candidate, modifiers: list[Token], *, plural: bool) -> int | None:
        if not candidate.nominal:
            return 1
        if not plural:
            single = [m for m in modifiers if m.text.lower() in ("twin", "double", "dual", "triple")]
            return _NUMBERS[single[0].text.lower()] if single else 1
        counts = [_NUMBERS[m.text.lower()] for m in modifiers if m.text.lower() in _NUMBERS]
        if counts:
            return max(counts)
        if any(m.dep == "nummod" for m in modifiers):
            return 1  # many counted as one: "sixty air strikes"
        return None if any(m.text.lower() in _DEFINITE for m in modifiers) else 1

    def _is_past_perfect(self, candidate: Candidate) -> bool:
        return any(
            c.text.lower() == "had"
            for i in candidate.chain
            if self.syntax.tokens[i].pos == "VERB"
            for c in self.syntax.children(i, "aux")
        )

    def _about(self, candidate: Candidate, nouns: list[int]) -> list[Token]:
        """The tokens that may name the means."""
        tokens, children = self.syntax.tokens, self.syntax.children
        found = [tokens[i] for i in candidate.chain]
        for i in (*candidate.chain, *candidate.agents):
            found += [tokens[i], *children(i, "compound", "amod", "nmod")]
        for i in candidate.chain:
            for name, t in self.frames.of(i).obliques:
                if name in ("with", "by", "using", "from", "involving"):
                    found += [tokens[t], *children(t, "compound", "amod")]
            if tokens[i].lemma.lower() in ("fire", "launch", "drop", "lob", "hurl", "throw", "plant", "lay", "set"):
                found += [tokens[o] for o in self.frames.of(i).objects]
        return found

    def _named(self, candidate: Candidate) -> frozenset[str]:
        """What a noun's own words say it hit: "the bus attack", "the assault on the camp"."""
        found = set()
        if candidate.definite:
            around = (t for name, t in self.frames.noun(candidate.trigger).obliques if name in ("on", "against", "of"))
            found |= {self.syntax.tokens[t].lemma.lower() for t in around if self._is_solid(t)}
        for c in self.syntax.children(candidate.trigger, "compound", "nmod"):
            low = c.lemma.lower()
            if c.pos == "NOUN" and low not in self._weapons and sorts_of(c, ()) & (_SOLID | {"%person", "%group"}):
                found.add(low)
        return frozenset(found)

    def _targets(self, candidate: Candidate) -> frozenset[str]:
        tokens = self.syntax.tokens
        around = [t for i in candidate.chain for name, t in self.frames.of(i).obliques if name in _NEAR]
        found = set()
        for i in (*candidate.patients, *candidate.whole, *around):
            if self._is_solid(i):
                found.add(tokens[i].lemma.lower())
        return frozenset(found)

    def _is_solid(self, i: int) -> bool:
        """A thing or place that can be hit, and no weapon."""
        token = self.syntax.tokens[i]
        if i in self.triggers or token.pos != "NOUN":
            return False
        return bool(sorts_of(token, ()) & _SOLID) and token.lemma.lower() not in self._weapons


_ONE_MEANS = (
    {"aerial", "missile"},
    {"aerial", "explosive"},
    {"drone", "aerial"},
    {"drone", "missile"},
    {"drone", "explosive"},
    {"heavy", "missile"},
    {"missile", "explosive"},
    {"firearm", "primitive"},
)
