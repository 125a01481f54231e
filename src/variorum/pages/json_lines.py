"""JSON to pages, a record a page: JSON Lines, and files that hold one array.

Lines end at ``\\n`` alone: texts may hold U+2028 and its kind.
"""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

import msgspec

from variorum.identity import digest, stable_id
from variorum.records import Declared, Page, Rejection, RejectionReason

from .kinds import binary_kind
from .making import first_line, rejected, too_large
from .options import FIELDS, WIDE_MARKS, ColumnMap, Joined, PageOptions

_BOM = b"\xef\xbb\xbf"
_DECLARED = ("title", "published", "url", "outlet", "language")  # the order in which a page's id hashes them
_MISSING = object()
_NAMED = 20  # records of one file without the text's key that are named; a wrong mapping misses in every one
_BEGINS = re.compile(rb"\S")


def read_json_lines(
    stream: BinaryIO, source: str, options: PageOptions, *, head: bytes = b""
) -> Iterator[Page | Rejection]:
    """The records of `stream`, whose first line (or lines) may already be read as `head`.

    A page's source is ``source:line``, lines counted from 1. Blank lines are no records. A stream that is no text at
    all, and one without a record, gives one `Rejection` for the whole.
    """
    yield from counted(_line_records(stream, source, options, head), source, options.columns)


def _line_records(stream: BinaryIO, source: str, options: PageOptions, head: bytes) -> Iterator[Page | Rejection]:
    seen = False
    head = head or stream.readline(options.line_bytes + 1)
    if head.startswith(WIDE_MARKS):
        stream, head = cast(BinaryIO, _Narrowed(io.BufferedReader(Joined(head, stream)))), b""
    for number, line in _lines(stream, options.line_bytes, head):
        where = f"{source}:{number}"
        if number == 1 and line is not None and (kind := binary_kind(line)):
            yield rejected(source, "binary", f"its content is not text but {kind}")
            return
        if line is None:
            seen = True
            yield too_large(where, options.line_bytes, "record")
        elif line.strip():
            seen = True
            yield _parsed(line, where, options.columns)
    if not seen:
        yield rejected(source, "empty", "it holds no records")


def counted(found: Iterator[Page | Rejection], source: str, columns: ColumnMap) -> Iterator[Page | Rejection]:
    """`found`, where of the records that are none only the first are named and the others counted: those without the
    text's key, those that are no JSON, and the rest, each by themselves."""
    broken: Counter[tuple[RejectionReason, str]] = Counter()
    for each in found:
        if isinstance(each, Rejection) and each.reason in ("not-json", "not-a-record"):
            lacking = each.detail.startswith(_lacks(columns))
            what = f'without "{columns.text}"' if lacking else "that cannot be read"
            broken[each.reason, what] += 1
            if broken[each.reason, what] > _NAMED:
                continue
        yield each
    for (reason, what), count in sorted(broken.items()):
        if (more := count - _NAMED) > 0:
            yield rejected(source, reason, f"{more:,} more record{'s' if more > 1 else ''} {what}")


def _lacks(columns: ColumnMap) -> str:
    return f'it has no "{columns.text}"; its keys are '


class _Narrowed:
    """The lines of a stream in UTF-16 as UTF-8."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._text = io.TextIOWrapper(stream, encoding="utf-16", errors="replace", newline="\n")

    def readline(self, size: int) -> bytes:
        return self._text.readline(size).encode("utf-8", "replace")


def _lines(stream: BinaryIO, line_bytes: int, head: bytes) -> Iterator[tuple[int, bytes | None]]:
    """Numbered lines; None stands for a line over the limit, which is skipped without being held."""
    number = 0
    pending = head.splitlines(keepends=True) if head.count(b"\n") > 1 else [head] if head else []
    while line := pending.pop(0) if pending else stream.readline(line_bytes + 1):
        number += 1
        if len(line) > line_bytes and not line.endswith(b"\n"):
            while (rest := stream.readline(line_bytes + 1)) and not rest.endswith(b"\n"):
                pass
            yield number, None
            continue
        yield number, line.removeprefix(_BOM) if number == 1 else line


def read_json(content: bytes, source: str, options: PageOptions) -> Iterator[Page | Rejection]:
    """A ``.json`` file: an array of records, an object with one such array in it, one record, or JSON Lines.

    A page's source is ``source:number``, records counted from 1. More than `PageOptions.array_bytes` are rejected.
    """
    yield from counted(_array_records(content, source, options), source, options.columns)


def _array_records(content: bytes, source: str, options: PageOptions) -> Iterator[Page | Rejection]:
    if len(content) > options.array_bytes:
        yield too_large(source, options.array_bytes, "JSON file (JSON Lines have no such limit)")
        return
    content = content.removeprefix(_BOM)
    if kind := binary_kind(content):
        yield rejected(source, "binary", f"its content is not text but {kind}")
        return
    begins = _BEGINS.search(content)
    if begins is None:
        yield rejected(source, "empty", "it holds no records")
        return
    first, second = _two_lines(content, begins.start()) if begins[0] == b"{" else (b"", b"")
    if second and is_object(first):
        yield from _line_records(io.BytesIO(content), source, options, b"")
        return
    try:
        records = _records(content, options.columns)
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        if is_object(second):  # JSON Lines, of which the first is broken
            yield from _line_records(io.BytesIO(content), source, options, b"")
            return
        yield rejected(source, "not-json", f"it is not valid JSON: {first_line(error)}")
        return
    if not records:
        yield rejected(source, "empty", "it holds no records")
    for number, record in enumerate(records, 1):
        where = f"{source}:{number}"
        if len(record) > options.line_bytes:
            yield too_large(where, options.line_bytes, "record")
        else:
            yield _parsed(bytes(record), where, options.columns, "record")


def _records(content: bytes, columns: ColumnMap) -> list[msgspec.Raw]:
    """The records as slices of the content, none parsed yet."""
    begins = _BEGINS.search(content)
    if begins is None or begins[0] != b"{":
        return msgspec.json.decode(content, type=list[msgspec.Raw])
    whole = msgspec.json.decode(content, type=dict[str, msgspec.Raw])
    arrays = [value for value in whole.values() if bytes(memoryview(value)[:1]) == b"["]
    if columns.text not in whole and len(arrays) == 1:
        return msgspec.json.decode(arrays[0], type=list[msgspec.Raw])
    return [msgspec.Raw(content)]


def _two_lines(content: bytes, start: int) -> tuple[bytes, bytes]:
    """The first two lines that are not empty; the second is empty where there is none."""
    ends = content.find(b"\n", start)
    following = _BEGINS.search(content, ends) if ends > 0 else None
    if following is None:
        return content[start:], b""
    second = content.find(b"\n", following.start())
    return content[start:ends], content[following.start() : second if second > 0 else len(content)]


def is_object(line: bytes) -> bool:
    """Whether a line is a JSON object."""
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _parsed(line: bytes, where: str, columns: ColumnMap, what: str = "line") -> Page | Rejection:
    try:
        record: Any = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        return rejected(where, "not-json", f"the {what} is not valid UTF-8 (byte {error.start + 1})")
    except json.JSONDecodeError as error:
        return rejected(where, "not-json", f"the {what} is not valid JSON: {error.msg} (column {error.colno})")
    except (ValueError, RecursionError) as error:  # numbers past Python's limit; nesting past its stack
        return rejected(where, "not-json", f"the {what} is not usable JSON: {first_line(error)}")
    if not isinstance(record, dict):
        return rejected(where, "not-a-record", f"the {what} holds no JSON object but a {_json_type(record)}")
    values = {field: _value(record, column) for field, column in columns.columns().items()}
    text = values["text"]
    if not isinstance(text, str):
        if text is not _MISSING:
            return rejected(where, "not-a-record", f'its "{columns.text}" is no string but a {_json_type(text)}')
        keys = ", ".join(f'"{key}"' for key in list(record)[:20])
        hint = "; --map text=KEY names the one with the text" if columns.text == "text" and keys else ""
        return rejected(where, "not-a-record", f"{_lacks(columns)}{keys or 'none'}{hint}")
    return record_page(values, where, columns)


def record_page(values: dict[str, object], where: str, columns: ColumnMap) -> Page | Rejection:
    """The page of a record by field; `values["text"]` is a string, and of the others only strings are used, of "id"
    and "published" integers too."""
    text = str(values["text"])
    declared = _declared(values)
    for field in FIELDS:
        value = text if field == "text" else getattr(declared, field)
        if value is not None and (at := _half_pair(value)) is not None:
            name = getattr(columns, field)
            detail = f'its "{name}" has half of a surrogate pair at character {at}, which no UTF-8 file can hold'
            return rejected(where, "not-a-record", detail)
        if value is not None and "\0" in value:
            detail = f'its "{getattr(columns, field)}" has a NUL at character {value.index(chr(0))}, which no text has'
            return rejected(where, "not-a-record", detail)
    content = text.encode("utf-8")
    parts = [getattr(declared, name) for name in ("id", *_DECLARED)]
    return Page(
        id=stable_id("p", ("application/json", digest(content), *parts)),
        source=where,
        media="application/json",
        content=content,
        declared=declared,
    )


def _value(record: dict[str, Any], column: str) -> object:
    """What a record has under a key, or under a path of keys with dots."""
    if column in record:
        return record[column]
    found: Any = record
    for key in column.split("."):
        if not isinstance(found, dict) or key not in found:
            return _MISSING
        found = found[key]
    return found


def _half_pair(value: str) -> int | None:
    """Where a string stops being Unicode text, if it does."""
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        return error.start
    return None


def _declared(values: dict[str, object]) -> Declared:
    given = values.get("id")
    id_ = str(given) if isinstance(given, int | str) and not isinstance(given, bool) and str(given).strip() else None
    published = values.get("published")
    if isinstance(published, int) and not isinstance(published, bool):
        values = {**values, "published": str(published)}  # 20240118 is a date; what is none is told with its reason
    fields = {name: value for name in _DECLARED if isinstance(value := values.get(name), str) and value.strip()}
    return Declared(id=id_, **fields)


def _json_type(value: object) -> str:
    names = {dict: "object", list: "list", str: "string", bool: "boolean", int: "number", float: "number"}
    return "null" if value is None else names.get(type(value), "value")
