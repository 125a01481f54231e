"""Content hashes and the stable ids made from them.

An id depends on content alone: never on a path of the machine, the order of input, a clock or a worker. The same
content has the same id in every run. Ids are short prefixes of SHA-256 in hexadecimal: 16 digits (64 bits) make a
collision among ten million things less likely than one in 300,000, and stay readable in a table.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

DIGITS = 16
_SEPARATOR = b"\x1f"  # the unit separator: it cannot make ("ab", "c") and ("a", "bc") alike


def digest(content: bytes) -> str:
    """SHA-256 of some bytes, in full (64 hexadecimal digits): how pages and data files are pinned."""
    return hashlib.sha256(content).hexdigest()


def stable_id(prefix: str, parts: Iterable[str | int | None]) -> str:
    """An id such as ``e-3f2a9c0117d0b84e`` from what makes the thing the same thing; `None` differs from ``""``."""
    state = hashlib.sha256(prefix.encode())
    for part in parts:
        state.update(_SEPARATOR)
        state.update(b"\x00" if part is None else str(part).encode("utf-8", "surrogatepass"))
    return f"{prefix}-{state.hexdigest()[:DIGITS]}"
