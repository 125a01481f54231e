"""An edition over the network is the edition: the same interface gives the same answers."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn

import variorum
from variorum.errors import EditionError, QueryError, UnknownEventError, UnknownIdError
from variorum.identity import stable_id
from variorum.pipeline import Edition
from variorum.pipeline.rulings import Ruler, rule
from variorum.records import (
    Box,
    Claim,
    Contradiction,
    Derivation,
    DocumentQuery,
    EditionDocument,
    Event,
    EventQuery,
    Link,
    Near,
    Origin,
    Statement,
    Story,
    TollBounds,
)
from variorum.web import ServeOptions, TokenFile, create_app
from variorum.web.tokens import Sessions

from .conftest import WORKER


@pytest.fixture(scope="module")
def served(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str, str]]:
    """A server in its own thread: its address, a token that reads, and a one-time token."""
    tokens = TokenFile(tmp_path_factory.mktemp("tokens") / "tokens.json")
    secret, sessions = tokens.add("desk", ["read"]), Sessions()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    app = create_app(made, ServeOptions(port=port, tokens=tokens.path), sessions=sessions, worker=WORKER)
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}", secret, sessions.one_time()
    server.should_exit = True
    thread.join()


@pytest.fixture
def remote(served: tuple[str, str, str]) -> Iterator[Edition]:
    with variorum.connect(served[0], token=served[1]) as edition:
        yield edition


@pytest.fixture
def local(made: Path) -> Iterator[Edition]:
    with variorum.open(made) as edition:
        yield edition


def test_everything_in_it_is_the_same(remote: Edition, local: Edition) -> None:
    assert remote.content == local.content
    assert remote.state == local.state
    assert remote.versions == local.versions
    for kind in (EditionDocument, Derivation, Origin, Event, Claim, Link, Story, Statement, Contradiction):
        assert list(remote.each(kind)) == list(local.each(kind))
        assert remote.number(kind) == local.number(kind)


@pytest.mark.parametrize(
    "query",
    [
        EventQuery(),
        EventQuery(words='"border" -nothing'),
        EventQuery(types=("ASSAULT", "ACCUSE"), statuses=("actual", "negated"), origins_min=1),
        EventQuery(parties=("IRN",), since="2024-01-16", until="2024-01-18"),
        EventQuery(near=Near(lat=27.0, lon=64.1, km=250.5), tolls=(TollBounds(kind="killed", at_least=2),)),
        EventQuery(box=Box(west=60.0, south=20.0, east=70.0, north=30.0), agreement="disputed"),
        EventQuery(tolls=(TollBounds(kind="killed", at_most=3), TollBounds(kind="injured"))),
    ],
)
def test_every_query_finds_the_same(remote: Edition, local: Edition, query: EventQuery) -> None:
    assert list(remote.find(query)) == list(local.find(query))
    assert remote.count(query) == local.count(query)
    assert remote.page(query, limit=2) == local.page(query, limit=2)


def test_documents_and_quotations_are_the_same(remote: Edition, local: Edition) -> None:
    query = DocumentQuery(words="ambassador", rejected=False, languages=("en",))
    found = list(remote.find_documents(query))
    assert found == list(local.find_documents(query))
    assert remote.count(query) == len(found) > 0
    assert remote.snippets(found[0], "ambassador") == local.snippets(found[0], "ambassador")
    assert remote.derivations_of(found[0].id) == local.derivations_of(found[0].id)
    assert remote.stored(found[0].id) == local.stored(found[0].id)
    for event in local.events:
        assert remote.event(event.id[:10]) == event
        assert remote.claims_of(event) == local.claims_of(event)
        assert remote.links_of(event) == local.links_of(event)
        assert remote.contradictions_of(event) == local.contradictions_of(event)
        assert [remote.quote(each) for each in event.evidence] == [local.quote(each) for each in event.evidence]


def test_it_is_exported_as_the_one_that_lies_here(remote: Edition, local: Edition, tmp_path: Path) -> None:
    for format_ in ("ged", "geojson"):
        remote.export(format_, tmp_path / f"remote.{format_}")
        local.export(format_, tmp_path / f"local.{format_}")
        assert (tmp_path / f"remote.{format_}").read_bytes() == (tmp_path / f"local.{format_}").read_bytes()


def test_what_is_not_there_is_told_as_it_is_here(remote: Edition) -> None:
    with pytest.raises(UnknownEventError):
        remote.event("e-nope")
    with pytest.raises(UnknownIdError):
        remote.story("../events")
    with pytest.raises(QueryError):
        remote.page(EventQuery(), after="nowhere")


def test_it_is_checked_where_it_lies(remote: Edition, local: Edition) -> None:
    assert list(remote.faults()) == list(local.faults())
    assert local.head is not None
    assert list(remote.faults(local.head.hash)) == list(local.faults(local.head.hash))
    assert [str(each) for each in remote.faults("0" * 64)] == [str(each) for each in local.faults("0" * 64)] != []
    with pytest.raises(QueryError, match="64 hexadecimal digits"):
        list(remote.faults("beef"))


def test_what_differs_from_it_is_told(remote: Edition, local: Edition, writable: Path) -> None:
    assert remote.told_at() == local.told_at()
    assert local.differences(remote).none
    assert remote.differences(local).none
    ruler = Ruler(author="Ines M.", at="2031-05-05T10:00:00Z", reason="one event")
    rule(writable, lambda edition: ruler.merge(edition, [event.id for event in edition.events[:2]]))[1].close()
    with variorum.open(writable) as ruled:
        assert remote.differences(ruled) == local.differences(ruled)
        assert {change.kind for change in remote.differences(ruled).events} >= {"merged"}
        assert ruled.differences(remote) == ruled.differences(local)


def test_its_log_of_custody_is_there(remote: Edition, local: Edition) -> None:
    assert list(remote.custody()) == list(local.custody())
    assert remote.head == local.head


def test_an_id_that_is_gone_leads_on_when_asked(remote: Edition, local: Edition) -> None:
    event = local.events[0]
    document, start, end = min(local.told_at()[event.id])
    gone = [stable_id("e", (document, start, end, code)) for code in ("AID", "MOBILIZE", "COOPERATE")]
    gone = [id_ for id_ in gone if local.successor(id_) is not None]
    assert gone
    for id_ in gone:
        assert remote.successor(id_) == local.successor(id_)
        with pytest.raises(UnknownEventError):
            remote.event(id_)
    assert remote.successor("e-0123456789abcdef") is None


def test_nobody_enters_with_a_wrong_token_or_where_no_server_is(served: tuple[str, str, str]) -> None:
    for token in (None, "guess"):
        with pytest.raises(EditionError, match="token"):
            variorum.connect(served[0], token=token)
    with pytest.raises(EditionError, match=r"127\.0\.0\.1:1/"):
        variorum.connect("http://127.0.0.1:1", token="x")


def test_the_printed_token_opens_one_session(served: tuple[str, str, str]) -> None:
    with variorum.connect(served[0], token=served[2]) as edition:
        assert edition.events
    with pytest.raises(EditionError):
        variorum.connect(served[0], token=served[2])
