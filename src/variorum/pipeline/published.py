"""An edition as it may leave the desk: of each text no more than is quoted, places no finer than asked.

What reads an edition reads this in its place, and can show nothing that is not in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, TypeVar, cast
from urllib.parse import urlsplit

from msgspec.structs import replace

from variorum.exports.privacy import (
    Divisions,
    Grain,
    Person,
    PrivacyOptions,
    Pseudonyms,
    coarsened,
    coarsened_event,
    divisions,
)
from variorum.exports.privacy import kept_names as names_kept
from variorum.exports.privacy import people as people_of
from variorum.exports.quotations import QuotationLimit, Quotations
from variorum.records import (
    Annotation,
    Claim,
    Contradiction,
    Decision,
    Document,
    DocumentPage,
    DocumentQuery,
    EditionDocument,
    Event,
    EventPage,
    EventQuery,
    Evidence,
    Link,
    Position,
    Record,
    Story,
)
from variorum.store import OpenReader, Reader, StoredDocument

from .edition import Edition
from .edition_source import StoreSource

R = TypeVar("R", bound=Record)

_HIDDEN = "\N{NO-BREAK SPACE}"  # stands where a character of the text is not shown
_NAME = re.compile(r"[^\W\d_a-z][^\W\d_]+(?: [^\W\d_a-z][\w.'’-]*)+")  # words with capitals: "a witness" is no name
_KEPT = 256  # texts that are held as they are shown


class PublishOptions(Record, frozen=True, kw_only=True):
    """`privacy` says who is shown by name and how finely places are told, `quotation` how much of one article is
    quoted in all."""

    privacy: PrivacyOptions = PrivacyOptions()
    quotation: QuotationLimit = QuotationLimit()


def published(edition: Edition, options: PublishOptions) -> Edition:
    """The edition as it may be published: offsets stay those of the stored texts, whose characters are blank where no
    value rests on them, or where the article's limit is reached; names of private persons are still in it, and
    `pseudonyms` replaces them in what is written."""
    reader = edition._reader
    return Edition(cast(OpenReader, _Published(reader, options)), edition.path)


def pseudonyms(edition: Edition, secret: Callable[[], bytes], *, bylines: bool = True) -> Pseudonyms:
    """The pseudonyms of an edition's private persons; `secret` is asked for where there are any. Reads every document
    with its layers once. With `bylines` who wrote one is public."""
    kept: set[str] = set()

    def layers() -> Iterator[Annotation]:
        for line in edition.each(EditionDocument):
            if (annotation := edition._reader.annotation_of(line.id)) is not None:
                kept.update(names_kept((annotation,)))
                yield annotation

    found = people_of(layers())
    authors = {name for document in edition._reader.documents() for name in document.authors if _NAME.fullmatch(name)}
    found = tuple(replace(each, public=each.public or (bylines and each.name in authors)) for each in found)
    named = kept.union(person.name for person in found)
    typed = {each.after for each in edition.decisions if each.action == "fix-speaker" and each.after} - named
    private = sorted(name for name in typed if _NAME.fullmatch(name))
    written = sorted(authors - named - typed)
    persons = (*found, *(_typed(name) for name in private), *(_typed(name, public=bylines) for name in written))
    return Pseudonyms(persons, secret() if any(not each.public for each in persons) else b"", kept)


def _typed(name: str, *, public: bool = False) -> Person:
    """Somebody whom no layer knows: a speaker whom a reviewer named, of whom no public role is known, or an author."""
    return Person(key=f":PER:{name.casefold().replace(' ', '-')}", name=name, forms=(name,), public=public)


def divisions_for(finest: Grain) -> Divisions:
    """What is needed to tell places no finer than asked; the gazetteer only where it is."""
    return divisions() if finest not in ("site", "country") else lambda _id, _grain: None


class _Published:
    """A reader that gives every event with coarser places, and texts with nothing but what is quoted of them."""

    def __init__(self, reader: Reader, options: PublishOptions) -> None:
        self._reader = reader
        self._grain = options.privacy.places
        self._limit = options.quotation
        self._of: Divisions = divisions_for(self._grain)
        self.document = lru_cache(_KEPT)(self._document)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._reader, name)

    def decisions(self) -> tuple[Decision, ...]:
        """The log without who ruled and why, and without the places that rulings name."""
        return tuple(
            replace(
                each,
                author="a reviewer",
                reason="",
                place=None,
                before=None if each.field == "place" else each.before,
                after=None if each.field == "place" else each.after,
            )
            for each in self._reader.decisions()
        )

    def event(self, id_: str) -> Event | None:
        found = self._reader.event(id_)
        return None if found is None else self._event(found)

    def find_events(self, query: EventQuery, after: str | None = None, limit: int = 100) -> EventPage:
        found = self._reader.find_events(query, after, limit)
        return replace(found, events=tuple(map(self._event, found.events)))

    def edition_document(self, id_: str) -> EditionDocument | None:
        found = self._reader.edition_document(id_)
        return None if found is None else self._shown(found)

    def find_documents(self, query: DocumentQuery, after: str | None = None, limit: int = 100) -> DocumentPage:
        found = self._reader.find_documents(query, after, limit)
        return replace(found, documents=tuple(map(self._shown, found.documents)))

    def records(self, kind: type[R]) -> Iterator[R]:
        return (self._shown(each) for each in self._reader.records(kind))

    def some(self, kind: type[R], after: str | None = None, limit: int = 100) -> tuple[tuple[R, ...], str | None]:
        found, more = self._reader.some(kind, after, limit)
        return tuple(map(self._shown, found)), more

    def documents_of(self, ids: Sequence[str]) -> list[Document]:
        return [stored.document for id_ in sorted(set(ids)) if (stored := self.document(id_)) is not None]

    def of_story(self, kind: type[R], story: str) -> tuple[R, ...]:
        return tuple(self._shown(each) for each in self._reader.of_story(kind, story))

    def claims(self, event: str) -> tuple[Claim, ...]:
        return tuple(map(self._shown, self._reader.claims(event)))

    def contradictions(self, event: str) -> tuple[Contradiction, ...]:
        return tuple(map(self._shown, self._reader.contradictions(event)))

    def links(self, event: str) -> tuple[Link, ...]:
        return tuple(map(self._shown, self._reader.links(event)))

    def story(self, id_: str) -> Story | None:
        found = self._reader.story(id_)
        return None if found is None else self._shown(found)

    def summaries(self, *asked: Any, **more: Any) -> tuple[Any, ...]:
        found = self._reader.summaries(*asked, **more)
        return tuple(replace(each, title=self._title(each.id, each.title)) for each in found)

    def _shown(self, record: R) -> R:
        shown: Any = record
        match record:
            case Event():
                shown = self._event(record)
            case Claim():
                shown = replace(record, quote=self._quote(record.quote, record.evidence))
            case Contradiction():
                sides = tuple(self._side(side) for side in record.sides)
                shown = replace(record, sides=sides)
            case Link():
                shown = replace(record, words=self._quote(record.words, record.evidence))
            case EditionDocument():
                shown = replace(record, source=_source(record))
            case Story():
                shown = replace(record, title=self._title(record.id, record.title))
        made: R = shown
        return made

    def _side(self, side: Position) -> Position:
        return replace(side, quote=self._quote(side.quote, side.evidence))

    def _event(self, event: Event) -> Event:
        return coarsened_event(event, self._grain, self._of)

    def _title(self, story: str, title: str) -> str:
        """The title of a story, which is the headline of one of its events, as that is shown."""
        for event in self._reader.find_events(EventQuery(story=story), None, 1_000).events:
            if event.headline and event.headline in title:
                return title.replace(event.headline, self._event(event).headline)
        return title

    def _quote(self, quote: str, evidence: Iterable[Evidence]) -> str:
        """A quotation as far as its text is shown."""
        first = next((each for each in evidence if each.field == "text"), None)
        stored = self.document(first.document) if first is not None else None
        if first is None or stored is None:
            return quote
        shown = stored.document.text[first.start : first.end]
        if _HIDDEN not in shown or _HIDDEN in quote:
            return quote
        kept = shown.split(_HIDDEN, 1)[0].rstrip()
        return f"{kept}…" if kept else "…"

    def _document(self, id_: str) -> StoredDocument | None:
        stored = self._reader.document(id_)
        if stored is None:
            return None
        text = [_HIDDEN if not each.isspace() else each for each in stored.document.text]
        for start, end in self._quoted(id_):
            text[start:end] = stored.document.text[start:end]
        annotation = stored.annotation
        if annotation is not None:
            places = tuple(coarsened(place, self._grain, self._of) for place in annotation.places)
            annotation = replace(annotation, places=places)
        document = replace(stored.document, text="".join(text), source=_source(stored.document))
        return replace(stored, document=document, annotation=annotation)

    def _quoted(self, id_: str) -> Iterator[tuple[int, int]]:
        """What may be shown of a text: what its figures, claims, days and places rest on, then the rest that tells its
        events, up to the limit."""
        quotations = Quotations(StoreSource(self._reader, lambda: iter(())), self._limit)
        events = list(Edition(cast(OpenReader, self._reader)).find(EventQuery(documents=(id_,))))
        wanted: list[Evidence] = []
        for event in events:
            wanted += [item for toll in event.tolls for reading in toll.readings for item in reading.evidence]
            wanted += [item for claim in self._reader.claims(event.id) for item in claim.evidence]
            wanted += [
                i for each in self._reader.contradictions(event.id) for side in each.sides for i in side.evidence
            ]
        for event in events:
            wanted += [item for reading in (event.time.readings if event.time else ()) for item in reading.evidence]
            wanted += [item for reading in (event.place.readings if event.place else ()) for item in reading.evidence]
            wanted += [item for link in self._reader.links(event.id) for item in link.evidence]
            for who in (*event.participants_actor, *event.participants_recipient):
                wanted += who.evidence
            wanted += event.evidence
        for item in dict.fromkeys(wanted):
            if item.document == id_ and item.field == "text":
                yield item.start, quotations.stretch(id_, item.start, item.end)


def _source(document: Document | EditionDocument) -> str:
    """Where a document was found, without a path of the machine on which it lies."""
    return document.outlet or urlsplit(document.url or "").hostname or document.id
