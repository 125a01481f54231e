"""CSV and TSV to pages, a row a page. The first row names the columns.

The table is read as a stream, a row at a time. What separates its columns is told by its first row; its characters
are UTF-8 (or UTF-16 by its mark) and, where a line is not, Windows-1252 or what its bytes look like.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from typing import BinaryIO, Literal, NamedTuple

from variorum.records import Page, Rejection

from .json_lines import counted, record_page
from .kinds import binary_kind
from .making import first_line, rejected, too_large
from .options import Joined, PageOptions, read_up_to

_DELIMITERS = (",", "\t", ";", "|")
_SAMPLE = 100_000
_WIDE = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_MISSING = object()
_STATED = re.compile(r'"?sep=([,;\t|])"?\s*', re.IGNORECASE)  # a line before the header, for spreadsheet programs


class _LongLineError(Exception):
    """A line over the size limit of a row."""


def read_table(stream: BinaryIO, source: str, options: PageOptions) -> Iterator[Page | Rejection]:
    """The rows of a table. A page's source is ``source:line``, the line that its row begins on, the header's being 1.

    A table that lacks a column that was asked for gives one `Rejection`, which names the column and those there are.
    A row over the size limit ends the table with a `Rejection`: where the next row would begin cannot be told.
    """
    head = read_up_to(stream, _SAMPLE - 1)
    if b"\r" in head and b"\n" not in head:  # lines end as on early Macs
        stream = io.BufferedReader(Joined(head, stream, returns=True))
        head = read_up_to(stream, _SAMPLE - 1)
    wide = next((encoding for mark, encoding in _WIDE if head.startswith(mark)), None)
    if wide is None and (kind := binary_kind(head)):
        yield rejected(source, "binary", f"its content is not text but {kind}")
        return
    lines = _wide_lines(head, stream, wide, options) if wide else _lines(head, stream, options)
    csv.field_size_limit(options.line_bytes)  # one for the whole process, and other libraries lift it
    sample: list[str] = []
    try:
        for line in lines:
            sample.append(line)
            if sum(map(len, sample)) > _SAMPLE // 2 or len(sample) > 50:
                break
    except _LongLineError:
        yield too_large(source, options.line_bytes, "row")
        return
    if not any(line.strip() for line in sample):
        yield rejected(source, "empty", "it holds no records")
        return
    stated = _STATED.fullmatch(sample[0])
    if stated:
        sample[0] = "\n"
    found = _rows(_Replayed(sample, lines), source, options, _dialect(sample, options, stated and stated[1]))
    yield from counted(found, source, options.columns)


def _rows(lines: _Replayed, source: str, options: PageOptions, dialect: _Dialect) -> Iterator[Page | Rejection]:
    reader = csv.reader(lines, delimiter=dialect.delimiter, quoting=dialect.quoting)
    header: list[str] | None = None
    columns: dict[str, int] = {}
    seen = False
    while True:
        where = f"{source}:{reader.line_num + 1}"
        try:
            row = next(reader, None)
        except (_LongLineError, csv.Error) as error:
            if isinstance(error, csv.Error) and "limit" not in str(error):
                seen = True
                yield rejected(where, "unreadable", f"the row cannot be read: {first_line(error).partition(' - ')[0]}")
                continue
            limit = f"{options.line_bytes / 1e6:g} MB"
            yield rejected(where, "too-large", f"the row is over the size limit of {limit}; the rest is not read")
            return
        if row is None:
            break
        if not any(cell.strip() for cell in row):
            continue
        if header is None:
            header = row
            columns = _columns(header, options)
            if missing := [name for name in options.columns.asked() if name not in columns]:
                yield rejected(source, "no-such-column", _no_column(missing[0], header, options))
                return
            continue
        seen = True
        if lines.ended:
            yield rejected(
                where, "unreadable", "a quotation mark opens in this row and never closes: the rest is not read"
            )
            return
        values: dict[str, object] = {
            field: row[columns[name]] if name in columns and columns[name] < len(row) else _MISSING
            for field, name in options.columns.columns().items()
        }
        if values["text"] is _MISSING:
            yield rejected(where, "not-a-record", f"the row ends before its column {options.columns.text!r}")
        elif sum(map(len, row)) > options.line_bytes:
            yield too_large(where, options.line_bytes, "row")
        else:
            yield record_page(values, where, options.columns)
    if not seen:
        yield rejected(source, "empty", "it holds no records")


def _columns(header: list[str], options: PageOptions) -> dict[str, int]:
    """Where each wanted column stands: by its very name, else by its name whatever the case."""
    exact = {name.strip(): at for at, name in reversed(list(enumerate(header)))}
    folded = {name.casefold(): at for name, at in exact.items()}
    found = {}
    for name in options.columns.columns().values():
        at = exact.get(name.strip(), folded.get(name.strip().casefold()))
        if at is not None:
            found[name] = at
    return found


def _no_column(missing: str, header: list[str], options: PageOptions) -> str:
    named = ", ".join(f'"{name.strip()[:40]}"' for name in header[:40])
    hint = "; --map text=COLUMN names the one with the text" if options.columns.text == missing == "text" else ""
    return f'it has no column "{missing}"; its columns are {named}{hint}'


class _Dialect(NamedTuple):
    """What separates the columns, and whether quotes enclose fields."""

    delimiter: str
    quoting: Literal[0, 3]


def _dialect(sample: list[str], options: PageOptions, stated: str | None) -> _Dialect:
    """The delimiter that the table states, else that under which the header has the most of the wanted columns, then
    the most columns. Quotes enclose fields, unless a table with tabs breaks under that reading."""

    def fit(delimiter: str) -> tuple[int, int]:
        try:
            header = next(csv.reader([first], delimiter=delimiter), [])
        except csv.Error:
            return 0, 0
        return len(_columns(header, options)), len(header)

    first = next((line for line in sample if line.strip()), "")
    delimiter = stated or max(_DELIMITERS, key=fit)
    if delimiter == "\t":
        try:
            rows = list(csv.reader(sample[:-1], delimiter=delimiter, strict=True))
        except csv.Error:
            return _Dialect(delimiter, csv.QUOTE_NONE)
        width = len(next((row for row in rows if row), []))
        if any(row and len(row) != width for row in rows):
            return _Dialect(delimiter, csv.QUOTE_NONE)
    return _Dialect(delimiter, csv.QUOTE_MINIMAL)


class _Replayed(Iterator[str]):
    """Lines that were looked at, then the rest; `ended` where more were asked for than there are."""

    def __init__(self, seen: list[str], rest: Iterator[str]) -> None:
        self._seen = iter(seen)
        self._rest = rest
        self.ended = False

    def __next__(self) -> str:
        line = next(self._seen, None)
        if line is None and (line := next(self._rest, None)) is None:
            self.ended = True
            raise StopIteration
        return line


def _lines(head: bytes, stream: BinaryIO, options: PageOptions) -> Iterator[str]:
    rest = head.removeprefix(codecs.BOM_UTF8)
    fallback: str | None = None
    while True:
        cut = rest.find(b"\n") + 1
        if cut:
            line, rest = rest[:cut], rest[cut:]
        else:
            line, rest = rest + stream.readline(options.line_bytes + 1 - min(len(rest), options.line_bytes)), b""
        if not line:
            return
        if len(line) > options.line_bytes:
            raise _LongLineError
        try:
            yield line.decode("utf-8")
        except UnicodeDecodeError:
            fallback = fallback or _guess(head + line)
            yield line.decode(fallback, "replace")


def _wide_lines(head: bytes, stream: BinaryIO, encoding: str, options: PageOptions) -> Iterator[str]:
    joined = io.BufferedReader(Joined(head[2:], stream))
    text = io.TextIOWrapper(joined, encoding=encoding, errors="replace", newline="\n")
    while line := text.readline(options.line_bytes + 1):
        if len(line) > options.line_bytes:
            raise _LongLineError
        yield line


def _guess(sample: bytes) -> str:
    """The encoding of a table that is not UTF-8. Single-byte Western code pages differ in a few signs only; tables
    use Windows's, where curly quotes are."""
    from charset_normalizer import from_bytes

    best = from_bytes(sample[: 2 * _SAMPLE]).best()
    if best is None or best.encoding.startswith(("utf", "latin", "iso8859_15", "cp125", "cp437", "cp85", "mac")):
        return best.encoding if best is not None and best.encoding in {"cp1251", "cp1253", "cp1256"} else "cp1252"
    return best.encoding
