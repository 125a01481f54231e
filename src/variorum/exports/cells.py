"""Cells of tables that other programs open: no cell is ever taken for a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

_FORMULA = re.compile("[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
# What would open a cell where another separator is taken for ours; numbers in a list stay as they are.
_INNER = re.compile(f'([;,|\t\r\n]"*)(?={_FORMULA.pattern})(?!{_NUMBER.pattern}(?:[;,|\t\r\n]|$))')
_GUARDED = re.compile(f"([;,|\t\r\n]\"*)'(?={_FORMULA.pattern})")
_BREAKS = re.compile(r"[\t\r\n\x00]+")

Value = str | int | float | bool | None


def cell(value: Value) -> str:
    """A value as text; None is empty, numbers stay numbers. Text that a spreadsheet would run as a formula (it opens
    with =, +, -, @, their full-width forms, a tab or the end of a line) gets an apostrophe in front, as OWASP advises
    against CSV injection; so does what stands behind a comma, semicolon, bar or tab inside it, for a program that takes
    that for the separator."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return format(value, ".10g")
    if isinstance(value, int):
        return str(value)
    text = value.replace("\x00", "")
    text = _INNER.sub(r"\1'", text)
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def bare(value: str) -> str:
    """The text of a cell, without the apostrophes that `cell` put into it."""
    return _GUARDED.sub(r"\1", value[1:] if value[:1] == "'" and _FORMULA.match(value[1:]) else value)


def csv_lines(columns: Sequence[str], rows: Iterable[Mapping[str, Value]]) -> Iterator[str]:
    """RFC 4180 rows under their header, a line at a time, each ended by a line feed. What is not told is empty."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        yield _taken(out)
        writer.writerow([cell(row.get(name)) for name in columns])
    yield _taken(out)


def tsv_lines(columns: Sequence[str], rows: Iterable[Mapping[str, Value]]) -> Iterator[str]:
    """Rows with tabs between cells and no quoting: tabs and line breaks inside a cell become spaces."""
    yield "\t".join(columns) + "\n"
    for row in rows:
        yield "\t".join(_BREAKS.sub(" ", cell(row.get(name))) for name in columns) + "\n"


def _taken(out: io.StringIO) -> str:
    line = out.getvalue()
    out.seek(0)
    out.truncate()
    return line
