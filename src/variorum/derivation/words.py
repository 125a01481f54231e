"""The words of many texts at once, as hashes: what fingerprints are made of.

Equal to folding every match of `lexicon.WORD` by itself, only faster: bytes are classed and cut into words by numpy, a
word is looked up by a hash of its bytes, and Python sees each distinct word once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .lexicon import WORD, Hashes, Lexicon

Ints = NDArray[np.int64]

_LETTER, _DIGIT = 1, 2
_APOSTROPHE, _POINT = 3, 4  # may join two stretches of letters, or of figures
_LOWER = bytes(b + 32 if 65 <= b <= 90 else b for b in range(256))
_JOINERS = {ord("'"): _APOSTROPHE, ord(","): _POINT, ord("."): _POINT}
_CLASS = bytes(
    _LETTER if 65 <= b <= 90 or 97 <= b <= 122 or b >= 128 else _DIGIT if 48 <= b <= 57 else _JOINERS.get(b, 0)
    for b in range(256)
)
_BLANKED = "“”–—…‘\xa0"  # common marks that are no part of a word
_FIRST_BYTES = np.array([(1 << (8 * k)) - 1 for k in range(8)] + [2**64 - 1], np.uint64)
_WINDOWS = 3  # eight bytes each; longer words are hashed one by one
_MIXERS = tuple(np.uint64(k) for k in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9))

_SLOT_BITS = 19
_MOST_ROWS = 400_000  # words that are remembered: about 60 MB
_NOTHING, _SEVERAL = 0, 1  # rows for stretches that hold no word, or several


class Words(NamedTuple):
    """The words of some texts, one text after another; those of text t are ``bounds[t]`` to ``bounds[t + 1]``.

    `exact`, `masked` (numbers alike) and `stems` are hashes; `content` tells words that say something from others.
    """

    exact: Hashes
    masked: Hashes
    stems: Hashes
    content: NDArray[np.bool_]
    bounds: Ints


class Vocabulary:
    """Remembers the words it has read. What it gives depends on the text alone, never on what was read before."""

    def __init__(self) -> None:
        self._clear()

    def _clear(self) -> None:
        self._rows: dict[int, int] = {}  # hash of a word's bytes → row
        self._surfaces: dict[str, int] = {}
        self._tags = np.zeros(1 << _SLOT_BITS, np.uint64)
        self._slots = np.zeros(1 << _SLOT_BITS, np.int32)
        self._count = 2
        self._table = np.zeros((3, 1 << 12), np.uint64)  # exact, masked, stem
        self._content = np.zeros(1 << 12, np.bool_)

    def read(self, texts: Sequence[str]) -> Words:
        """The words of each text."""
        if self._count > _MOST_ROWS:
            self._clear()
        rows, bounds = self._fast(texts)
        if rows.size and int(rows.min()) <= _SEVERAL:
            rows, bounds = self._repaired(texts, rows, bounds)
        exact, masked, stems = (column.take(rows) for column in self._table)
        return Words(exact, masked, stems, self._content.take(rows), bounds)

    def _fast(self, texts: Sequence[str]) -> tuple[NDArray[np.int32], Ints]:
        encoded = [_bytes_of(text) for text in texts]
        whole = b"\n".join([*encoded, bytes(8 * _WINDOWS + 1)])
        low = whole.translate(_LOWER)
        starts, ends = _stretches(low)
        hashes = _hashes(low, starts, ends)
        slots = (hashes >> np.uint64(64 - _SLOT_BITS)).astype(np.int64)
        rows = self._slots[slots]
        missed = np.flatnonzero(self._tags[slots] != hashes)
        if len(missed):
            unknown, first, inverse = np.unique(hashes[missed], return_index=True, return_inverse=True)
            at = missed[first]
            found = self._rows_of(low, unknown.tolist(), starts[at].tolist(), ends[at].tolist())
            rows[missed] = found[inverse]
            self._tags[slots[at]] = unknown
            self._slots[slots[at]] = found
        offsets = np.cumsum([0, *(len(part) + 1 for part in encoded)])
        return rows, np.searchsorted(starts, offsets)

    def _rows_of(self, low: bytes, keys: list[int], starts: list[int], ends: list[int]) -> NDArray[np.int32]:
        """The row of each word, known by its hash or new."""
        found = [self._rows.get(key, -1) for key in keys]
        fresh = [i for i, row in enumerate(found) if row < 0]
        words = {i: _words_in(low[starts[i] : ends[i]]) for i in fresh}
        self._add([only[0] for only in words.values() if only is not None and len(only) == 1])
        for i, only in words.items():
            row = _SEVERAL if only is None or len(only) > 1 else self._surfaces[only[0]] if only else _NOTHING
            found[i] = self._rows[keys[i]] = row
        return np.array(found, np.int32)

    def _add(self, surfaces: Sequence[str]) -> None:
        """Make rows for words that have none."""
        fresh = [word for word in dict.fromkeys(surfaces) if word not in self._surfaces]
        if not fresh:
            return
        lexicon = Lexicon()
        numbers = [lexicon[word] for word in fresh]
        last = self._count + len(fresh)
        while last > self._table.shape[1]:
            self._table = np.concatenate([self._table, np.zeros_like(self._table)], axis=1)
            self._content = np.concatenate([self._content, np.zeros_like(self._content)])
        columns = (lexicon.exact, lexicon.masked, lexicon.stems)
        for row, values in enumerate(columns):
            self._table[row, self._count : last] = values[numbers]
        self._content[self._count : last] = lexicon.weights[numbers] >= 0.5
        self._surfaces.update(zip(fresh, range(self._count, last), strict=True))
        self._count = last

    def _repaired(self, texts: Sequence[str], rows: NDArray[np.int32], bounds: Ints) -> tuple[NDArray[np.int32], Ints]:
        """The rows without what is no word; texts in which a stretch holds several words are read word by word."""
        parts = []
        for text, first, last in zip(texts, bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
            part = rows[first:last]
            if (part == _SEVERAL).any():
                surfaces = [match.lower() if match.isascii() else match for match in WORD.findall(text)]
                self._add(surfaces)
                part = np.array([self._surfaces[word] for word in surfaces], np.int32)
            parts.append(part[part > _SEVERAL])
        return np.concatenate(parts), np.cumsum([0, *map(len, parts)])


def _bytes_of(text: str) -> bytes:
    if text.isascii():
        return text.encode()
    for mark in _BLANKED:
        text = text.replace(mark, " ")
    return text.replace("’", "'").encode("utf-8", "surrogatepass")


def _words_in(stretch: bytes) -> list[str] | None:
    """The words of a stretch of letters; None where it has figures other than 0 to 9, whose neighbours decide."""
    if stretch.isalpha():  # letters of ASCII and nothing else, as nearly every stretch is
        return [stretch.decode("ascii")]
    surface = stretch.decode("utf-8", "surrogatepass")
    if not surface.isascii() and any(c.isdecimal() and not c.isascii() for c in surface):
        return None
    return WORD.findall(surface)


def _stretches(low: bytes) -> tuple[Ints, Ints]:
    """Where each run of letters, or of digits, begins and ends; what joins two of a kind into one word is of it."""
    kinds = np.frombuffer(low.translate(_CLASS), np.uint8).copy()
    joiners = np.flatnonzero(kinds > _DIGIT)
    sides = np.where(kinds[joiners] == _APOSTROPHE, _LETTER, _DIGIT).astype(np.uint8)
    joined = (kinds[joiners - 1] == sides) & (kinds[joiners + 1] == sides)
    kinds[joiners] = np.where(joined, sides, 0)
    edges = np.append(0, np.flatnonzero(kinds[1:] != kinds[:-1]) + 1)
    inside = kinds[edges] > 0
    return edges[inside], np.append(edges[1:], len(kinds))[inside]


def _hashes(low: bytes, starts: Ints, ends: Ints) -> Hashes:
    """A hash of the bytes of each stretch, eight bytes at a time."""
    eights: Hashes = np.ndarray((len(low) - 7,), np.uint64, buffer=low, strides=(1,))
    lengths = ends - starts
    hashes = lengths.astype(np.uint64) * _MIXERS[-1]
    hashes ^= (eights[starts] & _FIRST_BYTES[np.minimum(lengths, 8)]) * _MIXERS[0]
    hashes ^= hashes >> np.uint64(29)
    for window in range(1, _WINDOWS):
        at = np.flatnonzero(lengths > 8 * window)
        words = eights[starts[at] + 8 * window] & _FIRST_BYTES[np.minimum(lengths[at] - 8 * window, 8)]
        part = (hashes[at] ^ words * _MIXERS[window]) * _MIXERS[0]
        hashes[at] = part ^ (part >> np.uint64(29))
    hashes ^= hashes >> np.uint64(32)
    hashes *= _MIXERS[0]
    hashes ^= hashes >> np.uint64(29)
    for i in np.flatnonzero(lengths > 8 * _WINDOWS).tolist():
        state = 0
        first, last = int(starts[i]), int(ends[i])
        for begin in range(first, last, 8):
            part = int.from_bytes(low[begin : min(begin + 8, last)], "little")
            state = (state ^ part) * 0x9E3779B97F4A7C15 % 2**64
            state ^= state >> 31
        hashes[i] = state
    return hashes
