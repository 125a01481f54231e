"""Stamps: the clock time, with what stands beside it, that heads an entry of a live blog; and what moment it is."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from .dates import MONTH, find_date
from .home import Home
from .lines import Line
from .zones import ZONES, is_summer

_DAY_NAMES = (
    r"(?:lun(?:es|di|edì)?|mar(?:tes|di|tedì)?|mi[eé]rcoles|mercredi|mercoledì|jueves|jeudi|giovedì|viernes|vendredi|venerdì"
    r"|s[aá]bado|samedi|sabato|domingo|dimanche|domenica|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag"
    r"|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|segunda(?:-feira)?|terça(?:-feira)?|quarta(?:-feira)?"
    r"|quinta(?:-feira)?|sexta(?:-feira)?|senin|selasa|rabu|kamis|jumat|sabtu|minggu)"
)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?"
_DAY = (
    rf"(?:(?:(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?|{_DAY_NAMES})\.?,?\s*)?"
    rf"(?:\d{{1,2}}(?:st|nd|rd|th|\.|er)?\s+(?:de\s+)?(?:{_MONTH}|{MONTH})"
    rf"|(?:{_MONTH}|{MONTH})\s+\d{{1,2}}(?:st|nd|rd|th)?)(?:,?\s+(?:del?\s+)?(?:19|20)\d\d)?"
    r"|(?:19|20)\d\d[-/]\d\d[-/]\d\d|\d{1,2}[./]\d{1,2}[./](?:19|20)\d\d"
    r"|today|yesterday|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tue|wed|thu|fri|sat|sun)\b\.?)"
)
_ZONE = (
    r"(?:\(?(?:(?:central|eastern) european(?: summer| standard)? time|greenwich mean time|moscow time|(?:msk|ора мск)"
    r"|(?:eastern|central|mountain|pacific)(?: standard| daylight)? time"
    r"|(?:gmt|utc)\s?[+\u2212-]\s?\d{1,2}(?::?\d\d)?|[+-]\d\d:?\d\d(?!\d)|"
    rf"(?:{'|'.join(sorted(ZONES, key=len, reverse=True))})\b|local(?:\s+time)?\b)\)?)"
)


def _clock(mark: str = "") -> str:
    """The pattern of a clock time; `mark` ends the names of its groups, so that one pattern may hold two."""
    return (
        rf"(?:(?P<hour{mark}>[01]?\d|2[0-4])(?:\s?[:.h\u2236]\s?(?P<minute{mark}>[0-5]\d)(?!\d)"
        rf"(?::(?P<second{mark}>[0-5]\d))?(?:\s?(?P<half{mark}>[ap]\.?\s?m\b\.?))?"
        rf"(?:\s?(?:hrs?|hours|h|uhr|uur|heures|horas|ore|godz|год|ч|час|óra|hod)\b\.?)?"
        rf"|\s?(?P<bare{mark}>[ap]\.?m\b\.?|noon\b|midnight\b)"
        rf"|(?P<joined{mark}>[0-5]\d)(?=\s?(?:hrs?\b|hours\b|h\b|gmt\b|utc\b|z\b|local\b)|\s?(?:[:|\]\t]|\*\*|[–—-]+\s))"
        r"(?:\s?(?:hrs?|hours|h)\b)?))"
    )


_AGO = (
    r"(?:(?P<pre>(?:hace|il y a|vor|há|for)\s+)?(?P<ago>\d{1,3}|an?|one|two|three|un[ae]?|ein(?:er)?)\s?"
    r"(?P<unit>s(?:ec(?:ond)?s?|eg(?:undos?)?|ek(?:unden)?)?|m(?:in(?:ut(?:e|o|en|os|i|er|y)?)?s?)?"
    r"|h(?:(?:ou)?rs?|oras?|eures?)?|st(?:unden?|d)|d(?:ays?|[ií]as?)?|j(?:ours?)?|t(?:agen?)?"
    r"|dak(?:ika)?|dk|saat|gün|godz(?:in[ay]?)?|menit|jam|hari|uur|ur(?:en)?|timm(?:e|ar)|timer?"
    r"|мин(?:ут[аыу]?)?|сек(?:унд[аыу]?)?|час(?:а|ов)?|ч|д(?:ень|ня|ней)|хв(?:илин[аиу]?)?|год(?:ин[аиу]?)?|дн(?:я|ів))"
    r"\.?(?:\s+(?:ago|atrás|fa|geleden|siden|sedan|temu|önce|назад|тому|yang lalu|lalu)|(?(pre)(?=\W|$)|(?!)))"
    r"|(?:منذ|قبل)\s+(?P<since>\d{1,3})?\s*(?P<span>دقائق|دقيقة|دقيقتين|ساع(?:ات|ة|تين)|أيام|يوم(?:ين|ا)?)|just now)"
)
_LABEL = (
    r"(?:(?:um|gegen|kl\.?|klo|a las|às|alle(?: ore)?|ore|o godz\.?|godz\.?|à|vers|om|v|в|о|saat|pukul|jam)\s+"
    r"|(?:(?:first |last )?(?:updated|posted|published|added|filed|entry|time|live|new|breaking"
    r"|latest|key event|update)"
    r"(?:\s+(?:at|on))?|at|as of"
    r"|(?:original|initial|first|earlier|latest|new|last)\s+(?:post|report|entry|version|story|update)(?:\s+at)?"
    r"|publicad[oa]|publié|veröffentlicht|gepostet|pubblicato|diposting|опубликовано|dodano)\b[\s:,]*)?"
)
_GAP = r"[\s,|·•–—-]*(?:at\s+|on\s+|@\s*)?"
_STAMP = re.compile(
    r"[\s\[(•·*+▪►▶>#⏰🔴-]*" + _LABEL + rf"(?:(?P<day>{_DAY}){_GAP})?"
    r"(?:(?:around|about|circa|approx\.?|gegen|vers|hacia las|около|verso le)\s+(?P<near>[01]?\d|2[0-3])"
    r"(?=\s*(?:$|\t|\*))"
    rf"|{_AGO}(?:\s*[(,|·-]?\s*{_clock('_ago')}\s*(?P<zone_ago>{_ZONE})?\)?)?|{_clock()}\s*(?P<zone>{_ZONE})?)"
    rf"(?:\s*[(/|,]\s*\d[\d:.]{{3,4}}\s*(?:[ap]\.?m\.?)?\s*{_ZONE}?\)?)?"
    rf"(?:{_GAP}\(?(?P<late>{_DAY})\)?)?"
    r"[\s\])*]*(?:\++\s*)?",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"[0-9]")
_MARK = re.compile(r"\s*(?:--+|[-–—:|·•»>])\s*")
_LATE = re.compile(
    rf"(?:[-–—|·•(\[]|\bat)\s*(?:(?P<day>{_DAY}){_GAP})?{_clock()}\s*(?P<zone>{_ZONE})?[)\]]?$",
    re.IGNORECASE,
)
_OPENS = re.compile(r"[\"'“‘«(\[]?[^\W\d_a-z]")
_DAY_LINE = re.compile(rf"[\s\[(•*#=-]*(?P<day>{_DAY})[\s\])*=:-]*(?P<zone>{_ZONE})?[\s\])*=:-]*", re.IGNORECASE)
_TOLD = ("hour", "minute", "second", "half", "bare", "joined", "zone")
_STATED_ZONE = re.compile(r"(?<!\w)\(?(?:gmt|utc)\s?[+\u2212-]\s?\d{1,2}(?::?\d\d)?\)?", re.IGNORECASE)
_ANY_CLOCK = re.compile(r"\d[:.h]\d\d")
_UNIT = re.compile(r"\d\s?(?:hrs?|hours|h|gmt|utc|z|local)\b", re.IGNORECASE)
_BARE = re.compile(r"\W*(?P<year>\d{4})(?!\s?(?:hrs?|hours|h|gmt|utc|z|local)\b)(?!\d)", re.IGNORECASE)
_YEARS = range(1000, 2060)
_ALL_TIMES = re.compile(
    r"\b(?:times?|clock|(?:uhr)?zeiten|heures?|horas?|horários?|orari|tijden|tider(?:na)?|waktu|saatler|godziny|časy"
    r"|врем[яе]н?\w?|час)\b"
    rf"[^.;\n]{{0,40}}?(?P<zone>(?<!\w)(?:(?!local){_ZONE}|(?-i:TU)\b|temps universel|tiempo universal))",
    re.IGNORECASE,
)
_SPELLED_ZONE = re.compile(
    r"\b(?:(?:central|eastern) european(?: summer| standard)?|greenwich mean|moscow|"
    r"(?:eastern|central|mountain|pacific)(?: standard| daylight)?) time\b",
    re.IGNORECASE,
)
_ZONE_NAMES = {
    "central european time": "cet",
    "central european standard time": "cet",
    "central european summer time": "cest",
    "eastern european time": "eet",
    "eastern european standard time": "eet",
    "eastern european summer time": "eest",
    "greenwich mean time": "gmt",
    **dict.fromkeys(("tu", "temps universel", "tiempo universal"), "utc"),
    "moscow time": "msk",
    "eastern time": "et",
    "eastern standard time": "est",
    "eastern daylight time": "edt",
    "central time": "ct",
    "mountain time": "mt",
    "pacific time": "pt",
    "pacific daylight time": "pdt",
}
_UNITS = {"s": 0, "m": 1, "h": 60, "d": 1440, "j": 1440, "t": 1440}
# The units whose first letter is no key of the above, by how they begin.
_UNIT_OF = {
    **dict.fromkeys(("st", "saat", "godz", "jam", "uu", "ur", "tim", "ч", "год", "ساع"), "h"),
    **dict.fromkeys(("dak", "dk", "мин", "хв", "دق"), "m"),
    **dict.fromkeys(("gün", "hari", "д", "أي", "يوم"), "d"),
    "сек": "s",
}
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3}
_WINDOW = 90


class Stamp(NamedTuple):
    """A stamp ``[start, end)`` at a line's edge. `minute` of the day is None where only `ago` (minutes) is told.

    `clock` has the time as told ("14:32"), `zone` what stands behind it, `day` the date as told. `whole` where nothing
    else stands in the line, `moment` what the markup gives for machines."""

    start: int
    end: int
    minute: int | None = None
    clock: str = ""
    zone: str | None = None
    day: str | None = None
    ago: int | None = None
    unit: str = ""
    whole: bool = True
    moment: str | None = None


def read_stamp(text: str, line: Line) -> Stamp | None:
    """The stamp that a line is, opens with or ends with; None where it has none. A stamp in front of text is followed
    by a mark or by a capital."""
    head = text[line.start : min(line.end, line.start + _WINDOW)]
    if _has_digit(head) or " ago" in head or "منذ" in head or "قبل" in head or head[:8].lower() == "just now":
        match = _STAMP.match(head)
        if match and (stamp := _stamp(match, line.start)) and (placed := _placed(text, line, stamp, head)):
            return placed
    if line.words > 30 or not _has_digit(line.text[-24:]):
        return None
    match = _LATE.search(text, max(line.start, line.end - _WINDOW), line.end)
    if not match or match.start() <= line.start or not (stamp := _stamp(match, 0)):
        return None
    if not (stamp.zone or stamp.day or match["half"] or match["bare"] or len(match["hour"]) == 2):
        return None  # the length of a film
    return stamp._replace(start=match.start(), end=line.end, whole=False)


def _has_digit(text: str) -> bool:
    return _DIGIT.search(text) is not None if text.isascii() else any(map(str.isdigit, text))


def read_day(text: str, line: Line) -> str | None:
    """The date as told of a line that is nothing but a date without a time of day ("Friday 19 January")."""
    if line.words > 6:
        return None
    match = _DAY_LINE.fullmatch(text, line.start, line.end)
    return match["day"] if match else None


def zone_of_day(text: str, line: Line) -> str | None:
    """The zone that stands behind the date of such a line; None where none does."""
    match = _DAY_LINE.fullmatch(text, line.start, line.end)
    return match["zone"] if match else None


def zone_of_all(line: str) -> str | None:
    """The zone that a line says all times are of ("All times are UTC+8", "Times in EEST"); None where it says none."""
    match = _ALL_TIMES.search(line)
    if match:
        return match["zone"]
    stated = _STATED_ZONE.search(line) if not _ANY_CLOCK.search(_STATED_ZONE.sub("", line)) else None
    found = _SPELLED_ZONE.search(line) or stated
    return found[0] if found else None


def zone_of_page(stamps: Sequence[Stamp], published: str | None, updated: str | None) -> str | None:
    """The offset of a page's own date, for entries that name no zone: where the clock of the first of them is that of
    publication to the minute, or the clock of the last that of the update. UTC, in which software keeps its time
    wherever it stands, says nothing."""
    clocks = [stamp.clock for stamp in stamps if stamp.minute is not None]
    if len(clocks) < 2 or any(stamp.zone or stamp.moment for stamp in stamps):
        return None
    if runs_backward([stamp.minute for stamp in stamps]):
        clocks.reverse()
    for clock, own in ((clocks[0], published), (clocks[-1], updated)):
        if own and own[10:16] == f"T{clock[:5]}" and (found := _offset_of(own)) and found != "+00:00":
            return found
    return None


def without_years(text: str, stamps: dict[int, Stamp]) -> dict[int, Stamp]:
    """The stamps without the numbers of four digits that may be years ("1945: …"), where all such may be."""
    bare = {
        number: int(match["year"])
        for number, stamp in stamps.items()
        if not stamp.zone and not stamp.day and (match := _BARE.match(text, stamp.start, stamp.end))
    }
    if not bare or any(value not in _YEARS for value in bare.values()):
        return stamps
    return {number: stamp for number, stamp in stamps.items() if number not in bare}


def day_of(told: str | None, near: date | None) -> date | None:
    """The day that a date as told means; its year, or the week of its weekday, from `near`."""
    if told is None:
        return None
    if found := find_date(told):
        return date.fromisoformat(found[2][:10])
    if near is None:
        return None
    if day_first := find_date(told, Home(day_first=True)):  # of the two readings of a date in figures the nearer one
        one = date.fromisoformat(day_first[2][:10])
        return min(one, one.replace(month=one.day, day=one.month), key=lambda day: abs((day - near).days))
    word = told.lower().strip(" .,")
    if word in {"today", "yesterday"}:
        return near - timedelta(days=word == "yesterday")
    named = next((n for n, name in enumerate(_WEEKDAYS) if word in (name, name[:3])), None)
    if named is not None:
        back = (near.weekday() - named) % 7
        return near - timedelta(days=back) if back < 6 else near + timedelta(days=1)
    digits = re.search(r"\d{1,2}", word)
    month = next((n for n, name in enumerate(_MONTHS, start=1) if re.search(rf"\b{name}", word)), None)
    if not digits or not month:
        return None
    days = []
    for year in (near.year - 1, near.year, near.year + 1):
        try:
            days.append(date(year, month, int(digits[0])))
        except ValueError:
            continue
    return min(days, key=lambda day: abs((day - near).days), default=None)


def offset(zone: str | None, day: date, own: str | None) -> str:
    """A zone as told as an ISO 8601 offset; "" where it is unknown or has several readings. `own` is the offset of the
    page's own date, which decides among them."""
    word = re.sub(r"[\s()]", "", zone or "").lower().replace("\u2212", "-")
    name = " ".join((zone or "").lower().strip("() ").split())
    word = _ZONE_NAMES.get(name, word)
    if not word or word.startswith("local"):
        return ""
    if match := re.fullmatch(r"(?:gmt|utc)?([+-])(\d{1,2}):?(\d\d)?", word):
        return f"{match[1]}{int(match[2]):02}:{match[3] or '00'}"
    hours = ZONES.get(word, ())
    if len(hours) == 2 and word in {"et", "ct", "mt", "pt"}:
        hours = (hours[1],) if is_summer(day) else (hours[0],)
    offsets = [f"{'-' if each < 0 else '+'}{int(abs(each)):02}:{int(abs(each) % 1 * 60):02}" for each in hours]
    if len(offsets) == 1:
        return offsets[0]
    return own if own in offsets and own is not None else ""


def moments(stamps: Sequence[Stamp], published: str | None, updated: str | None) -> list[str | None]:
    """The moment of each stamp in page order, ISO 8601, as precise as told; None where the day is unknown.

    The stamps run forward or backward through time. A stamp that tells its day is of that day; the others count from
    the nearest one that does, else from the page's own date, a day on wherever the clock passes midnight. A page that
    was published when its first entry was written is dated by that entry, one dated by its last update by the last.
    """
    clocks = [stamp.minute for stamp in stamps]
    backward = runs_backward(clocks)
    order = range(len(stamps) - 1, -1, -1) if backward else range(len(stamps))
    home = _day(published)
    shifts, shift, before = [0] * len(stamps), 0, None
    for number in order:
        clock = clocks[number]
        if clock is not None:
            shift += before is not None and before - clock > _MIDNIGHT
            before = clock
        shifts[number] = shift
    near = home or _day(updated)
    told = {n: day for n in order if (day := day_of(stamps[n].day, near)) is not None}
    first = _first_day(stamps, list(order), shifts, published, updated)
    own = _offset_of(published) or _offset_of(updated)
    result: list[str | None] = []
    anchors = sorted(told)
    for number, stamp in enumerate(stamps):
        if stamp.moment:
            result.append(stamp.moment)
        elif stamp.minute is None:
            result.append(_ago(stamp, updated or published))
        else:
            day = _anchored(number, told, anchors, shifts) or (
                first + timedelta(days=shifts[number]) if first else None
            )
            result.append(f"{day.isoformat()}T{stamp.clock}{offset(stamp.zone, day, own)}" if day else None)
    return result


_MIDNIGHT = 6 * 60  # minutes by which a clock must go back to have passed midnight; less is an entry out of order


def runs_backward(clocks: Sequence[int | None]) -> bool:
    """Whether the newest comes first: the clock goes back between neighbours more often than on, midnight aside."""
    known = [clock for clock in clocks if clock is not None]
    gaps = [b - a for a, b in pairwise(known)]
    steps = [step for gap in gaps if (step := clock_step(gap))] or [(gap > 0) - (gap < 0) for gap in gaps]
    return steps.count(-1) > steps.count(1)


_HALF_DAY = range(480, 961)  # minutes by which a clock goes on as well as back over midnight


def clock_step(gap: int) -> int:
    """1 where a clock goes on by `gap` minutes, -1 where it goes back, either over midnight or not; 0 where both are
    as likely."""
    if not gap or abs(gap) in _HALF_DAY:
        return 0
    return 1 if 0 < gap <= 720 or gap < -720 else -1


def _stamp(match: re.Match[str], base: int) -> Stamp | None:
    groups = match.groupdict()
    told = {name: groups.get(f"{name}_ago") or groups.get(name) for name in _TOLD}
    hour = told["hour"]
    minute = told["minute"] or told["joined"] or "00"
    half = (told["half"] or told["bare"] or "").lower()
    day = groups.get("day") or groups.get("late")
    start = base + len(match[0]) - len(match[0].lstrip())
    end = base + len(match[0].rstrip())
    span = groups.get("span")
    ago = groups.get("ago") or (span and (groups.get("since") or ("2" if span.endswith("تين") else "1")))
    unit = (groups.get("unit") or span or "m").lower()
    unit = next((own for begins, own in _UNIT_OF.items() if unit.startswith(begins)), unit[0])
    minutes = (int(ago) if ago.isdigit() else _NUMBERS.get(ago.lower(), 1)) * _UNITS[unit] if ago else None
    if ago is None and "just now" in match[0].lower():
        minutes = 0
    if near := groups.get("near"):
        return Stamp(start, end, int(near) * 60, f"{int(near):02}", day=day)
    if hour is None:
        return Stamp(start, end, None, day=day, ago=minutes, unit=unit) if minutes is not None else None
    if told["joined"] and day and not told["zone"] and not _UNIT.search(match[0]):
        return None  # "12 April 2005 - …": a year
    clock = int(hour)
    if half:
        if not 1 <= clock <= 12:
            return None
        clock = clock % 12 + (12 if half.startswith(("p", "n")) else 0)
    if clock > 23:
        return None
    second = f":{told['second']}" if told["second"] else ""
    return Stamp(start, end, clock * 60 + int(minute), f"{clock:02}:{minute}{second}", told["zone"], day, minutes, unit)


def _placed(text: str, line: Line, stamp: Stamp, head: str) -> Stamp | None:
    """The stamp where the line goes on as one with a stamp does."""
    rest = stamp.end - line.start
    if stamp.end >= line.end:
        return stamp._replace(end=line.end)
    mark = _MARK.match(head, rest)
    if mark and mark[0].strip():
        end = line.start + mark.end()
        if end >= line.end:
            return stamp._replace(end=line.end)
        return stamp._replace(end=line.start + len(head[: mark.end()].rstrip()), whole=False)
    if text[stamp.end : stamp.end + 1] == "\t":  # a cell of its own
        return stamp._replace(whole=False)
    if 0 < line.lead <= _WINDOW and stamp.end >= line.start + line.lead - 2:
        return stamp._replace(whole=False)
    if head[rest - 1 : rest] in ")]" or stamp.zone or stamp.ago is not None or ":" in head[:rest] or "m" in head[:rest]:
        behind = head[rest:].lstrip()
        if _OPENS.match(behind):
            return stamp._replace(whole=False)
    return None


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso[:10]) if iso and len(iso) >= len("2024-01-18") else None


def _minute(iso: str | None) -> int | None:
    match = re.match(r".{10}T(\d\d):?(\d\d)", iso or "")
    return int(match[1]) * 60 + int(match[2]) if match else None


def _offset_of(iso: str | None) -> str | None:
    match = re.search(r"T.*?([+-]\d\d:?\d\d|Z)$", iso or "")
    return None if match is None else "+00:00" if match[1] == "Z" else match[1]


def _first_day(
    stamps: Sequence[Stamp], order: Sequence[int], shifts: Sequence[int], published: str | None, updated: str | None
) -> date | None:
    """The day of the earliest stamp by the page's own dates."""
    day, minute = _day(published), _minute(published)
    timed = [number for number in order if stamps[number].minute is not None]
    if day is None or not timed:
        return day
    earliest, latest = stamps[timed[0]], stamps[timed[-1]]
    span = shifts[timed[-1]]
    if not span:
        return day
    if minute is None:
        return day
    # Told at the first entry, or at the last: the nearer of the two, on the clock.
    to_first, to_last = (_apart(minute, stamp.minute) for stamp in (earliest, latest))
    return day - timedelta(days=span) if to_last < to_first and updated in (None, published) else day


def _apart(one: int, other: int | None) -> int:
    gap = abs(one - (other or 0))
    return min(gap, 1440 - gap)


def _anchored(number: int, told: dict[int, date], anchors: Sequence[int], shifts: Sequence[int]) -> date | None:
    """The day of a stamp by the nearest that tells its own; `anchors` are the numbers of `told` in order."""
    if not told:
        return None
    at = bisect_left(anchors, number)
    nearest = min(anchors[max(0, at - 1) : at + 1], key=lambda anchor: (abs(anchor - number), anchor))
    return told[nearest] + timedelta(days=shifts[number] - shifts[nearest])


def _ago(stamp: Stamp, known: str | None) -> str | None:
    """A time told as past ("2h ago"), from a moment that is known to the minute; as precise as its unit."""
    if stamp.ago is None or _minute(known) is None:
        return None
    try:
        then = datetime.fromisoformat(known or "") - timedelta(minutes=stamp.ago)
    except ValueError:
        return None
    zone = _offset_of(known) or ""
    if stamp.unit == "d":
        return then.date().isoformat()
    return f"{then.date().isoformat()}T{then.hour:02}" if stamp.unit == "h" else f"{then:%Y-%m-%dT%H:%M}{zone}"
