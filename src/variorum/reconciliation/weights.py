"""Bags of weighted words: their products."""

from __future__ import annotations

from collections.abc import Mapping, Set


def product(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """The inner product of two bags, 0 to 1 where neither is longer than 1; summed in the order of words."""
    both = one.keys() & other.keys()
    return sum([one[word] * other[word] for word in sorted(both)]) if both else 0.0


def product_beside(one: Mapping[str, float], other: Mapping[str, float], aside: Set[str]) -> float:
    """The part of the product that other words make than those `aside`."""
    both = (one.keys() & other.keys()) - aside
    return sum([one[word] * other[word] for word in sorted(both)]) if both else 0.0


def weightiest(one: Mapping[str, float], other: Mapping[str, float], most: int = 4) -> tuple[str, ...]:
    """The words that make most of the product."""
    both = one.keys() & other.keys()
    return tuple(sorted(both, key=lambda word: (-one[word] * other[word], word))[:most])
