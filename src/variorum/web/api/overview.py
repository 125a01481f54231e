"""What the edition holds, and search over all of it."""

from __future__ import annotations

from litestar import Response

from variorum import __version__
from variorum.records import (
    Claim,
    Contradiction,
    DocumentQuery,
    Event,
    EventQuery,
    Link,
    Origin,
    Record,
    Snippet,
    Story,
)
from variorum.records.queries import MOST_COUNTED

from .queries import After, Events, Limit, Words
from .reading import Asked, page, read, shelf_of


class Overview(Record, frozen=True, kw_only=True):
    """What the edition holds, in numbers, and what made it. `state` names it as it stands."""

    variorum: str
    state: str
    documents: int
    rejected: int
    origins: int
    stories: int
    events: int
    disputed: int
    claims: int
    links: int
    contradictions: int
    versions: dict[str, str]


class Hit(Record, frozen=True, kw_only=True):
    """An event that was found, with the passages in which the words stand."""

    event: Event
    passages: tuple[Snippet, ...]


class Hits(Record, frozen=True, kw_only=True):
    """Some of the events that answer a search. `count` are all of them, or, where it `is_least`, as many as are counted
    of more."""

    count: int
    is_least: bool
    hits: tuple[Hit, ...]
    next: str | None = None


@read("/", seeks=True, summary="What the edition holds")
def overview(request: Asked) -> Overview:
    with shelf_of(request).now() as edition:
        return Overview(
            variorum=__version__,
            state=edition.state,
            documents=edition.count(DocumentQuery(rejected=False)),
            rejected=edition.count(DocumentQuery(rejected=True)),
            origins=edition.number(Origin),
            stories=edition.number(Story),
            events=edition.number(Event),
            disputed=edition.count(EventQuery(agreement="disputed")),
            claims=edition.number(Claim),
            links=edition.number(Link),
            contradictions=edition.number(Contradiction),
            versions=edition.versions,
        )


@read("/search", seeks=True, summary="Events by words, with the passages that hold them")
def search(
    request: Asked, event_query: Events, words: Words = "", after: After = None, limit: Limit = 20
) -> Response[Hits]:
    with shelf_of(request).now() as edition:
        found = edition.page(event_query, after, limit)
        passages = edition.snippets_of(found.events, words)
        hits = tuple(Hit(event=event, passages=passages[event.id]) for event in found.events)
        count = edition.count(event_query, MOST_COUNTED)
        told = Hits(count=count, is_least=count == MOST_COUNTED, hits=hits, next=found.next)
    return page(request, told, found.next)


HANDLERS = [overview, search]
