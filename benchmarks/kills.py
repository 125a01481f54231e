"""Kill a run at random moments and start it again, until it has been killed so often; then look whether anything shows.

    python benchmarks/kills.py [--kills 50] [--seed 1] [--inputs FOLDER] [--copies 4]

Runs are processes that are killed with SIGKILL, each at a moment drawn from the time that a whole run takes. A run that
ends is compared with one that was never disturbed, byte for byte of its JSON, and a new edition is begun. Before each
start the annotated documents are counted: what the run then says it has to do must be the rest. Without --inputs, the
bundled demo is taken so many times, each time with another line at its end. Ends with exit code 1 where anything shows.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import signal
import sqlite3
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import variorum
from variorum.pipeline import Edition, Progress, RunOptions, collate

DEMO = Path(variorum.__file__).parent / "data" / "demo"
STAGE = "Annotating and coding"


class Told(Progress):
    """Writes down how many documents a run has to annotate."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def begin(self, stage: str, total: int | None = None) -> None:
        if stage == STAGE:
            self._file.write_text(str(total), encoding="utf-8")


def run(inputs: Sequence[Path], output: Path, told: Path) -> None:
    collate(list(inputs), output=output, options=RunOptions(batch=2), progress=Told(told)).close()


def annotated(output: Path) -> int:
    """How many annotations an edition keeps."""
    if not output.exists():
        return 0
    connection = sqlite3.connect(output)
    try:
        return int(connection.execute("SELECT count(*) FROM work").fetchone()[0])
    except sqlite3.OperationalError:
        return 0  # killed before its tables were made
    finally:
        connection.close()


def exported(output: Path) -> str:
    with Edition.open(output) as edition:
        return edition.to_json()


def demo(folder: Path, copies: int) -> list[Path]:
    """The bundled reports, so many times."""
    folder.mkdir()
    for path in sorted(DEMO.glob("*.txt")):
        for number in range(copies):
            text = path.read_text(encoding="utf-8") + f"\n\nThe report was edition {number} of the day.\n"
            (folder / f"{path.stem}-{number}.txt").write_text(text, encoding="utf-8")
    return [folder]


class Trial:
    """Runs, kills and checks; `faults` tell what showed."""

    def __init__(self, inputs: Sequence[Path], folder: Path, seed: int) -> None:
        self._inputs = inputs
        self._folder = folder
        self._draw = random.Random(seed)
        self._fork = multiprocessing.get_context("fork")  # the model is loaded once, before
        self.faults: list[str] = []
        began = time.monotonic()
        self._start("clean").join()
        self._takes = time.monotonic() - began
        self._clean = exported(self._folder / "clean.sqlite")
        self._all = annotated(self._folder / "clean.sqlite")

    def kill(self, kills: int) -> int:
        """Kill so many runs; gives how many editions came to their end meanwhile."""
        killed = ended = 0
        while killed < kills or ended == 0:
            output = self._folder / f"{ended}.sqlite"
            before = annotated(output)
            child = self._start(str(ended))
            child.join(self._draw.uniform(0, self._takes * 0.6) if killed < kills else None)
            if child.is_alive() and child.pid is not None:
                os.kill(child.pid, signal.SIGKILL)
                child.join()
                killed += 1
            self._check_done_once(str(ended), before)
            if child.exitcode == 0:
                if exported(output) != self._clean:
                    self.faults.append(f"edition {ended} differs from one that was never disturbed")
                ended += 1
            elif child.exitcode != -signal.SIGKILL:
                self.faults.append(f"a run of edition {ended} ended with {child.exitcode}")
                break
        return ended

    def _start(self, name: str) -> multiprocessing.process.BaseProcess:
        told = self._folder / f"{name}.told"
        told.unlink(missing_ok=True)
        child = self._fork.Process(target=run, args=(self._inputs, self._folder / f"{name}.sqlite", told))
        child.start()
        return child

    def _check_done_once(self, name: str, before: int) -> None:
        told = self._folder / f"{name}.told"
        if told.exists() and (left := told.read_text(encoding="utf-8")) and int(left) != self._all - before:
            self.faults.append(f"{before} of {self._all} documents were annotated, and {left} were to be")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--inputs", type=Path)
    parser.add_argument("--copies", type=int, default=4)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        inputs = [options.inputs] if options.inputs else demo(folder / "inputs", options.copies)
        collate(DEMO).close()  # loads what a process loads once
        trial = Trial(inputs, folder, options.seed)
        ended = trial.kill(options.kills)
    print(f"{options.kills} runs killed, {ended} editions came to their end, {len(trial.faults)} faults")
    for fault in trial.faults:
        print(fault)
    raise SystemExit(1 if trial.faults else 0)


if __name__ == "__main__":
    main()
