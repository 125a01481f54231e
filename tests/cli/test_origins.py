"""``variorum origins`` and ``variorum compare`` as a user calls them, in this process."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.derivation.reports import UNRELATED, WIRE
from variorum.cli import main

UPDATE = WIRE.replace("at least seven guards", "at least nine guards")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("origins")
    rows = [
        {"id": "first", "text": WIRE, "outlet": "Valley Post", "published": "2031-03-04"},
        {"id": "later", "text": UPDATE, "outlet": "Morning Lamp", "published": "2031-03-05"},
        {"id": "alone", "text": UNRELATED, "outlet": "Evening Oar", "published": "2031-03-05"},
    ]
    (made / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    (made / "a.txt").write_text(WIRE, encoding="utf-8")
    (made / "b.txt").write_text(UPDATE, encoding="utf-8")
    done = run("collate", made / "rows.jsonl", "-o", made / "e.sqlite", "-q")
    assert done.exit_code == 0, done.output
    return made


def test_origins_of_an_edition(folder: Path) -> None:
    shown = run("origins", folder / "e.sqlite")
    assert shown.exit_code == 0
    assert "Valley Post · 2 documents, one witness" in shown.output
    assert "number: “seven” → “nine”" in shown.output
    assert "1 text without a fellow" in shown.output
    assert "Evening Oar" in run("origins", folder / "e.sqlite", "--all").output
    family, alone = json.loads(run("origins", folder / "e.sqlite", "--json").output)["origins"]
    assert (family["documents"], alone["documents"]) == (2, 1)
    assert family["texts"][0]["derived"][0]["document"] == "later"


def test_origins_of_one_story(folder: Path) -> None:
    stories = json.loads(run("show", folder / "e.sqlite", "--json").output)["stories"]
    mine = next(story for story in stories if "first" in story["documents"])
    trees = json.loads(run("origins", folder / "e.sqlite", "--story", mine["id"], "--json").output)["origins"]
    assert {tree["documents"] for tree in trees} >= {2}
    wrong = run("origins", folder / "e.sqlite", "--story", "s-zzz")
    assert wrong.exit_code == 1
    assert "s-zzz" in wrong.output


def test_compare_files_and_documents(folder: Path) -> None:
    files = run("compare", folder / "a.txt", folder / "b.txt")
    assert files.exit_code == 0, files.output
    assert "≠" in files.output
    ids = run("compare", "first", "later", "-e", folder / "e.sqlite", "--json")
    found = json.loads(ids.output)
    assert (found["from"], found["to"], found["derivation"]["kind"]) == ("first", "later", "verbatim")
    (change,) = [change for change in found["changes"] if change["kind"] == "number"]
    assert WIRE[slice(*change["from"])] == "seven"
    page = folder / "page.html"
    assert run("compare", "first", "later", "-e", folder / "e.sqlite", "--html", page).exit_code == 0
    assert "Morning Lamp is an updated version of Valley Post" in page.read_text(encoding="utf-8")


def test_what_cannot_be_compared_is_told(folder: Path) -> None:
    for arguments, words in (
        (("nobody", "later", "-e", folder / "e.sqlite"), "no document has"),
        ((folder / "rows.jsonl", folder / "a.txt"), "3 texts"),
        ((folder / "none.txt", folder / "a.txt"), "none.txt"),
        ((folder / "a.txt", folder / "b.txt", "--json", "--html", "x"), "name one of them"),
    ):
        done = run("compare", *arguments)
        assert done.exit_code in (1, 2)
        assert words in done.output
