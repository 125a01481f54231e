"""The page of an edition, as text and in a real browser."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from tests.exports.editions import at_odds, small
from variorum.exports.html import render
from variorum.exports.text import dossier, overview
from variorum.records import Evidence

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PAYLOADS = (
    "<script>document.title='owned'</script>",
    '"><img src=x onerror="document.title=\'owned\'">',
    "</style><svg onload=document.title='owned'>",
    "{{ 7 * 7 }}{% raw %}",
    "javascript:document.title='owned'",
    "\u202egnp.exe\u2066",
)


def test_page_and_dossier_tell_what_an_event_is_about() -> None:
    content, documents = small()
    event = replace(content.events[0], contexts=("human_rights", "military"))
    content = replace(content, events=(event, *content.events[1:]))
    assert "<dt>About</dt><dd>human rights, military</dd>" in render(content, documents)
    assert "About     human rights, military" in dossier(content, event, lambda evidence: "words")


def test_page_shows_disagreement_and_words() -> None:
    page = render(*small())
    for words in (
        "2 reports, 1 independent origin",
        "killed disputed",
        "at least 9",
        "mayor of Velm",
        "is answered by",
    ):
        assert words in page
    assert "<mark>seven</mark>" in page
    assert "inferred: not among the documents" in page


def test_what_is_at_odds_stands_on_the_page_and_in_the_dossier() -> None:
    content, documents = small()
    content = at_odds(content, PAYLOADS[0])
    page = render(content, documents)
    assert "<h4>At odds</h4>" in page
    assert "A rebel said “At least nine died”, but the reporter wrote" in page
    assert PAYLOADS[0] not in page
    told = dossier(content, content.events[0], lambda item: documents[item.document].text[item.start : item.end])
    assert "At odds\n  Polarity: A rebel said “At least nine died”, but the reporter wrote" in told
    assert "the reporter’s own word: d1.txt" in told
    assert "At odds" not in render(*small())


def test_page_asks_nothing_of_anyone() -> None:
    links: list[str] = []

    class Links(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            assert tag not in ("script", "img", "link", "iframe")
            links.extend(value or "" for name, value in attrs if name in ("href", "src"))

    Links().feed(render(*small()))
    assert links
    assert all(link.startswith("#") for link in links)


def test_text_shows_the_same() -> None:
    content, documents = small()

    def quote(item: Evidence) -> str:
        return documents[item.document].text[item.start : item.end]

    listed = overview(content, quote)
    for words in (
        "Shelling in Velm",
        "disputed: killed",
        "at least 9 — a rebel",
        "x.txt: is no text",
        "A Wire (not among",
    ):
        assert words in listed
    told = dossier(content, content.events[0], quote)
    for words in ("“seven”", "a rebel asserts", "is answered by: The army hit back", "one origin only"):
        assert words in told


def shown(browser: Browser, tmp_path: Path, html: str, width: int = 1000) -> tuple[Page, list[str]]:
    """The page in the browser, and all that went wrong while it loaded."""
    path = tmp_path / "edition.html"
    path.write_text(html, encoding="utf-8")
    page = browser.new_page(viewport={"width": width, "height": 800})
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith("file:") else faults.append(request.url))
    page.goto(path.as_uri())
    return page, faults


@pytest.mark.parametrize("width", [360, 1000, 2560])
def test_page_in_a_browser(browser: Browser, tmp_path: Path, width: int) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page, faults = shown(browser, tmp_path, render(*small()), width)
    assert faults == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator("details").first.locator("summary").click()
    # axe needs a script of its own, which the page's policy forbids: it looks at the same page without the policy
    html = render(*small()).replace('http-equiv="Content-Security-Policy"', 'name="policy"')
    open_page, _ = shown(browser, tmp_path, html, width)
    results = Axe().run(open_page)
    assert results.violations_count == 0, results.generate_report()
    page.close()
    open_page.close()


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_words_stay_words(browser: Browser, tmp_path: Path, payload: str) -> None:
    page, faults = shown(browser, tmp_path, render(*small(payload)))
    assert faults == []
    assert page.title() != "owned"
    assert page.evaluate("document.scripts.length") == 0
    assert page.evaluate("document.images.length") == 0
    assert payload in (page.locator("h2").first.text_content() or "")
    page.close()
