"""Taking a document out of an edition: its words go, its tombstone stays."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from variorum.errors import EditionError
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
    cannot be undone: the bytes are gone from the edition, and a run that meets them again leaves them out. Raises
    EditionError where the edition cannot be written, UnknownIdError where it has no such document."""
    with Edition.open(target) as edition:
        pages = {edition.document(edition.edition_document(id_).id).page for id_ in documents}
    store = open_newest(target)
    try:
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
