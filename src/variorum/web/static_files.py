"""Style sheets and scripts of the pages, under addresses that name their content: they may be kept for ever.

Style sheets stand in `styles/`; scripts and the land of the map are built into `static/` with the package. Without
them every page can still be read: there is no map, no table sorts, no key is a shortcut.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path, PurePosixPath

FOLDERS = ("styles", "static")
PREFIX = "/static/"
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
}
_NAMED = 12  # hexadecimal digits of the hash in an address


@dataclass(frozen=True)
class StaticFile:
    """One file: `name` as templates call it, `hashed` as its address does."""

    name: str
    content: bytes

    @property
    def media_type(self) -> str:
        return _TYPES[PurePosixPath(self.name).suffix]

    @cached_property
    def hashed(self) -> str:
        name = PurePosixPath(self.name)
        return f"{name.stem}.{hashlib.sha256(self.content).hexdigest()[:_NAMED]}{name.suffix}"

    @cached_property
    def zipped(self) -> bytes:
        return gzip.compress(self.content, mtime=0)


@cache
def static_files() -> Mapping[str, StaticFile]:
    """All of them, by the name that templates call them by."""
    found = {}
    for folder in FOLDERS:
        for path in sorted((Path(__file__).parent / folder).glob("*.*")):
            if path.suffix in _TYPES:
                found[path.name] = StaticFile(path.name, path.read_bytes())
    return found


@cache
def by_address() -> Mapping[str, StaticFile]:
    """All of them, by the last part of their address."""
    return {file.hashed: file for file in static_files().values()}


def are_built() -> bool:
    """Whether the scripts are there: not in a checkout that was installed without them."""
    return "app.js" in static_files()
