"""Work that writes the edition: one job at a time, in the order in which they came, watched as they go."""

from __future__ import annotations

import logging
import secrets
import threading
from collections import deque
from collections.abc import Callable
from queue import Queue
from typing import Literal

from msgspec.structs import replace

from variorum.errors import VariorumError
from variorum.pipeline.progress import Progress
from variorum.records import Record

JobState = Literal["waiting", "running", "done", "failed"]
_KEPT = 1_000  # jobs that are remembered after they end
_NOTES = 10_000  # lines that one job may leave; what a run says beyond is counted
_log = logging.getLogger(__name__)


class JobStatus(Record, frozen=True, kw_only=True):
    """One job as it stands. `stage` is what is being done, `done` of `total` its steps, `total` None where they are not
    known. `notes` are what a person should see: what was rejected, and why. `result` names what came of it."""

    id: str
    kind: str
    state: JobState
    stage: str = ""
    done: int = 0
    total: int | None = None
    notes: tuple[str, ...] = ()
    error: str | None = None
    result: str | None = None

    @property
    def is_over(self) -> bool:
        return self.state in ("done", "failed")


Work = Callable[[Progress], str | None]


class Jobs:
    """A queue of jobs with one worker."""

    def __init__(self) -> None:
        self._statuses: dict[str, JobStatus] = {}
        self._lock = threading.Lock()
        self._waiting: Queue[tuple[str, Work] | None] = Queue()
        self._worker: threading.Thread | None = None
        self._over: deque[str] = deque()

    def add(self, kind: str, work: Work) -> JobStatus:
        """Let some work be done when its turn comes. It raises VariorumError where it cannot be done."""
        job = JobStatus(id=f"j-{secrets.token_hex(8)}", kind=kind, state="waiting")
        with self._lock:
            self._statuses[job.id] = job
            if self._worker is None:
                self._worker = threading.Thread(target=self._run, name="variorum-jobs", daemon=True)
                self._worker.start()
        self._waiting.put((job.id, work))
        return job

    def all(self) -> tuple[JobStatus, ...]:
        """Every job that is remembered, in the order in which they came."""
        with self._lock:
            return tuple(self._statuses.values())

    def status(self, id_: str) -> JobStatus | None:
        with self._lock:
            return self._statuses.get(id_)

    def close(self) -> None:
        """Take no more work. What is under way goes on to its end, unless the process ends before."""
        self._waiting.put(None)

    def update(self, id_: str, **changes: object) -> None:
        with self._lock:
            self._statuses[id_] = replace(self._statuses[id_], **changes)

    def _run(self) -> None:
        while (waiting := self._waiting.get()) is not None:
            id_, work = waiting
            self.update(id_, state="running")
            try:
                self.update(id_, result=work(_Told(self, id_)), state="done")
            except VariorumError as error:
                self.update(id_, state="failed", error=str(error))
            except Exception as error:
                _log.error("job %s", id_, exc_info=error)
                self.update(id_, state="failed", error="the server made a mistake; its log tells which")
            self._over.append(id_)
            if len(self._over) > _KEPT:
                with self._lock:
                    self._statuses.pop(self._over.popleft(), None)


class _Told(Progress):
    """Writes what a run tells of itself into its job."""

    def __init__(self, jobs: Jobs, id_: str) -> None:
        self._jobs, self._id = jobs, id_
        self._done = 0
        self._total: int | None = None
        self._notes: list[str] = []

    def begin(self, stage: str, total: int | None = None) -> None:
        self._done, self._total = 0, total
        self._jobs.update(self._id, stage=stage, done=0, total=total)

    def expect(self, steps: int) -> None:
        self._total = (self._total or 0) + steps
        self._jobs.update(self._id, total=self._total)

    def advance(self, steps: int = 1) -> None:
        self._done += steps
        self._jobs.update(self._id, done=self._done)

    def note(self, line: str) -> None:
        if len(self._notes) < _NOTES:
            self._notes.append(line)
            self._jobs.update(self._id, notes=tuple(self._notes))
