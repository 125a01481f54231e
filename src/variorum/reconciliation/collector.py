"""Spares a stage the collector of cycles."""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def uncollected(stage: Callable[P, T]) -> Callable[P, T]:
    """A stage that runs without the collector of cycles, where that was on. The records of millions of pairs hold no
    cycles, and looking through them for some, again and again as they grow, is a quarter of the time. What else runs
    in the process has its cycles collected afterwards."""

    @wraps(stage)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        collecting = gc.isenabled()
        gc.disable()
        try:
            return stage(*args, **kwargs)
        finally:
            if collecting:
                gc.enable()

    return run
