"""``variorum search``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.store.test_search import DOCUMENTS, FOUND
from variorum.cli.main import main
from variorum.store import open_store


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    store = open_store(tmp_path / "e.sqlite")
    store.add_documents(DOCUMENTS)
    store.replace_content(FOUND, {})
    store.close()
    return tmp_path / "e.sqlite"


def search(edition: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["search", str(edition), *arguments])


def test_events_with_the_words_that_were_found(edition: Path) -> None:
    lines = search(edition, "harbour", "velmar").output.splitlines()
    assert lines[0] == "1 event"
    assert lines[2].split() == ["ID", "WHEN", "CODE", "ORIGINS", "EVENT"]
    assert lines[3].startswith("e-raid")
    assert lines[3].endswith("Norland raided Vélmar")
    assert lines[4] == "    – Troops shelled the harbour of Vélmar on Monday.  [1.txt 0–47]"


def test_filters_without_words(edition: Path) -> None:
    assert "e-strike" in search(edition, "--country", "FJ").output
    assert search(edition, "--country", "AF").output == "0 events\n"


def test_documents(edition: Path) -> None:
    done = search(edition, "--documents", "東京")
    assert "d-3" in done.output
    assert "d-1" not in done.output
    assert "rejected: 4.txt: empty" in search(edition, "--documents", "--rejected").output


@pytest.mark.parametrize(
    ("options", "documents"),
    [
        ("--rejected", "x-4"),
        ("--taken", "d-1 d-2 d-3"),
        ("--origin o-2", "d-3"),
        ("--event e-raid", "d-1 d-2"),
        ("--event raid --origin o-2", ""),
    ],
)
def test_documents_by_what_they_are(edition: Path, options: str, documents: str) -> None:
    found = json.loads(search(edition, "--documents", "--json", *options.split()).output)
    assert " ".join(sorted(each["document"]["id"] for each in found["documents"])) == documents


def test_json_is_the_events_with_snippets(edition: Path) -> None:
    found = json.loads(search(edition, "seven", "--json").output)
    assert (found["schema"], found["total"], found["next"]) == ("variorum/1", 1, None)
    (result,) = found["events"]
    (snippet,) = result["snippets"]
    start, end = snippet["hits"][0]
    assert result["event"]["id"] == "e-raid"
    assert DOCUMENTS[0].text[start:end] == "Seven"


def test_a_list_goes_on(edition: Path) -> None:
    first = json.loads(search(edition, "--limit", "1", "--json").output)
    assert f"--after {first['next']}" in search(edition, "--limit", "1").output
    second = json.loads(search(edition, "--after", first["next"], "--json").output)
    assert [each["event"]["id"] for each in second["events"]] == ["e-strike"]
    assert first["total"] == second["total"] == 2


@pytest.mark.parametrize("words", ['"', "(", "a AND", "NEAR(", "*", "^x", "a:b", "'; --", "\\"])
def test_no_words_are_a_syntax_error(edition: Path, words: str) -> None:
    assert search(edition, "--", words).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--documents", "--toll", "killed"), 2, "--toll is of events"),
        (("--outlet", "x"), 2, "--outlet is of documents"),
        (("--language", "en"), 2, "--language is of documents"),
        (("--taken",), 2, "--rejected is of documents"),
        (("--origin", "o-1"), 2, "--origin is of documents"),
        (("--after", "nonsense"), 1, "no position"),
        (("--story", "s-9"), 1, "no one story"),
    ],
)
def test_what_is_wrong_is_told(edition: Path, arguments: tuple[str, ...], code: int, words: str) -> None:
    done = search(edition, *arguments)
    assert done.exit_code == code
    assert words in done.output
