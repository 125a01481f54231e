"""The stage behind the replies: a document's annotation with what was accepted of them, and a list of what was not.

A function of the document, its annotation and the replies: the same on any worker, with no network, clock or file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

import msgspec

from variorum.annotation.syntax import Parser, SpacyParser
from variorum.coding import Ontology
from variorum.coding.rereading import Rereading
from variorum.identity import stable_id
from variorum.records import (
    Annotation,
    Attribution,
    Document,
    EventMention,
    EventTie,
    Feature,
    ModelReply,
    Proposal,
    ProposalKind,
    Record,
    Span,
    Syntax,
)

from .answers import Answer, ClaimAnswer, EventAnswer, LinkAnswer, read_answer
from .claim_checks import ClaimChecks
from .event_checks import EventChecks
from .prompt import PROMPT_VERSION, passage_digest
from .quoting import Rejected, line, quotation

_Told = EventAnswer | ClaimAnswer | LinkAnswer


@cache
def version() -> str:
    """Names the checks: a changed one looks at all replies again."""
    state = hashlib.sha256(PROMPT_VERSION.encode())
    for path in sorted(Path(__file__).parent.glob("*.py")):
        state.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    return state.hexdigest()[:16]


class Work(Record, frozen=True, kw_only=True):
    """A document with what the rules made of it and what models said of it."""

    document: Document
    annotation: Annotation
    replies: tuple[ModelReply, ...]

    def key(self, annotated: str) -> str:
        """Names the outcome by all that it depends on; `annotated` is the key of the annotation by the rules."""
        told = [msgspec.json.encode(reply).decode("utf-8") for reply in self.replies]
        return stable_id("work", (annotated, version(), *told))


class ProposalFactory(Record, frozen=True, kw_only=True):
    """Builds the stage in the process that runs it."""

    def __call__(self) -> Callable[[Sequence[Work]], list[Annotation]]:
        return _Stage(SpacyParser(), Ontology.load())


class _Stage:
    def __init__(self, parser: Parser, ontology: Ontology) -> None:
        self._parser = parser
        self._ontology = ontology

    def __call__(self, works: Sequence[Work]) -> list[Annotation]:
        syntaxes = self._parser.parse(work.document for work in works)
        return [checked(work, syntax, self._ontology) for work, syntax in zip(works, syntaxes, strict=True)]


def checked(work: Work, syntax: Syntax, ontology: Ontology) -> Annotation:
    """The annotation of a document with what its replies propose and every check lets through."""
    return _Checker(work, syntax, ontology).annotation()


class _Checker:
    def __init__(self, work: Work, syntax: Syntax, ontology: Ontology) -> None:
        self._work = work
        self._document, self._annotation = work.document, work.annotation
        self._rereading = Rereading(work.document, syntax, work.annotation, ontology)
        self._event_checks = EventChecks(work.document, work.annotation, self._rereading, ontology)
        self._claim_checks = ClaimChecks(work.document, work.annotation, self._rereading, self._event_checks)
        self._events: list[EventMention] = []
        self._claims: list[Attribution] = []
        self._links: list[EventTie] = []
        self._reply: ModelReply

    def annotation(self) -> Annotation:
        proposals = [each for reply in self._work.replies for each in self._proposals(reply)]
        known, told = len(self._annotation.actors), self._rereading.actors
        used = {n for event in self._events for n in (*event.actors, *event.recipients)}
        used |= {said.speaker_actor for said in self._claims if said.speaker_actor is not None}
        added = sorted(n for n in used if n >= known)
        number = {n: known + at for at, n in enumerate(added)}
        events = [
            msgspec.structs.replace(
                event,
                actors=tuple(number.get(n, n) for n in event.actors),
                recipients=tuple(number.get(n, n) for n in event.recipients),
            )
            for event in self._events
        ]
        claims = [
            msgspec.structs.replace(said, speaker_actor=number.get(said.speaker_actor or 0, said.speaker_actor))
            for said in self._claims
        ]
        annotation = self._annotation
        return msgspec.structs.replace(
            annotation,
            actors=(*annotation.actors, *(told[n] for n in added)),
            events=(*annotation.events, *events),
            attributions=(*annotation.attributions, *claims),
            ties=(*annotation.ties, *self._links),
            proposals=tuple(proposals),
        )

    def _proposals(self, reply: ModelReply) -> Iterator[Proposal]:
        self._reply = reply
        passage = Span(reply.start, reply.end)
        if passage_digest(self._document, passage) != reply.digest:
            return  # the text was read anew since, and has other characters there
        if reply.failure is not None or reply.text is None:
            whole = self._proposal("reply", passage, "no answer that can be used")
            yield msgspec.structs.replace(whole, rejected=reply.failure)
            return
        answer: Answer | None = None
        try:
            answer = read_answer(reply.text)
        except msgspec.ValidationError as error:
            yield self._turned_down("reply", passage, reply.text, Rejected("wrong-schema", str(error)))
        except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
            yield self._turned_down("reply", passage, reply.text, Rejected("no-json", str(error)))
        if answer is None:
            return
        told: Iterable[_Told] = (*answer.events, *answer.claims, *answer.links)
        for each in told:
            yield self._settled(each, passage)

    def _settled(self, told: _Told, passage: Span) -> Proposal:
        kind: ProposalKind = (
            "event" if isinstance(told, EventAnswer) else "claim" if isinstance(told, ClaimAnswer) else "link"
        )
        at = passage
        try:
            at = quotation(self._document, passage, told.quote)
            index = self._take(told, at)
        except Rejected as rejected:
            return self._turned_down(kind, at, _says(told), rejected)
        return msgspec.structs.replace(self._proposal(kind, at, _says(told)), index=index)

    def _take(self, told: _Told, quote: Span) -> int:
        """Keep what a proposal says, and give its number in the annotation. Raises Rejected."""
        annotation = self._annotation
        if isinstance(told, EventAnswer):
            event = self._event_checks.event(told, quote, self._events)
            self._events.append(msgspec.structs.replace(event, explanation=(self._mark(quote), *event.explanation)))
            return len(annotation.events) + len(self._events) - 1
        if isinstance(told, ClaimAnswer):
            self._claims.append(self._claim_checks.claim(told, quote, self._claims))
            return len(annotation.attributions) + len(self._claims) - 1
        events = (*annotation.events, *self._events)
        self._links.append(self._claim_checks.link(told, quote, events, self._links))
        return len(annotation.ties) + len(self._links) - 1

    def _mark(self, quote: Span) -> Feature:
        words = line(quote.of(self._document.text))
        note = f"by the model {self._reply.model} (prompt {self._reply.prompt}), from “{words}”"
        return Feature(name="proposed", value=1.0, weight=1.0, note=note)

    def _proposal(self, kind: ProposalKind, at: Span, says: str) -> Proposal:
        reply = self._reply
        return Proposal(
            kind=kind,
            model=reply.model,
            prompt=reply.prompt,
            reply=reply.key,
            start=at.start,
            end=at.end,
            says=line(says),
        )

    def _turned_down(self, kind: ProposalKind, at: Span, says: str, why: Rejected) -> Proposal:
        found = self._proposal(kind, at, says)
        return msgspec.structs.replace(found, rejected=why.reason, detail=line(why.detail))


def _says(told: _Told) -> str:
    if isinstance(told, EventAnswer):
        sides = f"{', '.join(told.actors) or '?'} → {', '.join(told.recipients) or '?'}"
        return f"{told.type} ({told.status}) {told.trigger}: {sides}; “{told.quote}”"
    if isinstance(told, ClaimAnswer):
        return f"{told.speaker} {told.cue}: “{told.content}”"
    return f"{told.source} {told.kind} {told.target}, by “{told.words}”"
