"""Those whom words name as what is left of a whole: "five were soldiers, the rest militants", "The others were pupils".

Their number is the whole's less that of the parts told, where all of them are exact; else they have none, and are no
toll.
"""

from __future__ import annotations

from collections.abc import Sequence

from variorum.records import Sentence, Syntax

from .lexicon import Lexicon, word_set
from .links import Linked
from .numbers import Count
from .quantities import Quantity

_LEFT = word_set("rest others remainder other")
_ALL = word_set("all")
_OWNED = (["of", "them"], ["of", "the"], ["of", "those"])
_BE = word_set("were are was is being all mostly mainly , - – —")
_THEIRS = word_set("dead killed wounded injured victims missing hostages captives detained arrested casualties")
_STOPS = word_set(". ; : ! ?")
_PHRASE = 5  # words in which what they were is told
_OPENING = 3  # words at the head of a sentence in which "the rest" points back to the one before


class Rests:
    """Adds what is left of the wholes of one sentence and of the one before it."""

    def __init__(
        self, syntax: Syntax, sentence: Sentence, words: Sequence[str], lexicon: Lexicon, earlier: Sequence[Linked]
    ) -> None:
        self.syntax, self.sentence, self.words, self.lexicon = syntax, sentence, words, lexicon
        self.earlier = earlier

    def find(self, here: Sequence[Linked]) -> list[Linked]:
        """The rests that the sentence names, given its tolls in text order."""
        found: list[Linked] = []
        for at in range(len(self.words) - 1):
            if self.words[at] == "the" and self.words[at + 1] in _LEFT:
                linked = self._read(at, here)
                if linked is not None:
                    found.append(linked)
        return found

    def _read(self, at: int, here: Sequence[Linked]) -> Linked | None:
        stop = at + 2
        if self.words[stop : stop + 2] in _OWNED and self.words[stop + 1] != "them":
            if self.words[stop + 2 : stop + 3] == [] or self.words[stop + 2] not in _THEIRS:
                return None  # "the rest of the country"
            stop += 3
        elif self.words[stop : stop + 2] == ["of", "them"]:
            stop += 2
        told = [one for one in here if one.quantity.first < self.sentence.first + at]
        if not told and at < _OPENING:
            told = [one for one in self.earlier if self._is_above(one)]
        parts = [one for one in told if one.part_of is not None]
        whole = parts[-1].part_of if parts else None
        if whole is None or not parts:
            return None
        left = _left(whole, [one for one in parts if one.part_of is whole and one.kind == whole.kind])
        if left is None or (self.words[at + 1] == "other" and left != 1):
            return None
        follows, group = self._group(stop)
        if not follows:
            return None
        first = self.sentence.first + at
        quantity = Quantity(
            first, self.sentence.first + stop, Count(at, at, stop, left, left), group=group, person=True
        )
        return Linked(quantity, whole.kind, whole.cue, "part", whole.uncertain, whole)

    def _is_above(self, one: Linked) -> bool:
        return self.syntax.sentence_of(one.quantity.first).number == self.sentence.number - 1

    def _group(self, stop: int) -> tuple[bool, str | None]:
        """Whether words say who the rest were, or that the clause ends; and the noun that says it."""
        at = stop
        while at < len(self.words) and self.words[at] in _BE:
            at += 1
        for k in range(at, min(len(self.words), at + _PHRASE)):
            if self.words[k] in _STOPS:
                break
            if self.lexicon.is_person(self.words[k]):
                last = k
                while last + 1 < len(self.words) and self.lexicon.is_person(self.words[last + 1]):
                    last += 1
                return True, None if self.words[last] in self.lexicon.generic else self.words[last]
        return at > stop or stop >= len(self.words) or self.words[stop] in _STOPS | {"in", "at", "on", "by"}, None


def _left(whole: Linked, parts: Sequence[Linked]) -> int | None:
    """The number of a whole less its parts'; None where one of them is not exact or nobody is left."""
    counts = [whole.quantity.count, *(part.quantity.count for part in parts)]
    if any(count.low is None or count.low != count.high for count in counts) or not parts:
        return None
    left = (counts[0].low or 0) - sum(count.low or 0 for count in counts[1:])
    return left if left > 0 else None
