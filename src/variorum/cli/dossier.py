"""``variorum dossier``."""

from __future__ import annotations

import click

from .editions import EDITION, Target, event_of

_EPILOG = """\b
Examples:
  variorum dossier january.sqlite e-3f2a9c0117d0b84e
  variorum dossier january.sqlite 3f2a                 the first digits are enough
  variorum dossier january.sqlite 3f2a --json
"""


@click.command(epilog=_EPILOG, short_help="Print all that is told of one event, with who says so.")
@click.argument("edition", type=EDITION)
@click.argument("event")
@click.option("--json", "as_json", is_flag=True, help="The event, its claims and its links as JSON.")
def command(edition: Target, event: str, as_json: bool) -> None:
    """Print all that EDITION tells of one EVENT: what, who, when, where, every figure and claim with its speaker and
    exact words, where the accounts disagree, how many independent origins there are, and what it answers."""
    import msgspec

    from variorum.exports.text import dossier
    from variorum.pipeline import Edition

    with Edition.open(edition) as opened:
        found = event_of(opened, event)
        if as_json:
            whole = {
                "schema": opened.content.schema,
                "event": found,
                "claims": [claim for claim in opened.claims if claim.event == found.id],
                "contradictions": [item for item in opened.contradictions if item.event == found.id],
                "links": [link for link in opened.links if found.id in (link.source, link.target)],
            }
            click.echo(msgspec.json.encode(whole).decode("utf-8"))
        else:
            click.echo(dossier(opened.content, found, opened.quote))
