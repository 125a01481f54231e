"""Events as a notebook shows them: a table and a small map, in HTML without script, style sheet or outside request."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from html import escape
from itertools import islice

from variorum.records import Event

from . import wording
from .shapes import point

MOST_ROWS = 50
_WIDTH, _HEIGHT, _MARGIN = 640.0, 320.0, 24.0
_STEPS = (0.1, 0.25, 0.5, 1, 2, 5, 10, 15, 30, 60)


class Events(tuple[Event, ...]):
    """Events in the order of their time; a notebook shows them as a table and a map."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return html(self)


def html(events: Sequence[Event]) -> str:
    """The first `MOST_ROWS` events as a table under a map of all whose place is told finer than a country."""
    rows = "".join(_row(event) for event in islice(events, MOST_ROWS))
    left = len(events) - MOST_ROWS
    more = f"<p>… and {left} more</p>" if left > 0 else ""
    head = "".join(f"<th>{name}</th>" for name in ("when", "event", "code", "figures", "behind it", "id"))
    return f"<div>{map_svg(events)}<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>{more}</div>"


def _row(event: Event) -> str:
    code = " · ".join(filter(None, (event.type, event.mode, wording.status(event.status))))
    figures = "; ".join(f"{wording.toll(toll)} ({wording.agreement(toll.agreement)})" for toll in event.tolls)
    cells = (wording.when(event.time), event.headline, code, figures, wording.reports(event), event.id)
    return f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"


def map_svg(events: Sequence[Event]) -> str:
    """Points on a grid of degrees, an event a dot, larger where several are; empty where none has a point. Longitudes
    are shortened by the latitude of the middle, so that shapes look as they are there; no coast is drawn."""
    found: dict[tuple[float, float], list[Event]] = {}
    for event in events:
        if (at := point(event.place)) is not None:
            found.setdefault(at, []).append(event)
    if not found:
        return ""
    view = _View(list(found))
    dots = "".join(_dot(view, at, told) for at, told in sorted(found.items()))
    style = 'font-family="sans-serif" font-size="10" fill="#666"'
    return (
        f'<svg viewBox="0 0 {_WIDTH:.0f} {_HEIGHT:.0f}" width="{_WIDTH:.0f}" role="img" '
        f'aria-label="Map of {len(found)} places">{"".join(view.grid())}'
        f"<g {style}>{''.join(view.labels())}</g>{dots}</svg>"
    )


class _View:
    """The part of the world that is drawn, and where a point of it lies on the drawing."""

    def __init__(self, points: list[tuple[float, float]]) -> None:
        lats, lons = [lat for lat, _ in points], [lon for _, lon in points]
        self._middle = ((min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2)
        self._shrink = max(0.1, math.cos(math.radians(self._middle[0])))
        high = max(max(lats) - min(lats), 1.0)
        wide = max((max(lons) - min(lons)) * self._shrink, 1.0)
        self._scale = min((_WIDTH - 4 * _MARGIN) / wide, (_HEIGHT - 4 * _MARGIN) / high)
        span = _WIDTH / self._scale
        self._step = next((step for step in _STEPS if span / step <= 12), _STEPS[-1])

    def at(self, lat: float, lon: float) -> tuple[float, float]:
        x = _WIDTH / 2 + (lon - self._middle[1]) * self._shrink * self._scale
        return x, _HEIGHT / 2 - (lat - self._middle[0]) * self._scale

    def _lines(self, middle: float, half: float, most: float) -> Iterator[float]:
        first = math.ceil((middle - half) / self._step)
        for number in range(first, math.floor((middle + half) / self._step) + 1):
            if abs(number * self._step) <= most:
                yield number * self._step

    def _parallels(self) -> Iterator[float]:
        return self._lines(self._middle[0], _HEIGHT / 2 / self._scale, 90)

    def _meridians(self) -> Iterator[float]:
        return self._lines(self._middle[1], _WIDTH / 2 / self._scale / self._shrink, 180)

    def grid(self) -> Iterator[str]:
        path = "".join(f"M0 {self.at(lat, 0)[1]:.1f}H{_WIDTH:.0f}" for lat in self._parallels())
        path += "".join(f"M{self.at(0, lon)[0]:.1f} 0V{_HEIGHT:.0f}" for lon in self._meridians())
        yield f'<path d="{path}" stroke="#ccc" stroke-width="0.5" fill="none"/>'

    def labels(self) -> Iterator[str]:
        for lat in self._parallels():
            yield f'<text x="2" y="{self.at(lat, 0)[1] - 2:.1f}">{_degrees(lat, "N", "S")}</text>'
        for lon in self._meridians():
            yield f'<text x="{self.at(0, lon)[0] + 2:.1f}" y="{_HEIGHT - 3:.1f}">{_degrees(lon, "E", "W")}</text>'


def _degrees(value: float, above: str, below: str) -> str:
    return f"{abs(value):g}°{above if value > 0 else below if value < 0 else ''}"


def _dot(view: _View, at: tuple[float, float], told: list[Event]) -> str:
    x, y = view.at(*at)
    radius = 4 + 2 * math.log2(len(told))
    title = "\n".join(event.headline for event in told[:10]) + ("\n…" if len(told) > 10 else "")
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="#b5382a" fill-opacity="0.7" stroke="#fff">'
        f"<title>{escape(title)}</title></circle>"
    )
