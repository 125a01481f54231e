"""What a preposition does to the bounds of the time after it: "before dawn", "by Friday", "after 6 p.m.", "since May".

The value stays that of the time named, as in TIMEX3; what is dated by the words lies on one side of it:

    before, by, until, till, prior to, no later than
        a time of day   from the start of its day to the end of what is named ("before dawn": 00:00 to 08:00)
        a date          open at the start, to the end of what is named
    after, since, from
        a time of day   from the start of what is named to the end of its day ("after 6 p.m.": 18:00 to 23:59)
        midnight        "after midnight" is told of the night: to 06:00 of the day named with it; where none is, the
                        day may be the one that the midnight ends or the one that it begins
        a date          from the start of what is named, open at the end
"""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from variorum.records import Syntax

from .forms import Form, TimeForm
from .recognising import Recognised
from .resolving import Resolved
from .values import Bounds, day_value, shift_days

Side = Literal["before", "after", "since"]

_PREPOSITION = re.compile(
    r"\b(before|by|until|till|prior\s+to|no\s+later\s+than|after|since|from)\s+(?:the\s+)?$", re.I
)
_SIDES: dict[str, Side] = {"after": "after", "since": "since", "from": "since"}
_REACH = 24  # characters that the longest of these prepositions takes up
_OF_A_NOUN = frozenset({"poss", "compound", "nmod", "amod", "nummod"})
_MIDNIGHT = "24:00"
_NIGHT_ENDS = "06:00"


def side_of(item: Recognised, text: str, syntax: Syntax) -> Side | None:
    """On which side of `item` the preposition directly before it puts what is dated; None where none does.

    In "after Friday's blast" the preposition governs the blast, in "by night" it tells a manner, in "footage from
    Friday" an origin, and what did "not come until Friday" came on Friday.
    """
    reach = max(0, item.start - _REACH)
    match = _PREPOSITION.search(text[reach : item.start])
    head = syntax.head_of(item.start, item.end)
    if match is None or head is None:
        return None
    word = match[1].split()[0].lower()
    if head.head > head.i and head.dep in _OF_A_NOUN:
        return None
    if word == "by" and text[item.start : item.end].lower() in ("night", "day"):
        return None
    tokens = syntax.tokens_in(reach + match.start(1), reach + match.end(1))
    above = syntax.tokens[tokens[0].head] if tokens else head
    if word == "from" and above.pos not in ("VERB", "AUX"):
        return None
    side = _SIDES.get(word, "before")
    if side == "before" and word != "by" and _negated(above.i, tokens[0].i if tokens else 0, syntax):
        return None
    return side


def _negated(verb: int, preposition: int, syntax: Syntax) -> bool:
    straight = preposition > 0 and syntax.tokens[preposition - 1].text.lower() == "not"
    return straight or syntax.child(verb, "neg") is not None


def opened(resolved: Resolved, form: Form, side: Side | None) -> Resolved:
    """`resolved` with the bounds that `side` gives; as it is where that is None or the time has no calendar bounds."""
    if side is None or resolved.type not in ("DATE", "TIME") or resolved.value.endswith("REF"):
        return resolved
    earliest, latest = resolved.bounds
    if earliest is None or "T" not in earliest:
        return resolved._replace(bounds=(None, latest) if side == "before" else (earliest, None))
    return resolved._replace(bounds=_within_day(earliest, latest, form, side))


def _within_day(earliest: str, latest: str | None, form: Form, side: Side) -> Bounds:
    day = earliest[:10]
    if side == "before":
        return f"{day}T00:00", latest
    if side == "after" and isinstance(form, TimeForm) and form.clock == _MIDNIGHT:
        last = shift_days(date.fromisoformat(day), 0 if form.base is not None else 1)
        return earliest, f"{day_value(last)}T{_NIGHT_ENDS}" if last else None
    return earliest, max(latest or "", f"{day}T23:59")
