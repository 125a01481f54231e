"""People's rulings on copies, as they stand at the end of the log."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

from variorum.records import Decision


class Ruled(NamedTuple):
    """Pairs of document ids, the lesser first, with the author of the ruling on each."""

    same: dict[tuple[str, str], str]
    different: dict[tuple[str, str], str]


def replay(decisions: Sequence[Decision], documents: frozenset[str]) -> Ruled:
    """The rulings in force among `documents`: the last on a pair wins, a restored one is gone, and one on a document
    that is not here waits for it."""
    restored = {target for decision in decisions if decision.action == "restore" for target in decision.targets}
    same: dict[tuple[str, str], str] = {}
    different: dict[tuple[str, str], str] = {}
    for decision in decisions:
        if decision.action not in ("copy", "not-a-copy") or decision.id in restored:
            continue
        mine, against = (same, different) if decision.action == "copy" else (different, same)
        here = sorted(set(decision.targets) & documents)
        for pair in combinations(here, 2):
            against.pop(pair, None)
            mine[pair] = decision.author
    return Ruled(same, different)
