"""ZIP and WACZ to pages: each member as the file that its name says, never unpacked onto the disk.

A member whose name leads out of the archive, or that is a link, is rejected by name: whoever unpacks the archive
should know. Only stored and deflated members are read, for only their decompression can be bounded.
"""

from __future__ import annotations

import re
import shutil
import stat
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import BinaryIO, NamedTuple, cast

from variorum.records import Page, Rejection

from .feeds_followed import Link
from .kinds import FileKind, SavedPages, file_kind
from .making import Tally, first_line, rejected
from .options import BombError, Budget, NestingError, PageOptions, metered

_NAME_BYTES = 200  # of a directory's entry, on average: names of news files are shorter
_MEMORY = 16_000_000  # an archive inside an archive goes to a temporary file past this
_TAIL = 65_557  # a ZIP's end record with its longest comment
_WARC = re.compile(r"archive/.+\.warc(\.gz)?", re.IGNORECASE)
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    struct.error,
)


class Inside(NamedTuple):
    """Where reading stands: what its limits are, what is left of them, in how many archives it is, and whether the
    network is allowed, so that feeds and lists give links."""

    options: PageOptions
    budget: Budget
    depth: int = 0
    network: bool = False


ReadStream = Callable[[BinaryIO, str, FileKind, Inside], Iterator[Page | Rejection | Link]]


def read_zip(stream: BinaryIO, source: str, inside: Inside, read: ReadStream) -> Iterator[Page | Rejection | Link]:
    """The pages of every member, in the order of their names; hidden ones are left out, as in folders.

    `read` takes a member as a stream. A member's source is ``source/name``.
    """
    tally = Tally(source)
    archive = _opened(stream, source, inside)
    if isinstance(archive, Rejection):
        yield archive
        return
    with archive:
        members = [
            member
            for member in archive.infolist()
            if not member.filename.endswith("/") and not _is_hidden(member.filename)
        ]
        if not members:
            yield rejected(source, "empty", "the archive holds no files")
        saved = SavedPages(member.filename for member in members)
        for member in sorted(members, key=lambda member: (member.filename, member.header_offset)):
            where = f"{source}/{_printable(member.filename)}"
            if problem := _problem(member):
                yield problem(where)
            elif not member.file_size:
                tally.add("empty", "without content")
            elif part := saved.part(member.filename):
                tally.add("not-a-page", part)
            elif (kind := file_kind(member.filename)) is None:
                tally.add("unsupported-media", f"{PurePosixPath(member.filename).suffix.lower() or 'without a suffix'}")
            else:
                yield from _member(archive, member, where, kind, inside, read)
    yield from tally.rejections("file")


def read_wacz(stream: BinaryIO, source: str, inside: Inside, read: ReadStream) -> Iterator[Page | Rejection | Link]:
    """The pages of the WARC files of a web archive collection; its indexes and its description repeat them."""
    archive = _opened(stream, source, inside)
    if isinstance(archive, Rejection):
        yield archive
        return
    with archive:
        members = [member for member in archive.infolist() if _WARC.fullmatch(member.filename)]
        if not members:
            yield rejected(source, "empty", "it holds no web archive (archive/….warc.gz)")
        for member in sorted(members, key=lambda member: (member.filename, member.header_offset)):
            where = f"{source}/{_printable(member.filename)}"
            kind = file_kind(member.filename)
            if problem := _problem(member):
                yield problem(where)
            elif kind is not None:
                yield from _member(archive, member, where, kind, inside, read)


def _opened(stream: BinaryIO, source: str, inside: Inside) -> zipfile.ZipFile | Rejection:
    """The archive, its directory read. Raises BombError where it lists too many members, NestingError where it is
    inside too many others."""
    if inside.depth >= inside.options.depth:
        raise NestingError(f"it holds archives inside archives, more than {inside.options.depth} deep")
    try:
        if _directory_bytes(stream) > (46 + _NAME_BYTES) * inside.options.members:
            raise BombError(f"its directory lists more than {inside.options.members:,} files")
        archive = zipfile.ZipFile(stream)
    except _BROKEN as error:
        return rejected(source, "unreadable", f"cannot be read as a ZIP archive: {first_line(error)}")
    inside.budget.enter(len(archive.infolist()))
    return archive


def _directory_bytes(stream: BinaryIO) -> int:
    """The size of a ZIP's directory as its end records give it (APPNOTE 4.3.14, 4.3.16): known before it is read."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - _TAIL))
    tail = stream.read(_TAIL)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        raise zipfile.BadZipFile("it has no directory")
    found = int(struct.unpack_from("<L", tail, at + 12)[0])
    if at >= 20 and tail.startswith(b"PK\x06\x07", at - 20):
        stream.seek(struct.unpack_from("<Q", tail, at - 12)[0])
        found = max(found if found != 0xFFFFFFFF else 0, int(struct.unpack_from("<Q", stream.read(56), 40)[0]))
    return found


def _member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, where: str, kind: FileKind, inside: Inside, read: ReadStream
) -> Iterator[Page | Rejection | Link]:
    deeper = inside._replace(depth=inside.depth + 1)
    try:
        with archive.open(member) as opened, metered(cast(BinaryIO, opened), inside.budget) as stream:
            if kind.reader not in ("zip", "wacz"):
                yield from read(cast(BinaryIO, stream), where, kind, deeper)
            else:
                with spooled(cast(BinaryIO, stream)) as copy:
                    yield from read(copy, where, kind, deeper)
    except _BROKEN as error:
        yield rejected(where, "unreadable", f"cannot be unpacked: {first_line(error)}")


@contextmanager
def spooled(stream: BinaryIO) -> Iterator[BinaryIO]:
    """A copy of a stream in which a reader can go back."""
    with tempfile.SpooledTemporaryFile(max_size=_MEMORY) as copy:
        shutil.copyfileobj(stream, copy)
        copy.seek(0)
        yield cast(BinaryIO, copy)


def _problem(member: zipfile.ZipInfo) -> Callable[[str], Rejection] | None:
    """What is wrong with a member before it is opened."""
    name = member.filename
    parts = name.replace("\\", "/").split("/")
    if name.startswith(("/", "\\")) or ".." in parts or re.match(r"[A-Za-z]:", name):
        return lambda where: rejected(where, "unsafe-path", "its name leads out of the archive")
    if stat.S_ISLNK(member.external_attr >> 16):
        return lambda where: rejected(where, "unsafe-path", "it is a link, and not a file")
    if member.flag_bits & 1:
        return lambda where: rejected(where, "encrypted", "it is behind a password")
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        detail = f"its compression (method {member.compress_type}) is none that is read: only deflate is"
        return lambda where: rejected(where, "unreadable", detail)
    return None


def _is_hidden(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return parts[0] == "__MACOSX" or any(part.startswith(".") and part not in (".", "..") for part in parts)


def _printable(name: str) -> str:
    return "".join(c if c.isprintable() else "\ufffd" for c in name)[:300]
