"""Days that share their month with another: "June 2, 5 and 9", "2, 5 and 9 June"; the two ends of a range."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

import msgspec

from variorum.records import TimeExpression

from .forms import DateForm, Found
from .lexing import Lexeme
from .values import day_value, shift_months

_DAYS = frozenset({"DAYNUM", "ORD"})
_AND = frozenset({"AND", "OR"})
_MONTH_FIRST = frozenset({"weekday-month-day", "early-month-day"})
_GAP = re.compile(r"\s*(?:to|through|until|till|–|—|-|‑|and)\s*", re.I)
_ENDING = re.compile(r"\s+(?:ended|ending|to)\s+(?:in\s+|on\s+)?", re.I)
_BETWEEN = re.compile(r"\b(?:between|from)\s+(?:the\s+)?$", re.I)


def with_lists(found: Sequence[Found], lexemes: Sequence[Lexeme]) -> list[Found]:
    """The days found in a block, with those that a list gives without their month."""
    more: list[Found] = []
    for number, item in enumerate(found):
        form = item.form
        if not isinstance(form, DateForm) or form.month is None or form.day is None:
            continue
        plain = form._replace(weekday=None)
        if item.rule in _MONTH_FIRST and form.year is None:
            stop = found[number + 1].first if number + 1 < len(found) else len(lexemes)
            more += [_day(plain, k, lexemes) for k in _forward(lexemes, item.last, stop)]
        elif item.rule == "range-days-month":
            start = found[number - 1].last if number else 0
            more += [_day(plain, k, lexemes) for k in _backward(lexemes, item.first, start)]
    return sorted([*found, *more], key=lambda item: item.first) if more else list(found)


def _day(form: DateForm, k: int, lexemes: Sequence[Lexeme]) -> Found:
    return Found(k, k + 1, form._replace(day=int(lexemes[k].meaning)), "listed-day")


def _forward(lexemes: Sequence[Lexeme], first: int, stop: int) -> list[int]:
    """Days behind "June 2": two or more, the last of them joined by "and"; a single one may count something else."""
    days: list[int] = []
    k = first
    while k + 1 < stop:
        comma = lexemes[k].kind == "COMMA"
        joined = lexemes[k + comma].kind in _AND if k + comma < stop else False
        at = k + comma + joined
        if not (comma or joined) or at >= stop or lexemes[at].kind not in _DAYS:
            return []
        days.append(at)
        if joined:
            return days if len(days) > 1 else []
        k = at + 1
    return []


def _backward(lexemes: Sequence[Lexeme], first: int, start: int) -> list[int]:
    days: list[int] = []
    k = first
    while k - 2 >= start and lexemes[k - 1].kind == "COMMA" and lexemes[k - 2].kind in _DAYS:
        days.append(k - 2)
        k -= 2
    return days


def linked(times: Sequence[TimeExpression], text: str) -> tuple[TimeExpression, ...]:
    """The expressions, where the two ends of a range ("between 11 and 22 July", "1980-88") both get the range's bounds:
    what is dated by either lies within. Each keeps its own value."""
    out = list(times)
    for n in range(len(out) - 1):
        one, two = out[n], out[n + 1]
        gap = text[one.end : two.start]
        if one.value == "P1Y" and two.latest is not None and len(two.latest) == 10 and _ENDING.fullmatch(gap):
            out[n] = msgspec.structs.replace(one, earliest=_year_before(two.latest), latest=two.latest)
            continue
        if not _GAP.fullmatch(gap) or one.earliest is None or two.latest is None or not _alike(one, two):
            continue
        if gap.strip().lower() == "and" and not _BETWEEN.search(text[max(0, one.start - 20) : one.start]):
            continue
        if one.earliest < two.latest:
            bounds = {"earliest": one.earliest, "latest": two.latest}
            out[n], out[n + 1] = (msgspec.structs.replace(each, **bounds) for each in (one, two))
    return tuple(out)


def _year_before(day: str) -> str | None:
    """The first day of the twelve months that end with `day`."""
    last = date.fromisoformat(day)
    after = last + timedelta(days=1)
    first = shift_months(after, -12)
    return day_value(first) if first is not None else None


def _alike(one: TimeExpression, two: TimeExpression) -> bool:
    dated = all(each.type in ("DATE", "TIME") and "X" not in each.value for each in (one, two))
    times = one.type == two.type == "TIME"
    return dated and (times or len(one.value) == len(two.value)) and not one.value.endswith("REF")
