"""Find time expressions in a stretch of text: all rules over its lexemes, the leftmost longest match wins."""

from __future__ import annotations

from typing import NamedTuple

from . import grammar_dates, grammar_lengths
from .forms import AbsoluteForm, DateForm, Form, Found, HolidayForm, ShiftForm, TimeForm
from .lexing import Lexeme, classes, lex
from .lists import with_lists
from .matching import Groups

_RULES = (*grammar_dates.RULES, *grammar_lengths.RULES)
_JOINTS = frozenset({"", ",", "on", "of", "in", "at", "the", "of the"})


# From which hour on a clock face is past noon, by the part of day told with it
_EARLIEST_PM = {"AF": 1, "EV": 4, "NI": 6}


class Recognised(NamedTuple):
    """Characters ``[start, end)``, what they mean, and the rule that says so."""

    start: int
    end: int
    form: Form
    rule: str


def recognise(text: str, start: int, end: int) -> list[Recognised]:
    """The time expressions of ``text[start:end]`` in text order, not overlapping."""
    lexemes = lex(text, start, end)
    return _merged(text, [_placed(found, lexemes) for found in with_lists(_longest(lexemes), lexemes)])


def _longest(lexemes: list[Lexeme]) -> list[Found]:
    string = classes(lexemes)
    found: list[tuple[int, int, int, Groups]] = []
    for order, rule in enumerate(_RULES):
        found.extend(
            (match.start(), -match.end(), order, Groups(lexemes, match))
            for match in rule.pattern.finditer(string)
            if match.end() > match.start()
        )
    found.sort(key=lambda item: item[:3])
    out: list[Found] = []
    free = 0
    for first, negative, order, groups in found:
        if first < free:
            continue
        form = _RULES[order].build(groups)
        if form is not None:
            free = -negative
            out.append(Found(first, free, form, _RULES[order].name))
    return out


def _placed(found: Found, lexemes: list[Lexeme]) -> Recognised:
    return Recognised(lexemes[found.first].start, lexemes[found.last - 1].end, found.form, found.rule)


def _merged(text: str, items: list[Recognised]) -> list[Recognised]:
    """Join what tells one time in pieces: "5 p.m." + "Nov. 6", "Friday" + "Oct. 23", "the morning" + "18 January"."""
    out: list[Recognised] = []
    for item in items:
        while out:
            before = out[-1]
            gap = text[before.end : item.start].strip().lower()
            form = _join(before.form, item.form, gap) if gap in _JOINTS else None
            if form is None:
                break
            out.pop()
            item = Recognised(before.start, item.end, form, f"{before.rule}+{item.rule}")
        out.append(item)
    return out


def _join(one: Form, two: Form, gap: str) -> Form | None:
    if isinstance(one, TimeForm) and one.base is None and is_day(two) and gap in ("", ",", "on", "of"):
        return one._replace(base=two)
    if isinstance(one, TimeForm) and isinstance(one.base, ShiftForm) and isinstance(two, DateForm):
        return one._replace(base=two) if two.weekday and gap in ("", "on") else None  # "overnight Tuesday"
    if isinstance(two, TimeForm) and two.base is None and is_day(one) and gap in ("", ",", "at"):
        return two._replace(base=one)
    if isinstance(one, TimeForm) and isinstance(two, TimeForm) and gap in ("", ",", "on", "in the"):
        return _times(one, two)
    if isinstance(one, DateForm) and isinstance(two, DateForm) and gap in ("", ","):
        return _dates(one, two)
    if isinstance(one, ShiftForm) and isinstance(two, DateForm) and gap == "of" and one.unit == "W" and two.day:
        return two._replace(week=True)
    return None


def _times(one: TimeForm, two: TimeForm) -> Form | None:
    """ "7:30" + "Thursday morning": a clock time and the part of day that it falls in."""
    clock, part = (one, two) if ":" in one.clock else (two, one)
    if ":" not in clock.clock or ":" in part.clock or (clock.base is not None and part.base is not None):
        return None
    hour = int(clock.clock[:2])
    text = clock.clock
    if clock.twelve and _EARLIEST_PM.get(part.clock, 12) <= hour < 12:
        text = f"{hour + 12:02}{clock.clock[2:]}"
    return TimeForm(text, clock.base or part.base)


def _dates(one: DateForm, two: DateForm) -> Form | None:
    if one.weekday and one.month is None and two.day and two.weekday is None:
        return two._replace(weekday=one.weekday)
    return None


def is_day(form: Form) -> bool:
    """Whether a time of day can belong to it."""
    if isinstance(form, DateForm):
        return form.day is not None or form.weekday is not None
    if isinstance(form, AbsoluteForm):
        return form.value.startswith("?")
    if isinstance(form, HolidayForm):
        return True
    return isinstance(form, ShiftForm) and form.unit == "D"
