"""Bytes of a page to the text that every later offset counts in."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from variorum.records import Media

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CHARSET = re.compile(rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_HEAD = 4_096
_SAMPLE = 200_000


class Decoded(NamedTuple):
    """The text, the encoding that gave it, and what named that encoding."""

    text: str
    encoding: str
    reason: str


def decode(content: bytes, media: Media, charset: str | None = None) -> Decoded:
    """Decode a page. Order of trust: byte order mark, valid UTF-8, the server's `charset`, the page's own
    declaration, a guess (the HTML standard's order, but that no one declares valid UTF-8 to be something else).

    The same bytes always give the same text. What cannot be decoded becomes U+FFFD, so nothing fails and nothing is
    dropped; a record of JSON Lines comes back exactly as it was.
    """
    if media == "application/json":
        return Decoded(content.decode("utf-8", "surrogatepass"), "utf-8", "JSON Lines")
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return Decoded(content[len(mark) :].decode(encoding, "replace"), encoding, "byte order mark")
    try:
        return Decoded(content.decode("utf-8"), "utf-8", "valid UTF-8")
    except UnicodeDecodeError as error:
        cut_off = error.start > len(content) - 4 and error.reason == "unexpected end of data"
    if charset and (served := _known(charset)):
        return Decoded(content.decode(served, "replace"), served, "declared by the server")
    tag = _CHARSET.search(content[:_HEAD]) if media == "text/html" else None
    if tag and (declared := _known(tag.group(1).decode("ascii", "replace"))):
        return Decoded(content.decode(declared, "replace"), declared, "declared by the page")
    if cut_off:
        return Decoded(content.decode("utf-8", "replace"), "utf-8", "UTF-8, cut off at its end")
    encoding = _guess(content)
    return Decoded(content.decode(encoding, "replace"), encoding, "guessed from its bytes")


def _known(name: str) -> str | None:
    """Python's name of a declared encoding, as browsers read it: Latin-1 means Windows-1252."""
    try:
        known = codecs.lookup(name).name
    except LookupError:
        return None
    if known in {"utf-8", "utf-16", "utf-16-le", "utf-16-be"}:  # these bytes are not UTF-8, and a tag is ASCII
        return None
    return "cp1252" if known in {"iso8859-1", "ascii"} else known


def _guess(content: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(content[:_SAMPLE]).best()
    if best is None:
        return "cp1252"
    # Single-byte Western code pages differ in a few signs only; news uses Windows's, where curly quotes are.
    western = {
        "cp1250",
        "cp1252",
        "latin_1",
        "iso8859_15",
        "cp1254",
        "mac_roman",
        "cp850",
        "cp437",
        "cp858",
        "hp_roman8",
    }
    return "cp1252" if best.encoding in western or best.encoding.startswith("utf") else best.encoding
