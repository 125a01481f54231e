"""What is told as background: long before the news, or as a sum over time."""

from __future__ import annotations

from datetime import date, timedelta

from variorum.records import Annotation, Syntax, TimeExpression

from .candidate import Candidate

_BACKGROUND = frozenset({"anniversary", "commemorate", "commemoration", "decade", "history", "historic", "century"})
_YEARS = frozenset({"year", "decade", "century", "generation"})
_PAST = frozenset({"ago", "after", "since", "earlier", "before"})


def is_background(candidate: Candidate, time: int | None, annotation: Annotation, syntax: Syntax, days: int) -> bool:
    """Whether the candidate's own time ends more than `days` before the reference time, or it is told as a jubilee."""
    if time is not None:
        latest = _day(annotation.times[time].latest, last=True)
        reference = _day(annotation.reference.earliest, last=False)
        if latest is not None and reference is not None and latest < reference - timedelta(days=days):
            return True
    for c in syntax.children(candidate.trigger, "prep"):
        if any(k.lemma == "past" for k in syntax.children(c.i, "pobj")):
            return True  # "attacks in the past"
    if _is_long_ago(candidate.trigger, syntax):
        return True
    near = [*syntax.ancestors(candidate.trigger)][:3]
    return any(token.lemma.lower() in _BACKGROUND and token.pos in ("NOUN", "VERB") for token in near)


def _is_long_ago(i: int, syntax: Syntax) -> bool:
    """ "Ten years ago", "a decade after guards opened fire": the words measure years."""
    for c in syntax.children(i, "advmod", "npadvmod", "mark", "prep"):
        measured = (*syntax.children(c.i, "npadvmod", "nmod", "advmod"), *((c,) if c.dep == "npadvmod" else ()))
        for k in measured:
            years = k.lemma.lower() in _YEARS and k.pos == "NOUN"
            after = syntax.tokens[k.i + 1].text.lower() if k.i + 1 < len(syntax.tokens) else ""
            if years and after in _PAST:
                return True
    return False


def width_in_days(expression: TimeExpression) -> int:
    """How many days a time spans; 0 where a bound is open."""
    first, last = _day(expression.earliest, last=False), _day(expression.latest, last=True)
    return (last - first).days if first is not None and last is not None else 0


def _day(value: str | None, *, last: bool) -> date | None:
    """The day of an ISO date or date-time; the last or first day that a bare month or year allows."""
    if not value:
        return None
    parts = value[:10].split("-")
    try:
        year = int(parts[0])
        month = int(parts[1]) if len(parts) > 1 else (12 if last else 1)
        day = int(parts[2]) if len(parts) > 2 else (28 if last else 1)
        return date(year, month, day)
    except ValueError:
        return None
