"""``variorum diff``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from .editions import EDITION, Target

if TYPE_CHECKING:
    from variorum.pipeline.differences import Change, Differences, EventChange, EventState

_EPILOG = """\b
Examples:
  variorum diff monday.sqlite tuesday.sqlite
  variorum diff monday.sqlite tuesday.sqlite --json

Events are matched by the words that tell them, whatever their ids.
"""
_SIGNS = {"added": "+", "gone": "-", "merged": "»", "split": "«", "regrouped": "×", "changed": "~"}


@click.command(epilog=_EPILOG, short_help="Print what changed between two editions.")
@click.argument("a", type=EDITION)
@click.argument("b", type=EDITION)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def command(a: Target, b: Target, as_json: bool) -> None:
    """Print what changed from edition A to edition B: documents and events that came or went, events that were merged
    or split, fields and readings that differ, claims, links and contradictions, and the versions of what made them."""
    import msgspec

    from variorum.pipeline import Edition

    with Edition.open(a) as one, Edition.open(b) as other:
        found = one.differences(other)
    if as_json:
        click.echo(msgspec.json.encode({"schema": "variorum/1", **msgspec.structs.asdict(found)}).decode("utf-8"))
    elif found.none:
        click.echo("nothing has changed")
    else:
        click.echo("\n".join(_lines(found)))


def _lines(found: Differences) -> Iterator[str]:
    if found.events:
        yield f"Events: {_counted(each.kind for each in found.events)}"
        for change in found.events:
            yield from _event_lines(change)
    named = (
        ("Documents", found.documents),
        ("Claims", found.claims),
        ("Links", found.links),
        ("Contradictions", found.contradictions),
        ("Versions", found.versions),
    )
    for head, changes in named:
        if changes:
            yield f"{head}: {_counted(map(_kind, changes))}"
            for each in changes:
                yield from _change_lines(each, ids=head in ("Documents", "Versions"))


def _counted(kinds: Iterator[str]) -> str:
    told = list(kinds)
    return ", ".join(f"{told.count(kind)} {kind}" for kind in _SIGNS if kind in told)


def _kind(change: Change) -> str:
    return "added" if change.before is None else "gone" if change.after is None else "changed"


def _state(event: EventState) -> str:
    return f"{event.id}  {event.headline}"


def _event_lines(change: EventChange) -> Iterator[str]:
    sign = _SIGNS[change.kind]
    if change.kind == "changed":
        yield f"  {sign} {_state(change.after[0])}"
        for field in change.fields:
            yield f"      {field.field}: {field.before or '—'} → {field.after or '—'}"
    elif len(change.before) + len(change.after) == 1:
        yield f"  {sign} {_state((*change.before, *change.after)[0])}"
    else:
        yield f"  {sign} {change.kind}"
        yield from (f"      - {_state(event)}" for event in change.before)
        yield from (f"      + {_state(event)}" for event in change.after)


def _change_lines(change: Change, *, ids: bool) -> Iterator[str]:
    name = f"{change.id}  " if ids else ""
    if change.before is None or change.after is None:
        sign = "+" if change.before is None else "-"
        yield f"  {sign} {name}{change.before if change.after is None else change.after}"
    else:
        yield f"  ~ {name}{change.before} → {change.after}"
