"""Score the attributions that are found against the project's own gate of attributions.

    python tools/score_attributions.py --half tune [--errors] [--json]

A gold attribution is found where one has the same source (both overlap, or both have none), the same cue in that sense,
and content of which at least half the characters of both together are shared. `f1` counts those over all that are told
and all that are found; `stance` and `parent` are the shares of the found ones that have them right.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gold import annotated, f1, main, read, share
from variorum.records import Attribution, Span

_ROLES = ("source", "cue", "content")
_HALF = 0.5  # of the characters of both contents


class Scored:
    """One text: its gold, what was found, and which of the one is which of the other."""

    def __init__(self, row: dict[str, Any], found: tuple[Attribution, ...]) -> None:
        self.row, self.found = row, found
        self.gold: list[dict[str, Any]] = row["gold"]["attributions"]
        self.pairs: dict[int, int] = {}
        for g, gold in enumerate(self.gold):
            free = (k for k in range(len(found)) if k not in self.pairs.values() and _is(gold, found[k]))
            if (at := next(free, None)) is not None:
                self.pairs[g] = at

    def has_parent(self, g: int) -> bool:
        """Whether the found one is told inside of what the gold says it is."""
        parent = self.gold[g]["parent"]
        return self.found[self.pairs[g]].parent == (None if parent is None else self.pairs.get(parent, -1))

    def has_stance(self, g: int) -> bool:
        stance: str | None = self.gold[g]["stance"]
        return self.found[self.pairs[g]].stance == stance


def _is(gold: dict[str, Any], found: Attribution) -> bool:
    if not all(_meets(gold[role], spans) for role, spans in (("source", found.source), ("cue", found.cue))):
        return False
    told = {i for start, end in gold["content"] for i in range(start, end)}
    given = {i for span in found.content for i in range(span.start, span.end)}
    return len(told & given) >= _HALF * len(told | given)


def _meets(gold: Sequence[Sequence[int]], spans: Sequence[Span]) -> bool:
    if not gold or not spans:
        return bool(gold) == bool(spans)
    return any(start < span.end and span.start < end for start, end in gold for span in spans)


def score(half: str) -> list[Scored]:
    """Every text of a part."""
    rows = read("attributions", half)
    told = annotated(rows, ["attributions"])
    return [Scored(row, document.attributions) for row, document in zip(rows, told, strict=True)]


def figures(scored: Sequence[Scored]) -> dict[str, Any]:
    """Counts and shares over some texts."""
    gold, found = sum(len(one.gold) for one in scored), sum(len(one.found) for one in scored)
    pairs = [(one, g) for one in scored for g in one.pairs]
    return {
        "gold": gold,
        "found": found,
        "f1": f1(len(pairs), found, gold),
        "stance": share(sum(one.has_stance(g) for one, g in pairs), len(pairs)),
        "parent": share(sum(one.has_parent(g) for one, g in pairs), len(pairs)),
    }


def _show(one: Scored) -> None:
    text = one.row["text"]

    def words(spans: Sequence[Sequence[int]]) -> str:
        return " ~ ".join(text[start:end] for start, end in spans)

    lines = [
        f"- {' | '.join(words(gold[role]) for role in _ROLES)} {gold['stance']} in {gold['parent']}"
        for g, gold in enumerate(one.gold)
        if g not in one.pairs or not (one.has_stance(g) and one.has_parent(g))
    ]
    lines += [
        f"+ {words(each.source)} | {words(each.cue)} | {words(each.content)} {each.stance} in {each.parent}"
        for k, each in enumerate(one.found)
        if lines or k not in one.pairs.values()
    ]
    if lines:
        print(f"== {one.row['id']} ({one.row['construction']})  {text}", *(f"  {line}" for line in lines), sep="\n")


if __name__ == "__main__":
    main(__doc__, score, figures, _show)
