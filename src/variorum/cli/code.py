"""``variorum code``."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .inputs import Sources, reads_inputs
from .main import EXIT_REJECTED
from .progress import TerminalProgress

if TYPE_CHECKING:
    from variorum.coding import Ontology
    from variorum.records import AnnotatedDocument

_EPILOG = """\b
Examples:
  variorum code article.txt
  echo "Rebels seized the town on Monday." | variorum code -
  variorum code reports/ --format csv > events.csv
  variorum code reports/ --ontology mine.toml --explain

Each text is coded by itself; variorum collate folds what many texts tell into events. variorum ontology prints what is
coded, and docs/coding.md tells how to write an ontology.
"""


@click.command(epilog=_EPILOG, short_help="Code who did what to whom in each document.")
@reads_inputs
@click.option("--ontology", type=click.Path(path_type=Path), help="An ontology of your own (TOML); PLOVER without it.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "csv", "json"]),
    default="text",
    show_default=True,
    help="To read; a row an event; or a document a line with all layers.",
)
@click.option("--explain", is_flag=True, help="Under each event the words and rules that gave its fields.")
@click.option("--workers", type=click.IntRange(1), default=1, show_default=True, help="Processes that annotate.")
@click.option("-q", "--quiet", is_flag=True, help="No progress on stderr; rejected inputs are still named.")
def command(
    inputs: tuple[str, ...],
    sources: Sources,
    ontology: Path | None,
    format_: str,
    explain: bool,
    workers: int,
    quiet: bool,
) -> None:
    """Code the events of each document of INPUTS: type, mode and status, actors and recipients, time, place, tolls, and
    on whose word it stands."""
    from variorum.coding import Ontology
    from variorum.pipeline import RunOptions, annotate

    known = Ontology.load(ontology)
    if explain and format_ != "text":
        raise click.UsageError("--explain is for --format text; JSON has each event's explanation anyway")
    progress = TerminalProgress(quiet=quiet)
    try:
        documents = annotate(
            inputs,
            ontology=ontology,
            options=RunOptions(workers=workers, reading=sources.reading),
            progress=progress,
            stdin=sys.stdin.buffer if "-" in inputs else None,
            fetcher=sources.fetcher,
        )
        _write(documents, known, format_, explain=explain)
    finally:
        progress.end()
    if progress.rejected:
        sys.exit(EXIT_REJECTED)


def _write(documents: Iterable[AnnotatedDocument], ontology: Ontology, format_: str, *, explain: bool) -> None:
    import msgspec

    from variorum.exports.coded import csv_lines, rows, view

    for number, document in enumerate(documents):
        if format_ == "json":
            click.echo(msgspec.json.encode(document))
        elif format_ == "csv":
            click.echo(csv_lines(rows(document, ontology), header=number == 0), nl=False)
        else:
            click.echo(view(document, explain=explain) + "\n")
