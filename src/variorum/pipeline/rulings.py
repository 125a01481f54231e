"""A person's ruling on an edition, made from what the person sees: events and documents by their ids.

A ruling names observations (characters of texts, documents), never the events computed from them, so it outlives every
re-run. `rule` appends it to the edition's log and computes the edition anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from variorum.errors import DecisionError, EditionError
from variorum.identity import stable_id
from variorum.records import Decision, DecisionAction, EditionDocument, Event, Record, Span
from variorum.review import Target, replay

from .collation import RunOptions, collate_pages
from .edition import Edition
from .progress import Progress

Make = Callable[[Edition], Decision]


class Ruler(Record, frozen=True, kw_only=True):
    """Who rules, when (ISO 8601, as the clock has it) and why."""

    author: str
    at: str
    reason: str = ""

    def merge(self, edition: Edition, events: Sequence[str]) -> Decision:
        """Events that are one. Raises UnknownEventError; DecisionError where fewer than two are named."""
        found = {event.id: event for event in (edition.event(id_) for id_ in events)}
        if len(found) < 2:
            raise DecisionError("a merge needs two different events")
        return self._made(edition, "same-event", [t for event in found.values() for t in _told(edition, event)])

    def split(self, edition: Edition, event: str, documents: Sequence[str]) -> Decision:
        """The accounts of an event in some documents are of another event than those in the others. Raises
        UnknownEventError, EditionError where there is no such document, DecisionError where one does not tell the
        event or none is left that does."""
        found = edition.event(event)
        out = {_document(edition, id_).id for id_ in documents}
        if strangers := sorted(out - set(found.documents)):
            raise DecisionError(f"{strangers[0]} does not tell {found.id}; `variorum dossier` lists who does")
        targets = _told(edition, found)
        ones = [t for t in targets if t.document in out]
        rest = [t for t in targets if t.document not in out]
        if not ones or not rest:
            raise DecisionError(f"a split of {found.id} needs documents that go and documents that stay")
        return self._made(edition, "different-events", ones, rest)

    def copies(self, edition: Edition, documents: Sequence[str], *, are: bool) -> Decision:
        """Documents that are of one origin, or (`are` False) that none of them has from another. Raises EditionError
        where there is no such document, DecisionError where fewer than two are named."""
        found = sorted({_document(edition, id_).id for id_ in documents})
        if len(found) < 2:
            raise DecisionError("a ruling on copies needs two different documents")
        return self._made(edition, "copy" if are else "not-a-copy", found)

    def undo(self, edition: Edition, decision: str) -> Decision:
        """Take a decision back, named by its id or the beginning of it. Raises DecisionError where none is so named."""
        found = [each.id for each in edition.decisions if each.id.startswith(decision)]
        if len(found) != 1:
            raise DecisionError(f"no one decision has the id {decision!r}; `variorum review log` lists them")
        return self._made(edition, "restore", found)

    def _made(
        self,
        edition: Edition,
        action: DecisionAction,
        targets: Iterable[Target | str],
        others: Iterable[Target | str] = (),
    ) -> Decision:
        ones, rest = tuple(map(str, targets)), tuple(map(str, others))
        number = len(edition.decisions)  # the same ruling made, taken back and made again is three decisions
        return Decision(
            id=stable_id("r", [number, self.author, action, *ones, None, *rest]),
            author=self.author,
            at=self.at,
            action=action,
            targets=ones,
            others=rest,
            reason=self.reason,
        )


def rule(
    path: str | Path, make: Make, *, options: RunOptions | None = None, progress: Progress | None = None
) -> tuple[Decision, Edition]:
    """Make a ruling on the edition in a file, append it to its log, and compute the edition anew. Nothing is appended
    where the ruling does not fit (DecisionError) or the file is no edition (EditionError)."""
    with Edition.open(path) as edition:
        decision = make(edition)
        replay([*edition.decisions, decision])
    return decision, collate_pages((), output=path, decisions=[decision], options=options, progress=progress)


def _told(edition: Edition, event: Event) -> list[Target]:
    """The accounts of an event by the characters that tell them."""
    found: list[Target] = []
    for key in event.mentions:
        annotation = edition.stored(key.document).annotation
        if annotation is not None and key.index < len(annotation.events):
            mention = annotation.events[key.index]
            found.append(Target(key.document, Span(mention.start, mention.end)))
    return found


def _document(edition: Edition, id_: str) -> EditionDocument:
    known = [each for each in edition.documents if each.rejected is None]
    found = [each for each in known if each.id == id_] or [
        each for each in known if each.id.startswith(id_) or each.id.removeprefix("d-").startswith(id_)
    ]
    if len(found) != 1:
        raise EditionError(
            f"no one document has the id {id_!r}; `variorum dossier` and `variorum origins --all` list them"
        )
    return found[0]
