"""MHTML to a page: what browsers save as one file (RFC 2557), the page itself without its pictures and frames."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from datetime import UTC
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from variorum.records import Declared, Page, Rejection

from .making import first_line, make_page, rejected, too_large
from .options import PageOptions

_HEAD = 16_384  # bytes of one part's head
_PARTS = 10_000  # parts of one file: a page has hundreds of pictures at most
_DEEPEST = 4  # multiparts inside multiparts: "alternative" inside "related" is two
_PAGES = ("text/html", "application/xhtml+xml")
_BLANK = re.compile(rb"\r?\n\r?\n")
_WEB = re.compile(r"https?://\S+", re.IGNORECASE)


class _BrokenError(Exception):
    """It is no MHTML that can be read; the message says why. It never leaves reading."""


class _Part(NamedTuple):
    """A part's head, and where its body stands in the file; `whole` where its end was found."""

    head: Message
    start: int
    end: int
    whole: bool


def read_mhtml(content: bytes, source: str, options: PageOptions) -> Page | Rejection:
    """The page that was saved: the part named as the start, else the first of HTML. Its address is the declared one,
    the moment of saving is `captured`."""
    if len(content) > options.array_bytes:
        return too_large(source, options.array_bytes)
    if not content.strip():
        return rejected(source, "empty", "it holds nothing")
    try:
        whole = _message(content)
        part = _root(content, whole, 0)
        body = _decoded(content[part.start : part.end], part.head)
    except (_BrokenError, binascii.Error) as error:
        return rejected(source, "unreadable", f"it cannot be read as a saved page: {first_line(error)}")
    given = (part.head["Content-Location"], whole.head["Snapshot-Content-Location"], whole.head["Content-Location"])
    url = next((each.strip() for each in map(_text, given) if _WEB.fullmatch(each.strip())), None)
    charset = part.head.get_content_charset()
    declared = Declared(url=url, charset=charset)
    return make_page(body, source, "text/html", options, declared=declared, captured=_moment(whole.head))


def _message(content: bytes) -> _Part:
    part = _part(content, 0, len(content))
    if part is None:
        raise _BrokenError("its head has no end")
    return part


def _part(content: bytes, start: int, end: int, *, whole: bool = True) -> _Part | None:
    """The part that begins at `start`; None where its head has no end."""
    blank = _BLANK.search(content, start, min(end, start + _HEAD))
    if blank is None:
        return None
    return _Part(BytesHeaderParser().parsebytes(content[start : blank.start()]), blank.end(), end, whole)


def _root(content: bytes, whole: _Part, depth: int) -> _Part:
    """The part that is the page, in multiparts of multiparts too."""
    kind = whole.head.get_content_type()
    if kind in _PAGES:
        if not whole.whole:
            raise _BrokenError("it is cut off inside its page")
        return whole
    if not kind.startswith("multipart/") or depth >= _DEEPEST:
        raise _BrokenError("it holds no page")
    wanted = {_text(whole.head.get_param("start")).strip("<> "), _text(whole.head["Snapshot-Content-Location"]).strip()}
    wanted.discard("")
    first: _Part | None = None
    for part in _parts(content, whole):
        if (kind := part.head.get_content_type()) not in _PAGES and not kind.startswith("multipart/"):
            continue
        names = {_text(part.head["Content-ID"]).strip("<> "), _text(part.head["Content-Location"]).strip()}
        if not wanted or wanted & names:
            return _root(content, part, depth + 1)
        first = first or part
    if first is None:
        raise _BrokenError("it holds no page")
    return _root(content, first, depth + 1)


def _parts(content: bytes, whole: _Part) -> Iterator[_Part]:
    boundary = _text(whole.head.get_boundary())
    if not boundary:
        raise _BrokenError("it names no boundary between its parts")
    border = re.escape(boundary.encode("latin-1", "replace"))
    line = re.compile(rb"(?:(?<=\n)|\r?\n)--" + border + rb"(--)?[ \t]*(?:\r?\n|\Z)")
    start: int | None = None
    for number, found in enumerate(line.finditer(content, whole.start, whole.end)):
        if number > _PARTS:
            raise _BrokenError(f"it has more than {_PARTS:,} parts")
        if start is not None and (part := _part(content, start, found.start())) is not None:
            yield part
        if found[1]:
            return
        start = found.end()
    if start is not None and (part := _part(content, start, whole.end, whole=False)) is not None:
        yield part


def _decoded(body: bytes, head: Message) -> bytes:
    coding = _text(head["Content-Transfer-Encoding"]).strip().lower()
    if coding == "quoted-printable":
        return binascii.a2b_qp(body)
    if coding == "base64":
        return binascii.a2b_base64(body)
    if coding in ("", "7bit", "8bit", "binary"):
        return body
    raise _BrokenError(f"its coding {coding[:40]!r} is not known")


def _text(value: object) -> str:
    """A header's or parameter's value; one of another charset comes as three parts (RFC 2231)."""
    return str(value[2]) if isinstance(value, tuple) else str(value or "")


def _moment(head: Message) -> str | None:
    try:
        moment = parsedate_to_datetime(_text(head["Date"]))
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return moment.astimezone(UTC).replace(microsecond=0).isoformat() if moment.tzinfo else None
