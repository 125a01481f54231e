"""What one narrator tells, whatever any other text tells: the half of an account that is worked out once a text."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .lexicon import Hashes

if TYPE_CHECKING:
    from .reading import Flags, Reading

_LEAST_SENTENCE = 0.8  # weight under which a sentence is too short for its shares to be trusted


class Telling(NamedTuple):
    """The narrator's distinct stems, sorted, with their weight and what each is; the forms of his figures; and the
    weight of his words for each of his sentences (those of some weight) over the distinct stems of the text."""

    stems: Hashes
    weights: NDArray[np.float64]
    names: Flags
    figures: Flags
    plain: Flags
    whole: float
    numbers: frozenset[str]
    bags: NDArray[np.float64]

    @staticmethod
    def of(reading: Reading, free: Flags) -> Telling:
        """What these words of a text tell."""
        stems, first = np.unique(reading.stems[free], return_index=True)
        figures = reading.figures[free][first]
        names = np.isin(stems, reading.stems[reading.named]) & ~figures
        weights = reading.rarities[free][first]
        distinct, columns = reading.told_stems
        bags = np.zeros((len(reading.prose), len(distinct)))
        for row, sentence in enumerate(reading.prose):
            inside = np.flatnonzero(free[sentence.first : sentence.last]) + sentence.first
            bags[row, columns[inside]] = reading.rarities[inside]
        return Telling(
            stems=stems,
            weights=weights,
            names=names,
            figures=figures,
            plain=~(names | figures),
            whole=float(weights.sum()),
            numbers=figures_of(reading, free),
            bags=bags[bags.sum(axis=1) >= _LEAST_SENTENCE],
        )


def figures_of(reading: Reading, which: Flags) -> frozenset[str]:
    """The forms of the figures among some words."""
    return frozenset(map(reading.form, reading.numbers[which & reading.figures].tolist()))
