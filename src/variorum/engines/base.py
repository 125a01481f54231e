"""What the pipeline asks of whatever runs its stages: the answers to batches, in the order of the batches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

A = TypeVar("A")
B = TypeVar("B")
A_in = TypeVar("A_in", contravariant=True)
B_out = TypeVar("B_out", covariant=True)

AHEAD = 3
"""Batches a worker may have waiting: enough to keep it busy, few enough to bound memory."""


class Factory(Protocol[A_in, B_out]):
    """Builds a stage in the process that runs it. It must pickle: no worker shares memory with whoever asks."""

    def __call__(self) -> Callable[[Sequence[A_in]], Sequence[B_out]]: ...


class Engine(Protocol):
    """Runs pure stages. Which worker runs a batch, how often and when, shows in nothing that comes out."""

    def run(self, factory: Factory[A, B], batches: Iterable[Sequence[A]]) -> Iterator[Sequence[B]]:
        """The stage's answer to each batch, in the order of the batches; no more of them are taken ahead than keep the
        workers busy. What a stage raises is raised here."""
        ...
