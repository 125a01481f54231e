"""People's rulings on copies among the documents of one run, with who made them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from variorum.records import Decision
from variorum.review import replay, told_apart


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
            ones, others = set(decision.targets) & documents, set(decision.others) & documents
            if not decision.others or others:
                pairs.update(dict.fromkeys(sorted(told_apart(ones, others)), decision.author))
    return Ruled(same, different)
