"""Stated numbers and their bounds: digits, words, ranges, "at least", "more than a dozen", "scores", "no one".

Everything works on lower-case words, so that capitals and a tagger's slips change nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from .lexicon import word_set

MOST = 10**10
"""Numbers over this count no people (there are fewer alive) and are read as no number."""

_UNITS = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_TENS = {
    word: 10 * value
    for value, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
_SCALES = {
    "hundred": 100,
    "thousand": 1_000,
    "million": 1_000_000,
    "mln": 1_000_000,
    "billion": 1_000_000_000,
    "lakh": 100_000,
    "crore": 10_000_000,
}
_JOINS = frozenset({"-", *_TENS})
_DIGITS = re.compile(r"\d{1,3}(?:[,.\u00a0 ]\d{3})+|\d+(?:\.\d+)?")

_DASHES = frozenset({"-", "–", "—"})
_SPAN = re.compile(r"(\d{1,3}(?:,\d{3})+|\d{1,6})[-–](\d{1,3}(?:,\d{3})+|\d{1,6})")

# low bound of words that name a rough count; the high bound is open
_ROUGH = {
    "dozens": 24,
    "scores": 40,
    "tens": 20,
    "hundreds": 200,
    "thousands": 2_000,
    "millions": 2_000_000,
    "several": 3,
    "numerous": 2,
    "multiple": 2,
    "many": 2,
    "countless": 2,
}
_MONTHS = word_set("jan feb mar apr may jun jul aug sep oct nov dec")
_NONE = frozenset({"no", "none", "nobody", "zero", "nil"})
_LOW = (  # the number is the least there were
    ("at", "least"),
    ("no", "fewer", "than"),
    ("no", "less", "than"),
    ("not", "less", "than"),
    ("not", "fewer", "than"),
    ("a", "minimum", "of"),
    ("minimum", "of"),
    ("atleast",),
)
_ABOVE = (  # there were more than the number
    ("more", "than"),
    ("over",),
    ("above",),
    ("upwards", "of"),
    ("upward", "of"),
    ("well", "over"),
    ("in", "excess", "of"),
    ("exceeding",),
    ("greater", "than"),
    ("north", "of"),
)
_HIGH = (  # the number is the most there were
    ("up", "to"),
    ("as", "many", "as"),
    ("at", "most"),
    ("no", "more", "than"),
    ("not", "more", "than"),
    ("a", "maximum", "of"),
    ("maximum", "of"),
)
_DEGREES = (
    ("just",),
    ("slightly",),
    ("well",),
    ("far",),
    ("much",),
    ("considerably",),
    ("a", "little"),
    ("a", "bit"),
    ("a", "lot"),
)
_BELOW = (("fewer", "than"), ("less", "than"), ("under",), ("below",))
_ABOUT = (
    ("about",),
    ("around",),
    ("some",),
    ("approximately",),
    ("roughly",),
    ("nearly",),
    ("almost",),
    ("close", "to"),
    ("an", "estimated"),
    ("estimated",),
    ("just",),
    ("only",),
    ("exactly",),
    ("circa",),
    ("a", "total", "of"),
    ("total", "of"),
    ("a", "further"),
    ("further",),
    ("another",),
    ("additional",),
    ("an", "additional"),
    ("all",),
    ("the", "other"),
    ("the",),
    ("these",),
    ("those",),
    ("his",),
    ("her",),
    ("their",),
    ("other",),
    ("as", "few", "as"),
    ("reportedly",),
    ("possibly",),
    ("perhaps",),
)
_RISING = word_set(
    """rose risen rising rises raise raises raised raising up increase increases increased increasing climb climbed
    climbing jump jumped jumping gone went fell fallen falling dropped down revise revised revising lower lowered
    lowering cut cutting reduce reduced reducing grown grew growing move moved take takes took taking bring brings
    brought bringing push pushed pushing lift lifted lifting double doubled doubling triple tripled amend amended
    correct corrected update updated"""
)
_RAISED = 5  # words between "raising" and "from 12 to 16"
_REVISING = word_set("revised revise revising raised pushed")
_DEFINITE = word_set("the these those his her their its")
_UNWRITTEN = word_set("the these those his her their other reportedly possibly perhaps all just only exactly")


def _by_first(phrases: Sequence[tuple[str, ...]]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """The phrases that begin with a word, in their order."""
    firsts = dict.fromkeys(phrase[0] for phrase in phrases)
    return {first: tuple(phrase for phrase in phrases if phrase[0] == first) for first in firsts}


_BY_FIRST = tuple(_by_first(phrases) for phrases in (_DEGREES, _LOW, _HIGH, _ABOVE, _BELOW, _ABOUT))
_OPENING = frozenset(
    {"a", "an", "another", "half", "both", "not", "between", "from", *_UNITS, *_TENS, *_ROUGH, *_NONE}
).union(*_BY_FIRST)
"""The words that a number can begin with, digits apart."""


class Count(NamedTuple):
    """A stated number: words ``[first, stop)`` and its bounds. `core` is its first word after "at least" and its kind;
    `rough` where no figure stands ("dozens"), `article` where only "a" or "another" counts one."""

    first: int
    core: int
    stop: int
    low: int | None
    high: int | None
    rough: bool = False
    article: bool = False


def read_count(words: Sequence[str], at: int) -> Count | None:
    """The number that starts at word `at`, its bound included; None where none does."""
    word = words[at] if at < len(words) else ""
    if word not in _OPENING and not word[:1].isdigit():
        return None
    for phrase in _BY_FIRST[0].get(word, ()):
        if tuple(words[at : at + len(phrase)]) == phrase and (bounded := _bound(words, at + len(phrase))) is not None:
            return bounded._replace(first=at)
    return _bound(words, at) or _inexact(words, at)


def _bound(words: Sequence[str], at: int) -> Count | None:
    """A number behind a word that bounds it."""
    word = words[at] if at < len(words) else ""
    for by_first, bound in zip(_BY_FIRST[1:5], ("low", "high", "above", "below"), strict=True):
        for phrase in by_first.get(word, ()):
            if tuple(words[at : at + len(phrase)]) == phrase:
                inner = _inexact(words, at + len(phrase))
                moved = _REVISING & set(words[max(0, at - 12) : at]) or words[at - 1] in {
                    "toll",
                    "gone",
                    "went",
                    "goes",
                }
                if phrase == ("up", "to") and moved:
                    return None  # "revised the number of dead up to 82" bounds nothing
                if len(phrase) == 1 and words[at + 1 : at + 2] and words[at + 1] in _DEFINITE:
                    return None  # "anger over the 14 dead"
                if inner is not None and not inner.article and not (inner.rough and bound == "above"):
                    return _bounded(inner, at, bound)
    return None


def _bounded(count: Count, first: int, bound: str) -> Count:
    low, high = count.low, count.high
    exact = low is not None and low == high
    if bound == "low":
        high = None
    elif bound == "high":
        low, high = None, high if high is not None else low
    elif bound == "above":
        low, high = (low + 1 if exact and low is not None else low), None
    else:
        low, high = None, high - 1 if high is not None else None
    return count._replace(first=first, low=low, high=high)


def passed(count: Count) -> Count:
    """The bounds of a number that was passed: more than it, with no upper bound."""
    exact = count.low is not None and count.low == count.high
    return count._replace(low=count.low + 1 if exact and count.low is not None else count.low, high=None)


def _inexact(words: Sequence[str], at: int) -> Count | None:
    """A number after words that do not move its bounds ("about", "some", "another")."""
    for phrase in _BY_FIRST[5].get(words[at] if at < len(words) else "", ()):
        if tuple(words[at : at + len(phrase)]) == phrase:
            inner = _inexact(words, at + len(phrase))
            if inner is not None and not inner.article and not (inner.rough and phrase == ("all",)):
                return inner if phrase[0] in _UNWRITTEN else inner._replace(first=at)
    return _range(words, at) or _rough(words, at) or _single(words, at)


def _range(words: Sequence[str], at: int) -> Count | None:
    word = words[at] if at < len(words) else ""
    if (joined_up := _SPAN.fullmatch(word)) is not None:
        least, most = (int(re.sub(r"\D", "", part)) for part in joined_up.groups())
        return Count(at, at, at + 1, least, most) if 0 < least < most <= MOST else None
    start = at + 1 if word in {"between", "from"} else at
    low = number(words, start)
    if low is None:
        return None
    value, stop = low
    joined = words[stop] if stop < len(words) else ""
    joins = {"between": {"and"}, "from": {"to"}}.get(word, {"to", "-", "–", "—", "or"})
    earlier = words[at - 1] if at else ""
    moved = word == "from" or earlier == "from"
    if joined == "to" and (earlier == "by" or (moved and _is_moved(words, at if word == "from" else at - 1))):
        return None if start != at else Count(at, at, stop, value, value)
    if joined in joins and (high := number(words, stop + 1)) is not None and high[0] > value:
        if joined in _DASHES and words[start][0].isdigit() != words[stop + 1][0].isdigit():
            return Count(at, at, stop, value, value)  # "4 March 2025 - Six guards": a dash between two sentences
        return Count(at, at, high[1], value, high[0])
    if start != at:
        return None
    if words[stop : stop + 2] == ["or", "more"] or joined in {"+", "plus"}:
        return Count(at, at, stop + (2 if joined == "or" else 1), value, None)
    if words[stop : stop + 2] in (["or", "fewer"], ["or", "less"]):
        return Count(at, at, stop + 2, None, value)
    if words[stop : stop + 2] == ["or", "so"]:
        return Count(at, at, stop + 2, value, value)
    if words[stop : stop + 2] == ["-", "plus"]:
        return Count(at, at, stop + 2, value, None)
    return Count(at, at, stop, value, value)


def _is_moved(words: Sequence[str], at: int) -> bool:
    """Whether "from" at word `at` tells what a count was before: "rose from", "raising the toll from"."""
    for k in range(at - 1, max(-1, at - 1 - _RAISED), -1):
        if words[k] in _RISING:
            return True
        if not words[k].isalpha():
            break
    return False


def _rough(words: Sequence[str], at: int) -> Count | None:
    word = words[at] if at < len(words) else ""
    following = words[at + 1] if at + 1 < len(words) else ""
    if word in {"a", "an"}:
        skip = 1
        while at + skip < len(words) and words[at + skip] in _QUOTES:
            skip += 1
        after = words[at + skip] if at + skip < len(words) else ""
        if after in {"number", "handful"} and words[at + skip + 1 : at + skip + 2] == ["of"]:
            return Count(at, at, at + skip + 2, 2, None, rough=True)
        if after in {"large", "small", "significant", "growing", "unknown", "unspecified"} and words[
            at + skip + 1 : at + skip + 3
        ] == ["number", "of"]:
            return Count(at, at, at + skip + 3, 2, None, rough=True)
        if after == "few":
            scale = {"dozen": 24, "hundred": 200, "thousand": 2_000}.get(words[at + 2] if at + 2 < len(words) else "")
            return Count(at, at, at + (3 if scale else 2), scale or 3, None, rough=True)
        if after in {"couple", "pair", "trio"}:
            value = 3 if after == "trio" else 2
            stop = at + skip + (2 if words[at + skip + 1 : at + skip + 2] == ["of"] else 1)
            scale = {"dozen": 12, "hundred": 100, "thousand": 1_000}.get(words[stop] if stop < len(words) else "")
            return Count(at, at, stop + 1 if scale else stop, value * (scale or 1), value * (scale or 1))
        if after == "score":
            stop = at + skip + (2 if words[at + skip + 1 : at + skip + 2] == ["of"] else 1)
            return Count(at, at, stop, 20, 20)
    if word == "many" and at and words[at - 1] in {"too", "so", "how"}:
        return None
    if word in _ROUGH:
        value = _ROUGH[word]
        stop = at + 1
        if word == "several":
            scale = {"dozen": 12, "hundred": 100, "thousand": 1_000, "million": 1_000_000}.get(following)
            value, stop = (3 * scale, at + 2) if scale else (3, stop)
        elif following == "of" and at + 2 < len(words) and words[at + 2] in _ROUGH:
            inner = _ROUGH[words[at + 2]]
            if word in {"tens", "hundreds", "thousands", "dozens"} and inner >= 2_000:
                value, stop = value * inner // 2, at + 3
        return Count(at, at, stop, value, None, rough=True)
    if word == "both":
        return Count(at, at, at + 1, 2, 2)
    return None


_QUOTES = frozenset({'"', "“", "”", "‘", "’", "'", "''", "``", "«"})


def _single(words: Sequence[str], at: int) -> Count | None:
    word = words[at] if at < len(words) else ""
    if word == "not" and words[at + 1 : at + 3] == ["a", "single"]:
        return Count(at, at, at + 3, 0, 0)
    if word == "not" and words[at + 1 : at + 2] == ["one"]:
        return Count(at, at, at + 2, 0, 0)
    if word in _NONE:
        return Count(at, at, at + (2 if word == "no" and words[at + 1 : at + 2] == ["one"] else 1), 0, 0)
    if word in {"a", "an", "another"}:
        return Count(at, at, at + 1, 1, 1, article=True)
    return None


def number(words: Sequence[str], at: int) -> tuple[int, int] | None:
    """A plain number at word `at` and the index behind it: "1,200", "1.5 million", "two hundred and five", "half a
    dozen", "two dozen"."""
    word = words[at] if at < len(words) else ""
    if _DIGITS.fullmatch(word):
        return _figures(words, at)
    if words[at : at + 3] == ["half", "a", "dozen"] or words[at : at + 3] == ["half", "-", "dozen"]:
        return 6, at + 3
    if words[at : at + 2] == ["half", "a"] and (scale := _SCALES.get(_next(words, at + 1))):
        return scale // 2, at + 3
    if words[at : at + 4] == ["a", "quarter", "of", "a"] and (scale := _SCALES.get(_next(words, at + 3))):
        return scale // 4, at + 5
    if words[at : at + 2] == ["half", "dozen"]:
        return 6, at + 2
    if word in {"a", "an"} and at + 1 < len(words) and words[at + 1] in {"dozen", *_SCALES}:
        inner, stop = (12, at + 2) if words[at + 1] == "dozen" else _worded(["one", *words[at + 1 :]], 0)
        stop = stop if words[at + 1] == "dozen" else at + stop
        return (inner, stop) if inner <= MOST else None
    total, stop = _worded(words, at)
    if stop == at:
        return None
    if stop < len(words) and words[stop] == "dozen" and total:
        total, stop = 12 * total, stop + 1
    return (total, stop) if total <= MOST else None


def _figures(words: Sequence[str], at: int) -> tuple[int, int] | None:
    word = words[at]
    if len(word) > 13 or (word[0] == "0" and len(word) > 1):
        return None  # no number of people; "0550" is a time
    decimal = "." in word and not re.fullmatch(r"\d{1,3}(?:\.\d{3})+", word)
    value = float(re.sub(r"[^\d.]", "", word)) if decimal else float(re.sub(r"\D", "", word))
    stop = at + 1
    while (
        len(word) <= 3
        and stop < len(words)
        and re.fullmatch(r"\d{3}", words[stop])
        and value
        and not _is_day(words, at)
    ):
        value, stop = value * 1_000 + int(words[stop]), stop + 1  # "1 480", in thousands parted by spaces
    if stop < len(words) and words[stop] in _SCALES:
        while stop < len(words) and words[stop] in _SCALES:
            value *= _SCALES[words[stop]]
            stop += 1
    elif stop < len(words) and words[stop] == "dozen":
        value *= 12
        stop += 1
    elif decimal:
        return None
    return (round(value), stop) if value <= MOST else None


def _is_day(words: Sequence[str], at: int) -> bool:
    return at > 0 and words[at - 1][:3] in _MONTHS


def _worded(words: Sequence[str], at: int) -> tuple[int, int]:
    """A number in words and the index behind it; `at` itself where there is none."""
    total = current = 0
    stop = at
    while stop < len(words):
        word, before, after = words[stop], words[stop - 1] if stop > at else "", _next(words, stop)
        if word in _UNITS and (not before or before in {"and", *_SCALES} or (before in _JOINS and _UNITS[word] < 10)):
            current += _UNITS[word]
        elif word in _TENS and (not before or before in {"and", *_SCALES}):
            current += _TENS[word]
        elif word in _SCALES and before:
            if word == "hundred":
                current *= 100
            elif current == 0:
                total *= _SCALES[word]  # "a thousand million"
            else:
                total, current = total + current * _SCALES[word], 0
        elif not (word == "-" and before in _TENS and after in _UNITS) and not (
            word == "and" and before in _SCALES and (after in _UNITS or after in _TENS)
        ):
            break
        stop += 1
    return total + current, stop


def _next(words: Sequence[str], at: int) -> str:
    return words[at + 1] if at + 1 < len(words) else ""


_YEARS_OLD = frozenset({"y.o", "y.o.", "yo", "y/o"})


def of_an_age(words: Sequence[str], count: Count) -> Count | None:
    """An age that stands without an article or hyphens is one person ("2 year old shot in Kesh"), and one in short is
    none ("Reed, 17 y.o."); any other count is left as it is."""
    behind = words[count.stop : count.stop + 2]
    if count.article or not behind:
        return count
    if behind[0] in _YEARS_OLD:
        return None
    if behind in (["year", "old"], ["month", "old"]):
        return count._replace(low=1, high=1, article=True)
    return None if behind in (["years", "old"], ["months", "old"]) else count
