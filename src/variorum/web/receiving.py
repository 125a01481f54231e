"""What is sent in to be added: texts, files and addresses, put where a job finds them."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable
from pathlib import Path

from variorum.errors import InputError
from variorum.identity import digest

from .jobs import JobStatus
from .options import ServeOptions
from .shelf import Shelf
from .tasks import Ingest

_UNSAFE = re.compile(r"[^\w.\- ]+")
_NAMED = 12  # digits of a text's hash that are its name
_LONGEST = 100  # characters of a file's name that are kept


class Inbox:
    """A new folder for what one request sends."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="variorum-"))
        self._files = 0

    def keep_text(self, text: str) -> None:
        content = text.encode("utf-8", "surrogatepass")
        (self.folder / f"pasted-{digest(content)[:_NAMED]}.txt").write_bytes(content)

    def place(self, name: str | None) -> Path:
        """Where a file of this name is to be written; nothing of the name leads out of the folder."""
        self._files += 1
        safe = _UNSAFE.sub("_", Path(name or "file").name).strip(". ") or "file"
        inside = self.folder / f"{self._files:04}"
        inside.mkdir()
        return inside / safe[-_LONGEST:]

    def add_to(self, shelf: Shelf, addresses: Iterable[str] = ()) -> JobStatus:
        """A job that adds what was kept, and what addresses give."""
        task = Ingest(
            target=str(shelf.target),
            folder=str(self.folder),
            addresses=tuple(addresses),
            workers=shelf.options.workers,
        )
        return shelf.jobs.add(task)


def check_addresses(addresses: Iterable[str], options: ServeOptions) -> None:
    """Raises InputError where one is none, or where the server may fetch none."""
    for each in addresses:
        if not options.allow_network:
            raise InputError("the network is off: `variorum serve --allow-network` lets addresses be fetched")
        if not each.startswith(("http://", "https://")):
            raise InputError(f"{each!r} is no address: one begins with http:// or https://")
