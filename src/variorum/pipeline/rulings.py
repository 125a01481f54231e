"""A person's ruling on an edition, made from what the person sees: events, documents, claims and contradictions by
their ids.

A ruling names observations (characters of texts, documents), never the events computed from them, so it outlives every
re-run. `rule` appends it to the edition's log and computes the edition anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from variorum.errors import DecisionError, EditionError, UnknownEventError
from variorum.identity import stable_id
from variorum.records import (
    CODED_FIELDS,
    LAYERS,
    Attribution,
    Claim,
    Contradiction,
    Decision,
    DecisionAction,
    EditionDocument,
    Event,
    EventMention,
    Evidence,
    Former,
    Record,
    Span,
    Verdict,
)
from variorum.review import Target, replay, target
from variorum.store import open_store

from .collation import RunOptions, collate_pages
from .edition import Edition
from .progress import Progress
from .recoding import checked, named_actors, place_called, said_now

Make = Callable[[Edition], Decision]


class Ruler(Record, frozen=True, kw_only=True):
    """Who rules, when (ISO 8601, as the clock has it) and why. Raises DecisionError where nobody is named, or with
    characters that cannot be read."""

    author: str
    at: str
    reason: str = ""

    def __post_init__(self) -> None:
        if not self.author.strip():
            raise DecisionError("a ruling names who makes it")
        for name, told in (("author", self.author), ("reason", self.reason)):
            if any(not (c.isprintable() or c in "\n\t") for c in told):
                raise DecisionError(f"{name}: {told!r} has characters that cannot be read")

    def merge(self, edition: Edition, events: Sequence[str]) -> Decision:
        """Events that are one. Raises UnknownEventError; DecisionError where fewer than two are named."""
        found = {event.id: event for event in (_event(edition, id_) for id_ in events)}
        if len(found) < 2:
            raise DecisionError("a merge needs two different events")
        told = [t for event in found.values() for t in _told(edition, event)]
        return self._made(edition, "same-event", told, was=_formers(edition, found.values()))

    def split(self, edition: Edition, event: str, documents: Sequence[str]) -> Decision:
        """The accounts of an event in some documents are of another event than those in the others. Raises
        UnknownEventError, EditionError where there is no such document, DecisionError where one does not tell the
        event or none is left that does."""
        found = _event(edition, event)
        out = {_document(edition, id_).id for id_ in documents}
        if strangers := sorted(out - set(found.documents)):
            raise DecisionError(f"{strangers[0]} does not tell {found.id}; `variorum dossier` lists who does")
        targets = _told(edition, found)
        ones = [t for t in targets if t.document in out]
        rest = [t for t in targets if t.document not in out]
        if not ones or not rest:
            raise DecisionError(f"a split of {found.id} needs documents that go and documents that stay")
        return self._made(edition, "different-events", ones, rest, was=_formers(edition, [found]))

    def verdict(
        self, edition: Edition, verdict: Verdict, events: Sequence[str], documents: Sequence[str] = ()
    ) -> Decision:
        """Events that are told as they are coded ("accept"), that are none ("reject"), or of which that cannot be said
        ("unsure"); of those accounts alone that stand in `documents`, where any are named. Raises UnknownEventError,
        EditionError and DecisionError where there is nothing of the kind."""
        found = [_event(edition, id_) for id_ in dict.fromkeys(events)]
        within = {_document(edition, id_).id for id_ in documents}
        told = [t for event in found for t in _told(edition, event) if not within or t.document in within]
        if not told:
            raise DecisionError(f"there is no account of an event to {verdict} in the documents named")
        return self._made(edition, verdict, told, was=_formers(edition, found))

    def recode(self, edition: Edition, event: str, field: str, value: str, documents: Sequence[str] = ()) -> Decision:
        """An event, or its accounts in `documents`, coded otherwise: `value` is a type of the ontology with or without
        a mode ("ASSAULT/shoot"), a mode, a status, days (``2031-04-01`` or ``2031-04-01/2031-04-03``), a place by name
        ("Garissa, KE") or GeoNames id, or the name of an actor as one of the texts has it; "" for none. Raises
        UnknownEventError, EditionError, and DecisionError where there is no such field or value."""
        if field not in CODED_FIELDS:
            raise DecisionError(f"{field!r} is not coded; there are {', '.join(CODED_FIELDS)}")
        found = _event(edition, event)
        within = {_document(edition, id_).id for id_ in documents}
        told = [t for t in _told(edition, found) if not within or t.document in within]
        if not told:
            raise DecisionError(f"no document named tells {found.id}; `variorum dossier` lists who does")
        value = checked(field, " ".join(value.split()), found)
        place = place_called(value, found) if field == "place" and value else None
        if field in ("actor", "recipient") and value and value not in (named := named_actors(edition, told)):
            raise DecisionError(
                f"no text that tells the event names {value!r}; they name {', '.join(named) or 'nobody'}"
            )
        if place is not None:
            value = place.name if place.country is None else f"{place.name} ({place.country})"
        before = said_now(edition, told, field)
        return self._made(
            edition, "recode", told, was=_formers(edition, [found]),
            field=field, before=before, after=value or None, place=place,
        )  # fmt: skip

    def fix_span(self, edition: Edition, layer: str, words: str, to: str) -> Decision:
        """What a layer marks at `words` (``document@start-end``) stands at `to` (``start-end``) in the same text.
        Raises DecisionError where the layer marks nothing there or the text has no such characters, UnknownIdError
        where there is no such document."""
        named = target(words)
        if layer not in LAYERS:
            raise DecisionError(f"{layer!r} is no layer; there are {', '.join(LAYERS)}")
        text, annotation = edition.document(named.document).text, edition.layers(named.document)
        moved = target(f"{named.document}@{to}").span
        if moved.end > len(text):
            raise DecisionError(f"the text has no characters {to}; it has {len(text)}")
        items = getattr(annotation, layer) if annotation is not None else ()
        if not any(named.span in _marked(item) for item in items):
            raise DecisionError(f"the layer of {layer} marks nothing at {named}")
        before, after = named.span.of(text), f"{moved.start}-{moved.end}"
        return self._made(edition, "fix-span", [named], field=layer, before=before, after=after)

    def fix_speaker(self, edition: Edition, words: str, speaker: str) -> Decision:
        """Words (a claim's, by its id, or ``document@start-end``) are said by someone else, or with "" by the text.
        Raises DecisionError where nothing is attributed there and no figure stands there, UnknownIdError where there is
        no such document."""
        named = target(words) if "@" in words else _claimed(edition, words)
        annotation = edition.layers(named.document)
        speaker = " ".join(speaker.split())
        attributed = annotation.attributions if annotation is not None else ()
        inner = [a for a in attributed if any(span.overlaps(named.span) for span in a.content)]
        figures = [
            toll
            for toll in (annotation.tolls if annotation is not None else ())
            if Span(toll.start, toll.end).overlaps(named.span)
        ]
        if not inner and not figures:
            raise DecisionError(f"nobody is said to have said anything at {named}, and no figure stands there")
        said = min(inner, key=lambda a: sum(span.end - span.start for span in a.content)) if inner else figures[0]
        return self._made(edition, "fix-speaker", [named], field="speaker", before=said.speaker, after=speaker or None)

    def no_contradiction(self, edition: Edition, contradiction: str) -> Decision:
        """What two sides say can both be true. Raises DecisionError where there is no such contradiction, or where the
        words of a side stand in no text."""
        found = [each for each in edition.each(Contradiction) if each.id.startswith(contradiction)]
        if len(found) != 1:
            raise DecisionError(f"no one contradiction has the id {contradiction!r}; `variorum disputes` lists them")
        sides = [_in_text(side.evidence) for side in found[0].sides[:2]]
        if None in sides:
            raise DecisionError(f"a side of {found[0].id} stands in a title alone: rule on what the event is coded as")
        event = edition.event(found[0].event)
        return self._made(
            edition, "not-a-contradiction", [side for side in sides if side is not None],
            was=_formers(edition, [event]), field=found[0].kind,
        )  # fmt: skip

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
        **told: Any,
    ) -> Decision:
        ones, rest = tuple(map(str, targets)), tuple(map(str, others))
        number = len(edition.decisions)  # the same ruling made, taken back and made again is three decisions
        return Decision(
            id=stable_id("r", [number, self.author, action, *ones, None, *rest, *_said(told)]),
            author=self.author,
            at=self.at,
            action=action,
            targets=ones,
            others=rest,
            reason=self.reason,
            **told,
        )


def fitting(edition: Edition, make: Make) -> Decision:
    """A ruling on an edition, held against those in its log. Raises DecisionError where it does not fit."""
    decision = make(edition)
    replay([*edition.decisions, decision])
    return decision


def append(path: str | Path, decision: Decision) -> None:
    """Append a ruling to an edition's log; the next run of whatever kind brings it into the edition. Raises
    DecisionError where another one was appended meanwhile that it contradicts, EditionError where it cannot be
    written."""
    store = open_store(path)
    try:
        replay([*store.decisions(), decision])
        store.append_decisions([decision])
    finally:
        store.close()


def rule(
    path: str | Path, make: Make, *, options: RunOptions | None = None, progress: Progress | None = None
) -> tuple[Decision, Edition]:
    """Make a ruling on the edition in a file, append it to its log, and compute the edition anew. Nothing is appended
    where the ruling does not fit (DecisionError) or the file is no edition (EditionError)."""
    with Edition.open(path) as edition:
        decision = fitting(edition, make)
    return decision, collate_pages((), output=path, decisions=[decision], options=options, progress=progress)


def _told(edition: Edition, event: Event) -> list[Target]:
    """The accounts of an event by the characters that tell them."""
    found: list[Target] = []
    for key in event.mentions:
        annotation = edition.layers(key.document)
        if annotation is not None and key.index < len(annotation.events):
            mention = annotation.events[key.index]
            found.append(Target(key.document, Span(mention.start, mention.end)))
    return found


def _formers(edition: Edition, events: Iterable[Event]) -> tuple[Former, ...]:
    return tuple(Former(event=event.id, targets=tuple(map(str, _told(edition, event)))) for event in events)


def _said(told: Mapping[str, Any]) -> list[str]:
    """What a ruling says instead, as its id hashes it."""
    return [f"{name}={told[name]}" for name in ("field", "after") if told.get(name) is not None]


def _marked(item: Any) -> tuple[Span, ...]:
    """The stretches that an item of a layer marks."""
    if isinstance(item, Attribution):
        return item.content
    if isinstance(item, EventMention):
        return (Span(item.start, item.end), *item.mentions)
    return (Span(item.start, item.end),)


def _claimed(edition: Edition, id_: str) -> Target:
    """The words of a claim, named by its id or the beginning of it."""
    found = [claim for claim in edition.each(Claim) if claim.id.startswith(id_)]
    words = _in_text(found[0].evidence) if len(found) == 1 else None
    if words is None:
        raise DecisionError(f"no one claim in a text has the id {id_!r}; `variorum dossier --json` lists them")
    return words


def _in_text(evidence: Sequence[Evidence]) -> Target | None:
    found = next((each for each in evidence if each.field == "text"), None)
    return None if found is None else Target(found.document, Span(found.start, found.end))


def _event(edition: Edition, id_: str) -> Event:
    """Raises UnknownEventError: a ruling is on what its author saw, so an id that is gone leads nowhere by itself."""
    try:
        return edition.event(id_)
    except UnknownEventError as error:
        later = edition.successor(id_)
        if later is None:
            raise
        raise UnknownEventError(f"{id_} is gone; look at {later.id}, which tells now what it told", id_) from error


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
