"""What texts are mainly about: the rare words that they share, and what must stay apart though they share many."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from variorum.reconciliation import reconcile
from variorum.records import Event, Reconciled

from .telling import Telling, provenance
from .test_reconcile import fold

_CASE = """Brannock High senior Wilma Tesk, of the Ferrow Lane choir, {fate} outside the Halberd cafe in Lowmere.
Neighbours on Ferrow Lane heard the shots and ran to help Tesk.
Sheriff Odell Pruitt thanked the Halberd cafe's owner, Marla Quill, for her video.
A scholarship at Brannock High will bear her name, the choir said."""
_RAID = """{side} struck Marrow on {day}, flattening the Sorrel bakery quarter beside the Quarrane canal.
Rescuers from the Kestrel Relief Corps dug through the Sorrel bakery quarter by lamplight.
The Quarrane canal footbridge and the Ondine clinic were damaged, surgeon Tamsin Orr said.
Families camped in the Ondine clinic courtyard, and the Kestrel Relief Corps asked for blankets."""


def case(id_: str, published: str, *, opening: str = "", fate: str = "was shot dead") -> Telling:
    telling = Telling(id_, opening + _CASE.format(fate=fate), published=published, outlet=f"{id_} Courier")
    telling.actor("Wilma Tesk", "WES:PER:wilma-tesk", "WES", None)
    return telling


def shot(telling: Telling, words: str = "was shot dead", **more: Any) -> Telling:
    telling.event(words, mode="firearms", recipients=(0,), **more)
    return telling


def raid(id_: str, day: str, date: str, published: str, side: tuple[str, str] = ("Ostland", "OST")) -> Telling:
    telling = Telling(id_, _RAID.format(side=side[0], day=day), published=published, outlet=f"{id_} Post")
    place = telling.place("Marrow", "WM", geonameid=77, lat=10.77, lon=20.0)
    telling.event("struck", actors=(telling.state(*side),), place=place, time=telling.time(day, date))
    return telling


def documents(result: Reconciled) -> list[tuple[str, ...]]:
    return sorted(event.documents for event in result.events)


def of(result: Reconciled, type_: str) -> Event:
    (event,) = (event for event in result.events if event.type == type_)
    return event


def test_two_texts_about_one_thing_are_one_event_though_little_else_is_told() -> None:
    result = fold(shot(case("a", "2031-05-02")), shot(case("b", "2031-05-04")))
    assert documents(result) == [("a", "b")]
    (event,) = result.events
    assert {"like", "rare-names"} <= {reason.name for reason in event.explanation}


def test_a_namesake_of_the_place_does_not_part_them() -> None:
    here, there = case("a", "2031-05-02"), case("b", "2031-05-03")
    shot(here, place=here.place("Lowmere", "WM", geonameid=5, lat=10.0, lon=20.0))
    shot(there, place=there.place("Lowmere", "OS", geonameid=6, lat=-40.0, lon=90.0))
    result = fold(here, there)
    assert documents(result) == [("a", "b")]
    (event,) = result.events
    assert event.place is not None
    assert event.place.agreement == "disputed"


def test_a_time_that_a_charge_shares_is_not_the_crime_s() -> None:
    first, later = case("a", "2031-05-02"), case("b", "2031-05-22", opening="A man was charged on Thursday.\n")
    shot(first, time=None)
    time = later.time("Thursday", "2031-05-22")
    later.event("charged", "ACCUSE", "investigate", time=time)
    shot(later, time=time)
    assert ("a", "b") in documents(fold(first, later))


def test_a_report_on_what_came_of_it_joins_it_and_dates_it_no_later() -> None:
    crime = case("a", "2031-05-02", opening="On Thursday came the news.\n")
    shot(crime, time=crime.time("Thursday", "2031-05-01"))
    sequel = case("b", "2031-05-09", opening="Police are investigating since Friday.\n", fate="was seen last")
    sequel.event("investigating", "ACCUSE", "investigate", time=sequel.time("Friday", "2031-05-09"))
    result = fold(crime, sequel)
    assert documents(result) == [("a", "b")]
    event = of(result, "ASSAULT")
    assert event.time is not None
    assert (event.time.earliest, event.time.latest) == ("2031-05-01", "2031-05-01")


def test_a_text_that_leads_with_police_is_about_the_crime() -> None:
    crime = shot(case("a", "2031-05-02"))
    sequel = case("b", "2031-05-04", opening="Officers arrested a man.\n")
    sequel.event("arrested", "COERCE", "arrest")
    shot(sequel)
    result = fold(crime, sequel)
    starts = {
        event.type: min(e.start for e in event.evidence if e.document == "b")
        for event in result.events
        if "b" in event.documents
    }
    assert starts["ASSAULT"] == 0
    assert of(result, "ASSAULT").documents == ("a", "b")


def test_raids_on_successive_days_told_in_the_same_words_stay_apart() -> None:
    first = raid("a", "Tuesday", "2031-03-04", "2031-03-05")
    second = raid("b", "Wednesday", "2031-03-05", "2031-03-06")
    assert documents(fold(first, second)) == [("a",), ("b",)]


def test_an_attack_and_its_reprisal_told_in_the_same_words_stay_apart() -> None:
    told = []
    for id_, (side, a), (victim, r) in (
        ("a", ("Ostland", "OST"), ("Westmark", "WES")),
        ("b", ("Westmark", "WES"), ("Ostland", "OST")),
    ):
        text = _RAID.format(side=side, day="Tuesday").replace("struck", f"struck {victim} at")
        telling = Telling(id_, text, published="2031-03-05", outlet=f"{id_} Post")
        actors, recipients = (telling.state(side, a),), (telling.state(victim, r),)
        time = telling.time("Tuesday", "2031-03-04")
        telling.event("struck", actors=actors, recipients=recipients, time=time)
        told.append(telling)
    assert documents(fold(*told)) == [("a",), ("b",)]


def test_twin_crimes_of_one_city_stay_apart() -> None:
    other = Telling(
        "b",
        """Toll collector Ivor Brandt was shot dead on the Carmine bridge in Lowmere.
Colleagues at the Carmine bridge plaza laid wreaths for Brandt.
Ferry pilot Jonas Abery saw a blue van speed towards the Gannet tunnel.
The tolls of the Gannet tunnel were lifted for the evening.""",
        published="2031-05-02",
        outlet="b Courier",
    )
    other.actor("Ivor Brandt", "WES:PER:ivor-brandt", "WES", None)
    one = case("a", "2031-05-02")
    for telling in (one, other):
        shot(telling, place=telling.place("Lowmere", "WM", geonameid=5, lat=10.0, lon=20.0))
    assert documents(fold(one, other)) == [("a",), ("b",)]


def test_a_live_blog_is_about_many_things() -> None:
    one, other = shot(case("a", "2031-05-02")), shot(case("b", "2031-05-30"))
    blog = replace(other.document, blocks=tuple(replace(b, kind="entry") for b in other.document.blocks))
    result = reconcile([one.document, blog], {t.id: t.annotation for t in (one, other)}, provenance([one, other]))
    assert all("words" not in {reason.name for reason in event.explanation} for event in result.events)


def test_the_order_of_texts_changes_nothing() -> None:
    texts = [
        shot(case("a", "2031-05-02")),
        shot(case("b", "2031-05-04")),
        raid("c", "Tuesday", "2031-03-04", "2031-03-05"),
        raid("d", "Wednesday", "2031-03-05", "2031-03-06"),
    ]
    assert fold(*texts) == fold(*texts[::-1]) == fold(*texts[2:], *texts[:2])
