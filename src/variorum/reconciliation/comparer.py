"""Decides how likely two accounts tell one happening: observations, weighed as they were in events that are known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from variorum.errors import ModelError
from variorum.linkage import VETO, Comparison, Pairs, feature
from variorum.packaged import data_table
from variorum.records import Feature

from .accounts import Account
from .likeness import APART, MAIN, RECALL, Likeness
from .notes import Notes

_CHUNK = 1 << 16  # pairs that are compared at once


class Decision(NamedTuple):
    """A logistic decision: what each unit of an observation adds to the log-odds, and where they begin."""

    bias: float
    weights: Mapping[str, float]


@cache
def decisions() -> Mapping[str, Decision]:
    """The packaged decisions by name, `MAIN` and `RECALL`. Raises `ModelError` where their file is broken."""
    table = data_table("reconciliation_weights.toml")
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

    def scores(self, pairs: Pairs, aligned: NDArray[np.bool_]) -> NDArray[np.float64]:
        """The score of each pair before it is rounded, without its reasons. `aligned`: both stand at the same place of
        a passage that one text took from the other."""
        numbers = self._likeness.numbers(pairs.ids)
        found = np.empty(len(pairs), dtype=np.float64)
        for at in range(0, len(pairs), _CHUNK):
            low, high = pairs.ends(at, at + _CHUNK)
            found[at : at + _CHUNK] = self._scored(numbers[low], numbers[high], aligned[at : at + _CHUNK])
        return found

    def _scored(
        self, one: NDArray[np.int64], other: NDArray[np.int64], aligned: NDArray[np.bool_]
    ) -> NDArray[np.float64]:
        batch = self._likeness.batch(one, other, aligned)
        total = np.where(batch.main, self._starts[MAIN], self._starts[RECALL])
        main, recall = (self._decisions[name].weights for name in (MAIN, RECALL))
        for name, rows, values in batch.columns:
            weights = main.get(name, 0.0), recall.get(name, 0.0)
            if any(weights):
                total[rows] += np.round(values, 6) * np.where(batch.main[rows], *weights)
        total[batch.apart] = self._needed[APART]
        total[batch.refused > 0] = VETO
        return total

    def explained(self, pairs: Sequence[tuple[Account, Account]], aligned: Sequence[bool]) -> list[Comparison]:
        """The comparisons of pairs, each with its reasons."""
        one, other = (self._likeness.numbers([pair[side].id for pair in pairs]) for side in (0, 1))
        batch = self._likeness.batch(one, other, np.array(aligned, dtype=bool))
        numbers, decisions = list(zip(one.tolist(), other.tolist(), strict=True)), batch.decisions()
        notes = Notes(self._likeness.facets)
        reasons = [[self._first(decision)] for decision in decisions]
        weights = {name: decision.weights for name, decision in self._decisions.items()}
        for name, rows, values in batch.columns:
            weight = {decision: known[name] for decision, known in weights.items() if known.get(name)}
            told = zip(rows.tolist(), values.tolist(), strict=True)
            weighed = [(row, value) for row, value in told if decisions[row] in weight]
            words = notes.note(name, [numbers[row] for row, _ in weighed])
            for (row, value), note in zip(weighed, words, strict=True):
                reasons[row].append(feature(name, value, weight[decisions[row]], note))
        vetoes = [notes.refusal(code, *numbers[at]) if code else None for at, code in enumerate(batch.refused.tolist())]
        return [
            Comparison(one=a.id, other=b.id, features=() if veto else tuple(those), veto=veto)
            for (a, b), those, veto in zip(pairs, reasons, vetoes, strict=True)
        ]

    def _first(self, decision: str) -> Feature:
        """Where a score begins before anything is looked at."""
        if decision == APART:
            return feature(APART, 1.0, self._needed[APART], "told apart by one text")
        return feature(decision, 1.0, self._starts[decision], "before anything is looked at")
