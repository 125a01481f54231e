"""``variorum review``: rulings made on what a person sees, kept, replayed and taken back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from variorum.cli import main

HARBOUR = (
    "Gunmen shelled the harbour of Mombasa on Tuesday, killing four sailors, the port authority said. "
    "Kenya summoned the ambassador of Ethiopia on Wednesday over the attack."
)
MARKET = "Gunmen shelled a market in Kisumu on Tuesday, killing nine traders, the governor said."


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def review(*arguments: str | Path) -> Result:
    result = run("review", *arguments, "-q", "--by", "Ines")
    assert result.exit_code == 0, result.output
    return result


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    path = tmp_path / "reports.jsonl"
    rows = [("one", HARBOUR, "Coast Mail"), ("two", HARBOUR.replace("Gunmen", "Armed men"), "Lake Post"),
            ("three", MARKET, "Hill News")]  # fmt: skip
    lines = [{"id": i, "text": t, "outlet": o, "published": "2031-05-08", "language": "en"} for i, t, o in rows]
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    made = run("collate", path, "-o", tmp_path / "e.sqlite", "-q")
    assert made.exit_code == 0, made.output
    return tmp_path / "e.sqlite"


def assaults(edition: Path) -> list[dict[str, Any]]:
    shown = json.loads(run("show", edition, "--json").stdout)
    return [event for event in shown["events"] if event["type"] == "ASSAULT"]


def apart(edition: Path) -> list[list[str]]:
    return sorted(event["documents"] for event in assaults(edition))


def test_a_split_a_merge_and_both_taken_back(edition: Path) -> None:
    before = apart(edition)
    assert before == [["one", "two"], ["three"]]
    (harbour,) = (event["id"] for event in assaults(edition) if len(event["documents"]) == 2)
    told = review("split", edition, harbour, "two", "--reason", "another port")
    assert "Ines" in told.output
    assert '"another port"' in told.output
    assert apart(edition) == [["one"], ["three"], ["two"]]
    ones = [event["id"] for event in assaults(edition) if event["documents"] != ["two"]]
    review("merge", edition, *ones)
    assert apart(edition) == [["one", "three"], ["two"]]
    assert run("collate", edition.with_name("reports.jsonl"), "-o", edition, "-q").exit_code == 0
    assert apart(edition) == [["one", "three"], ["two"]], "a ruling survives a re-run"
    for ruling in json.loads(run("review", "log", edition, "--json").stdout):
        review("undo", edition, ruling["id"])
    assert apart(edition) == before
    assert run("review", "log", edition).output.count("(taken back)") == 2


def test_copies_are_ruled_one_witness_and_two_again(edition: Path) -> None:
    def origins() -> int:
        return max(int(event["independent_origins"]) for event in assaults(edition) if len(event["documents"]) == 2)

    assert origins() == 1
    assert "1 origin → 2 reports, 2 origins" in review("independent", edition, "one", "two").output
    assert origins() == 2
    (ruling,) = json.loads(run("review", "log", edition, "--json").stdout)
    review("undo", edition, ruling["id"])
    review("copies", edition, "one", "three")
    assert origins() == 1


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("merge", "e-none", "e-nothing"), "no event has the id 'e-none'"),
        (("split", "FIRST", "none"), "no one document has the id 'none'"),
        (("split", "FIRST", "one", "two"), "documents that go and documents that stay"),
        (("split", "FIRST", "three"), "three does not tell"),
        (("merge", "FIRST", "FIRST"), "two different events"),
        (("copies", "one"), "two different documents"),
        (("undo", "r-7"), "no one decision has the id 'r-7'"),
    ],
)
def test_a_ruling_that_does_not_fit_says_why_and_is_not_kept(
    edition: Path, arguments: tuple[str, ...], reason: str
) -> None:
    (first,) = (event["id"] for event in assaults(edition) if len(event["documents"]) == 2)
    named = [first if each == "FIRST" else each for each in arguments]
    result = run("review", named[0], edition, *named[1:], "-q")
    assert result.exit_code == 1
    assert reason in result.output
    assert run("review", "log", edition).output.startswith("no rulings")


def test_a_ruling_against_another_is_refused_and_not_kept(edition: Path) -> None:
    review("copies", edition, "one", "two")
    result = run("review", "independent", edition, "one", "two", "-q")
    assert result.exit_code == 1
    assert "contradicts one in force" in result.output
    assert len(json.loads(run("review", "log", edition, "--json").stdout)) == 1
