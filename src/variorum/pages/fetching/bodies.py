"""Bodies undone from their content coding while they stream, never beyond a limit."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from typing import Protocol

import brotli

from .options import FetchOptions
from .refusal import Refusal

CODINGS = "gzip, deflate, br"
_STEP = 65_536  # bytes that one turn of a decompressor may give


class _Decoder(Protocol):
    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """What a chunk gives, in pieces of bounded size."""
        ...

    @property
    def complete(self) -> bool: ...


def decoded(chunks: Iterable[bytes], coding: str | None, options: FetchOptions, *, limit: int | None = None) -> bytes:
    """The body that `chunks` of the wire give under a Content-Encoding.

    `limit` stands in for ``options.body_bytes``. Raises Refusal: "too-large" over the size or the ratio,
    "unreachable" where the coding is unknown, broken or cut off.
    """
    limit = options.body_bytes if limit is None else limit
    decoder = _decoder(coding)
    body, wire = bytearray(), 0
    for chunk in chunks:
        wire += len(chunk)
        try:
            for piece in decoder.feed(chunk) if decoder else (chunk,):
                body += piece
                if len(body) > limit:
                    raise Refusal("too-large", f"it is over the size limit of {limit / 1e6:g} MB")
                if len(body) > max(options.ratio_from, options.ratio * wire):
                    raise Refusal("too-large", f"it unpacks to over {options.ratio} times its size")
        except (zlib.error, brotli.error) as error:
            raise Refusal("unreachable", "its compression is broken") from error
    if decoder and wire and not decoder.complete:
        raise Refusal("unreachable", "its compressed body is cut off")
    return bytes(body)


def _decoder(coding: str | None) -> _Decoder | None:
    name = (coding or "identity").strip().lower()
    if name in ("identity", ""):
        return None
    if name in ("gzip", "x-gzip"):
        return _Zlib(16 + zlib.MAX_WBITS)
    if name == "deflate":
        return _Zlib(zlib.MAX_WBITS)
    if name == "br":
        return _Brotli()
    raise Refusal("unreachable", f"its coding {name[:40]!r} is not known")


class _Zlib:
    """gzip (several members too) and deflate, which some servers send without its zlib header."""

    def __init__(self, bits: int) -> None:
        self._bits = bits
        self._state = zlib.decompressobj(bits)
        self._fresh = True
        self.complete = False

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        while chunk:
            if self.complete:
                if self._bits <= zlib.MAX_WBITS or not chunk.strip(b"\0"):
                    return  # padding behind the end
                self._state, self.complete = zlib.decompressobj(self._bits), False
            try:
                piece = self._state.decompress(chunk, _STEP)
            except zlib.error:
                if not self._fresh or self._bits != zlib.MAX_WBITS:
                    raise
                self._bits, self._state = -zlib.MAX_WBITS, zlib.decompressobj(-zlib.MAX_WBITS)
                piece = self._state.decompress(chunk, _STEP)
            self._fresh = False
            self.complete = self._state.eof
            chunk = self._state.unused_data if self.complete else self._state.unconsumed_tail
            yield piece
            if not chunk and not self.complete and len(piece) == _STEP:  # more may lie inside the decompressor
                chunk = b""
                while len(piece := self._state.decompress(b"", _STEP)):
                    yield piece
                self.complete = self._state.eof


class _Brotli:
    def __init__(self) -> None:
        self._state = brotli.Decompressor()

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        yield self._state.process(chunk, output_buffer_limit=_STEP)
        while not self._state.can_accept_more_data():
            yield self._state.process(b"", output_buffer_limit=_STEP)

    @property
    def complete(self) -> bool:
        return bool(self._state.is_finished())
