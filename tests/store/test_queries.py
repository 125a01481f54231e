"""What the filters find, on every backend; the order; positions that go on where a page ended."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from variorum.errors import QueryError
from variorum.records import (
    SCHEMA,
    Box,
    Claim,
    Contradiction,
    Derivation,
    DocumentQuery,
    EditionContent,
    EditionDocument,
    Event,
    EventPlace,
    EventQuery,
    EventTime,
    Evidence,
    Link,
    Near,
    Origin,
    Participant,
    PlaceReading,
    Position,
    Reading,
    Story,
    Toll,
    TollBounds,
)
from variorum.store import Store, open_store

from .conftest import Open

EVIDENCE = (Evidence(document="d-1", start=0, end=3),)
ARMY = Participant(name="Army of Norland", key="NLD:MIL:army", country="NLD", sector="MIL")
REBELS = Participant(name="Frères de l’Été", key="freres", sector="REB")
PKK = Participant(name="PKK", key="TUR:REB:pkk", country="TUR", sector="REB")
MINISTER = Participant(name="Minister Osei", key="GHA:GOV:osei", country="GHA", sector="GOV")


def reading(id_: str, low: int | None, high: int | None, **fields: Any) -> Reading:
    return Reading(id=id_, low=low, high=high, speaker=None, as_of=None, evidence=EVIDENCE, **fields)


def place(name: str, country: str | None, lat: float | None, lon: float | None, **fields: Any) -> EventPlace:
    given: dict[str, Any] = {"precision": "city", "agreement": "single-source", "geonameid": None, **fields}
    return EventPlace(name=name, country=country, lat=lat, lon=lon, **given)


def when(earliest: str | None, latest: str | None) -> EventTime:
    return EventTime(earliest=earliest, latest=latest, agreement="agreed")


def event(id_: str, **fields: Any) -> Event:
    given: dict[str, Any] = {
        "story": "s-1",
        "type": "ASSAULT",
        "mode": None,
        "status": "actual",
        "recipients": (),
        "time": None,
        "place": None,
        "tolls": (),
        "documents": ("d-1",),
        "independent_origins": 1,
        **fields,
    }
    actors = tuple(each.name for each in given.get("participants_actor", ()))
    return Event(id=id_, actors=actors, evidence=EVIDENCE, headline=f"What {id_} tells", **given)


def killed(*readings: Reading, agreement: Any = "single-source") -> Toll:
    return Toll(kind="killed", low=None, high=None, agreement=agreement, readings=readings)


EVENTS = (
    event(
        "e-raid",
        mode="raid",
        participants_actor=(ARMY,),
        participants_recipient=(REBELS,),
        time=when("2031-05-05", "2031-05-06T10:00:00+00:00"),
        place=place(
            "Vélmar",
            "NL",
            52.0,
            4.0,
            admin1="South Coast",
            readings=(
                PlaceReading(name="Kesten", country="DE", geonameid=None, lat=53.0, lon=9.0, precision="district"),
            ),
        ),
        tolls=(killed(reading("r-1", 7, 7), reading("r-2", 9, None), agreement="disputed"),),
        documents=("d-1", "d-2"),
        independent_origins=2,
    ),
    event(
        "e-strike",
        story="s-2",
        mode="airstrike",
        participants_actor=(PKK,),
        participants_recipient=(ARMY, MINISTER),
        time=when("2031-05-07", None),
        place=place("Fiji", "FJ", -17.0, 179.9, precision="admin1", agreement="agreed"),
        tolls=(
            killed(
                reading("r-3", 40, 40, superseded_by="r-4"),
                reading("r-4", 3, 3, parts=(reading("r-5", 50, 50),)),
            ),
        ),
        documents=("d-3",),
    ),
    event(
        "e-visit",
        type="CONSULT",
        mode="visit",
        status="future",
        participants_actor=(MINISTER,),
        time=when(None, "2031-06-01"),
        place=place("Norland", "NL", 52.0, 4.1, precision="country"),
        independent_origins=3,
    ),
    event("e-word", type="ACCUSE", status="ongoing"),
)
DOCUMENTS = (
    EditionDocument(id="d-1", story="s-1", origin="o-1", rejected=None, source="1.txt", outlet="The Velm Post"),
    EditionDocument(
        id="d-2", story="s-1", origin="o-1", rejected=None, source="2.txt", published="2031-05", language="en"
    ),
    EditionDocument(
        id="d-3", story="s-2", origin="o-2", rejected=None, source="3.txt", published="2031-04-30T08:00:00Z"
    ),
    EditionDocument(id="x-4", story=None, origin=None, rejected="4.txt: empty", source="4.txt", supported=False),
)
CLAIMS = tuple(
    Claim(id=f"c-{n}", speaker="A", stance=None, event=id_, quote="“so”", evidence=EVIDENCE)
    for n, id_ in enumerate(("e-raid", None, "e-strike", "e-raid"))
)
LINKS = (
    Link(source="e-strike", target="e-raid", kind="responds-to", speaker=None, evidence=EVIDENCE),
    Link(source="e-visit", target="e-strike", kind="follows", speaker="A", evidence=EVIDENCE),
)
CONTRADICTION = Contradiction(
    id="x-1",
    kind="role",
    event="e-word",
    sentence="A said “one”, but B said “other”.",
    sides=(
        Position(speaker="A", quote="one", evidence=EVIDENCE),
        Position(speaker="B", quote="other", evidence=EVIDENCE),
    ),
)
CONTENT = EditionContent(
    schema=SCHEMA,
    documents=DOCUMENTS,
    derivations=(Derivation(source="d-1", target="d-2", kind="verbatim", directed=True, score=0.9),),
    origins=(Origin(id="o-1", documents=("d-1", "d-2")), Origin(id="o-2", documents=("d-3",))),
    events=EVENTS,
    claims=CLAIMS,
    links=LINKS,
    stories=(
        Story(id="s-1", events=("e-raid", "e-visit", "e-word"), documents=("d-1", "d-2")),
        Story(id="s-2", events=("e-strike",), documents=("d-3",)),
    ),
    contradictions=(CONTRADICTION,),
)


@pytest.fixture
def store(reopen: Open) -> Store:
    reopen().replace_content(CONTENT, {})
    return reopen()


def found(store: Store, query: EventQuery) -> str:
    page = store.find_events(query)
    assert page.next is None
    assert store.count_events(query) == len(page.events)
    return " ".join(each.id.removeprefix("e-") for each in page.events)


@pytest.mark.parametrize(
    ("query", "events"),
    [
        (EventQuery(), "raid strike visit word"),
        (EventQuery(types=("ASSAULT",)), "raid strike"),
        (EventQuery(types=("ASSAULT", "ACCUSE"), statuses=("ongoing", "future")), "word"),
        (EventQuery(modes=("raid", "visit")), "raid visit"),
        (EventQuery(actors=("army",)), "raid"),
        (EventQuery(recipients=("army",)), "strike"),
        (EventQuery(parties=("army",)), "raid strike"),
        (EventQuery(parties=("norl",)), "raid strike"),
        (EventQuery(parties=("rmy",)), ""),
        (EventQuery(parties=("freres de l'ete",)), "raid"),
        (EventQuery(parties=("PKK",)), "strike"),
        (EventQuery(parties=("PK",)), ""),
        (EventQuery(actors=("REB",)), "strike"),
        (EventQuery(parties=("NLD",)), "raid strike"),
        (EventQuery(parties=("GHA:MIL",)), ""),
        (EventQuery(parties=("GHA:GOV", "TUR:")), "strike visit"),
        (EventQuery(parties=(":MIL",)), "raid strike"),
        (EventQuery(parties=("freres",)), "raid"),
        (EventQuery(parties=("50%",)), ""),
        (EventQuery(countries=("DE", "FJ")), "raid strike"),
        (EventQuery(place="velmar"), "raid"),
        (EventQuery(place="kest"), "raid"),
        (EventQuery(place="South coast"), "raid"),
        (EventQuery(place="coast vel"), ""),
        (EventQuery(box=Box(west=3, south=51, east=5, north=53)), "raid"),
        (EventQuery(box=Box(west=8, south=51, east=10, north=53)), "raid"),
        (EventQuery(box=Box(west=179, south=-20, east=-179, north=-10)), "strike"),
        (EventQuery(box=Box(west=3, south=51, east=5, north=53), countries=("DE",)), ""),
        (EventQuery(near=Near(lat=52.0, lon=4.1, km=8)), "raid"),
        (EventQuery(near=Near(lat=52.0, lon=4.1, km=6.5)), ""),
        (EventQuery(near=Near(lat=-17.0, lon=-179.9, km=25)), "strike"),
        (EventQuery(near=Near(lat=0, lon=0, km=20_040)), "raid strike"),
        (EventQuery(since="2031-05-06"), "raid strike visit"),
        (EventQuery(since="2031-05-07"), "strike visit"),
        (EventQuery(since="2031-06-02"), "strike"),
        (EventQuery(until="2031-05-05"), "raid visit"),
        (EventQuery(since="2031-05-06", until="2031-05-06"), "raid visit"),
        (EventQuery(agreement="disputed"), "raid word"),
        (EventQuery(agreement="agreed"), "raid strike visit"),
        (EventQuery(agreement="single-source"), "raid strike visit"),
        (EventQuery(agreement="unknown"), ""),
        (EventQuery(origins_min=2), "raid visit"),
        (EventQuery(tolls=(TollBounds(kind="killed"),)), "raid strike"),
        (EventQuery(tolls=(TollBounds(kind="killed", at_least=8),)), "raid"),
        (EventQuery(tolls=(TollBounds(kind="killed", at_most=3),)), "strike"),
        (EventQuery(tolls=(TollBounds(kind="killed", at_least=8, at_most=100),)), ""),
        (EventQuery(tolls=(TollBounds(kind="killed", at_least=40),)), ""),
        (EventQuery(tolls=(TollBounds(kind="killed"), TollBounds(kind="injured"))), ""),
        (EventQuery(story="s-2"), "strike"),
        (EventQuery(documents=("d-2", "d-3")), "raid strike"),
        (EventQuery(parties=("army",), origins_min=2, since="2031-05-01"), "raid"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_filters(store: Store, query: EventQuery, events: str) -> None:
    assert found(store, query) == events


@pytest.mark.parametrize(
    ("query", "documents"),
    [
        (DocumentQuery(), "d-3 d-2 d-1 x-4"),
        (DocumentQuery(rejected=True), "x-4"),
        (DocumentQuery(rejected=False), "d-3 d-2 d-1"),
        (DocumentQuery(outlet="velm"), "d-1"),
        (DocumentQuery(languages=("en", "fr")), "d-2"),
        (DocumentQuery(since="2031-05-20"), "d-2"),
        (DocumentQuery(until="2031-05-01"), "d-3 d-2"),
        (DocumentQuery(story="s-1", origin="o-1"), "d-2 d-1"),
        (DocumentQuery(events=("e-raid", "e-strike")), "d-3 d-2 d-1"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_filters_of_documents(store: Store, query: DocumentQuery, documents: str) -> None:
    page = store.find_documents(query)
    assert " ".join(each.id for each in page.documents) == documents
    assert store.count_documents(query) == len(page.documents)


@pytest.mark.parametrize("limit", [1, 2, 3, 4])
def test_pages_go_on_where_the_last_one_ended(store: Store, limit: int) -> None:
    seen, after, pages = [], None, 0
    while pages == 0 or after is not None:
        page = store.find_events(EventQuery(), after, limit)
        seen += [each.id for each in page.events]
        after, pages = page.next, pages + 1
    assert seen == [each.id for each in EVENTS]
    assert pages == -(-4 // limit)
    documents = store.find_documents(DocumentQuery(), None, 1)
    rest = store.find_documents(DocumentQuery(), documents.next, 10)
    assert [each.id for each in (*documents.documents, *rest.documents)] == ["d-3", "d-2", "d-1", "x-4"]


def test_a_position_stays_good_when_the_edition_is_computed_anew(reopen: Open) -> None:
    store = reopen()
    store.replace_content(CONTENT, {})
    first = store.find_events(EventQuery(), None, 2)
    earlier = (event("e-0"), *EVENTS)
    store.replace_content(_with_events(CONTENT, earlier), {})
    assert [each.id for each in store.find_events(EventQuery(), first.next).events] == ["e-visit", "e-word"]


@pytest.mark.parametrize("headline", ["as before", "all told anew"])
def test_a_list_goes_on_where_it_was_whatever_was_written_meanwhile(reopen: Open, headline: str) -> None:
    def content(claims: Iterable[int], headline: str) -> EditionContent:
        evidence = (Evidence(document="d-1", start=0, end=3),)
        return msgspec.structs.replace(
            CONTENT,
            events=tuple(msgspec.structs.replace(event(f"e-{n}"), headline=headline) for n in range(5)),
            claims=tuple(
                Claim(id=f"c-{n:03d}", speaker="A", stance=None, event=None, quote="so", evidence=evidence)
                for n in claims
            ),
            links=(),
            contradictions=(),
            stories=(),
        )

    store = reopen()
    store.replace_content(content(range(10), "as before"), {})
    begun, after = store.some(Claim, None, 4)
    events = store.find_events(EventQuery(), None, 2)
    store.replace_content(content(range(2, 12), headline), {})
    gone_on, _ = store.some(Claim, after, 100)
    assert [each.id for each in (*begun, *gone_on)] == [f"c-{n:03d}" for n in range(12)]
    assert [each.id for each in store.find_events(EventQuery(), events.next).events] == ["e-2", "e-3", "e-4"]


def _with_events(content: EditionContent, events: tuple[Event, ...]) -> EditionContent:
    fields = {name: getattr(content, name) for name in content.__struct_fields__}
    return EditionContent(**{**fields, "events": events})


@pytest.mark.parametrize("after", ["", "x", "bm8", "WyJhIiwiYiJd", "é", "WzEsMiwzXQ", "'; DROP TABLE events"])
def test_a_strange_position_is_told(store: Store, after: str) -> None:
    with pytest.raises(QueryError, match="no position"):
        store.find_events(EventQuery(), after)


@pytest.mark.parametrize("limit", [0, -1, 1001])
def test_a_page_has_bounds(store: Store, limit: int) -> None:
    with pytest.raises(QueryError, match="1 to 1000"):
        store.find_events(EventQuery(), None, limit)
    with pytest.raises(QueryError, match="1 to 1000"):
        store.find_documents(DocumentQuery(), None, limit)


@pytest.mark.parametrize(
    ("make", "fields"),
    [
        (EventQuery, {"since": "2031"}),
        (EventQuery, {"until": "2031-02-30"}),
        (DocumentQuery, {"since": "2031-02-03", "until": "2031-02-02"}),
        (EventQuery, {"words": "a\x00b"}),
        (EventQuery, {"parties": ("\ud800",)}),
        (EventQuery, {"origins_min": 10**20}),
        (DocumentQuery, {"outlet": "\x00"}),
        (Box, {"west": 0, "south": 2, "east": 1, "north": 1}),
        (Box, {"west": 0, "south": 2, "east": 181, "north": 3}),
        (Near, {"lat": 91, "lon": 0, "km": 1}),
        (Near, {"lat": 0, "lon": 0, "km": 0}),
        (Near, {"lat": 0, "lon": 0, "km": float("nan")}),
        (TollBounds, {"kind": "killed", "at_least": -1}),
        (TollBounds, {"kind": "killed", "at_most": 10**20}),
        (TollBounds, {"kind": "killed", "at_least": 2, "at_most": 1}),
    ],
)
def test_what_cannot_be_meant_is_told(make: Any, fields: dict[str, Any]) -> None:
    with pytest.raises(QueryError):
        make(**fields)


def test_what_hangs_on_an_event(store: Store) -> None:
    assert store.event("e-raid") == EVENTS[0]
    assert store.event("e-none") is None
    assert [each.id for each in store.claims("e-raid")] == ["c-0", "c-3"]
    assert store.links("e-strike") == LINKS
    assert store.links("e-raid") == LINKS[:1]
    assert store.contradictions("e-word") == (CONTRADICTION,)
    assert store.contradictions("e-raid") == ()


def test_what_hangs_on_a_document(store: Store) -> None:
    assert store.edition_document("d-2") == DOCUMENTS[1]
    assert store.derivations("d-2") == CONTENT.derivations
    assert store.derivations("d-3") == ()
    assert store.origin("o-1") == CONTENT.origins[0]
    assert store.story("s-2") == CONTENT.stories[1]
    assert (store.origin("o-9"), store.story("s-9"), store.edition_document("d-9")) == (None, None, None)


def test_ids_by_their_beginning(store: Store) -> None:
    assert store.ids("event", "e-raid") == ("e-raid",)
    assert store.ids("event", "ra") == ("e-raid",)
    assert store.ids("event", "e-", limit=3) == ("e-raid", "e-strike", "e-visit")
    assert store.ids("document", "%") == ()
    assert store.ids("story", "s-") == ("s-1", "s-2")


def test_records_of_a_kind_in_the_order_of_the_content(store: Store) -> None:
    assert tuple(store.records(Event)) == EVENTS
    assert tuple(store.records(Claim)) == CLAIMS
    assert tuple(store.records(Link)) == LINKS
    assert tuple(store.records(Derivation)) == CONTENT.derivations
    assert tuple(store.records(EditionDocument)) == DOCUMENTS
    assert [store.count(kind) for kind in (Event, Claim, Link, Story, Origin)] == [4, 4, 2, 2, 2]


def test_records_of_more_than_one_step_come_once_each(reopen: Open) -> None:
    many = tuple(event(f"e-{n:04d}") for n in range(1234))
    reopen().replace_content(_with_events(CONTENT, many), {})
    assert tuple(reopen().records(Event)) == many


def test_a_snapshot_is_not_changed_by_what_is_written_meanwhile(reopen: Open, request: pytest.FixtureRequest) -> None:
    if "memory" in request.node.name:
        pytest.skip("an edition in memory has no other writers")
    store, writer = reopen(), reopen()
    store.replace_content(CONTENT, {})
    with store.snapshot() as reader:
        first = reader.find_events(EventQuery(), None, 2)
        writer.replace_content(_with_events(CONTENT, ()), {})
        assert [each.id for each in reader.find_events(EventQuery(), first.next).events] == ["e-visit", "e-word"]
        assert len(reader.claims("e-raid")) == 2
    assert store.count_events(EventQuery()) == 0


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=12))
def test_no_name_breaks_a_query(words: str) -> None:
    store = _in_memory()
    for make in ({"parties": (words,)}, {"place": words}, {"types": (words,)}):
        with suppress(QueryError):
            store.find_events(EventQuery(**make))
    store.ids("event", words)
    store.event(words)


_KEPT: list[Store] = []


def _in_memory() -> Store:
    if not _KEPT:
        _KEPT.append(open_store(None))
        _KEPT[0].replace_content(CONTENT, {})
    return _KEPT[0]
