"""Changed facts: which figure, hour, date, name or place of one account stands for another one in the other account,
and what the one denies and the other affirms.

Every fact of the one text is set against every fact of its sort in the other. Those of one value find each other
first; of the others a trained decision tells, by the words around both and by what else either could stand for, whether
the one was changed into the other, wherever a retelling has put it (`correspondence`, `polarity`). Each fact stands for
one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from variorum.records import ChangeKind, Span

from .correspondence import Correspondence, Couples
from .decisions import Decision
from .facts import Fact, Facts, facts_of
from .polarity import Turns

if TYPE_CHECKING:
    from .alignment import Alignment

Changed = tuple[ChangeKind, Span, Span]

# Probability from which a fact was changed into another: where precision and recall are nearest to each other,
# cross-validated by incident (`tools/train_derivation.py` prints the figures).
CHANGED: dict[ChangeKind, float] = {"number": 0.35, "date": 0.4, "place": 0.3, "name": 0.4, "polarity": 0.4}

_ARTICLE = 5  # characters of an article and its spaces


class Differences:
    """The changed facts of two aligned texts, each kind worked out when it is asked for."""

    def __init__(self, alignment: Alignment) -> None:
        self._texts = facts_of(alignment.one), facts_of(alignment.other)
        self._places = Correspondence(alignment)

    @cached_property
    def figures(self) -> list[Changed]:
        """The numbers of the one text for which the other gives others."""
        a, b = self._texts
        return list(self._changed(a.numbers, b.numbers))

    def facts(self) -> Iterator[Changed]:
        """The facts of the one text for which the other gives others, with the characters of both."""
        a, b = self._texts
        yield from self.figures
        dates = list(self._changed(a.timed, b.timed))
        yield from dates
        yield from self._changed(a.names, b.names)
        yield from self._turned(dates)

    def couples(self, mine: list[Fact], theirs: list[Fact]) -> Couples:
        """Facts of one kind side by side."""
        a, b = self._texts
        return Couples(a, mine, b, theirs, self._places)

    @property
    def turns(self) -> Turns:
        """Clauses that may be contraries side by side."""
        return Turns(*self._texts, self._places)

    def sides(self) -> tuple[Facts, Facts]:
        return self._texts

    def _changed(self, mine: list[Fact], theirs: list[Fact]) -> Iterator[Changed]:
        a, b = self._texts
        couples = self.couples(mine, theirs)
        ranked = []
        for couple in couples.open:
            kind = couples.kind(couple)
            chance = Decision.load(f"changed-{kind}").probability(couples.features(couple))
            if chance >= CHANGED[kind]:
                ranked.append((-chance, couple, kind))
        taken: tuple[set[int], set[int]] = (set(), set())
        for _, couple, kind in sorted(ranked):
            if couple.a not in taken[0] and couple.b not in taken[1]:
                taken[0].add(couple.a)
                taken[1].add(couple.b)
                one, other = couples.pair(couple)
                yield kind, a.span(one), b.span(other)

    def _turned(self, dates: Sequence[Changed]) -> Iterator[Changed]:
        """The contraries; "before dawn" and "after dusk" are one change, of the date."""
        turns = self.turns
        decision = Decision.load("changed-polarity")
        ranked = [(-decision.probability(turns.features(turn)), turn) for turn in turns.all]
        taken: tuple[set[int], set[int]] = (set(), set())
        for chance, turn in sorted(ranked, key=lambda one: (one[0], one[1][:2])):
            words = turns.opposed_spans(turn)
            if words and any(_leads(words[0], one) and _leads(words[1], other) for _, one, other in dates):
                continue
            if -chance >= CHANGED["polarity"] and turn.a not in taken[0] and turn.b not in taken[1]:
                taken[0].add(turn.a)
                taken[1].add(turn.b)
                mine, theirs = turns.spans(turn)
                yield "polarity", mine, theirs


def _leads(word: Span, fact: Span) -> bool:
    """Whether a word stands before a fact, an article between at most, or within it."""
    return word.start < fact.end and fact.start - word.end <= _ARTICLE
