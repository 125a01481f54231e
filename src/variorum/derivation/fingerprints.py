"""Fingerprints: hashed word 5-grams of every text, copies collapsed, and candidates by containment.

Containment (shared shingles over those of the shorter text) and not Jaccard: news is partly copied. Copies are
collapsed before anything is indexed, so a text that hundreds carry cannot drown in its own frequency.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from variorum.identity import digest

from .lexicon import WORD, Hashes, Lexicon, shingles, unordered_pairs
from .options import DerivationOptions
from .reading import Unit


class Fingerprint(NamedTuple):
    """`content` is one for equal words; `keys` are the distinct shingles, sorted, numbers alike; `sampled` those of
    them that a long text is indexed by; `anchors` the distinct pairs of content words; `stems` the distinct content
    words; `figures` hashes of numbers."""

    content: str
    words: int
    keys: Hashes
    sampled: Hashes
    long: bool
    anchors: Hashes
    stems: Hashes
    figures: bytes


def numbers_of(unit: Unit, lexicon: Lexicon) -> NDArray[np.int64]:
    """The unit's words, by their numbers in the lexicon."""
    text = unit.document.text
    return np.array([lexicon[word] for start, end in unit.spans for word in WORD.findall(text, start, end)], np.int64)


def fingerprint(numbers: NDArray[np.int64], lexicon: Lexicon, options: DerivationOptions) -> Fingerprint:
    """A unit's fingerprint. Read all units into the lexicon first: it makes its arrays anew as it grows."""
    exact, masked, weights = lexicon.exact[numbers], lexicon.masked[numbers], lexicon.weights[numbers]
    is_number = exact != masked
    rolled = shingles(masked, options.shingle)
    if len(rolled):  # a row of numbers is a table's, and with numbers alike equal to any other
        many = np.convolve(is_number, np.ones(options.shingle, np.int64), "valid") * 2 > options.shingle
        rolled = rolled[~many]
    keys = np.unique(rolled)
    content = lexicon.stems[numbers][weights >= 0.5]
    pairs = np.unique(unordered_pairs(content)) if len(content) > 2 else np.empty(0, np.uint64)
    return Fingerprint(
        content=digest(exact.tobytes()),
        words=len(numbers),
        keys=keys,
        sampled=keys[keys % np.uint64(options.sample) == 0],
        long=len(numbers) > options.long_text,
        anchors=pairs[pairs % np.uint64(2) == 0],
        stems=np.unique(content),
        figures=np.sort(exact[is_number]).tobytes(),
    )


def exact_classes(prints: Sequence[Fingerprint], apart: Iterable[int], options: DerivationOptions) -> list[list[int]]:
    """The texts of equal words, each class in the order given; the texts in `apart` and the very short stand alone."""
    alone = set(apart)
    classes: defaultdict[str, list[int]] = defaultdict(list)
    for i, found in enumerate(prints):
        single = i in alone or found.words < options.least_copy
        classes[f"{i}" if single else found.content].append(i)
    return sorted(classes.values())


def near_copies(order: Sequence[int], prints: Sequence[Fingerprint], options: DerivationOptions) -> dict[int, int]:
    """Near copy → the first text in `order` that it is a near copy of: the same numbers, and at least `near_copy` of
    the longer one's shingles. Found by their least hashes, of which near copies share most."""
    sketches: defaultdict[int, list[int]] = defaultdict(list)
    copy_of: dict[int, int] = {}
    for i in order:
        found = prints[i]
        if found.words < options.least_copy or not len(found.keys):
            continue
        sketch = found.keys[:8].tolist()
        seen: dict[int, int] = {}
        for key in sketch:
            for head in sketches[key][:64]:  # a page's boilerplate may stand in any number
                seen[head] = seen.get(head, 0) + 1
        likely = sorted(seen, key=lambda head: (-seen[head], head))
        for head in likely[:8]:
            other = prints[head]
            if other.figures == found.figures and _shared(found.keys, other.keys) >= options.near_copy * max(
                len(found.keys), len(other.keys)
            ):
                copy_of[i] = head
                break
        else:
            for key in sketch:
                sketches[key].append(i)
    return copy_of


def _shared(one: Hashes, other: Hashes) -> int:
    return len(np.intersect1d(one, other, assume_unique=True))


class Candidate(NamedTuple):
    """Two texts worth comparing, the lesser position first; `containment` is of their shingles."""

    one: int
    other: int
    containment: float


def candidates(heads: Sequence[int], prints: Sequence[Fingerprint], options: DerivationOptions) -> list[Candidate]:
    """The pairs of `heads` that share enough, at most `most_candidates` for each text (its best), sorted.

    Positions in `heads` must be in the canonical order of their texts: where a key has more holders than the fan-out,
    pairs with the first of them are proposed, so a family loses pairs but no member.
    """
    exact = _pairs(
        [prints[i].sampled if prints[i].long else prints[i].keys for i in heads], options.fan_out, least=2, star=True
    )
    anchored = _pairs([prints[i].anchors for i in heads], options.anchor_fan_out, least=4, star=False)
    worded = _pairs([prints[i].stems for i in heads], options.stem_fan_out, least=options.least_stems, star=False)
    ranked: defaultdict[int, list[tuple[float, int, float]]] = defaultdict(list)
    for pair in sorted(exact.keys() | anchored.keys() | worded.keys()):
        a, b = (prints[heads[i]] for i in pair)
        shared = exact.get(pair, 0)
        sampled = a.long or b.long
        sizes = (len(a.sampled), len(b.sampled)) if sampled else (len(a.keys), len(b.keys))
        containment = shared / max(1, min(sizes))
        enough = shared * (options.sample if sampled else 1) >= options.candidate_words
        anchors = anchored.get(pair, 0)
        likeness = anchors / max(12, min(len(a.anchors), len(b.anchors)))
        common = worded.get(pair, 0) / max(1, min(len(a.stems), len(b.stems)))
        retold = common >= options.stem_candidate
        if containment >= options.candidate or enough or likeness >= options.anchor_candidate or retold:
            rank = containment + likeness + common
            ranked[pair[0]].append((-rank, pair[1], containment))
            ranked[pair[1]].append((-rank, pair[0], containment))
    best: dict[tuple[int, int], float] = {}
    for i, found in ranked.items():
        for _, j, containment in sorted(found)[: options.most_candidates]:
            best[min(i, j), max(i, j)] = containment
    return [Candidate(heads[i], heads[j], containment) for (i, j), containment in sorted(best.items())]


def _pairs(keys: Sequence[Hashes], fan_out: int, *, least: int, star: bool) -> dict[tuple[int, int], int]:
    """How many keys each two positions share, `least` or more. A key of more than `fan_out` holders pairs them with
    the first of them (`star`) or not at all."""
    sizes = [len(found) for found in keys]
    if not sum(sizes):
        return {}
    every: Hashes = np.concatenate(keys)
    holders = np.repeat(np.arange(len(keys)), sizes)
    order = np.argsort(every, kind="stable")
    every, holders = every[order], holders[order]
    first = np.flatnonzero(np.r_[True, every[1:] != every[:-1]])
    counts = np.diff(np.r_[first, len(every)])
    kept = (counts > 1) & (star | (counts <= fan_out))
    first, counts = first[kept], counts[kept]
    # The postings of each holder: for position p of a group, its earlier fellows (at most the first fan_out).
    group = np.repeat(np.arange(len(first)), counts)
    rank = np.arange(len(group)) - np.repeat(np.cumsum(counts) - counts, counts)
    member = holders[np.repeat(first, counts) + rank]
    before = np.minimum(rank, fan_out)
    by_member = np.argsort(member, kind="stable")
    edges = np.searchsorted(member[by_member], np.arange(len(keys) + 1))
    shared: dict[tuple[int, int], int] = {}
    for j in range(len(keys)):
        mine = by_member[edges[j] : edges[j + 1]]
        mine = mine[before[mine] > 0]
        if not len(mine):
            continue
        fellows = holders[_ranges(first[group[mine]], before[mine])]
        others, counted = np.unique(fellows, return_counts=True)
        enough = counted >= least
        for i, count in zip(others[enough].tolist(), counted[enough].tolist(), strict=True):
            shared[i, j] = count
    return shared


def _ranges(starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """The numbers ``start, start + 1, …`` of each start, `length` of them, one after another."""
    offsets = np.repeat(np.cumsum(lengths) - lengths, lengths)
    return np.repeat(starts, lengths) + np.arange(int(lengths.sum())) - offsets
