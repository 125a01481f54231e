"""Changed facts: which figure, hour, date, name or place of one account stands for another one in the other account.

Every figure of the one text is set against every figure of the other by the words around it. Those of one value find
each other first; a figure that is left, whose surroundings are those of a left one of another value, was changed. So a
change is found wherever a retelling has put it, and not only inside sentences that align.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, cached_property
from itertools import product
from typing import NamedTuple

import numpy as np

from variorum.records import ChangeKind, Span
from variorum.world.states import States

from .lexicon import Hashes, Lexicon, fold, rarity, stem, tables, words_of
from .reading import Flags, Reading

# All of these were tuned on the tuning half of the derivation gold (`tools/score_derivation.py`).
_WINDOW = 20  # words on either side that are a fact's surroundings
_ALIKE = 0.4  # likeness of surroundings from which a figure stands for another
_TIMED = 0.3  # the same of an hour or a day
_STATE = 0.36  # rarity under which a name is one of a state, a people or a capital
_NAMED = 1.6  # the same of a name that does not even begin alike
_PLACE = 0.35  # the same of a place, which has no unit to go by
_EQUAL = 2.0  # what equal values add, so that they find each other first
_UNIT = 0.8  # what counting the same thing adds
_LIGHT = 0.35  # weight of a word of any news text
_COMMON = 0.25  # least weight of a content word
_TOLD = 0.6  # weight of what befell those who are counted
_MOST_TIMES = 12.0  # a figure that is more times another is of another thing
_REACH = 8  # words behind a negation that it is said of
_DENIED = 0.8  # least weight of these
_DENIED_SHARE = 0.75  # share of it that stands in one sentence of the other text
_TURNED = 1.0  # likeness of surroundings from which an act is said and denied of one thing
_TURNED_HARM = 0.3  # the same of what befalls people
_SCOPE = 1  # content words that may stand between a negation and what it is of
_NEAR = 16.0  # words after which a surrounding word counts by half
_ORDINALS = {"third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10}
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000, "dozen": 12}
_DAYS = frozenset(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
_CLOCK = re.compile(
    r"(?<![\d.])(?:(?:half|a quarter|quarter|\d+ minutes|\d+) (?:past|to) (?:noon|midnight|\d+)\b"
    r"|\d+(?:\.\d+)? (?:am|pm|a m|p m|oclock|noon|midnight|in the (?:morning|afternoon|evening))\b"
    r"|\bnoon\b|\bmidnight\b)"
)


@cache
def _told_stems() -> Hashes:
    """The stems that stand for the classes of what befalls people in reports of conflict."""
    lexicon = Lexicon()
    numbers = [lexicon[word] for line in tables()["synonyms"] for word in line.split()]
    return np.unique(lexicon.stems[numbers])


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


class Facts:
    """The facts of one reading and the words around them."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.words = [reading.folded(i) for i in range(len(reading))]
        self._told = np.where(np.isin(reading.stems, _told_stems()), _TOLD, 0.0)
        self._sentence = np.zeros(len(reading), np.int64)
        for number, (first, last, _) in enumerate(reading.sentences):
            self._sentence[first:last] = number

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
                found.append(Fact("number", i, last, value, self._unit(last), self._sort(i, last)))
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
        low, high = max(0, fact.first - _WINDOW), min(len(self.words), fact.last + _WINDOW)
        for i in (*range(low, fact.first), *range(fact.last, high)):
            if reading.weights[i] <= 0 or self.words[i][:1].isdigit():
                continue
            distance = fact.first - i if i < fact.first else i - fact.last + 1
            weight = max(_COMMON, float(reading.rarities[i]), float(self._told[i])) / (1.0 + distance / _NEAR)
            if self._sentence[i] != self._sentence[fact.first]:
                weight *= 0.5
            stem = int(reading.stems[i])
            found[stem] = max(found.get(stem, 0.0), weight)
        return found

    def behind(self, i: int) -> dict[int, float]:
        """The stems of the words that a negation is said of, with their weight."""
        found: dict[int, float] = {}
        for j in range(i + 1, min(i + 1 + _REACH, len(self.words))):
            between = self.reading.text[self.reading.ends[j - 1] : self.reading.starts[j]]
            if self._sentence[j] != self._sentence[i] or not between.isspace():
                break
            if self.reading.weights[j] > 0 and not self.words[j][:1].isdigit():
                weight = max(_COMMON, float(self.reading.rarities[j]), float(self._told[j]))
                found[int(self.reading.stems[j])] = weight
        return found

    @cached_property
    def harms(self) -> Flags:
        """Which words say what befalls people."""
        found: Flags = self._told > 0.0
        none = words_of("harmless") | words_of("negators")
        found &= np.array([word not in none for word in self.words], np.bool_)
        return found

    @cached_property
    def said(self) -> dict[str, list[tuple[int, int | None]]]:
        """Where each content word that is no name or figure stands, by its stem, or by its class where it says what
        befalls people, and the negation it stands under. Two negations are none."""
        reading = self.reading
        found: dict[str, list[tuple[int, int | None]]] = {}
        content = reading.narrator & (reading.weights > _LIGHT) & ~reading.specific
        for i in np.flatnonzero(content).tolist():
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
            if self.words[j] in words_of("negators"):
                found.append(j)
            elif self.words[j] in words_of("joints"):
                break
            else:
                between += bool(self.reading.weights[j] > 0)
        return found[0] if len(found) % 2 else None

    def _linked(self, i: int) -> bool:
        """Whether a word stands in one clause with the one before it: nothing but a space parts them."""
        if not 0 < i < len(self.words) or self._sentence[i] != self._sentence[i - 1]:
            return False
        return self.reading.text[self.reading.ends[i - 1] : self.reading.starts[i]].isspace()

    def clause(self, i: int, negation: int | None) -> Span:
        """A word with the negation that it stands under."""
        other = i if negation is None else negation
        return self.reading.span(min(i, other), max(i, other) + 1)

    def span(self, fact: Fact) -> Span:
        return self.reading.span(fact.first, fact.last)

    def _reported(self, i: int) -> bool:
        """Whether a day is that of somebody's saying: "said on Monday"."""
        return any(word in words_of("report_cues") for word in self.words[max(0, i - 3) : i])

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
        if before[-1:] == ["of"] and before[0] in words_of("persons") and after[:1] != ["them"]:
            return "age"
        return next((sort for sort, words in _measures().items() if words.intersection(after[:1])), "count")

    def _unit(self, after: int) -> int | None:
        for j in range(after, min(after + 3, len(self.words))):
            if self.reading.weights[j] > 0 and not self.words[j][:1].isdigit():
                return int(self.reading.stems[j])
        return None


Changed = tuple[ChangeKind, Span, Span]
_Listed = tuple[Facts, Sequence[Fact]]
_Same = Callable[[Facts, Fact, Facts], bool]


def changed_facts(one: Reading, other: Reading) -> Iterator[Changed]:
    """The facts of the one text for which the other gives others, with the characters of both."""
    a, b = Facts(one), Facts(other)
    yield from _changed((a, a.numbers), (b, b.numbers), _ALIKE, _never)
    yield from _changed((a, a.timed), (b, b.timed), _TIMED, _never)
    yield from _changed((a, a.places), (b, b.places), _PLACE, _kindred)
    yield from _renamed(a, b)
    denied = [*_denied(a, b), *((mine, theirs) for theirs, mine in _denied(b, a))]
    for turned in sorted(_turned(a, b)):
        if not any(_meet(turned, known) for known in denied):
            denied.append(turned)
    yield from (("polarity", mine, theirs) for mine, theirs in denied)


def _changed(one_side: _Listed, other_side: _Listed, least: float, same: _Same) -> Iterator[Changed]:
    (a, mine), (b, theirs) = one_side, other_side
    around_a, around_b = [a.around(fact) for fact in mine], [b.around(fact) for fact in theirs]
    ranked = []
    for i, one in enumerate(mine):
        for j, other in enumerate(theirs):
            if one.sort != other.sort:
                continue
            score = _likeness(around_a[i], around_b[j])
            if one.unit is not None and one.unit == other.unit:
                score += _UNIT
            equal = one.value == other.value
            if equal or (score >= least and not _apart(one.value, other.value)):
                ranked.append((-(score + _EQUAL * equal), i, j, equal))
    hours = [[k for k, fact in enumerate(facts) if fact.sort == "hour"] for facts in (mine, theirs)]
    if len(hours[0]) == len(hours[1]) == 1:  # two accounts that give one hour each give it of the same thing
        i, j = hours[0][0], hours[1][0]
        ranked.append((0.0, i, j, mine[i].value == theirs[j].value))
    taken_a: set[int] = set()
    taken_b: set[int] = set()
    for _, i, j, equal in sorted(ranked):
        if i in taken_a or j in taken_b:
            continue
        taken_a.add(i)
        taken_b.add(j)
        if not equal and not same(a, mine[i], b) and not same(b, theirs[j], a):
            yield mine[i].kind, a.span(mine[i]), b.span(theirs[j])


def _likeness(one: dict[int, float], other: dict[int, float]) -> float:
    return sum(min(weight, other[stem]) for stem, weight in one.items() if stem in other)


def _apart(one: str, other: str) -> bool:
    """Whether two figures are too far apart to be of one thing."""
    try:
        low, high = sorted((float(one), float(other)))
    except ValueError:
        return False
    return high > _MOST_TIMES * max(1.0, low)


def _never(mine: Facts, fact: Fact, other: Facts) -> bool:
    return False


def _kindred(mine: Facts, fact: Fact, other: Facts) -> bool:
    """Whether the other text has the place under this or a kindred name ("Armenia", "Armenians"), or its state or that
    state's capital ("Norway", "Oslo")."""
    words = mine.words[fact.first : fact.last]
    states = {_states()[word] for word in words if word in _states()}
    return any(word[:4] == their[:4] for word in words for their in other.words if len(word) > 3) or any(
        _states().get(their) in states for their in other.words if states
    )


@cache
def _states() -> dict[str, str]:
    """Folded names of states, peoples and capitals of one word → the state's name."""
    found: dict[str, str] = {}
    for state in States.load():
        for name in (state.name, *state.demonyms, *state.adjectives, *state.capitals):
            if name.isalpha():
                found.setdefault(fold(name), state.name)
    return found


def _denied(a: Facts, b: Facts) -> Iterator[tuple[Span, Span]]:
    """Where the one says no of what the other says yes of: the words behind a negation stand in one sentence of the
    other, and no negation before them."""
    for i, word in enumerate(a.words):
        if word not in words_of("negators") or a.reading.masked[i]:
            continue
        behind = a.behind(i)
        whole = sum(behind.values())
        if whole < _DENIED:
            continue
        best: tuple[float, int, list[int]] = (0.0, 0, [])
        for number, sentence in enumerate(b.reading.sentences):
            held = [
                j
                for j in range(sentence.first, sentence.last)
                if int(b.reading.stems[j]) in behind and not b.reading.masked[j]
            ]
            share = sum(behind[stem] for stem in {int(b.reading.stems[j]) for j in held}) / whole
            best = max(best, (share, -number, held))
        share, _, held = best
        if share < _DENIED_SHARE or held[-1] - held[0] > _WINDOW:
            continue
        near = range(max(0, held[0] - _REACH), min(len(b.words), held[-1] + 2))
        if not any(b.words[j] in words_of("negators") for j in near):
            yield a.reading.span(i, i + 1), b.reading.span(held[0], held[-1] + 1)


def _turned(a: Facts, b: Facts) -> Iterator[tuple[Span, Span]]:
    """What the one text says of nobody or of nothing, wherever it says it, and the other of somebody: an act or a harm
    that the one only has with a negation and the other only without. Other words must be around it in both texts,
    unless it is what befalls people ("nobody was hurt", "a guard was hurt")."""
    mine, theirs = a.said, b.said
    for key in sorted(mine.keys() & theirs.keys()):
        if len({no is None for _, no in mine[key]} & {no is None for _, no in theirs[key]}):
            continue
        (i, no), (j, none) = mine[key][0], theirs[key][0]
        alike = _likeness(a.around(_word(i)), b.around(_word(j)))
        if alike >= (_TURNED_HARM if a.harms[i] else _TURNED):
            yield a.clause(i, no), b.clause(j, none)


def _meet(one: tuple[Span, Span], other: tuple[Span, Span]) -> bool:
    return any(a.start < b.end and b.start < a.end for a, b in zip(one, other, strict=True))


def _word(i: int) -> Fact:
    return Fact("polarity", i, i + 1, "", None, "polarity")


def _renamed(a: Facts, b: Facts) -> Iterator[Changed]:
    """Names of two words or more of which one word is another ("Hardev Thakur", "Harbhajan Thakur")."""
    known_a, known_b = set(a.words), set(b.words)
    mine, theirs = _pairs(a), _pairs(b)
    found = set()
    for kept, lost in ((1, 0), (0, 1)):  # the name that is kept is more often the last
        for i, j in product(mine, theirs):
            one, other = a.words[i + lost], b.words[j + lost]
            if a.words[i + kept] != b.words[j + kept] or one in known_b or other in known_a or (one, other) in found:
                continue
            if one[:1] == other[:1] or _likeness(a.around(_name(i)), b.around(_name(j))) >= _NAMED:
                found.add((one, other))
                yield "name", a.reading.span(i, i + 2), b.reading.span(j, j + 2)


def _name(i: int) -> Fact:
    return Fact("name", i, i + 2, "", None, "name")


def _pairs(facts: Facts) -> list[int]:
    """Where two capitalised words follow each other."""
    reading = facts.reading
    named = [
        reading.text[start].isupper()
        and reading.rarities[i] > 0
        and not reading.masked[i]
        and facts.words[i] not in words_of("abbreviations")
        for i, start in enumerate(reading.starts.tolist())
    ]
    return [i for i in range(len(named) - 1) if named[i] and named[i + 1] and facts._joined(i + 1)]


def _hour(words: str) -> str:
    """Minutes of the half day, as far as the words tell."""
    numbers = [float(word) for word in re.findall(r"\d+(?:\.\d+)?", words)]
    if "half past" in words or "quarter" in words or " past " in words or " to " in words:
        whole = numbers[-1] if numbers and not re.search(r"(?:noon|midnight)$", words) else 12.0
        part = 30.0 if "half" in words else 15.0 if "quarter" in words else numbers[0]
        return f"{(whole * 60 + (-part if ' to ' in words else part)) % 720:g}"
    if not numbers:
        return words.strip()
    hours, minutes = int(numbers[0]), round(numbers[0] % 1 * 100)
    return f"{(hours * 60 + minutes) % 720:g}"
