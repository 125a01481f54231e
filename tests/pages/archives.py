"""Archives made for the tests."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable

REPORT = b"<html><body><p>Two soldiers were wounded near the border on Monday, the governor said.</p></body></html>"


def warc_record(
    url: str,
    body: bytes = REPORT,
    *,
    kind: str = "response",
    status: str = "200 OK",
    media: str = "text/html; charset=utf-8",
    length: int | None = None,
    **headers: str,
) -> bytes:
    """One record; `headers` are the response's own, with _ for -. The body is the block of all but responses."""
    block, type_ = body, media
    if kind in ("response", "revisit"):
        lines = [f"HTTP/1.1 {status}", f"Content-Type: {media}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        block, type_ = "\r\n".join([*lines, "", ""]).encode() + body, "application/http; msgtype=response"
    head = [
        "WARC/1.1",
        f"WARC-Type: {kind}",
        f"WARC-Target-URI: {url}",
        "WARC-Date: 2031-05-06T07:08:09Z",
        "WARC-Record-ID: <urn:uuid:6d1f0f3a-0f0b-4c55-8b2b-3f1d2f6c9a01>",
        f"Content-Type: {type_}",
        f"Content-Length: {len(block) if length is None else length}",
    ]
    return "\r\n".join([*head, "", ""]).encode() + block + b"\r\n\r\n"


def zip_of(members: Iterable[tuple[str, bytes]], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compression) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return made.getvalue()


def gzip_of(unit: bytes, times: int) -> bytes:
    """`unit` over and over, gzipped without ever being held whole."""
    state = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(state.compress(unit) for _ in range(times)) + state.flush()
