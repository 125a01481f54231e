"""What is asked of an edition: filters over events and documents, and pages of what answers them.

A filter that is empty or None lets everything through; those that are set must all hold; of several values of one
filter any may. Filters look at every account: an event that one text puts in one town and another text in the next is
found by both. Making a query that no event could ever answer raises QueryError.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Literal, cast, get_args

from variorum.errors import QueryError

from .annotation import Status, TollKind
from .base import Evidence, Record, Span
from .edition import EditionDocument
from .events import Agreement, Event

MOST = 1000  # rows of one page: what fits a screen, an answer over the network, and memory
MOST_COUNTED = 1000
"""Answers that a search counts: beyond, it says that there are so many or more."""
_MOST_PEOPLE, _MOST_ORIGINS = 10**12, 10**9
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_TOLL = re.compile(rf"({'|'.join(get_args(TollKind))})(?::(\d+)?(-)?(\d+)?)?")


class Box(Record, frozen=True, kw_only=True):
    """A part of the world in degrees. `west` greater than `east` spans the line of 180 degrees."""

    west: float
    south: float
    east: float
    north: float

    def __post_init__(self) -> None:
        _check_place(self.south, self.west)
        _check_place(self.north, self.east)
        if self.south > self.north:
            raise QueryError(f"the box's south, {self.south:g}, lies north of its north, {self.north:g}")

    @staticmethod
    def read(words: str) -> Box:
        """The box of ``WEST,SOUTH,EAST,NORTH``. Raises QueryError."""
        west, south, east, north = _numbers(words, 4, "WEST,SOUTH,EAST,NORTH in degrees")
        return Box(west=west, south=south, east=east, north=north)


class Near(Record, frozen=True, kw_only=True):
    """What lies within `km` kilometres of a point, along the surface of the earth."""

    lat: float
    lon: float
    km: float

    def __post_init__(self) -> None:
        _check_place(self.lat, self.lon)
        if not 0 < self.km <= 20_040:
            raise QueryError(f"{self.km:g} km is no distance between two places on earth")

    @staticmethod
    def read(words: str) -> Near:
        """What ``LAT,LON,KM`` says. Raises QueryError."""
        lat, lon, km = _numbers(words, 3, "LAT,LON,KM")
        return Near(lat=lat, lon=lon, km=km)


class TollBounds(Record, frozen=True, kw_only=True):
    """A toll of which some reading in force says at least so many and at most so many: "more than 3,000" is at least
    3,001 and has no most; "seven" is both."""

    kind: TollKind
    at_least: int | None = None
    at_most: int | None = None

    def __post_init__(self) -> None:
        low, high = self.at_least, self.at_most
        if any(bound is not None and not 0 <= bound <= _MOST_PEOPLE for bound in (low, high)):
            raise QueryError(f"a toll is 0 to {_MOST_PEOPLE:,}")
        if low is not None and high is not None and low > high:
            raise QueryError(f"no figure is at least {low} and at most {high}")

    @staticmethod
    def read(words: str) -> TollBounds:
        """The toll of ``killed`` (any), ``killed:10-`` (at least), ``killed:-3`` (at most), ``killed:2-7`` or
        ``killed:5``. Raises QueryError."""
        found = _TOLL.fullmatch(words)
        if found is None:
            kinds = ", ".join(get_args(TollKind))
            raise QueryError(
                f"{words!r} is not one of {kinds}, with or without figures (killed:10-, killed:2-7, killed:-3)"
            )
        kind, low, dash, high = found.groups()
        least = int(low) if low else None
        most = int(high) if high else (least if low and not dash else None)
        return TollBounds(kind=cast(TollKind, kind), at_least=least, at_most=most)


class EventQuery(Record, frozen=True, kw_only=True):
    """Which events.

    `words` are searched in the headline and in the passages that tell the event or say something of it: each must stand
    in some of them (`docs/search.md` has the syntax). `types`, `modes` and `statuses` are the ontology's codes.

    `actors` are those who act, `recipients` those who are acted on, `parties` either. Each is a name or the beginning
    of a word in it ("border guard"), a country's ISO 3166 alpha-3 code or PLOVER's code of a sector in capitals
    ("IRN", "MIL"), both ("IRN:MIL"), or a participant's key.

    `countries` are ISO 3166 alpha-2 codes of where it happened, `place` a name or the beginning of a word in it, of any
    account's place or its first-level division. `box` and `near` find no event of which only the country or a region
    is told.

    `since` and `until` are days ("2024-01-18"), both included: events that may lie there by what is told, however
    widely; what has no time at all is not found. `agreement` is that of any field, the tolls' included; an event with
    contradictions is disputed. `origins_min` counts independent origins. Of several `tolls` all must hold. `story` is
    an id; `documents` are ids of texts of which any tells the event, `events` those of the events themselves.
    """

    words: str = ""
    types: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    statuses: tuple[Status, ...] = ()
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    place: str | None = None
    box: Box | None = None
    near: Near | None = None
    since: str | None = None
    until: str | None = None
    agreement: Agreement | None = None
    origins_min: int = 0
    tolls: tuple[TollBounds, ...] = ()
    story: str | None = None
    documents: tuple[str, ...] = ()
    events: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check_words(self)
        _check_days(self.since, self.until)
        if not 0 <= self.origins_min <= _MOST_ORIGINS:
            raise QueryError(f"origins are 0 to {_MOST_ORIGINS:,}")


class DocumentQuery(Record, frozen=True, kw_only=True):
    """Which documents. `words` are searched in title and text. `outlet` is a name or the beginning of a word in it,
    `languages` ISO 639-1 codes; `since` and `until` are days of publication, as `EventQuery` has them; `story` and
    `origin` are ids, `events` ids of events of which the document tells any. `rejected` True finds what was rejected
    alone, False what was taken alone."""

    words: str = ""
    outlet: str | None = None
    languages: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    story: str | None = None
    origin: str | None = None
    events: tuple[str, ...] = ()
    rejected: bool | None = None

    def __post_init__(self) -> None:
        _check_words(self)
        _check_days(self.since, self.until)


class EventPage(Record, frozen=True, kw_only=True):
    """Some of the events that answer a query, in the order of time. `next` is the position to go on from, an opaque
    word that stays good when the edition is computed anew; None where there are no more."""

    events: tuple[Event, ...]
    next: str | None = None


class DocumentPage(Record, frozen=True, kw_only=True):
    """Some of the documents that answer a query, by day of publication, then id; `next` as in `EventPage`."""

    documents: tuple[EditionDocument, ...]
    next: str | None = None


StoryOrder = Literal["told", "events", "disputed", "origins", "newest"]
"""As the edition lists them, or those first with the most events, disputed events or origins, or the latest day."""


class StorySummary(Record, frozen=True, kw_only=True):
    """A story in numbers. `disputed` of its events have a field in dispute, `origins` are the independent ones of its
    documents, `first_day` and `last_day` (ISO 8601) bound what is told of its events' times, None where nothing is."""

    id: str
    title: str
    events: int
    disputed: int
    documents: int
    origins: int
    first_day: str | None = None
    last_day: str | None = None


class Snippet(Record, frozen=True, kw_only=True):
    """Words of a text about what was searched: `text` are the characters of `evidence`, and `hits` are the characters
    of the same text (or title) that were found."""

    evidence: Evidence
    text: str
    hits: tuple[Span, ...]


def _check_words(query: EventQuery | DocumentQuery) -> None:
    """That every text of a query can be text of a database: no NUL, no half of a character."""
    for name in query.__struct_fields__:
        value = getattr(query, name)
        for each in value if isinstance(value, tuple) else (value,):
            if isinstance(each, str) and ("\x00" in each or any("\ud800" <= c <= "\udfff" for c in each)):
                raise QueryError(f"{name}: {each!r} has characters that no text has")


def _check_place(lat: float, lon: float) -> None:
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise QueryError(f"{lat:g}, {lon:g} is no place on earth (degrees: latitude -90 to 90, longitude -180 to 180)")


def _numbers(words: str, count: int, form: str) -> list[float]:
    try:
        numbers = [float(part) for part in words.split(",")]
    except ValueError:
        numbers = []
    if len(numbers) != count:
        raise QueryError(f"{words!r} is not {form}")
    return numbers


def _check_days(since: str | None, until: str | None) -> None:
    for day in (since, until):
        if day is not None and not _is_day(day):
            raise QueryError(f"{day!r} is no day; one is written as 2024-01-18")
    if since is not None and until is not None and since > until:
        raise QueryError(f"nothing lies since {since} and until {until}")


def _is_day(words: str) -> bool:
    try:
        return bool(_DAY.fullmatch(words)) and date.fromisoformat(words) is not None
    except ValueError:
        return False
