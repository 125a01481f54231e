"""The overview, as HTML and in a browser."""

from __future__ import annotations

from tests.web.conftest import Client
from variorum.pipeline import Edition

from .conftest import Visits


def test_it_lists_the_stories_with_their_numbers(client: Client, demo: Edition) -> None:
    html = client.get("/").text
    for story in demo.stories:
        assert f'<a href="/stories/{story.id}">{story.title}</a>' in html
    assert f"<strong>{len(demo.events)}</strong> events" in html


def test_tables_sort_by_their_headings(visits: Visits) -> None:
    page = visits.open("/")
    events = "tbody td:nth-child(3)"
    before = page.locator(events).all_text_contents()
    page.get_by_role("button", name="Events").click()
    assert page.locator(events).all_text_contents() == sorted(before, key=int)
    assert page.locator("th[aria-sort=ascending]").text_content() == "Events"


def test_theme_and_keys_are_the_readers_choice(visits: Visits) -> None:
    page = visits.open("/")
    paper = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(paper)
    page.get_by_label("Theme").select_option("dark")
    assert page.evaluate(paper) != light
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.locator("main").press("/")
    assert page.evaluate("document.activeElement.id") == "search-words"
    page.get_by_label("Keys of one letter").uncheck()
    page.locator("main").focus()
    page.locator("main").press("/")
    assert page.evaluate("document.activeElement.id") != "search-words"
