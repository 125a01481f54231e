"""Stories: their numbers, counted by the database, and what hangs together within one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, case, func, select

from variorum.records import Contradiction, Derivation, Link, Origin, Record, StoryOrder

from . import tables


def story_summaries(order: StoryOrder, ids: Sequence[str] | None = None) -> Select[Any]:
    """The rows of `records.StorySummary`, of all stories or of some."""
    events, stories = tables.EVENTS.c, tables.STORIES.c
    agreements = tables.AGREEMENTS.c
    in_dispute = select(agreements.position).where(agreements.agreement == "disputed")
    of_events = select(
        events.story,
        func.count().label("events"),
        func.sum(case((events.position.in_(in_dispute), 1), else_=0)).label("disputed"),
        func.min(func.coalesce(events.first_day, events.last_day)).label("first_day"),
        func.max(func.coalesce(events.last_day, events.first_day)).label("last_day"),
    ).group_by(events.story)
    documents = tables.IN_FORCE.c
    of_documents = (
        select(
            documents.story,
            func.count().label("documents"),
            func.count(documents.origin.distinct()).label("origins"),
        )
        .where(documents.story.is_not(None), documents.rejected.is_(None))
        .group_by(documents.story)
    )
    if ids is not None:
        of_events, of_documents = of_events.where(events.story.in_(ids)), of_documents.where(documents.story.in_(ids))
    told, written = of_events.subquery("told"), of_documents.subquery("written")
    counted = {name: func.coalesce(told.c[name], 0) for name in ("events", "disputed")}
    counted |= {name: func.coalesce(written.c[name], 0) for name in ("documents", "origins")}
    wanted = (
        select(
            stories.id,
            stories.title,
            *(each.label(name) for name, each in counted.items()),
            told.c.first_day,
            told.c.last_day,
        )
        .outerjoin(told, told.c.story == stories.id)
        .outerjoin(written, written.c.story == stories.id)
    )
    if ids is not None:
        wanted = wanted.where(stories.id.in_(ids))
    if order == "newest":
        return wanted.order_by(func.coalesce(told.c.last_day, "").desc(), stories.position)
    if order == "told":
        return wanted.order_by(stories.position)
    return wanted.order_by(counted[order].desc(), stories.position)


def story_parts(kind: type[Record], story: str) -> Select[Any]:
    """The records of a kind within a story, in the edition's order: its events' links and contradictions, derivations
    between its documents, and the origins of these."""
    events = select(tables.EVENTS.c.id).where(tables.EVENTS.c.story == story)
    documents = select(tables.IN_FORCE.c.id).where(tables.IN_FORCE.c.story == story)
    if kind is Link:
        links = tables.LINKS.c
        return select(links.record).where(links.source.in_(events)).order_by(links.position)
    if kind is Contradiction:
        found = tables.CONTRADICTIONS.c
        return select(found.record).where(found.event.in_(events)).order_by(found.position)
    if kind is Derivation:
        edges = tables.DERIVATIONS.c
        inside = edges.source.in_(documents), edges.target.in_(documents)
        return select(edges.record).where(*inside).order_by(edges.source, edges.target)
    assert kind is Origin
    named = select(tables.IN_FORCE.c.origin).where(tables.IN_FORCE.c.story == story)
    origins = tables.ORIGINS.c
    return select(origins.record).where(origins.id.in_(named)).order_by(origins.id)
