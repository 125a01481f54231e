"""Candidate pairs: things that share a blocking key."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from functools import cache
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

K = TypeVar("K", bound=Hashable)
Numbers = NDArray[np.int64]
_WINDOWS = 20  # bits for the number of a window
_AT_ONCE = 1 << 22  # pairs that are held before those that came twice are left out
_NONE: Numbers = np.empty(0, dtype=np.int64)


class Pairs:
    """Unordered pairs of `ids`, each pair once. `ids` are sorted and each there once; `low` and `high` are the places
    of a pair's two in them, the lesser first; the pairs are sorted. `codes` are ``low * len(ids) + high``."""

    def __init__(self, ids: Sequence[str], codes: Numbers) -> None:
        """The codes may come in any order, and repeat."""
        self.ids = tuple(ids)
        self.codes = distinct(codes)
        size = max(1, len(self.ids))
        self.low, self.high = (self.codes // size).astype(np.int32), (self.codes % size).astype(np.int32)

    @staticmethod
    def of(ids: Iterable[str], pairs: Iterable[tuple[str, str]]) -> Pairs:
        """Pairs by their ids; those of unknown ids, or of one and the same, are left out."""
        ordered = sorted(set(ids))
        place = {id_: number for number, id_ in enumerate(ordered)}
        known = ((place[a], place[b]) for a, b in pairs if a in place and b in place and a != b)
        codes = [min(a, b) * len(ordered) + max(a, b) for a, b in known]
        return Pairs(ordered, np.array(codes, dtype=np.int64))

    def __len__(self) -> int:
        return len(self.codes)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        for a, b in zip(self.low.tolist(), self.high.tolist(), strict=True):
            yield self.ids[a], self.ids[b]

    def among(self, others: Pairs) -> NDArray[np.bool_]:
        """Which of the pairs are among others of the same ids."""
        return np.isin(self.codes, others.codes)

    def found(self, low: int, high: int) -> int | None:
        """Where the pair of these places stands among the pairs; None where it does not."""
        code = low * len(self.ids) + high
        at = int(np.searchsorted(self.codes, code))
        return at if at < len(self.codes) and int(self.codes[at]) == code else None


class Blocks(Generic[K]):
    """An inverted index from keys to the numbered things that have them.

    `most` bounds the pairs that one key may propose: a key held by more than that tells nothing apart, and its pairs
    are left to the rarer keys that the same things share. The bound looks at one key's own holders, so adding things
    that do not hold the key changes nothing for those that do, and no order shows. With so many keys a thing, the pairs
    grow no faster than the things.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._keys: dict[K, int] = {}
        self._holders: dict[Hashable, list[tuple[tuple[int, ...], Numbers]]] = {}

    def numbered(self, keys: Iterable[K], windows: Sequence[int] = (0,)) -> list[int]:
        """Keys as `add` takes them, each with each of the `windows` that it is held in (below 2²⁰)."""
        known = self._keys
        marks = [known.setdefault(key, len(known)) << _WINDOWS for key in keys]
        return [mark | window for mark in marks for window in windows]

    def add(self, families: Iterable[Hashable], numbers: tuple[int, ...], keys: Sequence[int]) -> None:
        """Things that all hold the same keys, in each of some families. Holders of a key meet within one family alone,
        where no thing may hold a key twice."""
        if numbers and keys:
            holder = numbers, np.array(keys, dtype=np.int64)
            for family in families:
                self._holders.setdefault(family, []).append(holder)

    def codes(self, things: int) -> Numbers:
        """The pairs that share a key, as ``low * things + high``, each at least once. Numbers are below `things`."""
        found = _Codes()
        for holders in self._holders.values():
            _propose(holders, self._most, things, found)
        return found.all()


class _Codes:
    """Numbers that come in parts, kept each once however often they come: two of a kind share many keys."""

    def __init__(self) -> None:
        self._parts: list[Numbers] = []
        self._waiting, self._bound = 0, _AT_ONCE

    def add(self, codes: Numbers) -> None:
        self._parts.append(codes)
        self._waiting += len(codes)
        if self._waiting > self._bound:
            self._parts = [self.all()]
            self._waiting, self._bound = 0, max(_AT_ONCE, len(self._parts[0]))

    def all(self) -> Numbers:
        return distinct(np.concatenate(self._parts)) if self._parts else _NONE


def distinct(codes: Numbers) -> Numbers:
    """The numbers, each once, sorted."""
    if not len(codes):
        return _NONE
    ordered = np.sort(codes)
    return ordered[np.concatenate(([True], ordered[1:] != ordered[:-1]))]


def _propose(holders: Sequence[tuple[tuple[int, ...], Numbers]], most: int, things: int, found: _Codes) -> None:
    """Add the pairs of one family. A holder is a group of things; it and the key stand in one number, so that one sort
    brings the holders of each key together."""
    sizes = np.array([len(numbers) for numbers, _ in holders], dtype=np.int64)
    lengths = np.array([len(keys) for _, keys in holders], dtype=np.int64)
    entries = np.concatenate([keys for _, keys in holders]) * len(holders)
    entries = distinct(entries + np.repeat(np.arange(len(holders), dtype=np.int64), lengths))
    keys, groups = np.divmod(entries, len(holders))
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    held = np.add.reduceat(sizes[groups], starts)
    kept = (held > 1) & (held <= most)
    if not kept.any():
        return
    groups = groups[np.repeat(kept, np.diff(np.append(starts, len(keys))))]
    members = np.array([number for numbers, _ in holders for number in numbers], dtype=np.int64)
    begins = (np.cumsum(sizes) - sizes)[groups]
    things_of = members[_ranges(begins, sizes[groups])]  # of each key that is kept, one key after the other
    held = held[kept]
    firsts = np.cumsum(held) - held
    for size in np.unique(held).tolist():
        begin = firsts[held == size]
        step = max(1, _AT_ONCE // (size * size))
        for at in range(0, len(begin), step):
            blocks = things_of[begin[at : at + step, None] + np.arange(size)]
            found.add(_crossed(np.sort(blocks, axis=1), things))


def _ranges(begins: Numbers, lengths: Numbers) -> Numbers:
    """The numbers from each beginning on, as many as its length, one range after the other."""
    offsets = np.cumsum(lengths) - lengths
    found: Numbers = np.arange(int(lengths.sum())) + np.repeat(begins - offsets, lengths)
    return found


def _crossed(blocks: Numbers, things: int) -> Numbers:
    """All pairs within each row of sorted numbers."""
    low, high = _triangle(blocks.shape[1])
    return (blocks[:, low] * things + blocks[:, high]).ravel()


@cache
def _triangle(size: int) -> tuple[Numbers, Numbers]:
    low, high = np.triu_indices(size, 1)
    return low.astype(np.int64), high.astype(np.int64)
