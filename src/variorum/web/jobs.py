"""Work that writes the edition: one job at a time, in the order in which they came, watched as they go."""

from __future__ import annotations

import logging
import secrets
import shutil
import threading
from collections import deque
from queue import Queue
from typing import Literal

from msgspec.structs import replace

from variorum.errors import VariorumError
from variorum.pipeline.progress import Progress
from variorum.records import Record

from .tasks import Ingest, Received, Task
from .worker import Worker

JobState = Literal["waiting", "running", "done", "failed"]
_KEPT = 1_000  # jobs that are remembered after they end
_NOTES = 10_000  # lines that one job may leave; what a run says beyond is counted
_log = logging.getLogger(__name__)


class JobStatus(Record, frozen=True, kw_only=True):
    """One job as it stands. `stage` is what is being done, `done` of `total` its steps, `total` None where they are not
    known. `notes` are what a person should see of the edition as a whole (how many texts have no date). What came of it
    stands in `result` (of a ruling the id of its decision) and in `documents` (of an ingestion, in the order in which
    they were read)."""

    id: str
    kind: str
    state: JobState
    stage: str = ""
    done: int = 0
    total: int | None = None
    notes: tuple[str, ...] = ()
    error: str | None = None
    result: str | None = None
    documents: tuple[Received, ...] = ()

    @property
    def is_over(self) -> bool:
        return self.state in ("done", "failed")


class Jobs:
    """A queue of jobs that one process carries out: `worker`, which others may use as well, or one of its own."""

    def __init__(self, worker: Worker | None = None) -> None:
        self._statuses: dict[str, JobStatus] = {}
        self._lock = threading.Lock()
        self._waiting: Queue[tuple[str, Task] | None] = Queue()
        self._thread: threading.Thread | None = None
        self._over: deque[str] = deque()
        self._worker = worker or Worker()
        self._owned = worker is None
        self._closed = False

    def add(self, task: Task) -> JobStatus:
        """Let a task be carried out when its turn comes. The folder of an ingestion is gone with its job."""
        kind = "ingest" if isinstance(task, Ingest) else "ruling"
        job = JobStatus(id=f"j-{secrets.token_hex(8)}", kind=kind, state="waiting")
        with self._lock:
            self._statuses[job.id] = job
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="variorum-jobs", daemon=True)
                self._thread.start()
        self._waiting.put((job.id, task))
        return job

    def all(self) -> tuple[JobStatus, ...]:
        """Every job that is remembered, in the order in which they came."""
        with self._lock:
            return tuple(self._statuses.values())

    def status(self, id_: str) -> JobStatus | None:
        with self._lock:
            return self._statuses.get(id_)

    def close(self) -> None:
        """Take no more work, and end what is under way: what it stored stays, and the same again goes on from there."""
        self._closed = True
        self._waiting.put(None)
        if self._owned:
            self._worker.close()
        if self._thread is not None:
            self._thread.join()

    def update(self, id_: str, **changes: object) -> None:
        with self._lock:
            self._statuses[id_] = replace(self._statuses[id_], **changes)

    def _run(self) -> None:
        while (waiting := self._waiting.get()) is not None:
            id_, task = waiting
            try:
                if not self._closed:
                    self._carry_out(id_, task)
            finally:
                if isinstance(task, Ingest):
                    shutil.rmtree(task.folder, ignore_errors=True)
            self._over.append(id_)
            if len(self._over) > _KEPT:
                with self._lock:
                    self._statuses.pop(self._over.popleft(), None)

    def _carry_out(self, id_: str, task: Task) -> None:
        self.update(id_, state="running")
        try:
            outcome = self._worker.run(task, _Told(self, id_))
            found = outcome.documents
            self.update(
                id_, state="done", stage="", done=len(found), total=len(found), documents=found, result=outcome.result
            )
        except VariorumError as error:
            self.update(id_, state="failed", error=str(error))
        except Exception as error:
            _log.error("job %s", id_, exc_info=error)
            self.update(id_, state="failed", error="the server made a mistake; its log tells which")


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
