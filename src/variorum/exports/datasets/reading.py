"""A user's own table of events: UCDP GED's and ACLED's shapes by their columns, any other by a mapping."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeVar

from variorum.errors import ExportError
from variorum.exports.cells import bare
from variorum.exports.shapes import Days
from variorum.packaged import data_table
from variorum.records import Record
from variorum.world.states import State, States

T = TypeVar("T")
Holds = Literal["lethal", "acled", "all"]
KEYS = (
    "id", "start", "end", "latitude", "longitude", "place", "place_precision", "country", "actor", "recipient",
    "violence", "type", "killed", "low", "best", "high", "description",
)  # fmt: skip
"""What a mapping may name a column for."""
_LONGEST = 2**24  # characters of a cell: GED lists every article of an event in one
_GROUPED = re.compile(r"\d{1,3}([, \u00a0\u202f]\d{3})+")
_THOUSANDS = re.compile(r"\D")
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
        """Rows in which no column that is read holds anything are none. Raises ExportError where cells cannot be what
        their columns are for: with the first of them, and how many there are."""
        faults: list[str] = []
        with _rows(self.path, self.mapping.delimiter) as (_, rows):
            for number, row in enumerate(rows, 1):
                if any((row.get(column) or "").strip() for column in self.mapping.columns.values()):
                    found = _event(number, row, self.mapping, faults)
                    if not faults:
                        yield found
        if faults:
            more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
            raise ExportError(f"{self.path}: {faults[0]}{more}")


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


def _event(number: int, row: dict[str, str], mapping: TableMapping, faults: list[str]) -> TheirEvent:
    """The event of a row; what its cells cannot mean is told in `faults`, and empty in the event."""

    def cell(key: str) -> str:
        return bare((row.get(mapping.columns.get(key, "")) or "").strip())

    def names(key: str) -> tuple[str, ...]:
        return tuple(name for part in cell(key).split(mapping.separator) if (name := part.strip()))

    def told(key: str, read: Callable[[str], T]) -> T | None:
        if not (words := cell(key)):
            return None
        try:
            return read(words)
        except ValueError as error:
            faults.append(f"row {number}, column {mapping.columns[key]!r}: {error}")
            return None

    def day(words: str) -> date:
        return _day(words, mapping.date_format)

    numbers = {key: told(key, _whole) for key in ("killed", "low", "best", "high", "violence", "place_precision")}
    lat, lon = (
        told("latitude", lambda words: _degrees(words, 90)),
        told("longitude", lambda words: _degrees(words, 180)),
    )
    start, end = told("start", day), told("end", day)
    state = _state(cell("country"))
    return TheirEvent(
        row=number,
        id=cell("id"),
        when=Days(start, end or start),
        point=(lat, lon) if lat is not None and lon is not None else None,
        place=cell("place"),
        country=state.iso2 if state else None,
        actors=names("actor"),
        recipients=names("recipient"),
        type=cell("type"),
        description=cell("description"),
        **numbers,
    )


def _number(text: str) -> float:
    """A number with a point or, as many countries write it, a comma before its fraction."""
    try:
        return float(text.replace(",", ".") if "." not in text else text)
    except ValueError as error:
        raise ValueError(f"{text!r} is no number") from error


def _whole(text: str) -> int | None:
    """A count; spreadsheets write 7 as 7.0, and 1200 as 1,200. Less than nothing is how some tables write that they do
    not know."""
    value = _number(_THOUSANDS.sub("", text) if _GROUPED.fullmatch(text) else text)
    if value != int(value):
        raise ValueError(f"{text!r} is no whole number")
    return int(value) if value >= 0 else None


def _degrees(text: str, most: int) -> float:
    value = _number(text)
    if not -most <= value <= most:
        raise ValueError(f"{text!r} is not within {most} degrees")
    return value


def _day(text: str, date_format: str) -> date:
    if date_format:
        try:
            return datetime.strptime(text, date_format).date()
        except ValueError as error:
            raise ValueError(f"{text!r} is no day in the form {date_format!r}") from error
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
