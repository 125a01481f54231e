"""``variorum verify``: whatever is broken in an edition is found, and nothing else."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner

from variorum.cli.main import main
from variorum.store import open_store

EARLIER = Path(__file__).parents[1] / "store" / "editions" / "schema-2.sqlite"


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    path = Path(shutil.copy(EARLIER, tmp_path / "e.sqlite"))
    open_store(path).close()
    return path


def verify(path: Path, *arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["verify", str(path), *arguments])
    return done.exit_code, done.output


def test_an_edition_as_it_was_made_holds_together(edition: Path) -> None:
    assert verify(edition) == (0, "all of it holds together\n")


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE pages SET content = CAST('Other words.' AS BLOB)", "its content is not what its id hashes"),
        ("DELETE FROM pages", "which is not there"),
        ("UPDATE documents SET text = replace(text, 'seven', 'eight')", "its text is not what its id hashes"),
        ("UPDATE documents SET text = substr(text, 1, 60)", "rests on"),
        ("UPDATE documents SET text = substr(text, 1, 60)", "of a text of 60"),
        ("UPDATE documents SET text = ' ' || text", "does not stand at"),
        ("DELETE FROM documents", "is in the edition, and not stored"),
        ("DELETE FROM work", "is told by mention"),
        ("DELETE FROM origins", "names origin"),
        ("DELETE FROM stories", "names story"),
        ("DELETE FROM events", "names event"),
        ("DELETE FROM claims", "names claim"),
        ('UPDATE claims SET record = replace(record, \'"quote":"\', \'"quote":"not \')', "quotes “not "),
        ("UPDATE links SET record = replace(record, 'in response', 'in answer')", "has the words “in answer"),
        ("UPDATE events SET record = replace(record, '\"low\":7', '\"low\":70')", "is 70 to 7, and its words are"),
        ('UPDATE events SET record = replace(record, \'"words":"Monday\', \'"words":"Friday\')', "the words “Friday"),
        ('UPDATE contradictions SET record = replace(record, \'"quote":"\', \'"quote":"x\')', "contradiction"),
        (
            "INSERT INTO decisions (id, author, at, action, record) VALUES ('r-9', 'a', '', 'restore', "
            """'{"id":"r-9","author":"a","at":"","action":"restore","targets":["r-none"]}')""",
            "r-none, which is not in the log",
        ),
    ],
)
def test_what_is_broken_is_found(edition: Path, statement: str, words: str) -> None:
    connection = sqlite3.connect(edition)
    assert connection.execute(statement).rowcount
    connection.commit()
    connection.close()
    code, output = verify(edition)
    assert code == 1
    assert words in output
    found = json.loads(verify(edition, "--json")[1])
    assert any(words in f"{fault['of']}: {fault['problem']}" for fault in found["faults"])


def test_a_damaged_file_is_told(edition: Path) -> None:
    connection = sqlite3.connect(edition)
    connection.execute("PRAGMA journal_mode=DELETE")
    connection.execute("PRAGMA writable_schema=ON")
    connection.execute("UPDATE sqlite_master SET sql = sql || ' ' WHERE name = 'events'")
    (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'events_type'").fetchone()
    (size,) = connection.execute("PRAGMA page_size").fetchone()
    connection.close()
    spoilt = bytearray(edition.read_bytes())
    spoilt[(root - 1) * size + 8 : (root - 1) * size + 40] = b"\xff" * 32
    edition.write_bytes(bytes(spoilt))
    code, output = verify(edition)
    assert code == 1
    assert "the file" in output or "malformed" in output
