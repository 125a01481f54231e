"""Who and where each document is about, so that two texts of one crisis are known for such."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from variorum.records import Annotation
from variorum.world.names import name_key

from .accounts import FINE
from .moments import Interval
from .witnesses import Witnesses

_POWERS = frozenset({"GOV", "MIL", "LEG", "SPY", "REB", "SEP"})
_GROUPS = frozenset({"REB", "SEP"})  # whose name counts beside the country that they are of


class Scene(NamedTuple):
    """The sides of a document that names any power: countries, of people or of places, and armed groups by key; those
    whose powers do or suffer what it tells; its fine places by name; and when it was written."""

    sides: frozenset[str]
    acting: frozenset[str]
    places: frozenset[str]
    told: Interval | None

    @property
    def crisis(self) -> bool:
        """Whether more than one side has a part in its events: a text on one country's police or courts has one."""
        return len(self.acting) > 1

    def likeness(self, other: Scene) -> float:
        """From 0 to 1, where either is about a crisis: two of its sides in the other, or any two of two crises,
        count whole, one and a place nearly, else nothing."""
        acting = max(
            (len(a.acting & b.sides) for a, b in ((self, other), (other, self)) if a.crisis),
            default=0,
        )
        if acting > 1 or (self.crisis and other.crisis and len(self.sides & other.sides) > 1):
            return 1.0
        return 0.7 if acting and self.places & other.places else 0.0


def scenes(witnesses: Witnesses) -> dict[str, Scene]:
    """The scene of each annotated document."""
    made = {}
    for name, annotation in sorted(witnesses.annotations.items()):
        document = witnesses.documents.get(name)
        if document is None:
            continue
        told = Interval.of(document.published, document.published) if document.published else None
        told = told or Interval.of(annotation.reference.earliest, annotation.reference.latest)
        places = frozenset(name_key(place.name) for place in annotation.places if place.precision in FINE)
        acting = {i for event in annotation.events for i in (*event.actors, *event.recipients)}
        every = _sides(annotation, range(len(annotation.actors)))
        if every:
            every |= {actor.country for actor in annotation.actors if actor.country}
            every |= {place.country for place in annotation.places if place.country}
        made[name] = Scene(every, _sides(annotation, sorted(acting)), places, told)
    return made


def _sides(annotation: Annotation, indices: Iterable[int]) -> frozenset[str]:
    sides: set[str] = set()
    for index in indices:
        actor, seen = annotation.actors[index], {index}
        while actor.antecedent is not None and actor.antecedent not in seen:
            seen.add(actor.antecedent)
            actor = annotation.actors[actor.antecedent]
        if actor.sector in _POWERS:
            if actor.country:
                sides.add(actor.country)
            if actor.sector in _GROUPS and not actor.generic:
                sides.add(actor.key)
    return frozenset(sides)


def gap(one: Scene, other: Scene) -> float | None:
    """Hours between the writing of two documents; None where either is undated."""
    return one.told.gap(other.told) if one.told is not None and other.told is not None else None
