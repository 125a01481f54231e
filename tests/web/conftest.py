"""A served edition: the bundled reports, and tokens for whoever asks."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

from variorum.pipeline import collate
from variorum.web import SCOPES, Scope, ServeOptions, create_app
from variorum.web.tokens import Sessions
from variorum.web.worker import Worker

Client = TestClient[Any]
Served = Callable[..., Any]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The edition of the bundled reports; not to be written."""
    path = tmp_path_factory.mktemp("web") / "demo.sqlite"
    collate(str(files("variorum") / "data" / "demo"), output=path).close()
    return path


WORKER = Worker()
"""One process for the jobs of all these tests: the models are loaded once."""


@pytest.fixture(scope="session", autouse=True)
def _ended() -> Iterator[None]:
    yield
    WORKER.close()


@contextmanager
def client_of(edition: Path | str, scopes: tuple[Scope, ...] = SCOPES, **options: Any) -> Iterator[Client]:
    """A client of a server over an edition, with a session of these scopes."""
    sessions = Sessions()
    app = create_app(edition, ServeOptions(**options), sessions=sessions, worker=WORKER)
    bearer = f"Bearer {sessions.begin(frozenset(scopes))}"
    with TestClient(app, base_url="http://127.0.0.1:8765") as client:
        client.headers["Authorization"] = bearer
        yield client


@pytest.fixture(scope="module")
def client(made: Path) -> Iterator[Client]:
    """Reads the bundled edition."""
    with client_of(made) as found:
        yield found


@pytest.fixture
def writable(made: Path, tmp_path: Path) -> Path:
    """A copy of the bundled edition."""
    return Path(shutil.copy(made, tmp_path / "demo.sqlite"))
