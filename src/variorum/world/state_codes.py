"""The numbers that other people's data have for states: ISO 3166, Correlates of War, Gleditsch and Ward.

Read from ``variorum/data/state_codes.tsv`` (compiled by ``tools/compile_state_codes.py``).
"""

from __future__ import annotations

import csv
from functools import cache
from typing import NamedTuple

from variorum.packaged import data_lines

# UCDP/PRIO Armed Conflict Dataset Codebook, "Region": by Gleditsch and Ward's numbers, both ends included.
_REGIONS = (
    (2, 199, "Americas"),
    (200, 399, "Europe"),
    (400, 629, "Africa"),
    (630, 699, "Middle East"),
    (700, 999, "Asia"),
)


class StateNumbers(NamedTuple):
    """A state's number in ISO 3166-1, in the Correlates of War state system and in Gleditsch and Ward's list of
    independent states; None where that list has none."""

    iso: int | None = None
    cow: int | None = None
    gw: int | None = None

    @property
    def region(self) -> str | None:
        """UCDP's region of the world, None where Gleditsch and Ward list no such state."""
        if self.gw is None:
            return None
        return next(name for first, last, name in _REGIONS if first <= self.gw <= last)


def state_numbers(iso3: str | None) -> StateNumbers:
    """The numbers of a state by its ISO 3166 alpha-3 code; all None for a code of no state. Raises ModelError where
    the data file is missing."""
    return _table().get(iso3 or "", StateNumbers())


@cache
def _table() -> dict[str, StateNumbers]:
    rows = csv.DictReader(data_lines("state_codes.tsv"), delimiter="\t")
    return {row["iso3"]: StateNumbers(*(_number(row[name]) for name in ("iso_numeric", "cow", "gw"))) for row in rows}


def _number(text: str) -> int | None:
    return int(text) if text else None
