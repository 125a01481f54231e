"""A story's events along time: a bar as wide as the date is uncertain, an arrow from an answer to what it answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from variorum.records import Event, Link

_WIDTH, _ROW, _LEFT, _TOP = 960, 30, 14, 34
_LEAST = 7.0  # a bar's least width: a moment must still be seen
_OPEN = 56.0  # how far a bar runs on, fading, towards a side that the accounts leave open
_INSIDE = 260.0  # a bar at least this wide has its label inside


@dataclass(frozen=True)
class Bar:
    event: Event
    x: float
    y: float
    width: float
    open_left: bool
    open_right: bool
    label_x: float
    anchor: str
    inside: bool


@dataclass(frozen=True)
class Arrow:
    path: str
    kind: str


@dataclass(frozen=True)
class Tick:
    x: float
    label: str


class Timeline:
    """Coordinates for an SVG. Events without any date stand in no bar; the page's list has them all the same."""

    width = _WIDTH

    def __init__(self, events: Sequence[Event], links: Sequence[Link]) -> None:
        spans = {event.id: bounds(event) for event in events}
        dated = [event for event in events if spans[event.id] is not None]
        known = [moment for span in spans.values() if span for moment in span if moment is not None]
        self.bars: list[Bar] = []
        self.arrows: list[Arrow] = []
        self.ticks: list[Tick] = []
        self.undated = len(events) - len(dated)
        self.height = _TOP + _ROW * max(1, len(dated)) + 8
        if not known:
            return
        first, last = min(known), max(known)
        pad = max((last - first) * 0.04, timedelta(hours=12))
        first, last = first - pad, last + pad
        scale = (_WIDTH - 2 * _LEFT) / (last - first).total_seconds()

        def x(moment: datetime) -> float:
            return round(_LEFT + (moment - first).total_seconds() * scale, 1)

        place: dict[str, Bar] = {}
        for row, event in enumerate(dated):
            span = spans[event.id]
            assert span is not None
            start, end = span
            left = x(start) if start else max(_LEFT, x(end) - _OPEN) if end else _LEFT
            right = x(end) if end else min(_WIDTH - _LEFT, left + _OPEN)
            width = max(right - left, _LEAST)
            inside = width >= _INSIDE
            after = left + 6 if inside else left + width + 6
            fits = inside or after < _WIDTH * 0.55
            bar = Bar(
                event=event,
                x=left,
                y=_TOP + row * _ROW,
                width=round(width, 1),
                open_left=start is None,
                open_right=end is None,
                label_x=round(after if fits else left - 6, 1),
                anchor="start" if fits else "end",
                inside=inside,
            )
            place[event.id] = bar
            self.bars.append(bar)
        for link in links:
            if link.source in place and link.target in place:
                self.arrows.append(Arrow(_curve(place[link.source], place[link.target]), link.kind))
        self.ticks = day_ticks(first, last, x)


def _curve(source: Bar, target: Bar) -> str:
    """From the start of the answer's bar back to the start of the bar that it answers."""
    x1, y1, x2, y2 = source.x, source.y + 8, target.x, target.y + 8
    bend = min(x1, x2) - 16 - abs(y1 - y2) * 0.12
    return f"M {x1} {y1} C {bend:.1f} {y1}, {bend:.1f} {y2}, {x2} {y2}"


def bounds(event: Event) -> tuple[datetime | None, datetime | None] | None:
    """The first and last moment of an event's time, None where it is open to a side; None where no time is told."""
    if event.time is None:
        return None
    start, end = _moment(event.time.earliest, last=False), _moment(event.time.latest, last=True)
    return (start, end) if start or end else None


def _moment(iso: str | None, *, last: bool) -> datetime | None:
    if iso is None:
        return None
    try:
        if "T" in iso:
            return datetime.fromisoformat(iso.replace("T24:00", "T23:59")).replace(tzinfo=None)
        parts = [int(part) for part in iso.split("-")]
        if len(parts) == 3:
            day = datetime(parts[0], parts[1], parts[2])
            return day + timedelta(days=1) if last else day
        year, month = parts[0], parts[1] if len(parts) == 2 else (12 if last else 1)
        if not last:
            return datetime(year, month, 1)
        return datetime(year + month // 12, month % 12 + 1, 1)
    except (ValueError, OverflowError):
        return None


def day_ticks(first: datetime, last: datetime, x: object) -> list[Tick]:
    """Days, weeks, months or years between two moments, at most a dozen or so, where `x` puts them."""
    assert callable(x)
    days = (last - first).days or 1
    step = next((n for n in (1, 2, 7, 14, 31, 92, 366) if days / n <= 12), max(366, days // 10))
    at, ticks = datetime.combine(first.date() + timedelta(days=1), datetime.min.time()), []
    told = first.year if first.year == last.year else None  # the year that is known to who reads the next tick
    while at <= last:
        ticks.append(Tick(x(at), _label(at.date(), step, has_year=first.year != last.year and at.year != told)))
        told = at.year
        at += timedelta(days=step)
    return ticks


def _label(day: date, step: int, *, has_year: bool) -> str:
    return f"{day:%b %Y}" if step >= 31 else f"{day.day} {day:%b %Y}" if has_year else f"{day.day} {day:%b}"
