"""Editions of every earlier schema are opened, read and brought to the newest."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest

from variorum.errors import EditionError
from variorum.records import Event, EventQuery
from variorum.store import SCHEMA_VERSION, open_store, rows

EARLIER = sorted((Path(__file__).parent / "editions").glob("schema-*.sqlite"))


@pytest.fixture(params=EARLIER, ids=lambda path: path.stem)
def earlier(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """An edition of an earlier schema, to be spoilt."""
    return Path(shutil.copy(request.param, tmp_path / "e.sqlite"))


def headlines(path: Path) -> list[str]:
    connection = sqlite3.connect(path)
    found = [row[0] for row in connection.execute("SELECT headline FROM events ORDER BY position")]
    connection.close()
    return found


def schema(path: Path) -> str:
    connection = sqlite3.connect(path)
    (found,) = connection.execute("SELECT value FROM edition WHERE key = 'schema'").fetchone()
    connection.close()
    return str(found)


def test_every_earlier_schema_has_its_edition() -> None:
    assert [path.stem for path in EARLIER] == [f"schema-{number}" for number in range(1, SCHEMA_VERSION)]


LATER = (
    *("changes", "custody", "redactions", "passages", "event_passages", "passage_words", "headline_words"),
    *("derivation_work", "moments", "agreements", "participants", "event_places"),
)
"""Tables that came with later schemas than the first, or within it."""
OBSERVED = ("pages", "captures", "moments", "rejections", "documents", "blocks", "work", "derivation_work", "decisions")
COMPUTED = ("edition_documents", "derivations", "origins", "events", "claims", "links", "stories", "statements")


def contents(path: Path) -> dict[str, list[str]]:
    """What was observed, row by row, and the records of what was computed; tables that are not there are empty."""
    connection = sqlite3.connect(path)
    there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    found = {}
    for table, columns in (*((name, "*") for name in OBSERVED), *((name, "record") for name in COMPUTED)):
        rows_ = connection.execute(f"SELECT {columns} FROM {table}") if table in there else ()
        found[table] = sorted(repr(row) if columns == "*" else repr(told(json.loads(row[0]))) for row in rows_)
    connection.close()
    return found


def told(value: Any) -> Any:
    """A record without what is empty in it: later versions have more fields."""
    if isinstance(value, dict):
        return {name: told(each) for name, each in value.items() if each not in (None, "", [], {}, False)}
    return [told(each) for each in value] if isinstance(value, list) else value


FILLED = ("pages", "captures", "documents", "blocks", "work", "decisions", "edition_documents", "events", "claims")


def test_nothing_that_was_observed_or_in_force_is_lost(earlier: Path) -> None:
    before = contents(earlier)
    assert all(before[table] for table in FILLED)
    open_store(earlier).close()
    assert contents(earlier) == before
    store = open_store(earlier, create=False)
    assert list(store.row_faults()) == []
    store.close()


@pytest.mark.parametrize("lacking", [(), ("changes",), LATER], ids=["all", "changes", "later"])
def test_an_edition_in_postgresql_is_brought_to_the_newest(address: str, lacking: tuple[str, ...]) -> None:
    with closing(open_store(EARLIER[-1], create=False)) as given, closing(open_store(address)) as taken:
        taken.add_observations(given)
        taken.add_documents(given.documents())
        taken.append_decisions(given.decisions())
        taken.replace_content(given.content(), {})
    url, name = address.split("&edition=")
    before = whole(address)
    assert min(len(each) for each in before) > 0
    with psycopg.connect(url) as connection:
        connection.execute(f"UPDATE {name}.edition SET value = '1' WHERE key = 'schema'".encode())
        for table in lacking:
            connection.execute(f"DROP TABLE {name}.{table}".encode())
    with pytest.raises(EditionError, match="earlier schema; any command that writes"):
        open_store(address, create=False)
    open_store(address).close()
    assert whole(address) == before
    with closing(open_store(address, create=False)) as store:
        assert list(store.row_faults()) == []


def whole(address: str) -> tuple[list[Any], ...]:
    """Pages, documents, rulings and events."""
    with closing(open_store(address, create=False)) as store:
        pages = [(page.id, page.content, page.source) for page in store.pages()]
        return pages, list(store.documents()), list(store.decisions()), list(store.records(Event))


def test_writing_brings_it_to_the_newest(earlier: Path) -> None:
    before = headlines(earlier)
    open_store(earlier).close()
    assert schema(earlier) == str(SCHEMA_VERSION)
    store = open_store(earlier, create=False)
    assert [event.headline for event in store.find_events(EventQuery()).events] == before
    assert store.count_events(EventQuery(parties=("rebel",))) == 2
    assert len(store.content().decisions) == 1
    documents = list(store.documents())
    assert documents
    assert all(store.annotation_of(document.id) is not None for document in documents)
    store.close()


def test_reading_leaves_it_as_it_is(earlier: Path) -> None:
    before = hashlib.sha256(earlier.read_bytes()).digest()
    store = open_store(earlier, create=False)
    assert [event.headline for event in store.content().events] == headlines(earlier)
    assert store.count_events(EventQuery(place="Lagos")) == 2
    store.close()
    assert hashlib.sha256(earlier.read_bytes()).digest() == before


def test_the_copy_that_was_read_is_gone_with_the_store(
    earlier: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    store = open_store(earlier, create=False)
    assert list(scratch.iterdir())
    store.close()
    assert list(scratch.iterdir()) == []


def test_a_step_that_fails_changes_nothing(earlier: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, version = headlines(earlier), schema(earlier)
    made = rows.event_row
    monkeypatch.setattr(rows, "event_row", lambda n, each: {**made(n, each), "type": None})
    with pytest.raises(EditionError):
        open_store(earlier)
    assert (headlines(earlier), schema(earlier)) == (before, version)


def test_an_early_edition_may_lack_tables_that_came_within_its_schema(tmp_path: Path) -> None:
    path = Path(shutil.copy(EARLIER[0], tmp_path / "e.sqlite"))
    connection = sqlite3.connect(path)
    for table in ("contradictions", "moments", "derivation_work"):
        connection.execute(f"DROP TABLE {table}")
    connection.commit()
    connection.close()
    for create in (False, True):
        store = open_store(path, create=create)
        assert store.content().contradictions == ()
        store.close()


def test_a_later_schema_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "e.sqlite"
    open_store(path).close()
    connection = sqlite3.connect(path)
    connection.execute("UPDATE edition SET value = '999'")
    connection.commit()
    connection.close()
    for create in (False, True):
        with pytest.raises(EditionError, match=f"schema 999; this version reads 1 to {SCHEMA_VERSION}"):
            open_store(path, create=create)
