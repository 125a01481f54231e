"""A run that is killed goes on where it was, and nothing shows."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from variorum.documents import make_document
from variorum.pipeline import collate
from variorum.records import Document, Page

REPOSITORY = Path(__file__).resolve().parents[2]


def test_runs_that_are_killed_at_random_moments_come_to_the_same_edition() -> None:
    command = [sys.executable, "benchmarks/kills.py", "--kills", "4", "--copies", "1"]
    ended = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=600, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "4 runs killed" in ended.stdout
    assert "0 faults" in ended.stdout


def test_what_is_added_is_read_and_what_was_there_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def counted(page: Page) -> Document:
        read.append(Path(page.source).name)
        return make_document(page)

    monkeypatch.setattr("variorum.pipeline.page_documents.make_document", counted)
    inputs, edition = tmp_path / "inputs", tmp_path / "e.sqlite"
    inputs.mkdir()
    for name in ("b", "c"):
        (inputs / f"{name}.txt").write_text(f"The harbour of {name.upper()} was shelled on Monday.", encoding="utf-8")
    collate(inputs, output=edition).close()
    (inputs / "a.txt").write_text("The harbour of A was shelled on Monday.", encoding="utf-8")
    collate(inputs, output=edition).close()
    assert read == ["b.txt", "c.txt", "a.txt"]
    with collate(inputs, output=edition) as again, collate(inputs) as at_once:
        assert sorted(read[3:]) == ["a.txt", "b.txt", "c.txt"], "those of the edition that began anew"
        assert again.to_json() == at_once.to_json()
    monkeypatch.setattr("variorum.pipeline.collation.document_version", lambda: "another")
    collate(inputs, output=edition).close()
    assert sorted(read[6:]) == ["a.txt", "b.txt", "c.txt"], "another version reads all again"
