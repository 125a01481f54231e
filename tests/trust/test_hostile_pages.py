"""Hostile words in every field that a page shows, through the real browser: no script runs, no element is put in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from markdown_it import MarkdownIt
from playwright.sync_api import Error as PlaywrightError

from tests.web.pages.conftest import Running, Server
from variorum.pipeline import Edition
from variorum.pipeline.exporting import job, pieces
from variorum.pipeline.review_queue import review_queue
from variorum.records import EventQuery, Story
from variorum.web.gate import COOKIE
from variorum.web.publishing import publish

from .hostile import INJECTED, PAYLOADS, Poison, Tally, hostile_edition, injected

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_PATIENCE = 60_000  # milliseconds for a page, and for a job


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Poison]:
    path, poison = hostile_edition(tmp_path_factory.mktemp("hostile"))
    assert len(poison.counts) > 30
    assert poison.fields > 200
    return path, poison


@pytest.fixture(scope="module")
def server(hostile: tuple[Path, Poison]) -> Iterator[Server]:
    with Running(hostile[0]) as found:
        yield found


class Watched:
    """A page of the browser that tells what ran on it: dialogs, faults, breaches of the policy, requests elsewhere."""

    def __init__(self, browser: Browser, server: Server | None, *, script: bool = True) -> None:
        self._context = browser.new_context(java_script_enabled=script)
        self._context.set_default_timeout(_PATIENCE)
        self.home = server.address if server is not None else "file://"
        if server is not None:
            self._context.add_cookies([{"name": COOKIE, "value": server.cookie, "url": server.address}])
        self.page: Page = self._context.new_page()
        self.told: list[str] = []
        self.page.on("dialog", self._dialog)
        self.page.on("pageerror", lambda error: self.told.append(f"fault: {error}"))
        self.page.on("console", self._console)
        self.page.on("request", self._request)

    def _dialog(self, dialog: Any) -> None:
        self.told.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _console(self, message: Any) -> None:
        if re.search(r"Content Security Policy|Refused to", message.text):
            self.told.append(f"policy: {message.text}")

    def _request(self, request: Any) -> None:
        if not request.url.startswith((self.home, "data:", "blob:", "about:")):
            self.told.append(f"asked of another: {request.url}")

    def look(self, address: str) -> list[str]:
        """What ran or was put in on the page at an address; it must not lead away from it either."""
        self.told.clear()
        self.page.goto(address)
        return [*self.told, *self.page.evaluate(INJECTED)]

    def close(self) -> None:
        self._context.close()


def addresses(path: Path) -> list[str]:
    """Every page of an edition, and pages that are asked for in hostile words."""
    with Edition.open(path) as edition:
        stories = [each.id for each in edition.each(Story)]
        events = [event.id for event in edition.events]
        documents = [each.id for each in edition.documents]
        tasks = [entry.key for entry in review_queue(edition)]
    found = ["/", "/review", "/review/log", "/add", "/compare", "/enter?token=x"]
    found += [f"/stories/{id_}" for id_ in stories] + [f"/events/{id_}" for id_ in events]
    found += [f"/documents/{id_}" for id_ in documents] + [f"/documents/{id_}?at=3-40" for id_ in documents[:2]]
    found += [f"/compare?document={one}&document={other}" for one, other in pairwise(documents)]
    found += [f"/review/{quote(key)}" for key in tasks] + [f"/review/{event}" for event in events]
    for payload in PAYLOADS:
        found += [f"/search?q={quote(payload)}"]
    for number, payload in enumerate(PAYLOADS):
        where = ("/events/{}", "/documents/{}", "/stories/{}", "/review/{}", "/enter?token={}", "/?type={}",
                 "/nowhere/{}", "/search?place={}", "/search?since={}", "/jobs/{}", "/compare?document={}")  # fmt: skip
        found.append(where[number % len(where)].format(quote(payload, safe="")))
    return found


def test_no_word_of_an_edition_becomes_part_of_a_page(
    browser: Browser, server: Server, hostile: tuple[Path, Poison], tally: Tally
) -> None:
    watched = Watched(browser, server)
    try:
        for address in addresses(hostile[0]):
            found = watched.look(server.address + address)
            tally.add("page in the browser", bool(found), f"{address}: {found[:3]}")
    finally:
        watched.close()
    tally.check(100)


def test_no_word_becomes_part_of_a_site_or_of_a_file(
    browser: Browser, hostile: tuple[Path, Poison], tmp_path: Path, tally: Tally
) -> None:
    """What is published and exported is opened from the disk, where no policy of a server holds anything back."""
    path, _ = hostile
    with Edition.open(path) as edition:
        publish(edition, tmp_path / "site", secret=b"s" * 32)
        with job(edition, EventQuery(), None) as found:
            from variorum.exports.formats import FORMATS

            told = "".join(pieces(found, FORMATS["markdown"]))
    (tmp_path / "dossiers.html").write_text(MarkdownIt("commonmark", {"html": True}).render(told), encoding="utf-8")
    files = [*sorted((tmp_path / "site").rglob("*.html")), tmp_path / "dossiers.html"]
    assert len(files) > 8
    watched = Watched(browser, None)
    try:
        for file in files:
            found_there = watched.look(file.as_uri())
            tally.add("file in the browser", bool(found_there), f"{file.name}: {found_there[:3]}")
    finally:
        watched.close()
    tally.check(len(files))


def test_what_is_put_in_would_be_seen(browser: Browser, tmp_path: Path) -> None:
    """The payloads do their work where nothing holds them back, and both looks see it."""
    seen = 0
    watched = Watched(browser, None)
    try:
        for number, payload in enumerate(PAYLOADS):
            file = tmp_path / f"{number}.html"
            file.write_text(f"<!doctype html><title>x</title><p>{payload}</p>", encoding="utf-8")
            with suppress(PlaywrightError):  # a page that was sent on is not there to be asked
                seen += bool(watched.look(file.as_uri()))
    finally:
        watched.close()
    assert seen > 15
    assert sum(bool(injected(f"<!doctype html><title>x</title><p>{payload}</p>")) for payload in PAYLOADS) > 12
