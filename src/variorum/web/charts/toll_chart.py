"""A toll's readings over time: a lane for each speaker, a column for each figure, as high as it is large.

A range has a pale part up to its upper bound; a figure that is open above ends in an arrow. What a later figure of the
same speaker replaced is drawn hollow.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from variorum.exports import wording
from variorum.records import Reading, Toll

from .labels import shortened

_WIDTH, _LEFT, _RIGHT = 760, 214, 24
_LANE, _TALL, _TOP, _BOTTOM = 62, 34, 8, 26
_COLUMN, _GAP = 14, 74  # a column's width, and the least between two in a lane: what their labels need
_NAME = 30  # letters of a speaker that fit beside a lane
_TICKS = 6


@dataclass(frozen=True)
class Column:
    """A reading: solid from the lane's floor to `low`, pale up to `high`. `label` is the figure in words."""

    x: float
    low: float
    high: float
    is_open: bool
    is_superseded: bool
    label: str
    title: str


@dataclass(frozen=True)
class Lane:
    speaker: str
    floor: float
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class TollChart:
    """`ticks` are days along the bottom; figures whose words are undated stand to the left of them all."""

    width: int
    height: int
    left: int
    lanes: tuple[Lane, ...]
    ticks: tuple[tuple[float, str], ...]
    undated_x: float | None


def toll_chart(toll: Toll) -> TollChart | None:
    """None where fewer than two readings have a figure: one needs no chart."""
    shown = [reading for reading in toll.readings if reading.low is not None or reading.high is not None]
    if len(shown) < 2:
        return None
    most = max(1, *(value for reading in shown for value in (reading.low, reading.high) if value is not None))
    days = sorted({day for reading in shown if (day := _day(reading)) is not None})
    undated = any(_day(reading) is None for reading in shown)
    start = _LEFT + (_GAP if undated else 10)
    by_speaker: dict[str, list[Reading]] = {}
    for reading in shown:
        by_speaker.setdefault(reading.speaker or "the reporter’s own word", []).append(reading)

    def x(day: date | None) -> float:
        if day is None:
            return _LEFT + 10
        span = max(1, (days[-1] - days[0]).days)
        return start + (day - days[0]).days / span * (_WIDTH - _RIGHT - _GAP - start)

    lanes = tuple(
        _lane(number, speaker, [(x(_day(reading)), reading) for reading in readings], most)
        for number, (speaker, readings) in enumerate(by_speaker.items())
    )
    step = max(1, -(-len(days) // _TICKS))
    return TollChart(
        width=round(max(_WIDTH, *(column.x + _GAP + _RIGHT for lane in lanes for column in lane.columns))),
        height=_TOP + _LANE * len(lanes) + _BOTTOM,
        left=_LEFT,
        lanes=lanes,
        ticks=tuple((round(x(day) + _COLUMN / 2, 1), f"{day.day} {day:%b}") for day in days[::step]),
        undated_x=_LEFT + 10 if undated else None,
    )


def _lane(number: int, speaker: str, readings: Sequence[tuple[float, Reading]], most: int) -> Lane:
    floor = _TOP + _LANE * (number + 1) - 4
    columns: list[Column] = []
    for x, reading in sorted(readings, key=lambda each: each[0]):
        at = max(x, columns[-1].x + _GAP) if columns else x
        columns.append(_column(at, floor, reading, most))
    return Lane(shortened(speaker, _NAME), floor, tuple(columns))


def _column(x: float, floor: float, reading: Reading, most: int) -> Column:
    low, high = reading.low, reading.high
    least = low if low is not None else 0
    label = wording.amount(low, high, reading.words)
    told = f"{label} {reading.group or ''}".strip()
    return Column(
        x=round(x, 1),
        low=round(floor - max(2, least / most * _TALL), 1),
        high=round(floor - max(2, (high if high is not None else least) / most * _TALL), 1),
        is_open=high is None,
        is_superseded=reading.superseded_by is not None,
        label=label,
        title=f"{told}, {reading.speaker or 'the reporter’s own word'}, {reading.as_of or 'undated'}",
    )


def _day(reading: Reading) -> date | None:
    try:
        return date.fromisoformat((reading.as_of or "")[:10])
    except ValueError:
        return None
