"""Who may have made a text, by how the name is written and where it stands: agencies that no table knows.

A name is an agency's where a table has it, where it is an acronym, or where one of its words means "agency" in some
language. A single capitalised word is one only where agencies sign: in brackets, behind a dash or with its place, over
or under the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from variorum.records import Credit, Span
from variorum.world.given_names import likely_gender
from variorum.world.nouns import find_noun
from variorum.world.outlets import Outlets

from .dates import find_date
from .lines import Line
from .wording import agency_words, is_rubric, no_signature, word_set
from .zones import ZONES

ACRONYM = re.compile(
    r"(?:[A-ZÀ-ÞΑ-ΩА-ЯЁІЇЄҐ][A-Z0-9À-ÞΑ-ΩА-ЯЁІЇЄҐ&]{1,7}|(?:[A-Z]\.){2,5})(?:-[A-Z0-9À-ÞΑ-ΩА-ЯЁІЇЄҐ]{1,6})?"
)
SEPARATOR = re.compile(
    r"\s*(?:,|;|/|\||\+|&|=|＝|、|·|\b(?:and|y|e|et|und|en|og|och|ve|i|dan|na|şi|și|и|та|і)\b|و(?=\s))\s*",
    re.IGNORECASE,
)
AGENCIES = re.compile(
    r"(?:the )?(?:(?:news|wire|foreign|international|other|local) )?(?:agenc(?:y|ies)|wires?|wire services)"
    r"(?: reports?)?|(?:(?:las|les|as|le|die) )?"
    r"(?:agences|agencias|agências|agenzie|agenturen|agentschappen|агентства|وكالات|ajanslar)"
    r"(?: (?:internacionales|internacionais|internationales|internazionali))?",
    re.IGNORECASE,
)
DESK = re.compile(
    r"\b(?:desks?|bureaus?|bureaux|offices?|correspondents?|reporters?|writers?|journalists?|staff|team|newsrooms?"
    r"|service|monitoring|stringers?|redaktion|rédaction|redacción|redação|redazione)\b",
    re.IGNORECASE,
)
_STAFF = re.compile(
    r"(?:(?:from|by) )?(?:(?:our|own|staff|special|web|local|foreign|news|the) )*"
    r"(?:correspondents?|reporters?|staff(?: writers?| reporters?)?|bureaus?|desk|web ?desk|newsroom|writers?)",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"\*{0,2}[(\[](?P<in>[^()\[\]]{2,60})[)\]]\.?\*{0,2}")
_DASHED = re.compile(r"(?:--+|[–—-])\s*(?P<in>[^\W\d_][^()\[\]]{1,60}?)\.?")
_SLASHED = re.compile(r"/(?P<in>[^/]{2,30})/\.?")
_CODED = re.compile(r"[A-ZÀ-Þ]{2,8}(?:/[a-z]{1,4}|/\d{2,4}){1,3}")  # an agency and its editors' initials
_PARTED = re.compile(r"\s*(?:[,|•·]|\s[–—/-])\s+")
_PLACE = re.compile(r"[^\W\d_a-z][\w'’.-]*(?:[ -][^\W\d_][\w'’.-]*){0,3}")
_SMALL = word_set("news press wire international of the de da do del la le les du des di d der und and et y e dan")
_ZONED = re.compile(r"(?:utc|gmt)\b|tu$")
_WORD_LETTERS = 4  # of a word in capitals that is no acronym
_JOINED = re.compile(r"[A-Z][a-z]{2,12}(?:News|Press|Wire)")  # a place and what it has ("NorvikNews")
_MOST_WORDS = 8


def is_acronym(name: str) -> bool:
    """Whether a name is letters that stand for words, as agencies are called ("PTI", "UNIAN", "ТАСС"): no zone of time
    and no English word in capitals ("TAGS"), unless a table has it as an agency's."""
    if ACRONYM.fullmatch(name) is None or not 2 <= sum(ch.isalpha() for ch in name) <= 8:
        return False
    small = name.lower()
    known = _ZONED.match(small) or small in ZONES or (len(small) >= _WORD_LETTERS and find_noun(small) is not None)
    return not known or is_wire(name)


@lru_cache(maxsize=8192)
def is_wire(name: str) -> bool:
    """Whether a table knows a name as an agency's."""
    outlet = Outlets.load().match_credit(name)
    return outlet is not None and outlet.wire


def is_worded(name: str) -> bool:
    """Whether a name is written as one and has a word for "agency" in it ("Agence Centrale de Presse")."""
    words = re.findall(r"[\w'’-]+", name)
    if len(words) == 1 and _JOINED.fullmatch(name):
        return True
    if not 2 <= len(words) <= _MOST_WORDS or not any(word.lower() in agency_words() for word in words):
        return False
    own = [word for word in words if word.lower() not in _SMALL | agency_words()]
    return bool(own) and all(not word[0].islower() for word in own)


def is_maker(name: str) -> bool:
    """Whether a name alone, wherever it stands, is an agency's."""
    return not no_signature(name) and (is_wire(name) or is_acronym(name) or is_worded(name))


def may_sign(name: str) -> bool:
    """Whether a name may be an agency's where agencies sign: one that is, or a single word written as a name."""
    if is_wire(name) or is_worded(name):
        return True
    if no_signature(name) or is_rubric(name.lower()) or find_date(name):
        return False
    return is_acronym(name) or (
        " " not in name and len(name) > 2 and name[0].isupper() and name.replace("-", "").isalpha()
    )


def pieces_of(name: str) -> list[str]:
    """The names in a list of makers; those of agencies that a hyphen joins are two."""
    found: list[str] = []
    for piece in filter(None, map(str.strip, SEPARATOR.split(name))):
        halves = re.split(r"\s?[-–—]\s?", piece)
        found += halves if len(halves) > 1 and not is_wire(piece) and all(map(is_wire, halves)) else [piece]
    return found


def signed(text: str, line: Line, *, behind: bool) -> list[Credit]:
    """The agencies that a line over a text, or `behind` it, is signed with and nothing else: "(Norvik)",
    "— Norvik/AFP", "NPA - Tolm", "UNB, Tolm", "From our correspondents, Norvik and AFP"."""
    found_in = "end of the text" if behind else "head line"
    if line.words > _MOST_WORDS or line.linked > 0.8:
        return []
    bare = line.text.strip(" *_")
    for pattern in (_BRACKETED, _DASHED, _SLASHED):
        if match := pattern.fullmatch(bare):
            inside = pieces_of(match["in"].strip(" -–—"))
            if any(map(no_signature, inside)):
                return []
            names = [piece for piece in inside if not _STAFF.fullmatch(piece)]
            fits = all(may_sign(name) or AGENCIES.fullmatch(name) for name in names)
            return _credits(text, line, names, found_in) if names and fits else []
    if names := _placed(bare):
        return _credits(text, line, names, found_in)
    if behind and _CODED.fullmatch(bare) and is_acronym(bare.split("/")[0]):
        return _credits(text, line, [bare.split("/")[0]], found_in)
    inside = pieces_of(re.sub(r"^(?:from|by)\s+", "", bare, flags=re.IGNORECASE))
    names = [piece for piece in inside if not _STAFF.fullmatch(piece)]
    if names and len(names) < len(inside) and all(is_maker(name) or AGENCIES.fullmatch(name) for name in names):
        return _credits(text, line, names, found_in)
    if len(inside) == 1 and is_acronym(inside[0]) and not no_signature(inside[0]) and (behind or line.main):
        return _credits(text, line, inside, found_in)
    if len(inside) == 1 and (is_worded(inside[0]) or AGENCIES.fullmatch(inside[0])):
        return _credits(text, line, inside, found_in)
    return []


def _placed(bare: str) -> list[str]:
    """The agency of a line that names it beside its place or its date, in whatever order ("NPA - Tolm")."""
    parts = [part.strip(" ()[].") for part in _PARTED.split(bare) if part.strip(" ()[].")]
    if not 2 <= len(parts) <= 3:
        return []
    names = [part for part in parts if all(is_maker(each) or AGENCIES.fullmatch(each) for each in pieces_of(part))]
    rest = [part for part in parts if part not in names]
    if not names and len(parts) == 2 and "," in bare and may_sign(parts[0]) and likely_gender(f"{parts[0]} X") is None:
        names, rest = parts[:1], parts[1:]
        if find_date(rest[0]):
            return []
    fits = all(_PLACE.fullmatch(part) or find_date(part) for part in rest)
    if not rest or len(names) != 1 or not fits or any(likely_gender(part) is not None for part in rest):
        return []
    return pieces_of(names[0])


def _credits(text: str, line: Line, names: Sequence[str], found_in: str) -> list[Credit]:
    found = []
    for name in names:
        at = text.rfind(name, line.start, line.end)
        span = Span(at, at + len(name)) if at >= 0 else Span(line.start, line.end)
        found.append(Credit(name=name, role="agency", span=span, found_in=found_in))
    return found
