"""Score derivation against the labelled pairs of documents.

    python tools/score_derivation.py --half tune [--errors] [--json]

The documents of one half of ``tests/gold/derivation`` are derived as one collection. `kinds` are those of the labelled
pairs: a pair without an edge takes the weakest kind on the strongest path between its two texts, and is independent
where there is none. `direction` is over the pairs whose direction can be told. `origins` is B-cubed over each document
and the partners that are labelled with it. `changes` are the changed facts (number, name, place, date, polarity) of the
labelled pairs that have an edge: found and gold are matched one to one where they are of one kind and overlap on both
sides. `changes_of_all` asks the same of every pair of one origin, with an edge or without, told as `variorum compare`
tells it.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from gold import GOLD, arguments
from variorum.derivation import DerivationOptions, derive
from variorum.derivation.alignment import Alignment
from variorum.derivation.changes import changes_of
from variorum.derivation.lexicon import Lexicon
from variorum.derivation.reading import Reading
from variorum.derivation.units import units_of
from variorum.documents import make_document
from variorum.pages import read_pages
from variorum.records import ONE_ORIGIN, Change, Derivation, Document, Provenance, Rejection, Span

KINDS = ("verbatim", "abridged", "paraphrase", "common-source", "quotes-only", "independent")
FACTS = ("number", "name", "place", "date", "polarity")

Pair = dict[str, Any]
Fact = tuple[str, Span | None, Span | None]


class Counts(NamedTuple):
    """Right answers, answers given, answers expected."""

    right: int = 0
    given: int = 0
    expected: int = 0

    def plus(self, other: Counts) -> Counts:
        return Counts(self.right + other.right, self.given + other.given, self.expected + other.expected)

    def report(self) -> dict[str, float]:
        precision = self.right / self.given if self.given else 0.0
        recall = self.right / self.expected if self.expected else 0.0
        return {
            "precision": round(precision, 4),
            "recall": round(recall, 4),
            "f1": f1(precision, recall),
            **self._asdict(),
        }


def f1(precision: float, recall: float) -> float:
    return round(2 * precision * recall / (precision + recall), 4) if precision + recall else 0.0


class Paths:
    """What a forest of edges says of two texts that have no edge of their own."""

    def __init__(self, edges: Sequence[Derivation]) -> None:
        self._kinds: defaultdict[str, dict[str, int]] = defaultdict(dict)
        self._users: defaultdict[str, set[str]] = defaultdict(set)
        for edge in edges:
            if edge.kind in ONE_ORIGIN:
                strength = ONE_ORIGIN.index(edge.kind)
                self._kinds[edge.source][edge.target] = strength
                self._kinds[edge.target][edge.source] = strength
                if edge.directed:
                    self._users[edge.source].add(edge.target)

    def kind(self, one: str, other: str) -> str:
        """The weakest kind on the strongest path."""
        reached = {one}
        for weakest, kind in enumerate(ONE_ORIGIN):
            waiting = list(reached)
            while waiting:
                for name, strength in self._kinds[waiting.pop()].items():
                    if strength <= weakest and name not in reached:
                        reached.add(name)
                        waiting.append(name)
            if other in reached:
                return kind
        return "independent"

    def used_in(self, source: str, target: str) -> bool:
        """Whether the edges lead from the one to the other, each in its direction."""
        seen, waiting = {source}, [source]
        while waiting:
            new = self._users[waiting.pop()] - seen
            seen |= new
            waiting.extend(new)
        return target in seen


def read(half: str) -> tuple[list[Document], list[Pair]]:
    pages = read_pages([str(GOLD / "derivation" / f"{half}-documents.jsonl")])
    documents = [make_document(page) for page in pages if not isinstance(page, Rejection)]
    with (GOLD / "derivation" / f"{half}-pairs.jsonl").open(encoding="utf-8") as file:
        return documents, [json.loads(line) for line in file]


def kinds_of(found: Provenance, pairs: Iterable[Pair]) -> list[str]:
    """The kind that is found for each labelled pair."""
    edges = {frozenset((edge.source, edge.target)): edge.kind for edge in found.derivations}
    paths = Paths(found.derivations)
    return [edges.get(frozenset((p["a"], p["b"]))) or paths.kind(p["a"], p["b"]) for p in pairs]


def classified(gold: Sequence[str], told: Sequence[str]) -> dict[str, Any]:
    confusion = Counter(zip(gold, told, strict=True))
    classes = {kind: Counts(confusion[kind, kind], told.count(kind), gold.count(kind)).report() for kind in KINDS}
    shown = [classes[kind] for kind in KINDS if kind in gold]
    return {
        "accuracy": round(sum(g == t for g, t in zip(gold, told, strict=True)) / len(gold), 4),
        "macro_f1": round(sum(one["f1"] for one in shown) / len(shown), 4),
        "classes": classes,
        "confusion": {kind: {other: confusion[kind, other] for other in KINDS} for kind in KINDS},
    }


def directed(found: Provenance, pairs: Iterable[Pair]) -> dict[str, float]:
    paths = Paths(found.derivations)
    told: Counter[str] = Counter()
    for pair in pairs:
        if pair["from"]:
            right = paths.used_in(pair["from"], pair["to"])
            told["right" if right else "wrong" if paths.used_in(pair["to"], pair["from"]) else "open"] += 1
    return {
        "accuracy": round(told["right"] / max(1, told.total()), 4),
        **{k: told[k] for k in ("right", "wrong", "open")},
    }


def b_cubed(found: Provenance, pairs: Iterable[Pair]) -> dict[str, float]:
    real: defaultdict[str, set[str]] = defaultdict(set)
    told: defaultdict[str, set[str]] = defaultdict(set)
    for pair in pairs:
        together = found.origin_of.get(pair["a"], "") == found.origin_of.get(pair["b"], " ")
        for one, other in ((pair["a"], pair["b"]), (pair["b"], pair["a"])):
            real[one] |= {one, other} if pair["kind"] in ONE_ORIGIN else {one}
            told[one] |= {one, other} if together else {one}
    precision = sum(len(real[name] & told[name]) / len(told[name]) for name in real) / len(real)
    recall = sum(len(real[name] & told[name]) / len(real[name]) for name in real) / len(real)
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": f1(precision, recall)}


def facts_of(changes: Iterable[Change], *, turned: bool) -> list[Fact]:
    facts = [(change.kind, change.source, change.target) for change in changes if change.kind in FACTS]
    return [(kind, b, a) if turned else (kind, a, b) for kind, a, b in facts]


def gold_facts(pair: Pair) -> list[Fact]:
    return [(c["kind"], Span(*c["from"]), Span(*c["to"])) for c in pair["changes"]]


def compared(one: Document, other: Document, lexicon: Lexicon) -> tuple[Change, ...]:
    """The changes from one text to another, whatever their verdict; of round-ups, those of the sections that have most
    in common."""
    options = DerivationOptions()
    sides = [[Reading(unit, lexicon, options) for unit in units_of(document)] for document in (one, other)]
    aligned = [Alignment(a, b, options) for a in sides[0] for b in sides[1]]
    return changes_of(max(aligned, key=lambda one: one.accounts["held-most"]))


def matched(gold: Sequence[Fact], told: Sequence[Fact]) -> dict[int, int]:
    """Gold facts → found ones, of one kind and overlapping on each side that the found one has."""
    pairs: dict[int, int] = {}
    for g, one in enumerate(gold):
        for t, other in enumerate(told):
            sides = list(zip(one[1:], other[1:], strict=True))
            if one[0] == other[0] and t not in pairs.values() and all(_overlap(a, b) for a, b in sides):
                pairs[g] = t
                break
    return pairs


def _overlap(one: Span | None, other: Span | None) -> bool:
    return one is None or other is None or (one.start < other.end and other.start < one.end)


def changed(
    pairs: Iterable[tuple[Pair, list[Fact]]], texts: dict[str, str], errors: list[str]
) -> dict[str, dict[str, float]]:
    counts = dict.fromkeys(FACTS, Counts())
    for pair, told in pairs:
        gold = gold_facts(pair)
        fellows = matched(gold, told)
        a, b = texts[pair["from"] or pair["a"]], texts[pair["to"] or pair["b"]]
        for g, fact in enumerate(gold):
            counts[fact[0]] = counts[fact[0]].plus(Counts(g in fellows, 0, 1))
            if g not in fellows:
                errors.append(f"missed  {_shown(pair, fact, a, b)}")
        for t, fact in enumerate(told):
            counts[fact[0]] = counts[fact[0]].plus(Counts(0, 1, 0))
            if t not in fellows.values():
                errors.append(f"too many {_shown(pair, fact, a, b)}")
    total = Counts()
    for one in counts.values():
        total = total.plus(one)
    return {"all": total.report(), **{kind: one.report() for kind, one in counts.items()}}


def _shown(pair: Pair, fact: Fact, a: str, b: str) -> str:
    kind, one, other = fact
    sides = [
        f"[{s.of(t)}] in {t[max(0, s.start - 30) : s.end + 30]!r}" if s else "-" for s, t in ((one, a), (other, b))
    ]
    return f"{pair['kind']} {pair['a']} {pair['b']} {kind}: {sides[0]} | {sides[1]}"


def score(half: str) -> tuple[dict[str, Any], list[str]]:
    """The figures, and a line for each mistake."""
    documents, pairs = read(half)
    by_id = {document.id: document for document in documents}
    texts = {document.id: document.text for document in documents}
    found = derive(documents)
    kinds = kinds_of(found, pairs)
    paths = Paths(found.derivations)
    edges = {frozenset((edge.source, edge.target)): edge for edge in found.derivations}
    errors = []
    for pair, kind in zip(pairs, kinds, strict=True):
        edge = edges.get(frozenset((pair["a"], pair["b"])))
        note = f"edge {edge.score:.2f}" if edge else "no edge"
        if kind != pair["kind"]:
            errors.append(f"kind {pair['kind']} as {kind}: {pair['a']} {pair['b']} ({note})")
        if pair["from"] and not paths.used_in(pair["from"], pair["to"]):
            wrong = "wrong" if paths.used_in(pair["to"], pair["from"]) else "open"
            errors.append(f"direction {wrong}, {pair['kind']}: {pair['from']} -> {pair['to']} ({note}, {kind})")
    with_edge, every = [], []
    lexicon = Lexicon()
    for pair in pairs:
        first = pair["from"] or pair["a"]
        if (edge := edges.get(frozenset((pair["a"], pair["b"])))) and edge.kind != "quotes-only":
            with_edge.append((pair, facts_of(edge.changes, turned=edge.source != first)))
        if pair["kind"] in ONE_ORIGIN:
            told = compared(by_id[first], by_id[pair["to"] or pair["b"]], lexicon)
            every.append((pair, facts_of(told, turned=False)))
    figures = {
        "half": half,
        "documents": len(documents),
        "pairs": len(pairs),
        "kinds": classified([pair["kind"] for pair in pairs], kinds),
        "direction": directed(found, pairs),
        "origins": b_cubed(found, pairs),
        "changes": changed(with_edge, texts, errors),
        "changes_of_all": changed(every, texts, []),
    }
    return figures, errors


def main() -> None:
    options = arguments(__doc__)
    figures, errors = score(options.half)
    if options.json:
        print(json.dumps({**figures, **({"errors": errors} if options.errors else {})}))
        return
    if options.errors:
        print("\n".join(errors))
    kinds = figures["kinds"]
    print(f"kinds: macro-F1 {kinds['macro_f1']:.3f}, accuracy {kinds['accuracy']:.3f}")
    print(f"{'gold':<14} {'P':>5} {'R':>5} {'F1':>5}  found as {' '.join(f'{kind:>13}' for kind in KINDS)}")
    for kind, one in kinds["classes"].items():
        row = " ".join(f"{kinds['confusion'][kind][other]:>13}" for other in KINDS)
        print(f"{kind:<14} {one['precision']:.3f} {one['recall']:.3f} {one['f1']:.3f}           {row}")
    print("direction:", ", ".join(f"{name} {value}" for name, value in figures["direction"].items()))
    print("origins:", ", ".join(f"{name} {value:.3f}" for name, value in figures["origins"].items()))
    for name in ("changes", "changes_of_all"):
        print(f"{name}:")
        for kind, one in figures[name].items():
            print(f"  {kind:<9} " + " ".join(f"{key} {value}" for key, value in one.items()))


if __name__ == "__main__":
    main()
