"""What people ruled, beside what it was ruled on: which events and documents were reviewed, which rulings a re-run
finds otherwise than they were made, and where the id of an event that is gone leads."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Literal

from variorum.coding import Ontology
from variorum.exports.wording import disputed_fields
from variorum.identity import stable_id
from variorum.records import (
    VERDICTS,
    Annotation,
    Contradiction,
    Decision,
    Event,
    MentionKey,
    Record,
    Verdict,
)
from variorum.review import mention_at, replay, target, told_by
from variorum.store import Reader

Shown = Literal["machine", "reviewed", "disputed"]
"""What a page says beside everything that it shows: made by the machine and seen by nobody, ruled on by a person, or
told differently by different speakers."""
FlagKind = Literal["waits", "agrees", "differs"]

_ON_EVENTS = frozenset(
    {"same-event", "different-events", "accept", "reject", "unsure", "recode", "not-a-contradiction"}
)


class Flag(Record, frozen=True, kw_only=True):
    """What a re-run finds of a ruling in force, which it never overrides. `kind` is "waits" (what it was made on is not
    here, or is not coded any more), "agrees" (the machine now says the same) or "differs" (it now says something that
    it did not say when the ruling was made); `told` is a line for a person."""

    decision: str
    kind: FlagKind
    told: str


class Reviewed:
    """The rulings in force on one edition, by what they are on. Made once for a state of it: reads the documents that
    rulings name and no others."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.standing = replay(reader.decisions())
        self._machine: dict[str, Annotation | None] = {}
        self._missing: set[str] = set()
        self._of_mention: defaultdict[MentionKey, list[Decision]] = defaultdict(list)
        self._of_document: defaultdict[str, list[Decision]] = defaultdict(list)
        for decision in self.standing.in_force:
            for each in dict.fromkeys((*decision.targets, *decision.others)):
                self._enter(decision, each)

    def _has(self, document: str) -> bool:
        """Whether the edition has a document; its layers are then at hand."""
        if document not in self._machine and document not in self._missing:
            stored = self._reader.document(document)
            if stored is None:
                self._missing.add(document)
            else:
                self._machine[document] = stored.annotation
        return document in self._machine

    def _enter(self, decision: Decision, words: str) -> None:
        document = _document_of(decision, words)
        if not self._has(document):
            return
        self._of_document[document].append(decision)
        key = self._mention(words) if decision.action in _ON_EVENTS else None
        if key is not None:
            self._of_mention[key].append(decision)

    def _mention(self, words: str) -> MentionKey | None:
        named = target(words)
        annotation = self._machine.get(named.document)
        number = mention_at(annotation.events, named.span) if annotation is not None else None
        return None if number is None else MentionKey(document=named.document, index=number)

    def of_event(self, event: Event) -> tuple[Decision, ...]:
        """The rulings in force on any account of an event, in the order of the log."""
        return self._on(event.mentions)

    def _on(self, mentions: Sequence[MentionKey]) -> tuple[Decision, ...]:
        if not self._of_mention:
            return ()
        found = {d.id for key in mentions for d in self._of_mention.get(key, ())}
        return tuple(decision for decision in self.standing.in_force if decision.id in found)

    def is_accepted(self, event: Event) -> bool:
        """Whether a person accepted every account of an event: the last verdict on each of them."""
        return bool(event.mentions) and all(self._last_verdict(key) == "accept" for key in event.mentions)

    def _last_verdict(self, key: MentionKey) -> str | None:
        return next((each.action for each in reversed(self._of_mention.get(key, ())) if each.action in VERDICTS), None)

    def of_document(self, id_: str) -> tuple[Decision, ...]:
        """The rulings in force on a document or on any characters of it."""
        found = {decision.id for decision in self._of_document.get(id_, ())}
        return tuple(decision for decision in self.standing.in_force if decision.id in found)

    def shown(self, event: Event, contradictions: Sequence[Contradiction] = ()) -> Shown:
        """What is said of an event: "disputed" as long as its accounts exclude each other, whoever reviewed it."""
        if contradictions or disputed_fields(event):
            return "disputed"
        return "reviewed" if self.of_event(event) else "machine"

    def verdict(self, mentions: Sequence[MentionKey]) -> Verdict | None:
        """The last verdict on any of an event's accounts; None where there is none."""
        for decision in reversed(self._on(mentions)):
            for verdict in VERDICTS:
                if decision.action == verdict:
                    return verdict
        return None

    def flags(self) -> tuple[Flag, ...]:
        """What this run finds of the rulings, in the order of the log."""
        return tuple(flag for decision in self.standing.in_force for flag in self._flags(decision))

    def _flags(self, decision: Decision) -> Iterator[Flag]:
        named = dict.fromkeys((*decision.targets, *decision.others))
        gone = [each for each in named if _document_of(decision, each) in self._missing]
        uncoded = [
            each
            for each in named
            if each not in gone
            and decision.action in _ON_EVENTS - {"not-a-contradiction"}
            and self._mention(each) is None
        ]
        if gone or uncoded:
            why = "is not in the edition" if gone else "tells no event any more"
            told = f"waits: {(gone or uncoded)[0]} {why}"
            yield Flag(decision=decision.id, kind="waits", told=told)
            return
        if decision.action == "recode":
            yield from self._recoded(decision)

    def _recoded(self, decision: Decision) -> Iterator[Flag]:
        found: dict[str, None] = {}
        for words in decision.targets:
            named = target(words)
            annotation = self._machine.get(named.document)
            said = told_by(annotation, named, decision.field or "") if annotation is not None else None
            if said is not None:
                found[said] = None
        now = "; ".join(found) or None
        types = {each.partition("/")[0] for each in found} if decision.field == "type" else set()
        if now == decision.after or types == {decision.after}:
            yield Flag(decision=decision.id, kind="agrees", told=f"the machine now says {now or 'nothing'} too")
        elif now != decision.before:
            was = decision.before or "nothing"
            told = f"the machine now says {now or 'nothing'}; when it was ruled it said {was}"
            yield Flag(decision=decision.id, kind="differs", told=told)


def _document_of(decision: Decision, words: str) -> str:
    return words if decision.action in ("copy", "not-a-copy") else target(words).document


def successor(reader: Reader, id_: str) -> str | None:
    """The event that tells what the event of this id told, where that id is gone: most of the accounts that the log has
    of it, or else the account whose words the id was made of. None where there is none."""
    told = reader.told_at()
    event_at = {place: event for event in sorted(told) for place in sorted(told[event])}
    for decision in reversed(reader.decisions()):
        for former in decision.was:
            if former.event == id_:
                places = [(t.document, *t.span) for t in map(target, former.targets)]
                found = Counter(event_at[place] for place in places if place in event_at)
                if found:
                    return min(found, key=lambda event: (-found[event], event))
    types = sorted(Ontology.load().types)
    for (document, start, end), event in event_at.items():
        if any(stable_id("e", (document, start, end, code)) == id_ for code in types):
            return event
    return None
