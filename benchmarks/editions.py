"""A large edition, made up from a seed: what the benchmark of serving reads.

Every story has twenty events and four documents, or as many as are asked for. An event is told by one to four of the
documents, each of which gives its toll, who took part, and half of the time somebody's words on it; it follows on
another event of the story. All evidence reaches into the sentences of the documents. Towns, parties and words are
invented, and as many as an edition of this size would name.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate, pairwise

from msgspec.structs import replace

from variorum.records import (
    SCHEMA,
    Annotation,
    Block,
    Claim,
    Document,
    EditionContent,
    EditionDocument,
    Event,
    EventMention,
    EventPlace,
    EventTime,
    Evidence,
    Link,
    MentionKey,
    Origin,
    Participant,
    Reading,
    ReferenceTime,
    Span,
    Story,
    Toll,
)
from variorum.records.events import Agreement
from variorum.store import Store

EVENTS_A_STORY = 20
DOCUMENTS_A_STORY = 4

_SENTENCES = 12  # of a document
_STEP = 1_000  # documents that are stored at once
_BEGUN = date(2015, 1, 1)
_DAYS = 3_650
_TOWNS = 3_000
_SYLLABLES = ("ba", "ke", "lo", "mi", "nu", "ra", "se", "ti", "vo", "za", "den", "fir", "gol", "har", "jun", "kal")
_VOCABULARY = 4_000
_BODIES = ("Army", "Police", "Rebels", "Guard", "Ministry", "Front", "Militia", "Navy")
_LANDS = (
    ("Norland", "NRL"),
    ("Velmar", "VLM"),
    ("Kesten", "KST"),
    ("Oria", "ORI"),
    ("Tavia", "TAV"),
    ("Sundre", "SND"),
    ("Belmark", "BLM"),
    ("Ystria", "YST"),
)
_SECTORS = ("MIL", "COP", "REB", "MIL", "GOV", "REB", "REB", "MIL")


def _word(number: int) -> str:
    """An invented word of three syllables, another one for every number."""
    size = len(_SYLLABLES)
    return _SYLLABLES[number % size] + _SYLLABLES[number // size % size] + _SYLLABLES[number // size**2 % size] + "n"


WORDS = tuple(_word(number) for number in range(_VOCABULARY))
"""What the texts are made of: the second half as often as the first, the third a third as often (Zipf's law)."""

_OFTEN = tuple(accumulate(1 / rank for rank in range(1, _VOCABULARY + 1)))


def store_edition(store: Store, events: int, seed: int, a_story: int = DOCUMENTS_A_STORY) -> None:
    """Put an edition of so many events, twenty a story, and `a_story` documents for each into an empty store."""
    stories = -(-events // EVENTS_A_STORY)
    keys = _store_documents(store, stories * a_story, seed)
    store.replace_content(content(events, seed, a_story), keys)


def one_story(store: Store, events: int, seed: int) -> str:
    """Put an edition whose events all belong to one story into an empty store; gives the story's id."""
    made = content(events, seed)
    keys = _store_documents(store, len(made.documents), seed)
    first, *_ = made.stories
    whole = replace(first, events=tuple(e.id for e in made.events), documents=tuple(each.id for each in made.documents))
    store.replace_content(
        replace(
            made,
            stories=(whole,),
            events=tuple(replace(event, story=first.id) for event in made.events),
            documents=tuple(replace(each, story=first.id) for each in made.documents),
        ),
        keys,
    )
    return first.id


def _store_documents(store: Store, count: int, seed: int) -> dict[str, str]:
    """Put so many texts with their layers into a store; gives their work keys."""
    documents: list[Document] = []
    keys: dict[str, str] = {}
    for number in range(count):
        documents.append(document(number, seed))
        if len(documents) == _STEP or number == count - 1:
            store.add_documents(documents)
            done = {f"work-{each.id}": annotation(each) for each in documents}
            store.add_annotations(done)
            keys.update((found.document, key) for key, found in done.items())
            documents = []
    return keys


def document(number: int, seed: int) -> Document:
    """The text of this number: sentences of ten words."""
    draw = random.Random(f"{seed} document {number}")
    sentences = [" ".join(_words(draw, 10)).capitalize() + "." for _ in range(_SENTENCES)]
    blocks, start = [], 0
    for sentence in sentences:
        blocks.append(Block(start=start, end=start + len(sentence), kind="body"))
        start += len(sentence) + 1
    day = (_BEGUN + timedelta(days=draw.randrange(_DAYS))).isoformat()
    return Document(
        id=document_id(number), page=f"p-{number:06}", source=f"{number:06}.txt", text="\n".join(sentences),
        blocks=tuple(blocks), language="en", published=day, outlet=f"The {WORDS[number % 400].title()} Post",
    )  # fmt: skip


def _words(draw: random.Random, count: int) -> list[str]:
    return draw.choices(WORDS, cum_weights=_OFTEN, k=count)


def document_id(number: int) -> str:
    return f"d-{number:06}"


def annotation(of: Document) -> Annotation:
    """One mention a sentence, at its first word."""
    mentions = []
    for block in of.blocks:
        trigger = of.text[block.start : block.end].split()[0]
        span = Span(block.start, block.start + len(trigger))
        mentions.append(EventMention(start=span.start, end=span.end, trigger=trigger, mentions=(span,), type="ASSAULT"))
    return Annotation(
        document=of.id,
        reference=ReferenceTime(basis="published", earliest=of.published, latest=of.published),
        events=tuple(mentions),
    )


def content(events: int, seed: int, a_story: int = DOCUMENTS_A_STORY) -> EditionContent:
    """All that is in force in the edition."""
    stories = -(-events // EVENTS_A_STORY)
    made: list[Event] = []
    claims: list[Claim] = []
    links: list[Link] = []
    told: list[Story] = []
    listed: list[EditionDocument] = []
    for number in range(stories):
        texts = [document(number * a_story + each, seed) for each in range(a_story)]
        story = f"s-{number:06}"
        here = list(_events(number, texts, min(EVENTS_A_STORY, events - len(made)), seed))
        claims += [claim for event in here for claim in _claims(event, texts)]
        links += [_link(later, earlier) for earlier, later in pairwise(here)]
        made += here
        ids = tuple(text.id for text in texts)
        told.append(Story(id=story, events=tuple(e.id for e in here), documents=ids, title=here[0].headline))
        listed += [
            EditionDocument(
                id=text.id, story=story, origin=_origin(text.id), rejected=None, source=text.source,
                outlet=text.outlet, published=text.published, language="en",
            )
            for text in texts
        ]  # fmt: skip
    return EditionContent(
        schema=SCHEMA,
        documents=tuple(listed),
        derivations=(),
        origins=tuple(Origin(id=_origin(text.id), documents=(text.id,)) for text in listed),
        events=tuple(sorted(made, key=lambda event: (event.time.earliest or "" if event.time else "", event.id))),
        claims=tuple(claims),
        links=tuple(links),
        stories=tuple(told),
        versions={"made": str(seed)},
    )


def _origin(document: str) -> str:
    return f"o-{document.removeprefix('d-')}"


def _events(story: int, texts: Sequence[Document], count: int, seed: int) -> Iterator[Event]:
    draw = random.Random(f"{seed} story {story}")
    for index in range(count):
        tellers = sorted(draw.sample(range(len(texts)), draw.choice((1, 1, 2, 2, 3, 4))))
        mentions = tuple(MentionKey(document=texts[each].id, index=index % _SENTENCES) for each in tellers)
        evidence = tuple(_sentence(texts[each], index % _SENTENCES) for each in tellers)
        origins = tuple(_origin(item.document) for item in evidence)
        day = (_BEGUN + timedelta(days=(story * EVENTS_A_STORY + index) % _DAYS)).isoformat()
        actor, recipient = _party(draw, evidence), _party(draw, evidence)
        agreement: Agreement = "single-source"
        if len(tellers) > 1:
            agreement = "agreed" if draw.random() < 0.5 else "disputed"
        tolls = [draw.randrange(30) for _ in tellers] if agreement == "disputed" else [draw.randrange(30)]
        id_ = f"e-{draw.getrandbits(64):016x}"
        yield Event(
            id=id_,
            story=f"s-{story:06}",
            type=draw.choice(("ASSAULT", "PROTEST", "CONSULT", "ACCUSE")),
            mode=draw.choice((None, "aerial", "firearms")),
            status="actual",
            actors=(actor.name,),
            recipients=(recipient.name,),
            time=EventTime(earliest=day, latest=day, agreement="agreed"),
            place=_place(draw),
            tolls=(Toll(kind="killed", low=min(tolls), high=max(tolls), agreement=agreement,
                        readings=tuple(_readings(id_, tolls, evidence))),),
            documents=tuple(texts[each].id for each in tellers),
            independent_origins=len(origins),
            evidence=evidence,
            headline=f"{actor.name} at the {_words(draw, 1)[0]} of {recipient.name}",
            origins=origins,
            participants_actor=(actor,),
            participants_recipient=(recipient,),
            mentions=mentions,
        )  # fmt: skip


def _sentence(text: Document, index: int) -> Evidence:
    block = text.blocks[index]
    return Evidence(document=text.id, start=block.start, end=block.end)


def _party(draw: random.Random, evidence: tuple[Evidence, ...]) -> Participant:
    body, (land, code) = draw.randrange(len(_BODIES)), draw.choice(_LANDS)
    unit = draw.randrange(60)
    name = f"{_BODIES[body]} of {land}, Unit {unit}"
    return Participant(
        name=name, key=f"{code}:{_SECTORS[body]}:{unit}", country=code, sector=_SECTORS[body], evidence=evidence
    )


def _place(draw: random.Random) -> EventPlace:
    town = draw.randrange(_TOWNS)
    return EventPlace(
        name=f"Town {town}", country=("NA", "VE", "KE")[town % 3], geonameid=town + 1, lat=(town * 7.3) % 120 - 60,
        lon=(town * 11.9) % 340 - 170, precision="city", agreement="agreed",
    )  # fmt: skip


def _readings(event: str, tolls: Sequence[int], evidence: Sequence[Evidence]) -> Iterator[Reading]:
    for number, toll in enumerate(tolls):
        words = evidence if len(tolls) == 1 else (evidence[number],)
        yield Reading(
            id=f"r-{event.removeprefix('e-')}{number}", low=toll, high=toll, speaker=_BODIES[toll % len(_BODIES)],
            as_of=None, origins=tuple(_origin(item.document) for item in words), evidence=tuple(words),
        )  # fmt: skip


def _claims(event: Event, texts: Sequence[Document]) -> Iterator[Claim]:
    by_id = {text.id: text.text for text in texts}
    for number, item in enumerate(event.evidence):
        if (number + len(event.headline)) % 2:
            yield Claim(
                id=f"c-{event.id.removeprefix('e-')}{number}", speaker=_BODIES[number], stance="asserts",
                event=event.id, quote=by_id[item.document][item.start : item.end], evidence=(item,),
                origins=(_origin(item.document),),
            )  # fmt: skip


def _link(later: Event, earlier: Event) -> Link:
    return Link(source=later.id, target=earlier.id, kind="follows", speaker=None, evidence=later.evidence[:1])
