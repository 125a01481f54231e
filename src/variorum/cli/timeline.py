"""``variorum timeline``."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from .editions import EDITION, Target

if TYPE_CHECKING:
    from variorum.exports.series import Period

_EPILOG = """\b
Examples:
  variorum timeline january.sqlite
  variorum timeline january.sqlite --actor Pakistan --since 2024-01-16 --until 2024-01-31
  variorum timeline january.sqlite --dyads                 what each side did to the other, by day
  variorum timeline january.sqlite --dyads --by month --json
"""
_DAY = click.DateTime(["%Y-%m-%d"])


@click.command(
    epilog=_EPILOG, short_help="Print the events by time, or the scores between two sides by day, month or year."
)
@click.argument("edition", type=EDITION)
@click.option("--since", type=_DAY, metavar="DAY", help="Only events that may lie on this day or later.")
@click.option("--until", type=_DAY, metavar="DAY", help="Only events that may lie on this day or earlier.")
@click.option("--actor", metavar="NAME", help="Only events with an actor or recipient of this name, or part of a name.")
@click.option("--story", help="Only the events of this story; the first digits are enough.")
@click.option("--dyads", "as_dyads", is_flag=True, help="A series of PLOVER's scores for each pair of sides.")
@click.option("--by", type=click.Choice(["day", "month", "year"]), default="day", show_default=True, help="Of --dyads.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def command(
    edition: Target,
    since: datetime | None,
    until: datetime | None,
    actor: str | None,
    story: str | None,
    as_dyads: bool,
    by: Period,
    as_json: bool,
) -> None:
    """Print the events of EDITION in the order of time, each with its intensity on PLOVER's scale from -10, conflict,
    to 10, cooperation. With --dyads print what each side did to each other one, by period, counted in events and not in
    reports; what has no one day, month or year stands apart as open."""
    import msgspec

    from variorum.coding import Ontology
    from variorum.exports.series import dyads, view, view_dyads, within
    from variorum.pipeline import Edition

    with Edition.open(edition) as opened:
        story = opened.story(story).id if story is not None else None
        events = within(opened.events, _day(since), _day(until), actor, story)
        ontology = Ontology.load()
        cells = dyads(events, ontology, by) if as_dyads else []
        if as_json:
            told = {"dyads": cells} if as_dyads else {"events": events}
            click.echo(msgspec.json.encode({"schema": opened.content.schema, **told}).decode("utf-8"))
        else:
            click.echo(view_dyads(cells) if as_dyads else view(events, ontology))


def _day(given: datetime | None) -> date | None:
    return given.date() if given is not None else None
