"""``variorum disputes``."""

from __future__ import annotations

import click

from .editions import EDITION, Target, event_of

_EPILOG = """\b
Examples:
  variorum disputes january.sqlite
  variorum disputes january.sqlite --event 3f2a      of one event; the first digits are enough
  variorum disputes january.sqlite --json
"""


@click.command(epilog=_EPILOG, short_help="Print where the accounts disagree, each reading beside the other.")
@click.argument("edition", type=EDITION)
@click.option("--event", help="Only those of this event.")
@click.option("--json", "as_json", is_flag=True, help="The disputes as JSON, each side with its evidence.")
def command(edition: Target, event: str | None, as_json: bool) -> None:
    """Print where the accounts in EDITION disagree: figures of one kind of harm, times and places that exclude each
    other, and what two speakers say that cannot both be true, of a number, a place or a day, of who attacked whom, of
    who did it, or whether it happened. Every side stands with its speaker, its date and its exact words; none is
    ruled on. A later figure of the same speaker is an update and no dispute."""
    import msgspec

    from variorum.exports.disputes import disputes, view
    from variorum.pipeline import Edition

    with Edition.open(edition) as opened:
        found = disputes(opened.content)
        if event is not None:
            wanted = event_of(opened, event).id
            found = [each for each in found if each.event == wanted]
        if as_json:
            whole = {"schema": opened.content.schema, "disputes": found}
            click.echo(msgspec.json.encode(whole).decode("utf-8"))
        else:
            click.echo(view(found, {document.id: document for document in opened.documents}, opened.quote))
