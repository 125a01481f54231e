"""What can be set about actors."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from variorum.records import Record


class ActorOptions(Record, frozen=True, kw_only=True):
    """Thresholds of the actor stage; tuned on texts of our own from all continents (``tests/annotation/actors``).

    `reach` is how many sentences back a pronoun or "the ministry" looks for the one it stands for. `context_country`
    lets those without a country of their own ("police", "villagers") take that of the place or text that tells of
    them. `pronouns` turns mentions for resolved pronouns on.
    """

    reach: Annotated[int, Meta(ge=0)] = 4
    context_country: bool = True
    pronouns: bool = True
