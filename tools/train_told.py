"""Fit the model of what is told and write ``variorum/data/coding_told.npz``.

    python tools/train_told.py [--check] [--target FILE]

The model (`variorum.coding.told_model`) says of a candidate whether its text tells the event. It learns from the
marked sentences of ``tools/train_coding.py`` and those of ``tools/training/told``: a candidate of the coder that meets
a marked event is told, any other is background. In sentences marked in full (`COMPLETE`) that holds for every
candidate; in the others for those that neither stand under a marked word nor carry one. Acts that may be returned and
need not be are left out.

``--check`` cross-validates by sentence, in five folds, and writes nothing.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from train_coding import (
    TEMPERATURES,
    Plan,
    Row,
    Vectors,
    fit,
    hashed,
    records,
    scored,
    sentences,
    shares,
    stored,
    surprise,
)
from train_roles import layered
from variorum.coding import Ontology
from variorum.coding.coder import read_told
from variorum.coding.merging import Told
from variorum.coding.told_model import ANSWERS, ToldOptions
from variorum.coding.type_model import vectors_and
from variorum.records import Syntax

TARGET = Path(__file__).resolve().parents[1] / "src" / "variorum" / "data" / "coding_told.npz"
COMPLETE = ("told-", "parties-", "roles-", "coding-tune", "none-", "idioms-")
OWN = ("told/parties-1", "told/plain-1")
FOLDS = 5
PLAN = Plan(hidden=32, epochs=12, drop=0.4, hashed_drop=0.5)  # the best of some by cross-validation

Floats = NDArray[Any]
Span = tuple[int, int]


def rows(texts: Sequence[Mapping[str, Any]], ontology: Ontology) -> Iterator[Row]:
    for row, document, syntax, annotation in layered(texts):
        reader, tolds = read_told(document, syntax, annotation, ontology)
        for told in tolds:
            answer = _answer(told, syntax, row)
            if answer is not None:
                yield Row(reader.read(told), answer, 1.0, "", row["id"])


def _answer(told: Told, syntax: Syntax, row: Mapping[str, Any]) -> str | None:
    """Whether a candidate is told; None where the marks do not say."""
    own = {told.candidate.trigger, *told.candidate.extent}
    spans = [(syntax.tokens[i].start, syntax.tokens[i].end) for i in sorted(own)]
    events = row["events"]
    if _meet(
        spans, [(e["start"], e["end"]) for e in events] + [tuple(m) for e in events for m in e.get("mentions", ())]
    ):
        return "told"
    if _meet(spans, [tuple(span) for span in row.get("optional", ())]):
        return None
    if not any(part in row["id"] for part in COMPLETE) and _is_inside(told, syntax, events):
        return None
    return "background"


def _is_inside(told: Told, syntax: Syntax, events: Sequence[Mapping[str, Any]]) -> bool:
    """Whether it stands under a marked word or carries one."""
    trigger = told.candidate.trigger
    below = syntax.subtree_tokens(trigger)
    for event in events:
        tokens = syntax.tokens_in(event["start"], event["end"])
        if any(trigger in syntax.subtree_tokens(t.i) or t.i in below for t in tokens):
            return True
    return False


def _meet(some: Sequence[Span], others: Sequence[Span]) -> bool:
    return any(a < d and c < b for a, b in some for c, d in others)


def every_sentence() -> list[dict[str, Any]]:
    """All marked sentences, those of this model's own behind the others."""
    return [*sentences(), *(row for name in OWN for row in records(name))]


def check(found: Sequence[Row], dense: Floats, buckets: NDArray[np.int64], wanted: NDArray[np.int64]) -> float:
    """Print the cross-validated figures; the temperature at which the likelihoods fit best."""
    folds = np.array([int(hashlib.sha256(row.sentence.encode()).hexdigest(), 16) % FOLDS for row in found])
    scores = np.zeros((len(found), len(ANSWERS)), dtype=np.float32)
    for fold in range(FOLDS):
        own = folds == fold
        seen = np.where(~own)[0]
        arrays = fit(dense[seen], buckets[seen], wanted[seen], np.ones(len(seen), dtype=np.float32), len(ANSWERS), PLAN)
        scores[own] = scored(arrays, dense[own], buckets[own])
    best = min(TEMPERATURES, key=lambda value: surprise(shares(scores / value), wanted))
    told = shares(scores / best)[:, 1]
    print(f"{len(found)} candidates, {int(wanted.sum())} told; temperature {best:.2f}")
    for least in (0.2, 0.25, 0.3, ToldOptions().least, 0.4, 0.45, 0.5, 0.6):
        dropped = told < least
        print(f"under {least}: of {int((wanted == 0).sum())} not told {(dropped & (wanted == 0)).sum()} dropped,"
              f" of {int(wanted.sum())} told {(dropped & (wanted == 1)).sum()}")  # fmt: skip
    return float(best)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="only cross-validate")
    parser.add_argument("--target", type=Path, default=TARGET)
    options = parser.parse_args()
    found = list(rows(every_sentence(), Ontology.load()))
    wanted = np.array([ANSWERS.index(row.type) for row in found])
    dense, buckets = Vectors(vectors_and({})).dense(found), hashed(found)
    temperature = check(found, dense, buckets, wanted)
    if options.check:
        return
    arrays = fit(dense, buckets, wanted, np.ones(len(found), dtype=np.float32), len(ANSWERS), PLAN)
    np.savez_compressed(
        options.target,
        allow_pickle=False,
        **dict(stored(arrays)),
        types=np.frombuffer("\n".join(ANSWERS).encode(), dtype=np.uint8),
        temperature=np.asarray(temperature, dtype=np.float32),
    )
    print(f"{options.target}: {options.target.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
