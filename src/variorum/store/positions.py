"""Places in an order, as whole numbers with room between them, so that what comes in later moves nothing else."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import TypeVar

K = TypeVar("K")

_STEP = 1 << 10  # between two neighbours, where there is room for it
LAST = (1 << 31) - 1
"""The greatest position: an INTEGER of PostgreSQL holds no more."""


def spaced(count: int) -> list[int]:
    """So many positions, ascending, as far apart as there is room for."""
    step = max(1, min(_STEP, LAST // (count + 1)))
    return [step * number for number in range(1, count + 1)]


def placed(order: Sequence[K], known: Mapping[K, int]) -> list[int] | None:
    """An ascending position for each of `order`: what is known keeps its own, where it still stands in the same order
    with most of the others, and the rest is put between. None where there is no room left."""
    kept = [*_ascending([known.get(key) for key in order]), (len(order), None)]
    found: list[int] = []
    last = 0
    for at, position in kept:
        count = at - len(found)
        room = _STEP * (count + 1) if position is None else position - last
        if room <= count or last + room > LAST:
            return None
        found.extend(last + room * number // (count + 1) for number in range(1, count + 1))
        if position is not None:
            found.append(position)
            last = position
    return found


def _ascending(positions: Sequence[int | None]) -> list[tuple[int, int]]:
    """The longest part of a row of numbers that ascends, each with where it stands."""
    ends: list[int] = []  # the least number in which a part of each length ends
    places: list[int] = []
    before: list[int] = [-1] * len(positions)
    for at, position in enumerate(positions):
        if position is None:
            continue
        length = len(ends) if not ends or position > ends[-1] else bisect_left(ends, position)
        before[at] = places[length - 1] if length else -1
        if length == len(ends):
            ends.append(position)
            places.append(at)
        else:
            ends[length], places[length] = position, at
    chosen = []
    at = places[-1] if places else -1
    while at >= 0:
        position = positions[at]
        assert position is not None
        chosen.append((at, position))
        at = before[at]
    return chosen[::-1]
