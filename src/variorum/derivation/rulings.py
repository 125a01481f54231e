"""People's rulings on copies among the documents of one run, with who made them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

from variorum.records import Decision
from variorum.review import replay


class Ruled(NamedTuple):
    """Pairs of document ids, the lesser first, with the author of the last ruling on each."""

    same: dict[tuple[str, str], str]
    different: dict[tuple[str, str], str]


def rulings(decisions: Sequence[Decision], documents: frozenset[str]) -> Ruled:
    """The rulings in force among `documents`; one on a document that is not here waits for it. Raises `DecisionError`
    where the log contradicts itself."""
    same: dict[tuple[str, str], str] = {}
    different: dict[tuple[str, str], str] = {}
    for decision in replay(decisions).in_force:
        if decision.action in ("copy", "not-a-copy"):
            pairs = same if decision.action == "copy" else different
            here = sorted(set(decision.targets) & documents)
            pairs.update(dict.fromkeys(combinations(here, 2), decision.author))
    return Ruled(same, different)
