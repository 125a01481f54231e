"""The time expressions of a document: recognised in its read blocks, resolved in text order."""

from __future__ import annotations

import re
from datetime import date, timedelta

from variorum.annotation.legible import folded
from variorum.records import READ_KINDS, Block, Document, ReferenceTime, Syntax, TimeExpression

from .anchoring import anchor_of
from .forms import DateForm, Form, LengthForm, ShiftForm, TimeForm
from .guards import accepted, trimmed
from .lists import linked
from .narrowing import narrowed
from .opening import Side, opened, side_of
from .recognising import Recognised, is_day, recognise
from .resolving import Context, Resolved, TimeOptions, resolve
from .tense import direction, is_of_telling
from .values import bounds_of
from .zones import zone_of

DEFAULT = TimeOptions()
_SAME_BREATH = re.compile(r"\s*\(?(?:(?:local|[A-Z]\w+)\s+time|[+-]\d{1,2})?[\s()]*(?:on\s|early\s|late\s)?\s*")
_RANGE = re.compile(r"\s*(?:and|to|through|until|till|–|—|-)\s*")
_TIME_RANGE = re.compile(
    r"\s*(?:[A-Z]{3}\s*|(?:local|[A-Z]\w+)\s+time\s*)?(?:to|through|until|till|and|–|—|-|(?:and|then)\s+again\s+at)\s*"
)
_BETWEEN = re.compile(r"\b(?:between|from)\s+(?:the\s+|about\s+|around\s+)?$", re.I)
_STARTS = {"MO": "06:00", "AF": "12:00", "EV": "18:00", "NI": "20:00", "DT": "06:00"}
_FEW = 20  # characters before an expression in which "between" may stand
_NUMERIC = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-]\d")


def find_times(
    document: Document, syntax: Syntax, reference: ReferenceTime, options: TimeOptions = DEFAULT
) -> tuple[TimeExpression, ...]:
    """The time expressions of the blocks that are read, in text order, as TIMEX3 with bounds.

    Relative times count from `reference` (an entry of a live blog from its own moment). Where that is a range, a value
    stands only if every day of the range gives it; otherwise it keeps X and the bounds span the range.
    """
    days = _reference_days(reference, options)
    text = folded(document.text)
    found = [
        (block, item)
        for block in document.blocks
        if block.kind in READ_KINDS
        for item in recognise(text, block.start, block.end)
    ]
    found = [(block, trimmed(item, text, syntax)) for block, item in found if accepted(item, text, syntax)]
    teller = _Teller(document, syntax, options, _day_first([item for _, item in found], text))
    items = _with_days([item for _, item in found], text)
    told = [teller.tell(item, _block_days(block, days)) for (block, _), item in zip(found, items, strict=True)]
    return linked(told, text)


def _with_days(items: list[Recognised], text: str) -> list[Recognised]:
    """Give clock times the day that follows in the same breath ("2:30 a.m. local time (2300 GMT) on Tuesday"), and
    the second end of a range of weekdays its first ("between Monday and Friday")."""
    out = list(items)
    for i in range(len(out) - 2, -1, -1):
        item, after = out[i], out[i + 1]
        gap = text[item.end : after.start]
        if isinstance(item.form, TimeForm) and item.form.base is None and ":" in item.form.clock:
            day = after.form.base if isinstance(after.form, TimeForm) else after.form
            if _SAME_BREATH.fullmatch(gap) and day is not None and is_day(day):
                out[i] = item._replace(form=item.form._replace(base=day))
                continue
        if _is_range(item, after, gap, text):
            assert isinstance(item.form, TimeForm)
            assert isinstance(after.form, TimeForm)
            one, two = _clock_range(item.form, after.form)
            out[i], out[i + 1] = item._replace(form=one), after._replace(form=two)
        elif _RANGE.fullmatch(gap) and isinstance(item.form, DateForm) and isinstance(after.form, DateForm):
            if (
                "and" in gap
                and _is_weekday(item.form)
                and not _BETWEEN.search(text[max(0, item.start - _FEW) : item.start])
            ):
                continue  # "on Thursday and Tuesday" are two days
            first, second = _range(item.form, after.form)
            out[i], out[i + 1] = item._replace(form=first), after._replace(form=second)
    return out


def _is_range(item: Recognised, after: Recognised, gap: str, text: str) -> bool:
    """Whether two times of day are the ends of a stretch; "and" joins them only behind "between", or where one day is
    told of both ("at 3 a.m. and 5 a.m. on Monday")."""
    first, second = item.form, after.form
    if not (isinstance(first, TimeForm) and isinstance(second, TimeForm) and _TIME_RANGE.fullmatch(gap)):
        return False
    if gap.strip() != "and" or (first.base is None and second.base is not None and _minute(first) < _minute(second)):
        return True
    return _BETWEEN.search(text[max(0, item.start - _FEW) : item.start]) is not None


def _clock_range(first: TimeForm, second: TimeForm) -> tuple[TimeForm, TimeForm]:
    """The two ends of a stretch of hours: one day told is that of both, and the second end does not lie before the
    first ("from 6 p.m. to 5 a.m.", "between 10 p.m. and 4 a.m. on Tuesday")."""
    if first.base is not None and second.base is not None:
        return first, second
    over = _minute(second) <= _minute(first)
    if first.base is None and second.base is not None:
        return first._replace(base=second.base, days=-1 if over else 0), second
    return first, second._replace(base=first.base, days=1 if over else 0)


def _minute(form: TimeForm) -> str:
    """When a time of day begins, as a clock tells it."""
    return form.window[0] if form.window and form.window[0] > "00:00" else _STARTS.get(form.clock, form.clock)


def _range(first: DateForm, second: DateForm) -> tuple[DateForm, DateForm]:
    """The two ends of a range: the second does not lie before the first, and a year told with it is the first's too."""
    if _is_weekday(first) and _is_weekday(second):
        return first, second._replace(direction=1, told=True)
    if first.month is None or second.month is None or first.year is not None:
        return first, second
    if second.year is not None:
        return first._replace(year=second.year - (first.month > second.month)), second
    return first, second._replace(told=second.direction is None)


def _is_weekday(form: Form) -> bool:
    return isinstance(form, DateForm) and form.weekday is not None and form.month is None and form.direction is None


def _reference_days(reference: ReferenceTime, options: TimeOptions) -> list[date]:
    if reference.basis == "none" or not (reference.earliest and reference.latest):
        return []
    first, last = bounds_of(reference.earliest[:10])[0], bounds_of(reference.latest[:10])[1]
    if first is None or last is None or first > last:
        return []
    start, stop = date.fromisoformat(first), date.fromisoformat(last)
    if (stop - start).days >= options.widest_family:
        return [start, stop]
    return [start + timedelta(days=n) for n in range((stop - start).days + 1)]


def _block_days(block: Block, days: list[date]) -> list[date]:
    day = bounds_of(block.moment[:10])[0] if block.moment else None
    return [date.fromisoformat(day)] if day else days


def _day_first(items: list[Recognised], text: str) -> bool | None:
    """Whether this document's numeric dates put the day first, by those that leave no choice; None if none does or
    they disagree."""
    votes = set()
    for item in items:
        match = _NUMERIC.match(text, item.start)
        if match and max(int(match[1]), int(match[2])) > 12:
            votes.add(int(match[1]) > 12)
    return votes.pop() if len(votes) == 1 else None


class _Teller:
    """Resolves expressions one after the other, with what was told so far."""

    def __init__(self, document: Document, syntax: Syntax, options: TimeOptions, day_first: bool | None) -> None:
        self._document = document
        self._syntax = syntax
        self._options = options
        self._day_first = day_first
        self._told: tuple[int, str] | None = None
        self._happened: tuple[int, str] | None = None
        self._quarter: str | None = None
        self._month: str | None = None
        self._year: int | None = None
        self._story: tuple[int, int, int] | None = None  # where, the year, how many dates in a row told it

    def tell(self, item: Recognised, days: list[date]) -> TimeExpression:
        context = Context(
            reference=None,
            options=self._options,
            told=self._near(self._told, item.start, bool(days)),
            happened=self._near(self._happened_before(item.start), item.start, bool(days)),
            month=self._month,
            quarter=self._quarter,
            year=self._year,
            story=self._story_near(item.start, bool(days)),
            direction=direction(self._syntax, item.start, item.end),
            day_first=self._day_first,
        )
        anchor, start = anchor_of(item, self._document.text, self._syntax), item.start
        if anchor is not None and not isinstance(item.form, LengthForm):  # "the day after the attack": the event's day
            resolved = resolve(item.form, Context(None))
        else:
            resolved = _over(item.form, context, days, side_of(item, self._document.text, self._syntax))
            self._remember(item, resolved)
            resolved, start = narrowed(resolved, self._document.text, item.start, item.end, days)
        return TimeExpression(
            start=start,
            end=item.end,
            text=self._document.text[start : item.end],
            type=resolved.type,
            value=resolved.value,
            earliest=resolved.bounds[0],
            latest=resolved.bounds[1],
            anchor=anchor,
            zone=zone_of(self._document.text, item.start, item.end) if _is_clock(resolved) else None,
        )

    def _happened_before(self, start: int) -> tuple[int, str] | None:
        """The last day on which something happened that was not said; where only the day of the telling stands in the
        sentence, that one ("the army said on Thursday that … at dawn")."""
        told, happened = self._told, self._happened
        if told is None or happened is None or told == happened:
            return happened
        first = self._sentence_start(start)
        return told if happened[0] <= first < told[0] else happened

    def _sentence_start(self, at: int) -> int:
        tokens = self._syntax.tokens_in(at, at + 1)
        return self._syntax.sentence_span(self._syntax.sentence_of(tokens[0].i)).start if tokens else at

    def _near(self, told: tuple[int, str] | None, start: int, dated: bool) -> str | None:
        if told is None or (dated and start - told[0] > self._options.near):
            return None
        return told[1]

    def _story_near(self, start: int, dated: bool) -> int | None:
        """The year that the text's own story has reached. A dated text tells one only where three dates in a row have
        their years: fewer are an aside, after which days are again of the time of writing."""
        if self._story is None:
            return None
        end, year, run = self._story
        return None if dated and (run < 3 or start - end > self._options.near) else year

    def _remember(self, item: Recognised, resolved: Resolved) -> None:
        value = resolved.value
        if resolved.type not in ("DATE", "TIME") or value.endswith("REF") or "X" in value:
            return
        if "-Q" in value and not (isinstance(item.form, ShiftForm) or _of_a_year(item.form)):
            self._quarter = value
        if value[:4].isdigit() and len(value) >= 4:
            self._year = int(value[:4])
            if _of_a_year(item.form) and len(value) >= 7:
                self._story = (item.end, self._year, self._story[2] + 1 if self._story else 1)
            elif len(value) >= 10 and not isinstance(item.form, DateForm):
                self._story = None  # "yesterday": back at the time of writing
        if len(value) >= 7 and value[5:7].isdigit():
            self._month = value[:7]
        if len(value) >= 10 and value[4] == "-" and "W" not in value:
            self._told = (item.end, value[:10])
            if not is_of_telling(self._syntax, item.start, item.end):
                self._happened = self._told


def _is_clock(resolved: Resolved) -> bool:
    return resolved.type == "TIME" and ":" in resolved.value


def _of_a_year(form: Form) -> bool:
    return isinstance(form, DateForm) and form.year is not None


def _over(form: Form, context: Context, days: list[date], side: Side | None) -> Resolved:
    """`form` resolved from each of the possible reference days and opened to `side`: one value if they agree, else X
    and the hull."""
    if not days:
        return opened(resolve(form, context), form, side)
    each = [opened(resolve(form, context._replace(reference=day)), form, side) for day in days]
    if all(one.value == each[0].value for one in each) and len(each) == 1:
        return each[0]
    lows, highs = [one.bounds[0] for one in each], [one.bounds[1] for one in each]
    low = None if None in lows else min(x for x in lows if x)
    high = None if None in highs else max(x for x in highs if x)
    if all(one.value == each[0].value for one in each):
        return each[0]._replace(bounds=(low, high))
    return resolve(form, context)._replace(bounds=(low, high))
