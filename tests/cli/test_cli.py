"""The commands as a user calls them, in a process of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from variorum.schemas import load

COMMANDS = (
    *("demo", "collate", "read", "annotate", "search", "show", "dossier"),
    *("timeline", "chain", "disputes", "origins", "compare", "compare-dataset", "export"),
    *("diff", "merge-editions", "verify"),
)
REPORT = (
    "VELM, Norland, 6 May 2031 - Rebels shelled the market of Lagos on Monday, killing seven people, police said.\n\n"
    "The army said it had arrested three suspects."
)


def run(
    *arguments: str, cwd: Path | None = None, stdin: bytes | None = None, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "variorum", *arguments],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        check=False,
        env={**os.environ, **environment},
    )


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition of one good report and of every kind of bad input."""
    folder = tmp_path_factory.mktemp("made")
    reports = folder / "reports"
    reports.mkdir()
    (reports / "good.txt").write_text(REPORT, encoding="utf-8")
    (reports / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (reports / "broken.html").write_text("<html><body><p>Rebels <b>seized the <div>town", encoding="utf-8")
    (reports / "huge.txt").write_bytes(b"All was quiet on the border on Monday. " * 1_400_000)
    (reports / "rows.jsonl").write_text(
        '{"id": "a", "text": "Troops entered Mosul on Monday."}\n{"text": "Two soldiers died."}\n{"text": broken\n'
        '{"title": "no text"}\n',
        encoding="utf-8",
    )
    (reports / "german.txt").write_text(
        "Bei einem Angriff auf die Stadt sind am Montag nach Angaben der Polizei sieben Menschen getötet worden. "
        "Die Armee erklärte, sie habe drei Verdächtige festgenommen und suche weiter nach den Tätern.",
        encoding="utf-8",
    )
    (reports / "empty.txt").write_text("", encoding="utf-8")
    done = run("collate", "reports", "-o", "e.sqlite", cwd=folder)
    assert done.returncode == 3, done.stderr.decode()
    (folder / "stderr.txt").write_bytes(done.stderr)
    (folder / "stdout.txt").write_bytes(done.stdout)
    return folder


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("binary.txt", "binary"),
        ("huge.txt", "too-large"),
        ("rows.jsonl:3", "not-json"),
        ("rows.jsonl:4", "not-a-record"),
        ("empty.txt", "empty"),
    ],
)
def test_bad_input_is_named_with_its_reason(made: Path, name: str, words: str) -> None:
    lines = [line for line in (made / "stderr.txt").read_text(encoding="utf-8").splitlines() if name in line]
    assert len(lines) == 1, lines
    assert words in lines[0]
    assert lines[0].startswith("rejected: ")
    edition = json.loads(run("export", "e.sqlite", cwd=made).stdout)
    assert [row for row in edition["documents"] if name in (row["rejected"] or "")]


def test_another_language_is_kept_and_marked(made: Path) -> None:
    rows = json.loads(run("export", "e.sqlite", cwd=made).stdout)["documents"]
    german = next(row for row in rows if "german.txt" in row["source"])
    assert (german["language"], german["supported"], german["rejected"]) == ("de", False, None)
    assert "german.txt" in (made / "stderr.txt").read_text(encoding="utf-8")


def test_good_input_is_not_stopped_by_bad(made: Path) -> None:
    shown = (made / "stdout.txt").read_text(encoding="utf-8")
    assert "ASSAULT" in shown
    assert "killed: 7" in shown


def test_json_on_stdout_is_an_edition(tmp_path: Path) -> None:
    (tmp_path / "r.txt").write_text(REPORT, encoding="utf-8")
    done = run("collate", "r.txt", "--json", "-q", cwd=tmp_path)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stderr == b""
    Draft202012Validator(load("edition")).validate(json.loads(done.stdout))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["r.txt"]


def test_annotate_prints_a_line_a_document_in_input_order(tmp_path: Path) -> None:
    rows = [{"id": f"r{n}", "text": f"{REPORT}\u2028{n}", "published": "2031-05-06"} for n in range(5)]
    (tmp_path / "r.jsonl").write_text(
        "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8"
    )
    done = run("annotate", "r.jsonl", cwd=tmp_path)
    lines = [json.loads(line) for line in done.stdout.decode().split("\n") if line]
    assert [line["id"] for line in lines] == [row["id"] for row in rows]
    assert [line["text"] for line in lines] == [row["text"] for row in rows]
    validator = Draft202012Validator(load("annotation"))
    for line in lines:
        validator.validate(line)
        for layer in ("times", "places", "actors", "tolls", "events"):
            assert line[layer], layer
        for layer in ("times", "places", "actors", "tolls"):
            for item in line[layer]:
                assert line["text"][item["start"] : item["end"]] == item["text"]


def test_annotate_only_the_layers_asked_for(tmp_path: Path) -> None:
    done = run("annotate", "-", "--layers", "times", stdin=REPORT.encode())
    (line,) = [json.loads(row) for row in done.stdout.decode().split("\n") if row]
    assert line["layers"] == ["times"]
    assert line["times"]
    assert not line["places"]


def test_a_date_for_undated_inputs(tmp_path: Path) -> None:
    (tmp_path / "undated.txt").write_text("Rebels seized the town on Monday, police said.", encoding="utf-8")
    (tmp_path / "dated.txt").write_text(REPORT, encoding="utf-8")
    layers = ("--layers", "times")
    open_ = run("annotate", "undated.txt", *layers, cwd=tmp_path)
    assert b"no date: the document (undated.txt); relative times stay open there (--published" in open_.stderr
    assert json.loads(open_.stdout)["times"][0]["value"] == "XXXX-WXX-1"
    given = run("annotate", "undated.txt", "dated.txt", *layers, "--published", "9 April 2024", cwd=tmp_path)
    assert b"no date" not in given.stderr
    undated, dated = (json.loads(line) for line in given.stdout.splitlines())
    assert (undated["published"], undated["times"][0]["value"]) == ("2024-04-09", "2024-04-08")
    assert dated["published"] == "2031-05-06"
    wrong = run("annotate", "undated.txt", "--published", "03/04/2024", cwd=tmp_path)
    assert wrong.returncode == 2
    assert b"'03/04/2024' is no date, or has two readings" in wrong.stderr


def test_unknown_layer_is_a_usage_error() -> None:
    done = run("annotate", "-", "--layers", "colours", stdin=b"x")
    assert done.returncode == 2
    assert b"'colours' is no layer" in done.stderr


def test_dossier_and_show(made: Path) -> None:
    shown = json.loads(run("show", "e.sqlite", "--json", cwd=made).stdout)
    event = next(item for item in shown["events"] if item["tolls"])
    told = run("dossier", "e.sqlite", event["id"], cwd=made).stdout.decode()
    assert "“seven people”" in told
    assert "good.txt" in told
    whole = json.loads(run("dossier", "e.sqlite", event["id"][:9], "--json", cwd=made).stdout)
    assert whole["event"] == event


def test_export_html_is_one_page(made: Path) -> None:
    done = run("export", "e.sqlite", "--format", "html", "-o", "e.html", cwd=made)
    assert done.returncode == 0
    assert (made / "e.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("show", "nothing.sqlite"), 1, "no such edition"),
        (("dossier", "e.sqlite", "e-zzzz"), 1, "no event has the id"),
        (("collate", "nothing-here", "-o", "x.sqlite"), 1, "nothing-here"),
        (("collate", "reports/good.txt", "-o", "stdout.txt"), 1, "not an edition"),
        (("frobnicate",), 2, "No such command"),
        (("annotate", "reports/good.txt", "--html", "no/such/page.html"), 1, "cannot be written"),
        (("annotate", "reports/good.txt", "--json", "--view"), 2, "name one of them"),
        (("export", "e.sqlite", "-o", "no/such/e.json"), 1, "cannot be written"),
        (("export", "e.sqlite", "--format", "html", "--json"), 2, "name one of them"),
    ],
)
def test_errors_are_one_clear_line(made: Path, arguments: tuple[str, ...], code: int, words: str) -> None:
    done = run(*arguments, cwd=made)
    assert done.returncode == code
    assert words in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()
    assert not (made / "x.sqlite").exists()


def test_page_and_json_do_not_mix(tmp_path: Path) -> None:
    (tmp_path / "r.txt").write_text(REPORT, encoding="utf-8")
    done = run("collate", "r.txt", "--json", "--open", cwd=tmp_path, BROWSER="true")
    assert json.loads(done.stdout)["schema"] == "variorum/1"
    assert (tmp_path / "r.html").exists()


def test_stdin_leaves_no_file(tmp_path: Path) -> None:
    done = run("collate", "-", "-q", cwd=tmp_path, stdin=REPORT.encode())
    assert "ASSAULT" in done.stdout.decode()
    assert list(tmp_path.iterdir()) == []


def test_a_changed_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "r.txt").write_text(REPORT, encoding="utf-8")
    run("collate", "r.txt", "-o", "e.sqlite", cwd=tmp_path)
    (tmp_path / "r.txt").write_text(REPORT.replace("seven", "eight"), encoding="utf-8")
    done = run("collate", "r.txt", "-o", "e.sqlite", cwd=tmp_path)
    assert "changed: r.txt" in done.stderr.decode()


def test_an_empty_folder_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "void").mkdir()
    done = run("collate", "void", "-o", "e.sqlite", cwd=tmp_path)
    assert done.returncode == 3
    (line,) = [line for line in done.stderr.decode().splitlines() if line.startswith("rejected: ")]
    assert "void" in line
    assert "[empty]" in line


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_examples(command: str) -> None:
    done = run(command, "--help")
    assert done.returncode == 0
    assert b"Examples:" in done.stdout


def test_every_command_is_in_the_readme() -> None:
    readme = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")
    assert [command for command in COMMANDS if f"variorum {command}" not in readme] == []
