"""An edition over HTTP: its pages, the API under ``/api/v1``, their gate, and the jobs that write.

request ─▶ gate (who asks, from where) ─▶ api (one module a kind of thing) ─▶ shelf (the edition as it stands)
                                     └──▶ pages (one module a page)      └─▶ jobs (one writer at a time, watched)
"""

from __future__ import annotations

from .app import create_app, serve
from .options import ServeOptions
from .tokens import SCOPES, Scope, TokenFile, tokens_path

__all__ = ["SCOPES", "Scope", "ServeOptions", "TokenFile", "create_app", "serve", "tokens_path"]
