"""Reading an edition over the API of the server that has it."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NoReturn, TypeVar

import httpx
import msgspec

from variorum.errors import EditionError, QueryError, UnknownIdError
from variorum.pipeline.faults import Fault
from variorum.records import (
    Annotation,
    Claim,
    ContentChange,
    Contradiction,
    CustodyEntry,
    Decision,
    Derivation,
    Document,
    DocumentPage,
    DocumentQuery,
    EditionContent,
    EditionDocument,
    Event,
    EventPage,
    EventQuery,
    Link,
    Origin,
    Page,
    Record,
    Redaction,
    Rejection,
    Snippet,
    Statement,
    Story,
    StoryOrder,
    StorySummary,
)
from variorum.records.queries import MOST
from variorum.store.base import PAGE, Captures, Named, StoredDocument

from .asking import document_parameters, event_parameters

R = TypeVar("R", bound=Record)
T = TypeVar("T")

_LOOK = 0.5  # seconds between two looks at a job
_PATIENCE = 60.0  # seconds without a word from the server
_LISTS: dict[type[Record], str] = {
    Event: "events",
    Claim: "claims",
    Link: "links",
    Story: "stories",
    Origin: "origins",
    Derivation: "derivations",
    Statement: "statements",
    Contradiction: "contradictions",
}
_NAMED: dict[Named, tuple[str, type[Record]]] = {
    "document": ("documents", EditionDocument),
    "event": ("events", Event),
    "origin": ("origins", Origin),
    "story": ("stories", Story),
}


class _Job(Record, frozen=True, kw_only=True):
    """What is of interest here of a job."""

    id: str
    state: str
    error: str | None = None
    faults: tuple[Fault, ...] = ()


class _Telling(Record, frozen=True, kw_only=True):
    event: str
    document: str
    start: int
    end: int


class RemoteReader:
    """`OpenReader` over the API. What a server does not give (pages as they were got, work under way) raises
    EditionError."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client

    @classmethod
    def open(cls, url: str, token: str | None) -> RemoteReader:
        """Raises EditionError where no server answers there, or not with this token."""
        base = url.rstrip("/").removesuffix("/api/v1") + "/api/v1"
        client = httpx.Client(base_url=base, timeout=_PATIENCE, follow_redirects=True)
        reader = cls(client)
        if token is not None:
            client.headers["Authorization"] = f"Bearer {token}"
        try:
            reader._got("/", dict[str, Any])
        except EditionError:
            session = reader._session(token)
            if session is None:
                client.close()
                raise
            client.headers["Authorization"] = f"Bearer {session}"
        return reader

    def _session(self, token: str | None) -> str | None:
        """A session for a one-time token; None where it is none."""
        if token is None:
            return None
        try:
            answer = self._client.post("/session", json={"token": token}, headers={"Authorization": ""})
        except httpx.HTTPError:
            return None
        return str(answer.json()["token"]) if answer.status_code == 201 else None

    # what was observed

    def documents(self) -> Iterator[Document]:
        return (stored.document for line in self.records(EditionDocument) if (stored := self.document(line.id)))

    def document(self, id_: str) -> StoredDocument | None:
        return self._one(f"/documents/{_path(id_)}/text", StoredDocument)

    def documents_of(self, ids: Sequence[str]) -> list[Document]:
        return [stored.document for id_ in sorted(set(ids)) if (stored := self.document(id_)) is not None]

    def annotation_of(self, document: str) -> Annotation | None:
        stored = self.document(document)
        return stored.annotation if stored is not None else None

    def decisions(self) -> tuple[Decision, ...]:
        return self._got("/decisions", tuple[Decision, ...])

    def custody(self) -> Iterator[CustodyEntry]:
        return self._lines("/custody.jsonl", CustodyEntry)

    def head(self) -> CustodyEntry | None:
        found = deque(self.custody(), maxlen=1)
        return found[0] if found else None

    def verified(self, head: str | None) -> tuple[Fault, ...]:
        """What the server finds broken in the edition, by a job that is waited for. Raises EditionError where it could
        not be checked."""
        job = self._posted("/verify", _Job, {"head": head})
        while job.state not in ("done", "failed"):
            time.sleep(_LOOK)
            job = self._got(f"/jobs/{job.id}", _Job)
        if job.state == "failed":
            raise EditionError(f"{self._client.base_url.host}: {job.error}")
        return job.faults

    def successor(self, id_: str) -> str | None:
        """The event to which the server sends who asks for an id that is gone; None where there is none."""
        found = self._one(f"/events/{_path(id_)}", Event)
        return found.id if found is not None and found.id != id_ else None

    # what was computed

    def told_at(self) -> dict[str, set[tuple[str, int, int]]]:
        found: dict[str, set[tuple[str, int, int]]] = {}
        for each in self._lines("/tellings.jsonl", _Telling):
            found.setdefault(each.event, set()).add((each.document, each.start, each.end))
        return found

    def content(self) -> EditionContent:
        return self._got("/exports/json", EditionContent, {"full_text": "true", "names": "true"})

    def versions(self) -> dict[str, str]:
        found: dict[str, str] = self._got("/", dict[str, Any])["versions"]
        return found

    def state(self) -> str:
        return str(self._got("/", dict[str, Any])["state"])

    def count(self, kind: type[Record]) -> int:
        if kind is EditionDocument:
            return self.count_documents(DocumentQuery())
        if kind is Event:
            return self.count_events(EventQuery())
        counted: int | None = self._got("/", dict[str, Any]).get(_LISTS[kind])
        return counted if counted is not None else sum(1 for _ in self.records(kind))

    def records(self, kind: type[R]) -> Iterator[R]:
        if kind is EditionDocument:
            found: list[Any] = []
            page = self.find_documents(DocumentQuery(), None, MOST)
            found += page.documents
            while page.next is not None:
                page = self.find_documents(DocumentQuery(), page.next, MOST)
                found += page.documents
            yield from sorted(found, key=lambda document: document.id)
            return
        after: str | None = None
        while True:
            some, after = self.some(kind, after, MOST)
            yield from some
            if after is None:
                return

    def some(self, kind: type[R], after: str | None = None, limit: int = PAGE) -> tuple[tuple[R, ...], str | None]:
        name = _LISTS[kind]
        told = self._got(f"/{name}", dict[str, msgspec.Raw], {"limit": limit, "after": after})
        return msgspec.json.decode(told[name], type=tuple[kind, ...]), msgspec.json.decode(told["next"])  # type: ignore[valid-type]

    def ids(self, kind: Named, beginning: str, limit: int = 2) -> tuple[str, ...]:
        path, _ = _NAMED[kind]
        found = self._one(f"/{path}/{_path(beginning)}", dict[str, Any])
        return (str(found["id"]),) if found is not None and _begins(str(found["id"]), beginning) else ()

    def find_events(self, query: EventQuery, after: str | None = None, limit: int = PAGE) -> EventPage:
        return self._got("/events", EventPage, {**event_parameters(query), "after": after, "limit": limit})

    def count_events(self, query: EventQuery, most: int | None = None) -> int:
        return int(self._got("/events/count", dict[str, int], {**event_parameters(query), "most": most})["count"])

    def find_documents(self, query: DocumentQuery, after: str | None = None, limit: int = PAGE) -> DocumentPage:
        return self._got("/documents", DocumentPage, {**document_parameters(query), "after": after, "limit": limit})

    def count_documents(self, query: DocumentQuery) -> int:
        return int(self._got("/documents/count", dict[str, int], document_parameters(query))["count"])

    def event(self, id_: str) -> Event | None:
        found = self._one(f"/events/{_path(id_)}", Event)
        return found if found is not None and _begins(found.id, id_) else None

    def story(self, id_: str) -> Story | None:
        return self._one(f"/stories/{_path(id_)}", Story)

    def origin(self, id_: str) -> Origin | None:
        return self._one(f"/origins/{_path(id_)}", Origin)

    def edition_document(self, id_: str) -> EditionDocument | None:
        return self._one(f"/documents/{_path(id_)}", EditionDocument)

    def claims(self, event: str) -> tuple[Claim, ...]:
        return self._got(f"/events/{_path(event)}/claims", tuple[Claim, ...])

    def links(self, event: str) -> tuple[Link, ...]:
        return self._got(f"/events/{_path(event)}/links", tuple[Link, ...])

    def contradictions(self, event: str) -> tuple[Contradiction, ...]:
        return self._got(f"/events/{_path(event)}/contradictions", tuple[Contradiction, ...])

    def event_snippets(self, events: Sequence[str], words: str, limit: int = 3) -> dict[str, tuple[Snippet, ...]]:
        asked = {"q": words, "limit": limit}
        return {id_: self._got(f"/events/{_path(id_)}/passages", tuple[Snippet, ...], asked) for id_ in events}

    def document_snippets(self, document: str, words: str, limit: int = 3) -> tuple[Snippet, ...]:
        return self._got(f"/documents/{_path(document)}/passages", tuple[Snippet, ...], {"q": words, "limit": limit})

    def derivations(self, document: str) -> tuple[Derivation, ...]:
        return self._got(f"/documents/{_path(document)}/derivations", tuple[Derivation, ...])

    @contextmanager
    def snapshot(self) -> Iterator[RemoteReader]:
        """This reader: a server may put a newer edition in force between two questions."""
        yield self

    def close(self) -> None:
        self._client.close()

    # what is not to be had over the network

    def damage(self) -> tuple[str, ...]:
        _not_served("what is broken in its file")

    def row_faults(self) -> Iterator[tuple[str, str]]:
        _not_served("the rows as they are kept")

    def observations(self) -> Iterator[tuple[str, list[dict[str, Any]]]]:
        _not_served("what was observed, as it is kept")

    def captures(self) -> Iterator[Captures]:
        _not_served("where the pages were got")

    def redactions(self) -> tuple[Redaction, ...]:
        _not_served("what was taken out")

    def taken_out(self) -> dict[str, bool]:
        _not_served("what was taken out")

    def entry(self, number: int) -> CustodyEntry | None:
        _not_served("the log of custody")

    def rulings_after(self, number: int) -> int:
        _not_served("the log of custody")

    def changes(self, since: int) -> tuple[ContentChange, ...] | None:
        _not_served("what its runs changed")

    def content_state(self) -> str:
        _not_served("the digest of what is in force")

    def content_digest(self) -> str:
        _not_served("the digest of what is stored")

    def row_digests(self) -> Iterator[tuple[str, str, str]]:
        _not_served("the rows as they are kept")

    def summaries(
        self, order: StoryOrder = "told", limit: int = PAGE, offset: int = 0, ids: Sequence[str] | None = None
    ) -> tuple[StorySummary, ...]:
        _not_served("stories in numbers")

    def of_story(self, kind: type[R], story: str) -> tuple[R, ...]:
        _not_served("what hangs together within a story")

    def pages(self) -> Iterator[Page]:
        _not_served("the pages as they were got")

    def sources_changed(self) -> list[str]:
        _not_served("which sources changed")

    def rejections(self) -> Iterator[Rejection]:
        _not_served("what could not be read")

    def annotations(self, keys: Iterable[str]) -> dict[str, Annotation]:
        _not_served("annotations by their work")

    def derivation_work(self, keys: Iterable[str]) -> dict[str, bytes]:
        _not_served("derivation's work")

    # asking

    def _got(self, path: str, kind: type[T], parameters: Mapping[str, Any] | None = None) -> T:
        """What the server gives under a path. Raises UnknownIdError, QueryError or EditionError with its words."""
        told = {name: value for name, value in (parameters or {}).items() if value is not None}
        return self._answered("GET", path, kind, 200, params=told)

    def _posted(self, path: str, kind: type[T], content: Mapping[str, Any]) -> T:
        """As `_got`, of what a request to do something is answered with."""
        return self._answered("POST", path, kind, 202, json=content)

    def _answered(self, method: str, path: str, kind: type[T], status: int, **asked: Any) -> T:
        try:
            answer = self._client.request(method, path, **asked)
        except httpx.HTTPError as error:
            raise EditionError(f"{self._client.base_url}: {error or type(error).__name__}") from error
        if answer.status_code != status:
            _refused(answer)
        return self._decoded(answer, kind)

    def _lines(self, path: str, kind: type[T]) -> Iterator[T]:
        """What the server gives under a path, a record a line, as it comes."""
        try:
            with self._client.stream("GET", path) as answer:
                if answer.status_code != 200:
                    answer.read()
                    _refused(answer)
                for line in answer.iter_lines():
                    yield msgspec.json.decode(line, type=kind)
        except (httpx.HTTPError, msgspec.DecodeError) as error:
            raise EditionError(f"{self._client.base_url}: {error or type(error).__name__}") from error

    def _decoded(self, answer: httpx.Response, kind: type[T]) -> T:
        try:
            return msgspec.json.decode(answer.content, type=kind)
        except msgspec.DecodeError as error:
            raise EditionError(f"{answer.url}: no answer as this version knows it: {error}") from error

    def _one(self, path: str, kind: type[T]) -> T | None:
        try:
            return self._got(path, kind)
        except UnknownIdError:
            return None


def _refused(answer: httpx.Response) -> NoReturn:
    try:
        told = str(answer.json()["detail"])
    except (ValueError, KeyError, TypeError):
        told = f"HTTP {answer.status_code}"
    kind = {404: UnknownIdError, 400: QueryError}.get(answer.status_code, EditionError)
    raise kind(told if kind is not EditionError else f"{answer.url.host}: {told}")


def _not_served(what: str) -> NoReturn:
    raise EditionError(f"{what}: a server does not give that")


def _begins(id_: str, beginning: str) -> bool:
    """Whether an id begins so, with or without the letter of its kind: a server leads on from an id that is gone."""
    return id_.startswith(beginning) or id_.partition("-")[2].startswith(beginning)


def _path(id_: str) -> str:
    """An id as a segment of a path."""
    from urllib.parse import quote

    return quote(id_, safe="") or "-"
