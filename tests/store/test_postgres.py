"""What is PostgreSQL's own: addresses, schemas, one writer, readers that nobody holds up."""

from __future__ import annotations

from pathlib import Path

import msgspec
import psycopg
import pytest

from tests.conftest import plain_document
from variorum.errors import EditionError
from variorum.records import EventQuery
from variorum.store import open_store, postgres

from .test_queries import CONTENT


def test_editions_of_one_database_are_apart(postgres: str) -> None:
    one, other = (open_store(f"{postgres}&edition={name}") for name in ("one", "other"))
    one.replace_content(CONTENT, {})
    assert (one.count_events(EventQuery()), other.count_events(EventQuery())) == (4, 0)
    with psycopg.connect(postgres) as connection:
        assert connection.execute("SELECT count(*) FROM one.events").fetchone() == (4,)
    one.close()
    other.close()


def test_the_same_edition_as_in_a_file(emptied: str, tmp_path: Path) -> None:
    contents = []
    for target in (emptied, tmp_path / "e.sqlite"):
        store = open_store(target)
        store.replace_content(CONTENT, {})
        contents.append(msgspec.json.encode(store.content()))
        store.close()
    assert contents[0] == contents[1]


def test_reading_makes_nothing(postgres: str) -> None:
    with pytest.raises(EditionError, match="no such edition"):
        open_store(f"{postgres}&edition=nowhere", create=False)
    with psycopg.connect(postgres) as connection:
        assert connection.execute("SELECT 1 FROM pg_namespace WHERE nspname = 'nowhere'").fetchone() is None


def test_what_was_opened_for_reading_is_not_written(emptied: str) -> None:
    open_store(emptied).close()
    store = open_store(emptied, create=False)
    with pytest.raises(EditionError, match="for reading"):
        store.add_documents([plain_document("Text.")])
    store.close()


def test_a_schema_of_something_else_is_refused(postgres: str) -> None:
    with psycopg.connect(postgres) as connection:
        connection.execute("CREATE SCHEMA kitchen; CREATE TABLE kitchen.recipes (id int)")
    with pytest.raises(EditionError, match="something else"):
        open_store(f"{postgres}&edition=kitchen")


@pytest.mark.parametrize("name", ["Public", "public", "pg_toast", "a-b", 'x"; DROP SCHEMA kept', "1st", "a" * 64])
def test_a_name_that_cannot_be_is_told(name: str) -> None:
    with pytest.raises(EditionError, match="no name of an edition"):
        open_store(f"postgresql://localhost/db?edition={name}")


def test_no_password_is_told() -> None:
    with pytest.raises(EditionError) as told:
        open_store("postgresql://someone:secret@127.0.0.1:1/db?edition=x&connect_timeout=2")
    assert "secret" not in str(told.value)
    assert "someone" in str(told.value)


def test_a_missing_driver_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object, **__: object) -> None:
        raise ImportError("psycopg")

    monkeypatch.setattr(postgres, "create_engine", missing)
    with pytest.raises(EditionError, match=r"variorum\[postgres\]"):
        open_store("postgresql://localhost/db")


def test_one_writer_at_a_time_and_readers_never_wait(emptied: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "_PATIENCE", 1)
    store, other, reader = open_store(emptied), open_store(emptied), open_store(emptied, create=False)
    assert isinstance(store, postgres.PostgresStore)
    store.replace_content(CONTENT, {})
    with store._transaction(write=True) as connection:
        connection.exec_driver_sql("DELETE FROM events")
        assert reader.count_events(EventQuery()) == 4
        with pytest.raises(EditionError, match="another run is writing this edition"):
            other.add_documents([plain_document("Text.")])
    assert reader.count_events(EventQuery()) == 0
    other.add_documents([plain_document("Text.")])
    for each in (store, other, reader):
        each.close()


def test_a_write_that_fails_leaves_all_as_it_was(emptied: str) -> None:
    store = open_store(emptied)
    store.replace_content(CONTENT, {})
    twice = msgspec.structs.replace(CONTENT, claims=(*CONTENT.claims, CONTENT.claims[0]))
    with pytest.raises(EditionError):
        store.replace_content(twice, {})
    assert store.content() == CONTENT
    store.close()


def test_a_large_edition_goes_in_and_comes_out(emptied: str) -> None:
    store = open_store(emptied)
    documents = [plain_document(f"Text {n} tells of a raid.", id=f"d-{n:04d}") for n in range(700)]
    store.add_documents(documents)
    assert list(store.documents()) == documents
    store.close()
