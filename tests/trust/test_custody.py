"""The log of custody: what is done is in it, and what is changed behind its back is found."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner

from variorum.cli.main import main
from variorum.pipeline import Edition, collate
from variorum.pipeline.collation import collate_pages
from variorum.pipeline.merging import merge_editions
from variorum.records import Page
from variorum.store import open_store


def run(*arguments: str | Path) -> tuple[int, str]:
    done = CliRunner().invoke(main, [str(each) for each in arguments])
    return done.exit_code, done.output


def kinds(path: Path) -> list[str]:
    with Edition.open(path) as opened:
        return [entry.kind for entry in opened.custody()]


def test_what_is_done_is_in_the_log(edition: Path, tmp_path: Path) -> None:
    assert kinds(edition) == ["capture"] * 3 + ["processing"]
    with Edition.open(edition) as opened:
        ids = [document.id for document in opened.documents]
    assert run("review", "independent", edition, *ids[:2], "-q")[0] == 0
    assert run("export", edition, "--format", "csv", "-o", tmp_path / "csv")[0] == 0
    assert kinds(edition)[4:] == ["decision", "export"]  # the ruling changed nothing
    assert run("verify", edition) == (0, "all of it holds together\n")
    listed = [json.loads(line) for line in run("custody", edition, "--json")[1].splitlines()]
    assert listed[-1]["subject"] == "csv"
    assert listed[3]["detail"]["variorum"]
    assert run("custody", edition, "--head")[1].strip() == listed[-1]["hash"]


def test_the_same_again_adds_nothing(edition: Path, made: Path) -> None:
    with Edition.open(edition) as opened:
        before = opened.head
    collate(sorted(made.parent.glob("*.txt")), output=edition).close()
    with Edition.open(edition) as opened:
        assert opened.head == before


def test_two_runs_have_one_head(made: Path, tmp_path: Path) -> None:
    collate(sorted(made.parent.glob("*.txt")), output=tmp_path / "again.sqlite").close()
    with Edition.open(made) as one, Edition.open(tmp_path / "again.sqlite") as other:
        assert one.head == other.head


def test_a_page_got_again_elsewhere_or_later_is_told() -> None:
    store = open_store(None)
    page = Page(id="p-1", source="a.txt", media="text/plain", content=b"Words.", captured="2031-05-03T10:00:00Z")
    store.add_pages([page, page])
    for source, captured in (("a.txt", None), ("b.txt", None), ("a.txt", "2031-05-04T10:00:00Z")):
        store.add_pages(
            [
                Page(
                    id="p-1",
                    source=source,
                    media="text/plain",
                    content=b"Words.",
                    captured=captured,
                )
            ]
        )
    told = [(entry.detail["source"], entry.at) for entry in store.custody()]
    assert told == [("a.txt", "2031-05-03T10:00:00Z"), ("b.txt", None), ("a.txt", "2031-05-04T10:00:00Z")]
    store.close()


def test_editions_put_together_have_a_log_that_fits(edition: Path, tmp_path: Path) -> None:
    (tmp_path / "more.txt").write_text("Police arrested two men in Lagos on 4 May 2031, the governor said.", "utf-8")
    collate(tmp_path / "more.txt", output=tmp_path / "b.sqlite").close()
    merge_editions([edition, tmp_path / "b.sqlite"], tmp_path / "both.sqlite").close()
    assert run("verify", tmp_path / "both.sqlite") == (0, "all of it holds together\n")
    assert kinds(tmp_path / "both.sqlite").count("capture") == 4


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        (
            "UPDATE pages SET content = CAST('Other.' AS BLOB) WHERE id = (SELECT min(id) FROM pages)",
            "says that was got",
        ),
        ('UPDATE pages SET declared = replace(declared, \'"outlet":null\', \'"outlet":"X"\')', "says that was got"),
        ("DELETE FROM pages WHERE id = (SELECT min(id) FROM pages)", "and not in the edition"),
        ("UPDATE captures SET source = 'elsewhere.txt'", "was got at elsewhere.txt, which is not in"),
        ("INSERT INTO moments SELECT id, '2031-01-01' FROM pages", "was got on 2031-01-01, which is not in"),
        ("UPDATE events SET record = replace(record, '\"mode\":', '\"mode\": ')", "is not what entry 4"),
        ("UPDATE versions SET version = '9' WHERE name = 'variorum'", "is not what entry 4"),
        (
            "UPDATE custody SET at = '2031-01-01' WHERE number = 2",
            "entry 2 of the log of custody: is not what its",
        ),
        ("DELETE FROM custody WHERE number = 2", "follows entry 1: what stood between is gone"),
        ("DELETE FROM custody WHERE number = 4", "is not in the log of custody"),
        ("DELETE FROM custody", "is not in the log of custody"),
        ("UPDATE custody SET hash = 'x' WHERE number = 2", "does not hold the hash of the entry before"),
        (
            "INSERT INTO custody SELECT 5, kind, subject, digest, at, detail, previous, hash FROM custody LIMIT 1",
            "entry 5",
        ),
        (
            "INSERT INTO decisions (id, author, at, action, record) VALUES ('r-1', 'a', '', 'copy', "
            """'{"id":"r-1","author":"a","at":"","action":"copy","targets":["d-1","d-2"]}')""",
            "ruling r-1: does not stand there",
        ),
        ("INSERT INTO redactions VALUES ('p-1', 'x', NULL, 'a', '', '')", "the tombstone of page p-1: is not in"),
    ],
)
def test_what_was_changed_behind_its_back_is_found(edition: Path, statement: str, words: str) -> None:
    connection = sqlite3.connect(edition)
    assert connection.execute(statement).rowcount
    connection.commit()
    connection.close()
    code, output = run("verify", edition)
    assert code == 1
    assert words in output


def test_a_log_written_anew_has_not_the_head_that_was_kept(edition: Path) -> None:
    head = run("custody", edition, "--head")[1].strip()
    collate_pages((), output=edition).close()
    assert run("verify", edition, "--head", head)[0] == 0
    connection = sqlite3.connect(edition)
    connection.execute("DELETE FROM custody")  # an edition of the schema before gets a log of what is there
    connection.execute("UPDATE captures SET source = 'elsewhere/' || source")
    connection.execute("UPDATE edition SET value = '4' WHERE key = 'schema'")
    connection.commit()
    connection.close()
    open_store(edition).close()
    assert run("verify", edition)[0] == 0
    code, output = run("verify", edition, "--head", head)
    assert code == 1
    assert "it is not the log" in output


def test_postgresql_has_the_same_log(made: Path, emptied: str) -> None:
    collate(sorted(made.parent.glob("*.txt")), output=emptied).close()
    with Edition.open(made) as one, Edition.open(emptied) as other:
        assert list(one.custody()) == list(other.custody())
        assert list(other.faults()) == []
