"""An edition as a reader holds it: queries, what hangs on an event, reads that fit together."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.test_queries import CONTENT, EVENTS, event
from variorum.errors import EditionError, UnknownEventError
from variorum.pipeline import Edition
from variorum.records import Claim, DocumentQuery, Event, EventQuery
from variorum.store import open_store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    store = open_store(tmp_path / "e.sqlite")
    store.replace_content(CONTENT, {})
    store.close()
    return tmp_path / "e.sqlite"


@pytest.fixture
def edition(path: Path) -> Iterator[Edition]:
    with Edition.open(path) as opened:
        yield opened


def test_find_gives_what_events_has(edition: Edition) -> None:
    assert tuple(edition.find()) == edition.events
    assert [each.id for each in edition.find(EventQuery(origins_min=2))] == ["e-raid", "e-visit"]
    assert {each.id for each in edition.find_documents()} == {each.id for each in edition.documents}
    assert edition.count(EventQuery(origins_min=2)) == 2
    assert edition.count(DocumentQuery(rejected=True)) == 1


def test_find_reads_on_past_a_page(tmp_path: Path) -> None:
    store = open_store(tmp_path / "many.sqlite")
    fields = {name: getattr(CONTENT, name) for name in CONTENT.__struct_fields__}
    many = tuple(event(f"e-{n:04d}") for n in range(450))
    store.replace_content(type(CONTENT)(**{**fields, "events": many}), {})
    with Edition(store) as edition:
        assert [each.id for each in edition.find()] == [each.id for each in many]
        assert sum(1 for _ in edition.each(Event)) == 450


def test_nothing_reads_the_whole_edition_for_one_event(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Edition, "content", property(lambda self: pytest.fail("read all of it")))
    found = edition.event("rai")
    assert found == EVENTS[0]
    assert len(edition.claims_of(found)) == 2
    assert len(edition.links_of(found)) == 1
    assert edition.contradictions_of(found) == ()
    assert edition.story("s-2").events == ("e-strike",)
    assert edition.origin("o-1").documents == ("d-1", "d-2")
    assert edition.edition_document("d-2").origin == "o-1"
    assert len(edition.derivations_of("d-1")) == 1
    assert len(list(edition.each(Claim))) == 4
    assert "4 documents, 2 stories, 4 events, 4 claims" in repr(edition)


def test_what_is_not_there_is_told(edition: Edition) -> None:
    with pytest.raises(UnknownEventError, match="no event has the id"):
        edition.event("e-none")
    with pytest.raises(UnknownEventError, match="2 or more events begin with"):
        edition.event("e-")
    for ask in (edition.story, edition.origin, edition.edition_document):
        with pytest.raises(EditionError):
            ask("nothing")


def test_a_snapshot_fits_together(path: Path, edition: Edition) -> None:
    writer = open_store(path)
    with edition.snapshot() as now:
        events = now.find()
        first = next(events)
        fields = {name: getattr(CONTENT, name) for name in CONTENT.__struct_fields__}
        writer.replace_content(type(CONTENT)(**{**fields, "events": (), "claims": ()}), {})
        assert len(now.claims_of(first)) == 2
        assert len([first, *events]) == 4
        assert now.content.claims == CONTENT.claims
    assert list(edition.find()) == []
    writer.close()
