"""The process that carries out what writes the edition, so that those who read wait neither for its processor nor for
its interpreter. It takes tasks on stdin and tells of them on stdout, a JSON object a line."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from typing import IO

import msgspec

from variorum.errors import VariorumError
from variorum.pipeline.progress import Progress
from variorum.records import Record

from .problems import told as told_to_others
from .tasks import Outcome, Task, perform

_NICE = 10  # how far the work stands back behind those who read (POSIX)
_PATIENCE = 10.0  # seconds in which a process that is told to stop does so
_log = logging.getLogger(__name__)


class Begun(Record, frozen=True, kw_only=True, tag=True):
    stage: str
    total: int | None


class Expected(Record, frozen=True, kw_only=True, tag=True):
    steps: int


class Advanced(Record, frozen=True, kw_only=True, tag=True):
    steps: int


class Noted(Record, frozen=True, kw_only=True, tag=True):
    line: str


class Finished(Record, frozen=True, kw_only=True, tag=True):
    outcome: Outcome


class Failed(Record, frozen=True, kw_only=True, tag=True):
    """`reason` is for a person; None is a fault, of which the log tells."""

    reason: str | None


Message = Begun | Expected | Advanced | Noted | Finished | Failed


class TaskError(VariorumError):
    """A task could not be carried out."""


class LostError(TaskError):
    """The process that carried a task out was lost before it told what came of it."""


class Worker:
    """One process for one task at a time, started with the first and kept for the next: it has the models then."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._closed = False

    def run(self, task: Task, progress: Progress) -> Outcome:
        """Carry a task out. Raises TaskError with the reason where it cannot be, or where the process ended before."""
        process = self._started()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(msgspec.json.encode(task) + b"\n")
            process.stdin.flush()
            for line in process.stdout:
                match msgspec.json.decode(line, type=Message):
                    case Begun(stage=stage, total=total):
                        progress.begin(stage, total)
                    case Expected(steps=steps):
                        progress.expect(steps)
                    case Advanced(steps=steps):
                        progress.advance(steps)
                    case Noted(line=note):
                        progress.note(note)
                    case Finished(outcome=outcome):
                        return outcome
                    case Failed(reason=reason):
                        raise TaskError(reason or "the server made a mistake; its log tells which")
        except (BrokenPipeError, msgspec.DecodeError):
            pass  # it is ending, or tells nonsense
        code = self._end(process)
        raise LostError(f"its process ended early (exit code {code}); the same again goes on where it was")

    def close(self) -> None:
        """End the process, whatever it does: what it stored stays, and the same task goes on from there."""
        with self._lock:
            self._closed = True
            if self._process is not None:
                self._end(self._process)

    def _started(self) -> subprocess.Popen[bytes]:
        with self._lock:
            if self._closed:
                raise LostError("the server stops")
            if self._process is not None and self._process.poll() is not None:
                self._end(self._process)
                self._process = None
            if self._process is None:
                # -P: no file of the folder that the server was started in is code of ours
                command = [sys.executable, "-P", "-c", f"from {__name__} import main; main()"]
                self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            return self._process

    @staticmethod
    def _end(process: subprocess.Popen[bytes]) -> int:
        """End a process, if it has not ended; its exit code."""
        process.terminate()
        try:
            code = process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            code = process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(BrokenPipeError):
                    pipe.close()
        return code


class _Telling(Progress):
    """Tells the server how a task goes. Where nobody listens any more the task ends with BrokenPipeError."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out

    def tell(self, message: Message) -> None:
        self._out.write(msgspec.json.encode(message) + b"\n")
        self._out.flush()

    def begin(self, stage: str, total: int | None = None) -> None:
        self.tell(Begun(stage=stage, total=total))

    def expect(self, steps: int) -> None:
        self.tell(Expected(steps=steps))

    def advance(self, steps: int = 1) -> None:
        self.tell(Advanced(steps=steps))

    def note(self, line: str) -> None:
        self.tell(Noted(line=line))


def main() -> None:
    """Carry out the tasks that come, until none can come any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends this process
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # not at once: processes of its own end with it
    if hasattr(os, "nice"):
        os.nice(_NICE)
    with os.fdopen(os.dup(1), "wb") as out:
        os.dup2(2, 1)  # what a library prints is no message
        told = _Telling(out)
        for line in sys.stdin.buffer:
            try:
                told.tell(Finished(outcome=perform(msgspec.json.decode(line, type=Task), told)))
            except VariorumError as error:
                told.tell(Failed(reason=told_to_others(error)))
            except BrokenPipeError:
                return
            except Exception as error:
                _log.error("a task failed", exc_info=error)
                told.tell(Failed(reason=None))
