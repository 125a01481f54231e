"""Train the ranker that chooses whom a pronoun means, and estimate how well it does on texts that it has not seen.

    python tools/train_coreference.py [--check] [--folds 10]

Texts: ``tune`` and ``tune-2`` of ``tests/gold/coreference`` and ``tools/training/coreference.jsonl`` (texts of this
project, MIT). Writes ``src/variorum/data/coreference_weights.tsv``. With ``--check`` nothing is written: weights are
trained anew for each fold of texts on all others, and the whole layer is scored on those left out, as
``tools/score_coreference.py`` does.

Each pronoun gives one choice among candidates (`ranking.Candidate`); right is every candidate of the gold's actor, and
"nobody" (or a thing) for what is no reference. The weights maximise the logarithm of the right candidates' share, less
a square penalty. Choices are collected twice: first with every earlier pronoun as the gold has it, then as the ranker
itself resolves them, so that it learns to live with its own mistakes. No randomness: the same texts give the same file.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

import gold as own
import score_coreference as scorer
from choice_ranker import ranker_weights
from variorum.annotation.actors import find_actors, ranking
from variorum.annotation.actors.drafts import Draft
from variorum.annotation.actors.ranking import Candidate, Ranking, Sense
from variorum.pipeline import annotator
from variorum.records import Token
from variorum.world.names import name_key

TRAINING = Path(__file__).resolve().parent / "training" / "coreference.jsonl"
WEIGHTS = Path(ranking.__file__).resolve().parents[2] / "data" / "coreference_weights.tsv"
SENSES: tuple[Sense, ...] = ("he", "it", "they")
PENALTY = 8.0
LEAST = 12  # candidates that a feature must hold of, or it is left out
STEPS = 150
CHOOSE = Ranking.choose

Weights = dict[Sense, dict[str, float]]
Key = str | tuple[Sense, str]  # a feature for all senses, or for one


class Input(NamedTuple):
    """One gold text with what `find_actors` is called with for it."""

    gold: dict[str, Any]
    given: tuple[Any, ...]
    weighed: bool  # whether it is scored, or only trained on


class Choice(NamedTuple):
    """One pronoun of one text: the features of each candidate, and which of them are right."""

    text: int
    features: list[list[str]]
    right: list[bool]


def inputs(rows: Sequence[dict[str, Any]], weighed: bool) -> list[Input]:
    """The rows with what the pipeline gives `find_actors` for each."""
    given: dict[str, tuple[Any, ...]] = {}

    def note(*arguments: Any) -> tuple[()]:
        given[arguments[0].text] = arguments
        return ()

    with mock.patch.object(annotator, "find_actors", note):
        own.annotated(rows, ["actors"])
    return [Input(row, given[row["text"]], weighed) for row in rows]


class Teacher:
    """Stands in for `Ranking.choose` over one text: notes each choice, makes it as the gold has it or by weights."""

    def __init__(self, number: int, gold: dict[str, Any], weights: Weights, forced: bool) -> None:
        self.number, self.weights, self.forced = number, weights, forced
        self.names = scorer.Text(gold, ()).mentions
        self.references = {one["start"]: one["name"] for one in gold["gold"]["references"]}
        self.distractors = {one["start"]: one["kind"] for one in gold["gold"]["distractors"]}
        self.choices: list[tuple[Sense, Choice]] = []
        self.unreached = 0

    def choose(self, own: Ranking, token: Token, sense: Sense, candidates: Sequence[Candidate]) -> Candidate | None:
        right = self._right(own, token, candidates)
        if any(right):
            self.choices.append((sense, Choice(self.number, [one.features for one in candidates], right)))
        elif token.start in self.references and candidates:
            self.unreached += 1
        among = [one for one, good in zip(candidates, right, strict=True) if good] if self.forced else []
        with mock.patch.object(ranking, "weights", return_value=self.weights):
            return CHOOSE(own, token, sense, among or candidates)

    def _right(self, own: Ranking, token: Token, candidates: Sequence[Candidate]) -> list[bool]:
        name = self.references.get(token.start)
        if name is not None:
            return [one.draft is not None and self._means(own, one.draft, name, token.start) for one in candidates]
        kind = self.distractors.get(token.start)
        if kind is None or kind in scorer.LEFT_OUT:
            return [False] * len(candidates)
        things = kind in ("thing", "event")
        return [one.draft is None or (things and one.draft.kind == "thing") for one in candidates]

    def _means(self, own: Ranking, draft: Draft, name: str, before: int) -> bool:
        tokens = own.scene.tokens
        each: Draft | None = draft
        while each is not None:
            start, end = tokens[each.first].start, tokens[each.last].end
            if each.kind == "pronoun" and start in self.references:
                return bool(self.references[start] == name)
            shares = [
                (scorer.overlap((start, end), at), told)
                for at, told in self.names.items()
                if start < at[1] and at[0] < end
            ]
            if shares:
                best = max(share for share, _ in shares)
                return any(share == best and told == name for share, told in shares)
            last, each = each, each.link
        return bool(last.name) and name_key(last.name) == name_key(name)


def collect(data: Sequence[Input], weights: Weights, forced: bool) -> tuple[dict[Sense, list[Choice]], int]:
    found: dict[Sense, list[Choice]] = {sense: [] for sense in SENSES}
    unreached = 0
    for number, one in enumerate(data):
        teacher = Teacher(number, one.gold, weights, forced)
        with mock.patch.object(Ranking, "choose", lambda *given, teacher=teacher: teacher.choose(*given)):
            find_actors(*one.given)
        for sense, choice in teacher.choices:
            found[sense].append(choice)
        unreached += teacher.unreached
    return found, unreached


def fit(choices: dict[Sense, list[Choice]], penalty: float = PENALTY) -> Weights:
    """The weights that make the right candidates likeliest. Each is the sum of one that all senses share and one of the
    sense's own (Daumé 2007, "Frustratingly Easy Domain Adaptation"), so that the rarer pronouns learn from the more
    frequent ones."""
    rows = [(sense, features) for sense in SENSES for choice in choices[sense] for features in choice.features]
    each = [choice for sense in SENSES for choice in choices[sense]]
    counted: Counter[Key] = Counter(name for _, features in rows for name in features)
    counted += Counter((sense, name) for sense, features in rows for name in features)
    index = {name: n for n, name in enumerate(sorted((k for k in counted if counted[k] >= LEAST), key=str))}
    held = [
        [index[key] for name in features for key in (name, (sense, name)) if key in index] for sense, features in rows
    ]
    weights = ranker_weights(held, [choice.right for choice in each], len(index), penalty, STEPS)
    found: Weights = {sense: {} for sense in SENSES}
    for sense in SENSES:
        names = sorted({name for own, features in rows if own == sense for name in features})
        for name in names:
            value = sum(float(weights[index[key]]) for key in (name, (sense, name)) if key in index)
            if abs(value) >= 0.02:
                found[sense][name] = round(value, 3)
    return found


def train(data: Sequence[Input], told: bool = False) -> Weights:
    nothing: Weights = {sense: {} for sense in SENSES}
    forced, unreached = collect(data, nothing, forced=True)
    free, _ = collect(data, fit(forced), forced=False)
    if told:
        print(
            {sense: len(forced[sense]) for sense in SENSES}, "choices;", unreached, "whose right candidate is missing"
        )
    return fit({sense: [*forced[sense], *free[sense]] for sense in SENSES}, 2 * PENALTY)


def judged(data: Sequence[Input], weights: Weights) -> list[tuple[Input, list[scorer.Judged]]]:
    """The whole layer over the texts with these weights, judged."""
    with mock.patch.object(ranking, "weights", return_value=weights):
        return [(one, list(scorer.Text(one.gold, find_actors(*one.given)).judged())) for one in data if one.weighed]


def check(data: Sequence[Input], folds: int) -> list[tuple[Input, list[scorer.Judged]]]:
    """The texts judged with weights that were trained without them."""
    found = []
    for fold in range(folds):
        rest = [one for n, one in enumerate(data) if n % folds != fold]
        left = [one for n, one in enumerate(data) if n % folds == fold]
        found += judged(left, train(rest))
    return found


def write(weights: Weights) -> None:
    names = sorted({name for table in weights.values() for name in table})
    lines = ["# feature\the\tit\tthey: weights of the ranker of antecedents, made by tools/train_coreference.py"]
    lines += [
        "\t".join([name, *(f"{table[name]:g}" if name in table else "" for table in weights.values())])
        for name in names
    ]
    WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="score by folds, write nothing")
    parser.add_argument("--folds", type=int, default=10)
    options = parser.parse_args()
    data = [one for half in ("tune", "tune-2") for one in inputs(own.read("coreference", half), weighed=True)]
    lines = TRAINING.read_text(encoding="utf-8").splitlines() if TRAINING.exists() else []
    data += inputs([json.loads(line) for line in lines], weighed=False)
    if not options.check:
        write(train(data, told=True))
        return
    every = [one for _, each in check(data, options.folds) for one in each]
    print(json.dumps({"folds": options.folds, **scorer.figures(every)}))


if __name__ == "__main__":
    main()
