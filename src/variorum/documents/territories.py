"""Which state a label names, in whatever language: by its name, its people or its capital."""

from __future__ import annotations

from functools import cache

from variorum.packaged import data_lines
from variorum.world.states import States


def state_of(name: str) -> str | None:
    """The ISO 3166 alpha-2 code (or the name) of the state that a label is of: its name in one of thirty languages, its
    people or its capital in English; None where it is of none."""
    bare = name.strip("*_# .:,;()[]–—-")
    for found in States.load().find(bare):
        return found.state.iso2 or found.state.name
    return _names().get(bare.casefold())


def is_state(name: str) -> bool:
    """Whether a label is a state's own name in one of those languages."""
    bare = name.strip("*_# .:,;()[]–—-")
    return States.load().named(bare) is not None or bare.casefold() in _names()


@cache
def _names() -> dict[str, str]:
    rows = (line.split("\t") for line in data_lines("territories.tsv"))
    return {name: code for code, names in rows for name in names.split("|")}
