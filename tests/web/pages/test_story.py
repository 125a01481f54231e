"""The page of a story, as HTML and in a browser."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace

from tests.web.conftest import Client
from variorum.pipeline import Edition
from variorum.records import EventQuery, Story
from variorum.web.charts.timeline import WIDTH, timeline

from .conftest import Visits


@pytest.fixture(scope="module")
def story(demo: Edition) -> Story:
    return demo.stories[0]


def test_one_set_of_filters_holds_for_all_views(client: Client, demo: Edition, story: Story) -> None:
    address = f"/stories/{story.id}?type=ASSAULT&since=2024-01-17"
    html = client.get(address).text
    wanted = {each.id for each in demo.find(EventQuery(story=story.id, types=("ASSAULT",), since="2024-01-17"))}
    others = set(story.events) - wanted
    assert wanted
    for id_ in wanted:
        assert html.count(f'href="/events/{id_}"') >= 2
    drawn = re.findall(r'<a href="/events/([^"]+)" class="event', html)
    assert set(drawn) <= wanted
    assert not any(f'href="/events/{id_}" class' in html for id_ in others)
    assert "/api/v1/exports/csv?story=" in html
    assert "type=ASSAULT" in html[html.index("/api/v1/exports/csv") :][:200]
    assert client.get(f"/stories/{story.id}?since=never").status_code == 400
    assert "No event answers these filters" in client.get(f"/stories/{story.id}?q=xylophone").text


def test_the_timeline_zooms_by_keys_and_pointer(visits: Visits, story: Story) -> None:
    page = visits.open(f"/stories/{story.id}")
    line = page.locator("svg.timeline")
    bar = line.locator("a.event rect").first
    place = bar.get_attribute("x")
    page.locator("[data-zoom=in]").focus()
    page.keyboard.press("+")
    line.and_(page.locator("[data-times='2.00']")).wait_for()
    assert bar.get_attribute("x") != place
    page.keyboard.press("0")
    line.and_(page.locator("[data-times='1.00']")).wait_for()
    assert bar.get_attribute("x") == place
    line.hover()
    page.keyboard.down("Control")
    page.mouse.wheel(0, -300)
    page.keyboard.up("Control")
    line.and_(page.locator("[data-times='1.25']")).wait_for()


def test_the_map_draws_its_land_and_tells_of_an_actor(visits: Visits, story: Story) -> None:
    page = visits.open(f"/stories/{story.id}")
    page.locator("[data-drawn]").scroll_into_view_if_needed()
    page.locator("[data-map][data-ready]").wait_for()
    assert page.locator("canvas.maplibregl-canvas").is_visible()
    page.locator("[data-map-actor]").select_option(index=1)
    assert "acted" in (page.locator("[data-map-told]").text_content() or "")
    page.get_by_role("button", name="Drawing").press("Enter")
    assert page.locator("svg.map .land").is_visible()


def test_it_is_drawn_without_scripts(visits: Visits, story: Story) -> None:
    page = visits.open(f"/stories/{story.id}", script=False)
    for chart in ("timeline", "map", "ladder"):
        assert page.locator(f"svg.{chart}").is_visible()


def test_it_prints_within_the_paper_and_without_its_tools(visits: Visits, story: Story) -> None:
    page = visits.open(f"/stories/{story.id}", width=800)
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth") <= 800
    for hidden in ("form.filters", "[data-timeline-tools]"):
        assert not page.locator(hidden).is_visible()


def test_of_a_large_story_the_most_told_events_are_shown(
    client: Client, story: Story, demo: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("variorum.web.pages.story._EVENTS", 3)
    html = client.get(f"/stories/{story.id}").text
    events = [demo.event(id_) for id_ in story.events]
    ranked = sorted(events, key=lambda each: (-each.independent_origins, -len(each.documents)))
    listed = html[html.index('<h2 id="events">') : html.index('<h2 id="map">')]
    assert set(re.findall(r'href="/events/([^"]+)"', listed)) == {each.id for each in ranked[:3]}
    assert f"Shown are the 3 that most independent origins tell, and {len(events) - 3} more are not" in html


def test_what_lies_far_off_leaves_the_others_their_room(demo: Edition, story: Story) -> None:
    event = next(each for each in map(demo.event, story.events) if each.time is not None and each.time.earliest)
    assert event.time is not None
    days = ["1150-01-01", *(f"2024-01-{day:02}" for day in range(1, 31))]
    events = [
        replace(event, id=f"e-{number}", time=replace(event.time, earliest=day, latest=day))
        for number, day in enumerate(days)
    ]
    drawn = timeline(events, (), {}, frozenset())
    assert drawn.beyond == 1
    assert drawn.bars[0].is_open_left
    assert drawn.bars[-1].x - drawn.bars[2].x > WIDTH / 2
    few = timeline(events[:5], (), {}, frozenset())
    assert (few.beyond, few.bars[0].is_open_left) == (0, False)
