"""Taking a document out of an edition: its words go, its tombstone stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from variorum.errors import EditionError, UnknownIdError
from variorum.identity import digest
from variorum.records import Redaction
from variorum.store import open_newest

from .collation import collate_pages
from .edition import Edition
from .progress import Progress


def redact(
    target: str | Path, documents: Sequence[str], *, author: str, at: str, reason: str, progress: Progress | None = None
) -> Edition:
    """Take documents out, named by their ids or the beginnings of these, and compute the edition anew without them. It
    cannot be undone: the bytes are gone from the edition, and a run that meets them again leaves them out. One that was
    stopped is finished by the same call; what was taken out already is let be. Raises EditionError where the edition
    cannot be written, UnknownIdError where it has no such document and took none out."""
    store = open_newest(target)
    try:
        taken_out = store.taken_out()
        with Edition.open(target) as edition:
            named = [_document(edition, taken_out, id_) for id_ in documents]
            pages = {edition.document(id_).page for id_ in named if id_ not in taken_out}
        if not pages and all(taken_out[id_] for id_ in named):
            return Edition.open(target)
        contents = {page.id: digest(page.content) for page in store.pages() if page.id in pages}
        if missing := sorted(pages - contents.keys()):
            raise EditionError(f"page {missing[0]} is not in the edition any more")
        store.redact(
            Redaction(page=id_, digest=found, successor=None, author=author, at=at, reason=reason)
            for id_, found in sorted(contents.items())
        )
    finally:
        store.close()
    collate_pages((), output=target, progress=progress).close()  # or it would be one that reads what is to go
    store = open_newest(target)
    try:
        store.settle()
    finally:
        store.close()
    return Edition.open(target)


def _document(edition: Edition, taken_out: Mapping[str, bool], id_: str) -> str:
    """The whole id of a document that is there, or was taken out."""
    try:
        return edition.edition_document(id_).id
    except UnknownIdError:
        found = [each for each in taken_out if id_ in (each, each.removeprefix("d-")) or each.startswith(id_)]
        if len(found) != 1:
            raise
        return found[0]
