"""The lines over a text: slugs of the wire, names of writers without a "By"."""

from __future__ import annotations

import re

from variorum.world.given_names import likely_gender
from variorum.world.outlets import Outlets

from .author_names import is_role
from .date_labels import opens_with_label
from .dates import find_date
from .wording import is_masthead, is_rubric

# What agencies put before a headline: the kind of copy and its number.
_SLUG = re.compile(
    r"(?:(?:\d(?:ST|ND|RD|TH) )?(?:UPDATE|WRAPUP|RPT|REFILE|CORRECTED|CORRECTION|LEAD|LD|WRITETHRU|ADVISORY|EXCLUSIVE"
    r"|FACTBOX|TIMELINE|SNAPSHOT|INSIGHT|ANALYSIS|EXPLAINER)(?: ?\d{1,2})?-(?=\S)"
    r"|\((?:\d(?:ST|ND|RD|TH) )?(?:LEAD|LD|URGENT|NEWS FOCUS|FOCUS|RECAST|REPEAT|UPDATE|CORRECTED|EDITORIAL"
    r"|COLUMN|INTERVIEW|PROFILE|CHRONOLOGY|FEATURE|EXCLUSIVE)\)\s+(?=\S)"
    r"|(?:URGENT|FLASH|ALERT|BULLETIN|BREAKING(?: NEWS)?|NEWS ALERT|URGENTE|EILMELDUNG)\s*[:–—-]\s*)+"
)
_CODES = re.compile(
    r"[a-z]\d{3,4} -{2,}|(?:[a-z] ){2}(?:AM|PM|BC)-[A-Z][\w -]*? +\d\d-\d\d +\d{4}|\d\d-\d\d-\d\d \d{4}[A-Z]{2,3}"
    r"|[a-z]{2,4}\d{3,4}(?: [a-z0-9]{1,5}){1,6}|[a-z]{3}(?: [a-z0-9]{1,6}){3,}(?: [A-Z][a-z]{2} \d\d)?"
    r"|[a-z]{1,4}\d{3,4}|[a-z] [a-z]{1,3}|\d\d-\d\d \d{4}[a-z]{0,3}|ZCZC\b.*|NNNN|[A-Z]{2,4}\d{2,4}"
    r"|(?:AM|PM|BC|EU|AS|ML|AF|LA|US|UN|APN?|AFP|GEN)-[A-Z].{2,70}|:{3}.*|:{1,2}[^\W\d_][\w/-]*(?: \w+)?|\{[#.].*\}"
    r"|(?:(?:FLASH|URGENT|BULLETIN|ALERT|NEWS|LEAD|LD|UPDATE|RECAST|REPEAT|WRITETHRU"
    r"|TAKE|ADD|EDS|\d{1,2}(?:ST|ND|RD|TH)?)(?:[ -]|$)){2,6}"
    r"|[A-Z][A-Z]+(?: [A-Z]+)?-[A-Z]+(?:[-/][A-Z]+)*(?: \([A-Z]+\))?"
)
_CODED = re.compile(r"[A-Z0-9+*/:.#-]+")
_GROUP = re.compile(r"\b(?P<day>\d{2})\s?(?P<month>[A-Z]{3})\s?(?P<year>\d{2}(?:\d{2})?)(?:\s(?P<clock>\d{4}))?\b")
_FAX = re.compile(r"\b(?:fax|telex)\b.{0,20}\d", re.IGNORECASE)
_EDITORS = re.compile(
    r"\(?(?:eds|editors|attention editors|notes? to editors|attn|advisory|embargo(?:ed)?)\b\s*[:,-].{3,200}",
    re.IGNORECASE,
)
_WORD = r"[^\W\d_a-z][\w'’.-]*"
_PERSON = rf"{_WORD}(?: (?:(?:de|da|del|der|van|von|bin|al|el|la|di|dos|ibn) )?{_WORD}){{1,3}}"
_PERSONS = re.compile(rf"(?P<names>{_PERSON}(?:(?:, | and | & ){_PERSON})*)(?P<rest>.*)", re.DOTALL)
_BEHIND = re.compile(
    r"\s*(?:$|[|,·•–—/-]|in [A-Z]|\d|(?:published|posted|updated|mon|tue|wed|thu|fri|sat|sun)|[a-z]+ (?=\w)|[a-z]+$)",
    re.IGNORECASE,
)
_CALENDAR = re.compile(
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b|\b(?:january|february|march|april|june|july|august"
    r"|september|october|november|december|published|posted|updated|share|photo|read|by|the|of)\b",
    re.IGNORECASE,
)
_MOST_WORDS = 16
_STAMPED = re.compile(r"\s+(?:Published|Posted|Updated)\b")


def without_slug(title: str) -> str:
    """A headline without what an agency puts before it ("UPDATE 2-", "URGENT:")."""
    return _SLUG.sub("", title, count=1) or title


def slug_date(line: str) -> str | None:
    """The moment in a slug's group of date and time ("07MAR31 1720"), ISO 8601."""
    for match in _GROUP.finditer(line):
        year = int(match["year"]) + (0 if len(match["year"]) == 4 else 1900 if int(match["year"]) >= 69 else 2000)
        if found := find_date(f"{match['day']} {match['month']} {year}"):
            clock = match["clock"]
            return f"{found[2]}T{clock[:2]}:{clock[2:]}" if clock and clock < "2360" else found[2]
    return None


def _is_coded(line: str) -> bool:
    """Whether a line is nothing but codes: words of capitals, figures and marks, two of them with figures."""
    words = line.split()
    figured = sum(any(ch.isdigit() for ch in word) for word in words)
    mixed = sum(any(ch.isdigit() for ch in word) and any(ch.isalpha() for ch in word) for word in words)
    return 3 <= len(words) <= 8 and figured >= 2 and mixed >= 1 and all(_CODED.fullmatch(word) for word in words)


def is_slug(line: str) -> bool:
    """Whether a line is an agency's codes or keywords ("abc0123 4 pl 212", "Crime/Courts/")."""
    if _is_coded(line):
        return True
    return any(pattern.fullmatch(line) for pattern in (_CODES, _EDITORS)) or _FAX.search(line) is not None


def persons(line: str, *, beside_date: bool) -> list[str]:
    """The persons whose names a line opens with, where what is behind them is a date, a place or a task; or where it
    is nothing but names and one of them is known as a given name, or `beside_date`."""
    if opens_with_label(line):
        return []
    if stamped := _STAMPED.search(line):
        line, beside_date = line[: stamped.start()], True
    match = _PERSONS.match(line)
    if not match or is_rubric(match["names"]) or is_masthead(match["names"]) or not _BEHIND.match(match["rest"]):
        return []
    rest, names = match["rest"].strip(" |,·•–—-"), re.split(r", | and | & ", match["names"])
    role = is_role(" ".join(rest.split()[:2]))
    if role and names[-1].count(" ") > 1:
        names[-1] = names[-1].rsplit(" ", 1)[0] if rest[:1].islower() else names[-1]
    sure = beside_date or role or bool(find_date(rest))
    given = any(likely_gender(name) is not None for name in names)
    if not (sure or given) or (rest and not (sure or rest.startswith("in "))) or _CALENDAR.search(" ".join(names)):
        return []
    if any(is_rubric(name) or is_role(name) or Outlets.load().match_credit(name) for name in names):
        return []
    return [] if any(name.isupper() for name in names) else names
