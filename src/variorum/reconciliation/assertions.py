"""Figures where they stand, each with the voice that it is told in; and the same voice known by several names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from variorum.records import TollMention
from variorum.world.names import name_key

from .witnesses import Witnesses

Value = tuple[int | None, int | None]


class Assertion(NamedTuple):
    """One figure where it stands, told of `event`. `number` is the toll's in its document's layer."""

    event: str
    document: str
    number: int
    toll: TollMention
    speaker: str | None
    stamp: str | None

    @property
    def value(self) -> Value:
        return self.toll.low, self.toll.high

    @property
    def where(self) -> tuple[str, int]:
        return self.document, self.toll.start

    @property
    def figure(self) -> tuple[str, int | None, int | None, bool]:
        return self.toll.kind, self.toll.low, self.toll.high, self.toll.uncertain


Told = Mapping[tuple[str, int], Assertion]


def settled(told: Told, witnesses: Witnesses) -> dict[tuple[str, int], Assertion]:
    """The assertions of one event with their voices settled: copies of a sentence agree on who speaks in it, what the
    narrator repeats stays with the one whom the text gives it to, and a name with a title is the name."""
    found = _copied(told, witnesses)
    found = _repeated(found)
    names = _names(a.speaker for a in found.values() if a.speaker is not None)
    return {key: a._replace(speaker=names.get(a.speaker, a.speaker)) if a.speaker else a for key, a in found.items()}


def _copied(told: Told, witnesses: Witnesses) -> dict[tuple[str, int], Assertion]:
    """A sentence that several texts of one origin carry has one speaker: the one most of them were read to have, as
    the reading of a copy may fail where its neighbourhood was cut."""
    sentences: dict[tuple[object, ...], list[Assertion]] = {}
    for a in told.values():
        prose = witnesses.prose(a.document)
        number = prose.number(a.toll.start)
        if number is not None:
            words = " ".join(name_key(witnesses.text(a.document, prose.sentences[number])).split())
            sentences.setdefault((witnesses.origin(*a.where), words, a.figure, a.toll.group), []).append(a)
    speakers: dict[tuple[str, int], str] = {}
    for copies in sentences.values():
        counted = Counter(a.speaker for a in copies if a.speaker is not None)
        if counted and len({a.document for a in copies}) > 1:
            speaker = min(counted, key=lambda name: (-counted[name], name))
            speakers.update({(a.document, a.number): speaker for a in copies})
    return {key: a._replace(speaker=speakers[key]) if key in speakers else a for key, a in told.items()}


def _repeated(told: Told) -> dict[tuple[str, int], Assertion]:
    """A figure without a speaker that its text also gives to someone ("Seven dead" over "…, the governor said")."""
    given: dict[tuple[object, ...], list[Assertion]] = {}
    for a in told.values():
        if a.speaker is not None:
            given.setdefault((a.document, a.figure), []).append(a)
    found = {}
    for key, a in told.items():
        same = [b for b in given.get((a.document, a.figure), ()) if a.speaker is None and _may_be_one(a, b)]
        first = min(same, key=lambda b: (b.toll.start, b.number), default=None)
        found[key] = a._replace(speaker=first.speaker) if first is not None else a
    return found


def _may_be_one(one: Assertion, other: Assertion) -> bool:
    groups = {name_key(a.toll.group) for a in (one, other) if a.toll.group}
    return len(groups) < 2 and (one.toll.part_of is None) == (other.toll.part_of is None)


def _names(speakers: Iterable[str]) -> dict[str, str]:
    """Each speaker by the shortest of the names that end theirs ("Governor Ilse Takor" by "Ilse Takor"); a body told by
    what it is, by the longest of those that begin with more of it ("relief centre" by "national relief centre"). A
    single word is not taken for a name, as many may bear it."""
    known = {speaker: tuple(name_key(speaker).split()) for speaker in sorted(set(speakers))}
    shortest = {}
    for speaker, words in known.items():
        ends = [name for name, other in known.items() if 1 < len(other) <= len(words) and words[-len(other) :] == other]
        proper = [name for name in ends if name.split()[0][:1].isupper()]
        shortest[speaker] = min(proper, key=lambda name: (len(known[name]), name), default=speaker)
        if speaker[:1].islower() and len(words) > 1:
            fuller = [n for n, other in known.items() if other[-len(words) :] == words and n[:1].islower()]
            shortest[speaker] = max(fuller, key=lambda name: (len(known[name]), name))
    return shortest
