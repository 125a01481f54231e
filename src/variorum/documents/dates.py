"""Dates as pages write them, to ISO 8601 of the same precision. What is ambiguous stays unread."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta, timezone
from email.utils import parsedate_tz

from .home import NOWHERE, Home
from .zones import only_offset

# Months in the languages of the pages that are read, with the inflected forms that dates take and usual abbreviations.
# A name that means different months in two of them is left out. Names from Unicode CLDR 46.
_MONTH_NAMES = (
    "january jan januar januari jänner jän janvier janv enero ene janeiro gennaio genn gen stycznia styczeń "
    "sty ledna leden ocak января январь янв січня januára tammikuuta ianuarie január januarja",
    "february feb februar februari février févr fév febrero fevereiro fev febbraio febb lutego luty února únor şubat "
    "февраля февраль фев лютого februára helmikuuta februarie február",
    "march mar märz maerz mrz mars maart mrt marzo março marco marts marca marzec března březen mart марта март мар "
    "березня maaliskuuta martie március",
    "april apr avril abril abr aprile kwietnia kwiecień kwi dubna duben nisan апреля апрель апр квітня apríla "
    "huhtikuuta aprilie április aprila",
    "may mai mei mayo maio maggio mag maj maja května květen mayıs мая май травня mája toukokuuta május",
    "june jun juni juin junio junho giugno giu czerwca czerwiec června červen haziran июня июнь июн червня júna "
    "kesäkuuta iunie június junija",
    "july jul juli juillet juil julio julho luglio lug lipca lipiec července červenec temmuz июля июль июл липня júla "
    "heinäkuuta iulie július julija",
    "august aug august août aout agosto ago augustus augusti sierpnia sierpień srpna srpen ağustos августа август авг "
    "серпня augusta elokuuta augusztus avgusta agustus",
    "september sep sept septembre septiembre setiembre setembro settembre sett września wrzesień září eylül сентября "
    "сентябрь сен вересня septembra syyskuuta septembrie szeptember",
    "october oct oktober okt octobre octubre outubro ottobre ott października październik října říjen ekim октября "
    "октябрь окт жовтня októbra lokakuuta octombrie október oktobra",
    "november nov novembre noviembre novembro kasım ноября ноябрь ноя novembra marraskuuta noiembrie listopadu",
    "december dec dezember dez décembre déc diciembre dic dezembro dicembre desember des december grudnia grudzień "
    "prosince prosinec aralık декабря декабрь дек грудня decembra joulukuuta decembrie",
)
# The same of languages whose pages are read for their dates alone.
_MORE_NAMES = (
    "janvye gener jaanuar janvāris janúar sausio siječanj siječnja janairu xaneiro yanvar ιανουαρίου ιανουάριος "
    "січень януари јануари қаңтар հունվարի ינואר جنوری يناير ژانویه जनवरी জানুয়ারি জানুয়ারী ஜனவரி มกราคม "
    "იანვარი",
    "fevriye febrer febreiro februāris febrúar faburairu pebrero shkurt vasario veebruar veljača veljače fevral "
    "φεβρουαρίου φεβρουάριος лютий февруари ақпан փետրվարի פברואר فبراير فروری فوریه फ़रवरी फरवरी ফেব্রুয়ারি "
    "ফেব্রুয়ারী பிப்ரவரி กุมภาพันธ์ თებერვალი",
    "machi marec maret kovo març märts ožujak ožujka marso mart μαρτίου μάρτιος березень наурыз մարտի מרץ مارس "
    "مارچ मार्च মার্চ மார்ச் มีนาคม მარტი",
    "avri aprili aprill aprīlis balandžio travanj travnja apirilu aprel prill απριλίου απρίλιος квітень сәуір "
    "ապրիլի אפריל أبريل إبريل آوریل اپریل अप्रैल এপ্রিল ஏப்ரல் เมษายน აპრილი",
    "maig maijs gegužės svibanj svibnja maí mayu maio μαΐου μάιος травень мамыр մայիսի מאי مايو مئی मई মে மே "
    "พฤษภาคม მაისი",
    "birželio lipanj lipnja juuni jūnijs júní iyun hunyo qershor xuño ιουνίου ιούνιος червень юни јуни маусым "
    "հունիսի יוני يونيو حزيران ژوئن جون जून জুন ஜூன் มิถุนายน ივნისი",
    "jiyè julai juliol juuli jūlijs júlí liepos srpanj iyul hulyo korrik xullo ιουλίου ιούλιος липень юли јули "
    "шілде հուլիսի יולי يوليو تموز ژوئیه جولائی जुलाई জুলাই ஜூலை กรกฎาคม ივლისი",
    "agosti augusts ágúst rugpjūčio kolovoz kolovoza avgust ogos gusht αυγούστου αύγουστος серпень тамыз "
    "օգոստոսի אוגוסט أغسطس آب اوت اگست अगस्त আগস্ট ஆகஸ்ட் สิงหาคม აგვისტო",
    "septanm septemba setembre septembris rugsėjo rujan rujna sentyabr setyembre shtator σεπτεμβρίου σεπτέμβριος "
    "вересень септември қыркүйек սեպտեմբերի ספטמבר سبتمبر أيلول سپتامبر ستمبر सितंबर সেপ্টেম্বর செப்டம்பர் "
    "กันยายน სექტემბერი",
    "oktòb oktoba octubre oktobris oktoober spalio oktabr oktyabr oktubre tetor outubro οκτωβρίου οκτώβριος жовтень "
    "октомври қазан հոկտեմբերի אוקטובר أكتوبر اکتبر اکتوبر अक्टूबर অক্টোবর அக்டோபர் ตุลาคม ოქტომბერი",
    "novanm novemba novembris nóvember lapkričio studeni studenoga noyabr nobyembre nëntor νοεμβρίου νοέμβριος "
    "ноември қараша նոյեմբերի נובמבר نوفمبر نوامبر نومبر नवंबर নভেম্বর நவம்பர் พฤศจิกายน ნოემბერი",
    "desanm desemba decembris desembre detsember gruodžio prosinac prosinca dekabr disember disyembre dhjetor "
    "δεκεμβρίου δεκέμβριος грудень декември желтоқсан դեկտեմբերի דצמבר ديسمبر دسامبر دسمبر दिसंबर ডিসেম্বর "
    "டிசம்பர் ธันวาคม დეკემბერი",
)
_MONTHS = {
    name: number
    for each in (_MORE_NAMES, _MONTH_NAMES)
    for number, names in enumerate(each, start=1)
    for name in names.split()
}


def _any_of(names: Iterable[str]) -> str:
    """A pattern for any of some names, the longest first; what names begin with in common is tried once."""
    by_letter: dict[str, list[str]] = {}
    for name in sorted(names):
        by_letter.setdefault(name[:1], []).append(name[1:])
    ends = by_letter.pop("", None) is not None
    branches = [re.escape(letter) + _any_of(rest) for letter, rest in by_letter.items()]
    if not branches:
        return ""
    joined = branches[0] if len(branches) == 1 and not ends else f"(?:{'|'.join(branches)})"
    return f"{joined}?" if ends else joined


MONTH = rf"(?:{_any_of(_MONTHS)})(?!\w)"  # any month's name, as a pattern
_MONTH = rf"(?P<month>{MONTH}\.?)"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?\s*[,|]?\s*)?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|\.)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_CLOCK = (
    r"(?:\s*(?:,(?=\s+(?:at|um|a las|à|às|alle)\s)\s*)?"
    r"(?:,|-|–|—|\||/|·|•|at\b|@|um\b|kl\b\.?|à|às|alle|a las|o godz\.?)?\s*"
    r"(?P<hour>\d{1,2})(?:\s?h\s?|[:.])(?P<minute>\d\d)(?::(?P<second>\d\d))?"
    r"\s*(?P<half>[ap]\.?\s?m\b\.?)?(?:\s*\(?(?P<zone>(?:gmt|utc)\s?[+-]\s?\d{1,2}(?::?\d\d)?|gmt|utc|z|[+-]\d\d:?\d\d"
    r"|[a-z]{1,4}t|mez|mesz|msk)\b\)?)?)?"
)
_WRITTEN = (
    re.compile(
        rf"{_WEEKDAY}{_DAY}\s*(?:(?:of|de|di)\s+)?[-\s]?{_MONTH}(?:\s+del?(?=\s))?[-\s]?,?\s*{_YEAR}{_CLOCK}",
        re.IGNORECASE,
    ),
    # a name with a figure behind it is looked for first: that is quick
    re.compile(rf"{_WEEKDAY}(?=[^\W\d_]{{3,12}}\.?\s+\d){_MONTH}\s+{_DAY},?\s+{_YEAR}{_CLOCK}", re.IGNORECASE),
)
_ISO = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)"
    r"(?:[T ](?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,](?P<fraction>\d+))?)?\s*"
    r"(?P<zone>Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?)?)?",
    re.IGNORECASE,
)
_OFFSET = re.compile(r"(?P<sign>[+-])\s?(?P<hours>\d\d?)(?::?(?P<minutes>\d\d))?$")
_HAS_YEAR = re.compile(r"(?:19|20)\d\d")
_ISO_DAY = re.compile(r"(?<![\d-])" + r"(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?![\d-])")
_BASIC = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)"
    r"(?:T?(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?(?P<zone>Z|[+-]\d{4})?)?"
)
_WEEKDAYS = tuple(
    frozenset(names.split())
    for names in (
        "mon lun lunes lundi montag mo seg segunda lunedì пн",
        "tue tues mar martes mardi dienstag di ter terça martedì вт",
        "wed mié miércoles mer mercredi mittwoch mi qua quarta mercoledì ср",
        "thu thur thurs jue jueves jeu jeudi donnerstag do qui quinta giovedì чт",
        "fri vie viernes ven vendredi freitag fr sex sexta venerdì пт",
        "sat sáb sábado sam samedi samstag sa sabato сб",
        "sun dom domingo dim dimanche sonntag so domenica вс",
    )
)
_NUMERIC = re.compile(
    rf"(?:(?P<weekday>[^\W\d_]{{2,10}}?)(?:day)?\b\.?,?\s+)?(?<!\d)(?P<one>\d{{1,2}})(?P<mark>[./-])(?P<two>\d{{1,2}})(?P=mark){_YEAR}{_CLOCK}",
    re.IGNORECASE,
)
_EAST_ASIAN = re.compile(
    r"(?P<year>(?:19|20)\d\d)\s*[年년]\s*(?P<month>1[0-2]|0?[1-9])\s*[月월]\s*(?P<day>\d{1,2})\s*[日일]"
    r"(?:\s*(?P<hour>\d{1,2})\s*[:時时시]\s*(?P<minute>\d\d)(?::(?P<second>\d\d))?)?"
)
_REVERSED = re.compile(rf"{_YEAR}[./](?P<month>\d\d?)[./](?P<day>\d\d?){_CLOCK}", re.IGNORECASE)


YEARS = range(1600, 2200)  # the first newspaper is of 1605; programs write 0001 and 9999 where they have no date


def iso_date(value: str, home: Home = NOWHERE) -> str | None:
    """A date, date-time, month or year in ISO 8601 as precise as `value`; None where it is none or is ambiguous.

    ISO 8601 comes back as it was but for its separators ("2024-01-18 09:30:00Z" is "2024-01-18T09:30:00+00:00"); so do
    RFC 2822 dates and dates in English words. "18/01/2024" has one reading, "03/04/2024" two: the latter is None.
    A named zone is read where the world has but one of that name; any other leaves the time without a zone. `home`
    decides both where it is known: in Brazil "03/04/2024" is the third of April, in India "IST" its own time. A year
    outside `YEARS` is what software writes for no date, and none; of a time that no clock shows the day is left.
    """
    return _possible(_read(value, home))


def readable_date(value: str) -> str | None:
    """A date as someone declares it: ISO 8601 as it is, anything else as `iso_date` reads it; None where it is no date
    or has two readings."""
    try:
        year = datetime.fromisoformat(value).year
    except ValueError:
        return iso_date(value)
    return value if year in YEARS and "-" in value and " " not in value else iso_date(value)


def _possible(value: str | None) -> str | None:
    if value is None or int(value[:4]) not in YEARS:
        return None
    day, time, _ = value.partition("T")
    if time:
        try:
            datetime.fromisoformat(value)
        except ValueError:
            return day
    return value


def _read(value: str, home: Home) -> str | None:
    text = " ".join(value.split())
    if match := _ISO.fullmatch(text):
        return _assemble(match, home)
    if match := _BASIC.fullmatch(text):
        return _assemble(match, home)
    if (rfc := parsedate_tz(text)) and re.search(r"\d:\d\d:\d\d", text) and rfc[0] > 1900:
        return _from_rfc(rfc)
    for pattern in (*_WRITTEN, _EAST_ASIAN):
        if match := pattern.fullmatch(text):
            return _assemble(match, home)
    if match := _REVERSED.fullmatch(text):
        return _assemble(match, home)
    return _numeric(match, home) if (match := _NUMERIC.fullmatch(text)) else None


_RANGE = re.compile(
    rf"(?P<day>\d{{1,2}})\s+{_MONTH}\s*(?:/|-|–|—|to|and)\s*{_WEEKDAY}\d{{1,2}}\s+[^\W\d_]+\.?,?\s*{_YEAR}",
    re.IGNORECASE,
)
_CLOCK_FIRST = re.compile(
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d\d)\s*(?P<half>[ap]\.?m\b\.?)?\s*(?:,|on\b)\s*"
    + _WEEKDAY
    + rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH},?|{_MONTH.replace('month', 'named')}\s+(?P<late>\d{{1,2}}),?)"
    + rf"\s*{_YEAR}",
    re.IGNORECASE,
)


_ZONES = r"(?P<zone>(?:gmt|utc)\s?[+-]\s?\d{1,2}(?::?\d\d)?|gmt|utc|[+-]\d\d:?\d\d|(?:[a-z]{1,4}t|mez|mesz|msk|мск)\b)"
_CLOCK_BEFORE = re.compile(
    r"(?<![\d:.])(?P<hour>\d{1,2})\s?[:.h]\s?(?P<minute>\d\d)(?::(?P<second>\d\d))?\s?(?P<half>[ap]\.?\s?m\b\.?)?"
    rf"\s*(?:uhr\b|hrs?\b)?\s*(?:\(?{_ZONES}\)?)?\s*(?:[,/|·•–—-]|on\b|den\b|am\b)?\s*(?:[^\W\d_]{{2,12}},?\s+)?$",
    re.IGNORECASE,
)
_ZONE_BEHIND = re.compile(rf"\s*[(,|]?\s*{_ZONES}\)?", re.IGNORECASE)


def find_date(text: str, home: Home = NOWHERE) -> tuple[int, int, str] | None:
    """The first day with its year, in words or figures, inside `text`: start, end, ISO value."""
    if not _HAS_YEAR.search(text):
        return None
    found: list[tuple[int, int, str]] = []
    for pattern in (*_WRITTEN, _RANGE, _CLOCK_FIRST, _ISO_DAY, _REVERSED, _EAST_ASIAN, _NUMERIC):
        for match in pattern.finditer(text):
            if value := _possible((_numeric if pattern is _NUMERIC else _assemble)(match, home)):
                found.append((match.start(), match.end(), value))
                break
    first = min(found, default=None)
    return first and _with_clock(text, first, home)


def _with_clock(text: str, found: tuple[int, int, str], home: Home) -> tuple[int, int, str]:
    """A day with the time that stands directly before it ("18:40 / 08.08.2008 (GMT+4)") and the zone behind it."""
    start, end, value = found
    before = _CLOCK_BEFORE.search(text[:start]) if len(value) == len("2024-01-18") else None
    if before is None:
        return found
    behind = _ZONE_BEHIND.match(text, end)
    groups = {**before.groupdict(), "zone": before["zone"] or (behind["zone"] if behind else None)}
    clock = _clock(groups, date.fromisoformat(value), home)
    if not clock:
        return found
    return before.start(), behind.end() if behind and not before["zone"] else end, value + clock


def _assemble(match: re.Match[str], home: Home) -> str | None:
    groups = match.groupdict()
    month, day = groups.get("month") or groups.get("named"), groups.get("day") or groups.get("late")
    if month and not month.isdigit():
        month = str(_MONTHS[month.lower().replace("i̇", "i").rstrip(".")])
    year = int(groups["year"])
    try:
        if not month:
            return f"{date(year, 1, 1).year:04}"
        if not day:
            return date(year, int(month), 1).isoformat()[:7]
        whole = date(year, int(month), int(day))
        return whole.isoformat() + _clock(groups, whole, home)
    except ValueError:
        return None


def _clock(groups: dict[str, str | None], day: date, home: Home) -> str:
    """The time of day as ``T09:30``, with seconds and zone where they are given; "" where it is no time."""
    hour, minute = groups.get("hour"), groups.get("minute")
    if hour is None or minute is None:
        return ""
    clock, half = int(hour), (groups.get("half") or "").lower()
    if half:
        clock = clock % 12 + (12 if half.startswith("p") else 0)
    if clock > 23 or int(minute) > 59:
        return ""
    second = f":{groups['second']}" if groups.get("second") else ""
    return f"T{clock:02}:{minute}{second}{_zone(groups.get('zone'), day, home)}"


def _zone(name: str | None, day: date, home: Home) -> str:
    if not name:
        return ""
    if name.upper() in {"Z", "UTC", "GMT"}:
        return "+00:00"
    if offset := _OFFSET.search(name):
        hours, minutes = offset["hours"], offset["minutes"] or "00"
        return f"{offset['sign']}{hours:0>2}:{minutes}"
    return only_offset(name, day, home.country) or ""


def _numeric(match: re.Match[str], home: Home) -> str | None:
    one, two, mark = int(match["one"]), int(match["two"]), match["mark"]
    if mark == "." or one > 12 or one == two:  # dots are written day first everywhere
        day, month = one, two
    elif two > 12:
        day, month = two, one
    elif (told := _of_weekday(match["weekday"], int(match["year"]), one, two)) is not None:
        day, month = told
    elif home.day_first:
        day, month = one, two
    else:
        return None
    try:
        whole = date(int(match["year"]), month, day)
        return whole.isoformat() + _clock(match.groupdict(), whole, home)
    except ValueError:
        return None


def _of_weekday(name: str | None, year: int, one: int, two: int) -> tuple[int, int] | None:
    """Day and month of an ambiguous date, where only one of its readings falls on the weekday that stands before it."""
    small = (name or "").lower()
    number = next((number for number, names in enumerate(_WEEKDAYS) if small in names), None)
    fits = [(day, month) for day, month in ((one, two), (two, one)) if date(year, month, day).weekday() == number]
    return fits[0] if number is not None and len(fits) == 1 else None


def _from_rfc(parts: tuple[int | None, ...]) -> str | None:
    offset = parts[9]
    try:
        zone = timezone(timedelta(seconds=offset)) if offset is not None else None
        return datetime(*parts[:6], tzinfo=zone).isoformat()  # type: ignore[misc,arg-type]
    except (ValueError, TypeError):
        return None
