"""The words about the mentions of one event in one text: what is said beside them, and whether they tell an answer."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

from .accounts import Account
from .knowledge import Knowledge
from .topics import NAME, PLAIN, WORD, rarity, root
from .witnesses import Witnesses

_HALF = 6.0  # words from a mention at which a word counts half
_THIN = 0.3  # added to the squared length of a bag, so that the few words of a short clause are not all that words tell
_KEYS = 10  # of a mention's heaviest words propose what it is compared with
_BEFORE, _BEHIND = 12, 22  # characters about a mention in which its being an answer is told


class Wording(NamedTuple):
    """The weights of the words in the sentences of a unit's mentions, the nearer the heavier, of Euclidean length
    below 1; the stems that tell the event itself; and whether it is told as an answer to something done before."""

    weights: Mapping[str, float]
    telling: frozenset[str]
    answers: bool

    @property
    def keys(self) -> tuple[str, ...]:
        """The heaviest words and those that tell the event, for finding accounts of it: what one report of a crisis
        recalls without time or place, others tell in some of the same words."""
        heaviest = sorted(self.weights, key=lambda word: (-self.weights[word], word))[:_KEYS]
        return tuple(sorted({*heaviest, *self.telling}))


class Wordings:
    """Reads the wording of each unit once, until it is told to forget. A unit's `spans` are all its mentions."""

    def __init__(self, witnesses: Witnesses, known: Knowledge) -> None:
        self._witnesses = witnesses
        self._answering = known.answers
        self._found: dict[str, Wording] = {}

    def __call__(self, unit: Account) -> Wording:
        found = self._found.get(unit.id)
        if found is None:
            found = self._found[unit.id] = self._read(unit)
        return found

    def forget(self) -> None:
        """Give up what was read."""
        self._found.clear()

    def _read(self, unit: Account) -> Wording:
        text, prose = self._witnesses.documents[unit.document].text, self._witnesses.prose(unit.document)
        weights: dict[str, float] = {}
        telling: set[str] = set()
        answers = False
        for span in unit.spans:
            number = prose.number(span.start)
            if number is None:
                continue
            sentence = prose.sentences[number]
            words = list(WORD.finditer(text, sentence.start, sentence.end))
            here = [i for i, word in enumerate(words) if span.start <= word.start() < span.end]
            first, last = (here[0], here[-1]) if here else (0, 0)
            for i, word in enumerate(words):
                apart = max(0, first - i, i - last)
                stem = root(word.group())
                if not apart and here:
                    telling.add(stem)
                named = NAME if word.group()[0].isupper() and i else PLAIN
                weight = rarity(stem) * named / (1 + apart / _HALF)
                if weight > weights.get(stem, 0.0):
                    weights[stem] = weight
            near = slice(max(sentence.start, span.start - _BEFORE), min(sentence.end, span.end + _BEHIND))
            answers = answers or self._answering.search(text[near]) is not None
        length = math.sqrt(sum(sorted(weight * weight for weight in weights.values())) + _THIN)
        return Wording({stem: weights[stem] / length for stem in sorted(weights)}, frozenset(telling), answers)
