"""Rows that are not those of the records are found, on any backend."""

from __future__ import annotations

import random
from contextlib import suppress

from sqlalchemy import text

from tests.conftest import plain_document
from variorum.records import EditionDocument
from variorum.store.sql import SqlStore

from .conftest import Open
from .test_renewal import DOCUMENTS, _annotation, _content, _text

TAMPERED = {
    "DELETE FROM evidence": "table evidence",
    "UPDATE readings SET low = 99": "table readings",
    "UPDATE event_places SET lat = 0": "table event_places",
    "DELETE FROM participants": "table participants",
    "DELETE FROM mentions": "table mentions",
    "DELETE FROM passages": "table passages",
    "DELETE FROM event_passages": "table event_passages",
    "DELETE FROM agreements": "table agreements",
    "DELETE FROM blocks": "table blocks",
    "DELETE FROM event_documents": "table event_documents",
    "UPDATE claims SET speaker = 'Nobody'": "table claims differs from its record in speaker",
    "UPDATE documents SET title = 'Zorro'": "table documents differs from its record in title",
    "UPDATE events SET first_day = '1999-01-01'": "table events differs from its record in first_day",
    "INSERT INTO agreements VALUES ('e-none', 'time', 'agreed', 1)": "rows of nothing",
}


def test_every_row_is_held_to_its_record(reopen: Open) -> None:
    store = reopen()
    assert isinstance(store, SqlStore)
    store.add_documents(plain_document(_text(n), id=f"d{n:02}", title=f"Mill {n}") for n in range(DOCUMENTS))
    store.add_annotations({f"k{n}": _annotation(n) for n in range(DOCUMENTS)})
    for seed in (1, 2):
        content, works = _content(random.Random(seed))
        store.replace_content(content, works)
        assert any(isinstance(each, EditionDocument) for each in content.documents)
        assert list(store.row_faults()) == []
    for statement, told in TAMPERED.items():
        with suppress(_UndoneError), store._transaction(write=True) as connection:
            assert connection.execute(text(statement)).rowcount
            found = list(store.at(connection).row_faults())
            assert any(told in f"{of}: {problem}" for of, problem in found), statement
            raise _UndoneError
        assert list(store.row_faults()) == []


class _UndoneError(Exception):
    """Takes back what was done in a transaction."""
