"""Rules for durations, shifts ("three days ago"), times of day, sets and references ("now")."""

from __future__ import annotations

import re

from .forms import EventForm, Form, LengthForm, Origin, RefForm, SetForm, ShiftForm, TimeForm
from .lexicon import lexicon
from .matching import Groups, Rule, rule

_HALF_DAY = {"a": 0, "p": 12}
_MULTIPLES = {"E": (10, "Y"), "C": (100, "Y"), "L": (1000, "Y"), "2W": (2, "W"), "WE": (2, "D")}
_COUNT = "(?: (?:A (?=FEW|COUPLE))? (?P<num>FEW|COUPLE|NUMBER|A) OF? (?P<half>AND A HALF)? )"
_COUNT_NO_A = "(?: (?:A (?=FEW|COUPLE))? (?P<num>FEW|COUPLE|NUMBER) OF? (?P<half>AND A HALF)? )"
_EARLY = "(?:THE? EARLY DASH? | THE? POINT OF | THE? CMP IN? THE? )"


def duration(amount: float | None, unit: str) -> str:
    """TIMEX3 duration: "P2W", "PT90M", "P2Y6M", "PXM" where the amount is open."""
    multiple, unit = _MULTIPLES.get(unit, (1, unit))
    time, letter = ("T", unit[1]) if unit[0] == "T" else ("", unit)
    if amount is None:
        wide = {10: "E", 100: "C", 1000: "L"}.get(multiple, letter)
        return f"P{time}X{wide}"
    total = amount * multiple
    if total == int(total):
        return f"P{time}{int(total)}{letter}"
    lesser = {"Y": (12, "M"), "TH": (60, "M"), "TM": (60, "S"), "D": (24, "H"), "W": (7, "D")}.get(unit)
    if lesser is None or unit in ("D", "W"):
        return f"P{time}{total:g}{letter}"
    whole, rest = int(total), round((total - int(total)) * lesser[0])
    return f"P{time}{f'{whole}{letter}' if whole else ''}{rest}{lesser[1]}"


def _amounts(g: Groups) -> tuple[float | None, float | None]:
    low = g.number("num")
    if low is not None and "half" in g:
        low += 0.5
    high = g.number("high") if "high" in g else low
    return low, high


def _unit(g: Groups) -> str:
    return str(g["unit"].meaning)


def _modifier(g: Groups) -> str:
    return str(g["mod"].meaning) if "mod" in g else ""


def _counted_before(g: Groups) -> float | None:
    """The number that "as many" takes up: the last one told before it in its sentence."""
    for steps in range(2, 16):
        item = g.before(steps)
        if item is None or item.kind == "DOT":
            return None
        if item.kind in ("NUM", "DAYNUM", "ORD"):
            return float(item.meaning)
    return None


def _length(g: Groups, toward: int = 0) -> Form | None:
    low, high = _amounts(g)
    unit = _unit(g)
    before = g.before()
    if "num" in g and g["num"].low == "many" and before is not None and before.low == "as":
        low = high = _counted_before(g)  # "the third raid in as many weeks"
        if low is None:
            return None
    if (low is not None and (low <= 0 or low > 1e6)) or (unit == "Q" and low == 3 and "DASH" in g.kinds()):
        return None  # "three-quarters" is a share
    value = duration(low if high == low else (None if toward else low), unit)
    return LengthForm(value, toward, unit, low, high, _modifier(g))


def _single(g: Groups) -> Form | None:
    """ "A week" is a duration, but a set after a price or a rate ("$5 a week", "twice a week")."""
    before = g.before()
    unit = _unit(g)
    after = g.after()
    if unit == "Q" and after is not None and after.kind == "OF":
        return None  # a fourth part
    if before is not None and "mod" not in g:
        rate = before.kind in ("NUM", "DAYNUM", "YEARNUM", "FLOAT", "PERCENT", "ONCE") or before.low in (
            "times",
            "percent",
            "cents",
            "dollars",
            "tons",
            "barrels",
            "people",
            "euros",
            "million",
            "billion",
            "shares",
        )
        if rate:
            return SetForm(duration(1, unit))
    return LengthForm(duration(1, unit), 0, unit, 1, 1, _modifier(g))


def _bare(g: Groups) -> Form | None:
    unit = _unit(g)
    before = g.before()
    if unit == "Q" or (before is not None and before.kind in ("DASH", "NUM", "DAYNUM")):
        return None  # "quarters" are barracks or shares
    return LengthForm(duration(None, unit), 0, unit, None, None, _modifier(g))


def _half(g: Groups) -> Form | None:
    return LengthForm(duration(0.5, _unit(g)), 0, _unit(g), 0.5, 0.5, _modifier(g))


def _half_compared(g: Groups) -> Form | None:
    return ShiftForm(_unit(g), -0.5 if g["way"].low == "earlier" else 0.5, "told")


def _length_exact(g: Groups) -> Form | None:
    form = _length(g)
    return form._replace(modifier="EXACT") if isinstance(form, LengthForm) else None


def _nth_unit(g: Groups) -> Form | None:
    """ "The third day of the war": so many days from its beginning."""
    hours = {"D": 24.0, "W": 168.0}.get(_unit(g))
    number = g.whole("ord")
    if hours is None or not number:
        return None
    return EventForm(_unit(g), "after", (number - 1) * hours, number * hours)


def _one_and_half(g: Groups) -> Form | None:
    return LengthForm(duration(1.5, _unit(g)), 0, _unit(g), 1.5, 1.5, _modifier(g))


def _toward(g: Groups) -> Form | None:
    toward = -1 if "back" in g else 1
    if "num" not in g and g["unit"].kind == "UNITS":
        unit = _unit(g)
        return LengthForm(duration(None, unit), toward, unit, None, None)
    return _length(g, toward)


def _past_unit(g: Groups) -> Form | None:
    """ "The past year", "the past decade": the stretch up to now."""
    unit = _unit(g)
    return LengthForm(duration(1, unit), -1, unit, 1, 1)


def _ago(g: Groups) -> Form | None:
    return _shift(g, -1, "reference")


def _shift(g: Groups, sign: int, origin: Origin) -> Form | None:
    low, high = _amounts(g)
    unit = _unit(g)
    if low is None or high != low:
        if origin == "told":
            return LengthForm(duration(None, unit), 0, unit)
        return ShiftForm(unit, None if sign > 0 else float("-inf"), origin)
    return ShiftForm(unit, sign * low, origin, year_ago=unit == "Y" and sign * low == -1)


def _compared(g: Groups) -> Form | None:
    sign = -1 if g["way"].low in ("earlier", "before") else 1
    return _shift(g, sign, "told")


def _from_now(g: Groups) -> Form | None:
    return _shift(g, 1, "reference")


def _deictic(g: Groups) -> Form | None:
    kind = g["which"].kind
    unit = _unit(g)
    after = g.after()
    if kind == "LAST" and (unit == "D" or (after is not None and after.kind == "OF")):
        return None  # "the last day" or "the last week" of something
    origin: Origin = "told" if kind in ("PREVIOUS", "FOLLOWING", "THAT", "SAME") else "reference"
    if kind == "NEXT" and unit == "D":
        origin = "told"
    if kind in ("COMING",) and unit == "Y":
        return ShiftForm("Y", 1)
    amount = {"LAST": -1, "PAST": -1, "PREVIOUS": -1, "NEXT": 1, "COMING": 1, "FOLLOWING": 1}.get(kind, 0)
    return ShiftForm(unit, amount, origin)


def _the_unit(g: Groups) -> Form | None:
    """ "The year" is the present one, but "the year ended 30 June" only a length; "the day" was told before."""
    unit = _unit(g)
    after = g.after()
    then = g.after(2)
    until = after is not None and after.low == "to" and then is not None and then.kind == "MONTH"
    if unit == "Y" and after is not None and (until or after.low in ("ended", "ending")):
        return LengthForm("P1Y", 0, "Y", 1, 1)
    return ShiftForm(unit, 0, "told" if unit == "D" else "reference")


def _day_word(g: Groups) -> Form | None:
    item = g["word"]
    if item.low in ("tonight", "overnight"):
        return TimeForm("NI", ShiftForm("D", 0 if item.low == "tonight" else -1))
    return ShiftForm("D", int(item.meaning))


def _beyond_day_word(g: Groups) -> Form | None:
    sign = 1 if "AFTER" in g.kinds() else -1
    return (
        ShiftForm("D", int(g["word"].meaning) + sign) if g["word"].low in ("yesterday", "tomorrow", "today") else None
    )


def _part_of(g: Groups, base: Form | None = None) -> TimeForm:
    part = g["part"]
    return TimeForm(str(part.meaning), base, window=lexicon().windows.get(part.low))


def _this_part(g: Groups) -> Form | None:
    kind = g["which"].kind if "which" in g else ""
    if kind == "LAST":
        return _part_of(g, ShiftForm("D", -1))
    if kind in ("NEXT", "FOLLOWING"):
        return _part_of(g, ShiftForm("D", 1, "told"))
    if kind == "PREVIOUS":
        return _part_of(g, ShiftForm("D", -1, "told"))
    if kind == "THIS":
        return _part_of(g, ShiftForm("D", 0))
    if kind in ("THAT", "SAME"):
        return _part_of(g, ShiftForm("D", 0, "told"))
    return _part_of(g)


def _part_before(g: Groups) -> Form | None:
    return _part_of(g, ShiftForm("D", -2) if "LAST" in g.kinds() else ShiftForm("D", -1, "told"))


def _clock(g: Groups) -> Form | None:
    hour, minute, written = _hour_and_minute(g)
    if hour is None or hour > 24 or minute > 59:
        return None
    twelve = False
    if "half" in g:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + _HALF_DAY[str(g["half"].meaning)[0]]
    elif "part" in g:
        if hour > 12:
            return None
        hour = hour % 12 + (0 if g["part"].meaning == "MO" or (g["part"].meaning == "NI" and 0 < hour < 5) else 12)
    else:
        twelve = 1 <= hour <= 12 and not written.startswith("0") and "zone" not in g
    clock = f"{hour:02}:{minute:02}"
    return TimeForm(clock, None, twelve)


def _hour_and_minute(g: Groups) -> tuple[int | None, int, str]:
    item = g["time"]
    if item.kind == "CLOCK":
        text = re.sub(r"[.hH]", ":", str(item.meaning))
        parts = text.split(":") if ":" in text else [text[:2], text[2:4]]
        return int(parts[0]), int(parts[1]), text
    number = g.whole("time")
    return number, 0, str(number)


def _every(g: Groups) -> Form | None:
    number = g.number("num") if "num" in g else 1
    if "other" in g:
        number = 2
    if "ord" in g:
        number = float(g["ord"].meaning)
    return SetForm(duration(number, _unit(g)))


def _every_named(g: Groups) -> Form | None:
    if "month" in g:
        return SetForm(f"XXXX-{int(g['month'].meaning):02}")
    if "part" in g and "weekday" not in g:
        return SetForm(f"XXXX-XX-XXT{g['part'].meaning}")
    if "season" in g:
        return SetForm(f"XXXX-{g['season'].meaning}")
    if "weekend" in g:
        return SetForm("XXXX-WXX-WE")
    tail = f"T{g['part'].meaning}" if "part" in g and ":" not in str(g["part"].meaning) else ""
    return SetForm(f"XXXX-WXX-{int(g['weekday'].meaning)}{tail}")


def _set_word(g: Groups) -> Form | None:
    return SetForm(str(g["word"].meaning))


def _reference(g: Groups) -> Form | None:
    return RefForm(str(g["word"].meaning))


_APPROX = "(?P<mod>APPROX)?"
_DET = "(?:THE|THIS|THAT)?"

RULES: tuple[Rule, ...] = (
    # durations
    rule(
        "length",
        f"(?:(?P<mod>APPROX)(?!A? FEW)|THE? ORD?) {_COUNT_NO_A} (?: (?:TO|OR|DASH|AND) (?P<high>NUMBER) )? "
        "DASH? MORE? WORKING? DASH? (?P<unit>ANYUNIT)(?!DASH? OLD) (?: OR SO | DASH LONG )?",
        _length,
    ),
    rule("length-one", f"{_APPROX} A (?:MORE|FULL)? (?P<unit>UNIT) (?:OR SO)?", _single),
    rule("length-one-or-two", "A (?P<unit>UNIT) OR NUM", lambda g: LengthForm(duration(None, _unit(g)), 0, _unit(g))),
    rule("length-bare", "(?P<unit>UNITS)(?!DASH? OLD) (?:OR UNITS)? (?:DASH LONG)?", _bare),
    rule(
        "length-unit-long", "(?P<unit>UNIT) DASH LONG", lambda g: LengthForm(duration(1, _unit(g)), 0, _unit(g), 1, 1)
    ),
    rule(
        "length-exact",
        "(?P<num>NUMBER|A) (?P<unit>ANYUNIT) TO THE UNIT(?=AFTER|BEFORE|FOLLOWING|PREP|FROM)",
        _length_exact,
    ),
    rule("eve", "THE? EVE(?=OF)", lambda g: EventForm("D", "before", 0, 48)),
    rule("nth-unit", "THE? (?P<ord>ORD) (?:FULL)? (?P<unit>UNIT)(?=OF)", _nth_unit),
    rule("half-compared", f"{_APPROX} HALF A (?P<unit>UNIT) (?P<way>CMP)", _half_compared),
    rule("length-half", f"{_APPROX} HALF (?:A|DASH) (?P<unit>UNIT)", _half),
    rule("length-half-2", f"{_APPROX} A HALF DASH? (?P<unit>UNIT)", _half),
    rule("length-one-half", f"{_APPROX} A (?P<unit>UNIT) AND A HALF", _one_and_half),
    rule(
        "length-toward",
        f"(?:THE|THIS)? (?:(?P<back>LAST|PAST|PREVIOUS|RECENT|LATEST)|(?P<forth>NEXT|COMING|FOLLOWING)) "
        f"(?: {_COUNT_NO_A} (?: (?:TO|OR|DASH|AND) (?P<high>NUMBER) )? )? (?P<unit>UNITS) (?:OR SO)?",
        _toward,
    ),
    rule("length-past-unit", "THE? PAST (?P<unit>UNIT)", _past_unit),
    rule("units-ahead", "THE (?P<unit>UNITS) AHEAD", lambda g: LengthForm(duration(None, _unit(g)), 1, _unit(g))),
    # shifts
    rule("ago", f"{_APPROX} {_COUNT} DASH? (?: (?:TO|OR) NUMBER)? (?P<unit>ANYUNIT) (?:OR SO)? AGO", _ago),
    rule("ago-vague", "(?P<unit>UNITS) AGO", lambda g: ShiftForm(_unit(g), float("-inf"))),
    rule("compared", f"{_APPROX} {_COUNT} (?P<unit>ANYUNIT) (?P<way>CMP)", _compared),
    rule("compared-before", f"{_APPROX} {_COUNT} (?P<unit>ANYUNIT) (?P<way>BEFORE)(?=DOT|COMMA|$)", _compared),
    rule("from-now", f"{_APPROX} {_COUNT} (?P<unit>ANYUNIT) FROM REF", _from_now),
    rule(
        "which-unit",
        f"(?:{_EARLY}|SOMETIME|CMP)? (?:THE|THAT(?=SAME)|THIS(?=PAST|COMING))? "
        "(?P<which>TURN|SAME|NOW) FULL? (?P<unit>UNIT) (?:OR SO)?",
        _deictic,
    ),
    rule("early-the-unit", f"(?:{_EARLY}|SOMETIME|CMP) {_DET} (?P<unit>UNIT)", _the_unit),
    rule("the-unit", "THE FULL? (?P<unit>UNIT)", _the_unit),
    rule("unit-end", "(?:APPROX)? (?P<unit>UNIT) (?:POSS|DASH)? POINT", _the_unit),
    rule("day-word", f"(?:{_EARLY})? (?P<word>DAYWORD)", _day_word),
    rule("beyond-day-word", "THE? UNIT (?:BEFORE|AFTER) (?P<word>DAYWORD)", _beyond_day_word),
    rule(
        "day-around",
        "THE (?P<unit>UNIT) (?P<way>BEFORE|AFTER)(?=COMMA|DOT|$)",
        lambda g: ShiftForm(_unit(g), -1 if g["way"].kind == "BEFORE" else 1, "told") if _unit(g) == "D" else None,
    ),
    # times of day
    rule(
        "part",
        f"(?:APPROX)? (?:{_EARLY} DASH?)? THE? (?P<which>TURN|SAME)? (?P<part>PART)",
        _this_part,
    ),
    rule("part-before", "THE (?P<part>PART) BEFORE(?=COMMA|DOT|$)", _part_before),
    rule("part-before-last", "THE (?P<part>PART) BEFORE LAST", _part_before),
    rule("clock", "(?:APPROX)? (?P<time>CLOCK) (?:OCLOCK|UNITS)? (?P<half>AM)? (?:OPEN ZONE CLOSE | ZONE)?", _clock),
    rule("clock-zone", "(?:APPROX)? (?P<time>CLOCK) (?P<half>AM)? (?:(?P<zone>ZONE) | OPEN ZONE CLOSE)", _clock),
    rule("hour", "(?:APPROX)? (?P<time>NUM|DAYNUM) OCLOCK? (?P<half>AM) (?:OPEN ZONE CLOSE | ZONE)?", _clock),
    rule("hour-part", "(?:APPROX)? (?P<time>NUM|DAYNUM|CLOCK) OCLOCK? IN THE (?P<part>PART)", _clock),
    rule("hour-oclock", "(?:APPROX)? (?P<time>NUM|DAYNUM) OCLOCK", _clock),
    # sets
    rule("every", "EACH (?: (?P<num>NUMBER|FEW) | (?P<other>ANOTHER) | (?P<ord>ORD) )? (?P<unit>ANYUNIT)", _every),
    rule(
        "every-named",
        "EACH (?: (?P<month>MONTH) | (?P<weekday>WEEKDAY) (?P<part>PART)? | (?P<season>SEASON)| (?P<weekend>WEEKEND) )",
        _every_named,
    ),
    rule("every-part", "EACH (?P<part>PART)", _every_named),
    rule("weekdays", "(?P<weekday>WEEKDAYS)", _every_named),
    rule("weekday-parts", "(?P<weekday>WEEKDAY) (?P<part>PARTS)", _every_named),
    rule("set-word", "(?P<word>SET)", _set_word),
    rule("rate", "ONCE A (?P<unit>UNIT)", lambda g: SetForm(duration(1, _unit(g)))),
    # references
    rule("reference", "(?P<word>REF)", _reference),
    rule(
        "recent-units",
        "THE? RECENT (?P<unit>ANYUNIT) (?:AND UNITS)?",
        lambda g: LengthForm(duration(None, _unit(g)), -1, _unit(g)),
    ),
    rule("recent", "RECENT", lambda g: RefForm("PAST_REF")),
    rule("current", "NOW", lambda g: RefForm("PRESENT_REF")),
    rule("future", "(?:THE NEAR? FUTURE | FUTURE UNITS)", lambda g: RefForm("FUTURE_REF")),
    rule("the-past", "THE RECENT? PAST(?!NUM|DAYNUM|FEW|COUPLE|SEASON|MONTH)", lambda g: RefForm("PAST_REF")),
)
