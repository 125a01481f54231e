"""The overview: what the edition holds, its stories, and what changed since its reader last looked."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

import anyio.to_thread
from litestar import Response, post

from variorum.errors import QueryError
from variorum.pipeline import Edition
from variorum.records import DocumentQuery, Event, EventQuery, Origin, Story, StorySummary
from variorum.web.gate import needs

from .answering import Asked, chosen_of, form_of, html, page, shelf_of, shown
from .visits import Since, Visit, since_of, visit

_STORIES = 100


@dataclass(frozen=True)
class OverviewView:
    """`numbers` are each a number, what it counts, and the name of the page that goes through it, if one does. Of all
    stories (`count`) the page lists some, from the `first`; `twins` are titles that several of them have."""

    numbers: tuple[tuple[int, str, str], ...]
    stories: tuple[StorySummary, ...]
    count: int
    first: int = 0
    twins: frozenset[str | None] = frozenset()
    since: Since | None = None

    @property
    def before(self) -> int | None:
        return max(0, self.first - _STORIES) if self.first else None

    @property
    def after(self) -> int | None:
        after = self.first + len(self.stories)
        return after if after < self.count else None


def view(edition: Edition, since: str | None = None, first: str = "0") -> OverviewView:
    """`since` is the entry of the log of custody that the last visit ended with, as `visits` names it. Raises
    QueryError where `first` is no number."""
    if not first.isdecimal() or len(first) > 9:
        raise QueryError(f"{first!r} is no number of a story")
    count = edition.number(Story)
    numbers = (
        (count, "stories", ""),
        (edition.number(Event), "events", ""),
        (edition.count(EventQuery(agreement="disputed")), "events in dispute", "review"),
        (edition.count(DocumentQuery(rejected=False)), "reports", ""),
        (edition.number(Origin), "independent origins", ""),
    )
    stories = edition.summaries("events", _STORIES, int(first))
    titles = Counter(story.title for story in stories)
    return OverviewView(
        numbers=numbers,
        stories=stories,
        count=count,
        first=int(first),
        twins=frozenset(title for title, times in titles.items() if times > 1),
        since=since_of(edition, since) if since is not None else None,
    )


@page("/", seeks=True)
def overview(request: Asked) -> Response[Any]:
    with shelf_of(request).now() as edition:
        here = visit(edition, request.cookies, chosen_of(request).first("since"))
        found = view(edition, here.since, chosen_of(request).first("from") or "0")
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
