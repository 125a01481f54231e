"""What a time expression means before anything is counted from: the grammar makes forms, the resolver values."""

from __future__ import annotations

from typing import Literal, NamedTuple

Origin = Literal["reference", "told"]  # count from the document's reference day, or from the last date told


class DateForm(NamedTuple):
    """A calendar date as far as told. `code` is a part of the year ("Q3", "H1", "SU"); `direction` -1, 0 or +1 for
    "last", "this", "next"; `words` are spans that hold more than one part."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    code: str | None = None
    direction: int | None = None
    weekend: bool = False
    week: bool = False  # the week that holds the day
    told: bool = False  # count "previous" and "following" from the last day told
    fiscal: bool = False  # a financial year, which may begin in the year before or end in the one after
    across: bool = False  # told with the year that it ends in: "winter 2015-16", "FY 2022/23"


class ShiftForm(NamedTuple):
    """`amount` units away (0: the present one); None where the text does not say how many. `grain` is the unit that
    the value is told in, `part` a year's code that is carried along ("the third quarter of last year")."""

    unit: str
    amount: float | None
    origin: Origin = "reference"
    code: str | None = None
    month: int | None = None
    year_ago: bool = False


class AbsoluteForm(NamedTuple):
    """A value that needs nothing else: a decade, a century, a full ISO date."""

    value: str


class LengthForm(NamedTuple):
    """A duration. `toward` is -1 for "the past two weeks", +1 for "the next two weeks", 0 where it is not tied."""

    value: str
    toward: int = 0
    unit: str = ""
    low: float | None = None  # amount of `unit`; None where vague
    high: float | None = None
    modifier: str = ""


class SetForm(NamedTuple):
    value: str


class RefForm(NamedTuple):
    value: str


class TimeForm(NamedTuple):
    """A time of day ("16:30", "MO") of `base`; None where the text names no day. `twelve`: morning or evening is
    open. `window` are the first and last minute of a part of day that is told apart from the value's ("dawn"). `days`
    are those by which it lies off `base`: the second end of "from 6 p.m. to 5 a.m." is on the day after."""

    clock: str
    base: Form | None = None
    twelve: bool = False
    window: tuple[str, str] | None = None
    days: int = 0


class CalendarForm(NamedTuple):
    """A date of another calendar: "hijri" or "persian". `common` is a year of the common calendar told with it, `shift`
    such a year counted from the present one ("Ramadan last year")."""

    calendar: str
    month: int
    day: int | None = None
    year: int | None = None
    common: int | None = None
    shift: int | None = None


class HolidayForm(NamedTuple):
    rule: str
    year: int | None = None
    direction: int | None = None


class EventForm(NamedTuple):
    """A time that only an event dates: from `low` to `high` hours before or after it. "The third day of the war"."""

    unit: str
    relation: Literal["before", "after"]
    low: float
    high: float


Form = (
    EventForm
    | DateForm
    | ShiftForm
    | AbsoluteForm
    | LengthForm
    | SetForm
    | RefForm
    | TimeForm
    | CalendarForm
    | HolidayForm
)


class Found(NamedTuple):
    """Lexemes ``[first, last)`` of a block and their form, with the rule that found them."""

    first: int
    last: int
    form: Form
    rule: str
