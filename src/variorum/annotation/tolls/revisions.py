"""Figures told to change others: "raised the toll to 14 from nine", "three more died, bringing the number to 27".

Each figure may be the one told anew, the one told before, or those added; by how many it changed is read too. Only what
the words say counts: a greater figure later in a text is no revision of its own accord.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from variorum.records import Syntax

from .lexicon import word_set
from .links import Linked
from .numbers import number

Role = Literal["revised", "former", "added"]

_RAISING = word_set(
    """raise raises raised raising rise rises rose risen rising climb climbs climbed climbing jump jumps jumped jumping
    grow grows grew grown growing increase increases increased increasing soar soars soared soaring mount mounted surge
    surged swell swelled swollen bring brings brought bringing take takes took taking push pushes pushed pushing lift
    lifts lifted lifting up double doubled doubling"""
)
_LOWERING = word_set(
    """lower lowers lowered lowering cut cuts cutting reduce reduces reduced reducing drop drops dropped dropping fall
    falls fell fallen falling slash slashed down halve halved shrink shrank shrunk"""
)
_CHANGING = word_set(
    """revise revises revised revising correct corrects corrected correcting amend amends amended amending update
    updates updated updating adjust adjusted change changed go goes gone went move moved"""
)
_MOVES = _RAISING | _LOWERING | _CHANGING
_HEADS = word_set(
    """toll tally count number numbers figure figures total totals estimate estimates dead killed deaths fatalities
    casualties wounded injured injuries missing displaced victims it that this confirmed hostages detained arrests
    bodies losses who people"""
)
_FIRST = word_set(
    """earlier previous initial preliminary first original prior provisional former older last previously initially
    originally formerly"""
)
_GIVEN = word_set("put given gave reported stood said counted announced estimated listed set was placed recorded cited")
_TOLD = _GIVEN | word_set("say says told tell confirmed believed thought feared")
_MORE = word_set("more another further additional new")
_ORDINALS = word_set(
    """second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth
    sixteenth seventeenth eighteenth nineteenth twentieth"""
)
_NEW = word_set("new updated revised latest final corrected")
_BREAKS = word_set('; : . ! ? " “ ”')
_BEHIND = word_set("earlier previously initially originally before")
_HEDGES = word_set("just only at least the a an of about around some nearly almost over more than total")
_POINTING = word_set("that this which it they these those")
_REACH = 10  # words before a figure within which a verb of change governs it
_SHORT = 5  # words between "an earlier" and the figure, or behind one and "reported earlier"


class Revision(NamedTuple):
    """What a figure is to others: `updates` are the former figure that it replaces and those added to it, `change` by
    how many the words say it moved, below zero where it was lowered."""

    role: Role
    updates: tuple[Linked, ...] = ()
    change: int | None = None


def find_revisions(syntax: Syntax, found: Sequence[Linked]) -> dict[int, Revision]:
    """The revisions among the tolls of a document, given in text order, by identity."""
    result: dict[int, Revision] = {}
    sentences: dict[int, list[Linked]] = {}
    for linked in found:
        if linked.part_of is None:
            sentences.setdefault(syntax.sentence_of(linked.quantity.first).number, []).append(linked)
    for number_, here in sorted(sentences.items()):
        _in_sentence(syntax, number_, here, sentences.get(number_ - 1, []), result)
    return result


def _in_sentence(
    syntax: Syntax, number_: int, here: Sequence[Linked], above: Sequence[Linked], result: dict[int, Revision]
) -> None:
    sentence = syntax.sentences[number_]
    words = [token.text.lower() for token in syntax.tokens[sentence.first : sentence.last]]
    at = {id(one): one.quantity.first - sentence.first for one in here}
    behind = {id(one): one.quantity.stop - sentence.first for one in here}
    former = [one for one in here if _is_former(words, at[id(one)], behind[id(one)])]
    told = [one for one in here if one not in former]
    once = [one for one in told if _is_once_told(words, at[id(one)])]
    revised = [one for one in told if _is_revised(words, at[id(one)], bool(former))]
    for old in former:  # "64, up from 58"
        before = [one for one in told if one.kind == old.kind and behind[id(one)] <= at[id(old)]]
        if before and not any(one.kind == old.kind for one in revised) and _leads_back(words, at[id(old)]):
            revised.append(before[-1])
    told = [one for one in told if one not in revised]
    added = [one for one in told if _is_added(words, at[id(one)], behind[id(one)], one, here)]
    for one in former:
        result[id(one)] = Revision("former")
    for one in added:
        result[id(one)] = Revision("added")
    points = bool(words) and words[0] in _POINTING
    roles = {id(one): result[id(one)].role for one in above if id(one) in result}
    for new in revised:
        once_told = [one for one in once if one.quantity.first < new.quantity.first and one is not new]
        olds = _nearest(new, former) or _nearest(new, once_told)
        olds = olds or _nearest(new, [one for one in above if roles.get(id(one)) == "former"])
        olds = olds or _nearest(new, [one for one in above if _is_once_told(*_placed(syntax, one))])
        more = _nearest(new, added)
        if not more and points:
            more = _nearest(new, [one for one in above if roles.get(id(one)) == "added"])
        for one in olds:
            result[id(one)] = Revision("former")
        result[id(new)] = Revision("revised", (*olds, *more), _change(words, at[id(new)], behind[id(new)]))


def _placed(syntax: Syntax, one: Linked) -> tuple[list[str], int]:
    """The lower-case words of a figure's sentence, and which of them it begins with."""
    sentence = syntax.sentence_of(one.quantity.first)
    words = [token.text.lower() for token in syntax.tokens[sentence.first : sentence.last]]
    return words, one.quantity.first - sentence.first


def _is_once_told(words: Sequence[str], at: int) -> bool:
    """Whether a clause tells what was once said: "police initially said five people", "earlier the toll was put at"."""
    before = _clause(words, at, 2 * _REACH)
    return bool(_BEHIND & set(before) or before[-2:] == ["first", "at"]) and bool(_TOLD & set(before))


def _nearest(new: Linked, among: Sequence[Linked]) -> tuple[Linked, ...]:
    same = [one for one in among if one.kind == new.kind]
    return (min(same, key=lambda one: abs(one.quantity.first - new.quantity.first)),) if same else ()


def _clause(words: Sequence[str], at: int, reach: int = _REACH) -> list[str]:
    """The words before a figure, the nearest first, as far as its clause goes."""
    found: list[str] = []
    for k in range(at - 1, max(-1, at - 1 - reach), -1):
        if words[k] in _BREAKS:
            break
        found.append(words[k])
    return found


def _skip(before: Sequence[str]) -> list[str]:
    """Without the words that only bound a figure."""
    k = 0
    while k < len(before) and before[k] in _HEDGES:
        k += 1
    return list(before[k:])


def _is_revised(words: Sequence[str], at: int, with_former: bool) -> bool:
    before = _clause(words, at)
    if not before:
        return False
    if before[0] == "to" or (before[0] == "of" and "total" in before[1:2]):
        moved = next((word for word in before[1:] if word in _MOVES), None)
        return moved is not None and bool(_HEADS & {*_clause(words, at, 2 * _REACH), *words[at : at + _SHORT]})
    if before[0] == "for" and list(words[at : at + 3]) == ["a", "total", "of"]:
        return True
    if before[0] in {"at", "number", "numbers", "totals", "total", "stands", "is", "are"}:
        return ("now" in before and bool(_HEADS & set(before))) or (
            with_former and before[0] == "at" and bool({"stands", "stood", "standing"} & set(before[:4]))
        )
    if before[0] == "now" and before[1:2] in (["is"], ["are"]) and _HEADS & set(before):
        return True
    return before[0] in {"of", "is", "was"} and bool(_NEW & set(before[1:5]) and _HEADS & set(before[1:4]))


def _is_former(words: Sequence[str], at: int, behind: int) -> bool:
    before = _clause(words, at)
    bare = _skip(before)
    if bare[:1] == ["from"]:
        return any(word in _MOVES for word in before[before.index("from") + 1 :]) or _follows_new(words, at)
    if before[:1] in (["of"], ["at"], ["as"], ["was"]) and _FIRST & set(before[1 : 1 + _SHORT]):
        return bool((_HEADS | _GIVEN) & set(before[1 : 1 + _SHORT]))
    if before[:1] in (["at"], ["as"]) and "had" in before[1:_SHORT] and (_GIVEN & set(before[1:3])):
        return True
    if before[:2] == ["was", "("]:
        return True
    after = list(words[behind : behind + _SHORT])
    given = next((k for k, word in enumerate(after) if word in _GIVEN and word != "was"), None)
    if given is None or not _BEHIND & {*after[given + 1 : given + 2], *after[given - 1 : given]}:
        return False
    return all(
        word in {"people", "had", "been", "deaths", "dead", "as", "was", "were"} | _BEHIND for word in after[:given]
    )


def _follows_new(words: Sequence[str], at: int) -> bool:
    """Whether a figure that is the goal of a change stands before: "rose to 23 on Saturday, from 9 on Friday"."""
    for k in range(at - 1, max(-1, at - 2 * _REACH), -1):
        if words[k] in {";", ":", "."}:
            return False
        if words[k] == "to" and number(words, k + 1) is not None:
            return bool(_MOVES & set(words[max(0, k - _REACH) : k]))
    return False


def _leads_back(words: Sequence[str], at: int) -> bool:
    """Whether "up from", "down from", "was" lead to a former figure right behind another."""
    bare = _skip(_clause(words, at))
    return bare[:1] in (["from"], ["not"], ["than"]) or words[max(0, at - 2) : at] == ["(", "was"]


def _is_added(words: Sequence[str], at: int, behind: int, one: Linked, here: Sequence[Linked]) -> bool:
    inside = words[at:behind]
    other = any(each.kind != one.kind and each.quantity.first < one.quantity.first for each in here)
    if other or "than" in words[at : behind + 2]:
        return False  # "killed three and wounded another four"
    more = words[behind : behind + 1] == ["more"]
    return more or bool(_MORE & set(inside)) or (inside[:1] in (["a"], ["the"]) and bool(_ORDINALS & set(inside[1:2])))


def _change(words: Sequence[str], at: int, behind: int) -> int | None:
    """The number of "climbed by six to 88", "up six to 88", "210 dead, ten more than the day before"."""
    start = max(0, at - _REACH)
    for k in range(at - 1, start, -1):
        if words[k] in _BREAKS:
            break
        told = number(words, k)
        if told is None or told[1] >= at or words[told[1]] not in {"to", ",", "more"}:
            continue
        if words[k - 1] in {"by", "up", "down"}:
            moved = next((word for word in reversed(words[start:k]) if word in _MOVES), "")
            return -told[0] if moved in _LOWERING else told[0]
    for k in range(behind, min(len(words) - 2, behind + _REACH)):
        if words[k] in _BREAKS:
            break
        told = number(words, k)
        if told is not None and words[told[1] + 1 : told[1] + 2] == ["than"]:
            sign = {"more": 1, "higher": 1, "fewer": -1, "less": -1, "lower": -1}.get(words[told[1]], 0)
            return sign * told[0] or None
    return None
