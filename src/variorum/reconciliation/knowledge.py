"""What ``data/reconciliation.toml`` says of types, modes, groups of people and the words about figures."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from variorum.packaged import data_table


class Knowledge(NamedTuple):
    """The data file, ready for use."""

    near_types: frozenset[frozenset[str]]
    kindred_types: frozenset[frozenset[str]]
    mutual_types: frozenset[str]
    recalled_types: frozenset[str]
    general_groups: frozenset[str]
    mode_groups: dict[str, tuple[frozenset[str], ...]]
    civil_types: frozenset[str]
    steps: dict[str, frozenset[str]]
    answers: re.Pattern[str]
    reaching: re.Pattern[str]
    outdated: re.Pattern[str]
    up_from: re.Pattern[str]
    own_losses: re.Pattern[str]
    more: re.Pattern[str]
    female: re.Pattern[str]
    male: re.Pattern[str]

    def sexes(self, text: str) -> frozenset[str]:
        """The sexes that words tell people to be of."""
        return frozenset(
            name for name, words in (("female", self.female), ("male", self.male)) if words.search(text) is not None
        )

    def modes_meet(self, type_: str, one: str, other: str) -> bool:
        """Whether reports of one happening may give these two modes of a type in each other's place."""
        return one == other or any(one in group and other in group for group in self.mode_groups.get(type_, ()))

    def is_step(self, type_: str, mode: str | None) -> bool:
        """Whether an event is a step of police or courts in a case."""
        return mode in self.steps.get(type_, ())


def _words(words: list[str]) -> re.Pattern[str]:
    return re.compile(r"(?<![\w-])(?:" + "|".join(words) + r")(?![\w-])", re.IGNORECASE)


def _ending(words: list[str]) -> re.Pattern[str]:
    return re.compile(r"(?<![\w-])(?:" + "|".join(words) + r")\s*$", re.IGNORECASE)


@cache
def knowledge() -> Knowledge:
    """The packaged knowledge, read once a process."""
    table = data_table("reconciliation.toml")
    return Knowledge(
        near_types=frozenset(frozenset(pair) for pair in table["near_types"]),
        kindred_types=frozenset(frozenset(pair) for pair in table["kindred_types"]),
        mutual_types=frozenset(table["mutual_types"]),
        recalled_types=frozenset(table["recalled_types"]),
        general_groups=frozenset(table["general_groups"]),
        mode_groups={kind: tuple(map(frozenset, groups)) for kind, groups in table["mode_groups"].items()},
        civil_types=frozenset(table["civil_types"]),
        steps={kind: frozenset(modes) for kind, modes in table["steps"].items()},
        answers=_words(table["answers"]["words"]),
        reaching=_ending(table["updates"]["reaching"]),
        outdated=_ending(table["updates"]["outdated"]),
        up_from=_words(table["updates"]["up_from"]),
        own_losses=_ending(table["updates"]["own_losses"]),
        more=_words(table["updates"]["more"]),
        female=_words(table["people"]["female"]),
        male=_words(table["people"]["male"]),
    )
