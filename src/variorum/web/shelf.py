"""The edition that is served: read as it stands, written by jobs."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue

import anyio

from variorum.pipeline import Edition
from variorum.store import fold_in

from .jobs import Jobs
from .options import ServeOptions
from .worker import Worker

_DOWNLOADS = 8  # that hold the edition open at once: fewer than there are connections and threads
_SEEKERS = 2  # that go through the edition at once: more would only take the processor from each other


class Shelf:
    """One edition under one server; those who search it take turns in `seekers`. Raises EditionError where it cannot be
    opened. `worker` is the process of its jobs, where it is not to have one of its own."""

    def __init__(self, edition: str | Path, options: ServeOptions, worker: Worker | None = None) -> None:
        self.target = edition
        self.options = options
        self.jobs = Jobs(worker)
        self.downloads: SimpleQueue[None] = SimpleQueue()  # turns, which may be given back amid anything (a collection)
        for _ in range(_DOWNLOADS):
            self.downloads.put(None)
        self.seekers = anyio.CapacityLimiter(_SEEKERS)
        self._edition = Edition.open(edition)
        self._held = threading.local()

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

    def close(self) -> None:
        self.jobs.close()
        self._edition.close()
        fold_in(self.target)  # the readers' connections cannot, and the file alone is the edition
