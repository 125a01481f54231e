"""Rules for what names a day, month, year or another part of the calendar."""

from __future__ import annotations

import re

from .forms import AbsoluteForm, CalendarForm, DateForm, Form, HolidayForm, LengthForm, ShiftForm, TimeForm
from .lexicon import lexicon
from .lexing import Lexeme
from .matching import Groups, Rule, rule

_EARLY = (
    "(?:THE? EARLY DASH? THE? | THE? POINT OF THE?"
    "| THE? CMP IN? (?=THE|THIS|THAT|MONTH|WEEKDAY|LAST|DAYWORD|NEXT|PART) THE?)"
)
_WHICH = "(?:THIS(?=COMING|PAST|LAST|NEXT)|THE)? (?P<which>TURN)?"
_YEAR = "(?:COMMA? (?P<year>YEARNUM) | COMMA? (?P<short>SHORTYEAR))"


def _year(g: Groups) -> int | None:
    if "year" in g:
        return int(g["year"].meaning)
    if "short" in g:
        return _century(int(str(g["short"].meaning)[-2:]))
    return None


def _century(two: int) -> int:
    """The year of "'68" or "24": up to 2049 of this century, else of the last."""
    return 2000 + two if two < 50 else 1900 + two


def _direction(item: Lexeme | None) -> int | None:
    if item is None:
        return None
    return {"LAST": -1, "PAST": -1, "PREVIOUS": -1, "NEXT": 1, "COMING": 1, "FOLLOWING": 1}.get(item.kind, 0)


def _day_ok(day: int | None) -> bool:
    return day is not None and 1 <= day <= 31


def _month_day(g: Groups) -> Form | None:
    day = g.whole("day")
    if not _day_ok(day):
        return None
    weekday = int(g["weekday"].meaning) if "weekday" in g else None
    direction = -1 if "lastmonth" in g else _direction(g.get("which")) if "weekday" not in g else None
    return DateForm(year=_year(g), month=int(g["month"].meaning), day=day, weekday=weekday, direction=direction)


def _month(g: Groups) -> Form | None:
    if g["month"].low == "may" and (g["month"].end - g["month"].start) != 3:
        return None
    if "shift" in g:
        shift = _direction(g["shift"])
        return ShiftForm("Y", shift or 0, month=int(g["month"].meaning))
    return DateForm(year=_year(g), month=int(g["month"].meaning), direction=_direction(g.get("which")))


def _day_pair(g: Groups) -> Form | None:
    """One end of "16–18 January": the day with the month of the other end."""
    day = g.whole("day")
    return DateForm(year=_year(g), month=int(g["month"].meaning), day=day) if _day_ok(day) else None


def _weekday(g: Groups) -> Form | None:
    which = g.get("which")
    told = which is not None and which.kind in ("PREVIOUS", "FOLLOWING")
    return DateForm(weekday=int(g["weekday"].meaning), direction=_direction(which), told=told)


def _iso(g: Groups) -> Form | None:
    text = str(g["iso"].meaning).upper()
    day, _, clock = text[:10], text[10:11], text[11:16]
    if len(text) == 7:
        return DateForm(year=int(text[:4]), month=int(text[5:7]))
    year, month, number = (int(part) for part in day.split("-"))
    if not (1 <= month <= 12 and _day_ok(number)):
        return None
    if clock:
        return AbsoluteForm(f"{day}T{clock}")
    return DateForm(year=year, month=month, day=number)


def numeric_readings(text: str) -> list[tuple[int, int, int]]:
    """The (year, month, day) that "01/02/2024" may mean: one where the numbers allow no other, else day first and
    month first in this order, none where it is no date."""
    parts = [int(part) for part in re.split(r"[/.-]", text)]
    if len(text.split("/")[0]) == 4:
        orders = [(parts[0], parts[1], parts[2])]
    else:
        year = parts[2] if parts[2] > 99 else _century(parts[2])
        orders = [(year, parts[1], parts[0])]
        if "." not in text and parts[0] != parts[1]:
            orders.append((year, parts[0], parts[1]))
    return [(y, m, d) for y, m, d in orders if 1 <= m <= 12 and 1 <= d <= 31 and 1000 <= y <= 2999]


def _numeric(g: Groups) -> Form | None:
    text = str(g["numeric"].meaning)
    readings = numeric_readings(text)
    if not readings:
        return None
    if len(readings) > 1:
        return AbsoluteForm(f"?{text}")
    year, month, day = readings[0]
    return DateForm(year=year, month=month, day=day)


def _year_alone(g: Groups) -> Form | None:
    return DateForm(year=int(g["year"].meaning))


def _short_year(g: Groups) -> Form | None:
    return DateForm(year=_century(int(str(g["short"].meaning)[-2:])))


def _two_digit_year(g: Groups) -> Form | None:
    """ "3 JAN 90": the year of a telex."""
    item = g["two"]
    if not (item.low.isdigit() and len(item.low) == 2):
        return None
    return DateForm(year=_century(int(item.low)), month=int(g["month"].meaning), day=g.whole("day"))


def _second_year(g: Groups) -> Form | None:
    """ "88" of "the 1980-88 war": two digits joined to a year that is not later."""
    first, item = g.before(2), g["two"]
    joined = first is not None and first.end + 1 == item.start and item.low.isdigit() and len(item.low) == 2
    if first is None or not joined:
        return None
    year = int(first.meaning) // 100 * 100 + int(item.low)
    return DateForm(year=year) if int(first.meaning) < year <= int(first.meaning) + 60 else None


def _decade(g: Groups) -> Form | None:
    item = g["decade"]
    if isinstance(item.meaning, str):
        digits = re.sub(r"\D", "", item.meaning)
        if len(digits) == 2 and item.low[0].isdigit():
            return None  # "in his 50s" is an age
        number = int(digits) if len(digits) == 4 else 1900 + int(digits)
    else:
        number = 1900 + int(item.meaning)
    return AbsoluteForm(f"{number // 10:03}")


def _century_form(g: Groups) -> Form | None:
    number = g.whole("ord")
    if number is None or not 1 <= number <= 30:
        return None
    era = g.after()
    return None if era and era.low in ("bc", "bce") else AbsoluteForm(f"{number - 1:02}")


def _part_of_year(g: Groups) -> Form | None:
    """Quarters and halves: "the third quarter of 1990", "this year's first half", "Q3 2024"."""
    code = _code(g)
    if code is None:
        return None
    if "year" in g or "short" in g:
        return DateForm(year=_year(g), code=code)
    if code[0] == "H" and "shift" not in g:
        return None  # of what? matches and meetings have halves too
    if "shift" in g:
        return ShiftForm("Y", _direction(g["shift"]) or 0, code=code)
    return DateForm(code=code, direction=_direction(g.get("which")))


def _code(g: Groups) -> str | None:
    if "code" in g:
        text = str(g["code"].meaning).upper()
        return text if text[0] in "QH" else f"Q{text[0]}"
    if "ord" in g:
        letter = "H" if g["part"].kind == "HALF" else "Q"
        number = int(g["ord"].meaning)
        return f"{letter}{number}" if 1 <= number <= (2 if letter == "H" else 4) else None
    if "last" in g:
        return "H2" if g["part"].kind == "HALF" else "Q4"
    return "QX"


def _year_ago(g: Groups) -> Form | None:
    return ShiftForm("Y", -1, "told", code=_code(g) if "ord" in g else "?", year_ago=True)


def _latest_quarter(g: Groups) -> Form | None:
    return DateForm(code="QL")


def _season(g: Groups) -> Form | None:
    code = str(g["season"].meaning)
    if "shift" in g:
        return ShiftForm("Y", _direction(g["shift"]) or 0, code=code)
    year = _year(g)
    if "second" in g:
        number = int(g["second"].meaning) % 100
        if year is None or code != "WI" or number != (year + 1) % 100:
            return None
        return DateForm(year=year, code=code, across=True)
    return DateForm(year=year, code=code, direction=_direction(g.get("which")))


def _fiscal(g: Groups) -> Form | None:
    if "code" in g:
        parts = re.findall(r"\d+", str(g["code"].meaning))
        year = int(parts[0]) if len(parts[0]) == 4 else _century(int(parts[0]))
        return DateForm(year=year, fiscal=True, across=len(parts) > 1)
    if "year" in g or "short" in g:
        return DateForm(year=_year(g), fiscal=True, across="second" in g)
    if g["unit"].meaning != "Y":
        return None
    after = g.after()
    if after is not None and after.low in ("ended", "ending"):
        return LengthForm("P1Y", 0, "Y", 1, 1)
    return ShiftForm("Y", _direction(g.get("which")) or 0)


def _named_day(g: Groups) -> Form | None:
    """ "9/11": a day that is known by its numbers, where an article, a preposition or an event stands with it."""
    value = lexicon().named_days.get(g["named"].low)
    before, after = g.before(), g.after()
    told = before is not None and before.kind in {"THE", "AFTER", "BEFORE", "FROM", "OF", "PREP", "IN", "DASH"}
    named = after is not None and (after.low in lexicon().event_nouns or after.low[:-1] in lexicon().event_nouns)
    if value is None or not (
        told or named or (after is not None and after.low in {"attackers", "attacker", "bombers"})
    ):
        return None
    year, month, day = (int(part) for part in value.split("-"))
    return DateForm(year=year, month=month, day=day)


def _weekend(g: Groups) -> Form | None:
    return DateForm(weekend=True, direction=_direction(g.get("which")))


def _calendar(g: Groups) -> Form | None:
    item = g["month"]
    name = "hijri" if item.kind == "HIJRI" else "persian"
    if "unit" in g and g["unit"].meaning != "M":
        return None
    day = g.whole("day") if "day" in g else g.whole("day2")
    year = g.whole("year")
    shift = _direction(g["shift"]) if "shift" in g else None
    alone = day is None and year is None and shift is None and "unit" not in g
    if name == "persian" and alone and item.low not in lexicon().told_alone:
        return None  # alone, most of these are surnames or agencies
    if (day is not None and not 1 <= day <= 31) or (year is not None and not 1200 <= year <= 2200):
        return None
    own = year if year is not None and year <= 1600 else None
    return CalendarForm(name, int(item.meaning), day, own, year if own is None else None, shift)


def _night(g: Groups) -> Form | None:
    """ "The night of 3-4 March", "overnight from Sunday to Monday": the night that begins on the first of two days."""
    night = g["part"].meaning == "NI" if "part" in g else g["word"].low == "overnight"
    if not night:
        return None
    if "weekday" in g:
        return TimeForm("NI", DateForm(weekday=int(g["weekday"].meaning)))
    day = g.whole("day")
    return TimeForm("NI", DateForm(year=_year(g), month=int(g["month"].meaning), day=day)) if _day_ok(day) else None


def _holiday(g: Groups) -> Form | None:
    rule_text = str(g["day"].meaning)
    if rule_text.startswith("hijri"):
        return CalendarForm("hijri", int(rule_text[6:8]), int(rule_text[9:]), common=_year(g))
    return HolidayForm(rule_text, _year(g), _direction(g.get("which")))


RULES: tuple[Rule, ...] = (
    rule("iso", "(?P<iso>ISO)", _iso),
    rule("numeric", "(?P<numeric>NUMERIC)", _numeric),
    rule(
        "range-month-day",
        f"(?P<month>MONTH) (?P<day>DAYNUM|ORD)(?= (?:DASH|TO|AND|OR) (?:DAYNUM|ORD) {_YEAR})",
        _month_day,
    ),
    rule(
        "weekday-month-day",
        f"(?:APPROX|(?:THIS(?=COMING))? (?P<which>COMING|NEXT|LAST|THIS)? (?P<weekday>WEEKDAY) COMMA? )? "
        "(?:(?P<lastmonth>LAST)|THE)? (?P<month>MONTH) THE?"
        f"(?P<day>DAYNUM|ORD)(?!PERCENT|HUNDRED) {_YEAR}?",
        _month_day,
    ),
    rule("early-month-day", f"{_EARLY} (?P<month>MONTH) (?P<day>DAYNUM|ORD) {_YEAR}?", _month_day),
    rule(
        "day-month",
        "(?:(?P<weekday>WEEKDAY) COMMA?)? THE? (?P<day>DAYNUM|ORD) DASH? OF? (?P<month>MONTH) "
        "(?:(?:DASH|COMMA)? (?P<year>YEARNUM) | DASH? (?P<short>SHORTYEAR))?",
        _month_day,
    ),
    rule("day-month-two", "(?P<day>DAYNUM) (?P<month>MONTH) (?P<two>NUM)", _two_digit_year),
    rule("day-month-two", "(?P<day>DAYNUM) (?P<month>MONTH) (?P<two>DAYNUM)(?=DASH|OPEN|CLOSE|$)", _two_digit_year),
    rule(
        "range-days-month",
        f"(?P<day>DAYNUM|ORD)(?= (?:DASH|TO|AND|OR) (?:DAYNUM|ORD) OF? (?P<month>MONTH) {_YEAR}?)",
        _day_pair,
    ),
    rule(
        "range-month-days",
        f"(?<=(?P<month>MONTH) (?:DAYNUM|ORD) (?:DASH|TO|AND|OR)) (?P<day>DAYNUM|ORD)"
        f"(?!UNIT|UNITS|PERCENT|HUNDRED|AM|MONTH) {_YEAR}?",
        _day_pair,
    ),
    rule(
        "month-year",
        f"THE? (?:(?P<early>{_EARLY}))? (?P<month>MONTH) (?:OF|COMMA|DASH)? (?:(?P<year>YEARNUM)|(?P<short>SHORTYEAR))",
        _month,
    ),
    rule(
        "month-shift",
        "(?P<month>MONTH) (?:OF|COMMA)? (?:THE)? (?P<shift>LAST|THIS|NEXT|PREVIOUS|FOLLOWING) UNIT",
        _month,
    ),
    rule(
        "month",
        f"(?:{_EARLY})? {_WHICH} (?P<month>MONTH)",
        _month,
    ),
    rule(
        "weekday",
        f"(?:{_EARLY})? {_WHICH} (?P<weekday>WEEKDAY)",
        _weekday,
    ),
    rule("year", f"(?:{_EARLY})? (?:THE UNIT)? (?P<year>YEARNUM) (?:AND BEYOND|OR CMP|BEYOND)?", _year_alone),
    rule("second-year", "(?<=YEARNUM DASH) (?P<two>DAYNUM|NUM)(?!DASH|SLASH|PERCENT|HUNDRED|UNIT|UNITS)", _second_year),
    rule("short-year", "(?P<short>SHORTYEAR)", _short_year),
    rule("years-decade", f"(?:THE? (?:ORD|LAST) HALF OF THE?|{_EARLY}|THE)? (?P<decade>DECADE)", _decade),
    rule("century", f"(?:{_EARLY}|THE)? (?P<ord>ORD) DASH? (?P<unit>CENTURY)", _century_form),
    rule(
        "quarter",
        "(?:THE|A)? (?:FISCAL DASH?)? (?P<ord>ORD) DASH? FISCAL? (?P<part>QUARTER|HALF)"
        "(?: (?:OF|IN)? THE? FISCAL? (?:(?P<year>YEARNUM)|(?P<short>SHORTYEAR)"
        "|(?P<shift>LAST|THIS|NEXT) FISCAL? UNIT))?",
        _part_of_year,
    ),
    rule("half", "THE? (?P<last>LAST) (?P<part>HALF|QUARTER) OF (?P<year>YEARNUM)", _part_of_year),
    rule("quarter-code", "(?P<code>QUARTERCODE) (?:OF? FISCAL? (?P<year>YEARNUM))?", _part_of_year),
    rule(
        "quarter-of-year",
        "(?P<shift>LAST|THIS|NEXT) UNIT POSS FISCAL? (?P<ord>ORD) DASH? (?P<part>QUARTER|HALF)",
        _part_of_year,
    ),
    rule(
        "quarter-shift",
        "(?P<shift>LAST|THIS|NEXT) UNIT POSS (?:QUARTER|PERIOD)",
        lambda g: ShiftForm("Y", _direction(g["shift"]) or 0, code="?"),
    ),
    rule(
        "year-quarter", "THE? (?P<year>YEARNUM) FISCAL? (?:(?P<ord>ORD) DASH?)? (?P<part>QUARTER|HALF)", _part_of_year
    ),
    rule("year-period", "THE (?P<year>YEARNUM) PERIOD", lambda g: DateForm(year=_year(g), code="?")),
    rule(
        "year-ago",
        "(?:THE|A)? UNIT DASH (?:AGO|CMP) FISCAL? (?:(?P<ord>ORD) DASH?)? (?P<part>QUARTER|HALF|PERIOD)?",
        _year_ago,
    ),
    rule(
        "latest-quarter",
        "THE (?:LATEST|NOW)? FISCAL? QUARTER",
        lambda g: DateForm(code="Q0" if "NOW" in g.kinds() else "QL"),
    ),
    rule(
        "this-quarter",
        "(?P<which>LAST|NEXT|THIS|PAST|PREVIOUS) QUARTER",
        lambda g: ShiftForm("Q", _direction(g["which"]) or 0),
    ),
    rule("latest-period", "THE LATEST PERIOD", _latest_quarter),
    rule(
        "season",
        f"(?:{_EARLY}|THE)? {_WHICH} (?P<season>SEASON)(?: (?:OF|COMMA)? (?:(?P<year>YEARNUM)|(?P<short>SHORTYEAR)))?"
        "(?: (?:DASH|SLASH) (?P<second>DAYNUM|NUM|YEARNUM))?",
        _season,
    ),
    rule("season-shift", "(?P<season>SEASON) (?P<shift>LAST|THIS|NEXT) UNIT", _season),
    rule(
        "fiscal-year",
        f"(?:{_EARLY}|THE)? (?P<which>TURN|NOW|LATEST)? FISCAL (?P<unit>UNIT)"
        " (?:(?P<year>YEARNUM) (?:(?:DASH|SLASH) (?P<second>DAYNUM|NUM|YEARNUM))?)?",
        _fiscal,
    ),
    rule("fiscal-code", "(?P<code>FISCALCODE)", _fiscal),
    rule("named-day", "(?P<named>NAMEDDAY)", _named_day),
    rule("fiscal", "FISCAL (?:(?P<year>YEARNUM)|(?P<short>SHORTYEAR))", _fiscal),
    rule(
        "weekend",
        f"(?:{_EARLY}|THE)? {_WHICH} WEEKEND",
        _weekend,
    ),
    rule(
        "calendar-date",
        f"(?:(?:THE? (?P<unit>UNIT) OF)|THE? (?P<day>DAYNUM|ORD)? OF?|THE? (?P<day2>ORD) UNIT OF THE?|{_EARLY})"
        " (?P<month>HIJRI|PERSIAN) (?:COMMA? (?P<year>YEARNUM)|OF? (?P<shift>LAST|THIS|NEXT) UNIT)?",
        _calendar,
    ),
    rule(
        "night-of-days",
        "(?:THE|THAT|LAST)? (?P<part>PART) (?:OF|FROM|BETWEEN) THE? (?P<day>DAYNUM|ORD) (?:DASH|TO|AND)"
        f" THE? (?:DAYNUM|ORD) OF? (?P<month>MONTH) {_YEAR}?",
        _night,
    ),
    rule(
        "night-of-days",
        "(?:THE|THAT|LAST)? (?P<part>PART) (?:OF|FROM|BETWEEN) (?P<weekday>WEEKDAY) (?:DASH|TO|AND) WEEKDAY",
        _night,
    ),
    rule("night-of-days", "(?P<word>DAYWORD) FROM? (?P<weekday>WEEKDAY) (?:DASH|TO) WEEKDAY", _night),
    rule("calendar-month-day", "(?P<month>HIJRI|PERSIAN) (?P<day>DAYNUM|ORD) (?:COMMA? (?P<year>YEARNUM))?", _calendar),
    rule("holiday", f"(?P<which>LAST|NEXT|THIS)? (?P<day>HOLIDAY) {_YEAR}?", _holiday),
)
