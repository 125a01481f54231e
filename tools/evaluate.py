"""Score every layer and the edition on the corpora, with the scorers that stand beside them.

    python tools/evaluate.py --data ../shared/data --scorers ../shared/evaluate [--only times,places] [--out .eval]

Predictions and figures are kept under --out; the table that it prints is the one in docs/quality.md. A corpus or
scorer that is absent is named and left out.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

import score_pages
import variorum
from variorum.pipeline import RunOptions
from variorum.records import Layer


class Task(NamedTuple):
    """One figure's corpus: what is run on it, and which numbers of the scorer's answer are shown."""

    name: str
    scorer: str
    gold: tuple[str, ...]
    layers: tuple[Layer, ...]  # empty: an edition is made
    shown: tuple[str, ...]


TIMES = ("value.f1", "exact.f1", "overlap.f1", "type_accuracy")
PLACES = ("end_to_end_161km.f1", "accuracy_161km", "accuracy_20km", "overlap.f1", "exact.f1", "auc")
ATTRIBUTIONS = ("tuple_any.f1", "tuple_iou50.f1", "source_any.f1", "cue_any.f1", "content_any.f1")
INCIDENTS = (
    "document.f1",
    "incident.f1",
    "micro.f1",
    "type.f1",
    "date.f1",
    "country.f1",
    "city.f1",
    "killed_within.f1",
)
CLUSTERS = (
    "event.b_cubed.f1",
    "event.pairwise.f1",
    "story.b_cubed.f1",
    "tolls.killed_touch",
    "tolls.killed_within",
    "tolls.injured_touch",
    "tolls.injured_within",
)
TASKS = (
    Task("times: TimeBank", "language", ("times/timebank.jsonl.gz",), ("times",), TIMES),
    Task("times: AQUAINT", "language", ("times/aquaint.jsonl.gz",), ("times",), TIMES),
    Task("times: both", "language", ("times/timebank.jsonl.gz", "times/aquaint.jsonl.gz"), ("times",), TIMES),
    Task("places: LGL", "language", ("places/lgl.jsonl.gz",), ("places",), PLACES),
    Task("places: GeoWebNews", "language", ("places/geowebnews.jsonl.gz",), ("places",), PLACES),
    Task("places: GeoVirus", "language", ("places/geovirus.jsonl.gz",), ("places",), PLACES),
    Task(
        "attributions: PolNeAR dev", "language", ("attributions/polnear-dev.jsonl.gz",), ("attributions",), ATTRIBUTIONS
    ),
    Task(
        "classes: PLV_train",
        "classes",
        ("classes/plv_train.jsonl.gz",),
        ("events",),
        ("macro_f1", "accuracy", "answered"),
    ),
    Task("incidents: MUC", "incidents", ("incidents/muc_tune.jsonl.gz",), ("events",), INCIDENTS),
    Task("clusters: gvc_tune", "clusters", ("clusters/gvc_tune.jsonl.gz",), (), CLUSTERS),
    Task("clusters: gva_more", "clusters", ("clusters/gva_more.jsonl.gz",), (), CLUSTERS),
)


def predict(task: Task, gold: Sequence[Path], out: Path, workers: int) -> tuple[Path, float]:
    """The predictions' file, and the seconds that they took."""
    options = RunOptions(workers=workers)
    target = out / f"{task.name.replace(': ', '-').replace(' ', '_')}.jsonl"
    started = time.perf_counter()
    if task.layers:
        with target.open("wb") as file:
            for document in variorum.annotate(gold, layers=task.layers, options=options):
                file.write(msgspec.json.encode(document) + b"\n")
    else:
        with variorum.collate(gold, options=options) as edition:
            target.write_text(edition.to_json(), encoding="utf-8")
    return target, time.perf_counter() - started


def score(task: Task, gold: Sequence[Path], predictions: Path, scorers: Path) -> dict[str, Any]:
    if task.scorer == "language":
        layer = task.layers[0]
        command = ["score_language.py", layer, "--gold", *map(str, gold), "--pred", str(predictions), "--json"]
    else:
        command = ["score_events.py", task.scorer, *map(str, gold), str(predictions)]
    command[0] = str(scorers / command[0])
    done = subprocess.run([sys.executable, *command], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{task.name}: {done.stderr or done.stdout}")
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def half(path: Path, parity: int, out: Path) -> Path:
    """The rows whose id's SHA-256 is even (0) or odd (1), as a file of its own: errors are read on the even half."""
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
    rows = [line for line in text.split("\n") if line.strip()]
    chosen = [row for row in rows if int(hashlib.sha256(json.loads(row)["id"].encode()).hexdigest(), 16) % 2 == parity]
    target = out / f"{path.name.removesuffix('.gz').removesuffix('.jsonl')}.{('even', 'odd')[parity]}.jsonl"
    target.write_text("\n".join(chosen) + "\n", encoding="utf-8")
    return target


def figure(answer: Any, path: str) -> str:
    for key in path.split("."):
        answer = answer[key]
    return "-" if answer is None else f"{answer:.3f}" if isinstance(answer, float) else str(answer)


def pages(folder: Path, out: Path) -> None:
    """Print the figures of documents made of real pages; the tables by country are kept under `out`."""
    if not folder.exists():
        print(f"| pages: text and metadata | not run: {folder} is not here | |", flush=True)
        return
    started = time.perf_counter()
    scored = score_pages.score_pages(folder)
    seconds = time.perf_counter() - started
    (out / "pages.md").write_text("\n".join(score_pages.tables(scored)) + "\n", encoding="utf-8")
    for name in ("all", "even", "odd"):
        part = [each for each in scored if name in {"all", each.gold.half}]
        for label, rows in ((name, [each.ours for each in part]), (f"{name}, bare", [each.bare for each in part])):
            means = ((shown, score_pages.mean(rows, shown)) for shown in score_pages.SHOWN)
            figures = ", ".join(f"{shown} {value:.3f}" for shown, value in means if value is not None)
            print(f"| pages: text and metadata, {label} | {figures} | {seconds:.0f} |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--scorers", type=Path, default=Path("../shared/evaluate"))
    parser.add_argument("--only", default="", help="beginnings of task names, with commas between them")
    parser.add_argument("--out", type=Path, default=Path(".eval"))
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    options.out.mkdir(exist_ok=True)
    asked = tuple(name for name in options.only.split(",") if name)
    print("| set | figures | seconds |\n|---|---|---|", flush=True)
    for task in TASKS:
        if asked and not task.name.startswith(asked):
            continue
        gold = [options.data / name for name in task.gold]
        if missing := [path for path in (*gold, options.scorers) if not path.exists()]:
            print(f"| {task.name} | not run: {missing[0]} is not here | |")
            continue
        predictions, seconds = predict(task, gold, options.out, options.workers)
        answer = score(task, gold, predictions, options.scorers)
        predictions.with_suffix(".scores.json").write_text(json.dumps(answer, indent=1), encoding="utf-8")
        figures = ", ".join(f"{name} {figure(answer, name)}" for name in task.shown)
        print(f"| {task.name} | {figures} | {seconds:.0f} |", flush=True)
        for parity, name in enumerate(("even", "odd") if task.scorer == "classes" else ()):
            part = half(gold[0], parity, options.out), half(predictions, parity, options.out)
            answer = score(task, part[:1], part[1], options.scorers)
            figures = ", ".join(f"{shown} {figure(answer, shown)}" for shown in task.shown)
            print(f"| {task.name}, {name} half | {figures} | |", flush=True)
    if not asked or "pages: text and metadata".startswith(asked):
        pages(options.data / "pages", options.out)


if __name__ == "__main__":
    main()
