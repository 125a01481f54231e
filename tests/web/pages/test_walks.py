"""Every task without a mouse, in a real browser: by the keys that a reader has, with the focus in sight all the way."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import pytest
from msgspec.structs import replace

from variorum.pipeline import Edition
from variorum.pipeline.review_queue import review_queue
from variorum.records import Decision
from variorum.store import open_store

from .conftest import Running, Visits

if TYPE_CHECKING:
    from playwright.sync_api import Page

_MOST = 90  # presses of Tab that lead to anything on a page


def tab_to(page: Page, wanted: str, key: str = "Tab") -> None:
    """Press Tab until what a selector names has the focus; whatever has it on the way can be seen."""
    for _ in range(_MOST):
        page.keyboard.press(key)
        here, is_seen = page.evaluate(
            """wanted => {
              const at = document.activeElement, box = at.getBoundingClientRect();
              return [at.matches(wanted), at === document.body || (box.width > 0 && box.bottom > 0 &&
                      box.top < innerHeight && box.right > 0 && box.left < innerWidth)];
            }""",
            wanted,
        )
        assert is_seen, f"the focus is out of sight on the way to {wanted}"
        if here:
            return
    raise AssertionError(f"{_MOST} presses of {key} do not lead to {wanted}")


def test_from_the_overview_to_the_words_in_their_text(visits: Visits, demo: Edition) -> None:
    page = visits.open("/")
    page.keyboard.press("Tab")
    assert page.locator(".skip").is_visible()
    page.keyboard.press("Enter")
    tab_to(page, "tbody a[href^='/stories/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/stories/s-*")
    page.keyboard.press("f")
    page.keyboard.type("struck")
    tab_to(page, "select[name=agreement]")
    page.keyboard.type("disputed")
    tab_to(page, "form.filters button")
    page.keyboard.press("Enter")
    page.wait_for_url("**agreement=disputed**")
    assert "in all views below" in page.get_by_role("status").inner_text()
    tab_to(page, "svg.timeline a.event")
    page.keyboard.press("Enter")
    page.wait_for_url("**/events/e-*")
    tab_to(page, "dl.facts details.words > summary")
    page.keyboard.press("Enter")
    tab_to(page, "blockquote cite a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/documents/d-*at=*")
    assert page.locator("#words mark").is_visible()
    for _ in range(3):
        page.go_back()
    page.keyboard.press("o")
    page.wait_for_url(visits.server.address + "/")


def test_the_timeline_and_the_map_are_moved(visits: Visits, demo: Edition) -> None:
    page = visits.open(f"/stories/{demo.stories[0].id}")
    line = page.locator("svg.timeline")
    tab_to(page, "[data-zoom=in]")
    page.keyboard.press("Enter")
    page.keyboard.press("+")
    line.and_(page.locator("[data-times='4.00']")).wait_for()
    place = line.locator("[data-ticks] line").first.get_attribute("x1")
    page.keyboard.press("]")
    line.locator(f"[data-ticks] line:first-child:not([x1='{place}'])").wait_for(state="attached")
    page.locator("#map").evaluate("each => each.scrollIntoView()")
    page.locator("[data-map][data-ready]").wait_for()
    page.locator("figure.chart").first.focus()
    tab_to(page, ".maplibregl-ctrl-zoom-in")
    page.keyboard.press("Enter")
    tab_to(page, "[data-map-actor]")
    page.keyboard.press("ArrowDown")
    assert "acted" in (page.locator("[data-map-told]").text_content() or "")
    page.keyboard.press("Tab")
    page.keyboard.press("m")
    assert page.locator("svg.map").is_visible()
    page.keyboard.press("m")
    assert page.locator("canvas.maplibregl-canvas").is_visible()


def test_what_is_looked_for_is_found_and_two_texts_compared(visits: Visits, demo: Edition) -> None:
    page = visits.open("/")
    page.keyboard.press("/")
    page.keyboard.type("stri")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=stri")
    tab_to(page, "main a[href*='q=stri%2A']")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=stri%2A")
    tab_to(page, "main a[href^='/events/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/events/e-*")
    assert page.locator("h1").is_visible()
    derived = next(each for each in demo.derivations if each.kind == "abridged")
    page.goto(f"{visits.server.address}/documents/{derived.source}")
    tab_to(page, "a[href^='/compare']:not(nav a)")
    page.keyboard.press("Enter")
    page.wait_for_url("**/compare?document=*")
    assert "is an abridgement of" in page.locator("main").inner_text()
    tab_to(page, "main select")
    page.keyboard.press("ArrowDown")
    tab_to(page, "main form button")
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    page.locator("h1", has_text="Compare").wait_for()


@dataclass
class Desk(Visits):
    """Pages of an edition that may be written, at `path`."""

    path: Path = Path()


@pytest.fixture(scope="module")
def desk(browser: Any, made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Pages of an edition that these walks may write."""
    path = Path(shutil.copy(made, tmp_path_factory.mktemp("walks") / "desk.sqlite"))
    with Running(path) as server:
        found = Desk(browser, server, path=path)
        yield found
        found.close()
        assert found.faults == []


def ruled(page: Page, summary: str, *keys: str) -> None:
    """Open a form of a task by its summary, do what `keys` say (a selector to tab to, or a key), sign and send it: by
    Enter in the name, or by a button that `keys` end with."""
    by, keys = (keys[-1:], keys[:-1]) if keys[-1:] and keys[-1].startswith("button") else ((), keys)
    page.locator("details.act > summary", has_text=summary).first.focus()
    page.keyboard.press("Enter")
    for key in (*keys, "input[name=author]", "Ines", *by, "Enter"):
        if key.startswith(("input", "select", "button")):
            tab_to(page, f"details[open] {key}")
        elif key in ("Space", "ArrowDown", "Enter"):
            page.keyboard.press(key)
        else:
            page.keyboard.type(key)
    page.wait_for_url("**job=j-*")


_FORMS = {
    "recode": ("What happened", "select", "ArrowDown"),
    "merge": ("It is one with another event", "input[type=checkbox]", "Space"),
    "split": ("It is two events", "input[type=checkbox]", "Space"),
    "copies": ("Some of its reports are one witness", "input[type=checkbox]", "Space"),
    "independent": (
        "Some of its reports are one witness",
        "input[type=checkbox]",
        "Space",
        "button[value=independent]",
    ),
    "fix-speaker": ("Someone else said it", "input[name=value]", "a neighbour"),
    "no-contradiction": ("Both can be true",),
}


def test_every_verb_of_review_has_its_keys(desk: Visits) -> None:
    """Each form is reached and sent by keys alone; what a ruling then does to the edition is tested elsewhere."""
    page = desk.open("/review")
    sent: list[str] = []
    page.route("**/review", lambda route: answered(route, sent))
    page.keyboard.press("j")
    page.wait_for_url("**/review/e-*")
    task = page.url
    for action, (summary, *keys) in _FORMS.items():
        page.goto(task)
        ruled(page, summary, *keys)
        assert f"action={action}&" in f"{sent[-1]}&", action
    for key, action in (("a", "accept"), ("r", "reject"), ("u", "unsure")):
        page.goto(task)
        tab_to(page, "#by-verdict")
        page.keyboard.type("Ines")
        tab_to(page, "button[value=accept]")
        page.keyboard.press(key)
        page.wait_for_url("**job=j-*")
        assert f"action={action}&" in f"{sent[-1]}&", action


def test_words_and_speakers_are_set_right_in_the_text_by_keys(desk: Visits, demo: Edition) -> None:
    page = desk.open("/enter")
    sent: list[str] = []
    page.route("**/review", lambda route: answered(route, sent))
    event = max(demo.events, key=lambda each: len(each.documents))
    for way, field, words, action in (
        ("dl.facts details.words > summary", "[aria-labelledby=mend] input[name=words]", "Iran", "fix-span"),
        ("ul.said details.words > summary", "#speaker", "a neighbour", "fix-speaker"),
    ):
        page.goto(f"{desk.server.address}/events/{event.id}")
        tab_to(page, way)
        page.keyboard.press("Enter")
        tab_to(page, "blockquote cite a")
        page.keyboard.press("Enter")
        page.wait_for_url("**/documents/d-*at=*")
        tab_to(page, field)
        page.keyboard.press("Control+A")
        page.keyboard.type(words)
        tab_to(page, "input[name=author]")
        page.keyboard.type("Ines")
        page.keyboard.press("Enter")
        page.wait_for_url("**job=j-*")
        told = parse_qs(sent[-1])
        assert told["action"] == [action]
        assert told["words" if action == "fix-span" else "value"] == [words]


def test_copies_are_marked_and_rulings_taken_back_by_keys(desk: Desk, demo: Edition) -> None:
    page = desk.open("/enter")
    sent: list[str] = []
    page.route("**/review", lambda route: answered(route, sent))
    pair = next(entry for entry in review_queue(demo) if entry.kind == "copies")
    for key, action in (("a", "copies"), ("r", "independent")):
        page.goto(f"{desk.server.address}/review/{pair.key.replace('+', '%2B')}")
        tab_to(page, "#by-copies")
        page.keyboard.type("Ines")
        tab_to(page, "button[value=copies]")
        page.keyboard.press(key)
        page.wait_for_url("**job=j-*")
        assert (parse_qs(sent[-1])["action"], parse_qs(sent[-1])["target"]) == ([action], list(pair.ids))
    item = demo.events[-1].evidence[0]
    ruling = Decision(
        id="r-1", author="Ines", at="2031-01-01T00:00:00+00:00", action="unsure",
        targets=(f"{item.document}@{item.start}-{item.end}",),
    )  # fmt: skip
    back = replace(ruling, id="r-2", at="2031-01-01T00:00:01+00:00", action="restore", targets=("r-1",))
    for made, button in ((ruling, "Take back"), (back, "Put in force again")):
        with closing(open_store(desk.path)) as store:
            store.append_decisions([made])
        page.goto(f"{desk.server.address}/review")
        page.keyboard.press("l")
        page.wait_for_url("**/review/log")
        tab_to(page, "tbody tr:first-child button")
        assert button in page.locator("tbody tr:first-child button").inner_text()
        page.keyboard.press("Enter")
        page.wait_for_url("**job=j-*")
        assert (parse_qs(sent[-1])["action"], parse_qs(sent[-1])["target"]) == (["undo"], [made.id])


def answered(route: Any, sent: list[str]) -> None:
    """What a form sends, noted; the answer leads on as the server's does."""
    if route.request.method != "POST":
        route.continue_()
        return
    sent.append(route.request.post_data)
    route.fulfill(status=303, headers={"Location": "/review?job=j-0"})
