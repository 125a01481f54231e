"""Figures of a stretch of time or of a whole war, and so of no one deed.

"More than 2,800 since October"; "412 so far this year"; "in ten days of war, 350 people died"; "the conflict has
claimed 40,000 lives"; "which brings to 230 the number killed this month".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from .lexicon import Lexicon

_PIECES = {
    "unit": r"(?:hour|day|week|month|year|decade)s?",
    "number": r"(?:\d[\d,.]*|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty"
    r"|forty|fifty|sixty|several|few|many|some|nearly|almost|about|over|more than|less than|just|the)",
    "month": r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)",
    "few": r"(?:[\w'-]+ )",  # words of a name between
    "start": r"(?:start|beginning|outbreak|onset|eruption|launch|resumption|collapse|end)",
    "began": r"(?:began|begun|started|broke out|erupted|resumed|took power)",
    "turn": r"(?:coup|revolution|ceasefire|cease - fire|truce|takeover|invasion)",
    "harmed": r"(?:killed|claimed|left|cost|taken|caused|displaced|forced|uprooted|driven|wounded|injured)",
    "the": r"(?:the |its |his |their |a |that |this )?",
}
_FORMED = (
    # since a day that is named, or since what begins a stretch of time
    r"since (?:\d{{1,2}} |early |mid ?- ?|late |the (?:end|middle) of )?{month}\b",
    r"since (?:\d{{4}}|the \d{{4}}s|then ,)",
    r"since (?:last|early|late|mid) \w+",
    r"since {the}(?:\w+ )?{start} of",
    r"since {the}{few}{{0,3}}{began}",
    r"since {the}{few}{{0,2}}(?:{wars}|{turn})\b",
    r"since (?:{number} )+{unit} ago",
    # within a stretch of time
    r"so far (?:this|in) ",
    r"this (?:year|month)\b",
    r"(?:in|over|during|within|for) (?:the )?(?:past|last|previous|preceding|recent) (?:{number} )*{unit}",
    r"(?:in|during|after|over|within|through) (?:{number} )+(?:- ?)?{unit} of {few}{{0,2}}(?:{wars}|{blows})\b",
    # the war itself does it, or is the whole
    r"\b(?:{wars})(?: ,[^,]*,)?(?: in [\w ]{{2,20}})? (?:has|have|had) (?:so far |already |also |now )?{harmed}\b",
    r"(?:total|overall|cumulative) {few}{{0,3}}(?:of|from|in) the {few}{{0,2}}(?:{wars})\b",
)
_JOINTS = frozenset({";", ":", "—", "–", "where", "while", "whereas", "but", "bringing", "brings", "taking", "raising",
                     "pushing", "after", "when", "as"})  # fmt: skip
_ORDERED = frozenset(
    {"worst", "most", "first", "second", "third", "fourth", "fifth", "sixth", "last", "latest", "highest"}
)
_RANKED = 8  # words before a stretch of time in which a deed is ranked among those of it
_OPENING = 6  # words at the head of a sentence that govern all of it


class Periods:
    """Tells which figures of a sentence are of a stretch of time."""

    def __init__(self, lexicon: Lexicon) -> None:
        wars, blows = ("|".join(sorted(each)) for each in (lexicon.wars, lexicon.blows))
        self._pattern = re.compile(
            "|".join(f"(?:{each.format(wars=wars, blows=blows, **_PIECES)})" for each in _FORMED)
        )
        self._lead = lexicon.wars | {"since", "so", "in", "over", "during", "within", "this", "after", "through"}

    def among(self, words: Sequence[str], figures: Sequence[int]) -> frozenset[int]:
        """Of the figures at some of the lower-case words of one sentence, those of a stretch of time."""
        if not figures or not self._lead.intersection(words):
            return frozenset()
        starts, text = _joined(words)
        found: set[int] = set()
        for match in self._pattern.finditer(text):
            first = bisect_left(starts, match.start() + 1) - 1
            if any(_ranks(word) for word in words[max(0, first - _RANKED) : first]):
                continue  # "the deadliest attack since October" is one
            last = bisect_left(starts, match.end()) - 1
            low, high = self._reach(words, first, last)
            found.update(at for at in figures if low <= at < high)
        return frozenset(found)

    def _reach(self, words: Sequence[str], first: int, last: int) -> tuple[int, int]:
        """The part of the sentence that the words ``[first, last]`` tell the time of: all that follows where they open
        it, else up to the joints around them."""
        low, high = first, last + 1
        while low and not _is_joint(words, low - 1):
            low -= 1
        opens = low == 0 and first < _OPENING
        while high < len(words) and words[high] != ";" and (opens or not _is_joint(words, high)):
            high += 1
        return low, high


def _ranks(word: str) -> bool:
    return word in _ORDERED or (word.endswith("iest") and word != "priest") or word in {"largest", "biggest", "gravest"}


def _is_joint(words: Sequence[str], at: int) -> bool:
    """Whether a new part of the sentence begins behind a word, or with it."""
    return words[at] in _JOINTS or (words[at] in {"and", "or"} and at > 0 and words[at - 1] == ",")


def _joined(words: Sequence[str]) -> tuple[list[int], str]:
    """Words in a row with where each begins."""
    starts, at = [], 0
    for word in words:
        starts.append(at)
        at += len(word) + 1
    return starts, " ".join(words)
