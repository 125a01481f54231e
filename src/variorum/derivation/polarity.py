"""Turned statements: what the one account says of nobody or denies, and the other says of somebody or affirms.

Sentences are cut into clauses. A clause with a negation is set against each clause of the other text without one, and
clauses of one polarity where the one has the opposite of a word of the other ("little resistance", "much resistance").
What speaks for it, as features of a trained decision: the words that the two clauses share, whether the word that is
negated is among them, the sentences around; against it, that the one text says both, or that the other says it too.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache, cached_property
from typing import NamedTuple

from rapidfuzz.distance import Indel

from variorum.records import Span
from variorum.world.nouns import find_noun
from variorum.world.words import stem

from .correspondence import Correspondence, likeness
from .facts import Fact, Facts
from .lexicon import tables, words_of

_LEAST = 0.25  # shared weight under which two clauses are not looked at
_MOST = 2.0  # a likeness that says all that it can
_SHORT = 2  # words of a clause that is no clause of its own
_WORDED = 0.5  # likeness of the words of two clauses, light ones too, that say the same but for a negation
_OF_NEWS = 0.1  # weight of a word of any news text
_LIGHT = 0.35
_MOST_CLAUSES = 160  # first clauses of a text that are compared


class Clause(NamedTuple):
    """Words ``[first, last)`` of a text; the words that negate it, an even number of which negate nothing; the stems of
    its content with their weight; the words, all of them, by their stems."""

    first: int
    last: int
    negators: tuple[int, ...]
    content: dict[int, float]
    stems: tuple[str, ...]

    @property
    def negative(self) -> bool:
        return len(self.negators) % 2 == 1

    @property
    def weight(self) -> float:
        return math.fsum(self.content.values())


class Clauses:
    """The clauses of one text."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.all = list(self._clauses())[:_MOST_CLAUSES]

    def _clauses(self) -> Iterator[Clause]:
        for first, last, _ in self.facts.reading.told:
            if self.facts.reading.masked[first]:
                continue
            start = first
            for i in range(first + 1, last + 1):
                if i == last or (self._cut(i) and i - start >= _SHORT and last - i >= _SHORT):
                    yield self._clause(start, i)
                    start = i

    def _cut(self, i: int) -> bool:
        """Whether a clause begins at a word: something but a space or a hyphen parts it from the one before, or it
        joins clauses."""
        facts = self.facts
        between = facts.reading.text[facts.reading.ends[i - 1] : facts.reading.starts[i]]
        marked = not between.isspace() and between not in ("-", "\u2011", "")
        return marked or facts.words[i] in words_of("clause_joints")

    def _clause(self, first: int, last: int) -> Clause:
        facts = self.facts
        negators = tuple(i for i in range(first, last) if self._negates(i))
        content = {
            stem_: weight if facts.reading.weights[i] > _LIGHT or facts.harms[i] else _OF_NEWS
            for i, stem_, weight in facts.weighed(first, last)
            if i not in negators and not facts.words[i][:1].isdigit() and not self._of_nobody(i, first)
        }
        return Clause(first, last, negators, content, tuple(stem(word) for word in facts.words[first:last]))

    def _of_nobody(self, i: int, first: int) -> bool:
        """Whether a word is whose deed is denied, or how soon ("no group", "no immediate"): what the deed is stands
        behind it."""
        return i > first and self.facts.words[i - 1] == "no" and _qualifies(self.facts.words[i])

    def _negates(self, i: int) -> bool:
        words = self.facts.words
        if words[i] not in words_of("negators") or self.facts.contrasts(i):
            return False
        return " ".join(words[i : i + 2]) not in tables()["no_negations"]


class Turn(NamedTuple):
    """Two clauses, by their places, that may say the contrary of each other; `opposed` are words of which the one is
    the other's opposite."""

    a: int
    b: int
    opposed: tuple[int, int] | None = None

    @property
    def places(self) -> tuple[int, int]:
        return self.a, self.b


class Turns:
    """Every two clauses of two texts that may be the one the contrary of the other."""

    def __init__(self, a: Facts, b: Facts, places: Correspondence) -> None:
        self.texts = (a, b)
        self.sides = (Clauses(a).all, Clauses(b).all)
        self._places = places
        self.all = list(self._turns())

    def _turns(self) -> Iterator[Turn]:
        open_ = [
            [k for k, clause in enumerate(clauses) if not self._kept(side, clause)]
            for side, clauses in enumerate(self.sides)
        ]
        marked = [self._marked(side) for side in (0, 1)]
        for i in open_[0]:
            mine = self.sides[0][i]
            for j in open_[1]:
                theirs = self.sides[1][j]
                opposed = self._opposed(mine, theirs) if i in marked[0] and j in marked[1] else None
                if self._negative(0, mine, opposed) != self._negative(1, theirs, opposed):
                    if opposed:
                        continue
                elif not opposed:
                    continue
                if likeness(mine.content, theirs.content) >= _LEAST or opposed or self._reworded(mine, theirs):
                    yield Turn(i, j, opposed)

    def _negative(self, side: int, clause: Clause, opposed: tuple[int, int] | None) -> bool:
        """Whether a clause is negative, a negation that is itself the opposite of a word of the other aside."""
        return len([i for i in clause.negators if not opposed or i != opposed[side]]) % 2 == 1

    def _kept(self, side: int, clause: Clause) -> bool:
        """Whether a clause stands in a common run, its negation or, where it has none, all of it."""
        places = [(i, i + 1) for i in clause.negators] or [(clause.first, clause.last)]
        return all(self._places.in_run(side, first, last) for first, last in places)

    def _reworded(self, mine: Clause, theirs: Clause) -> bool:
        """Whether two clauses of aligned sentences are mostly of the same words, light as they may be."""
        if self._places.fellows(mine.first, theirs.first) < 1:
            return False
        return Indel.normalized_similarity(self._bare(0, mine), self._bare(1, theirs)) >= _WORDED

    def _marked(self, side: int) -> set[int]:
        """The clauses that have a word with an opposite."""
        words = self.texts[side].words
        known = _sides().keys()
        return {k for k, c in enumerate(self.sides[side]) if any(words[i] in known for i in range(c.first, c.last))}

    def _opposed(self, mine: Clause, theirs: Clause) -> tuple[int, int] | None:
        a, b = self.texts
        for i in range(mine.first, mine.last):
            for line, left in _sides().get(a.words[i], ()):
                for j in range(theirs.first, theirs.last):
                    if (line, not left) in _sides().get(b.words[j], ()):
                        return i, j
        return None

    def features(self, turn: Turn) -> dict[str, float]:
        """What speaks for and against two clauses being contraries, by name."""
        a, b = self.texts
        mine, theirs = self.sides[0][turn.a], self.sides[1][turn.b]
        shared = likeness(mine.content, theirs.content)
        one, other = self._core(0, turn), self._core(1, turn)
        said = self._share(0, turn), self._share(1, turn)
        return {
            "held": shared / max(0.3, mine.weight),
            "held-there": shared / max(0.3, theirs.weight),
            "worded": float(Indel.normalized_similarity(self._bare(0, mine), self._bare(1, theirs))),
            "head": float(self._head(turn)),
            "around": min(_MOST, likeness(a.around(one), b.around(other))),
            "sentence": self._sentences(one, other),
            "aligned": float(self._places.fellows(one.first, other.first)),
            "facing": float(self._places.facing(one, other)),
            "length": math.log(max(mine.last - mine.first, theirs.last - theirs.first)),
            "lead": max(-1.0, min(1.0, shared - self._rival(turn))),
            "said-too": max(said),
            "nobody": float(self._nobody(mine, a) or self._nobody(theirs, b)),
            "harm": float(self._harm(mine, theirs)),
            "opposed": float(turn.opposed is not None),
            "quoted": float(a.reading.quoted[one.first] != b.reading.quoted[other.first]),
            "apart": abs(one.first / max(1, len(a.words)) - other.first / max(1, len(b.words))),
        }

    def spans(self, turn: Turn) -> tuple[Span, Span]:
        """The characters of what is denied in the one text and affirmed in the other."""
        return self.texts[0].span(self._core(0, turn)), self.texts[1].span(self._core(1, turn))

    def opposed_spans(self, turn: Turn) -> tuple[Span, Span] | None:
        """The characters of the words that are each other's opposite, if that is what is turned."""
        if turn.opposed is None:
            return None
        one, other = (text.reading.span(i, i + 1) for text, i in zip(self.texts, turn.opposed, strict=True))
        return one, other

    def _core(self, side: int, turn: Turn) -> Fact:
        """What of a clause is turned: its negation, or the opposed word, and the words that both clauses share."""
        clause, other = self.sides[side][turn.places[side]], self.sides[1 - side][turn.places[1 - side]]
        places = [i for i, stem_, _ in self.texts[side].weighed(clause.first, clause.last) if stem_ in other.content]
        places.extend(clause.negators)
        if turn.opposed:
            places.append(turn.opposed[side])
        if not places:
            places = [clause.first, clause.last - 1]
        return Fact("polarity", min(places), max(places) + 1, "", None, "polarity")

    def _bare(self, side: int, clause: Clause) -> list[str]:
        negators = {i - clause.first for i in clause.negators}
        return [word for k, word in enumerate(clause.stems) if k not in negators]

    def _head(self, turn: Turn) -> bool:
        """Whether the first word of weight behind a negation stands in the other clause too."""
        if turn.opposed:
            return True
        side = 0 if self.sides[0][turn.a].negative else 1
        clause, other = self.sides[side][turn.places[side]], self.sides[1 - side][turn.places[1 - side]]
        behind = self.texts[side].weighed(clause.negators[0] + 1 if clause.negators else clause.first, clause.last)
        return any(stem_ in other.content for _, stem_, _ in [at for at in behind if at[1] in clause.content][:1])

    def _sentences(self, one: Fact, other: Fact) -> float:
        mine, theirs = self.texts[0].sentence_of(one), self.texts[1].sentence_of(other)
        return likeness(mine, theirs) / max(1.0, min(math.fsum(mine.values()), math.fsum(theirs.values())))

    def _rival(self, turn: Turn) -> float:
        """The most that either clause shares with another one."""
        a, b = self._best
        return max(
            max((w for j, w in a.get(turn.a, ()) if j != turn.b), default=0.0),
            max((w for i, w in b.get(turn.b, ()) if i != turn.a), default=0.0),
        )

    @cached_property
    def _best(self) -> tuple[dict[int, list[tuple[int, float]]], dict[int, list[tuple[int, float]]]]:
        found: tuple[dict[int, list[tuple[int, float]]], dict[int, list[tuple[int, float]]]] = ({}, {})
        for turn in self.all:
            shared = likeness(self.sides[0][turn.a].content, self.sides[1][turn.b].content)
            found[0].setdefault(turn.a, []).append((turn.b, shared))
            found[1].setdefault(turn.b, []).append((turn.a, shared))
        return found

    def _share(self, side: int, turn: Turn) -> float:
        """How much of what a clause says another clause of the other text says with the same polarity."""
        clause = self.sides[side][turn.places[side]]
        if clause.weight <= 0:
            return 0.0
        return max(
            (
                likeness(clause.content, other.content) / clause.weight
                for k, other in enumerate(self.sides[1 - side])
                if k != turn.places[1 - side] and other.negative == clause.negative
            ),
            default=0.0,
        )

    def _nobody(self, clause: Clause, facts: Facts) -> bool:
        return any(facts.words[i] in words_of("nobody") for i in clause.negators)

    def _harm(self, mine: Clause, theirs: Clause) -> bool:
        shared = mine.content.keys() & theirs.content.keys()
        return not shared.isdisjoint(self.texts[0].harm_stems)


@cache
def _qualifies(word: str) -> bool:
    """Whether a word is a noun of groups ("faction", "group", "one"), or no noun. Persons may be what is counted: no
    casualties."""
    noun = find_noun(word)
    return noun is None or noun.sort in ("group", "top", "quantity")


@cache
def _sides() -> dict[str, frozenset[tuple[int, bool]]]:
    """Word → the lines of opposites that have it, and whether on their left side."""
    found: dict[str, set[tuple[int, bool]]] = {}
    for line, words in enumerate(tables()["opposites"]):
        for left, side in zip((True, False), words.split(" | "), strict=True):
            for word in side.split():
                found.setdefault(word, set()).add((line, left))
    return {word: frozenset(lines) for word, lines in found.items()}
