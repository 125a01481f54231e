"""Where jobs are kept until they ended: a folder beside the edition, so that a server that is lost loses none.

    january.sqlite.jobs/
      s-5a0c…/            one server
        lock              held as long as that server lives
        j-91fe…/          one job
          task.json       what is to be done; there once the job was accepted
          files/          what was sent

A job is accepted when its `task.json` is on the disk, and its folder is gone when it ended; of one whose process was
lost, or whose task this version cannot read, it stays for a later server. The jobs of a server that
is gone (nobody holds its lock) are moved to the one that finds them. Where the system has no such locks (Windows),
every other server is taken to be gone: let no two serve one edition there.
"""

from __future__ import annotations

import logging
import os
import secrets
import shutil
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Literal

import msgspec

from variorum.errors import EditionError
from variorum.identity import digest
from variorum.records import Record
from variorum.store import is_url, place

JobKind = Literal["ingest", "ruling", "verify"]
FOLDER = ".jobs"
"""What the name of the folder has behind the name of the edition."""

_log = logging.getLogger(__name__)
_TASK, _FILES, _LOCK = "task.json", "files", "lock"


class Asked(Record, frozen=True, kw_only=True):
    """What a job is to do. `decision` is the ruling that stands in the log and is to be brought into the edition,
    `addresses` what is to be fetched beside the files that were sent; `number` orders the jobs of one server, and
    `begun` counts how often it was begun; `head` is what a check holds the log of custody to. The edition is not named:
    it is the one that is served."""

    kind: JobKind
    decision: str | None = None
    addresses: tuple[str, ...] = ()
    head: str | None = None
    number: int = 0
    begun: int = 0


class Reserved(Record, frozen=True, kw_only=True):
    """A place for one job: its id, and the folder that is its own."""

    id: str
    folder: Path

    @property
    def files(self) -> Path:
        """Where what is sent for the job is put."""
        return self.folder / _FILES

    def keep(self, asked: Asked) -> None:
        """Keep what the job is to do, and all that was sent for it, so that neither a killed process nor a power cut
        loses it. Raises EditionError where it cannot be kept."""
        try:
            for path in [*self.files.rglob("*"), self.files]:
                _to_disk(path)
            unfinished = self.folder / f".{_TASK}"
            unfinished.write_bytes(msgspec.json.encode(asked))
            _to_disk(unfinished)
            unfinished.replace(self.folder / _TASK)
            _to_disk(self.folder)
            _to_disk(self.folder.parent)
        except OSError as error:
            raise EditionError(f"{self.folder}: the job cannot be kept: {error.strerror}") from error

    def drop(self) -> None:
        """Forget the job: it ended, or was never accepted."""
        shutil.rmtree(self.folder, ignore_errors=True)


def spool_folder(target: str | Path) -> Path:
    """Where the jobs of an edition are kept: beside its file; of one in PostgreSQL in the user's own state folder."""
    if isinstance(target, str) and is_url(target):
        from platformdirs import user_state_path

        return user_state_path("variorum") / "jobs" / digest(str(place(target)).encode())[:16]
    path = Path(target)
    return path.with_name(path.name + FOLDER)


class Spool:
    """The jobs of one server, within the folder for an edition's; nothing is made before the first is reserved."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._own = folder / f"s-{secrets.token_hex(8)}"
        self._lock: IO[bytes] | None = None

    def reserve(self) -> Reserved:
        """A place for a new job. Raises EditionError where none can be made."""
        try:
            self._begin()
            return self._made(f"j-{secrets.token_hex(8)}")
        except OSError as error:
            raise EditionError(f"{self._folder}: no job can be kept here: {error.strerror}") from error

    def taken_up(self) -> list[tuple[Reserved, Asked]]:
        """The jobs that servers which are gone left open, now this one's, in the order in which they came."""
        found: list[tuple[Reserved, Asked]] = []
        with suppress(OSError):
            for other in sorted(self._folder.iterdir()):
                if other != self._own and other.is_dir() and (lock := _locked(other / _LOCK)) is not None:
                    with lock:
                        kept: list[str] = []
                        found += self._moved(other, kept)
                        if not kept:
                            shutil.rmtree(other, ignore_errors=True)
        return sorted(found, key=lambda each: (each[1].number, each[0].id))

    def close(self) -> None:
        """Let the jobs that are open be taken up by the next server; leave no folder where none is."""
        if self._lock is not None:
            open_jobs = any(path.is_dir() for path in self._own.iterdir())
            if not open_jobs:
                shutil.rmtree(self._own, ignore_errors=True)
                with suppress(OSError):
                    self._folder.rmdir()
            self._lock.close()
            self._lock = None

    def _begin(self) -> None:
        if self._lock is None:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._own.mkdir(exist_ok=True, mode=0o700)
            for made in (self._folder.parent, self._folder):
                _to_disk(made)
            self._lock = _locked(self._own / _LOCK)

    def _made(self, id_: str) -> Reserved:
        made = Reserved(id=id_, folder=self._own / id_)
        made.files.mkdir(parents=True)
        return made

    def _moved(self, other: Path, kept: list[str]) -> Iterator[tuple[Reserved, Asked]]:
        for folder in sorted(path for path in other.iterdir() if path.is_dir()):
            try:
                asked = msgspec.json.decode((folder / _TASK).read_bytes(), type=Asked)
            except FileNotFoundError:
                continue  # it was never accepted: who sent it was not told that it was
            except (OSError, msgspec.DecodeError) as error:
                _log.warning("%s: cannot be taken up by this server: %s", folder, error)
                kept.append(folder.name)
                continue
            self._begin()
            yield Reserved(id=folder.name, folder=folder.rename(self._own / folder.name)), asked


def _locked(path: Path) -> IO[bytes] | None:
    """A file that this process holds until it is closed; None where another one does."""
    file = path.open("ab")
    if sys.platform != "win32":
        import fcntl

        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            return None
    return file


def _to_disk(path: Path) -> None:
    if path.is_dir() and sys.platform == "win32":
        return  # a folder cannot be opened there
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
