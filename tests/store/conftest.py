"""The backends that the contract tests run over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from variorum.store import Store, open_store

Open = Callable[[], Store]


@pytest.fixture(params=["memory", "sqlite"])
def reopen(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Open]:
    """Opens the same edition again; in memory that is the one store there is."""
    opened: list[Store] = []

    def run() -> Store:
        if request.param == "memory" and opened:
            return opened[0]
        store = open_store(None if request.param == "memory" else tmp_path / "e.sqlite")
        opened.append(store)
        return store

    yield run
    for store in opened:
        store.close()
