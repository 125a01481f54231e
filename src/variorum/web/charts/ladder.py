"""The ladder of a story: its events in the order of time as steps, up for cooperation and down for conflict. Of many
events each column is a stretch of time, from its gravest conflict to its closest cooperation: both ends are events."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from variorum.exports import wording
from variorum.exports.html.timeline import bounds
from variorum.records import Event, Link

_LEFT, _TOP, _TALL, _STEP, _LEAST = 46, 24, 220, 26, 1000
_SINGLE = 60  # events that are drawn one by one
_COLUMNS = 40  # stretches of time at most
_THIN, _FULL = 3.0, 0.86  # pixels of a column at least; the share of its room that the widest takes
_LABEL = 80  # pixels that the name of a stretch takes
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
class Part:
    """What lies to one side of nought in a stretch of time."""

    side: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Period:
    """A stretch of time with events: as far down as its gravest conflict, as far up as its closest cooperation. `label`
    is empty where there is no room for it."""

    x: float
    parts: tuple[Part, ...]
    title: str
    label: str


@dataclass(frozen=True)
class Ladder:
    """`line` joins the steps; `marks` are the scale's lines with their numbers. Where there are more than `most`
    events, `periods` stand in the place of rungs: each a `unit` of time; `vague` events are not told closely enough to
    stand in one."""

    width: float
    height: float
    left: float
    rungs: tuple[Rung, ...]
    line: str
    answers: tuple[Answer, ...]
    marks: tuple[tuple[float, str], ...]
    events: int
    periods: tuple[Period, ...] = ()
    unit: str = ""
    vague: int = 0
    most: int = _SINGLE


_HAPPENED = frozenset({"actual", "ongoing", "historical"})


def ladder(events: Sequence[Event], links: Sequence[Link], scores: Mapping[str, float | None]) -> Ladder | None:
    """None where fewer than two events have a score."""
    scored = [
        (number, event, score) for number, event in enumerate(events, 1) if (score := scores.get(event.id)) is not None
    ]
    if len(scored) < 2:
        return None
    if len(scored) > _SINGLE and (found := _by_time([(event, score) for _, event, score in scored])) is not None:
        return found
    step = max(_STEP, (_LEAST - _LEFT) / len(scored))
    rungs = tuple(
        Rung(
            event=event.id,
            number=number,
            x=round(_LEFT + (place + 0.5) * step, 1),
            y=_y(score),
            side="conflict" if score < 0 else "cooperation",
            title=f"{number}. {event.headline} ({wording.score(score)})",
            has_happened=event.status in _HAPPENED,
        )
        for place, (number, event, score) in enumerate(scored)
    )
    half = step / 2
    line = " ".join(
        f"{'L' if place else 'M'} {rung.x - half:.1f} {rung.y} L {rung.x + half:.1f} {rung.y}"
        for place, rung in enumerate(rungs)
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
        marks=_MARKS,
        events=len(scored),
    )


def _midnight(at: datetime) -> datetime:
    return at.replace(hour=0, minute=0, second=0, microsecond=0)


_UNITS: tuple[tuple[str, Callable[[datetime], datetime], str], ...] = (
    ("day", _midnight, "{0.day} {0:%b}"),
    ("week", lambda at: _midnight(at) - timedelta(days=at.weekday()), "{0.day} {0:%b}"),
    ("month", lambda at: _midnight(at).replace(day=1), "{0:%b %Y}"),
    ("quarter", lambda at: _midnight(at).replace(month=(at.month - 1) // 3 * 3 + 1, day=1), "{0:%b %Y}"),
    ("year", lambda at: _midnight(at).replace(month=1, day=1), "{0:%Y}"),
)
"""A unit of time, the moment with which the one of a moment begins, and how it is named."""

Scored = tuple[Event, float]


def _by_time(scored: Sequence[Scored]) -> Ladder | None:
    """None where no time is told closely enough. An event stands in the stretch that all of its time lies in; the
    finest unit is taken that gives few enough stretches and has room for half of what any unit has."""
    by_unit = [_grouped(scored, begun) for _, begun, _ in _UNITS]
    closest = max(sum(map(len, each.values())) for each in by_unit)
    fitting = (
        (unit, form, each)
        for (unit, _, form), each in zip(_UNITS, by_unit, strict=True)
        if each and (unit == "year" or (len(each) <= _COLUMNS and 2 * sum(map(len, each.values())) >= closest))
    )
    found = next(fitting, None)
    if found is None:
        return None
    unit, form, grouped = found
    if len({at.year for at in grouped}) > 1 and "%Y" not in form:
        form += " {0:%Y}"
    step = (_LEAST - _LEFT) / len(grouped)
    every = max(1, -int(-_LABEL // step))
    most = max(max(_sides(told)) for told in grouped.values())
    periods = tuple(
        _period(_LEFT + (number + 0.5) * step, step, most, grouped[at], _named(at, unit, form), number % every == 0)
        for number, at in enumerate(sorted(grouped))
    )
    return Ladder(
        width=_LEAST + 10,
        height=_TOP + _TALL + 30,
        left=_LEFT,
        rungs=(),
        line="",
        answers=(),
        marks=_MARKS,
        events=len(scored),
        periods=periods,
        unit=unit,
        vague=len(scored) - sum(map(len, grouped.values())),
    )


def _grouped(scored: Sequence[Scored], begun: Callable[[datetime], datetime]) -> dict[datetime, list[Scored]]:
    found: dict[datetime, list[Scored]] = {}
    for event, score in scored:
        start, end = bounds(event) or (None, None)
        if start and end and (at := begun(start)) == begun(max(start, end - timedelta(seconds=1))):
            found.setdefault(at, []).append((event, score))
    return found


def _named(at: datetime, unit: str, form: str) -> tuple[str, str]:
    """A stretch of time as its title has it, and as there is room for below it."""
    short = form.format(at)
    whole = short if "%Y" in form else f"{short} {at.year}"
    return {"week": f"week of {whole}", "quarter": f"three months from {whole}"}.get(unit, whole), short


def _sides(told: Iterable[Scored]) -> tuple[int, int]:
    """How many are of conflict, and how many of cooperation."""
    scores = [score for _, score in told]
    down = sum(score < 0 for score in scores)
    return down, len(scores) - down


def _period(x: float, step: float, most: int, told: Sequence[Scored], name: tuple[str, str], has_label: bool) -> Period:
    ends = min(told, key=lambda each: each[1]), max(told, key=lambda each: each[1])
    nought = _y(0)
    parts: list[Part] = []
    words = [f"{name[0]}: {len(told)} event{'s' * (len(told) != 1)}"]
    sides = zip(("conflict", "cooperation"), ("gravest", "closest"), ends, _sides(told), strict=True)
    for side, utmost, (event, score), count in sides:
        if count:
            wide = max(_THIN, step * _FULL * count / most)
            tall = max(2.0, abs(_y(score) - nought))
            top = nought if side == "conflict" else nought - tall
            parts.append(Part(side, round(x - wide / 2, 1), round(top, 1), round(wide, 1), round(tall, 1)))
            words.append(f"{count} of {side}, the {utmost}: {event.headline} ({wording.score(score)})")
    return Period(round(x, 1), tuple(parts), "; ".join(words), name[1] if has_label else "")


def _y(score: float) -> float:
    return round(_TOP + (_MOST - max(-_MOST, min(_MOST, score))) / (2 * _MOST) * _TALL, 1)


_MARKS = tuple((_y(score), wording.score(score)[:-2] if score else "0") for score in (10, 5, 0, -5, -10))


def _arc(source: Rung, target: Rung) -> str:
    low = min(_TOP + _TALL + 24, max(source.y, target.y) + 18 + abs(source.x - target.x) * 0.12)
    return f"M {source.x} {source.y + 6} C {source.x} {low:.1f}, {target.x} {low:.1f}, {target.x} {target.y + 7}"
