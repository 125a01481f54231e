"""What a line looks like: prose, a headline, a date and nothing else, a leftover."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from rapidfuzz.fuzz import ratio

from .dates import find_date
from .home import NOWHERE, Home
from .lines import Line, ends_sentence
from .wording import LETTERS, paywall_phrase

# What a line that only dates a page may hold beside the date.
_DATE_WORDS = re.compile(
    r"\b(?:first |last |originally )?(?:published|posted|updated|modified|created|released|date|issued|on|at|by|as of"
    r"|time|gmt|utc|local|ist|est|edt|pst|pdt|cet|cest|bst|pkt|msk|am|pm|a\.m\.|p\.m\.|hrs?|hours?|et|time zone|uhr"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?|lunes|martes|miércoles|jueves|viernes|sábado|domingo"
    r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag"
    r"|(?:segunda|terça|quarta|quinta|sexta)(?:-feira)?|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica)\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\d+[:.]\d+\s*[a-z]{0,4}", re.IGNORECASE)
_SPEAKER = re.compile(r"[A-Z][A-Z.'\- ]{2,40}(?: \([^)]{1,30}\))?:\s")
_READER = re.compile(
    r"\b(?:we|our|us|you|your|yours|this (?:article|story|content|post))\b"
    r"|^\W*(?:subscribe|sign|log|register|keep|continue|become|join|support|unlock|start|get)\b",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_MARKS = re.compile(r"[\W_]+")
# Set on the plain texts and pages that docs/quality.md names.
_SENTENCE_WORDS = 9  # a line of so many words that ends as a sentence does is prose
_PROSE_WORDS = 32  # and one of so many words is prose whatever its end
_TOLD_WORDS = 18
_TAIL_WORDS = 12
_TITLE_LIKENESS = 92.0  # of rapidfuzz's ratio, 0 to 100
_LONGER = 1.2
_OPENING_LETTERS = 12
_SPOKEN = 0.3  # of a text's words, told by two speakers


def is_prose(line: Line) -> bool:
    return line.words >= _PROSE_WORDS or (line.words >= _SENTENCE_WORDS and ends_sentence(line.text))


def is_left(line: Line) -> bool:
    """Whether a line behind the last prose of a plain text is a leftover: short, no sentence, no item of a list."""
    return (
        line.words <= _TAIL_WORDS
        and not ends_sentence(line.text)
        and not line.text.startswith(("-", "•", "*", "–", '"'))
        and not line.hints
    )


def is_title_case(line: str) -> bool:
    """Whether a line is written as headlines are: nearly all longer words with a capital."""
    words = [word for word in re.findall(r"[^\W\d_][\w'-]*", line) if len(word) > 3]
    return len(words) >= 2 and sum(word[0].isupper() for word in words) >= 0.8 * len(words)


def same_line(line: str, title: str) -> bool:
    """Whether a line is the title, give or take marks and a word ("LIVE:", a full stop)."""
    one, other = squash(line), squash(title)
    return bool(one) and (one == other or (len(other) > 20 and ratio(one, other) >= _TITLE_LIKENESS))


def only_dates(line: str, home: Home = NOWHERE) -> bool:
    """Whether nothing but dates, times and the words around them stand in a line."""
    rest = line
    while found := find_date(rest, home):
        rest = rest[: found[0]] + " " + rest[found[1] :]
    return not _LETTERS.search(_CLOCK.sub(" ", _DATE_WORDS.sub(" ", rest)))


def squash(line: str) -> str:
    return line.translate(LETTERS) if line.isascii() else _MARKS.sub("", line.casefold())


def repeated(squashed: Mapping[int, str], longest: int) -> set[int]:
    """The numbers of the lines (as `squash` gives them) that stand whole in another line of more than their length.

    Lines of more than `longest` letters are not looked for. What is looked for is found by its first letters and its
    length, so a text costs by its length however many of its lines begin alike.
    """
    lengths: dict[str, set[int]] = {}
    wholes: dict[str, list[int]] = {}
    for number, own in squashed.items():
        if _OPENING_LETTERS <= len(own) <= longest:
            lengths.setdefault(own[:_OPENING_LETTERS], set()).add(len(own))
            wholes.setdefault(own, []).append(number)
    found: set[int] = set()
    for other in squashed.values():
        starts = range(1 + len(other) - _OPENING_LETTERS)
        for at in [at for at in starts if other[at : at + _OPENING_LETTERS] in lengths]:
            for length in lengths[other[at : at + _OPENING_LETTERS]]:
                if len(other) > _LONGER * length and (numbers := wholes.get(other[at : at + length])):
                    found.update(numbers)
    return found


def is_transcript(lines: Sequence[Line]) -> bool:
    """Whether names in capitals before a colon are those who speak: they come back, as towns that open items do
    not; of two names no more can be told, but that what they say is a good part of the text."""
    spoken = [(match[0], line.words) for line in lines if (match := _SPEAKER.match(line.text))]
    labels = [label for label, _ in spoken]
    if len(labels) == 2:
        return sum(words for _, words in spoken) >= _SPOKEN * sum(line.words for line in lines)
    return len(labels) > 1 and 1.5 * len(set(labels)) <= len(labels)


def asks_to_pay(line: Line) -> bool:
    """Whether a line holds a paywall's words and does not merely tell of them."""
    told = line.words >= _TOLD_WORDS and ends_sentence(line.text) and not _READER.search(line.text)
    return not told and paywall_phrase(line.text) is not None
