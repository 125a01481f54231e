"""Which events answer a query, and how many: plans that stay quick where most of them do.

The index knows all passages with a word at once; to tie a word of every second passage to its events, and these to
their order, takes far longer than to look through the events of which a page is made. So it is with tolls. Where either
is asked for, the next stretch of events is looked through first, and all of the edition only where that does not fill
the page. Both find the same.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, func, select

from variorum.records import EventQuery

from . import tables
from .filters import Stretch, event_conditions
from .fulltext import WordIndex
from .words import parse

NEAR = 1_000
"""Events that are looked through first, at least: a hundredth of an edition of 100,000, on which this was tuned."""
A_ROW = 4
"""Events that are looked through first for each row that is asked for: enough for words of every fourth event."""

TRIED = 16
"""A stretch is counted where so small a part of it lets hope for half of what is to be counted."""


def positions(connection: Connection, query: EventQuery, index: WordIndex, after: int, limit: int) -> Sequence[int]:
    """The positions of the first `limit` events behind the position `after` that answer."""
    end = _end(connection, after, max(NEAR, A_ROW * limit)) if _may_be_common(query) else None
    if end is not None:
        near = _some(connection, query, index, (after + 1, end), limit)
        if len(near) == limit:
            return near
    events = tables.EVENTS.c
    wanted = select(events.position).where(*event_conditions(query, index))
    if after >= 0:
        wanted = wanted.where(events.position > after)
    # Of days the indexes know all: a sum as order keeps a database from going through the rows by position instead.
    dated = query.since is not None or query.until is not None
    order = events.position + 0 if dated else events.position
    return connection.scalars(wanted.order_by(order).limit(limit)).all()


def counted(connection: Connection, query: EventQuery, index: WordIndex, most: int | None) -> int:
    """How many events answer; `most` where there are as many or more."""
    if most is not None and _may_be_common(query):
        size = max(NEAR, A_ROW * most)
        found = 0
        for begun, end in _ends(connection, size):  # what is common of late may not be at first
            tried = begun, _end(connection, begun - 1, size // TRIED) or end
            if len(_some(connection, query, index, tried, most)) * TRIED * 2 >= most:
                found += len(_some(connection, query, index, (begun, end), most - found))
            if found >= most:
                return most
    # Without a limit: one would let PostgreSQL hope to find so many soon, row by row.
    answering = select(func.count()).select_from(tables.EVENTS).where(*event_conditions(query, index))
    found = connection.scalar(answering) or 0
    return found if most is None else min(found, most)


def _some(connection: Connection, query: EventQuery, index: WordIndex, stretch: Stretch, limit: int) -> Sequence[int]:
    position = tables.EVENTS.c.position
    wanted = select(position).where(position.between(*stretch), *event_conditions(query, index, stretch))
    return connection.scalars(wanted.order_by(position).limit(limit)).all()


def _may_be_common(query: EventQuery) -> bool:
    return bool(query.tolls or parse(query.words).wanted)


def _end(connection: Connection, after: int, size: int) -> int | None:
    """The position of the event that stands so many behind a position; None where there are fewer. Positions have room
    between them, so they are looked up and not reckoned."""
    position = tables.EVENTS.c.position
    found: int | None = connection.scalar(
        select(position).where(position > after).order_by(position).offset(size - 1).limit(1)
    )
    return found


def _ends(connection: Connection, size: int) -> Sequence[Stretch]:
    """The first and the last so many events; none where they would meet."""
    position = tables.EVENTS.c.position
    first, last = _end(connection, -1, size), connection.scalar(select(func.max(position)))
    begun = connection.scalar(select(position).order_by(position.desc()).offset(size - 1).limit(1))
    return ((0, first), (begun, last)) if first is not None and begun is not None and first < begun else ()
