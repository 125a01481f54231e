"""Events across documents: what is one, what stays apart, and how figures stand beside each other."""

from __future__ import annotations

import random
from typing import Any

import pytest
from msgspec.structs import replace

from variorum.errors import DecisionError
from variorum.reconciliation import reconcile
from variorum.records import Change, Decision, Derivation, Event, EventTime, Passage, Reconciled, Span

from .telling import Telling, provenance


def fold(*tellings: Telling, families: Any = (), derivations: Any = (), **more: Any) -> Reconciled:
    return reconcile(
        [telling.document for telling in tellings],
        {telling.id: telling.annotation for telling in tellings},
        provenance(tellings, *families, derivations=derivations),
        **more,
    )


def strike(
    id_: str,
    text: str = "Ostland struck Marrow in Westmark on Tuesday.",
    day: str = "2031-03-04",
    published: str | None = "2031-03-05",
    sides: tuple[tuple[str, str], tuple[str, str]] = (("Ostland", "OST"), ("Westmark", "WES")),
    city: tuple[str, int] = ("Marrow", 77),
    when: str = "Tuesday",
    **more: Any,
) -> Telling:
    """A report of an air strike with time, place and both sides told."""
    telling = Telling(id_, text, published=published, outlet=more.pop("outlet", f"{id_} Post"))
    (actor, a), (recipient, r) = sides
    telling.event(
        "struck",
        actors=(telling.state(actor, a),),
        recipients=(telling.state(recipient, r),),
        place=telling.place(city[0], "WM", geonameid=city[1], lat=10.0 + city[1] / 100, lon=20.0),
        time=telling.time(when, day),
        **more,
    )
    return telling


def only(result: Reconciled) -> Event:
    (event,) = result.events
    return event


def with_toll(telling: Telling, *tolls: int) -> Telling:
    from msgspec.structs import replace

    telling.events[0] = replace(telling.events[0], tolls=tolls)
    return telling


def reported(id_: str, tail: str, **more: Any) -> Telling:
    return strike(id_, f"Ostland struck Marrow in Westmark on Tuesday. {tail}", **more)


def test_reports_of_one_strike_are_one_event_with_its_independent_origins() -> None:
    event = only(fold(strike("a"), strike("b"), strike("c"), families=[("a", "c")]))
    assert event.documents == ("a", "b", "c")
    assert event.independent_origins == 2
    assert event.time is not None
    assert (event.time.earliest, event.time.latest, event.time.agreement) == ("2031-03-04", "2031-03-04", "agreed")
    assert event.place is not None
    assert event.place.agreement == "agreed"
    assert event.headline == "Ostland struck Westmark in Marrow on 4 March 2031"
    assert {e.document for e in event.evidence} == {"a", "b", "c"}


def test_a_province_that_holds_the_city_agrees_with_it() -> None:
    coarse = Telling("b", "Ostland bombed Lowshire on Tuesday.", published="2031-03-05")
    coarse.event(
        "bombed",
        mode="heavy-weapons",
        actors=(coarse.state("Ostland", "OST"),),
        place=coarse.place("Lowshire", "WM", "admin1", admin1="Lowshire"),
        time=coarse.time("Tuesday", "2031-03-04"),
    )
    fine = strike("a")
    from msgspec.structs import replace

    fine.places[0] = replace(fine.places[0], admin1="Lowshire")
    event = only(fold(fine, coarse))
    assert event.place is not None
    assert (event.place.name, event.place.precision, event.place.agreement) == ("Marrow", "city", "agreed")
    assert [reading.name for reading in event.place.readings] == ["Marrow", "Lowshire"]


def test_strikes_on_successive_days_stay_apart() -> None:
    first = strike("a")
    second = strike(
        "b", "Ostland struck Marrow in Westmark on Wednesday.", "2031-03-05", "2031-03-06", when="Wednesday"
    )
    assert [event.documents for event in sorted(fold(first, second).events, key=lambda e: e.documents)] == [
        ("a",),
        ("b",),
    ]


@pytest.mark.parametrize(("speaker", "told"), [("Westmark", ", Westmark said"), ("Ostland", ""), ("Nordia", "")])
def test_what_only_the_one_who_suffered_it_tells_is_told_as_its_word(speaker: str, told: str) -> None:
    text = f"{speaker} said that Ostland's frigate had rammed a ship of Westmark's."
    telling = Telling("a", text, published="2031-03-05")
    ostland, westmark = telling.state("Ostland's frigate", "OST"), telling.state("Westmark's", "WES")
    who = telling.state(speaker, {"Westmark": "WES", "Ostland": "OST"}.get(speaker, "NOR"))
    content = text[text.index("Ostland's") :]
    says = telling.said(speaker, "said", content, speaker_actor=who)
    telling.event("rammed", mode=None, actors=(ostland,), recipients=(westmark,), attribution=says)
    assert only(fold(telling)).headline.endswith("Westmark's" + told)


def test_twin_strikes_on_far_cities_stay_apart() -> None:
    other = strike("b", "Ostland struck Tarn in Westmark on Tuesday.", city=("Tarn", 900))
    assert len(fold(strike("a"), other).events) == 2


def test_swapped_roles_stay_apart() -> None:
    reprisal = strike(
        "b", "Westmark struck Marrow of Ostland on Tuesday.", sides=(("Westmark", "WES"), ("Ostland", "OST"))
    )
    assert len(fold(strike("a"), reprisal).events) == 2


def test_what_may_come_is_not_what_came() -> None:
    assert len(fold(strike("a"), strike("b", status="future")).events) == 2


def test_two_events_of_one_text_are_not_joined_by_a_third() -> None:
    both = Telling("a", "Ostland struck Marrow on Tuesday and shelled Marrow again on Tuesday.", published="2031-03-05")
    actor, place = both.state("Ostland", "OST"), both.place("Marrow", "WM", geonameid=77, lat=10.77, lon=20.0)
    time = both.time("Tuesday", "2031-03-04")
    both.event("struck", actors=(actor,), place=place, time=time)
    both.event("shelled", mode="heavy-weapons", actors=(actor,), place=place, time=time)
    result = fold(both, strike("b"))
    assert sorted(event.documents for event in result.events) == [("a",), ("a", "b")]


def test_a_vague_mention_joins_the_one_event_that_it_fits_and_none_of_two() -> None:
    def vague() -> Telling:
        telling = Telling("z", "People spoke of an attack by Ostland.", published="2031-03-05")
        telling.event("attack", mode=None, actors=(telling.state("Ostland", "OST"),))
        return telling

    near = strike("b", "Ostland struck Tarn in Westmark on Tuesday.", city=("Tarn", 900))
    alone = {event.documents for event in fold(strike("a"), near, vague()).events}
    assert ("z",) in alone


def test_three_readings_side_by_side() -> None:
    a = reported("a", "State television reported at least nine casualties.")
    a.said("State television", "reported", "at least nine casualties", stance="asserts")
    a = with_toll(a, a.toll("at least nine casualties", "casualties", 9, None))
    b = reported("b", "State media said at least seven people were killed. Ostland said a number of terrorists died.")
    b.said("State media", "said", "at least seven people were killed", stance="asserts")
    b.said(None, "said", "a number of terrorists died", stance="asserts", speaker="Ostland")
    seven = b.toll("at least seven people", "killed", 7, None, group="people")
    b = with_toll(b, seven, b.toll("a number of terrorists", "killed", 2, None, group="terrorists"))
    tolls = {toll.kind: toll for toll in only(fold(a, b)).tolls}
    assert set(tolls) == {"killed", "casualties"}
    killed, casualties = tolls["killed"], tolls["casualties"]
    assert [(r.low, r.high, r.speaker) for r in killed.readings] == [(2, None, "Ostland"), (7, None, "State media")]
    assert (killed.low, killed.high, killed.agreement) == (2, None, "disputed")
    assert [(r.low, r.high, r.speaker) for r in casualties.readings] == [(9, None, "State television")]
    assert casualties.agreement == "single-source"


def test_a_dispute_between_two_speakers_is_shown_and_not_averaged() -> None:
    a = reported("a", "Ostland said 12 people were killed.")
    a.said("Ostland", "said", "12 people were killed", stance="asserts")
    a = with_toll(a, a.toll("12 people", "killed", 12, 12))
    b = reported("b", "Westmark said 30 people were killed.")
    b.said("Westmark", "said", "30 people were killed", stance="asserts")
    b = with_toll(b, b.toll("30 people", "killed", 30, 30))
    (toll,) = only(fold(a, b)).tolls
    assert (toll.low, toll.high, toll.agreement) == (12, 30, "disputed")
    assert all(reading.superseded_by is None for reading in toll.readings)


def test_a_later_figure_of_the_same_speaker_is_an_update() -> None:
    a = reported("a", "The governor said 7 people were killed.")
    a.said("The governor", "said", "7 people were killed", stance="asserts")
    a = with_toll(a, a.toll("7 people", "killed", 7, 7))
    b = reported("b", "The governor said 9 people were killed.", published="2031-03-06")
    b.said("The governor", "said", "9 people were killed", stance="asserts")
    b = with_toll(b, b.toll("9 people", "killed", 9, 9))
    (toll,) = only(fold(b, a)).tolls
    old, new = toll.readings
    assert (old.low, old.superseded_by, new.low, new.superseded_by) == (7, new.id, 9, None)
    assert (toll.low, toll.high, toll.agreement) == (9, 9, "single-source")


def test_an_update_within_a_day_whatever_copies_of_the_first_figure_come_after() -> None:
    def report(id_: str, speaker: str, number: int, published: str) -> Telling:
        telling = reported(id_, f"{speaker} said {number} people were killed.", published=published)
        telling.said(speaker, "said", f"{number} people were killed", stance="asserts")
        return with_toll(telling, telling.toll(f"{number} people", "killed", number, number))

    first = report("a", "Ilse Takor", 7, "2031-03-05T11:40+00:00")
    undated = report("b", "Ilse Takor", 7, "2031-03-05")
    update = report("c", "Governor Ilse Takor", 9, "2031-03-05T17:05+04:00")
    (toll,) = only(fold(first, undated, update)).tolls
    assert [(r.low, r.speaker, r.superseded_by is not None) for r in toll.readings] == [
        (7, "Ilse Takor", True),
        (9, "Ilse Takor", False),
    ]
    assert (toll.low, toll.high) == (9, 9)


def test_the_headline_repeats_the_figure_of_the_one_who_gave_it_and_a_copy_has_the_speaker_of_its_source() -> None:
    def report(id_: str, cue: str | None) -> Telling:
        telling = reported(id_, "Seven dead in raid. The governor said seven people were killed.")
        if cue is not None:
            telling.said("The governor", cue, "seven people were killed", stance="asserts")
        dead, people = telling.toll("Seven", "killed", 7, 7), telling.toll("seven people", "killed", 7, 7)
        return with_toll(telling, dead, people)

    (toll,) = only(fold(report("a", "said"), report("b", None), families=[("a", "b")])).tolls
    (reading,) = toll.readings
    assert (reading.speaker, len(reading.evidence), toll.agreement) == ("The governor", 4, "single-source")


def test_an_update_inside_a_near_copy() -> None:
    a = with_toll(t := reported("a", "It left 7 people dead."), t.toll("7 people", "killed", 7, 7))
    b = with_toll(t := reported("b", "It left 9 people dead."), t.toll("9 people", "killed", 9, 9))
    whole = Span(0, len(a.text))
    copied = Derivation(
        source="a",
        target="b",
        kind="verbatim",
        directed=True,
        score=0.99,
        passages=(Passage(source=whole, target=whole),),
        changes=(Change(kind="number", source=a.span("7"), target=b.span("9")),),
    )
    (toll,) = only(fold(a, b, families=[("a", "b")], derivations=[copied])).tolls
    assert [(r.low, r.superseded_by is not None) for r in toll.readings] == [(7, True), (9, False)]
    assert (toll.low, toll.high, toll.agreement) == (9, 9, "single-source")


def test_parts_stand_under_their_whole() -> None:
    a = reported("a", "It killed seven people, three women and four children.")
    whole = a.toll("seven people", "killed", 7, 7)
    a.toll("three women", "killed", 3, 3, group="women", part_of=whole)
    a.toll("four children", "killed", 4, 4, group="children", part_of=whole)
    (toll,) = only(fold(with_toll(a, whole))).tolls
    (reading,) = toll.readings
    assert (toll.low, toll.high) == (7, 7)
    assert [(part.low, part.group) for part in reading.parts] == [(3, "women"), (4, "children")]


def test_a_list_under_one_verb_comes_to_its_sum() -> None:
    a = reported("a", "A man and two women were killed.")
    cue = a.span("killed")
    man = a.toll("A man", "killed", 1, 1, group="man", cue=cue)
    women = a.toll("two women", "killed", 2, 2, group="women", cue=cue)
    (toll,) = only(fold(with_toll(a, man, women))).tolls
    (reading,) = toll.readings
    assert (toll.low, toll.high, len(reading.parts)) == (3, 3, 2)
    assert a.text[reading.evidence[0].start : reading.evidence[0].end] == "A man and two women"


def test_agreeing_figures_of_one_origin_are_single_source_of_two_agreed() -> None:
    def report(id_: str) -> Telling:
        return with_toll(t := reported(id_, "It left 7 people dead."), t.toll("7 people", "killed", 7, 7))

    (toll,) = only(fold(report("a"), report("b"), families=[("a", "b")])).tolls
    assert toll.agreement == "single-source"
    (toll,) = only(fold(report("a"), report("b"))).tolls
    assert toll.agreement == "agreed"
    assert toll.readings[0].origins == ("o-a", "o-b")


def test_a_time_told_from_another_event_bounds_both() -> None:
    a = Telling("a", "Westmark hit Ostland on Thursday, 24 hours after the raids on Marrow.", published="2031-03-06")
    anchored = a.after("24 hours after the raids", "raids", 24, 30)
    assert anchored == 0
    a.event(
        "hit", actors=(a.state("Westmark", "WES"),), time=a.time("Thursday", "2031-03-06T06:00", "2031-03-06T12:00")
    )
    a.event("raids", place=a.place("Marrow", "WM", geonameid=77))
    raids = next(event for event in fold(a).events if event.place is not None)
    assert raids.time is not None
    assert (raids.time.earliest, raids.time.latest) == ("2031-03-05", "2031-03-05")
    assert raids.time.readings[0].words == "24 hours after the raids"


def test_one_time_in_many_words_is_one_reading_and_a_counted_one_shows_what_it_is_counted_from() -> None:
    a = strike("a", "Ostland struck Marrow in Westmark early on Tuesday.", when="early on Tuesday")
    b = strike("b", when="Tuesday")
    c = strike("c", when="Tuesday")
    d = Telling("d", "Westmark answered on Thursday, two days after Ostland struck Marrow.", published="2031-03-06")
    d.after("two days", "struck", 24, 72)
    d.event("answered", "THREATEN", None, actors=(d.state("Westmark", "WES"),), time=d.time("Thursday", "2031-03-06"))
    d.event(
        "struck",
        actors=(d.state("Ostland", "OST"),),
        place=d.place("Marrow", "WM", geonameid=77, lat=10.77, lon=20.0),
    )
    struck = next(event for event in fold(a, b, c, d).events if event.type == "ASSAULT")
    assert struck.time is not None
    assert [(r.words, r.earliest, r.latest, len(r.evidence)) for r in struck.time.readings] == [
        ("two days after Ostland struck", "2031-03-03", "2031-03-05", 1),
        ("Tuesday", "2031-03-04", "2031-03-04", 3),
    ]
    assert (struck.time.earliest, struck.time.latest, struck.time.agreement) == ("2031-03-04", "2031-03-04", "agreed")


def test_a_part_told_by_another_voice_is_no_rival() -> None:
    a = reported("a", "Two men died later. The governor said nine people were killed, two men among them.")
    a.said("The governor", "said", "nine people were killed, two men among them", stance="asserts")
    first = a.toll("Two men", "killed", 2, 2, group="men")
    whole = a.toll("nine people", "killed", 9, 9)
    a.toll("two men", "killed", 2, 2, group="men", part_of=whole)
    (toll,) = only(fold(with_toll(a, first, whole))).tolls
    (reading,) = toll.readings
    assert (toll.low, toll.high, reading.speaker) == (9, 9, "The governor")
    assert [(part.low, part.group, len(part.evidence)) for part in reading.parts] == [(2, "men", 2)]


def test_a_merge_and_a_split_by_a_person_survive_a_re_run() -> None:
    a, b = strike("a"), strike("b", "Ostland struck Tarn in Westmark on Tuesday.", city=("Tarn", 900))
    c = strike("c")
    log = [
        Decision(id="1", author="Ines", at="2031-04-01", action="same-event", targets=(struck("a"), struck("b"))),
        Decision(id="2", author="Ines", at="2031-04-01", action="different-events", targets=(struck("a"), struck("c"))),
    ]
    groups = sorted(event.documents for event in fold(a, b, c, decisions=log).events)
    assert groups == [("a", "b"), ("c",)]
    again = sorted(event.documents for event in fold(a, b, c, strike("d"), decisions=log).events)
    assert ("a", "b") in [group[:2] for group in again]
    assert not any({"a", "c"} <= set(group) for group in again)
    undone = [*log, Decision(id="3", author="Ines", at="2031-04-02", action="restore", targets=("2",))]
    assert not any(event.documents == ("c",) for event in fold(a, c, decisions=undone).events)
    against = [
        *log,
        Decision(id="3", author="Ines", at="2031-04-02", action="same-event", targets=(struck("b"), struck("c"))),
    ]
    with pytest.raises(DecisionError):
        fold(a, b, c, decisions=against)


def struck(document: str) -> str:
    """A text's account of the strike, as rulings name it: by the characters of "struck"."""
    return f"{document}@8-14"


def test_a_ruling_finds_its_account_though_other_events_come_before_it_now() -> None:
    ruled = [
        Decision(id="1", author="Ines", at="2031-04-01", action="different-events", targets=(struck("a"), struck("c")))
    ]
    a, c = strike("a"), strike("c")
    before = replace(a.events[0], start=0, end=7, trigger="Ostland", mentions=(Span(0, 7),), type="CONSULT", mode=None)
    a.events.insert(0, before)
    assert not any({"a", "c"} <= set(event.documents) for event in fold(a, c, decisions=ruled).events)
    nowhere = [replace(ruled[0], targets=("a@900-906", struck("c")))]
    assert any({"a", "c"} <= set(event.documents) for event in fold(a, c, decisions=nowhere).events)


def test_a_day_that_hardly_any_of_many_origins_tells_is_a_reading_and_no_bound() -> None:
    def told(reports: int) -> EventTime | None:
        tellings = [*(strike(f"r{n}") for n in range(reports)), strike("z", day="2009-03-04")]
        one = tuple(struck(telling.id) for telling in tellings)
        ruled = [Decision(id="1", author="Ines", at="2031-04-01", action="same-event", targets=one)]
        return only(fold(*tellings, decisions=ruled)).time

    few, many = told(6), told(9)
    assert few is not None
    assert (few.earliest, few.latest, few.agreement) == ("2009-03-04", "2031-03-04", "disputed")
    assert many is not None
    assert (many.earliest, many.latest, many.agreement) == ("2031-03-04", "2031-03-04", "disputed")
    assert [reading.earliest for reading in many.readings] == ["2009-03-04", "2031-03-04"]


def test_a_headline_names_nobody_whom_hardly_any_of_many_accounts_does() -> None:
    def told(silent: int) -> str:
        text = "Ostland's consul called the raid on Marrow in Westmark on Tuesday a crime."
        named = Telling("a", text, published="2031-03-05", outlet="A Post")
        bare = [Telling(f"r{n}", text, published="2031-03-05", outlet=f"{n} Post") for n in range(silent)]
        for telling in (named, *bare):
            doers = (telling.state("Ostland", "OST"),) if telling is named else ()
            place = telling.place("Marrow", "WM", geonameid=77, lat=10.77, lon=20.0)
            telling.event("raid", actors=doers, place=place, time=telling.time("Tuesday", "2031-03-04"))
        return only(fold(named, *bare)).headline

    assert told(3).startswith("Ostland ")
    assert "Ostland" not in told(8)


def crisis() -> list[Telling]:
    """Ten reports of three strikes, their tolls and a vague one, some without a date."""
    told: list[Telling] = []
    for number in range(9):
        day = 4 + number % 3
        name = f"d{number}"
        text = f"Ostland struck Marrow in Westmark on day {day}. Officials said {number + 2} people were killed."
        telling = strike(
            name, text, f"2031-03-0{day}", None if number == 5 else f"2031-03-0{day + 1}", when=f"day {day}"
        )
        telling.said("Officials", "said", f"{number + 2} people were killed", stance="asserts")
        told.append(with_toll(telling, telling.toll(f"{number + 2} people", "killed", number + 2, number + 2)))
    vague = Telling("d9", "There was talk of an attack.", published="2031-03-05")
    vague.event("attack", mode=None)
    return [*told, vague]


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_documents_does_not_show(seed: int) -> None:
    told = crisis()
    expected = fold(*told)
    assert len(expected.events) == 4
    random.Random(seed).shuffle(told)
    assert fold(*told) == expected


def test_ids_are_unique_within_their_kind() -> None:
    told = crisis()
    shared = with_toll(t := reported("s", "It left 7 people dead."), t.toll("7 people", "killed", 7, 7))
    shared.event("Tuesday", "COERCE", "arrest", tolls=(0,))  # one figure told of two events
    shared.said("Ostland", "struck", "Marrow in Westmark", quoted=True)
    shared.said("Ostland", "on", "Marrow in Westmark on Tuesday", quoted=True)
    result = fold(*told, shared)
    claims = [claim.id for claim in result.claims]
    readings = [reading.id for event in result.events for toll in event.tolls for reading in toll.readings]
    for ids in (claims, readings, [event.id for event in result.events], [story.id for story in result.stories]):
        assert len(ids) == len(set(ids))


def test_no_documents_give_an_empty_result() -> None:
    assert fold() == Reconciled(events=(), claims=(), links=(), stories=())


def test_an_event_is_about_what_a_third_of_its_reports_tell() -> None:
    told = (("military", "territory"), ("military",), ("military", "health"), ("military", "territory"))
    event = only(fold(*(strike(id_, contexts=contexts) for id_, contexts in zip("abcd", told, strict=True))))
    assert event.contexts == ("military", "territory")
