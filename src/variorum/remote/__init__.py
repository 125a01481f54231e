"""An edition that another machine serves, used as one that lies here: ``variorum.connect(url)``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from variorum.pipeline import Edition
from variorum.pipeline.faults import Fault
from variorum.records import Event

from .reader import RemoteReader

__all__ = ["RemoteReader", "connect"]


class RemoteEdition(Edition):
    """An edition of which the server checks what only it has: the pages as they were got, and the ids that were."""

    def __init__(self, reader: RemoteReader, path: str | Path | None = None) -> None:
        super().__init__(reader, path)
        self._served = reader

    def faults(self, head: str | None = None) -> Iterator[Fault]:
        yield from self._served.verified(head)

    def successor(self, id_: str) -> Event | None:
        found = self._served.successor(id_)
        return self._reader.event(found) if found is not None else None


def connect(url: str, token: str | None = None) -> Edition:
    """The edition that a server has at an address (``http://desk.example:8765``), with the interface of one in a file:
    everything is asked of the server when it is first needed. `token` is one of the server's tokens, or the one-time
    token that it printed. Raises EditionError where there is no such server or it lets nobody in with this token."""
    return RemoteEdition(RemoteReader.open(url, token), url)
