"""One body of tests for every backend of the store."""

from __future__ import annotations

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import plain_document, plain_event
from variorum.errors import EditionError
from variorum.records import (
    SCHEMA,
    Annotation,
    Contradiction,
    Decision,
    Declared,
    EditionContent,
    EditionDocument,
    EventMention,
    Evidence,
    MentionKey,
    Page,
    Position,
    Reading,
    ReferenceTime,
    Rejection,
    Span,
    Story,
    Toll,
)
from variorum.store import open_store

from .conftest import Open

PAGE = Page(id="p1", source="a.txt", media="text/plain", content=b"Seven were killed.", declared=Declared(title="T"))
ANNOTATION = Annotation(
    document="d1",
    reference=ReferenceTime(basis="none"),
    events=(EventMention(start=11, end=17, trigger="killed", mentions=(Span(11, 17),), type="ASSAULT"),),
)


CONTRADICTION = Contradiction(
    id="x1",
    kind="number",
    event="e1",
    sentence="On the number killed, A said “seven”, but the reporter wrote “five”.",
    sides=(
        Position(speaker="A", quote="seven", evidence=(Evidence(document="d1", start=0, end=5),), reading="r1"),
        Position(speaker=None, quote="five", evidence=(Evidence(document="d1", start=6, end=9),)),
    ),
)


def content() -> EditionContent:
    evidence = (Evidence(document="d1", start=0, end=5),)
    part = Reading(id="r2", low=3, high=3, speaker="A", as_of=None, group="women", evidence=evidence)
    reading = Reading(id="r1", low=7, high=7, speaker="A", as_of="2024-01-18", parts=(part,), evidence=evidence)
    event = plain_event(
        tolls=(Toll(kind="killed", low=7, high=7, agreement="single-source", readings=(reading,)),),
        documents=("d1",),
        evidence=evidence,
        mentions=(MentionKey(document="d1", index=0),),
    )
    document = EditionDocument(id="d1", story="s1", origin="o1", rejected=None, source="a.txt")
    return EditionContent(
        schema=SCHEMA,
        documents=(document,),
        derivations=(),
        origins=(),
        events=(event,),
        claims=(),
        links=(),
        contradictions=(CONTRADICTION,),
        stories=(Story(id="s1", events=("e1",), documents=("d1",)),),
        versions={"variorum": "0"},
    )


def test_pages_come_back_as_got(reopen: Open) -> None:
    store = reopen()
    store.add_pages([PAGE])
    store.add_pages([Page(id="p1", source="Z.txt", media="text/plain", content=PAGE.content, declared=PAGE.declared)])
    (found,) = reopen().pages()
    assert (found.content, found.declared, found.source) == (PAGE.content, PAGE.declared, "Z.txt")


def test_documents_come_back_whole(reopen: Open) -> None:
    document = plain_document("Line one.\n\nLine\u2028two \U0001f9e8.", title="T", published="2024-01-18")
    reopen().add_documents([document])
    assert list(reopen().documents()) == [document]
    stored = reopen().document("d1")
    assert stored is not None
    assert stored.document == document
    assert reopen().document("nothing") is None


def test_a_document_read_anew_replaces_the_old(reopen: Open) -> None:
    store = reopen()
    store.add_documents([plain_document("One.\nTwo.")])
    store.add_documents([plain_document("One.\nTwo.", title="Better")])
    assert [document.title for document in store.documents()] == ["Better"]


def test_rejections_go_when_the_source_is_mended(reopen: Open) -> None:
    store = reopen()
    store.add_rejections([Rejection(id="x", source="a.txt", reason="binary", detail="is no text")])
    assert [item.source for item in store.rejections()] == ["a.txt"]
    store.add_pages([PAGE])
    assert list(store.rejections()) == []


def test_annotations_are_kept_by_work_key(reopen: Open) -> None:
    reopen().add_annotations({"k1": ANNOTATION})
    assert reopen().annotations(["k1", "k2"]) == {"k1": ANNOTATION}


def test_content_is_replaced_as_a_whole(reopen: Open) -> None:
    store = reopen()
    store.add_documents([plain_document("Seven were killed.")])
    store.add_annotations({"k1": ANNOTATION})
    store.replace_content(content(), {"d1": "k1"})
    store.replace_content(content(), {"d1": "k1"})
    assert reopen().content() == content()
    assert reopen().annotation_of("d1") == ANNOTATION


def test_decisions_are_a_log(reopen: Open) -> None:
    one = Decision(id="x2", author="a", at="2024-01-20T00:00:00Z", action="copy", targets=("d1", "d2"))
    two = Decision(id="x1", author="a", at="2024-01-19T00:00:00Z", action="restore", targets=("x2",))
    reopen().append_decisions([one])
    reopen().append_decisions([two])
    assert reopen().decisions() == (one, two)
    with pytest.raises(EditionError):
        reopen().append_decisions([one])


def test_any_sqlite_tool_reads_an_edition(tmp_path: Path) -> None:
    store = open_store(tmp_path / "e.sqlite")
    store.add_documents([plain_document("Seven were killed.")])
    store.add_annotations({"k1": ANNOTATION})
    store.replace_content(content(), {"d1": "k1"})
    store.close()
    connection = sqlite3.connect(tmp_path / "e.sqlite")
    rows = connection.execute(
        "SELECT m.trigger, r.speaker, r.low, w.low FROM mentions m JOIN readings r ON r.event = m.event "
        "LEFT JOIN readings w ON w.id = r.whole ORDER BY r.id"
    ).fetchall()
    connection.close()
    assert rows == [("killed", "A", 7, None), ("killed", "A", 3, 7)]


@pytest.mark.parametrize(
    ("name", "content_", "words"),
    [
        ("notes.txt", b"my notes", "not an edition"),
        (".", None, "is a folder"),
        ("no/such/e.sqlite", None, "no such folder"),
    ],
)
def test_nothing_else_is_overwritten(tmp_path: Path, name: str, content_: bytes | None, words: str) -> None:
    path = tmp_path / name
    if content_ is not None:
        path.write_bytes(content_)
    with pytest.raises(EditionError, match=words):
        open_store(path)
    if content_ is not None:
        assert path.read_bytes() == content_


def test_a_database_of_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE recipes (id)")
    connection.commit()
    connection.close()
    with pytest.raises(EditionError, match="something else"):
        open_store(path)


def test_reading_an_edition_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(EditionError, match="no such edition"):
        open_store(tmp_path / "e.sqlite", create=False)


def test_reading_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "e.sqlite"
    open_store(path).close()
    before = path.read_bytes(), path.stat().st_mtime_ns
    store = open_store(path, create=False)
    assert store.content().events == ()
    with pytest.raises(EditionError):
        store.add_pages([PAGE])
    store.close()
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_an_empty_file_is_no_edition_to_read(tmp_path: Path) -> None:
    path = tmp_path / "e.sqlite"
    path.touch()
    with pytest.raises(EditionError, match="not an edition"):
        open_store(path, create=False)
    assert path.stat().st_size == 0


def test_a_run_waits_for_the_one_that_began_the_edition(tmp_path: Path) -> None:
    path = tmp_path / "e.sqlite"
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        release = threading.Timer(0.3, other.execute, ("COMMIT",))
        release.start()
        open_store(path).close()  # SQLite itself refuses at once to turn such a file to WAL mode
        release.join()


def test_two_runs_may_begin_one_edition(tmp_path: Path) -> None:
    path = tmp_path / "e.sqlite"
    with ThreadPoolExecutor(8) as pool:
        stores = list(pool.map(lambda _: open_store(path), range(8)))
        list(
            pool.map(lambda item: item[1].add_documents([plain_document("Text.", id=f"d{item[0]}")]), enumerate(stores))
        )
    assert len(list(stores[0].documents())) == 8
    for store in stores:
        store.close()
