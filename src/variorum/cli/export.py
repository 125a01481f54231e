"""``variorum export``."""

from __future__ import annotations

from pathlib import Path

import click

from .main import write_file

_EPILOG = """\b
Examples:
  variorum export january.sqlite --format json > january.json
  variorum export january.sqlite --format html -o january.html
"""


@click.command(epilog=_EPILOG, short_help="Write an edition in another format.")
@click.argument("edition", type=click.Path(path_type=Path))
@click.option("--format", "format_", type=click.Choice(["json", "html"]), help="json without it.")
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("--indent", type=click.IntRange(0, 8), default=0, show_default=True, help="Spaces a level of the JSON.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="A file; stdout without it.")
def command(edition: Path, format_: str | None, as_json: bool, indent: int, output: Path | None) -> None:
    """Write EDITION in another format: json is the whole edition in the variorum/1 schema, html one self-contained
    page."""
    from variorum.pipeline import Edition

    if as_json and format_ == "html":
        raise click.UsageError("--json and --format html: name one of them")
    with Edition.open(edition) as opened:
        text = opened.to_html() if format_ == "html" else opened.to_json(indent=indent) + "\n"
    if output is None:
        click.echo(text, nl=False)
        return
    write_file(output, text)
