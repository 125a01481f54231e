"""The tables as files: CSV, Parquet, and a Frictionless data package of the CSV files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from variorum.errors import ExportError
from variorum.exports.cells import Value, csv_lines

from .base import Job
from .tables import TABLES, Column, Row, Table

_GROUP = 5_000  # rows held at once before they are written: a row group of Parquet
_FRICTIONLESS = {"list": "string"}


def write_csv(job: Job, folder: Path) -> None:
    """A CSV file for each table."""
    for table in TABLES:
        _write_csv(job, table, folder / f"{table.name}.csv")


def table_lines(job: Job, name: str) -> Iterator[str]:
    """One table as CSV, line by line, the header first."""
    table = next(each for each in TABLES if each.name == name)
    yield from csv_lines([column.name for column in table.columns], map(_cells, table.rows(job)))


def _write_csv(job: Job, table: Table, path: Path) -> tuple[int, str]:
    """Writes a table; gives how many bytes it has and their SHA-256."""
    digest, size = hashlib.sha256(), 0
    with path.open("wb") as file:
        for line in csv_lines([column.name for column in table.columns], map(_cells, table.rows(job))):
            data = line.encode("utf-8", "replace")
            digest.update(data)
            size += len(data)
            file.write(data)
    return size, digest.hexdigest()


def _cells(row: Row) -> dict[str, Value]:
    return {name: "; ".join(value) if isinstance(value, tuple) else value for name, value in row.items()}


def write_package(job: Job, folder: Path) -> None:
    """The CSV files with `datapackage.json`: schema, size and hash of each (Frictionless Data Package v1)."""
    resources = []
    for table in TABLES:
        size, digest = _write_csv(job, table, folder / f"{table.name}.csv")
        resources.append(_resource(table, size, digest))
    package = {
        "profile": "tabular-data-package",
        "name": "variorum-edition",
        "title": "A Variorum edition",
        "version": job.source.versions.get("variorum", "0"),
        "resources": resources,
    }
    text = msgspec.json.format(msgspec.json.encode(package), indent=2).decode("utf-8")
    (folder / "datapackage.json").write_text(text + "\n", encoding="utf-8")


def _resource(table: Table, size: int, digest: str) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "description": table.description,
        "path": f"{table.name}.csv",
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": size,
        "hash": f"sha256:{digest}",
        "schema": {
            "fields": [
                {
                    "name": column.name,
                    "type": _FRICTIONLESS.get(column.type, column.type),
                    "description": column.description + (" Several have “; ” between them." * (column.type == "list")),
                }
                for column in table.columns
            ],
            "missingValues": [""],
        },
    }


def write_parquet(job: Job, folder: Path) -> None:
    """A Parquet file for each table; lists stay lists. Raises ExportError where pyarrow is not installed."""
    import_pyarrow()
    from pyarrow.parquet import ParquetWriter

    for table in TABLES:
        schema = arrow_schema(table)
        path = folder / f"{table.name}.parquet"
        with ParquetWriter(path, schema, compression="zstd") as writer:
            for batch in arrow_batches(job, table):
                writer.write_batch(batch, row_group_size=_GROUP)


def import_pyarrow() -> Any:
    """The module. Raises ExportError with what to install."""
    try:
        import pyarrow
    except ImportError as error:
        raise ExportError("this needs pyarrow: pip install 'variorum[arrow]'") from error
    return pyarrow


def arrow_schema(table: Table) -> Any:
    """A table's columns as an Arrow schema."""
    pyarrow = import_pyarrow()
    types = {
        "string": pyarrow.string(),
        "integer": pyarrow.int64(),
        "number": pyarrow.float64(),
        "boolean": pyarrow.bool_(),
        "list": pyarrow.list_(pyarrow.string()),
    }
    return pyarrow.schema([pyarrow.field(column.name, types[column.type]) for column in table.columns])


def arrow_batches(job: Job, table: Table) -> Iterator[Any]:
    """A table's rows as Arrow record batches."""
    pyarrow = import_pyarrow()
    schema = arrow_schema(table)
    for rows in _batches(table.rows(job)):
        columns = [[_value(column, row) for row in rows] for column in table.columns]
        yield pyarrow.record_batch(
            [pyarrow.array(values, type=field.type) for values, field in zip(columns, schema, strict=True)],
            schema=schema,
        )


def _value(column: Column, row: Row) -> Any:
    value = row.get(column.name)
    if column.type == "list":
        return list(value or ())
    if column.type == "number" and value is not None:
        return float(value)
    return value or None if column.type == "string" else value


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _GROUP:
            yield batch
            batch = []
    if batch:
        yield batch
