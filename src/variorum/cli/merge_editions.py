"""``variorum merge-editions``."""

from __future__ import annotations

import click

from .editions import EDITION, Target
from .progress import TerminalProgress

_EPILOG = """\b
Examples:
  variorum merge-editions desk-a.sqlite desk-b.sqlite -o both.sqlite
  variorum merge-editions parts/ -o whole.sqlite        the parts that `variorum partition` made
  variorum merge-editions january.sqlite february.sqlite -o 'postgresql://db.example.org/news?edition=year'

The result is that of collating all inputs at once; what was annotated before is not annotated again. Rulings of all
editions hold in it; where they contradict each other nothing is written.
"""


@click.command(epilog=_EPILOG, short_help="Put editions together, as if all had been collated at once.")
@click.argument("editions", nargs=-1, required=True, type=EDITION)
@click.option("-o", "--output", type=EDITION, required=True, help="The edition to make. Added to if it exists.")
@click.option("--workers", type=click.IntRange(1), default=1, show_default=True, help="Processes that annotate.")
@click.option("--json", "as_json", is_flag=True, help="The edition as JSON on stdout.")
@click.option("-q", "--quiet", is_flag=True, help="No progress on stderr.")
def command(editions: tuple[Target, ...], output: Target, workers: int, as_json: bool, quiet: bool) -> None:
    """Put the pages and rulings of EDITIONS together into one edition, and compute it anew."""
    from variorum.pipeline import RunOptions
    from variorum.pipeline.merging import merge_editions

    from .show import summary

    progress = TerminalProgress(quiet=quiet)
    try:
        merged = merge_editions(editions, output, options=RunOptions(workers=workers), progress=progress)
    finally:
        progress.end()
    with merged:
        click.echo(merged.to_json() if as_json else summary(merged))
        if not as_json:
            click.echo(f"Edition: {merged.path}")
