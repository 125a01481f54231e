"""The words of time expressions, loaded once from `variorum/data/times.toml`."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from variorum.errors import ModelError
from variorum.packaged import data_table

Meaning = str | int | float

# class of a word → section of the data file
_SECTIONS = {
    "MONTH": "months",
    "HIJRI": "hijri_months",
    "PERSIAN": "persian_months",
    "WEEKDAY": "weekdays",
    "NUM": "cardinals",
    "ORD": "ordinals",
    "DECADE": "decades",
    "UNIT": "units",
    "UNITS": "plural_units",
    "PART": "parts_of_day",
    "PARTS": "plural_parts",
    "SEASON": "seasons",
    "SEASONS": "plural_seasons",
    "DAYWORD": "day_words",
    "SET": "sets",
    "HOLIDAY": "holidays",
    "REF": "references",
    "APPROX": "approximators",
    "ZONE": "zones",
}

# small closed classes: every word of a class means itself
_CLOSED = {
    "A": "a an",
    "THE": "the",
    "THIS": "this these",
    "THAT": "that those",
    "SAME": "same",
    "FEW": "several few some many numerous",
    "COUPLE": "couple",
    "MORE": "more additional extra another further",
    "LAST": "last",
    "PAST": "past",
    "LATEST": "latest",
    "PREVIOUS": "previous preceding prior",
    "NEXT": "next",
    "COMING": "coming upcoming forthcoming",
    "AHEAD": "ahead",
    "FOLLOWING": "following subsequent ensuing",
    "NOW": "current",
    "RECENT": "recent",
    "FUTURE": "future",
    "NEAR": "near foreseeable immediate distant",
    "FULL": "full entire whole",
    "EARLY": "early late mid",
    "POINT": "middle beginning start end",
    "CMP": "earlier later",
    "EVE": "eve",
    "AGO": "ago",
    "BEFORE": "before",
    "AFTER": "after",
    "FROM": "from",
    "OF": "of",
    "IN": "in",
    "PREP": "during on at by since until till throughout",
    "BETWEEN": "between",
    "AND": "and",
    "OR": "or",
    "TO": "to through",
    "EACH": "each every",
    "ONCE": "once twice",
    "ANOTHER": "other",
    "HALF": "half",
    "PERIOD": "period",
    "FISCAL": "fiscal financial",
    "SO": "so",
    "BEYOND": "beyond",
    "SOMETIME": "sometime",
    "LONG": "long",
    "OLD": "old",
    "WORKING": "trading working business consecutive straight successive",
    "HUNDRED": "hundred thousand million",
    "AD": "ad ce bc bce",
}

# units that have rules of their own
_UNITS_APART = {"quarter": "QUARTER", "century": "CENTURY", "weekend": "WEEKEND"}


class Word(NamedTuple):
    """What a word (or phrase) is in a time expression: its class and what it means there."""

    kind: str
    meaning: Meaning


class Lexicon(NamedTuple):
    """`phrases` are keyed by their first word: the rest of the words, longest first, and the word they make. `windows`
    are the first and last minute of parts of day whose value is wider or other than what they mean; `told_alone` months
    of other calendars that need nothing beside them."""

    words: dict[str, Word]
    phrases: dict[str, list[tuple[tuple[str, ...], Word]]]
    named_days: dict[str, str]
    zones: frozenset[str]
    windows: dict[str, tuple[str, str]]
    told_alone: frozenset[str]
    event_nouns: frozenset[str]
    light_verbs: frozenset[str]
    realised: frozenset[str]
    scheduled: frozenset[str]
    timetabled: frozenset[str]
    looking_ahead: frozenset[str]
    telling: frozenset[str]
    within: frozenset[str]


def split(phrase: str) -> tuple[str, ...]:
    """A phrase of the data file as the tokeniser cuts it."""
    return tuple(re.findall(r"['’]s\b|[^\W\d_]+|[^\w\s]", phrase))


@cache
def lexicon() -> Lexicon:
    """Raises ModelError where the data file is missing or not as it should be."""
    try:
        data = data_table("times.toml")
        words: dict[str, Word] = {}
        phrases: dict[str, list[tuple[tuple[str, ...], Word]]] = {}
        for kind, text in _CLOSED.items():
            words.update((word, Word(kind, word)) for word in text.split())
        for kind, section in _SECTIONS.items():
            for phrase, meaning in data[section].items():
                first, *rest = split(phrase)
                word = Word(kind, meaning)
                if rest:
                    phrases.setdefault(first, []).append((tuple(rest), word))
                else:
                    words[first] = word
        words.update((f"{name}s", Word("WEEKDAYS", day)) for name, day in data["weekdays"].items() if len(name) > 5)
        words.update((name, Word(kind, words[name].meaning)) for name, kind in _UNITS_APART.items())
        for found in phrases.values():
            found.sort(key=lambda item: (-len(item[0]), item[0]))
        return Lexicon(
            words,
            phrases,
            dict(data["named_days"]),
            frozenset(data["zones"]),
            {" ".join(split(part)): (first, last) for part, (first, last) in data["windows"].items()},
            frozenset(data["told_alone"]["persian_months"]),
            frozenset(data["events"]["nouns"]),
            frozenset(data["events"]["light_verbs"]),
            frozenset(data["tense"]["realised"]),
            frozenset(data["tense"]["scheduled"]),
            frozenset(data["tense"]["timetabled"]),
            frozenset(data["tense"]["looking_ahead"]),
            frozenset(data["tense"]["telling"]),
            frozenset(data["tense"]["within"]),
        )
    except (OSError, KeyError, ValueError) as error:
        raise ModelError(f"the words of time expressions cannot be loaded: {error}") from error
