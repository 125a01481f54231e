"""Datelines: the place, date and agency that open a report before its first sentence."""

from __future__ import annotations

import re
from typing import NamedTuple

from variorum.world.outlets import Outlets

from .dates import MONTH, find_date
from .lines import Line
from .makers import is_acronym, is_maker, is_wire, is_worded, pieces_of
from .wording import word_set

# The vowel signs of Indian and Thai scripts are no word characters to `re`.
_WORD = r"[^\W\d_][\w'’.\u2019\u0900-\u0dff\u0e00-\u0e7f\u1000-\u109f-]*"
_PLACE = rf"{_WORD}(?:[ \u00a0/-]{{1,2}}{_WORD}){{0,3}}"
_DATE = (
    rf"(?:(?=[^\W\d_]{{3,12}}\.?\s+\d)(?:{MONTH})\.?\s+\d{{1,2}}(?:,?\s+\d{{4}})?"
    rf"|\d{{1,2}}\.?\s+(?:de\s+)?(?:{MONTH})\.?(?:,?\s+(?:de\s+|del\s+)?(?:\d{{4}}|\d\d))?)"
)
_DASH = r"(?:--+|[-–—―_:|])"
_PATTERN = re.compile(
    rf"(?P<place>{_PLACE}(?:,\s*{_PLACE}){{0,2}})?(?:\s?\[{_PLACE}\])?"
    rf"(?:[,.]?\s*(?P<date>{_DATE})\.?)?"
    r"(?:,?\s*[(/\[](?P<agency>[^\W\d_][\w .&/'’-]{1,40})[)/\]])?"
    rf"(?:,?\s*(?P<late>{_DATE})\.?)?"
    rf"[.,]?\s*(?P<mark>{_DASH}(?=\s|$)|(?<=/\.)(?=\s|$)|(?<=[)\]])(?=$|\s+(?-i:[^\W\d_a-z])))",
    re.IGNORECASE,
)
# A dateline set in bold needs no mark behind it.
_LED = re.compile(rf"\**(?P<place>{_PLACE}(?:,\s*{_PLACE})?)\s*[(/\[](?P<agency>[^\W\d_][\w .&/'’-]{{1,40}})[)/\]]\W*")
_SOUTH_ASIAN = re.compile(r"(?P<place>[A-Z][A-Z.'’-]{2,}(?:[ /-][A-Z.'’-]{2,}){0,3}(?:,\s*[A-Z][\w. ]{1,20})?):(?=\s)")
# Words that open a line as a place does and are none.
_NO_PLACE = word_set(
    "update updated breaking exclusive analysis opinion explainer video watch live note editor's correction factbox "
    "photos photo interview comment editorial read listen special report profile timeline background question answer q "
    "a file source sources by story news urgent alert factsheet summary abstract text full related caption image recap "
    "by por par von door oleh przez yazan"
)
_SHORT_YEAR = re.compile(r"(?<=[a-zA-Z.,])\s(\d\d)$")
_MARKED = re.compile(r"[-–—―_:|](?:\s|$)|/\.|[)\]](?:\s|$)|[-–—―_:|]$")  # without one, no dateline need be looked for
_LONGEST = 90
_BEHIND_DASH = re.compile(
    r"\s*(?:[(/\[](?P<in>[^()/\[\]\n]{2,40}(?:/[^()/\[\]\n]{2,20}){0,2})[)/\]]\s?[-–—:]?|(?P<bare>[^\W\d_a-zа-я][^.()\n]{1,24})\.)\s+(?=\S)"
)
# "(AP) - Jan. 18, 2024 - ": the day in dashes of its own
_DAY_BEHIND_DASH = re.compile(rf"\s*(?P<date>{_DATE})[.,]?\s*{_DASH}(?=\s)", re.IGNORECASE)
_LED_BY_AGENCY = re.compile(r"[(\[](?P<agency>[^\W\d_][\w .&/'’-]{1,40})[)\]]\s+(?=[^\W\d_])")
_ENCLOSED = re.compile(r"[【\[（(](?P<in>[^】\]）)\n]{2,30})[】\]）)]\s?(?=[^\s.,;]|\s\w)")
_INSIDE = re.compile(r"[^\s=＝=·・,、/]+")
_SIGNED_BY = re.compile(
    r"\s?(?P<by>[\uac00-\ud7af]{2,4}(?:\s?[·,]\s?[\uac00-\ud7af]{2,4})*)(?:\s?(?:기자|특파원|통신원|인턴기자|선임기자))?\s?=\s?"
)
_BEFORE_DAY = re.compile(
    r"[(（【]?(?:据)?(?P<in>[\u3400-\u9fffA-Z]{2,16}?)(?P<date>(?:\d{1,2}月)?\d{1,2}日)\s?(?:综合)?[电電讯訊][)）】]?\s?(?:[（(][^）)]{2,20}[)）])?"
)
_REPORTER = re.compile(r"[（(](?:本报|本社)?记者\s?(?P<by>[\u3400-\u9fff]{2,4}(?:[ 、　][\u3400-\u9fff]{2,4})*)[）)]")
_BESIDE_PLACE = re.compile(
    rf"(?P<place>{_PLACE})\s?[-–—/,،]\s?(?P<agency>[^\W\d_][^\n:：()–—-]{{1,40}}?)\s?(?:[:：]|\s[-–—]{{1,2}}(?=\s))\s?"
)
_BEHIND_DAY = re.compile(
    rf"(?P<place>{_PLACE})?[,.]?\s+(?:{_DATE})[.,]?\s*(?:[-–—]+|/)?\s*[(/]?(?P<agency>[^\W\d_][^\n()]{{1,30}}?)[)/]?"
    r"(?:\.|\s?[-–—:]|(?<=\)))\s+(?=[^\W\da-zа-яё])",
    re.IGNORECASE,
)

# Either form, with what the first letters of a line must hold for it.
_OTHER_FORMS = ((_BESIDE_PLACE, re.compile(r"[:：]|\s[-–—]")), (_BEHIND_DAY, re.compile(r"\d")))


class Dateline(NamedTuple):
    """A dateline's end in the text; its place and agency as told, by their offsets; its date, if it has a year, and
    where the day stands if it has none."""

    end: int
    place: tuple[int, int] | None
    agency: tuple[int, int] | None
    date: tuple[int, int, str] | None
    undated: tuple[int, int] | None = None
    author: tuple[int, int] | None = None


def find_dateline(text: str, line: Line, *, opening: bool, colons: bool = True) -> Dateline | None:
    """The dateline that a body line begins with; `opening` where the line is the first of the body.

    A place alone in mixed case counts only at the opening; capitals, a date or an agency in brackets count anywhere.
    `colons` is False for a transcript, where capitals before a colon name who speaks.
    """
    stop = min(line.end, line.start + _LONGEST)
    match = _PATTERN.match(text, line.start, stop) if _MARKED.search(text, line.start, stop) else None
    led = _LED.fullmatch(text, line.start, line.start + line.lead) if 0 < line.lead <= _LONGEST else None
    if led and _is_place(led["place"]) and _is_capital(led["place"]):
        return Dateline(led.end(), led.span("place"), led.span("agency"), None)
    if match and (colons or match["mark"] != ":") and _holds(text, line, match, opening=opening):
        return _with_agency(text, line, _with_day(text, line, _dateline(match)))
    if (led_by := _led_by_agency(text, line)) is not None:
        return led_by
    if found := _in_other_forms(text, line.start, stop):
        return found
    match = _SOUTH_ASIAN.match(text, line.start, min(line.end, line.start + _LONGEST)) if opening and colons else None
    if match and _is_place(match["place"]) and _goes_on(text, line, match.end()):
        return _with_day(text, line, Dateline(match.end(), match.span("place"), None, None))
    return None


def _led_by_agency(text: str, line: Line) -> Dateline | None:
    """The dateline of "(Norvik Press) LODMAR, March 12, 2024 - "."""
    match = _LED_BY_AGENCY.match(text, line.start, min(line.end, line.start + _LONGEST))
    if match is None or not _is_maker(match["agency"]):
        return None
    behind = _PATTERN.match(text, match.end(), min(line.end, match.end() + _LONGEST))
    if behind is None or behind["agency"] or not behind["place"] or not (behind["date"] or behind["late"]):
        return None
    held = _holds(text, line._replace(start=match.end()), behind, opening=False)
    return _dateline(behind)._replace(agency=match.span("agency")) if held else None


def _with_day(text: str, line: Line, dateline: Dateline) -> Dateline:
    """A dateline with the day that stands behind its mark and before another: "(AP) - Jan. 18, 2024 - Troops"."""
    if dateline.date is not None or dateline.undated is not None:
        return dateline
    match = _DAY_BEHIND_DASH.match(text, dateline.end, min(line.end, dateline.end + _LONGEST))
    if match is None or not _goes_on(text, line, match.end()):
        return dateline
    date, undated = _day(match, "date")
    return dateline._replace(end=match.end(), date=date, undated=undated)


def _with_agency(text: str, line: Line, dateline: Dateline) -> Dateline:
    """A dateline with the agency that stands between its dash and the text: "(Norvik/AFP) Three people", or a name
    that a table knows with a full stop behind."""
    if dateline.agency is not None:
        return dateline
    match = _BEHIND_DASH.match(text, dateline.end, min(line.end, dateline.end + _LONGEST))
    if match is None:
        return dateline
    name = "in" if match["in"] else "bare"
    fits = _is_maker(match["in"]) if match["in"] else is_wire(match["bare"])
    return dateline._replace(end=match.end(), agency=match.span(name)) if fits else dateline


def _in_other_forms(text: str, start: int, stop: int) -> Dateline | None:
    """Datelines as papers of East Asia, the Arab world and the Slavic ones set them, each with an agency in it that a
    table knows: place and agency in one bracket, agency and place before the day, the agency behind the day."""
    head = text[start:stop]
    if head[:1] in "【[（(" and (match := _ENCLOSED.match(text, start, stop)):
        pieces = [piece.span() for piece in _INSIDE.finditer(text, *match.span("in"))]
        known = [piece for piece in pieces if is_wire(text[slice(*piece)])]
        author = _SIGNED_BY.match(text, match.end(), stop)
        end = author.end() if author else match.end()
        if known:
            place = next((piece for piece in pieces if piece not in known), None)
            return Dateline(end, place, known[-1], None, None, author.span("by") if author else None)
        a, b = match.span("in")
        for at in range(a + 1, b - 1):  # the place and the agency in one: the longest name at the end
            if is_wire(text[at:b]):
                return Dateline(end, (a, at), (at, b), None, None, author.span("by") if author else None)
    if "日" in head and (match := _BEFORE_DAY.match(text, start, stop)):
        a, b = match.span("in")
        for at in range(b, a + 1, -1):
            if is_wire(text[a:at]):
                by = _REPORTER.search(text, match.start(), match.end())
                place = (at, b) if at < b else None
                return Dateline(match.end(), place, (a, at), None, match.span("date"), by.span("by") if by else None)
    for pattern, hint in _OTHER_FORMS:
        if not hint.search(head):
            continue
        match = pattern.match(text, start, stop)
        enclosed = pattern is _BEHIND_DAY and match is not None and text[match.end("agency")] == ")"
        if match and all(is_wire(name) or (enclosed and is_maker(name)) for name in pieces_of(match["agency"])):
            place = match.span("place") if match["place"] else None
            return Dateline(match.end(), place, match.span("agency"), None)
    return None


def _holds(text: str, line: Line, match: re.Match[str], *, opening: bool) -> bool:
    place, agency = match["place"], match["agency"]
    dated = match["date"] or match["late"]
    if not (place or agency) or (place and not _is_place(place)):
        return False
    if not _goes_on(text, line, match.end()):
        return False
    maker = bool(agency and _is_maker(agency))
    if match["mark"] == "" and not dated and not maker:
        return False
    bare = match["mark"] == "" and text[match.end() - 1] in ")]" and match.end() < line.end
    if bare and not (dated and maker):
        return False  # "Tolm, March 4 (ABC) Three men": nothing but the bracket parts it from the text
    if match["mark"] in (":", "|") and not (agency or dated):
        return False
    if match["mark"] == "-" and not text[match.start("mark") - 1].isspace() and not agency:
        return False
    if agency or dated:
        return place is None or _is_capital(place)
    assert place is not None
    if _is_capitals(place):
        return True
    if not opening or not _is_capital(place):
        return False
    # "Name – a thing about it – did so": a second dash in the sentence makes the first an aside.
    sentence = re.split(r"[.!?]\s", text[match.end() : line.end], maxsplit=1)[0]
    return "," in place or not re.search(r"\s[-–—]\s", sentence)


def _goes_on(text: str, line: Line, end: int) -> bool:
    """Whether a sentence begins behind the dateline (or nothing stands there)."""
    rest = text[end : line.end].lstrip("\u00a0 \t-–—\"'“‘(«[")
    return not rest or not rest[0].islower()


def _is_place(place: str) -> bool:
    words = re.findall(r"[\w']+", place.lower())
    return bool(words) and words[0] not in _NO_PLACE and len(words) <= 8


def _is_capital(place: str) -> bool:
    words = [word for word in re.findall(r"[^\W\d_][\w'’.-]*", place) if len(word) > 2]
    return not place[0].islower() and sum(not word[0].islower() for word in words) >= 0.75 * len(words)


def _is_capitals(place: str) -> bool:
    """ "KABUL" and "LA CROSSE, Wis.": the town in capitals, whatever follows the comma."""
    town = place.split(",")[0]
    return town.isupper() and sum(ch.isalpha() for ch in town) > 2


def _dateline(match: re.Match[str]) -> Dateline:
    date: tuple[int, int, str] | None = None
    undated: tuple[int, int] | None = None
    for name in ("date", "late"):
        if match[name]:
            day, bare = _day(match, name)
            date, undated = day or date, bare or undated
    place: tuple[int, int] | None = match.span("place") if match["place"] else None
    maker: tuple[int, int] | None = match.span("agency") if match["agency"] else None
    if maker and not place and not _is_maker(match["agency"]):
        place, maker = maker, None  # "(Town) --" names where, "(AFP) --" who
    return Dateline(match.end(), place, maker, date, undated)


def _day(match: re.Match[str], name: str) -> tuple[tuple[int, int, str] | None, tuple[int, int] | None]:
    """A group's day with its ISO value, or where it stands if it has no year."""
    if found := find_date(_SHORT_YEAR.sub(_full_year, match[name])):
        return (match.start(name), match.end(name), found[2]), None
    return None, match.span(name)


def _is_maker(name: str) -> bool:
    return all(
        Outlets.load().match_credit(piece) is not None or is_acronym(piece) or is_worded(piece)
        for piece in pieces_of(name)
    )


def _full_year(match: re.Match[str]) -> str:
    """Two digits of a year as POSIX reads them: 69 to 99 are of the last century."""
    return f" {'19' if int(match[1]) >= 69 else '20'}{match[1]}"
