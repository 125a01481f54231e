"""What the shapes ask of an event: days, precision, sides, the dead."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.exports.shapes import Sides, date_prec, days, deaths, point, priogrid, sides, where_prec
from variorum.records import Reading
from variorum.world.state_codes import state_numbers
from variorum.world.states import States

from .made import ARMY, FOES, REBELS, VILLAGERS, event, killed, party, place, reading, when


@pytest.mark.parametrize(
    ("earliest", "latest", "precision", "year"),
    [
        ("2031-05-05", "2031-05-05", 1, 2031),
        ("2031-05-05T06:00", "2031-05-05T12:00", 1, 2031),
        ("2031-05-05", "2031-05-08", 2, 2031),
        ("2031-05-05", "2031-05-11", 3, 2031),
        ("2031-05", "2031-05", 4, 2031),
        ("2031-05-01", "2031-05-31", 4, 2031),
        ("2031", "2031", 5, 2031),
        ("2030-12-31", "2031-01-01", 2, None),
        (None, "2031-05-05", None, None),
        ("2031-05-05", None, None, None),
    ],
)
def test_a_date_is_no_finer_than_told(
    earliest: str | None, latest: str | None, precision: int | None, year: int | None
) -> None:
    found = days(when(earliest, latest))
    assert (date_prec(found), found.year) == (precision, year)


def test_a_country_has_no_point() -> None:
    assert point(place("city")) == (36.2, 44.01)
    assert point(place("country")) is None
    assert [where_prec(place(each)) for each in ("site", "city", "admin1", "country", "unknown")] == [1, 1, 4, 6, None]


@pytest.mark.parametrize(
    ("lat", "lon", "cell"),
    [(-90, -180, 1), (-89.75, -179.75, 1), (-89.75, -179.25, 2), (-89.25, -179.75, 721), (90, 180, 259200)],
)
def test_grid_counts_from_the_south_west(lat: float, lon: float, cell: int) -> None:
    assert priogrid(lat, lon) == cell


def test_sides() -> None:
    def of(actors: tuple = (), recipients: tuple = ()) -> Sides:  # type: ignore[type-arg]
        return sides(event(1, participants_actor=actors, participants_recipient=recipients))

    assert of((ARMY,), (REBELS,)) == Sides(
        violence=1, a=("Government of Iraq",), b=("Tarn Front",), state_a=("IRQ",), state_b=()
    )
    turned = of((REBELS,), (ARMY, VILLAGERS))
    assert (turned.violence, turned.a, turned.b) == (1, ("Government of Iraq",), ("Tarn Front",))
    assert of((ARMY,), (FOES,)).state_b == ("IRN",)
    other = party("Hill Militia", None, "PRM")
    assert of((REBELS,), (other,)).violence == 2
    assert (of((ARMY,), (VILLAGERS,)).violence, of((ARMY,), (VILLAGERS,)).b) == (3, ("Civilians",))
    assert of((), (VILLAGERS,)).violence is None
    gunmen = party("gunmen", None, "UAF")
    assert of((gunmen, REBELS), (ARMY,)).b == ("Tarn Front",)
    assert of((gunmen,), (ARMY,)).b == ("gunmen",)


def test_things_are_no_side_and_nobody_is_on_both() -> None:
    house = party("a house", "IRQ", None)
    hit = sides(event(1, participants_recipient=(house,)))
    assert (hit.violence, hit.a, hit.b) == (None, ("Government of Iraq",), ())
    crowd = sides(event(1, participants_actor=(VILLAGERS,), participants_recipient=(ARMY,)))
    assert (crowd.violence, crowd.a, crowd.b) == (None, ("villagers",), ("Government of Iraq",))
    unknown = sides(event(1, participants_actor=(), participants_recipient=(VILLAGERS, house)))
    assert (unknown.a, unknown.b) == ((), ("Civilians",))
    own = party("Norland police", "IRQ", "COP")
    both = sides(event(1, participants_recipient=(own, REBELS)))
    assert (both.violence, both.a, both.b) == (1, ("Government of Iraq",), ("Tarn Front",))
    assert sides(event(1, participants_recipient=(own,))).violence is None


def told(*readings: Reading, agreement: str = "agreed") -> tuple[int, int | None, int | None] | None:
    found = deaths(event(1, tolls=(killed(*readings, agreement=agreement),)))
    return (found.low, found.high, found.best) if found else None


def test_deaths_are_never_averaged() -> None:
    assert told(reading(5, 5)) == (5, 5, 5)
    assert told(reading(5, 5, "a"), reading(9, 9, "b"), agreement="disputed") == (5, 9, None)
    assert told(reading(5, 5, "a"), reading(9, 9, "b")) == (5, 9, None)
    assert told(reading(5, None, "a"), reading(9, 9, "b")) == (5, None, 9)
    assert told(reading(None, 20, "a")) == (0, 20, None)
    assert told(reading(5, None, "a"), reading(7, None, "b")) == (5, None, 7)
    assert told(reading(0, 0, "a")) is None
    old = reading(30, 30, "a", superseded_by="r-2")
    assert told(old, reading(5, 5, "a", id="r-2")) == (5, 5, 5)


def test_groups_that_exclude_one_another_are_added() -> None:
    soldiers, fighters = reading(2, 2, group="soldiers"), reading(6, 6, group="militants")
    found = deaths(event(1, tolls=(killed(soldiers, fighters),)))
    assert found is not None
    assert (found.low, found.high, found.best, found.state, found.armed, found.civilian) == (8, 8, 8, 2, 6, None)
    assert told(reading(2, 2, group="women"), reading(3, 3, group="children")) == (2, 3, None)


def test_a_group_is_a_part_where_another_reading_counts_all() -> None:
    whole, militants = reading(9, 9, "the mayor"), reading(2, None, "the army", group="militants")
    assert told(reading(3, None, "a doctor", group="children"), whole) == (9, 9, 9)
    assert told(reading(2, 2, "the mayor", group="soldiers"), whole) == (9, 9, 9)
    assert told(militants, whole) == (2, None, 9)  # all that the army gives
    assert told(militants, whole, agreement="disputed") == (2, None, None)


def test_dead_of_a_kind_are_those_of_whom_the_text_says_so() -> None:
    parts = (reading(2, 2, group="children"), reading(1, 1, group="women"))
    found = deaths(event(1, tolls=(killed(reading(7, 7, parts=parts)),)))
    assert found is not None
    assert (found.best, found.civilian, found.state) == (7, 2, None)
    only = deaths(event(1, tolls=(killed(reading(2, 2, group="children")),)))
    assert only is not None
    assert (only.best, only.civilian) == (2, 2)


def test_casualties_are_not_dead() -> None:
    assert deaths(event(1, tolls=(killed(reading(9, 9), kind="casualties"),))) is None


_bounds = st.tuples(st.integers(0, 50), st.one_of(st.none(), st.integers(0, 50))).map(
    lambda pair: (pair[0], None if pair[1] is None else max(pair[0], pair[1]))
)


@given(st.lists(_bounds, min_size=1, max_size=5))
def test_best_contradicts_no_account(bounds: list[tuple[int, int | None]]) -> None:
    readings = [reading(low, high, f"s{n}", id=f"r{n}") for n, (low, high) in enumerate(bounds)]
    found = deaths(event(1, tolls=(killed(*readings),)))
    if found is None:
        assert all(high == 0 for _, high in bounds)
        return
    assert found.low == min(low for low, _ in bounds)
    assert found.high is None or all(high is not None and high <= found.high for _, high in bounds)
    if found.best is not None:
        assert all(low <= found.best and (high is None or found.best <= high) for low, high in bounds)


def test_numbers_of_states() -> None:
    assert state_numbers("DEU") == (276, 255, 260)
    assert state_numbers("XKX").iso is None
    assert (state_numbers("EGY").region, state_numbers("DZA").region, state_numbers("ABW").region) == (
        "Middle East", "Africa", None,
    )  # fmt: skip
    assert state_numbers(None) == (None, None, None)
    large = [state for state in States.load() if state.iso3 and state.population > 1_000_000]
    lacking = {state.iso3 for state in large if state_numbers(state.iso3).cow is None}
    assert lacking <= {"PSE", "HKG", "PRI"}  # in neither list of states
