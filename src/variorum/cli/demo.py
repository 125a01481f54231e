"""``variorum demo``."""

from __future__ import annotations

import sys
from importlib.resources import as_file, files
from pathlib import Path

import click

from .progress import TerminalProgress

_EPILOG = """\b
Examples:
  variorum demo
  variorum demo -o try.sqlite --open
"""


@click.command(epilog=_EPILOG, short_help="Make an edition of the bundled reports and show it.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("demo-edition.sqlite"),
    show_default=True,
    help="The edition's file; its page is written beside it. An old demo edition there is replaced.",
)
@click.option("--json", "as_json", is_flag=True, help="The edition as JSON on stdout.")
@click.option("--open", "open_", is_flag=True, help="Open the page in the browser.")
@click.option("-q", "--quiet", is_flag=True, help="No progress on stderr.")
def command(output: Path, as_json: bool, open_: bool, quiet: bool) -> None:
    """Make an edition of the bundled reports: eleven short pages of invented outlets, in our own words, on the exchange
    of strikes between Iran and Pakistan in January 2024."""
    from variorum.pipeline import collate
    from variorum.store import open_store

    from .collate import write_page
    from .show import summary

    if output.exists():
        open_store(output).close()  # refuses what is no edition
        for name in (output, output.with_name(output.name + "-wal"), output.with_name(output.name + "-shm")):
            name.unlink(missing_ok=True)
    progress = TerminalProgress(quiet=quiet)
    with as_file(files("variorum") / "data" / "demo") as folder:
        try:
            edition = collate(folder, output=output, progress=progress)
        finally:
            progress.end()
    page = output.with_suffix(".html")
    with edition:
        click.echo(edition.to_json() if as_json else summary(edition))
        html = edition.to_html()
    if not as_json:
        click.echo(f"Edition: {output}")
    write_page(html, page, show=open_, quiet=as_json)
    sys.exit(0)  # the paywall stub among the reports is rejected on purpose
