"""``variorum collate``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal

import click

from .editions import EDITION, Target
from .inputs import Sources, reads_inputs
from .main import EXIT_REJECTED, write_file
from .progress import TerminalProgress

_EPILOG = """\b
Examples:
  variorum collate reports/ -o january.sqlite          an edition in a file, and a summary
  variorum collate reports/ --open                     the same, and its page in the browser
  variorum collate a.txt b.html feed.jsonl --json      the edition as JSON on stdout
  cat reports.jsonl | variorum collate - -o e.sqlite   from stdin: JSON Lines, or one plain text
  variorum collate export.csv --map text=body,published=date
  variorum collate more/ -o january.sqlite             adds to it; nothing is done twice
  variorum collate reports/ -o 'postgresql://db.example.org/news?edition=january'
  variorum collate 's3://news/2024-01/*.warc.gz' --engine ray --address auto -o january.sqlite --parts january/
  variorum collate reports/ --model model.toml --allow-network     a model may propose; docs/models.md
  variorum collate reports/ --model model.toml                     the same from its cache, nobody is asked

Inputs are folders, .html, .mhtml, .txt, .md, .pdf, .jsonl, .json, .csv, .tsv, .warc, .wacz and .zip files, or - for
stdin; docs/inputs.md says what is read of each. An input that cannot be read is listed with its reason and never
stops the others; the exit code is then 3.
"""


@click.command(epilog=_EPILOG, short_help="Make an edition of all the accounts in some inputs.")
@reads_inputs
@click.option(
    "-o", "--output", type=EDITION, help="The edition's file (SQLite), or postgresql://… Added to if it exists."
)
@click.option("--format", "format_", type=click.Choice(["text", "json"]), help="What stdout gets; text without it.")
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("--open", "open_", is_flag=True, help="Write the edition as a page and open it in the browser.")
@click.option(
    "--model",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A TOML file that says which language model may propose what the rules leave open. None without it.",
)
@click.option("--workers", type=click.IntRange(1), default=1, show_default=True, help="Processes that annotate.")
@click.option(
    "--engine",
    type=click.Choice(["local", "ray"]),
    default="local",
    show_default=True,
    help="What runs the stages: processes here, or the machines of a Ray cluster (needs the extra variorum[cluster]).",
)
@click.option("--address", help="The Ray cluster's, as Ray has it: auto, 10.0.0.5:6379, ray://…; one here without it.")
@click.option(
    "--parts",
    type=click.Path(path_type=Path),
    help="A folder to write the edition's parts into, by month and whole stories, as `variorum partition` does.",
)
@click.option("-q", "--quiet", is_flag=True, help="No progress on stderr; rejected inputs are still named.")
def command(
    inputs: tuple[str, ...],
    sources: Sources,
    output: Target | None,
    format_: str | None,
    as_json: bool,
    open_: bool,
    model: Path | None,
    workers: int,
    engine: Literal["local", "ray"],
    address: str | None,
    parts: Path | None,
    quiet: bool,
) -> None:
    """Make an edition of all the accounts in INPUTS: events with every figure and claim, who says so, who copied whom.

    Without -o and --json the edition goes to a file named after the first input, in the current folder; that of
    stdin is not kept.
    """
    from variorum.pipeline import EngineOptions, RunOptions, collate

    if address is not None and engine == "local":
        raise click.UsageError("--address is of a cluster: add --engine ray")
    if as_json and format_ == "text":
        raise click.UsageError("--json and --format text: name one of them")
    as_json = as_json or format_ == "json"
    if open_ and isinstance(output, str):
        raise click.UsageError(
            "--open writes a page beside a file; `variorum export --format html -o` writes one of this"
        )
    if output is None and (open_ or (not as_json and inputs[0] != "-")):
        output = default_output(inputs[0])
    if parts is not None and output is None:
        raise click.UsageError("--parts are those of an edition that is kept: name one with -o")
    asker = None
    if model is not None:
        from variorum.models import Asker, read_settings

        asker = Asker(read_settings(model), may_ask=sources.may_ask)
    progress = TerminalProgress(quiet=quiet)
    try:
        edition = collate(
            inputs,
            output=output,
            options=RunOptions(
                workers=workers, reading=sources.reading, engine=EngineOptions(name=engine, address=address)
            ),
            progress=progress,
            stdin=sys.stdin.buffer if "-" in inputs else None,
            fetcher=sources.fetcher,
            asker=asker,
        )
    finally:
        progress.end()
    with edition:
        if as_json:
            click.echo(edition.to_json())
        else:
            from .show import summary

            click.echo(summary(edition))
            if output is not None:
                click.echo(f"Edition: {edition.path}")
        page = output.with_suffix(".html") if isinstance(output, Path) else None
        if page is not None and (open_ or page.exists()):  # a page beside an edition is never of an older run
            write_page(edition.to_html(), page, show=open_, quiet=as_json)
    if parts is not None and output is not None:
        from variorum.pipeline.partitions import partition

        click.echo(f"Parts:   {len(partition(output, parts).parts)} in {parts}", err=as_json)
    if progress.rejected:
        sys.exit(EXIT_REJECTED)


def default_output(first: str) -> Path:
    """A file in the current folder named after an input: ``reports/`` → ``reports.sqlite``."""
    stem = "edition" if first == "-" else Path(first).resolve().name.split(".")[0].strip("*?[]{}")
    return Path(f"{stem or 'edition'}.sqlite")


def write_page(html: str, path: Path, *, show: bool, quiet: bool) -> None:
    """Write a page and, where asked to, show it in the browser; `quiet` keeps stdout for data."""
    import webbrowser

    write_file(path, html)
    click.echo(f"Page:    {path.resolve()}", err=quiet)
    if show and not webbrowser.open(path.resolve().as_uri()):
        click.echo(f"no browser was found; open {path.resolve()}", err=True)
