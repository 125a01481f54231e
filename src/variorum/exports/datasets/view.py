"""A comparison in words, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import shorten

from variorum.exports.lines import WIDTH, rule

from .comparison import Comparison, Difference, Pair

_NAMES = {"ged": "a table in UCDP GED's shape", "acled": "a table in ACLED's shape", "mapped": "a table"}


def view(found: Comparison, name: str) -> str:
    """What both have, with why and where their figures differ; then what only one has."""
    differing = [pair for pair in found.both if pair.differences]
    count, differ = len(found.both), len(differing)
    lines = [
        rule(f"Beside {name} ({_NAMES[found.shape]})"),
        f"both have {count} event{'s' * (count != 1)}, {differ} of them with other figures; "
        f"only the edition has {len(found.only_ours)}, only the table {len(found.only_theirs)}",
    ]
    if found.outside:
        rows = f"{found.outside} row{'s' * (found.outside != 1)}"
        lines.append(f"{rows} of the table lie at times or in countries of which the edition has no event")
    for title, pairs in (
        ("Both have, with other figures", differing),
        ("Both have", [pair for pair in found.both if not pair.differences]),
    ):
        if pairs:
            lines += ["", rule(title)]
            for pair in pairs:
                lines += _pair(pair)
    if found.only_ours:
        lines += ["", rule("Only the edition has")]
        lines += [f"  {shorten(each.headline, WIDTH - 24)} · {each.event}" for each in found.only_ours]
    if found.only_theirs:
        lines += ["", rule("Only the table has")]
        lines += [f"  row {each.row}{_called(each.id)}: {shorten(each.told, WIDTH - 24)}" for each in found.only_theirs]
    return "\n".join(lines)


def _called(id_: str) -> str:
    return f" ({id_})" if id_ else ""


def _pair(pair: Pair) -> Iterator[str]:
    yield f"  {shorten(pair.headline, WIDTH - 24)} · {pair.event}"
    why = ", ".join(reason.note for reason in pair.reasons)
    yield f"    row {pair.row}{_called(pair.id)}, alike by {pair.score:.0%}: {why}"
    for each in pair.differences:
        yield f"    {_difference(each)}"
    for told in pair.readings:
        yield f"      here: {shorten(told, WIDTH - 14)}"


def _difference(each: Difference) -> str:
    ours = "no one figure" if each.ours is None else str(each.ours)
    theirs = "no figure" if each.theirs is None else str(each.theirs)
    return f"{each.field}: {ours} here, {theirs} there"
