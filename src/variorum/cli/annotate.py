"""``variorum annotate``."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .inputs import Sources, reads_inputs
from .main import EXIT_REJECTED, write_file
from .progress import TerminalProgress

if TYPE_CHECKING:
    from variorum.records import AnnotatedDocument

_EPILOG = """\b
Examples:
  variorum annotate article.txt
  variorum annotate reports/ --layers times,places > layers.jsonl
  echo "Rebels seized the town on Monday." | variorum annotate - --view
  variorum annotate article.html --html layers.html
  variorum annotate article.txt --layers places --options mine.toml

Layers: times, places, actors, attributions, tolls, events. A layer brings along those that it points into. A document
is a line, in input order; an input that was rejected has a line with "rejected" and no layers, and the exit code is 3.
"""


@click.command(epilog=_EPILOG, short_help="Print the layers over each document as JSON Lines.")
@reads_inputs
@click.option("--layers", default="all", show_default=True, help="The layers wanted, with commas between them.")
@click.option(
    "--options",
    "options_file",
    type=click.Path(path_type=Path),
    help="A TOML file with a table of options a layer (docs/layers.md).",
)
@click.option("--json", "as_json", is_flag=True, help="JSON Lines, which it prints anyway.")
@click.option("--view", "as_view", is_flag=True, help="The texts with their layers marked, to read in the terminal.")
@click.option("--html", "page", type=click.Path(path_type=Path), help="Write a page of the texts with layers marked.")
@click.option("--workers", type=click.IntRange(1), default=1, show_default=True, help="Processes that annotate.")
@click.option("-q", "--quiet", is_flag=True, help="No progress on stderr; rejected inputs are still named.")
def command(
    inputs: tuple[str, ...],
    sources: Sources,
    layers: str,
    options_file: Path | None,
    as_json: bool,
    as_view: bool,
    page: Path | None,
    workers: int,
    quiet: bool,
) -> None:
    """Print the layers over each document of INPUTS: times, places, actors, attributions, tolls and coded events,
    each with its exact characters."""
    from variorum.pipeline import RunOptions, annotate, read_layer_options
    from variorum.records import LAYERS

    if as_json + as_view + (page is not None) > 1:
        raise click.UsageError("--json, --view and --html: name one of them")
    asked = [layer.strip() for layer in layers.split(",") if layer.strip()]
    if unknown := sorted(set(asked) - {*LAYERS, "all"}):
        raise click.BadParameter(f"{unknown[0]!r} is no layer; there are {', '.join(LAYERS)}", param_hint="--layers")
    wanted = LAYERS if "all" in asked or not asked else tuple(layer for layer in LAYERS if layer in asked)
    progress = TerminalProgress(quiet=quiet)
    try:
        documents = annotate(
            inputs,
            layers=wanted,
            layer_options=read_layer_options(options_file) if options_file is not None else None,
            options=RunOptions(workers=workers, reading=sources.reading),
            progress=progress,
            stdin=sys.stdin.buffer if "-" in inputs else None,
            fetcher=sources.fetcher,
        )
        _write(documents, as_view, page)
    finally:
        progress.end()
    if progress.rejected:
        sys.exit(EXIT_REJECTED)


def _write(documents: Iterable[AnnotatedDocument], as_view: bool, page: Path | None) -> None:
    """The documents as a page, as marked text, or as JSON Lines."""
    import msgspec

    from variorum.exports.layers import render, view

    if page is not None:
        write_file(page, render(documents))
        click.echo(page)
        return
    out = sys.stdout.buffer
    for document in documents:
        line = view(document, color=sys.stdout.isatty()).encode() if as_view else msgspec.json.encode(document)
        out.write(line + b"\n")
    out.flush()
