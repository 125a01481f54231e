"""``variorum redact``."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime

import click

from .editions import EDITION, Target

_EPILOG = """\b
Examples:
  variorum redact january.sqlite d-77b1 --reason "names a witness"
"""


@click.command(epilog=_EPILOG, short_help="Take documents out of an edition for good; a tombstone stays.")
@click.argument("edition", type=EDITION)
@click.argument("documents", nargs=-1, required=True)
@click.option("--reason", required=True, metavar="TEXT", help="Why; it stays in the edition.")
@click.option("--by", "author", metavar="NAME", envvar="VARIORUM_AUTHOR", help="Who; your login without it.")
@click.confirmation_option(prompt="This cannot be undone. Take them out?")
def command(edition: Target, documents: tuple[str, ...], reason: str, author: str | None) -> None:
    """Take DOCUMENTS out of EDITION: their bytes, texts and all that was found of them. What stays is a tombstone with
    the hash of the bytes, who took them out, when and why; a run that meets the same bytes again leaves them out."""
    from variorum.pipeline.redaction import redact

    at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    redact(edition, documents, author=author or getpass.getuser(), at=at, reason=reason).close()
    click.echo(f"{len(documents)} taken out")
