"""Copies: texts of the same words, and near copies, found before anything is compared.

They are collapsed first, so that a text that hundreds carry cannot drown in its own frequency.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from .fingerprints import Fingerprint, sampled
from .options import DerivationOptions

_SKETCH = 8  # least keys of a text's sample; near copies share most of them
_LIKELY = 3  # of which two texts must share so many to be looked at
_TRIED = 8
_HOLDERS = 64  # a page's boilerplate may stand in any number of texts


def exact_classes(prints: Sequence[Fingerprint], apart: Iterable[int], options: DerivationOptions) -> list[list[int]]:
    """The texts of equal words, each class in the order given; the texts in `apart` and the very short stand alone."""
    alone = set(apart)
    classes: defaultdict[int, list[int]] = defaultdict(list)
    for i, found in enumerate(prints):
        single = i in alone or found.words < options.least_copy
        classes[~i if single else found.content].append(i)  # a hash is never negative
    return sorted(classes.values())


def near_copies(order: Sequence[int], prints: Sequence[Fingerprint], options: DerivationOptions) -> dict[int, int]:
    """Near copy → the first text in `order` that it is a near copy of: the same numbers, and at least `near_copy` of
    the longer one's shingles."""
    holders: defaultdict[int, list[int]] = defaultdict(list)
    copy_of: dict[int, int] = {}
    for i, sketch in _sketches([i for i in order if prints[i].words >= options.least_copy], prints, options):
        seen: dict[int, int] = {}
        for key in sketch:
            for head in holders.get(key, ())[:_HOLDERS]:
                seen[head] = seen.get(head, 0) + 1
        likely = sorted((-count, head) for head, count in seen.items() if count >= _LIKELY)
        for _, head in likely[:_TRIED]:
            if prints[head].figures == prints[i].figures and _alike(prints[i], prints[head], options):
                copy_of[i] = head
                break
        else:
            for key in sketch:
                holders[key].append(i)
    return copy_of


def _sketches(
    order: Sequence[int], prints: Sequence[Fingerprint], options: DerivationOptions
) -> Iterator[tuple[int, list[int]]]:
    """The least keys of each text's sample, of those texts that share enough of them with any other."""
    rows = []
    for i in order:
        found = prints[i]
        keys = found.keys if found.long else found.keys[sampled(found.keys, options.sample)]
        rows.append(keys[:_SKETCH])
    if not rows:
        return
    owner = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    _, group, count = np.unique(np.concatenate(rows), return_inverse=True, return_counts=True)
    again = np.bincount(owner, weights=count[group] > 1, minlength=len(rows)) >= _LIKELY
    for at in np.flatnonzero(again).tolist():
        yield order[at], rows[at].tolist()


def _alike(one: Fingerprint, other: Fingerprint, options: DerivationOptions) -> bool:
    """Whether two texts share enough shingles, over those of the text that has more; by their samples where either is
    long."""
    a, b = one.keys, other.keys
    if one.long != other.long:
        a, b = a[sampled(a, options.sample)], b[sampled(b, options.sample)]
    merged = np.concatenate([a, b])
    merged.sort()
    return int((merged[1:] == merged[:-1]).sum()) >= options.near_copy * max(1, len(a), len(b))
