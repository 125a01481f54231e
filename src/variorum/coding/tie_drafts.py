"""A tie as a construction gives it, before it is known which events its sides stand for."""

from __future__ import annotations

import msgspec

from variorum.records.annotation import TieKind


class Draft(msgspec.Struct, frozen=True):
    """Tokens ``[first, last_word]`` tie what token `source` tells to what token `target` names.

    `without` is the part of the source's clause that names the other side. `target` None is what was told before:
    with `last` the act told last, else one that the source answers (`back`). `swapped` words put the later event in
    the target ("hours before the vote"). A `phrase` stands by itself, an `owned` noun ("their reply") for the last
    act of its owner; `touching` words tie only acts that react. `owner` is the actor that says so, `denied` set where
    the words deny the tie. `weak` words tie nothing to what no event tells; `like` words mean the only other act of the
    kind; `among` are the types that a
    target must have.
    """

    kind: TieKind
    first: int
    last_word: int
    source: int
    target: int | None
    without: int | None = None
    swapped: bool = False
    last: bool = False
    phrase: bool = False
    owned: bool = False
    touching: bool = False
    owner: int | None = None
    denied: bool = False
    back: bool = False
    weak: bool = False
    like: bool = False
    among: frozenset[str] | None = None
