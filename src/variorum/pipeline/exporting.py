"""Writing an edition, or a part of it, in a format."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

from variorum.errors import ExportError
from variorum.exports.formats import FORMATS, ExportOptions, Job
from variorum.exports.formats.base import Format
from variorum.exports.source import Selection
from variorum.records import EventQuery

if TYPE_CHECKING:
    from .edition import Edition


def format_named(name: str) -> Format:
    """Raises ExportError where there is no such format."""
    if name not in FORMATS:
        raise ExportError(f"no format is called {name!r}; there are {', '.join(FORMATS)}")
    return FORMATS[name]


@contextmanager
def job(edition: Edition, query: EventQuery | None = None, options: ExportOptions | None = None) -> Iterator[Job]:
    """What a format is given: the edition as it stands now, or its part about the events that answer a query. To be
    used inside the block."""
    with edition.snapshot() as frozen:
        whole = frozen.source()
        meant = frozen.meant(query or EventQuery())
        source = whole if meant == EventQuery() else Selection(whole, lambda: frozen.find(meant))
        yield Job(source, options)


def write(found: Job, format_: Format, output: Path) -> None:
    """Write a format to a file, or its files into a folder, which is made where it is missing. A file is put in its
    place when it is whole. Raises ExportError where it cannot be written."""
    try:
        if format_.folder is not None:
            output.mkdir(parents=True, exist_ok=True)
            format_.folder(found, output)
            return
        with NamedTemporaryFile("w", encoding="utf-8", newline="", dir=output.parent, delete=False) as file:
            unfinished = Path(file.name)
            try:
                for piece in pieces(found, format_):
                    file.write(piece)
                file.flush()
                unfinished.chmod(output.stat().st_mode & 0o777 if output.exists() else 0o644)
                unfinished.replace(output)
            finally:
                unfinished.unlink(missing_ok=True)
    except OSError as error:
        raise ExportError(f"{output}: cannot be written: {error.strerror}") from error


def pieces(found: Job, format_: Format) -> Iterator[str]:
    """A format's text, piece by piece. Raises ExportError where the format is files in a folder."""
    if format_.text is None:
        raise ExportError(f"{format_.name} is several files: name a folder for them")
    return format_.text(found)
