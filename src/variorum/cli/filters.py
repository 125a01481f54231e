"""The filters over events that every command which picks events has, as options."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

if TYPE_CHECKING:
    from variorum.records import EventQuery

T = TypeVar("T")
_DAY = click.DateTime(["%Y-%m-%d"])
_STATUSES = ("actual", "negated", "hypothetical", "future", "ongoing", "historical")
_PARTY = (
    "a name or the beginning of a word in it, a country (IRN), a sector in PLOVER's letters (MIL), or both (IRN:MIL)"
)


class Filters(NamedTuple):
    """What the options say."""

    given: dict[str, Any]

    def query(self, words: str = "") -> EventQuery:
        """The query of these options."""
        from variorum.records import EventQuery

        return EventQuery(words=words, **self.given)


def filters_events(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the filters over events as options; what they say comes to it as `filters`."""

    @wraps(command)
    def wrapped(**given: Any) -> None:
        command(filters=_filters({name: given.pop(name) for name in _NAMES}), **given)

    for option in reversed(_OPTIONS):
        wrapped = option(wrapped)
    return wrapped


def _filters(given: dict[str, Any]) -> Filters:
    """Raises UsageError where an option cannot be meant."""
    from variorum.errors import QueryError
    from variorum.records import Box, EventQuery, Near, TollBounds

    try:
        made = {
            "box": None if given["box"] is None else _told("--box", Box.read, given["box"]),
            "near": None if given["near"] is None else _told("--near", Near.read, given["near"]),
            "since": _day(given["since"]),
            "until": _day(given["until"]),
            "tolls": tuple(_told("--toll", TollBounds.read, each) for each in given["tolls"]),
        }
        EventQuery(**{**given, **made})
    except QueryError as error:
        raise click.UsageError(str(error)) from error
    return Filters({**given, **made})


def _day(given: datetime | None) -> str | None:
    return given.date().isoformat() if given is not None else None


def _told(option: str, read: Callable[[str], T], words: str) -> T:
    from variorum.errors import QueryError

    try:
        return read(words)
    except QueryError as error:
        raise click.BadParameter(str(error), param_hint=option) from error


_OPTIONS = (
    click.option("--type", "types", multiple=True, metavar="CODE", help="Of this type (ASSAULT); may be repeated."),
    click.option("--mode", "modes", multiple=True, metavar="CODE", help="Of this mode (aerial); may be repeated."),
    click.option(
        "--status", "statuses", multiple=True, type=click.Choice(_STATUSES), help="Told as this; may be repeated."
    ),
    click.option("--actor", "actors", multiple=True, metavar="WHO", help=f"Who acts: {_PARTY}."),
    click.option("--recipient", "recipients", multiple=True, metavar="WHO", help="Who is acted on, as --actor."),
    click.option("--party", "parties", multiple=True, metavar="WHO", help="Who takes part on either side, as --actor."),
    click.option("--country", "countries", multiple=True, metavar="CODE", help="Where: ISO 3166, two letters (PK)."),
    click.option("--place", metavar="NAME", help="Where: a place or division, or the beginning of a word in its name."),
    click.option("--box", metavar="W,S,E,N", help="Where: a box in degrees. Places known by country alone are out."),
    click.option("--near", metavar="LAT,LON,KM", help="Where: within so many kilometres of a point."),
    click.option("--since", type=_DAY, metavar="DAY", help="May lie on this day or later, by what is told."),
    click.option("--until", type=_DAY, metavar="DAY", help="May lie on this day or earlier, by what is told."),
    click.option(
        "--agreement",
        type=click.Choice(["agreed", "single-source", "disputed", "unknown"]),
        help="With some field on which the accounts stand so; contradictions are disputes.",
    ),
    click.option(
        "--origins",
        "origins_min",
        type=click.IntRange(0),
        default=0,
        metavar="N",
        help="With at least so many independent origins.",
    ),
    click.option(
        "--toll",
        "tolls",
        multiple=True,
        metavar="KIND[:FIGURES]",
        help="With a reading in force of this toll: killed, injured:10- (at least), killed:2-7, killed:-3 (at most).",
    ),
    click.option("--story", metavar="ID", help="Of this story; the first digits are enough."),
    click.option("--document", "documents", multiple=True, metavar="ID", help="Told by this document."),
    click.option("--event", "events", multiple=True, metavar="ID", help="The event of this id; may be repeated."),
)
_NAMES = (
    *("types", "modes", "statuses", "actors", "recipients", "parties", "countries", "place", "box", "near"),
    *("since", "until", "agreement", "origins_min", "tolls", "story", "documents", "events"),
)
