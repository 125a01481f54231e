"""Bounds as intervals of hours, and sentences made of coded fields."""

from __future__ import annotations

from datetime import date, timedelta
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.reconciliation.headlines import headline
from variorum.reconciliation.moments import DAY, Interval, hours, iso, later
from variorum.records import EventPlace, EventTime, Participant

days = st.dates(date(1900, 1, 1), date(2100, 1, 1))


@given(days, st.integers(0, 23), st.integers(0, 59), st.booleans())
def test_an_hour_survives_the_way_there_and_back(day: date, hour: int, minute: int, end: bool) -> None:
    at = hours(f"{day.isoformat()}T{hour:02d}:{minute:02d}", end=end)
    assert at is not None
    assert hours(iso(at, end=end), end=end) == at


@given(days, st.integers(-50, 50), st.integers(0, 50))
def test_what_is_counted_from_another_event_is_told_in_whole_days(day: date, low: int, more: int) -> None:
    morning = Interval.of(f"{day.isoformat()}T06:00", f"{day.isoformat()}T12:00")
    assert morning is not None
    moved = morning.moved(low, low + more)
    assert moved.low <= morning.low + low
    assert moved.high >= morning.high + low + more
    assert "T" not in f"{iso(moved.low, end=False)}{iso(moved.high, end=True)}"


@given(days, st.integers(1, 60))
def test_days_apart_do_not_meet_and_a_day_is_in_its_month(day: date, apart: int) -> None:
    one = Interval.of(day.isoformat(), day.isoformat())
    other_day = (day + timedelta(days=apart)).isoformat()
    other = Interval.of(other_day, other_day)
    month = Interval.of(day.isoformat()[:7], day.isoformat()[:7])
    assert one is not None
    assert other is not None
    assert month is not None
    assert one.meet(other) is None
    assert one.gap(other) == (apart - 1) * DAY
    assert month.meet(one) == one


def test_open_and_broken_bounds() -> None:
    assert Interval.of(None, None) is None
    assert Interval.of("2031-03-06", "2031-03-04") is None
    assert hours("XXXX-03-04", end=False) is None
    assert hours("2031-02-30", end=False) is None
    open_end = Interval.of("2031-03-04", None)
    assert open_end is not None
    assert open_end.high == inf
    assert iso(inf, end=True) is None


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("2031-03-05", "2031-03-04", True),
        ("2031-03-04", "2031-03-04", False),
        ("2031-03-04T18:00", "2031-03-04T09:00", True),
        ("2031-03-04T18:00", "2031-03-04", False),
        ("2031-03-04T01:00+05:00", "2031-03-03T21:00+00:00", False),
        (None, "2031-03-04", False),
    ],
)
def test_which_words_are_certainly_later(one: str | None, other: str, expected: bool) -> None:
    assert later(one, other) is expected


def place() -> EventPlace:
    return EventPlace(
        name="Marrow", country="FR", geonameid=1, lat=None, lon=None, precision="city", agreement="agreed"
    )


def time(earliest: str | None, latest: str | None) -> EventTime:
    return EventTime(earliest=earliest, latest=latest, agreement="agreed")


def test_headlines_say_no_more_than_is_coded() -> None:
    ostland, westmark = Participant(name="Ostland", key="O"), Participant(name="Westmark", key="W")
    both = ((ostland,), (westmark,))
    assert headline(("ASSAULT", "aerial"), "actual", both, (place(), time("2031-03-04", "2031-03-05"))) == (
        "Ostland struck Westmark in Marrow (France) on 4 or 5 March 2031"
    )
    assert headline(("ASSAULT", None), "negated", ((ostland,), ()), (None, None)) == "Ostland did not attack"
    assert headline(("CONSULT", "visit"), "future", both, (None, None)) == "Ostland is to meet Westmark"
    assert headline(("ASSAULT", "explosives"), "actual", ((), ()), (None, time(None, "2031-03-04"))) == "Bomb attack"
    assert headline(("CONSULT", "visit"), "actual", (both[0], both[0]), (None, None)) == "Ostland was on a visit"
    attack = headline(("ASSAULT", None), "negated", ((ostland,), (westmark,)), (None, None), denier="Ostland")
    assert attack == "Ostland denied any attack on Westmark"
    assert headline(("ASSAULT", None), "negated", ((), (westmark,)), (None, None)) == "Denied: attack on Westmark"
    army = Participant(name="Ostland's army", key="O:MIL", country="OST", sector="MIL")
    state = Participant(name="Ostland", key="O:GOV", country="OST", sector="GOV")
    assert headline(("ASSAULT", None), "actual", ((state, army), both[1]), (None, None)) == "Ostland attacked Westmark"
    villagers = Participant(name="villagers", key="W:CVL:villager", country="FRA", sector="CVL")
    france = Participant(name="France", key="FRA:GOV", country="FRA", sector="GOV")
    both_told = headline(("ASSAULT", "firearms"), "actual", ((ostland,), (france, villagers)), (None, None))
    assert both_told == "Ostland shot at villagers"
    crowd = tuple(Participant(name=name, key=name) for name in ("Suda", "Ebla", "Tarn", "Marrow"))
    assert headline(("AGREE", None), "actual", (crowd, ()), (None, None)) == (
        "Suda, Ebla and 2 others reached an agreement"
    )
    assert headline(("NEW", None), "actual", both, (None, None)) == "Ostland (New) acted on Westmark"
