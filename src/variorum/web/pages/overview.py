"""The overview: what the edition holds, its stories, and what changed since its reader last looked."""

from __future__ import annotations

from dataclasses import dataclass

from variorum.pipeline import Edition
from variorum.records import DocumentQuery, Event, EventQuery, Origin, Story, StorySummary
from variorum.web.rendering import Chosen

from .answering import Asked, chosen_of, page, shelf_of, shown

_STORIES = 100


@dataclass(frozen=True)
class OverviewView:
    """`numbers` are each a number, what it counts, and the address of the page that lists it, if one does."""

    numbers: tuple[tuple[int, str, str | None], ...]
    stories: tuple[StorySummary, ...]


def view(edition: Edition, chosen: Chosen) -> OverviewView:
    numbers = (
        (edition.number(Story), "stories", None),
        (edition.number(Event), "events", None),
        (edition.count(EventQuery(agreement="disputed")), "events in dispute", None),
        (edition.count(DocumentQuery(rejected=False)), "reports", None),
        (edition.number(Origin), "independent origins", None),
    )
    return OverviewView(numbers=numbers, stories=edition.summaries("events", _STORIES))


@page("/", seeks=True)
def overview(request: Asked) -> str:
    with shelf_of(request).now() as edition:
        found = view(edition, chosen_of(request))
    return shown(request, "overview.html.j2", found)


HANDLERS = [overview]
