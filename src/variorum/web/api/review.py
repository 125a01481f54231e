"""People's rulings: the log, and additions to it on the edition as the person saw it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal

from litestar import post
from litestar.params import Body, HeaderParameter

from variorum.errors import DecisionError
from variorum.pipeline import Edition
from variorum.pipeline.collation import RunOptions
from variorum.pipeline.progress import Progress
from variorum.pipeline.rulings import Make, Ruler, rule
from variorum.records import Decision, Record
from variorum.web.gate import needs
from variorum.web.jobs import JobStatus
from variorum.web.problems import StaleError, documented

from .reading import Asked, read, shelf_of

Action = Literal["merge", "split", "copies", "independent", "undo"]


class Ruling(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A ruling as a person makes it. `targets` are events (of a merge; of a split the one event), documents (copies,
    independent) or one decision (undo). `documents` are those that leave a split event."""

    action: Action
    targets: tuple[str, ...]
    author: str
    documents: tuple[str, ...] = ()
    reason: str = ""


@read("/decisions", summary="The log of people's rulings, in the order of its writing")
def decisions(request: Asked) -> tuple[Decision, ...]:
    with shelf_of(request).now() as edition:
        return edition.decisions


@post(
    "/decisions",
    summary="Rule what is one event or one origin; the edition is then computed anew by a job",
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
    shelf = shelf_of(request)
    make = _made(data, datetime.now(UTC).isoformat(timespec="seconds"))
    with shelf.now() as edition:
        _check_state(edition, seen)
        make(edition)  # a ruling that does not fit is told at once

    def work(progress: Progress) -> str:
        def on_the_same(edition: Edition) -> Decision:
            _check_state(edition, seen)
            return make(edition)

        decision, made = rule(
            shelf.target, on_the_same, options=RunOptions(workers=shelf.options.workers), progress=progress
        )
        made.close()
        return decision.id

    return shelf.jobs.add("ruling", work)


def _made(ruling: Ruling, at: str) -> Make:
    ruler = Ruler(author=ruling.author, at=at, reason=ruling.reason)
    one = ruling.targets[0] if len(ruling.targets) == 1 else None
    match ruling.action:
        case "merge":
            return lambda edition: ruler.merge(edition, ruling.targets)
        case "copies" | "independent":
            return lambda edition: ruler.copies(edition, ruling.targets, are=ruling.action == "copies")
        case "split" if one is not None:
            return lambda edition: ruler.split(edition, one, ruling.documents)
        case "undo" if one is not None:
            return lambda edition: ruler.undo(edition, one)
    raise DecisionError(f"{ruling.action} needs exactly one target")


def _check_state(edition: Edition, seen: str) -> None:
    now = edition.state
    if seen.strip() not in (f'"{now}"', now, "*"):
        raise StaleError(f"the edition has changed since: it is now {now}, and the ruling was made on {seen}")


HANDLERS = [decisions, decide]
