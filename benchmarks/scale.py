"""A collection of short reports, and a hundred more: time by stage, memory, growth, and what an addition costs.

    python benchmarks/scale.py [--reports 2000 10000] [--added 100] [--workers 2] [--copies 0.0] [--layers made]
                               [--keep FOLDER] [--seed 7]

Each size is collated in a process of its own with `--workers` workers into an edition in a file; then the added reports
are collated into it by another. The reports are made up (`short_reports.py`: 150 tokens, as many a day and a state at
every size). With `--layers model` they are parsed, annotated and coded as anyone's; with `--layers made` the layers
that were made along with the words are put into the edition first, as if an earlier run had annotated them, so that
all that comes after the parse is measured at sizes whose parse would take hours (copies that are cut, and the added
reports, are annotated by the model in either case).

Told are wall seconds of each stage, processor seconds of all processes, the peak resident memory of the process and of
the largest worker, the peak of all together (sampled twice a second, shared pages counted once, `Pss`), the size of the
file, and between two sizes the exponent of growth.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from short_reports import Filed, reports
from variorum.pages import read_pages
from variorum.pipeline import Progress, RunOptions, collate
from variorum.pipeline.annotator import Work
from variorum.pipeline.page_documents import made
from variorum.pipeline.references import own_reference
from variorum.records import Annotation, Page
from variorum.store import open_store

_STEP = 1_000  # annotations that are stored at once


class Stages(Progress):
    """Wall seconds of each stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._stage, self._since = "", 0.0

    def begin(self, stage: str, total: int | None = None) -> None:
        self.end()
        self._stage, self._since = stage, time.monotonic()

    def end(self) -> None:
        if self._stage:
            self.seconds[self._stage] = self.seconds.get(self._stage, 0.0) + time.monotonic() - self._since
        self._stage = ""


class Memory(threading.Thread):
    """The most memory that this process and those it started hold at once, in MB."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak = 0.0
        self._ended = threading.Event()

    def run(self) -> None:
        while not self._ended.wait(0.5):
            self.peak = max(self.peak, sum(map(_held, [os.getpid(), *_children(os.getpid())])))

    def stop(self) -> float:
        self._ended.set()
        self.join()
        return self.peak


def _held(pid: int) -> float:
    """The memory of a process in MB, what it shares with others in parts; 0 where it has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)


def _children(pid: int) -> list[int]:
    try:
        found = [
            int(child)
            for task in Path(f"/proc/{pid}/task").iterdir()
            for child in (task / "children").read_text(encoding="ascii").split()
        ]
    except OSError:
        return []
    return found + [below for child in found for below in _children(child)]


def write(filed: Iterable[Filed], target: Path) -> dict[str, Annotation]:
    """Write the records as JSON Lines; gives the layers that were made along, by record."""
    layers = {}
    with target.open("w", encoding="utf-8") as file:
        for number, each in enumerate(filed, 1):
            file.write(json.dumps(each.record) + "\n")
            if each.annotation is not None:
                layers[f"{target.name}:{number}"] = each.annotation
    return layers


def fill(source: Path, layers: dict[str, Annotation], output: Path) -> None:
    """Put made layers into an edition under the keys of the work that would give them."""
    store = open_store(output)

    def done() -> Iterator[tuple[str, Annotation]]:
        for page in read_pages([source]):
            assert isinstance(page, Page)
            annotation = layers.get(Path(page.source).name)
            if annotation is not None:
                document = made(page)
                reference = own_reference(document)
                yield (
                    Work(document=document, reference=reference).key,
                    replace(annotation, document=document.id, reference=reference),
                )

    work = done()
    while batch := dict(islice(work, _STEP)):
        store.add_annotations(batch)
    store.close()


def run(source: Path, output: Path, workers: int) -> dict[str, Any]:
    """One collation, in this process; what it took."""
    stages, memory = Stages(), Memory()
    memory.start()
    began = time.monotonic()
    edition = collate(source, output=output, options=RunOptions(workers=workers), progress=stages)
    wall = time.monotonic() - began
    told = repr(edition)
    edition.close()
    own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "wall": wall,
        "processor": own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime,
        "own_mb": own.ru_maxrss / 1024,
        "worker_mb": others.ru_maxrss / 1024,
        "together_mb": memory.stop(),
        "file_mb": output.stat().st_size / 1e6,
        "stages": stages.seconds,
        "told": told,
    }


def apart(source: Path, output: Path, workers: int) -> dict[str, Any]:
    """As `run`, in a process of its own."""
    command = [sys.executable, __file__, "--one", str(source), str(output), "--workers", str(workers)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def show(name: str, found: dict[str, Any]) -> None:
    print(
        f"{name}: {found['wall']:.1f} s, processor {found['processor']:.1f} s; peak {found['own_mb']:.0f} MB, largest "
        f"worker {found['worker_mb']:.0f} MB, together {found['together_mb']:.0f} MB; file {found['file_mb']:.0f} MB"
    )
    print("   " + ", ".join(f"{stage} {spent:.1f}" for stage, spent in found["stages"].items()))
    print(f"   {found['told']}", flush=True)


def measure(options: argparse.Namespace, folder: Path) -> None:
    before: tuple[int, dict[str, Any]] | None = None
    for count in options.reports:
        source, output, more = (folder / f"{count}{end}" for end in (".jsonl", ".sqlite", "-more.jsonl"))
        filed = reports(count + options.added, options.seed, options.copies)
        layers = write(islice(filed, count), source)
        write(filed, more)
        if options.layers == "made":
            fill(source, layers, output)
        del layers
        found = apart(source, output, options.workers)
        show(f"{count:,} reports", found)
        if before is not None:
            share = math.log(count / before[0])
            rows = [
                ("all", found["wall"], before[1]["wall"]),
                ("processor", found["processor"], before[1]["processor"]),
            ]
            rows += [(stage, spent, before[1]["stages"].get(stage, 0)) for stage, spent in found["stages"].items()]
            grown = ", ".join(
                f"{stage} n^{math.log(now / then) / share:.2f}" for stage, now, then in rows if then > 0.2
            )
            print(f"   growth: {grown}", flush=True)
        before = count, found
        if options.added:
            added = apart(more, output, 1)
            show(f"{options.added} more", added)
            print(f"   {added['wall'] / found['wall']:.2%} of the time of the whole", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, nargs="+", default=[2_000, 10_000])
    parser.add_argument("--added", type=int, default=100)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--copies", type=float, default=0.0)
    parser.add_argument("--layers", choices=["made", "model"], default="made")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--keep", type=Path, help="the folder in which inputs and editions stay")
    parser.add_argument("--one", type=Path, nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        source, output = options.one
        print(json.dumps(run(source, output, options.workers)))
        return
    with tempfile.TemporaryDirectory() as name:
        folder = options.keep or Path(name)
        folder.mkdir(exist_ok=True)
        measure(options, folder)


if __name__ == "__main__":
    main()
