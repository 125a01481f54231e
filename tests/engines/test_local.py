"""Workers change how fast a stage runs, and nothing of what comes out."""

from __future__ import annotations

import pytest

from tests.engines.contract import answers_in_order, make_squares, takes_no_more_than_it_needs, tells_what_broke
from variorum.engines import LocalEngine
from variorum.errors import ClusterError
from variorum.pipeline.running import SameVersion


@pytest.mark.parametrize("workers", [1, 2])
def test_local_processes_keep_the_contract(workers: int) -> None:
    engine = LocalEngine(workers)
    answers_in_order(engine)
    tells_what_broke(engine)
    takes_no_more_than_it_needs(engine, workers)


def test_a_worker_of_another_version_builds_no_stage() -> None:
    with pytest.raises(ClusterError, match="another version"):
        SameVersion(make_squares, "code-of-yesterday")()


def test_workers_must_be_some() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        LocalEngine(0)
