"""Events over several sentences: what is one event, what stays apart, what is background."""

from __future__ import annotations

from .conftest import Code


def _violence(code: Code, text: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    return [(e.actors, e.tolls) for e in code(text) if e.type == "ASSAULT"]


def test_later_mentions_join_the_event(code: Code) -> None:
    events = [
        e
        for e in code(
            "Kenya bombed a camp near Garissa on Monday.\n"
            "The attack killed ten people, officials said.\n"
            "The bombing was the third this year."
        )
        if e.type == "ASSAULT"
    ]
    assert len(events) == 1
    assert events[0].tolls == ("ten people",)
    assert events[0].place == "Garissa"
    assert "attack" in events[0].mentions


def test_a_toll_two_sentences_on_goes_to_the_attack(code: Code) -> None:
    events = code("Gunmen attacked a church in Mopti on Sunday. The priest called for calm. Ten people were killed.")
    violent = [e for e in events if e.type == "ASSAULT"]
    assert [e.tolls for e in violent] == [("Ten people",)]


def test_strikes_of_two_sides_stay_apart(code: Code) -> None:
    events = [
        e
        for e in code(
            "Sudan bombed a village in Chad on Monday. On Tuesday, Chad struck a garrison in Sudan with rockets."
        )
        if e.type == "ASSAULT"
    ]
    assert [e.actors for e in events] == [("Sudan",), ("Chad",)]


def test_background_is_historical(code: Code) -> None:
    events = code("Kenya attacked Somalia in 2011.")
    assert [e.status for e in events] == ["historical"]


def test_attribution_of_an_event(code: Code) -> None:
    events = code("Egypt said that Libya had attacked a border post.")
    assert events[0].type == "ASSAULT"
    assert events[0].event.attribution is not None
