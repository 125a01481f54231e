"""A user's own table of events: UCDP GED's and ACLED's shapes by their columns, any other by a mapping."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

from variorum.errors import ExportError
from variorum.exports.cells import bare
from variorum.exports.shapes import Days
from variorum.packaged import data_table
from variorum.records import Record
from variorum.world.states import State, States

Holds = Literal["lethal", "acled", "all"]
KEYS = (
    "id", "start", "end", "latitude", "longitude", "place", "place_precision", "country", "actor", "recipient",
    "violence", "type", "killed", "low", "best", "high", "description",
)  # fmt: skip
"""What a mapping may name a column for."""
_LONGEST = 2**24  # characters of a cell: GED lists every article of an event in one
_BRACKETS = re.compile(r"\s*\([^)]*\)\s*$")


class TableMapping(Record, frozen=True, kw_only=True):
    """How a table is read: which column holds what (`KEYS`), how its days are written (ISO 8601 where `date_format` is
    empty), what stands between several names of a cell, and which events it is meant to hold."""

    columns: Mapping[str, str]
    date_format: str = ""
    separator: str = ";"
    delimiter: str = ""
    holds: Holds = "all"


class TheirEvent(Record, frozen=True, kw_only=True):
    """A row of a user's table; `row` counts from 1, the header not counted. `country` is ISO 3166 alpha-2. `killed` is
    a single figure, `low`, `best` and `high` are UCDP's. `place_precision` is UCDP's, None where the table has none."""

    row: int
    id: str
    when: Days
    point: tuple[float, float] | None
    place: str
    place_precision: int | None
    country: str | None
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    violence: int | None
    type: str
    killed: int | None
    low: int | None
    best: int | None
    high: int | None
    description: str


class Dataset:
    """A table that can be gone through row by row, as often as one likes."""

    def __init__(self, path: Path, mapping: TableMapping, name: str) -> None:
        self.path = path
        self.mapping = mapping
        self.name = name

    def __iter__(self) -> Iterator[TheirEvent]:
        """Raises ExportError where a cell cannot be what its column is for."""
        with _rows(self.path, self.mapping.delimiter) as (_, rows):
            for number, row in enumerate(rows, 1):
                yield _event(number, row, self.mapping, self.path)


def read_dataset(path: Path, mapping: Path | None = None) -> Dataset:
    """The table in a CSV or TSV file. Raises ExportError where it cannot be read, is of no shape that is known and no
    mapping is given, or where the mapping names a column that it lacks."""
    if mapping is not None:
        made, name = _own(mapping), "mapped"
    else:
        made, name = _recognised(path)
    with _rows(path, made.delimiter) as (header, _):
        for key, column in made.columns.items():
            if column not in header:
                raise ExportError(f"{path}: has no column {column!r} (for {key})")
    return Dataset(path, made, name)


@cache
def _known() -> Mapping[str, Any]:
    return data_table("datasets.toml")


def _recognised(path: Path) -> tuple[TableMapping, str]:
    with _rows(path, "") as (header, _):
        for name, told in _known().items():
            if set(told["recognised_by"]) <= set(header):
                columns = {key: column for key, column in told["columns"].items() if column in header}
                return TableMapping(columns=columns, holds=told["holds"]), name
    raise ExportError(
        f"{path}: its columns are not UCDP GED's or those of an ACLED file; name them in a --mapping (docs/exports.md)"
    )


def _own(path: Path) -> TableMapping:
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        columns = {str(key): str(column) for key, column in told["columns"].items()}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ExportError(f"{path}: cannot be read: {error}") from error
    except (KeyError, AttributeError) as error:
        raise ExportError(f"{path}: a mapping needs a table [columns]") from error
    options = {key: value for key, value in told.items() if key != "columns"}
    known = {"date_format", "separator", "delimiter", "holds"}
    if unknown := sorted({*columns} - {*KEYS} | {*options} - known):
        raise ExportError(f"{path}: {unknown[0]!r} is none of {', '.join((*KEYS, *sorted(known)))}")
    if "start" not in columns:
        raise ExportError(f"{path}: a mapping needs at least the column of the day: start = …")
    if options.get("holds", "all") not in ("lethal", "acled", "all"):
        raise ExportError(f"{path}: holds is lethal, acled or all")
    if not all(isinstance(value, str) for value in options.values()):
        raise ExportError(f"{path}: {', '.join(sorted(options))} are strings")
    return TableMapping(columns=columns, **options)


@contextmanager
def _rows(path: Path, delimiter: str) -> Iterator[tuple[list[str], Iterator[dict[str, str]]]]:
    """The header and the rows. Tabs separate cells where the header has more of them than commas."""
    former = csv.field_size_limit(_LONGEST)
    try:
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
            first = file.readline()
            file.seek(0)
            between = delimiter or max(",\t;", key=first.count)
            reader = csv.DictReader(file, delimiter=between, restval="")
            yield list(reader.fieldnames or ()), iter(reader)
    except (OSError, csv.Error) as error:
        raise ExportError(f"{path}: cannot be read as a table: {error}") from error
    finally:
        csv.field_size_limit(former)


def _event(number: int, row: dict[str, str], mapping: TableMapping, path: Path) -> TheirEvent:
    def cell(key: str) -> str:
        return bare((row.get(mapping.columns.get(key, "")) or "").strip())

    def names(key: str) -> tuple[str, ...]:
        return tuple(name for part in cell(key).split(mapping.separator) if (name := part.strip()))

    try:
        numbers = {key: _whole(cell(key)) for key in ("killed", "low", "best", "high", "violence", "place_precision")}
        point = _point(cell("latitude"), cell("longitude"))
        start, end = _day(cell("start"), mapping.date_format), _day(cell("end"), mapping.date_format)
    except ValueError as error:
        raise ExportError(f"{path}: row {number}: {error}") from error
    when = Days(start, end if "end" in mapping.columns else start)
    state = _state(cell("country"))
    return TheirEvent(
        row=number,
        id=cell("id"),
        when=when,
        point=point,
        place=cell("place"),
        country=state.iso2 if state else None,
        actors=names("actor"),
        recipients=names("recipient"),
        type=cell("type"),
        description=cell("description"),
        **numbers,
    )


def _whole(text: str) -> int | None:
    """A count; spreadsheets write 7 as 7.0. Less than nothing is how some tables write that they do not know."""
    if not text:
        return None
    value = float(text)
    if value != int(value):
        raise ValueError(f"{text!r} is no whole number")
    return int(value) if value >= 0 else None


def _point(latitude: str, longitude: str) -> tuple[float, float] | None:
    if not latitude or not longitude:
        return None
    lat, lon = float(latitude), float(longitude)
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise ValueError(f"{latitude}, {longitude} is no place on earth")
    return lat, lon


def _day(text: str, date_format: str) -> date | None:
    if not text:
        return None
    if date_format:
        return datetime.strptime(text, date_format).date()
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        for form in ("%d %B %Y", "%Y/%m/%d"):
            try:
                return datetime.strptime(text, form).date()
            except ValueError:
                continue
    raise ValueError(f'{text!r} is no day as 2024-01-18; name its form in the mapping: date_format = "%d/%m/%Y"')


def _state(text: str) -> State | None:
    """A country by its code or name; UCDP adds the former one ("Myanmar (Burma)")."""
    states = States.load()
    name = _BRACKETS.sub("", text)
    return states.by_iso2(text) or states.by_iso3(text) or states.named(text) or states.named(name)
