"""What the marking of lines is told, and what it gives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from variorum.records import Block, Candidate, Correction, Credit, Record

from .home import NOWHERE, Home
from .live_blogs import LiveBlogOptions, Update
from .round_ups import RoundUpOptions


class ShapeOptions(Record, frozen=True, kw_only=True):
    """The options of the shapes of news; each is documented where it is defined."""

    live_blog: LiveBlogOptions = LiveBlogOptions()
    round_up: RoundUpOptions = RoundUpOptions()


class Known(NamedTuple):
    """What is known of a page before its lines are read. `names` are what it calls itself (its outlet, its site), for
    credits that are its own; `updates` the entries that its linked data gives."""

    title: str | None = None
    names: Sequence[str] = ()
    published: str | None = None
    updated: str | None = None
    updates: Sequence[Update] = ()
    titles: Sequence[str] = ()  # the pieces of its title element, one of which may be its name
    live: bool = False  # whether its linked data declares a live blog
    home: Home = NOWHERE


class EntryDates(NamedTuple):
    """What dates the entries of a live blog and not the page: the moments that the markup gives them and nothing else,
    and where the lines stand that hold their times, or one of several days."""

    moments: frozenset[str]
    spans: frozenset[int]


class Marked(NamedTuple):
    """The blocks of a text, and what its lines say of the page: credits, candidates for its metadata, corrections, what
    it calls itself, and what dates its entries."""

    blocks: list[Block]
    credits: list[Credit]
    candidates: list[Candidate]
    corrections: tuple[Correction, ...] = ()
    names: tuple[str, ...] = ()
    of_entries: EntryDates | None = None
