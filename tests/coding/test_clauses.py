"""Events by clause: what stands in a clause of time, in a source, in words that only report."""

from __future__ import annotations

from .conftest import Code, Coded


def _of(events: list[Coded], type_: str) -> list[Coded]:
    return [e for e in events if e.type == type_]


def test_telling_is_no_request(code: Code) -> None:
    assert _of(code("Kenya's minister told state radio that rebels had left the town."), "REQUEST") == []
    told = _of(code("Kenya told Somalia to withdraw its troops."), "REQUEST")
    assert [(e.actors, e.recipients) for e in told] == [(("Kenya",), ("Somalia",))]


def test_what_cannot_be_promised_is_refused(code: Code) -> None:
    events = code("Egypt told Libya that it could not promise more aid.")
    assert [e.type for e in events] == ["REJECT"]


def test_the_place_of_the_one_who_speaks_is_not_the_events(code: Code) -> None:
    assert code("Kenya bombed a village, according to Mogadishu.")[0].place is None
    assert code("Police in Nairobi said that gunmen had killed two farmers.")[0].place is None
    assert code("The rebels shelled a market, the governor told reporters in Tripoli on Monday.")[0].place is None


def test_a_clause_of_time_has_its_own_place_and_time(code: Code) -> None:
    first, second = code("Sudan bombed a village near Abéché on Monday, two days after Chad shelled a garrison.")
    assert (first.actors, first.place, first.time) == (("Sudan",), "Abéché", "Monday")
    assert (second.actors, second.place, second.time) == (("Chad",), None, None)


def test_soil_of_a_state_is_a_place_of_that_state(code: Code) -> None:
    events = code("Kenya met Somalia. On Monday, Kenya attacked rebels on Somali soil.")
    assert [e.place for e in events if e.type == "ASSAULT"] == ["Somalia"]


def test_a_later_attack_is_the_main_one(code: Code) -> None:
    text = (
        "Sudan bombed a village near Abéché on Monday, two days after Chad shelled a garrison.\n"
        "Seven people were killed in the attack."
    )
    assert [(e.actors, e.tolls) for e in _of(code(text), "ASSAULT")] == [
        (("Sudan",), ("Seven people",)),
        (("Chad",), ()),
    ]


def test_strikes_that_killed_in_words_of_another(code: Code) -> None:
    events = code("Chad expelled Sudan's envoy over the Sudanese air strikes, which it says killed five people.")
    assert [(e.actors, e.tolls) for e in _of(events, "ASSAULT")] == [(("Sudan",), ("five people",))]


def test_a_count_since_some_day_is_no_one_event(code: Code) -> None:
    text = "On Monday, Kenyan troops killed two men in Kismayo. Kenyan troops have killed 300 people since May."
    assert [e.tolls for e in _of(code(text), "ASSAULT")] == [("two men",), ("300 people",)]


def test_killed_when_is_one_event(code: Code) -> None:
    events = _of(code("Two people were killed when Kenyan jets bombed a market in Kismayo on Monday."), "ASSAULT")
    assert [(e.mode, e.place, e.tolls) for e in events] == [("aerial", "Kismayo", ("Two people",))]


def test_killed_after_a_strike_is_that_strike(code: Code) -> None:
    text = "Two people were killed after a Kenyan air strike hit the courtyard of a school in Kismayo."
    assert [(e.mode, e.place) for e in _of(code(text), "ASSAULT")] == [("aerial", "Kismayo")]


def test_the_report_has_no_part_in_what_it_reports(code: Code) -> None:
    events = _of(code("The Nairobi Lantern reported that protesters were attacked on Friday."), "ASSAULT")
    assert [e.actors for e in events] == [()]
    assert code("Kenya-led troops bombed a bridge in Libya.")[0].place == "Libya"
