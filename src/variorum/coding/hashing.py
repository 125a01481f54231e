"""Hashed features: the names of what a model reads, as rows of its table of weights.

A model names its features in groups, each a function of the few labels that it depends on. The same labels come back
all the time, so the buckets of a group are remembered: naming and hashing every feature anew would cost more than all
else that the models do.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable
from functools import lru_cache, wraps
from typing import ParamSpec, cast

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
