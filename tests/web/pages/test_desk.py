"""Documents, comparison, review and adding: as HTML, by their forms, and by keyboard in a browser."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from litestar.datastructures import State

from tests.web.conftest import Client, client_of
from variorum.pipeline import Edition, collate
from variorum.pipeline.review_queue import Doubts, doubts, review_queue
from variorum.records import ActorMention, Annotation, Block, Decision, Document, ReferenceTime, Span
from variorum.store import open_store
from variorum.web.pages.documents import parts
from variorum.web.pages.review import queue_in

from .conftest import Running, Visits, check_accessible

TEXT = (
    "LODWAR, Kenya, 4 March 2021 - Gunmen killed five herders at a market in Lodwar on Wednesday, the regional "
    "police commander said. Nobody has claimed the attack.\n\nThe governor condemned the killing and called for calm."
)


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[Document, Annotation, Span | None]:
    """A text with blocks that leave gaps, and a layer whose spans overlap and cross them as they like."""
    text = draw(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80))
    edges = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    blocks = [Block(start=a, end=b, kind="body") for a, b in zip(edges[::2], edges[1::2], strict=False)]
    pairs = draw(st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, len(text))), max_size=6))
    spans = [Span(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]]
    actors = tuple(
        ActorMention(start=s.start, end=s.end, text=s.of(text), name=f"n{n}", key=f"k{n}") for n, s in enumerate(spans)
    )
    document = Document(id="d", page="p", source="s", text=text, blocks=tuple(blocks))
    annotation = Annotation(document="d", reference=ReferenceTime(basis="none"), actors=actors)
    return document, annotation, draw(st.sampled_from([None, *spans]))


@given(marked_texts())
def test_a_text_in_runs_is_the_text(made_up: tuple[Document, Annotation, Span | None]) -> None:
    document, annotation, at = made_up
    found = parts(document, annotation, at)
    runs = [run for part in found for run in part.runs]
    assert "".join(run.text for run in runs) == document.text
    marked = {span for actor in annotation.actors for span in range(actor.start, actor.end)}
    place = 0
    for run in runs:
        assert all((n in marked) == bool(run.layers) for n in range(place, place + len(run.text)))
        if at is not None and run.text:
            assert run.looked_for == (at.start <= place and place + len(run.text) <= at.end)
        place += len(run.text)
    assert sum(bool(part.anchor) for part in found) == (at is not None)


def test_a_document_shows_its_text_its_kinds_and_its_family(client: Client, demo: Edition) -> None:
    for line in demo.documents:
        answer = client.get(f"/documents/{line.id}")
        assert answer.status_code == 200
        if line.rejected is not None:
            assert "Not read:" in answer.text
    herald = next(line for line in demo.documents if line.outlet == "Northern Herald")
    html = client.get(f"/documents/{herald.id}?at=10-17").text
    assert '<span class="kind" lang="en">body</span>' in html
    assert "abridged by" in html
    assert "dateline" in html
    assert "<mark>" in html
    assert client.get(f"/documents/{herald.id}?at=x").status_code == 400
    assert client.get("/documents/d-nothing").status_code == 404


def test_two_texts_and_three_are_compared(client: Client, demo: Edition) -> None:
    ids = [line.id for line in demo.documents if line.origin is not None]
    derived = next(each for each in demo.derivations if each.kind == "abridged")
    html = client.get(f"/compare?document={derived.source}&document={derived.target}").text
    assert "is an abridgement of" in html
    assert "Quotations in both" in html
    assert client.get("/compare").status_code == 200
    three = client.get("/compare?" + "&".join(f"document={id_}" for id_ in ids[:3])).text
    assert three.count('<section aria-labelledby="pair-') == 2
    assert client.get("/compare?" + "&".join(f"document={id_}" for id_ in ids[:5])).status_code == 400


def test_the_queue_and_its_tasks_can_be_read(client: Client, demo: Edition) -> None:
    queue = review_queue(demo)
    html = client.get("/review").text
    assert all(f'href="/review/{entry.key.replace("+", "%2B")}"' in html for entry in queue)
    for entry in queue:
        answer = client.get(f"/review/{entry.key.replace('+', '%2B')}")
        assert answer.status_code == 200
        assert entry.title in answer.text.replace("&#39;", "'")
    assert client.get("/review?from=x").status_code == 400
    assert client.get("/review/e-nothing").status_code == 404
    assert client.get(f"/review/{demo.events[-1].id}").status_code == 200


def test_after_a_ruling_no_dispute_is_looked_for_anew(writable: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Edition] = []

    def counted(edition: Edition) -> Doubts:
        asked.append(edition)
        return doubts(edition)

    monkeypatch.setattr("variorum.web.pages.review.doubts", counted)
    kept = State()
    with Edition.open(writable) as edition:
        before = queue_in(kept, edition)
        event = edition.event(next(entry.ids[0] for entry in before if entry.kind == "event"))
        said = tuple(f"{item.document}@{item.start}-{item.end}" for item in event.evidence)
        ruling = Decision(id="r-1", author="Ines", at="2031-01-01T00:00:00Z", action="accept", targets=said)
        with closing(open_store(writable)) as store:
            store.append_decisions([ruling])
        after = queue_in(kept, edition)
        assert after == review_queue(edition)
    assert len(after) == len(before) - 1
    assert len(asked) == 1


def ended(client: Client, location: str) -> dict[str, Any]:
    job = location.partition("job=")[2] or location.rpartition("/")[2]
    for _ in range(900):
        told: dict[str, Any] = client.get(f"/api/v1/jobs/{job}").json()
        if told["state"] in ("done", "failed"):
            return told
        time.sleep(0.05)
    raise AssertionError(told)


def test_rulings_are_made_by_forms_without_a_script_and_taken_back_in_the_log(writable: Path) -> None:
    with client_of(writable) as client, Edition.open(writable) as edition:
        entry = review_queue(edition)[0]
        (event,) = entry.ids
        said = next(side for point in entry.points for side in point.sides)
        place = f"{said.evidence[0].document}@{said.evidence[0].start}-{said.evidence[0].end}"
        forms: list[dict[str, Any]] = [
            {"action": "unsure", "target": event, "reason": "=1+1"},
            {"action": "recode", "target": event, "field": "time", "first": "2024-01-15", "last": "2024-01-16"},
            {"action": "no-contradiction", "target": entry.points[0].contradiction},
            {"action": "fix-speaker", "target": place, "value": "a neighbour"},
        ]
        before = client.get("/api/v1/events").json()
        for form in forms:
            answer = client.post("/review", data={"author": "Ines", "next": "/review", **form}, follow_redirects=False)
            assert answer.status_code == 303, answer.text
            job = ended(client, answer.headers["location"])
            assert job["state"] == "done", job
        log = client.get("/review/log")
        assert log.text.count("Take back") == 4
        assert client.get("/review/log.csv").text.count("\n") == 5
        assert "'=1+1" in client.get("/review/log.csv").text
        for decision in client.get("/review/log.json").json():
            data = {"action": "undo", "target": decision["id"], "author": "Ines", "next": "/review/log"}
            answer = client.post("/review", data=data, follow_redirects=False)
            assert answer.headers["location"].startswith("/review/log?job=")
            assert ended(client, answer.headers["location"])["state"] == "done"
        assert client.get("/api/v1/events").json() == before


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"action": "burn"}, 409),
        ({"action": "accept"}, 404),
        ({"action": "accept", "author": " "}, 409),
        ({"action": "fix-span", "target": "d-1@0-1", "field": "tolls", "words": "not there"}, 404),
        ({"action": "accept", "csrf": "guess"}, 403),
    ],
)
def test_what_does_not_fit_is_refused_in_a_page(client: Client, form: dict[str, str], status: int) -> None:
    data = {"author": "Ines", "target": "e-nothing", "next": "https://evil.example/", **form}
    answer = client.post("/review", data=data, follow_redirects=False)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/html")


def test_forms_need_the_scope_and_lead_nowhere_else(made: Path, writable: Path) -> None:
    with client_of(made, scopes=("read",)) as client:
        assert client.post("/review", data={"action": "accept"}).status_code == 403
        assert client.post("/add", data={"text": TEXT}).status_code == 403
        assert '<form method="post"' not in client.get("/add").text
        assert 'href="/review"' not in client.get("/").text
    with client_of(writable) as client:
        event = client.get("/api/v1/events").json()["events"][0]["id"]
        data = {"action": "accept", "target": event, "author": "I", "next": "//evil.example/review"}
        answer = client.post("/review", data=data, follow_redirects=False)
        assert answer.headers["location"].startswith("/review?job=")


def test_addresses_are_fetched_only_where_allowed(client: Client) -> None:
    assert "disabled" in client.get("/add").text
    answer = client.post("/add", data={"addresses": "https://news.example/a"})
    assert (answer.status_code, "network is off" in answer.text) == (400, True)
    assert client.post("/add", data={}).status_code == 400
    assert client.get("/jobs/j-nothing").status_code == 404


@pytest.fixture
def desk(browser: Any, made: Path, tmp_path: Path) -> Iterator[Visits]:
    """Pages of an edition that may be written."""
    path = Path(shutil.copy(made, tmp_path / "desk.sqlite"))
    with Running(path) as server:
        found = Visits(browser, server)
        yield found
        found.close()
        assert found.faults == []


def test_a_task_is_decided_by_keyboard_alone(desk: Visits) -> None:
    page = desk.open("/review")
    page.keyboard.press("j")
    page.wait_for_url("**/review/e-*")
    first = page.url
    page.get_by_label("By").last.wait_for(state="attached")
    page.evaluate("document.querySelector('#by-verdict').focus()")
    page.keyboard.type("Ines M.")
    page.keyboard.press("Tab")
    page.keyboard.type("seen the footage")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # unsure
    page.wait_for_url("**?job=j-*")
    assert page.url.partition("?")[0] != first
    page.get_by_text("The ruling is in the edition").wait_for(timeout=60_000)
    page.keyboard.press("l")
    page.wait_for_url("**/review/log")
    row = page.locator("tbody tr")
    assert row.count() == 1
    assert "seen the footage" in row.inner_text()
    page.get_by_role("button", name="Take back").focus()
    page.keyboard.press("Enter")
    page.get_by_text("The ruling is in the edition").wait_for(timeout=60_000)
    page.reload()
    assert page.locator("tbody tr").count() == 2
    page.keyboard.press("q")
    page.wait_for_url("**/review")
    page.keyboard.press("j")
    page.wait_for_url("**/review/e-*")
    assert page.locator("#by-verdict").input_value() == "Ines M."
    place = page.locator("summary", has_text="Where")
    place.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Turbat, PK")
    page.keyboard.press("Enter")
    page.get_by_text("The ruling is in the edition").wait_for(timeout=60_000)
    page.reload()
    assert "Turbat" in page.locator("summary", has_text="Where").inner_text()
    assert page.get_by_role("heading", name="Ruled on it so far").is_visible()
    check_accessible(desk, "/review/log")


def test_texts_and_files_are_added_and_what_came_of_them_is_told(desk: Visits, tmp_path: Path) -> None:
    page = desk.open("/add")
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 64)
    page.get_by_label("Files").set_input_files([picture])
    page.get_by_label("Or a text").focus()
    page.keyboard.insert_text(TEXT)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/jobs/j-*")
    page.get_by_role("table").wait_for(timeout=60_000)
    rows = page.locator("tbody tr").all_inner_texts()
    assert "rejected" in rows[0]
    assert "picture.png" in rows[0]
    assert "added" in rows[1]
    check_accessible(desk, page.url.removeprefix(desk.server.address))
    page = desk.open(page.url.removeprefix(desk.server.address), script=False)
    page.locator("tbody a").click()
    assert "Gunmen killed five herders" in page.locator(".text").inner_text()


def test_layers_are_switched_by_keys_and_stay_in_the_address(visits: Visits, demo: Edition) -> None:
    line = next(each for each in demo.documents if each.outlet == "Northern Herald")
    page = visits.open(f"/documents/{line.id}")
    label = page.locator(".text .label.places").first
    assert not label.is_visible()
    page.keyboard.press("2")
    assert label.is_visible()
    page.get_by_role("button", name="Keep in the address").click()
    assert "layer=places" in page.url
    assert page.locator(".text .label.places").first.is_visible()
    page.locator(".text .label.places").first.click()
    assert page.locator("#words mark").is_visible()
    assert page.get_by_label("The words that places should mark").is_visible()


def test_a_page_lists_its_keys(visits: Visits, demo: Edition) -> None:
    page = visits.open(f"/review/{review_queue(demo)[0].key}")
    page.keyboard.press("?")
    told = page.get_by_role("dialog", name="Keys of this page")
    keys, words = (told.locator(each).all_inner_texts() for each in ("dt", "dd"))
    assert {("a", "Accept"), ("r", "Reject"), ("u", "Unsure")} <= set(zip(keys, words, strict=True))
    page.keyboard.press("Escape")
    assert told.count() == 0
    page.get_by_label("Keys of one letter").uncheck()
    page.keyboard.press("?")
    assert told.count() == 0


PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'-alert(1)-'",
    "javascript:alert(1)",
    "{{7*7}}${7*7}",
    "</title><svg onload=alert(1)>",
)


def test_no_field_of_a_text_becomes_a_part_of_the_page(browser: Any, tmp_path: Path) -> None:
    rows = []
    for number, payload in enumerate(PAYLOADS):
        said = (
            f"Gunmen shelled a market in Lodwar on Tuesday, killing {number + 3} traders, the {payload} governor said."
        )
        rows.append(
            {
                "id": f"d{number}", "text": f"{said}\n\n“{payload}” he said.", "title": f"{payload} {number}",
                "outlet": f"{payload} Post", "authors": [payload], "url": "https://post.example/" + payload,
                "published": "2031-05-08", "language": "en",
            }
        )  # fmt: skip
    source = tmp_path / f"{PAYLOADS[1].replace('/', '')}.jsonl"
    source.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    path = tmp_path / "x.sqlite"
    with collate(source, output=path) as edition:
        queue = review_queue(edition)
    with Running(path) as server:
        visits = Visits(browser, server)
        paths = [f"/documents/d{number}?at=0-6" for number in range(len(PAYLOADS))]
        paths += ["/compare?document=d0&document=d1&document=d4", "/review", "/add", "/"]
        paths += [f"/review/{entry.key}".replace("+", "%2B") for entry in queue[:3]]
        page = visits.open("/review/log")
        page.on("dialog", lambda dialog: visits.faults.append(dialog.message))
        for each in paths:
            page.goto(server.address + each)
            assert page.locator("h1").is_visible(), each
            assert page.locator("main script, main img, main svg[onload], main [onerror]").count() == 0, each
            assert "49" not in page.locator("h1").inner_text()
        visits.close()
        assert visits.faults == []
