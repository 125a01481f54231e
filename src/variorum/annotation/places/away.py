"""How a text moves off the place that it names: "20 km north of Kharkiv", "on the outskirts of Peshawar", "the south of
Lebanon" (a part of it) and "south of Lebanon" (outside of it).

The words before a name are read from its end backwards: what stands between ("the capital, "), the relation, then the
distance. A distance that cannot be read in full is None, never the part of it that can be read.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_LOOKBACK = 140  # characters before a name in which a distance to it can stand

_POINT = r"(?:(?:north|south)(?:[-\s]?(?:east|west))?|east|west)"
_BEARING = rf"(?:(?:due|just|immediately|directly)\s+)?(?:(?:north|south|east|west)-)?{_POINT}"
_SIDE = rf"(?:(?:far|extreme|deep)[-\s]+)?(?:{_POINT}(?:ern(?:most)?)?|central)"
_SIDES = rf"{_SIDE}(?:(?:\s*,\s*|\s+)(?:(?:and|or)\s+)?{_SIDE})?"
_SIDE_NOUNS = r"(?:parts?|half|areas?|regions|sides?|sectors?|reaches|third|end|districts|neighbou?rhoods|provinces)"
_EDGE_NOUNS = r"(?:outskirts|edges?|fringes?|suburbs|periphery|approaches|environs|entrance|gates|shores?|banks?|coast)"
_MIDDLE = r"(?:cent(?:re|er)|heart|middle)"
_CLASS = r"(?:city|town|village|port|capital|border|township|camp|base|district|provinces?|region|suburb|island)"
# What may stand between a relation and the name: "the besieged town of", "the capital, ", "the border with".
_NEXT = rf"(?:\s+(?:the|its|their))?(?:(?:\s+[\w’'-]+){{0,3}}?\s+{_CLASS}(?:\s+(?:of|with)|,)?)?(?:\s+the)?\s+$"
_PART = re.compile(
    rf"(?:\b(?P<before>\w+)\s+)?\bthe\s+(?:country\W?s\s+)?(?:(?P<side>{_SIDES})(?:\s+{_SIDE_NOUNS})?|(?P<middle>{_MIDDLE}))"
    rf"\s+of{_NEXT}",
    re.IGNORECASE,
)
_PARTS = re.compile(rf"\b(?P<side>{_SIDES})(?:\s+{_SIDE_NOUNS}\s+of)?(?:\s+the)?\s+$", re.IGNORECASE)
_EDGE = re.compile(
    rf"\b(?:(?P<preposition>on|in|at|to|from|into|around)\s+)?(?:the|its)\s+(?P<edge>(?:{_SIDES}\s+)?{_EDGE_NOUNS})\s+of"
    rf"{_NEXT}",
    re.IGNORECASE,
)
_OFF = re.compile(
    rf"(?<!\w)(?P<relation>off(?:\s+(?:the|its)\s+(?:{_SIDES}\s+)?(?:coast|shores?)\s+of)?){_NEXT}", re.IGNORECASE
)
_BEYOND = re.compile(
    rf"\b(?P<relation>(?:to\s+the\s+)?{_BEARING}\s+(?:of|from)|away\s+from|outside(?:\s+of)?|close\s+to|near|"
    r"in\s+the\s+vicinity\s+of|short\s+of|inland\s+(?:of|from)|upstream\s+(?:of|from)|downstream\s+(?:of|from)|"
    rf"from|of|inside|into|beyond){_NEXT}",
    re.IGNORECASE,
)
# A relation's last word is among so many before the name, and holds one of these; the patterns are costly.
_BETWEEN = 8
_AWAY = ("of", "from", "close to", "near", "outside", "inside", "into", "beyond")
_POINTS = ("north", "south", "east", "west", "central")
_MEASURED_ONLY = frozenset({"from", "of", "away from", "inside", "into", "short of", "beyond"})
# Verbs that "off" belongs to: what they cut off is the place itself.
_PARTICLE = re.compile(
    r"\b(?:cut|seal|block|clos|tak|took|break|broke|fend|ward|lay|laid|fenc|wall|split|shut|show|pay|paid|call|kick|"
    r"hold|held|fight|fought|set|go|went|sell|sold|mark|cordon|start)\w*\s+$",
    re.IGNORECASE,
)
# After these "to the south of" says where something lies; after verbs of going, to which part it goes.
_LYING = re.compile(
    r"(?:\b(?:lie|lies|lay|lying|located|situated|is|are|was|were|be|been|stands?|stood|mass(?:ed|ing)?|stationed|"
    r"sits?|borders?|away|just|metres|meters|miles|kilomet(?:re|er)s|km|,|sea|country|countries|island|islands)\s*)$",
    re.IGNORECASE,
)

_UNITS = {"nautical": 1.852, "nm": 1.852, "k": 1.0, "mi": 1.609344, "m": 0.001, "y": 0.0009144, "f": 0.0003048}
_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS: dict[str, float] = {
    **{word: float(number) for number, word in enumerate(_ONES)},
    **{word: 10.0 * number for number, word in enumerate(_TENS, 2)},
    "a": 1.0, "an": 1.0, "half": 0.5, "quarter": 0.25, "dozen": 12.0, "score": 20.0, "couple": 2.0,
    "hundred": 100.0, "thousand": 1000.0,
}  # fmt: skip
_WORD = "(?:" + "|".join(sorted(_WORDS, key=lambda word: (-len(word), word))) + "|and|of|the)"
_DIGITS = r"\d[\d,.]*(?:\s*[½¼¾]|\s+\d/\d)?|[½¼¾]"
_NUMBER = rf"(?:{_DIGITS}|(?<![\w-]){_WORD}(?:[\s-]+{_WORD})*)"
_UNIT = r"(?:nautical\s+miles?|nmi?|kilomet(?:er|re)s?|kms?\.?|miles?|mi\.?|met(?:er|re)s?|m|yards?|yds?|feet|foot|ft)"
_MEASURE = re.compile(
    rf"(?:(?:(?P<low>{_NUMBER})(?:[\s-]*{_UNIT})?\s*(?:-|–|—|\bto\b|\bor\b)|\bbetween\s+(?P<least>{_DIGITS}|[\w-]+)\s+and)"
    rf"\s*)?(?P<number>{_NUMBER})?[\s-]*(?<![a-z])(?P<unit>{_UNIT})(?P<half>\s+and\s+a\s+half)?(?:\s*\([^)]{{0,40}}\))?"
    r"(?:\s*,?\s*\b(?:away|further|farther|inland|up|down|upstream|downstream|off|or\s+so|as\s+the\s+crow\s+flies|"
    r"by\s+road|deep|deeper|out\s+to\s+sea|offshore))*\s*,?\s*$",
    re.IGNORECASE,
)
_VAGUE = re.compile(r"\b(?:several|few|many|tens|dozens|hundreds|thousands|some\s+tens)(?:\s+of)?\s+$", re.IGNORECASE)
_TRAVELLED = re.compile(r"\b(?:drive|walk|ride|flight|march|journey|trek|sail)(?:\s+away)?\s+$", re.IGNORECASE)
_WITHIN = re.compile(r"\bwithin\s+(?:\w+\s+){0,2}[\w.,½-]+\s*[a-z]+\s+of\b", re.IGNORECASE)
_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75}


class Away(NamedTuple):
    """The relation as told, in lower case ("north of"; "in the south of" is a part), and the distance in kilometres:
    `low` only where the text gives a range."""

    relation: str | None = None
    low: float | None = None
    kilometres: float | None = None


def away(text: str, start: int, *, area: bool) -> Away:
    """What the words before character `start`, where a place's name begins, say of where about it something is. `area`
    tells that the place is a country or division: one goes "to the south of" it as to a part."""
    before = text[max(0, start - _LOOKBACK) : start]
    tail = " ".join(before.lower().split()[-_BETWEEN:])
    off = _OFF.search(before) if "off" in tail else None
    if off is not None and not _PARTICLE.search(before[: off.start()]):
        return _measured(before[: off.start()], off["relation"])
    if "of" in tail and (part := _edge(before) or _part(before, area=area)):
        return Away(part)
    beyond = _BEYOND.search(before) if any(word in tail for word in _AWAY) else None
    if beyond is None:
        return Away(_side(before)) if any(point in tail for point in _POINTS) else Away()
    found = _measured(before[: beyond.start()], beyond["relation"])
    if found.relation != "of":
        return found
    return Away("within", found.low, found.kilometres) if _WITHIN.search(before) else Away()


def _edge(before: str) -> str | None:
    edge = _EDGE.search(before)
    if edge is None:
        return None
    preposition = (edge["preposition"] or "on").lower()
    if edge["edge"].lower().endswith(("suburbs", "environs")):
        preposition = "in"
    return f"{preposition if preposition in ('in', 'at') else 'on'} the {_plain(edge['edge'])} of"


def _part(before: str, *, area: bool) -> str | None:
    """ "in the south of", "the eastern part of", "the heart of": parts of the place."""
    part = _PART.search(before)
    if part is None:
        return None
    if (part["before"] or "").lower() == "to" and (not area or _LYING.search(before[: part.start()].rstrip() + " ")):
        return None if part["side"] else f"in the {_plain(part['middle'])} of"
    return f"in the {_sides(part['side'])} of" if part["side"] else "in the centre of"


def _side(before: str) -> str | None:
    """ "northern Syria", "south Lebanon", "central Kabul": parts of the place too."""
    side = _PARTS.search(before)
    return f"in the {_sides(side['side'])} of" if side is not None else None


def _sides(words: str) -> str:
    """ "northern and eastern" → "north and east", "central" → "centre"."""
    plain = re.sub(r"(?<=t)ern(?:most)?\b|(?<=th)ern(?:most)?\b", "", _plain(words))
    return re.sub(r"^(?:far|extreme|deep)[-\s]+", "far ", plain.replace("central", "centre"))


def _plain(words: str) -> str:
    return " ".join(words.lower().split())


def _measured(before: str, relation: str) -> Away:
    """The relation with the distance that stands before it; some relations count only with one."""
    relation = re.sub(r"^(?:to the )?(?:(?:due|just|immediately|directly) )?", "", _plain(relation))
    measure = _MEASURE.search(before)
    if measure is None:
        told = relation not in _MEASURED_ONLY or (relation == "from" and _TRAVELLED.search(before) is not None)
        return Away(relation) if told else Away()
    if measure["number"] is None or _VAGUE.search(before[: measure.start()] + " "):
        return Away(relation)
    unit = measure["unit"].lower()
    factor = _UNITS["nautical" if unit[0] == "n" else unit[:2] if unit[:2] == "mi" else unit[0]]
    number, low = _value(measure["number"]), _value(measure["low"] or measure["least"] or "")
    if number is None:
        return Away(relation)
    if measure["half"]:
        number += 0.5
    lowest = round(low * factor, 3) if low is not None and low < number else None
    return Away(relation, lowest, round(number * factor, 3))


def _value(words: str) -> float | None:
    """The number that figures or words give: "3,5", "1,500", "two hundred and fifty", "half a", "2½"."""
    words = words.lower().strip().rstrip(".,")
    if not words:
        return None
    if words[0].isdigit() or words[0] in _FRACTIONS:
        return _figures(words)
    total = current = 0.0
    known = False
    for word in re.split(r"[\s-]+", words):
        if word not in _WORDS:
            continue
        value = _WORDS[word]
        if word in ("hundred", "thousand", "dozen", "score") and (known or current):
            current = (current or 1.0) * value
            if word == "thousand":
                total, current = total + current, 0.0
        elif word in ("a", "an") and known:
            continue  # "half a", "two and a half"
        elif word in ("half", "quarter") and current == 1.0 and words.startswith("a"):
            current = value
        else:
            current += value
        known = True
    return total + current if known else None


def _figures(words: str) -> float | None:
    match = re.fullmatch(r"(?P<whole>[\d,.]*)\s*(?:(?P<sign>[½¼¾])|(?P<over>\d)/(?P<under>\d))?", words)
    if match is None:
        return None
    whole = match["whole"]
    if re.fullmatch(r"\d+,\d{1,2}", whole):
        whole = whole.replace(",", ".")
    part = _FRACTIONS.get(match["sign"] or "", 0.0)
    if match["under"] and match["under"] != "0":
        part = int(match["over"]) / int(match["under"])
    try:
        return float(whole.replace(",", "") or 0) + part
    except ValueError:
        return None
