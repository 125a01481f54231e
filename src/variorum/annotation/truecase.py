"""Text in one case made readable for the parser, of the same length: ordinary words in lower case, names capitalised.

Wire copy and headlines often stand in capitals alone, which a tagger takes for one long name, and messages in small
letters alone, in which it sees no names. The word lists say in which letters a word is mostly written
(``data/truecase.txt.gz``, compiled by ``tools/compile_truecase.py``).
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from variorum.packaged import data_table, data_text

FEW = 0.08  # the most of words with a first capital that a text in small letters may have: names pasted in
CAPITALS = 0.8  # the share of capitals among a paragraph's letters from which it is read as text in capitals
_WORD = re.compile(r"[^\W_]+(?:['’`][^\W\d_]+)?")
_SENTENCE = re.compile(r"(?:^|[.!?]\s+)([^\W\d_])")
_SHORT_NAMES = frozenset({"xi", "uk", "eu", "un"})
_SENTENCE_GAP = re.compile(
    r"(?:^|(?<![^\w][^\W\d_])[.!?]['\"”’)\]]*\s+|[\]:]\s+|\)\s--\s+)['\"“‘(\[\s]*$"
)  # a full stop after a single letter ends an abbreviation


class _Classes(NamedTuple):
    """Months and days; titles that stand before a name; words that end, and words that fill, the name of a body."""

    months: frozenset[str]
    days: frozenset[str]
    titles: frozenset[str]
    body_heads: frozenset[str]
    body_parts: frozenset[str]


@cache
def _classes() -> _Classes:
    return _Classes(**{name: frozenset(words) for name, words in data_table("truecase.toml").items()})


@cache
def _words() -> tuple[frozenset[str], frozenset[str]]:
    """Ordinary words (lower case) and acronyms (capitals)."""
    words = data_text("truecase.txt.gz").split()
    return frozenset(w for w in words if w.islower()), frozenset(w for w in words if w.isupper())


def in_capitals(text: str) -> bool:
    """Whether a paragraph is written in capitals alone (a lone acronym is not)."""
    letters = [c for c in text if c.isalpha()]
    if len(letters) < 12 or sum(c.isupper() for c in letters) < CAPITALS * len(letters):
        return False
    return len(text.split()) > 2


def in_small_letters(text: str) -> bool:
    """Whether a paragraph of eight words and more is written in small letters alone, but for names of all capitals and
    a few others: most of its sentences begin so."""
    words = _WORD.findall(text)
    if len(words) < 8 or not any(word[:1].islower() for word in words[:2]):
        return False
    mixed = sum(word[:1].isupper() and not word.isupper() for word in words)
    if mixed > FEW * len(words):
        return False
    begins = [match[1].islower() for match in _SENTENCE.finditer(text)]
    return begins[0] and sum(begins) * 2 > len(begins) if begins else False


def truecase(text: str) -> str:
    """A paragraph in capitals or in small letters as it would usually be written; any other text as it is. The length
    never changes."""
    if in_small_letters(text):
        return _capitalised(text)
    if not in_capitals(text):
        return text
    words = list(_WORD.finditer(text))
    forms = [_form(match, text) for match in words]
    _join_names(words, forms, text)
    parts: list[str] = []
    at = 0
    for match, form in zip(words, forms, strict=True):
        gap = text[at : match.start()]
        parts.append(gap)
        starts = bool(_SENTENCE_GAP.search(text[max(0, match.start() - 12) : match.start()])) or at == 0
        written = form[:1].upper() + form[1:] if starts and form.islower() else form
        parts.append(written if len(written) == len(match[0]) else match[0])
        at = match.end()
    parts.append(text[at:])
    return "".join(parts)


def _capitalised(text: str) -> str:
    """A paragraph in small letters with capitals where names and sentences begin."""
    ordinary, acronyms = _words()
    short = _classes().days | (_classes().months - {"may", "march", "mar", "dec", "sun", "sat"})
    letters = list(text)
    for match in _WORD.finditer(text):
        stem = re.split("['’`]", match[0])[0]
        if not stem.islower() or not stem.isalpha() or (len(stem) < 3 and stem not in _SHORT_NAMES):
            continue
        if stem.upper() in acronyms and len(stem) < 6:
            letters[match.start() : match.start() + len(stem)] = stem.upper()
        elif stem not in ordinary or stem in short or stem in _SHORT_NAMES:
            letters[match.start()] = stem[0].upper()
    for match in _SENTENCE.finditer(text):
        letters[match.start(1)] = match[1].upper()
    cased = "".join(letters)
    return cased if len(cased) == len(text) else text


def _form(match: re.Match[str], text: str) -> str:
    """One word as it is mostly written."""
    ordinary, acronyms = _words()
    word = match[0]
    if not word.isupper():
        return word.lower() if word[:1].isdigit() and len(word) > 1 and word[-1:].isalpha() else word
    if word[:1].isdigit():
        return word.lower()
    stem, mark, tail = word, "", ""
    for apostrophe in "'’`":
        if apostrophe in word:
            stem, mark, tail = word.partition(apostrophe)
            break
    low = stem.lower()
    following = text[match.end() : match.end() + 6]
    if len(stem) == 1:
        form = stem if stem == "I" or following.startswith(".") or mark else low
    elif low in _classes().days or (
        low in _classes().months and (low != "may" or _beside_number(match, text)) and low != "mar"
    ):
        form = stem.capitalize()
    elif low in ordinary:
        form = low
    elif stem in acronyms or _looks_short(stem, match, text):
        form = stem
    else:
        form = stem.capitalize()
    return form + mark + tail.lower()


def _beside_number(match: re.Match[str], text: str) -> bool:
    before, after = text[max(0, match.start() - 3) : match.start()], text[match.end() : match.end() + 3]
    return any(c.isdigit() for c in before + after)


def _looks_short(stem: str, match: re.Match[str], text: str) -> bool:
    """An unknown short word in brackets or without a vowel: an acronym."""
    if len(stem) > 6:
        return False
    bracketed = text[match.start() - 1 : match.start()] in ("(", "[") and text[match.end() : match.end() + 1] in (
        ")",
        "]",
    )
    return bracketed or not set(stem) & set("AEIOUY")


def _join_names(words: list[re.Match[str]], forms: list[str], text: str) -> None:
    """Capitalise what belongs to a name: titles before one, the words of a body's name."""

    def adjacent(k: int) -> bool:
        return text[words[k].end() : words[k + 1].start()] in (" ", ", ") if k + 1 < len(words) else False

    for k in range(len(words) - 1, -1, -1):
        low = forms[k].lower().rstrip("'s") if forms[k].endswith("'s") else forms[k].lower()
        if low in _classes().titles and adjacent(k) and text[words[k].end()] == " " and _is_name(forms[k + 1]):
            forms[k] = forms[k].capitalize()
    for k, form in enumerate(forms):
        if form in ("el", "la", "los", "las", "de", "san") and adjacent(k) and _is_name(forms[k + 1]):
            forms[k] = form.capitalize() if form != "de" else form
        if form.lower() not in _classes().body_heads or not form.islower():
            continue
        first = k
        while (
            first
            and text[words[first - 1].end() : words[first].start()] == " "
            and (forms[first - 1].lower() in _classes().body_parts)
        ):
            first -= 1
        named = first and text[words[first - 1].end() : words[first].start()] == " " and _is_name(forms[first - 1])
        if k - first >= 2 or (k > first and named):
            for j in range(first, k + 1):
                forms[j] = forms[j].capitalize()


def _is_name(form: str) -> bool:
    return form[:1].isupper() and form.lower() not in _classes().days and form.lower() not in _classes().months
