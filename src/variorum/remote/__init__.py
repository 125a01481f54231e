"""An edition that another machine serves, used as one that lies here: ``variorum.connect(url)``."""

from __future__ import annotations

from variorum.pipeline import Edition

from .reader import RemoteReader

__all__ = ["RemoteReader", "connect"]


def connect(url: str, token: str | None = None) -> Edition:
    """The edition that a server has at an address (``http://desk.example:8765``), with the interface of one in a file:
    everything is asked of the server when it is first needed. `token` is one of the server's tokens, or the one-time
    token that it printed. Raises EditionError where there is no such server or it lets nobody in with this token."""
    return Edition(RemoteReader.open(url, token), url)
