"""The words by which persons, groups, states and names are told apart (``actor_cues.toml``)."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from variorum.packaged import data_table

Words = frozenset[str]


class Wording(NamedTuple):
    """The tables of ``actor_cues.toml``, each explained there; `living` and `members` map a word to a sector."""

    public: Words
    official: Words
    harm: Words
    others: Words
    parted: Words
    parting: Words
    of_mind: Words
    strikes: Words
    blows: Words
    movements: Words
    political: Words
    anyones: Words
    bodies: Words
    formations: Words
    causes: Words
    fight: Words
    trade: Words
    report: Words
    help: Words
    vote: Words
    goods: Words
    living: dict[str, str]
    members: dict[str, str]
    fields: dict[str, Words]
    craft: dict[str, Words]
    settled: dict[str, str]


@cache
def wording() -> Wording:
    """The packaged tables, read once a process. Raises `ModelError` where the file is missing."""
    tables = data_table("actor_cues.toml")
    sets = {
        name: frozenset(words)
        for table in ("person", "state", "name", "group")
        for name, words in tables[table].items()
    }
    living, members = (
        {word: sector for sector, words in tables[table].items() for word in words} for table in ("living", "members")
    )
    fields, craft = ({name: frozenset(words) for name, words in tables[table].items()} for table in ("field", "craft"))
    craft["all"] = craft["war"] | craft["trade"] | craft["any"]
    return Wording(**sets, living=living, members=members, fields=fields, craft=craft, settled=tables["settled"])
