"""Forms → TIMEX3 values, counted from a reference day and from what was told before."""

from __future__ import annotations

from datetime import date
from math import inf
from typing import Annotated, NamedTuple

from msgspec import Meta

from variorum.records import Record, TimeType

from .forms import (
    AbsoluteForm,
    CalendarForm,
    DateForm,
    EventForm,
    Form,
    HolidayForm,
    LengthForm,
    RefForm,
    SetForm,
    ShiftForm,
    TimeForm,
)
from .grammar_dates import numeric_readings
from .tense import PLAIN_PAST
from .values import (
    OPEN,
    Bounds,
    bounds_of,
    day_value,
    easter,
    hijri_day,
    make_day,
    persian_day,
    shift_days,
    shift_months,
    week_value,
)

_UNKNOWN = {
    "TH": "XXXX-XX-XXTXX",
    "TM": "XXXX-XX-XXTXX",
    "TS": "XXXX-XX-XXTXX",
    "D": "XXXX-XX-XX",
    "W": "XXXX-WXX",
    "M": "XXXX-XX",
    "Q": "XXXX-QX",
    "Y": "XXXX",
    "E": "XXX",
    "C": "XX",
}
_SEASON_START = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_ZONES = 1  # days by which two places' dates may differ
_MONTHS = {"Q": 3, "E": 120, "C": 1200, "L": 12000, "Y": 12, "M": 1}


Months = Annotated[int, Meta(ge=0, le=12)]


class TimeOptions(Record, frozen=True, kw_only=True):
    """Thresholds, all tuned on TimeBank and AQUAINT.

    `near` is how many characters back a told date still anchors "a day earlier". A day told without a year lies at
    most `day_ahead_…` months ahead of the reference, by the clause that it stands in (looking back, neither, looking
    ahead), else in the past; `month_ahead_…` is the same for a month. What a clause says was done never lies
    ahead. `widest_family` is how many days of a family's range are tried one by one; of a wider one only the ends are.
    """

    near: Annotated[int, Meta(ge=0)] = 500
    day_ahead_past: Months = 2
    day_ahead_unclear: Months = 5
    day_ahead_future: Months = 11
    month_ahead_past: Months = 1
    month_ahead_unclear: Months = 4
    month_ahead_future: Months = 8
    widest_family: Annotated[int, Meta(ge=1)] = 31


class Context(NamedTuple):
    """What an expression is resolved against: the reference day, and what was told before it: the last day (`told`),
    the last one on which something happened that was not said (`happened`), month, quarter and year, and the year of
    the text's own story. `direction` is the clause's (tense.py)."""

    reference: date | None
    told: str | None = None
    happened: str | None = None
    month: str | None = None
    quarter: str | None = None
    year: int | None = None
    story: int | None = None
    direction: int = 0
    day_first: bool | None = None
    options: TimeOptions = TimeOptions()


class Resolved(NamedTuple):
    type: TimeType
    value: str
    bounds: Bounds


def resolve(form: Form, context: Context) -> Resolved:
    """The type, value and bounds of `form`; X in the value for all that neither text nor context tells."""
    match form:
        case LengthForm():
            return Resolved("DURATION", form.value, _length_bounds(form, context.reference))
        case EventForm():
            return Resolved("DATE", _UNKNOWN[form.unit], OPEN)
        case SetForm():
            return Resolved("SET", form.value, OPEN)
        case RefForm():
            return Resolved("DATE", form.value, _reference_bounds(form.value, context.reference))
        case TimeForm():
            return _time(form, context)
        case CalendarForm():
            return _other_calendar(form, context)
        case ShiftForm():
            value = _shift(form, context)
            kind: TimeType = "TIME" if "T" in value.replace("_REF", "") and not value.endswith("REF") else "DATE"
            if kind == "TIME":
                bounds = _hours_bounds(form, value)
            else:
                bounds = _reference_bounds(value, context.reference) if value.endswith("REF") else bounds_of(value)
            return Resolved(kind, value, bounds)
        case AbsoluteForm():
            return _absolute(form, context)
        case HolidayForm():
            value = _holiday(form, context)
        case DateForm():
            value = _date(form, context)
            return Resolved("DATE", value, _date_bounds(form, value, context))
    return Resolved("DATE", value, bounds_of(value))


def _date_bounds(form: DateForm, value: str, context: Context) -> Bounds:
    """The bounds of a date: its value's, but for the years and winters that begin in one year and end in the next."""
    if form.code == "WI" and form.year is None and context.reference is not None:
        return _winter(form.direction, context)
    if form.year is None or not (form.across or form.fiscal):
        return bounds_of(value)
    if form.across and form.code == "WI":
        return f"{form.year:04}-12-01", f"{form.year + 1:04}-03-20"
    if form.fiscal and form.across:
        # from April (India, Japan) or October (Thailand) to the March or September after
        return f"{form.year:04}-04-01", f"{form.year + 1:04}-09-30"
    if form.fiscal:
        # Financial years named 2022 begin between July 2021 (Australia) and April 2022 (Japan).
        return f"{form.year - 1:04}-07-01", f"{form.year + 1:04}-03-31"
    return bounds_of(value)


# --- lengths and references --------------------------------------------------------------------------------------


def _length_bounds(form: LengthForm, reference: date | None) -> Bounds:
    """ "The past two weeks" ends now, "the next two" begins now; a length that is not tied has no bounds."""
    if reference is None or not form.toward:
        return OPEN
    amount = None if form.low is None or form.low != form.high else form.low
    far = None if amount is None else _moved(reference, form.unit, form.toward * amount)
    here = day_value(reference)
    there = day_value(far) if far else None
    return (there, here) if form.toward < 0 else (here, there)


def _hours_bounds(form: ShiftForm, value: str) -> Bounds:
    """The days that "three hours ago" may lie on: the day counted from, and the one it may have crossed into."""
    day = date.fromisoformat(value[:10]) if "X" not in value[:10] else None
    far = _moved(day, "D", 1 if (form.amount or 0) > 0 else -1) if day else None
    if day is None or far is None:
        return OPEN
    first, last = sorted((day, far))
    return day_value(first), day_value(last)


def _reference_bounds(value: str, reference: date | None) -> Bounds:
    """The past ends and the future begins on the reference day; the present has no edges that a text tells."""
    if reference is None or value == "PRESENT_REF":
        return OPEN
    return (None, day_value(reference)) if value == "PAST_REF" else (day_value(reference), None)


def _moved(day: date, unit: str, amount: float) -> date | None:
    if abs(amount) > 1e7:
        return None
    if unit in ("D", "W", "2W", "WE"):
        return shift_days(day, round(amount * {"D": 1, "W": 7, "2W": 14, "WE": 7}[unit]))
    if unit in _MONTHS:
        return shift_months(day, round(amount * _MONTHS[unit]))
    return shift_days(day, int(amount / {"TH": 24, "TM": 1440, "TS": 86400}.get(unit, 24)))


# --- shifts ------------------------------------------------------------------------------------------------------


def _shift(form: ShiftForm, context: Context) -> str:
    if form.amount is None:
        return "FUTURE_REF"
    if form.amount == -inf:
        return "PAST_REF"
    if form.code is not None or form.month is not None:
        return _in_shifted_year(form, context)
    if form.unit == "Y" and form.amount == -1 and context.quarter and form.year_ago:
        return _quarter_year_ago(context.quarter)
    base = _base(form, context)
    if base is None:
        return _UNKNOWN.get(form.unit, "XXXX-XX-XX")
    moved = _moved(base, form.unit, form.amount)
    if moved is None:
        return _UNKNOWN.get(form.unit, "XXXX-XX-XX")
    return _grain(moved, form.unit, base)


def _base(form: ShiftForm, context: Context) -> date | None:
    """The day that a shift counts from: for what was told, as coarse as the unit allows."""
    if form.origin == "told":
        told = context.told
        if form.unit in ("M", "Q"):
            told = context.month or told
        elif form.unit in ("Y", "E", "C") and context.year is not None and 1 <= context.year <= 9999:
            return date(context.year, 1, 1)
        earliest = bounds_of(told)[0] if told else None
        if earliest:
            return date.fromisoformat(earliest[:10])
        if (form.amount or 0) > 0:
            return None  # what came later came after something that the text has not dated
    return context.reference


def _grain(day: date, unit: str, base: date) -> str:
    """The value of the unit that holds `day`."""
    if unit in ("W", "2W"):
        return week_value(day)
    if unit == "M":
        return f"{day.year:04}-{day.month:02}"
    if unit == "Q":
        return f"{day.year:04}-Q{(day.month + 2) // 3}"
    if unit == "Y":
        return f"{day.year:04}"
    if unit == "E":
        return f"{day.year:04}"[:3]
    if unit in ("C", "L"):
        return f"{day.year:04}"[:2]
    if unit in ("TH", "TM", "TS"):
        return f"{day_value(day)}TXX"
    return day_value(day)


def _in_shifted_year(form: ShiftForm, context: Context) -> str:
    base = context.reference
    if form.year_ago and context.quarter:
        year: int | None = int(context.quarter[:4])
    elif form.year_ago and context.year is not None and context.reference is None:
        year = context.year
    else:
        year = base.year if base else None
    text = "XXXX" if year is None else f"{int(year + (form.amount or 0)):04}"
    if form.month is not None:
        return f"{text}-{form.month:02}"
    code = form.code
    if code in ("?", "QX") and context.quarter:
        code = context.quarter[5:]
    return text if code == "?" else f"{text}-{code}"


def _quarter_year_ago(quarter: str) -> str:
    return f"{int(quarter[:4]) - 1:04}{quarter[4:]}"


# --- dates -------------------------------------------------------------------------------------------------------


def _date(form: DateForm, context: Context) -> str:
    if form.weekend:
        return _weekend(form, context)
    if form.code is not None:
        return _coded(form, context)
    if form.month is not None:
        year = form.year if form.year is not None else _on_weekday(form, _year_of(form, context), context)
        head = "XXXX" if year is None else f"{year:04}"
        if form.day is None:
            return f"{head}-{form.month:02}"
        if year is not None and make_day(year, form.month, form.day) is None:
            return f"{head}-{form.month:02}"
        day = make_day(year, form.month, form.day) if year is not None else None
        if form.week:
            return week_value(day) if day else "XXXX-WXX"
        return f"{head}-{form.month:02}-{form.day:02}"
    if form.weekday is not None:
        day = _weekday(form, context)
        return day_value(day) if day else f"XXXX-WXX-{form.weekday}"
    return f"{form.year:04}"


def _year_of(form: DateForm, context: Context) -> int | None:
    """The year of a month or day told without one: the nearest, turned by "last", "next" and the verb."""
    reference = context.reference
    assert form.month is not None
    if form.told and context.month:
        year, month = int(context.month[:4]), int(context.month[5:])
        return year + (form.month < month)
    in_story = form.direction is None and context.story is not None and context.direction <= 0
    if in_story and (reference is None or abs(reference.year - (context.story or 0)) > 1):
        return context.story
    if reference is None:
        return None
    here = reference.year * 12 + reference.month
    distance = (form.month - reference.month) % 12  # months ahead, 0 to 11
    if context.direction <= PLAIN_PAST and form.direction is None:
        later = distance == 0 and form.day is not None and form.day > reference.day + _ZONES
        return (here - (12 - distance) - 1) // 12 if distance or later else reference.year
    if form.direction == -1:
        return (here - (12 - distance) - 1) // 12
    if form.direction == 1 and distance == 0:
        return reference.year + 1
    if form.direction == 1:
        return (here + distance - 1) // 12
    if form.direction == 0:
        return reference.year
    if distance == 0:
        return reference.year
    ahead = (here + distance - 1) // 12
    behind = (here - (12 - distance) - 1) // 12
    return ahead if distance <= _months_ahead(form.day is not None, context) else behind


def _on_weekday(form: DateForm, year: int | None, context: Context) -> int | None:
    """The year next to `year` in which the day falls on the weekday told with it ("Tuesday, March 12"); `year` itself
    where it does, or where neither or both do."""
    if year is None or form.weekday is None or form.day is None or form.month is None or context.reference is None:
        return year
    near = (year, *(one for one in (year - 1, year + 1) if abs(one - context.reference.year) <= 1))
    fits = [
        one
        for one in near
        if (day := make_day(one, form.month, form.day)) is not None and day.isoweekday() == form.weekday
    ]
    return fits[0] if fits and (fits[0] == year or len(fits) == 1) else year


def _months_ahead(day: bool, context: Context) -> int:
    """How far ahead a date without a year may lie; people give the year of one that is not near."""
    options = context.options
    if context.direction > 0:
        return options.day_ahead_future if day else options.month_ahead_future
    if context.direction < 0:
        return options.day_ahead_past if day else options.month_ahead_past
    return options.day_ahead_unclear if day else options.month_ahead_unclear


def _weekday(form: DateForm, context: Context) -> date | None:
    reference = context.reference
    if form.told and context.told:
        reference = date.fromisoformat(context.told)
    if reference is None:
        return None
    weekday, direction = form.weekday or 1, form.direction
    back = (reference.isoweekday() - weekday) % 7
    if direction == -1:
        return shift_days(reference, -(back or 7))
    if direction == 1:
        return shift_days(reference, (7 - back) % 7 or 7)
    if back == 0:
        return reference
    if context.direction > 0 or (direction == 0 and context.direction >= 0):
        return shift_days(reference, 7 - back)
    return shift_days(reference, -back)


def _weekend(form: DateForm, context: Context) -> str:
    reference = context.reference
    if reference is None:
        return "XXXX-WXX-WE"
    weekday = reference.isoweekday()
    weeks = 0
    if form.direction == 1:
        weeks = 1 if weekday >= 6 or context.direction < 0 else 0
    elif form.direction == -1 or (weekday < 6 and context.direction <= 0 and form.direction is None):
        weeks = -1
    day = shift_days(reference, 7 * weeks)
    return f"{week_value(day)}-WE" if day else "XXXX-WXX-WE"


def _coded(form: DateForm, context: Context) -> str:
    """Quarters, halves and seasons."""
    code = form.code or ""
    reference = context.reference
    if form.year is not None:
        if code == "?":
            return f"{form.year:04}{context.quarter[4:]}" if context.quarter else f"{form.year:04}"
        if code == "QX" and context.quarter:
            return f"{form.year:04}{context.quarter[4:]}"
        return f"{form.year:04}-{code}"
    if code in ("QL", "QX") and context.quarter:
        running = reference is not None and context.quarter == _grain(reference, "Q", reference)
        if code == "QX" or not running:
            return context.quarter
    if reference is None:
        year = "XXXX" if context.story is None or form.direction is not None else f"{context.story:04}"
        return f"{year}-{code if code not in ('QL', 'Q0') else 'QX'}"
    if code == "Q0":
        return _grain(reference, "Q", reference)
    if code in ("QL", "QX"):
        before = shift_months(reference, -3)
        return _grain(before, "Q", reference) if before else "XXXX-QX"
    return f"{_coded_year(code, form.direction, context, reference):04}-{code}"


def _coded_year(code: str, direction: int | None, context: Context, reference: date) -> int:
    first, length = _span(code)
    began = reference.month >= first
    ended = reference.month >= first + length
    year = reference.year
    if direction == -1:
        return year if ended else year - 1
    if direction == 1:
        return year + 1 if began else year
    if direction == 0:
        return year
    if code[0] in "QH":
        soon = first - reference.month <= 3 and context.direction >= 0
        return year if began or soon else year - 1
    if context.direction > 0:
        return year + 1 if ended else year
    return year if began or context.direction == 0 else year - 1


def _winter(direction: int | None, context: Context) -> Bounds:
    """The one winter that "last", "this", "next" or the clause means; spring begins on the 20th of March."""
    day = context.reference
    assert day is not None
    latest = day.year if day.month == _SEASON_START["WI"] else day.year - 1
    in_winter = day.month in (12, 1, 2)
    start = latest
    if direction == 1 or (not in_winter and (direction == 0 or (direction is None and context.direction > 0))):
        start = latest + 1
    elif direction == -1 and in_winter:
        start = latest - 1
    if not 1 <= start < 9999:
        return OPEN
    return f"{start:04}-12-01", f"{start + 1:04}-03-20"


def _span(code: str) -> tuple[int, int]:
    """The first month and the months of a part of the year."""
    if code[0] == "Q":
        return int(code[1]) * 3 - 2, 3
    if code[0] == "H":
        return int(code[1]) * 6 - 5, 6
    return _SEASON_START[code], 3


def _absolute(form: AbsoluteForm, context: Context) -> Resolved:
    value = form.value
    if value.startswith("?"):
        readings = numeric_readings(value[1:])
        if context.day_first is None:
            year = readings[0][0]
            days = sorted(f"{y:04}-{m:02}-{d:02}" for y, m, d in readings)
            return Resolved("DATE", f"{year:04}-XX-XX", (days[0], days[-1]))
        y, m, d = readings[0 if context.day_first else 1]
        value = f"{y:04}-{m:02}-{d:02}"
    return Resolved("TIME" if "T" in value else "DATE", value, bounds_of(value))


# --- times of day ------------------------------------------------------------------------------------------------


def _time(form: TimeForm, context: Context) -> Resolved:
    if form.base is not None:
        day = resolve(form.base, context).value
    else:
        told = context.happened or context.told
        day = told[:10] if told and len(told) >= 10 and told[4] == "-" and told[5] != "W" else ""
        if not day:
            day = day_value(context.reference) if context.reference else "XXXX-XX-XX"
    value = f"{_days_off(day, form.days)}T{form.clock}"
    bounds = bounds_of(value)
    if form.window and bounds[0]:
        first, last = form.window
        return Resolved("TIME", value, (f"{bounds[0][:10]}T{first}", f"{bounds[0][:10]}T{last}"))
    if form.twelve and bounds[0] and bounds[0][11:] == form.clock:
        hour = int(form.clock[:2])
        other = f"{bounds[0][:10]}T{(hour + 12) % 24:02}{form.clock[2:]}"
        first, last = sorted((bounds[0], other))
        bounds = (first, last)
    return Resolved("TIME", value, bounds)


def _days_off(day: str, days: int) -> str:
    """A day's value moved by days; what is less than a full day stays as told."""
    if not days or "X" in day or "W" in day or len(day) != len("2024-01-18"):
        return day
    moved = shift_days(date.fromisoformat(day), days)
    return day_value(moved) if moved else day


# --- feasts and other calendars ----------------------------------------------------------------------------------


def _holiday(form: HolidayForm, context: Context) -> str:
    if form.year is not None:
        day = holiday_day(form.rule, form.year)
        return day_value(day) if day else f"{form.year:04}"
    reference = context.reference
    if reference is None:
        return f"XXXX-{form.rule}" if len(form.rule) == 5 and form.rule[2] == "-" else "XXXX-XX-XX"
    days = [day for year in (-1, 0, 1) if (day := holiday_day(form.rule, reference.year + year))]
    if not days:
        return "XXXX-XX-XX"
    past = [day for day in days if day < reference or (day == reference and form.direction != -1)]
    future = [day for day in days if day >= reference]
    if form.direction == -1 or (context.direction < 0 and form.direction is None):
        chosen = past[-1:] or days[:1]
    elif form.direction is not None or context.direction > 0:
        chosen = future[:1] or days[-1:]
    else:
        chosen = [min(days, key=lambda day: (abs((day - reference).days), day))]
    return day_value(chosen[0])


def holiday_day(rule: str, year: int) -> date | None:
    """The day of a feast in a year. Rules: "12-25"; "easter-2"; "11-4-4", the fourth Thursday of November ("L": the
    last); a lunar feast is known to a few days only, so it has none."""
    if not 1 <= year <= 9998 or rule.startswith(("hijri", "XX")):
        return None
    if rule.startswith("easter"):
        return shift_days(easter(year), int(rule[6:]))
    parts = rule.split("-")
    if len(parts) == 2:
        return make_day(year, int(parts[0]), int(parts[1]))
    month, weekday = int(parts[0]), int(parts[1])
    first = date(year, month, 1)
    days = [
        day for n in range(31) if (day := shift_days(first, n)) and day.month == month and day.isoweekday() == weekday
    ]
    return days[-1] if parts[2] == "L" else days[int(parts[2]) - 1]


def _other_calendar(form: CalendarForm, context: Context) -> Resolved:
    """A month or day of a Hijri calendar: bounds with the calendar's own uncertainty, and as coarse a value as they
    allow. Without a year, the nearest to the reference day."""
    if form.shift is not None and context.reference is not None:
        form = form._replace(common=context.reference.year + form.shift)
    convert, margin = (hijri_day, 2) if form.calendar == "hijri" else (persian_day, 1)
    years = [form.year] if form.year is not None else []
    near = form.common or (context.reference.year if context.reference is not None else None)
    if not years and near is not None:
        guess = near - 621 if form.calendar == "persian" else int((near - 622) * 33 / 32) + 1
        years = [guess - 2, guess - 1, guess, guess + 1]
    spans = []
    for year in years:
        first = convert(year, form.month, form.day or 1)
        last = convert(year, form.month, form.day or 30)
        low = shift_days(first, -margin) if first else None
        high = shift_days(last, margin) if last else None
        if low and high:
            spans.append((low, high))
    if form.common is not None:
        spans = [span for span in spans if form.common in (span[0].year, span[1].year)][-1:]
    if not spans:
        return Resolved("DATE", "XXXX-XX-XX" if form.day else "XXXX-XX", OPEN)
    reference = context.reference if form.common is None else None
    low, high = spans[0] if reference is None else _meant(spans, reference, context.direction)
    value = f"{low.year:04}-{low.month:02}" if (low.year, low.month) == (high.year, high.month) else f"{low.year:04}"
    if low.year != high.year:
        value = "XXXX"
    if form.day:
        value += "-XX" if len(value) == 7 else "-XX-XX"
    elif len(value) == 4:
        value += "-XX"
    return Resolved("DATE", value, (day_value(low), day_value(high)))


def _meant(spans: list[tuple[date, date]], day: date, direction: int) -> tuple[date, date]:
    """The last that had begun where what it dates is done, the next that had not ended where it is to come, else the
    nearest."""
    begun, open_ = [s for s in spans if s[0] <= day], [s for s in spans if s[1] >= day]
    if direction <= PLAIN_PAST and begun:
        return max(begun)
    if direction > 0 and open_:
        return min(open_)
    return min(spans, key=lambda span: _distance(span, day))


def _distance(span: tuple[date, date], day: date) -> int:
    return max((span[0] - day).days, (day - span[1]).days, 0)
