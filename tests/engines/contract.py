"""What every engine keeps to, whatever it runs on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pytest

from variorum.engines import Engine
from variorum.engines.base import AHEAD
from variorum.errors import ModelError


def squares(batch: Sequence[int]) -> list[int]:
    if -1 in batch:
        raise ModelError("no square is packaged for -1")
    return [n * n for n in batch]


def make_squares() -> Callable[[Sequence[int]], list[int]]:
    return squares


def answers_in_order(engine: Engine) -> None:
    batches = [[1, 2], [3], [], [4, 5, 6]] * 4
    assert list(engine.run(make_squares, batches)) == [squares(batch) for batch in batches]
    assert list(engine.run(make_squares, [])) == []


def tells_what_broke(engine: Engine) -> None:
    """What a stage raises comes out as it is: the pipeline knows a broken model from one document's fault by it."""
    with pytest.raises(ModelError, match=r"^no square is packaged for -1$"):
        list(engine.run(make_squares, [[1], [-1], [2]]))


def takes_no_more_than_it_needs(engine: Engine, workers: int) -> None:
    """A stream of batches without an end is worked on as it comes."""
    taken = 0

    def endless() -> Iterator[list[int]]:
        nonlocal taken
        while True:
            taken += 1
            yield [taken]

    found = engine.run(make_squares, endless())
    assert [next(found) for _ in range(5)] == [[1], [4], [9], [16], [25]]
    assert taken <= 5 + workers * AHEAD
    found.close()  # type: ignore[attr-defined]
