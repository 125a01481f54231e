"""The fast part of ``tools/inject_faults.py``: what is broken in the middle of a run costs no record."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import Any

import pytest

from variorum.annotation.syntax import SpacyParser

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "tools"))
annotator: Any = importlib.import_module("variorum.pipeline.annotator")
inject_faults: Any = importlib.import_module("inject_faults")


@pytest.fixture(scope="module")
def bench(parser: SpacyParser, tmp_path_factory: pytest.TempPathFactory) -> Any:
    root = tmp_path_factory.mktemp("faults")
    before = annotator.SpacyParser
    made = inject_faults.Bench(root, True, parser)
    annotator.SpacyParser = before
    return made


@pytest.mark.parametrize("name", ["kill", "redaction", "disk", "truncated", "corrupted", "malformed"])
def test_nothing_is_lost(name: str, bench: Any, parser: SpacyParser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(annotator, "SpacyParser", lambda: parser)
    injected = 0
    for _ in inject_faults.SCENARIOS[name](bench):
        injected += 1
        if name in ("kill", "redaction", "disk") and injected == 2:
            break
    assert injected


def test_what_is_lost_is_seen(tmp_path: Path, bench: Any) -> None:
    with pytest.raises(inject_faults.Lost):
        inject_faults.expect((70, ""), 0)
    with pytest.raises(inject_faults.Lost):
        inject_faults.expect((1, "Traceback (most recent call last)"), 0, 1)


def test_pages_that_another_run_adds_meanwhile_cost_nothing(tmp_path: Path, parser: SpacyParser) -> None:
    """Two runs over one file: the pages of the other come while this one makes documents of its own."""
    from variorum.pipeline import Edition, collate
    from variorum.records import Page
    from variorum.store import open_store

    running: Any = importlib.import_module("variorum.pipeline.collation")
    (tmp_path / "a.txt").write_text("Gunmen attacked Goma on 3 May 2031.", encoding="utf-8")
    resolve = running.resolve_duplicates

    def meanwhile(read: Any) -> Any:
        calls = 0

        def twice() -> Any:
            nonlocal calls
            calls += 1
            if calls == 2:
                other = open_store(tmp_path / "e.sqlite")
                other.add_pages([Page(id="p-0", source="b.txt", media="text/plain", content=b"Rebels left Goma.")])
                other.close()
            return read()

        return resolve(twice)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(running, "resolve_duplicates", meanwhile)
        patched.setattr(annotator, "SpacyParser", lambda: parser)
        collate(tmp_path / "a.txt", output=tmp_path / "e.sqlite").close()
        patched.setattr(running, "resolve_duplicates", resolve)
        collate(tmp_path / "a.txt", output=tmp_path / "e.sqlite").close()
    with Edition.open(tmp_path / "e.sqlite") as opened:
        assert {document.source for document in opened.documents} == {"a.txt", "b.txt"}
