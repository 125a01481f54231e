"""Stories in numbers, counted by the database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, case, func, select

from variorum.records import StoryOrder

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
