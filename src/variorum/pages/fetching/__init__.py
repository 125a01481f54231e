"""Fetching: pages from the network, only where the user allows it.

`Fetcher` is the seam between reading and the network: `variorum.pages.read_pages` asks it for each address that was
named, and a test gives it a fake. Nothing here is touched by an import of `variorum.pages`.
"""

from __future__ import annotations

from typing import Protocol

from variorum.records import Page, Rejection

__all__ = ["Fetcher"]


class Fetcher(Protocol):
    """Gets one page. What cannot be got is a `Rejection` that names the address and says why; it raises nothing."""

    def fetch(self, url: str) -> Page | Rejection: ...
