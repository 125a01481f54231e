"""``variorum annotate``."""

from __future__ import annotations

import sys

import click

from .main import EXIT_REJECTED
from .progress import TerminalProgress

_EPILOG = """\b
Examples:
  variorum annotate article.txt
  variorum annotate reports/ --layers times,places > layers.jsonl
  echo "Rebels seized the town on Monday." | variorum annotate -

Layers: times, places, actors, attributions, tolls, events. A layer brings along those that it points into. A document
is a line, in input order; an input that was rejected has a line with "rejected" and no layers, and the exit code is 3.
"""


@click.command(epilog=_EPILOG, short_help="Print the layers over each document as JSON Lines.")
@click.argument("inputs", nargs=-1, required=True, type=click.Path(path_type=str))
@click.option("--layers", default="all", show_default=True, help="The layers wanted, with commas between them.")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines, which it prints anyway.")
@click.option("--workers", type=click.IntRange(1), default=1, show_default=True, help="Processes that annotate.")
@click.option("-q", "--quiet", is_flag=True, help="No progress on stderr; rejected inputs are still named.")
def command(inputs: tuple[str, ...], layers: str, as_json: bool, workers: int, quiet: bool) -> None:
    """Print the layers over each document of INPUTS: times, places, actors, attributions, tolls and coded events,
    each with its exact characters."""
    import msgspec

    from variorum.pipeline import RunOptions, annotate
    from variorum.records import LAYERS

    asked = [layer.strip() for layer in layers.split(",") if layer.strip()]
    if unknown := sorted(set(asked) - {*LAYERS, "all"}):
        raise click.BadParameter(f"{unknown[0]!r} is no layer; there are {', '.join(LAYERS)}", param_hint="--layers")
    wanted = LAYERS if "all" in asked or not asked else tuple(layer for layer in LAYERS if layer in asked)
    progress = TerminalProgress(quiet=quiet)
    out = sys.stdout.buffer
    try:
        for document in annotate(
            inputs,
            layers=wanted,
            options=RunOptions(workers=workers),
            progress=progress,
            stdin=sys.stdin.buffer if "-" in inputs else None,
        ):
            out.write(msgspec.json.encode(document) + b"\n")
    finally:
        progress.end()
        out.flush()
    if progress.rejected:
        sys.exit(EXIT_REJECTED)
