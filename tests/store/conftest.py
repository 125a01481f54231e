"""The backends that the contract tests run over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from variorum.store import Store, open_store

Open = Callable[[], Store]


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def reopen(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Open]:
    """Opens the same edition again; in memory that is the one store there is."""
    opened: list[Store] = []
    target: str | Path | None = None
    if request.param == "sqlite":
        target = tmp_path / "e.sqlite"
    elif request.param == "postgres":
        target = request.getfixturevalue("emptied")

    def run() -> Store:
        if target is None and opened:
            return opened[0]
        opened.append(open_store(target))
        return opened[-1]

    yield run
    for store in opened:
        store.close()
