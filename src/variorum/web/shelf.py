"""The edition that is served: read as it stands, written by jobs."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from queue import SimpleQueue

import anyio

from variorum.exports.privacy import Pseudonyms, secret_of, secret_path
from variorum.pipeline import Edition
from variorum.pipeline.exporting import note
from variorum.pipeline.published import pseudonyms
from variorum.pipeline.rulings import Make, append, fitting
from variorum.store import fold_in

from .jobs import Jobs, JobStatus
from .options import ServeOptions
from .spool import Asked
from .tasks import check_state
from .worker import Worker

_DOWNLOADS = 8  # that hold the edition open at once: fewer than there are connections and threads
_SEEKERS = 2  # that go through the edition at once: more would only take the processor from each other

_log = logging.getLogger(__name__)


class Shelf:
    """One edition under one server; those who search it take turns in `seekers`. Raises EditionError where it cannot be
    opened. `worker` is the process of its jobs, where it is not to have one of its own."""

    def __init__(self, edition: str | Path, options: ServeOptions, worker: Worker | None = None) -> None:
        self.target = edition
        self.options = options
        self.jobs = Jobs(edition, options, worker)
        self.downloads: SimpleQueue[None] = SimpleQueue()  # turns, which may be given back amid anything (a collection)
        for _ in range(_DOWNLOADS):
            self.downloads.put(None)
        self.seekers = anyio.CapacityLimiter(_SEEKERS)
        self._edition = Edition.open(edition)
        self._held = threading.local()
        self._ruling = threading.Lock()
        self._naming = threading.Lock()
        self._named: tuple[tuple[str, bool], Pseudonyms] | None = None
        self._noted: set[tuple[object, ...]] = set()
        self._notes = ThreadPoolExecutor(1, "variorum-custody")

    @contextmanager
    def now(self) -> Iterator[Edition]:
        """The edition as it stands now, or as it is held: what is read of it inside the block fits together."""
        held: Edition | None = getattr(self._held, "edition", None)
        if held is not None:
            yield held
        else:
            with self._edition.snapshot() as frozen:
                yield frozen

    @contextmanager
    def held(self) -> Iterator[Edition]:
        """The edition as it stands now, which is what `now` gives inside the block. It must end in the thread in which
        it began."""
        with self._edition.snapshot() as frozen:
            self._held.edition = frozen
            try:
                yield frozen
            finally:
                del self._held.edition

    def rule(self, make: Make, seen: str = "*") -> JobStatus:
        """Append a ruling to the log, if the edition still is as it was `seen`, and give the job that brings it into
        the edition. When this returns the ruling is in the log, whatever becomes of the server. Raises DecisionError
        where it does not fit, StaleError, and EditionError where the log cannot be written."""
        with self._ruling:  # or the second of two would be made on what the first is about to change
            with self.now() as edition:
                check_state(edition, seen)
                decision = fitting(edition, make)
            reserved, asked = self.jobs.reserve(), Asked(kind="ruling", decision=decision.id)
            self.jobs.keep(reserved, asked)  # first: a run that finds nothing new in the log does no harm
            try:
                append(self.target, decision)
            except BaseException:
                reserved.drop()
                raise
        return self.jobs.begin(reserved, asked)

    def pseudonyms(self, edition: Edition, *, bylines: bool) -> Pseudonyms:
        """The pseudonyms of the private persons, made once for a state of the edition. Raises InputError where no
        secret for them can be had."""
        with self._naming:
            state = (edition.state, bylines)
            if self._named is None or self._named[0] != state:
                secret = partial(secret_of, self.options.secret or secret_path())
                self._named = (state, pseudonyms(edition, secret, bylines=bylines))
            return self._named[1]

    def note(self, name: str, digest: str, detail: Mapping[str, str]) -> None:
        """Let it be noted in the log of custody that something left the edition, once for the same file; who downloads
        it does not wait for that."""
        told = (name, digest, *sorted(detail.items()))
        with self._naming:
            if told in self._noted:
                return
            self._noted.add(told)
        self._notes.submit(self._note, name, digest, detail)

    def _note(self, name: str, digest: str, detail: Mapping[str, str]) -> None:
        if (problem := note(self.target, name, digest, detail)) is not None:
            _log.warning("%s: %s", name, problem)

    def close(self) -> None:
        self.jobs.close()
        self._notes.shutdown()
        self._edition.close()
        fold_in(self.target)  # the readers' connections cannot, and the file alone is the edition
