"""What every record shares: immutable, typed, JSON by its field names; and the spans that tie it to text."""

from __future__ import annotations

from typing import Literal, NamedTuple

import msgspec


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """One moment of a thing's life. Records are values: equal where their fields are, never changed after."""


class Span(NamedTuple):
    """Characters ``[start, end)`` of a text, counted in Unicode code points; ``[start, end]`` in JSON."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


Field = Literal["text", "title"]


class Evidence(Record, frozen=True, kw_only=True):
    """The exact characters of a stored document that a value rests on.

    `field` is "title" where they stand in a title that came beside the text (a JSON Lines record's ``title``).
    """

    document: str
    start: int
    end: int
    field: Field = "text"


class Feature(Record, frozen=True, kw_only=True):
    """One reason in an explained score or choice: what was looked at, what was found, how much it weighed."""

    name: str
    value: float
    weight: float
    note: str = ""

    @property
    def contribution(self) -> float:
        return self.value * self.weight
