"""Fit the weights of derivation's decisions and write ``variorum/data/derivation_weights.toml``.

    python tools/train_derivation.py [--dry] [--parts tune families] [--target FILE]

All are logistic regressions with a ridge over the features of `variorum.derivation.accounts`, each weight of one sign,
fitted on the labelled pairs of the tuning parts of ``tests/gold/derivation`` and of the families of ``tools/training``:

- `one-origin`: a retelling or a text behind both, against independent reports and those with a quotation in common.
- `common-source`: a text behind both, against a retelling of the one by the other; pairs of which another document is
  the parent of both are left out, for the tree of a family tells those, and pairs of which the earlier is an agency's
  own dispatch, which has nothing from a third.

- `changed-number`, `-date`, `-place`, `-name`, `-polarity`: whether a fact of the one text was changed into one of the
  other, over the features of `variorum.derivation.correspondence` and `polarity`, on the changes that are marked.

Pairs within an incident of the gold share less than reports of one war do, and are shorter. So `one-origin` is also
shown pairs of the reports of ``tools/training``, none of which was made from another: two of one conflict as they
stand, and with the one or the other cut to its head or followed by another report, so that length and unequal length
say nothing. They weigh a fixed share of the labelled pairs. Figures are cross-validated, by incident and by conflict.
With `--parts` the weights are fitted on some of the parts, so that another one can be scored unseen.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gold import GOLD
from signed_logistic import fit
from variorum.derivation import DerivationOptions
from variorum.derivation.accounts import Accounts
from variorum.derivation.alignment import Alignment
from variorum.derivation.differences import Differences
from variorum.derivation.lexicon import Lexicon
from variorum.derivation.reading import Reading
from variorum.derivation.units import units_of
from variorum.derivation.verdict import dispatched
from variorum.documents import make_document
from variorum.pages import read_pages
from variorum.records import ONE_ORIGIN, ChangeKind, Document, Rejection, Span

TRAINING = Path(__file__).resolve().parent / "training"
TARGET = Path(__file__).resolve().parents[1] / "src" / "variorum" / "data" / "derivation_weights.toml"

# Each feature with the sign that its weight may have, 0 for either: what two texts share never speaks against one
# origin, whatever a small collection of texts seems to say.
ONE_ORIGIN_BY = {
    "held-most": 1,
    "held-least": 1,
    "shared-weight": 1,
    "names-held": 1,
    "figures-shared": 1,
    "sentences-near": 1,
    "own-most": -1,
    "own-figures": -1,
    "own-quotations": -1,
    "days-apart": -1,
    "one-outlet": -1,
    "length": 0,
    "length-ratio": 0,
}
# No length here: how long a user of an absent text is says nothing, though in the gold it does.
COMMON_SOURCE_BY = {
    "names-held": -1,
    "names-lacking": 1,
    "figures-held": -1,
    "sentences-far": 1,
    "barest-sentence": -1,
    "own-quotations": 1,
    "one-outlet": -1,
}

_COMMON = {
    "around": 1,
    "close": 1,
    "sentence": 1,
    "lead": 1,
    "lead-of-one": 1,
    "placed": 1,
    "facing": 1,
    "aligned": 1,
    "cue": 1,
    "few": 1,
    "known": -1,
    "apart": -1,
    "better": -1,
    "quoted": -1,
}
_NAMES = {"shared-word": 1, "initial": 1, "spelled": 1, "states": -1, "unsure": -1, "length": -1}
CHANGED_BY: dict[ChangeKind, dict[str, int]] = {
    "number": {
        **_COMMON,
        "unit": 1,
        "class": 1,
        "role": 1,
        "digits": 1,
        "times": -1,
        "small": -1,
        "age": 0,
        "in-a-row": 0,
    },
    "date": {**_COMMON, "hour": 0, "calendar": 0, "year": 0},
    "place": {**_COMMON, **_NAMES, "both-places": 1, "place-noun": 1},
    "name": {**_COMMON, **_NAMES, "both-persons": 1},
    "polarity": {
        "held": 1,
        "held-there": 1,
        "worded": 1,
        "head": 1,
        "around": 1,
        "sentence": 1,
        "aligned": 1,
        "lead": 1,
        "nobody": 1,
        "harm": 1,
        "opposed": 1,
        "said-too": -1,
        "quoted": -1,
        "apart": -1,
        "length": -1,
    },
}

FAMILIES = "families"
PARTS = ("tune", "tune-2", "tune-3", FAMILIES)
INDEPENDENTS = ("derivation-independent.jsonl", "derivation-affairs.jsonl", "derivation-short.jsonl")
FORMS = (  # of two independent reports: as they stand, and the seven other ways
    ("whole", "whole"),
    ("head", "whole"),
    ("whole", "head"),
    ("head", "double"),
    ("double", "head"),
    ("whole", "double"),
    ("double", "whole"),
    ("double", "double"),
)
INDEPENDENT = "independent: "  # before the conflict of a pair that is no gold
RIDGE = 4.0
CHANGED_RIDGE = 12.0
FOLDS = 12
OTHER_EVENT, OTHER_DESK = 0.45, 0.3  # weight of the independent pairs, as shares of that of the labelled ones

Values = NDArray[np.float64]


class Row(NamedTuple):
    """A pair: its features, its label, its weight, and the incident by which folds are made."""

    features: Mapping[str, float]
    label: float
    weight: float
    incident: str


class Gold(NamedTuple):
    """A labelled pair; `whole` where neither text is a round-up, of which only a part is of the incident; the alignment
    is told from the source to the target, or from `a` to `b`."""

    pair: dict[str, Any]
    incident: str
    features: Mapping[str, float]
    whole: bool
    alignment: Alignment


class Readings:
    """Documents as derivation reads them."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._options = DerivationOptions()
        lexicon = Lexicon()
        self.units = {
            document.id: [Reading(unit, lexicon, self._options) for unit in units_of(document)]
            for document in documents
        }

    def aligned(self, one: str, other: str) -> tuple[Alignment, Mapping[str, float]]:
        """The alignment of the two units, of two documents, that have most in common, and its features."""
        found = [Alignment(a, b, self._options) for a in self.units[one] for b in self.units[other]]
        told = [(alignment, Accounts(alignment)) for alignment in found]
        return max(told, key=lambda pair: pair[1]["held-most"] * (1.0 + pair[1]["shared-weight"]))


def documents_of(path: Path) -> list[Document]:
    pages = read_pages([str(path)])
    documents = [make_document(page) for page in pages if not isinstance(page, Rejection)]
    return [document for document in documents if document.rejected is None and document.text.strip()]


def gold_pairs(parts: Sequence[str]) -> list[Gold]:
    """The labelled pairs of these parts of the gold, or of the families of ``tools/training`` (`FAMILIES`)."""
    found = []
    for part in parts:
        folder, name = (TRAINING, f"derivation-{part}") if part == FAMILIES else (GOLD / "derivation", part)
        documents = folder / (f"{name}.jsonl" if part == FAMILIES else f"{name}-documents.jsonl")
        readings = Readings(documents_of(documents))
        incidents = {row["id"]: row["incident"] for row in lines(documents)}
        digests = _round_ups(incidents)
        for pair in lines(folder / f"{name}-pairs.jsonl"):
            # A round-up's pairs belong to the incident that the other text is of.
            groups = sorted((incidents[pair["a"]], incidents[pair["b"]]), key=lambda name: (name in digests, name))
            alignment, features = readings.aligned(pair["from"] or pair["a"], pair["to"] or pair["b"])
            found.append(Gold(pair, groups[0], features, digests.isdisjoint(groups), alignment))
    return found


def _round_ups(incidents: Mapping[str, str]) -> set[str]:
    """Groups whose documents are all round-ups, by their ids."""
    groups: dict[str, set[str]] = {}
    for id_, incident in incidents.items():
        groups.setdefault(incident, set()).add(id_.rpartition("-")[2])
    return {incident for incident, kinds in groups.items() if kinds <= {"r", "r2"}}


def lines(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.strip():
            yield json.loads(line)


def one_origin_rows(gold: Sequence[Gold]) -> list[Row]:
    rows = []
    for pair, incident, features, _, _ in gold:
        if pair["kind"] not in ("verbatim", "abridged"):
            rows.append(Row(features, float(pair["kind"] in ONE_ORIGIN), 1.0, incident))
    return rows


def common_source_rows(gold: Sequence[Gold]) -> list[Row]:
    parents: dict[str, set[str]] = {}
    for pair, *_ in gold:
        if pair["from"]:
            parents.setdefault(pair["to"], set()).add(pair["from"])
    chosen = [
        one
        for one in gold
        if one.whole
        and not dispatched(one.alignment.one.unit.document, one.alignment.other.unit.document)
        and (
            one.pair["kind"] == "common-source"
            or (
                one.pair["kind"] == "paraphrase"
                and (one.pair["from"] or not parents.get(one.pair["a"], set()) & parents.get(one.pair["b"], set()))
            )
        )
    ]
    sizes: dict[str, int] = {}
    for one in chosen:
        sizes[one.incident] = sizes.get(one.incident, 0) + 1
    mean = sum(size**-0.5 for size in (sizes[one.incident] for one in chosen)) / len(chosen)
    return [
        Row(one.features, float(one.pair["kind"] == "common-source"), sizes[one.incident] ** -0.5 / mean, one.incident)
        for one in chosen
    ]


def changed_rows(gold: Sequence[Gold]) -> dict[ChangeKind, list[Row]]:
    """The facts of labelled pairs that may have been changed into each other, those of an incident weighing together as
    the root of their number."""
    found: dict[ChangeKind, list[Row]] = {kind: [] for kind in CHANGED_BY}
    for pair, incident, _, _, alignment in gold:
        if pair["kind"] not in ONE_ORIGIN or pair["kind"] == "verbatim" or "changes" not in pair:
            continue
        marked = [(c["kind"], Span(*c["from"]), Span(*c["to"])) for c in pair["changes"]]
        for kind, mine, theirs, features in _facts(alignment):
            names = ("name", "place")
            label = any(
                (known == kind or (known in names and kind in names)) and _meet(one, mine) and _meet(other, theirs)
                for known, one, other in marked
            )
            found[kind].append(Row(features, float(label), 1.0, incident))
    for kind, rows in found.items():
        sizes = Counter(row.incident for row in rows)
        mean = sum(sizes[row.incident] ** -0.5 for row in rows) / max(1, len(rows))
        found[kind] = [row._replace(weight=sizes[row.incident] ** -0.5 / mean) for row in rows]
    return found


def _facts(alignment: Alignment) -> Iterator[tuple[ChangeKind, Span, Span, dict[str, float]]]:
    """Every two facts of which the one may have been changed into the other."""
    differences = Differences(alignment)
    a, b = differences.sides()
    for mine, theirs in ((a.numbers, b.numbers), (a.timed, b.timed), (a.names, b.names)):
        couples = differences.couples(mine, theirs)
        for couple in couples.open:
            one, other = couples.pair(couple)
            yield couples.kind(couple), a.span(one), b.span(other), couples.features(couple)
    turns = differences.turns
    for turn in turns.all:
        yield "polarity", *turns.spans(turn), turns.features(turn)


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def independent_rows(labelled: int) -> list[Row]:
    """Pairs of reports none of which was made from another, those of one incident and those of others in one conflict
    each weighing their share of the labelled pairs. Only pairs of which the decision would be asked."""
    least = DerivationOptions().told_plain
    reports = [row for name in INDEPENDENTS for row in lines(TRAINING / name)]
    forms = forms_of(reports)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "forms.jsonl"
        path.write_text("".join(json.dumps({**form, "reports": None}) + "\n" for form in forms), encoding="utf-8")
        readings = Readings(documents_of(path))
    reports_in = {form["id"]: form["reports"] for form in forms}
    found: dict[bool, list[tuple[str, Mapping[str, float]]]] = {False: [], True: []}
    for one, other in combinations(reports, 2):
        if one["conflict"] != other["conflict"]:
            continue
        number = reports.index(one) + reports.index(other)
        for a, b in (FORMS[0], FORMS[1 + number % 7], FORMS[1 + (number + 3) % 7]):
            pair = (f"{one['id']} {a}", f"{other['id']} {b}")
            if reports_in[pair[0]] & reports_in[pair[1]]:
                continue
            features = readings.aligned(*pair)[1]
            if features["plain-weight"] >= least:
                found[one["incident"] == other["incident"]].append((one["conflict"], features))
    rows: list[Row] = []
    for same, share in ((False, OTHER_EVENT), (True, OTHER_DESK)):
        weight = share * labelled / max(1, len(found[same]))
        rows.extend(Row(features, 0.0, weight, INDEPENDENT + conflict) for conflict, features in found[same])
    return rows


def forms_of(reports: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each report whole, its head, and the report followed by one of another incident in its conflict; `reports` are
    the ids of what a form is made of."""
    forms: list[dict[str, Any]] = []
    for i, report in enumerate(reports):
        paragraphs = report["text"].split("\n\n")
        next_ = next(
            other
            for other in (*reports[i + 1 :], *reports[:i])
            if other["conflict"] == report["conflict"] and other["incident"] != report["incident"]
        )
        texts = {
            "whole": (report["text"], {report["id"]}),
            "head": ("\n\n".join(paragraphs[: max(2, len(paragraphs) // 2)]), {report["id"]}),
            "double": (report["text"] + "\n\n" + next_["text"], {report["id"], next_["id"]}),
        }
        forms.extend(
            {
                "id": f"{report['id']} {form}",
                "outlet": report["outlet"],
                "published": report["published"],
                "text": text,
                "reports": ids,
            }
            for form, (text, ids) in texts.items()
        )
    return forms


def fitted(values: Values, labels: Values, weights: Values, signs: Sequence[int], strength: float = RIDGE) -> Values:
    """The weights of a logistic regression with a ridge, the bias last and without one, by Newton's method projected to
    the weights that `signs` allow."""
    inputs = np.c_[values, np.ones(len(values))]
    ridge = np.array([strength] * len(signs) + [1e-6])
    bound = np.array([*signs, 0])
    return fit(inputs, labels, weights, ridge, bound, np.zeros(len(bound)))


def trained(
    name: str, by: Mapping[str, int], rows: Sequence[Row], shown: Sequence[float], ridge: float = RIDGE
) -> list[str]:
    """The lines of one decision, after its cross-validated figures over the labelled rows were printed."""
    table = np.array([[row.features[key] for key in by] for row in rows])
    labels = np.array([row.label for row in rows])
    weights = np.array([row.weight for row in rows])
    gold = np.array([not row.incident.startswith(INDEPENDENT) for row in rows])
    usual, spread = table[gold].mean(axis=0), table[gold].std(axis=0) + 1e-9
    values = (table - usual) / spread
    incidents = sorted({row.incident for row in rows})
    folds = np.array([incidents.index(row.incident) % FOLDS for row in rows])
    told = np.zeros(len(rows))
    for fold in range(FOLDS):
        found = fitted(values[folds != fold], labels[folds != fold], weights[folds != fold], list(by.values()), ridge)
        told[folds == fold] = 1.0 / (1.0 + np.exp(-np.c_[values, np.ones(len(rows))][folds == fold] @ found))
    print(f"{name}: {int(gold.sum())} labelled pairs, {int((~gold).sum())} independent ones")
    for cut in shown:
        yes, real = told[gold] >= cut, labels[gold] > 0
        tied = (told[~gold] >= cut).mean() if (~gold).any() else 0.0
        print(
            f"  at {cut}: accuracy {(yes == real).mean():.3f}, precision {real[yes].mean():.3f}, "
            f"recall {yes[real].mean():.3f}, independent ones tied {tied:.3f}"
        )
    found = fitted(values, labels, weights, list(by.values()), ridge)
    written = [f"[{name}]", f"bias = {found[-1]:.4f}", "", f"[{name}.features]"]
    for key, a, b, weight in zip(by, usual, spread, found[:-1], strict=True):
        if abs(weight) < 5e-5:  # it says nothing
            continue
        written.append(f"{key} = {{ usual = {a:.4f}, spread = {b:.4f}, weight = {weight:.4f} }}")
    return [*written, ""]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dry", action="store_true", help="only print the figures")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS, help="of the labelled pairs")
    parser.add_argument("--target", type=Path, default=TARGET)
    options = parser.parse_args()
    gold = gold_pairs(options.parts)
    rows = one_origin_rows(gold)
    written = [
        "# The weights of derivation's decisions in log-odds, one spread from the usual value of a feature.",
        "# Written by tools/train_derivation.py; not edited by hand.",
        "",
        *trained("one-origin", ONE_ORIGIN_BY, [*rows, *independent_rows(len(rows))], (0.3, 0.35, 0.4, 0.5)),
        *trained("common-source", COMMON_SOURCE_BY, common_source_rows(gold), (0.4, 0.5, 0.6)),
    ]
    for kind, rows in changed_rows(gold).items():
        written.extend(trained(f"changed-{kind}", CHANGED_BY[kind], rows, (0.25, 0.3, 0.4, 0.5), CHANGED_RIDGE))
    if not options.dry:
        options.target.write_text("\n".join(written[:-1]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
