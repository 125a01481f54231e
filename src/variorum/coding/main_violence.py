"""What a text's dead and wounded are told of, where too little speaks for each single word that tells the act: "police
were called to a shooting; a man died"."""

from __future__ import annotations

from collections.abc import Sequence, Set

from variorum.records import Annotation, EventMention

from .merging import Group, Told
from .sameness import Verdict

_HARM = frozenset({"killed", "injured", "casualties"})
_REAL = frozenset({"actual", "ongoing"})
_UNREAL = frozenset({"negated", "hypothetical", "future"})
_ANY_WORD = frozenset({"incident", "action", "act", "event", "attempt", "crime"})  # say nothing of what was done


def main_violence(
    annotation: Annotation, made: Sequence[EventMention], groups: Sequence[Group], tolds: Sequence[Told]
) -> Group | None:
    """The event of force that a text's harm is told of: the first that happened, by a word that says what was done;
    else the first mention of one. None where some violence is coded (`made`), and where nobody is told harmed whom no
    event has harmed. `groups` are all events in the making, `tolds` the mentions that tell no mishap."""
    if any(event.type == "ASSAULT" and event.status not in _UNREAL for event in made):
        return None
    left = _harm_left(annotation, {n for event in made for n in event.tolls})
    if left is None:
        return None
    events = [g for g in groups if _is_force(g.head) and g.head.word not in _ANY_WORD]
    group = min(events, key=lambda g: g.head.candidate.trigger, default=None)
    if group is None:
        single = [t for t in tolds if _is_force(t)]
        best = min(single, key=lambda t: (t.word in _ANY_WORD, t.candidate.trigger), default=None)
        if best is None:
            return None
        group = Group()
        group.add([best], Verdict(None))
    group.head.tolls = sorted({*group.head.tolls, *left})
    group.head.candidate.recalled = True
    return group


def _harm_left(annotation: Annotation, owned: Set[int]) -> list[int] | None:
    """The figures of people harmed once that no event owns, by number; empty where only persons are told harmed. None
    where nobody is, or an event has them all."""
    told = [n for n, t in enumerate(annotation.tolls) if t.kind in _HARM and t.low != 0]
    left = [n for n in told if n not in owned and annotation.tolls[n].part_of is None]
    left = [n for n in left if not (annotation.tolls[n].cumulative or annotation.tolls[n].uncertain)]
    return left if left or (annotation.victims and not told) else None


def _is_force(told: Told) -> bool:
    return told.candidate.type == "ASSAULT" and told.candidate.status in _REAL
