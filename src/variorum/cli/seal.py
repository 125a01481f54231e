"""``variorum seal``."""

from __future__ import annotations

from pathlib import Path

import click

from .editions import EDITION, Target

_EPILOG = """\b
Examples:
  variorum seal january.sqlite
  variorum seal january.sqlite --sign-with key.pem
  variorum seal january_parquet
  variorum verify january.sqlite --signed-by public.pem

A key comes from `openssl genpkey -algorithm ed25519 -out key.pem`, its public half from
`openssl pkey -in key.pem -pubout -out public.pem`.
"""


@click.command(epilog=_EPILOG, short_help="Seal an edition or exported files, so that any later change is detected.")
@click.argument("target", type=EDITION)
@click.option(
    "--sign-with",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    metavar="FILE",
    help="An Ed25519 private key (PEM).",
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="The seal; beside TARGET without it."
)
def command(target: Target, sign_with: Path | None, output: Path | None) -> None:
    """Seal TARGET, an edition or a folder of exported files: write the hash of its file and of every row (of every file
    of a folder) beside it. `variorum verify` then finds any change, to the byte. A sealed edition is not written to."""
    from variorum.pipeline.sealing import seal

    head = seal(target, sign_with=sign_with, output=output)
    where = output or f"{target}.seal"
    click.echo(f"{where}: {head.lines:,} {'rows' if head.head else 'lines'} sealed" + (", signed" if head.key else ""))
    if head.head is not None:
        click.echo(f"head of the log of custody: {head.head}")
