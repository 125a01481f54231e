"""Train the model that chooses the sector of unnamed and little-known actors, and estimate how well it does.

    python tools/train_actors.py [--check] [--folds 5]

Texts: the tuning parts of ``tests/gold/actors`` and ``tools/training/actors.jsonl`` (texts of this project, MIT).
Writes ``src/variorum/data/actor_weights.tsv``. With ``--check`` nothing is written: weights are trained anew for each
fold of texts on all others, and the choices for those left out are counted beside those of the rules alone, apart for
the gold (on which the rules were tuned, so that they look better there than they are) and for the training texts.

The model is log-linear: a sector's score is the sum of the weights of the features that hold of a mention
(`choosing.Chooser`). The weights maximise the logarithm of the share of the right answers, less a square penalty. Each
gold answer counts that is as defensible as the first. No randomness: the same texts give the same file.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

import numpy as np

import gold as own
from train_coreference import inputs
from variorum.annotation.actors import choosing, find_actors, finder
from variorum.annotation.actors.choosing import AGREES, Chooser
from variorum.annotation.actors.drafts import Draft, Scene

TRAINING = Path(__file__).resolve().parent / "training" / "actors.jsonl"
WEIGHTS = Path(choosing.__file__).resolve().parents[2] / "data" / "actor_weights.tsv"
PARTS = ("tune", "tune-2", "tune-3", "tune-4")
PENALTY = 8.0
TIMES = 2  # how often a training text counts: the rules were not tuned on it, as they were on the gold
LEAST = 4  # candidates that a feature must hold of, or it is left out
STEPS = 150
SMALL = 0.06  # weights below are left out
TRUST = ("named", "one", "many", "listed", "bare named", "bare one", "bare many")  # features of which AGREES is learned


class Choice(NamedTuple):
    """One gold mention of one text: the features of each sector, which are right, and which the rules chose."""

    text: str
    features: list[list[str]]
    right: list[bool]
    rule: int | None
    rule_right: bool


def choices(rows: Sequence[dict[str, Any]]) -> list[Choice]:
    """The choices that the mentions of some texts give, by the same code as the layer."""
    found: list[Choice] = []
    for one in inputs(rows, weighed=True):
        scenes: list[Scene] = []
        told: dict[int, tuple[list[str], str | None]] = {}

        def note(scene: Scene, scenes: list[Scene] = scenes, told: dict[int, Any] = told) -> None:
            scenes.append(scene)
            chooser = Chooser(scene)
            told.update({id(draft): (chooser.features(draft), draft.sector) for draft in chooser.open})

        with mock.patch.object(finder, "choose", note):
            find_actors(*one.given)
        for gold in one.gold["gold"]["actors"] if scenes else ():
            draft = None if gold.get("optional") else _answer(scenes[0], gold)
            if draft is not None and id(draft) in told:
                good = (gold["sector"], *gold.get("sectors_ok", ()))
                found.append(_choice(one.gold["id"], *told[id(draft)], good))
    return found


def _answer(scene: Scene, gold: dict[str, Any]) -> Draft | None:
    """The actor that the layer has where a gold mention stands."""
    spans = [
        (own.overlap((scene.tokens[d.first].start, scene.tokens[d.last].end), (gold["start"], gold["end"])), d)
        for d in scene.drafts
        if d.name and d.kind != "pronoun"
    ]
    shared, draft = max(spans, key=lambda pair: pair[0], default=(0, None))
    while draft is not None and draft.link is not None:
        draft = draft.link
    return draft if shared else None


SECTORS = ("AGR", "BUS", "COP", "CRM", "CVL", "EDU", "ELI", "GOV", "IGO", "JRN", "JUD", "LAB", "LEG", "MED", "MIL",
           "OPP", "PRM", "PTY", "REB", "REF", "REL", "SOC", "SPY", "UAF")  # fmt: skip


def _choice(text: str, features: list[str], rule: str | None, good: Sequence[str]) -> Choice:
    trust = [f"{name}\t{AGREES}" for name in features if name in TRUST]
    each = [[*(f"{name}\t{sector}" for name in features), *(trust if sector == rule else ())] for sector in SECTORS]
    at = SECTORS.index(rule) if rule in SECTORS else None
    return Choice(text, each, [sector in good for sector in SECTORS], at, rule in good)


def fit(data: Sequence[Choice]) -> dict[str, float]:
    """The weights of the features of choices one of whose candidates is right."""
    usable = [choice for choice in data if any(choice.right)]
    count = Counter(name for choice in usable for names in choice.features for name in set(names))
    index = {name: n for n, name in enumerate(sorted(name for name, times in count.items() if times >= LEAST))}
    held = [[index[name] for name in names if name in index] for choice in usable for names in choice.features]
    column = np.array([n for each in held for n in each])
    row = np.repeat(np.arange(len(held)), [len(each) for each in held])
    right = np.array([good for choice in usable for good in choice.right])
    sizes = [len(choice.right) for choice in usable]
    starts, number = np.cumsum([0, *sizes])[:-1], np.repeat(np.arange(len(usable)), sizes)
    weights = np.zeros(len(index))
    mean, square = weights.copy(), weights.copy()
    for step in range(1, STEPS + 1):
        scores = np.bincount(row, weights[column], len(held))
        scores = np.exp(scores - np.maximum.reduceat(scores, starts)[number])
        share = scores / np.add.reduceat(scores, starts)[number]
        good = scores * right
        good /= np.maximum(np.add.reduceat(good, starts)[number], 1e-12)
        gradient = np.bincount(column, (good - share)[row], len(index)) - PENALTY * weights
        mean, square = 0.9 * mean + 0.1 * gradient, 0.99 * square + 0.01 * gradient**2
        rate = 0.1 * (1 - step / (STEPS + 1))
        weights = weights + rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-9)
    found = {name: round(float(weights[n]), 2) for name, n in index.items()}
    return {name: value for name, value in found.items() if abs(value) >= SMALL}


def train(gold: Iterable[Choice], training: Iterable[Choice]) -> dict[str, float]:
    return fit([*gold, *list(training) * TIMES])


def picked(choice: Choice, weights: dict[str, float], telling: frozenset[str]) -> bool:
    """Whether the answer is right: the likeliest sector, or the rules' where none is likelier by a margin or
    nothing was learned of the noun."""
    if choice.rule is not None and not any(name.partition("\t")[0] in telling for name in choice.features[0]):
        return choice.rule_right
    scores = [sum(weights.get(name, 0.0) for name in names) for names in choice.features]
    best = max(range(len(scores)), key=scores.__getitem__)
    if choice.rule is not None and scores[best] - scores[choice.rule] <= choosing.MARGIN:
        return choice.rule_right
    return choice.right[best]


def _telling(weights: dict[str, float]) -> frozenset[str]:
    nouns = (name.partition("\t")[0] for name, value in weights.items() if abs(value) >= choosing.TELLING)
    return frozenset(noun for noun in nouns if noun[:5] == "last " and noun.count(" ") == 1)


def check(gold: Sequence[Choice], training: Sequence[Choice], folds: int) -> dict[str, dict[str, float]]:
    """The share of right choices by the rules and by the model, each text judged by weights that did not see it."""
    every = (*gold, *training)
    fold = {choice.text: int(hashlib.sha256(choice.text.encode()).hexdigest(), 16) % folds for choice in every}
    told: dict[str, Counter[str]] = defaultdict(Counter)
    for n in range(folds):
        weights = train([c for c in gold if fold[c.text] != n], [c for c in training if fold[c.text] != n])
        telling = _telling(weights)
        for name, data in (("gold", gold), ("training texts", training)):
            for choice in data:
                if fold[choice.text] == n:
                    told[name].update(choices=1, rules=choice.rule_right, model=picked(choice, weights, telling))
    return {
        name: {"choices": count["choices"], **{by: own.share(count[by], count["choices"]) for by in ("rules", "model")}}
        for name, count in told.items()
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="count right choices by folds, write nothing")
    parser.add_argument("--folds", type=int, default=5)
    options = parser.parse_args()
    gold = choices([row for part in PARTS for row in own.read("actors", part)])
    training = choices([json.loads(line) for line in TRAINING.read_text(encoding="utf-8").splitlines()])
    if options.check:
        print(json.dumps(check(gold, training, options.folds)))
        return
    lines = ["# feature\tsector (= for the one that the rules gave)\tweight; made by tools/train_actors.py"]
    lines += [f"{name}\t{value:g}" for name, value in sorted(train(gold, training).items())]
    WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
