"""What is sent in to be added: texts, files and addresses, put where a job finds them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from variorum.errors import InputError
from variorum.identity import digest

from .jobs import JobStatus
from .options import ServeOptions
from .shelf import Shelf
from .spool import Asked

_UNSAFE = re.compile(r"[^\w.\- ]+")
_NAMED = 12  # digits of a text's hash that are its name
_LONGEST = 100  # characters of a file's name that are kept


class Inbox:
    """The folder of a job that adds what one request sends. Used as a context manager: what was not added when the
    block ends is dropped. Raises EditionError where nothing can be kept."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._reserved = shelf.jobs.reserve()
        self._added = False
        self._files = 0

    def __enter__(self) -> Inbox:
        return self

    def __exit__(self, *_: object) -> None:
        if not self._added:
            self._reserved.drop()

    def keep_text(self, text: str) -> None:
        content = text.encode("utf-8", "surrogatepass")
        (self._reserved.files / f"pasted-{digest(content)[:_NAMED]}.txt").write_bytes(content)

    def place(self, name: str | None) -> Path:
        """Where a file of this name is to be written; nothing of the name leads out of the folder."""
        self._files += 1
        inside = self._reserved.files / f"{self._files:04}"
        inside.mkdir()
        return inside / safe_name(name)

    def add(self, addresses: Iterable[str] = ()) -> JobStatus:
        """A job that adds what was kept, and what addresses give: from here on it outlives the server."""
        job = self._shelf.jobs.add(self._reserved, Asked(kind="ingest", addresses=tuple(addresses)))
        self._added = True
        return job


def safe_name(name: str | None) -> str:
    """The end of a file's name as every file system takes it, "file" where nothing is left of it."""
    return _UNSAFE.sub("_", Path(name or "file").name).strip(". ")[-_LONGEST:].strip(". ") or "file"


def check_addresses(addresses: Iterable[str], options: ServeOptions) -> None:
    """Raises InputError where one is none, or where the server may fetch none."""
    for each in addresses:
        if not options.allow_network:
            raise InputError("the network is off: `variorum serve --allow-network` lets addresses be fetched")
        if not each.startswith(("http://", "https://")):
            raise InputError(f"{each!r} is no address: one begins with http:// or https://")
