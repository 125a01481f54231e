"""What a file is: by its name which reader takes it, by its first bytes whether it is text at all."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal, NamedTuple

from variorum.records import Media

from .feeds import is_feed

STDIN = "-"

Reader = Literal[
    "page", "records", "array", "table", "web-archive", "zip", "wacz", "feed", "addresses", "saved-page", "sniffed"
]

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
    ".mhtml": ("saved-page", "text/html"),
    ".mht": ("saved-page", "text/html"),
}
# What servers make pages with: programs that save an address as it is written keep these.
_SERVED = re.compile(r"\.(?:aspx?|cfm|cgi|cms|dhtml|do|ece|jhtml|jspx?|php[35]?|phtml|shtml?|stm)")
_NAME = 1_000  # characters of a name that is looked at: file systems have up to 255 in each part of it
_SAVED = re.compile(r"x?html?|mht(?:ml)?", re.IGNORECASE)
_SUFFIX = re.compile(r"\.[a-z][a-z0-9_-]{0,11}")  # what a program made a suffix of, and no part of a sentence or a date

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
SNIFFED = 4_096
_WARC = re.compile(rb"WARC/[01]\.")
_OFFICE = re.compile(rb"\[Content_Types\]|mimetype|META-INF/|_rels/|docProps/|word/|xl/|ppt/")  # by its first member
_COLLECTION = re.compile(rb"archive/[^/]+\.warc|datapackage\.json|indexes/|pages/pages\.jsonl")
_MESSAGE = re.compile(rb"(?:from|mime-version|subject|date|content-[\w-]+|snapshot-[\w-]+|x-[\w-]+) ?:", re.IGNORECASE)
_RECORDS = re.compile(rb'\{\s*["}]|\[\s*[{\]]')
_HTML = re.compile(rb"<(?:!doctype\s+html|html|body)[\s>]", re.IGNORECASE)
_TAG = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|title|meta|link|script|style|div|p|h[1-6]|article|section|main|table|span|br"
    rb"|a|b|i|ul|ol|font|center)[\s/>]",
    re.IGNORECASE,
)
_CONTROL_SHARE = 0.02  # one stray control character in fifty is still a text; random bytes have one in ten


class FileKind(NamedTuple):
    """Which `reader` takes a file, the `media` of the pages that it gives (an archive: of most), whether gzip holds
    it."""

    reader: Reader
    media: Media
    zipped: bool


def file_kind(name: str) -> FileKind | None:
    """The kind of a file by its name, "sniffed" where that tells nothing (it has no suffix, or is the end of a web
    address); None where no reader takes it."""
    lower = name.lower()
    zipped = lower.endswith(".gz")
    stem = lower.removesuffix(".gz")
    suffix = stem[stem.rfind(".") :] if "." in stem else ""
    if found := _KINDS.get(suffix):
        return FileKind(*found, zipped)
    telling = _SUFFIX.fullmatch(suffix) and not _SERVED.fullmatch(suffix) and "?" not in stem
    return None if telling else FileKind("sniffed", "text/html", zipped)


def sniffed_kind(head: bytes) -> FileKind | None:
    """The kind of a file by its first bytes (`SNIFFED` of them); None where no reader takes it."""
    begins = _narrow(head).lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"\x1f\x8b"):
        return FileKind("sniffed", "text/html", True)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        if _OFFICE.match(head, 30):
            return None
        return FileKind("wacz" if _COLLECTION.match(head, 30) else "zip", "text/html", False)
    if _WARC.match(begins):
        return FileKind("web-archive", "text/html", False)
    if b"%PDF-" in head[:1024]:
        return FileKind("page", "application/pdf", False)
    if binary_kind(head) or begins.startswith((b"#!", b"<?php")):
        return None
    if _MESSAGE.match(begins) and b"multipart/related" in begins.lower():
        return FileKind("saved-page", "text/html", False)
    if is_feed(head):
        return FileKind("feed", "text/html", False)
    if _RECORDS.match(begins):
        return FileKind("array", "application/json", False)
    if begins.startswith(b"<") or _HTML.search(begins):
        return FileKind("page" if _TAG.search(begins) else "feed", "text/html", False)
    return FileKind("page", "text/plain", False)


def _narrow(head: bytes) -> bytes:
    """The first bytes of a text in UTF-16 as ASCII has them."""
    return head[2:].replace(b"\0", b"") if head.startswith((b"\xff\xfe", b"\xfe\xff")) else head


class SavedPages:
    """The pages among some files, by their names with ``/``: what stands in the folder of one ("page_files" beside
    "page.html", whatever the browser's language) is a part of it."""

    def __init__(self, names: Iterable[str]) -> None:
        self._stems = {
            stem for name in names for stem, dot, suffix in [name.rpartition(".")] if _SAVED.fullmatch(suffix)
        }

    def part(self, name: str) -> str | None:
        """What a part of a page is ("‹suffix›", "without a suffix"): a picture, a script, a style sheet, a font, a
        sound or a video anywhere, and in a page's folder what has no telling suffix; None for any other file."""
        suffix = name[name.rfind(".") :] if "." in name else ""
        if _PART_OF_PAGE.fullmatch(suffix):
            return suffix.lower()
        kind = file_kind(name.rpartition("/")[2])
        folders = name.split("/")[:-1]
        if kind is None or kind.reader != "sniffed" or not folders or len(name) > _NAME:
            return None
        inside = any(
            "/".join((*folders[:depth], folder[:at])) in self._stems
            for depth, folder in enumerate(folders)
            for at, sign in enumerate(folder)
            if sign in "_-."
        )
        return "without a telling suffix" if inside else None


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
