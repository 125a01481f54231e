"""What the API answers, and that it keeps what its description promises."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import threading
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import anyio.to_thread
import pytest

from variorum.exports.formats.tables import TABLES
from variorum.pipeline import Edition
from variorum.records import Decision
from variorum.store import open_store
from variorum.web import ServeOptions
from variorum.web.api.lists import KINDS, Kind
from variorum.web.shelf import Shelf

from .conftest import Client, client_of

API = "/api/v1"


def got(client: Client, path: str, **more: Any) -> Any:
    answer = client.get(API + path, **more)
    assert answer.status_code == 200, answer.text
    return answer.json()


def the_strike(client: Client) -> dict[str, Any]:
    """The event that most documents tell."""
    found: dict[str, Any] = max(got(client, "/events")["events"], key=lambda event: len(event["documents"]))
    return found


def test_the_overview_counts_what_the_edition_holds(client: Client, made: Any) -> None:
    told = got(client, "/")
    with Edition.open(made) as edition:
        assert told["events"] == len(edition.events)
        assert told["documents"] + told["rejected"] == len(edition.documents)
        assert told["versions"] == edition.versions


def test_pages_follow_each_other_by_their_links_and_hold_everything_once(client: Client) -> None:
    whole = [event["id"] for event in got(client, "/events?limit=1000")["events"]]
    seen: list[str] = []
    path: str | None = f"{API}/events?limit=3&status=actual&status=negated&status=hypothetical&status=future"
    while path is not None:
        answer = client.get(path)
        seen += [event["id"] for event in answer.json()["events"]]
        path = answer.links["next"]["url"] if "next" in answer.links else None
        assert (path is None) == (answer.json()["next"] is None)
    assert seen == whole
    assert len(set(seen)) == len(seen)


@pytest.mark.parametrize(
    "name", ["stories", "origins", "claims", "links", "contradictions", "derivations", "statements"]
)
def test_every_list_is_paged(client: Client, name: str) -> None:
    whole, seen, after = got(client, f"/{name}?limit=1000")[name], [], ""
    while True:
        told = got(client, f"/{name}?limit=1{after}")
        seen += told[name]
        if told["next"] is None:
            break
        after = f"&after={told['next']}"
    assert seen == whole


def test_filters_mean_what_they_mean_on_the_command_line(client: Client) -> None:
    strikes = got(client, "/events?type=ASSAULT&toll=killed:2-&origins=2")["events"]
    assert strikes
    for event in strikes:
        assert event["type"] == "ASSAULT"
        assert event["independent_origins"] >= 2
    assert got(client, "/events?country=DE")["events"][0]["place"]["country"] == "DE"
    assert got(client, "/events?near=52.5,13.4,50")["events"] == got(client, "/events?country=DE")["events"][:1]
    assert all(event["story"] for event in got(client, "/events?agreement=disputed")["events"])


def test_an_event_with_all_that_is_said_of_it(client: Client) -> None:
    event = the_strike(client)
    path = f"/events/{event['id']}"
    assert got(client, path) == event
    assert got(client, f"/events/{event['id'][:8]}") == event
    assert got(client, f"{path}/readings") == event["tolls"]
    assert all(claim["event"] == event["id"] for claim in got(client, f"{path}/claims"))
    links = got(client, f"{path}/links")
    assert links
    assert all(event["id"] in (link["from"], link["to"]) for link in links)
    steps = [step["event"] for step in got(client, f"{path}/chain")["steps"]]
    assert event["id"] in steps
    assert {link["from"] for link in links} | {link["to"] for link in links} <= set(steps)


def test_the_evidence_of_an_event_is_in_the_texts(client: Client) -> None:
    event = the_strike(client)
    for evidence in event["evidence"]:
        document = got(client, f"/documents/{evidence['document']}/text")["document"]
        whole = document["text"] if evidence["field"] == "text" else document["title"]
        assert whole[evidence["start"] : evidence["end"]].strip()


def test_search_shows_where_the_words_stand(client: Client) -> None:
    told = got(client, "/search?q=ambassador")
    assert told["count"] == len(told["hits"]) > 0
    snippets = [passage for hit in told["hits"] for passage in hit["passages"]]
    assert any("ambassador" in snippet["text"].lower() for snippet in snippets)


def test_tables_maps_and_lines_hold_the_same_events(client: Client) -> None:
    ids = [event["id"] for event in got(client, "/events?type=ASSAULT")["events"]]
    rows = list(csv.DictReader(io.StringIO(client.get(f"{API}/events.csv?type=ASSAULT").text)))
    assert [row["id"] for row in rows] == ids
    lines = client.get(f"{API}/events.jsonl?type=ASSAULT").text.splitlines()
    assert [json.loads(line)["id"] for line in lines] == ids
    features = got(client, "/events.geojson?type=ASSAULT")["features"]
    assert [feature["id"] for feature in features] == ids
    documents = client.get(f"{API}/documents.jsonl").text.splitlines()
    assert len(documents) == got(client, "/")["documents"] + got(client, "/")["rejected"]


def test_documents_as_a_table_are_those_of_the_filters(client: Client) -> None:
    listed = got(client, "/documents?rejected=false&until=2024-01-18")["documents"]
    rows = list(csv.DictReader(io.StringIO(client.get(f"{API}/documents.csv?rejected=false&until=2024-01-18").text)))
    assert [row["id"] for row in rows] == [each["id"] for each in listed]
    assert 0 < len(rows) < got(client, "/documents/count")["count"]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_lines_hold_what_the_list_holds(client: Client, kind: Kind) -> None:
    whole = got(client, f"/{kind.name}?limit=1000")[kind.name]
    lines = [json.loads(line) for line in client.get(f"{API}/{kind.name}.jsonl").text.splitlines()]
    assert sorted(lines, key=json.dumps) == sorted(whole, key=json.dumps)


@pytest.mark.parametrize("table", [each.name for each in TABLES])
def test_every_table_of_the_exports_is_there_by_itself(client: Client, table: str) -> None:
    archive = zipfile.ZipFile(io.BytesIO(client.get(f"{API}/exports/csv").content))
    header, *rows = csv.reader(io.StringIO(archive.read(f"{table}.csv").decode()))
    own_header, *own_rows = csv.reader(io.StringIO(client.get(f"{API}/{table}.csv").text))
    assert own_header == header
    assert len(own_rows) == len(rows)
    if table == "claims":
        (one, *_) = got(client, "/events?type=ASSAULT")["events"]
        part = csv.DictReader(io.StringIO(client.get(f"{API}/claims.csv?document={one['documents'][0]}").text))
        assert len(list(part)) <= len(rows)


def test_every_format_is_exported(client: Client) -> None:
    for each in got(client, "/exports"):
        answer = client.get(f"{API}/exports/{each['name']}")
        assert answer.status_code == 200, each
        assert answer.headers["content-type"].partition(";")[0] == each["media_type"]
        assert answer.content
        if each["media_type"] == "application/zip":
            assert zipfile.ZipFile(io.BytesIO(answer.content)).namelist()


def test_full_texts_leave_only_when_asked_for(client: Client) -> None:
    def texts(query: str) -> list[str]:
        archive = zipfile.ZipFile(io.BytesIO(client.get(f"{API}/exports/csv{query}").content))
        return [row["text"] for row in csv.DictReader(io.StringIO(archive.read("documents.csv").decode()))]

    assert not any(texts(""))
    assert any(texts("?full_text=true&names=true"))
    refused = client.get(f"{API}/exports/csv?full_text=true")
    assert (refused.status_code, "names" in refused.json()["detail"]) == (400, True)


def test_what_one_has_already_is_not_sent_again(client: Client) -> None:
    answer = client.get(f"{API}/events")
    again = client.get(f"{API}/events", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(f"{API}/events", headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        ("/events/e-nope", 404, "e-nope"),
        ("/documents/d-nope", 404, "d-nope"),
        ("/stories/s-nope", 404, "s-nope"),
        ("/origins/o-nope", 404, "o-nope"),
        ("/jobs/j-nope", 404, "j-nope"),
        ("/exports/word", 404, "Not Found"),
        ("/events?near=here", 400, "LAT,LON,KM"),
        ("/events?since=yesterday", 400, "yesterday"),
        ("/events?after=nowhere", 400, "position"),
        ("/events?limit=0", 400, "limit"),
        ("/events?status=perhaps", 400, "status"),
        ("/events?typ=ASSAULT", 400, "'typ' is no parameter here; there are actor, after, "),
        ("/exports/ged?typ=ASSAULT", 400, "'typ'"),
        ("/events/e-nope?typ=ASSAULT", 400, "there are none"),
        ("/events?type=NOPE", 400, "ASSAULT"),
        ("/events/count?mode=nope", 400, "aerial"),
        ("/search?country=AFG", 400, "Afghanistan is AF"),
        ("/exports/ged?type=NOPE", 400, "ASSAULT"),
        ("/exports/csv?type=NOPE", 400, "ASSAULT"),
        ("/events.csv?story=s-nope", 404, "s-nope"),
        ("/documents.jsonl?language=english", 400, "ISO 639-1"),
        ("/documents?origin=o-nope", 404, "o-nope"),
        ("/documents?event=e-nope", 404, "e-nope"),
    ],
)
def test_what_cannot_be_answered_says_why(client: Client, path: str, status: int, told: str) -> None:
    answer = client.get(API + path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == status
    assert told in answer.json()["detail"]


@pytest.mark.parametrize("path", ["/events/e-nope", "/documents/d-nope", "/stories/s-nope", "/origins/o-nope"])
def test_what_there_is_none_of_is_not_unchanged(client: Client, path: str) -> None:
    now = client.get(f"{API}/").headers["etag"]
    for known in ("*", now):
        assert client.get(API + path, headers={"If-None-Match": known}).status_code == 404


@pytest.mark.parametrize("path", ["/", "/events?type=assault", "/events.csv", "/exports/csv", "/events/e-nope"])
def test_a_head_is_the_get_without_its_body(client: Client, path: str) -> None:
    whole, head = client.get(API + path), client.head(API + path)
    assert (head.status_code, head.content) == (whole.status_code, b"")
    assert head.headers.get("etag") == whole.headers.get("etag")
    assert head.headers["content-type"] == whole.headers["content-type"]


def test_codes_may_be_in_any_case(client: Client) -> None:
    assert got(client, "/events?type=assault&country=de") == got(client, "/events?type=ASSAULT&country=DE")


def test_an_archive_of_one_state_is_the_same_each_time(client: Client) -> None:
    one = client.get(f"{API}/exports/csv").content
    time.sleep(2.1)  # an archive tells time to two seconds
    assert client.get(f"{API}/exports/csv").content == one


def test_who_opens_an_event_does_not_wait_for_those_who_search(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    goes_on, page = threading.Event(), Edition.page

    def slow(*given: Any) -> Any:
        goes_on.wait(30)
        return page(*given)

    monkeypatch.setattr(Edition, "page", slow)
    with client_of(made) as client, ThreadPoolExecutor(60) as pool:
        event = client.get(f"{API}/stories").json()["stories"][0]["events"][0]
        searching = [pool.submit(client.get, f"{API}/events") for _ in range(50)]
        time.sleep(0.5)  # by then as many are under way as ever will be at once
        try:
            assert pool.submit(client.get, f"{API}/events/{event}").result(timeout=15).status_code == 200
        finally:
            goes_on.set()
        assert {each.result().status_code for each in searching} == {200}


def test_a_list_of_events_travels_compressed(client: Client) -> None:
    assert client.get(f"{API}/events?limit=1000").headers["content-encoding"] == "gzip"


def test_a_request_takes_one_turn_of_one_thread(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    event = the_strike(client)["id"]
    turns: list[str] = []
    run = anyio.to_thread.run_sync

    async def counted(*given: Any, **more: Any) -> Any:
        turns.append("anyio")
        return await run(*given, **more)

    def executor(self: Any, *given: Any) -> Any:
        turns.append("asyncio")
        return pool(self, *given)

    pool = asyncio.BaseEventLoop.run_in_executor
    monkeypatch.setattr(anyio.to_thread, "run_sync", counted)
    monkeypatch.setattr(asyncio.BaseEventLoop, "run_in_executor", executor)
    assert client.get(f"{API}/events/{event}").status_code == 200
    assert turns == ["anyio"]


def test_what_is_answered_and_the_state_that_it_names_are_of_one_moment(writable: Path) -> None:
    def rule(number: int) -> None:
        with closing(open_store(writable)) as store:
            ruling = Decision(id=f"r-{number}", author="Ines", at="", action="copy", targets=("d-1", "d-2"))
            store.append_decisions([ruling])

    shelf = Shelf(writable, ServeOptions())
    with shelf.held() as held:
        state = held.state
        rule(1)
        with shelf.now() as same:
            assert (same.state, same.decisions) == (state, ())
    with shelf.now() as after:
        assert len(after.decisions) == 1
        once = after.state
    assert once != state
    rule(2)
    with shelf.now() as again:
        assert again.state not in (state, once)
    shelf.close()
