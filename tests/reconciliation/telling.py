"""Builds documents with hand-made annotations: every layer is named by the words that it stands on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from variorum.records import (
    ActorMention,
    Annotation,
    Attribution,
    Block,
    Document,
    EventMention,
    EventTie,
    Origin,
    PlaceMention,
    Provenance,
    ReferenceTime,
    Span,
    TimeAnchor,
    TimeExpression,
    TollMention,
)


class Telling:
    """One document under construction. Words are found from the last one named onward, or from the start with
    ``again=True``; every method gives the index in its layer."""

    def __init__(self, id_: str, text: str, *, published: str | None = None, outlet: str | None = None) -> None:
        self.id, self.text, self.published, self.outlet = id_, text, published, outlet
        self.times: list[TimeExpression] = []
        self.places: list[PlaceMention] = []
        self.actors: list[ActorMention] = []
        self.attributions: list[Attribution] = []
        self.tolls: list[TollMention] = []
        self.victims: list[TollMention] = []
        self.events: list[EventMention] = []
        self.ties: list[EventTie] = []

    def span(self, words: str, nth: int = 0) -> Span:
        at = [m.start() for m in re.finditer(re.escape(words), self.text)][nth]
        return Span(at, at + len(words))

    def time(self, words: str, earliest: str | None, latest: str | None = None, **more: Any) -> int:
        start, end = self.span(words)
        bounds: dict[str, Any] = {"earliest": earliest, "latest": latest if latest is not None else earliest}
        self.times.append(
            TimeExpression(start=start, end=end, text=words, type="DATE", value=earliest or "XXXX", **bounds, **more)
        )
        return len(self.times) - 1

    def after(self, words: str, trigger: str, low: float, high: float | None, relation: Any = "after") -> int:
        return self.time(
            words,
            None,
            anchor=TimeAnchor(relation=relation, trigger=self.span(trigger), low_hours=low, high_hours=high),
        )

    def place(self, words: str, country: str, precision: Any = "city", **more: Any) -> int:
        start, end = self.span(words)
        more.setdefault("name", words)
        self.places.append(PlaceMention(start=start, end=end, text=words, country=country, precision=precision, **more))
        return len(self.places) - 1

    def actor(self, words: str, key: str, country: str | None = None, sector: str | None = "GOV", **more: Any) -> int:
        start, end = self.span(words, more.pop("nth", 0))
        more.setdefault("name", words)
        self.actors.append(
            ActorMention(start=start, end=end, text=words, key=key, country=country, sector=sector, **more)
        )
        return len(self.actors) - 1

    def state(self, words: str, country: str, **more: Any) -> int:
        return self.actor(words, f"{country}:GOV", country, "GOV", **more)

    def said(self, source: str | None, cue: str, content: str, **more: Any) -> int:
        self.attributions.append(
            Attribution(
                source=(self.span(source),) if source else (),
                cue=(self.span(cue),),
                content=(self.span(content),),
                speaker=more.pop("speaker", source),
                **more,
            )
        )
        return len(self.attributions) - 1

    def toll(self, words: str, kind: Any, low: int | None, high: int | None, **more: Any) -> int:
        start, end = self.span(words)
        self.tolls.append(TollMention(start=start, end=end, text=words, kind=kind, low=low, high=high, **more))
        return len(self.tolls) - 1

    def victim(self, words: str, kind: Any, **more: Any) -> None:
        start, end = self.span(words)
        self.victims.append(TollMention(start=start, end=end, text=words, kind=kind, low=1, high=None, **more))

    def event(self, words: str, type_: str = "ASSAULT", mode: str | None = "aerial", **more: Any) -> int:
        main = self.span(words)
        others = tuple(self.span(other) for other in more.pop("also", ()))
        mentions = tuple(sorted((main, *others)))
        where: dict[str, Any] = {"start": main.start, "end": main.end, "trigger": words, "mentions": mentions}
        self.events.append(EventMention(type=type_, mode=mode, **where, **more))
        return len(self.events) - 1

    def tie(self, words: str, kind: Any, source: int, target: int, **more: Any) -> None:
        start, end = self.span(words)
        one, other = self.events[source], self.events[target]
        self.ties.append(
            EventTie(
                start=start,
                end=end,
                kind=kind,
                source=Span(one.start, one.end),
                target=Span(other.start, other.end),
                sources=(source,),
                targets=(target,),
                **more,
            )
        )

    @property
    def document(self) -> Document:
        blocks = tuple(Block(start=m.start(), end=m.end(), kind="body") for m in re.finditer(r"\S[^\n]*", self.text))
        return Document(
            id=self.id, page=self.id, source=self.id, text=self.text, blocks=blocks, published=self.published,
            outlet=self.outlet, language="en",
        )  # fmt: skip

    @property
    def annotation(self) -> Annotation:
        day = self.published[:10] if self.published else None
        return Annotation(
            document=self.id,
            reference=ReferenceTime(basis="published" if day else "none", earliest=day, latest=day),
            times=tuple(self.times),
            places=tuple(self.places),
            actors=tuple(self.actors),
            attributions=tuple(self.attributions),
            tolls=tuple(self._voiced(toll) for toll in self.tolls),
            victims=tuple(self.victims),
            events=tuple(self.events),
            ties=tuple(self.ties),
        )

    def _voiced(self, toll: TollMention) -> TollMention:
        """The toll on the word of whoever is said to have said it."""
        span = Span(toll.start, toll.end)
        covering = [a for a in self.attributions if any(content.contains(span) for content in a.content)]
        if toll.speaker is not None or not covering:
            return toll
        said = min(covering, key=lambda a: sum(content.end - content.start for content in a.content))
        return replace(toll, speaker=said.speaker, speaker_actor=said.speaker_actor)


def provenance(tellings: Sequence[Telling], *families: Sequence[str], derivations: Any = ()) -> Provenance:
    """Every document its own origin, but for the families."""
    origin_of = {telling.id: f"o-{telling.id}" for telling in tellings}
    for family in families:
        origin_of.update(dict.fromkeys(family, f"o-{min(family)}"))
    groups: dict[str, list[str]] = {}
    for name, origin in sorted(origin_of.items()):
        groups.setdefault(origin, []).append(name)
    origins = tuple(Origin(id=origin, documents=tuple(names)) for origin, names in sorted(groups.items()))
    return Provenance(derivations=tuple(derivations), origins=origins, origin_of=origin_of)
