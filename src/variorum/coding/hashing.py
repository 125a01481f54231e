"""Hashed features: the names of what a model reads, as rows of its table of weights.

A model names its features in groups, each a function of the few labels that it depends on. The same labels come back
all the time, so the buckets of a group are remembered: naming and hashing every feature anew would cost more than all
else that the models do.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cache, wraps
from itertools import accumulate, chain
from typing import Any, ParamSpec, cast

import numpy as np
from numpy.typing import NDArray

BUCKETS = 16_384
"""Hashed features; a bucket is a row of weights."""
_REMEMBERED = 32_768  # calls of one group

Labels = ParamSpec("Labels")
_groups: list[Any] = []


def buckets_of(names: Iterable[str]) -> tuple[int, ...]:
    """The buckets of some features, sorted, each once."""
    return tuple(sorted({zlib.crc32(name.encode()) % BUCKETS for name in names}))


def grouped(names: Callable[Labels, Iterable[str]]) -> Callable[Labels, tuple[int, ...]]:
    """Turn the function that names a group's features into one that gives their buckets, remembered by its labels
    until `trim`.

    A label must be of one type in all calls: 1 and True would be remembered as one.
    """

    @cache
    @wraps(names)
    def hashed(*labels: Labels.args, **named: Labels.kwargs) -> tuple[int, ...]:
        return buckets_of(names(*labels, **named))

    _groups.append(hashed)
    return cast("Callable[Labels, tuple[int, ...]]", hashed)


def trim() -> None:
    """Forget the groups of which very much is remembered. To be called now and then: a memory that counts each call
    would cost more than it gives."""
    for group in _groups:
        if group.cache_info().currsize > _REMEMBERED:
            group.cache_clear()


def summed(table: NDArray[np.integer[Any]], picks: Sequence[Collection[int]]) -> NDArray[np.int64]:
    """For each of some picks the sum of the rows that it names of a table of weights; zeros where it names none.

    Weights are stored as integers and summed as such, so that a sum is exact, whatever stands beside it.
    """
    found = np.zeros((len(picks), table.shape[1]), dtype=np.int64)
    filled = [k for k, pick in enumerate(picks) if pick]
    if filled:
        firsts = list(accumulate((len(picks[k]) for k in filled[:-1]), initial=0))
        found[filled] = np.add.reduceat(table[list(chain.from_iterable(picks))], firsts, axis=0, dtype=np.int64)
    return found
