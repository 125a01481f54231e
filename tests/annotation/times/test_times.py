"""Time expressions: spans, TIMEX3 values, bounds and anchors."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from variorum.annotation.times import find_times
from variorum.records import Block, Document, ReferenceTime, Syntax, TimeExpression

Parse = Callable[..., tuple[Document, Syntax]]
Find = Callable[..., list[TimeExpression]]

PUBLISHED = "2024-01-18"  # a Thursday


def day(text: str | None) -> ReferenceTime:
    if text is None:
        return ReferenceTime(basis="none")
    return ReferenceTime(basis="published", earliest=text, latest=text)


@pytest.fixture
def find(parse: Parse) -> Find:
    def run(text: str, published: str | None = PUBLISHED) -> list[TimeExpression]:
        document, syntax = parse(text, published=published)
        return list(find_times(document, syntax, day(published)))

    return run


def pairs(found: list[TimeExpression]) -> list[tuple[str, str]]:
    return [(item.text, item.value) for item in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It began on 18 January 2024.", ("18 January 2024", "2024-01-18")),
        ("It began on Jan. 18, 2024.", ("Jan. 18, 2024", "2024-01-18")),
        ("It began on 2024-01-18.", ("2024-01-18", "2024-01-18")),
        ("It began on the 9th of March 2019.", ("the 9th of March 2019", "2019-03-09")),
        ("It began on Tuesday, March 12.", ("Tuesday, March 12", "2024-03-12")),
        ("It began in March 2019.", ("March 2019", "2019-03")),
        ("It began in mid-2019.", ("mid-2019", "2019")),
        ("Fighting raged in the 1990s.", ("the 1990s", "199")),
        ("Exports fell in the third quarter of 2021.", ("the third quarter of 2021", "2021-Q3")),
        ("Exports fell in Q1 2023.", ("Q1 2023", "2023-Q1")),
        ("Exports fell in the second half of 2022.", ("the second half of 2022", "2022-H2")),
        ("He fled in the winter of 1994.", ("the winter of 1994", "1994-WI")),
        ("It burned for five years.", ("five years", "P5Y")),
        ("It burned for several months.", ("several months", "PXM")),
        ("It lasted an hour and a half.", ("an hour and a half", "PT1H30M")),
        ("They have met every day.", ("every day", "P1D")),
        ("They meet each Friday.", ("each Friday", "XXXX-WXX-5")),
        ("It fell twice over the past three weeks.", ("the past three weeks", "P3W")),
        ("He left late last year.", ("late last year", "2023")),
        ("He left earlier this month.", ("earlier this month", "2024-01")),
        ("He left two months ago.", ("two months ago", "2023-11")),
        ("He left last week.", ("last week", "2024-W02")),
        ("He left last night.", ("last night", "2024-01-17TNI")),
        ("He left this morning.", ("this morning", "2024-01-18TMO")),
        ("He left at 5 p.m. on Tuesday.", ("5 p.m. on Tuesday", "2024-01-16T17:00")),
        ("He left over the weekend.", ("the weekend", "2024-W02-WE")),
        ("It burned for twenty four hours.", ("twenty four hours", "PT24H")),
        ("It burned for sixty-five days.", ("sixty-five days", "P65D")),
        ("It stood for two hundred years.", ("two hundred years", "P200Y")),
        ("He fled in nineteen ninety-one.", ("nineteen ninety-one", "1991")),
        ("He is now abroad.", ("now", "PRESENT_REF")),
        ("He has recently returned.", ("recently", "PAST_REF")),
    ],
)
def test_value_and_span(find: Find, text: str, expected: tuple[str, str]) -> None:
    assert expected in pairs(find(text))


def test_a_weekday_is_the_nearest_that_the_tense_allows(find: Find) -> None:
    assert pairs(find("Rockets fell on the town on Thursday.")) == [("Thursday", "2024-01-18")]
    assert pairs(find("Rockets fell on the town on Monday.")) == [("Monday", "2024-01-15")]
    assert pairs(find("The minister will travel on Monday.")) == [("Monday", "2024-01-22")]
    assert pairs(find("The two are expected to meet on Monday.")) == [("Monday", "2024-01-22")]


def test_both_ends_of_a_range_are_expressions(find: Find) -> None:
    assert pairs(find("The talks ran from 16–18 January.")) == [("16", "2024-01-16"), ("18 January", "2024-01-18")]
    assert pairs(find("It was shut between Monday and Wednesday.")) == [
        ("Monday", "2024-01-15"),
        ("Wednesday", "2024-01-17"),
    ]
    assert pairs(find("Clashes on June 3-5, 2021 killed two.")) == [("June 3", "2021-06-03"), ("5, 2021", "2021-06-05")]


def test_a_day_earlier_counts_from_the_last_day_told(find: Find) -> None:
    found = find("The port was shelled on 9 January. A day earlier, the army had left. The next day it returned.")
    assert [value for _, value in pairs(found)] == ["2024-01-09", "2024-01-08", "2024-01-09"]


def test_names_and_verbs_are_no_times(find: Find) -> None:
    assert find("May Karlsen may march second, and prices fall; the springs are dry.") == []
    assert find("The 45-year-old is 45 years old.") == []


def test_numbers_of_other_things_are_no_years(find: Find) -> None:
    assert find("He lives at 1915 Birch Street, in the 1900 block; call 555-1972. About 2000 people came.") == []


def test_telex_dates_and_hours(find: Find) -> None:
    found = find("NORTHPORT, 3 JAN 90 -- A bomb went off at 2230 on 2 January, near the harbour.", "1990-01-03")
    assert pairs(found) == [("3 JAN 90", "1990-01-03"), ("2230 on 2 January", "1990-01-02T22:30")]


def test_what_came_later_than_an_undated_event_is_open(find: Find) -> None:
    assert pairs(find("He was jailed. Two years later he fled.")) == [("Two years later", "XXXX")]


def test_an_hour_told_in_two_zones_has_one_day(find: Find) -> None:
    found = find("It took off at 2:30 a.m. local time (2300 GMT) on Tuesday.")
    assert [item.value for item in found] == ["2024-01-16T02:30", "2024-01-16T23:00", "2024-01-16"]


def test_numeric_dates_follow_the_documents_own_evidence(find: Find) -> None:
    assert pairs(find("Shot on 02/03/2024."))[0][1] == "2024-XX-XX"
    assert [v for _, v in pairs(find("Shot on 02/03/2024 and 25/03/2024."))] == ["2024-03-02", "2024-03-25"]
    assert [v for _, v in pairs(find("Shot on 02/03/2024 and 03/25/2024."))] == ["2024-02-03", "2024-03-25"]


def test_undated_text_leaves_open_what_only_publication_would_tell(find: Find) -> None:
    text = "On Thursday the army moved. By 18 January it had left, and last week was calm. It rained yesterday."
    found = find(text, published=None)
    assert [item.value for item in found] == ["XXXX-WXX-4", "XXXX-01-18", "XXXX-WXX", "XXXX-XX-XX"]
    assert all(item.earliest is None and item.latest is None for item in found)


def test_undated_story_carries_its_own_year(find: Find) -> None:
    text = "The siege began on 5 March 1942. In April it failed. On 12 May they regrouped; the next day they left."
    assert [item.value for item in find(text, published=None)] == ["1942-03-05", "1942-04", "1942-05-12", "1942-05-13"]


def test_a_family_range_gives_a_value_only_where_it_is_the_same_for_all(parse: Parse) -> None:
    document, syntax = parse("He left on Wednesday and is back today.")
    reference = ReferenceTime(basis="family", earliest="2024-01-18", latest="2024-01-19", documents=("a", "b"))
    wednesday, today = find_times(document, syntax, reference)
    assert (wednesday.value, wednesday.earliest, wednesday.latest) == ("2024-01-17", "2024-01-17", "2024-01-17")
    assert (today.value, today.earliest, today.latest) == ("XXXX-XX-XX", "2024-01-18", "2024-01-19")


def test_an_entry_counts_from_its_own_moment(parse: Parse) -> None:
    text = "The bridge was hit yesterday."
    block = Block(start=0, end=len(text), kind="entry", moment="2024-01-10T08:00:00+00:00")
    document, syntax = parse(text, blocks=(block,))
    assert [item.value for item in find_times(document, syntax, day(PUBLISHED))] == ["2024-01-09"]


def test_blocks_that_are_not_read_tell_no_time(parse: Parse) -> None:
    text = "Thu 18 January 2024"
    document, syntax = parse(text, blocks=(Block(start=0, end=len(text), kind="date"),))
    assert find_times(document, syntax, day(PUBLISHED)) == ()


@pytest.mark.parametrize(
    ("text", "words", "relation", "trigger", "hours"),
    [
        ("It came a little over 24 hours after the strikes.", "a little over 24 hours", "after", "strikes", (24, 36)),
        ("They met hours before the rebels' attack.", "hours", "before", "attack", (1, 24)),
        ("It came a day after the army launched air strikes.", "a day", "after", "launched air strikes", (0, 48)),
        ("Two days into the truce, shells fell.", "Two days", "during", "truce", (24, 72)),
        ("They fled almost two weeks before troops entered.", "almost two weeks", "before", "entered", (252, 336)),
        ("Police arrested him within 12 hours of the bombing.", "12 hours", "after", "bombing", (0, 12)),
        ("He resigned more than three days after the vote.", "more than three days", "after", "vote", (72, None)),
        ("Looting began the day after the election.", "the day", "after", "election", (0, 48)),
    ],
)  # fmt: skip
def test_times_told_from_an_event(
    find: Find, text: str, words: str, relation: str, trigger: str, hours: tuple[float, float | None]
) -> None:
    found = next(item for item in find(text) if item.text == words)
    assert found.anchor is not None
    assert found.anchor.relation == relation
    assert found.anchor.trigger.of(text) == trigger
    assert (found.anchor.low_hours, found.anchor.high_hours) == hours


def test_months_of_other_calendars_are_bounded_by_their_uncertainty(find: Find) -> None:
    hijri, persian = find("Clashes broke out on 15 Ramadan 1445 and on 22 Bahman 1357.")
    assert (hijri.earliest, hijri.latest, hijri.value) == ("2024-03-23", "2024-03-27", "2024-03-XX")
    assert (persian.earliest, persian.latest) == ("1979-02-10", "1979-02-12")


def test_an_hour_without_its_half_of_the_day_may_be_either(find: Find) -> None:
    (found,) = find("Sirens sounded at 7:15 Tuesday.")
    assert (found.earliest, found.latest) == ("2024-01-16T07:15", "2024-01-16T19:15")


@pytest.mark.parametrize(
    ("text", "words", "value", "earliest", "latest"),
    [
        ("The army shelled Goma at dawn on Wednesday.", "dawn on Wednesday", "17TMO", "17T04:00", "17T08:00"),
        ("The army shelled Goma before dawn on Wednesday.", "dawn on Wednesday", "17TMO", "17T00:00", "17T08:00"),
        ("They struck before sunrise on Thursday.", "sunrise on Thursday", "18TMO", "18T00:00", "18T08:00"),
        ("The raid will end by dusk on Monday.", "dusk on Monday", "22TEV", "22T00:00", "22T21:00"),
        ("It fell after sunset on Monday.", "sunset on Monday", "15TEV", "15T16:00", "15T23:59"),
        ("It fell on Monday morning.", "Monday morning", "15TMO", "15T06:00", "15T12:00"),
        ("They struck shortly before 6 a.m. on Monday.", "6 a.m. on Monday", "15T06:00", "15T00:00", "15T06:00"),
        ("They struck after 6 p.m. on Monday.", "6 p.m. on Monday", "15T18:00", "15T18:00", "15T23:59"),
        ("They struck after midnight on Monday.", "midnight on Monday", "15T24:00", "15T00:00", "15T06:00"),
        ("They struck at midnight on Monday.", "midnight on Monday", "15T24:00", "15T00:00", "16T00:00"),
        ("They had left by Monday night.", "Monday night", "15TNI", "15T00:00", "16T06:00"),
        ("They left after Monday night.", "Monday night", "15TNI", "15T18:00", "16T06:00"),
    ],
)
def test_prepositions_open_times_of_day_within_the_day(
    find: Find, text: str, words: str, value: str, earliest: str, latest: str
) -> None:
    (found,) = find(text)
    assert (found.text, found.value) == (words, f"2024-01-{value}")
    assert (found.earliest, found.latest) == (f"2024-01-{earliest}", f"2024-01-{latest}")


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("The garrison surrendered before 5 March 2019.", None, "2019-03-05"),
        ("The garrison had surrendered by March 2019.", None, "2019-03-31"),
        ("The garrison will hold out until Monday.", None, "2024-01-22"),
        ("The garrison left prior to Monday.", None, "2024-01-15"),
        ("The garrison left after Monday.", "2024-01-15", None),
        ("The garrison has starved since 2019.", "2019-01-01", None),
        ("The garrison starved from Monday.", "2024-01-15", None),
        ("The garrison left on Monday.", "2024-01-15", "2024-01-15"),
        ("The garrison did not leave until 5 March 2019.", "2019-03-05", "2019-03-05"),
        ("The garrison left after Monday's raid.", "2024-01-15", "2024-01-15"),
        ("The garrison left after the March 2019 truce.", "2019-03-01", "2019-03-31"),
        ("Footage from Monday shows the garrison.", "2024-01-15", "2024-01-15"),
    ],
)
def test_prepositions_open_dates(find: Find, text: str, earliest: str | None, latest: str | None) -> None:
    (found,) = find(text)
    assert (found.earliest, found.latest) == (earliest, latest)


def test_after_a_midnight_of_no_day_is_either_night(find: Find) -> None:
    found = find("On Monday the convoy left. It was hit after midnight.")[-1]
    assert (found.earliest, found.latest) == ("2024-01-15T00:00", "2024-01-16T06:00")


def test_a_preposition_opens_the_hull_of_a_family_range(parse: Parse) -> None:
    document, syntax = parse("The convoy was hit before dawn today.")
    reference = ReferenceTime(basis="family", earliest="2024-01-18", latest="2024-01-19", documents=("a", "b"))
    found = find_times(document, syntax, reference)
    assert all(item.earliest and item.earliest.startswith("2024-01-18") for item in found)
    assert found[0].latest == "2024-01-19T08:00"


def test_the_month_of_another_calendar_is_one_time(find: Find) -> None:
    found = find("Hundreds died in the month of Ramadan.")
    assert [(time.text, time.value) for time in found] == [("the month of Ramadan", "2023-XX")]


def test_a_financial_year_may_begin_before_and_end_after_the_year(find: Find) -> None:
    time = find("In fiscal 2022, aid was cut.")[0]
    assert (time.value, time.earliest, time.latest) == ("2022", "2021-07-01", "2023-03-31")
