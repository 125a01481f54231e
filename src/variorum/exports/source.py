"""What the formats read of an edition: its records as streams, its documents by id."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from typing import Protocol

import msgspec

from variorum.records import (
    Claim,
    Contradiction,
    Decision,
    Derivation,
    Document,
    EditionContent,
    EditionDocument,
    Event,
    Link,
    Origin,
    Record,
    Statement,
    Story,
)

KEPT_TEXTS = 64
"""Texts held at once while quotations are cut out of them: records that stand together reach into the same few."""


class About(Record, frozen=True, kw_only=True):
    """What an edition holds of one event beside its record, in the edition's order."""

    claims: tuple[Claim, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    links: tuple[Link, ...] = ()


class Source(Protocol):
    """An edition, or the part of one that was asked for. Every call reads anew, always in the same order, and holds
    no more than it gives: formats that need a record twice ask twice."""

    @property
    def versions(self) -> Mapping[str, str]:
        """Every model, data file and stage behind the edition."""
        ...

    def events(self) -> Iterator[Event]:
        """In the order of time."""
        ...

    def documents(self) -> Iterator[EditionDocument]:
        """By id, rejected ones too."""
        ...

    def claims(self) -> Iterator[Claim]: ...

    def links(self) -> Iterator[Link]: ...

    def contradictions(self) -> Iterator[Contradiction]: ...

    def origins(self) -> Iterator[Origin]: ...

    def derivations(self) -> Iterator[Derivation]: ...

    def statements(self) -> Iterator[Statement]: ...

    def stories(self) -> Iterator[Story]: ...

    def decisions(self) -> Iterator[Decision]: ...

    def about(self, event: Event) -> About:
        """What is said of one event and what it is tied to."""
        ...

    def headline(self, event: str) -> str:
        """An event's headline, also of one that was not asked for; its id where the edition has none of this id."""
        ...

    def document(self, id_: str) -> EditionDocument:
        """Raises KeyError where the edition has none of this id."""
        ...

    def text(self, id_: str) -> Document:
        """The document with its text. Raises KeyError where there is none of this id."""
        ...

    def told(self, words: str) -> str:
        """Words that were cut out of a text, as they may be told."""
        ...


class ContentSource:
    """An edition that is in memory. `text_of` gives a document with its text by id."""

    def __init__(self, content: EditionContent, text_of: Callable[[str], Document]) -> None:
        self._content = content
        self._by_id = {document.id: document for document in content.documents}
        self.text = lru_cache(KEPT_TEXTS)(text_of)

    @property
    def versions(self) -> Mapping[str, str]:
        return self._content.versions

    def events(self) -> Iterator[Event]:
        return iter(self._content.events)

    def documents(self) -> Iterator[EditionDocument]:
        return iter(self._content.documents)

    def claims(self) -> Iterator[Claim]:
        return iter(self._content.claims)

    def links(self) -> Iterator[Link]:
        return iter(self._content.links)

    def contradictions(self) -> Iterator[Contradiction]:
        return iter(self._content.contradictions)

    def origins(self) -> Iterator[Origin]:
        return iter(self._content.origins)

    def derivations(self) -> Iterator[Derivation]:
        return iter(self._content.derivations)

    def statements(self) -> Iterator[Statement]:
        return iter(self._content.statements)

    def stories(self) -> Iterator[Story]:
        return iter(self._content.stories)

    def decisions(self) -> Iterator[Decision]:
        return iter(self._content.decisions)

    def about(self, event: Event) -> About:
        claims, contradictions, links = self._about
        return About(
            claims=tuple(claims.get(event.id, ())),
            contradictions=tuple(contradictions.get(event.id, ())),
            links=tuple(links.get(event.id, ())),
        )

    def headline(self, event: str) -> str:
        return self._headlines.get(event, event)

    def document(self, id_: str) -> EditionDocument:
        return self._by_id[id_]

    def told(self, words: str) -> str:
        return words

    @cached_property
    def _headlines(self) -> dict[str, str]:
        return {event.id: event.headline for event in self._content.events}

    @cached_property
    def _about(self) -> tuple[dict[str, list[Claim]], dict[str, list[Contradiction]], dict[str, list[Link]]]:
        claims, contradictions = dict[str, list[Claim]](), dict[str, list[Contradiction]]()
        links = dict[str, list[Link]]()
        for claim in self._content.claims:
            claims.setdefault(claim.event or "", []).append(claim)
        for item in self._content.contradictions:
            contradictions.setdefault(item.event, []).append(item)
        for link in self._content.links:
            for end in dict.fromkeys((link.source, link.target)):
                links.setdefault(end, []).append(link)
        return claims, contradictions, links


class Selection:
    """The part of an edition about some of its events: what is said of them, the texts that tell them, and what ties
    these events, or these texts, to one another. Holds the ids of what was chosen and nothing else."""

    def __init__(self, whole: Source, events: Callable[[], Iterable[Event]]) -> None:
        """`events` gives the chosen events, in the edition's order, as often as it is called."""
        self._whole = whole
        self._chosen = events
        ids, documents = set[str](), set[str]()
        for event in events():
            ids.add(event.id)
            documents.update(event.documents)
        self._ids: Container[str] = ids
        self._documents = documents

    @property
    def versions(self) -> Mapping[str, str]:
        return self._whole.versions

    def events(self) -> Iterator[Event]:
        return iter(self._chosen())

    def documents(self) -> Iterator[EditionDocument]:
        return (each for each in self._whole.documents() if each.id in self._documents)

    def claims(self) -> Iterator[Claim]:
        return (each for each in self._whole.claims() if each.event is not None and each.event in self._ids)

    def links(self) -> Iterator[Link]:
        return (each for each in self._whole.links() if each.source in self._ids and each.target in self._ids)

    def contradictions(self) -> Iterator[Contradiction]:
        return (each for each in self._whole.contradictions() if each.event in self._ids)

    def origins(self) -> Iterator[Origin]:
        return (each for each in self._whole.origins() if not self._documents.isdisjoint(each.documents))

    def derivations(self) -> Iterator[Derivation]:
        for each in self._whole.derivations():
            if each.source in self._documents and each.target in self._documents:
                yield each

    def statements(self) -> Iterator[Statement]:
        return (each for each in self._whole.statements() if not self._documents.isdisjoint(each.documents))

    def stories(self) -> Iterator[Story]:
        """Those that the events belong to, with no other event or document in them."""
        for each in self._whole.stories():
            events = tuple(id_ for id_ in each.events if id_ in self._ids)
            if events:
                told = tuple(id_ for id_ in each.documents if id_ in self._documents)
                yield msgspec.structs.replace(each, events=events, documents=told)

    def decisions(self) -> Iterator[Decision]:
        return self._whole.decisions()

    def about(self, event: Event) -> About:
        whole = self._whole.about(event)
        links = tuple(link for link in whole.links if link.source in self._ids and link.target in self._ids)
        return msgspec.structs.replace(whole, links=links)

    def headline(self, event: str) -> str:
        return self._whole.headline(event)

    def document(self, id_: str) -> EditionDocument:
        return self._whole.document(id_)

    def text(self, id_: str) -> Document:
        return self._whole.text(id_)

    def told(self, words: str) -> str:
        return self._whole.told(words)
