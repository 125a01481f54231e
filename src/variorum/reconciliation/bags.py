"""Bags of weighted words, many at once: their inner products, and the words that make most of one."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Set

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Bags:
    """Bags one after the other: a bag is a row of words and their weights. `aside` are words of each that `products`
    can leave out."""

    def __init__(self, bags: Iterable[tuple[Mapping[str, float], Set[str]]]) -> None:
        """Each bag with the words of it that are aside; it is read once, and not kept."""
        numbers: dict[str, int] = {}
        words, weights, beside, ends = array("i"), array("d"), array("b"), array("q", [0])
        for bag, aside in bags:
            words.extend([numbers.setdefault(word, len(numbers)) for word in bag])
            weights.extend(bag.values())
            beside.extend([word not in aside for word in bag] if aside else [True] * len(bag))
            ends.append(len(words))
        self._told = list(numbers)
        self._words = np.array(words, dtype=np.int32)
        self._weights = np.array(weights, dtype=np.float64)
        self._ends = np.array(ends, dtype=np.int64)
        self._scratch = np.zeros(len(numbers), dtype=np.float64)
        self._beside = self._weights * np.array(beside, dtype=np.float64)

    def bag(self, number: int) -> dict[str, float]:
        """The words of a bag and their weights."""
        at = slice(self._ends[number], self._ends[number + 1])
        words = (self._told[word] for word in self._words[at].tolist())
        return dict(zip(words, self._weights[at].tolist(), strict=True))

    def products(self, one: Ints, other: Ints, *, beside: bool = False) -> Floats:
        """The inner products of bags with bags, by their numbers; `beside` without the words aside of either. Quick
        where equal numbers stand together in `one`."""
        if not len(one):
            return np.empty(0, dtype=np.float64)
        weights = self._beside if beside else self._weights
        begins, lengths = self._ends[other], self._ends[other + 1] - self._ends[other]
        offsets = np.cumsum(lengths) - lengths
        entries = np.arange(int(lengths.sum())) + np.repeat(begins - offsets, lengths)
        words, found = self._words[entries], weights[entries]
        runs = np.flatnonzero(np.concatenate(([True], one[1:] != one[:-1])))
        starts = offsets[runs].tolist()
        ends = [*starts[1:], len(entries)]
        scratch, rows = self._scratch, self._ends
        for bag, start, end in zip(one[runs].tolist(), starts, ends, strict=True):
            own = slice(rows[bag], rows[bag + 1])
            scratch[self._words[own]] = weights[own]
            found[start:end] *= scratch[words[start:end]]
            scratch[self._words[own]] = 0.0
        sums = np.zeros(len(one), dtype=np.float64)
        told = np.flatnonzero(lengths)
        if len(told):
            sums[told] = np.add.reduceat(found, offsets[told])
        return sums


def weightiest(one: Mapping[str, float], other: Mapping[str, float], most: int = 4) -> tuple[str, ...]:
    """The words that make most of the product of two bags."""
    both = one.keys() & other.keys()
    return tuple(sorted(both, key=lambda word: (-one[word] * other[word], word))[:most])
