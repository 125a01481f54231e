"""The limits of reading, and the budget that every decompression of one input draws on."""

from __future__ import annotations

import codecs
import io
from collections.abc import Mapping
from typing import TYPE_CHECKING, BinaryIO

from variorum.errors import InputError
from variorum.records import Record, RejectionReason

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
FIELDS = ("text", "id", "title", "published", "url", "outlet", "language")


class ColumnMap(Record, frozen=True, kw_only=True):
    """Which column (CSV, TSV) or key (JSON) holds what of a document: its `text`, `id`, `title`, `published`, `url`,
    `outlet` and `language`; by default each under its own name.

    A key may be a path with dots ("source.name") where a record has no key of that very name.
    """

    text: str = "text"
    id: str = "id"
    title: str = "title"
    published: str = "published"
    url: str = "url"
    outlet: str = "outlet"
    language: str = "language"

    @classmethod
    def parse(cls, spec: str) -> ColumnMap:
        """From ``text=body,published=date``. Raises InputError where that is no mapping."""
        given: dict[str, str] = {}
        for pair in spec.split(","):
            field, equals, column = (part.strip() for part in pair.partition("="))
            if not equals or not column:
                raise InputError(f"{pair.strip()!r} maps nothing; write FIELD=COLUMN, as in text=body,published=date")
            if field not in FIELDS:
                raise InputError(f"{field!r} is no field of a document; there are {', '.join(FIELDS)}")
            if field in given:
                raise InputError(f"{field!r} is mapped twice")
            given[field] = column
        return cls(**given)

    def columns(self) -> Mapping[str, str]:
        """The column of each field, by field."""
        return {field: getattr(self, field) for field in FIELDS}

    def asked(self) -> list[str]:
        """The columns that were named by the user: these must be there. The text's column always must."""
        return [column for field, column in self.columns().items() if column != field or field == "text"]


class PageOptions(Record, frozen=True, kw_only=True):
    """What is read how far. Every limit counts bytes after decompression and is held while streaming. `columns` says
    which column or key of a table or of JSON holds what.

    `file_bytes` of one page (a file, a member, an archive's record), `line_bytes` of one JSON Lines record or CSV row:
    the default holds any news text (the longest known live blogs are under 5 MB) and no dump of a site. `array_bytes`
    of a ``.json`` or ``.mhtml`` file, which is held whole. `members` of one archive with those inside it. `ratio`: one
    input may decompress, at all its levels together, to `floor_bytes` and past that to `ratio` times its own size
    (news text compresses five to twenty times, gzip at most a thousand). `depth`: an archive inside an archive counts
    two.
    `tags` of one HTML page: real ones have up to ten thousand, and a parser takes seconds for a hundred thousand.
    `published` is a date or date-time, ISO 8601 or as pages write them, for inputs that tell none themselves.
    """

    columns: ColumnMap = ColumnMap()
    file_bytes: int = 20_000_000
    line_bytes: int = 20_000_000
    array_bytes: int = 200_000_000
    members: int = 100_000
    floor_bytes: int = 100_000_000
    ratio: int = 100
    depth: int = 3
    tags: int = 150_000
    published: str | None = None


class BombError(Exception):
    """An input decompresses past its budget, or holds more than any archive of news. It never leaves reading."""

    reason: RejectionReason = "bomb"


class NestingError(BombError):
    """An input holds archives inside archives past the limit."""

    reason = "too-deep"


class Budget:
    """How much one input may still give, shared by everything inside it."""

    def __init__(self, size: int, options: PageOptions) -> None:
        self._size = size
        self._spent = 0
        self._options = options
        self._members = options.members
        self._most = options.members

    def spend(self, decompressed: int) -> None:
        """Raises BombError where that was too much."""
        self._spent += decompressed
        limit = max(self._options.floor_bytes, self._options.ratio * self._size)
        if self._spent > limit:
            raise BombError(f"it decompresses to more than {limit / 1e6:,.0f} MB, as a bomb does")

    def grow(self, size: int) -> None:
        """The input is larger by `size` than was known: one that comes as a stream tells no size."""
        self._size += size

    def enter(self, members: int) -> None:
        """Raises BombError where these are too many files for one input."""
        self._members -= members
        if self._members < 0:
            raise BombError(f"it holds more than {self._most:,} files")


class Joined(io.RawIOBase):
    """Bytes that were looked at, then the rest of the stream; with `returns` every carriage return as a line feed.
    Where a `budget` is given it grows with what is read."""

    def __init__(self, head: bytes, stream: BinaryIO, *, returns: bool = False, budget: Budget | None = None) -> None:
        self._returns = returns
        self._head = head
        self._stream = stream
        self._budget = budget

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        data = self._head[: len(view)] or self._stream.read(len(view))
        self._head = self._head[len(view) :]
        view[: len(data)] = data.replace(b"\r", b"\n") if self._returns else data
        if self._budget is not None:
            self._budget.grow(len(data))
        return len(data)


class Metered(io.RawIOBase):
    """A decompressing stream whose every byte is drawn from a budget."""

    def __init__(self, stream: BinaryIO, budget: Budget) -> None:
        # What came before a break in the data is given before the break is raised.
        self._read = getattr(stream, "read1", stream.read)
        self._budget = budget

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        data: bytes = self._read(len(view))
        self._budget.spend(len(data))
        view[: len(data)] = data
        return len(data)


def read_up_to(stream: BinaryIO, limit: int, head: bytes = b"") -> bytes:
    """`head` and what follows it, one byte past `limit` at most, so that the caller sees what is over it. Memory grows
    with what is there, not with the limit."""
    content = bytearray(head)
    while len(content) <= limit and (piece := stream.read(min(1 << 20, limit + 1 - len(content)))):
        content += piece
    return bytes(content)


def narrow(content: bytes) -> bytes:
    """Text in UTF-16, told by its mark, as UTF-8; anything else as it is. Some systems write what a program prints to
    a file in UTF-16."""
    return content.decode("utf-16", "replace").encode() if content.startswith(WIDE_MARKS) else content


def metered(stream: BinaryIO, budget: Budget) -> io.BufferedReader:
    return io.BufferedReader(Metered(stream, budget), buffer_size=1 << 16)
