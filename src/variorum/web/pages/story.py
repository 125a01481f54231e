"""A story: its events along time, on the map, as a ladder, and the families of its reports. One set of filters, which
stands in the address, holds for all of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from msgspec.structs import replace

from variorum.coding.ontology import QUADS, Ontology
from variorum.errors import QueryError
from variorum.exports import wording
from variorum.exports.descent import FamilyTree, Node, family_trees, told_facts
from variorum.exports.descent import family_name as family_named
from variorum.pipeline import Edition
from variorum.records import (
    SCHEMA,
    Agreement,
    Contradiction,
    Derivation,
    DocumentQuery,
    EditionContent,
    Event,
    EventQuery,
    Link,
    Origin,
    StorySummary,
)
from variorum.web.charts.ladder import Ladder, ladder
from variorum.web.charts.places import PlaceMap, PlaceRow, place_map, place_rows
from variorum.web.charts.timeline import Timeline, timeline
from variorum.web.rendering import Chosen

from .answering import Asked, chosen_of, moved, page, shelf_of, shown
from .standing import Standing, Standings

_EVENTS = 400  # that are drawn and listed at once: a page of thousands takes a browser half a minute
_REPORTS = 400  # whose family is drawn: more is no picture
_AGREEMENTS: tuple[Agreement, ...] = get_args(Agreement)
_SHOWN = ("order", "from")  # parameters of the page that choose what of the events is shown, and filter nothing


@dataclass(frozen=True)
class Choice:
    """A value that a filter can have: `count` of the story's events have it."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Filters:
    """What the events are filtered by, and what they can be filtered by; `orders` are those they can be listed in."""

    words: str
    place: str
    since: str
    until: str
    types: tuple[Choice, ...]
    parties: tuple[Choice, ...]
    agreements: tuple[Choice, ...]
    orders: tuple[Choice, ...]

    @property
    def are_set(self) -> bool:
        choices = (*self.types, *self.parties, *self.agreements)
        return bool(self.words or self.place or self.since or self.until) or any(each.is_chosen for each in choices)


@dataclass(frozen=True)
class EventRow:
    """An event in the story's table. `answers` are what it answers, each how, its id and its headline."""

    number: int
    event: Event
    standing: Standing
    when: str
    where: str
    code: str
    quad: str
    score: float | None
    side: str
    tolls: str
    status: str
    answers: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Branch:
    """A report in a family: `depth` texts stand above it, `source` is the one that it comes from, `relation` how."""

    depth: int
    document: str
    name: str
    title: str | None
    published: str | None
    source: str
    relation: str
    changes: tuple[str, ...]


@dataclass(frozen=True)
class Family:
    """One witness with its reports, each before those that come from it."""

    name: str
    is_seen: bool
    count: int
    evidence: tuple[str, ...]
    branches: tuple[Branch, ...]


@dataclass(frozen=True)
class StoryView:
    """Of all events that the filters leave (`count`) the page shows some hundreds, from the `first` in the order that
    is chosen; `before` and `after` are the parameters of the pages with the others. `rows` stand in that order,
    numbered by time; charts have the order of time. `unshown_reports` are those beyond what is drawn of families."""

    story: StorySummary
    filters: Filters
    query: Mapping[str, object]
    rows: tuple[EventRow, ...]
    timeline: Timeline
    map: PlaceMap | None
    places: tuple[PlaceRow, ...]
    ladder: Ladder | None
    families: tuple[Family, ...]
    unshown_reports: int
    count: int
    first: int
    before: Mapping[str, object] | None
    after: Mapping[str, object] | None

    @property
    def is_part(self) -> bool:
        return self.count > len(self.rows)


def view(edition: Edition, id_: str, chosen: Chosen) -> StoryView:
    """Raises UnknownIdError where the edition has no one story of this id, QueryError where filters cannot be meant, or
    ``from`` is no number."""
    story = edition.story(id_)
    query = _query(story.id, chosen)
    every = list(edition.find(EventQuery(story=story.id)))
    events = every if query == EventQuery(story=story.id) else list(edition.find(query))
    count, first, order = len(events), _first(chosen), _order(chosen, len(events))
    ranked = sorted(range(count), key=lambda number: (ORDERS[order][1](events[number]), number))[first:][:_EVENTS]
    events = [events[number] for number in sorted(ranked)]
    place = {number: row for row, number in enumerate(sorted(ranked))}
    links = edition.of_story(Link, story.id)
    contradicted = {each.event for each in edition.of_story(Contradiction, story.id)}
    standings = Standings(edition)
    standing = {each.id: standings.of(each, contradicted=each.id in contradicted) for each in events}
    disputed = frozenset(id_ for id_, each in standing.items() if each.disputed)
    ontology = Ontology.load()
    scores = {each.id: ontology.score(each.type, each.mode) if each.type in ontology.types else None for each in events}
    families, unshown = _families(edition, story.id)
    (summary,) = edition.summaries(ids=(story.id,))
    rows = tuple(_rows(events, links, standing, scores, ontology))
    return StoryView(
        story=summary,
        filters=_filters(every, chosen, order),
        query={"story": story.id, **{name: each for name, each in chosen.given.items() if name not in _SHOWN}},
        rows=tuple(rows[place[number]] for number in ranked),
        timeline=timeline(events, links, scores, disputed),
        map=place_map(events, disputed),
        places=place_rows(events, disputed),
        ladder=ladder(events, links, scores),
        families=families,
        unshown_reports=unshown,
        count=count,
        first=first,
        before=chosen.but(**{"from": max(0, first - _EVENTS) or None}) if first else None,
        after=chosen.but(**{"from": first + _EVENTS}) if first + _EVENTS < count else None,
    )


def _killed(event: Event) -> int:
    """The dead that some account gives at least, in its greatest figure that holds."""
    readings = (each for toll in event.tolls if toll.kind == "killed" for each in toll.readings)
    return max((each.low or 0 for each in readings if each.superseded_by is None), default=0)


ORDERS: Mapping[str, tuple[str, Callable[[Event], tuple[int, ...]]]] = {
    "time": ("the earliest", lambda event: ()),
    "told": ("the most told", lambda event: (-event.independent_origins, -len(event.documents))),
    "disputed": (
        "the most disputed",
        lambda event: (-len(wording.disputed_fields(event)), -event.independent_origins, -len(event.documents)),
    ),
    "killed": ("the most killed", lambda event: (-_killed(event),)),
    "latest": ("the latest", lambda event: (not _moment(event), *(-each for each in _moment(event)))),
}
"""What stands first, by its name in the address: in words, and what a list is sorted by; of equals the earlier."""


def _moment(event: Event) -> tuple[int, ...]:
    """When an event is told to have begun, as numbers; none where it has no date."""
    told = (event.time.earliest or event.time.latest or "") if event.time else ""
    return tuple(int(part) for part in re.findall(r"\d+", told[:16]))


def _order(chosen: Chosen, count: int) -> str:
    """The order that is asked for, or else that of time; of more events than a page shows the most told first."""
    asked = chosen.first("order")
    return asked if asked in ORDERS else "told" if count > _EVENTS else "time"


def _first(chosen: Chosen) -> int:
    told = chosen.first("from") or "0"
    if not told.isdecimal() or len(told) > 9:
        raise QueryError(f"{told!r} is no number of an event")
    return int(told)


def _query(story: str, chosen: Chosen) -> EventQuery:
    agreement = chosen.first("agreement")
    return EventQuery(
        story=story,
        words=chosen.first("q"),
        types=tuple(filter(None, chosen.all("type"))),
        parties=tuple(filter(None, chosen.all("party"))),
        place=chosen.first("place") or None,
        since=chosen.first("since") or None,
        until=chosen.first("until") or None,
        agreement=agreement if agreement in _AGREEMENTS else None,
    )


def _filters(events: Sequence[Event], chosen: Chosen, order: str) -> Filters:
    types = Counter(event.type for event in events)
    parties = Counter(name for event in events for name in dict.fromkeys((*event.actors, *event.recipients)))
    return Filters(
        words=chosen.first("q"),
        place=chosen.first("place"),
        since=chosen.first("since"),
        until=chosen.first("until"),
        types=_choices(types, chosen.all("type")),
        parties=_choices(parties, chosen.all("party"), most=40),
        agreements=tuple(
            Choice(value, wording.agreement(value), 0, value == chosen.first("agreement")) for value in _AGREEMENTS
        ),
        orders=tuple(Choice(value, label, 0, value == order) for value, (label, _) in ORDERS.items()),
    )


def _choices(counted: Counter[str], chosen: Sequence[str], most: int = 100) -> tuple[Choice, ...]:
    ordered = sorted(counted.items(), key=lambda each: (-each[1], each[0]))[:most]
    missing = [(value, 0) for value in chosen if value and value not in dict(ordered)]
    return tuple(Choice(value, value, count, value in chosen) for value, count in (*ordered, *missing))


def _rows(
    events: Sequence[Event],
    links: Iterable[Link],
    standing: Mapping[str, Standing],
    scores: Mapping[str, float | None],
    ontology: Ontology,
) -> Iterable[EventRow]:
    headlines = {event.id: event.headline for event in events}
    answers: dict[str, list[tuple[str, str, str]]] = {}
    for link in links:
        if link.target in headlines:
            answers.setdefault(link.source, []).append((wording.link(link.kind), link.target, headlines[link.target]))
    for number, event in enumerate(events, 1):
        kind = ontology.types.get(event.type)
        score = scores[event.id]
        yield EventRow(
            number=number,
            event=event,
            standing=standing[event.id],
            when=wording.when(event.time),
            where=wording.where(event.place),
            code=f"{event.type} · {event.mode}" if event.mode else event.type,
            quad=QUADS[kind.quad] if kind else "",
            score=score,
            side="none" if score is None else "conflict" if score < 0 else "cooperation",
            tolls=", ".join(wording.toll(toll) for toll in event.tolls),
            status=wording.status(event.status),
            answers=tuple(answers.get(event.id, ())),
        )


def _families(edition: Edition, story: str) -> tuple[tuple[Family, ...], int]:
    """The families of a story's reports, the largest first, and how many reports are left out."""
    found = edition.document_page(DocumentQuery(story=story, rejected=False), limit=_REPORTS)
    listed = {line.id for line in found.documents}
    origins = []
    for origin in edition.of_story(Origin, story):
        here = tuple(id_ for id_ in origin.documents if id_ in listed)
        passages = tuple(each for each in origin.passages if each.document in listed)
        if here or passages:
            origins.append(replace(origin, documents=here, passages=passages))
    derivations = (
        each for each in edition.of_story(Derivation, story) if each.source in listed and each.target in listed
    )
    content = EditionContent(
        schema=SCHEMA, documents=found.documents, derivations=tuple(derivations), origins=tuple(origins),
        events=(), claims=(), links=(),
    )  # fmt: skip
    trees = family_trees(content, edition.quote)
    unshown = 0 if found.next is None else edition.count(DocumentQuery(story=story, rejected=False)) - len(listed)
    return tuple(_family(tree) for tree in trees if tree.texts), unshown


def _family(tree: FamilyTree) -> Family:
    above = "" if tree.seen else f"{family_named(tree)} (not among the documents)"
    branches = []
    waiting = [(node, 0, above) for node in reversed(tree.texts)]
    while waiting:
        node, depth, source = waiting.pop()
        branches.append(_branch(node, depth, source))
        waiting += [(below, depth + 1, branches[-1].name) for below in reversed(node.derived)]
    return Family(family_named(tree), tree.seen, tree.documents, tree.evidence, tuple(branches))


def _branch(node: Node, depth: int, source: str) -> Branch:
    facts = (
        f"{each.kind}: {each.source or 'nothing'} → {each.target or 'nothing'}" for each in told_facts(node.changes)
    )
    others = (f"{count} {kind}" for kind, count in node.other_changes.items())
    return Branch(
        depth=depth,
        document=node.document,
        name=node.outlet or node.source,
        title=node.title,
        published=node.published,
        source=source,
        relation=wording.derivation(node.kind) if node.kind else "",
        changes=(*facts, *others),
    )


@page("/stories/{story:str}")
def story(request: Asked) -> object:
    asked: str = request.path_params["story"]
    with shelf_of(request).now() as edition:
        found = view(edition, asked, chosen_of(request))
    if found.story.id != asked:
        return moved(request, "stories", found.story.id)
    return shown(request, "story.html.j2", found)


HANDLERS = [story]
