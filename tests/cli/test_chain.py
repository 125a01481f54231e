"""``variorum timeline``, ``variorum chain`` and ``variorum disputes`` as a user calls them, in this process."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from variorum.cli import main

ANSWER = "Uganda expelled Kenya's ambassador on Wednesday in response to Kenya's shelling of Kasese on Monday."


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("chain")
    rows = [
        {
            "id": "a",
            "text": "Kenya's army shelled the town of Kasese in Uganda on Monday, killing at least seven people, the "
            "mayor of Kasese said. Uganda's army said that nine people had been killed in the shelling on Monday.",
            "published": "2024-05-07",
        },
        {"id": "b", "text": ANSWER, "published": "2024-05-09"},
    ]
    (folder / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    done = run("collate", folder / "rows.jsonl", "-o", folder / "e.sqlite", "-q")
    assert done.exit_code == 0, done.output
    return folder / "e.sqlite"


def test_a_chain_from_its_end(made: Path) -> None:
    events = json.loads(run("timeline", made, "--json").output)["events"]
    expelled = next(event for event in events if event["mode"] == "expel")
    steps = json.loads(run("chain", made, expelled["id"], "--json").output)["steps"]
    assert [step["type"] for step in steps] == ["ASSAULT", "SANCTION"]
    assert steps[1]["answers"][0]["words"] == ["in response to"]
    shown = run("chain", made, expelled["id"].removeprefix("e-")[:6])
    assert shown.exit_code == 0
    assert "“in response to”" in " ".join(shown.output.split())
    missing = run("chain", made, "zzz")
    assert missing.exit_code == 1
    assert "no event has the id 'zzz'" in missing.output


def test_a_timeline_by_days_and_actors(made: Path) -> None:
    assert "Kasese" in run("timeline", made).output
    assert "Kasese" not in run("timeline", made, "--since", "2024-05-08").output
    assert "0 events" in run("timeline", made, "--actor", "Norway").output
    wrong = run("timeline", made, "--since", "Monday")
    assert wrong.exit_code == 2
    assert "'Monday' does not match the format" in wrong.output
    assert "no one story has the id 's-0'" in run("timeline", made, "--story", "s-0").output


def test_dyads_by_month(made: Path) -> None:
    cells = json.loads(run("timeline", made, "--dyads", "--by", "month", "--json").output)["dyads"]
    (expelled,) = [cell for cell in cells if (cell["source"], cell["target"]) == ("Uganda", "Kenya")]
    assert (expelled["period"], expelled["events"]) == ("2024-05", 1)
    assert "Uganda → Kenya" in run("timeline", made, "--dyads").output


def test_disputed_figures_stand_side_by_side(made: Path) -> None:
    shown = run("disputes", made).output
    assert "at least 7" in shown
    assert "Killed:" in shown
    (found,) = json.loads(run("disputes", made, "--json").output)["disputes"]
    assert len(found["sides"]) == 2
    assert json.loads(run("disputes", made, "--event", found["event"], "--json").output)["disputes"] == [found]
