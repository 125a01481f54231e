"""An edition's store as what the formats read: nothing of it is held but what they ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, lru_cache

from variorum.exports.source import KEPT_TEXTS, About
from variorum.records import (
    Claim,
    Contradiction,
    Decision,
    Derivation,
    Document,
    EditionDocument,
    Event,
    Link,
    Origin,
    Statement,
    Story,
)
from variorum.store import Reader

_KEPT = 2_000  # lines of documents and headlines held at once: those of the events that stand together


class StoreSource:
    """A `variorum.exports.source.Source` over a store's reader; `events` gives the events in order, as often as it is
    called, and `documents` the documents where they are not all of them, by id."""

    def __init__(
        self,
        reader: Reader,
        events: Callable[[], Iterator[Event]],
        documents: Callable[[], Iterator[EditionDocument]] | None = None,
    ) -> None:
        self._reader = reader
        self.events = events
        self.documents = documents or (lambda: reader.records(EditionDocument))
        self.document = lru_cache(_KEPT)(self._document)
        self.headline = lru_cache(_KEPT)(self._headline)
        self.text = lru_cache(KEPT_TEXTS)(self._text)

    @cached_property
    def versions(self) -> Mapping[str, str]:
        return self._reader.versions()

    def claims(self) -> Iterator[Claim]:
        return self._reader.records(Claim)

    def links(self) -> Iterator[Link]:
        return self._reader.records(Link)

    def contradictions(self) -> Iterator[Contradiction]:
        return self._reader.records(Contradiction)

    def origins(self) -> Iterator[Origin]:
        return self._reader.records(Origin)

    def derivations(self) -> Iterator[Derivation]:
        return self._reader.records(Derivation)

    def statements(self) -> Iterator[Statement]:
        return self._reader.records(Statement)

    def stories(self) -> Iterator[Story]:
        return self._reader.records(Story)

    def decisions(self) -> Iterator[Decision]:
        return iter(self._reader.decisions())

    def about(self, event: Event) -> About:
        return About(
            claims=self._reader.claims(event.id),
            contradictions=self._reader.contradictions(event.id),
            links=self._reader.links(event.id),
        )

    def told(self, words: str) -> str:
        return words

    def _document(self, id_: str) -> EditionDocument:
        found = self._reader.edition_document(id_)
        if found is None:
            raise KeyError(id_)
        return found

    def _headline(self, event: str) -> str:
        found = self._reader.event(event)
        return found.headline if found else event

    def _text(self, id_: str) -> Document:
        found = self._reader.document(id_)
        if found is None:
            raise KeyError(id_)
        return found.document
