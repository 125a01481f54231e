"""One event for all its mentions: which told event is the same as one told before.

Mentions are taken in text order. Each joins the event that speaks most for it, where nothing speaks against it and the
evidence is enough: little for a definite noun ("the attack") and for what only tells an outcome ("ten were killed"),
more for any other. A noun that counts several ("both raids") is a mention of each.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from .sameness import MergeOptions, Sameness, Told, Verdict, salience

__all__ = ["Group", "MergeOptions", "Merger", "Told"]


class Group:
    """One event in the making. `reasons` say of each later mention (its trigger) why it is one with those before."""

    def __init__(self) -> None:
        self.members: list[Told] = []
        self.last = -1  # the sentence of its latest mention
        self.reasons: list[tuple[int, Verdict]] = []

    @property
    def head(self) -> Told:
        return self.members[0]

    def add(self, unit: Sequence[Told], why: Verdict) -> None:
        self.members += unit
        self.last = max(self.last, *(t.sentence for t in unit))
        self.reasons.append((unit[0].candidate.trigger, why))

    def agents(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(n for t in self.members for n in t.agents))

    def patients(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(n for t in self.members for n in t.patients))

    @property
    def salience(self) -> int:
        """1 for what the title or the lead's main clause tells, -1 for what is told as background only, else 0."""
        return salience(self.members)


class Merger:
    """Builds the groups of one document, unit by unit in text order. A unit are the mentions that the syntax makes one
    ("died when a shell hit the house"): they are judged together."""

    def __init__(self, sameness: Sameness, options: MergeOptions) -> None:
        self.sameness = sameness
        self.participants = sameness.participants
        self.options = options
        self.groups: list[Group] = []
        self._of: dict[int, Group] = {}
        self._of_type: dict[str, list[int]] = {}

    def group_of(self, trigger: int) -> Group | None:
        return self._of.get(trigger)

    def take(self, tolds: Sequence[Told]) -> None:
        """Put all mentions of a text into the groups that they belong to, or open one for them."""
        for unit in self._units(tolds):
            joined = self._joined(unit)
            if not joined and not all(t.candidate.echo for t in unit):
                joined = [(Group(), Verdict(None))]
                self._of_type.setdefault(unit[0].candidate.type, []).append(len(self.groups))
                self.groups.append(joined[0][0])
            for group, why in joined:
                group.add(unit, why)
            for told in unit if joined else ():
                for i in told.candidate.chain:
                    self._of.setdefault(i, joined[0][0])

    def _units(self, tolds: Sequence[Told]) -> list[list[Told]]:
        """The mentions by what the syntax links, the most telling first, in the order of their first words."""
        ordered = sorted(tolds, key=lambda t: (t.candidate.trigger, t.candidate.type))
        owner = {(i, t.candidate.type): t for t in reversed(ordered) for i in t.candidate.chain}
        unit_of = {id(t): [t] for t in ordered}
        targets = ((t, owner.get((i, t.candidate.type))) for t in ordered for i in t.links)
        pairs = [(t, other) for t, other in targets if other is not None]
        beside = ((t, other) for t, other in pairwise(ordered) if t.candidate.type == other.candidate.type == "ASSAULT")
        pairs += [(t, other) for other, t in beside if self.sameness.goes_on(t, other)]
        for told, other in sorted(pairs, key=lambda pair: pair[0].sentence != pair[1].sentence):
            one, two = unit_of[id(other)], unit_of[id(told)]
            if one is two or self._each_its_own(told, other, owner):
                continue
            if self._may_be_one(told, other, one, two):
                one += two
                unit_of.update((id(t), one) for t in two)
        units = list({id(unit): unit for unit in unit_of.values()}.values())
        for unit in units:
            unit.sort(key=lambda t: (t.candidate.effect or t.candidate.echo, t.candidate.trigger))
        return sorted(units, key=lambda unit: min((t.candidate.trigger, t.candidate.type) for t in unit))

    def _may_be_one(self, told: Told, other: Told, one: Sequence[Told], two: Sequence[Told]) -> bool:
        """Whether a mention (of the unit `two`) and what it is linked to are judged as one. Across sentences that goes
        for a bare outcome and what is said of "it" only: of "ten died in the raid" the raid is compared with what was
        told before."""
        if told.sentence != other.sentence and not all(t.candidate.effect or t.candidate.predicated for t in two):
            return False
        return not any(self.sameness.barred([t], one, linked=True) for t in two)

    def _each_its_own(self, told: Told, other: Told, owner: Mapping[tuple[int, str], Told]) -> bool:
        """Two joined clauses, each with a blow of its own: "two died in the raid, and one was hurt by a shell"."""
        if not self.sameness.are_coordinate(told, other):
            return False

        def has_blow(one: Told) -> bool:
            acts = (owner.get((i, one.candidate.type)) for i in one.links)
            near = (t for t in acts if t is not None and t.sentence == one.sentence and not t.candidate.effect)
            return not one.candidate.effect or any(not self.sameness.are_coordinate(one, t) for t in near)

        return has_blow(told) and has_blow(other)

    def _joined(self, unit: Sequence[Told]) -> list[tuple[Group, Verdict]]:
        fitting = self._fitting(unit)
        if not fitting:
            return []
        count = max((t.description.count or 0 for t in unit), default=1)
        return fitting[:1] if count == 1 else self._several(fitting, count or None)

    def _fitting(self, unit: Sequence[Told]) -> list[tuple[Group, Verdict]]:
        """The groups that a unit may join, the best first; of equals the most recent."""
        candidate, loose = unit[0].candidate, all(t.is_loose for t in unit)
        found: list[tuple[float, int, Verdict]] = []
        for number in reversed(self._of_type.get(candidate.type, [])[-self.options.most :]):
            group = self.groups[number]
            distance = unit[0].sentence - group.last
            if loose and distance > (self.options.outcome_reach if candidate.effect else self.options.reach):
                continue
            verdict = self.sameness.compare(unit, group.members)
            if verdict.veto is None and verdict.score >= self._needed(unit, group, loose=loose) - 1e-9:
                found.append((-round(verdict.score, 6), -number, verdict))
        found.sort(key=lambda row: row[:2])
        return [(self.groups[-number], verdict) for _, number, verdict in found]

    def _needed(self, unit: Sequence[Told], group: Group, *, loose: bool) -> float:
        """The least evidence for a unit to join a group."""
        o, candidate = self.options, unit[0].candidate
        if loose:
            return o.echo_reason if candidate.echo and not candidate.sparing else o.loose_reason
        if group.head.front == 2 and any(t.front and not t.subordinate for t in unit):
            return o.loose_reason  # the lead tells what the title tells
        if candidate.type != "ASSAULT":
            return o.other_reason
        return o.bare_reason if all(t.place is None and t.time is None for t in unit) else o.reason

    def _several(self, fitting: Sequence[tuple[Group, Verdict]], count: int | None) -> list[tuple[Group, Verdict]]:
        """The groups that a noun for several stands for: as many as it counts, the latest told; for a definite plural
        those told in one sentence with the best."""
        number = {id(group): k for k, group in enumerate(self.groups)}
        latest = sorted(fitting, key=lambda row: -number[id(row[0])])
        if count is not None:
            return latest[:count] if len(latest) >= count else latest[:1]
        best = fitting[0][0]
        return [row for row in fitting if row[0] is best or row[0].head.sentence == best.head.sentence]
