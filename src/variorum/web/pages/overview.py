"""The overview: what the edition holds, its stories, and what changed since its reader last looked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import anyio.to_thread
from litestar import Response, post

from variorum.pipeline import Edition
from variorum.records import DocumentQuery, Event, EventQuery, Origin, Story, StorySummary
from variorum.web.gate import needs

from .answering import Asked, chosen_of, form_of, html, page, shelf_of, shown
from .visits import Since, Visit, since_of, visit

_STORIES = 100


@dataclass(frozen=True)
class OverviewView:
    """`numbers` are each a number, what it counts, and the address of the page that lists it, if one does."""

    numbers: tuple[tuple[int, str, str | None], ...]
    stories: tuple[StorySummary, ...]
    since: Since | None = None


def view(edition: Edition, since: str | None = None) -> OverviewView:
    """`since` is the entry of the log of custody that the last visit ended with, as `visits` names it."""
    numbers = (
        (edition.number(Story), "stories", None),
        (edition.number(Event), "events", None),
        (edition.count(EventQuery(agreement="disputed")), "events in dispute", None),
        (edition.count(DocumentQuery(rejected=False)), "reports", None),
        (edition.number(Origin), "independent origins", None),
    )
    return OverviewView(
        numbers=numbers,
        stories=edition.summaries("events", _STORIES),
        since=since_of(edition, since) if since is not None else None,
    )


@page("/", seeks=True)
def overview(request: Asked) -> Response[Any]:
    with shelf_of(request).now() as edition:
        here = visit(edition, request.cookies, chosen_of(request).first("since"))
        found = view(edition, here.since)
    answer = html(shown(request, "overview.html.j2", found))
    for cookie in here.cookies:
        answer.set_cookie(cookie)
    return answer


@post("/seen", guards=[needs("read")], status_code=303)
async def seen(request: Asked) -> Response[Any]:
    """A reader has seen all that changed: from here on they want to know what changes next."""
    await form_of(request)

    def begun() -> Visit:
        with shelf_of(request).now() as edition:
            return visit(edition, request.cookies, begin=True)

    here = await anyio.to_thread.run_sync(begun)
    return Response(None, status_code=303, headers={"Location": "/"}, cookies=here.cookies)


HANDLERS = [overview, seen]
