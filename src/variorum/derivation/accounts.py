"""Accounts: how far two narrators tell the same, in whatever words, as features of a trained decision.

Literal runs show a copy. A text told anew from beginning to end has none; what gives it away is that rare words, names
and figures of the one stand in the other, many and close together, while it has no quotations and little else of its
own. Words are weighted by a frozen rarity (`lexicon.rarity`), never by what a collection holds.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from . import makers, moments
from .lexicon import Hashes, among, meeting
from .reading import Flags, Reading

if TYPE_CHECKING:
    from .alignment import Alignment

_LEAST = 3.0  # weight under which a text is too short for its shares to be trusted
_LEAST_SENTENCE = 0.8  # the same of a sentence
_FAR = 0.15
_LEAST_LENGTH = 30  # words under which a text is no shorter for a decision: brevity is no likeness, and few were fitted
_YEAR = re.compile(r"(?:19|20)\d\d")


class _Side(NamedTuple):
    """What one text tells: its narrator's distinct stems with their weight, what each is, and whether the other text
    has it."""

    weights: NDArray[np.float64]
    held: Flags
    names: Flags
    figures: Flags

    @property
    def plain(self) -> Flags:
        return ~(self.names | self.figures)

    def share(self) -> float:
        return float(self.weights[self.held].sum()) / max(_LEAST, float(self.weights.sum()))

    def lacking(self, which: Flags) -> float:
        """Weight of these stems that the other text lacks."""
        return float(self.weights[which & ~self.held].sum())

    def part(self, which: Flags) -> float:
        """Share of the weight of these stems that the other text holds, drawn to 0.3 where there are few."""
        return (float(self.weights[which & self.held].sum()) + 0.3) / (float(self.weights[which].sum()) + 1.0)


class _Sentences(NamedTuple):
    """The narrator's sentences of one text: the weight of each, and the shares of it that stand in one place of the
    other text and anywhere in it."""

    weights: NDArray[np.float64]
    near: NDArray[np.float64]
    anywhere: NDArray[np.float64]

    def held(self) -> float:
        return float((self.weights * self.near).sum() / self.weights.sum())

    def far(self) -> float:
        """Share of the text in sentences of which next to nothing stands in one place of the other."""
        return float(self.weights[self.near < _FAR].sum() / self.weights.sum())


class Accounts(Mapping[str, float]):
    """Two accounts side by side, as features by name, each worked out when it is asked for and the same whichever text
    comes first. The teller is the text of which the other holds more: it may be a retelling."""

    def __init__(self, alignment: Alignment) -> None:
        self._alignment = alignment
        one, other = alignment.one, alignment.other
        free = [alignment.free_words(0), alignment.free_words(1)]
        self._readings = (one, other)
        self._free = free
        sides = [_side(one, other, free[0]), _side(other, one, free[1])]
        first = 0 if sides[0].share() >= sides[1].share() else 1
        self._order = (first, 1 - first)
        self._teller, self._told = sides[first], sides[1 - first]
        self._known: dict[str, float] = {}

    def __getitem__(self, name: str) -> float:
        if name not in self._known:
            self._known[name] = _FEATURES[name](self)
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(_FEATURES)

    def __len__(self) -> int:
        return len(_FEATURES)

    @property
    def teller(self) -> _Side:
        return self._teller

    @property
    def told(self) -> _Side:
        return self._told

    @property
    def alignment(self) -> Alignment:
        return self._alignment

    @cached_property
    def lengths(self) -> tuple[int, int]:
        """The narrators' words, the fewer first."""
        shorter, longer = sorted(max(1, int(reading.narrator.sum())) for reading in self._readings)
        return shorter, longer

    @cached_property
    def near(self) -> list[_Sentences]:
        """The sentences of the teller and of the other."""
        return [self._near(side) for side in self._order]

    @cached_property
    def own_quotations(self) -> list[float]:
        """Of the teller and of the other."""
        return [self._own_quotations(side) for side in self._order]

    @cached_property
    def figures(self) -> tuple[int, int]:
        """Figures of two digits or more, years aside, that both texts have, and that the told one alone has."""
        (mine, known_mine), (theirs, known_theirs) = (
            (
                _figures(self._readings[side], self._free[side]),
                _figures(self._readings[side], ~self._readings[side].masked),
            )
            for side in self._order
        )
        return _telling(mine & known_theirs), _telling(theirs - known_mine)

    @cached_property
    def days(self) -> int:
        """Days between the two at the least; none where a date is unknown, or for a part of a round-up, which may look
        back as far as it likes."""
        one, other = (reading.unit for reading in self._readings)
        if one.section >= 0 or other.section >= 0:
            return 0
        return moments.days_apart(one.document.published, other.document.published) or 0

    @cached_property
    def one_outlet(self) -> bool:
        one, other = (makers.outlet_key(reading.unit.document) for reading in self._readings)
        return bool(one) and one == other

    def _near(self, side: int) -> _Sentences:
        reading, other = self._readings[side], self._readings[1 - side]
        stems, columns = reading.told_stems
        rows = np.zeros((len(reading.prose) or 1, len(stems)))
        for row, sentence in enumerate(reading.prose):
            inside = np.arange(sentence.first, sentence.last)
            inside = inside[self._free[side][inside]]
            rows[row, columns[inside]] = reading.rarities[inside]
        weights = rows.sum(axis=1)
        kept = weights >= _LEAST_SENTENCE
        if not kept.any():
            return _Sentences(np.ones(1), np.zeros(1), np.zeros(1))
        windows, held = other.windows
        mine, theirs = meeting(stems, held)
        near = (rows[kept].take(mine, axis=1) @ windows.take(theirs, axis=1).T).max(axis=1)
        anywhere = rows[kept] @ among(stems, other.unmasked)
        return _Sentences(weights[kept], near / weights[kept], anywhere / weights[kept])

    def _own_quotations(self, side: int) -> float:
        """Weight of what a text quotes that the other does not say at all."""
        reading, other = self._readings[side], self._readings[1 - side]
        stems, first = np.unique(reading.stems[quoted := reading.quoted & ~reading.masked], return_index=True)
        lacking = ~among(stems, other.unmasked)
        return float(reading.rarities[quoted][first][lacking].sum())


def _log(value: float) -> float:
    return math.log1p(value)


def _figures(reading: Reading, which: Flags) -> set[str]:
    numbers = np.unique(reading.numbers[which & (reading.words != reading.exact)])
    return {reading.form(number) for number in numbers.tolist()}


def _telling(figures: set[str]) -> int:
    """How many figures are no digit and no year."""
    return sum(len(figure) > 1 and not _YEAR.fullmatch(figure) for figure in figures)


_FEATURES: dict[str, Callable[[Accounts], float]] = {
    "held-most": lambda a: a.teller.share(),
    "held-least": lambda a: a.told.share(),
    "shared-weight": lambda a: _log(min(float(side.weights[side.held].sum()) for side in (a.teller, a.told))),
    "plain-weight": lambda a: _log(float(a.teller.weights[a.teller.held & a.teller.plain].sum())),
    "names-held": lambda a: a.teller.part(a.teller.names),
    "names-lacking": lambda a: _log(min(side.lacking(side.names) for side in (a.teller, a.told))),
    "figures-held": lambda a: a.teller.part(a.teller.figures),
    "figures-shared": lambda a: _log(a.figures[0]),
    "own-figures": lambda a: _log(a.figures[1]),
    "sentences-near": lambda a: max(sentences.held() for sentences in a.near),
    "sentences-far": lambda a: a.near[1].far(),
    "barest-sentence": lambda a: max(float(sentences.anywhere.min()) for sentences in a.near),
    "own-most": lambda a: max(a.alignment.own),
    "own-quotations": lambda a: _log(min(a.own_quotations)),
    "days-apart": lambda a: _log(a.days),
    "one-outlet": lambda a: float(a.one_outlet),
    "length": lambda a: _log(max(_LEAST_LENGTH, a.lengths[0])),
    "length-ratio": lambda a: math.log(max(_LEAST_LENGTH, a.lengths[1]) / max(_LEAST_LENGTH, a.lengths[0])),
}
"""Every feature that a decision asks for."""


def _side(reading: Reading, other: Reading, free: Flags) -> _Side:
    stems, first = np.unique(reading.stems[free], return_index=True)
    figures = (reading.words != reading.exact)[free][first]
    named: Hashes = reading.stems[reading.specific & (reading.words == reading.exact)]
    return _Side(
        weights=reading.rarities[free][first],
        held=among(stems, other.unmasked),
        names=np.isin(stems, named) & ~figures,
        figures=figures,
    )
