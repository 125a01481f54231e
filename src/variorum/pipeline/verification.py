"""Check an edition against itself: every offset, quotation, figure and id, and every page against its hash."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

import msgspec

from variorum.annotation.tolls.numbers import number, read_count
from variorum.documents import content_id
from variorum.errors import DecisionError
from variorum.pages import id_fits
from variorum.records import (
    Annotation,
    Change,
    Claim,
    Contradiction,
    Derivation,
    Document,
    EditionDocument,
    Event,
    EventMention,
    Evidence,
    Link,
    MentionKey,
    Origin,
    Passage,
    Proposed,
    Reading,
    Span,
    Statement,
    Story,
)
from variorum.review import replay, target
from variorum.store import Reader, StoredDocument
from variorum.world.states import States

from .custody import custody_faults
from .faults import Fault, fault
from .grounding import Grounding, states_in

_KEPT = 500  # texts held at once
_AGE = re.compile(r"\b\d+-(?:year|month|week|day)s?-olds?\b|, \d{1,3}(?=,|$)|\b(?:of|aged) \d{1,3}(?= and\b|$|,(?!\d))")
_WORD = re.compile(r"\d[\d.,]*\d|\w+|-")


def faults(reader: Reader, head: str | None = None) -> Iterator[Fault]:
    """What is broken in an edition; nothing where all of it holds together. The edition is read part by part, never as
    a whole. `head` is a hash that its log of custody must have."""
    check = _Checker(reader)
    parts: tuple[Callable[[], Iterable[Fault]], ...] = (
        lambda: (fault("the file", problem) for problem in reader.damage()),
        lambda: custody_faults(reader, head),
        check.gather,
        check.pages,
        check.documents,
        check.derivations,
        check.events,
        check.stories,
        check.claims,
        check.contradictions,
        check.links,
        check.decisions,
        lambda: (fault(of, problem) for of, problem in reader.row_faults()),
    )
    for part in parts:
        try:
            yield from part()
        except Exception as error:  # what is damaged breaks anywhere; the other parts may still be read
            told = str(error).splitlines() or [""]
            yield fault("the file", f"cannot be read in part: {type(error).__name__}: {told[0]}")


class _Checker:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._stored = lru_cache(_KEPT)(self._read)
        self._ground = Grounding(self._field)
        self._ruled = _ruled(reader)
        self._page_ids: set[str] = set()
        self._events: set[str] = set()
        self._readings: dict[str, str] = {}  # the event of each
        self._claims: set[str] = set()
        self._lines: set[str] = set()
        self._taken: set[str] = set()
        self._origins: set[str] = set()
        self._stories: set[str] = set()

    def _field(self, id_: str, field: str) -> str | None:
        stored = self._stored(id_)
        if stored is None:
            return None
        return stored.document.text if field == "text" else stored.document.title

    def _read(self, id_: str) -> StoredDocument | None:
        return self._reader.document(id_)

    def gather(self) -> Iterator[Fault]:
        """Learn the ids that others may name."""
        for line in self._reader.records(EditionDocument):
            self._lines.add(line.id)
            if line.rejected is None:
                self._taken.add(line.id)
        self._origins.update(origin.id for origin in self._reader.records(Origin))
        self._stories.update(story.id for story in self._reader.records(Story))
        yield from ()

    # what was observed

    def pages(self) -> Iterator[Fault]:
        for page in self._reader.pages():
            self._page_ids.add(page.id)
            if not id_fits(page):
                yield fault(f"page {page.id}", "its content is not what its id hashes")

    def documents(self) -> Iterator[Fault]:
        declared = {page.id: page.declared for page in self._reader.pages()}
        for document in self._reader.documents():
            of = f"document {document.id}"
            if document.rejected is None:
                if document.page not in self._page_ids:
                    yield fault(of, f"is of page {document.page}, which is not there")
                elif document.id not in (
                    declared[document.page].id,
                    content_id(declared[document.page], document.text),
                ):
                    yield fault(of, "its text is not what its id hashes")
            yield from _document_faults(of, document)
            annotation = self._reader.annotation_of(document.id)
            if annotation is not None:
                yield from annotation_faults(of, document.text, annotation)
        for line in self._reader.records(EditionDocument):
            of = f"document {line.id}"
            if line.rejected is None and self._stored(line.id) is None:
                yield fault(of, "is in the edition, and not stored")
            yield from self._known(of, self._origins, "origin", [line.origin] if line.origin else [])
            yield from self._known(of, self._stories, "story", [line.story] if line.story else [])

    # what was computed

    def derivations(self) -> Iterator[Fault]:
        for item in self._reader.records(Derivation):
            of = f"derivation {item.source} → {item.target}"
            aligned: list[Passage | Change] = [*item.passages, *item.changes]
            yield from self._spans(of, item.source, [each.source for each in aligned if each.source is not None])
            yield from self._spans(of, item.target, [each.target for each in aligned if each.target is not None])
        for origin in self._reader.records(Origin):
            of = f"origin {origin.id}"
            yield from self._known(of, self._lines, "document", origin.documents)
            for passage in origin.passages:
                yield from self._spans(of, passage.document, [passage.span])
        for statement in self._reader.records(Statement):
            of = f"statement {statement.id}"
            yield from self._known(of, self._lines, "document", statement.documents)
            for passage in statement.passages:
                yield from self._spans(of, passage.document, [passage.span])

    def events(self) -> Iterator[Fault]:
        for event in self._reader.records(Event):
            of = f"event {event.id}"
            self._events.add(event.id)
            yield from self._known(of, self._stories, "story", [event.story])
            yield from self._known(of, self._origins, "origin", event.origins)
            yield from self._known(of, self._taken, "document", event.documents)
            yield from self._mentions(of, event)
            yield from self._proposed(of, event.proposed or ())
            if len(event.proposed or ()) != self._proposed_mentions(event):
                yield fault(of, "rests on accounts that a model proposed, and is not marked so")
            for evidence in _all_evidence(event):
                yield from self._evidence(of, evidence)
            if event.time is not None:
                for reading in event.time.readings:
                    yield from self._words(of, reading.words, reading.evidence)
            yield from self._grounds(of, event)
            yield from self._tolls(event)

    def _grounds(self, of: str, event: Event) -> Iterator[Fault]:
        """That names and polarity stand in the texts."""
        for each in (*event.participants_actor, *event.participants_recipient):
            yield from self._named(of, each.name, each.evidence)
        for reading in event.place.readings if event.place is not None else ():
            if self._is_ruled(reading.name, reading.evidence):
                continue
            if reading.evidence and not self._ground.place(reading.name, reading.evidence):
                yield fault(of, f"is placed in {reading.name}, which nothing names where its evidence says")
        if any((event.status, key.document) in self._ruled for key in event.mentions):
            return
        told = [mention for key in event.mentions if (mention := self._mention(key)) is not None]
        if told and not any(mention.status == event.status for _, mention in told):
            yield fault(of, f"is {event.status}, and none of its accounts is")
        if event.status == "negated" and not any(
            self._ground.negated(document, mention.start, mention.end)
            for document, mention in told
            if mention.status == "negated"
        ):
            yield fault(of, "is told not to have happened, and no word near its accounts says so")

    def _is_ruled(self, value: str, evidence: Sequence[Evidence]) -> bool:
        """Whether a person said so of these texts: then the ruling is what it stands on."""
        return any((value, item.document) in self._ruled for item in evidence)

    def _countries(self, evidence: Sequence[Evidence]) -> set[str]:
        """The states (alpha-3) of the places that the texts of some evidence name: "the army" is that of theirs."""
        found: set[str] = set()
        for document in {item.document for item in evidence}:
            stored = self._stored(document)
            for place in stored.annotation.places if stored is not None and stored.annotation is not None else ():
                state = States.load().by_iso2(place.country)
                if state is not None and state.iso3 is not None:
                    found.add(state.iso3)
        return found

    def _mention(self, key: MentionKey) -> tuple[str, EventMention] | None:
        stored = self._stored(key.document)
        if stored is None or stored.annotation is None or key.index >= len(stored.annotation.events):
            return None
        return key.document, stored.annotation.events[key.index]

    def _named(self, of: str, name: str | None, evidence: Sequence[Evidence]) -> Iterator[Fault]:
        """That a name is told where its evidence stands."""
        if name is not None and not evidence:
            yield fault(of, f"names {name}, on no evidence")
        elif (
            name is not None
            and not self._is_ruled(name, evidence)
            and not self._ground.names(name, evidence)
            and not self._countries(evidence) & states_in(name)
        ):
            yield fault(of, f"names {name}, whom nothing names where its evidence says")

    def _mentions(self, of: str, event: Event) -> Iterator[Fault]:
        for key in event.mentions:
            stored = self._stored(key.document)
            told = stored.annotation.events if stored is not None and stored.annotation is not None else ()
            if key.index >= len(told):
                yield fault(of, f"is told by mention {key.index} of {key.document}, which is not there")

    def _tolls(self, event: Event) -> Iterator[Fault]:
        ids = {reading.id for toll in event.tolls for reading in toll.readings}  # wounded may be among the dead
        for toll in event.tolls:
            for reading in toll.readings:
                of = f"reading {reading.id} of {event.id} ({toll.kind})"
                if reading.superseded_by is not None and reading.superseded_by not in ids:
                    yield fault(of, f"is superseded by {reading.superseded_by}, which is not there")
                for each in (reading, *reading.parts):
                    self._readings[each.id] = event.id
                    yield from self._reading(of, each)

    def _reading(self, of: str, reading: Reading) -> Iterator[Fault]:
        yield from self._known(of, self._origins, "origin", reading.origins)
        for evidence in reading.evidence:
            yield from self._evidence(of, evidence)
        yield from self._words(of, reading.words, reading.evidence)
        yield from self._named(of, reading.speaker, reading.evidence)
        if not reading.words or not reading.evidence:
            yield fault(of, f"is {_bounds(reading)}, on no words")
        elif not _counts(reading.words, reading.low, reading.high):
            yield fault(of, f"is {_bounds(reading)}, and its words are “{reading.words}”")

    def stories(self) -> Iterator[Fault]:
        for story in self._reader.records(Story):
            of = f"story {story.id}"
            yield from self._known(of, self._events, "event", story.events)
            yield from self._known(of, self._taken, "document", story.documents)

    def claims(self) -> Iterator[Fault]:
        for claim in self._reader.records(Claim):
            of = f"claim {claim.id}"
            self._claims.add(claim.id)
            yield from self._known(of, self._events, "event", [claim.event] if claim.event else [])
            yield from self._known(of, self._origins, "origin", claim.origins)
            yield from self._quoted(of, claim.quote, claim.evidence)
            yield from self._named(of, claim.speaker, claim.evidence)
            yield from self._proposed(of, claim.proposed or ())

    def contradictions(self) -> Iterator[Fault]:
        for item in self._reader.records(Contradiction):
            of = f"contradiction {item.id}"
            yield from self._known(of, self._events, "event", [item.event])
            for side in item.sides:
                yield from self._quoted(of, side.quote, side.evidence)
                yield from self._named(of, side.speaker, side.evidence)
                yield from self._known(of, self._claims, "claim", [side.claim] if side.claim else [])
                yield from self._known(of, set(self._readings), "reading", [side.reading] if side.reading else [])

    def links(self) -> Iterator[Fault]:
        for link in self._reader.records(Link):
            of = f"link {link.source} {link.kind} {link.target}"
            yield from self._known(of, self._events, "event", [link.source, link.target])
            for evidence in link.evidence:
                yield from self._evidence(of, evidence)
            yield from self._words(of, link.words, link.evidence)
            yield from self._proposed(of, link.proposed or ())

    def decisions(self) -> Iterator[Fault]:
        try:
            replay(self._reader.decisions())
        except DecisionError as error:
            yield fault("the log of decisions", str(error))

    # what they share

    def _proposed_mentions(self, event: Event) -> int:
        """How many accounts of an event are a model's."""
        told = [(key, self._stored(key.document)) for key in event.mentions]
        return sum(
            any(each.kind == "event" and each.index == key.index for each in stored.annotation.proposals)
            for key, stored in told
            if stored is not None and stored.annotation is not None
        )

    def _proposed(self, of: str, marks: Iterable[Proposed]) -> Iterator[Fault]:
        """That what is marked as proposed was so, of the very words that the mark names, and was accepted."""
        for mark in marks:
            stored = self._stored(mark.document)
            annotation = stored.annotation if stored is not None else None
            told = annotation.proposals if annotation is not None else ()
            if not any(
                each.index is not None
                and (each.model, each.prompt, each.reply) == (mark.model, mark.prompt, mark.reply)
                and (each.start, each.end) == (mark.start, mark.end)
                for each in told
            ):
                yield fault(of, f"is marked as proposed by {mark.model} in {mark.document}, which has no such proposal")

    def _known(self, of: str, known: set[str], kind: str, ids: Iterable[str]) -> Iterator[Fault]:
        yield from (fault(of, f"names {kind} {id_}, which is not there") for id_ in ids if id_ not in known)

    def _spans(self, of: str, document: str, spans: Sequence[Span]) -> Iterator[Fault]:
        stored = self._stored(document)
        if stored is None:
            yield fault(of, f"names document {document}, which is not there")
        else:
            yield from _outside(of, stored.document.text, spans)

    def _evidence(self, of: str, evidence: Evidence) -> Iterator[Fault]:
        if self._text(evidence) is None:
            where = f"{evidence.document} {evidence.field} {evidence.start}–{evidence.end}"
            yield fault(of, f"rests on {where}, where nothing stands")

    def _text(self, evidence: Evidence) -> str | None:
        """The characters of evidence; None where they are not there."""
        text = self._field(evidence.document, evidence.field) or ""
        return text[evidence.start : evidence.end] if 0 <= evidence.start < evidence.end <= len(text) else None

    def _words(self, of: str, words: str, evidence: Sequence[Evidence]) -> Iterator[Fault]:
        """That words are those of some of the evidence, white space aside."""
        told = {" ".join((self._text(item) or "").split()) for item in evidence}
        if words and evidence and " ".join(words.split()) not in told:
            yield fault(of, f"has the words “{words}”, which do not stand where its evidence says")

    def _quoted(self, of: str, quote: str, evidence: Sequence[Evidence]) -> Iterator[Fault]:
        """That a quotation is the words of its evidence: of one stretch, or of neighbours with " … " between them."""
        for item in evidence:
            yield from self._evidence(of, item)
        told = [self._text(item) or "" for item in evidence]
        for first in range(len(told)):
            joined = told[first]
            for last in range(first + 1, len(told) + 1):
                if joined == quote:
                    return
                if last < len(told) and evidence[last].document == evidence[first].document:
                    joined += f" … {told[last]}"
        yield fault(of, f"quotes “{quote}”, which does not stand where its evidence says")


def _ruled(reader: Reader) -> frozenset[tuple[str, str]]:
    """What people say instead of what texts are coded as, with the documents of which they say it."""
    try:
        corrections = replay(reader.decisions()).corrections
    except DecisionError:  # told where the log is checked
        return frozenset()
    return frozenset(
        (value, target(words).document)
        for decision in corrections
        for value in (decision.place.name if decision.place is not None else decision.after,)
        if value is not None
        for words in decision.targets
    )


def _bounds(reading: Reading) -> str:
    return f"{'?' if reading.low is None else reading.low} to {'?' if reading.high is None else reading.high}"


def _outside(of: str, text: str, spans: Iterable[Span]) -> Iterator[Fault]:
    for start, end in spans:
        if not 0 <= start <= end <= len(text):
            yield fault(of, f"has characters {start}–{end} of a text of {len(text)}")


def _all_evidence(event: Event) -> list[Evidence]:
    """The evidence of an event and of its fields, the tolls' aside."""
    found = list(event.evidence)
    for each in (*event.participants_actor, *event.participants_recipient):
        found += each.evidence
    fields = event.time, event.place, event.readings_actor, event.readings_instrument, event.readings_status
    for field in fields:
        if field is not None:
            for reading in field.readings:
                found += reading.evidence
    return found


def _document_faults(of: str, document: Document) -> Iterator[Fault]:
    yield from _outside(of, document.text, (block.span for block in document.blocks))
    for one, other in zip(document.blocks, document.blocks[1:], strict=False):
        if one.end > other.start:
            yield fault(of, f"its blocks at {one.start} and {other.start} overlap")
    spans = [each.span for each in document.credits] + [each.span for each in document.candidates]
    for correction in document.corrections:
        spans += [correction.span, correction.was, correction.now]
    yield from _outside(of, document.text, [span for span in spans if span is not None])


def annotation_faults(of: str, text: str, annotation: Annotation) -> Iterator[Fault]:
    """That every span of every layer is inside the text, every text that a layer tells stands at its span, and every
    index is one of its list."""
    layers: tuple[tuple[str, Sequence[Any]], ...] = (
        ("time", annotation.times),
        ("place", annotation.places),
        ("actor", annotation.actors),
        ("toll", annotation.tolls),
        ("victim", annotation.victims),
    )
    for name, mentions in layers:
        for mention in mentions:
            if text[mention.start : mention.end] != mention.text or mention.start < 0:
                yield fault(of, f"its {name} “{mention.text}” does not stand at {mention.start}–{mention.end}")
    for event in annotation.events:
        if text[event.start : event.end] != event.trigger:
            yield fault(of, f"its event “{event.trigger}” does not stand at {event.start}–{event.end}")
    for item in (*annotation.attributions, *annotation.events, *annotation.ties, *annotation.tolls, *annotation.times):
        yield from _outside(of, text, _spans_in(item))
    yield from _indices(of, annotation)


def _spans_in(record: msgspec.Struct) -> Iterator[Span]:
    """The spans among a record's fields, at any depth."""
    for name in record.__struct_fields__:
        value = getattr(record, name)
        for each in value if isinstance(value, tuple) and not isinstance(value, Span) else (value,):
            if isinstance(each, Span):
                yield each
            elif isinstance(each, msgspec.Struct):
                yield from _spans_in(each)


def _indices(of: str, annotation: Annotation) -> Iterator[Fault]:
    told: list[tuple[str, Iterable[int | None], Sequence[object]]] = []
    for event in annotation.events:
        told.append(("actor", (*event.actors, *event.recipients), annotation.actors))
        told.append(("place", (event.place,), annotation.places))
        told.append(("time", (event.time,), annotation.times))
        told.append(("toll", event.tolls, annotation.tolls))
        told.append(("attribution", (event.attribution,), annotation.attributions))
    for attribution in annotation.attributions:
        told.append(("actor", (attribution.speaker_actor,), annotation.actors))
        told.append(("attribution", (attribution.parent,), annotation.attributions))
    for toll in annotation.tolls:
        told.append(("actor", (toll.speaker_actor,), annotation.actors))
        told.append(("toll", (toll.part_of,), annotation.tolls))
    told += [("actor", (actor.antecedent,), annotation.actors) for actor in annotation.actors]
    for tie in annotation.ties:
        told.append(("event", (*tie.sources, *tie.targets), annotation.events))
        told.append(("actor", (tie.owner,), annotation.actors))
        told.append(("time", (tie.time,), annotation.times))
    for name, indices, items in told:
        for index in indices:
            if index is not None and not 0 <= index < len(items):
                yield fault(of, f"names its {name} {index}, and there are {len(items)}")


def _counts(words: str, low: int | None, high: int | None) -> bool:
    """Whether bounds are those of numbers in their words, as the layer of tolls reads them; True too where the words
    hold no number that it can read ("a family")."""
    told = _WORD.findall(_AGE.sub(" ", words).lower())
    bounds: set[int | None] = set()
    numbers: list[int] = []
    at = 0
    while at < len(told):
        counted = read_count(told, at)
        if counted is not None and not counted.article:
            bounds |= {counted.low, counted.high}
        plain = number(told, at)
        if plain is not None:
            numbers.append(plain[0])
        at = plain[1] if plain is not None else at + 1
    for figure in (
        *numbers,
        sum(numbers),
    ):  # "three soldiers and two guards" are five, "more than seven" at least eight
        bounds |= {figure - 1, figure, figure + 1}
    return not numbers or {low, high} <= bounds | {None}
