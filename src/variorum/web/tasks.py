"""What the jobs do: adding documents and ruling, each as a record that goes to the process that carries it out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from variorum.errors import DecisionError, UnknownIdError
from variorum.identity import stable_id
from variorum.pages import read_pages
from variorum.pages.fetching import FetchOptions, WebFetcher
from variorum.pipeline import Edition
from variorum.pipeline.collation import RunOptions, collate_pages
from variorum.pipeline.faults import Fault
from variorum.pipeline.page_documents import made
from variorum.pipeline.progress import Progress
from variorum.pipeline.review_queue import Action
from variorum.pipeline.rulings import Make, Ruler
from variorum.records import Decision, EditionDocument, Page, Record, Rejection

from .problems import StaleError

Came = Literal["added", "known", "rejected"]
_OF_A_DOCUMENT = ("rejected: ", "skipped: ", "kept, not read: ")  # how a run's lines on single documents begin


class Ruling(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A ruling as a person makes it. `targets` are events (of merge, accept, reject and unsure; of split and recode the
    one event), documents (copies, independent), one contradiction (no-contradiction), one decision (undo), or some
    words as ``document@start-end`` (fix-span; fix-speaker, or a claim). `documents` are those that leave a split event,
    or those whose accounts alone a verdict or a recoding is on. `field` is the field that is recoded, or the layer of
    fix-span; `value` is what is said instead (of fix-span ``start-end``)."""

    action: Action
    targets: tuple[str, ...]
    author: str
    documents: tuple[str, ...] = ()
    reason: str = ""
    field: str = ""
    value: str = ""


class Ingest(Record, frozen=True, kw_only=True, tag="ingest"):
    """Add the files of a folder, and what addresses give, to the edition at `target`."""

    target: str
    folder: str
    addresses: tuple[str, ...]
    workers: int


class Rule(Record, frozen=True, kw_only=True, tag="ruling"):
    """Bring the rulings that stand in the log of the edition at `target` into it, `decision` among them."""

    target: str
    workers: int
    decision: str


class Verify(Record, frozen=True, kw_only=True, tag="verify"):
    """Check the edition at `target` against itself; `head` is a hash that its log of custody must have."""

    target: str
    head: str | None = None


Task = Ingest | Rule | Verify
MOST_FAULTS = 10_000
"""Faults that a check lists: whoever mends an edition begins with far fewer."""


class Received(Record, frozen=True, kw_only=True):
    """What became of one document that was sent: it was added, the edition knew it, or it was rejected. `document` is
    its id in the edition, `reason` why it was rejected, or why it was kept and not read."""

    source: str
    came: Came
    document: str | None = None
    reason: str | None = None


class Outcome(Record, frozen=True, kw_only=True):
    """What came of a task: of a ruling the id of its decision, of an ingestion a line for each document, of a check
    what is broken."""

    result: str | None = None
    documents: tuple[Received, ...] = ()
    faults: tuple[Fault, ...] = ()


def perform(task: Task, progress: Progress) -> Outcome:
    """Carry a task out. Raises VariorumError where it cannot be done."""
    match task:
        case Ingest():
            return _ingest(task, progress)
        case Verify():
            return _verify(task, progress)
        case Rule():
            return _rule(task, progress)


def _verify(task: Verify, progress: Progress) -> Outcome:
    progress.begin("verifying")
    found: list[Fault] = []
    with Edition.open(task.target) as edition:
        for number, each in enumerate(edition.faults(task.head), 1):
            progress.advance()
            if number <= MOST_FAULTS:
                found.append(each)
            elif number == MOST_FAULTS + 1:
                progress.note(f"there are more than {MOST_FAULTS} faults; the first of them are listed")
    return Outcome(faults=tuple(found))


def _ingest(task: Ingest, progress: Progress) -> Outcome:
    files = sorted(path for path in Path(task.folder).rglob("*") if path.is_file())
    with Edition.open(task.target) as edition:
        before = {line.id for line in edition.each(EditionDocument) if line.rejected is None}
    arrivals: list[tuple[str, tuple[str, ...]]] = []

    def noted(pages: Iterator[Page | Rejection]) -> Iterator[Page | Rejection]:
        for page in pages:
            ids = (made(page).id, stable_id("r", (page.id,)), page.id) if isinstance(page, Page) else (page.id,)
            arrivals.append((page.source, ids))
            yield page

    fetcher = WebFetcher(FetchOptions()) if task.addresses else None
    pages = read_pages([*files, *task.addresses], fetcher=fetcher, expect=progress.expect)
    options = RunOptions(workers=task.workers)
    with collate_pages(noted(pages), output=task.target, options=options, progress=_OfThisRun(progress)) as edition:
        return Outcome(documents=tuple(_received(edition, source, ids, before) for source, ids in arrivals))


def _received(edition: Edition, source: str, ids: tuple[str, ...], before: set[str]) -> Received:
    """What became of a page: its document, or the line that says why it gave none."""
    found = next((line for id_ in ids if (line := _line(edition, id_)) is not None), None)
    if found is None:
        return Received(source=source, came="rejected", reason="the edition keeps another record in its place")
    if found.rejected is not None:
        return Received(source=source, came="rejected", document=found.id, reason=found.rejected)
    came: Came = "known" if found.id in before else "added"
    unread = None if found.supported else f"kept, not read: no pipeline for the language {found.language!r}"
    return Received(source=source, came=came, document=found.id, reason=unread)


def _line(edition: Edition, id_: str) -> EditionDocument | None:
    try:
        return edition.edition_document(id_)
    except UnknownIdError:
        return None


class _OfThisRun(Progress):
    """Passes on what a run tells of itself, without its lines on single documents: those of every run before are among
    them, and what came of each that was sent is the outcome."""

    def __init__(self, listener: Progress) -> None:
        self._listener = listener

    def begin(self, stage: str, total: int | None = None) -> None:
        self._listener.begin(stage, total)

    def expect(self, steps: int) -> None:
        self._listener.expect(steps)

    def advance(self, steps: int = 1) -> None:
        self._listener.advance(steps)

    def note(self, line: str) -> None:
        if not line.startswith(_OF_A_DOCUMENT):
            self._listener.note(line)


def _rule(task: Rule, progress: Progress) -> Outcome:
    options = RunOptions(workers=task.workers)
    collate_pages((), output=task.target, options=options, progress=_OfThisRun(progress)).close()
    return Outcome(result=task.decision)


def ruled(ruling: Ruling, at: str) -> Make:
    """The decision that a ruling is, to be made on an edition. Raises DecisionError where it names too much or too
    little."""
    ruler = Ruler(author=ruling.author, at=at, reason=ruling.reason)
    one = ruling.targets[0] if len(ruling.targets) == 1 else None
    match ruling.action:
        case "merge":
            return lambda edition: ruler.merge(edition, ruling.targets)
        case "copies" | "independent":
            return lambda edition: ruler.copies(edition, ruling.targets, are=ruling.action == "copies")
        case "accept" | "reject" | "unsure" as verdict:
            return lambda edition: ruler.verdict(edition, verdict, ruling.targets, ruling.documents)
        case _ if one is not None:
            return lambda edition: _on_one(ruler, ruling, one, edition)
    raise DecisionError(f"{ruling.action} needs exactly one target")


def _on_one(ruler: Ruler, ruling: Ruling, one: str, edition: Edition) -> Decision:
    match ruling.action:
        case "split":
            return ruler.split(edition, one, ruling.documents)
        case "recode":
            return ruler.recode(edition, one, ruling.field, ruling.value, ruling.documents)
        case "fix-span":
            return ruler.fix_span(edition, ruling.field, one, ruling.value)
        case "fix-speaker":
            return ruler.fix_speaker(edition, one, ruling.value)
        case "no-contradiction":
            return ruler.no_contradiction(edition, one)
        case _:
            return ruler.undo(edition, one)


def check_state(edition: Edition, seen: str) -> None:
    """Raises StaleError where the edition is not as it was seen: a state or, as ``If-Match`` has them, several in
    quotation marks with commas between; ``*`` is whatever it is."""
    now = edition.state
    if not {f'"{now}"', now, "*"} & {each.strip() for each in seen.split(",")}:
        raise StaleError(f"the edition has changed since: it is now {now}, and the ruling was made on {seen}")
