"""Fit the weights of the decision whether two accounts are one event: ``variorum/data/reconciliation_weights.toml``.

    python tools/train_reconciliation.py --data ../shared/data [--dry] [--parts tune] [--without CRISIS]

Two logistic regressions with a ridge over the observations of `variorum.reconciliation.likeness`, each weight of one
sign: `main` for two texts' main events, `recall` where at least one is told besides. They are fitted in one on

- crises: the tuning parts of ``tests/gold/crises``. Two units of one crisis are one event or two as the gold has it; a
  unit that the gold does not list is another event than those that it lists, at a quarter of the weight, for it may
  tell one of them vaguely. A pair weighs less, the more pairs its crisis has.
- conflicts: ``tests/gold/derivation`` and ``tools/training``, the reports of which are marked with their incidents.
- local crime: ``clusters/gvc_tune`` and ``clusters/gva_more`` under --data. Nothing of their texts is kept.
- news: pairs of mentions of dense news under --data, judged one by one (``reconciliation-pairs.jsonl`` of
  ``tools/training``, by document and characters). What is a part of the other is another event, at half the weight.

In the second and third the main events of one incident's texts are one event where their types allow it; pairs over two
incidents are two events. A pair weighs what `WEIGHTS` says of its collection. Figures are
cross-validated over crises and incidents. `--without` leaves a crisis out, so that it can be scored unseen.
"""

from __future__ import annotations

import argparse
import gzip
import json
import tempfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

import variorum
from gold import GOLD, overlap
from signed_logistic import fit
from train_derivation import lines
from variorum.coding import Ontology
from variorum.pipeline import RunOptions
from variorum.reconciliation.accounts import Account
from variorum.reconciliation.likeness import APART, MAIN, RECALL
from variorum.reconciliation.options import ReconciliationOptions
from variorum.reconciliation.reconcile import Prepared, prepare
from variorum.reconciliation.witnesses import Witnesses
from variorum.records import Annotation, Document, Provenance

TRAINING = Path(__file__).resolve().parent / "training"
TARGET = Path(__file__).resolve().parents[1] / "src" / "variorum" / "data" / "reconciliation_weights.toml"

# Each observation with the sign that its weight may have, 0 for either.
SIGNS = {
    "ahead": -1,
    "near-type": -1,
    "after-violence": 0,
    "act-of-words": 0,
    "modes-apart": -1,
    "one-text": -1,
    "same-day": 1,
    "day-within": 1,
    "days-apart": -1,
    "days-apart-unsure": -1,
    "after-report": -1,
    "after-report-unsure": -1,
    "told-written": -1,
    "undated": 0,
    "written-apart": -1,
    "long-known": 1,
    "land-other": -1,
    "land-other-unsure": -1,
    "place-other": -1,
    "place-other-unsure": -1,
    "place": 1,
    "towns": 1,
    "towns-other": -1,
    "actor": 1,
    "actor-other": -1,
    "recipient": 1,
    "recipient-other": -1,
    "crossed": -1,
    "state-other": -1,
    "lands-other": -1,
    "toll": 1,
    "toll-other": -1,
    "people": 1,
    "people-other": -1,
    "victims-other": -1,
    "near-words": 1,
    "beside-words": 1,
    "one-word": 1,
    "answer-both": 1,
    "answer-one": -1,
    "like": 1,
    "unlike": -1,
    "rare-names": 1,
    "rare-none": -1,
    "ages": 1,
    "ages-other": -1,
    "crisis": 1,
    "crisis-mains": 0,
    "crisis-unlike": 1,
    "crisis-act-of-words": 1,
    "crisis-people-other": 1,
    "aligned": 1,
    "crowd": 0,
    "crowd-act-of-words": 0,
    "act-of-near-words": 1,
}
CRISES, CONFLICTS, CRIME, NEWS = "crises", "conflicts", "crime", "news"
# How much a pair of each collection weighs. What local crime and conflicts tell besides is known to be two where it is
# of two incidents, and not known to be one; so it says little on `recall`.
WEIGHTS = {
    MAIN: {CRISES: 6.0, CONFLICTS: 0.1, CRIME: 1.0, NEWS: 3.0},
    RECALL: {CRISES: 6.0, CONFLICTS: 0.05, CRIME: 0.2, NEWS: 3.0},
}
# What is expected of an observation before any text is read, in log-odds.
PRIOR = {
    "modes-apart": -0.5,
    "same-day": 1.0,
    "day-within": 0.5,
    "days-apart": -1.0,
    "days-apart-unsure": -0.3,
    "land-other": -1.5,
    "place-other": -1.5,
    "place": 1.0,
    "actor": 0.7,
    "actor-other": -0.7,
    "recipient": 0.4,
    "recipient-other": -0.3,
    "crossed": -0.7,
    "state-other": -1.0,
    "toll": 1.0,
    "people": 1.0,
    "victims-other": -2.0,
    "one-word": 0.4,
    "answer-both": 1.0,
    "answer-one": -0.7,
    "like": 4.0,
    "near-words": 2.0,
    "beside-words": 2.0,
}
# What an observation says at the least, whatever was fitted: no set has two crimes of a day and town whose victims are
# named, and twins of that kind must stay apart. From -1 to -3 the sets of local crime do not move.
AT_MOST = {MAIN: {"victims-other": -3.0}}
RIDGE = 12.0
LEAST_SPREAD = 0.05  # an observation that is hardly ever made is not blown up
UNLISTED = 0.25
FOLDS = 5
AT_ONCE = 1 << 14  # pairs that are observed at once
MOST_OTHER = 20_000  # pairs over two incidents of one collection, those of two main events first

Values = NDArray[np.float64]
Labels = dict[str, Counter[str]]


class Collection(NamedTuple):
    """Documents with their layers and origins."""

    documents: list[Document]
    annotations: dict[str, Annotation]
    provenance: Provenance


class Observed(NamedTuple):
    """What is observed of a pair: how much of each, and which decision weighs it."""

    decision: str
    seen: dict[str, float]


class Row(NamedTuple):
    """One pair: what is observed, whether it is one event, its weight, and the crisis or incident that it is of."""

    observed: Observed
    label: float
    weight: float
    group: str
    source: str


def collected(rows: Sequence[dict[str, Any]]) -> Collection:
    """The documents of a collection, annotated and derived."""
    kept = ("id", "text", "title", "published", "outlet")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "documents.jsonl"
        lines = (json.dumps({key: row[key] for key in kept if row.get(key)}) for row in rows)
        path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
        return of_path(path)


def of_path(path: Path) -> Collection:
    with variorum.collate(path, options=RunOptions(workers=2)) as edition:
        content = edition.content
        stored = [edition.stored(document.id) for document in content.documents if document.rejected is None]
        provenance = Provenance(
            derivations=content.derivations,
            origins=content.origins,
            origin_of={document.id: document.origin for document in content.documents if document.origin},
            statements=content.statements,
        )
        annotations = {one.document.id: one.annotation for one in stored if one.annotation is not None}
        return Collection([one.document for one in stored], annotations, provenance)


def prepared(collection: Collection) -> Prepared:
    """The units of a collection and the pairs of them that are compared."""
    witnesses = Witnesses(*collection)
    return prepare(witnesses, collection.provenance, Ontology.load().scales(), (), ReconciliationOptions())


def observations(ready: Prepared, pairs: Sequence[tuple[str, str]]) -> list[Observed | None]:
    """What is observed of pairs of units, by their ids; None where they are held different outright, or one text tells
    them apart."""
    found: list[Observed | None] = []
    for at in range(0, len(pairs), AT_ONCE):
        chosen = pairs[at : at + AT_ONCE]
        one, other = (ready.likeness.numbers([pair[side] for pair in chosen]) for side in (0, 1))
        aligned = np.array([tuple(sorted(pair)) in ready.proposed.aligned for pair in chosen], dtype=bool)
        batch = ready.likeness.batch(one, other, aligned)
        seen: list[dict[str, float]] = [{} for _ in chosen]
        for name, rows, values in batch.columns:
            for row, value in zip(rows.tolist(), values.tolist(), strict=True):
                seen[row][name] = value
        refused = batch.refused.tolist()
        found.extend(
            None if code or decision == APART else Observed(decision, values)
            for code, decision, values in zip(refused, batch.decisions(), seen, strict=True)
        )
    return found


def crisis_rows(part: str, collection: Collection) -> Iterator[Row]:
    """All pairs of each crisis of a part of the gold."""
    ready = prepared(collection)
    labels = _labels(part, collection, ready)
    of_crisis: dict[str, list[str]] = {}
    for unit in ready.units.units:
        of_crisis.setdefault(unit.document.split("/")[0], []).append(unit.id)
    rows: list[Row] = []
    for crisis, ids in of_crisis.items():
        pairs = [pair for pair in combinations(ids, 2) if _judged(labels, *pair)]
        for (a, b), observed in zip(pairs, observations(ready, pairs), strict=True):
            mine, theirs = labels[a], labels[b]
            if observed is not None:
                same = bool(mine and theirs) and most(mine) == most(theirs)
                rows.append(Row(observed, float(same), 1.0 if mine and theirs else UNLISTED, crisis, CRISES))
    counts = Counter(row.group for row in rows if row.label)
    for row in rows:
        yield row._replace(weight=row.weight * counts[row.group] ** -0.5)


def _judged(labels: Labels, a: str, b: str) -> bool:
    """Whether the gold tells of two units whether they are one: it lists either, and no text tells two as one."""
    mine, theirs = labels[a], labels[b]
    if not (mine and theirs):
        return bool(mine or theirs)
    return most(mine) == most(theirs) or not mine.keys() & theirs.keys()


def _labels(part: str, collection: Collection, ready: Prepared) -> Labels:
    """The gold events that each unit tells, those that a text must tell counting thrice."""
    wanted: dict[str, list[tuple[str, tuple[int, int], int]]] = {}
    for line in (GOLD / "crises" / f"{part}-gold.jsonl").read_text(encoding="utf-8").splitlines():
        crisis = json.loads(line)
        for event in crisis["events"]:
            for mention in event["mentions"]:
                span, weight = (mention["start"], mention["end"]), 1 if mention["optional"] else 3
                wanted.setdefault(mention["document"], []).append((f"{crisis['crisis']}/{event['id']}", span, weight))
    labels: Labels = {}
    for unit in ready.units.units:
        labels[unit.id] = Counter()
        for event, span, weight in wanted.get(unit.document, ()):
            labels[unit.id][event] += weight * any(overlap(span, (s.start, s.end)) for s in unit.spans)
        labels[unit.id] += Counter()  # those that are told
    return labels


def most(found: Counter[str]) -> str:
    return max(sorted(found), key=lambda event: found[event])


def incident_rows(collection: Collection, incidents: dict[str, str], source: str) -> Iterator[Row]:
    """Pairs that reconciliation would compare, of documents that are marked with their incidents."""
    ready = prepared(collection)
    units = {unit.id: unit for unit in ready.units.units}
    facets = ready.likeness.facets
    heads = {unit.id for unit, head in zip(facets.units, facets.heads.tolist(), strict=True) if head}
    pairs: list[tuple[str, str]] = []
    for a, b in ready.proposed.pairs:
        one, other = units[a], units[b]
        if one.document == other.document or not (one.document in incidents and other.document in incidents):
            continue
        same, main = incidents[one.document] == incidents[other.document], a in heads and b in heads
        if not same or (main and (source != CONFLICTS or one.type == other.type)):
            pairs.append((a, b))
    others: list[tuple[bool, int, Row]] = []
    for (a, b), observed in zip(pairs, observations(ready, pairs), strict=True):
        if observed is None:
            continue
        group = incidents[units[a].document]
        same = group == incidents[units[b].document]
        row = Row(observed, float(same), 1.0, f"{source} {group}", source)
        if same:
            yield row
        else:
            others.append((not (a in heads and b in heads), zlib.crc32(f"{a} {b}".encode()), row))
    others.sort(key=lambda item: item[:2])
    for _, _, row in others[:MOST_OTHER]:
        yield row


def news_rows(data: Path) -> Iterator[Row]:
    """The judged pairs of each corpus that reconciliation does not hold different outright."""
    judged = list(lines(TRAINING / "reconciliation-pairs.jsonl"))
    for corpus in sorted({row["corpus"] for row in judged}):
        pairs = [row for row in judged if row["corpus"] == corpus]
        wanted = {row[side][0] for row in pairs for side in ("one", "other")}
        with gzip.open(data / f"{corpus}.jsonl.gz", "rt", encoding="utf-8") as file:
            ready = prepared(collected([row for row in map(json.loads, file) if row["id"] in wanted]))
        here: dict[str, list[Account]] = {}
        for unit in ready.units.units:
            here.setdefault(unit.document, []).append(unit)
        found = [
            (row, one.id, other.id)
            for row in pairs
            if row["same"] != "unsure"
            and (one := _standing(here.get(row["one"][0], []), *row["one"][1:])) is not None
            and (other := _standing(here.get(row["other"][0], []), *row["other"][1:])) is not None
        ]
        seen = observations(ready, [(a, b) for _, a, b in found])
        for (row, _, _), observed in zip(found, seen, strict=True):
            if observed is not None:
                weight = 0.5 if row["same"] == "part" else 1.0
                yield Row(observed, float(row["same"] == "yes"), weight, f"{NEWS} {corpus}", NEWS)


def _standing(units: Sequence[Account], start: int, end: int) -> Account | None:
    """The unit with a mention at some characters."""
    met = ((overlap((start, end), (s.start, s.end)), -len(u.spans), u.id, u) for u in units for s in u.spans)
    return max((item for item in met if item[0]), key=lambda item: item[:3], default=(0, 0, "", None))[3]


def weighed(rows: Sequence[Row], decision: str) -> tuple[Values, Values, Values, list[str]]:
    """Inputs, labels and weights of a decision's rows, and their groups."""
    kept = [row for row in rows if row.observed.decision == decision]
    table = np.zeros((len(kept), len(SIGNS)))
    place = {name: number for number, name in enumerate(SIGNS)}
    for i, row in enumerate(kept):
        for name, value in row.observed.seen.items():
            table[i, place[name]] = value
    weights = np.array([row.weight * WEIGHTS[decision][row.source] for row in kept])
    return table, np.array([row.label for row in kept]), weights, [row.group for row in kept]


def decide(table: Values, labels: Values, weights: Values) -> Values:
    """The weights of a logistic regression, the bias last, by Newton's method projected to the signs that are allowed.
    The ridge draws each weight to what `PRIOR` expects, for few crises cannot tell chance from rule."""
    spread = np.maximum(table.std(axis=0), LEAST_SPREAD)
    inputs = np.c_[table / spread, np.ones(len(table))]
    prior = np.array([*(PRIOR.get(name, 0.0) for name in SIGNS), 0.0]) * np.append(spread, 1.0)
    ridge, bound = np.array([RIDGE] * len(SIGNS) + [1e-6]), np.array([*SIGNS.values(), 0])
    found = fit(inputs, labels, weights, ridge, bound, prior)
    return np.append(found[:-1] / spread, found[-1])


def told(table: Values, found: Values) -> Values:
    odds: Values = table @ found[:-1] + found[-1]
    return odds


def checked(name: str, rows: Sequence[Row]) -> None:
    """Print cross-validated figures of a decision, crises left out one by one and incidents in folds."""
    table, labels, weights, groups = weighed(rows, name)
    crises = sorted({row.group for row in rows if row.source == CRISES})
    fold = [crises.index(g) if g in crises else len(crises) + zlib.crc32(g.encode()) % FOLDS for g in groups]
    folds, odds = np.array(fold), np.zeros(len(groups))
    for one in sorted(set(fold)):
        out = folds == one
        odds[out] = told(table[out], decide(table[~out], labels[~out], weights[~out]))
    for source, mask in (("crises", folds < len(crises)), ("others", folds >= len(crises))):
        yes, no = odds[mask & (labels > 0)], np.sort(odds[mask & (labels == 0)])
        if len(yes) and len(no):
            area = float(np.mean(np.searchsorted(no, yes) / len(no)))
            print(f"{name}, {source}: {len(yes)} pairs of one event, {len(no)} of two, area under the curve {area:.3f}")


def lines_of(name: str, found: Values) -> list[str]:
    places = {key: number for number, key in enumerate(SIGNS)}
    for key, most in AT_MOST.get(name, {}).items():
        found[places[key]] = min(found[places[key]], most)
    weights = [f"{key} = {weight:.4f}" for key, weight in zip(SIGNS, found, strict=False) if abs(weight) >= 5e-5]
    return [f"[{name}]", f"bias = {found[-1]:.4f}", "", f"[{name}.weights]", *weights, ""]


def gathered(parts: Sequence[str], data: Path | None) -> list[Row]:
    """The rows of every collection that is there."""
    rows: list[Row] = []
    for part in parts:
        documents = lines(GOLD / "crises" / f"{part}-documents.jsonl")
        rows.extend(crisis_rows(part, collected(list(documents))))
    reports = [row for path in sorted((GOLD / "derivation").glob("tune*-documents.jsonl")) for row in lines(path)]
    reports += [row for path in sorted(TRAINING.glob("derivation-*.jsonl")) for row in lines(path) if "text" in row]
    incidents = {row["id"]: row["incident"] for row in reports if row.get("incident")}
    rows.extend(incident_rows(collected(reports), incidents, CONFLICTS))
    for path in sorted(data.glob("clusters/*.jsonl.gz")) if data is not None else ():
        with gzip.open(path, "rt", encoding="utf-8") as file:
            marked = {row["id"]: row["gold"]["incident"] for row in map(json.loads, file)}
        rows.extend(incident_rows(of_path(path), marked, CRIME))
    if data is not None:
        rows.extend(news_rows(data))
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="the folder with the corpora of local crime")
    parser.add_argument("--dry", action="store_true", help="only print the figures")
    parser.add_argument("--parts", nargs="+", default=["tune", "tune-2"], help="the parts of the gold of crises")
    parser.add_argument("--without", nargs="+", default=[], help="crises that are left out")
    parser.add_argument("--target", type=Path, default=TARGET)
    arguments = parser.parse_args()
    rows = [row for row in gathered(arguments.parts, arguments.data) if row.group not in arguments.without]
    written = ["# How much each observation on two accounts speaks for their being one event, in log-odds.",
               "# Written by tools/train_reconciliation.py; not edited by hand.", ""]  # fmt: skip
    for name in (MAIN, RECALL):
        checked(name, rows)
        written += lines_of(name, decide(*weighed(rows, name)[:3]))
    if not arguments.dry:
        arguments.target.write_text("\n".join(written), encoding="utf-8")


if __name__ == "__main__":
    main()
