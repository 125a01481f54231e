"""The edition that is served: read as it stands, written by jobs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import BoundedSemaphore

import anyio

from variorum.pipeline import Edition

from .jobs import Jobs
from .options import ServeOptions

_DOWNLOADS = 8  # that hold the edition open at once: fewer than there are connections and threads
_SEEKERS = 2  # that go through the edition at once: more would only take the processor from each other


class Shelf:
    """One edition under one server; those who search it take turns in `seekers`. Raises EditionError where it cannot be
    opened."""

    def __init__(self, edition: str | Path, options: ServeOptions) -> None:
        self.target = edition
        self.options = options
        self.jobs = Jobs()
        self.downloads = BoundedSemaphore(_DOWNLOADS)
        self.seekers = anyio.CapacityLimiter(_SEEKERS)
        self._edition = Edition.open(edition)

    @contextmanager
    def now(self) -> Iterator[Edition]:
        """The edition as it stands now: what is read of it inside the block fits together."""
        with self._edition.snapshot() as frozen:
            yield frozen

    def state(self) -> str:
        """Names the edition as it stands now."""
        return self._edition.state

    def close(self) -> None:
        self.jobs.close()
        self._edition.close()
