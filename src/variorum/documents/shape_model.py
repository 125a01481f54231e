"""What kind of page it is by all that it looks like: a linear classifier over `shape_features`.

Multinomial logistic regression with a ridge; its weights are in ``data/shape_weights.tsv``, fitted by
``tools/train_shapes.py`` on pages of the project's own. A page costs one product of some hundred numbers by six.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from math import exp
from typing import Literal, NamedTuple, get_args

from variorum.errors import ModelError
from variorum.packaged import data_lines

PageKind = Literal["paywall-stub", "index-page", "cookie-wall", "error-page", "not-an-article"]
NO_NEWS: tuple[PageKind, ...] = get_args(PageKind)
PAGE_KINDS: tuple[str, ...] = ("news", *NO_NEWS)
_TOLD = 3  # features that a verdict names


class Weighed(NamedTuple):
    """The likeliest kind that is no news, the probability that the page is news, and what speaks most for that kind
    and against news, the strongest first: names of features, "no" before those that a page lacks."""

    kind: PageKind
    news: float
    evidence: tuple[str, ...]


class _Feature(NamedTuple):
    name: str
    mean: float
    scale: float
    weights: tuple[float, ...]


def weigh(features: Mapping[str, float]) -> Weighed:
    """The kind of a page by its features; a feature that the model does not know counts nothing.

    Raises ModelError where the weights cannot be read or are of other kinds of pages.
    """
    model, bias = _model()
    standing = [(features.get(each.name, 0.0) - each.mean) / each.scale for each in model]
    scores = [
        bias[number] + sum(value * each.weights[number] for value, each in zip(standing, model, strict=True))
        for number in range(len(PAGE_KINDS))
    ]
    best = max(range(1, len(scores)), key=lambda number: (scores[number], -number))
    top = max(scores)
    news = exp(scores[0] - top) / sum(exp(score - top) for score in scores)
    told = sorted(
        (-value * (each.weights[best] - each.weights[0]), each.name, features.get(each.name, 0.0))
        for value, each in zip(standing, model, strict=True)
    )
    evidence = tuple(name if value > 0 else f"no {name}" for _, name, value in told[:_TOLD])
    return Weighed(NO_NEWS[best - 1], news, evidence)


@cache
def _model() -> tuple[tuple[_Feature, ...], tuple[float, ...]]:
    try:
        rows = [line.split("\t") for line in data_lines("shape_weights.tsv")]
        if tuple(rows[0][3:]) != PAGE_KINDS:
            raise ModelError("the weights of shapes are of other kinds of pages than this version reads")
        model = [_Feature(row[0], float(row[1]), float(row[2]), tuple(map(float, row[3:]))) for row in rows[1:]]
        if any(len(each.weights) != len(PAGE_KINDS) for each in model) or model[-1].name != "bias":
            raise ModelError("the table of the weights of shapes is broken")
        return tuple(model[:-1]), model[-1].weights
    except (ValueError, IndexError) as error:
        raise ModelError(f"the weights of shapes cannot be read: {error}") from error
