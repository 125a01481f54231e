"""Files, folders, archives, standard input and addresses to pages.

Invariants: folders and archives are read in the order of their members' names; a page is held in memory whole and only
up to `PageOptions.file_bytes`, records and rows one at a time and only up to `PageOptions.line_bytes`; whatever
decompresses draws on one `Budget` for each named file; a source is named relative to what the user named, so no page
depends on where a folder lies.
"""

from __future__ import annotations

import gzip
import io
import os
import sys
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, cast

from variorum.errors import InputError
from variorum.records import Media, Page, Rejection, RejectionReason

from .feeds import is_json_feed, read_address_list
from .feeds_followed import Link, feed_pages, list_pages
from .fetching import Fetcher
from .following import follow
from .json_lines import is_object, read_json, read_json_lines
from .kinds import SNIFFED, STDIN, FileKind, SavedPages, binary_kind, file_kind, sniffed_kind
from .making import Tally, dated_otherwise, make_page, rejected, shown, too_large
from .mhtml import read_mhtml
from .options import BombError, Budget, ColumnMap, Joined, NestingError, PageOptions, metered, narrow, read_up_to
from .tables import read_table
from .web_archives import read_warc
from .zip_archives import Inside, read_wacz, read_zip, spooled

Item = Page | Rejection | Link

_UNREADABLE = (OSError, EOFError, zlib.error)  # gzip.BadGzipFile is an OSError


def read_pages(
    inputs: Sequence[str | Path],
    *,
    options: PageOptions | None = None,
    stdin: BinaryIO | None = None,
    fetcher: Fetcher | None = None,
    expect: Callable[[int], None] = lambda _: None,
) -> Iterator[Page | Rejection]:
    """The pages of all `inputs`, in the order of the inputs, as a stream.

    An input is a folder (read recursively, hidden files left out), a file (``.txt``, ``.md``, ``.html``, ``.mhtml``,
    ``.pdf``, ``.jsonl``, ``.json``, ``.csv``, ``.tsv``, ``.warc``, each also with ``.gz``, ``.wacz``, ``.zip``; one
    whose name tells nothing is what its first bytes say) or ``-``: standard input (`stdin` stands in for the
    process's own), told by how it begins, a text being a table where columns were mapped.
    Feeds and sitemaps (``.xml``, ``.rss``, ``.atom``, JSON Feed) and lists of addresses (``.urls``, text of nothing
    else) give the pages that they name, those that have to be fetched only with a `fetcher`.
    What cannot be read becomes a `Rejection`, an empty folder too.

    An ``http(s)`` address is got by `fetcher`; without one the network is not touched. With one several hosts are
    asked at once, and what they give comes in the order of the inputs all the same; `expect` is told of so many more
    pages that are to come, as they become known.

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
    options = options or PageOptions()
    found = _read_all(tuple(inputs), options, stdin, fetcher is not None)
    if fetcher is None:
        pages: Iterator[Page | Rejection] = (each for each in found if not isinstance(each, Link))
    else:
        pages = follow(found, fetcher, expect=expect)
    day = options.published
    return pages if day is None else (dated_otherwise(page, day) for page in pages)


def is_address(given: str | Path) -> bool:
    """Whether an input is an address on the web."""
    return isinstance(given, str) and given.lower().startswith(("http://", "https://"))


def _read_all(
    inputs: tuple[str | Path, ...], options: PageOptions, stdin: BinaryIO | None, network: bool
) -> Iterator[Item]:
    for given in inputs:
        if is_address(given):
            yield Link(str(given), "address")
            continue
        if str(given) == STDIN:
            yield from _read_stdin(stdin or sys.stdin.buffer, options, network)
            continue
        path = Path(given)
        if path.is_dir():
            yield from _read_folder(path, options, network)
        else:
            yield from _read_file(path, shown(path.name), options, network)


def _read_folder(folder: Path, options: PageOptions, network: bool) -> Iterator[Item]:
    name = shown(folder.name or folder.resolve().name or str(folder))
    failures: list[OSError] = []
    found: list[tuple[str, Path]] = []
    linked: list[Path] = []
    for parent, folders, files in os.walk(folder, onerror=failures.append):
        folders[:] = [each for each in folders if not each.startswith(".")]
        linked += [Path(parent, each).relative_to(folder) for each in folders if Path(parent, each).is_symlink()]
        for each in files:
            if not each.startswith("."):
                path = Path(parent) / each
                found.append((path.relative_to(folder).as_posix(), path))
    for failure in sorted(failures, key=lambda error: str(error.filename)):
        inner = shown(Path(os.path.relpath(failure.filename, folder)).as_posix())
        yield rejected(
            f"{name}/{inner}" if inner != "." else name, "unreadable", f"cannot be opened: {failure.strerror}"
        )
    for link in sorted(linked):
        yield rejected(f"{name}/{shown(link.as_posix())}", "unsafe-path", "it is a link to a folder, and not followed")
    if not found and not failures and not linked:
        yield rejected(name, "empty", "the folder holds no files")
    tally = Tally(name)
    saved = SavedPages(relative for relative, _ in found)
    for relative, path in sorted(found):
        if part := saved.part(relative):
            tally.add("not-a-page", part)
        else:
            yield from _read_file(path, f"{name}/{shown(relative)}", options, network)
    yield from tally.rejections("file")


def _read_file(path: Path, source: str, options: PageOptions, network: bool) -> Iterator[Item]:
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
        if path.stat().st_size == 0:
            yield rejected(source, "empty", "it holds nothing")
            return
        with path.open("rb") as file:
            yield from _read_opened(file, source, kind, path.stat().st_size, options, network=network)
    except _UNREADABLE as error:
        yield rejected(source, "unreadable", f"cannot be read: {_why(error)}")


def read_opened(
    stream: BinaryIO, name: str, size: int, options: PageOptions | None = None
) -> Iterator[Page | Rejection]:
    """The pages of a file that somebody else opened (an object of a store), told by its `name` as `read_pages` tells a
    file; the network is not touched. `size` are its bytes."""
    options = options or PageOptions()
    kind, source = file_kind(name), shown(name)
    if kind is None:
        suffix = Path(name).suffix or "no suffix"
        yield rejected(source, "unsupported-media", f"no reader takes files of this kind ({suffix})")
        return
    if size == 0:
        yield rejected(source, "empty", "it holds nothing")
        return
    day = options.published
    try:
        for page in _read_opened(stream, source, kind, size, options, network=False):
            if not isinstance(page, Link):
                yield page if day is None else dated_otherwise(page, day)
    except _UNREADABLE as error:
        yield rejected(source, "unreadable", f"cannot be read: {_why(error)}")


def _read_opened(
    stream: BinaryIO, source: str, kind: FileKind, size: int, options: PageOptions, *, network: bool
) -> Iterator[Item]:
    try:
        yield from read_stream(stream, source, kind, Inside(options, Budget(size, options), network=network))
    except BombError as error:
        yield rejected(source, error.reason, f"{error}; the rest is not read")


def read_stream(stream: BinaryIO, source: str, kind: FileKind, inside: Inside) -> Iterator[Item]:
    """The pages of a file or of an archive's member.

    Raises BombError where it is past the budget, OSError, EOFError or zlib.error where it cannot be decompressed.
    """
    options = inside.options
    if kind.zipped:
        unzipped = gzip.GzipFile(fileobj=stream)
        stream = cast(BinaryIO, metered(cast(BinaryIO, unzipped), inside.budget))
    match kind.reader:
        case "page":
            content = _content(stream, options)
            if content.startswith(b"\x1f\x8b"):  # saved as it was sent, its coding not undone
                yield from _sniffed(io.BytesIO(content), source, inside)
            else:
                yield from _pages_of(content, source, kind.media, options, inside.network)
        case "feed":
            yield from _feed(_content(stream, options), source, options, inside.network)
        case "addresses":
            text = narrow(_content(stream, options)).decode("utf-8", "replace")
            yield from list_pages(text, source, network=inside.network)
        case "records":
            yield from read_json_lines(stream, source, options)
        case "array":
            yield from _array(stream, source, options, inside.network)
        case "table":
            yield from read_table(stream, source, options)
        case "saved-page":
            yield read_mhtml(read_up_to(stream, options.array_bytes), source, options)
        case "sniffed":
            yield from _sniffed(stream, source, inside)
        case "web-archive":
            yield from read_warc(stream, source, options)
        case "zip":
            yield from read_zip(stream, source, inside, read_stream)
        case "wacz":
            yield from read_wacz(stream, source, inside, read_stream)


def _content(stream: BinaryIO, options: PageOptions, head: bytes = b"") -> bytes:
    """All of a stream, and one byte over the limit at most."""
    return read_up_to(stream, options.file_bytes, head)


def _pages_of(content: bytes, source: str, media: Media, options: PageOptions, network: bool) -> Iterator[Item]:
    """The page that a file is, or the pages that it names where it is a list of addresses and nothing else."""
    begins = narrow(content[:64]).lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if media == "text/plain" and begins.startswith((b"http", b"#")):
        text = narrow(content).decode("utf-8", "replace")
        if read_address_list(text) is not None:
            yield from list_pages(text, source, network=network)
            return
    yield make_page(content, source, media, options)


def _feed(content: bytes, source: str, options: PageOptions, network: bool) -> Iterator[Item]:
    if len(content) > options.file_bytes:
        yield too_large(source, options.file_bytes)
    else:
        yield from feed_pages(content, source, network=network)


def _array(stream: BinaryIO, source: str, options: PageOptions, network: bool) -> Iterator[Item]:
    """A ``.json`` file, which may be a feed too."""
    content = narrow(read_up_to(stream, options.array_bytes))
    if is_json_feed(content):
        yield from _feed(content, source, options, network)
    else:
        yield from read_json(content, source, options)


def _json(stream: BinaryIO, source: str, inside: Inside) -> Iterator[Item]:
    """JSON of whatever form; JSON Lines are read a line at a time."""
    options = inside.options
    line = stream.readline(options.line_bytes + 1)
    while line and not line.strip(b" \t\r\n\xef\xbb\xbf") and len(line) <= options.line_bytes:
        line += stream.readline(options.line_bytes + 1)
    if is_object(line.removeprefix(b"\xef\xbb\xbf")) and not is_json_feed(line):
        yield from read_json_lines(stream, source, options, head=line)
    else:
        yield from _array(_joined(line, stream), source, options, inside.network)


def _sniffed(stream: BinaryIO, source: str, inside: Inside) -> Iterator[Item]:
    """A file whose name does not tell what it is.

    Raises NestingError where it is compressed over and over.
    """
    head = read_up_to(stream, SNIFFED - 1)
    kind = sniffed_kind(head)
    whole = _joined(head, stream)
    if not head.strip():
        yield rejected(source, "empty", "it holds nothing")
    elif kind is None:
        what = binary_kind(head) or "a script or a program"
        reason: RejectionReason = "not-a-page" if what.endswith("image") else "unsupported-media"
        yield rejected(source, reason, f"no reader takes what it holds, which is {what}")
    elif kind.reader == "array":
        yield from _json(whole, source, inside)
    elif kind.reader in ("zip", "wacz"):
        with spooled(whole) as copy:
            yield from read_stream(copy, source, kind, inside)
    elif kind.zipped and inside.depth >= inside.options.depth:
        raise NestingError(f"it holds archives inside archives, more than {inside.options.depth} deep")
    else:
        yield from read_stream(whole, source, kind, inside._replace(depth=inside.depth + kind.zipped))


def _read_stdin(stream: BinaryIO, options: PageOptions, network: bool) -> Iterator[Item]:
    """Standard input: JSON Lines as they come, anything else by how it begins."""
    head = stream.readline(options.line_bytes + 1)
    while head and not head.strip(b" \t\r\n\xef\xbb\xbf"):
        following = stream.readline(options.line_bytes + 1)
        if not following:
            break
        head += following
    begins = head.lstrip(b" \t\r\n\xef\xbb\xbf")
    lines = begins.startswith(b"{") and (len(begins) > options.line_bytes or is_object(begins))
    if lines and not is_json_feed(begins):
        yield from read_json_lines(stream, STDIN, options, head=head)
        return
    budget = Budget(0, options)
    inside = Inside(options, budget, network=network)
    head += read_up_to(stream, SNIFFED - 1)
    whole = io.BufferedReader(Joined(head, stream, budget=budget))
    kind = sniffed_kind(head[: max(SNIFFED, len(head) - len(begins) + SNIFFED)])
    table = options.columns != ColumnMap() and kind == FileKind("page", "text/plain", False)
    try:
        if table:
            yield from read_table(cast(BinaryIO, whole), STDIN, options)
        else:
            yield from _sniffed(cast(BinaryIO, whole), STDIN, inside)
    except BombError as error:
        yield rejected(STDIN, error.reason, f"{error}; the rest is not read")
    except _UNREADABLE as error:
        yield rejected(STDIN, "unreadable", f"cannot be read: {_why(error)}")


def _joined(head: bytes, stream: BinaryIO) -> BinaryIO:
    return io.BufferedReader(Joined(head, stream))


def _why(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error) or type(error).__name__
