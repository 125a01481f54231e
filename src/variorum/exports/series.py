"""An edition's events by time: as a list, and as series of scores between sides. Events count, not reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Literal

from variorum.coding.ontology import Ontology
from variorum.records import Event, Participant, Record, Status
from variorum.world.states import States

from . import wording
from .chains import score_bar, scored
from .lines import rule

Period = Literal["day", "month", "year"]

_STATE = frozenset({"GOV", "MIL", "COP", "SPY", "LEG", "JUD"})  # sectors whose actors stand for their state in a dyad
_TOLD: frozenset[Status] = frozenset({"actual", "ongoing"})  # what happened; plans, denials and background do not count
_CUT = {"day": 10, "month": 7, "year": 4}  # characters of an ISO date that name the period


class Cell(Record, frozen=True, kw_only=True):
    """What one side did to the other in one period. `period` is an ISO day, month or year; None gathers the events
    whose time is open or spans several periods. `score` is the sum of PLOVER's scores, `lowest` and `highest` the
    scores of the events themselves, `ids` those events."""

    source: str
    target: str
    period: str | None
    events: int
    score: float
    lowest: float
    highest: float
    ids: tuple[str, ...]


def within(
    events: Iterable[Event],
    since: date | None = None,
    until: date | None = None,
    actor: str | None = None,
    story: str | None = None,
) -> list[Event]:
    """The events that may lie between two days (both included) and that have an actor or recipient of this name, or
    part of a name. Without a day they are all kept; with one, an event whose time is open towards it is kept too."""
    kept = []
    for event in events:
        bounds = event.time
        earliest, latest = (bounds.earliest, bounds.latest) if bounds else (None, None)
        if since is not None and latest is not None and latest[:10] < since.isoformat():
            continue
        if until is not None and earliest is not None and earliest[:10] > until.isoformat():
            continue
        names = (*event.actors, *event.recipients)
        if actor is not None and not any(actor.casefold() in name.casefold() for name in names):
            continue
        if story is not None and event.story != story:
            continue
        kept.append(event)
    return kept


def dyads(events: Iterable[Event], ontology: Ontology, period: Period = "day") -> list[Cell]:
    """What each side did to each other one, by period: sorted by sides, then time, what has no one period last.

    States act through their organs ("Iran" for its army); every other actor is a side of its own. Counted are events
    told as having happened; an event between several actors and recipients counts once for each pair.
    """
    cells: defaultdict[tuple[str, str, str | None], list[tuple[float, str]]] = defaultdict(list)
    for event in events:
        _, score = scored(ontology, event)
        if event.status not in _TOLD or score is None:
            continue
        sources = sorted({_side(each) for each in event.participants_actor})
        targets = sorted({_side(each) for each in event.participants_recipient})
        for source in sources:
            for target in targets:
                if source != target:
                    cells[source, target, _period(event, period)].append((score, event.id))
    ordered = sorted(cells.items(), key=lambda item: (item[0][:2], item[0][2] is None, item[0][2] or ""))
    return [
        Cell(
            source=source,
            target=target,
            period=when,
            events=len(told),
            score=round(sum(score for score, _ in told), 2),
            lowest=min(score for score, _ in told),
            highest=max(score for score, _ in told),
            ids=tuple(id_ for _, id_ in told),
        )
        for (source, target, when), told in ordered
    ]


def _side(one: Participant) -> str:
    if one.sector in _STATE and one.country is not None and (state := States.load().by_iso3(one.country)) is not None:
        return state.name
    return one.name


def _period(event: Event, period: Period) -> str | None:
    """The period in which an event lies as a whole. ISO bounds at midnight end the day before."""
    if event.time is None or event.time.earliest is None or event.time.latest is None:
        return None
    first, last = event.time.earliest, event.time.latest
    end = last[:10]
    if "T00:00" in last and last[:10] > first[:10]:
        end = (date.fromisoformat(last[:10]) - timedelta(days=1)).isoformat()
    cut = _CUT[period]
    return first[:cut] if len(first) >= cut and first[:cut] == end[:cut] else None


def view(events: Sequence[Event], ontology: Ontology) -> str:
    """The events a line each, in the order of time, with their intensity."""
    lines = [rule(f"{len(events)} event{'s' * (len(events) != 1)}"), ""]
    for event in events:
        _, score = scored(ontology, event)
        tolls = "; ".join(wording.toll(toll) for toll in event.tolls)
        lines.append(f"{score_bar(score, event.status)} {wording.when(event.time)}")
        lines.append(f"{'':29}{event.headline}")
        disputed = wording.disputed_fields(event)
        told = (wording.status(event.status), tolls, f"disputed: {', '.join(disputed)}" if disputed else "")
        lines.append(f"{'':29}{' · '.join((event.type, *filter(None, told), wording.reports(event), event.id))}")
    return "\n".join(lines)


def view_dyads(cells: Sequence[Cell]) -> str:
    """The series as a table, a block for each pair of sides."""
    lines = list(_dyad_lines(cells))
    return "\n".join(lines) if lines else "No event between two named sides is told as having happened."


def _dyad_lines(cells: Sequence[Cell]) -> Iterator[str]:
    pair: tuple[str, str] | None = None
    for cell in cells:
        if (cell.source, cell.target) != pair:
            if pair is not None:
                yield ""
            pair = (cell.source, cell.target)
            yield rule(f"{cell.source} → {cell.target}")
            yield f"  {'period':<12}{'events':>8}{'score':>9}{'lowest':>9}{'highest':>9}"
        when = cell.period or "open"
        yield f"  {when:<12}{cell.events:>8}{cell.score:>+9.1f}{cell.lowest:>+9.1f}{cell.highest:>+9.1f}"
