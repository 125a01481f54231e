"""Facts of one account: its figures, hours, days, places and names, each with the words around it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache, cached_property, lru_cache
from itertools import accumulate
from typing import NamedTuple

import numpy as np

from variorum.records import ChangeKind, Span
from variorum.world.given_names import likely_gender
from variorum.world.nouns import find_noun
from variorum.world.words import stem

from .lexicon import Hashes, Lexicon, state_kinds, state_names, tables, words_of
from .reading import Reading

WINDOW = 20
"""Words on either side that are a fact's surroundings."""
ROLE_REACH = 7
"""Words on either side within which a number's harm stands."""

# Tuned on the tuning half of the derivation gold (`tools/score_derivation.py`).
_RARE = 0.9  # rarity of a word that is a name where a sentence begins with it
_COMMON = 0.25  # least weight of a content word
_TOLD = 0.6  # weight of what befell those who are counted
_NEAR = 16.0  # words after which a surrounding word counts by half
_ORDINALS = {"third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10}
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000, "dozen": 12}
_DAYS = frozenset(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
_CLOCK = re.compile(
    r"(?<![\d.:])(?:(?:half|a quarter|quarter|\d+ minutes|\d+ \d|\d+) (?:past|to) (?:noon|midnight|1?\d|2[0-4])\b"
    r"(?: in the (?:morning|afternoon|evening))?"
    r"|\d{1,2}:\d\d\b(?: (?:am|pm|a m|p m)\b)?"
    r"|\d+(?:\.\d+)? (?:am|pm|a m|p m|oclock|noon|midnight|(?:in the|on \w+day) (?:morning|afternoon|evening|night))\b"
    r"|(?:from|until|till|at|by|before|after) (?:[01]\d|2[0-3])[0-5]\d(?= |$)(?! \w+s\b)"
    r"|\bnoon\b|\bnoontime\b|\bmidday\b|\bmidnight\b|\bdawn\b|\bdaybreak\b|\bsunrise\b|\bsunup\b"
    r"|\bdusk\b|\bnightfall\b|\bsunset\b|\bsundown\b|\btwilight\b|\b(?:first|last) light\b)"
)

_LIGHTS = {"noon": "0 pm", "midday": "0 pm", "noontime": "0 pm", "midnight": "0 am"}
_LIGHTS |= dict.fromkeys(("dawn", "daybreak", "sunrise", "sunup", "first light"), "dawn")
_LIGHTS |= dict.fromkeys(("dusk", "nightfall", "sunset", "sundown", "twilight", "last light"), "dusk")
_HALVES = (("am", r"\b(?:am|a m|morning|midnight)\b"), ("pm", r"\b(?:pm|p m|afternoon|evening|noon)\b"))
_DATELINE = re.compile(
    r"[A-Z][^\W\d_]+(?:[ ,.'’/-]+(?:[A-Z\d][\w.]*|de|la|el|al)){0,7}[ ,.]*"
    r"(?:\([^()\n]{2,40}\)[ ,.]*(?:--|[-–—:])?|--|[-–—:])(?=\s)"
)


@cache
def _told_stems() -> Hashes:
    """The stems that stand for the classes of what befalls people in reports of conflict."""
    lexicon = Lexicon()
    numbers = [lexicon[word] for line in tables()["synonyms"] for word in line.split()]
    return np.unique(lexicon.stems[numbers])


@cache
def _harm_stems() -> Hashes:
    """The stems that stand for the classes of harm that tolls count."""
    lexicon = Lexicon()
    numbers = [lexicon[word] for word in sorted(words_of("harms"))]
    return np.unique(lexicon.stems[numbers])


@cache
def _times() -> int:
    lexicon = Lexicon()
    number = lexicon["times"]
    return int(lexicon.stems[number])


@cache
def _measures() -> dict[str, frozenset[str]]:
    return {sort: frozenset(words.split()) for sort, words in tables()["measures"].items()}


class Fact(NamedTuple):
    """Words ``[first, last)`` of a reading that give a value; `unit` is the stem of what it counts, if it counts."""

    kind: ChangeKind
    first: int
    last: int
    value: str
    unit: int | None
    sort: str  # only facts of one sort may stand for each other
    role: int | None = None  # the class of what befell those who are counted


@lru_cache(maxsize=128)
def facts_of(reading: Reading) -> Facts:
    """The facts of a reading, kept for its next comparisons."""
    return Facts(reading)


class Facts:
    """The facts of one reading and the words around them."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self._text = reading.text
        count = reading.told[-1].last if reading.told else 0
        self.words = [reading.folded(i) for i in range(count)]
        self._starts: list[int] = reading.starts[:count].tolist()
        self._ends: list[int] = reading.ends[:count].tolist()
        self._masked: list[bool] = reading.masked[:count].tolist()
        self._light: list[bool] = (reading.weights[:count] <= 0).tolist()
        self._specific: list[bool] = reading.specific[:count].tolist()
        self._stems: list[int] = reading.stems[:count].tolist()
        self._harm: list[bool] = np.isin(reading.stems[:count], _harm_stems()).tolist()
        told = np.where(np.isin(reading.stems[:count], _told_stems()), _TOLD, 0.0)
        self._befalls: list[bool] = (told > 0).tolist()
        weights = np.maximum(np.maximum(reading.rarities[:count], told), _COMMON)
        weights[(reading.weights[:count] <= 0) | (reading.words[:count] != reading.exact[:count])] = 0.0
        self._weights: list[float] = weights.tolist()
        self.sentence: list[int] = [
            number for number, (first, last, _) in enumerate(reading.told) for _ in range(first, last)
        ]
        self._sentences: dict[int, list[tuple[int, int, float]]] = {}
        self._around: dict[tuple[int, int, int], dict[int, float]] = {}

    @cached_property
    def timed(self) -> list[Fact]:
        """Hours of the day, days of the week, months and years."""
        found = []
        pieces = []
        for i, word in enumerate(self.words):
            if word[0].isdigit():
                word = "#" if "," in self._surface(i) else word
                pieces.append(word + (":" if self._between(i) == ":" else " "))
            else:
                pieces.append(word + " ")
        text = "".join(pieces)
        starts = list(accumulate(map(len, pieces), initial=0))
        for match in _CLOCK.finditer(text):
            first = bisect_right(starts, match.start()) - 1
            last = bisect_left(starts, match.end())
            before = self.words[first - 1] if first else ""
            first += self.words[first] in words_of("hour_cues")
            if " to " in match.group() and before not in words_of("hour_cues"):
                continue
            found.append(Fact("date", first, last, _hour(match.group()), None, "hour"))
        inside = {i for fact in found for i in range(fact.first, fact.last)}
        for i, word in enumerate(self.words):
            if i in inside or self._masked[i]:
                continue
            if word in _DAYS and not self._reported(i):
                found.append(Fact("date", i, i + 1, word, None, "day"))
            elif word in words_of("month_words") and self._text[self._starts[i]].isupper():
                found.append(self._calendar(i))
            elif len(word) == 4 and word.isdecimal() and word[:2] in ("19", "20") and "," not in self._surface(i):
                found.append(Fact("date", i, i + 1, word, None, "year"))
        return [fact for fact in found if fact.first not in self._dateline]

    def _surface(self, i: int) -> str:
        return self._text[self._starts[i] : self._ends[i]]

    def _between(self, i: int) -> str:
        """What stands between a word and the next."""
        return self._text[self._ends[i] : self._starts[i + 1]] if i + 1 < len(self.words) else ""

    def _calendar(self, i: int) -> Fact:
        """The month at a word, with the day beside it: "May 27", "27 May", "the 5th of May"."""
        month = self.words[i][:3]
        for first, last in ((i, i + 2), (i - 1, i + 1)):
            number = i + 1 if first == i else i - 1
            if 0 <= number < len(self.words) and self._joined(max(i, number)):
                day = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?", self.words[number])
                if day and 0 < int(day[1]) <= 31:
                    return Fact("date", first, last, f"{month} {int(day[1])}", None, "calendar")
        return Fact("date", i, i + 1, month, None, "month")

    @cached_property
    def _dateline(self) -> frozenset[int]:
        """The words of datelines, which say where and when a report was sent and tell nothing: what stands before a
        dash or a bracket at the head of a line, capitals and figures only."""
        reading = self.reading
        found: set[int] = set()
        for line in reading.lines[:4]:
            if line >= len(self.words):
                break
            match = _DATELINE.match(reading.text, int(self._starts[line]))
            if match:
                found.update(range(line, bisect_left(self._starts, match.end())))
        return frozenset(found)

    @cached_property
    def numbers(self) -> list[Fact]:
        """What is counted, and the place in a row; numerals in one or several words."""
        taken = {i for fact in self.timed for i in range(fact.first, fact.last)}
        found = []
        i = 0
        while i < len(self.words):
            if i in taken or self._masked[i]:
                i += 1
                continue
            if self.words[i] in _ORDINALS:
                found.append(
                    Fact("number", i, i + 1, str(_ORDINALS[self.words[i]]), self._unit(i + 1), "place in a row")
                )
                i += 1
                continue
            value, last = self._value(i)
            if value is None:
                i += 1
                continue
            if not self._of_date(i, last) and not self._pronoun(i) and not self._superseded(i):
                unit = self._unit(last) if self.words[i] != "twice" else _times()
                found.append(Fact("number", i, last, value, unit, self._sort(i, last), self._role(i, last)))
            i = last
        return found

    @cached_property
    def names(self) -> list[Fact]:
        """Runs of capitalised words, titles before them aside; their sort is what the words around them show: a place,
        a state or its people, a person, or no more than a name."""
        found = []
        i = 0
        while i < len(self.words):
            last = self._run(i)
            if last == i:
                i += 1
                continue
            first, titled = i, False
            while first < last - 1 and self._titled(first):
                first, titled = first + 1, True
            if not self._titled(first):
                sort = self._name_sort(first, last, titled)
                value = " ".join(stem(word) for word in self.words[first:last])
                found.append(Fact("place" if sort in ("place", "state") else "name", first, last, value, None, sort))
            i = last
        return found

    def _run(self, i: int) -> int:
        """The word behind a run of capitalised words that begins at a word; the word itself where none does."""
        if not self._capital(i) or i in self._dateline:
            return i
        last = i + 1
        while last < len(self.words) and self._joined(last):
            behind = last + 1
            if self._capital(last) or self._between(last - 1) in ("-", "\u2011"):
                last += 1
            elif (
                self.words[last] in words_of("particles")
                and behind < len(self.words)
                and self._capital(behind)
                and self._joined(behind)
            ):
                last += 2
            else:
                break
        if not self._specific[i] and last == i + 1 and self.words[i] not in self._named_elsewhere:
            return i
        return last

    @cached_property
    def _named_elsewhere(self) -> frozenset[str]:
        """Words that are capitalised where no sentence begins."""
        return frozenset(
            word for word, named in zip(self.words, self._specific, strict=True) if named and not word[0].isdigit()
        )

    def _capital(self, i: int) -> bool:
        reading, word = self.reading, self.words[i]
        if word[:1].isdigit() or self._masked[i] or word in words_of("date_words") or self._light[i]:
            return False
        return bool(self._specific[i]) or (
            self._text[self._starts[i]].isupper() and (word in self._named_elsewhere or reading.rarities[i] >= _RARE)
        )

    def _titled(self, i: int) -> bool:
        """Whether a word is a person's title or calling ("Colonel", "Mr", "spokesman")."""
        word = self.words[i]
        if word in words_of("titles"):
            return True
        if self._text[self._starts[i]].isupper():
            return False
        noun = find_noun(word)
        return noun is not None and noun.person_sense == 1

    def _name_sort(self, first: int, last: int, titled: bool) -> str:
        before = self.words[first - 1] if first else ""
        article = before in ("the", "a", "an")
        if article and first > 1:
            before = self.words[first - 2]
        behind = self.words[last] if last < len(self.words) and self._joined(last) else ""
        if last == first + 1 and self.words[first] in state_names():
            kinds = state_kinds()[self.words[first]]
            return "place" if kinds == "capital" else "state" if kinds == "state" else "people"
        if titled or (first and self._joined(first) and self._titled(first - 1)):
            return "person"
        if _of_place(behind) or self.words[last - 1] in words_of("place_nouns"):
            return "place"
        if before == "of" and self.words[max(0, first - 2 - article)] in words_of("place_nouns"):
            return "place"
        told = before == "to" and self.words[max(0, first - 2)] in ("according", "attributed")
        if not article and not told and ((before in words_of("place_cues") and before != "of") or self._listed(first)):
            return "place"
        if before == "of" and self.words[max(0, first - 2 - article)] in words_of("ways"):
            return "place"
        if likely_gender(self._text[self._starts[first] : self._ends[last - 1]]):
            return "person"
        return "acronym" if self._surface(first).isupper() and last == first + 1 else "name"

    def around(self, fact: Fact, reach: int = WINDOW) -> dict[int, float]:
        """The stems around a fact, within so many words, in its sentence first, with their weight."""
        key = (fact.first, fact.last, reach)
        if key not in self._around:
            self._around[key] = self._found_around(fact, reach)
        return self._around[key]

    def _found_around(self, fact: Fact, reach: int) -> dict[int, float]:
        found: dict[int, float] = {}
        weights, stems, sentence = self._weights, self._stems, self.sentence
        here = sentence[fact.first]
        for i in range(max(0, fact.first - reach), min(len(self.words), fact.last + reach)):
            weight = weights[i]
            if not weight or fact.first <= i < fact.last:
                continue
            distance = fact.first - i if i < fact.first else i - fact.last + 1
            weight /= 1.0 + distance / _NEAR
            if sentence[i] != here:
                weight *= 0.5
            if weight > found.get(stems[i], 0.0):
                found[stems[i]] = weight
        return found

    def weighed(self, first: int, last: int) -> list[tuple[int, int, float]]:
        """The words of weight from one word to another, figures aside: their places, their stems, what they weigh."""
        return [(i, self._stems[i], self._weights[i]) for i in range(first, last) if self._weights[i]]

    @property
    def harm_stems(self) -> frozenset[int]:
        """The stems that stand for what befalls people."""
        return frozenset(_told_stems().tolist())

    def sentence_of(self, fact: Fact) -> dict[int, float]:
        """The stems of a fact's sentence, but its own, with their weight."""
        number = self.sentence[fact.first]
        if number not in self._sentences:
            first, last, _ = self.reading.told[number]
            self._sentences[number] = self.weighed(first, last)
        return {stem: weight for k, stem, weight in self._sentences[number] if not fact.first <= k < fact.last}

    def cue(self, fact: Fact) -> str:
        """The preposition before a fact; empty where there is none."""
        for i in range(fact.first - 1, max(-1, fact.first - 4), -1):
            if self.words[i] in words_of("prepositions"):
                return self.words[i]
            if not self._light[i]:
                break
        return ""

    def counted(self, fact: Fact) -> str:
        """The word of what a number counts; empty where it counts nothing that is told."""
        for j in range(fact.last, min(fact.last + 3, len(self.words))):
            if not self._light[j] and not self.words[j][:1].isdigit():
                return self.words[j]
        return ""

    @cached_property
    def stemmed(self) -> frozenset[str]:
        """The stems of all words, furniture included."""
        return frozenset(stem(word) for word in self.words)

    @cached_property
    def persons(self) -> frozenset[str]:
        """The last words of persons' names."""
        return frozenset(self.words[fact.last - 1] for fact in self.names if fact.sort == "person")

    def place_noun(self, fact: Fact) -> str:
        """The noun that says what a place is, behind its name ("Orrin district") or before it ("the hill of Orrin")."""
        behind = self.words[fact.last] if fact.last < len(self.words) and self._joined(fact.last) else ""
        if _of_place(behind):
            return behind
        if self.words[fact.first - 1 : fact.first] == ["of"] and self.words[max(0, fact.first - 2)] in words_of(
            "place_nouns"
        ):
            return self.words[fact.first - 2]
        return ""

    @cached_property
    def named(self) -> frozenset[str]:
        """The words of all names."""
        return frozenset(word for fact in self.names for word in self.words[fact.first : fact.last])

    @cached_property
    def harms(self) -> list[bool]:
        """Which words say what befalls people."""
        none = words_of("harmless") | words_of("negators")
        return [befalls and word not in none for befalls, word in zip(self._befalls, self.words, strict=True)]

    def contrasts(self, i: int) -> bool:
        """Whether a negation is of a place or a person and not of what is done ("not at the airport: …")."""
        behind = self.words[i + 1 : i + 3]
        if len(behind) < 2 or behind[0] not in words_of("place_cues"):
            return False
        return behind[1] in ("the", "a", "an") or self._surface(i + 2)[0].isupper()

    def span(self, fact: Fact) -> Span:
        return self.reading.span(fact.first, fact.last)

    def _reported(self, i: int) -> bool:
        """Whether a day is that of somebody's saying: "said on Monday", "on Monday put the toll at"."""
        near = self.words[max(0, i - 3) : i] + self.words[i + 1 : i + 2]
        return any(word in words_of("report_cues") or word in words_of("telling") for word in near)

    def _joined(self, i: int) -> bool:
        """Whether only a space, a hyphen or the stop of an initial parts a word from the one before it."""
        between = self._text[self._ends[i - 1] : self._starts[i]]
        return between in (" ", "-", "\u2011") or (between in (". ", ".") and self._initial(i - 1))

    def _initial(self, i: int) -> bool:
        return self._ends[i] - self._starts[i] == 1 and self._text[self._starts[i]].isupper()

    def _listed(self, i: int) -> bool:
        """Whether a name stands in a row of names: "Germany, Pakistan and Sweden"."""
        before = i - 2 if self.words[i - 1] == "and" else i - 1
        if before < 1 or not self._specific[before] or self.words[before][:1].isdigit():
            return False
        while before > 1 and self._specific[before - 1]:
            before -= 1
        return self.words[before - 1] in words_of("place_cues") or self.words[before - 1] == "between"

    def _value(self, i: int) -> tuple[str | None, int]:
        """The number that begins at a word, and the word behind it."""
        word = self.words[i]
        after = self.words[i + 1] if i + 1 < len(self.words) else ""
        if word in ("a", "several") and after in ("hundred", "thousand"):
            rest = self.words[i + 2 : i + 4]
            if word == "a" and len(rest) == 2 and rest[0] == "and" and rest[1].isdigit() and int(rest[1]) < 100:
                return (f"{_SCALES[after] + int(rest[1])}", i + 4)
            return (f"{_SCALES[after] * (1 if word == 'a' else 3)}", i + 2)
        if word == "twice":
            return ("2", i + 1)
        if not word[:1].isdigit():
            return (None, i + 1)
        try:
            value = float(word)
        except ValueError:
            return (word, i + 1)
        last = i + 1
        spelled = self._text[self._starts[i]].isalpha()
        if spelled and 20 <= value < 100 and last < len(self.words) and self.words[last].isdigit():
            hyphen = self._text[self._ends[i] : self._starts[last]]
            if hyphen in ("-", "\u2011") and int(self.words[last]) < 10:
                value += int(self.words[last])
                last += 1
        while last < len(self.words) and self.words[last] in _SCALES:
            value *= _SCALES[self.words[last]]
            last += 1
            rest = self.words[last : last + 2]
            if spelled and len(rest) == 2 and rest[0] == "and" and rest[1].isdigit() and int(rest[1]) < 100:
                value += int(rest[1])
                last += 2
        return (f"{value:g}", last)

    def _of_date(self, first: int, last: int) -> bool:
        """Whether a number is the day of a month, or part of a word such as "Mi-8"."""
        beside = [j for j in (first - 1, last) if 0 <= j < len(self.words)]
        if any(self.words[j] in words_of("month_words") and self._surface(j)[0].isupper() for j in beside):
            return True
        return first > 0 and self._text[self._ends[first - 1] : self._starts[first]] == "-"

    def _pronoun(self, i: int) -> bool:
        """Whether a "one" counts nothing: "no one", "one of the", "one in five"."""
        if self.words[i] != "1" or not self._text[self._starts[i]].isalpha():
            return False
        after = self._light[i + 1] if i + 1 < len(self.words) else True
        return after or self.words[i - 1 : i] == ["no"]

    def _superseded(self, i: int) -> bool:
        """Whether a figure is given as that of an earlier version: "up from 23"."""
        return i > 1 and self.words[i - 1] == "from" and self.words[i - 2] in ("up", "down", "raised", "rising")

    def _sort(self, first: int, last: int) -> str:
        """What a number measures: an age, hours and days, distance, weight, money; else it counts."""
        before = self.words[max(0, first - 2) : first]
        after = self.words[last : last + 2]
        if after[:2] in (["year", "old"], ["years", "old"]) or before[-1:] == ["aged"]:
            return "age"
        if before[-1:] == ["of"] and after[:1] == ["years"] and before[0] in words_of("persons"):
            return "age"
        if self._between_commas(first, last) or (
            before in (["he", "was"], ["she", "was"]) and after[:1] in ([], ["and"])
        ):
            return "age"
        if before[-1:] == ["of"] and before[0] in words_of("persons") and after[:1] != ["them"]:
            return "age"
        return next((sort for sort, words in _measures().items() if words.intersection(after[:1])), "count")

    def _between_commas(self, first: int, last: int) -> bool:
        """Whether a figure of two digits stands between commas behind a name: an age."""
        if not first > 0 or last >= len(self.words) or not 1 < len(self.words[first]) < 3 or last != first + 1:
            return False
        before = self._text[self._ends[first - 1] : self._starts[first]].strip()
        after = self._text[self._ends[last - 1] : self._starts[last]].strip()
        return before == "," and after[:1] in (",", ".") and bool(self._specific[first - 1])

    def _role(self, first: int, last: int) -> int | None:
        """The nearest word in the sentence that says what befalls people, rather behind the number than before it."""
        best: tuple[int, int] | None = None
        for i in range(max(0, first - ROLE_REACH), min(len(self.words), last + ROLE_REACH)):
            if self._harm[i] and self.sentence[i] == self.sentence[first] and not first <= i < last:
                distance = i - last if i >= last else first - i + 1
                if best is None or distance < best[0]:
                    best = (distance, self._stems[i])
        return best[1] if best else None

    def _unit(self, after: int) -> int | None:
        for j in range(after, min(after + 3, len(self.words))):
            if not self._light[j] and not self.words[j][:1].isdigit():
                return self._stems[j]
        return None


@cache
def _of_place(word: str) -> bool:
    """Whether a noun is one of places ("district", "river")."""
    noun = find_noun(word) if word else None
    return word in words_of("place_nouns") or (noun is not None and noun.sort in ("location", "object"))


def _hour(words: str) -> str:
    """Minutes of the half day and which half, as far as the words tell; the part of the day where they give no hour."""
    words = words.strip()
    if words in _LIGHTS:
        return _LIGHTS[words]
    if military := re.search(r"\b(\d\d)(\d\d)$", words):
        minutes = int(military[1]) * 60 + int(military[2])
        return f"{minutes % 720} {'pm' if minutes >= 720 else 'am'}"
    half = next((half for half, pattern in _HALVES if re.search(pattern, words)), "")
    numbers = [float(word) for word in re.findall(r"\d+(?:\.\d+)?", words.replace(":", "."))]
    past = re.search(r" (?:past|to) ", words)
    if past:
        whole = 12.0 if re.search(r"noon|midnight", words) else numbers[-1]
        before = numbers if whole == 12.0 and not words.endswith("12") else numbers[:-1]
        part = 30.0 if "half" in words else 15.0 if "quarter" in words else sum(before)
        return f"{(whole * 60 + (-part if past[0] == ' to ' else part)) % 720:g} {half}".strip()
    if not numbers:
        return words
    hours, minutes = int(numbers[0]), round(numbers[0] % 1 * 100)
    if not half and hours > 12:
        half = "pm"
    return f"{(hours * 60 + minutes) % 720:g} {half}".strip()
