"""Search: one box that takes words, actors, places and dates. Days, months and years among the words bound the time;
what is left is looked for as words of the passages, as somebody who takes part, and as a place."""

from __future__ import annotations

import re
from calendar import month_abbr, month_name, monthrange
from collections.abc import Iterable
from dataclasses import dataclass

from msgspec.structs import replace

from variorum.errors import QueryError
from variorum.pipeline import Edition
from variorum.records import Event, EventQuery, Snippet
from variorum.records.queries import MOST_COUNTED
from variorum.web.rendering import Chosen

from .answering import Asked, chosen_of, page, shelf_of, shown
from .standing import Standing, Standings

_ROWS = 30
_MONTHS = {name.casefold(): number for names in (month_name, month_abbr) for number, name in enumerate(names) if name}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATE = re.compile(
    rf"\b(?:(?P<iso>\d{{4}}-\d\d(?:-\d\d)?)|(?:(?P<day>\d\d?) )?(?P<month>{_MONTH})\.? (?P<year>\d{{4}}))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Found:
    """An event that was found: `passages` are each the pieces of a passage, and whether a piece was looked for; it
    `answers` so many events, and so many answer it."""

    event: Event
    standing: Standing
    passages: tuple[tuple[tuple[str, bool], ...], ...]
    answers: int
    answered_by: int


@dataclass(frozen=True)
class Group:
    """What was found in one way: `count` are all, or, where it `is_least`, so many of more; `more` is the next page."""

    label: str
    count: int
    found: tuple[Found, ...]
    more: str | None
    is_least: bool = False


@dataclass(frozen=True)
class SearchView:
    """`since` and `until` are the days that the dates among the words come to. `wider` is a search that finds more,
    where this one finds nothing."""

    words: str
    since: str | None
    until: str | None
    groups: tuple[Group, ...]
    wider: str = ""


def dates_in(words: str) -> tuple[str, str | None, str | None]:
    """The words without the dates among them, and the first and last day that these bound."""
    bounds: list[tuple[str, str]] = []

    def taken(match: re.Match[str]) -> str:
        if match["iso"]:
            year, month, *rest = (int(part) for part in match["iso"].split("-"))
            day = rest[0] if rest else None
        else:
            year, month = int(match["year"]), _MONTHS[match["month"].casefold()]
            day = int(match["day"]) if match["day"] else None
        if not 1 <= month <= 12 or year < 1 or (day is not None and not 1 <= day <= monthrange(year, month)[1]):
            return match.group()
        last = day or monthrange(year, month)[1]
        bounds.append((f"{year:04}-{month:02}-{day or 1:02}", f"{year:04}-{month:02}-{last:02}"))
        return " "

    left = " ".join(_DATE.sub(taken, words).split())
    if not bounds:
        return left, None, None
    return left, min(first for first, _ in bounds), max(last for _, last in bounds)


def view(edition: Edition, chosen: Chosen) -> SearchView:
    """Raises QueryError where ``after`` is no position."""
    asked = chosen.first("q").strip()
    words, since, until = dates_in(asked)
    within = EventQuery(since=since, until=until)
    groups: list[Group] = []
    if words or since:
        standings = Standings(edition)
        after = chosen.first("after") or None
        groups.append(_group(edition, standings, "By words", replace(within, words=words), after))
        name = words.strip('"')
        if name and after is None:
            groups.append(_group(edition, standings, "As an actor", replace(within, parties=(name,))))
            groups.append(_group(edition, standings, "As a place", replace(within, place=name)))
    begun = " ".join(f"{word}*" if word.isalpha() else word for word in asked.split())
    wider = begun if begun != asked and groups and not any(group.count for group in groups) else ""
    return SearchView(asked, since, until, tuple(groups), wider)


def _group(edition: Edition, standings: Standings, label: str, query: EventQuery, after: str | None = None) -> Group:
    try:
        found = edition.page(query, after, _ROWS)
        count = edition.count(query, MOST_COUNTED)
    except QueryError:
        if after is not None:
            raise
        return Group(label, 0, (), None)  # such as a code in capitals that nobody has
    snippets = edition.snippets_of(found.events, query.words)
    rows = (_found(edition, standings, event, snippets[event.id]) for event in found.events)
    return Group(label, count, tuple(rows), found.next, is_least=count == MOST_COUNTED)


def _found(edition: Edition, standings: Standings, event: Event, snippets: Iterable[Snippet]) -> Found:
    links = [link for link in edition.links_of(event) if link.kind == "responds-to"]
    answers = sum(link.source == event.id for link in links)
    return Found(event, standings.of(event), tuple(_pieces(snippets)), answers, len(links) - answers)


def _pieces(snippets: Iterable[Snippet]) -> Iterable[tuple[tuple[str, bool], ...]]:
    for snippet in snippets:
        begun = snippet.evidence.start
        pieces, at = [], 0
        for hit in snippet.hits:
            pieces += [
                (snippet.text[at : hit.start - begun], False),
                (snippet.text[hit.start - begun : hit.end - begun], True),
            ]
            at = hit.end - begun
        yield (*((text, is_hit) for text, is_hit in pieces if text), (snippet.text[at:], False))


@page("/search", seeks=True)
def search(request: Asked) -> str:
    with shelf_of(request).now() as edition:
        found = view(edition, chosen_of(request))
    return shown(request, "search.html.j2", found)


HANDLERS = [search]
