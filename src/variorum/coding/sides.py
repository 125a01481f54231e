"""Who is on which side of an event, of the sides that its mentions tell."""

from __future__ import annotations

from collections.abc import Sequence

from variorum.records import ActorMention

from .merging import Group, Told
from .participants import Participants

_ARMED = frozenset({"REB", "UAF", "MIL", "PAR"})


class Sides:
    """Settles the sides of the events of one document; actors from number `known` on were added for their roles."""

    def __init__(self, actors: Sequence[ActorMention], participants: Participants, known: int) -> None:
        self._actors, self._participants, self._known = actors, participants, known

    def of(self, group: Group, best: Told) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The roles at the best mention, else those of the first mention that has them."""
        agents = best.agents or next((t.agents for t in group.members if t.agents), ())
        order = sorted(group.members, key=lambda t: (t.candidate.effect or t.candidate.echo, t is not best))
        patients = next((t.patients for t in order if t.patients), ())
        patients = self._both_hit(patients, [n for t in order for n in t.patients])
        patients = tuple(n for n in patients if not any(self._one(n, a) for a in agents))
        kind = group.head.candidate.type
        if kind == "ACCUSE":  # a ministry does not speak against the government that it is of
            patients = tuple(n for n in patients if not any(self._participants.one_government(n, a) for a in agents))
        if kind == "ASSAULT" and any(t.candidate.mutual for t in group.members):
            patients = tuple(n for n in patients if not any(self._participants.is_kin(n, a) for a in agents))
        if any(t.candidate.mutual for t in group.members) and len(self._participants.distinct(agents)) > 1:
            patients = tuple(n for n in patients if not self._actors[n].generic)  # "exchanged prisoners"
        patients = self._without_means(patients)
        return self._without_means(agents), self._with_harmed(patients, group) if kind == "ASSAULT" else patients

    def _with_harmed(self, patients: tuple[int, ...], group: Group) -> tuple[int, ...]:
        """A thing or site that was hit, and the persons that the event's outcomes tell hurt there: "ten civilians died
        when a missile hit the station"."""
        if not patients or any(self._actors[n].sector is not None for n in patients):
            return patients
        outcomes = (n for t in group.members if t.candidate.effect for n in t.patients)
        hurt = (n for n in outcomes if self._actors[n].sector is not None and not self._participants.is_state(n))
        return tuple(dict.fromkeys((*patients, *hurt)))

    def _without_means(self, side: tuple[int, ...]) -> tuple[int, ...]:
        """A side without the aircraft and ships of a state that is on it too."""
        known = {self._actors[n].country for n in side if n < self._known} - {None}
        kept = (n for n in side if n < self._known or self._actors[n].country not in known)
        return self._participants.distinct(kept)

    def _both_hit(self, patients: tuple[int, ...], told: list[int]) -> tuple[int, ...]:
        """A state and those whom it was done to on its soil are both recipients, where mentions tell one each."""
        states = [n for n in told if self._participants.is_state(n)]
        armed = [n for n in told if self._actors[n].sector in _ARMED]
        if not patients or not states or not armed:
            return patients
        if all(self._participants.is_state(n) for n in patients):
            return (*patients, armed[0])
        if any(n in armed for n in patients):
            return (*patients, states[0]) if states[0] not in patients else patients
        return patients

    def _one(self, n: int, a: int) -> bool:
        one, other = self._actors[n], self._actors[a]
        return n == a or one.antecedent == a or other.antecedent == n or (one.key == other.key and not one.generic)
