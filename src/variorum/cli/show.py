"""``variorum show``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .editions import EDITION, Target

if TYPE_CHECKING:
    from variorum.pipeline import Edition

_EPILOG = """\b
Examples:
  variorum show january.sqlite
  variorum show january.sqlite --all
  variorum show january.sqlite --json
"""


@click.command(epilog=_EPILOG, short_help="List an edition's stories, events and disputes.")
@click.argument("edition", type=EDITION)
@click.option("--all", "all_", is_flag=True, help="Every event of every story, and the figures that were replaced.")
@click.option("--json", "as_json", is_flag=True, help="Stories and events as JSON.")
def command(edition: Target, all_: bool, as_json: bool) -> None:
    """List what EDITION holds: each story with its events in the order of time, their figures and who gives them, what
    is disputed, how many independent origins stand behind each; and the documents, the rejected ones with their
    reason. Of a story with many events, those that most independent origins tell."""
    import msgspec

    from variorum.pipeline import Edition

    with Edition.open(edition) as opened:
        if as_json:
            whole = {
                "schema": opened.content.schema,
                "stories": opened.stories,
                "events": opened.events,
                "documents": opened.documents,
            }
            click.echo(msgspec.json.encode(whole).decode("utf-8"))
        else:
            click.echo(summary(opened, whole=all_))


def summary(edition: Edition, *, whole: bool = False) -> str:
    """What an edition holds, for a terminal; `whole` with the events that fewest tell."""
    from variorum.exports import text

    return text.overview(edition.content, edition.quote, None if whole else text.MOST_EVENTS)
