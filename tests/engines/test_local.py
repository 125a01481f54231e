"""Workers change how fast a stage runs, and nothing of what comes out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from variorum.engines import LocalEngine


def squares(batch: Sequence[int]) -> list[int]:
    return [n * n for n in batch]


def make_squares() -> Callable[[Sequence[int]], list[int]]:
    return squares


@pytest.mark.parametrize("workers", [1, 2])
def test_order_is_that_of_the_input(workers: int) -> None:
    batches = [[1, 2], [3], [], [4, 5, 6]] * 4
    assert list(LocalEngine(workers).run(make_squares, batches)) == [squares(batch) for batch in batches]


def test_workers_must_be_some() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        LocalEngine(0)
