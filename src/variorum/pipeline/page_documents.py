"""Pages to documents as the pipeline wants them: no page stops another, and versions of one address are told apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, NamedTuple
from urllib.parse import urlsplit

import msgspec

from variorum.documents import make_document
from variorum.errors import ModelError
from variorum.identity import digest, stable_id
from variorum.pages import PageOptions, read_pages
from variorum.pages.fetching import Fetcher
from variorum.records import Document, Page, Rejection, Version

from .progress import Progress
from .references import undated_note

_SHOWN = 5  # sources that a line for a person names


def made(page: Page) -> Document:
    """The document of a page; one that a stage breaks on is rejected with what broke, and costs no other."""
    try:
        document = make_document(page)
    except ModelError:
        raise
    except Exception as error:
        detail = f"could not be made a document: {type(error).__name__}: {error}"
        return refused(Rejection(id=page.id, source=page.source, reason="fault", detail=detail))
    if document.rejected is not None:  # two rejected pages may have the same text, or none: each is told by itself
        return msgspec.structs.replace(document, id=page.id, supported=False, language=None)
    return document


def refused(rejection: Rejection) -> Document:
    """What stands for an input that gave no document."""
    return Document(
        id=rejection.id, page=rejection.id, source=rejection.source, text="", supported=False, rejected=rejection
    )


def unsupported(document: Document) -> str:
    """The line for a person on a document that no pipeline reads."""
    return f"kept, not read: {document.source}: no pipeline for the language {document.language!r} (English for now)"


def empty_note(empty: Sequence[str]) -> str | None:
    """A line for a person on the records whose text is empty, by their sources; None where there are none."""
    if not empty:
        return None
    shown = ", ".join(empty[:_SHOWN]) + (", …" if len(empty) > _SHOWN else "")
    which = f"{len(empty)} records have" if len(empty) > 1 else "a record has"
    return f"kept, empty: {which} no text ({shown})"


def read_documents(
    inputs: Iterable[str | Path],
    *,
    options: PageOptions | None = None,
    progress: Progress | None = None,
    stdin: BinaryIO | None = None,
    fetcher: Fetcher | None = None,
) -> Iterator[Document]:
    """The document of every page of some inputs, in their order, as a stream: nothing is stored, and memory does not
    grow with the number of pages but by a line for each address. What was rejected comes too, with `rejected` set.

    In the end `progress` is told which documents have no date, which have no text, which inputs are one document in an
    edition, which of them an edition would not keep, and which are versions of one address. Raises InputError as
    `read_pages` does.
    """
    progress = progress or Progress()
    pages = read_pages(list(inputs), options=options, stdin=stdin, fetcher=fetcher, expect=progress.expect)
    return _documents(pages, progress)


def _documents(pages: Iterator[Page | Rejection], progress: Progress) -> Iterator[Document]:
    progress.begin("Reading")
    captures: dict[str, Capture] = {}
    sources: dict[str, str] = {}
    read, undated, empty = 0, list[str](), list[str]()
    same = _Same()
    for page in pages:
        document = made(page) if isinstance(page, Page) else refused(page)
        if isinstance(page, Page):
            same.add(page)
        if document.rejected is not None:
            progress.note(document.rejected.note)
        elif not document.supported:
            progress.note(unsupported(document))
        elif not document.text.strip():
            empty.append(document.source)
        else:
            read += 1
            if document.published is None:
                undated.append(document.source)
        if isinstance(page, Page) and document.rejected is None and document.url is not None:
            captures[document.id] = capture_of(document, page.captured)
            sources[document.id] = document.source
        yield document
        progress.advance()
    for line in (*filter(None, (empty_note(empty), undated_note(undated, read))), *same.notes()):
        progress.note(line)
    found = versions_of(captures)
    for id_, version in sorted(found.items(), key=lambda item: (item[1].group, item[1].number)):
        progress.note(f"version {version.number} of {version.of} of {version.url}: {sources[id_]}")
    progress.end()


class _Same:
    """Which pages are one in an edition, as `resolve_duplicates` has it: those of the same bytes and declaration, and
    of those that declare one id, the one of the least content hash. Kept are a page's id, hash and source."""

    def __init__(self) -> None:
        self._sources: dict[str, list[str]] = {}
        self._held: dict[str, dict[str, str]] = {}  # by declared id the pages that hold it, with their content's hash

    def add(self, page: Page) -> None:
        self._sources.setdefault(page.id, []).append(page.source)
        if page.declared.id is not None:
            self._held.setdefault(page.declared.id, {})[page.id] = digest(page.content)

    def notes(self) -> Iterator[str]:
        """A line for each page that came more than once, and one for each that shares its id with another."""
        for sources in self._sources.values():
            if len(sources) > 1:
                kept = min(sources)
                others = sorted(each for each in sources if each != kept) or [kept]
                more = f" and {len(others) - _SHOWN} more" if len(others) > _SHOWN else ""
                yield f"the same page: {kept} and {', '.join(others[:_SHOWN])}{more}: one document in an edition"
        for declared, hashes in self._held.items():
            kept_id, *lost = sorted(hashes, key=lambda id_: (hashes[id_], id_))
            for id_ in lost:
                held = f'the id "{declared}" is held by a different record ({min(self._sources[kept_id])})'
                yield f"rejected: {min(self._sources[id_])}: {held}: an edition keeps that one [duplicate-id]"


class Capture(NamedTuple):
    """A document's address and the moment that orders it among others of that address, both as given."""

    url: str
    moment: str | None


def capture_of(document: Document, captured: str | None) -> Capture:
    """When a document's words stood at its address: when they were got, else when they were updated or published."""
    updated = next((each.value for each in document.candidates if each.field == "updated" and each.chosen), None)
    return Capture(document.url or "", captured or updated or document.published)


def earlier(one: Capture, other: Capture) -> Capture:
    """The one whose moment comes first; one without a moment comes last."""
    return min(one, other, key=lambda capture: (_moment(capture.moment), capture.url))


def versions_of(captures: Mapping[str, Capture]) -> dict[str, Version]:
    """Which documents, by id, are versions of one address, and which version each is.

    Addresses are the same whatever their scheme, the case of their host, a default port and their fragment. Versions
    are numbered by their moments, those without one last; where moments do not tell, by id. An address with one
    document has no versions.
    """
    groups: dict[str, list[str]] = {}
    for id_, capture in sorted(captures.items()):
        if (address := _address(capture.url)) is not None:
            groups.setdefault(address, []).append(id_)
    found = {}
    for address, ids in groups.items():
        if len(ids) > 1:
            ordered = sorted(ids, key=lambda id_: (_moment(captures[id_].moment), id_))
            for number, id_ in enumerate(ordered, 1):
                url = captures[ordered[0]].url
                found[id_] = Version(group=stable_id("u", (address,)), url=url, number=number, of=len(ids))
    return found


def _address(url: str) -> str | None:
    """An address as two captures of it agree on; None for a site's front page, where different things stand."""
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").removesuffix("."), parts.port
    except ValueError:
        return None
    if not host or (parts.path in ("", "/") and not parts.query):
        return None
    named = f":{port}" if port not in (None, 80, 443) else ""
    return f"{host}{named}{parts.path}?{parts.query}"


def _moment(value: str | None) -> tuple[bool, str]:
    """A key that orders moments of any precision; those without a zone count as UTC."""
    try:
        moment = datetime.fromisoformat(value or "")
    except ValueError:
        return value is None, value or ""
    zoned = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return False, zoned.astimezone(UTC).isoformat()
