"""A toll's readings on one axis of people: a dot for an exact figure, a bar for a range, an arrow where it is open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from variorum.exports import wording
from variorum.records import Reading, Toll

_LEFT, _RIGHT, _ROW, _TOP = 210, 560, 24, 10


@dataclass(frozen=True)
class Mark:
    speaker: str
    label: str
    y: int
    x: float
    width: float
    open_left: bool
    open_right: bool
    superseded: bool


class TollChart:
    """Coordinates for an SVG of `width` × `height`; readings that give no number at all have no mark."""

    width = 640

    def __init__(self, toll: Toll) -> None:
        shown = [reading for reading in toll.readings if reading.low is not None or reading.high is not None]
        most = max(
            (value for reading in shown for value in (reading.low, reading.high) if value is not None), default=0
        )
        self._scale = (_RIGHT - _LEFT) / max(1, most)
        self.marks = [self._mark(row, reading) for row, reading in enumerate(shown)]
        self.height = _TOP + _ROW * len(self.marks) + 22
        self.axis_y = self.height - 18
        self.left = _LEFT
        self.ticks = list(self._ticks(most))

    def _x(self, value: int) -> float:
        return round(_LEFT + value * self._scale, 1)

    def _mark(self, row: int, reading: Reading) -> Mark:
        low = reading.low if reading.low is not None else 0
        high = reading.high if reading.high is not None else low
        speaker = reading.speaker or "reporter’s own word"
        return Mark(
            speaker=speaker if len(speaker) <= 28 else speaker[:27] + "…",
            label=wording.amount(reading.low, reading.high, reading.words),
            y=_TOP + row * _ROW + 10,
            x=self._x(low),
            width=round(self._x(high) - self._x(low), 1),
            open_left=reading.low is None,
            open_right=reading.high is None,
            superseded=reading.superseded_by is not None,
        )

    def _ticks(self, most: int) -> Iterator[tuple[float, int]]:
        step = next((n * 10**power for power in range(12) for n in (1, 2, 5) if most <= 6 * n * 10**power), 1)
        for value in range(0, most + 1, step):
            yield self._x(value), value
