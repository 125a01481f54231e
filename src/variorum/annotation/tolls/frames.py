"""Verbs whose harm is told behind the people: "took nine away", "drove 400 out of", "swept two to their deaths"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from variorum.records import TollKind

from .lexicon import word_set

_FORCING = word_set(
    """forced forcing forces drove driven drives driving pushed pushing evicted evicting chased chasing bombed burned
    burnt flooded shelled washed expelled ejected swept turned"""
)
_HOMES = word_set("homes home houses villages village land lands farms town towns camps dwellings")
_WHOSE = word_set("their his her its")
_AWAY = word_set("away off prisoner captive hostage")
_LEADING_OFF = word_set(
    """take takes took taken taking carried carrying led leading leads marched marching marches dragged dragging hauled
    hauling bundled bundling herded herding drove driving frogmarched whisked whisking spirited hustled"""
)
_JUDGING = word_set("sentence sentences sentenced sentencing condemn condemned condemning")


_TAKING = word_set("took taking taken snatched snatching dragged dragging hauled hauling grabbed grabbing")
_BEHIND = word_set("out from away off to")
_AUXILIARY = word_set("was were is are be been being has have had also later reportedly both all who")
SUFFERING = word_set("suffered suffering sustained sustaining received receiving suffer sustain")
_BRINGING = word_set("taken rushed transported airlifted brought admitted flown evacuated ferried carried")
_WOUNDS = word_set("injury injuries wound wounds burn burns cuts bruises fractures lacerations concussion")
_HOSPITALS = word_set("hospital hospitals clinic clinics infirmary")


class Frame(NamedTuple):
    """The words ``[first, stop)`` behind a quantity that say what befell its people."""

    first: int
    stop: int
    kind: TollKind


def find_frame(words: Sequence[str], first: int, stop: int) -> Frame | None:
    """What the words behind a quantity ``[first, stop)`` say with the verb before it; None where they say no harm."""
    if words[stop : stop + 1] and words[stop] == "of" and words[stop + 1 : stop + 2] and words[stop + 1].isalpha():
        # "4,000 residents of the town out of their homes"
        stop = next((k for k in range(stop + 2, min(len(words), stop + 6)) if words[k] in _BEHIND), stop)
    if stop >= len(words):
        return None
    if (fatal := _to_death(words, stop)) and not _JUDGING & set(words[max(0, first - 4) : first]):
        return Frame(stop, fatal, "killed")
    if words[stop] in _AWAY and _LEADING_OFF & set(words[max(0, first - 3) : first]):
        return Frame(stop, stop + 1, "captured")
    if _lives(words, first, stop):
        return Frame(stop, stop + 2, "killed")
    if words[stop] == "from" and first and words[first - 1] in _TAKING:
        return Frame(stop, stop + 1, "captured")
    if (words[stop] == "from" or list(words[stop : stop + 2]) == ["out", "of"]) and _FORCING & set(
        words[max(0, first - 2) : first]
    ):
        return Frame(stop, stop + 1, "displaced")
    if (home := _from_home(words, stop)) and _FORCING & set(words[max(0, first - 5) : stop]):
        return Frame(stop, home, "displaced")
    return None


def _lives(words: Sequence[str], first: int, stop: int) -> bool:
    """ "cost 14 soldiers their lives", "robbed two boys of their lives"."""
    cost = {"cost", "costs", "costing", "robbed"} & set(words[max(0, first - 3) : first])
    return bool(cost) and list(words[stop : stop + 2]) in (["their", "lives"], ["his", "life"], ["her", "life"])


def find_wounds(words: Sequence[str], at: int) -> Frame | None:
    """What is said behind people of their wounds at word `at`: "suffered minor head injuries", "were taken to a nearby
    hospital". None where it says none."""
    verb = at
    while verb < len(words) and words[verb] in _AUXILIARY:
        verb += 1
    if verb >= len(words) or words[verb] not in SUFFERING | _BRINGING:
        return None
    ends, wanted = (_WOUNDS, 6) if words[verb] in SUFFERING else (_HOSPITALS, 7)
    for k in range(verb + 1, min(len(words), verb + wanted)):
        if words[k] in {",", ".", ";", "and", "but", "no"}:
            return None
        if words[k] in ends:
            return Frame(verb, verb + 1, "injured")
    return None


def _to_death(words: Sequence[str], at: int) -> int:
    """The index behind "to death", "to their deaths" at word `at`; 0 where it does not stand there."""
    if words[at] != "to" or at + 1 >= len(words):
        return 0
    stop = at + 2 if words[at + 1] in _WHOSE else at + 1
    return stop + 1 if words[stop : stop + 1] and words[stop] in {"death", "deaths"} else 0


def _from_home(words: Sequence[str], at: int) -> int:
    """The index behind "from their homes", "to flee" at word `at`; 0 where neither stands there."""
    for phrase in (("from", "their"), ("out", "of", "their"), ("to", "leave", "their"), ("to", "abandon", "their")):
        stop = at + len(phrase)
        if tuple(words[at:stop]) == phrase and _HOMES & set(words[stop : stop + 2]):
            return stop
    return at + 2 if tuple(words[at : at + 2]) == ("to", "flee") else 0
