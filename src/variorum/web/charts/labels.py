"""Words in a drawing: names that are too long, and labels that must not stand on each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

LETTER = 6.6  # pixels of a letter of 12, about as wide as they come
_TALL = 14.0
_GAP = 3.0
_WHOLE = 0.7  # of a name's room that its whole words take, or it is cut within one


@dataclass(frozen=True)
class Spot:
    """What wants a label: `words`, at a point that nothing is to stand on for `room` pixels around."""

    words: str
    x: float
    y: float
    room: float


@dataclass(frozen=True)
class Label:
    """A label, by the middle of its foot."""

    words: str
    x: float
    y: float


Box = tuple[float, float, float, float]


def shortened(name: str, letters: int) -> str:
    """A name in so many letters. What stands in brackets at its end stays, for that tells namesakes apart: "Ministry of
    Foreign … (Iran)"."""
    if len(name) <= letters:
        return name
    head, bracket, tail = name.rpartition(" (")
    if bracket and len(tail) < letters // 2:
        return f"{_cut(head, letters - len(tail) - 3)} ({tail}"
    return _cut(name, letters)


def _cut(words: str, letters: int) -> str:
    """The words in so many letters, by whole words where these are not much fewer."""
    whole = words[:letters].rpartition(" ")[0]
    kept = whole if len(whole) > _WHOLE * letters else words[: letters - 1]
    return kept.rstrip(" ,;:–-") + "…"


def placed(spots: Sequence[Spot], within: Box, taken: Iterable[Box] = ()) -> list[Label | None]:
    """A label for each spot, in their order: above it, below, at its right or its left, wherever there is room first.
    Of two that would stand on each other the later has another place, or none where there is no room at all: its words
    stand in the table. `within` is where labels may stand, `taken` where they may not."""
    boxes = list(taken)
    found: list[Label | None] = []
    for spot in spots:
        wide = LETTER * len(spot.words)
        for x, y in _places(spot, wide):
            box = (x - wide / 2, y - _TALL + _GAP, x + wide / 2, y + _GAP)
            inside = box[0] >= within[0] and box[1] >= within[1] and box[2] <= within[2] and box[3] <= within[3]
            if inside and not any(_meet(box, other) for other in boxes):
                boxes.append(box)
                found.append(Label(spot.words, round(x, 1), round(y, 1)))
                break
        else:
            found.append(None)
    return found


def _places(spot: Spot, wide: float) -> Iterable[tuple[float, float]]:
    aside = wide / 2 + spot.room + _GAP
    above, below, beside = spot.y - spot.room - _GAP, spot.y + spot.room + _TALL - _GAP, spot.y + 4
    yield spot.x, above
    yield spot.x, below
    yield spot.x + aside, beside
    yield spot.x - aside, beside
    yield spot.x + aside, above
    yield spot.x - aside, above
    yield spot.x + aside, below
    yield spot.x - aside, below


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
