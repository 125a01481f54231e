"""``variorum read``."""

from __future__ import annotations

import sys

import click

from .inputs import Sources, reads_inputs
from .main import EXIT_REJECTED
from .progress import TerminalProgress

_EPILOG = """\b
Examples:
  variorum read article.html                           the page's text by its parts, and where each date was found
  variorum read crawl.warc.gz > documents.jsonl        a document a line
  variorum read export.csv --map text=body,published=date,outlet=source.name
  variorum read reports.zip --rejected                 those that were rejected too, each with its reason
  variorum read https://example.org/report --allow-network

Inputs are folders, .html, .mhtml, .txt, .md, .pdf, .jsonl, .json, .csv, .tsv, .warc, .wacz and .zip files (each but
the last two also with .gz), addresses where the network is allowed, or - for stdin; docs/inputs.md has the details.
Nothing is stored. What was rejected is named on stderr with its reason, and the exit code is then 3; pictures, scripts
and their like are counted as skipped, and change no exit code.
"""


@click.command(epilog=_EPILOG, short_help="Print the documents that inputs hold.")
@reads_inputs
@click.option("--json", "as_json", is_flag=True, help="JSON Lines; what it prints where stdout is no terminal.")
@click.option("--view", "as_view", is_flag=True, help="To read: each part by its kind, each date with where it stood.")
@click.option("--rejected", "with_rejected", is_flag=True, help="Print what was rejected too, with its reason.")
@click.option("-q", "--quiet", is_flag=True, help="No progress on stderr; rejected inputs are still named.")
def command(
    inputs: tuple[str, ...], sources: Sources, as_json: bool, as_view: bool, with_rejected: bool, quiet: bool
) -> None:
    """Print the documents that INPUTS hold: the text, its parts by what they are, title, outlet, date, address and
    language with where each was found."""
    import msgspec

    from variorum.pipeline import read_documents

    if as_json and as_view:
        raise click.UsageError("--json and --view: name one of them")
    viewed = as_view or (sys.stdout.isatty() and not as_json)
    progress = TerminalProgress(quiet=quiet)
    out = sys.stdout.buffer
    try:
        documents = read_documents(
            inputs,
            options=sources.reading,
            progress=progress,
            stdin=sys.stdin.buffer if "-" in inputs else None,
            fetcher=sources.fetcher,
        )
        for document in documents:
            if document.rejected is not None and not with_rejected:
                continue
            if viewed:
                from variorum.exports.document_text import view

                out.write(view(document, color=sys.stdout.isatty()).encode() + b"\n\n")
            else:
                out.write(msgspec.json.encode(document) + b"\n")
        out.flush()
    finally:
        progress.end()
    if progress.rejected:
        sys.exit(EXIT_REJECTED)
