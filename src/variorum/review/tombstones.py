"""Rulings on a document that is taken out of an edition: they stay in the log, and their words go."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

from msgspec.structs import replace

from variorum.records import Decision

GONE = "[taken out]"
"""Stands for the reason of a ruling whose words are gone."""
_CODES = frozenset({"type", "mode", "status", "time"})  # fields whose values are codes and days, and no words of a text

TextOf = Callable[[str], str | None]
"""The text of a document that stays; None where there is none."""


def tombstoned(log: Iterable[Decision], gone: Collection[str], text_of: TextOf) -> Iterator[Decision]:
    """The rulings of a log that must change where the documents `gone` are taken out, as they are then: without what
    the machine had and without the reason, which may repeat the text. What is said instead goes too, unless it is a
    code or offsets, or the ruling is on another document as well whose text says it. A ruling that takes back such a
    one loses its reason."""
    told: set[str] = set()
    for ruling in log:
        named = {words.rpartition("@")[0] or words for words in (*ruling.targets, *ruling.others)}
        if not named & {*gone, *told}:
            continue
        told.add(ruling.id)
        after, place = ruling.after, ruling.place
        if after is not None and ruling.action != "fix-span" and ruling.field not in _CODES:
            name = after.partition(" (")[0].casefold()
            if not any(name in (text_of(id_) or "").casefold() for id_ in sorted(named - {*gone})):
                after, place = None, None
        changed = replace(ruling, before=None, after=after, place=place, reason=ruling.reason and GONE)
        if changed != ruling:
            yield changed
