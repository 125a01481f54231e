"""Accounts: how far two narrators tell the same, in whatever words, as features of a trained decision.

Literal runs show a copy. A text told anew from beginning to end has none; what gives it away is that rare words, names
and figures of the one stand in the other, many and close together, while it has no quotations and little else of its
own. Words are weighted by a frozen rarity (`lexicon.rarity`), never by what a collection holds.
"""

from __future__ import annotations

import math
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from . import makers
from .lexicon import Hashes, among, unordered_pairs
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


class Accounts:
    """Two accounts side by side. The teller is the text of which the other holds more: it may be a retelling."""

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

    @cached_property
    def plain_weight(self) -> float:
        """Logarithm of the shared weight of words that are no names or figures: a feature that alone may decide."""
        return math.log1p(float(self._teller.weights[self._teller.held & self._teller.plain].sum()))

    @cached_property
    def features(self) -> dict[str, float]:
        """Every feature by name, the same whichever text comes first."""
        alignment = self._alignment
        teller, told = self._teller, self._told
        shared = min(float(side.weights[side.held].sum()) for side in (teller, told))
        lengths = sorted(max(1, int(reading.narrator.sum())) for reading in self._readings)
        near, near_half = zip(*(self._near(side) for side in self._order), strict=True)
        own = [self._own_quotations(side) for side in self._order]
        leads = [self._lead(side) for side in self._order]
        outlets = [makers.outlet_key(reading.unit.document) for reading in self._readings]
        rare = int((teller.rare & teller.held).sum())
        return {
            "held-most": teller.share(),
            "held-least": told.share(),
            "shared-weight": math.log1p(shared),
            "rare-words": math.log1p(rare),
            "rare-share": (rare + 0.3) / (int(teller.rare.sum()) + 1.0),
            "plain-weight": self.plain_weight,
            "names-held": teller.part(teller.names),
            "figures-held": teller.part(teller.figures),
            "names-lacking": math.log1p(float(teller.weights[teller.names & ~teller.held].sum())),
            "sentences-near": max(near),
            "half-near-least": min(near_half),
            "lead-most": max(leads),
            "lead-least": min(leads),
            "own-quotations-least": math.log1p(min(own)),
            "own-quotations-teller": math.log1p(own[0]),
            "own-quotations-told": math.log1p(own[1]),
            "narrator-run": math.log1p(alignment.narrator_run),
            "narrator-overlap": max(alignment.narrator_overlap),
            "aligned-most": max(alignment.aligned),
            "in-order": alignment.in_order,
            "own-least": min(alignment.own),
            "own-most": max(alignment.own),
            "word-pairs": self._word_pairs(),
            "shared-quotation": math.log1p(max(alignment.quoted_run, alignment.half_quoted_run)),
            "one-outlet": float(bool(outlets[0]) and outlets[0] == outlets[1]),
            "length": math.log1p(lengths[0]),
            "length-ratio": math.log(lengths[1] / lengths[0]),
        }

    def _near(self, side: int) -> tuple[float, float]:
        """How much of each of the narrator's sentences stands in one place of the other text, and the share of the
        narrator's prose of which half does."""
        reading, other = self._readings[side], self._readings[1 - side]
        stems, columns = reading.vocabulary
        rows = np.zeros((len(reading.prose) or 1, len(stems)))
        for row, sentence in enumerate(reading.prose):
            inside = np.arange(sentence.first, sentence.last)
            inside = inside[self._free[side][inside]]
            rows[row, columns[inside]] = reading.rarities[inside]
        whole = rows.sum(axis=1)
        kept = whole >= 0.8
        if not kept.any():
            return 0.0, 0.0
        _, mine, theirs = np.intersect1d(stems, other.vocabulary[0], assume_unique=True, return_indices=True)
        best = (rows[kept].take(mine, axis=1) @ other.windows.take(theirs, axis=1).T).max(axis=1)
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

    def _word_pairs(self) -> float:
        """Share of the neighbouring content words of the text with fewer that stand together in the other too."""
        pairs = []
        for reading, free in zip(self._readings, self._free, strict=True):
            words = reading.stems[free & (reading.rarities > 0.25)]
            pairs.append(np.unique(unordered_pairs(words)) if len(words) > 2 else np.empty(0, np.uint64))
        return len(np.intersect1d(pairs[0], pairs[1], assume_unique=True)) / max(10, min(len(pairs[0]), len(pairs[1])))


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
