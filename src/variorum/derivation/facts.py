"""Facts of one account: its figures, hours, days, places and names, each with the words around it."""

from __future__ import annotations

import re
from functools import cache, cached_property
from typing import NamedTuple

import numpy as np

from variorum.records import ChangeKind, Span
from variorum.world.words import stem

from .lexicon import Hashes, Lexicon, rarity, tables, words_of
from .reading import Flags, Reading

WINDOW = 20
"""Words on either side that are a fact's surroundings."""
ROLE_REACH = 7
"""Words on either side within which a number's harm stands."""
DENIED_REACH = 8
"""Words behind a negation that it is said of."""

# Tuned on the tuning half of the derivation gold (`tools/score_derivation.py`).
_STATE = 0.36  # rarity under which a name is one of a state, a people or a capital
_LIGHT = 0.35  # weight of a word of any news text
_COMMON = 0.25  # least weight of a content word
_TOLD = 0.6  # weight of what befell those who are counted
_SCOPE = 1  # content words that may stand between a negation and what it is of
_NEAR = 16.0  # words after which a surrounding word counts by half
_ORDINALS = {"third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10}
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000, "dozen": 12}
_DAYS = frozenset(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
_CLOCK = re.compile(
    r"(?<![\d.])(?:(?:half|a quarter|quarter|\d+ minutes|\d+) (?:past|to) (?:noon|midnight|\d+)\b"
    r"|\d+(?:\.\d+)? (?:am|pm|a m|p m|oclock|noon|midnight|(?:in the|on \w+day) (?:morning|afternoon|evening|night))\b"
    r"|(?:from|until|till|at|by|before|after) (?:[01]\d|2[0-3])[0-5]\d(?= |$)(?! \w+s\b)"
    r"|\bnoon\b|\bmidnight\b)"
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


class Facts:
    """The facts of one reading and the words around them."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        count = reading.told[-1].last if reading.told else 0
        self.words = [reading.folded(i) for i in range(count)]
        self._harm = np.isin(reading.stems, _harm_stems())
        self._told = np.where(np.isin(reading.stems, _told_stems()), _TOLD, 0.0)
        self.sentence = np.zeros(count, np.int64)
        for number, (first, last, _) in enumerate(reading.told):
            self.sentence[first:last] = number

    @cached_property
    def timed(self) -> list[Fact]:
        """Hours of the day, days of the week, months and years."""
        found = []
        starts, text = [], ""
        for word in self.words:
            starts.append(len(text))
            text += word + " "
        for match in _CLOCK.finditer(text):
            first = int(np.searchsorted(starts, match.start(), side="right")) - 1
            last = int(np.searchsorted(starts, match.end(), side="left"))
            before = self.words[first - 1] if first else ""
            first += self.words[first] in words_of("hour_cues")
            if " to " in match.group() and before not in words_of("hour_cues"):
                continue
            found.append(Fact("date", first, last, _hour(match.group()), None, "hour"))
        inside = {i for fact in found for i in range(fact.first, fact.last)}
        for i, word in enumerate(self.words):
            if i in inside or self.reading.masked[i]:
                continue
            if word in _DAYS and not self._reported(i):
                found.append(Fact("date", i, i + 1, word, None, "day"))
            elif word in words_of("months") and self.reading.text[self.reading.starts[i]].isupper():
                found.append(Fact("date", i, i + 1, word, None, "month"))
            elif re.fullmatch(r"(?:19|20)\d\d", word):
                found.append(Fact("date", i, i + 1, word, None, "year"))
        return found

    @cached_property
    def numbers(self) -> list[Fact]:
        """What is counted, and the place in a row; numerals in one or several words."""
        taken = {i for fact in self.timed for i in range(fact.first, fact.last)}
        found = []
        i = 0
        while i < len(self.words):
            if i in taken or self.reading.masked[i]:
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
    def places(self) -> list[Fact]:
        """Capitalised words behind a word of place, or in a row with such."""
        found = []
        reading = self.reading
        for i, word in enumerate(self.words):
            if not reading.specific[i] or word[:1].isdigit() or reading.masked[i] or word in words_of("date_words"):
                continue
            if reading.specific[i - 1] and not self.words[i - 1][:1].isdigit():
                continue
            last = i + 1
            while last < len(self.words) and reading.specific[last] and self._joined(last):
                last += 1
            if self.words[i - 1] in words_of("place_cues") or self.words[i - 1] == "of" or self._listed(i):
                sort = "state" if last == i + 1 and rarity(word) < _STATE else "place"
                found.append(Fact("place", i, last, " ".join(self.words[i:last]), None, sort))
        return found

    def around(self, fact: Fact) -> dict[int, float]:
        """The stems around a fact, in its sentence first, with their weight."""
        found: dict[int, float] = {}
        reading = self.reading
        low, high = max(0, fact.first - WINDOW), min(len(self.words), fact.last + WINDOW)
        for i in (*range(low, fact.first), *range(fact.last, high)):
            if reading.weights[i] <= 0 or self.words[i][:1].isdigit():
                continue
            distance = fact.first - i if i < fact.first else i - fact.last + 1
            weight = max(_COMMON, float(reading.rarities[i]), float(self._told[i])) / (1.0 + distance / _NEAR)
            if self.sentence[i] != self.sentence[fact.first]:
                weight *= 0.5
            stem = int(reading.stems[i])
            found[stem] = max(found.get(stem, 0.0), weight)
        return found

    def behind(self, i: int) -> dict[int, float]:
        """The stems of the words that a negation is said of, with their weight."""
        found: dict[int, float] = {}
        for j in range(i + 1, min(i + 1 + DENIED_REACH, len(self.words))):
            between = self.reading.text[self.reading.ends[j - 1] : self.reading.starts[j]]
            if self.sentence[j] != self.sentence[i] or not between.isspace() or self.words[j] in words_of("joints"):
                break
            if self.reading.weights[j] > 0 and not self.reading.specific[j]:
                weight = max(_COMMON, float(self.reading.rarities[j]), float(self._told[j]))
                found[int(self.reading.stems[j])] = weight
        return found

    @cached_property
    def places_of(self) -> dict[str, list[int]]:
        """Where each word of the narrator stands."""
        found: dict[str, list[int]] = {}
        for i in np.flatnonzero(self.reading.narrator[: len(self.words)]).tolist():
            found.setdefault(self.words[i], []).append(i)
        return found

    @cached_property
    def at(self) -> dict[int, list[int]]:
        """Where each stem stands, lists and furniture aside."""
        found: dict[int, list[int]] = {}
        stems = self.reading.stems.tolist()
        for i in np.flatnonzero(~self.reading.masked[: len(self.words)]).tolist():
            found.setdefault(stems[i], []).append(i)
        return found

    @cached_property
    def name_pairs(self) -> list[tuple[int, int]]:
        """Where two capitalised words follow each other, or have a particle between ("Samer al-Hallaq")."""
        reading = self.reading
        named = [
            reading.text[start].isupper()
            and reading.rarities[i] > 0
            and not reading.masked[i]
            and self.words[i] not in words_of("abbreviations")
            for i, start in enumerate(reading.starts[: len(self.words)].tolist())
        ]
        found = []
        for i in range(len(named) - 1):
            last = i + 2 if self.words[i + 1] in words_of("particles") and i + 2 < len(named) else i + 1
            if named[i] and named[last] and all(self._joined(j) for j in range(i + 1, last + 1)):
                found.append((i, last))
        return found

    @cached_property
    def harms(self) -> Flags:
        """Which words say what befalls people."""
        found: Flags = self._told > 0.0
        none = words_of("harmless") | words_of("negators")
        found[: len(self.words)] &= np.array([word not in none for word in self.words], np.bool_)
        return found

    @cached_property
    def said(self) -> dict[str, list[tuple[int, int | None]]]:
        """Where each content word that is no name or figure stands, by its stem, or by its class where it says what
        befalls people, and the negation it stands under. Two negations are none."""
        reading = self.reading
        found: dict[str, list[tuple[int, int | None]]] = {}
        content = reading.narrator & (reading.weights > _LIGHT) & ~reading.specific
        for i in np.flatnonzero(content[: len(self.words)]).tolist():
            key = str(reading.stems[i]) if self.harms[i] else stem(self.words[i])
            found.setdefault(key, []).append((i, self._negation(i)))
        return found

    def _negation(self, i: int) -> int | None:
        behind = self.words[i + 1 : i + 3]
        nobody = behind == ["no", "1"] or bool(words_of("negative_objects").intersection(behind[:1]))
        found = [i + 1] if nobody and self._linked(i + 1) else []
        between = 0
        j = i
        while self._linked(j) and between <= _SCOPE:
            j -= 1
            if self.words[j] in words_of("negators") and not self.contrasts(j):
                found.append(j)
            elif self.words[j] in words_of("joints"):
                break
            else:
                between += bool(self.reading.weights[j] > 0)
        return found[0] if len(found) % 2 else None

    def contrasts(self, i: int) -> bool:
        """Whether a negation is of a place or a person and not of what is done ("not at the airport: …")."""
        return self.words[i + 1 : i + 2] != [] and self.words[i + 1] in words_of("place_cues")

    def _linked(self, i: int) -> bool:
        """Whether a word stands in one clause with the one before it: nothing but a space parts them."""
        if not 0 < i < len(self.words) or self.sentence[i] != self.sentence[i - 1]:
            return False
        return self.reading.text[self.reading.ends[i - 1] : self.reading.starts[i]].isspace()

    def clause(self, i: int, negation: int | None) -> Span:
        """A word with the negation that it stands under."""
        other = i if negation is None else negation
        return self.reading.span(min(i, other), max(i, other) + 1)

    def span(self, fact: Fact) -> Span:
        return self.reading.span(fact.first, fact.last)

    def _reported(self, i: int) -> bool:
        """Whether a day is that of somebody's saying: "said on Monday", "on Monday put the toll at"."""
        near = self.words[max(0, i - 3) : i] + self.words[i + 1 : i + 2]
        return any(word in words_of("report_cues") or word in words_of("telling") for word in near)

    def _joined(self, i: int) -> bool:
        """Whether only a space or a hyphen parts a word from the one before it."""
        reading = self.reading
        return reading.text[reading.ends[i - 1] : reading.starts[i]] in (" ", "-", "\u2011")

    def _listed(self, i: int) -> bool:
        """Whether a name stands in a row of names: "Germany, Pakistan and Sweden"."""
        reading = self.reading
        before = i - 2 if self.words[i - 1] == "and" else i - 1
        if before < 1 or not reading.specific[before] or self.words[before][:1].isdigit():
            return False
        return before == i - 2 or reading.text[reading.ends[before] : reading.starts[i]].strip() == ","

    def _value(self, i: int) -> tuple[str | None, int]:
        """The number that begins at a word, and the word behind it."""
        word = self.words[i]
        after = self.words[i + 1] if i + 1 < len(self.words) else ""
        if word in ("a", "several") and after in ("hundred", "thousand"):
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
        text = self.reading.text
        spelled = text[self.reading.starts[i]].isalpha()
        if spelled and 20 <= value < 100 and last < len(self.words) and self.words[last].isdigit():
            hyphen = text[self.reading.ends[i] : self.reading.starts[last]]
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
        reading = self.reading
        beside = [self.words[j] for j in (first - 1, last) if 0 <= j < len(self.words)]
        if any(word in words_of("months") for word in beside):
            return True
        return first > 0 and reading.text[reading.ends[first - 1] : reading.starts[first]] == "-"

    def _pronoun(self, i: int) -> bool:
        """Whether a "one" counts nothing: "no one", "one of the", "one in five"."""
        if self.words[i] != "1" or not self.reading.text[self.reading.starts[i]].isalpha():
            return False
        after = self.reading.weights[i + 1] if i + 1 < len(self.words) else 0.0
        return after <= 0.0 or self.words[i - 1 : i] == ["no"]

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
        reading, text = self.reading, self.reading.text
        if not first > 0 or last >= len(self.words) or not 1 < len(self.words[first]) < 3 or last != first + 1:
            return False
        before = text[reading.ends[first - 1] : reading.starts[first]].strip()
        after = text[reading.ends[last - 1] : reading.starts[last]].strip()
        return before == "," and after[:1] in (",", ".") and bool(reading.specific[first - 1])

    def _role(self, first: int, last: int) -> int | None:
        """The nearest word in the sentence that says what befalls people, rather behind the number than before it."""
        best: tuple[int, int] | None = None
        for i in range(max(0, first - ROLE_REACH), min(len(self.words), last + ROLE_REACH)):
            if self._harm[i] and self.sentence[i] == self.sentence[first] and not first <= i < last:
                distance = i - last if i >= last else first - i + 1
                if best is None or distance < best[0]:
                    best = (distance, int(self.reading.stems[i]))
        return best[1] if best else None

    def _unit(self, after: int) -> int | None:
        for j in range(after, min(after + 3, len(self.words))):
            if self.reading.weights[j] > 0 and not self.words[j][:1].isdigit():
                return int(self.reading.stems[j])
        return None


def _hour(words: str) -> str:
    """Minutes of the half day, as far as the words tell."""
    if military := re.search(r"\b(\d\d)(\d\d)$", words):
        return f"{(int(military[1]) * 60 + int(military[2])) % 720}"
    numbers = [float(word) for word in re.findall(r"\d+(?:\.\d+)?", words)]
    if "half past" in words or "quarter" in words or " past " in words or " to " in words:
        whole = numbers[-1] if numbers and not re.search(r"(?:noon|midnight)$", words) else 12.0
        part = 30.0 if "half" in words else 15.0 if "quarter" in words else numbers[0]
        return f"{(whole * 60 + (-part if ' to ' in words else part)) % 720:g}"
    if not numbers:
        return words.strip()
    hours, minutes = int(numbers[0]), round(numbers[0] % 1 * 100)
    return f"{(hours * 60 + minutes) % 720:g}"
