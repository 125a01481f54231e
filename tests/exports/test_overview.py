"""What an overview leaves out of a story with many events, and how it says so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import variorum
from variorum.cli import main
from variorum.exports.text import overview
from variorum.pipeline import Edition

REPORTS = {
    "a": "Gunmen ambushed a patrol near Zinder on Monday, killing four soldiers. The minister of defence flew to "
    "Zinder on Tuesday. The army said on Tuesday that the dead numbered five.",
    "b": "Four soldiers were killed when gunmen ambushed a patrol near Zinder on Monday, the town's mayor said.",
}


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("overview")
    rows = [
        {"id": id_, "text": text, "published": "2031-03-05", "outlet": f"{id_} Gazette"}
        for id_, text in REPORTS.items()
    ]
    (folder / "reports.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    variorum.collate(folder / "reports.jsonl", output=folder / "edition.sqlite").close()
    return folder / "edition.sqlite"


def test_the_events_that_most_origins_tell_are_shown_and_the_rest_counted(edition: Path) -> None:
    with Edition.open(edition) as opened:
        whole = overview(opened.content, opened.quote, None)
        short = overview(opened.content, opened.quote, 1)
        events = len(opened.events)
    assert events > 1
    assert whole.count("●") == events
    assert short.count("●") == 1
    assert "2 reports, 2 independent origins" in short
    assert f"… and {events - 1} more event" in short
    assert "more event" not in whole


def test_show_all_lists_every_event(edition: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("variorum.exports.text.MOST_EVENTS", 1)
    short = CliRunner().invoke(main, ["show", str(edition)]).output
    whole = CliRunner().invoke(main, ["show", str(edition), "--all"]).output
    assert short.count("●") == 1 < whole.count("●")
