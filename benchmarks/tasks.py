"""Five tasks of a newcomer in a browser, by what stands on the pages alone: how many acts and seconds each takes.

    python benchmarks/tasks.py EDITION [--author NAME]

serves a copy of the edition, opens its overview in Chromium and finds the disputed toll, says who first reported it,
sees what answered a strike, fixes a wrong place (until the dossier shows it as reviewed) and exports the story. An act
is a click, a choice, or a field that is written; nothing is reached by an address. Seconds run from the first act to
what was looked for, as this machine takes them (nobody reads or thinks in them); the server's are those from a page's
request to its first byte, and the job's those in which a ruling is brought into the edition.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))

from draw_pictures import FLAGS, served
from variorum.pipeline import Edition
from variorum.records import Event, Link

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page, Response

_PATIENCE = 300.0  # seconds for anything on a page


@dataclass(frozen=True)
class Case:
    """What is looked for: a strike that something answers, by words that find it, and a place to set in its own place's
    stead."""

    strike: Event
    words: str
    place: str


def case_of(edition: Edition) -> Case:
    """The strike with an answer that most reports tell, and the other town that its story names most."""
    answered = Counter(link.target for link in edition.each(Link) if link.kind == "responds-to")
    strikes = [event for id_ in answered if (event := edition.event(id_)).type == "ASSAULT" and _town(event)]
    if not strikes:
        raise SystemExit("nothing in this edition answers a strike whose place is told")
    strike = max(strikes, key=lambda each: (len(each.documents), answered[each.id], each.id))
    story = next(each for each in edition.stories if each.id == strike.story)
    towns = Counter(filter(None, (_town(edition.event(id_)) for id_ in story.events)))
    del towns[_town(strike)]
    if not towns:
        raise SystemExit("the story of the strike names no other town")
    day = (strike.time.earliest or strike.time.latest or "")[:10] if strike.time else ""
    name = strike.place.name if strike.place else ""
    return Case(strike, f"{name} {day}".strip(), min(towns, key=lambda town: (-towns[town], town)))


def _town(event: Event) -> str:
    place = event.place
    is_town = place is not None and place.precision in ("city", "site") and place.lat is not None
    return f"{place.name}, {place.country}" if place is not None and is_town and place.country else ""


class Reader:
    """Somebody at the pages, whose acts are counted and timed."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.acts = 0
        self.server = 0.0
        page.set_default_timeout(_PATIENCE * 1000)
        page.on("response", self._answered)

    def _answered(self, response: Response) -> None:
        if response.request.is_navigation_request():
            timing = response.request.timing
            self.server += max(0.0, timing["responseStart"] - timing["requestStart"]) / 1000

    def press(self, what: Locator) -> None:
        """Click on something, and wait for the page that it leads to."""
        self.acts += 1
        what.click()
        self.page.wait_for_load_state()

    def choose(self, what: str, value: str) -> None:
        self.acts += 1
        self.page.get_by_label(what, exact=True).select_option(label=value)

    def write(self, what: Locator, words: str, *, send: bool = False) -> None:
        self.acts += 1
        what.fill(words)
        if send:
            what.press("Enter")
            self.page.wait_for_load_state()

    @contextmanager
    def task(self, name: str) -> Iterator[None]:
        """Prints what the block took."""
        acts, server, began = self.acts, self.server, time.perf_counter()
        yield
        seconds = time.perf_counter() - began
        print(f"| {name} | {self.acts - acts} | {seconds:.1f} | {self.server - server:.1f} |", flush=True)


def find_the_disputed_toll(reader: Reader) -> None:
    page = reader.page
    rows = page.locator("main tbody tr")
    disputes = [int(each) for each in rows.locator("td:nth-child(4)").all_inner_texts()]
    reader.press(rows.nth(disputes.index(max(disputes))).locator("a").first)
    reader.choose("Agreement", "disputed")
    reader.choose("First", "the most told")
    reader.press(page.get_by_role("button", name="Filter"))
    told = page.locator("[aria-labelledby=events] tbody tr", has_text="killed").filter(has_text="disputed: killed")
    reader.press(told.first.locator("th a"))
    reader.press(page.get_by_role("navigation", name="Parts of this page").get_by_role("link", name="Killed"))
    assert "disputed" in page.locator("#toll-killed").inner_text()


def say_who_first_reported_it(reader: Reader) -> None:
    assert "first reported by" in reader.page.locator("p.lead").inner_text()


def see_what_answered_the_strike(reader: Reader, case: Case) -> None:
    page = reader.page
    reader.write(page.get_by_role("searchbox"), case.words, send=True)
    wanted = page.locator("main li", has_text="answered by").get_by_role("link", name=case.strike.headline, exact=True)
    while not wanted.count():
        reader.press(page.get_by_role("link", name="More", exact=True))
    reader.press(wanted.first)
    reader.press(page.get_by_role("navigation", name="Parts of this page").get_by_role("link", name="Answers"))
    assert "is answered by" in page.locator("[aria-labelledby=answers]").inner_text()


def fix_a_wrong_place(reader: Reader, case: Case, author: str) -> float:
    """Gives the seconds of the job that brings the ruling into the edition."""
    page = reader.page
    reader.press(page.get_by_role("link", name="Set it right"))
    reader.press(page.locator("summary", has_text="Where"))
    form = page.locator("details[open]")
    reader.write(form.get_by_label("Place"), case.place)
    reader.write(form.get_by_label("By", exact=True), author)
    reader.press(form.get_by_role("button", name="Code it so"))
    began = time.perf_counter()
    page.get_by_text("The ruling is in the edition").wait_for()
    job = time.perf_counter() - began
    reader.press(page.get_by_role("link", name="Dossier"))
    where = page.locator("dl.facts dd").nth([*page.locator("dl.facts dt").all_inner_texts()].index("Where"))
    town = case.place.partition(",")[0]
    if town not in where.inner_text() or not where.locator(".chip.reviewed").count():
        raise SystemExit(f"the dossier does not show {town} as reviewed: {where.inner_text()}")
    return job


def export_the_story(reader: Reader, folder: Path) -> int:
    """Gives the bytes of the file."""
    page = reader.page
    reader.press(page.locator("p.above a"))
    reader.press(page.get_by_role("navigation", name="Parts of this page").get_by_role("link", name="Export"))
    with page.expect_download() as begun:
        reader.press(page.get_by_role("link", name="Table (CSV)"))
    begun.value.save_as(folder / "story.csv")
    return (folder / "story.csv").stat().st_size


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("edition", type=Path)
    parser.add_argument("--author", default="Ines M.", help="who signs the ruling")
    options = parser.parse_args()
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(shutil.copy(options.edition, Path(scratch) / "edition.sqlite"))
        with Edition.open(path) as edition:
            case = case_of(edition)
            print(f"{len(edition.documents)} reports, {len(edition.events)} events; {case.strike.headline!r}")
        with served(path) as entrance, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
            reader = Reader(browser.new_page(viewport={"width": 1280, "height": 860}))
            reader.page.goto(entrance)
            print("| task | acts | seconds | of them the server's |", "|---|---|---|---|", sep="\n")
            with reader.task("find the disputed toll"):
                find_the_disputed_toll(reader)
            with reader.task("say who first reported it"):
                say_who_first_reported_it(reader)
            with reader.task("see what answered the strike"):
                see_what_answered_the_strike(reader, case)
            with reader.task("fix a wrong place"):
                job = fix_a_wrong_place(reader, case, options.author)
            with reader.task("export the story"):
                size = export_the_story(reader, Path(scratch))
            print(f"the job of the ruling took {job:.1f} s; the file has {size / 1000:.0f} KB")
            browser.close()


if __name__ == "__main__":
    main()
