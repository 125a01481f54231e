"""``variorum export``."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from variorum.exports.formats import FORMATS

from .editions import EDITION, Target
from .filters import Filters, filters_events
from .privacy import Privacy, privacy

if TYPE_CHECKING:
    from variorum.exports.formats import ExportOptions, Job
    from variorum.exports.formats.base import Format

_EPILOG = """\b
Examples:
  variorum export january.sqlite --format json > january.json
  variorum export january.sqlite --format html -o january.html
  variorum export january.sqlite --format ged --country PK --since 2024-01-01 > ged.csv
  variorum export january.sqlite --format parquet -o january_parquet
  variorum export january.sqlite --format atom --previous feed.atom -o feed.atom

\b
Formats:
""" + "".join(f"  {each.name:<20} {each.summary}\n" for each in FORMATS.values())


@click.command(epilog=_EPILOG, short_help="Write an edition in another format.")
@click.argument("edition", type=EDITION)
@click.option("--format", "format_", type=click.Choice(list(FORMATS)), help="json without it.")
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("--indent", type=click.IntRange(0, 8), default=0, show_default=True, help="Spaces a level of the JSON.")
@click.option("--search", "words", default="", metavar="WORDS", help="Events that answer these words, as in search.")
@click.option("--full-text", is_flag=True, help="With the texts, and quotations of any length; needs --names.")
@privacy("site")
@click.option(
    "--previous",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="The Atom feed written before: what changed since is updated, what is gone gets a tombstone.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="A file, or a folder; stdout without it.")
@filters_events
def command(
    edition: Target, format_: str | None, as_json: bool, indent: int, words: str, filters: Filters, output: Path | None,
    shown: Privacy, **given: object,
) -> None:  # fmt: skip
    """Write EDITION in another format, or its part about the events that answer the filters.

    A format of several files needs a folder, by -o. Private persons stand under pseudonyms without --names. Of one
    article no more than some 2,000 characters are quoted, and no text goes out whole, without --full-text. What is left
    out or cut is counted on stderr.
    """
    from variorum.pipeline import Edition
    from variorum.pipeline.exporting import job, note, told_of
    from variorum.records import EventQuery

    if as_json and format_ not in (None, "json"):
        raise click.UsageError(f"--json and --format {format_}: name one of them")
    chosen = FORMATS[format_ or "json"]
    if given["previous"] is not None and chosen.name != "atom":
        raise click.UsageError("--previous is for --format atom")
    if chosen.folder is not None and output is None:
        raise click.UsageError(f"{chosen.name} is several files: name a folder for them with -o")
    query = filters.query(words)
    options = _options(given, shown)
    with Edition.open(edition) as opened, job(opened, query, options) as found:
        digest = _written(found, chosen, indent, output)
        lines = list(found.notes())
    asked = {"of": "the events that answer a query"} if query != EventQuery() else {}
    problem = note(edition, chosen.name, output or digest, {**asked, **told_of(options)})
    for line in (*lines, *([problem] if problem else [])):
        click.echo(line, err=True)


def _written(found: Job, chosen: Format, indent: int, output: Path | None) -> str:
    """Write the format, and give the SHA-256 of what went to stdout."""
    from variorum.pipeline.exporting import pieces, write

    state = hashlib.sha256()
    if output is not None and not (indent and chosen.name == "json"):
        write(found, chosen, output)
        return ""
    for piece in _indented(found, indent, output) if indent and chosen.name == "json" else pieces(found, chosen):
        state.update(piece.encode())
        click.echo(piece, nl=False)
    return state.hexdigest()


def _options(given: dict[str, object], shown: Privacy) -> ExportOptions:
    from variorum.exports.formats import ExportOptions

    previous = given["previous"]
    text = previous.read_text(encoding="utf-8") if isinstance(previous, Path) else ""
    return ExportOptions(
        full_text=bool(given["full_text"]), previous=text, privacy=shown.options(), secret=shown.secret
    )


def _indented(found: Job, indent: int, output: Path | None) -> Iterator[str]:
    """The JSON with its lines indented, where it goes to stdout."""
    import msgspec

    from variorum.exports.formats.whole import content

    from .main import write_file

    text = msgspec.json.format(msgspec.json.encode(content(found)), indent=indent).decode("utf-8") + "\n"
    if output is None:
        yield text
    else:
        write_file(output, text)
