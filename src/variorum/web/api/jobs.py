"""Adding documents, and watching the work that follows."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated

import anyio
import anyio.to_thread
import msgspec
from litestar import get, post
from litestar.datastructures import UploadFile
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath
from litestar.response import ServerSentEvent
from litestar.response.sse import ServerSentEventMessage

from variorum.errors import InputError, UnknownIdError
from variorum.records import Record
from variorum.web.gate import needs
from variorum.web.jobs import Jobs, JobStatus
from variorum.web.problems import documented
from variorum.web.receiving import Inbox, check_addresses

from .reading import Asked, read, shelf_of

_HASH = re.compile("[0-9a-f]{64}")
_LOOK = 0.2  # seconds between two looks at a job
_PATIENCE = 15.0  # seconds after which a stream says how things stand though nothing has changed


class Texts(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is to be added: `texts` as they are, and `addresses` to fetch, where the server may."""

    texts: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()


class Check(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the edition is held to, beside itself: `head` is a hash that its log of custody had, and must still have."""

    head: str | None = None


@dataclass(frozen=True)
class Sent:
    """Files of a form."""

    files: list[UploadFile]


@post(
    "/ingest",
    summary="Add texts and addresses; a job reads them and computes the edition anew",
    guards=[needs("ingest")],
    responses=documented(400, 401, 403, 413, 421, 503),
    status_code=202,
    sync_to_thread=True,
)
def ingest(request: Asked, data: Annotated[Texts, Body(description="What to add.")]) -> JobStatus:
    shelf = shelf_of(request)
    if not (data.texts or data.addresses):
        raise InputError("nothing was sent: neither texts nor addresses")
    check_addresses(data.addresses, shelf.options)
    with Inbox(shelf) as inbox:
        for text in data.texts:
            inbox.keep_text(text)
        return inbox.add(data.addresses)


@post(
    "/ingest/files",
    summary="Add files of any kind that `variorum collate` takes",
    guards=[needs("ingest")],
    responses=documented(400, 401, 403, 413, 421, 503),
    status_code=202,
)
async def ingest_files(
    request: Asked,
    data: Annotated[Sent, Body(media_type=RequestEncodingType.MULTI_PART, description="The files.")],
) -> JobStatus:
    shelf = shelf_of(request)
    if not data.files:
        raise InputError("no file was sent")
    with Inbox(shelf) as inbox:
        for file in data.files:
            await anyio.Path(inbox.place(file.filename)).write_bytes(await file.read())
        return await anyio.to_thread.run_sync(inbox.add)


@post(
    "/verify",
    summary="Check the edition against itself; a job lists what is broken in its `faults`",
    guards=[needs("read")],
    responses=documented(400, 401, 403, 413, 421, 429, 503),
    status_code=202,
    sync_to_thread=True,
)
def verify(
    request: Asked, data: Annotated[Check | None, Body(description="What to hold it to, if to anything.")] = None
) -> JobStatus:
    head = data.head if data is not None else None
    if head is not None and not _HASH.fullmatch(head):
        raise InputError("a head is the SHA-256 of an entry of the log of custody: 64 hexadecimal digits")
    return shelf_of(request).jobs.verify(head)


@read("/jobs", of_edition=False, summary="Jobs, in the order in which they came")
def jobs(request: Asked) -> tuple[JobStatus, ...]:
    return shelf_of(request).jobs.all()


@read("/jobs/{job:str}", of_edition=False, scopes=("read", "ingest"), summary="One job as it stands")
def job(request: Asked, job: FromPath[str]) -> JobStatus:
    return _known(shelf_of(request).jobs, job)


@get(
    "/jobs/{job:str}/events",
    summary="One job as it goes: a server-sent event for every change",
    guards=[needs("read", "ingest")],
    responses=documented(401, 403, 404, 421),
    media_type="text/event-stream",
)
async def watch(request: Asked, job: FromPath[str]) -> ServerSentEvent:
    known = shelf_of(request).jobs
    _known(known, job)
    return ServerSentEvent(_messages(known, job))


async def _messages(jobs: Jobs, id_: str) -> AsyncIterator[ServerSentEventMessage]:
    """A job as it stands and whenever it has changed, to its end. Looked at now and then: no thread waits for it."""
    seen: JobStatus | None = None
    silent = 0.0
    while (status := jobs.status(id_)) is not None:
        if status is not seen:
            yield ServerSentEventMessage(data=msgspec.json.encode(status).decode("utf-8"), event=status.state)
            seen, silent = status, 0.0
        if status.is_over:
            return
        await anyio.sleep(_LOOK)
        silent += _LOOK
        if silent >= _PATIENCE:
            yield ServerSentEventMessage(data=msgspec.json.encode(status).decode("utf-8"), event=status.state)
            silent = 0.0


def _known(jobs: Jobs, id_: str) -> JobStatus:
    status = jobs.status(id_)
    if status is None:
        raise UnknownIdError(f"no job has the id {id_!r}")
    return status


HANDLERS = [ingest, ingest_files, verify, jobs, job, watch]
