"""The pages, one module each: it reads an edition into a frozen view-model, and its template shows that."""

from __future__ import annotations

from litestar import Router

from variorum.web.tokens import Scope

NAVIGATION: tuple[tuple[str, str, Scope | None], ...] = (
    ("Overview", "", None),
    ("Compare", "compare", None),
    ("Review", "review", "review"),
    ("Add", "add", "ingest"),
)
"""What stands at the top of every page: its label, the page's name for `Site.page`, and what a reader must be allowed
to do to see it."""


def router() -> Router:
    """All pages."""
    from . import add, compare, documents, dossier, entrance, overview, review, search, static, story

    handlers = [
        *entrance.HANDLERS,
        *static.HANDLERS,
        *overview.HANDLERS,
        *search.HANDLERS,
        *story.HANDLERS,
        *dossier.HANDLERS,
        *documents.HANDLERS,
        *compare.HANDLERS,
        *review.HANDLERS,
        *add.HANDLERS,
    ]
    return Router("/", route_handlers=handlers, include_in_schema=False)
