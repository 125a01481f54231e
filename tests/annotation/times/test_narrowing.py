"""Hours before sunrise, nights between two days, parts of a year or month, months of other calendars."""

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
    ("text", "told", "value", "earliest", "latest"),
    [
        ("The depot burned in the early hours of Tuesday.", "the early hours of Tuesday", "2024-01-16TMO",
         "2024-01-16T00:00", "2024-01-16T06:00"),
        ("Boats were seized in the small hours of 4 January.", "the small hours of 4 January", "2024-01-04TMO",
         "2024-01-04T00:00", "2024-01-04T06:00"),
        ("Two were shot in the pre-dawn hours of Monday.", "the pre-dawn hours of Monday", "2024-01-15TMO",
         "2024-01-15T00:00", "2024-01-15T07:00"),
        ("A mast fell on the night of 9-10 January.", "the night of 9-10 January", "2024-01-09TNI",
         "2024-01-09T18:00", "2024-01-10T06:00"),
        ("He was held overnight from Sunday to Monday.", "overnight from Sunday to Monday", "2024-01-14TNI",
         "2024-01-14T18:00", "2024-01-15T06:00"),
    ],
)  # fmt: skip
def test_hours_and_nights(find: Find, text: str, told: str, value: str, earliest: str, latest: str) -> None:
    (time,) = find(text)
    assert (time.text, time.type, time.value) == (told, "TIME", value)
    assert (time.earliest, time.latest) == (earliest, latest)


@pytest.mark.parametrize(
    ("text", "value", "earliest", "latest"),
    [
        ("The base closed late last year.", "2023", "2023-07-02", "2023-12-31"),
        ("The base opened in early 2019.", "2019", "2019-01-01", "2019-07-02"),
        ("It was shut in the middle of last year.", "2023", "2023-04-02", "2023-10-01"),
        ("A bridge fell late last month.", "2023-12", "2023-12-16", "2023-12-31"),
        ("A bridge fell earlier this month.", "2024-01", "2024-01-01", "2024-01-18"),
        ("The mission will end later this year.", "2024", "2024-01-18", "2024-12-31"),
        ("The base closed last year.", "2023", "2023-01-01", "2023-12-31"),
    ],
)
def test_parts_of_a_year_or_month_keep_the_value(find: Find, text: str, value: str, earliest: str, latest: str) -> None:
    (time,) = find(text)
    assert (time.value, time.earliest, time.latest) == (value, earliest, latest)


@pytest.mark.parametrize(
    ("text", "told", "month"),
    [
        ("The siege began on the first day of Muharram.", "the first day of Muharram", "2023-07"),
        ("The market was shelled in Khordad.", "Khordad", "2023-05"),
        ("The market was shelled in Ramadan last year.", "Ramadan last year", "2023-03"),
    ],
)
def test_months_of_other_calendars(find: Find, text: str, told: str, month: str) -> None:
    (time,) = find(text)
    assert time.text == told
    assert time.earliest is not None
    assert time.earliest[:7] == month


def test_a_name_is_no_month(find: Find) -> None:
    assert not find("Mehr reported that two men had drowned.")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Gunmen killed nine in Kori on Tuesday, the mayor said on Wednesday. They came at dusk.", "2024-01-16"),
        ("Two men died on Monday, police said in a statement on Tuesday. The bus was stopped at noon.", "2024-01-15"),
        ("Guns hit the port on Monday. The navy said on Tuesday that it had sunk a boat at dawn.", "2024-01-16"),
        ("A raid on Monday killed five, a doctor said on Tuesday, adding that it began at dawn.", "2024-01-15"),
        ("The envoy said on Monday that talks would go on. At dawn the shelling resumed.", "2024-01-15"),
    ],
)
def test_a_part_of_day_is_of_the_day_told_of_not_of_the_telling(find: Find, text: str, day: str) -> None:
    assert find(text)[-1].value[:10] == day
