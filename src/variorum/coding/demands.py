"""Demands, offers and threats that a verb of refusing, yielding or agreeing answers."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from .frames import Frames
from .triggers import Match

WORDS = frozenset({"REQUEST", "AGREE", "THREATEN"})
"""Types of acts that can be answered."""
_ANSWERS = frozenset({"REJECT", "CONCEDE", "AGREE"})


def answered(match: Match, matches: Mapping[int, Match], frames: Frames, actors: Collection[int]) -> set[int]:
    """The tokens of what a verb answers, where only the answer tells it: "dismissed all appeals"."""
    if match.pattern.type not in _ANSWERS:
        return set()
    roles = frames.verb(match.i)
    heads = (*roles.objects, *(t for name, t in roles.obliques if name in ("to", "with", "for")))
    return {
        t
        for t in heads
        if (other := matches.get(t)) is not None
        and not frames.is_verb(t)
        and other.pattern.type in WORDS
        and not is_told_beside(t, match, matches, frames, actors)
    }


def is_told_beside(
    i: int, answer: Match, matches: Mapping[int, Match], frames: Frames, actors: Collection[int]
) -> bool:
    """A demand that tells whose it is, which is told beside its answer: "declined a Greek request for boats"."""
    demand = matches.get(i)
    if demand is None or demand.pattern.type != "REQUEST" or answer.pattern.type not in _ANSWERS or frames.is_verb(i):
        return False
    return any(t in actors for t in frames.noun(i).subjects)
