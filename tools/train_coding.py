"""Fit the type model of coding and write ``variorum/data/coding_types.npz``.

    python tools/train_coding.py [--check] [--target FILE]

The model (`variorum.coding.type_model`) is a network of one hidden layer over reduced vectors and hashed features. It
learns from three sources, in this order of weight:

- the sentences of ``tools/training/coding`` and of tuning parts of the coding gold (`PARTS`): marked words with their
  types; other verbs and nouns for acts that neither hang under a marked word nor carry one tell no event;
- the lexicon's own patterns, each spelled out with words that its conditions name (`LEXICON` each);
- the running text of the other collections in ``tools/training``: words of which the lexicon says nothing, as words
  that tell no event (`RUNNING` each), for in news most words tell none.

How far the lexicon is to be believed is counted on the marked sentences: how often each type was right where a pattern
gave it. ``--check`` cross-validates by sentence, in three folds, and writes nothing.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import warnings
import zlib
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from variorum.annotation.actors import find_actors
from variorum.annotation.model import load_model
from variorum.annotation.places import find_places
from variorum.annotation.syntax import SpacyParser
from variorum.coding import Ontology
from variorum.coding.frames import Frames
from variorum.coding.hashing import buckets_of
from variorum.coding.lexicon import Pattern
from variorum.coding.triggers import Matcher
from variorum.coding.type_model import (
    BUCKETS,
    NEAR,
    NONE,
    SILENT,
    SLOTS,
    Reading,
    TypeReader,
    may_tell,
    nearness,
    told_near,
)
from variorum.records import Block, Document, ReferenceTime, Syntax
from variorum.world.gazetteer import Gazetteer
from variorum.world.nouns import find_noun

TRAINING = Path(__file__).resolve().parent / "training"
GOLD = Path(__file__).resolve().parents[1] / "tests" / "gold" / "coding"
PARTS = {"tune": 1, "tune-2": 2}  # of the second part every other item, so that the rest stays an estimate
TARGET = Path(__file__).resolve().parents[1] / "src" / "variorum" / "data" / "coding_types.npz"
RUNNING_TEXT = ("coreference", "derivation-independent", "derivation-affairs", "derivation-short",
                "derivation-families")  # fmt: skip

LEXICON, RUNNING = 0.6, 0.05
WIDTH, HIDDEN = 128, 96
EPOCHS, BATCH, RATE, SEED, FOLDS = 20, 256, 3e-3, 7, 3
DROP, HASHED_DROP = 0.2, 0.25
DECAY, HASHED_DECAY = 5e-3, 5e-3
TRUST = 0.75  # the power of the network's word beside the lexicon's; the best of .5 to 1.5 by likelihood
PRIOR = 2.0  # sentences that stand for the types' shares where few show what a pattern is worth
TEMPERATURES = np.arange(0.5, 3.0, 0.05)
OPERATORS = ("commit", "vow", "refuse", "demand", "threaten")

Floats = NDArray[Any]


class Row(NamedTuple):
    """A word in its reading, the type that it tells, its weight, what the lexicon says of it, and its sentence."""

    reading: Reading
    type: str
    weight: float
    told: str
    sentence: str


class Context(NamedTuple):
    """One text as the coder sees it."""

    syntax: Syntax
    frames: Frames
    named: frozenset[int]
    places: frozenset[int]
    matcher: Matcher

    def told(self, i: int) -> str:
        """What the lexicon says of a token: a type, an operator's kind, or nothing."""
        token = self.syntax.tokens[i]
        if (match := self.matcher.event(token, self.named)) is not None:
            return match.pattern.type or SILENT
        operator = self.matcher.operator(token)
        if operator is not None and operator.kind in OPERATORS:
            return f"@{operator.kind}"
        return told_near(self.matcher.near(token))

    def fitting(self) -> frozenset[int]:
        """The tokens that a pattern fits."""
        return _fitting(self.matcher, self.named)

    def row(self, i: int, type_: str, weight: float, sentence: str) -> Row:
        near = self.matcher.near(self.syntax.tokens[i])
        reader = TypeReader(self.syntax, self.frames, self.named, self.places, self.fitting())
        return Row(reader.read(i, near), type_, weight, self.told(i), sentence)


@lru_cache(maxsize=4)
def _fitting(matcher: Matcher, named: frozenset[int]) -> frozenset[int]:
    tokens = matcher.syntax.tokens
    return frozenset(t.i for t in tokens if matcher.event(t, named) is not None)


def records(name: str) -> list[dict[str, Any]]:
    lines = (TRAINING / f"{name}.jsonl").read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line.strip()]


def contexts(rows: Sequence[Mapping[str, Any]], ontology: Ontology) -> Iterator[tuple[Mapping[str, Any], Context]]:
    gazetteer, undated = Gazetteer.open(), ReferenceTime(basis="none")
    documents = [
        Document(id=row["id"], page=row["id"], source=row["id"], text=row["text"], language="en",
                 blocks=(Block(start=0, end=len(row["text"]), kind="body"),))
        for row in rows
    ]  # fmt: skip
    for row, document, syntax in zip(rows, documents, SpacyParser().parse(documents), strict=True):
        found = find_places(document, syntax, gazetteer)
        actors = {t.i for a in find_actors(document, syntax, found, undated) for t in syntax.tokens_in(a.start, a.end)}
        places = {t.i for p in found for t in syntax.tokens_in(p.start, p.end)}
        frames, named, unpeopled = Frames(syntax), frozenset(actors | places), frozenset(places - actors)
        matcher = Matcher(ontology.lexicon, syntax, frames, named - unpeopled, unpeopled)
        yield row, Context(syntax, frames, named, unpeopled, matcher)


def gold() -> Iterator[dict[str, Any]]:
    """What is learned of the tuning parts of the coding gold, as marked sentences."""
    for part, step in PARTS.items():
        lines = (GOLD / f"{part}.jsonl").read_text(encoding="utf-8").split("\n")
        for line in [line for line in lines if line.strip()][::step]:
            row = json.loads(line)
            events = [{"start": e["trigger"][0], "end": e["trigger"][1], **e} for e in row["gold"]["events"]]
            yield {"id": row["id"], "text": row["text"], "events": events, "optional": row["gold"].get("optional", [])}


def sentences() -> list[dict[str, Any]]:
    """All marked sentences: those of the training folder, and those learned of the gold."""
    names = sorted(path.stem for path in (TRAINING / "coding").glob("*.jsonl"))
    return [*(each for name in names for each in records(f"coding/{name}")), *gold()]


def marked(ontology: Ontology) -> Iterator[Row]:
    """The words of the marked sentences."""
    for row, context in contexts(sentences(), ontology):
        syntax, types = context.syntax, dict[int, str]()
        inside: set[int] = set()
        for start, end in (*row.get("optional", ()), *(m for e in row["events"] for m in e.get("mentions", ()))):
            inside |= {t.i for t in syntax.tokens_in(start, end)}
        for event in row["events"]:
            tokens = syntax.tokens_in(event["start"], event["end"])
            own = {t.i for t in tokens}
            head = next((t for t in tokens if t.head == t.i or t.head not in own), tokens[0])
            types[head.i] = event["type"]
            inside |= {*own, *syntax.subtree_tokens(head.i), head.head}
        for token in syntax.tokens:
            if token.i in types:
                yield context.row(token.i, types[token.i], 1.0, row["id"])
            elif token.i not in inside and may_tell(token):
                yield context.row(token.i, NONE, 1.0, row["id"])


def running(ontology: Ontology) -> Iterator[Row]:
    """Words of running text of which the lexicon says nothing."""
    for row, context in contexts([each for name in RUNNING_TEXT for each in records(name)], ontology):
        for token in context.syntax.tokens:
            if may_tell(token) and context.told(token.i).partition(":")[0] in (SILENT, NEAR):
                yield context.row(token.i, NONE, RUNNING, row["id"])


def spelled_out(ontology: Ontology) -> Iterator[Row]:
    """The lexicon's patterns with words that they name; operators with a verb below them."""
    chosen, lexicon = random.Random(5), ontology.lexicon
    for kind, table in (("v", lexicon.verbs), ("n", lexicon.nouns)):
        for lemma in sorted(table):
            for pattern in table[lemma]:
                if pattern.type is not None:
                    beside = [row.type for row in table[lemma] if row.particle in (None, pattern.particle)]
                    near = sorted({each for each in beside if each is not None})
                    yield from _pattern_rows(kind, pattern, pattern.type, chosen, near)
    becomes = {kind: ontology.becomes.get(kind, {}).get("*", ("same", None))[0] for kind in OPERATORS}
    for lemma in sorted(lexicon.operators):
        for pattern in lexicon.operators[lemma]:
            type_ = becomes.get(pattern.kind or "", "same")
            if type_ != "same":
                for verb in ("leave", "return", "send"):
                    yield _row("v", pattern, type_, {"clause": (verb,)}, "")


def _pattern_rows(kind: str, pattern: Pattern, type_: str, chosen: random.Random, near: Sequence[str]) -> Iterator[Row]:
    def some(words: frozenset[str], size: int) -> list[str]:
        plain = sorted(word for word in words if word[0] not in "%*")
        return chosen.sample(plain, min(size, len(plain)))

    slots: dict[str, list[str]] = {}
    preposition = ""
    for condition in pattern.conditions:
        if condition.negated:
            continue
        if condition.on == "preposition":
            preposition = chosen.choice(sorted(condition.prepositions))
            slots["oblique"] = some(condition.words, 3)
        else:
            slots[condition.on] = some(condition.words, 4 if condition.on == "object" else 1)
    for k in range(max((len(words) for words in slots.values()), default=1) or 1):
        words = {name: (found[k % len(found)],) for name, found in slots.items() if found}
        yield _row(kind, pattern, type_, words, preposition, near)


def _row(
    kind: str,
    pattern: Pattern,
    type_: str,
    slots: Mapping[str, tuple[str, ...]],
    preposition: str,
    near: Sequence[str] = (),
) -> Row:
    """A pattern as a reading; the features are those of `variorum.coding.type_model` that it determines."""
    me = f"{kind}:{pattern.lemma}" + (f"+{pattern.particle}" if pattern.particle else "")
    objects, subjects = slots.get("object", ()), slots.get("subject", ())
    names = [me, f"o:{bool(objects)}", f"s:{bool(subjects)}", f"{me}:o:{bool(objects)}"]
    names += [f"particle:{pattern.particle}"] if pattern.particle else []
    names += [name for word in objects for name in (f"o={word}", f"{me}:o={word}")]
    names += [f"s={word}" for word in subjects]
    names += [f"p={preposition}", f"{me}:p={preposition}"] if preposition else []
    names += [f"p={preposition}:{word}" for word in slots.get("oblique", ())]
    names += [name for word in pattern.modifiers for name in (f"m={word}", f"{me}:m={word}")]
    names += [name for word in slots.get("clause", ()) for name in (f"c={word}", f"{me}:c")]
    names += nearness(near)
    words = {**slots, "trigger": (pattern.lemma,), "modifier": pattern.modifiers}
    return Row(Reading(tuple(words.get(slot, ()) for slot in SLOTS), buckets_of(names)), type_, LEXICON, SILENT, "")


# ---------------------------------------------------------------- vectors


def vectors(ontology: Ontology) -> dict[str, NDArray[Any]]:
    """Reduced vectors of the verbs and nouns of WordNet and of the lexicon's words, as integers."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        language = load_model()
    table, strings = language.vocab.vectors, language.vocab.strings
    index = language.get_pipe("lemmatizer").lookups.get_table("lemma_index")  # type: ignore[attr-defined]
    nouns = (word for word in index[strings["noun"]] if find_noun(word) is not None)
    lexicon = ontology.lexicon
    known = {*index[strings["verb"]], *nouns, *lexicon.verbs, *lexicon.nouns, *lexicon.operators}
    plain = (
        word for word in sorted(known) if 2 < len(word) < 16 and word.replace("-", "").isalpha() and word.isascii()
    )
    rows = {word: row for word in plain if (row := int(table.find(key=strings[word]))) >= 0}
    used = sorted(set(rows.values()))
    place = {row: k for k, row in enumerate(used)}
    values = table.data[used]
    values = values / np.maximum(np.linalg.norm(values, axis=1, keepdims=True), 1e-6)
    values = values - values.mean(axis=0)
    _, _, axes = np.linalg.svd(values, full_matrices=False)
    reduced = values @ axes[:WIDTH].T
    unit = np.abs(reduced).max(axis=0) / 127
    return {
        "words": np.frombuffer(zlib.compress("\n".join(rows).encode(), 9), dtype=np.uint8),
        "rows": np.array([place[row] for row in rows.values()], dtype=np.uint16),
        "vectors": np.round(reduced / unit).clip(-127, 127).astype(np.int8),
        "unit": (unit * 8).astype(np.float16),
    }


class Vectors:
    """Readings as rows of numbers."""

    def __init__(self, tables: Mapping[str, NDArray[Any]]) -> None:
        words = zlib.decompress(bytes(tables["words"])).decode().split("\n")
        self._rows = dict(zip(words, tables["rows"].tolist(), strict=True))
        self._values = tables["vectors"].astype(np.float32) * tables["unit"].astype(np.float32)

    def dense(self, rows: Sequence[Row]) -> Floats:
        found = np.zeros((len(rows), len(SLOTS), WIDTH + 1), dtype=np.float32)
        for k, row in enumerate(rows):
            for slot, words in enumerate(row.reading.words):
                known = [self._rows[word] for word in words if word in self._rows]
                if known:
                    found[k, slot, :WIDTH] = self._values[known].mean(axis=0)
                    found[k, slot, WIDTH] = 1.0
        return found.reshape(len(rows), -1)


def hashed(rows: Sequence[Row]) -> NDArray[np.int64]:
    """The buckets of each row, filled up with one that weighs nothing."""
    found = np.full((len(rows), max(len(row.reading.buckets) for row in rows)), BUCKETS, dtype=np.int64)
    for k, row in enumerate(rows):
        found[k, : len(row.reading.buckets)] = row.reading.buckets
    return found


# ---------------------------------------------------------------- fitting


class Plan(NamedTuple):
    """How a network is fitted: its inner layer's width, how long, and how much of what it reads is hidden from it."""

    hidden: int = HIDDEN
    epochs: int = EPOCHS
    drop: float = DROP
    hashed_drop: float = HASHED_DROP


def fit(
    dense: Floats,
    buckets: NDArray[np.int64],
    wanted: NDArray[np.int64],
    weights: Floats,
    size: int,
    plan: Plan = Plan(),  # noqa: B008
) -> Any:
    """The network's arrays after Adam with decay over samples drawn by weight, slots and hashed features dropped."""
    draw = np.random.default_rng(SEED)
    width = dense.shape[1]
    arrays = {
        "hidden": draw.normal(0, 1 / np.sqrt(width / 4), (width, plan.hidden)),
        "hidden_bias": np.zeros(plan.hidden),
        "out": draw.normal(0, 0.5 / np.sqrt(plan.hidden), (plan.hidden, size)),
        "out_bias": np.zeros(size),
        "hashed": np.zeros((BUCKETS + 1, size)),
    }
    arrays = {name: value.astype(np.float32) for name, value in arrays.items()}
    means = {name: np.zeros_like(value) for name, value in arrays.items()}
    squares = {name: np.zeros_like(value) for name, value in arrays.items()}
    steps = plan.epochs * (int(weights.sum()) // BATCH + 1)
    rates = plan.drop * np.array([0.4, *[1.0] * (len(SLOTS) - 1)])  # the trigger is seldom hidden
    for step in range(steps):
        chosen = draw.choice(len(wanted), BATCH, p=weights / weights.sum())
        kept = draw.random((BATCH, len(SLOTS), 1)) >= rates[None, :, None]
        inputs = (dense[chosen].reshape(BATCH, len(SLOTS), -1) * kept).reshape(BATCH, -1)
        here = np.where(draw.random((BATCH, buckets.shape[1])) < plan.hashed_drop, BUCKETS, buckets[chosen])
        mask = (draw.random((BATCH, plan.hidden)) >= plan.drop).astype(np.float32)
        slopes = _slopes(arrays, inputs, here, mask / (1 - plan.drop), wanted[chosen], plan.hashed_drop)
        for name, value in arrays.items():
            means[name] = 0.9 * means[name] + 0.1 * slopes[name]
            squares[name] = 0.999 * squares[name] + 0.001 * slopes[name] ** 2
            move = means[name] / (1 - 0.9 ** (step + 1)) / (np.sqrt(squares[name] / (1 - 0.999 ** (step + 1))) + 1e-8)
            decay = HASHED_DECAY if name == "hashed" else DECAY
            value -= (RATE * (1 - step / steps) * (move + decay * value)).astype(np.float32)
    arrays["hashed"] = arrays["hashed"][:BUCKETS]
    return arrays


def _slopes(
    arrays: Mapping[str, Floats],
    inputs: Floats,
    here: NDArray[np.int64],
    mask: Floats,
    wanted: NDArray[np.int64],
    hashed_drop: float,
) -> dict[str, Floats]:
    before = inputs @ arrays["hidden"] + arrays["hidden_bias"]
    inner = np.maximum(before, 0) * mask
    scores = inner @ arrays["out"] + arrays["hashed"][here].sum(axis=1) / (1 - hashed_drop) + arrays["out_bias"]
    error = shares(scores)
    error[np.arange(BATCH), wanted] -= 1
    error /= BATCH
    back = (error @ arrays["out"].T) * mask * (before > 0)
    flat, times = here.ravel(), here.shape[1]
    spread = [
        np.bincount(flat, weights=np.repeat(error[:, c], times), minlength=BUCKETS + 1) for c in range(error.shape[1])
    ]
    rows = np.stack(spread, axis=1) / (1 - hashed_drop)
    rows[BUCKETS] = 0
    return {
        "hidden": inputs.T @ back,
        "hidden_bias": back.sum(axis=0),
        "out": inner.T @ error,
        "out_bias": error.sum(axis=0),
        "hashed": rows,
    }


def scored(arrays: Mapping[str, Floats], dense: Floats, buckets: NDArray[np.int64]) -> Floats:
    inner = np.maximum(dense @ arrays["hidden"] + arrays["hidden_bias"], 0)
    padded = np.vstack([arrays["hashed"], np.zeros((1, arrays["hashed"].shape[1]), dtype=np.float32)])
    found: Floats = inner @ arrays["out"] + padded[buckets].sum(axis=1) + arrays["out_bias"]
    return found


def shares(scores: Floats) -> Floats:
    found = np.exp(scores - scores.max(axis=1, keepdims=True))
    answer: Floats = found / found.sum(axis=1, keepdims=True)
    return answer


def surprise(found: Floats, wanted: NDArray[np.int64]) -> float:
    return float(-np.log(found[np.arange(len(wanted)), wanted] + 1e-9).mean())


def beliefs(rows: Sequence[Row], types: Sequence[str]) -> tuple[dict[str, Floats], Floats]:
    """What each word of the lexicon is worth: the shares of the types where it said so, and of all."""
    base = np.bincount([types.index(row.type) for row in rows], minlength=len(types)) / len(rows)
    counts: dict[str, Any] = {}
    for row in rows:
        counts.setdefault(row.told, PRIOR * base.copy())[types.index(row.type)] += 1
    return {told: counts[told] / counts[told].sum() for told in sorted(counts)}, base


def combined(scores: Floats, rows: Sequence[Row], given: Mapping[str, Floats], base: Floats) -> Floats:
    told = np.stack([given.get(row.told, base) for row in rows])
    found = np.exp(TRUST * (scores - scores.max(axis=1, keepdims=True) - np.log(base))) * told
    answer: Floats = found / found.sum(axis=1, keepdims=True)
    return answer


def check(rows: list[Row], extra: list[Row], table: Vectors, types: Sequence[str]) -> float:
    """Print the cross-validated figures; the temperature at which the network's shares fit best."""
    folds = np.array([int(hashlib.sha256(row.sentence.encode()).hexdigest(), 16) % FOLDS for row in rows])
    wanted = np.array([types.index(row.type) for row in rows])
    everything = [*rows, *extra]
    dense, buckets = table.dense(everything), hashed(everything)
    answers = np.array([types.index(row.type) for row in everything])
    weights = np.array([row.weight for row in everything], dtype=np.float32)
    scores = np.zeros((len(rows), len(types)), dtype=np.float32)
    for fold in range(FOLDS):
        own = np.where(folds == fold)[0]
        seen = np.setdiff1d(np.arange(len(everything)), own)
        arrays = fit(dense[seen], buckets[seen], answers[seen], weights[seen], len(types))
        scores[own] = scored(arrays, dense[own], buckets[own])
    best = min(TEMPERATURES, key=lambda value: surprise(shares(scores / value), wanted))
    both = np.zeros_like(scores)
    for fold in range(FOLDS):
        given, base = beliefs([row for row, at in zip(rows, folds, strict=True) if at != fold], types)
        own = np.where(folds == fold)[0]
        both[own] = combined(scores[own] / best, [rows[k] for k in own], given, base)
    told = np.array([row.told for row in rows])
    lexicon = np.array([types.index(each) if each in types else -1 for each in told])
    event, answer, sure = wanted < types.index(NONE), both.argmax(axis=1), both.max(axis=1)
    print(f"{len(rows)} words, {event.sum()} of them events; temperature {best:.2f}")
    print(f"type right at events: lexicon {(lexicon == wanted)[event].mean():.3f},"
          f" network {(scores.argmax(axis=1) == wanted)[event].mean():.3f},"
          f" both {(answer == wanted)[event].mean():.3f}")  # fmt: skip
    last = types.index(NONE)
    for least in (0.5, 0.6, 0.7, 0.85):
        heard = {
            "silent": (told == SILENT) & (answer != last) & (sure >= least),
            "near": np.char.startswith(told.astype(str), NEAR) & (answer != last) & (sure >= least),
            "against": (lexicon >= 0) & (answer != last) & (answer != lexicon) & (sure >= least),
            "no event": (lexicon >= 0) & (answer == last) & (sure >= least),
        }
        shown = [f"{name} {mask.sum()} ({(answer == wanted)[mask].mean():.2f} right)" for name, mask in heard.items()
                 if mask.any()]  # fmt: skip
        print(f"from {least}: {', '.join(shown)}")
    return float(best)


def stored(arrays: Mapping[str, Floats]) -> Iterator[tuple[str, NDArray[Any]]]:
    for name, value in arrays.items():
        if name.endswith("bias"):
            yield name, value.astype(np.float16)
            continue
        unit = np.float32(np.abs(value).max() / 32_000)
        yield name, np.round(value / unit).astype(np.int16)
        yield f"{name}_unit", np.asarray(unit)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="only cross-validate")
    parser.add_argument("--target", type=Path, default=TARGET)
    options = parser.parse_args()
    ontology = Ontology.load()
    types = [*ontology.types, NONE]
    tables = vectors(ontology)
    table = Vectors(tables)
    rows, extra = list(marked(ontology)), [*running(ontology), *spelled_out(ontology)]
    temperature = check(rows, extra, table, types)
    if options.check:
        return
    everything = [*rows, *extra]
    answers = np.array([types.index(row.type) for row in everything])
    weights = np.array([row.weight for row in everything], dtype=np.float32)
    arrays = fit(table.dense(everything), hashed(everything), answers, weights, len(types))
    given, base = beliefs(rows, types)
    tables |= {
        **dict(stored(arrays)),
        "types": np.frombuffer("\n".join(types).encode(), dtype=np.uint8),
        "told": np.frombuffer("\n".join(given).encode(), dtype=np.uint8),
        "given": np.stack(list(given.values())).astype(np.float32),
        "base": base.astype(np.float32),
        "temperature": np.asarray(temperature, dtype=np.float32),
        "trust": np.asarray(TRUST, dtype=np.float32),
    }
    np.savez_compressed(options.target, allow_pickle=False, **tables)
    print(f"{options.target}: {options.target.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
