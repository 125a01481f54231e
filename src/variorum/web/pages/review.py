"""Review: what to decide first, one task with all that can be said of it, and the log of what was said.

A ruling is made on the edition as it stands when the form is sent, and names characters of texts from then on; so the
reader goes on to the next task while a job brings it into the edition.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any, get_args

import anyio.to_thread
import msgspec
from litestar import Response, post
from litestar.datastructures import State

from variorum.coding import Ontology
from variorum.errors import DecisionError, QueryError, UnknownIdError
from variorum.exports.rulings import is_taken_back, log_table
from variorum.pipeline import Edition
from variorum.pipeline.review_queue import ON_EVENTS, Action, Doubts, Entry, Point, Side, doubts, left_to_ask
from variorum.pipeline.reviewed import Shown
from variorum.records import Decision, EditionDocument, Event, EventQuery, Status
from variorum.review import target
from variorum.web.gate import needs
from variorum.web.jobs import JobStatus
from variorum.web.rendering import Chosen, parameters
from variorum.web.tasks import Ruling, ruled

from .answering import Asked, chosen_of, form_of, moved, page, shelf_of, shown
from .signing import author_of, names_in, remembered

_PAGE = 50
_NEAR = 12  # events of the same story that a merge offers
_LONGEST = 2_000  # characters of a field of a form


@dataclass(frozen=True)
class QueueView:
    """A page of the queue; `state` of each entry's event, if it is one. `job` is the ruling that was just made."""

    entries: tuple[Entry, ...]
    all: int
    first: int
    job: JobStatus | None

    @property
    def next(self) -> int | None:
        after = self.first + len(self.entries)
        return after if after < self.all else None


@dataclass(frozen=True)
class Told:
    """A side of a point with the document that its words stand in."""

    side: Side
    document: EditionDocument | None
    place: str
    at: str


@dataclass(frozen=True)
class TaskView:
    """One task. Forms offer `types` with their modes, `actors` that the texts name, `near` events of its story."""

    entry: Entry
    sides: tuple[tuple[Told, ...], ...]
    state: Shown | None
    event: Event | None
    documents: tuple[EditionDocument, ...]
    near: tuple[Event, ...]
    types: tuple[tuple[str, tuple[str, ...]], ...]
    statuses: tuple[str, ...]
    actors: tuple[str, ...]
    rulings: tuple[Decision, ...]
    before: str | None
    after: str | None
    author: str
    job: JobStatus | None


@dataclass(frozen=True)
class Ruled:
    """A line of the log: `undo` whether it can be taken back, or put in force again."""

    decision: Decision
    taken_back: bool
    flag: str | None
    undo: bool


@dataclass(frozen=True)
class LogView:
    lines: tuple[Ruled, ...]
    author: str
    job: JobStatus | None


def queue_of(request: Asked, edition: Edition) -> tuple[Entry, ...]:
    """`queue_in` of the server that is asked."""
    return queue_in(request.app.state, edition)


def queue_in(kept: State, edition: Edition) -> tuple[Entry, ...]:
    """The queue of the edition as it stands, made once for each state of it: what could be asked is found anew where
    another content is in force, and what a ruling leaves of it after each ruling."""
    known: dict[str, tuple[Entry, ...]] = kept.setdefault("queues", {})
    found: dict[str, Doubts] = kept.setdefault("doubts", {})
    state = edition.state
    if state not in known:
        content = edition.content_state
        if content not in found:
            made = doubts(edition)
            found.clear()
            found[content] = made
        known.clear()
        known[state] = left_to_ask(found[content], edition.reviewed())
    return known[state]


def view(entries: Sequence[Entry], chosen: Chosen, job: JobStatus | None = None) -> QueueView:
    """Raises QueryError where ``from`` is no number."""
    told = chosen.first("from", "0")
    if not told.isdecimal() or len(told) > 9:
        raise QueryError(f"{told!r} is no number of a task")
    first = min(int(told), max(0, len(entries) - 1))
    return QueueView(tuple(entries[first : first + _PAGE]), len(entries), first, job)


def task_view(
    edition: Edition, entries: Sequence[Entry], key: str, author: str = "", job: JobStatus | None = None
) -> TaskView:
    """The task of this key, or of an event that is in no queue: whatever is shown can be ruled on. Raises
    UnknownIdError."""
    number = next((n for n, entry in enumerate(entries) if entry.key == key), None)
    if number is None:
        entry = _unasked(edition, key)
        before = after = None
    else:
        entry = entries[number]
        before = entries[number - 1].key if number else None
        after = entries[number + 1].key if number + 1 < len(entries) else None
    entry = msgspec.structs.replace(entry, points=tuple(_in_names(edition, point) for point in entry.points))
    event = edition.event(entry.ids[0]) if entry.kind == "event" else None
    ids = event.documents if event is not None else entry.ids if entry.kind == "copies" else ()
    reviewed = edition.reviewed()
    return TaskView(
        entry=entry,
        sides=tuple(tuple(_told(edition, side) for side in point.sides) for point in entry.points),
        state=reviewed.shown(event, edition.contradictions_of(event)) if event is not None else None,
        event=event,
        documents=tuple(edition.edition_document(id_) for id_ in ids),
        near=_near(edition, event),
        types=tuple((code, tuple(kind.modes)) for code, kind in Ontology.load().types.items()),
        statuses=get_args(Status),
        actors=_actors(edition, event),
        rulings=reviewed.of_event(event) if event is not None else (),
        before=before,
        after=after,
        author=author,
        job=job,
    )


def _in_names(edition: Edition, point: Point) -> Point:
    (says,) = names_in(edition, (point.says,))
    return msgspec.structs.replace(point, says=says)


def _unasked(edition: Edition, key: str) -> Entry:
    event = edition.event(key)
    return Entry(
        kind="event", ids=(event.id,), title=event.headline or event.type, points=(), actions=ON_EVENTS,
        disagreement=0, impact=0, score=0,
    )  # fmt: skip


def _told(edition: Edition, side: Side) -> Told:
    found = next((each for each in side.evidence if each.field == "text"), None)
    if found is None:
        return Told(side, None, "", "")
    at = f"{found.start}-{found.end}"
    return Told(side, edition.edition_document(found.document), f"{found.document}@{at}", at)


def _near(edition: Edition, event: Event | None) -> tuple[Event, ...]:
    """Events of the same story, those of its type first."""
    if event is None:
        return ()
    found = edition.page(EventQuery(story=event.story), limit=200).events
    others = [each for each in found if each.id != event.id]
    return tuple(sorted(others, key=lambda each: each.type != event.type)[:_NEAR])


def _actors(edition: Edition, event: Event | None) -> tuple[str, ...]:
    if event is None:
        return ()
    found: set[str] = set()
    for id_ in event.documents[:_PAGE]:
        annotation = edition.layers(id_)
        found |= {actor.name for actor in (annotation.actors if annotation is not None else ())}
    return tuple(sorted(found))


def log_view(edition: Edition, author: str = "", job: JobStatus | None = None) -> LogView:
    """The log, the last ruling first."""
    reviewed = edition.reviewed()
    flags = {flag.decision: flag.told for flag in reviewed.flags()}
    standing = {decision.id for decision in reviewed.standing.in_force}
    undone = {name for each in edition.decisions if each.action == "restore" for name in each.targets}
    lines = [
        Ruled(each, is_taken_back(each, standing), flags.get(each.id), each.id not in undone)
        for each in reversed(edition.decisions)
    ]
    return LogView(tuple(lines), author, job)


def _job(request: Asked) -> JobStatus | None:
    return shelf_of(request).jobs.status(chosen_of(request).first("job"))


@page("/review", seeks=True)
def review(request: Asked) -> str:
    with shelf_of(request).now() as edition:
        entries = queue_of(request, edition)
    return shown(request, "review.html.j2", view(entries, chosen_of(request), _job(request)))


@page("/review/{task:str}", seeks=True)
def task(request: Asked) -> Any:
    asked: str = request.path_params["task"]
    with shelf_of(request).now() as edition:
        entries = queue_of(request, edition)
        try:
            found = task_view(edition, entries, asked, author_of(request), _job(request))
        except UnknownIdError:
            later = edition.successor(asked)
            if later is None:
                raise
            return moved(request, "review", later.id)
    return shown(request, "task.html.j2", found)


@page("/review/log")
def log(request: Asked) -> str:
    with shelf_of(request).now() as edition:
        found = log_view(edition, author_of(request), _job(request))
    return shown(request, "review_log.html.j2", found)


@page("/review/log.csv")
def log_csv(request: Asked) -> Response[Any]:
    with shelf_of(request).now() as edition:
        table = "".join(log_table(edition.decisions))
    return _file(table.encode("utf-8", "replace"), "text/csv; charset=utf-8", "rulings.csv")


@page("/review/log.json")
def log_json(request: Asked) -> Response[Any]:
    with shelf_of(request).now() as edition:
        content = msgspec.json.encode(edition.decisions)
    return _file(content, "application/json", "rulings.json")


def _file(content: bytes, media_type: str, name: str) -> Response[Any]:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=media_type, headers=headers)


@post("/review", guards=[needs("review")], status_code=303)
async def rule(request: Asked) -> Response[Any]:
    """What a form rules. It leads on to ``next``, with the job that brings the ruling into the edition."""
    fields: Any = await form_of(request)
    lists = {name: tuple(each for each in fields.getall(name, []) if isinstance(each, str)) for name in _LISTS}
    given = {name: str(fields.get(name, ""))[:_LONGEST] for name in _FIELDS}
    job = await anyio.to_thread.run_sync(partial(_decide, request, given, lists))
    to = _local(given["next"]) + parameters({"job": job.id})
    return Response(None, status_code=303, headers={"Location": to}, cookies=[remembered(given["author"])])


_LISTS = ("target", "document")
_FIELDS = ("action", "author", "reason", "field", "value", "words", "first", "last", "next")


def _local(path: str) -> str:
    """A path of this server to go on to: never another site's address."""
    return path if re.fullmatch(r"/(?:review|documents)(?:/[\w%+.~-]+)?", path) else "/review"


def _decide(request: Asked, given: Mapping[str, str], lists: Mapping[str, tuple[str, ...]]) -> JobStatus:
    shelf = shelf_of(request)
    if given["action"] not in get_args(Action):
        raise DecisionError(f"there is no ruling {given['action']!r}")
    if not given["author"].strip():
        raise DecisionError("say who rules: the log names everyone by their own word")
    with shelf.now() as edition:
        ruling = Ruling(
            action=given["action"],  # type: ignore[arg-type]
            targets=lists["target"],
            documents=lists["document"],
            author=given["author"].strip(),
            reason=given["reason"].strip(),
            field=given["field"],
            value=_value(edition, given, lists["target"]),
        )
    return shelf.rule(ruled(ruling, datetime.now(UTC).isoformat(timespec="seconds")))


def _value(edition: Edition, given: Mapping[str, str], targets: Sequence[str]) -> str:
    """What is said instead: `value`, a first and a last day, or words of the text that are to be found in it."""
    if given["first"]:
        return given["first"] + (f"/{given['last']}" if given["last"] else "")
    if given["words"].strip() and len(targets) == 1:
        named = target(targets[0])
        return _nearest(edition.document(named.document).text, given["words"], named.span.start)
    return given["value"]


def _nearest(text: str, words: str, near: int) -> str:
    """Where words stand in a text, nearest to a place of it, as ``start-end``. Raises DecisionError where they do
    not."""
    told = r"\s+".join(re.escape(word) for word in words.split())
    found = [match.span() for match in re.finditer(told, text)]
    if not found:
        raise DecisionError(f"the text does not say {words!r}")
    start, end = min(found, key=lambda span: (abs(span[0] - near), span))
    return f"{start}-{end}"


HANDLERS = [review, log, log_csv, log_json, task, rule]
