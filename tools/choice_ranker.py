"""A log-linear ranker of candidates, learned from choices of which some candidates are known to be right."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def ranker_weights(
    held: Sequence[Sequence[int]], right: Sequence[Sequence[bool]], size: int, penalty: float, steps: int
) -> NDArray[np.float64]:
    """The weights, shape ``(size,)``, that make the right candidates likeliest: the logarithm of their share of each
    choice, less a square penalty, by gradient ascent over all choices at once (Kingma and Ba 2015, "Adam").

    `right` tells of each choice's candidates which are right; `held` has the numbers of the features of every
    candidate, choice by choice. No randomness.
    """
    column = np.array([feature for features in held for feature in features])
    row = np.repeat(np.arange(len(held)), [len(features) for features in held])
    good = np.array([each for choice in right for each in choice])
    starts = np.cumsum([0, *(len(choice) for choice in right)])[:-1]
    number = np.repeat(np.arange(len(right)), [len(choice) for choice in right])
    weights = np.zeros(size)
    mean, square = weights.copy(), weights.copy()
    for step in range(1, steps + 1):
        scores = np.bincount(row, weights[column], len(held))
        scores = np.exp(scores - np.maximum.reduceat(scores, starts)[number])
        share = scores / np.add.reduceat(scores, starts)[number]
        aim = scores * good
        aim /= np.maximum(np.add.reduceat(aim, starts)[number], 1e-12)
        gradient = np.bincount(column, (aim - share)[row], size) - penalty * weights
        mean, square = 0.9 * mean + 0.1 * gradient, 0.99 * square + 0.01 * gradient**2
        rate = 0.1 * (1 - step / (steps + 1))
        weights = weights + rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-9)
    return weights
