"""What can be set in the search for tolls."""

from __future__ import annotations

from variorum.records import Record


class TollOptions(Record, frozen=True, kw_only=True):
    """Windows in words. Chosen on sentences of our own and by reading errors on reports of three decades.

    `noun` is how far behind a number the noun that it counts may stand; `filler` how far a word of harm may stand from
    the number where no tree ties them; `antecedent` how many sentences back a whole may stand from its part;
    from `flight` people on, those who "fled" are displaced, fewer may be culprits on the run. `count` is how far
    behind a word such as "toll" its figures may stand; `gap` how long a clause without a verb may be on either side of
    its number.
    """

    noun: int = 6
    filler: int = 14
    antecedent: int = 2
    flight: int = 20
    count: int = 24
    gap: int = 10
