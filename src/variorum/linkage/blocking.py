"""Candidate pairs: things that share a blocking key."""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Iterable, Iterator, Sequence
from functools import cache, cached_property
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

K = TypeVar("K", bound=Hashable)
Numbers = NDArray[np.int64]
_WINDOWS = 20  # bits for the number of a window
_KEYS_AT_ONCE = 1 << 22  # keys of one family that are sorted together
_AT_ONCE = 1 << 22  # pairs that are held before those that came twice are left out
_STRETCH = 1 << 20  # pairs that are looked at together
_NONE: Numbers = np.empty(0, dtype=np.int64)


class Pairs:
    """Unordered pairs of `ids`, each pair once. `ids` are sorted and each there once; `low` and `high` are the places
    of a pair's two in them, the lesser first; the pairs are sorted. `codes` are ``low * len(ids) + high``."""

    def __init__(self, ids: Sequence[str], codes: Numbers, *, ordered: bool = False) -> None:
        """The codes may come in any order, and repeat, unless they are said to be `ordered`."""
        self.ids = tuple(ids)
        self.codes = codes if ordered else distinct(codes)

    @cached_property
    def low(self) -> NDArray[np.int32]:
        return self.ends(0, len(self))[0]

    @cached_property
    def high(self) -> NDArray[np.int32]:
        return self.ends(0, len(self))[1]

    def ends(self, start: int, stop: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """`low` and `high` of a stretch of the pairs: of so many that the places of all would fill the memory."""
        low, high = np.divmod(self.codes[start:stop], max(1, len(self.ids)))
        return low.astype(np.int32), high.astype(np.int32)

    def stretches(self) -> Iterator[tuple[slice, tuple[NDArray[np.int32], NDArray[np.int32]]]]:
        """All pairs in stretches: where each lies, and its `ends`."""
        for at in range(0, len(self), _STRETCH):
            yield slice(at, at + _STRETCH), self.ends(at, at + _STRETCH)

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
        found = np.zeros(len(self), dtype=bool)
        at = np.searchsorted(self.codes, others.codes)
        known = at < len(self)
        known[known] = self.codes[at[known]] == others.codes[known]
        found[at[known]] = True
        return found

    def found(self, low: int, high: int) -> int | None:
        """Where the pair of these places stands among the pairs; None where it does not."""
        code = low * len(self.ids) + high
        at = int(np.searchsorted(self.codes, code))
        return at if at < len(self.codes) and int(self.codes[at]) == code else None


class Codes:
    """Numbers that come in parts, kept each once however often they come: two of a kind share many keys."""

    def __init__(self) -> None:
        self._parts: list[Numbers] = []
        self._waiting, self._bound = 0, _AT_ONCE

    def add(self, codes: Numbers) -> None:
        self._parts.append(codes)
        self._waiting += len(codes)
        if self._waiting > self._bound:
            self._parts = [self.all()]
            self._waiting, self._bound = 0, max(_AT_ONCE, len(self._parts[0]) // 2)

    def all(self) -> Numbers:
        """Each number once, sorted; the parts are given up."""
        if not self._parts:
            return _NONE
        together = np.concatenate(self._parts)
        self._parts.clear()
        together.sort()
        return together[np.concatenate(([True], together[1:] != together[:-1]))] if len(together) else _NONE


class _Holders:
    """Who holds which keys, flat: groups of things one after the other, and their keys. Millions of keys so take
    eight bytes each."""

    def __init__(self) -> None:
        self.members, self.sizes = array("i"), array("i")
        self.keys, self.counts = array("q"), array("i")

    def add(self, numbers: Sequence[int], keys: Sequence[int]) -> None:
        self.members.extend(numbers)
        self.sizes.append(len(numbers))
        self.keys.extend(keys)
        self.counts.append(len(keys))


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
        self._holders: dict[Hashable, _Holders] = {}

    def numbered(self, keys: Iterable[K], windows: Sequence[int] = (0,)) -> list[int]:
        """Keys as `add` takes them, each with each of the `windows` that it is held in (below 2²⁰)."""
        known = self._keys
        marks = [known.setdefault(key, len(known)) << _WINDOWS for key in keys]
        return [mark | window for mark in marks for window in windows]

    def add(self, families: Iterable[Hashable], numbers: tuple[int, ...], keys: Sequence[int]) -> None:
        """Things that all hold the same keys, in each of some families. Holders of a key meet within one family alone,
        where no thing may hold a key twice."""
        if numbers and keys:
            for family in families:
                self._holders.setdefault(family, _Holders()).add(numbers, keys)

    def codes(self, things: int) -> Numbers:
        """The pairs that share a key, as ``low * things + high``, each once. Numbers are below `things`. What was
        added is given up: asked again, there are none."""
        found = Codes()
        self.propose(things, found)
        return found.all()

    def propose(self, things: int, found: Codes) -> None:
        """Add the pairs that share a key to those `found`, and give up what was added here."""
        self._keys.clear()
        while self._holders:
            _, holders = self._holders.popitem()
            _propose(holders, self._most, things, found)


def distinct(codes: Numbers) -> Numbers:
    """The numbers, each once, sorted."""
    if not len(codes):
        return _NONE
    ordered = np.sort(codes)
    return ordered[np.concatenate(([True], ordered[1:] != ordered[:-1]))]


def _propose(holders: _Holders, most: int, things: int, found: Codes) -> None:
    """Add the pairs of one family. A holder is a group of things. The keys are taken in parts, so that what is sorted
    at one time stays small; a key is in one part with all its holders."""
    sizes, members = np.array(holders.sizes, dtype=np.int64), np.array(holders.members, dtype=np.int64)
    firsts = np.cumsum(sizes) - sizes
    keys = np.frombuffer(holders.keys, dtype=np.int64)
    of = np.repeat(np.arange(len(sizes), dtype=np.int32), np.frombuffer(holders.counts, dtype=np.int32))
    parts = len(keys) // _KEYS_AT_ONCE + 1
    part = (keys % parts).astype(np.int32) if parts > 1 else None
    for number in range(parts):
        mine = slice(None) if part is None else part == number
        held = _held(keys[mine], of[mine], len(sizes))
        _propose_held(held, (members, firsts, sizes), (most, things), found)


def _held(keys: Numbers, groups: NDArray[np.int32], count: int) -> tuple[Numbers, Numbers]:
    """Where each key's groups begin, and the groups, one key after the other, each group once. The group and the key
    stand in one number, so that one sort brings the groups of each key together."""
    entries = distinct(keys * count + groups)
    keys, groups_of = np.divmod(entries, count)
    return np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))[: len(keys)], groups_of


def _propose_held(
    by_key: tuple[Numbers, Numbers], known: tuple[Numbers, Numbers, Numbers], limits: tuple[int, int], found: Codes
) -> None:
    """Add the pairs of things whose groups hold one key. Of the groups are `known` all their members, where in these
    each begins and how many it has."""
    (starts, groups), (members, begin_of, size_of), (most, things) = by_key, known, limits
    if not len(groups):
        return
    held = np.add.reduceat(size_of[groups], starts)
    kept = (held > 1) & (held <= most)
    if not kept.any():
        return
    groups = groups[np.repeat(kept, np.diff(np.append(starts, len(groups))))]
    things_of = members[_ranges(begin_of[groups], size_of[groups])]  # of each key that is kept, one after the other
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
