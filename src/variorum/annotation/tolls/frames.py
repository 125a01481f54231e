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
_MOVING = word_set("move moves moved moving brought bring brings bringing taken led relocated shifted escorted got")
_SHIFTING = word_set("move moves moved moving relocated shifted")
_JUDGING = word_set("sentence sentences sentenced sentencing condemn condemned condemning")


_TAKING = word_set("took taking taken snatched snatching dragged dragging hauled hauling grabbed grabbing")
_BEHIND = word_set("out from away off to")
_AUXILIARY = word_set("was were is are be been being has have had also later reportedly both all who")
SUFFERING = word_set("suffered suffering sustained sustaining received receiving suffer sustain")
_BRINGING = word_set("taken rushed transported airlifted brought admitted flown evacuated ferried carried")
_WOUNDS = word_set("injury injuries wound wounds burn burns cuts bruises fractures lacerations concussion")
_MISSILES = word_set("bullet bullets shrapnel splinters")  # "has splinters in the arm"
_STOPS = word_set(", . ; : — – ) ” ’ ( -") | {'"', "''"}
_STRIKING = word_set("hit hits hitting struck strikes striking grazed grazing")
_LIMBS = word_set(
    """leg legs arm arms hand hands foot feet knee knees thigh thighs calf calves ankle ankles shoulder shoulders
    elbow wrist finger fingers toe toes buttocks hip"""
)
_TRUNK = word_set("head face neck chest back stomach abdomen torso side eye eyes jaw throat groin body temple forehead")
_FLEEING = word_set("fled flee fleeing")
_ESCAPING = word_set("escaped escape escaping")
_RUNNING = _ESCAPING | word_set("ran run running")
_PREMISES = word_set(
    """scene hall building theatre theater cinema stadium arena prison jail cell custody detention courtroom court bus
    train plane car boat ship shop store restaurant cafe hotel club nightclub bar office room classroom gunman bullets
    gunfire police"""
)  # "fled the hall"
_WILDS = word_set("forest forests bush hills mountains mountain border woods swamps islands desert")
_MEANWHILE = word_set("now still already currently living sleeping staying crowded huddled packed camped")
_PLACING = word_set("in at on")
_REFUGES = word_set("shelters tents bivouacs")
_ROADS = word_set("roads road")
_SHELTERING = word_set(
    """the public makeshift temporary emergency government evacuation relief overcrowded crowded state school official
    communal improvised municipal provincial church"""
)
_LEAVING = word_set("moved gone streamed walked driven pulled trekked pouring poured")
_DANGERS = word_set(
    """fighting clashes shelling war violence bombardment bombing flood floods fleeing fled offensive battles
    hostilities attacks evacuation"""
)
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
    if (struck := _struck(words, first, stop)) is not None:
        return struck
    if words[stop] in _AWAY and _LEADING_OFF & set(words[max(0, first - 3) : first]):
        return Frame(stop, stop + 1, "captured")
    if _to_safety(words, first, stop):
        return Frame(stop, stop + 1, "displaced")
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


def _struck(words: Sequence[str], first: int, stop: int) -> Frame | None:
    """ "Struck the child in the right leg": hurt where a limb was hit, else with what came of it left open."""
    if list(words[stop : stop + 2]) not in (["in", "the"], ["in", "his"], ["in", "her"], ["in", "their"]):
        return None
    verb = next((k for k in range(first - 1, max(-1, first - 4), -1) if words[k] in _STRIKING), None)
    part = next((word for word in words[stop + 2 : stop + 5] if word in _LIMBS | _TRUNK), None)
    if verb is None or part is None or "," in words[verb:first]:
        return None
    return Frame(verb, verb + 1, "injured" if part in _LIMBS else "casualties")


def find_refuge(words: Sequence[str], at: int) -> Frame | None:
    """What words behind many people say of a flight: "in crowded shelters", "on the roads", "have moved away from the
    border because of the fighting". None where they say none."""
    start = at
    if words[at : at + 1] == ["of"]:
        at = next((k for k in range(at + 1, min(len(words), at + 5)) if words[k] in _PLACING | _AUXILIARY), at)
    while at < len(words) and words[at] in _AUXILIARY | _MEANWHILE:
        at += 1
    danger = bool(_DANGERS & set(words))
    if at < len(words) and words[at] in _LEAVING:
        away = next((k for k in range(at + 1, min(len(words), at + 3)) if words[k] in _BEHIND), 0)
        return Frame(at, away + 1, "displaced") if away and danger and at > start else None
    if at >= len(words) or words[at] not in _PLACING:
        return None
    for k in range(at + 1, min(len(words), at + 4)):
        if words[k] in _REFUGES or (danger and words[k] in _ROADS and words[at] == "on"):
            return Frame(at, k + 1, "displaced")
        if words[k] not in _SHELTERING:
            return None
    return None


def find_flight(words: Sequence[str], at: int) -> Frame | None:
    """A flight told at word `at`: "fled from the town to the coast", "escaped to Benin", "ran from their village to the
    forest"; no mere leaving of a room, a scene or a cell ("fled the hall")."""
    verb = words[at] if at < len(words) else ""
    if verb not in _FLEEING | _RUNNING or _PREMISES & set(words[at + 1 : at + 5]):
        return None
    if verb in _FLEEING:
        return Frame(at, at + 1, "displaced")
    ahead = words[at + 1 : at + 10]
    led = bool(ahead) and ahead[0] in {"to", "from", "into", "across", "for"}
    wild = verb in _ESCAPING or bool((_HOMES | _WILDS) & set(ahead))
    return Frame(at, at + 1, "displaced") if led and wild else None


def find_taken(words: Sequence[str], at: int) -> Frame | None:
    """ "Have been taken", "were taken by gunmen" behind people at word `at`; not "were taken to a clinic"."""
    verb = at
    while verb < len(words) and words[verb] in _AUXILIARY:
        verb += 1
    if words[verb : verb + 1] != ["taken"] or not {"were", "was", "been"} & set(words[at:verb]):
        return None
    after = words[verb + 1] if verb + 1 < len(words) else "."
    plain = after in _STOPS or (after == "by" and words[verb + 2 : verb + 3] not in (["surprise"], ["storm"], ["bus"]))
    return Frame(verb, verb + 1, "captured") if plain else None


def find_loss(words: Sequence[str], first: int, armed: bool) -> Frame | None:
    """The losses of a force before the people at word `first`: "cost the army 60 men", "had lost nobody"."""
    if words[first] in {"nobody", "none"} or list(words[first : first + 2]) == ["no", "one"]:
        lost = words[first - 1 : first] in (["lost"], ["losing"]) if first else False
        return Frame(first - 1, first, "killed") if lost else None
    if not armed:
        return None
    for k in range(first - 1, max(-1, first - 6), -1):
        if words[k] in {"cost", "costs", "costing"}:
            return Frame(k, k + 1, "killed")
        if words[k] in _STOPS or words[k] in {"and", "to", "of"}:
            return None
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
    hit = _MISSILES & set(words[verb : verb + 3]) and {"has", "had", "have", "with"} & set(words[at : verb + 1])
    if hit and {"in", "through"} & set(words[verb + 1 : verb + 5]):
        return Frame(at, verb + 1, "injured")
    if verb >= len(words) or words[verb] not in SUFFERING | _BRINGING:
        return None
    ends, wanted = (_WOUNDS, 6) if words[verb] in SUFFERING else (_HOSPITALS, 7)
    for k in range(verb + 1, min(len(words), verb + wanted)):
        if words[k] in {",", ".", ";", "and", "but", "no"}:
            return None
        if words[k] in ends:
            return Frame(verb, verb + 1, "injured")
    return None


def _to_safety(words: Sequence[str], first: int, stop: int) -> bool:
    """ "Moved 700 people away from the river", "brought 90 villagers to safety"."""
    before = words[max(0, first - 3) : first]
    if not _MOVING & set(before) or "," in before:
        return False
    if list(words[stop : stop + 2]) == ["to", "safety"]:
        return True
    return bool(_SHIFTING & set(before)) and list(words[stop : stop + 2]) in (["out", "of"], ["away", "from"])


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
