"""The search for candidates: pairs of texts that share enough to be compared, by what the one holds of the other.

Containment (shared shingles over those of the shorter text) and not Jaccard: news is partly copied. Keys are joined by
sorting, each packed into 64 bits with its holder, and pairs are counted in the same way; nothing is a Python object.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Container, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from .fingerprints import Fingerprint, Keys, sampled
from .lexicon import Hashes
from .options import DerivationOptions

Ints = NDArray[np.int64]
Places = NDArray[np.int32]

_HALF = np.uint64(32)
_LOWER = np.uint64(0xFFFFFFFF)
_ROWS_AT_ONCE = 4096
_MOST_AT_ONCE = 1 << 18  # increments that are counted together


class Candidate(NamedTuple):
    """Two texts worth comparing, the lesser position first; `containment` is of their shingles."""

    one: int
    other: int
    containment: float


class Shared(NamedTuple):
    """Pairs (the lesser position over the greater, in 64 bits, sorted) and how many keys they share."""

    pairs: Hashes
    counts: Ints

    def of(self, pairs: Hashes) -> Ints:
        """The counts of some pairs; 0 for those that are not among these."""
        if not len(self.pairs):
            return np.zeros(len(pairs), np.int64)
        at = np.minimum(np.searchsorted(self.pairs, pairs), len(self.pairs) - 1)
        return np.where(self.pairs[at] == pairs, self.counts[at], 0)

    def among(self, pairs: Hashes) -> NDArray[np.bool_]:
        """Which of some pairs are among these."""
        return self.of(pairs) > 0


Wanted = Callable[[Hashes, Ints], NDArray[np.bool_]]
"""Which pairs are kept, by how many keys they share."""


class Join(Protocol):
    """How shared keys are counted (`shared_keys`), so that an engine may do it over machines."""

    def __call__(self, rows: Sequence[Keys], fan_out: int, *, least: int, star: bool) -> Shared: ...


def candidates(
    heads: Sequence[int],
    prints: Sequence[Fingerprint],
    options: DerivationOptions,
    brief: Container[int] = frozenset(),
    join: Join | None = None,
) -> list[Candidate]:
    """The pairs of `heads` that share enough, at most `most_candidates` for each text (its best), sorted. Of
    those that are `brief`, sections of round-ups and notes that name whom they have it from, less is enough.

    A pair with a long text is compared by samples. `join` counts shared keys, `shared_keys` without it. Positions in
    `heads` must be in the canonical order of their texts: where a key has more holders than the fan-out, pairs with the
    first of them are proposed, so a family loses pairs but no member.
    """
    if len(heads) < 2:
        return []
    found = [prints[i] for i in heads]
    anchored = _joined(join, [p.anchors for p in found], options.anchor_fan_out, least=options.least_anchors)
    short = np.array([i in brief for i in heads])
    parted = bool(short.any())
    fewest = options.section_stems if parted else options.least_stems
    least = max(2, fewest // options.stem_sample)
    worded = _joined(join, [p.stems for p in found], options.stem_fan_out, least=least)
    long = np.array([p.long for p in found])
    keys, anchors = _Sizes([p.keys for p in found], options.sample), _Sizes([p.anchors for p in found], options.sample)
    words = _Sizes([p.stems for p in found], options.stem_sample)

    def shares_enough(pairs: Hashes, shared: Ints) -> NDArray[np.bool_]:
        one, other = _ends(pairs)
        coarse = long[one] | long[other]  # a pair with a long text can share keys of the sample only
        enough = shared * np.where(coarse, options.sample, 1) >= options.candidate_words
        return enough | (shared / np.maximum(1, keys.lesser(one, other, coarse)) >= options.candidate)

    def wanted(pairs: Hashes, shared: Ints) -> NDArray[np.bool_]:
        return shares_enough(pairs, shared) | anchored.among(pairs) | worded.among(pairs)

    exact = _joined(join, keys.rows, options.fan_out, least=2, star=True, wanted=wanted)
    pairs = np.unique(np.concatenate([exact.pairs, anchored.pairs, worded.pairs]))
    one, other = _ends(pairs)
    coarse = long[one] | long[other]
    shared, stems = exact.of(pairs), worded.of(pairs)
    containment = shared / np.maximum(1, keys.lesser(one, other, coarse))
    likeness = anchored.of(pairs) / np.maximum(options.enough_anchors, anchors.lesser(one, other, coarse))
    common = stems / np.maximum(1, words.lesser(one, other, coarse))
    least_stems = (
        np.where(short[one] | short[other], options.section_stems, options.least_stems)
        if parted
        else options.least_stems
    )
    retold = (common >= options.stem_candidate) & (stems * np.where(coarse, options.stem_sample, 1) >= least_stems)
    kept = shares_enough(pairs, shared) | (likeness >= options.anchor_candidate) | retold
    best = _best(one[kept], other[kept], (containment + likeness + common)[kept], options.most_candidates)
    rows = zip(one[kept][best].tolist(), other[kept][best].tolist(), containment[kept][best].tolist(), strict=True)
    return [Candidate(heads[i], heads[j], share) for i, j, share in rows]


def _ends(pairs: Hashes) -> tuple[Ints, Ints]:
    return (pairs >> _HALF).astype(np.int64), (pairs & _LOWER).astype(np.int64)


def _joined(
    join: Join | None,
    rows: Sequence[Keys],
    fan_out: int,
    *,
    least: int,
    star: bool = False,
    wanted: Wanted | None = None,
) -> Shared:
    """The shared keys of those pairs that are `wanted`; most of what many texts share by chance is not, and is never
    held together."""
    if join is None:
        return shared_keys(rows, fan_out, least=least, star=star, wanted=wanted)
    found = join(rows, fan_out, least=least, star=star)
    kept = wanted(*found) if wanted is not None else np.ones(len(found.pairs), dtype=bool)
    return Shared(found.pairs[kept], found.counts[kept])


class _Sizes:
    """How many keys texts have, all and in the sample that long texts are known by."""

    def __init__(self, rows: Sequence[Keys], sample: int) -> None:
        self.rows = rows
        self._whole = np.array([len(row) for row in rows])
        total = np.append(0, np.cumsum(sampled(np.concatenate(rows), sample)))
        edges = np.append(0, np.cumsum(self._whole))
        self._part = total[edges[1:]] - total[edges[:-1]]

    def lesser(self, one: Ints, other: Ints, coarse: NDArray[np.bool_]) -> Ints:
        """The keys of that text of each pair that has fewer; those of the sample for `coarse` pairs."""
        whole, part = self._whole, self._part
        lesser: Ints = np.where(coarse, np.minimum(part[one], part[other]), np.minimum(whole[one], whole[other]))
        return lesser


def _best(one: Ints, other: Ints, rank: NDArray[np.float64], most: int) -> Ints:
    """Which pairs are among the `most` best of either text, in the order of the pairs."""
    texts = np.concatenate([one, other])
    fellows = np.concatenate([other, one])
    order = np.lexsort((fellows, -np.concatenate([rank, rank]), texts))
    ordered = texts[order]
    starts = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1])) if len(ordered) else np.empty(0, np.int64)
    place = np.arange(len(ordered)) - np.repeat(starts, np.diff(np.append(starts, len(ordered))))
    return np.unique(order[place < most] % max(1, len(one)))


def shared_keys(rows: Sequence[Keys], fan_out: int, *, least: int, star: bool, wanted: Wanted | None = None) -> Shared:
    """How many keys each two positions share, where `least` or more and `wanted`. A key of more than `fan_out` holders
    pairs them with the first of them (`star`) or not at all."""
    packed = _packed(rows)
    if not len(packed):
        return Shared(np.empty(0, np.uint64), np.empty(0, np.int64))
    upper, holders = _halves(packed)
    again = upper[1:] == upper[:-1]
    if again.sum() * 2 < len(again):  # most keys are held by one text
        packed = packed[np.append(again, False) | np.append(False, again)]
        upper, holders = _halves(packed)
        again = upper[1:] == upper[:-1]
    starts = np.append(np.int32(0), (np.flatnonzero(~again) + 1).astype(np.int32))
    holders = holders.copy()
    del packed, upper, again
    counts: Ints = np.diff(np.append(starts, np.int32(len(holders)))).astype(np.int64)
    kept = counts > 1 if star else (counts > 1) & (counts <= fan_out)
    starts, counts = starts[kept], counts[kept] - 1
    # Each holder of a key but the first is paired with those that stand before it.
    first = np.repeat(starts, counts)
    before = np.arange(1, len(first) + 1, dtype=np.int32)
    before -= np.repeat((np.cumsum(counts) - counts).astype(np.int32), counts)
    later = holders[first + before]
    return _counted(holders, later, first, np.minimum(before, fan_out), (least, wanted))


def _halves(packed: Hashes) -> tuple[Keys, Keys]:
    """The keys and their holders."""
    low, high = packed.view(np.uint32)[::2], packed.view(np.uint32)[1::2]
    return (high, low) if sys.byteorder == "little" else (low, high)


def _packed(rows: Sequence[Keys]) -> Hashes:
    """Every key over the position of its holder, sorted."""
    packed = np.empty(sum(map(len, rows)), np.uint64)
    upper, holders = _halves(packed)
    filled = 0
    for at in range(0, len(rows), _ROWS_AT_ONCE):
        some = rows[at : at + _ROWS_AT_ONCE]
        keys = np.concatenate(some)
        upper[filled : filled + len(keys)] = keys
        holders[filled : filled + len(keys)] = np.repeat(
            np.arange(at, at + len(some), dtype=np.uint32), [len(row) for row in some]
        )
        filled += len(keys)
    packed.sort()
    return packed


def _counted(holders: Keys, later: Keys, first: Places, before: Places, chosen: tuple[int, Wanted | None]) -> Shared:
    """The pairs of each later holder with the `before` holders from `first` on, counted. What does not fit at once is
    taken by ranges of the later holder, so that all increments of a pair are counted together."""
    (least, wanted), parts = chosen, []
    for which in _ranges(later, before):
        mine, starts, lengths = later[which], first[which], before[which]
        at = np.repeat(starts - np.cumsum(lengths) + lengths, lengths)
        at += np.arange(len(at))
        pairs = np.empty(len(at), np.uint64)
        upper, lower = _halves(pairs)
        upper[:], lower[:] = holders[at], np.repeat(mine, lengths)
        pairs.sort()
        edges = np.flatnonzero(np.append(True, pairs[1:] != pairs[:-1]))
        counts = np.diff(np.append(edges, len(pairs)))
        enough = counts >= least
        found, counts = pairs[edges[enough]], counts[enough]
        kept = wanted(found, counts) if wanted is not None else slice(None)
        parts.append((found[kept], counts[kept]))
    if not parts:
        return Shared(np.empty(0, np.uint64), np.empty(0, np.int64))
    found, counted = (np.concatenate(side) for side in zip(*parts, strict=True))
    order = np.argsort(found)
    return Shared(found[order], counted[order])


def _ranges(later: Keys, before: Places) -> Iterator[Ints]:
    """The postings in parts of so many increments, each holder's in one part."""
    total = int(before.sum())
    if total <= _MOST_AT_ONCE:
        if total:
            yield np.arange(len(later))
        return
    load = np.cumsum(np.bincount(later, weights=before))
    part = (load // _MOST_AT_ONCE).astype(np.uint16)[later]
    order = np.argsort(part, kind="stable")
    edges = np.cumsum(np.bincount(part))
    for low, high in pairwise([0, *edges.tolist()]):
        if high > low:
            yield order[low:high]
