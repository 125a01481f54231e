"""What the scorers of the project's own gold share: a half is read, annotated as any input is, and told or shown."""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import variorum
from variorum.records import AnnotatedDocument, Layer

T = TypeVar("T")

GOLD = Path(__file__).resolve().parents[1] / "tests" / "gold"
HALVES = ("tune", "tune-2", "tune-3", "tune-4", "tune-5", "tune-6", "tune-7", "test")  # not every set has all


def read(name: str, half: str) -> list[dict[str, Any]]:
    """The rows of one part of ``tests/gold/<name>``."""
    lines = (GOLD / name / f"{half}.jsonl").read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line.strip()]


def annotated(rows: Sequence[dict[str, Any]], layers: Sequence[Layer]) -> list[AnnotatedDocument]:
    """These layers over each row's text, by the whole pipeline, with its date of publication where it has one.

    Raises SystemExit where a document's text is not the gold's, for then no offset would mean anything.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "texts.jsonl"
        kept = ({key: row[key] for key in ("id", "text", "published") if row.get(key)} for row in rows)
        path.write_text("".join(json.dumps(row) + "\n" for row in kept), encoding="utf-8")
        documents = list(variorum.annotate([path], layers=layers))
    for row, document in zip(rows, documents, strict=True):
        if document.text != row["text"] or document.rejected is not None:
            raise SystemExit(f"{row['id']}: the document is not the gold text ({document.rejected})")
    return documents


def overlap(one: tuple[int, int], other: tuple[int, int]) -> int:
    """Characters that two spans share."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 1.0


def f1(right: int, given: int, gold: int) -> float:
    return share(2 * right, given + gold)


def arguments(doc: str | None) -> argparse.Namespace:
    """The scorers' command line: ``half``, ``errors``, ``json``. The misses of a test set are not for reading."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=HALVES, required=True)
    parser.add_argument("--errors", action="store_true", help="print each miss in its text (not of a test set)")
    parser.add_argument("--json", action="store_true", help="print one line of JSON")
    parser.add_argument("--ids", choices=("even", "odd"), help="only rows whose id hashes so (odd: not for reading)")
    options = parser.parse_args()
    if options.errors and (options.half == "test" or options.ids == "odd"):
        parser.error("the misses of a test set are not for reading")
    return options


def main(
    doc: str | None,
    score: Callable[[str], Sequence[T]],
    figures: Callable[[Sequence[T]], dict[str, Any]],
    show: Callable[[T], None],
) -> None:
    """A scorer of one layer: the misses of each text where they are asked for, then the figures."""
    options = arguments(doc)
    scored = score(options.half)
    if options.errors:
        for one in scored:
            show(one)
    told = figures(scored)
    print(json.dumps(told) if options.json else "  ".join(f"{name} {value}" for name, value in told.items()))


def is_odd(name: str) -> bool:
    """Whether an id's SHA-256 is an odd number: such rows of a part that is also learned of stay an estimate."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 2 == 1


def among(ids: str | None, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows that ``--ids`` asks for; all without it."""
    return [row for row in rows if ids is None or is_odd(row["id"]) == (ids == "odd")]
