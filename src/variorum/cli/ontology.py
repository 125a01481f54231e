"""``variorum ontology``."""

from __future__ import annotations

from pathlib import Path

import click

_EPILOG = """\b
Examples:
  variorum ontology
  variorum ontology mine.toml

docs/coding.md tells how to write one.
"""


@click.command(epilog=_EPILOG, short_help="Print what an ontology codes, and check it.")
@click.argument("file", required=False, type=click.Path(path_type=Path))
def command(file: Path | None) -> None:
    """Print the types and modes of the ontology in FILE, or of the packaged PLOVER, with their definitions, scores and
    examples. A broken FILE is refused with the reason."""
    from variorum.coding import Ontology
    from variorum.exports.coded import types

    click.echo(types(Ontology.load(file)))
