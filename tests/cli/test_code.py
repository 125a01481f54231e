"""``variorum code`` and ``variorum ontology``, with the packaged ontology and with the one that the docs show."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from variorum.cli import main
from variorum.exports.coded import COLUMNS

DOCS = (Path(__file__).parents[2] / "docs" / "coding.md").read_text(encoding="utf-8")
TEXT = (
    "=Marines stopped twelve lorries at the Kaya checkpoint on Monday. Guards did not turn back the buses. "
    "Rebels shelled the town of Kaya on Sunday, killing two drivers, the union said."
)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def passage(tmp_path: Path) -> Path:
    (shown,) = re.findall(r"```toml\n(.*?)```", DOCS, re.DOTALL)
    path = tmp_path / "passage.toml"
    path.write_text(shown, encoding="utf-8")
    return path


def test_rows_have_the_columns_that_the_docs_name(report: Path) -> None:
    found = run("code", report, "--published", "2031-03-05", "--format", "csv", "-q")
    rows = list(csv.DictReader(io.StringIO(found.stdout)))
    assert tuple(rows[0]) == COLUMNS
    assert [name for name in COLUMNS if f"`{name}`" not in DOCS] == []
    (shelling,) = [row for row in rows if row["mode"] == "heavy-weapons"]
    assert (shelling["type"], shelling["quad"], shelling["killed_low"]) == ("ASSAULT", "4", "2")
    assert (shelling["earliest"], shelling["speaker"]) == ("2031-03-02", "union")
    assert TEXT[int(shelling["start"]) : int(shelling["end"])] == "shelled"


def test_a_text_is_shown_with_its_words_and_why(report: Path) -> None:
    found = run("code", report, "--explain", "-q").stdout
    assert "● ASSAULT · heavy-weapons · actual" in found
    assert "[shelled]" in found
    assert re.search(r"^    type: .*shell", found, re.MULTILINE)


def test_the_ontology_of_the_docs_codes_its_own_types(report: Path, passage: Path) -> None:
    found = run("code", report, "--ontology", passage, "--format", "json", "-q")
    events = json.loads(found.stdout)["events"]
    told = [(event["type"], event.get("mode"), event["status"]) for event in events]
    assert told == [("BLOCK", "checkpoint", "actual"), ("BLOCK", None, "negated")]


def test_an_ontology_is_printed_and_checked(passage: Path) -> None:
    assert "BLOCK · material conflict · -5" in run("ontology", passage).stdout
    assert "ASSAULT · material conflict" in run("ontology").stdout
    passage.write_text(passage.read_text().replace('type = "PASS"', 'type = "PAST"'))
    broken = run("ontology", passage)
    assert broken.exit_code == 1
    assert "unknown type 'PAST'" in broken.output


def test_explanations_are_for_people(report: Path) -> None:
    assert run("code", report, "--explain", "--format", "csv").exit_code == 2


def test_a_cell_that_a_spreadsheet_would_run_is_text() -> None:
    from variorum.coding import Ontology
    from variorum.exports.coded import csv_lines, rows
    from variorum.records import AnnotatedDocument, EventMention, Span

    document = AnnotatedDocument(
        schema="variorum/1", id="=1+1", text="shelled", published=None, title=None, blocks=(), times=(), places=(),
        actors=(), attributions=(), tolls=(), layers=("events",),
        events=(EventMention(start=0, end=7, trigger="shelled", mentions=(Span(0, 7),), type="ASSAULT"),),
    )  # fmt: skip
    (row,) = csv.DictReader(io.StringIO(csv_lines(rows(document, Ontology.load()), header=True)))
    assert row["document"] == "'=1+1"
    assert row["score"] == "-9.0"
    assert row["actors"] == ""
