"""Times told from an event: "a little over six hours after the landing", "weeks before the army's retreat".

The length keeps its own value; the anchor says which words name the event and how many hours lie between. How the
words bound the hours (n units of u hours):

    hours, minutes and below   [n - 1/2, n + 1/2]     a clock's reading, rounded
    days                       [n - 1, n + 1]         days of the calendar: "a day after" is [0, 48] hours
    weeks and above            [n - 1/2, n + 1/2]
    no number                  from one unit to the next larger: "hours" is [1, 24], "days" [24, 336]
    a little over              [n, 1.5 n]             "a little over six hours" is [6, 9]
    more than, at least        [n, open]
    nearly, almost             [0.75 n, n]
    less than, up to, within   [0, n]
    about                      [0.75 n, 1.25 n]
    to the day                 [n - 24, n + 24]
    the eve of                 [0, 48]
    the nth day (week) of      [n - 1, n] units
    the day (night, morning)   [0, 48]
"""

from __future__ import annotations

import re

from variorum.records import Span, Syntax, TimeAnchor, Token
from variorum.records.annotation import AnchorRelation

from .forms import EventForm, LengthForm, ShiftForm, TimeForm
from .lexicon import lexicon
from .recognising import Recognised

Hours = tuple[float, float | None]

_HOURS = {
    "TS": 1 / 3600,
    "TM": 1 / 60,
    "TH": 1.0,
    "D": 24.0,
    "WE": 48.0,
    "W": 168.0,
    "2W": 336.0,
    "M": 730.5,
    "Q": 2191.5,
    "Y": 8766.0,
    "E": 87660.0,
    "C": 876600.0,
    "L": 8766000.0,
}
_VAGUE: dict[str, Hours] = {
    "TS": (0.0, 1 / 60),
    "TM": (1 / 60, 1.0),
    "TH": (1.0, 24.0),
    "D": (24.0, 336.0),
    "W": (168.0, 1461.0),
    "M": (730.5, 8766.0),
}
_AFTER = re.compile(r"\s+(after|before|following|into|since|prior\s+to|ahead\s+of|of)\s", re.I)
_RELATIONS: dict[str, AnchorRelation] = {
    "after": "after",
    "following": "after",
    "since": "after",
    "of": "after",
    "before": "before",
    "prior": "before",
    "ahead": "before",
    "into": "during",
}
_DAY_HOURS: Hours = (0.0, 48.0)
_PHASES = frozenset(
    {"start", "beginning", "end", "outbreak", "launch", "onset", "outset", "resumption", "announcement"}
)


def anchor_of(item: Recognised, text: str, syntax: Syntax) -> TimeAnchor | None:
    """The event that the words after `item` count from; None where there is none, or none that words name."""
    hours = _hours(item)
    follows = _AFTER.match(text, item.end)
    if hours is None or follows is None:
        return None
    word = follows[1].split()[0].lower()
    if word == "of" and not isinstance(item.form, EventForm):
        if not re.search(r"\b(?:within|inside)\s+(?:\w+\s+){0,2}$", text[max(0, item.start - 30) : item.start], re.I):
            return None
        if not isinstance(item.form, LengthForm):
            return None
        hours = _length_hours(item.form._replace(modifier="EQUAL_OR_LESS")) or hours
    tokens = syntax.tokens_in(follows.start(1), follows.end(1))
    trigger = _trigger(tokens[-1], syntax) if tokens else None
    if trigger is None or trigger.start < item.end:
        return None
    if isinstance(item.form, EventForm):
        return TimeAnchor(relation=item.form.relation, trigger=trigger, low_hours=hours[0], high_hours=hours[1])
    return TimeAnchor(relation=_RELATIONS[word], trigger=trigger, low_hours=hours[0], high_hours=hours[1])


def _hours(item: Recognised) -> Hours | None:
    form = item.form
    if isinstance(form, EventForm):
        return form.low, form.high
    if isinstance(form, LengthForm):
        return _length_hours(form)
    if isinstance(form, ShiftForm) and form.unit in ("D", "W") and form.origin == "told" and not form.amount:
        return _DAY_HOURS
    if isinstance(form, TimeForm) and form.base is None and ":" not in form.clock:
        return _DAY_HOURS
    return None


def _length_hours(form: LengthForm) -> Hours | None:
    unit = _HOURS.get(form.unit)
    if unit is None:
        return None
    if form.low is None:
        return _VAGUE.get(form.unit, (unit, None))
    low, high = form.low * unit, (form.high if form.high is not None else form.low) * unit
    match form.modifier:
        case "JUST_OVER":
            bounds: Hours = (low, 1.5 * high)
        case "MORE_THAN" | "EQUAL_OR_MORE":
            bounds = (low, None)
        case "LESS_THAN":
            bounds = (0.75 * low, high)
        case "BELOW" | "EQUAL_OR_LESS":
            bounds = (0.0, high)
        case "EXACT":  # "three weeks to the day"
            bounds = (max(0.0, low - 24), high + 24)
        case "APPROX":
            bounds = (0.75 * low, 1.25 * high)
        case _:
            margin = unit if form.unit == "D" else unit / 2
            bounds = (low, high) if low != high else (max(0.0, low - margin), high + margin)
    return round(bounds[0], 4), None if bounds[1] is None else round(bounds[1], 4)


# --- the words that name the event -------------------------------------------------------------------------------


def _trigger(word: Token, syntax: Syntax) -> Span | None:
    """The event that a preposition or conjunction governs: the noun after it, or the verb of its clause."""
    if word.dep == "mark" or (word.dep == "advmod" and syntax.tokens[word.head].pos == "VERB" and word.head > word.i):
        return _clause(syntax.tokens[word.head], syntax)
    below = syntax.child(word.i, "pobj", "pcomp", "dobj")
    if below is None:
        return None
    if below.pos in ("VERB", "AUX"):
        return _clause(below, syntax)
    return _noun(below, syntax)


def _noun(token: Token, syntax: Syntax) -> Span | None:
    if token.pos == "PROPN" and token.lemma.lower() not in lexicon().event_nouns:
        return None
    if token.pos not in ("NOUN", "PROPN") or token.lemma.lower() in ("last", "next"):
        return None
    if token.lemma in _PHASES:
        of = next((child for child in syntax.children(token.i, "prep") if child.text.lower() == "of"), None)
        inner = syntax.child(of.i, "pobj") if of else None
        if inner is not None:
            return Span(token.start, inner.end)
    return Span(token.start, token.end)


def _clause(verb: Token, syntax: Syntax) -> Span | None:
    """The verb; with its subject where that names an event ("raids targeted"), and with its object where the verb only
    carries one ("launched air strikes")."""
    if verb.pos not in ("VERB", "AUX") or (verb.tag == "VBG" and verb.dep != "pcomp"):
        return None
    start, end = verb.start, verb.end
    known = lexicon()
    subject = syntax.child(verb.i, "nsubj", "nsubjpass")
    if subject is not None and subject.lemma.lower() in known.event_nouns and subject.start < start:
        start = subject.start
    thing = syntax.child(verb.i, "dobj", "attr")
    if thing is not None and verb.lemma in known.light_verbs and thing.pos == "NOUN" and thing.end > end:
        end = thing.end
    return Span(start, end)
