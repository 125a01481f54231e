"""Editions of every earlier schema are opened, read and brought to the newest."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from pathlib import Path

import pytest

from variorum.errors import EditionError
from variorum.records import EventQuery
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


def test_writing_brings_it_to_the_newest(earlier: Path) -> None:
    before = headlines(earlier)
    open_store(earlier).close()
    assert schema(earlier) == str(SCHEMA_VERSION)
    store = open_store(earlier, create=False)
    assert [event.headline for event in store.find_events(EventQuery()).events] == before
    assert store.count_events(EventQuery(parties=("rebel",))) == 2
    assert len(store.content().decisions) == 1
    assert all(store.annotation_of(document.id) is not None for document in store.documents())
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
