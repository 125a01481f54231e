"""How smooth a story of 400 events is in a browser, while its timeline is zoomed and its map is moved.

    python benchmarks/frames.py [--events 400] [--seconds 4]

makes an edition of one story (`editions.py`), opens it in Chromium and turns the wheel over the timeline, then drags it
and the map, for some seconds each; frames a second, the longest wait between two frames and the tasks of over 50 ms
are the page's own count. Chromium draws the map without a graphics card here, by the processor.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))

from draw_pictures import served
from editions import one_story
from variorum.store import open_store

if TYPE_CHECKING:
    from playwright.sync_api import Page

FLAGS = ["--headless", "--no-sandbox", "--no-first-run", "--disable-background-networking"]
_COUNT = """() => {
  window.counted = {frames: 0, longest: 0, last: performance.now(), begun: performance.now(), tasks: []};
  const step = now => {
    counted.longest = Math.max(counted.longest, now - counted.last);
    counted.last = now;
    counted.frames += 1;
    counted.on = requestAnimationFrame(step);
  };
  counted.on = requestAnimationFrame(step);
  counted.watch = new PerformanceObserver(list => counted.tasks.push(...list.getEntries().map(each => each.duration)));
  counted.watch.observe({entryTypes: ["longtask"]});
}"""
_TOLD = """() => {
  cancelAnimationFrame(counted.on);
  counted.watch.disconnect();
  return {rate: counted.frames / (performance.now() - counted.begun) * 1000, longest: counted.longest,
          tasks: counted.tasks.length, worst: Math.max(0, ...counted.tasks)};
}"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=400)
    parser.add_argument("--seconds", type=float, default=4.0)
    options = parser.parse_args()
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "story.sqlite"
        with closing(open_store(path)) as store:
            story = one_story(store, options.events, seed=1)
        with served(path) as entrance, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            page.goto(entrance)
            page.goto(f"{entrance.partition('/enter')[0]}/stories/{story}")
            page.locator("#map").evaluate("each => each.scrollIntoView()")
            page.locator("[data-map][data-ready]").wait_for(timeout=120_000)
            print("| what moves | frames a second | longest wait, ms | tasks over 50 ms | longest of them, ms |")
            print("|---|---|---|---|---|")
            for name, selector, move in (
                ("nothing", "#timeline", still),
                ("the timeline, zoomed", "svg.timeline", zoomed),
                ("the timeline, dragged", "svg.timeline", dragged),
                ("the map, dragged", "[data-map] canvas", dragged),
            ):
                told = measured(page, selector, move, options.seconds)
                figures = " | ".join(f"{told[each]:.0f}" for each in ("rate", "longest", "tasks", "worst"))
                print(f"| {name} | {figures} |", flush=True)
            browser.close()


Move = Callable[["Page", float, float, int], None]


def measured(page: Page, selector: str, move: Move, seconds: float) -> Any:
    """What the page counts while something on it is moved for some seconds."""
    page.locator(selector).first.evaluate("each => each.scrollIntoView({block: 'start'})")
    box = page.locator(selector).first.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + min(box["height"] / 2, 300)
    page.mouse.move(x, y)
    page.evaluate(_COUNT)
    until, number = time.monotonic() + seconds, 0
    while time.monotonic() < until:
        move(page, x, y, number)
        number += 1
    page.mouse.up()
    return page.evaluate(_TOLD)


def still(page: Page, x: float, y: float, number: int) -> None:
    page.wait_for_timeout(100)


def zoomed(page: Page, x: float, y: float, number: int) -> None:
    """In for twenty turns of the wheel, and out again."""
    page.keyboard.down("Control")
    page.mouse.wheel(0, -120 if number // 20 % 2 == 0 else 120)
    page.keyboard.up("Control")


def dragged(page: Page, x: float, y: float, number: int) -> None:
    """To one side and back, by some pixels at a time."""
    if number == 0:
        page.mouse.down()
    there = number % 80
    page.mouse.move(x + (there if there < 40 else 80 - there) * 8 - 160, y + there % 20)


if __name__ == "__main__":
    main()
