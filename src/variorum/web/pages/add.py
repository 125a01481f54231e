"""Add: files, texts and addresses go to a job; the job's page says how far it is and what became of each document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import anyio
import anyio.to_thread
from litestar import Response, post
from litestar.datastructures import UploadFile

from variorum.errors import InputError, UnknownIdError
from variorum.web.gate import needs
from variorum.web.jobs import JobStatus
from variorum.web.options import ServeOptions
from variorum.web.receiving import Inbox, check_addresses

from .answering import Asked, form_of, page, shelf_of, shown

_KINDS = (
    ".txt", ".md", ".html", ".mhtml", ".pdf", ".jsonl", ".json", ".csv", ".tsv", ".warc", ".wacz", ".zip", ".gz",
)  # fmt: skip
_SHOWN = 500  # documents of a job that its page lists


@dataclass(frozen=True)
class AddView:
    """`network` says whether addresses may be fetched; `kinds` are the endings of files that can be read."""

    network: bool
    most: int
    kinds: tuple[str, ...]
    jobs: tuple[JobStatus, ...]


@dataclass(frozen=True)
class JobView:
    """A job as it stands: how many of its documents came how, and the first of them, what was rejected before all."""

    job: JobStatus
    came: tuple[tuple[str, int], ...]
    documents: tuple[Any, ...]

    @property
    def more(self) -> int:
        return len(self.job.documents) - len(self.documents)


def view(options: ServeOptions, jobs: Sequence[JobStatus]) -> AddView:
    return AddView(options.allow_network, options.upload_bytes, _KINDS, tuple(reversed(jobs))[:20])


def job_view(job: JobStatus) -> JobView:
    came = Counter(each.came for each in job.documents)
    order = {"rejected": 0, "added": 1, "known": 2}
    listed = sorted(job.documents, key=lambda each: order[each.came])
    return JobView(
        job, tuple((name, came[name]) for name in ("added", "known", "rejected") if came[name]), tuple(listed[:_SHOWN])
    )


@page("/add")
def add(request: Asked) -> str:
    shelf = shelf_of(request)
    return shown(request, "add.html.j2", view(shelf.options, shelf.jobs.all()))


@page("/jobs/{job:str}")
def job(request: Asked) -> str:
    status = shelf_of(request).jobs.status(request.path_params["job"])
    if status is None:
        raise UnknownIdError("there is no such job: the server forgets those that ended when it is started again")
    return shown(request, "job.html.j2", job_view(status))


@post("/add", guards=[needs("ingest")], status_code=303)
async def receive(request: Asked) -> Response[Any]:
    """Takes what a form sends, and leads on to the job that adds it. Raises InputError where nothing was sent."""
    fields: Any = await form_of(request)
    shelf = shelf_of(request)
    text, addresses = str(fields.get("text", "")), str(fields.get("addresses", "")).split()
    files = [each for each in fields.getall("files", []) if isinstance(each, UploadFile) and each.filename]
    if not (text.strip() or addresses or files):
        raise InputError("nothing was sent: choose files, paste a text, or give addresses")
    check_addresses(addresses, shelf.options)
    with Inbox(shelf) as inbox:
        if text.strip():
            inbox.keep_text(text)
        for file in files:
            await anyio.Path(inbox.place(file.filename)).write_bytes(await file.read())
        status = await anyio.to_thread.run_sync(inbox.add, addresses)
    return Response(None, status_code=303, headers={"Location": f"/jobs/{status.id}"})


HANDLERS = [add, job, receive]
