"""WARC to pages: each capture of a page that the archive's crawler got, with its address and its moment.

Read as a stream, one record at a time: memory does not grow with the archive. Every record is a page, a named
rejection, or counted in one rejection for each reason.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, cast

from variorum.records import Declared, Media, Page, Rejection

from .fetching.bodies import decoded
from .fetching.options import FetchOptions
from .fetching.refusal import Refusal
from .making import Tally, first_line, make_page, rejected, too_large
from .options import PageOptions

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

_PAGES: dict[str, Media] = {
    "text/html": "text/html",
    "application/xhtml+xml": "text/html",
    "text/plain": "text/plain",
    "application/pdf": "application/pdf",
}
_GROUPS = {"image": "images", "video": "videos", "audio": "sounds", "font": "fonts"}
_OTHERS = {
    "text/css": "style sheets",
    "application/javascript": "scripts",
    "text/javascript": "scripts",
    "application/x-javascript": "scripts",
    "application/json": "data",
}
_SLACK = 256  # bytes that a record's head may be longer than it was counted: white space
_HEADER_BYTES = 65_536  # of one record's, or one response's, whole head


class _Body(NamedTuple):
    """What a record holds, and what it says of it."""

    media: str
    charset: str | None
    content: bytes


def read_warc(stream: BinaryIO, source: str, options: PageOptions) -> Iterator[Page | Rejection]:
    """The pages of a WARC 1.0 or 1.1 file, already undone from gzip.

    Pages come of "response", "resource" and "conversion" records of HTML, text and PDF: the target address is the
    declared one, the record's date is `captured`. A page's source is ``source:number``, records counted from 1.
    """
    from fastwarc.warc import ArchiveIterator

    tally = Tally(source)
    number = behind = 0
    forward = _Forward(stream)
    try:
        archive = ArchiveIterator(
            cast(BinaryIO, forward),
            parse_http=False,
            stream_detect=False,
            quirks_mode=True,
            max_header_len=_HEADER_BYTES,
        )
        for record in archive:
            number += 1
            if number > 1 and record.stream_pos > behind + _SLACK:
                tally.add("unreadable", "stretch of bytes between records that is no record")
            behind = record.stream_pos + _head_bytes(record) + record.content_length
            if (found := _page(record, f"{source}:{number}", tally, options)) is not None:
                yield found
    except (OSError, EOFError, ValueError, zlib.error) as error:
        what = f"behind record {number} it" if number else "it"
        yield rejected(source, "unreadable", f"{what} cannot be read as a web archive: {first_line(error)}")
    else:
        if not number and forward.tell():
            yield rejected(source, "unreadable", "it holds no record of a web archive")
        elif not number:
            yield rejected(source, "empty", "it holds no records")
    yield from tally.rejections("record")


def _head_bytes(record: WarcRecord) -> int:
    """About how long a record's own head is."""
    return sum(len(name) + len(value) + 4 for name, value in record.headers.items_bytes()) + 12


class _Forward:
    """A stream that tells how far it is and cannot go back: all that the parser asks of one, whatever it stands on."""

    def __init__(self, stream: BinaryIO) -> None:
        self._read = getattr(stream, "read1", stream.read)
        self._at = 0

    def read(self, size: int = -1) -> bytes:
        data: bytes = self._read(size)
        self._at += len(data)
        return data

    def tell(self) -> int:
        return self._at


def _page(record: WarcRecord, where: str, tally: Tally, options: PageOptions) -> Page | Rejection | None:
    """What one record gives; None where it was counted."""
    from fastwarc.warc import WarcRecordType

    kind = record.record_type
    if kind == WarcRecordType.revisit:
        tally.add("revisit", "that repeat an earlier capture")
        return None
    if kind not in (WarcRecordType.response, WarcRecordType.resource, WarcRecordType.conversion):
        tally.add("not-a-page", f"of type {kind}")
        return None
    url = (record.headers.get("WARC-Target-URI") or "").strip("<> ")
    scheme = url.partition(":")[0].lower()
    if scheme not in ("http", "https"):
        tally.add("not-a-page", f"of {scheme or 'no'} addresses")
        return None
    try:
        body = _body(record, url, tally, options)
    except Refusal as refusal:
        reason = "unreadable" if refusal.reason == "unreachable" else refusal.reason
        return rejected(where, reason, f"{url}: {refusal.detail}")
    if body is None:
        return None
    if len(body.content) > options.file_bytes:
        return too_large(where, options.file_bytes, f"page ({url})")
    if not body.content.strip():
        tally.add("empty", "without content")
        return None
    media = _PAGES.get(body.media) or _sniffed(body.content)
    declared = Declared(url=url, charset=body.charset)
    return make_page(body.content, where, media, options, declared=declared, captured=_moment(record))


def _body(record: WarcRecord, url: str, tally: Tally, options: PageOptions) -> _Body | None:
    """The content of a record that may be a page, undone from its codings; None where it is none, and was counted.

    Raises Refusal where the content is cut off, too large or broken.
    """
    coding = transfer = charset = None
    if record.is_http:
        record.parse_http(auto_decode="none", max_header_len=_HEADER_BYTES, quirks_mode=True)
        headers = record.http_headers
        status = headers.status_code or 0
        if not 200 <= status <= 299 or status == 206:
            _count_status(status, tally)
            return None
        media = (record.http_content_type or "").lower()
        charset = record.http_charset
        coding, transfer = headers.get("Content-Encoding"), headers.get("Transfer-Encoding")
    else:
        media = (record.headers.get("Content-Type") or "").split(";")[0].strip().lower()
    if (media and media not in _PAGES) or url.partition("?")[0].endswith("/robots.txt"):
        tally.add("not-a-page", _kind_of(media, url))
        return None
    expected = record.content_length
    raw = _read(record.reader, min(expected, options.file_bytes + 1))
    if len(raw) < min(expected, options.file_bytes + 1):
        raise Refusal("unreadable", "its record is cut off")
    if len(raw) > options.file_bytes:
        raise Refusal("too-large", f"it is over the size limit of {options.file_bytes / 1e6:g} MB a page")
    if transfer and "chunked" in transfer.lower():
        raw = _unchunked(raw, options)
    return _Body(media, charset, _undone(raw, coding, options))


def _undone(raw: bytes, coding: str | None, options: PageOptions) -> bytes:
    """Content without its coding. Some crawlers keep the header over a body that they have undone already."""
    try:
        return decoded([raw], coding, FetchOptions(), limit=options.file_bytes)
    except Refusal as refusal:
        if refusal.reason == "unreachable" and raw[:512].lstrip()[:1] == b"<":
            return raw
        raise


def _unchunked(raw: bytes, options: PageOptions) -> bytes:
    from fastwarc.stream_io import ChunkedReader

    try:
        return _read(ChunkedReader(io.BytesIO(raw)), options.file_bytes + 1)
    except OSError:
        return raw  # undone already, as by crawlers that keep the header; a broken body shows in what comes next


def _read(reader: object, size: int) -> bytes:
    """Up to `size` bytes; a reader may give less at a time."""
    pieces = []
    while size > 0 and (piece := reader.read(size)):  # type: ignore[attr-defined]
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)


def _count_status(status: int, tally: Tally) -> None:
    if 300 <= status <= 399:
        tally.add("redirect", "that redirect")
    else:
        tally.add("error-page", f"with status {status}" if status else "with no status")


def _kind_of(media: str, url: str) -> str:
    if url.partition("?")[0].endswith("/robots.txt"):
        return "robots.txt"
    group = _GROUPS.get(media.partition("/")[0]) or _OTHERS.get(media)
    return group or ("feeds or other XML" if media.endswith("xml") else f"of {media[:60]}")


def _sniffed(content: bytes) -> Media:
    head = content[:1024].lstrip().lower()
    if head.startswith(b"%pdf-"):
        return "application/pdf"
    return "text/html" if b"<" in head else "text/plain"


def _moment(record: WarcRecord) -> str | None:
    try:
        moment = record.record_date
    except (ValueError, OSError):
        return None
    return moment.replace(microsecond=0).isoformat() if moment is not None else None
