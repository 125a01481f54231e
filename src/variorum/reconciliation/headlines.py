"""A sentence made of an event's coded fields: who did what to whom, where and when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from variorum.packaged import data_table
from variorum.records import EventPlace, EventTime, Participant, Status
from variorum.world.names import name_key
from variorum.world.states import States

from .moments import DAY, Interval

_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)
_DANGLING = re.compile(r"\s+(?:to|of|on|with|from|against|for|by|before|at|over|about)$")
_SHOWN = 2
_STATE = frozenset({"GOV", "MIL", "COP", "SPY", "LEG", "JUD", "ELI"})


class Template(NamedTuple):
    past: str
    base: str
    noun: str
    solo: str
    own: str


@cache
def _templates() -> dict[str, Template]:
    return {
        key: Template(
            row["past"],
            row["base"],
            row["noun"],
            row.get("solo") or _DANGLING.sub("", row["past"]),
            row.get("own") or row["past"],
        )
        for key, row in data_table("reconciliation_headlines.toml")["templates"].items()
    }


def headline(
    kind: tuple[str, str | None],
    status: Status,
    sides: tuple[Sequence[Participant], Sequence[Participant]],
    scene: tuple[EventPlace | None, EventTime | None],
    words: frozenset[str] = frozenset(),
    denier: str | None = None,
    sufferer: str | None = None,
) -> str:
    """Who did what to whom, where ("in Marrow (Westmark)") and when; what is not known is left out. `words` are the
    beginnings of the words that most accounts tell it by: a recall of an envoy has its own verb. What did not happen
    is told as the word of its `denier`, what nobody tells but the state to which it was done as that one's
    (`sufferer`)."""
    actors, recipients = _told(sides[0]), _told(_befallen(sides[1]))
    named = {participant.name for participant in actors}
    recipients = [participant for participant in recipients if participant.name not in named]
    template = _template(kind, recipients, words)
    if template is None:
        label = kind[0].capitalize()
        template = Template(
            f"({label}) acted on", f"({label}) act on", f"{label} of", f"({label}) acted", f"({label}) acted on"
        )
    if actors and recipients and actors[0].country and actors[0].country == recipients[0].country:
        template = template._replace(past=template.own)
    if status == "negated" and (denier is not None or not actors):
        clause = _denial(template, denier, [p for p in actors if p.name != denier], _names(recipients))
    else:
        clause = _clause(template, status, _names(actors), _names(recipients))
    parts = [clause, _where(scene[0]), _when(scene[1])]
    text = " ".join(part for part in parts if part) + (f", {sufferer} said" if sufferer is not None else "")
    return text[:1].upper() + text[1:]


def _denial(template: Template, denier: str | None, actors: Sequence[Participant], recipient: str) -> str:
    """ "The army denied any attack on civilians by Ostland"; "Denied: attack on civilians" where no one is named."""
    noun = f"{template.noun} {recipient}" if recipient else _DANGLING.sub("", template.noun)
    noun = noun[:1].lower() + noun[1:]
    by = f" by {_names(actors)}" if actors else ""
    return f"{denier} denied any {noun}{by}" if denier is not None else f"Denied: {noun}{by}"


def _clause(template: Template, status: Status, actor: str, recipient: str) -> str:
    if not actor:
        prefix = {"hypothetical": "Possible ", "future": "Planned "}.get(status, "")
        noun = f"{template.noun} {recipient}" if recipient else _DANGLING.sub("", template.noun)
        return prefix + (noun[:1].lower() + noun[1:] if prefix else noun)
    helper = {"negated": "did not ", "hypothetical": "may ", "future": "is to "}.get(status)
    if helper is not None:
        verb = helper + (template.base if recipient else _DANGLING.sub("", template.base))
    else:
        verb = template.past if recipient else template.solo
    return f"{actor} {verb} {recipient}".strip()


def _template(
    kind: tuple[str, str | None], recipients: Sequence[Participant], words: frozenset[str]
) -> Template | None:
    """The template of the word that tells it; else that of the mode, rather the one for a state on the receiving side;
    else that of the type."""
    templates = _templates()
    state = bool(recipients) and States.load().named(recipients[0].name) is not None
    mode = f"{kind[0]}/{kind[1]}"
    keys = [f"{mode}:{word}" for word in sorted(words)] if recipients else []
    for key in (*keys, mode):
        if found := (templates.get(f"{key}/state") if state else None) or templates.get(key):
            return found
    return templates.get(kind[0])


def _befallen(side: Sequence[Participant]) -> list[Participant]:
    """One side without a state that stands there only as that of its people: "villagers" of Westmark, not Westmark."""
    people = {p.country for p in side if not p.name[:1].isupper() and p.sector not in _STATE}
    return [p for p in side if p.country not in people or States.load().named(p.name) is None]


def _told(side: Sequence[Participant]) -> list[Participant]:
    """One side without those who are a part of one named before them (organs of one state, a name told twice), and
    without the unnamed where a name is told."""
    told: list[Participant] = []
    named = [participant for participant in side if participant.name[:1].isupper()]
    for participant in named or side:
        if not any(_one_side(participant, other) for other in told):
            told.append(participant)
    return told


def _one_side(one: Participant, other: Participant) -> bool:
    if one.name == other.name:
        return True
    organs = one.sector in _STATE and other.sector in _STATE
    return organs and one.country is not None and one.country == other.country


def _names(side: Sequence[Participant]) -> str:
    """ "A", "A and B", "A, B and 3 others"."""
    names = [participant.name for participant in side]
    others = len(names) - _SHOWN
    if others > 0:
        return f"{', '.join(names[:_SHOWN])} and {others} other{'s' if others > 1 else ''}"
    return " and ".join(names)


def _where(place: EventPlace | None) -> str:
    if place is None or not place.name:
        return ""
    state = States.load().by_iso2(place.country)
    if state is None or place.precision == "country" or name_key(state.name) == name_key(place.name):
        return f"in {place.name}"
    return f"in {place.name} ({state.name})"


def _when(time: EventTime | None) -> str:
    interval = Interval.of(time.earliest, time.latest) if time is not None else None
    if interval is None or interval.width > 62 * DAY:  # an open bound is endless
        return ""
    first = date.fromordinal(int(interval.low // DAY))
    last = date.fromordinal(int(max(interval.low, interval.high - 1 / 60) // DAY))
    if first == last:
        return f"on {_day(first)}"
    if (last - first).days == 1:
        return f"on {_day(first, short=first.month == last.month)} or {_day(last)}"
    if first.day == 1 and (first.year, first.month) == (last.year, last.month) and last.day >= 28:
        return f"in {_MONTHS[first.month - 1]} {first.year}"
    return f"between {_day(first, short=first.month == last.month)} and {_day(last)}"


def _day(day: date, *, short: bool = False) -> str:
    return str(day.day) if short else f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
