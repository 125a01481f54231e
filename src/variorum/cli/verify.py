"""``variorum verify``."""

from __future__ import annotations

import sys

import click

from .editions import EDITION, Target
from .main import EXIT_ERROR

_EPILOG = """\b
Examples:
  variorum verify january.sqlite
  variorum verify january.sqlite --json

Exit code 1 where anything is broken.
"""


@click.command(epilog=_EPILOG, short_help="Check every offset, quotation, figure and id of an edition.")
@click.argument("edition", type=EDITION)
@click.option("--json", "as_json", is_flag=True, help="The faults as JSON.")
def command(edition: Target, as_json: bool) -> None:
    """Check EDITION against itself: that every page is what its id hashes, every offset lies inside its text, every
    quotation and figure stands where its evidence says, and every id that is named exists. Prints what is broken, a
    line each."""
    import msgspec

    from variorum.pipeline import Edition

    with Edition.open(edition) as opened:
        found = []
        for fault in opened.faults():
            found.append(fault)
            if not as_json:
                click.echo(str(fault))
        if as_json:
            click.echo(msgspec.json.encode({"schema": "variorum/1", "faults": found}).decode("utf-8"))
        elif not found:
            click.echo("all of it holds together")
        else:
            click.echo(f"{len(found)} fault{'s' * (len(found) != 1)}", err=True)
    if found:
        sys.exit(EXIT_ERROR)
