"""Groups of what was judged the same."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from variorum.linkage import VETO, Blocks, Comparison, Forest, Rulings, cluster, feature

IDS = ["a", "b", "c", "d", "e"]
SCORES = st.dictionaries(
    st.sampled_from([(x, y) for x in IDS for y in IDS if x < y]), st.sampled_from([VETO, -2.0, 0.0, 0.4, 0.6, 0.8, 1.0])
)


def test_forest_groups_by_least_id() -> None:
    forest = Forest(["c", "a", "b", "d"])
    forest.join("c", "b")
    forest.join("b", "a")
    assert forest.find("c") == "a"
    assert forest.groups() == [("a", "b", "c"), ("d",)]


def test_alike_things_are_one_group() -> None:
    scores = {("a", "b"): 0.9, ("b", "c"): 0.8, ("a", "c"): 0.7, ("d", "e"): 0.2}
    assert cluster(IDS, scores, threshold=0.5, quorum=0.5) == [("a", "b", "c"), ("d",), ("e",)]


def test_a_quorum_keeps_a_bridge_from_chaining() -> None:
    scores = {("a", "b"): 0.9, ("b", "c"): 0.6, ("c", "d"): 0.9}
    assert cluster("abcd", scores, threshold=0.5, quorum=0.5) == [("a", "b"), ("c", "d")]
    assert cluster("abcd", scores, threshold=0.5, quorum=0.25) == [("a", "b", "c", "d")]


def test_a_veto_between_members_parts_their_groups() -> None:
    scores = {("a", "b"): 0.9, ("b", "c"): 0.8, ("a", "c"): VETO}
    assert cluster("abc", scores, threshold=0.5, quorum=0.0) == [("a", "b"), ("c",)]


def test_a_score_below_zero_weighs_against_and_is_no_veto() -> None:
    scores = {("a", "b"): 3.0, ("b", "c"): 2.5, ("a", "c"): -0.5}
    assert cluster("abc", scores, threshold=0.5, quorum=0.3) == [("a", "b", "c")]
    assert cluster("abc", {**scores, ("a", "c"): -3.0}, threshold=0.5, quorum=0.3) == [("a", "b"), ("c",)]


def test_rulings_outweigh_scores() -> None:
    scores = {("a", "b"): 0.9, ("a", "c"): VETO}
    rulings = Rulings(same=frozenset({("a", "c")}), different=frozenset({("a", "b")}))
    assert cluster("abc", scores, threshold=0.5, quorum=0.0, rulings=rulings) == [("a", "c"), ("b",)]


@given(SCORES, st.randoms(use_true_random=False))
def test_order_of_input_changes_nothing(scores: dict[tuple[str, str], float], rng: random.Random) -> None:
    expected = cluster(IDS, scores, threshold=0.5, quorum=0.5)
    shuffled = rng.sample(IDS, len(IDS))
    pairs = list(scores.items())
    rng.shuffle(pairs)
    assert cluster(shuffled, dict(pairs), threshold=0.5, quorum=0.5) == expected
    assert sorted(id_ for group in expected for id_ in group) == IDS


@given(SCORES)
def test_no_group_holds_a_ruled_difference(scores: dict[tuple[str, str], float]) -> None:
    rulings = Rulings(different=frozenset({("a", "b"), ("c", "e")}))
    groups = cluster(IDS, scores, threshold=0.5, quorum=0.2, rulings=rulings)
    assert not any({"a", "b"} <= set(group) or {"c", "e"} <= set(group) for group in groups)


def test_blocks_pair_what_shares_a_key_that_is_not_too_common() -> None:
    blocks: Blocks[str] = Blocks(most=3)
    for id_ in "abcd":
        blocks.add(id_, ["all"])
    blocks.add("d", ["rare"])
    blocks.add("b", ["rare"])
    assert list(blocks.pairs()) == [("b", "d")]


def test_a_comparison_adds_its_reasons_up() -> None:
    features = (feature("one", 1.0, 0.5), feature("other", -0.5, 0.2))
    assert Comparison(one="a", other="b", features=features).score == 0.4
    assert Comparison(one="a", other="b", features=features, veto="other day").score == VETO
