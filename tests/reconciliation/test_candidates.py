"""What is compared at all, and what is observed of texts that tell many of a kind."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from variorum.reconciliation.notes import Notes
from variorum.reconciliation.options import ReconciliationOptions
from variorum.reconciliation.reconcile import Prepared, prepare
from variorum.reconciliation.witnesses import Witnesses

from .telling import Telling, provenance

_THINGS = [
    "mill",
    "depot",
    "ferry",
    "school",
    "bridge",
    "market",
    "convoy",
    "clinic",
    "quarry",
    "harbour",
    "barracks",
    "granary",
    "tower",
    "tannery",
]


def prepared(tellings: Sequence[Telling]) -> Prepared:
    known = provenance(tellings)
    annotations = {telling.id: telling.annotation for telling in tellings}
    witnesses = Witnesses([telling.document for telling in tellings], annotations, known)
    return prepare(witnesses, known, {}, (), ReconciliationOptions())


def report(number: int) -> Telling:
    """One side's strike on the other, of which nothing but a thing struck is told."""
    thing = _THINGS[number % len(_THINGS)]
    telling = Telling(f"t{number:03}", f"Ostland hit a {thing} of Westmark.", published="2031-03-05")
    actor, recipient = telling.state("Ostland", "OST"), telling.state("Westmark", "WES")
    telling.event("hit", actors=(actor,), recipients=(recipient,))
    return telling


def test_one_crisis_of_many_reports_does_not_propose_every_pair() -> None:
    few, many = prepared([report(number) for number in range(12)]), prepared([report(number) for number in range(140)])
    assert len(few.proposed.pairs) == 12 * 11 / 2
    assert len(many.proposed.pairs) < 140 * 139 / 8
    units = {unit.id: _THINGS[int(unit.document[1:]) % len(_THINGS)] for unit in many.units.units}
    assert all(units[a] == units[b] for a, b in many.proposed.pairs)  # what a rarer word tells apart is left apart


def test_texts_that_tell_many_of_a_kind_are_known_for_such() -> None:
    one = Telling("a", "Ostland urged a truce.", published="2031-03-05")
    other = Telling("b", "Ostland urged a truce, asked for grain and begged for time.", published="2031-03-05")
    one.event("urged", "REQUEST", None)
    for words in ("urged", "asked", "begged"):
        other.event(words, "REQUEST", None)
    ready = prepared([one, other])
    pair = np.array([0]), np.array([1])
    assert "crowd" in {column.name for column in ready.likeness.batch(*pair, np.array([False])).columns}
    assert Notes(ready.likeness.facets).note("crowd", [(0, 1)]) == ["1 and 3 of their kinds in the two texts"]
