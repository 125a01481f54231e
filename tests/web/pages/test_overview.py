"""The overview, as HTML and in a browser."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from tests.web.conftest import Client
from variorum.pipeline import Edition
from variorum.records import StorySummary

from .conftest import Visits


def test_it_lists_the_stories_with_their_numbers(client: Client, demo: Edition) -> None:
    html = client.get("/").text
    for story in demo.stories:
        assert f'<a href="/stories/{story.id}">{story.title}</a>' in html
    assert f"<strong>{len(demo.events)}</strong> events" in html


def test_of_many_stories_some_are_listed_and_it_leads_on_to_the_others(
    client: Client, demo: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("variorum.web.pages.overview._STORIES", 1)
    first, second = sorted(demo.stories, key=lambda story: -len(story.events))
    html = client.get("/").text
    assert (first.id in html, second.id in html) == (True, False)
    assert f"Stories 1 to 1 of {len(demo.stories)}" in html
    assert 'href="/?from=1" rel="next"' in html
    assert second.id in client.get("/?from=1").text
    assert client.get("/?from=x").status_code == 400


def test_stories_of_one_title_are_told_apart(client: Client, demo: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "9 reports</span>" not in client.get("/").text
    real = Edition.summaries

    def twins(self: Edition, *asked: Any) -> tuple[StorySummary, ...]:
        return tuple(replace(story, title="Talks") for story in real(self, *asked))

    monkeypatch.setattr(Edition, "summaries", twins)
    assert '<span class="soft">16–29 January 2024, 9 reports</span>' in client.get("/").text


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
