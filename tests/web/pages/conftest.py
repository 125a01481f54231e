"""The pages in a real browser: one server and one browser for all tests, and what every look at a page checks."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import uvicorn

from tests.web.conftest import WORKER
from variorum.pipeline import Edition
from variorum.web import SCOPES, ServeOptions, create_app
from variorum.web.gate import COOKIE
from variorum.web.static_files import are_built
from variorum.web.tokens import Sessions

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

_PATIENCE = 30.0  # seconds for the server to begin, and for anything on a page


@dataclass(frozen=True)
class Server:
    """A server over an edition, and the cookie of a session that may do everything."""

    address: str
    cookie: str


class Running:
    """A server in a thread, for as long as the block lasts."""

    def __init__(self, edition: Path, **options: Any) -> None:
        self._sessions = Sessions()
        app = create_app(edition, ServeOptions(**options), sessions=self._sessions, worker=WORKER)
        config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning")
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)

    def __enter__(self) -> Server:
        self._thread.start()
        until = time.monotonic() + _PATIENCE
        while not self._server.started and time.monotonic() < until:
            time.sleep(0.01)
        port = self._server.servers[0].sockets[0].getsockname()[1]
        return Server(f"http://127.0.0.1:{port}", self._sessions.begin(frozenset(SCOPES)))

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join(_PATIENCE)


@pytest.fixture(scope="session")
def served(made: Path) -> Iterator[Server]:
    """The edition of the bundled reports, served; not to be written."""
    with Running(made) as server:
        yield server


@pytest.fixture(scope="session")
def demo(made: Path) -> Iterator[Edition]:
    """The edition that `served` serves."""
    with Edition.open(made) as edition:
        yield edition


@dataclass
class Visits:
    """Opens pages of a server as a reader with a session, and remembers all that went wrong on them: errors and
    warnings of the console, and requests to anyone else."""

    browser: Browser
    server: Server
    faults: list[str] = field(default_factory=list)
    _contexts: list[BrowserContext] = field(default_factory=list)

    def open(self, path: str, *, width: int = 1200, script: bool = True, **context: Any) -> Page:
        """The page at a path. `context` goes to Playwright: ``color_scheme="dark"``, ``bypass_csp=True``."""
        made = self.browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=script, reduced_motion="reduce", **context
        )
        made.add_cookies([{"name": COOKIE, "value": self.server.cookie, "url": self.server.address}])
        made.set_default_timeout(_PATIENCE * 1000)
        self._contexts.append(made)
        page = made.new_page()
        page.on("console", lambda told: self.faults.append(told.text) if told.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("request", lambda asked: self._check(asked.url))
        page.goto(self.server.address + path)
        return page

    def _check(self, url: str) -> None:
        if not url.startswith((self.server.address, "data:", "blob:")):
            self.faults.append(f"asked of another: {url}")

    def close(self) -> None:
        for context in self._contexts:
            context.close()
        self._contexts.clear()


@pytest.fixture
def visits(browser: Browser, served: Server) -> Iterator[Visits]:
    """Pages of the bundled edition; the test fails where anything went wrong on one."""
    assert are_built(), "the scripts of the pages are not built: `pip install -e .` builds them"
    found = Visits(browser, served)
    yield found
    found.close()
    assert found.faults == []


def check_accessible(visits: Visits, path: str) -> None:
    """Fails where axe finds a violation on the page at a path, in light and in dark, or where it is wider than a
    screen of 360 pixels."""
    from axe_playwright_python.sync_playwright import Axe

    for scheme, width in (("light", 1200), ("dark", 360)):
        # axe is a script of its own, which the policy of the pages forbids: it looks without the policy
        page = visits.open(path, width=width, color_scheme=scheme, bypass_csp=True)
        for each in page.locator("details:not([open]) > summary").all()[:5]:
            each.click()
        results = Axe().run(page)
        assert results.violations_count == 0, f"{scheme}: {results.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{path} is wider than {width}"
    visits.close()
