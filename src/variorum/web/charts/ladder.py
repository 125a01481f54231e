"""The ladder of a story: its events in the order of time as steps, up for cooperation and down for conflict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from variorum.records import Event, Link

_LEFT, _TOP, _TALL, _STEP, _LEAST = 46, 12, 220, 26, 1000
_MOST = 10  # of PLOVER's scale, to both sides


@dataclass(frozen=True)
class Rung:
    """An event as a step: `number` is its place in the table. `y` None where its code has no score."""

    event: str
    number: int
    x: float
    y: float
    side: str
    title: str
    has_happened: bool


@dataclass(frozen=True)
class Answer:
    path: str
    words: str


@dataclass(frozen=True)
class Ladder:
    """`line` joins the steps; `marks` are the scale's lines with their numbers."""

    width: float
    height: float
    left: float
    rungs: tuple[Rung, ...]
    line: str
    answers: tuple[Answer, ...]
    marks: tuple[tuple[float, str], ...]


_HAPPENED = frozenset({"actual", "ongoing", "historical"})


def ladder(events: Sequence[Event], links: Sequence[Link], scores: Mapping[str, float | None]) -> Ladder | None:
    """None where fewer than two events have a score."""
    scored = [(event, score) for event in events if (score := scores.get(event.id)) is not None]
    if len(scored) < 2:
        return None
    step = max(_STEP, (_LEAST - _LEFT) / len(scored))
    rungs = tuple(
        Rung(
            event=event.id,
            number=number,
            x=round(_LEFT + (number - 0.5) * step, 1),
            y=_y(score),
            side="conflict" if score < 0 else "cooperation",
            title=f"{number}. {event.headline} ({score:+.1f})",
            has_happened=event.status in _HAPPENED,
        )
        for number, (event, score) in enumerate(scored, 1)
    )
    half = step / 2
    line = " ".join(
        f"{'M' if rung.number == 1 else 'L'} {rung.x - half:.1f} {rung.y} L {rung.x + half:.1f} {rung.y}"
        for rung in rungs
    )
    at = {rung.event: rung for rung in rungs}
    answers = tuple(
        Answer(_arc(at[link.source], at[link.target]), f"{at[link.source].title} answers {at[link.target].title}")
        for link in links
        if link.kind == "responds-to" and link.source in at and link.target in at and link.source != link.target
    )
    return Ladder(
        width=round(_LEFT + step * len(scored) + 10, 1),
        height=_TOP + _TALL + 30,
        left=_LEFT,
        rungs=rungs,
        line=line,
        answers=answers,
        marks=tuple((_y(score), f"{score:+d}" if score else "0") for score in (10, 5, 0, -5, -10)),
    )


def _y(score: float) -> float:
    return round(_TOP + (_MOST - max(-_MOST, min(_MOST, score))) / (2 * _MOST) * _TALL, 1)


def _arc(source: Rung, target: Rung) -> str:
    low = min(_TOP + _TALL + 24, max(source.y, target.y) + 18 + abs(source.x - target.x) * 0.12)
    return f"M {source.x} {source.y + 6} C {source.x} {low:.1f}, {target.x} {low:.1f}, {target.x} {target.y + 7}"
