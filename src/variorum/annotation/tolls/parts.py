"""Lists, parts and wholes: "two soldiers and a driver", "seven people, including three women", "two of them"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from variorum.records import Syntax, TollKind

from .lexicon import word_set
from .links import Linked
from .quantities import Quantity

_INCLUDING = frozenset(
    {"including", "incl", "incl.", "among", "comprising", "namely", "included", "include", "includes", "involving"}
)
_OPENERS = frozenset({":", "(", "—", "–", "--", "-"})
_LISTING = frozenset(
    {",", "and", "or", "as", "well", "a", "an", "the", "also", "them", "at", "least", "both", "his", "her"}
)
CATEGORY: dict[str, TollKind] = {
    "dead": "killed",
    "killed": "killed",
    "deaths": "killed",
    "fatalities": "killed",
    "victims": "killed",
    "deceased": "killed",
    "wounded": "injured",
    "injured": "injured",
    "missing": "missing",
    "casualties": "casualties",
    "kidnapped": "captured",
    "abducted": "captured",
    "detained": "captured",
    "arrested": "captured",
    "hostages": "captured",
    "displaced": "displaced",
    "toll": "killed",
}
"""What befell those whom a noun of a toll names."""
_JOINING = word_set(", and or & their his her its")
_SEVERITY = word_set("seriously critically severely badly gravely slightly lightly fatally")
_NAMED = 6  # words that name one of several parts and join it to the next
_LISTED = 10  # words from one item of a list of places to the next
_MANY = 10**10  # an open bound
_WAS = frozenset({"was", "were", "is", "are"})
_TELLING = word_set("say hear tell add report claim note explain announce confirm write")
_NAMING = frozenset({"include", "included", "includes", "including", "was", "were", "are", "is"})


def spread(
    syntax: Syntax, words: Sequence[str], first: int, quantities: Sequence[Quantity], linked: dict[int, Linked]
) -> None:
    """Give the harm of one member of a plain list to the others: forwards behind a verb, backwards before one."""
    for number in range(1, len(quantities)):
        before = linked.get(number - 1)
        if number in linked or before is None or before.side not in {"left", "list", "named"}:
            continue
        if _acts(syntax, quantities[number], first + len(words)):
            continue
        if _joined(words, first, quantities[number - 1], quantities[number]) and _is_of_people(quantities[number]):
            linked[number] = _like(before, quantities[number], "list")
    for number in range(len(quantities) - 2, -1, -1):
        after = linked.get(number + 1)
        if number in linked or after is None or after.side not in {"right", "series", "named"}:
            continue
        if _acts(syntax, quantities[number], first + len(words)) or after.quantity.count.low == 0:
            continue
        if _joined(words, first, quantities[number], quantities[number + 1]) and quantities[number].person:
            linked[number] = _like(after, quantities[number], "series")


def _acts(syntax: Syntax, quantity: Quantity, last: int) -> bool:
    """Whether a verb of its own follows: "killed six and 200 mourners marched", "killed 12, an inquiry was told"."""
    if quantity.stop >= last or syntax.tokens[quantity.stop].lemma == "be":
        return False
    if syntax.tokens[quantity.stop].tag in {"VBD", "VBP", "VBZ", "MD", "VBN"}:
        return True
    head = syntax.tokens[quantity.stop - 1]
    verb = syntax.tokens[head.head]
    told = head.dep == "nsubj" and quantity.stop <= verb.i < last
    return told and verb.tag in {"VBD", "VBP", "VBZ"} and verb.lemma in _TELLING


def _like(member: Linked, quantity: Quantity, side: str) -> Linked:
    return Linked(quantity, member.kind, member.cue, side, member.uncertain, member.part_of)


def _is_of_people(quantity: Quantity) -> bool:
    return bool(quantity.person) and not quantity.counted


def _joined(words: Sequence[str], first: int, one: Quantity, other: Quantity) -> bool:
    between = words[one.stop - first : other.first - first]
    if between[-2:] in (["the", "remaining"], ["the", "other"]):
        between = between[:-2]  # "four women and the remaining six men"
    return 0 < len(between) <= 3 and all(word in _JOINING for word in between)


def find_parts(words: Sequence[str], first: int, quantities: Sequence[Quantity]) -> dict[int, int]:
    """For each quantity told to be part of another of its sentence, that one's index."""
    parts: dict[int, int] = {}
    for number in range(1, len(quantities)):
        quantity = quantities[number]
        between = words[quantities[number - 1].stop - first : quantity.first - first]
        near = between if len(between) <= 12 else between[-3:]
        last = quantities[number - 1].group
        after = words[quantity.stop - first : quantity.stop - first + 2]
        behind = words[quantity.stop - first + 1 : quantity.stop - first + 3]
        among = after == ["among", "them"] and between[-1:] == [","]
        if among or (after[:1] and after[0] in _WAS and behind == ["among", "them"]):
            parts[number] = parts.get(number - 1, number - 1)
            continue
        next_one = number - 1 in parts and quantity.person and _goes_on(between)
        if _opens(words, first, quantities[0]) and (quantity.elided or between[-1] in {"were", "was"} or next_one):
            most = quantities[0].count.high
            if most is None or (quantity.count.low or 0) <= most:
                parts[number] = 0
            continue
        told = set(near) & _INCLUDING and quantity.person is not False
        goes_on = number - 1 in parts and between and set(between) - {last} <= _LISTING and quantity.person
        adds_up = not quantity.counted and (
            (quantity.person and _sums(words, first, quantities, number, between))
            or _lists_places(words, first, quantities, number)
        )
        severe = (
            quantity.elided
            and between[-1:] == [","]
            and len(between) <= 8
            and _next_word(words, first, quantity) in _SEVERITY
        )
        larger = (quantity.count.low or 0) > (quantities[number - 1].count.low or 0)
        if _places_among(between) or (between in (["among"], ["of", "the"]) and larger):
            parts[number - 1] = number
            for k in range(number - 1, 0, -1):  # "five officers and two civilians were among the eleven"
                if k - 1 in parts or not _joined(words, first, quantities[k - 1], quantities[k]):
                    break
                parts[k - 1] = number
        elif quantity.partitive or between[-2:] == ["of", "whom"] or told or goes_on or adds_up or severe:
            nearest = number - 1
            while nearest and (quantities[nearest].count.high or _MANY) < (quantity.count.low or 0):
                nearest -= 1  # "nine members of a family, six of them children"
            whole = parts.get(nearest, nearest)
            told_of = sum(quantities[k].count.low or 0 for k, above in parts.items() if above == whole)
            most = quantities[whole].count.high
            if most is None or told_of + (quantity.count.low or 0) <= most:
                parts[number] = whole
    return parts


def _places_among(between: Sequence[str]) -> bool:
    """ "Were among", "is among the": what stands before is part of what stands behind."""
    plain = [word for word in between if word not in {"the", "those", "also", "these"}]
    return len(plain) == 2 and plain[0] in _WAS and plain[1] == "among"


def _opens(words: Sequence[str], first: int, quantity: Quantity) -> bool:
    """Whether a sentence begins with a whole: "Of the 40 injured, five …", "Among the nineteen dead were two …"."""
    return words[0] in {"of", "among"} and quantity.first - first == 2 and words[1] in {"the", "those"}


def _next_word(words: Sequence[str], first: int, quantity: Quantity) -> str:
    at = quantity.stop - first
    return words[at] if at < len(words) else ""


def _sums(
    words: Sequence[str], first: int, quantities: Sequence[Quantity], number: int, between: Sequence[str]
) -> bool:
    """Whether a list that a colon, a bracket, a dash or a comma opens adds up to the whole before it."""
    whole = quantities[number - 1].count
    if not between or whole.low is None or whole.low < 2 or len(between) > (30 if between[-1] in _OPENERS else 8):
        return False
    if between[-1] not in _OPENERS and list(between) != [","]:
        return False
    total, last = 0, number - 1
    for k in range(number, len(quantities)):
        if k > number and not _joined(words, first, quantities[k - 1], quantities[k]):
            break
        count = quantities[k].count
        if count.low is None or not (quantities[k].person or (k > number and quantities[k].elided)):
            return False
        total, last = total + count.low, k
    if between[-1] in _OPENERS:
        return total == whole.low or (total < whole.low and len(between) <= 8)
    return total == whole.low and last > number


def _goes_on(between: Sequence[str]) -> bool:
    """Whether a list of parts goes on over the words to a next one: "four were soldiers and | seven civilians"."""
    if between[-2:] in (["the", "remaining"], ["the", "other"]):
        between = between[:-2]
    return 0 < len(between) <= _NAMED and between[-1] in {"and", ",", "&"}


def _lists_places(words: Sequence[str], first: int, quantities: Sequence[Quantity], number: int) -> bool:
    """Whether bare numbers behind a colon, a bracket or a dash, each with what is told of it, come to the whole before:
    "19 people died: seven in the market, nine at the mosque and three in hospital"."""
    above = next((k for k in range(number - 1, -1, -1) if not quantities[k].elided), None)
    if above is None or (quantities[above].counted and quantities[above].count.article):
        return False
    total, opened = (
        quantities[above].count.low,
        words[quantities[above].stop - first : quantities[above + 1].first - first],
    )
    if not total or quantities[above].count.high != total or opened[-1:] == [] or opened[-1] not in _OPENERS - {"-"}:
        return False
    items = [q for q in quantities[above + 1 :] if q.elided or q.person]
    counts = [q.count.low for q in items if q.count.low == q.count.high and not q.counted]
    parted = all(b.first - a.stop <= _LISTED for a, b in pairwise(items))
    plain = len(counts) == len(items) >= 2 and parted and ";" not in words[items[0].first - first :]
    return plain and sum(count or 0 for count in counts) == total


def named_category(words: Sequence[str], first: int, quantity: Quantity) -> tuple[TollKind, int] | None:
    """The kind, and the token that says it, in "among the dead were …", "the wounded included …"."""
    at = quantity.first - first
    behind = words[quantity.stop - first : quantity.stop - first + 5]
    if (
        behind[1:3] in (["among", "the"], ["among", "those"])
        and behind[0] in {"was", "were", "is", "are"}
        and behind[3:4]
        and behind[3] in CATEGORY
    ):
        return CATEGORY[behind[3]], quantity.stop + 3
    if behind[:1] == ["of"] and behind[1:2] in (["the"], ["those"]) and behind[2:3] and behind[2] in CATEGORY:
        return CATEGORY[behind[2]], quantity.stop + 2
    for k in range(at - 1, max(-1, at - 10), -1):
        if words[k] in CATEGORY and k + 1 < at:
            verb, before = set(words[k + 1 : at]), words[max(0, k - 2) : k]
            if not before or before[-1] not in {"the", "those", "people", "death"}:
                return None
            listed = verb & {"include", "included", "includes", "including"}
            named = "among" in before and verb & _NAMING
            told = verb & {"was", "were"} and verb & {"identified", "named"}
            of_them = before[0] == "of" and words[k + 1 : at] == [","]
            return (CATEGORY[words[k]], first + k) if listed or named or told or of_them else None
    return None
