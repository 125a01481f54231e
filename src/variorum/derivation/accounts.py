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
from .lexicon import among, meeting
from .reading import Flags, Reading
from .telling import Telling

if TYPE_CHECKING:
    from .alignment import Alignment

_LEAST = 3.0  # weight under which a text is too short for its shares to be trusted
_FAR = 0.15
_LEAST_LENGTH = 30  # words under which a text is no shorter for a decision: brevity is no likeness, and few were fitted
_YEAR = re.compile(r"(?:19|20)\d\d")


class _Side:
    """What one text tells, and which of it the other text has."""

    def __init__(self, told: Telling, other: Reading) -> None:
        self._told = told
        self._held = among(told.stems, other.unmasked)
        self.common = float(told.weights[self._held].sum())
        self.share = self.common / max(_LEAST, told.whole)

    def plain(self) -> float:
        """Weight of the words that are no names or figures, and that the other text has."""
        return float(self._told.weights[self._held & self._told.plain].sum())

    def lacking_names(self) -> float:
        """Weight of the names that the other text lacks."""
        return float(self._told.weights[self._told.names & ~self._held].sum())

    def part_of_names(self) -> float:
        return self._part(self._told.names)

    def part_of_figures(self) -> float:
        return self._part(self._told.figures)

    def _part(self, which: Flags) -> float:
        """Share of the weight of these stems that the other text holds, drawn to 0.3 where there are few."""
        weights = self._told.weights
        return (float(weights[which & self._held].sum()) + 0.3) / (float(weights[which].sum()) + 1.0)


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
        self._readings = (one, other)
        self._told_by = [reading.told_with(alignment.free_words(side)) for side, reading in enumerate((one, other))]
        sides = [_Side(self._told_by[0], other), _Side(self._told_by[1], one)]
        first = 0 if sides[0].share >= sides[1].share else 1
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
        shorter, longer = sorted(max(1, reading.narrated) for reading in self._readings)
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
            (self._told_by[side].numbers, self._readings[side].known_figures) for side in self._order
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
        bags, stems = self._told_by[side].bags, reading.told_stems[0]
        if not len(bags):
            return _Sentences(np.ones(1), np.zeros(1), np.zeros(1))
        weights = bags.sum(axis=1)
        windows, held = other.windows
        mine, theirs = meeting(stems, held)
        near = (bags.take(mine, axis=1) @ windows.take(theirs, axis=1).T.astype(np.float64)).max(axis=1)
        anywhere = bags @ among(stems, other.unmasked)
        return _Sentences(weights, near / weights, anywhere / weights)

    def _own_quotations(self, side: int) -> float:
        """Weight of what a text quotes that the other does not say at all."""
        reading, other = self._readings[side], self._readings[1 - side]
        stems, weights = reading.quotes_told
        return float(weights[~among(stems, other.unmasked)].sum()) if len(stems) else 0.0


def _log(value: float) -> float:
    return math.log1p(value)


def _telling(figures: frozenset[str]) -> int:
    """How many figures are no digit and no year."""
    return sum(len(figure) > 1 and not _YEAR.fullmatch(figure) for figure in figures)


_FEATURES: dict[str, Callable[[Accounts], float]] = {
    "held-most": lambda a: a.teller.share,
    "held-least": lambda a: a.told.share,
    "shared-weight": lambda a: _log(min(a.teller.common, a.told.common)),
    "plain-weight": lambda a: _log(a.teller.plain()),
    "names-held": lambda a: a.teller.part_of_names(),
    "names-lacking": lambda a: _log(min(a.teller.lacking_names(), a.told.lacking_names())),
    "figures-held": lambda a: a.teller.part_of_figures(),
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


BOUNDS: Mapping[str, tuple[float, float]] = {
    "own-most": (0.0, 1.0),
    "sentences-near": (0.0, 1.0),
    "own-quotations": (0.0, math.inf),
}
"""The least and the most that features can be which take long to work out."""
