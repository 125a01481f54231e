"""``variorum publish``."""

from __future__ import annotations

from pathlib import Path

import click

from .editions import EDITION, Target
from .progress import TerminalProgress

_EPILOG = """\b
Examples:
  variorum publish january.sqlite -o site/
  variorum publish january.sqlite -o site/ --places city
  variorum publish january.sqlite -o site/ --names --places site

Private persons (nobody who holds an office or speaks for others) stand under pseudonyms, the same in all pages and not
to be undone without the secret that they are made with. Places are told no finer than their first-level division. Of
one article no more than some 2,000 characters are quoted; its text stays here.
"""


@click.command(epilog=_EPILOG, short_help="Write an edition as a site of plain files.")
@click.argument("edition", type=EDITION)
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="The folder of the site.")
@click.option("--names", is_flag=True, help="Private persons by their names.")
@click.option(
    "--places",
    type=click.Choice(["site", "city", "district", "admin1", "country"]),
    default="admin1",
    show_default=True,
    help="The finest grain of a place that is told.",
)
@click.option(
    "--secret",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file that pseudonyms are made with; your own without it. It is made where it is missing.",
)
@click.option("-q", "--quiet", is_flag=True, help="No progress on stderr.")
def command(edition: Target, output: Path, names: bool, places: str, secret: Path | None, quiet: bool) -> None:
    """Write EDITION as pages that need no server: open index.html from a disk, or put the folder on any host."""
    import msgspec

    from variorum.exports.privacy import PrivacyOptions, secret_of, secret_path
    from variorum.pipeline import Edition, Progress
    from variorum.pipeline.published import PublishOptions
    from variorum.web.publishing import publish

    privacy = msgspec.convert({"pseudonyms": not names, "places": places}, PrivacyOptions)
    made_with = b"" if names else secret_of(secret or secret_path())
    progress = Progress() if quiet else TerminalProgress()
    with Edition.open(edition) as opened:
        try:
            number = publish(
                opened, output, secret=made_with, options=PublishOptions(privacy=privacy), progress=progress
            )
        finally:
            progress.end()
    click.echo(f"Site: {(output / 'index.html').resolve()} ({number:,} pages)")
