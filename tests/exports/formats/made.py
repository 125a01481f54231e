"""An edition of invented events that the formats must get right, and one of any size that is in no memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import islice
from typing import Any

from msgspec.structs import replace

from variorum.exports.source import About, ContentSource
from variorum.records import (
    SCHEMA,
    Block,
    Claim,
    Contradiction,
    Decision,
    Derivation,
    Document,
    EditionContent,
    EditionDocument,
    Event,
    EventPlace,
    EventTime,
    Evidence,
    Link,
    Origin,
    OriginPassage,
    Participant,
    PlaceReading,
    Position,
    Reading,
    Span,
    Statement,
    Story,
    TimeReading,
    Toll,
)

TEXT = (
    "Norland's army shelled a rebel camp near Tarn on Monday, killing five fighters, the ministry said. "
    '"They hit the market and eleven of our people died," a rebel spokesman said. '
    "The governor counted at least three soldiers dead after the rebels answered. Prices rose in the capital."
)
_POINTS = {"city": (36.2, 44.01), "admin1": (36.0, 44.5), "country": (33.0, 44.0), "site": (-0.24, -179.99)}


@cache
def at(words: str, document: str = "d1") -> Evidence:
    start = TEXT.index(words)
    return Evidence(document=document, start=start, end=start + len(words))


def place(precision: Any = "city", name: str = "Tarn", country: str | None = "IQ", **fields: Any) -> EventPlace:
    lat, lon = _POINTS.get(precision, (None, None))
    reading = PlaceReading(
        name=name,
        country=country,
        geonameid=99,
        lat=lat,
        lon=lon,
        precision=precision,
        origins=("o1",),
        evidence=(at("Tarn"),),
    )
    told: dict[str, Any] = {"admin1": "Upper Tarn", "agreement": "agreed", "readings": (reading,), **fields}
    return EventPlace(name=name, country=country, geonameid=99, lat=lat, lon=lon, precision=precision, **told)


def when(earliest: str | None, latest: str | None) -> EventTime:
    reading = TimeReading(earliest=earliest, latest=latest, words="Monday", evidence=(at("Monday"),))
    return EventTime(earliest=earliest, latest=latest, agreement="agreed", readings=(reading,))


def party(name: str, country: str | None, sector: str | None, kind: str = "") -> Participant:
    key = f"{country}:{kind or sector}:{name.casefold().replace(' ', '-')}"
    return Participant(name=name, key=key, country=country, sector=sector, evidence=(at("army"),))


def reading(low: int | None, high: int | None, speaker: str | None = None, **fields: Any) -> Reading:
    id_ = fields.pop("id", f"r-{low}-{high}-{speaker}-{fields.get('group', '')}")
    told: dict[str, Any] = {"as_of": "2031-05-06", "origins": ("o1",), "evidence": (at("five fighters"),), **fields}
    return Reading(id=id_, low=low, high=high, speaker=speaker, words="five fighters", **told)


def killed(*readings: Reading, agreement: Any = "agreed", kind: Any = "killed") -> Toll:
    current = [each for each in readings if each.superseded_by is None]
    high = None if any(each.high is None for each in current) else max(each.high or 0 for each in current)
    low = min(each.low or 0 for each in current)
    return Toll(kind=kind, low=low, high=high, agreement=agreement, readings=readings)


ARMY, REBELS = party("Norland army", "IRQ", "MIL"), party("Tarn Front", None, "REB")
VILLAGERS, FOES = party("villagers", "IRQ", "CVL"), party("Sund army", "IRN", "MIL")


def event(number: int, **fields: Any) -> Event:
    told: dict[str, Any] = {
        "story": "s-1",
        "type": "ASSAULT",
        "mode": "heavy-weapons",
        "status": "actual",
        "participants_actor": (ARMY,),
        "participants_recipient": (REBELS,),
        "time": when("2031-05-05", "2031-05-05"),
        "place": place(),
        "tolls": (),
        "documents": ("d1", "d2"),
        "independent_origins": 2,
        "evidence": (at("shelled"),),
        "headline": f"Shelling number {number}",
        "origins": ("o1", "o2"),
        "contexts": ("military",),
        "instruments": ("mortars",),
        **fields,
    }
    told["actors"] = tuple(each.name for each in told["participants_actor"])
    told["recipients"] = tuple(each.name for each in told["participants_recipient"])
    return Event(id=f"e-{number:016x}", **told)


def events() -> tuple[Event, ...]:
    """A shelling on which accounts agree, an attack on civilians in dispute, a battle of states with an open count, a
    bombing known by its country alone, one that did not happen, a march, a talk, and a raid in a range of days."""
    old = reading(3, 3, "the ministry", superseded_by="r-new", id="r-old")
    parts = (reading(2, 2, group="children", id="r-p1"), reading(1, 1, group="women", id="r-p2"))
    return (
        event(1, tolls=(killed(old, reading(5, 5, "the ministry", id="r-new"), reading(4, None, "the mayor")),)),
        event(
            2,
            mode="firearms",
            participants_recipient=(VILLAGERS,),
            tolls=(
                killed(reading(3, 3, "the mayor", parts=parts), reading(11, 11, "a rebel"), agreement="disputed"),
                killed(reading(7, 7, "the mayor"), kind="injured", agreement="single-source"),
            ),
        ),
        event(3, participants_recipient=(FOES,), tolls=(killed(reading(9, None, "Sund")),), place=place("admin1")),
        event(
            4,
            mode="explosives",
            place=place("country", "Iraq"),
            tolls=(killed(reading(2, 2, group="soldiers"), reading(6, 6, group="militants")),),
        ),
        event(5, status="negated", tolls=(killed(reading(1, 1)),)),
        event(6, type="PROTEST", mode="demo", participants_actor=(VILLAGERS,), participants_recipient=(), time=None),
        event(
            7, type="CONSULT", mode="visit", place=None, participants_recipient=(party("Ann Ode", "IRN", "GOV", "PER"),)
        ),
        event(8, mode=None, time=when("2031-05-01", "2031-05-20T12:00"), tolls=(killed(reading(4, 4, "=1+1")),)),
    )


def document(id_: str, **fields: Any) -> EditionDocument:
    told: dict[str, Any] = {
        "story": "s-1",
        "origin": "o1",
        "rejected": None,
        "source": f"{id_}.txt",
        "title": 'Shells fall; "dozens" hurt',
        "outlet": "The Tarn Post",
        "published": "2031-05-06",
        "url": "https://post.example/1",
        "language": "en",
        **fields,
    }
    return EditionDocument(id=id_, **told)


def content() -> EditionContent:
    found = events()
    claim = Claim(
        id="c-1",
        speaker="a rebel spokesman",
        stance="asserts",
        event=found[1].id,
        quote="They hit the market and eleven of our people died,",
        evidence=(at("They hit the market and eleven of our people died,"),),
        quoted=True,
        origins=("o1",),
    )
    sides = (
        Position(
            speaker="a rebel spokesman", quote="eleven of our people died", evidence=(at("eleven of our people died"),)
        ),
        Position(speaker=None, quote="five fighters", evidence=(at("five fighters"),), reading="r-new"),
    )
    passage = OriginPassage(document="d1", span=Span(0, 40))
    return EditionContent(
        schema=SCHEMA,
        documents=(
            document("d1"),
            document("d2", outlet="Sund Daily", published="2031-05-07T09:00:00+02:00", origin="o2", title="@risk"),
            document("x", rejected="x.txt: is no text", story=None, origin=None, outlet=None, published=None),
        ),
        derivations=(
            Derivation(source="d1", target="d2", kind="quotes-only", directed=True, score=0.8, evidence=("words",)),
        ),
        origins=(Origin(id="o1", documents=("d1",)), Origin(id="o2", documents=("d2",), upstream="A Wire", seen=False)),
        events=found,
        claims=(claim,),
        links=(
            Link(
                source=found[2].id,
                target=found[0].id,
                kind="responds-to",
                speaker=None,
                evidence=(at("answered"),),
                words="answered",
            ),
        ),
        stories=(Story(id="s-1", events=tuple(each.id for each in found), documents=("d1", "d2"), title="Tarn"),),
        statements=(Statement(id="t-1", documents=("d1",), passages=(passage,), speaker="the ministry"),),
        contradictions=(
            Contradiction(id="x-1", kind="number", event=found[1].id, sentence="Eleven, or five.", sides=sides),
        ),
        versions={"variorum": "0"},
    )


def text_of(id_: str) -> Document:
    return Document(
        id=id_, page=id_, source=f"{id_}.txt", text=TEXT, blocks=(Block(start=0, end=len(TEXT), kind="body"),)
    )


def source() -> ContentSource:
    return ContentSource(content(), text_of)


class Generated:
    """An edition of so many events, each with two readings and a claim, that are made when they are asked for."""

    versions: Mapping[str, str] = {"variorum": "0"}

    def __init__(self, count: int) -> None:
        self.count = count

    def events(self) -> Iterator[Event]:
        like = event(0)
        for number in range(self.count):
            figures = (("the mayor", 5, 5), ("a doctor", 4, None))
            readings = (reading(low, high, who, id=f"r-{number}-{who}") for who, low, high in figures)
            yield replace(like, id=f"e-{number:016x}", tolls=(killed(*readings),), documents=(f"d{number}",))

    def documents(self) -> Iterator[EditionDocument]:
        return (document(f"d{number}") for number in range(self.count))

    def claims(self) -> Iterator[Claim]:
        return (self._claim(each) for each in self.events())

    def _claim(self, told: Event) -> Claim:
        stands = replace(at("five fighters"), document=told.documents[0])
        return Claim(
            id=f"c-{told.id}",
            speaker="the mayor",
            stance="asserts",
            event=told.id,
            quote="five fighters",
            evidence=(stands,),
        )

    def links(self) -> Iterator[Link]:
        for each in islice(self.events(), 1, None):
            yield Link(source=each.id, target=f"e-{0:016x}", kind="follows", speaker=None, evidence=())

    def contradictions(self) -> Iterator[Contradiction]:
        return iter(())

    def origins(self) -> Iterator[Origin]:
        return (Origin(id=f"o{number}", documents=(f"d{number}",)) for number in range(self.count))

    def derivations(self) -> Iterator[Derivation]:
        return iter(())

    def statements(self) -> Iterator[Statement]:
        return iter(())

    def stories(self) -> Iterator[Story]:
        return iter(())

    def decisions(self) -> Iterator[Decision]:
        return iter(())

    def about(self, event: Event) -> About:
        return About(claims=(self._claim(event),))

    def headline(self, event: str) -> str:
        return event

    def document(self, id_: str) -> EditionDocument:
        return document(id_)

    def text(self, id_: str) -> Document:
        return text_of(id_)

    def told(self, words: str) -> str:
        return words
