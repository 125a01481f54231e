"""A story's events along time: a row each, a bar as wide as the date is uncertain and as high as the event is intense.

Places along the bar of time are shares of it, from 0 to 1, so that whoever zooms lays the same bars out anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from variorum.exports import wording
from variorum.exports.html.timeline import Tick, bounds, day_ticks
from variorum.records import Event, Link, LinkKind

from .labels import LETTER, shortened

WIDTH, LEFT, RIGHT = 1000, 16, 16
ROW, TOP = 24, 30
_LEAST = 6.0  # a bar's least width: a moment must still be seen
_OPEN = 40.0  # how far a bar runs on, fading, towards a side that the accounts leave open
_LOW, _HIGH = 5, 17  # heights of the least and the most intense bar
_LETTERS, _FEWEST = 90, 24  # of a label at most, and at least, whatever room it has
_MARKS = 8  # letters that its score and the mark of a dispute take
_EDGE = 20  # of all moments one in so many, at either end, may lie beyond what is drawn …
_FAR = 5.0  # … where all of them together take so many times the stretch of the others


@dataclass(frozen=True)
class Bar:
    """An event in its row. `start` and `end` are shares of the whole time; `x` and `width` are where the bar lies
    unzoomed, `middle` its height in the drawing. `side` is the sign of its score, "none" where it has none."""

    event: str
    headline: str
    title: str
    start: float
    end: float
    is_open_left: bool
    is_open_right: bool
    x: float
    width: float
    middle: float
    height: float
    side: str
    score: str
    has_happened: bool
    is_disputed: bool
    label_x: float
    anchor: str


@dataclass(frozen=True)
class Arrow:
    """From an answer's bar, by number, to the one that it answers."""

    source: int
    target: int
    kind: LinkKind
    path: str
    words: str


@dataclass(frozen=True)
class Timeline:
    """`first` and `last` are seconds since 1970 in UTC. `beyond` events lie before or after all that is drawn: their
    bars stand at its edges, as open ones do."""

    bars: tuple[Bar, ...]
    arrows: tuple[Arrow, ...]
    ticks: tuple[Tick, ...]
    undated: int
    first: float
    last: float
    height: int
    beyond: int = 0


_HAPPENED = frozenset({"actual", "ongoing", "historical"})


def timeline(
    events: Sequence[Event], links: Sequence[Link], scores: Mapping[str, float | None], disputed: frozenset[str]
) -> Timeline:
    """Events in the order that they are given in; those without any date have no row. `scores` are PLOVER's by event
    id, `disputed` the ids of events in dispute."""
    spans = [(event, span) for event in events if (span := bounds(event)) is not None]
    known = [moment for _, span in spans for moment in span if moment is not None]
    if not known:
        return Timeline((), (), (), len(events), 0, 0, TOP)
    first, last = _stretch(known)
    pad = max((last - first) * 0.03, timedelta(hours=12))
    first, last = first - pad, last + pad
    whole = (last - first).total_seconds()
    inner = WIDTH - LEFT - RIGHT

    def share(moment: datetime) -> float:
        return min(1.0, max(0.0, (moment - first).total_seconds() / whole))

    bars: list[Bar] = []
    for row, (event, (start, end)) in enumerate(spans):
        left = share(start) if start else max(0.0, share(end) - _OPEN / inner) if end else 0.0
        right = share(end) if end else min(1.0, left + _OPEN / inner)
        x, width = LEFT + left * inner, max((right - left) * inner, _LEAST)
        score = scores.get(event.id)
        before, after = x - 8, WIDTH - (x + width + 8)
        behind = after >= min(before, WIDTH * 0.38)
        letters = max(_FEWEST, min(_LETTERS, int((after if behind else before) / LETTER) - _MARKS))
        bars.append(
            Bar(
                event=event.id,
                headline=shortened(event.headline, letters),
                title=f"{event.headline}: {wording.when(event.time)}",
                start=round(left, 5),
                end=round(right, 5),
                is_open_left=start is None or start < first,
                is_open_right=end is None or end > last,
                x=round(x, 1),
                width=round(width, 1),
                middle=TOP + row * ROW + ROW / 2,
                height=_height(score),
                side="none" if score is None else "conflict" if score < 0 else "cooperation",
                score="" if score is None else wording.score(score),
                has_happened=event.status in _HAPPENED,
                is_disputed=event.id in disputed,
                label_x=round(x + width + 8 if behind else x - 8, 1),
                anchor="start" if behind else "end",
            )
        )
    utc = datetime(1970, 1, 1)
    return Timeline(
        bars=tuple(bars),
        arrows=tuple(_arrows(bars, links, {event.id: event.headline for event in events})),
        ticks=tuple(day_ticks(first, last, lambda moment: round(LEFT + share(moment) * inner, 1))),
        undated=len(events) - len(bars),
        first=(first - utc).total_seconds(),
        last=(last - utc).total_seconds(),
        height=TOP + ROW * len(bars) + 6,
        beyond=sum((end or start or first) < first or (start or end or last) > last for _, (start, end) in spans),
    )


def _stretch(known: Sequence[datetime]) -> tuple[datetime, datetime]:
    """What is drawn of time: all of it, or what most moments lie in, where a few that lie far off (a war of long ago,
    told as background) would leave the others no room."""
    ordered = sorted(known)
    out = len(ordered) // _EDGE
    low, high = ordered[out], ordered[-1 - out]
    span = max(high - low, timedelta(days=1))
    if ordered[-1] - ordered[0] > _FAR * span:
        return min(each for each in ordered if each > low - span), max(each for each in ordered if each < high + span)
    return ordered[0], ordered[-1]


def _height(score: float | None) -> float:
    return _LOW if score is None else round(_LOW + (_HIGH - _LOW) * min(1.0, abs(score) / 10), 1)


def _arrows(bars: Sequence[Bar], links: Sequence[Link], headlines: Mapping[str, str]) -> list[Arrow]:
    row = {bar.event: number for number, bar in enumerate(bars)}
    return [
        Arrow(
            source=row[link.source],
            target=row[link.target],
            kind=link.kind,
            path=curve(bars[row[link.source]], bars[row[link.target]]),
            words=f"{headlines[link.source]} {wording.link(link.kind)} {headlines[link.target]}",
        )
        for link in links
        if link.source in row and link.target in row and link.source != link.target
    ]


def curve(source: Bar, target: Bar) -> str:
    """From the start of the answer's bar back to the start of the bar that it answers."""
    x1, y1, x2, y2 = source.x, source.middle, target.x, target.middle
    bend = max(-40.0, min(x1, x2) - 14 - min(abs(y1 - y2) * 0.15, 60))
    return f"M {x1} {y1} C {bend:.1f} {y1}, {bend:.1f} {y2}, {x2} {y2}"
