"""Queries as conditions on rows, in SQL that SQLite and PostgreSQL both take."""

from __future__ import annotations

import re
from collections.abc import Callable
from math import pi, sin

from sqlalchemy import ColumnElement, Select, and_, false, not_, or_, select, union_all

from variorum.records import Box, DocumentQuery, EventQuery, Near, TollBounds
from variorum.world.names import name_key

from . import tables
from .fulltext import WordIndex
from .rows import on_sphere
from .words import Term, parse

Condition = ColumnElement[bool]

EARTH_KM = 6371.0088
"""Mean radius R1 of the WGS 84 ellipsoid (Moritz 2000, Geodetic Reference System 1980)."""

_CODE = re.compile(r"[A-Z]{2,4}")
_CODES = re.compile(r"([A-Z]{3})?:([A-Z]{3})?")


Stretch = tuple[int, int]
"""The first and the last of some events that follow one another, by their positions."""


def event_conditions(query: EventQuery, index: WordIndex, stretch: Stretch | None = None) -> list[Condition]:
    """What must hold of a row of `events`. Where a stretch is given words and tolls, which most events
    may have, are looked for in its events one by one."""
    events = tables.EVENTS.c
    found = _word_conditions(query.words, lambda term: _tells(index, term, stretch))
    if query.types:
        found.append(events.type.in_(query.types))
    if query.modes:
        found.append(events.mode.in_(query.modes))
    if query.statuses:
        found.append(events.status.in_(query.statuses))
    for terms, side in ((query.actors, "actor"), (query.recipients, "recipient"), (query.parties, None)):
        if terms:
            found.append(_with_participant(terms, side))
    found += _place_conditions(query)
    found += _interval(events.first_day, events.last_day, query.since, query.until)
    if query.agreement is not None:
        agreements = tables.AGREEMENTS.c
        found.append(events.position.in_(select(agreements.position).where(agreements.agreement == query.agreement)))
    if query.origins_min > 0:
        found.append(events.independent_origins >= query.origins_min)
    found += [_with_toll(bounds, stretch) for bounds in query.tolls]
    if query.story is not None:
        found.append(events.story == query.story)
    if query.events:
        found.append(events.id.in_(query.events))
    if query.documents:
        told = tables.EVENT_DOCUMENTS.c
        found.append(events.position.in_(select(told.position).where(told.document.in_(query.documents))))
    return found


def document_conditions(query: DocumentQuery, index: WordIndex) -> list[Condition]:
    """What must hold of a row of `edition_documents`."""
    documents = tables.IN_FORCE.c
    found = _word_conditions(query.words, lambda term: documents.id.in_(_documents_with(index, term)))
    found += _interval(documents.first_day, documents.last_day, query.since, query.until)
    if query.outlet is not None:
        found.append(_has_word(documents.folded, query.outlet))
    if query.languages:
        found.append(documents.language.in_(query.languages))
    if query.story is not None:
        found.append(documents.story == query.story)
    if query.origin is not None:
        found.append(documents.origin == query.origin)
    if query.rejected is not None:
        found.append(documents.rejected.is_not(None) if query.rejected else documents.rejected.is_(None))
    if query.events:
        told = tables.EVENT_DOCUMENTS.c
        found.append(documents.id.in_(select(told.document).where(told.event.in_(query.events))))
    return found


def _word_conditions(words: str, holds: Callable[[Term], Condition]) -> list[Condition]:
    """That each wanted term of a query is there and no unwanted one; nothing fits words that ask for nothing."""
    terms = parse(words)
    if words.strip() and not terms:
        return [false()]
    return [*(holds(term) for term in terms.wanted), *(not_(holds(term)) for term in terms.unwanted)]


def _tells(index: WordIndex, term: Term, stretch: Stretch | None) -> Condition:
    told = tables.EVENT_PASSAGES.c
    passages, headlines = select(told.position), index.numbers("headline_words", term)
    if stretch is None:
        passages = passages.where(told.passage.in_(index.numbers("passage_words", term)))
    else:
        passages = passages.where(told.position.between(*stretch), index.holds("passage_words", term, told.passage))
        headlines = headlines.where(headlines.selected_columns[0].between(*stretch))
    return tables.EVENTS.c.position.in_(union_all(passages, headlines))


def _documents_with(index: WordIndex, term: Term) -> Select[str]:
    passages = tables.PASSAGES.c
    return select(passages.document).where(passages.number.in_(index.numbers("passage_words", term)))


def _interval(
    first: ColumnElement[str], last: ColumnElement[str], since: str | None, until: str | None
) -> list[Condition]:
    """That an interval, open where a day is NULL, may lie between two days; not where both are NULL."""
    found: list[Condition] = []
    if since is not None:
        found.append(or_(last >= since, and_(last.is_(None), first.is_not(None))))
    if until is not None:
        found.append(or_(first <= until, and_(first.is_(None), last.is_not(None))))
    return found


def _has_word(folded: ColumnElement[str], name: str) -> Condition:
    """That a folded column has the name, from the beginning of a word on; a name without letters is in none."""
    if not name_key(name):
        return false()
    return folded.contains(f" {name_key(name)}", autoescape=True)


def _with_participant(terms: tuple[str, ...], side: str | None) -> Condition:
    participants = tables.PARTICIPANTS.c
    query = select(participants.position).where(or_(*(_is_participant(term) for term in terms)))
    if side is not None:
        query = query.where(participants.side == side)
    return tables.EVENTS.c.position.in_(query)


def _is_participant(term: str) -> Condition:
    participants = tables.PARTICIPANTS.c
    if codes := _CODES.fullmatch(term):
        country, sector = codes.groups()
        fits = [participants.country == country] if country else []
        fits += [participants.sector == sector] if sector else []
        return and_(*fits) if fits else participants.key == term
    if _CODE.fullmatch(term):  # an abbreviation too is a name, but not the beginning of one
        whole = (participants.folded + " ").contains(f" {name_key(term)} ", autoescape=True)
        return or_(participants.country == term, participants.sector == term, whole)
    return or_(participants.key == term, _has_word(participants.folded, term))


def _place_conditions(query: EventQuery) -> list[Condition]:
    places = tables.EVENT_PLACES.c
    wanted: list[Condition] = []
    if query.countries:
        wanted.append(places.country.in_(query.countries))
    if query.place is not None:
        wanted.append(_has_word(places.folded, query.place))
    if query.box is not None:
        wanted.append(_in_box(query.box))
    if query.near is not None:
        wanted.append(_within(query.near))
    return [tables.EVENTS.c.position.in_(select(places.position).where(*wanted))] if wanted else []


def _in_box(box: Box) -> Condition:
    places = tables.EVENT_PLACES.c
    if box.west <= box.east:
        across: Condition = places.lon.between(box.west, box.east)
    else:
        across = or_(places.lon >= box.west, places.lon <= box.east)
    return and_(places.x.is_not(None), places.lat.between(box.south, box.north), across)


def _within(near: Near) -> Condition:
    """Within a distance along the surface: that is, within the chord of it through the sphere."""
    places = tables.EVENT_PLACES.c
    chord = 2 * sin(min(near.km / EARTH_KM, pi) / 2)
    x, y, z = on_sphere(near.lat, near.lon)
    dx, dy, dz = places.x - x, places.y - y, places.z - z
    degrees = near.km / EARTH_KM * 180 / pi + 1e-6
    band = places.lat.between(near.lat - degrees, near.lat + degrees)  # what an index can look up
    return and_(band, dx * dx + dy * dy + dz * dz <= chord * chord)


def _with_toll(bounds: TollBounds, stretch: Stretch | None) -> Condition:
    readings = tables.READINGS.c
    wanted: list[Condition] = [readings.whole.is_(None), readings.superseded_by.is_(None)]
    if bounds.at_least is not None:
        wanted.append(readings.low >= bounds.at_least)
    if bounds.at_most is not None:
        wanted.append(readings.high <= bounds.at_most)
    if stretch is None:
        return tables.EVENTS.c.position.in_(select(readings.position).where(readings.kind == bounds.kind, *wanted))
    # The offset keeps PostgreSQL, and the empty addition SQLite, from beginning with all readings of the kind.
    of_kind = readings.kind.concat("") == bounds.kind
    return select(readings.id).where(readings.event == tables.EVENTS.c.id, of_kind, *wanted).offset(0).exists()
