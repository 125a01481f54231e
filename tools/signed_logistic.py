"""Logistic regression whose weights keep their signs: what the decisions of several stages are fitted by."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Values = NDArray[Any]

_STEPS, _CLOSE, _SHORTEST = 200, 1e-8, 1e-6


def fit(inputs: Values, labels: Values, weights: Values, ridge: Values, bound: Values, prior: Values) -> Values:
    """The weights (n) of rows `inputs` (m, n) with `labels` 0 or 1 and `weights` (m), by Newton's method projected to
    `bound` (n: 1, -1, or 0 for either sign). `ridge` (n) draws each weight to its `prior` (n), where the search begins.
    """
    found = prior.copy()

    def loss(at: Values) -> float:
        odds = inputs @ at
        return float(
            (weights * (np.logaddexp(0.0, odds) - labels * odds)).sum() + (ridge * (at - prior) ** 2).sum() / 2
        )

    for _ in range(_STEPS):
        likely = 1.0 / (1.0 + np.exp(-inputs @ found))
        gradient = inputs.T @ (weights * (likely - labels)) + ridge * (found - prior)
        free = ~((found == 0.0) & (bound * gradient > 0.0))
        hessian = (inputs * (weights * likely * (1.0 - likely))[:, None]).T @ inputs + np.diag(ridge)
        step = np.zeros(len(bound))
        step[free] = np.linalg.solve(hessian[np.ix_(free, free)], gradient[free])
        size, before = 1.0, loss(found)
        while True:
            moved = found - size * step
            moved[moved * bound < 0.0] = 0.0
            if loss(moved) <= before + 1e-12 or size < _SHORTEST:
                break
            size /= 2
        if np.abs(moved - found).max() < _CLOSE:
            break
        found = moved
    return found
