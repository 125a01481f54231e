"""``variorum read`` as a user calls it."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.pages.archives import warc_record, zip_of
from variorum.schemas import load

from .test_cli import REPORT, run


def test_a_document_is_a_line_where_stdout_is_no_terminal(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    done = run("read", "a.txt", cwd=tmp_path)
    assert done.returncode == 0
    (line,) = done.stdout.decode().splitlines()
    document = json.loads(line)
    Draft202012Validator(load("document")).validate(document)
    assert (document["source"], document["published"], document["rejected"]) == ("a.txt", "2031-05-06", None)
    assert {block["kind"] for block in document["blocks"]} >= {"dateline", "body"}


def test_view_shows_each_part_and_where_each_date_was_found(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    shown = run("read", "a.txt", "--view", cwd=tmp_path).stdout.decode()
    for words in ("dateline", "body", "What it says of itself", "published", "2031-05-06", "a.txt"):
        assert words in shown
    assert "\x1b" not in shown


def test_columns_are_mapped_and_a_missing_one_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f'date,body\n2031-05-06,"{REPORT}"\n', encoding="utf-8")
    done = run("read", "a.csv", "--map", "text=body", "--map", "published=date", cwd=tmp_path)
    assert json.loads(done.stdout)["text"] == REPORT
    done = run("read", "a.csv", cwd=tmp_path)
    assert done.returncode == 3
    assert b'it has no column "text"; its columns are "date", "body"' in done.stderr
    assert run("read", "a.csv", "--map", "words=body", cwd=tmp_path).returncode == 1


def test_rejected_inputs_are_named_and_shown_where_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zip_of([("good.txt", REPORT.encode()), ("../bad.txt", b"x"), ("photo.jpg", b"x")]))
    done = run("read", "a.zip", cwd=tmp_path)
    assert done.returncode == 3
    assert len(done.stdout.splitlines()) == 1
    assert b"rejected: a.zip/../bad.txt: its name leads out of the archive [unsafe-path]" in done.stderr
    assert b"skipped: a.zip: 1 file left out: 1 .jpg [not-a-page]" in done.stderr
    lines = run("read", "a.zip", "--rejected", "-q", cwd=tmp_path).stdout.decode().splitlines()
    reasons = [(json.loads(line)["rejected"] or {}).get("reason") for line in lines]
    assert sorted(map(str, reasons)) == ["None", "not-a-page", "unsafe-path"]


@pytest.mark.parametrize("command", ["read", "annotate", "collate"])
def test_what_is_no_page_is_named_and_is_no_failure(tmp_path: Path, command: str) -> None:
    url = "https://paper.example/2031/border"
    (tmp_path / "saved_files").mkdir()
    (tmp_path / "saved_files" / "Style.CSS").write_text("a {}")
    (tmp_path / "saved.txt").write_text(REPORT)
    (tmp_path / "crawl.warc").write_bytes(
        warc_record(url) + warc_record(url + ".png", b"x", media="image/png") + warc_record(url, status="301 Moved")
    )
    done = run(command, ".", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    skipped = [line for line in done.stderr.decode().splitlines() if line.startswith("skipped: ")]
    assert [line.rpartition(" ")[2] for line in skipped] == ["[not-a-page]", "[redirect]", "[not-a-page]"]
    assert b"rejected: " not in done.stderr
    (tmp_path / "report.docx").write_bytes(b"PK")  # this could have been a report
    assert run(command, "report.docx", cwd=tmp_path).returncode == 3


@pytest.mark.parametrize("command", ["read", "annotate", "collate"])
def test_the_network_is_off_by_default(tmp_path: Path, command: str) -> None:
    done = run(command, "https://news.example/a", cwd=tmp_path)
    assert done.returncode == 1
    assert b"--allow-network" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_collate_and_annotate_take_the_same_inputs(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f'body\n"{REPORT}"\n', encoding="utf-8")
    (tmp_path / "b.warc.gz").write_bytes(
        gzip.compress(warc_record("https://news.example/1", REPORT.encode(), media="text/plain"))
    )
    done = run("annotate", "a.csv", "b.warc.gz", "--map", "text=body", "--layers", "times", cwd=tmp_path)
    lines = [json.loads(line) for line in done.stdout.decode().split("\n") if line]
    assert [line["text"] for line in lines] == [REPORT, REPORT]
    done = run("collate", "a.csv", "b.warc.gz", "--map", "text=body", "--json", cwd=tmp_path)
    edition = json.loads(done.stdout)
    assert {each["url"] for each in edition["documents"]} == {None, "https://news.example/1"}
    assert {each["origin"] for each in edition["documents"]} == {edition["origins"][0]["id"]}


def test_inputs_without_a_date_or_a_text_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('id,text\na,\nb,"Two men died at Velt on Monday, the mayor said."\n')
    done = run("read", "a.csv", cwd=tmp_path)
    assert done.returncode == 0
    assert b"no date: the document (a.csv:3)" in done.stderr
    assert b"kept, empty: a record has no text (a.csv:2)" in done.stderr
    assert b"no date" not in run("read", "a.csv", "--published", "2031-03-04", cwd=tmp_path).stderr
