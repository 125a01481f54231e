"""Hashed features: the names of what a model reads, as rows of its table of weights.

A model names its features in groups, each a function of the few labels that it depends on. The same labels come back
all the time, so the buckets of a group are remembered: naming and hashing every feature anew would cost more than all
else that the models do.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, wraps
from itertools import accumulate, chain
from typing import Any, ParamSpec, cast

import numpy as np
from numpy.typing import NDArray

BUCKETS = 16_384
"""Hashed features; a bucket is a row of weights."""
_REMEMBERED = 16_384  # calls of each group

Labels = ParamSpec("Labels")


def buckets_of(names: Iterable[str]) -> tuple[int, ...]:
    """The buckets of some features, sorted, each once."""
    return tuple(sorted({zlib.crc32(name.encode()) % BUCKETS for name in names}))


def grouped(names: Callable[Labels, Iterable[str]]) -> Callable[Labels, tuple[int, ...]]:
    """Turn the function that names a group's features into one that gives their buckets, remembered by its labels.

    A label must be of one type in all calls: 1 and True would be remembered as one.
    """

    @lru_cache(maxsize=_REMEMBERED)
    @wraps(names)
    def hashed(*labels: Labels.args, **named: Labels.kwargs) -> tuple[int, ...]:
        return buckets_of(names(*labels, **named))

    return cast("Callable[Labels, tuple[int, ...]]", hashed)


def summed(table: NDArray[np.integer[Any]], picks: Sequence[Sequence[int]]) -> NDArray[np.int64]:
    """For each of some picks the sum of the rows that it names of a table of weights; zeros where it names none.

    Weights are stored as integers and summed as such, so that a sum is exact, whatever stands beside it.
    """
    found = np.zeros((len(picks), table.shape[1]), dtype=np.int64)
    filled = [k for k, pick in enumerate(picks) if pick]
    if filled:
        firsts = list(accumulate((len(picks[k]) for k in filled[:-1]), initial=0))
        found[filled] = np.add.reduceat(table[list(chain.from_iterable(picks))], firsts, axis=0, dtype=np.int64)
    return found
