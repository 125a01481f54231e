"""What the page shows, ready to print: quotations in context, the timeline, the charts of tolls, the families."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from msgspec.structs import replace

from variorum.exports import wording
from variorum.exports.contexts import Context, context
from variorum.exports.html.timeline import Timeline
from variorum.exports.html.toll_chart import TollChart
from variorum.exports.quotations import Quotations, shortened
from variorum.records import (
    Claim,
    Contradiction,
    Document,
    EditionContent,
    EditionDocument,
    Event,
    Evidence,
    Link,
    Origin,
    Story,
    Toll,
)


@dataclass(frozen=True)
class Words:
    """Exact characters of a document, with some of the text around them."""

    before: str
    exact: str
    after: str
    source: str
    document: str
    start: int
    end: int
    field: str


@dataclass(frozen=True)
class Edge:
    """One derivation from a document's side: how it stands to another."""

    text: str
    kind: str
    score: float
    evidence: tuple[str, ...]
    changes: tuple[tuple[str, str, str], ...]  # kind, words of the one, words of the other


class EditionView:
    """Everything that the template asks for. Nothing here decides; it only looks up and words."""

    def __init__(
        self, content: EditionContent, documents: Mapping[str, Document], quotations: Quotations | None = None
    ) -> None:
        self.content = content
        self._quotations = quotations
        self._documents = documents
        self._listed = {document.id: document for document in content.documents}
        self._events = {event.id: event for event in content.events}

    @property
    def stories(self) -> tuple[Story, ...]:
        return self.content.stories

    @cached_property
    def taken(self) -> list[EditionDocument]:
        return [document for document in self.content.documents if document.rejected is None]

    @cached_property
    def rejected(self) -> list[EditionDocument]:
        return [document for document in self.content.documents if document.rejected is not None]

    @cached_property
    def disputes(self) -> int:
        return sum(bool(wording.disputed_fields(event)) for event in self.content.events)

    def events(self, story: Story) -> list[Event]:
        return [self._events[id_] for id_ in story.events]

    def timeline(self, story: Story) -> Timeline:
        events = self.events(story)
        ids = {event.id for event in events}
        return Timeline(events, [link for link in self.content.links if {link.source, link.target} <= ids])

    def chart(self, toll: Toll) -> TollChart:
        return TollChart(toll)

    def words(self, evidence: Iterable[Evidence]) -> list[Words]:
        """Each piece of evidence with its context; the same words of the same document once."""
        return [self._words(item) for item in dict.fromkeys(evidence)]

    def _words(self, item: Evidence) -> Words:
        document = self._documents[item.document]
        text = document.text if item.field == "text" else document.title or ""
        around = context(document, item)
        before, after = around.before(text, item.start), around.after(text, item.end)
        exact = text[item.start : item.end]
        before, exact, after = self._told(before), self._told(exact), self._told(after)
        if self._quotations is not None and item.field == "text":
            before, exact, after = self._within_limit(item, around, (before, exact, after))
        return Words(before, exact, after, self.name(item.document), item.document, item.start, item.end, item.field)

    def _told(self, words: str) -> str:
        return words if self._quotations is None else self._quotations.told(words)

    def _within_limit(self, item: Evidence, around: Context, words: tuple[str, str, str]) -> tuple[str, str, str]:
        """The words as far as the article may be quoted: what is around them only where they are shown whole."""
        assert self._quotations is not None
        before, exact, after = words
        end = self._quotations.stretch(item.document, item.start, item.end)
        if end < item.end:
            return "", shortened(exact, end - item.start), ""
        if self._quotations.stretch(item.document, around.left, item.start) < item.start:
            before = "…"
        if self._quotations.stretch(item.document, item.end, around.right) < around.right:
            after = "…"
        return before, exact, after

    def name(self, id_: str) -> str:
        """What a reader calls a document: its outlet, else where it was found."""
        document = self._listed[id_]
        return document.outlet or document.source

    def document(self, id_: str) -> EditionDocument:
        return self._listed[id_]

    def headline(self, id_: str) -> str:
        return self._events[id_].headline

    def claims(self, event: Event) -> list[Claim]:
        return [claim for claim in self.content.claims if claim.event == event.id]

    def at_odds(self, event: Event) -> list[Contradiction]:
        return [item for item in self.content.contradictions if item.event == event.id]

    @cached_property
    def loose_claims(self) -> list[Claim]:
        return [claim for claim in self.content.claims if claim.event is None]

    def answers(self, event: Event) -> list[Link]:
        return [link for link in self.content.links if link.source == event.id]

    def answered_by(self, event: Event) -> list[Link]:
        return [link for link in self.content.links if link.target == event.id]

    @cached_property
    def origins(self) -> list[Origin]:
        """Those of several documents first, then the rest by name; of a part of an edition without the documents that
        are not in it."""
        found = (
            replace(origin, documents=tuple(id_ for id_ in origin.documents if id_ in self._listed))
            for origin in self.content.origins
        )
        return sorted(found, key=lambda origin: (-len(origin.documents), origin.id))

    @cached_property
    def _edges(self) -> dict[str, list[Edge]]:
        found: defaultdict[str, list[Edge]] = defaultdict(list)
        for item in self.content.derivations:
            source, target = self._documents[item.source], self._documents[item.target]
            changes = tuple(
                (
                    change.kind,
                    self._told(change.source.of(source.text)) if change.source else "",
                    self._told(change.target.of(target.text)) if change.target else "",
                )
                for change in item.changes
                if change.kind not in ("reworded", "added", "dropped")
            )
            text = f"from {self.name(item.source)}" if item.directed else f"with {self.name(item.source)}"
            found[item.target].append(Edge(text, item.kind, item.score, item.evidence, changes))
        return dict(found)

    def edges(self, id_: str) -> list[Edge]:
        return self._edges.get(id_, [])
