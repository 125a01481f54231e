"""The page of a story, as HTML and in a browser."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.web.conftest import Client
from variorum.pipeline import Edition
from variorum.records import EventQuery, Story
from variorum.web.charts.labels import Spot, placed, shortened
from variorum.web.charts.ladder import ladder
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


def listed(html: str) -> list[str]:
    table = html[html.index('<h2 id="events">') : html.index('<h2 id="map">')]
    return re.findall(r'href="/events/([^"]+)"', table)


def test_of_a_large_story_a_part_is_shown_in_the_order_that_is_asked_for(
    client: Client, story: Story, demo: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = f"/stories/{story.id}"
    events = [demo.event(id_) for id_ in story.events]
    assert listed(client.get(page).text) == [each.id for each in events], "all of a story stand in the order of time"
    monkeypatch.setattr("variorum.web.pages.story._EVENTS", 3)
    html = client.get(page).text
    told = [each.id for each in sorted(events, key=lambda each: (-each.independent_origins, -len(each.documents)))]
    assert listed(html) == told[:3]
    assert f"Shown are 1 to 3 of {len(events)} events, the most told first" in html
    assert f'href="{page}?from=3" rel="next"' in html
    assert listed(client.get(f"{page}?from=3").text) == told[3:6]
    assert listed(client.get(f"{page}?order=time").text) == [each.id for each in events[:3]]
    dated = [each for each in events if each.time is not None and each.time.earliest]
    latest = listed(client.get(f"{page}?order=latest").text)[0]
    assert demo.event(latest).time.earliest == max(each.time.earliest for each in dated if each.time)  # type: ignore[union-attr, type-var]
    (killed, *_) = listed(client.get(f"{page}?order=killed").text)
    assert "killed" in [toll.kind for toll in demo.event(killed).tolls]
    disputed = listed(client.get(f"{page}?order=disputed&type=ASSAULT").text)[0]
    assert any(toll.agreement == "disputed" for toll in demo.event(disputed).tolls)
    assert "order" not in html[html.index("/api/v1/exports/csv") :][:200]
    assert client.get(f"{page}?from=x").status_code == 400


def test_a_ladder_of_many_is_drawn_by_stretches_of_time(demo: Edition, story: Story) -> None:
    event = next(each for each in map(demo.event, story.events) if each.time is not None and each.time.earliest)
    assert event.time is not None
    days = [f"2024-{month:02}-{day:02}" for month in (1, 2, 3) for day in range(1, 29)]
    events = [
        replace(event, id=f"e-{number}", time=replace(event.time, earliest=day, latest=day))
        for number, day in enumerate((*days, *days))
    ]
    scores = {each.id: -10.0 if number % 2 else 4.5 for number, each in enumerate(events)}
    drawn = ladder(events, (), scores)
    assert drawn is not None
    assert (drawn.unit, len(drawn.periods), drawn.rungs, drawn.width <= WIDTH + 20) == ("week", 13, (), True)
    assert {part.side for period in drawn.periods for part in period.parts} == {"conflict", "cooperation"}
    assert "week of 1 Jan 2024: 14 events" in drawn.periods[0].title
    few = ladder(events[:20], (), {each: score for each, score in scores.items() if each != "e-3"})
    assert few is not None
    assert [rung.number for rung in few.rungs][2:4] == [3, 5], "numbers are those of the table"


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(0, 200), st.integers(1, 25)), max_size=30))
def test_no_label_stands_on_another(spots: list[tuple[int, int, int]]) -> None:
    found = placed([Spot("x" * letters, x, y, 5) for x, y, letters in spots], (0, 0, 300, 200), [(250, 0, 300, 60)])
    boxes = [
        (each.x - len(each.words) * 3, each.y - 10, each.x + len(each.words) * 3, each.y) for each in found if each
    ]
    boxes.append((250, 0, 300, 60))
    for one, other in itertools.combinations(boxes, 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
    assert not spots or found[0] or spots[0][0] > 200 or spots[0][1] < 30, "where there is room a label stands"


def test_names_are_shortened_where_their_brackets_still_tell_them_apart() -> None:
    assert shortened("Iran", 30) == "Iran"
    assert shortened("Ministry of Foreign Affairs and Trade (Iran)", 30) == "Ministry of Foreign… (Iran)"
    assert len(shortened("Ministry of Foreign Affairs and Trade (Pakistan)", 30)) <= 30
    assert shortened("a" * 40, 30) == "a" * 29 + "…"


def test_names_on_the_map_that_moves_do_not_overlap(visits: Visits, story: Story) -> None:
    page = visits.open(f"/stories/{story.id}", width=360)
    page.locator("[data-drawn]").scroll_into_view_if_needed()
    page.locator("[data-map][data-ready]").wait_for()
    names = [each.bounding_box() for each in page.locator("svg.over .name").all()]
    assert len(names) > 2
    for one, other in itertools.combinations(filter(None, names), 2):
        assert (
            one["x"] + one["width"] <= other["x"] + 1
            or other["x"] + other["width"] <= one["x"] + 1
            or one["y"] + one["height"] <= other["y"] + 4
            or other["y"] + other["height"] <= one["y"] + 4
        )


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
