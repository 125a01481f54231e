"""Local processes: each worker builds its stage once, then takes batches as they come."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from typing import Any

from .base import AHEAD, A, B, Factory


class LocalEngine:
    """Runs a pure stage over batches on `workers` processes; with one worker nothing leaves this process."""

    def __init__(self, workers: int = 1) -> None:
        if workers < 1:
            raise ValueError(f"workers must be at least 1, not {workers}")
        self.workers = workers

    def run(self, factory: Factory[A, B], batches: Iterable[Sequence[A]]) -> Iterator[Sequence[B]]:
        """The stage's answer to each batch, in the order of the batches."""
        if self.workers == 1:
            stage = factory()
            for batch in batches:
                yield stage(batch)
            return
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(self.workers, context, _start, (factory,)) as pool:
            waiting: deque[Future[Sequence[B]]] = deque()
            for batch in batches:
                waiting.append(pool.submit(_work, batch))
                if len(waiting) >= self.workers * AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()


_stage: Callable[[Sequence[Any]], Sequence[Any]] | None = None  # one a worker process, set when it starts


def _start(factory: Factory[Any, Any]) -> None:
    global _stage  # noqa: PLW0603 - a process pool offers its workers no other place
    _stage = factory()


def _work(batch: Sequence[Any]) -> Sequence[Any]:
    assert _stage is not None
    return _stage(batch)
