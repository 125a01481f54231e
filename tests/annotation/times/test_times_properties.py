"""What holds of every text: exact offsets, bounds that fit their values, no crash, the same answer twice."""

from __future__ import annotations

import re
from datetime import date

from hypothesis import example, given, settings
from hypothesis import strategies as st

from variorum.annotation.times import find_times
from variorum.annotation.times.values import bounds_of, day_value, easter, shift_months, week_value
from variorum.records import Block, Document, ReferenceTime, Syntax, TimeExpression

_VOCABULARY = """
the a last next this past on in at of and to – - , . ( ) / 16 18 99 31 0000 2000 2024 1900s '80s 1e400 100000
99/99/9999 02/03/2024 0000-00-00 9999-12-31 2024-02-30 Jan. May March 31st February Monday Thursdays night
midnight noon 24:00 99:99 5 p.m. GMT days day years year ago earlier later before after hours weeks quarter
third first half fiscal summer weekend yesterday tonight Ramadan Bahman 1445 Easter every each more than a
little about several few couple million thousand twenty four century decade now recently 1 ½ Q3
"""
_WORDS = _VOCABULARY.split()

_NONE = ReferenceTime(basis="none")
_REFERENCES = st.sampled_from(
    [
        _NONE,
        ReferenceTime(basis="published", earliest="2024-01-18", latest="2024-01-18"),
        ReferenceTime(basis="published", earliest="2024-02-29T09:30:00+05:00", latest="2024-02-29T09:30:00+05:00"),
        ReferenceTime(basis="published", earliest="2024-01", latest="2024-01"),
        ReferenceTime(basis="published", earliest="0001-01-01", latest="0001-01-01"),
        ReferenceTime(basis="published", earliest="9999-12-31", latest="9999-12-31"),
        ReferenceTime(basis="published", earliest="no date", latest="no date"),
        ReferenceTime(basis="family", earliest="2024-01-18", latest="2024-01-20"),
        ReferenceTime(basis="family", earliest="2023-01-18", latest="2024-01-20"),
    ]
)
_TEXTS = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(_WORDS), max_size=14).map(" ".join))
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d)?")


def times_of(text: str, reference: ReferenceTime) -> tuple[TimeExpression, ...]:
    blocks = (Block(start=0, end=len(text), kind="body"),) if text else ()
    document = Document(id="d", page="p", source="s", text=text, blocks=blocks)
    return find_times(document, Syntax((), ()), reference)


@settings(max_examples=400, deadline=None)
@given(_TEXTS, _REFERENCES)
@example("99/99/9999 1e400 hours 0000-00-00 100000 years ago", _NONE)
@example("January 1445 Ramadan 1600", _NONE)
def test_any_text_gives_exact_spans_and_ordered_bounds(text: str, reference: ReferenceTime) -> None:
    found = times_of(text, reference)
    assert found == times_of(text, reference)
    end = 0
    for item in found:
        assert end <= item.start < item.end <= len(text)
        assert text[item.start : item.end] == item.text
        assert item.text == item.text.strip()
        end = item.end
        for bound in (item.earliest, item.latest):
            assert bound is None or _ISO.fullmatch(bound)
            assert bound is None or date.fromisoformat(bound[:10])
        if item.earliest and item.latest:
            assert item.earliest <= item.latest


@given(st.dates())
def test_the_bounds_of_a_day_lie_within_those_of_all_that_hold_it(day: date) -> None:
    text = day_value(day)
    year = text[:4]
    holders = [
        text[:7],
        year,
        year[:3],
        year[:2],
        f"{year}-Q{(day.month + 2) // 3}",
        f"{year}-H{(day.month + 5) // 6}",
        week_value(day),
        f"{text[:7]}-XX",
    ]
    low, high = bounds_of(text)
    assert (low, high) == (text, text)
    for holder in holders:
        earliest, latest = bounds_of(holder)
        assert earliest is None or earliest <= text, holder
        assert latest is None or text <= latest, holder
    for part in ("MO", "AF", "EV", "NI", "07:15"):
        earliest, latest = bounds_of(f"{text}T{part}")
        assert earliest is not None
        assert earliest.startswith(text)
        assert latest is None or earliest <= latest


@given(st.text(alphabet="0123456789-XWQHSPUFAITMOENR:", max_size=12))
def test_bounds_of_any_string_are_a_pair(value: str) -> None:
    earliest, latest = bounds_of(value)
    assert earliest is None or latest is None or earliest <= latest


@given(st.dates(), st.integers(-(10**6), 10**6))
def test_shifting_months_keeps_the_calendar(day: date, months: int) -> None:
    moved = shift_months(day, months)
    assert moved is None or (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months


def test_easter_sundays() -> None:
    assert [easter(year) for year in (1998, 2000, 2024)] == [date(1998, 4, 12), date(2000, 4, 23), date(2024, 3, 31)]
