"""Redaction: the words are gone, the tombstone stays, and no later run brings them back."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from click.testing import CliRunner

from variorum.cli.main import main
from variorum.pipeline import Edition, collate
from variorum.pipeline.rulings import Ruler, rule
from variorum.review.tombstones import GONE


def test_what_is_taken_out_is_gone_and_stays_out(edition: Path, made: Path) -> None:
    with Edition.open(edition) as opened:
        (document,) = [each.id for each in opened.documents if each.source == "herald.txt"]
    done = CliRunner().invoke(
        main, ["redact", str(edition), document, "--reason", "names a witness", "--by", "I", "--yes"]
    )
    assert done.exit_code == 0, done.output
    for path in edition.parent.iterdir():
        assert b"nine bodies" not in path.read_bytes(), path
        assert b"zanthoric" not in path.read_bytes(), path  # nor a word of it, in the index of words
        assert b"Valley Herald" not in path.read_bytes(), path
    collate(sorted(made.parent.glob("*.txt")), output=edition).close()
    with Edition.open(edition) as opened:
        assert list(opened.faults()) == []
        (left,) = [each for each in opened.documents if "[redacted]" in (each.rejected or "")]
        assert "herald" not in left.source  # a file's name may name whom the text names
        stone = left.rejected
        assert stone is not None
        assert "taken out by I" in stone
        assert "[redacted]" in stone
        assert [entry.kind for entry in opened.custody()].count("redaction") == 1
    assert b"nine bodies" not in edition.read_bytes()


def test_rulings_on_what_is_taken_out_lose_its_words(edition: Path) -> None:
    with Edition.open(edition) as opened:
        (document,) = [each.id for each in opened.documents if each.source == "herald.txt"]
        event = next(event for event in opened.events if document in event.documents and len(event.documents) > 1)
        told = next(claim for claim in opened.claims if claim.evidence[0].document == document)
    ruler = Ruler(author="Ines", at="2031-05-08T09:00:00Z", reason="the Zanthoric is no ferry")
    for make in (
        lambda opened: ruler.fix_speaker(opened, told.id, "Otto Zanthoric"),
        lambda opened: ruler.recode(opened, event.id, "type", "ASSAULT"),
        lambda opened: ruler.verdict(opened, "accept", [event.id]),
    ):
        rule(edition, make)[1].close()
    with Edition.open(edition) as opened:
        before = [each.id for each in opened.decisions]
    run = ["redact", str(edition), document, "--reason", "names a witness", "--by", "I", "--yes"]
    assert CliRunner().invoke(main, run).exit_code == 0
    with Edition.open(edition) as opened:
        rulings = opened.decisions
        assert [each.id for each in rulings] == before
        assert {each.reason for each in rulings} == {GONE}
        assert (rulings[0].after, rulings[1].after) == (None, "ASSAULT")
        assert list(opened.faults()) == []
    for path in edition.parent.iterdir():
        assert b"anthoric" not in path.read_bytes(), path
    assert CliRunner().invoke(main, run).exit_code == 0  # what is done already is let be
    with sqlite3.connect(edition) as connection:
        connection.execute("UPDATE edition SET value = 'unfinished' WHERE key LIKE 'taken out %'")
    connection.close()
    with Edition.open(edition) as opened:
        assert any("redact it again" in str(fault) for fault in opened.faults())
    assert CliRunner().invoke(main, run).exit_code == 0
    with Edition.open(edition) as opened:
        assert list(opened.faults()) == []
