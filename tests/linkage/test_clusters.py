"""Groups of what was judged the same."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from variorum.linkage import VETO, Blocks, Comparison, Forest, Pairs, Rulings, cluster, feature
from variorum.linkage.agglomeration import Edges, agglomerate, components, millionths

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


def blocked(most: int, held: Sequence[tuple[str, tuple[int, ...], str]]) -> list[tuple[str, str]]:
    """Pairs of a, b, c, ... whose numbers hold keys (a key is a letter) in a family."""
    blocks: Blocks[str] = Blocks(most=most)
    for family, numbers, keys in held:
        blocks.add([family], numbers, blocks.numbered(keys))
    return list(Pairs(IDS, blocks.codes(len(IDS))))


def test_blocks_pair_what_shares_a_key_that_is_not_too_common() -> None:
    held = [("", (number,), "all"[:1]) for number in range(4)]
    assert blocked(3, [*held, ("", (3,), "r"), ("", (1,), "r")]) == [("b", "d")]
    assert len(blocked(4, held)) == 6


def test_holders_of_a_key_meet_within_a_family_alone() -> None:
    assert blocked(9, [("acts", (0,), "k"), ("acts", (2,), "k"), ("words", (1,), "k")]) == [("a", "c")]


def test_a_key_is_shared_within_a_window() -> None:
    blocks: Blocks[str] = Blocks(most=3)
    for number, windows in enumerate([(1, 2), (2, 3), (4,)]):
        blocks.add([""], (number,), blocks.numbered("k", windows))
    assert list(Pairs(IDS, blocks.codes(len(IDS)))) == [("a", "b")]


def test_things_that_hold_keys_together_count_each() -> None:
    held = [("", (0, 1), "k"), ("", (4,), "k")]
    assert blocked(3, held) == [("a", "b"), ("a", "e"), ("b", "e")]
    assert blocked(2, held) == []


HELD = st.lists(
    st.tuples(st.sampled_from(["x", "y"]), st.sets(st.integers(0, 4), min_size=1), st.sets(st.sampled_from("klmn")))
)


@given(HELD, st.integers(1, 5), st.randoms(use_true_random=False))
def test_blocks_propose_what_comparing_every_holder_would(
    held: list[tuple[str, set[int], set[str]]], most: int, rng: random.Random
) -> None:
    of: dict[tuple[str, int], int] = {}  # a thing is in one holder of a family
    for at, (family, numbers, _) in enumerate(held):
        for number in numbers:
            of.setdefault((family, number), at)
    held = [
        (family, {n for n in numbers if of[family, n] == at}, keys) for at, (family, numbers, keys) in enumerate(held)
    ]
    holders: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for family, numbers, keys in held:
        for key in keys:
            holders[family, key].extend(numbers)
    few = [numbers for numbers in holders.values() if len(numbers) <= most]
    expected = {(IDS[a], IDS[b]) for numbers in few for a, b in combinations(sorted(set(numbers)), 2)}
    shuffled = rng.sample(held, len(held))
    given_ = [(family, tuple(numbers), "".join(keys)) for family, numbers, keys in shuffled]
    assert blocked(most, given_) == sorted(expected)


def test_pairs_know_where_each_stands() -> None:
    pairs = Pairs.of("cab", [("b", "a"), ("c", "b"), ("a", "b"), ("a", "z")])
    assert list(pairs) == [("a", "b"), ("b", "c")]
    assert [pairs.found(0, 1), pairs.found(1, 2), pairs.found(0, 2)] == [0, 1, None]


def test_a_comparison_adds_its_reasons_up() -> None:
    features = (feature("one", 1.0, 0.5), feature("other", -0.5, 0.2))
    assert Comparison(one="a", other="b", features=features).score == 0.4
    assert Comparison(one="a", other="b", features=features, veto="other day").score == VETO


def joined_plainly(scores: dict[tuple[int, int], float], size: int, quorum: float) -> list[tuple[int, ...]]:
    """What `agglomerate` gives at a threshold of 0, by looking at every two groups before each join."""
    groups: list[tuple[int, ...]] = [(number,) for number in range(size)]
    while True:
        best: tuple[float, int, int] | None = None
        for one, other in combinations(range(len(groups)), 2):
            pairs = [tuple(sorted((a, b))) for a in groups[one] for b in groups[other]]
            known = [scores[pair] for pair in pairs if pair in scores]
            reached = sum(score >= 0 for score in known)
            if not reached or VETO in known or reached / len(pairs) < quorum:
                continue
            mean = sum(known) / len(known)
            if mean >= 0 and (best is None or (-mean, one, other) < best):
                best = (-mean, one, other)
        if best is None:
            return groups
        one, other = best[1:]
        merged = tuple(sorted((*groups[one], *groups[other])))
        groups = sorted([group for number, group in enumerate(groups) if number not in (one, other)] + [merged])


@given(
    st.dictionaries(
        st.sampled_from(list(combinations(range(9), 2))), st.sampled_from([VETO, -3.0, -0.5, 0.0, 0.5, 1.0, 2.0])
    ),
    st.sampled_from([0.0, 0.34, 0.5, 1.0]),
)
def test_groups_join_as_if_every_two_were_looked_at_each_time(
    scores: dict[tuple[int, int], float], quorum: float
) -> None:
    ends = np.array(sorted(scores), dtype=np.int64).reshape(-1, 2)
    values = millionths(np.array([scores[pair] for pair in sorted(scores)], dtype=np.float64))
    edges = Edges(ends[:, 0], ends[:, 1], values)
    labels = agglomerate(edges, np.arange(9), threshold=0.0, quorum=quorum)
    groups = [tuple(number for number in range(9) if labels[number] == root) for root in sorted(set(labels.tolist()))]
    assert groups == joined_plainly(scores, 9, quorum)


@given(st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11))))
def test_components_are_what_paths_tie_together(ties: list[tuple[int, int]]) -> None:
    forest = Forest([f"{number:02}" for number in range(12)])
    for a, b in ties:
        forest.join(f"{a:02}", f"{b:02}")
    ends = np.array(ties, dtype=np.int64).reshape(-1, 2)
    roots = components(12, ends[:, 0], ends[:, 1])
    assert [f"{root:02}" for root in roots] == [forest.find(f"{number:02}") for number in range(12)]
