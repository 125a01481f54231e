"""A log of decisions and what it comes to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from variorum.errors import DecisionError
from variorum.records import Decision, DecisionAction, Span
from variorum.review import Target, replay, target


def ruled(id_: str, action: DecisionAction, *targets: str) -> Decision:
    return Decision(id=id_, author="Ines", at="2031-04-01", action=action, targets=targets)


def test_mentions_and_documents_are_ruled_apart() -> None:
    standing = replay([ruled("1", "same-event", "b@0-6", "a@10-16"), ruled("2", "not-a-copy", "b", "a")])
    assert standing.mentions.same == {("a@10-16", "b@0-6")}
    assert not standing.mentions.different
    assert standing.documents.different == {("a", "b")}


def test_several_targets_are_ruled_pair_by_pair() -> None:
    standing = replay([ruled("1", "different-events", "a@0-6", "b@0-6", "c@0-6")])
    assert standing.mentions.different == {("a@0-6", "b@0-6"), ("a@0-6", "c@0-6"), ("b@0-6", "c@0-6")}


def test_restore_takes_back_and_can_be_taken_back() -> None:
    log = [ruled("1", "copy", "a", "b"), ruled("2", "restore", "1")]
    assert not replay(log).documents.same
    again = replay([*log, ruled("3", "restore", "2")])
    assert again.documents.same == {("a", "b")}
    assert [decision.id for decision in again.in_force] == ["1"]


def test_after_a_restore_the_opposite_may_be_ruled() -> None:
    log = [ruled("1", "copy", "a", "b"), ruled("2", "restore", "1"), ruled("3", "not-a-copy", "a", "b")]
    assert replay(log).documents.different == {("a", "b")}


@pytest.mark.parametrize(
    "log",
    [
        [ruled("1", "same-event", "a@0-6", "b@0-6"), ruled("2", "different-events", "b@0-6", "a@0-6")],
        [
            ruled("1", "same-event", "a@0-6", "b@0-6"),
            ruled("2", "same-event", "b@0-6", "c@0-6"),
            ruled("3", "different-events", "a@0-6", "c@0-6"),
        ],
        [ruled("1", "not-a-copy", "a", "b"), ruled("2", "copy", "a", "b")],
        [ruled("1", "restore", "0")],
        [ruled("1", "same-event", "a#0", "b#0")],
        [ruled("1", "same-event", "a@4-4", "b@0-6")],
        [replace(ruled("1", "copy", "a"), others=("b",))],
        [ruled("1", "copy", "a", "b"), ruled("2", "restore", "1"), ruled("3", "restore", "1")],
        [ruled("1", "copy", "a", "b"), ruled("1", "copy", "c", "d")],
        [ruled("1", "copy", "a", "a")],
        [ruled("1", "copy", "a", "b"), ruled("2", "restore", "1", "1")],
    ],
)
def test_what_contradicts_or_does_not_fit_is_refused(log: list[Decision]) -> None:
    with pytest.raises(DecisionError):
        replay(log)


def test_others_are_told_from_targets_and_not_from_each_other() -> None:
    split = replace(ruled("1", "different-events", "a@0-6", "b@0-6"), others=("c@0-6", "d@0-6"))
    assert replay([split]).mentions.different == {
        ("a@0-6", "c@0-6"), ("a@0-6", "d@0-6"), ("b@0-6", "c@0-6"), ("b@0-6", "d@0-6"),
    }  # fmt: skip


def test_sameness_carries_over() -> None:
    merged = ruled("1", "same-event", "a@0-6", "b@0-6", "c@0-6")
    with pytest.raises(DecisionError, match="both same-event and different-events"):
        replay([merged, ruled("2", "different-events", "a@0-6", "c@0-6")])


@given(st.text(min_size=1), st.integers(0, 10**6), st.integers(1, 10**4))
def test_a_target_reads_as_it_is_written(document: str, start: int, size: int) -> None:
    named = Target(document, Span(start, start + size))
    assert target(str(named)) == named
