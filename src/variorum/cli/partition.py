"""``variorum partition``."""

from __future__ import annotations

from pathlib import Path

import click

from .editions import EDITION, Target

_EPILOG = """\b
Examples:
  variorum partition year.sqlite -o year/
  variorum serve year/2024-01.sqlite                    a part is an edition of its own
  variorum merge-editions year/ -o whole.sqlite         and all parts are the whole again

A story stands whole in the month in which it begins. manifest.json lists the parts, and counts what ties one to
another.
"""


@click.command(epilog=_EPILOG, short_help="Write an edition as a folder of editions, by month and whole stories.")
@click.argument("edition", type=EDITION)
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="The folder to make; empty.")
@click.option(
    "--documents",
    type=click.IntRange(1),
    default=20_000,
    show_default=True,
    help="Documents of one part; a month with more has several.",
)
def command(edition: Target, output: Path, documents: int) -> None:
    """Write EDITION as a folder of editions by month, whole stories each, with a manifest."""
    from variorum.pipeline.partitions import PartOptions, partition

    manifest = partition(edition, output, options=PartOptions(documents=documents))
    for part in manifest.parts:
        click.echo(f"{part.file}: {part.stories} stories, {part.events} events, {part.documents} documents")
    click.echo(f"between parts: {manifest.links} links, {manifest.derivations} derivations")
