"""People's rulings: the log, and additions to it on the edition as the person saw it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated

import msgspec
from litestar import post
from litestar.params import Body, HeaderParameter
from litestar.response import Stream

from variorum.records import Decision
from variorum.web.gate import needs
from variorum.web.jobs import JobStatus
from variorum.web.problems import documented
from variorum.web.shelf import Shelf
from variorum.web.tasks import Ruling, ruled

from .reading import Asked, pieces, read, shelf_of


@read("/decisions", summary="The log of people's rulings, in the order of its writing")
def decisions(request: Asked) -> tuple[Decision, ...]:
    with shelf_of(request).now() as edition:
        return edition.decisions


@post(
    "/decisions",
    summary="Rule what is one event or one origin: it is then in the log, and a job computes the edition anew",
    guards=[needs("review")],
    responses=documented(400, 401, 403, 404, 409, 412, 421, 503),
    status_code=202,
    sync_to_thread=True,
)
def decide(
    request: Asked,
    data: Annotated[Ruling, Body(description="The ruling.")],
    seen: Annotated[
        str, HeaderParameter(name="If-Match", description="The ETag of the edition on which the ruling was made.")
    ],
) -> JobStatus:
    made_of = ruled(data, datetime.now(UTC).isoformat(timespec="seconds"))
    return shelf_of(request).rule(made_of, seen)


@read("/custody.jsonl", streams=True, summary="The log of custody, an entry a line", media_type="application/jsonl")
def custody(request: Asked) -> Stream:
    return pieces(request, _entries(shelf_of(request)), "application/jsonl", "custody.jsonl")


def _entries(shelf: Shelf) -> Iterator[str]:
    with shelf.now() as edition:
        for entry in edition.custody():
            yield msgspec.json.encode(entry).decode("utf-8") + "\n"


HANDLERS = [custody, decisions, decide]
