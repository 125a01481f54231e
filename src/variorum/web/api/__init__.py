"""The endpoints under ``/api/v1``, one module a kind of thing."""

from __future__ import annotations

from litestar import Router
from litestar.di import Provide

from . import chains, documents, events, exports, jobs, lists, overview, review, session
from .queries import document_query, event_query

PREFIX = "/api/v1"


def router() -> Router:
    """All of the API."""
    handlers = [
        *overview.HANDLERS,
        *events.HANDLERS,
        *documents.HANDLERS,
        *lists.HANDLERS,
        *chains.HANDLERS,
        *exports.HANDLERS,
        *review.HANDLERS,
        *jobs.HANDLERS,
        *session.HANDLERS,
    ]
    return Router(PREFIX, route_handlers=handlers)


__all__ = ["PREFIX", "Provide", "document_query", "event_query", "router"]
