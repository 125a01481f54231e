"""Decides how likely two accounts tell one happening: observations, weighed as they were in events that are known."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from variorum.errors import ModelError
from variorum.linkage import VETO, Comparison, feature

from .accounts import Account
from .knowledge import read
from .likeness import APART, MAIN, RECALL, Likeness


class Decision(NamedTuple):
    """A logistic decision: what each unit of an observation adds to the log-odds, and where they begin."""

    bias: float
    weights: Mapping[str, float]


@cache
def decisions() -> Mapping[str, Decision]:
    """The packaged decisions by name, `MAIN` and `RECALL`. Raises `ModelError` where their file is broken."""
    table = read("reconciliation_weights.toml")
    try:
        return {name: Decision(float(table[name]["bias"]), dict(table[name]["weights"])) for name in (MAIN, RECALL)}
    except (KeyError, TypeError, ValueError) as error:
        raise ModelError(f"reconciliation_weights.toml: no decision as expected: {error}") from error


class Comparer:
    """Compares accounts: a score in log-odds, 0 where it just suffices for one event, with the reasons that make it up.
    `needed` are the log-odds that suffice, by decision; of `APART` the score of what one text tells apart."""

    def __init__(self, likeness: Likeness, needed: Mapping[str, float]) -> None:
        self._likeness = likeness
        self._decisions = decisions()
        self._needed = needed
        self._starts = {name: round(self._decisions[name].bias - needed[name], 6) for name in (MAIN, RECALL)}

    def __call__(self, one: Account, other: Account, *, aligned: bool = False) -> Comparison:
        """`aligned`: both stand at the same place of a passage that one text took from the other."""
        observed = self._likeness(one, other, aligned=aligned)
        if observed.veto is not None:
            return Comparison(one=one.id, other=other.id, features=(), veto=observed.veto)
        if observed.decision == APART:
            reason = feature(APART, 1.0, self._needed[APART], "told apart by one text")
            return Comparison(one=one.id, other=other.id, features=(reason,))
        weights = self._decisions[observed.decision].weights
        reasons = [feature(observed.decision, 1.0, self._starts[observed.decision], "before anything is looked at")]
        reasons += [
            feature(seen.name, seen.value, weight, seen.note)
            for seen in observed.seen
            if (weight := weights.get(seen.name))
        ]
        return Comparison(one=one.id, other=other.id, features=tuple(reasons))

    def score(self, one: Account, other: Account, *, aligned: bool = False) -> float:
        """The score of the comparison before it is rounded, without its reasons."""
        decision, seen, veto = self._likeness.observed(one, other, aligned)
        if veto is not None:
            return VETO
        if decision == APART:
            return self._needed[APART]
        weights = self._decisions[decision].weights
        total = self._starts[decision]
        for name, value, _ in seen:
            weight = weights.get(name)
            if weight:
                total += weight if value == 1.0 else round(value, 6) * weight
        return total
