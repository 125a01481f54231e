"""CSV, TSV and JSON files: rows and records under the columns that the user names."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.errors import InputError
from variorum.pages import ColumnMap, PageOptions, read_pages
from variorum.records import Page, Rejection

MAPPED = PageOptions(columns=ColumnMap(text="body", published="date", outlet="source.name"))


def read(path: Path, options: PageOptions | None = None) -> list[Page | Rejection]:
    return list(read_pages([path], options=options))


def pages(path: Path, options: PageOptions | None = None) -> list[Page]:
    found = read(path, options)
    assert all(isinstance(each, Page) for each in found), found
    return [each for each in found if isinstance(each, Page)]


def rejection(path: Path, options: PageOptions | None = None) -> Rejection:
    (found,) = read(path, options)
    assert isinstance(found, Rejection)
    return found


def write(path: Path, content: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(content.encode(encoding))
    return path


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_row_is_a_page_whatever_divides_and_encodes_it(tmp_path: Path, delimiter: str, encoding: str) -> None:
    made = io.StringIO()
    writer = csv.writer(made, delimiter=delimiter)
    writer.writerows(
        [["id", "date", "body"], ["7", "2031-05-06", "Città: “two,\nthree” 1; 2 | 3\t4"], ["8", "", "Next."]]
    )
    path = write(tmp_path / "a.csv", made.getvalue(), encoding)
    first, second = pages(path, PageOptions(columns=ColumnMap(text="body", published="date")))
    assert first.content.decode() == "Città: “two,\nthree” 1; 2 | 3\t4"
    assert (first.declared.id, first.declared.published, first.source) == ("7", "2031-05-06", "a.csv:2")
    assert (second.declared.published, second.source) == (None, "a.csv:4")


def test_todays_names_are_the_default_whatever_their_case(tmp_path: Path) -> None:
    (page,) = pages(write(tmp_path / "a.csv", "Title,URL,Text,Other\nA title,https://x.example/1,Words.,9\n"))
    assert (page.declared.title, page.declared.url) == ("A title", "https://x.example/1")


def test_a_missing_column_is_named_beside_those_there_are(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "headline,body,date\nA,B,C\n")
    assert rejection(path).line == (
        'a.csv: it has no column "text"; its columns are "headline", "body", "date"; '
        "--map text=COLUMN names the one with the text [no-such-column]"
    )
    wrong = PageOptions(columns=ColumnMap(text="body", published="day"))
    assert rejection(path, wrong).detail == 'it has no column "day"; its columns are "headline", "body", "date"'


def test_a_table_with_tabs_may_have_quotes_that_enclose_nothing(tmp_path: Path) -> None:
    content = 'text\tdate\n"Go," she said. "Now."\t2031-05-06\n5" guns fired.\t2031-05-07\n'
    assert [page.content.decode() for page in pages(write(tmp_path / "a.tsv", content))] == [
        '"Go," she said. "Now."',
        '5" guns fired.',
    ]


def test_short_rows_and_empty_tables_are_told(tmp_path: Path) -> None:
    page, short = read(write(tmp_path / "a.csv", "date,text\n2031,Words.\n\n2032\n"))
    assert isinstance(page, Page)
    assert isinstance(short, Rejection)
    assert (short.source, short.reason) == ("a.csv:4", "not-a-record")
    assert rejection(write(tmp_path / "b.csv", "text,date\n")).reason == "empty"
    assert rejection(write(tmp_path / "c.csv", "\n")).reason == "empty"
    (tmp_path / "d.csv").write_bytes(b"PK\x03\x04\0\0")
    assert rejection(tmp_path / "d.csv").reason == "binary"


CONTROLS = [chr(code) for code in range(32) if chr(code) not in "\n\t"]


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.text(st.characters(codec="utf-8", exclude_characters=CONTROLS)), min_size=1, max_size=5))
def test_a_field_keeps_its_text_to_the_last_character(
    tmp_path_factory: pytest.TempPathFactory, rows: list[str]
) -> None:
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["id", "text"], *([f"r{n}", row] for n, row in enumerate(rows))])
    found = [each for each in read(path) if isinstance(each, Page)]
    assert [page.content.decode() for page in found] == rows


RECORDS = [{"body": "One.", "date": "2031-05-06", "source": {"name": "The Courier"}}, {"body": "Two."}]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl", "\n".join(map(json.dumps, RECORDS))),
        ("a.ndjson", "\n".join(map(json.dumps, RECORDS))),
        ("a.json", json.dumps(RECORDS)),
        ("b.json", json.dumps({"status": "ok", "total": 2, "articles": RECORDS}, indent=2)),
        ("c.json", "\n".join(map(json.dumps, RECORDS)) + "\n"),
    ],
)
def test_json_files_are_records_under_mapped_keys(tmp_path: Path, name: str, content: str) -> None:
    first, second = pages(write(tmp_path / name, content), MAPPED)
    assert (first.content, first.declared.published, first.declared.outlet) == (b"One.", "2031-05-06", "The Courier")
    assert (first.source, second.source, second.declared.outlet) == (f"{name}:1", f"{name}:2", None)


def test_the_same_record_is_the_same_page_in_any_file(tmp_path: Path) -> None:
    record = {"id": "x", "text": "Words.", "published": "2031-05-06"}
    paths = [
        write(tmp_path / "a.jsonl", json.dumps(record)),
        write(tmp_path / "b.json", json.dumps([record])),
        write(tmp_path / "c.json", json.dumps(record, indent=1)),
        write(tmp_path / "d.csv", "published,text,id\n2031-05-06,Words.,x\n"),
    ]
    assert len({page.id for path in paths for page in pages(path)}) == 1


def test_a_record_without_the_key_names_those_it_has(tmp_path: Path) -> None:
    assert rejection(write(tmp_path / "a.json", '[{"text": "x", "day": 1}]'), MAPPED).detail == (
        'it has no "body"; its keys are "text", "day"'
    )


@pytest.mark.parametrize(
    ("content", "reason"),
    [("", "empty"), ("[]", "empty"), ("[1, 2", "not-json"), ('{"a": ', "not-json"), ('{"a": 1}', "not-a-record")],
)
def test_json_files_without_records_are_told(tmp_path: Path, content: str, reason: str) -> None:
    assert rejection(write(tmp_path / "a.json", content)).reason == reason


def test_a_mapping_is_parsed_or_refused_in_a_line() -> None:
    assert ColumnMap.parse("text=body, published=date") == ColumnMap(text="body", published="date")
    for spec, says in (
        ("text", "maps nothing"),
        ("body=text", "no field"),
        ("text=a,text=b", "twice"),
        ("", "nothing"),
    ):
        with pytest.raises(InputError, match=says):
            ColumnMap.parse(spec)


def first_rejection(path: Path) -> str:
    return next(each.line for each in read(path) if isinstance(each, Rejection))


def texts_of(path: Path) -> list[str]:
    return [page.content.decode() for page in read(path) if isinstance(page, Page)]


@pytest.mark.parametrize("size", [1, 40_000])
def test_lines_may_end_as_on_early_macs(tmp_path: Path, size: int) -> None:
    rows = ["One." * size, "Two." * size]
    path = write(tmp_path / "a.csv", "id;text\r" + "".join(f"{n};{row}\r" for n, row in enumerate(rows)))
    assert texts_of(path) == rows


def test_a_stray_carriage_return_costs_its_row_alone(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "id,text\n1,One\rand more.\n2,Two.\n")
    assert texts_of(path) == ["Two."]
    assert first_rejection(path).startswith("a.csv:2: the row cannot be read: new-line character")
    (tmp_path / "b.csv").write_bytes(b"id,te\rxt\n1,One.\n")
    assert [each.reason for each in read(tmp_path / "b.csv") if isinstance(each, Rejection)]


def test_a_quotation_that_never_closes_swallows_no_rows(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", 'id,text\n1,One.\n2,"Two.\n3,Three.\n4,Four.')
    assert texts_of(path) == ["One."]
    assert first_rejection(path).startswith("a.csv:3: a quotation mark opens in this row and never closes")
    assert texts_of(write(tmp_path / "b.csv", 'id,text\n1,"One."')) == ["One."]


@pytest.mark.parametrize("first", ["sep=;\n", '"sep=;"\r\n', "\ufeffsep=;\n"])
def test_a_table_may_state_its_delimiter(tmp_path: Path, first: str) -> None:
    assert texts_of(write(tmp_path / "a.csv", first + "id;text\n1;One, two.\n")) == ["One, two."]
