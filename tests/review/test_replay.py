"""A log of decisions and what it comes to."""

from __future__ import annotations

import pytest

from variorum.errors import DecisionError
from variorum.records import Decision, DecisionAction
from variorum.review import replay


def ruled(id_: str, action: DecisionAction, *targets: str) -> Decision:
    return Decision(id=id_, author="Ines", at="2031-04-01", action=action, targets=targets)


def test_mentions_and_documents_are_ruled_apart() -> None:
    standing = replay([ruled("1", "same-event", "b#0", "a#1"), ruled("2", "not-a-copy", "b", "a")])
    assert standing.mentions.same == {("a#1", "b#0")}
    assert not standing.mentions.different
    assert standing.documents.different == {("a", "b")}


def test_several_targets_are_ruled_pair_by_pair() -> None:
    standing = replay([ruled("1", "different-events", "a#0", "b#0", "c#0")])
    assert standing.mentions.different == {("a#0", "b#0"), ("a#0", "c#0"), ("b#0", "c#0")}


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
        [ruled("1", "same-event", "a#0", "b#0"), ruled("2", "different-events", "b#0", "a#0")],
        [
            ruled("1", "same-event", "a#0", "b#0"),
            ruled("2", "same-event", "b#0", "c#0"),
            ruled("3", "different-events", "a#0", "c#0"),
        ],
        [ruled("1", "not-a-copy", "a", "b"), ruled("2", "copy", "a", "b")],
        [ruled("1", "restore", "0")],
        [ruled("1", "copy", "a", "b"), ruled("2", "restore", "1"), ruled("3", "restore", "1")],
        [ruled("1", "copy", "a", "b"), ruled("1", "copy", "c", "d")],
        [ruled("1", "copy", "a", "a")],
        [ruled("1", "copy", "a", "b"), ruled("2", "restore", "1", "1")],
    ],
)
def test_what_contradicts_or_does_not_fit_is_refused(log: list[Decision]) -> None:
    with pytest.raises(DecisionError):
        replay(log)
