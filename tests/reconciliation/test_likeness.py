"""Pairs observed together, and each alone; bags of words multiplied together, and each alone."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.linkage import Pairs
from variorum.reconciliation.bags import Bags, Ints
from variorum.reconciliation.comparer import Comparer
from variorum.reconciliation.likeness import APART, MAIN, RECALL, Likeness

from .telling import Telling
from .test_candidates import prepared, report

NEEDED = {MAIN: -0.65, RECALL: -2.25, APART: -10.0}


def tellings() -> list[Telling]:
    told = [report(number) for number in range(6)]
    for number, words in enumerate(("urged a truce", "vowed to hit back", "called for talks")):
        telling = Telling(f"w{number}", f"Ostland {words} on Tuesday.\nIt asked for grain.", published="2031-03-09")
        telling.event(words.split()[0], ("REQUEST", "THREATEN", "REQUEST")[number], None)
        telling.event("asked", "REQUEST", None, status="future" if number else "actual")
        told.append(telling)
    return told


def test_pairs_are_observed_together_as_each_alone() -> None:
    likeness = prepared(tellings()).likeness
    units = likeness.facets.units
    pairs = list(combinations(range(len(units)), 2))
    one, other = (np.array([pair[side] for pair in pairs]) for side in (0, 1))
    together = told(likeness, one, other)
    assert together == [each for a, b in pairs for each in told(likeness, np.array([a]), np.array([b]))]
    assert {decision for decision, _, _ in together} == {MAIN, RECALL, APART}
    assert any(refused for _, refused, _ in together)


def test_in_one_text_the_doer_of_an_act_is_not_whom_it_befell() -> None:
    text = """Two explosions wrecked a mosque and a depot of the Marsh League on Tuesday.
Westland blames the Marsh League for attacks on its guards."""
    telling = Telling("a", text, published="2031-03-05")
    league = [telling.actor("Marsh League", "WES:REB:marsh-league", "WES", "REB", nth=nth) for nth in range(2)]
    guards = telling.actor("guards", "WES:COP:guard", "WES", "COP")
    mosque = telling.actor("mosque", "::mosque", None, None, generic=True)
    telling.event("explosions", mode="explosives", recipients=(mosque, league[0]))
    telling.event("attacks", mode=None, actors=(league[1],), recipients=(guards,))
    (found,) = told(prepared([telling]).likeness, np.array([0]), np.array([1]))
    assert found[0] == APART


def told(likeness: Likeness, one: Ints, other: Ints) -> list[tuple[str, int, dict[str, float]]]:
    """The decision on each pair, what refuses it, and what is observed."""
    batch = likeness.batch(one, other, np.zeros(len(one), dtype=bool))
    seen: list[dict[str, float]] = [{} for _ in one]
    for name, rows, values in batch.columns:
        for row, value in zip(rows.tolist(), values.tolist(), strict=True):
            seen[row][name] = value
    return list(zip(batch.decisions(), batch.refused.tolist(), seen, strict=True))


def test_a_score_is_the_sum_of_its_reasons() -> None:
    likeness = prepared(tellings()).likeness
    comparer = Comparer(likeness, NEEDED)
    units = {unit.id: unit for unit in likeness.facets.units}
    pairs = Pairs.of(units, combinations(sorted(units), 2))
    for aligned in (False, True):
        scores = comparer.scores(pairs, np.full(len(pairs), aligned))
        explained = comparer.explained([(units[a], units[b]) for a, b in pairs], [aligned] * len(pairs))
        assert scores.tolist() == pytest.approx([comparison.score for comparison in explained])


BAG = st.dictionaries(st.sampled_from("abcdef"), st.floats(0.1, 1.0))


@given(st.lists(st.tuples(BAG, st.sets(st.sampled_from("abcdef"))), min_size=1, max_size=6), st.data())
def test_products_of_bags(held: list[tuple[dict[str, float], set[str]]], data: st.DataObject) -> None:
    number = st.integers(0, len(held) - 1)
    pairs = data.draw(st.lists(st.tuples(number, number), max_size=12))
    bags = Bags(held)
    one, other = (np.array([pair[side] for pair in pairs], dtype=np.int64) for side in (0, 1))
    for beside in (False, True):
        expected = [
            sum(
                weight * held[b][0].get(word, 0.0)
                for word, weight in held[a][0].items()
                if not (beside and word in held[a][1] | held[b][1])
            )
            for a, b in pairs
        ]
        assert bags.products(one, other, beside=beside).tolist() == pytest.approx(expected)
    assert [bags.bag(number) for number in range(len(held))] == [bag for bag, _ in held]
