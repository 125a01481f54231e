"""Every page from a phone to a wide screen, light and dark: nothing runs out of the screen, and axe finds nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from variorum.pipeline import Edition
from variorum.pipeline.review_queue import review_queue

from .conftest import Visits

if TYPE_CHECKING:
    from playwright.sync_api import Page

WIDTHS = (360, 768, 1440, 2560)
_LINE = 100  # letters of a line of running text at most
_LAYERS = "layer=times&layer=places&layer=actors&layer=attributions&layer=tolls&layer=events"


def addresses(demo: Edition) -> dict[str, str]:
    """Each page in each of its states, by a name."""
    told = max(demo.events, key=lambda event: (len(event.tolls), len(event.documents)))
    derived = next(each for each in demo.derivations if each.kind == "abridged")
    queue = review_queue(demo)
    item = told.evidence[0]
    rejected = next(line.id for line in demo.documents if line.rejected is not None)
    story = f"/stories/{demo.stories[0].id}"
    return {
        "overview": "/",
        "overview, changes not known": "/?since=1-000000000000",
        "story": story,
        "story, nothing left": f"{story}?q=xylophone",
        "dossier": f"/events/{told.id}",
        "document, layers on": f"/documents/{item.document}?{_LAYERS}&at={item.start}-{item.end}",
        "document, layers off": f"/documents/{item.document}?layers=chosen",
        "document, rejected": f"/documents/{rejected}",
        "compare": f"/compare?document={derived.source}&document={derived.target}",
        "compare, empty": "/compare",
        "search": "/search?q=strikes",
        "search, nothing": "/search?q=xylophone",
        "review": "/review",
        "task": f"/review/{queue[0].key}",
        "task, copies": f"/review/{queue[-1].key}".replace("+", "%2B"),
        "log, empty": "/review/log",
        "add": "/add",
        "way in": "/enter",
        "fault": "/nothing",
    }


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_fits_every_screen(visits: Visits, demo: Edition, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    axe = Axe()
    page = visits.open("/enter", color_scheme=scheme, bypass_csp=True)
    missing = {"fault": 404}
    for name, path in addresses(demo).items():
        answer = page.goto(visits.server.address + path)
        assert answer is not None
        assert answer.status == missing.get(name, 200), name
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{name} is wider than {width}"
        assert _longest_line(page) <= _LINE, name
        found = axe.run(page)
        assert found.violations_count == 0, f"{name}: {found.generate_report()}"
    visits.faults[:] = [each for each in visits.faults if "404" not in each]


def _longest_line(page: Page) -> float:
    """The letters of the longest line of running text, as wide as the paragraphs' letters are."""
    longest: float = page.evaluate(
        """() => Math.max(0, ...[...document.querySelectorAll("main p, main blockquote")].map(each => {
             const size = parseFloat(getComputedStyle(each).fontSize);
             const lines = each.getClientRects().length ? each.getBoundingClientRect().height / (size * 1.4) : 0;
             return lines < 2 ? 0 : each.getBoundingClientRect().width / (size * 0.5);
           }))"""
    )
    return longest


def test_what_is_open_is_for_everyone_too(visits: Visits, demo: Edition) -> None:
    """The list of keys, and every fold of a dossier and of a task."""
    from axe_playwright_python.sync_playwright import Axe

    paths = addresses(demo)
    page = visits.open(paths["dossier"], color_scheme="dark", bypass_csp=True, width=360)
    for name in ("dossier", "task"):
        page.goto(visits.server.address + paths[name])
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, name
        if name == "task":
            page.keyboard.press("?")
            assert page.get_by_role("dialog").is_visible()
        found = Axe().run(page)
        assert found.violations_count == 0, f"{name}: {found.generate_report()}"


@pytest.mark.parametrize("name", ["overview", "dossier", "document, layers on", "compare", "task", "search"])
def test_pages_without_a_map_are_light(visits: Visits, demo: Edition, name: str) -> None:
    from .test_foundation import weight

    assert weight(visits, addresses(demo)[name]) < 60_000
