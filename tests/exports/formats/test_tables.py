"""The tables as CSV, Parquet and a data package, opened by duckdb, pyarrow and frictionless."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path

import duckdb
import pytest
from pyarrow import parquet

from variorum.exports.cells import bare, cell, csv_lines, tsv_lines
from variorum.exports.formats import FORMATS, ExportOptions, Job
from variorum.exports.formats.tables import TABLES
from variorum.exports.source import Selection

from .made import TEXT, event, events, killed, party, place, reading, source


def write(name: str, folder: Path, options: ExportOptions | None = None) -> Path:
    folder.mkdir(exist_ok=True)
    made = FORMATS[name].folder
    assert made is not None
    made(Job(source(), options), folder)
    return folder


def test_every_table_has_its_file_and_columns(tmp_path: Path) -> None:
    write("csv", tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(f"{table.name}.csv" for table in TABLES)
    for table in TABLES:
        with (tmp_path / f"{table.name}.csv").open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        assert header == [column.name for column in table.columns]
        assert rows, table.name
        keys = [tuple(row[header.index(name)] for name in table.key) for row in rows]
        assert len(set(keys)) == len(keys), table.name


def test_rows_fill_the_columns_they_declare() -> None:
    for table in TABLES:
        columns = [column.name for column in table.columns]
        assert all(list(row) == columns for row in table.rows(Job(source()))), table.name


def test_csv_opens_in_duckdb(tmp_path: Path) -> None:
    write("csv", tmp_path)
    query = f"""
        SELECT e.headline, r.low, r.speaker, d.outlet FROM read_csv('{tmp_path}/events.csv') e
        JOIN read_csv('{tmp_path}/readings.csv') r ON r.event = e.id
        JOIN read_csv('{tmp_path}/evidence.csv') v ON v."of" = 'reading' AND v.id = r.id
        JOIN read_csv('{tmp_path}/documents.csv') d ON d.id = v.document
        WHERE r.whole IS NULL ORDER BY e.id, r.low LIMIT 1
    """
    assert duckdb.sql(query).fetchall() == [("Shelling number 1", 3, "the ministry", "The Tarn Post")]


def test_parquet_opens_in_pyarrow_and_duckdb(tmp_path: Path) -> None:
    write("parquet", tmp_path)
    types = {
        "string": "string",
        "integer": "int64",
        "number": "double",
        "boolean": "bool",
        "list": "list<element: string>",
    }
    for table in TABLES:
        read = parquet.read_table(tmp_path / f"{table.name}.parquet")
        assert read.num_rows == sum(1 for _ in table.rows(Job(source())))
        assert [(field.name, str(field.type)) for field in read.schema] == [
            (column.name, types[column.type]) for column in table.columns
        ]
    found = duckdb.sql(
        f"SELECT id, contexts, killed_low, killed_high, latitude FROM '{tmp_path}/events.parquet' ORDER BY id"
    ).fetchall()
    assert found[0] == (events()[0].id, ["military"], 4, None, 36.2)
    assert found[3][4] is None


@pytest.mark.filterwarnings("ignore")
def test_package_is_valid_for_frictionless(tmp_path: Path) -> None:
    from frictionless import Package, validate

    write("datapackage", tmp_path)
    report = validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.flatten(["rowNumber", "fieldNumber", "type", "note"])
    package = Package(str(tmp_path / "datapackage.json"))
    assert [resource.name for resource in package.resources] == [table.name for table in TABLES]
    written = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    for resource in written["resources"]:
        data = (tmp_path / resource["path"]).read_bytes()
        assert (resource["bytes"], resource["hash"]) == (len(data), f"sha256:{hashlib.sha256(data).hexdigest()}")


@pytest.mark.filterwarnings("ignore")
def test_frictionless_sees_a_changed_file(tmp_path: Path) -> None:
    from frictionless import validate

    write("datapackage", tmp_path)
    path = tmp_path / "claims.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("eleven", "twelve"), encoding="utf-8")
    assert not validate(str(tmp_path / "datapackage.json")).valid


def test_text_goes_out_where_asked_for_alone(tmp_path: Path) -> None:
    write("csv", tmp_path / "a")
    assert not any(TEXT in path.read_text(encoding="utf-8") for path in (tmp_path / "a").iterdir())
    write("csv", tmp_path / "b", ExportOptions(full_text=True))
    with (tmp_path / "b" / "documents.csv").open(encoding="utf-8", newline="") as file:
        assert [row["text"] for row in csv.DictReader(file)] == [TEXT, TEXT, ""]


@pytest.mark.parametrize("opening", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d"])
def test_no_cell_is_a_formula(opening: str) -> None:
    hostile = f'{opening}HYPERLINK("http://example.org")'
    assert cell(hostile) == f"'{hostile}"
    assert bare(cell(hostile)) == hostile
    text = "".join(csv_lines(["a"], [{"a": hostile}]))
    assert next(iter(csv.DictReader(text.splitlines(keepends=True))))["a"].startswith("'")
    assert "".join(tsv_lines(["a"], [{"a": hostile}])).splitlines()[1].startswith("'")


@pytest.mark.parametrize("separator", [",", ";", "|", "\t"])
@pytest.mark.parametrize("opening", ["=", "+", "-", "@", "\uff1d", '"=', "\t=", "+1+"])
def test_no_cell_is_a_formula_to_who_takes_another_separator(separator: str, opening: str) -> None:
    hostile = f"a doctor{separator}{opening}HYPERLINK( http://example.org ){separator}-5"
    assert bare(cell(hostile)) == hostile
    for text in ("".join(csv_lines(["a", "b"], [{"b": hostile}])), "".join(tsv_lines(["a", "b"], [{"b": hostile}]))):
        for taken in (",", ";", "|", "\t"):
            found = [each.lstrip('"') for row in csv.reader(text.splitlines(), delimiter=taken) for each in row]
            assert [each for each in found if each[:1] in ("=", "+", "-", "@", "\uff1d") and each[1:2] != "5"] == []


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("36.2,-44.5;-3", "36.2,-44.5;-3"),
        (-5, "-5"),
        (-5.25, "-5.25"),
        ("-5", "-5"),
        ("+3.5e4", "+3.5e4"),
        (True, "true"),
        (None, ""),
        ("a=b", "a=b"),
    ],
)
def test_numbers_stay_numbers(value: str | float | None, text: str) -> None:
    assert cell(value) == text


def test_hostile_names_are_guarded_in_every_format() -> None:
    hostile = event(
        1,
        participants_actor=(party("=cmd|' /C calc'!A0", "IRQ", "MIL"),),
        place=place(name="@SUM(1)"),
        tolls=(killed(reading(1, 1, "+1+1")),),
        headline="-1+1\nx",
    )
    job = Job(Selection(source(), lambda: [hostile]))
    for name in ("ged", "acled-shaped", "polecat"):
        text = FORMATS[name].text
        assert text is not None
        delimiter = "\t" if name == "polecat" else ","
        for row in csv.reader("".join(text(job)).splitlines(keepends=True), delimiter=delimiter):
            assert not any(each[:1] in ("=", "+", "-", "@") and not each[1:2].isdigit() for each in row), name
