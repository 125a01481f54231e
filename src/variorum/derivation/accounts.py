"""Accounts: how far two narrators tell the same, in whatever words, as features of a trained decision.

Literal runs show a copy. A text told anew from beginning to end has none; what gives it away is that rare words, names
and figures of the one stand in the other, many and close together, while it has no quotations and little else of its
own. Words are weighted by a frozen rarity (`lexicon.rarity`), never by what a collection holds.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from . import makers
from .lexicon import Hashes, among, meeting, unordered_pairs
from .reading import Flags, Reading

if TYPE_CHECKING:
    from .alignment import Alignment

_LEAST = 3.0  # weight under which a text is too short for its shares to be trusted
_RARE = 0.75
_LEAD = 35  # words of a lead


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

    @property
    def rare(self) -> Flags:
        return self.plain & (self.weights > _RARE)

    def share(self) -> float:
        return float(self.weights[self.held].sum()) / max(_LEAST, float(self.weights.sum()))

    def part(self, which: Flags) -> float:
        """Share of the weight of these stems that the other text holds, drawn to 0.3 where there are few."""
        return (float(self.weights[which & self.held].sum()) + 0.3) / (float(self.weights[which].sum()) + 1.0)


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
    def near(self) -> list[tuple[float, float]]:
        """Of the teller and of the other: how much of its sentences stands in one place of the other text, and the
        share of its prose of which half does."""
        return [self._near(side) for side in self._order]

    @cached_property
    def own_quotations(self) -> list[float]:
        """Of the teller and of the other."""
        return [self._own_quotations(side) for side in self._order]

    @cached_property
    def leads(self) -> list[float]:
        return [self._lead(side) for side in self._order]

    @cached_property
    def one_outlet(self) -> bool:
        one, other = (makers.outlet_key(reading.unit.document) for reading in self._readings)
        return bool(one) and one == other

    def _near(self, side: int) -> tuple[float, float]:
        """How much of each of the narrator's sentences stands in one place of the other text, and the share of the
        narrator's prose of which half does."""
        reading, other = self._readings[side], self._readings[1 - side]
        stems, columns = reading.told_stems
        rows = np.zeros((len(reading.prose) or 1, len(stems)))
        for row, sentence in enumerate(reading.prose):
            inside = np.arange(sentence.first, sentence.last)
            inside = inside[self._free[side][inside]]
            rows[row, columns[inside]] = reading.rarities[inside]
        whole = rows.sum(axis=1)
        kept = whole >= 0.8
        if not kept.any():
            return 0.0, 0.0
        windows, held = other.windows
        mine, theirs = meeting(stems, held)
        best = (rows[kept].take(mine, axis=1) @ windows.take(theirs, axis=1).T).max(axis=1)
        total = float(whole[kept].sum())
        half = best > 0.5 * whole[kept]
        return float(best.sum()) / total, float(whole[kept][half].sum()) / total

    def _own_quotations(self, side: int) -> float:
        """Weight of what a text quotes that the other does not say at all."""
        reading, other = self._readings[side], self._readings[1 - side]
        stems, first = np.unique(reading.stems[quoted := reading.quoted & ~reading.masked], return_index=True)
        lacking = ~among(stems, other.unmasked)
        return float(reading.rarities[quoted][first][lacking].sum())

    def _lead(self, side: int) -> float:
        """Share of what a text's first narrated words tell that stands anywhere in the other."""
        reading, other = self._readings[side], self._readings[1 - side]
        lead = np.flatnonzero(reading.narrator)[:_LEAD]
        lead = lead[self._free[side][lead]]
        stems, first = np.unique(reading.stems[lead], return_index=True)
        weights = reading.rarities[lead][first]
        held = among(stems, other.unmasked)
        return (float(weights[held].sum()) + 0.2) / (float(weights.sum()) + 1.0)

    def word_pairs(self) -> float:
        """Share of the neighbouring content words of the text with fewer that stand together in the other too."""
        pairs = []
        for reading, free in zip(self._readings, self._free, strict=True):
            words = reading.stems[free & (reading.rarities > 0.25)]
            pairs.append(np.unique(unordered_pairs(words)) if len(words) > 2 else np.empty(0, np.uint64))
        return len(np.intersect1d(pairs[0], pairs[1], assume_unique=True)) / max(10, min(len(pairs[0]), len(pairs[1])))


def _log(value: float) -> float:
    return math.log1p(value)


_FEATURES: dict[str, Callable[[Accounts], float]] = {
    "held-most": lambda a: a.teller.share(),
    "held-least": lambda a: a.told.share(),
    "shared-weight": lambda a: _log(min(float(side.weights[side.held].sum()) for side in (a.teller, a.told))),
    "rare-words": lambda a: _log(int((a.teller.rare & a.teller.held).sum())),
    "rare-share": lambda a: (int((a.teller.rare & a.teller.held).sum()) + 0.3) / (int(a.teller.rare.sum()) + 1.0),
    "plain-weight": lambda a: _log(float(a.teller.weights[a.teller.held & a.teller.plain].sum())),
    "names-held": lambda a: a.teller.part(a.teller.names),
    "figures-held": lambda a: a.teller.part(a.teller.figures),
    "names-lacking": lambda a: _log(float(a.teller.weights[a.teller.names & ~a.teller.held].sum())),
    "sentences-near": lambda a: max(near for near, _ in a.near),
    "half-near-least": lambda a: min(half for _, half in a.near),
    "lead-most": lambda a: max(a.leads),
    "lead-least": lambda a: min(a.leads),
    "own-quotations-least": lambda a: _log(min(a.own_quotations)),
    "own-quotations-teller": lambda a: _log(a.own_quotations[0]),
    "own-quotations-told": lambda a: _log(a.own_quotations[1]),
    "narrator-run": lambda a: _log(a.alignment.narrator_run),
    "narrator-overlap": lambda a: max(a.alignment.narrator_overlap),
    "aligned-most": lambda a: max(a.alignment.aligned),
    "in-order": lambda a: a.alignment.in_order,
    "own-least": lambda a: min(a.alignment.own),
    "own-most": lambda a: max(a.alignment.own),
    "word-pairs": lambda a: a.word_pairs(),
    "shared-quotation": lambda a: _log(max(a.alignment.quoted_run, a.alignment.half_quoted_run)),
    "one-outlet": lambda a: float(a.one_outlet),
    "length": lambda a: _log(a.lengths[0]),
    "length-ratio": lambda a: math.log(a.lengths[1] / a.lengths[0]),
}
"""Every feature that a decision may ask for. "Least" is of the text of which it is less."""


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
