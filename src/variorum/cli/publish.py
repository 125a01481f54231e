"""``variorum publish``."""

from __future__ import annotations

from pathlib import Path

import click

from .editions import EDITION, Target
from .privacy import Privacy, privacy
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
@privacy("admin1")
@click.option("-q", "--quiet", is_flag=True, help="No progress on stderr.")
def command(edition: Target, output: Path, quiet: bool, shown: Privacy) -> None:
    """Write EDITION as pages that need no server: open index.html from a disk, or put the folder on any host."""
    from variorum.exports.privacy import secret_of, secret_path
    from variorum.pipeline import Edition, Progress
    from variorum.pipeline.published import PublishOptions
    from variorum.web.publishing import publish

    options = PublishOptions(privacy=shown.options())
    made_with = b"" if shown.names else secret_of(shown.secret or secret_path())
    progress = Progress() if quiet else TerminalProgress()
    with Edition.open(edition) as opened:
        try:
            done = publish(opened, output, secret=made_with, options=options, progress=progress)
        finally:
            progress.end()
    if done.problem is not None:
        click.echo(done.problem, err=True)
    click.echo(f"Site: {(output / 'index.html').resolve()} ({done.pages:,} pages)")
