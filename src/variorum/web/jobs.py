"""Work that writes the edition: one job at a time, in the order in which they came, watched as they go."""

from __future__ import annotations

import logging
import threading
from collections import deque
from pathlib import Path
from queue import Queue
from typing import Literal

from msgspec.structs import replace

from variorum.errors import EditionError, InputError, VariorumError
from variorum.pipeline.faults import Fault
from variorum.pipeline.progress import Progress
from variorum.records import Record

from .options import ServeOptions
from .problems import BusyError, told
from .spool import Asked, JobKind, Reserved, Spool, spool_folder
from .tasks import Ingest, Received, Rule, Task, Verify
from .worker import LostError, Worker

JobState = Literal["waiting", "running", "done", "failed"]
_KEPT = 1_000  # jobs that are remembered after they end
_NOTES = 10_000  # lines that one job may leave; what a run says beyond is counted
_CHECKS = 4  # checks that wait at once
_TRIES = 3  # times that a job is begun which ends its server each time
TAKEN_UP = "taken up again: the server ended before this was done"
_log = logging.getLogger(__name__)


class JobStatus(Record, frozen=True, kw_only=True):
    """One job as it stands. `stage` is what is being done, `done` of `total` its steps, `total` None where they are not
    known. `notes` are what a person should see of the edition as a whole (how many texts have no date). What came of it
    stands in `result` (of a ruling the id of its decision) and in `documents` (of an ingestion, in the order in which
    they were read), and of a check what is broken in `faults`."""

    id: str
    kind: JobKind
    state: JobState
    stage: str = ""
    done: int = 0
    total: int | None = None
    notes: tuple[str, ...] = ()
    error: str | None = None
    result: str | None = None
    documents: tuple[Received, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def is_over(self) -> bool:
        return self.state in ("done", "failed")


class Jobs:
    """A queue of jobs on the edition at `target` that one process carries out: `worker`, which others may use as well,
    or one of its own. A job that was accepted is on the disk (see `spool`) until it ended."""

    def __init__(self, target: str | Path, options: ServeOptions, worker: Worker | None = None) -> None:
        self._target = str(target)
        self._options = options
        self._spool = Spool(options.jobs or spool_folder(target))
        self._statuses: dict[str, JobStatus] = {}
        self._lock = threading.Lock()
        self._waiting: Queue[tuple[Reserved, Asked] | None] = Queue()
        self._rulings: dict[str, tuple[Reserved, Asked]] = {}  # those that wait: any run brings the whole log in
        self._heads: dict[str, str | None] = {}  # what the checks that are open hold the log of custody to
        self._thread: threading.Thread | None = None
        self._over: deque[str] = deque()
        self._number = 0
        self._worker = worker or Worker()
        self._owned = worker is None
        self._closed = False

    def reserve(self) -> Reserved:
        """A place for a job that is about to be asked for. Raises EditionError where none can be kept."""
        with self._lock:
            return self._spool.reserve()

    def add(self, reserved: Reserved, asked: Asked) -> JobStatus:
        """Keep a job, and let it be carried out when its turn comes. Its folder is gone when it ended. Raises
        EditionError where it cannot be kept; nothing of it is left then."""
        self.keep(reserved, asked)
        return self.begin(reserved, asked)

    def keep(self, reserved: Reserved, asked: Asked) -> None:
        """The first half of `add`: from here on the job is not lost."""
        with self._lock:
            self._number += 1
            numbered = replace(asked, number=self._number)
        try:
            reserved.keep(numbered)
        except EditionError:
            reserved.drop()
            raise

    def begin(self, reserved: Reserved, asked: Asked, notes: tuple[str, ...] = ()) -> JobStatus:
        """The second half of `add`: queue a job that is kept."""
        job = JobStatus(id=reserved.id, kind=asked.kind, state="waiting", notes=notes)
        with self._lock:
            self._statuses[job.id] = job
            if asked.kind == "ruling":
                self._rulings[job.id] = (reserved, asked)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="variorum-jobs", daemon=True)
                self._thread.start()
        self._waiting.put((reserved, asked))
        return job

    def verify(self, head: str | None) -> JobStatus:
        """A check of the edition; the one that waits already, where it is the same. Raises BusyError where many wait:
        anyone who may read may ask for one."""
        with self._lock:
            waiting = [each for each in self._statuses.values() if each.kind == "verify" and not each.is_over]
            for each in waiting:
                if each.state == "waiting" and self._heads.get(each.id) == head:
                    return each
            if len(waiting) >= _CHECKS:
                raise BusyError("many checks of this edition wait already; ask again when they are done")
        reserved = self.reserve()
        self._heads[reserved.id] = head
        return self.add(reserved, Asked(kind="verify", head=head))

    def resume(self) -> int:
        """Take up what servers that are gone left open; how many jobs that is."""
        with self._lock:
            found = self._spool.taken_up()
        for reserved, asked in found:
            self._number = max(self._number, asked.number)
            self.begin(reserved, asked, (TAKEN_UP,))
        return len(found)

    def all(self) -> tuple[JobStatus, ...]:
        """Every job that is remembered, in the order in which they came."""
        with self._lock:
            return tuple(self._statuses.values())

    def status(self, id_: str) -> JobStatus | None:
        with self._lock:
            return self._statuses.get(id_)

    def close(self) -> None:
        """Take no more work, and end what is under way: what it stored stays, and what is open is taken up by the next
        server of this edition."""
        self._closed = True
        self._waiting.put(None)
        if self._owned:
            self._worker.close()
        if self._thread is not None:
            self._thread.join()
        self._spool.close()

    def update(self, id_: str, **changes: object) -> None:
        with self._lock:
            self._statuses[id_] = replace(self._statuses[id_], **changes)

    def _run(self) -> None:
        while (waiting := self._waiting.get()) is not None:
            reserved, asked = waiting
            if not self._closed and not self._statuses[reserved.id].is_over:
                self._carry_out(reserved, asked)

    def _carry_out(self, reserved: Reserved, asked: Asked) -> None:
        id_ = reserved.id
        self.update(id_, state="running")
        with self._lock:
            self._rulings.pop(id_, None)
            brought = list(self._rulings.values())  # they are in the log by now, and this run reads the log
        try:
            task = self._task(reserved, asked)
            reserved.keep(replace(asked, begun=asked.begun + 1))
            outcome = self._worker.run(task, _Told(self, id_))
        except (LostError, EditionError) as error:  # nothing that was sent is to blame: another server may do it
            if not self._closed:
                self._end(
                    reserved,
                    keep=True,
                    state="failed",
                    error=f"{told(error)}; it is kept, and taken up by the next server",
                )
        except VariorumError as error:
            if not self._closed:
                self._end(reserved, state="failed", error=told(error))
        except Exception as error:
            _log.error("job %s", id_, exc_info=error)
            self._end(reserved, state="failed", error="the server made a mistake; its log tells which")
        else:
            found = outcome.documents
            self._end(
                reserved, state="done", stage="", done=len(found), total=len(found), documents=found,
                result=outcome.result, faults=outcome.faults,
            )  # fmt: skip
            for other, ruled in brought:
                self._end(other, state="done", stage="", done=0, total=0, result=ruled.decision)

    def _task(self, reserved: Reserved, asked: Asked) -> Task:
        """What the process is told to do. Raises InputError where it may not be done, or was tried too often."""
        if asked.begun >= _TRIES:
            raise InputError(f"it was begun {asked.begun} times, and the server ended each time")
        if asked.kind == "ruling":
            return Rule(target=self._target, workers=self._options.workers, decision=asked.decision or "")
        if asked.kind == "verify":
            return Verify(target=self._target, head=asked.head)
        if asked.addresses and not self._options.allow_network:
            raise InputError("the network is off: `variorum serve --allow-network` lets addresses be fetched")
        return Ingest(
            target=self._target,
            folder=str(reserved.files),
            addresses=asked.addresses,
            workers=self._options.workers,
        )

    def _end(self, reserved: Reserved, *, keep: bool = False, **changes: object) -> None:
        if not keep:
            reserved.drop()
        self.update(reserved.id, **changes)
        with self._lock:
            self._rulings.pop(reserved.id, None)
            self._heads.pop(reserved.id, None)
            self._over.append(reserved.id)
            if len(self._over) > _KEPT:
                self._statuses.pop(self._over.popleft(), None)


class _Told(Progress):
    """Writes what a run tells of itself into its job."""

    def __init__(self, jobs: Jobs, id_: str) -> None:
        self._jobs, self._id = jobs, id_
        self._done = 0
        self._total: int | None = None
        status = jobs.status(id_)
        self._notes = list(status.notes) if status is not None else []

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
