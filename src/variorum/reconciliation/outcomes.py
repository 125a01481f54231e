"""The wounded who are told dead: in their own text, by name or age in another, or because a later text tells as many
dead and hurt in all as an earlier one told hurt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from variorum.records import Annotation, TollMention

from .assertions import Told
from .knowledge import Knowledge
from .moments import later
from .witnesses import Witnesses

_AGE = re.compile(r"\b(\d{1,3}|[a-z]{3,9})[- ](year|month|week|day)s?[- ]olds?\b", re.IGNORECASE)
_AFTER_NAME = re.compile(r"\s*,\s(?:aged? )?(\d{1,2})\s?[,.)]")
_ALL_OF_THEM = re.compile(r"(?:both|all (?:of (?:them|whom)|\w+)|the (?:two|three|four|five|six))\b", re.IGNORECASE)
_NUMBERS = {name: str(value) for value, name in enumerate(
    ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
     "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"), start=1)}  # fmt: skip
_SURNAME = 4  # letters from which a name's last word tells who it is

Key = tuple[str, int]


class _Harmed(NamedTuple):
    """People told harmed: the figure or the persons' mention, the first mentions that it goes back to, the last words
    of their names, an age where one is told, and their sex as far as the words tell it."""

    key: Key
    toll: TollMention
    roots: frozenset[int]
    names: frozenset[str]
    age: str | None
    sex: str | None

    @property
    def document(self) -> str:
        return self.key[0]

    @property
    def single(self) -> bool:
        """One person, or one who is named or meant and may stand among others."""
        return self.toll.low == 1 and self.toll.high in (1, None)

    def may_be(self, other: _Harmed) -> bool:
        """Whether neither sex nor age sets two apart."""
        return not (
            (self.sex is not None and other.sex is not None and self.sex != other.sex)
            or (self.age is not None and other.age is not None and self.age != other.age)
        )


def outcomes(
    told: Told, victims: Iterable[tuple[str, int, TollMention]], witnesses: Witnesses, known: Knowledge
) -> dict[Key, Key]:
    """Each figure of the wounded whose people are told dead, or are in a later count of dead and hurt, with the figure
    that holds them. `victims` are the persons told harmed without one, by document and number."""
    reading = _Reading(witnesses, known)
    people = {key: reading.harmed(key, a.toll) for key, a in told.items() if not a.toll.cumulative}
    dead = [one for one in people.values() if one.toll.kind == "killed"]
    if not dead:
        return {}
    named = [reading.harmed((document, ~number), toll) for document, number, toll in victims if toll.kind == "killed"]
    counts = _Counts(told, people)
    found: dict[Key, Key] = {}
    for key, one in sorted(people.items()):
        if one.toll.kind != "injured" or one.toll.part_of is not None or not one.toll.low:
            continue
        fate = _own_fate(one, [*dead, *named])
        if fate is not None:
            found[key] = fate.key if fate.key in told else _count_of(fate, dead, told).key
    for key, one in sorted(people.items()):
        if key not in found and one.toll.kind == "injured" and one.toll.part_of is None:
            newer = counts.told_anew(one, dead, found, {v.document for v in named})
            if newer is not None:
                found[key] = newer
    return found


def _own_fate(one: _Harmed, dead: Sequence[_Harmed]) -> _Harmed | None:
    """The dead who are the people told wounded: by one mention that both go back to, one name, or one age."""
    for other in dead:
        here = other.document == one.document
        if here and one.roots & other.roots:
            return other
        if here and _ALL_OF_THEM.match(one.toll.text) and other.toll.low == other.toll.high == one.toll.low:
            return other
    if not one.single:
        return None
    singles = [other for other in dead if other.single and one.may_be(other)]
    for other in singles:
        if one.names & other.names:
            return other
        here = other.document == one.document
        apart = here and not (_is_definite(one) or _is_definite(other))
        if one.age is not None and one.age == other.age and not apart and not (one.names and other.names):
            return other
    here_dead = [other for other in singles if other.document == one.document]
    everyone = [other for other in dead if other.document == one.document]
    if one.names and here_dead == everyone and not any(other.names for other in everyone):
        return next(iter(here_dead), None)  # "a boy died … Ilo Brandt was hit": whoever is named is the one told dead
    return None


def _is_definite(one: _Harmed) -> bool:
    return bool(one.names) or one.toll.text[:4].casefold() in ("the ", "he", "she", "him", "her")


def _count_of(fate: _Harmed, dead: Sequence[_Harmed], told: Told) -> _Harmed:
    """The figure of the dead that stands for a person: one of the same text before others."""
    return min(dead, key=lambda other: (other.document != fate.document, told[other.key].stamp or "9", other.key))


class _Counts:
    """How many each text tells dead and hurt."""

    def __init__(self, told: Told, people: Mapping[Key, _Harmed]) -> None:
        self._told = told
        self._of: dict[tuple[str, str], list[_Harmed]] = {}
        for one in people.values():
            if one.toll.part_of is None and not one.toll.uncertain:
                self._of.setdefault((one.document, one.toll.kind), []).append(one)

    def _most(self, document: str, kind: str, without: Mapping[Key, Key]) -> int:
        told = (one.toll.low or 0 for one in self._of.get((document, kind), ()) if one.key not in without)
        return max(told, default=0)

    def told_anew(self, one: _Harmed, dead: Sequence[_Harmed], died: Mapping[Key, Key], fatal: set[str]) -> Key | None:
        """The count of another, not earlier text that tells as many dead and hurt in all as this text tells hurt, and
        none dead: the dead where nobody else is hurt, else the hurt."""
        count = one.toll.low or 0
        exact = one.toll.high in (count, None)
        if not exact or one.document in fatal or (one.document, "killed") in self._of:
            return None
        if count != self._most(one.document, "injured", died):
            return None
        for other in dead:
            if other.document == one.document or later(self._stamp(one), self._stamp(other)):
                continue
            killed, hurt = (self._most(other.document, kind, died) for kind in ("killed", "injured"))
            if killed != (other.toll.low or 0) or killed + hurt != count or (count == 1 and not one.may_be(other)):
                continue
            rest = [each.key for each in self._of.get((other.document, "injured"), ()) if each.toll.low == hurt]
            return min(rest) if hurt and rest else other.key
        return None

    def _stamp(self, one: _Harmed) -> str | None:
        return self._told[one.key].stamp


class _Reading:
    """Reads people off the words of figures and the mentions under them."""

    def __init__(self, witnesses: Witnesses, known: Knowledge) -> None:
        self._witnesses = witnesses
        self._known = known

    def harmed(self, key: Key, toll: TollMention) -> _Harmed:
        document = key[0]
        annotation = self._witnesses.annotations[document]
        mentions = [n for n, a in enumerate(annotation.actors) if a.start < toll.end and toll.start < a.end]
        chains = [_chain(n, annotation) for n in mentions]
        roots = frozenset(chain[-1] for chain in chains)
        texts = [toll.text, *(annotation.actors[n].text for chain in chains for n in chain)]
        names = {toll.text} | {
            annotation.actors[n].name for chain in chains for n in chain if _is_person(n, annotation)
        }
        after = _AFTER_NAME.match(self._witnesses.documents[document].text, toll.end)
        ages = [age for text in texts for age in _ages(text)] + ([f"{after[1]} year"] if after else [])
        sexes = {sex for text in texts for sex in self._known.sexes(text)}
        return _Harmed(
            key=key,
            toll=toll,
            roots=roots,
            names=frozenset(last for name in names if (last := _last_word(name)) is not None),
            age=ages[0] if len(set(ages)) == 1 else None,
            sex=next(iter(sexes)) if len(sexes) == 1 else None,
        )


def _chain(number: int, annotation: Annotation) -> list[int]:
    found = [number]
    while (above := annotation.actors[found[-1]].antecedent) is not None and above not in found:
        found.append(above)
    return found


def _is_person(number: int, annotation: Annotation) -> bool:
    actor = annotation.actors[number]
    return ":PER:" in actor.key and not actor.generic


def _ages(text: str) -> list[str]:
    found = ((number.casefold(), unit.casefold()) for number, unit in _AGE.findall(text))
    return [
        f"{_NUMBERS.get(number, number)} {unit}" for number, unit in found if number in _NUMBERS or number.isdigit()
    ]


def _last_word(name: str) -> str | None:
    """The last word of a name, folded; None of what is no name."""
    words = name.split()
    last = words[-1].strip(".,'’").casefold() if words else ""
    return last if words and words[-1][:1].isupper() and len(last) >= _SURNAME else None
