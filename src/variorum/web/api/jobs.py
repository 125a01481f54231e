"""Adding documents, and watching the work that follows."""

from __future__ import annotations

import re
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import anyio
import msgspec
from litestar import get, post
from litestar.datastructures import UploadFile
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath
from litestar.response import ServerSentEvent
from litestar.response.sse import ServerSentEventMessage

from variorum.errors import InputError, UnknownIdError
from variorum.identity import digest
from variorum.records import Record
from variorum.web.gate import needs
from variorum.web.jobs import Jobs, JobStatus
from variorum.web.problems import documented
from variorum.web.shelf import Shelf
from variorum.web.tasks import Ingest

from .reading import Asked, read, shelf_of

_UNSAFE = re.compile(r"[^\w.\- ]+")
_NAMED = 12  # digits of a text's hash that are its name
_LOOK = 0.2  # seconds between two looks at a job
_PATIENCE = 15.0  # seconds after which a stream says how things stand though nothing has changed


class Texts(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is to be added: `texts` as they are, and `addresses` to fetch, where the server may."""

    texts: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()


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
    if data.addresses and not shelf.options.allow_network:
        raise InputError("the network is off: `variorum serve --allow-network` lets addresses be fetched")
    if odd := [each for each in data.addresses if not each.startswith(("http://", "https://"))]:
        raise InputError(f"{odd[0]!r} is no address: one begins with http:// or https://")
    folder = Path(tempfile.mkdtemp(prefix="variorum-"))
    for text in data.texts:
        content = text.encode("utf-8", "surrogatepass")
        (folder / f"pasted-{digest(content)[:_NAMED]}.txt").write_bytes(content)
    return _added(shelf, folder, data.addresses)


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
    folder = Path(tempfile.mkdtemp(prefix="variorum-"))
    for number, file in enumerate(data.files, 1):
        name = _UNSAFE.sub("_", Path(file.filename or "file").name).strip(". ") or "file"
        inside = folder / f"{number:04}"
        inside.mkdir()
        await anyio.Path(inside / name[-100:]).write_bytes(await file.read())
    return _added(shelf, folder)


@read("/jobs", of_edition=False, summary="Jobs, in the order in which they came")
def jobs(request: Asked) -> tuple[JobStatus, ...]:
    return shelf_of(request).jobs.all()


@read("/jobs/{job:str}", of_edition=False, summary="One job as it stands")
def job(request: Asked, job: FromPath[str]) -> JobStatus:
    return _known(shelf_of(request).jobs, job)


@get(
    "/jobs/{job:str}/events",
    summary="One job as it goes: a server-sent event for every change",
    guards=[needs("read")],
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


def _added(shelf: Shelf, folder: Path, addresses: tuple[str, ...] = ()) -> JobStatus:
    """A job that adds what lies in a folder, and what addresses give."""
    task = Ingest(target=str(shelf.target), folder=str(folder), addresses=addresses, workers=shelf.options.workers)
    return shelf.jobs.add(task)


HANDLERS = [ingest, ingest_files, jobs, job, watch]
