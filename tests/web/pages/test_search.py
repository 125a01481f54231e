"""The search box: words, actors, places, dates."""

from __future__ import annotations

import pytest

from tests.web.conftest import Client
from variorum.pipeline import Edition
from variorum.web.pages.search import dates_in


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("strike 2024-01-18", ("strike", "2024-01-18", "2024-01-18")),
        ("18 January 2024", ("", "2024-01-18", "2024-01-18")),
        ("harbour Feb 2023", ("harbour", "2023-02-01", "2023-02-28")),
        ("2024-01 or 3 March 2024", ("or", "2024-01-01", "2024-03-03")),
        ("31 February 2024 raid", ("31 February 2024 raid", None, None)),
        ("unit 2024-99", ("unit 2024-99", None, None)),
    ],
)
def test_dates_among_the_words_bound_the_time(words: str, found: tuple[str, str | None, str | None]) -> None:
    assert dates_in(words) == found


def test_one_box_finds_words_actors_and_places(client: Client, demo: Edition) -> None:
    event = next(event for event in demo.events if event.place is not None and event.actors)
    assert event.place is not None
    for asked, group in ((event.actors[0], "As an actor"), (event.place.name, "As a place")):
        html = client.get("/search", params={"q": asked}).text
        part = html[html.index(f'">{group} ') :]
        assert f'href="/events/{event.id}"' in part
    assert "<mark>" in client.get("/search", params={"q": "killed"}).text
    assert client.get("/search", params={"q": "XYZQ <b>"}).status_code == 200
    assert client.get("/search", params={"q": "killed", "after": "nowhere"}).status_code == 400
    assert client.get("/search").status_code == 200
