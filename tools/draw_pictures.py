"""Draw the pictures of the README and the docs anew: the pages of the bundled edition, served (needs Chromium).

python tools/draw_pictures.py [docs/images] [--edition EDITION]

Each is a WebP of less than 150 KB, as a screen of 1280 pixels shows the page.
"""

from __future__ import annotations

import argparse
import base64
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

import variorum
from variorum.exports.wording import disputed_fields
from variorum.pipeline import Edition
from variorum.pipeline.review_queue import review_queue

if TYPE_CHECKING:
    from playwright.sync_api import Page

DEMO = Path(variorum.__file__).parent / "data" / "demo"
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
_WIDTH, _HEIGHT = 1280, 860
_MOST = 150_000  # bytes of a picture
_QUALITIES = (82, 70, 55, 40)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=Path("docs/images"))
    parser.add_argument("--edition", type=Path, help="an edition of the bundled reports that is there already")
    options = parser.parse_args()
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        raise SystemExit("no Chromium is installed (Debian: apt install chromium)")
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "demo.sqlite"
        if options.edition is not None:
            shutil.copy(options.edition, path)
        else:
            variorum.collate(DEMO, output=path).close()
        with served(path) as entrance, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
            page = browser.new_page(viewport={"width": _WIDTH, "height": _HEIGHT}, reduced_motion="reduce")
            page.goto(entrance)
            for name, address, prepare in pictures(path):
                page.goto(entrance.partition("/enter")[0] + address)
                prepare(page)
                file = options.folder / f"{name}.webp"
                file.write_bytes(drawn(page, name))
                print(f"{file}: {file.stat().st_size // 1000} KB")
            browser.close()


@contextmanager
def served(path: Path) -> Iterator[str]:
    """A server over an edition; the address that lets a reader in."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "variorum", "serve", str(path), "--port", str(port)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stderr is not None
            line = next(each for each in process.stderr if "/enter?token=" in each)
            entrance = next(word for word in line.split() if word.startswith("http"))
            yield entrance
        finally:
            process.terminate()


Prepare = Callable[["Page"], object]


def pictures(path: Path) -> Iterator[tuple[str, str, Prepare]]:
    """The name and the address of each picture, and what is done to the page before it is drawn."""
    with Edition.open(path) as edition:
        story = max(edition.stories, key=lambda each: len(each.events))
        event = max(edition.events, key=lambda each: (len(disputed_fields(each)), len(each.documents), each.id))
        derived = next(each for each in edition.derivations if each.kind == "abridged")
        item = event.tolls[0].readings[0].evidence[0]
        task = next(entry for entry in review_queue(edition) if entry.kind == "event")
        address = f"/stories/{story.id}"
        yield "overview", "/", first_visit
        yield "story", address, at("#timeline")
        yield "map", address, moving_map
        yield "ladder", address, at("#ladder")
        yield "dossier", f"/events/{event.id}", nothing
        yield "toll", f"/events/{event.id}", opened("[aria-labelledby^=toll-]")
        yield "answers", f"/events/{event.id}", at("#answers")
        layers = "layer=times&layer=tolls&layer=places"
        yield "document", f"/documents/{item.document}?{layers}&at={item.start}-{item.end}", at("#words", "center")
        yield "compare", f"/compare?document={derived.source}&document={derived.target}", nothing
        yield "review", f"/review/{task.key}", opened("[aria-labelledby=rule] details:nth-of-type(2)", top="#rule")


def nothing(page: Page) -> None:
    """The page as it opens."""


def first_visit(page: Page) -> None:
    """The page as somebody sees it who was never here."""
    page.context.clear_cookies(name=re.compile("variorum-s"))
    page.reload()


def at(selector: str, block: str = "start") -> Prepare:
    return lambda page: page.locator(selector).evaluate("(each, block) => each.scrollIntoView({block})", block)


def opened(selector: str, top: str = "") -> Prepare:
    """A part of the page at the top of the screen, with its first fold open."""

    def prepare(page: Page) -> None:
        part = page.locator(selector).first
        part.locator("summary").first.click()
        page.locator(top or selector).first.evaluate("each => each.scrollIntoView({block: 'start'})")

    return prepare


def moving_map(page: Page) -> None:
    at("#map")(page)
    page.locator("[data-map][data-ready]").wait_for()
    page.wait_for_timeout(500)  # until what moved stands


def drawn(page: Page, name: str) -> bytes:
    """The screen as WebP, in the best quality that is small enough."""
    session = page.context.new_cdp_session(page)
    for quality in _QUALITIES:
        told = session.send("Page.captureScreenshot", {"format": "webp", "quality": quality})
        content = base64.b64decode(told["data"])
        if len(content) < _MOST:
            return content
    raise SystemExit(f"{name}: no quality makes less than {_MOST} bytes of it")


if __name__ == "__main__":
    main()
