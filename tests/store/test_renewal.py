"""What is put in force after something else stands as if it had been put there at once."""

from __future__ import annotations

import random
from itertools import pairwise
from typing import Any

import msgspec
import pytest
from sqlalchemy import event, select

from tests.conftest import plain_document, plain_event
from variorum.records import (
    SCHEMA,
    Annotation,
    Claim,
    Contradiction,
    Derivation,
    EditionContent,
    EditionDocument,
    EventMention,
    EventPlace,
    EventQuery,
    Evidence,
    Link,
    MentionKey,
    Origin,
    Participant,
    Position,
    Reading,
    ReferenceTime,
    Span,
    Story,
    Toll,
)
from variorum.store import SqliteStore, open_store, tables
from variorum.store.positions import placed, spaced

from .conftest import Open

DOCUMENTS = 60


def _text(number: int) -> str:
    return f"Seven were killed at mill {number}. The army denied it.\nA strike on mill {number} followed."


def _annotation(number: int) -> Annotation:
    events = (
        EventMention(start=11, end=17, trigger="killed", mentions=(Span(11, 17),), type="ASSAULT"),
        EventMention(start=20, end=24, trigger="mill", mentions=(Span(20, 24),), type="COERCE"),
    )
    return Annotation(document=f"d{number:02}", reference=ReferenceTime(basis="none"), events=events)


def _event(number: int, state: int) -> dict[str, Any]:
    """The fields of the event that one document tells, in one of four states."""
    here = Evidence(document=f"d{number:02}", start=0, end=17)
    part = Reading(id=f"p{number}", low=3, high=3, speaker="A", as_of=None, evidence=(here,))
    told = Reading(id=f"r{number}", low=7 + state, high=9, speaker="A", as_of=None, parts=(part,), evidence=(here,))
    agreement: Any = "agreed" if state % 2 else "single-source"
    return {
        "id": f"e{number:02}",
        "story": f"s{number % 3}",
        "headline": f"Mill {number} was struck {'again' * state}",
        "tolls": (Toll(kind="killed", low=7, high=9, agreement=agreement, readings=(told,)),) if state != 2 else (),
        "documents": (here.document,),
        "evidence": (here,),
        "mentions": tuple(MentionKey(document=here.document, index=index) for index in range(1 + (state == 3))),
        "place": EventPlace(
            name=f"Town {number}",
            country="FR",
            precision="city",
            geonameid=number + 1,
            lat=1.0 + state,
            lon=2.0,
            agreement=agreement,
        ),
        "participants_actor": (Participant(name=f"Army {state}", key="a", country="FRA", sector="MIL"),),
        "actors": (f"Army {state}",),
    }


def _content(draw: random.Random) -> tuple[EditionContent, dict[str, str]]:
    """A content of some of the documents, each event in some state."""
    here = sorted(draw.sample(range(DOCUMENTS), draw.randrange(DOCUMENTS - 4, DOCUMENTS)))
    states = {number: draw.choice([0] * 27 + [1, 2, 3]) for number in here}
    order = sorted(here, key=lambda number: (draw.random() < 0.02, number))
    events = tuple(plain_event(**_event(number, states[number])) for number in order)
    at = {number: (Evidence(document=f"d{number:02}", start=32, end=50),) for number in here}
    claims = tuple(
        Claim(id=f"c{n}", speaker="A", stance=None, event=f"e{here[n % 50]:02}", quote="it", evidence=at[n])
        for n in here
        if states[n] % 2
    )
    voices: list[str | None] = [None, "A"] if states[here[0]] else [None]
    links = tuple(
        Link(source=f"e{b:02}", target=f"e{a:02}", kind="follows", speaker=voice, evidence=at[a], words="it")
        for a, b in pairwise(here)
        for voice in voices
    )
    against = tuple(
        Contradiction(
            id=f"x{n}", kind="number", event=f"e{n:02}", sentence="A said it, B did not.",
            sides=(Position(speaker="A", quote="a", evidence=at[n]), Position(speaker="B", quote="b", evidence=at[n])),
        )
        for n in here if states[n] == 1
    )  # fmt: skip
    stories = {f"s{n % 3}" for n in here}
    content = EditionContent(
        schema=SCHEMA,
        documents=tuple(
            EditionDocument(
                id=f"d{n:02}", story=f"s{n % 3}", origin=f"o{n:02}", rejected=None, source=f"{states[n]}.txt"
            )
            for n in here
        ),
        derivations=tuple(
            Derivation(
                source=f"d{a:02}", target=f"d{b:02}", kind="paraphrase", directed=True, score=0.5 + states[a] / 9
            )
            for a, b in zip(here[::3], here[1::3], strict=False)
        ),
        origins=tuple(Origin(id=f"o{n:02}", documents=(f"d{n:02}",)) for n in here),
        events=events,
        claims=claims,
        links=links,
        contradictions=against,
        stories=tuple(
            Story(id=s, events=tuple(e.id for e in events if e.story == s), documents=()) for s in sorted(stories)
        ),
        versions={"variorum": str(draw.randrange(3))},
    )
    return content, {f"d{n:02}": f"k{n}" for n in here}


def _dump(store: Any) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of what is computed, positions as ranks."""
    with store._transaction(write=False) as connection:
        ranks = {
            table.name: {position: rank for rank, position in enumerate(connection.scalars(query))}
            for table in tables.COMPUTED
            if "position" in table.c
            for query in [select(table.c.position).distinct().order_by(table.c.position)]
        }
        events = ranks["events"]
        of_events = {"event_documents", "event_passages", "participants", "event_places", "agreements", "readings"}
        found = {}
        for table in tables.COMPUTED:
            known = events if table.name in of_events else ranks.get(table.name, {})
            found[table.name] = sorted(
                (
                    tuple(known[value] if column == "position" else value for column, value in row.items())
                    for row in connection.execute(select(table)).mappings()
                ),
                key=repr,
            )
        return found


def test_contents_one_after_the_other_stand_as_the_last_alone(reopen: Open) -> None:
    draw = random.Random(4)
    documents = [plain_document(_text(n), id=f"d{n:02}", title=f"Mill {n}") for n in range(DOCUMENTS)]
    layers = {f"k{n}": _annotation(n) for n in range(DOCUMENTS)}
    store = reopen()
    store.add_documents(documents)
    store.add_annotations(layers)
    for _ in range(12):
        content, works = _content(draw)
        store.replace_content(content, works)
        alone = open_store(None)
        alone.add_documents(documents)
        alone.add_annotations(layers)
        alone.replace_content(content, works)
        assert store.content() == content
        assert _dump(store) == _dump(alone)
        for words in ("mill", "again", "struck", "denied", f"mill {content.events[0].id[1:].lstrip('0')}"):
            asked = EventQuery(words=words)
            assert [e.id for e in store.find_events(asked).events] == [e.id for e in alone.find_events(asked).events]
        alone.close()


def test_what_stays_is_not_written_again() -> None:
    store = open_store(None)
    assert isinstance(store, SqliteStore)
    store.add_documents(plain_document(_text(n), id=f"d{n:02}") for n in range(DOCUMENTS))
    fields = [_event(n, 0) for n in range(DOCUMENTS)]
    content, _ = _content(random.Random(1))
    content = msgspec.structs.replace(
        content, events=tuple(plain_event(**each) for each in fields), claims=(), links=(), contradictions=()
    )
    store.replace_content(content, {})
    written: list[str] = []

    @event.listens_for(store._engine, "before_cursor_execute")
    def count(_c: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:
        if statement.startswith(("INSERT INTO events ", "INSERT INTO readings ")):
            written.extend([statement.split()[2]] * (len(parameters) if many else 1))

    fields[4]["headline"] = "Something else"
    changed = msgspec.structs.replace(content, events=tuple(plain_event(**each) for each in fields))
    store.replace_content(changed, {})
    assert written == ["events", "readings", "readings"]
    assert store.content() == changed


def test_a_text_that_was_read_anew_has_its_events_found_in_it(reopen: Open) -> None:
    store = reopen()
    store.add_documents(plain_document(_text(n), id=f"d{n:02}") for n in range(DOCUMENTS))
    content, works = _content(random.Random(2))
    store.replace_content(content, works)
    told = content.events[0]
    number = int(told.id[1:])
    store.add_documents([plain_document(_text(number), id=f"d{number:02}", title="Read anew")])
    store.replace_content(content, works)
    assert store.event_snippets([told.id], "killed")


@pytest.mark.parametrize("seed", range(5))
def test_what_comes_between_moves_nothing_else(seed: int) -> None:
    draw = random.Random(seed)
    order = list(range(50))
    known = dict(zip(order, spaced(len(order)), strict=True))
    for new in range(50, 90):
        order.insert(draw.randrange(len(order) + 1), new)
        found = placed(order, known)
        assert found is not None
        assert found == sorted(set(found))
        now = dict(zip(order, found, strict=True))
        assert all(now[key] == position for key, position in known.items())
        known = now


def test_of_what_changed_places_one_moves() -> None:
    known = dict(zip("abcdef", spaced(6), strict=True))
    found = placed("abdecf", known)
    assert found is not None
    moved = [key for key, position in zip("abdecf", found, strict=True) if known[key] != position]
    assert moved == ["c"]


def test_without_room_between_all_are_placed_anew() -> None:
    assert placed("axb", {"a": 1, "b": 2}) is None
    assert placed("axb", {"a": 1, "b": 3}) == [1, 2, 3]
