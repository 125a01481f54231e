"""Files, folders and standard input to pages.

Invariants: folders are read in the order of their relative paths; a file that is not JSON Lines is held in memory
whole and only up to `PageOptions.file_bytes`, JSON Lines one line at a time and only up to `PageOptions.line_bytes`;
a source is named relative to what the user named, so no page depends on where a folder lies.
"""

from __future__ import annotations

import gzip
import os
import sys
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, cast

from variorum.errors import InputError
from variorum.identity import digest, stable_id
from variorum.records import Declared, Media, Page, Record, Rejection, RejectionReason

from .fetching import Fetcher
from .json_lines import read_json_lines
from .kinds import STDIN, binary_kind, file_kind

_UNREADABLE = (OSError, EOFError, zlib.error)  # gzip.BadGzipFile is an OSError


class PageOptions(Record, frozen=True, kw_only=True):
    """Size limits in bytes, after decompression: `file_bytes` of one text or HTML file, `line_bytes` of one JSON Lines
    record. The default holds any news text (the longest known live blogs are under 5 MB) and no dump of a site."""

    file_bytes: int = 20_000_000
    line_bytes: int = 20_000_000


def read_pages(
    inputs: Sequence[str | Path],
    *,
    options: PageOptions | None = None,
    stdin: BinaryIO | None = None,
    fetcher: Fetcher | None = None,
) -> Iterator[Page | Rejection]:
    """The pages of all `inputs`, in the order of the inputs, as a stream.

    An input is a folder (read recursively, hidden files left out), a file (``.txt``, ``.md``, ``.html``, ``.htm``,
    ``.jsonl``, each also with ``.gz``) or ``-``: standard input, JSON Lines where it begins with ``{``, else one text
    (`stdin` stands in for the process's own). What cannot be read becomes a `Rejection`, an empty folder too.

    An ``http(s)`` address is got by `fetcher`; without one the network is not touched.

    Raises InputError, before anything is read, where nothing is named, a named input does not exist, or an address is
    named and there is no `fetcher`.
    """
    if not inputs:
        raise InputError("no input was named")
    for given in inputs:
        if is_address(given):
            if fetcher is None:
                raise InputError(f"{given}: the network is off; --allow-network lets addresses and feeds be fetched")
        elif str(given) != STDIN and not os.path.lexists(given):
            raise InputError(f"{given}: no such file or folder")
    return _read_all(tuple(inputs), options or PageOptions(), stdin, fetcher)


def is_address(given: str | Path) -> bool:
    """Whether an input is an address on the web."""
    return isinstance(given, str) and given.lower().startswith(("http://", "https://"))


def rejected(source: str, reason: RejectionReason, detail: str) -> Rejection:
    """The rejection of an input that gave no content: its id comes from where it was named and what is wrong."""
    return Rejection(id=stable_id("r", (source, reason, detail)), source=source, reason=reason, detail=detail)


def _read_all(
    inputs: tuple[str | Path, ...], options: PageOptions, stdin: BinaryIO | None, fetcher: Fetcher | None
) -> Iterator[Page | Rejection]:
    for given in inputs:
        if fetcher is not None and is_address(given):
            yield fetcher.fetch(str(given))
            continue
        if str(given) == STDIN:
            yield from _read_stdin(stdin or sys.stdin.buffer, options)
            continue
        path = Path(given)
        if path.is_dir():
            yield from _read_folder(path, options)
        else:
            yield from _read_file(path, path.name, options)


def _read_folder(folder: Path, options: PageOptions) -> Iterator[Page | Rejection]:
    name = folder.name or folder.resolve().name or str(folder)
    failures: list[OSError] = []
    found: list[tuple[str, Path]] = []
    for parent, folders, files in os.walk(folder, onerror=failures.append):
        folders[:] = [each for each in folders if not each.startswith(".")]
        for each in files:
            if not each.startswith("."):
                path = Path(parent) / each
                found.append((path.relative_to(folder).as_posix(), path))
    for failure in sorted(failures, key=lambda error: str(error.filename)):
        inner = Path(os.path.relpath(failure.filename, folder)).as_posix()
        yield rejected(
            f"{name}/{inner}" if inner != "." else name, "unreadable", f"cannot be opened: {failure.strerror}"
        )
    if not found and not failures:
        yield rejected(name, "empty", "the folder holds no files")
    for relative, path in sorted(found):
        yield from _read_file(path, f"{name}/{relative}", options)


def _read_file(path: Path, source: str, options: PageOptions) -> Iterator[Page | Rejection]:
    kind = file_kind(path.name)
    if kind is None:
        yield rejected(
            source, "unsupported-media", f"no reader takes files of this kind ({path.suffix or 'no suffix'})"
        )
        return
    if path.exists() and not path.is_file():
        yield rejected(source, "unsupported-media", "it is not a regular file")
        return
    try:
        with path.open("rb") as file:
            stream = cast(BinaryIO, gzip.GzipFile(fileobj=file)) if kind.zipped else file
            if kind.media == "application/json":
                yield from read_json_lines(stream, source, line_bytes=options.line_bytes)
            else:
                yield _one_page(stream, source, kind.media, options)
    except _UNREADABLE as error:
        yield rejected(source, "unreadable", f"cannot be read: {_why(error)}")


def _one_page(stream: BinaryIO, source: str, media: Media, options: PageOptions, head: bytes = b"") -> Page | Rejection:
    content = head + stream.read(options.file_bytes + 1 - len(head))
    if len(content) > options.file_bytes:
        return rejected(source, "too-large", f"it is over the size limit of {options.file_bytes / 1e6:g} MB a file")
    if kind := binary_kind(content):
        return rejected(source, "binary", f"its content is not text but {kind}")
    return Page(
        id=stable_id("p", (media, digest(content))), source=source, media=media, content=content, declared=Declared()
    )


def _read_stdin(stream: BinaryIO, options: PageOptions) -> Iterator[Page | Rejection]:
    head = stream.readline(options.line_bytes + 1)
    while head and not head.strip(b" \t\r\n\xef\xbb\xbf"):
        following = stream.readline(options.line_bytes + 1)
        if not following:
            break
        head += following
    begins = head.lstrip(b" \t\r\n\xef\xbb\xbf").lower()
    if begins.startswith(b"{"):
        yield from read_json_lines(stream, STDIN, line_bytes=options.line_bytes, head=head)
        return
    media: Media = "text/html" if begins.startswith((b"<!doctype html", b"<html")) else "text/plain"
    yield _one_page(stream, STDIN, media, options, head)


def _why(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error) or type(error).__name__
