"""What a file is: by its name which reader takes it, by its first bytes whether it is text at all."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from variorum.records import Media

STDIN = "-"

Reader = Literal["page", "records", "array", "table", "web-archive", "zip", "wacz", "feed", "addresses"]

_KINDS: dict[str, tuple[Reader, Media]] = {
    ".txt": ("page", "text/plain"),
    ".md": ("page", "text/plain"),
    ".html": ("page", "text/html"),
    ".htm": ("page", "text/html"),
    ".xhtml": ("page", "text/html"),
    ".pdf": ("page", "application/pdf"),
    ".jsonl": ("records", "application/json"),
    ".ndjson": ("records", "application/json"),
    ".json": ("array", "application/json"),
    ".csv": ("table", "application/json"),
    ".tsv": ("table", "application/json"),
    ".warc": ("web-archive", "text/html"),
    ".wacz": ("wacz", "text/html"),
    ".zip": ("zip", "text/html"),
    ".xml": ("feed", "text/html"),
    ".rss": ("feed", "text/html"),
    ".atom": ("feed", "text/html"),
    ".rdf": ("feed", "text/html"),
    ".urls": ("addresses", "text/html"),
}

# What stands beside a saved page, in a folder of its own: it is no report and no loss.
_PART_OF_PAGE = re.compile(
    r"\.(?:css|m?js|map|png|jpe?g?|gif|webp|avif|svg|ico|bmp|tiff?|woff2?|[to]tf|eot|mp3|m4[av]|ogg|wav|mp4|webm|mov|avi"
    r"|swf)",
    re.IGNORECASE,
)

# First bytes of the formats that most often hide behind a text name; from the formats' own specifications.
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\x1f\x8b", "gzip data"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a RIFF container"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
)
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")  # UTF-16 and UTF-32 have NUL bytes of their own
_CONTROLS = bytes(set(range(32)) - {7, 8, 9, 10, 11, 12, 13, 27})  # what no 8-bit text encoding uses for letters
_SAMPLE = 65_536
_CONTROL_SHARE = 0.02  # one stray control character in fifty is still a text; random bytes have one in ten


class FileKind(NamedTuple):
    """Which `reader` takes a file, the `media` of the pages that it gives (an archive: of most), whether gzip holds
    it."""

    reader: Reader
    media: Media
    zipped: bool


def file_kind(name: str) -> FileKind | None:
    """The kind of a file by its name; None where no reader takes it."""
    lower = name.lower()
    zipped = lower.endswith(".gz")
    stem = lower.removesuffix(".gz")
    found = _KINDS.get(stem[stem.rfind(".") :]) if "." in stem else None
    return FileKind(*found, zipped) if found else None


def part_of_page(name: str) -> str | None:
    """The suffix of a picture, a script, a style sheet, a font, a sound or a video; None for any other file."""
    suffix = name[name.rfind(".") :] if "." in name else ""
    return suffix.lower() if _PART_OF_PAGE.fullmatch(suffix) else None


def binary_kind(content: bytes) -> str | None:
    """What bytes are that cannot be text ("a PDF", "binary data"); None where they may be text."""
    for signature, kind in _SIGNATURES:
        if content.startswith(signature):
            return kind
    if content.startswith(_WIDE_MARKS):
        return None
    sample = content[:_SAMPLE]
    if b"\x00" in sample:
        return "binary data"
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    return "binary data" if controls > _CONTROL_SHARE * len(sample) else None
