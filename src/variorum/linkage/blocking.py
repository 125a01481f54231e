"""Candidate pairs: things that share a blocking key."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from itertools import combinations
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)


class Blocks(Generic[K]):
    """An inverted index from keys to the ids that have them.

    `most` bounds the pairs that one key may propose: a key held by more ids than that tells nothing apart, and its
    pairs are left to the rarer keys that the same ids share. The bound looks at one key's own holders, so adding ids
    that do not hold the key changes nothing for those that do.
    """

    def __init__(self, most: int) -> None:
        self._holders: defaultdict[K, set[str]] = defaultdict(set)
        self._most = most

    def add(self, id_: str, keys: Iterable[K]) -> None:
        for key in keys:
            self._holders[key].add(id_)

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Each unordered pair of ids that share a key, once, the lesser id first, in sorted order."""
        found: set[tuple[str, str]] = set()
        for holders in self._holders.values():
            if 1 < len(holders) <= self._most:
                found.update(combinations(sorted(holders), 2))
        yield from sorted(found)
