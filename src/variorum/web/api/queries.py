"""Filters as query parameters: the same names and forms as the options of ``variorum search``."""

from __future__ import annotations

from typing import Annotated

from litestar.di import NamedDependency
from litestar.params import ParameterKwarg, QueryParameter

from variorum.records import Box, DocumentQuery, EventQuery, Near, TollBounds
from variorum.records.annotation import Status
from variorum.records.events import Agreement
from variorum.records.queries import MOST

_WHO = "a name or the beginning of a word in it, a country (IRN), a sector (MIL), or both (IRN:MIL)"
_MOST_COUNTED = 10**9


def _by(name: str, told: str) -> ParameterKwarg:
    return QueryParameter(name=name, description=told)


Events = NamedDependency[EventQuery]
"""The filters over events, as a parameter called ``event_query``."""
Documents = NamedDependency[DocumentQuery]
"""The filters over documents, as a parameter called ``document_query``."""

Words = Annotated[str, _by("q", "Words, phrases in quotation marks, -word, begin*.")]
Since = Annotated[str | None, _by("since", "May lie on this day (2024-01-18) or later.")]
Until = Annotated[str | None, _by("until", "May lie on this day or earlier.")]
Story = Annotated[str | None, _by("story", "Of the story of this id.")]
After = Annotated[str | None, _by("after", "The `next` of the page before.")]
Limit = Annotated[int, QueryParameter(name="limit", ge=1, le=MOST, description="Rows of a page.")]
Most = Annotated[
    int | None, QueryParameter(name="most", ge=1, le=_MOST_COUNTED, description="Count no further than this.")
]


def event_query(
    words: Words = "",
    types: Annotated[list[str] | None, _by("type", "Of this type; may be repeated.")] = None,
    modes: Annotated[list[str] | None, _by("mode", "Of this mode; may be repeated.")] = None,
    statuses: Annotated[list[Status] | None, _by("status", "Told as this; may be repeated.")] = None,
    actors: Annotated[list[str] | None, _by("actor", f"Who acts: {_WHO}.")] = None,
    recipients: Annotated[list[str] | None, _by("recipient", "Who is acted on, as `actor`.")] = None,
    parties: Annotated[list[str] | None, _by("party", "Who takes part on either side, as `actor`.")] = None,
    countries: Annotated[list[str] | None, _by("country", "Where: ISO 3166 alpha-2.")] = None,
    place: Annotated[str | None, _by("place", "Where: a place or division by name.")] = None,
    box: Annotated[str | None, _by("box", "Where: WEST,SOUTH,EAST,NORTH in degrees.")] = None,
    near: Annotated[str | None, _by("near", "Where: LAT,LON,KM.")] = None,
    since: Since = None,
    until: Until = None,
    agreement: Annotated[Agreement | None, _by("agreement", "With a field on which the accounts stand so.")] = None,
    origins_min: Annotated[
        int, QueryParameter(name="origins", ge=0, le=1_000_000, description="With so many independent origins or more.")
    ] = 0,
    tolls: Annotated[list[str] | None, _by("toll", "killed, injured:10-, killed:2-7, killed:-3.")] = None,
    story: Story = None,
    documents: Annotated[list[str] | None, _by("document", "Told by this document; may be repeated.")] = None,
    events: Annotated[list[str] | None, _by("event", "The event of this id; may be repeated.")] = None,
) -> EventQuery:
    """Raises QueryError where the parameters cannot be meant."""
    return EventQuery(
        words=words,
        types=tuple(types or ()),
        modes=tuple(modes or ()),
        statuses=tuple(statuses or ()),
        actors=tuple(actors or ()),
        recipients=tuple(recipients or ()),
        parties=tuple(parties or ()),
        countries=tuple(countries or ()),
        place=place,
        box=Box.read(box) if box is not None else None,
        near=Near.read(near) if near is not None else None,
        since=since,
        until=until,
        agreement=agreement,
        origins_min=origins_min,
        tolls=tuple(TollBounds.read(each) for each in tolls or ()),
        story=story,
        documents=tuple(documents or ()),
        events=tuple(events or ()),
    )


def document_query(
    words: Words = "",
    outlet: Annotated[str | None, _by("outlet", "A name or the beginning of a word in it.")] = None,
    languages: Annotated[list[str] | None, _by("language", "ISO 639-1; may be repeated.")] = None,
    since: Since = None,
    until: Until = None,
    story: Story = None,
    origin: Annotated[str | None, _by("origin", "Of the origin of this id.")] = None,
    events: Annotated[list[str] | None, _by("event", "Telling this event; may be repeated.")] = None,
    rejected: Annotated[bool | None, _by("rejected", "Those rejected, or those taken.")] = None,
) -> DocumentQuery:
    """Raises QueryError where the parameters cannot be meant."""
    return DocumentQuery(
        words=words,
        outlet=outlet,
        languages=tuple(languages or ()),
        since=since,
        until=until,
        story=story,
        origin=origin,
        events=tuple(events or ()),
        rejected=rejected,
    )
