"""JSON Lines to pages, a record a line. Lines end at ``\\n`` alone: texts may hold U+2028 and its kind."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from variorum.identity import digest, stable_id
from variorum.records import Declared, Page, Rejection, RejectionReason

from .kinds import binary_kind

_DECLARED = ("title", "published", "url", "outlet", "language")
_BOM = b"\xef\xbb\xbf"


def read_json_lines(stream: BinaryIO, source: str, *, line_bytes: int, head: bytes = b"") -> Iterator[Page | Rejection]:
    """The records of `stream`, whose first line (or lines) may already be read as `head`.

    A page's source is ``source:line``, lines counted from 1. Blank lines are no records. A stream that is no text at
    all, and one without a record, gives one `Rejection` for the whole.
    """
    seen = False
    for number, line in _lines(stream, line_bytes, head):
        where = f"{source}:{number}"
        if number == 1 and line is not None and (kind := binary_kind(line)):
            yield _rejected(source, "binary", f"its content is not text but {kind}")
            return
        if line is None:
            seen = True
            yield _rejected(where, "too-large", f"the line is over the size limit of {line_bytes / 1e6:g} MB a record")
        elif line.strip():
            seen = True
            yield _page(line, where)
    if not seen:
        yield _rejected(source, "empty", "it holds no records")


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


def _page(line: bytes, where: str) -> Page | Rejection:
    try:
        record: Any = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        return _rejected(where, "not-json", f"the line is not valid UTF-8 (byte {error.start + 1})")
    except json.JSONDecodeError as error:
        return _rejected(where, "not-json", f"the line is not valid JSON: {error.msg} (column {error.colno})")
    except (ValueError, RecursionError) as error:  # numbers past Python's limit; nesting past its stack
        return _rejected(where, "not-json", f"the line is not usable JSON: {str(error).splitlines()[0]}")
    if not isinstance(record, dict):
        return _rejected(where, "not-a-record", f"the line holds no JSON object but a {_json_type(record)}")
    text = record.get("text")
    if not isinstance(text, str):
        missing = 'it has no "text"' if "text" not in record else f'its "text" is no string but a {_json_type(text)}'
        return _rejected(where, "not-a-record", missing)
    declared = _declared(record)
    for name, value in (("text", text), *((name, getattr(declared, name)) for name in ("id", *_DECLARED))):
        if value is not None and (at := _half_pair(value)) is not None:
            detail = f'its "{name}" has half of a surrogate pair at character {at}, which no UTF-8 file can hold'
            return _rejected(where, "not-a-record", detail)
    content = text.encode("utf-8")
    parts = [getattr(declared, name) for name in ("id", *_DECLARED)]
    return Page(
        id=stable_id("p", ("application/json", digest(content), *parts)),
        source=where,
        media="application/json",
        content=content,
        declared=declared,
    )


def _half_pair(value: str) -> int | None:
    """Where a string stops being Unicode text, if it does."""
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        return error.start
    return None


def _declared(record: dict[str, Any]) -> Declared:
    given = record.get("id")
    id_ = str(given) if isinstance(given, int | str) and not isinstance(given, bool) and str(given).strip() else None
    fields = {name: record[name] for name in _DECLARED if isinstance(record.get(name), str) and record[name].strip()}
    return Declared(id=id_, **fields)


def _json_type(value: object) -> str:
    names = {dict: "object", list: "list", str: "string", bool: "boolean", int: "number", float: "number"}
    return "null" if value is None else names.get(type(value), "value")


def _rejected(source: str, reason: RejectionReason, detail: str) -> Rejection:
    return Rejection(id=stable_id("r", (source, reason, detail)), source=source, reason=reason, detail=detail)
