"""What the dead of a text are told of, where no word tells it surely by itself."""

from __future__ import annotations

from .conftest import Code


def _violence(code: Code, text: str) -> list[tuple[str, ...]]:
    return [e.tolls for e in code(text) if e.type == "ASSAULT"]


def test_a_death_under_investigation_is_told_of_the_shooting(code: Code) -> None:
    text = "Harrow police are investigating a fatal shooting. It was reported before 3 a.m. A 49-year-old man died."
    assert _violence(code, text) == [("A 49-year-old man",)]


def test_an_apparent_murder_with_suicide_is_no_misfortune(code: Code) -> None:
    text = "A mother and her two children were found dead in Harrow. It is treated as a murder-suicide, police said."
    assert len(_violence(code, text)) == 1


def test_where_nobody_is_harmed_nothing_is_added(code: Code) -> None:
    assert _violence(code, "Harrow police are investigating a reported shooting. Nobody was found.") == []


def test_what_another_event_did_is_not_told_twice(code: Code) -> None:
    text = "Officers arrested the crew of the boat in the bay. The arrest of two sailors was lawful, the ministry said."
    assert _violence(code, text) == []


def test_an_earthquake_is_no_attack(code: Code) -> None:
    assert _violence(code, "An earthquake killed 30 people in Harrow. The dead were buried on Monday.") == []
