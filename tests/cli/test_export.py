"""``variorum export`` on an edition in a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.exports.formats.made import TEXT, content, text_of
from variorum.cli import main
from variorum.exports.formats import FORMATS
from variorum.store import open_store


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    path = tmp_path / "e.sqlite"
    store = open_store(path)
    store.add_documents([text_of("d1"), text_of("d2")])
    store.replace_content(content(), {})
    store.close()
    return path


def run(*words: object) -> Result:
    return CliRunner().invoke(main, ["export", *map(str, words)])


@pytest.mark.parametrize("name", [name for name, each in FORMATS.items() if each.text])
def test_text_goes_to_stdout_and_to_a_file(name: str, edition: Path) -> None:
    done = run(edition, "--format", name)
    assert done.exit_code == 0, done.output
    out = edition.with_name("out")
    assert run(edition, "--format", name, "-o", out).stdout == ""
    assert out.read_text(encoding="utf-8") == done.stdout


def test_files_need_a_folder(edition: Path) -> None:
    refused = run(edition, "--format", "csv")
    assert refused.exit_code == 2
    assert "name a folder" in refused.stderr
    out = edition.with_name("tables")
    assert run(edition, "--format", "csv", "-o", out).exit_code == 0
    assert len(list(out.iterdir())) == 13


def test_filters_pick_events(edition: Path) -> None:
    whole = json.loads(run(edition).stdout)
    part = json.loads(run(edition, "--type", "protest", "--indent", "2").stdout)
    assert (len(whole["events"]), len(part["events"])) == (8, 1)
    assert run(edition, "--format", "ged", "--until", "2031-05-04").stdout.count("\n") == 2


def test_what_is_missing_is_counted_on_stderr(edition: Path) -> None:
    done = run(edition, "--format", "acled-shaped")
    assert done.stderr.splitlines() == [
        "left out: 1 event not told as having happened",
        "left out: 1 event of a type that the shape has no place for",
        "blank: 1 row without a date, for no account tells it",
    ]


def test_full_text_is_asked_for(edition: Path) -> None:
    assert TEXT not in run(edition, "--format", "plover").stdout
    records = [
        json.loads(line) for line in run(edition, "--format", "plover", "--full-text", "--names").stdout.splitlines()
    ]
    assert records[0]["text_info"][0]["text_story"] == TEXT


def test_a_feed_goes_on_from_the_former_one(edition: Path) -> None:
    feed = edition.with_name("feed.atom")
    run(edition, "--format", "atom", "-o", feed)
    before = feed.read_text(encoding="utf-8")
    assert run(edition, "--format", "atom", "--previous", feed, "-o", feed).exit_code == 0
    assert feed.read_text(encoding="utf-8") == before
    part = run(edition, "--format", "atom", "--previous", feed, "--type", "protest").stdout
    assert part.count("<at:deleted-entry") == 7
    assert run(edition, "--format", "ged", "--previous", feed).exit_code == 2
