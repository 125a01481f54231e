"""Whichever part of an edition is looked through first, the same events are found and counted."""

from __future__ import annotations

import msgspec
import pytest

from tests.conftest import plain_document
from variorum.records import EventQuery, Evidence, TollBounds
from variorum.store import Store, finding

from .conftest import Open
from .test_queries import CONTENT, EVENTS

NUMBER = 40
LINES = [
    "Everyone fled"
    + (" thirdly" if number % 3 == 0 else "")
    + (" lately" if number >= 30 else "")
    + (" once" if number == 17 else "")
    for number in range(NUMBER)
]
TEXT = "\n\n".join(LINES)
STARTS = [sum(len(line) + 2 for line in LINES[:number]) for number in range(NUMBER)]


@pytest.fixture
def store(reopen: Open) -> Store:
    """Forty events, each told by a paragraph of its own; every second has a toll."""
    given = reopen()
    given.add_documents([plain_document(TEXT, id="d-1")])
    (toll,) = EVENTS[0].tolls
    events = []
    for number, start in enumerate(STARTS):
        evidence = (Evidence(document="d-1", start=start, end=start + len(LINES[number])),)
        readings = tuple(
            msgspec.structs.replace(each, id=f"r-{number}-{each.id}", evidence=evidence) for each in toll.readings
        )
        events.append(
            msgspec.structs.replace(
                EVENTS[0],
                id=f"e-{number:02}",
                headline=f"Event {number}",
                evidence=evidence,
                tolls=(msgspec.structs.replace(toll, readings=readings),) if number % 2 else (),
            )
        )
    content = msgspec.structs.replace(CONTENT, events=tuple(events), claims=(), links=(), contradictions=())
    given.replace_content(content, {})
    return reopen()


def walked(store: Store, query: EventQuery, limit: int) -> list[str]:
    found, after = [], None
    while True:
        page = store.find_events(query, after, limit)
        found += [event.id for event in page.events]
        if page.next is None:
            return found
        after = page.next


QUERIES = {
    "most of them": EventQuery(words="everyone"),
    "a third": EventQuery(words="thirdly everyone"),
    "the last": EventQuery(words="lately"),
    "one": EventQuery(words="once"),
    "none": EventQuery(words="everyone nowhere"),
    "but some": EventQuery(words="everyone -thirdly"),
    "a phrase": EventQuery(words='"fled thirdly"'),
    "a beginning": EventQuery(words="thir*"),
    "a headline": EventQuery(words="event -once"),
    "a toll": EventQuery(tolls=(TollBounds(kind="killed"),)),
    "a toll and words": EventQuery(words="thirdly", tolls=(TollBounds(kind="killed", at_least=1),)),
    "a toll that none has": EventQuery(words="everyone", tolls=(TollBounds(kind="injured"),)),
}


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_a_stretch_looked_through_first_changes_nothing(
    store: Store, query: EventQuery, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, count = walked(store, query, 100), store.count_events(query)
    assert len(whole) == count
    for near, limit in ((1, 3), (7, 10)):
        monkeypatch.setattr(finding, "NEAR", near)
        monkeypatch.setattr(finding, "A_ROW", 1)
        assert walked(store, query, limit) == whole
        for most, tried in ((1, 1), (5, 1), (12, 4), (100, 1)):
            monkeypatch.setattr(finding, "TRIED", tried)
            assert store.count_events(query, most) == min(count, most)


def test_the_queries_tell_the_events_apart(store: Store) -> None:
    counts = {name: store.count_events(query) for name, query in QUERIES.items()}
    assert counts == {
        "most of them": 40,
        "a third": 14,
        "the last": 10,
        "one": 1,
        "none": 0,
        "but some": 26,
        "a phrase": 14,
        "a beginning": 14,
        "a headline": 39,
        "a toll": 20,
        "a toll and words": 7,
        "a toll that none has": 0,
    }
