"""Score the times that are found against the project's own gate of times.

    python tools/score_times.py --half tune [--errors] [--json]

A gold time is found where one with the same characters is; its `value` is right where type and value are equal too.
`value_f1` counts those over all that are told and all that are found. `bounds` are the shares of gold times with stated
bounds that have both, `anchors` of those told from an event with the relation and the word of the event.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gold import annotated, f1, main, read, share
from variorum.records import TimeExpression


class Scored:
    """One text: its gold, what was found, and the pairs of both with the same characters."""

    def __init__(self, row: dict[str, Any], found: tuple[TimeExpression, ...]) -> None:
        self.row, self.found = row, found
        self.gold: list[dict[str, Any]] = row["gold"]["times"]
        by_span = {(time.start, time.end): time for time in found}
        self.pairs = [(g, by_span.get((g["start"], g["end"]))) for g in self.gold]

    def right(self, gold: dict[str, Any], time: TimeExpression | None) -> bool:
        return time is not None and (gold["type"], gold["value"]) == (time.type, time.value)

    def bounded(self, gold: dict[str, Any], time: TimeExpression | None) -> bool:
        return time is not None and (gold["earliest"], gold["latest"]) == (time.earliest, time.latest)

    def anchored(self, gold: dict[str, Any], time: TimeExpression | None) -> bool:
        if time is None or time.anchor is None or time.anchor.relation != gold["anchor"]["relation"]:
            return False
        trigger: str = self.row["text"][time.anchor.trigger.start : time.anchor.trigger.end]
        return gold["anchor"]["trigger"] in trigger


def score(half: str) -> list[Scored]:
    """Every text of a part."""
    rows = read("times", half)
    return [Scored(row, document.times) for row, document in zip(rows, annotated(rows, ["times"]), strict=True)]


def figures(scored: Sequence[Scored]) -> dict[str, Any]:
    """Counts and shares over some texts."""
    pairs = [(one, g, time) for one in scored for g, time in one.pairs]
    found = sum(len(one.found) for one in scored)
    bounded = [one.bounded(g, time) for one, g, time in pairs if "earliest" in g]
    anchored = [one.anchored(g, time) for one, g, time in pairs if "anchor" in g]
    return {
        "gold": len(pairs),
        "found": found,
        "span_f1": f1(sum(time is not None for _, _, time in pairs), found, len(pairs)),
        "value_f1": f1(sum(one.right(g, time) for one, g, time in pairs), found, len(pairs)),
        "bounds": share(sum(bounded), len(bounded)),
        "anchors": share(sum(anchored), len(anchored)),
    }


def _show(one: Scored) -> None:
    told = {(g["start"], g["end"]) for g in one.gold}
    misses = [f"- {g}" for g, time in one.pairs if not one.right(g, time)]
    misses += [f"~ {g}" for g, t in one.pairs if one.right(g, t) and "earliest" in g and not one.bounded(g, t)]
    misses += [f"@ {g}" for g, t in one.pairs if "anchor" in g and not one.anchored(g, t)]
    extra = [time for time in one.found if (time.start, time.end) not in told or misses]
    if misses or extra:
        print(f"== {one.row['id']} ({one.row['construction']})  {one.row['text']}")
        print(*(f"  {line}" for line in misses), sep="\n")
        print(*(f"  + {t.text!r} {t.type} {t.value} {t.earliest} {t.latest}" for t in extra), sep="\n")


if __name__ == "__main__":
    main(__doc__, score, figures, _show)
