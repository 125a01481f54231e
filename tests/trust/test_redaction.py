"""Redaction: the words are gone, the tombstone stays, and no later run brings them back."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from variorum.cli.main import main
from variorum.pipeline import Edition, collate


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
        (stone,) = [each.rejected for each in opened.documents if each.source == "herald.txt"]
        assert stone is not None
        assert "taken out by I" in stone
        assert "[redacted]" in stone
        assert [entry.kind for entry in opened.custody()].count("redaction") == 1
    assert b"nine bodies" not in edition.read_bytes()
