"""Words as derivation compares them: folded forms, stems, frozen weights; nothing here is counted in a collection."""

from __future__ import annotations

import math
import re
import unicodedata
import zlib
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from variorum.packaged import data_table
from variorum.world.states import States
from variorum.world.words import stem, word_ranks

Hashes = NDArray[np.uint64]

WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’\u00ad][^\W\d_]+)*")
"""A word or a number; an apostrophe or a soft hyphen inside belongs to it, a hyphen parts two words."""

_FOLD = {ord("’"): "'", 0xAD: None}
_NUMBER = "#"


@cache
def tables() -> dict[str, Any]:
    """The packaged word lists. Raises ModelError where the file is missing or malformed."""
    return data_table("derivation.toml")


@cache
def words_of(name: str) -> frozenset[str]:
    """One packaged list as a set of folded words."""
    return frozenset(tables()[name].split())


@cache
def _numerals() -> dict[str, str]:
    return {word: str(value) for word, value in tables()["numerals"].items()}


def _folded(surface: str) -> str:
    return unicodedata.normalize("NFKC", surface).casefold().translate(_FOLD)


def fold(surface: str) -> str:
    """A word's form for comparison: one case, straight apostrophes, no possessive; numerals are figures."""
    word = surface.lower() if surface.isascii() else _folded(surface)
    if word[0].isdigit():
        return word.replace(",", "").rstrip(".")
    word = word.removesuffix("'s").replace("'", "")
    return _numerals().get(word, word)


@cache
def _classes() -> dict[str, str]:
    """Stem → the stem that stands for its class of synonyms; a word of two classes belongs to the first."""
    found: dict[str, str] = {}
    for line in tables()["synonyms"]:
        stems = [stem(word) for word in line.split()]
        for one in stems:
            found.setdefault(one, stems[0])
    return found


@cache
def state_names() -> dict[str, str]:
    """Folded names of states, peoples and capitals of one word → the state's name."""
    found: dict[str, str] = {}
    for state in States.load():
        for name in (state.name, *state.demonyms, *state.adjectives, *state.capitals):
            if name.isalpha():
                found.setdefault(fold(name), state.name)
    return found


@cache
def state_kinds() -> dict[str, str]:
    """What each of the `state_names` is: a "capital", the "state" itself, or its "people", as an adjective too."""
    found: dict[str, str] = {}
    for state in States.load():
        for kind, names in (
            ("state", (state.name,)),
            ("people", (*state.demonyms, *state.adjectives)),
            ("capital", state.capitals),
        ):
            for name in names:
                if name.isalpha():
                    found.setdefault(fold(name), kind)
    return found


@cache
def _formulaic() -> frozenset[str]:
    """Stems that say little for standing in two texts: the subject's own words, states, their peoples and capitals."""
    found = {stem(word) for word in words_of("formulaic")}
    for state in States.load():
        for name in (state.name, *state.demonyms, *state.adjectives, *state.capitals):
            found.update(stem(fold(part)) for part in WORD.findall(name))
    return frozenset(found)


_FIRST, _LAST = 120, 14_000  # ranks at which a word begins to tell, and tells all that a word can
_OFTEN, _LIGHT = 0.35, 0.5  # what is left of the weight of the subject's own words, and of light words
_FIGURE = 0.6


def rarity(word: str) -> float:
    """How much a folded word says that two texts tell the same thing, from 0 to 1: the logarithm of its rank in
    ordinary English, less for the words that every report of conflict has; names are what English lacks."""
    if word in words_of("stop"):
        return 0.0
    if word[:1].isdigit():
        return _FIGURE
    root = stem(word)
    place = min(max(word_ranks().get(root, _LAST), _FIRST), _LAST)
    value = (math.log(place) - math.log(_FIRST)) / (math.log(_LAST) - math.log(_FIRST))
    if root in _formulaic() or root in _classes():
        return value * _OFTEN
    return value * _LIGHT if word in words_of("light") else value


def _hash(word: str) -> int:
    """64 bits of a word, the same in every run (Python's own hash is not)."""
    data = word.encode("utf-8", "surrogatepass")
    return (zlib.crc32(data) << 32) | zlib.crc32(data[::-1], 0x9E3779B9)


_COLUMNS: tuple[tuple[str, type[np.generic]], ...] = (
    ("masked", np.uint64),
    ("exact", np.uint64),
    ("stems", np.uint64),
    ("weights", np.float64),
)
_LATE: tuple[tuple[str, type[np.generic]], ...] = (("rarities", np.float64), ("of_page", np.bool_))


class Lexicon(dict[str, int]):
    """Numbers the surface forms of a collection and keeps what comparison asks of each, as arrays by that number.

    A number depends on what was read before; only the hashes and weights behind it are compared, which do not.
    """

    def __init__(self) -> None:
        super().__init__()
        self.folded: list[str] = []
        self._new: list[tuple[int, int, int, float]] = []
        self._arrays = {name: np.zeros(1 << 10, kind) for name, kind in (*_COLUMNS, *_LATE)}
        self._rated = 0  # forms whose late columns are filled in
        self._stop, self._light, self._synonyms = words_of("stop"), words_of("light"), _classes()

    def __missing__(self, surface: str) -> int:
        number = self[surface] = len(self.folded)
        word = fold(surface)
        self.folded.append(word)
        is_number = word[:1].isdigit()
        root = stem(word)
        weight = 1.0
        if word in self._stop:
            weight = 0.0
        elif is_number:
            weight = 0.6
        elif word in self._light:
            weight = 0.35
        elif root in self._synonyms:
            weight, root = 0.8, self._synonyms[root]
        elif len(word) >= 8 or surface[:1].isupper():
            weight = 1.3
        exact = _hash(word)
        self._new.append((_NUMBERS if is_number else exact, exact, exact if root == word else _hash(root), weight))
        return number

    def _column(self, name: str) -> NDArray[Any]:
        count = len(self.folded)
        while count > len(self._arrays[name]):
            self._arrays = {key: np.concatenate([found, np.zeros_like(found)]) for key, found in self._arrays.items()}
        if self._new:
            for (key, kind), values in zip(_COLUMNS, zip(*self._new, strict=True), strict=True):
                self._arrays[key][count - len(self._new) : count] = np.array(values, kind)
            self._new.clear()
        return self._arrays[name][:count]

    def _late(self, name: str) -> NDArray[Any]:
        found = self._column(name)
        fresh = self.folded[self._rated :]
        if fresh:
            self._arrays["rarities"][self._rated : len(self.folded)] = [rarity(word) for word in fresh]
            page = words_of("page_words")
            self._arrays["of_page"][self._rated : len(self.folded)] = [word in page for word in fresh]
            self._rated = len(self.folded)
        return found

    @property
    def masked(self) -> Hashes:
        """Hash of each form with numbers alike."""
        return self._column("masked")

    @property
    def exact(self) -> Hashes:
        return self._column("exact")

    @property
    def stems(self) -> Hashes:
        return self._column("stems")

    @property
    def weights(self) -> NDArray[np.float64]:
        """Frozen evidence of each form: 0 for function words, 1.3 for names and long words."""
        return self._column("weights")

    @property
    def rarities(self) -> NDArray[np.float64]:
        """The `rarity` of each form."""
        return self._late("rarities")

    @property
    def of_page(self) -> NDArray[np.bool_]:
        """Which forms are words with which a page speaks of itself."""
        return self._late("of_page")


_NUMBERS = _hash(_NUMBER)
NUMBER = np.uint64(_NUMBERS)
"""What every number hashes to where numbers are alike."""

_P = np.uint64(0x9E3779B97F4A7C15)
_Q = np.uint64(0xC2B2AE3D27D4EB4F)


def mix(values: Hashes) -> Hashes:
    """Spread the bits of hashes (the finaliser of SplitMix64), so that any of them may be sampled on."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def shingles(words: Hashes, size: int) -> Hashes:
    """The hash of the `size` words from each position on; empty for a shorter text."""
    count = len(words) - size + 1
    if count <= 0:
        return np.empty(0, np.uint64)
    total = np.zeros(count, np.uint64)
    for offset in range(size):
        total = total * _P + words[offset : offset + count]
    return mix(total)


def among(values: Hashes, held: Hashes) -> NDArray[np.bool_]:
    """Which values are among `held`, which are distinct and sorted."""
    if not len(held):
        return np.zeros(len(values), np.bool_)
    at = np.minimum(np.searchsorted(held, values), len(held) - 1)
    found: NDArray[np.bool_] = held[at] == values
    return found


def meeting(one: Hashes, other: Hashes) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where the values that two arrays have in common stand in each; both are distinct and sorted."""
    if not len(other):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    at = np.minimum(np.searchsorted(other, one), len(other) - 1)
    held = np.flatnonzero(other[at] == one)
    return held, at[held]
