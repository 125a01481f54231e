"""Figures of harm: every value with who gave it, updates told from disputes, kinds never mixed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from itertools import pairwise
from typing import get_args

from msgspec.structs import replace

from variorum.identity import stable_id
from variorum.records import (
    Agreement,
    Attribution,
    Change,
    Evidence,
    Provenance,
    Reading,
    Span,
    Toll,
    TollKind,
    TollMention,
)
from variorum.world.names import name_key

from .accounts import Account
from .assertions import Assertion, Told, settled
from .knowledge import Knowledge
from .moments import later, moment
from .outcomes import outcomes
from .updates import Voices, Where, Wording, wording
from .witnesses import Witnesses

_LISTED = 25  # characters between two items of one list
_ARTICLE = re.compile(r"an? ", re.IGNORECASE)
_MEANT = -1  # stands for the number of a figure where a person of the list is meant and not counted


class NumberChanges:
    """Numbers that a text changed inside a passage that it took from another."""

    def __init__(self, provenance: Provenance) -> None:
        self._changes: dict[tuple[str, str], list[Change]] = {}
        for derivation in provenance.derivations:
            numbers = [change for change in derivation.changes if change.kind == "number"]
            if numbers and derivation.directed:
                self._changes.setdefault((derivation.source, derivation.target), []).extend(numbers)

    def replaced(self, old: Assertion, new: Assertion) -> bool:
        """Whether `new` stands where the text that used `old`'s text put another number."""
        before, after = Span(old.toll.start, old.toll.end), Span(new.toll.start, new.toll.end)
        return any(
            change.source is not None
            and change.target is not None
            and before.overlaps(change.source)
            and after.overlaps(change.target)
            for change in self._changes.get((old.document, new.document), ())
        )


def speaker_of(attributions: Sequence[Attribution], span: Span, fallback: int | None) -> Attribution | None:
    """The innermost attribution whose content covers the span, else the one that the event names."""
    covering = [a for a in attributions if any(content.contains(span) for content in a.content)]
    if covering:
        return min(covering, key=lambda a: (sum(c.end - c.start for c in a.content), a.content))
    return attributions[fallback] if fallback is not None else None


class Figures:
    """Folds the tolls of events."""

    def __init__(self, witnesses: Witnesses, provenance: Provenance, knowledge: Knowledge) -> None:
        self._witnesses = witnesses
        self._changes = NumberChanges(provenance)
        self._knowledge = knowledge
        self._general = knowledge.general_groups
        self._voices = Voices((), witnesses)
        self._wording = Wording(frozenset(), frozenset(), {}, {}, {})
        self._died: dict[Where, str] = {}

    def fold(self, event: str, accounts: Sequence[Account]) -> tuple[Toll, ...]:
        """One toll for each kind that the accounts give, in the order of the kinds."""
        told = settled(self._assertions(event, accounts), self._witnesses)
        died = outcomes(told, self._harmed(accounts), self._witnesses, self._knowledge)
        told = {key: a for key, a in told.items() if key not in died or not self._is_person(a)}
        self._voices = Voices(accounts, self._witnesses)
        self._wording = wording(told, self._voices, self._witnesses, self._knowledge)
        told = {**told, **self._sums(told)}
        self._died = self._fates(died, told)
        tolls = []
        for kind in get_args(TollKind):
            wholes = self._wholes(kind, told)
            if wholes:
                tolls.append(self._toll(kind, wholes, told))
        return tuple(tolls)

    def _wholes(self, kind: TollKind, told: Told) -> list[Assertion]:
        return [a for a in told.values() if a.toll.kind == kind and self._whole(a, told) is None]

    def _by_reading(self, wholes: Iterable[Assertion]) -> dict[tuple[str, ...], list[Assertion]]:
        readings: dict[tuple[str, ...], list[Assertion]] = {}
        for a in wholes:
            readings.setdefault(self._identity(a), []).append(a)
        return readings

    def _fates(self, died: Mapping[Where, Where], told: Told) -> dict[Where, str]:
        """Each figure of the wounded who died with the reading that holds them now."""
        kinds: tuple[TollKind, ...] = ("killed", "injured")
        ids = {
            (a.document, a.number): _reading_id(kind, group)
            for kind in kinds
            for group in self._by_reading(self._wholes(kind, told)).values()
            for a in group
        }
        found = {}
        for key, newer in died.items():
            whole = self._whole(told[newer], told) if newer in told else None
            if key in told and (fate := ids.get(whole or newer)) is not None:
                found[key] = fate
        return found

    def _is_person(self, a: Assertion) -> bool:
        """Whether it is no figure but a person told harmed."""
        return a.number >= len(self._witnesses.annotations[a.document].tolls)

    def _assertions(self, event: str, accounts: Sequence[Account]) -> dict[tuple[str, int], Assertion]:
        """The figures of an event, and the persons told harmed. Counts over a stretch of time stand for no event that
        has counts of its own."""
        found: dict[tuple[str, int], Assertion] = {}
        for account in accounts:
            annotation = self._witnesses.annotations[account.document]
            for index in account.tolls:
                toll = annotation.tolls[index]
                stamp = self._witnesses.stamp(account.document, toll.start)
                found.setdefault(
                    (account.document, index), Assertion(event, account.document, index, toll, toll.speaker, stamp)
                )
        single = {a.toll.kind for a in found.values() if not a.toll.cumulative}
        found = {key: a for key, a in found.items() if not (a.toll.cumulative and a.toll.kind in single)}
        self._add_victims(event, accounts, found)
        return dict(sorted(found.items()))

    def _add_victims(self, event: str, accounts: Sequence[Account], found: dict[tuple[str, int], Assertion]) -> None:
        """Of kinds that no figure is told of, the persons told harmed, numbered behind the figures of their text. Who
        is told injured counts where nobody died, or where a name is told that none of the dead has."""
        figures = {a.toll.kind for a in found.values()}
        harmed = self._harmed(accounts)
        dead = {word for _, _, victim in harmed if victim.kind == "killed" for word in victim.text.split()}
        for document, number, victim in harmed:
            survived = victim.kind != "injured" or ("killed" not in figures and not dead)
            if victim.kind in figures or not (survived or _named_apart(victim.text, dead)):
                continue
            annotation = self._witnesses.annotations[document]
            said = speaker_of(annotation.attributions, Span(victim.start, victim.end), None)
            speaker = said.speaker if said is not None else None
            key = document, len(annotation.tolls) + number
            found.setdefault(
                key, Assertion(event, *key, victim, speaker, self._witnesses.stamp(document, victim.start))
            )

    def _harmed(self, accounts: Sequence[Account]) -> list[tuple[str, int, TollMention]]:
        return [
            (account.document, number, self._witnesses.annotations[account.document].victims[number])
            for account in accounts
            for number in account.victims
        ]

    def _sums(self, told: Told) -> dict[tuple[str, int], Assertion]:
        """The number that a list under one verb comes to ("a man, his wife and two sons were killed": four), where no
        whole is told of its items. Their numbers are below zero, counted from that of the first item."""
        lists: dict[tuple[str, TollKind, Span], list[Assertion]] = {}
        for a in told.values():
            if a.toll.cue is not None and a.toll.part_of is None and not a.toll.uncertain and self._specific(a.toll):
                lists.setdefault((a.document, a.toll.kind, a.toll.cue), []).append(a)
        found = {}
        for (document, kind, cue), figures in lists.items():
            named = (v for v in self._witnesses.annotations[document].victims if (v.kind, v.cue) == (kind, cue))
            meant = [figures[0]._replace(number=_MEANT, toll=replace(v, high=v.low, group=v.text)) for v in named]
            items = sorted([*figures, *meant], key=lambda a: a.toll.start)
            groups = {name_key(a.toll.group or "") for a in items}
            near = all(0 <= b.toll.start - a.toll.end <= _LISTED for a, b in pairwise(items))
            lows = [a.toll.low for a in items if a.toll.low is not None]
            if len(groups) < len(items) or len(items) < 2 or not near or len(lows) < len(items):
                continue
            first, last = items[0].toll, items[-1].toll
            highs = [a.toll.high for a in items if a.toll.high is not None]
            whole = replace(
                first,
                end=last.end,
                text=self._witnesses.text(document, Span(first.start, last.end)),
                low=sum(lows),
                high=sum(highs) if len(highs) == len(items) else None,
                group=None,
            )
            counted = min(figures, key=lambda a: a.number)
            number = -1 - counted.number
            found[document, number] = counted._replace(number=number, toll=whole)
        return found

    def _whole(self, a: Assertion, told: Told) -> tuple[str, int] | None:
        """The figure of the same kind that this one is a part of: as the text says, or, where one voice of one text
        gives a greater figure of people at large, that one, or one that has the same part elsewhere in the text."""
        if a.toll.part_of is not None:
            whole = told.get((a.document, a.toll.part_of))
            if whole is not None and whole.toll.kind == a.toll.kind:
                return a.document, a.toll.part_of
            return None
        if (a.document, a.number) in self._wording.added:
            return self._wording.added[a.document, a.number]
        if not self._specific(a.toll) or a.toll.low is None:
            return None
        for key, b in told.items():
            listed = b.number < 0 <= a.number and (b.document, b.toll.kind) == (a.document, a.toll.kind)
            if listed and b.toll.start <= a.toll.start and a.toll.end <= b.toll.end:
                return key
        greater = [
            b
            for b in told.values()
            if b.document == a.document
            and b.toll.kind == a.toll.kind
            and (b.speaker == a.speaker or self._has_part(b, a, told))
            and b.toll.part_of is None
            and (not self._specific(b.toll) or self._singled_out(a))
            and (b.toll.low or 0) > a.toll.low
            and not later(b.stamp, a.stamp)
        ]
        best = max(greater, key=lambda b: (b.toll.low or 0, -b.toll.start), default=None)
        return (best.document, best.number) if best is not None else None

    def _singled_out(self, a: Assertion) -> bool:
        """Whether one person of some sort is told, and not one more: "a sergeant lost his sight"."""
        one = a.toll.low == a.toll.high == 1 and _ARTICLE.match(a.toll.text) is not None
        return one and self._knowledge.more.search(a.toll.text) is None

    def _has_part(self, whole: Assertion, a: Assertion, told: Told) -> bool:
        """Whether the text itself calls the same number of the same people a part of a figure."""
        return any(
            part.document == whole.document
            and part.toll.part_of == whole.number
            and part.value == a.value
            and name_key(part.toll.group or "") == name_key(a.toll.group or "")
            for part in told.values()
        )

    def _identity(self, a: Assertion) -> tuple[str, ...]:
        """One reading: the same value by the same speaker, of the same kind of people."""
        return (
            "" if a.speaker is None else f"={name_key(a.speaker)}",
            "?" if a.toll.low is None else str(a.toll.low),
            "?" if a.toll.high is None else str(a.toll.high),
            name_key(a.toll.group or "") if self._specific(a.toll) else "",
            "uncertain" if a.toll.uncertain else "",
            self._side(a) or "",
        )

    def _specific(self, toll: TollMention) -> bool:
        return toll.group is not None and name_key(toll.group) not in self._general

    def _toll(self, kind: TollKind, wholes: list[Assertion], told: Told) -> Toll:
        certain = [a for a in wholes if not a.toll.uncertain]
        readings = self._by_reading(wholes)
        parts: dict[tuple[str, int], list[Assertion]] = {}
        for a in told.values():
            whole = self._whole(a, told)
            if whole is not None and a.toll.kind == kind:
                parts.setdefault(whole, []).append(a)
        ids = {key: _reading_id(kind, group) for key, group in readings.items()}
        superseded = {key: ids[newer] for key, newer in self._outdated(readings).items()}
        superseded.update(
            (key, self._died[group[0].document, group[0].number])
            for key, group in readings.items()
            if all((a.document, a.number) in self._died for a in group)
        )
        made = [self._reading(kind, group, parts, superseded.get(key)) for key, group in sorted(readings.items())]
        made.sort(
            key=lambda r: (r.as_of or "9", r.origins, r.low is None, r.low or 0, r.high is None, r.high or 0, r.id)
        )
        current = self._current(
            [
                group
                for key, group in sorted(readings.items())
                if key not in superseded and (not certain or any(not a.toll.uncertain for a in group))
            ]
        )
        lows = [group[0].toll.low for group in current]
        highs = [group[0].toll.high for group in current]
        return Toll(
            kind=kind,
            low=min((low for low in lows if low is not None), default=None),
            high=None if None in highs else max((high for high in highs if high is not None), default=None),
            agreement=self._agreement(current),
            readings=tuple(made),
        )

    def _side(self, a: Assertion) -> str | None:
        return self._wording.sides.get((a.document, a.number))

    def _current(self, groups: list[list[Assertion]]) -> list[list[Assertion]]:
        """The readings of the whole: those of one side alone are parts, unless they are more than any whole."""
        lows = [group[0].toll.low for group in groups if self._side(group[0]) is None]
        most = max((low for low in lows if low is not None), default=None)
        if most is None:
            return groups
        return [g for g in groups if self._side(g[0]) is None or (g[0].toll.low or 0) > most]

    def _outdated(self, readings: Mapping[tuple[str, ...], list[Assertion]]) -> dict[tuple[str, ...], tuple[str, ...]]:
        """Each reading that is no longer current with the one in its place. What nobody dated is as old as the figure
        that it repeats."""
        found = {key: newer for key in sorted(readings) if (newer := self._superseded(key, readings)) is not None}
        for key in sorted(found):
            chain = [key]
            while chain[-1] in found and found[chain[-1]] not in chain:
                chain.append(found[chain[-1]])
            if found.get(chain[-1]) == key:  # told in turn: the one first told last stands
                del found[max(chain, key=lambda k: (_first(readings[k]) or "", readings[k][0].toll.low or 0, k))]
        latest = set(found.values())
        for key, group in sorted(readings.items()):
            if key in found or key in latest or any(a.stamp is not None for a in group):
                continue
            same = [
                newer
                for old, newer in sorted(found.items())
                if readings[old][0].value == group[0].value
                and self._comparable(readings[old][0], group[0])
                and not self._voices.opposed(group[0].speaker, readings[newer][0].speaker)
                and not all((new.document, new.number) in self._wording.corrected for new in readings[newer])
            ]
            if same:
                found[key] = same[0]
        return found

    def _superseded(
        self, key: tuple[str, ...], readings: Mapping[tuple[str, ...], list[Assertion]]
    ) -> tuple[str, ...] | None:
        """The latest reading that takes the place of this one, if every assertion of it was replaced."""
        newest: list[tuple[str, tuple[str, ...]]] = []
        for old in readings[key]:
            newer = [
                (new.stamp or "", other)
                for other, group in readings.items()
                if other != key
                for new in group
                if new.value != old.value and self._update(old, new, readings)
            ]
            if not newer:
                return None
            newest.append(max(newer))
        return max(newest)[1]

    def _update(self, old: Assertion, new: Assertion, readings: Mapping[tuple[str, ...], list[Assertion]]) -> bool:
        """A number changed in a copied passage or told as the old one beside the new; the same speaker's, outlet's or
        family's later figure; a later and greater one that is told as the new count or comes from the same side. A
        party's own figure stays beside that of an opposing side, and another outlet's beside one that an outlet
        corrects."""
        if self._changes.replaced(old, new):
            return True
        if self._wording.outdated.get((old.document, old.number)) == (new.document, new.number):
            return True
        if (new.document, new.number) in self._wording.corrected and not self._same_outlet(old, new):
            return False
        told_new = (new.document, new.number) in self._wording.replacing
        if self._side(old) != self._side(new) or not (told_new or self._comparable(old, new)):
            return False
        olds, news = readings[self._identity(old)], readings[self._identity(new)]
        more = (new.toll.low or 0) > (old.toll.low or 0)
        grown = told_new and more and not _came_later(olds, news)  # one side's count of the dead only grows
        if self._voices.one_body(old.speaker, new.speaker):
            return grown or _came_later(news, olds)
        if self._voices.bodies_apart(old.speaker, new.speaker):
            return False
        voice, side = self._voices.side(old.speaker), self._side(old)
        own = side is not None and side == voice and new.speaker is None  # "Ostland put its own losses at four"
        if not own and self._voices.opposed(old.speaker, new.speaker):
            return False
        if None in (old.speaker, new.speaker) and later(new.stamp, old.stamp) and self._same_outlet(old, new):
            return True
        if not more:
            return False
        if not _came_later(news, olds):
            return grown and (own or (voice is not None and voice == self._voices.side(new.speaker)))
        told_new = told_new and (not self._specific(old.toll) or old.toll.group == new.toll.group)
        return told_new or own

    def _same_outlet(self, old: Assertion, new: Assertion) -> bool:
        outlets = self._witnesses.outlet(old.document), self._witnesses.outlet(new.document)
        if outlets[0] is not None and name_key(outlets[0]) == name_key(outlets[1] or ""):
            return True
        return self._witnesses.origin(*old.where) == self._witnesses.origin(*new.where)

    def _comparable(self, one: Assertion, other: Assertion) -> bool:
        """Figures of two different kinds of people do not replace each other."""
        if not self._specific(one.toll) or not self._specific(other.toll):
            return True
        return name_key(one.toll.group or "") == name_key(other.toll.group or "")

    def _agreement(self, current: Sequence[Sequence[Assertion]]) -> Agreement:
        if not current:
            return "unknown"
        for i, ones in enumerate(current):
            for others in current[i + 1 :]:
                if self._disagree(ones, others):
                    return "disputed"
        origins = {self._witnesses.origin(*a.where) for group in current for a in group}
        if len(origins) < 2:
            return "single-source"
        return "agreed" if len({group[0].value for group in current}) == 1 else "unknown"

    def _disagree(self, ones: Sequence[Assertion], others: Sequence[Assertion]) -> bool:
        """Two current readings of other values by other voices, whatever people they tell of, but for the losses of two
        sides. One voice of one text does not dispute itself: a rounder figure there is a looser wording."""
        sides = self._side(ones[0]), self._side(others[0])
        if None not in sides and sides[0] != sides[1]:
            return False
        if ones[0].value == others[0].value or ones[0].toll.low is None or others[0].toll.low is None:
            return False
        return any(not (a.document == b.document and a.speaker == b.speaker) for a in ones for b in others)

    def _reading(
        self,
        kind: TollKind,
        group: Sequence[Assertion],
        parts: Mapping[tuple[str, int], list[Assertion]],
        superseded_by: str | None,
    ) -> Reading:
        least = min(group, key=lambda a: (a.document, a.toll.start))
        inside: dict[tuple[str, ...], list[Assertion]] = {}
        for a in group:
            for part in parts.get((a.document, a.number), ()):
                spoken = part._replace(speaker=a.speaker)  # a part stands on the word of its whole
                inside.setdefault(self._identity(spoken), []).append(spoken)
        made = [self._reading(kind, assertions, parts, None) for _, assertions in sorted(inside.items())]
        return Reading(
            id=_reading_id(kind, group),
            low=least.toll.low,
            high=least.toll.high,
            speaker=least.speaker,
            as_of=(_first(group) or "")[:10] or None,
            superseded_by=superseded_by,
            group=next((a.toll.group for a in sorted(group, key=lambda a: a.where) if a.toll.group), None),
            parts=tuple(sorted(made, key=lambda r: (r.evidence[0].document, r.evidence[0].start, r.id))),
            origins=self._witnesses.origins([a.where for a in group]),
            evidence=evidence((a.document, Span(a.toll.start, a.toll.end)) for a in group),
            words=" ".join(least.toll.text.split()),
        )


def evidence(places: Iterable[tuple[str, Span]]) -> tuple[Evidence, ...]:
    """Evidence for spans of documents, each once, in the order of documents and text."""
    return tuple(Evidence(document=name, start=span.start, end=span.end) for name, span in sorted(set(places)))


def _named_apart(text: str, dead: Set[str]) -> bool:
    """Whether a person is named by words that none of the dead has."""
    words = text.split()
    return words[-1][:1].isupper() and len(words) > 1 and not dead & set(words)


def _reading_id(kind: TollKind, group: Sequence[Assertion]) -> str:
    least = min(group, key=lambda a: (a.document, a.toll.start, a.toll.end))
    return stable_id("r", (least.event, kind, least.document, least.toll.start, least.toll.end, least.speaker))


def _first(group: Sequence[Assertion]) -> str | None:
    return min((a.stamp for a in group if a.stamp is not None), default=None)


def _came_later(new: Sequence[Assertion], old: Sequence[Assertion]) -> bool:
    """Whether the first report of the one is certainly later than the first of the other."""
    news, olds = ([m for a in group if (m := moment(a.stamp)) is not None] for group in (new, old))
    return bool(news) and bool(olds) and min(news)[0] >= min(high for _, high in olds) and min(news) > min(olds)
