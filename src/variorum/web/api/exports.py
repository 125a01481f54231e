"""The edition in the formats of ``variorum export``."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Annotated
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from litestar.handlers import HTTPRouteHandler
from litestar.params import QueryParameter
from litestar.response import Stream

from variorum.exports.formats import FORMATS, ExportOptions
from variorum.exports.formats.base import Format
from variorum.pipeline.exporting import job
from variorum.records import EventQuery, Record
from variorum.web.shelf import Shelf

from .leaving import Names, Places, noted, options_of, written
from .queries import Events
from .reading import Asked, download, pieces, read, shelf_of

_CHUNK = 1 << 20
_NO_TIME = (1980, 1, 1, 0, 0, 0)  # the first that an archive can tell


class ExportFormat(Record, frozen=True, kw_only=True):
    """A format: its name in the path, what it is, and the media type that it comes in; several files come as a zip."""

    name: str
    summary: str
    media_type: str


@read("/exports", summary="The formats there are")
def formats(request: Asked) -> tuple[ExportFormat, ...]:
    return tuple(
        ExportFormat(
            name=each.name,
            summary=each.summary,
            media_type=each.media_type if each.folder is None else "application/zip",
        )
        for each in FORMATS.values()
    )


FullText = Annotated[
    bool,
    QueryParameter(name="full_text", description="Let the texts, and quotations of any length, out; needs `names`."),
]


def _handler(format_: Format) -> HTTPRouteHandler:
    """The endpoint of one format: as text sent while it is made, or as a zip of its files."""
    kind = format_.media_type if format_.folder is None else "application/zip"

    name = f"export-{format_.name}"

    @read(f"/exports/{format_.name}", streams=True, summary=format_.summary, media_type=kind, name=name)
    def export(
        request: Asked, event_query: Events, names: Names = False, places: Places = "site", full_text: FullText = False
    ) -> Stream:
        shelf, options = shelf_of(request), options_of(names=names, places=places, full_text=full_text)
        if format_.text is not None:
            sent = written(shelf, format_.name, event_query, options, format_.text)
            return pieces(request, sent, kind, f"{format_.name}{format_.suffix}")
        return download(request, _zipped(shelf, format_, event_query, options), kind, f"{format_.name}.zip")

    return export


def _zipped(shelf: Shelf, format_: Format, query: EventQuery, options: ExportOptions) -> Iterator[bytes]:
    """The files of a format in an archive, which is made whole before the first of it is sent."""
    with tempfile.TemporaryFile(prefix="variorum-") as file:
        with tempfile.TemporaryDirectory(prefix="variorum-") as name:
            folder = Path(name)
            with shelf.now() as edition, job(edition, query, options, shelf.pseudonyms) as found:
                if format_.folder is not None:
                    format_.folder(found, folder)
            _pack(folder, file)
        file.seek(0)
        state = hashlib.sha256()
        while chunk := file.read(_CHUNK):
            state.update(chunk)
            yield chunk
    shelf.note(format_.name, state.hexdigest(), noted(query, options))


def _pack(folder: Path, file: IO[bytes]) -> None:
    """Put the files of a folder into an archive: of the same files the same bytes."""
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            entry = ZipInfo(path.relative_to(folder).as_posix(), _NO_TIME)
            entry.compress_type, entry.external_attr = ZIP_DEFLATED, 0o644 << 16
            with path.open("rb") as part, archive.open(entry, "w", force_zip64=True) as kept:
                shutil.copyfileobj(part, kept)


HANDLERS = [formats, *map(_handler, FORMATS.values())]
