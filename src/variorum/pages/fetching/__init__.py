"""Fetching: pages from the network, only where the user allows it.

    check_url ─▶ robots.txt, the host's turn ─▶ exchange (every address checked, limits while streaming) ─▶ Fetched
        ▲                                               │
        └──────────── each redirect, all over again ────┘

`Fetcher` is the seam between reading and the network: `variorum.pages.read_pages` asks it for each address that was
named, and a test gives it a fake. `WebFetcher` is the one that goes to the network. Nothing here is touched by an
import of `variorum.pages`: `WebFetcher` and what it needs are loaded when they are first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from variorum.records import Page, Record, Rejection

from .options import FetchOptions

if TYPE_CHECKING:
    from .web import WebFetcher

__all__ = ["FetchOptions", "Fetched", "Fetcher", "Validators", "WebFetcher"]


class Validators(Record, frozen=True, kw_only=True):
    """What a server gave to ask it later whether a page has changed (RFC 9110 §8.8)."""

    etag: str | None = None
    modified: str | None = None


class Fetched(Record, frozen=True, kw_only=True):
    """What an address gave: the body undone from its coding, else as got.

    `url` is where the last redirect led, `media` the content type without parameters ("" where the server names
    none), `charset` its parameter. `unchanged` (HTTP 304) comes without a body. `captured` is the moment in UTC.
    """

    url: str
    media: str = ""
    charset: str | None = None
    body: bytes = b""
    captured: str | None = None
    validators: Validators = Validators()
    unchanged: bool = False


class Fetcher(Protocol):
    """Gets what addresses hold. What cannot be got is a `Rejection` that names the address and says why; it raises
    nothing for what servers do. Several threads may use it."""

    @property
    def hosts(self) -> int:
        """How many hosts may be asked at once."""
        ...

    def fetch(self, url: str) -> Page | Rejection:
        """The page at an address."""
        ...

    def get(self, url: str, validators: Validators | None = None) -> Fetched | Rejection:
        """What is at an address, page or feed; with `validators`, only if it has changed."""
        ...


def __getattr__(name: str) -> Any:
    if name == "WebFetcher":
        from .web import WebFetcher

        return WebFetcher
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
