"""Progress on stderr: a bar with rate and time left on a terminal, one line a stage elsewhere."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from variorum.pipeline import Progress

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID


class TerminalProgress(Progress):
    """Shows stages as they come; counts the notes of rejected inputs, so that the exit code can tell of them."""

    def __init__(self, *, quiet: bool = False) -> None:
        self._quiet = quiet
        self._live = sys.stderr.isatty() and not quiet
        self._stage: str | None = None
        self._steps = self._expected = 0
        self._started = 0.0
        self.rejected = 0
        self._task: TaskID | None = None
        self._bar = _bar() if self._live else None
        if self._bar is not None:
            self._bar.start()

    def begin(self, stage: str, total: int | None = None) -> None:
        self._close_stage()
        self._stage, self._steps, self._started = stage, 0, time.monotonic()
        self._expected = total or 0
        if self._bar is not None:
            self._task = self._bar.add_task(stage, total=total, rate="")

    def expect(self, steps: int) -> None:
        self._expected += steps
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, total=self._expected)

    def advance(self, steps: int = 1) -> None:
        self._steps += steps
        if self._bar is not None and self._task is not None:
            elapsed = time.monotonic() - self._started
            rate = f"{self._steps / elapsed:.1f}/s" if elapsed > 0 else ""
            self._bar.update(self._task, advance=steps, rate=rate)

    def note(self, line: str) -> None:
        self.rejected += line.startswith("rejected: ")
        line = "".join(c if c.isprintable() else "\ufffd" for c in line)  # a terminal obeys what a name may hold
        if self._bar is not None:
            self._bar.console.print(line, markup=False, highlight=False, soft_wrap=True)
        else:
            print(line, file=sys.stderr)  # noqa: T201 - stderr is where a person looks

    def end(self) -> None:
        self._close_stage()
        if self._bar is not None:
            self._bar.stop()

    def _close_stage(self) -> None:
        if self._stage is None:
            return
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, total=max(self._steps, 1), completed=max(self._steps, 1))
        elif not self._quiet:
            took = time.monotonic() - self._started
            done = f"{self._steps:,} done in " if self._steps else ""
            print(f"{self._stage}: {done}{took:.1f} s", file=sys.stderr)  # noqa: T201
        self._stage = None


def _bar() -> Bar:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    )
