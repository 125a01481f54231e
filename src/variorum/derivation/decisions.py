"""The two trained decisions: whether two accounts are of one origin, and whether that is a text behind both.

Each is a logistic regression over `accounts` features; ``tools/train_derivation.py`` fits them and writes the weights
to ``data/derivation_weights.toml``, where each can be read: what a feature's usual value is, and how much one standard
deviation more speaks for the decision.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from typing import Any

from variorum.linkage import feature
from variorum.packaged import data_table
from variorum.records import Feature

_ROUNDED = 0.001  # log-odds that rounding of odds and of probabilities stays under
_POINT = 8.0  # log-odds from no to full score: a probability of 0.02 or 0.98 about a `least` of 0.35


class Decision:
    """One decision's bias, and for each feature its usual value, its spread and its weight in log-odds a spread."""

    def __init__(self, bias: float, features: Mapping[str, tuple[float, float, float]]) -> None:
        self.bias = bias
        self.features = dict(features)

    @classmethod
    def load(cls, name: str) -> Decision:
        """The packaged decision of that name. Raises ModelError where the file is missing or malformed."""
        return _load(name)

    def reasons(self, values: Mapping[str, float], least: float) -> tuple[Feature, ...]:
        """What each feature says, in spreads from its usual value, the strongest first, in points of which a half is a
        probability of `least`, so that their sum is a score like any other of derivation."""
        found = [
            feature(name, (values[name] - usual) / spread, round(weight / _POINT, 6), _note(name, values[name]))
            for name, (usual, spread, weight) in self.features.items()
        ]
        found.sort(key=lambda one: (-abs(one.contribution), one.name))
        bar = 0.5 + (self.bias - math.log(least / (1.0 - least))) / _POINT
        return (*found, feature("usual-pair", bar, 1.0, "where a pair stands of which every feature is as usual"))

    def reaches(
        self, values: Mapping[str, float], least: float, bounds: Mapping[str, tuple[float, float]] | None = None
    ) -> bool:
        """Whether the probability is `least` or more. Features of which `bounds` are given are asked for last, and only
        while what they could still add may decide."""
        late = [name for name in bounds or () if name in self.features]
        odds = self.bias + math.fsum(self._odds(name, values[name]) for name in self.features if name not in late)
        most = {name: max(self._odds(name, bound) for bound in bounds[name]) for name in late} if bounds else {}
        needed = math.log(least / (1.0 - least)) - _ROUNDED
        while late:
            if odds + math.fsum(map(most.__getitem__, late)) < needed:
                return False
            name = late.pop(0)
            odds += self._odds(name, values[name])
        return self.probability(values) >= least

    def _odds(self, name: str, value: float) -> float:
        usual, spread, weight = self.features[name]
        return weight * (value - usual) / spread

    def probability(self, values: Mapping[str, float]) -> float:
        """The decision's estimate that it is so, 0 to 1, rounded so that no order of summing shows."""
        odds = self.bias + math.fsum(
            weight * (values[name] - usual) / spread for name, (usual, spread, weight) in self.features.items()
        )
        return round(1.0 / (1.0 + math.exp(-max(-50.0, min(50.0, odds)))), 6)


def _note(name: str, value: float) -> str:
    return f"{name.replace('-', ' ')}: {value:.2f}"


@cache
def _load(name: str) -> Decision:
    table: dict[str, Any] = data_table("derivation_weights.toml")[name]
    rows = {key: (row["usual"], row["spread"], row["weight"]) for key, row in table["features"].items()}
    return Decision(table["bias"], rows)
