"""Hours over midnight, halves of days, days that "and" joins, and the winter that "next" or "last" means."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from variorum.annotation.times import find_times
from variorum.records import Document, ReferenceTime, Syntax, TimeExpression

Parse = Callable[..., tuple[Document, Syntax]]
Find = Callable[..., list[TimeExpression]]


@pytest.fixture
def find(parse: Parse) -> Find:
    def run(text: str, day: str = "2024-03-14") -> list[TimeExpression]:  # a Thursday
        document, syntax = parse(text)
        return list(find_times(document, syntax, ReferenceTime(basis="published", earliest=day, latest=day)))

    return run


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("The curfew runs from 6 p.m. to 5 a.m., the army said.", "2024-03-14T18:00", "2024-03-15T05:00"),
        ("Shells fell from 11 p.m. on Monday until 3 a.m.", "2024-03-11T23:00", "2024-03-12T03:00"),
        ("Clashes went on from 2200 GMT on Monday to 0300 GMT.", "2024-03-11T22:00", "2024-03-12T03:00"),
        ("They were held between 10 p.m. and 4 a.m. on Tuesday.", "2024-03-11T22:00", "2024-03-12T04:00"),
        ("They were held between 8 a.m. and 4 p.m. on Tuesday.", "2024-03-12T08:00", "2024-03-12T16:00"),
        ("The shop is open from 9 a.m. to 5 p.m.", "2024-03-14T09:00", "2024-03-14T17:00"),
    ],
)
def test_hours_run_on_over_midnight(find: Find, text: str, first: str, second: str) -> None:
    times = find(text)
    assert [time.value for time in times] == [first, second]
    assert {(time.earliest, time.latest) for time in times} == {(first, second)}


def test_until_dawn_is_the_next_morning(find: Find) -> None:
    assert [t.value for t in find("The shelling lasted from 9 p.m. until dawn.")] == [
        "2024-03-14T21:00",
        "2024-03-15TMO",
    ]


def test_a_later_hour_told_again_is_of_the_day_after(find: Find) -> None:
    times = find("The bridge was hit at 11:40 p.m. on Sunday and again at 2:15 a.m.")
    assert [time.value for time in times] == ["2024-03-10T23:40", "2024-03-11T02:15"]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Raids were carried out on Thursday and late Tuesday.", ["2024-03-14", "2024-03-12"]),
        ("They met on Thursday and Tuesday.", ["2024-03-14", "2024-03-12"]),
        ("The envoys will meet between Saturday and Tuesday.", ["2024-03-16", "2024-03-19"]),
    ],
)
def test_and_joins_two_days_unless_between_leads_them(find: Find, text: str, values: list[str]) -> None:
    assert [time.value for time in find(text)] == values


@pytest.mark.parametrize(
    ("text", "value", "earliest", "latest"),
    [
        ("Protesters met the mayor late Tuesday.", "2024-03-12", "2024-03-12T12:00", "2024-03-12T23:59"),
        ("Troops entered the town early Thursday.", "2024-03-14", "2024-03-14T00:00", "2024-03-14T12:00"),
        ("Troops entered the town early on Thursday.", "2024-03-14", "2024-03-14T00:00", "2024-03-14T12:00"),
        ("Troops entered the town on Thursday.", "2024-03-14", "2024-03-14", "2024-03-14"),
        ("The port will stay shut until early next year.", "2025", None, "2025-07-02"),
    ],
)
def test_early_and_late_leave_a_half(find: Find, text: str, value: str, earliest: str | None, latest: str) -> None:
    (time,) = find(text)
    assert (time.value, time.earliest, time.latest) == (value, earliest, latest)


@pytest.mark.parametrize("words", ["late Tuesday", "late on Tuesday", "early on Thursday"])
def test_the_word_that_leaves_a_half_is_of_the_expression(find: Find, words: str) -> None:
    (time,) = find(f"Troops entered the town {words}.")
    assert time.text == words


@pytest.mark.parametrize(
    ("text", "day", "earliest", "latest"),
    [
        ("He said they could not wait until next winter.", "2023-08-09", "2023-12-01", "2024-03-20"),
        ("The dam broke last winter.", "2023-08-09", "2022-12-01", "2023-03-20"),
        ("The dam broke last winter.", "2024-01-09", "2022-12-01", "2023-03-20"),
        ("The camp will close this winter.", "2024-01-09", "2023-12-01", "2024-03-20"),
    ],
)
def test_one_winter_is_meant(find: Find, text: str, day: str, earliest: str, latest: str) -> None:
    (time,) = find(text, day)
    assert (time.earliest, time.latest) == (earliest, latest)
