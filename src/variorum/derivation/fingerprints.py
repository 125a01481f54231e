"""Fingerprints: hashed word 5-grams, content-word pairs and content words of every text, made for many at a time.

A fingerprint depends on its text alone, so one that was kept from an earlier run serves as well as a new one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .lexicon import Hashes, mix
from .options import DerivationOptions
from .units import Unit
from .words import Vocabulary, Words

Keys = NDArray[np.uint32]
Ints = NDArray[np.int64]

_BATCH = 128  # texts that are read at a time
_P = np.uint64(0x9E3779B97F4A7C15)
_HALF = np.uint64(32)
_TOP = np.uint64(56)


class Fingerprint(NamedTuple):
    """`content` is one for equal words; `figures` for equal numbers, in whatever order; `keys` are the distinct
    shingles, numbers alike; `anchors` the distinct pairs of neighbouring content words; `stems` the distinct content
    words. All three are sorted, hashes of 32 bits; a `long` text keeps a sample of each."""

    content: int
    words: int
    figures: int
    long: bool
    keys: Keys
    anchors: Keys
    stems: Keys


def fingerprints(units: Sequence[Unit], options: DerivationOptions) -> Iterator[Fingerprint]:
    """Each unit's fingerprint, in their order."""
    vocabulary = Vocabulary()
    for at in range(0, len(units), _BATCH):
        texts = ["\n".join(span.of(unit.document.text) for span in unit.spans) for unit in units[at : at + _BATCH]]
        yield from _of(vocabulary.read(texts), options)


def _of(words: Words, options: DerivationOptions) -> Iterator[Fingerprint]:
    counts = np.diff(words.bounds)
    texts = len(counts)
    owner = np.repeat(np.arange(texts, dtype=np.uint64), counts)
    is_number = words.exact != words.masked
    long = counts > options.long_text
    place = (np.arange(len(owner)) - np.repeat(words.bounds[:-1], counts)).astype(np.uint64)
    content = _sums(mix(words.exact + place * _P), words.bounds)
    figures = _sums(np.where(is_number, mix(words.exact), np.uint64(0)), words.bounds)
    keys = _split(_shingles(words, owner, is_number, options.shingle), long, options.sample, texts)
    anchors = _split(_anchors(words, owner, options), long, options.sample, texts)
    stems = _split([_packed(owner[words.content], words.stems[words.content])], long, options.stem_sample, texts)
    rows = zip(content.tolist(), counts.tolist(), figures.tolist(), long.tolist(), keys, anchors, stems, strict=True)
    return (Fingerprint(*row) for row in rows)


def _shingles(words: Words, owner: Hashes, is_number: NDArray[np.bool_], size: int) -> list[Hashes]:
    """Each text's shingles of `size` words, numbers alike. A row of numbers is a table's, and with numbers alike equal
    to any other, so a shingle of which most are numbers is left out."""
    count = len(owner) - size + 1
    if count <= 0:
        return []
    numbers = np.append(np.int32(0), np.cumsum(is_number, dtype=np.int32))
    kept = np.flatnonzero((owner[:count] == owner[size - 1 :]) & ((numbers[size:] - numbers[:-size]) * 2 <= size))
    return [_packed(owner[kept], mix(_rolled(words.masked, size)[kept]))]


def _rolled(words: Hashes, size: int) -> Hashes:
    """The polynomial in `_P` of the `size` words from each position on, by halves: those of 5 from those of 4 and 2."""
    if size == 1:
        return words
    half = _rolled(words, size // 2)
    both: Hashes = half[: len(half) - size // 2] * np.uint64(pow(int(_P), size // 2, 2**64)) + half[size // 2 :]
    return both[:-1] * _P + words[size - 1 :] if size % 2 else both


def _anchors(words: Words, owner: Hashes, options: DerivationOptions) -> list[Hashes]:
    """The pairs of content words that are neighbours or have one between, whichever comes first; a sample of them."""
    stems, owner = words.stems[words.content], owner[words.content]
    found = []
    for step in (1, 2):
        pairs = stems[:-step] + stems[step:]
        chosen = (pairs >> _TOP).astype(np.uint8) % np.uint8(options.anchor_sample) == 0
        kept = np.flatnonzero((owner[:-step] == owner[step:]) & chosen)
        found.append(_packed(owner[kept], mix(pairs[kept])))
    return found


def _packed(owner: Hashes, hashes: Hashes) -> Hashes:
    """The text's number over the upper half of the hash."""
    packed: Hashes = (owner << _HALF) | (hashes >> _HALF)
    return packed


def _split(packed: Sequence[Hashes], long: NDArray[np.bool_], sample: int, texts: int) -> list[Keys]:
    """The distinct keys of each text, sorted; of long texts one in `sample`."""
    every = np.concatenate(packed) if packed else np.empty(0, np.uint64)
    if long.any():
        every = every[~long[(every >> _HALF).astype(np.int64)] | sampled(every, sample)]
    every.sort()
    if len(every):
        every = every[np.append(True, every[1:] != every[:-1])]
    edges = np.searchsorted(every, np.arange(texts + 1, dtype=np.uint64) << _HALF).tolist()
    keys = every.astype(np.uint32)  # the lower half
    return [keys[first:last] for first, last in pairwise(edges)]


def sampled(keys: NDArray[np.unsignedinteger], sample: int) -> NDArray[np.bool_]:
    """Which keys belong to the sample that long texts are known by."""
    flags: NDArray[np.bool_] = (keys >> 1) % np.asarray(sample, keys.dtype) == 0
    return flags


def _sums(values: Hashes, bounds: Ints) -> Hashes:
    """The sum of each text's values, modulo 2**64."""
    total = np.append(np.uint64(0), np.cumsum(values, dtype=np.uint64))
    found: Hashes = total[bounds[1:]] - total[bounds[:-1]]
    return found
