"""Acts between states: who does them to whom, and what is one act."""

from __future__ import annotations

from .conftest import Code


def test_a_ministry_protests_in_words(code: Code) -> None:
    events = code("Chad spoke to Sudan. Chad's foreign ministry called in the Sudanese ambassador to protest.")
    summons = [e for e in events if e.type in ("ACCUSE", "PROTEST")]
    assert [(e.type, e.mode) for e in summons] == [("ACCUSE", "disapprove")]
    assert summons[0].recipients
    assert [e.type for e in code("Thousands of miners marched in Lima to protest against the law.")] == ["PROTEST"]


def test_recalling_an_envoy_is_done_to_the_other_state(code: Code) -> None:
    events = code("Norway recalled its ambassador from Moscow after a dispute. Russia was surprised.")
    assert (events[0].type, events[0].actors, events[0].recipients) == ("SANCTION", ("Norway",), ("Russia",))


def test_an_announced_act_is_that_act_in_the_future(code: Code) -> None:
    event = code("Kenya said it would expel Somalia's ambassador.")[0]
    assert (event.type, event.mode, event.status) == ("SANCTION", "expel", "future")
    assert code("Kenya threatened to expel Somalia's ambassador.")[0].type == "THREATEN"


def test_condemning_strikes_is_aimed_at_those_who_struck(code: Code) -> None:
    events = code("Sudan bombed a village in Chad on Monday. Egypt condemned the strikes.")
    accused = [e for e in events if e.type == "ACCUSE"]
    assert [(e.actors, e.recipients) for e in accused] == [(("Egypt",), ("Sudan",))]


def test_ministers_of_two_states_stand_for_both(code: Code) -> None:
    text = "Chad and Sudan are neighbours.\nThe foreign ministers of Chad and Sudan spoke by telephone on Friday."
    call = next(e for e in code(text) if e.type == "CONSULT")
    assert len(call.actors) == 2


def test_nobody_meets_himself(code: Code) -> None:
    for text in (
        "Kenya's ambassador, who was visiting her own country, spoke of peace.",
        "The ambassadors of both countries returned to their posts on Friday.",
    ):
        for event in code(text):
            assert event.type != "CONSULT"
            assert not set(event.actors) & set(event.recipients)


def test_a_state_and_those_hit_on_its_soil_are_both_recipients(code: Code) -> None:
    text = "Kenya launched air strikes on Somalia on Monday. The Kenyan strikes hit militants in Kismayo, Kenya said."
    event = next(e for e in code(text) if e.type == "ASSAULT")
    assert set(event.recipients) == {"Somalia", "militants"}


def test_calling_an_act_a_crime_is_aimed_at_its_author(code: Code) -> None:
    events = code("Sudan bombed a village in Chad on Monday. Egypt reacted by calling it unacceptable.")
    assert [e.recipients for e in events if e.type == "ACCUSE"] == [("Sudan",)]


def test_an_office_tells_no_place(code: Code) -> None:
    assert code("Kenya barred Somalia's ambassador to Nairobi, who was then in Egypt, from returning.")[0].place is None


def test_a_purpose_is_not_yet_an_act(code: Code) -> None:
    events = code("Norway's parliament considered a vote to expel the ambassador.")
    assert all(e.status != "actual" for e in events if e.type == "SANCTION")
