"""An edition as its exports may tell it: private persons under pseudonyms, places no finer than asked.

Every format reads a `Source`; this one stands before another and changes what is told, not what is there: ids that tell
no name, offsets and the stored texts stay, so that figures, keys and evidence lead where they led. Words that a format
cuts out of a text itself go through `told`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TypeVar

from msgspec.structs import replace

from variorum.errors import ExportError
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
    Record,
    Statement,
    Story,
)

from .privacy import Divisions, Grain, Pseudonyms, coarsened_event
from .source import About, Source

R = TypeVar("R", bound=Record)


class PrivateSource:
    """A `Source` over another one. `names` None shows everybody; `finest` is the finest grain of a place."""

    def __init__(self, whole: Source, names: Pseudonyms | None, finest: Grain, divisions: Divisions) -> None:
        self._whole = whole
        self._names = names
        self._finest = finest
        self._divisions = divisions

    def told(self, words: str) -> str:
        return words if self._names is None else self._names.text(words)

    @property
    def hidden(self) -> int:
        """How many private persons were told of under a pseudonym by now."""
        return 0 if self._names is None else len(self._names.used)

    @property
    def versions(self) -> Mapping[str, str]:
        return self._whole.versions

    def events(self) -> Iterator[Event]:
        return map(self._event, self._whole.events())

    def documents(self) -> Iterator[EditionDocument]:
        return map(self._shown, self._whole.documents())

    def claims(self) -> Iterator[Claim]:
        return map(self._shown, self._whole.claims())

    def links(self) -> Iterator[Link]:
        return map(self._shown, self._whole.links())

    def contradictions(self) -> Iterator[Contradiction]:
        return map(self._shown, self._whole.contradictions())

    def origins(self) -> Iterator[Origin]:
        return map(self._shown, self._whole.origins())

    def derivations(self) -> Iterator[Derivation]:
        return map(self._shown, self._whole.derivations())

    def statements(self) -> Iterator[Statement]:
        return map(self._shown, self._whole.statements())

    def stories(self) -> Iterator[Story]:
        return map(self._story, self._whole.stories())

    def decisions(self) -> Iterator[Decision]:
        return (self._shown(self._placeless(each)) for each in self._whole.decisions())

    def about(self, event: Event) -> About:
        return self._shown(self._whole.about(event))

    def headline(self, event: str) -> str:
        told = self._headlines.get(event, event) if self._is_coarse else self._whole.headline(event)
        return told if self._names is None else self._names.name(told)

    def document(self, id_: str) -> EditionDocument:
        return self._shown(self._whole.document(self._behind(id_)))

    def text(self, id_: str) -> Document:
        """As it is stored, for what is cut out of it by offsets."""
        return self._whole.text(self._behind(id_))

    @property
    def _is_coarse(self) -> bool:
        return self._finest != "site"

    def _behind(self, id_: str) -> str:
        return id_ if self._names is None else self._names.behind(id_)

    def _shown(self, record: R) -> R:
        return record if self._names is None else self._names.of(record)

    def _event(self, event: Event) -> Event:
        return self._shown(coarsened_event(event, self._finest, self._divisions))

    def _story(self, story: Story) -> Story:
        """A story's title is the headline of one of its events, and is told as that is."""
        if self._is_coarse:
            titles = [self._headlines[id_] for id_ in story.events if id_ in self._headlines]
            first = titles[0] if titles else ""
            story = replace(story, title=self._coarse_titles.get(story.title, first))
        return self._shown(story)

    def _placeless(self, ruling: Decision) -> Decision:
        """A ruling without the place that it names, where places are told no finer than asked."""
        if not self._is_coarse or (ruling.place is None and ruling.field != "place"):
            return ruling
        return replace(ruling, place=None, before=None, after=None)

    @cached_property
    def _headlines(self) -> dict[str, str]:
        return {event.id: shown.headline for event, shown in self._both()}

    @cached_property
    def _coarse_titles(self) -> dict[str, str]:
        return {event.headline: shown.headline for event, shown in self._both()}

    def _both(self) -> Iterator[tuple[Event, Event]]:
        for event in self._whole.events():
            yield event, coarsened_event(event, self._finest, self._divisions)


def check_full_text(*, full_text: bool, pseudonyms: bool) -> None:
    """Raises ExportError where whole texts are to go out without the names in them: their offsets would lead astray."""
    if full_text and pseudonyms:
        raise ExportError("whole texts have the names in them: ask for the names as well (--names, names=true)")
