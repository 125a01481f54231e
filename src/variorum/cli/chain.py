"""``variorum chain``."""

from __future__ import annotations

import click

from .editions import EDITION, Target, event_of

_EPILOG = """\b
Examples:
  variorum chain january.sqlite e-3f2a9c0117d0b84e
  variorum chain january.sqlite 3f2a                 the first digits are enough
  variorum chain january.sqlite 3f2a --json
"""


@click.command(epilog=_EPILOG, short_help="Print what an event answers and what answers it, as a ladder.")
@click.argument("edition", type=EDITION)
@click.argument("event")
@click.option("--json", "as_json", is_flag=True, help="The steps as JSON, each with the words that join it.")
def command(edition: Target, event: str, as_json: bool) -> None:
    """Print the chain of EVENT in EDITION: every event that it answers, follows or belongs to, and every one that
    answers it, however many steps away. Each step has its quad and its intensity on PLOVER's scale, so that escalation
    and de-escalation can be seen, and the words of the texts that say what it answers: order in time alone joins
    nothing."""
    import msgspec

    from variorum.coding import Ontology
    from variorum.exports.chains import chain, view
    from variorum.pipeline import Edition

    with Edition.open(edition) as opened:
        found = event_of(opened, event)
        steps = chain(opened.content, found.id, Ontology.load(), opened.quote)
        if as_json:
            whole = {"schema": opened.content.schema, "event": found.id, "steps": steps}
            click.echo(msgspec.json.encode(whole).decode("utf-8"))
        else:
            click.echo(view(steps, found.id))
