"""Writing an edition, or a part of it, in a format."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Protocol

from variorum.errors import EditionError, ExportError
from variorum.exports.formats import FORMATS, ExportOptions, Job
from variorum.exports.formats.base import Format
from variorum.exports.privacy import Pseudonyms, secret_of, secret_path
from variorum.exports.private import PrivateSource, check_full_text
from variorum.exports.source import Selection, Source
from variorum.records import DocumentQuery, EventQuery
from variorum.store import is_url, open_newest, sealed_by

from .published import divisions_for, pseudonyms

if TYPE_CHECKING:
    from .edition import Edition


def format_named(name: str) -> Format:
    """Raises ExportError where there is no such format."""
    if name not in FORMATS:
        raise ExportError(f"no format is called {name!r}; there are {', '.join(FORMATS)}")
    return FORMATS[name]


@contextmanager
def job(
    edition: Edition,
    query: EventQuery | DocumentQuery | None = None,
    options: ExportOptions | None = None,
    named: Naming | None = None,
) -> Iterator[Job]:
    """What a format is given: the edition as it stands now, or its part about the events (or with the documents) that
    answer a query, with private persons under pseudonyms and places as coarse as the options say. To be used inside the
    block. `named` gives the pseudonyms of an edition where they are at hand. Raises ExportError where whole texts are
    asked for without names, InputError where no secret for pseudonyms can be had."""
    options = options or ExportOptions()
    privacy = options.privacy
    check_full_text(full_text=options.full_text, pseudonyms=privacy.pseudonyms)
    with edition.snapshot() as frozen:
        if isinstance(query, DocumentQuery):
            source: Source = frozen.source(query)
        else:
            whole = frozen.source()
            meant = frozen.meant(query or EventQuery())
            source = whole if meant == EventQuery() else Selection(whole, lambda: frozen.find(meant))
        if privacy.pseudonyms or privacy.places != "site":
            names = None
            if privacy.pseudonyms:
                made = named or partial(pseudonyms, secret=partial(secret_of, options.secret or secret_path()))
                names = made(frozen, bylines=privacy.bylines)
            source = PrivateSource(source, names, privacy.places, divisions_for(privacy.places))
        yield Job(source, options)


class Naming(Protocol):
    """Gives the pseudonyms of an edition's private persons."""

    def __call__(self, edition: Edition, *, bylines: bool) -> Pseudonyms: ...


def told_of(options: ExportOptions) -> dict[str, str]:
    """What an entry on an export in the log of custody says of how it was written."""
    privacy = options.privacy
    return {
        **({"texts": "whole"} if options.full_text else {}),
        **({} if privacy.pseudonyms else {"names": "shown"}),
        **({"places": privacy.places} if privacy.places != "site" else {}),
    }


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


def note(target: str | Path, format_: str, written: Path | str, detail: Mapping[str, str]) -> str | None:
    """Note in an edition's log of custody that a format was written to a file or folder, or, where `written` is a
    SHA-256, to stdout. Gives why it could not be noted, None where it was. An edition that is sealed, cannot be
    written or is of an earlier schema stays as it is."""
    if isinstance(target, str) and not is_url(target):
        if "://" in target:
            return None  # a server notes what it gives itself
        target = Path(target)
    if isinstance(target, Path) and sealed_by(target) is not None:
        return "the export is not in the edition's log, for the edition is sealed"
    at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    told = {**detail, "file": written.name} if isinstance(written, Path) else dict(detail)
    try:
        store = open_newest(target)
        try:
            store.note_export(format_, _digest_of(written), at, told)
        finally:
            store.close()
    except (EditionError, OSError) as error:
        return f"the export is not in the edition's log: {error}"
    return None


def _digest_of(written: Path | str) -> str:
    """The SHA-256 of a file; of a folder that of the names and hashes of its files."""
    if isinstance(written, str):
        return written
    if not written.is_dir():
        with written.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    state = hashlib.sha256()
    for path in sorted(each for each in written.rglob("*") if each.is_file()):
        state.update(f"{path.relative_to(written).as_posix()}\n{_digest_of(path)}\n".encode())
    return state.hexdigest()


def pieces(found: Job, format_: Format) -> Iterator[str]:
    """A format's text, piece by piece. Raises ExportError where the format is files in a folder."""
    if format_.text is None:
        raise ExportError(f"{format_.name} is several files: name a folder for them")
    return format_.text(found)
