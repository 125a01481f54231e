"""An edition in a reader's hands: the records in force, and the texts that they reach into."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from types import TracebackType

import msgspec

from variorum.errors import EditionError, UnknownEventError
from variorum.records import (
    Claim,
    Contradiction,
    Decision,
    Derivation,
    Document,
    EditionContent,
    EditionDocument,
    Event,
    Evidence,
    Link,
    Origin,
    Statement,
    Story,
)
from variorum.store import Store, StoredDocument, open_store


class Edition:
    """All accounts of what happened, laid side by side.

    Everything is read from the store when it is first asked for. Use it as a context manager, or call `close`.

        with variorum.open("reports.sqlite") as edition:
            for event in edition.events:
                print(event.headline, [edition.quote(item) for item in event.evidence])
    """

    def __init__(self, store: Store, path: Path | None = None) -> None:
        self._store = store
        self.path = path

    @classmethod
    def open(cls, path: str | Path) -> Edition:
        """The edition in a file. Raises EditionError where there is none."""
        return cls(open_store(path, create=False), Path(path))

    @cached_property
    def content(self) -> EditionContent:
        """The whole edition as one record, as its JSON has it."""
        return self._store.content()

    @property
    def documents(self) -> tuple[EditionDocument, ...]:
        """Every document with its story and origin, the rejected ones with their reason, by id."""
        return self.content.documents

    @property
    def rejected(self) -> tuple[EditionDocument, ...]:
        return tuple(document for document in self.content.documents if document.rejected is not None)

    @property
    def events(self) -> tuple[Event, ...]:
        """The events, in the order of their time."""
        return self.content.events

    @property
    def claims(self) -> tuple[Claim, ...]:
        return self.content.claims

    @property
    def contradictions(self) -> tuple[Contradiction, ...]:
        """What two speakers say of one event and cannot both be true."""
        return self.content.contradictions

    @property
    def links(self) -> tuple[Link, ...]:
        return self.content.links

    @property
    def stories(self) -> tuple[Story, ...]:
        return self.content.stories

    @property
    def origins(self) -> tuple[Origin, ...]:
        return self.content.origins

    @property
    def derivations(self) -> tuple[Derivation, ...]:
        return self.content.derivations

    @property
    def statements(self) -> tuple[Statement, ...]:
        return self.content.statements

    @property
    def decisions(self) -> tuple[Decision, ...]:
        return self.content.decisions

    @property
    def versions(self) -> dict[str, str]:
        return self.content.versions

    def event(self, id_: str) -> Event:
        """The event of this id, or of the one id that begins so. Raises UnknownEventError."""
        found = [event for event in self.events if event.id == id_] or [
            event for event in self.events if event.id.startswith(id_) or event.id.removeprefix("e-").startswith(id_)
        ]
        if len(found) != 1:
            problem = "no event has" if not found else f"{len(found)} events begin with"
            raise UnknownEventError(f"{problem} the id {id_!r}; `variorum show` lists them")
        return found[0]

    def story(self, id_: str) -> Story:
        """The story of this id, or of the one id that begins so. Raises EditionError."""
        found = [story for story in self.stories if story.id == id_] or [
            story for story in self.stories if story.id.startswith(id_) or story.id.removeprefix("s-").startswith(id_)
        ]
        if len(found) != 1:
            raise EditionError(f"no one story has the id {id_!r}; `variorum show` lists them")
        return found[0]

    def stored(self, id_: str) -> StoredDocument:
        """A document with its text and layers. Raises EditionError where the edition has none of this id."""
        if id_ not in self._texts:
            found = self._store.document(id_)
            if found is None:
                raise EditionError(f"no document has the id {id_!r}")
            self._texts[id_] = found
        return self._texts[id_]

    def document(self, id_: str) -> Document:
        return self.stored(id_).document

    def quote(self, evidence: Evidence) -> str:
        """The exact characters that a value rests on."""
        document = self.document(evidence.document)
        text = document.text if evidence.field == "text" else document.title or ""
        return text[evidence.start : evidence.end]

    def to_json(self, *, indent: int = 0) -> str:
        """The edition as ``variorum/1`` JSON; `indent` 0 is one line."""
        encoded = msgspec.json.encode(self.content)
        return (msgspec.json.format(encoded, indent=indent) if indent else encoded).decode("utf-8")

    def to_html(self) -> str:
        """The edition as one self-contained HTML page: no outside request, readable without a script."""
        from variorum.exports.html import render

        read = (
            item.id for item in self.documents if item.origin is not None
        )  # a layer's fault may have cost one since
        return render(self.content, {id_: self.document(id_) for id_ in read})

    def close(self) -> None:
        self._store.close()

    def __enter__(self) -> Edition:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def __repr__(self) -> str:
        content = self.content
        return (
            f"<Edition {self.path or 'in memory'}: {len(content.documents)} documents, "
            f"{len(content.stories)} stories, {len(content.events)} events, {len(content.claims)} claims>"
        )

    @cached_property
    def _texts(self) -> dict[str, StoredDocument]:
        return {}
