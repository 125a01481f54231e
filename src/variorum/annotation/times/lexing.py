"""Text → tokens that carry their class in time expressions, and the string of classes that the grammar reads.

Each class is one character, so that a rule over classes is an ordinary regular expression over a short string.
"""

from __future__ import annotations

import re

import msgspec

from variorum.annotation.legible import bare

from .lexicon import Lexicon, Meaning, Word, lexicon

# Classes of tokens made of digits and signs; the words' classes are the lexicon's.
_SIGNS = {
    ",": "COMMA",
    "-": "DASH",
    "–": "DASH",
    "—": "DASH",
    "‑": "DASH",
    "‐": "DASH",
    ".": "DOT",
    "/": "SLASH",
    "(": "OPEN",
    ")": "CLOSE",
    "$": "MONEY",
    "€": "MONEY",
    "£": "MONEY",
    "%": "PERCENT",
}

_TOKEN = re.compile(
    r"""(?P<iso>\d{4}-\d{2}-\d{2}(?:[Tt ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s?[Zz]\b|[+-]\d{2}:?\d{2})?)?(?![\d-]))
    |(?P<yearmonth>\b(?:1\d|20)\d{2}-(?:0[1-9]|1[0-2])(?![\d-]))
    |(?P<numeric>\d{1,4}/\d{1,2}/\d{2,4}(?![\d/])|\d{1,2}\.\d{1,2}\.(?:19|20)\d{2}(?![\d.])
        |\b\d{1,2}-\d{1,2}-(?:19|20)\d{2}(?![\d-]))
    |(?P<fiscal>\bFY\s?['’]?(?:\d{4}|\d{2})(?:[-/–](?:\d{4}|\d{2}))?\b)
    |(?P<named>(?<![\d/.,])\d{1,2}/\d{1,2}(?![\d/]))
    |(?P<decade>(?:\b\d{2}|['’‘`])?\d0['’]?s\b)
    |(?P<shortyear>['’‘`]\d{2}\b)
    |(?P<ordinal>\d{1,2}(?:st|nd|rd|th)\b)
    |(?P<clock>\b\d{1,2}:\d{2}(?::\d{2})?(?![:\d])|\b[012]?\d[hH][0-5]\d\b|\b\d{1,2}\.\d{2}(?=\s?[ap]\.?m\b)|\b[012]\d[0-5]\d(?=\s?(?:GMT|UTC|hrs|hours|[Hh]|Z)\b)
        |(?:(?<=\b(?i:at)\s)|(?<=\b(?i:at\sabout)\s)|(?<=\b(?i:at\saround)\s)|(?<=\b(?i:at\sapproximately)\s))[012]\d[0-5]\d
            (?=[,.;)\[\]]|\s*[(\[]|\s(?i:on|local|today|yesterday|this|last|at|in|near|when|as|while|outside|and)\b|$))
    |(?P<fraction>\b\d+\s\d/\d\b|\b\d+[½¼¾]|[½¼¾]|\b\d/\d\b(?!/))
    |(?P<quarter>\b[Qq][1-4]\b|\b[1-4]Q\b|\bH[12]\b)
    |(?P<number>(?<![^\W_])(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?))
    |(?P<possessive>['’]s\b|(?<=s)['’](?!\w))
    |(?P<ampm>(?<![^\W\d])[AaPp](?:\.\s?[Mm]\.?(?!\w)|[Mm]\b))
    |(?P<oclock>[Oo]['’]clock\b)
    |(?P<word>[^\W\d_]+(?:[\u00ad\u200b-\u200f\u2060\ufeff]+[^\W\d_]+)*)
    |(?P<sign>[^\w\s])""",
    re.VERBOSE,
)
_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75}
_CLASS_OF_GROUP = {
    "iso": "ISO",
    "yearmonth": "ISO",
    "numeric": "NUMERIC",
    "decade": "DECADE",
    "shortyear": "SHORTYEAR",
    "ordinal": "ORD",
    "clock": "CLOCK",
    "fraction": "FRACTION",
    "quarter": "QUARTERCODE",
    "fiscal": "FISCALCODE",
    "possessive": "POSS",
    "ampm": "AM",
    "oclock": "OCLOCK",
}
OTHER = "OTHER"
_CHARS: dict[str, str] = {}
_ABBREVIATED = re.compile(
    r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|wed|thur?s?|fri|sat|sun|yrs?|hrs?)", re.I
)


class Lexeme(msgspec.Struct, frozen=True):
    """Characters ``[start, end)`` of the text, their class and meaning."""

    start: int
    end: int
    low: str
    kind: str
    meaning: Meaning


def class_char(kind: str) -> str:
    """The one character that stands for a class in the grammar's string."""
    return _CHARS.setdefault(kind, chr(0xE000 + len(_CHARS)))


def classes(lexemes: list[Lexeme]) -> str:
    return "".join([class_char(lexeme.kind) for lexeme in lexemes])


def lex(text: str, start: int, end: int) -> list[Lexeme]:
    """The lexemes of ``text[start:end]`` with number words joined to numbers and phrases to one lexeme."""
    known = lexicon()
    raw = [_lexeme(match, known) for match in _TOKEN.finditer(text, start, end)]
    return _join(_with_abbreviation_dots(text, raw), known)


def _lexeme(match: re.Match[str], known: Lexicon) -> Lexeme:
    group = match.lastgroup or "sign"
    text = match.group()
    start, end = match.span()
    if group == "word":
        low = (text if text.isascii() else bare(text)).lower()  # a soft hyphen tells where a line may break
        word = known.words.get(low)
        if word is None:
            return Lexeme(start, end, low, OTHER, 0)
        return Lexeme(start, end, low, word.kind, word.meaning)
    if group == "sign":
        return Lexeme(start, end, text, _SIGNS.get(text, OTHER), 0)
    if group == "number":
        return _number(start, end, text)
    if group == "ordinal":
        return Lexeme(start, end, text.lower(), "ORD", int(text[:-2]))
    if group == "named":
        known_day = text in known.named_days
        whole = known_day or not re.fullmatch(r"\d/\d\d?", text) or text.endswith("/0")
        return Lexeme(start, end, text, "NAMEDDAY" if known_day else OTHER, 0) if whole else _share(start, end, text)
    if group == "fraction":
        return Lexeme(start, end, text, "FRACTION", _fraction(text))
    if group == "ampm":
        return Lexeme(start, end, text.lower(), "AM", text[0].lower())
    return Lexeme(start, end, text.lower(), _CLASS_OF_GROUP[group], text)


def _share(start: int, end: int, text: str) -> Lexeme:
    return Lexeme(start, end, text, "FRACTION", _fraction(text))


def _number(start: int, end: int, text: str) -> Lexeme:
    digits = text.replace(",", "")
    if len(digits) > 9:
        return Lexeme(start, end, text, OTHER, 0)
    if "." in digits:
        return Lexeme(start, end, text, "FLOAT", float(digits))
    kind = "NUM"
    if text == digits and len(digits) == 4 and 1000 <= int(digits) <= 2999:
        kind = "YEARNUM"
    elif len(digits) <= 2 and 1 <= int(digits) <= 31:
        kind = "DAYNUM"
    return Lexeme(start, end, text, kind, int(digits))


def _fraction(text: str) -> float:
    if text[-1] in _FRACTIONS:
        return (int(text[:-1]) if len(text) > 1 else 0) + _FRACTIONS[text[-1]]
    *whole, part = text.split()
    over, under = part.split("/")
    return (int(whole[0]) if whole and len(whole[0]) < 9 else 0) + (int(over) / int(under) if int(under) else 0)


def _with_abbreviation_dots(text: str, raw: list[Lexeme]) -> list[Lexeme]:
    """ "Nov." is one lexeme; the dot of "mar." or "sun." belongs to it only where no sentence ends there."""
    out: list[Lexeme] = []
    for item in raw:
        if item.low == "." and out and out[-1].end == item.start and _ABBREVIATED.fullmatch(out[-1].low):
            out[-1] = msgspec.structs.replace(out[-1], end=item.end)
        else:
            out.append(item)
    return out


def _join(raw: list[Lexeme], known: Lexicon) -> list[Lexeme]:
    out: list[Lexeme] = []
    i = 0
    while i < len(raw):
        item = raw[i]
        if item.low in known.phrases and (found := _phrase(raw, i, known)):
            length, word = found
            last = raw[i + length - 1]
            low = " ".join(one.low for one in raw[i : i + length])
            out.append(Lexeme(item.start, last.end, low, word.kind, word.meaning))
            i += length
        elif item.kind in ("NUM", "DAYNUM", "HUNDRED") or (
            item.kind == "A" and i + 1 < len(raw) and raw[i + 1].kind == "HUNDRED"
        ):
            length, number = _spoken(raw, i)
            out.append(number)
            i += length
        else:
            out.append(item)
            i += 1
    return out


def _phrase(raw: list[Lexeme], i: int, known: Lexicon) -> tuple[int, Word] | None:
    for rest, word in known.phrases[raw[i].low]:
        if len(raw) - i > len(rest) and all(
            raw[i + 1 + k].low == part or (part[0] in "'’" and raw[i + 1 + k].kind == "POSS")
            for k, part in enumerate(rest)
        ):
            return len(rest) + 1, word
    return None


def _spoken(raw: list[Lexeme], i: int) -> tuple[int, Lexeme]:
    """A number told in words from lexeme `i` on, and how many lexemes tell it: "twenty four", "sixty-five", "two
    thousand", "a hundred", "2 million". A pair such as "nineteen ninety-one" is a year."""
    first = raw[i]
    if first.low[0].isdigit():
        if i + 1 < len(raw) and raw[i + 1].kind == "HUNDRED":
            return 2, Lexeme(first.start, raw[i + 1].end, "", "NUM", int(first.meaning) * _SCALES[raw[i + 1].low])
        return 1, first
    total, current, century, j = 0, 0, 0, i
    while j < len(raw) and total + current <= 10**9:
        item = raw[j]
        value = _word_value(item)
        if item.kind == "HUNDRED":
            current = max(current, 1) * _SCALES[item.low]
            if item.low != "hundred":
                total, current = total + current, 0
        elif value is not None and _continues(current, value, j == i):
            current += value
        elif value is not None and not century and not total and 13 <= current <= 20 and value >= 10:
            century, current = current, value
        elif not (j == i or _hyphen_inside(raw, j)):
            break
        j += 1
    number = century * 100 + total + current
    year = century or (number == 2000 and first.kind != "A")
    return j - i, Lexeme(first.start, raw[j - 1].end, first.low, "YEARNUM" if year else "NUM", number)


_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000}


def _word_value(item: Lexeme) -> int | None:
    """What a number word means; None for digits and all else."""
    return int(item.meaning) if item.kind == "NUM" and item.low.isalpha() else None


def _continues(current: int, value: int, first: bool) -> bool:
    """Whether a number word goes on with the number before it ("twenty" + "four", "hundred" + "six")."""
    return first or current % 100 == 0 or (current % 100 >= 20 and current % 10 == 0 and 0 < value < 10)


def _hyphen_inside(raw: list[Lexeme], j: int) -> bool:
    """Whether lexeme `j` is the hyphen of "sixty-five"."""
    if raw[j].kind != "DASH" or not 0 < j < len(raw) - 1:
        return False
    before, after = _word_value(raw[j - 1]), _word_value(raw[j + 1])
    joined = raw[j - 1].end == raw[j].start and raw[j].end == raw[j + 1].start
    return joined and before is not None and after is not None and before >= 20 and 0 < after < 10
