"""Accounts into groups: what many rivals do to a weak likeness."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray

from variorum.linkage import Comparison, Pairs, Rulings, feature
from variorum.reconciliation.accounts import Account, accounts
from variorum.reconciliation.candidates import Candidates
from variorum.reconciliation.grouping import Groups, group
from variorum.reconciliation.options import ReconciliationOptions
from variorum.reconciliation.witnesses import Witnesses

from .telling import Telling, provenance


class Alike:
    """Finds any two accounts a little alike."""

    def scores(self, pairs: Pairs, aligned: NDArray[np.bool_]) -> NDArray[np.float64]:
        return np.full(len(pairs), 0.6)

    def explained(self, pairs: Sequence[tuple[Account, Account]], aligned: Sequence[bool]) -> list[Comparison]:
        return [Comparison(one=one.id, other=other.id, features=(feature("like", 1.0, 0.6),)) for one, other in pairs]


def grouped(number: int, *, aligned: bool = False, same: frozenset[tuple[str, str]] = frozenset()) -> Groups:
    tellings = [Telling(f"t{n:03}", "Ostland made demands.", published="2031-03-05") for n in range(number)]
    for telling in tellings:
        telling.event("demands", "REQUEST", None)
    annotations = {telling.id: telling.annotation for telling in tellings}
    found = accounts(Witnesses([telling.document for telling in tellings], annotations, provenance(tellings)))
    pairs = frozenset(combinations(sorted(account.id for account in found), 2))
    proposed = Candidates(Pairs.of([account.id for account in found], pairs), pairs if aligned else frozenset())
    return group(found, proposed, Alike(), Rulings(same=same), ReconciliationOptions())


@pytest.mark.parametrize(("number", "largest"), [(3, 3), (12, 12), (80, 1)])
def test_a_weak_likeness_holds_among_few_and_not_among_many(number: int, largest: int) -> None:
    assert max(map(len, grouped(number).groups)) == largest


def test_words_taken_over_are_one_account_among_any_number() -> None:
    assert len(grouped(80, aligned=True).groups) == 1


def test_the_rivals_are_among_the_reasons() -> None:
    ((comparison,),) = grouped(80, same=frozenset({("t000#0", "t001#0")})).reasons([["t000#0", "t001#0"]])
    (reason,) = (each for each in comparison.features if each.name == "rivals")
    assert reason.note == "79 others would fit either"
    assert reason.weight < 0


def test_a_big_event_is_explained_by_enough_comparisons() -> None:
    (few,), (many,) = (list(grouped(number, aligned=True).reasons([["t000#0"]])) for number in (8, 80))
    assert len(few) == 8 * 7 / 2
    assert len(many) == 45
