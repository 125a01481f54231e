"""The queue of review in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol


class Said(Protocol):
    """One side of a point."""

    @property
    def speaker(self) -> str | None: ...
    @property
    def words(self) -> str: ...


class Question(Protocol):
    """One thing to decide."""

    @property
    def says(self) -> str: ...
    @property
    def sides(self) -> Sequence[Said]: ...
    @property
    def contradiction(self) -> str | None: ...


class Task(Protocol):
    """An entry of the queue, as `variorum.pipeline.review_queue` makes it."""

    @property
    def ids(self) -> Sequence[str]: ...
    @property
    def title(self) -> str: ...
    @property
    def score(self) -> float: ...
    @property
    def verdict(self) -> str | None: ...
    @property
    def actions(self) -> Sequence[str]: ...
    @property
    def points(self) -> Sequence[Question]: ...


def queue_lines(tasks: Sequence[Task], of: int) -> Iterator[str]:
    """The tasks, some lines each; `of` is how many there are in all."""
    if not tasks:
        yield "nothing is disputed, and nothing waits"
    for task in tasks:
        left = f"  (left {task.verdict})" if task.verdict is not None else ""
        yield f"{task.score:6.1f}  {' '.join(task.ids)}  {task.title}{left}"
        for point in task.points:
            named = f"  [{point.contradiction}]" if point.contradiction is not None else ""
            yield f"        {point.says}{named}"
            if point.contradiction is None:
                yield from (f"          {side.speaker or 'the report'}: “{side.words}”" for side in point.sides)
        yield f"        {', '.join(task.actions)}"
    if of > len(tasks):
        yield f"{of - len(tasks)} more; -n prints them"
