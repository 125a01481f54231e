"""Times of done deeds, ranges and lists of days, zones, days known by numbers, times that only an event dates."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from variorum.annotation.times import find_times
from variorum.records import Document, ReferenceTime, Syntax, TimeExpression

Parse = Callable[..., tuple[Document, Syntax]]
Find = Callable[[str], list[TimeExpression]]

REFERENCE = ReferenceTime(basis="published", earliest="2024-01-18", latest="2024-01-18")  # a Thursday


@pytest.fixture
def find(parse: Parse) -> Find:
    def run(text: str) -> list[TimeExpression]:
        document, syntax = parse(text)
        return list(find_times(document, syntax, REFERENCE))

    return run


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The strike on 9 February killed 12.", "2023-02-09"),
        ("Gunmen raided the depot on 3 March.", "2023-03-03"),
        ("Six died in the February 20 blast.", "2023-02-20"),
        ("The minister resigned on 25 January.", "2023-01-25"),
        ("The dam burst in March and the town was flooded.", "2023-03"),
        ("Police said on 14 February that nine had drowned.", "2023-02-14"),
        ("The shelling ended by Christmas Eve.", "2023-12-24"),
        ("The premier called elections on 5 March.", "2024-03-05"),
        ("The truce collapsed ahead of talks on 3 February.", "2024-02-03"),
        ("They were told to leave by 1 February.", "2024-02-01"),
        ("The court set the trial for 5 March.", "2024-03-05"),
        ("The court postponed the hearing until 12 February.", "2024-02-12"),
        ("The summit will open on 2 February.", "2024-02-02"),
        ("It broke out on Tuesday, March 12.", "2024-03-12"),
    ],
)
def test_a_done_deed_is_dated_before_its_report(find: Find, text: str, value: str) -> None:
    assert [time.value for time in find(text)][:1] == [value]


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("The militia attacked during Ramadan.", "2023"),
        ("The convoy was hit before Eid al-Fitr.", "2023"),
        ("Shelling flared again in Dhu al-Hijjah.", "2023"),
        ("The march took place on 22 Bahman.", "2023"),
        ("The truce will hold during Ramadan.", "2024"),
    ],
)
def test_tense_chooses_the_year_of_other_calendars(find: Find, text: str, year: str) -> None:
    (time,) = find(text)
    assert time.latest is not None
    assert time.latest[:4] == year


@pytest.mark.parametrize(
    ("text", "values", "bounds"),
    [
        ("It raged between 3 and 9 May 1998.", ["1998-05-03", "1998-05-09"], ("1998-05-03", "1998-05-09")),
        ("From March 4-6, 2021, guns fell silent.", ["2021-03-04", "2021-03-06"], ("2021-03-04", "2021-03-06")),
        ("The 2004-2006 war left ruins.", ["2004", "2006"], ("2004-01-01", "2006-12-31")),
        ("The 1975-90 war killed thousands.", ["1975", "1990"], ("1975-01-01", "1990-12-31")),
        ("Between 2011 and 2014 the town changed hands.", ["2011", "2014"], ("2011-01-01", "2014-12-31")),
    ],
)
def test_the_ends_of_a_range_share_its_bounds(
    find: Find, text: str, values: list[str], bounds: tuple[str, str]
) -> None:
    found = find(text)
    assert [time.value for time in found] == values
    assert {(time.earliest, time.latest) for time in found} == {bounds}


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Strikes on May 3, 7 and 11 hit the port.", ["2023-05-03", "2023-05-07", "2023-05-11"]),
        ("Strikes on 3, 7 and 11 May 2022 hit the port.", ["2022-05-03", "2022-05-07", "2022-05-11"]),
        ("He was born on June 2, and 9 others came.", ["2023-06-02"]),
        ("Shells hit the town on June 2, 5 people and 9 cows died.", ["2023-06-02"]),
    ],
)
def test_days_of_a_list_share_their_month(find: Find, text: str, values: list[str]) -> None:
    assert [time.value for time in find(text)] == values


def test_a_winter_with_both_its_years(find: Find) -> None:
    (time,) = find("In winter 2015-16 the city starved.")
    assert (time.text, time.value) == ("winter 2015-16", "2015-WI")
    assert (time.earliest, time.latest) == ("2015-12-01", "2016-03-20")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("It went off at about 1845 in the market.", [("2024-01-18T18:45", None)]),
        ("It fell at 7 a.m. (0500 GMT) on Dec. 1.", [("2023-12-01T07:00", None), ("2023-12-01T05:00", "GMT")]),
        ("The log says 2024-01-17T23:30Z.", [("2024-01-17T23:30", "Z")]),
        ("It began at 5:30 p.m. EST on Tuesday.", [("2024-01-16T17:30", "EST")]),
        (
            "It began at 2:30am local time (2330 GMT on Wednesday).",
            [("2024-01-17T02:30", "local time"), ("2024-01-17T23:30", "GMT")],
        ),
        ("It ended at 3 p.m. Moscow time.", [("2024-01-18T15:00", "Moscow time")]),
        ("The blast came at 14h30 on Monday.", [("2024-01-15T14:30", None)]),
    ],
)
def test_a_clock_keeps_its_zone_as_told(find: Find, text: str, told: list[tuple[str, str | None]]) -> None:
    assert [(time.value, time.zone) for time in find(text) if time.type == "TIME"] == told


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("Since 9/11 much has changed.", "9/11", "2001-09-11"),
        ("The 7/7 bombings killed commuters.", "7/7", "2005-07-07"),
        ("The 26/11 attackers came by sea.", "26/11", "2008-11-26"),
        ("Spending in FY2024-25 fell.", "FY2024-25", "2024"),
        ("Spending in FY 2022/23 fell.", "FY 2022/23", "2022"),
        ("Output fell in the last quarter of 1999.", "the last quarter of 1999", "1999-Q4"),
        ("It was the third raid in as many weeks.", "many weeks", "P3W"),
    ],
)
def test_times_known_by_numbers(find: Find, text: str, words: str, value: str) -> None:
    assert [(time.text, time.value) for time in find(text)] == [(words, value)]


@pytest.mark.parametrize("text", ["He ate 9/11 of the cake.", "She won 7/7 games."])
def test_shares_are_no_days(find: Find, text: str) -> None:
    assert all(time.type != "DATE" for time in find(text))


@pytest.mark.parametrize(
    ("text", "words", "relation", "trigger", "hours"),
    [
        ("On the eve of the invasion the border closed.", "the eve", "before", "invasion", (0, 48)),
        ("On the third day of the war the bridge fell.", "the third day", "after", "war", (48, 72)),
        ("Three weeks to the day after the raid, he left.", "Three weeks to the day", "after", "raid", (480, 528)),
        ("It is a year to the day since the coup.", "a year to the day", "after", "coup", (8742, 8790)),
    ],
)
def test_an_event_dates_what_no_calendar_does(
    find: Find, text: str, words: str, relation: str, trigger: str, hours: tuple[float, float]
) -> None:
    (time,) = find(text)
    assert time.text == words
    assert time.anchor is not None
    assert (time.anchor.relation, time.anchor.trigger.of(text)) == (relation, trigger)
    assert (time.anchor.low_hours, time.anchor.high_hours) == hours


def test_the_third_day_of_a_month_is_no_event(find: Find) -> None:
    assert all(time.anchor is None for time in find("On the third day of the month they are paid."))


def test_half_an_hour_later_is_one_time(find: Find) -> None:
    assert [time.text for time in find("Half an hour later the second bomb went off.")] == ["Half an hour later"]


def test_soft_hyphens_and_texts_without_capitals(find: Find) -> None:
    hyphened = find("The raid on Tues\u00adday killed nine in Janu\u00adary 2023.")
    assert [time.value for time in hyphened] == ["2024-01-16", "2023-01"]
    small = find("gunmen attacked the village on tuesday and fled in december, police said on monday.")
    assert [time.value for time in small] == ["2024-01-16", "2023-12", "2024-01-15"]


@pytest.mark.parametrize(
    "text", ["In the fiscal year ending March 2023 it rose.", "In the year to March 2023 it rose."]
)
def test_a_year_is_bounded_by_its_end(find: Find, text: str) -> None:
    year, month = find(text)
    assert (year.value, year.earliest, year.latest) == ("P1Y", "2022-04-01", "2023-03-31")
    assert month.value == "2023-03"


@pytest.mark.parametrize(
    ("text", "words", "year"),
    [
        ("The attack during Ramadan 2021 killed 80.", "Ramadan 2021", "2021"),
        ("They met on Eid al-Fitr 2019.", "Eid al-Fitr 2019", "2019"),
        ("He was born in Muharram 1405.", "Muharram 1405", "1984"),
    ],
)
def test_other_calendars_with_a_year_of_either_kind(find: Find, text: str, words: str, year: str) -> None:
    (time,) = find(text)
    assert time.text == words
    assert time.earliest is not None
    assert time.earliest[:4] == year
