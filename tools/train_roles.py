"""Fit the role model of coding and write ``variorum/data/coding_roles.npz``.

    python tools/train_roles.py [--check] [--target FILE]

The model (`variorum.coding.role_model`) is a logistic regression with three answers over hashed features. It
learns from the marked sentences of ``tools/train_coding.py`` whose events have their parties: of each told event that
meets a marked one, every phrase of its sentence is an actor, a recipient or neither. A thing that may be returned as a
party and need not be counts as a recipient. Told events that meet none are learned as the rules have them, at half
weight, so that what is only mentioned keeps the parties that the rules give.

``--check`` cross-validates by sentence, in five folds, prints how many events have all their parties right by the rules
and by the model, and writes nothing.
"""

from __future__ import annotations

import argparse
import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from train_coding import sentences
from variorum.annotation.syntax import SpacyParser
from variorum.coding import Ontology
from variorum.coding.coder import read_roles
from variorum.coding.merging import Told
from variorum.coding.role_model import BUCKETS, SIDES, RoleOptions
from variorum.pipeline.annotator import Layers, Work
from variorum.records import Annotation, Block, Document, ReferenceTime, Syntax

TARGET = Path(__file__).resolve().parents[1] / "src" / "variorum" / "data" / "coding_roles.npz"
DECAY, STEPS, RATE, FOLDS = 3.0, 120, 0.05, 5
UNMARKED = 0.5  # the weight of told events that no marked one meets

Floats = NDArray[Any]
Span = tuple[int, int]


class Row(NamedTuple):
    """A phrase about a told event: its features, the right side and the rules', its weight; the event and its
    sentence; whether either of its sides is right (`either`), or none at all is (`spare`)."""

    buckets: tuple[int, ...]
    side: int
    ruled: int
    weight: float
    event: tuple[str, int]
    either: bool
    spare: bool


def marked() -> Iterator[dict[str, Any]]:
    """The sentences whose events have parties."""
    return (row for row in sentences() if any("actors" in event for event in row["events"]))


def layered(
    texts: Sequence[Mapping[str, Any]],
) -> Iterator[tuple[Mapping[str, Any], Document, Syntax, Annotation]]:
    """Training sentences with all that coding reads of them, each a document without a date."""
    documents = [
        Document(id=row["id"], page=row["id"], source=row["id"], text=row["text"], language="en",
                 blocks=(Block(start=0, end=len(row["text"]), kind="body"),))
        for row in texts
    ]  # fmt: skip
    layers = Layers(("times", "places", "tolls", "actors", "attributions"))
    undated = ReferenceTime(basis="none")
    for row, document, syntax in zip(texts, documents, SpacyParser().parse(documents), strict=True):
        yield row, document, syntax, layers.over(Work(document=document, reference=undated), syntax)


def rows(texts: Sequence[Mapping[str, Any]], ontology: Ontology) -> Iterator[Row]:
    for row, document, syntax, annotation in layered(texts):
        actors, reader, tolds = read_roles(document, syntax, annotation, ontology)
        for told in tolds:
            event = _met(told, syntax, row["events"])
            reading = reader.of(told)
            for phrase in reader.phrases(told.candidate):
                ruled = 1 if phrase.number in told.agents else 2 if phrase.number in told.patients else 0
                buckets = tuple(sorted(reading.buckets(phrase)))
                at = (row["id"], told.candidate.trigger)
                if event is None:
                    if not phrase.thing:
                        yield Row(buckets, ruled, ruled, UNMARKED, at, False, False)
                    continue
                side, spare = _side(event, (actors[phrase.number].start, actors[phrase.number].end))
                if spare and phrase.thing:
                    side = 2
                either = bool(event.get("reciprocal"))
                yield Row(buckets, side, ruled, float(not spare or phrase.thing), at, either, spare)


def _met(told: Told, syntax: Syntax, events: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The marked event that a told one meets."""
    own = {told.candidate.trigger, *told.candidate.chain, *told.candidate.extent}
    spans = [(syntax.tokens[i].start, syntax.tokens[i].end) for i in sorted(own)]
    for event in events:
        mentions = [(event["start"], event["end"]), *event.get("mentions", ())]
        if any(_overlap(one, (a, b)) for one in spans for a, b in mentions):
            return event
    return None


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _side(event: Mapping[str, Any], span: Span) -> tuple[int, bool]:
    """A phrase's side in a marked event, and whether it may be returned and need not be."""

    def among(name: str) -> bool:
        return any(_overlap(span, (a, b)) for a, b in event.get(name, ()))

    if among("actors"):
        return 1, False
    if among("recipients"):
        return (1 if event.get("reciprocal") else 2), False
    return 0, among("roles_optional")


# ---------------------------------------------------------------- fitting


def design(found: Sequence[Row]) -> NDArray[np.int64]:
    """The buckets of each row, filled up with one that weighs nothing."""
    made = np.full((len(found), max(len(row.buckets) for row in found)), BUCKETS, dtype=np.int64)
    for k, row in enumerate(found):
        made[k, : len(row.buckets)] = row.buckets
    return made


def shares(buckets: NDArray[np.int64], weights: Floats, bias: Floats) -> Floats:
    padded = np.vstack([weights, np.zeros((1, len(SIDES)))])
    scores = padded[buckets].sum(axis=1) + bias
    found = np.exp(scores - scores.max(axis=1, keepdims=True))
    answer: Floats = found / found.sum(axis=1, keepdims=True)
    return answer


def fit(found: Sequence[Row]) -> tuple[Floats, Floats]:
    """Weights and bias by Adam over all rows at once, with decay."""
    buckets, wanted = design(found), np.eye(len(SIDES))[[row.side for row in found]]
    weight = np.array([row.weight for row in found])[:, None]
    arrays = [np.zeros((BUCKETS, len(SIDES))), np.zeros(len(SIDES))]
    means, squares = [np.zeros_like(a) for a in arrays], [np.zeros_like(a) for a in arrays]
    flat, width = buckets.ravel(), buckets.shape[1]
    for step in range(1, STEPS + 1):
        error = (shares(buckets, arrays[0], arrays[1]) - wanted) * weight
        spread = [
            np.bincount(flat, weights=np.repeat(error[:, k], width), minlength=BUCKETS + 1)[:BUCKETS]
            for k in range(len(SIDES))
        ]
        slopes = [np.stack(spread, axis=1) + DECAY * arrays[0], error.sum(axis=0)]
        for k, slope in enumerate(slopes):
            means[k] = 0.9 * means[k] + 0.1 * slope
            squares[k] = 0.99 * squares[k] + 0.01 * slope**2
            move = means[k] / (1 - 0.9**step) / (np.sqrt(squares[k] / (1 - 0.99**step)) + 1e-6)
            arrays[k] -= RATE * (1 - step / (STEPS + 1)) * move
    return arrays[0], arrays[1]


def decided(answers: Floats, found: Sequence[Row], options: RoleOptions) -> list[int]:
    chosen = []
    for answer, row in zip(answers, found, strict=True):
        best = 1 + int(answer[2] > answer[1])
        least = options.kept if best == row.ruled else options.gained if best == 2 else options.actor_gained
        chosen.append(best if answer[best] >= least else 0)
    return chosen


def right(found: Sequence[Row], chosen: Sequence[int]) -> float:
    """The share of marked events all of whose parties are right."""
    events: dict[tuple[str, int], bool] = defaultdict(lambda: True)
    for row, side in zip(found, chosen, strict=True):
        if row.weight == UNMARKED:
            continue
        fine = row.spare or ((side > 0) == (row.side > 0) if row.either else side == row.side)
        events[row.event] = events[row.event] and fine
    return sum(events.values()) / max(1, len(events))


def check(found: Sequence[Row]) -> None:
    folds = np.array([int(hashlib.sha256(row.event[0].encode()).hexdigest(), 16) % FOLDS for row in found])
    buckets, answers = design(found), np.zeros((len(found), len(SIDES)))
    for fold in range(FOLDS):
        weights, bias = fit([row for row, at in zip(found, folds, strict=True) if at != fold])
        own = folds == fold
        answers[own] = shares(buckets[own], weights, bias)
    chosen = decided(answers, found, RoleOptions())
    events = len({row.event for row in found if row.weight != UNMARKED})
    print(f"{events} events; all parties right: rules {right(found, [row.ruled for row in found]):.3f},"
          f" model {right(found, chosen):.3f}")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="only cross-validate")
    parser.add_argument("--target", type=Path, default=TARGET)
    options = parser.parse_args()
    found = list(rows(list(marked()), Ontology.load()))
    if options.check:
        check(found)
        return
    weights, bias = fit(found)
    unit = np.float64(np.abs(weights).max() / 32_000)
    np.savez_compressed(
        options.target,
        allow_pickle=False,
        weights=np.round(weights / unit).astype(np.int16),
        unit=np.asarray(unit),
        bias=bias.astype(np.float32),
    )
    print(f"{options.target}: {options.target.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
