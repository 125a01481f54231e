"""Small editions made by hand, hostile ones too."""

from __future__ import annotations

import msgspec

from tests.conftest import plain_event
from variorum.records import (
    SCHEMA,
    Claim,
    Contradiction,
    Derivation,
    Document,
    EditionContent,
    EditionDocument,
    Event,
    EventPlace,
    EventTime,
    Evidence,
    Link,
    MentionKey,
    Origin,
    Passage,
    Position,
    Reading,
    Span,
    Story,
    TimeReading,
    Toll,
)

TEXT = 'Shelling killed seven in Velm on Monday, the mayor said. "At least nine died," a rebel said. The army hit back.'


def small(hostile: str = "") -> tuple[EditionContent, dict[str, Document]]:
    """Two documents of one origin, a shelling with two readings in dispute, and what answered it. `hostile` is put
    into every string that comes from outside."""
    text = TEXT + hostile
    documents = {
        id_: Document(
            id=id_, page=id_, source=f"{id_}{hostile}.txt", text=text, title=f"Shelling{hostile}", language="en"
        )
        for id_ in ("d1", "d2")
    }

    def at(words: str, document: str = "d1") -> Evidence:
        start = text.index(words)
        return Evidence(document=document, start=start, end=start + len(words))

    seven = Reading(
        id="r1",
        low=7,
        high=7,
        speaker=f"mayor of Velm{hostile}",
        as_of="2031-05-06",
        origins=("o1",),
        evidence=(at("seven"), at("seven", "d2")),
    )
    nine = Reading(
        id="r2",
        low=9,
        high=None,
        speaker="a rebel",
        as_of="2031-05-06",
        origins=("o1",),
        evidence=(at("At least nine"),),
    )
    shelling = Event(
        id="e-1",
        story="s-1",
        type="ASSAULT",
        mode="heavy-weapons",
        status="actual",
        actors=(),
        recipients=(),
        time=EventTime(
            earliest="2031-05-05",
            latest="2031-05-05",
            agreement="single-source",
            readings=(
                TimeReading(
                    earliest="2031-05-05", latest="2031-05-05", words=f"Monday{hostile}", evidence=(at("Monday"),)
                ),
            ),
        ),
        place=EventPlace(
            name=f"Velm{hostile}",
            country=None,
            geonameid=None,
            lat=None,
            lon=None,
            precision="city",
            agreement="single-source",
        ),
        tolls=(Toll(kind="killed", low=7, high=None, agreement="disputed", readings=(seven, nine)),),
        documents=("d1", "d2"),
        independent_origins=1,
        evidence=(at("Shelling"), at("Shelling", "d2")),
        headline=f"Shelling in Velm{hostile}",
        mentions=(MentionKey(document="d1", index=0),),
    )
    answer = plain_event(
        id="e-2",
        story="s-1",
        actors=(f"army{hostile}",),
        documents=("d1",),
        evidence=(at("hit back"),),
        headline=f"The army hit back{hostile}",
    )
    content = EditionContent(
        schema=SCHEMA,
        documents=(
            EditionDocument(id="d1", story="s-1", origin="o1", rejected=None, source=documents["d1"].source),
            EditionDocument(id="d2", story="s-1", origin="o1", rejected=None, source=documents["d2"].source),
            EditionDocument(id="x", story=None, origin=None, rejected=f"x.txt: is no text{hostile}", source="x.txt"),
        ),
        derivations=(
            Derivation(
                source="d1",
                target="d2",
                kind="verbatim",
                directed=False,
                score=1.0,
                passages=(Passage(source=Span(0, 40), target=Span(0, 40)),),
                evidence=(f"the same text{hostile}",),
            ),
        ),
        origins=(Origin(id="o1", documents=("d1", "d2"), upstream=f"A Wire{hostile}", seen=False),),
        events=(shelling, answer),
        claims=(
            Claim(
                id="c1",
                speaker=f"a rebel{hostile}",
                stance="asserts",
                event="e-1",
                quote=f'"At least nine died,"{hostile}',
                evidence=(at('"At least nine died,"'),),
                quoted=True,
            ),
        ),
        links=(Link(source="e-2", target="e-1", kind="responds-to", speaker=None, evidence=(at("hit back"),)),),
        stories=(Story(id="s-1", events=("e-1", "e-2"), documents=("d1", "d2"), title=f"Shelling in Velm{hostile}"),),
        versions={"variorum": "0"},
    )
    return content, documents


def at_odds(content: EditionContent, hostile: str = "") -> EditionContent:
    """The edition with a contradiction between its rebel and its reporter."""
    rebel = content.claims[0]
    sides = (
        Position(speaker=rebel.speaker, quote=rebel.quote, evidence=rebel.evidence, claim=rebel.id, as_of="2031-05-06"),
        Position(speaker=None, quote=f"The army hit back{hostile}", evidence=content.events[1].evidence),
    )
    told = f"A rebel said “At least nine died”, but the reporter wrote “The army hit back{hostile}”."
    found = Contradiction(id="x-1", kind="polarity", event="e-1", sentence=told, sides=sides)
    return msgspec.structs.replace(content, contradictions=(found,))
