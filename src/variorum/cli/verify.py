"""``variorum verify``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .editions import EDITION, Target
from .main import EXIT_ERROR

if TYPE_CHECKING:
    from variorum.pipeline.faults import Fault

_EPILOG = """\b
Examples:
  variorum verify january.sqlite
  variorum verify january.sqlite --json
  variorum verify january.sqlite --head "$(cat january.head)"
  variorum verify january_parquet --signed-by public.pem

Exit code 1 where anything is broken.
"""
_FILE = click.Path(path_type=Path, dir_okay=False, exists=True)


@click.command(epilog=_EPILOG, short_help="Check all of an edition: pages, texts, offsets, evidence, custody, seal.")
@click.argument("edition", type=EDITION)
@click.option("--head", metavar="HASH", help="A head of the log of custody that was kept: the log must still have it.")
@click.option("--seal", "seal_path", type=_FILE, help="The seal; the one beside EDITION without it.")
@click.option("--signed-by", type=_FILE, help="The public key (PEM) that must have signed the seal.")
@click.option("--json", "as_json", is_flag=True, help="The faults as JSON.")
def command(edition: Target, head: str | None, seal_path: Path | None, signed_by: Path | None, as_json: bool) -> None:
    """Check EDITION against itself: that every page is what its id hashes, every offset lies inside its text, every
    quotation, figure and name stands where its evidence says, every id that is named exists, and the log of custody
    hangs together and fits the rest. A sealed edition, or a sealed folder of exported files, is checked against its
    seal too. Prints what is broken, a line each."""
    import msgspec

    found = []
    for fault in _faults(edition, head, seal_path, signed_by):
        found.append(fault)
        if not as_json:
            click.echo(str(fault))
    if as_json:
        click.echo(msgspec.json.encode({"schema": "variorum/1", "faults": found}).decode("utf-8"))
    elif not found:
        click.echo("all of it holds together")
    else:
        click.echo(f"{len(found)} fault{'s' * (len(found) != 1)}", err=True)
    if found:
        sys.exit(EXIT_ERROR)


def _faults(edition: Target, head: str | None, seal_path: Path | None, signed_by: Path | None) -> Iterator[Fault]:
    from variorum.errors import EditionError
    from variorum.pipeline import Edition
    from variorum.pipeline.faults import fault
    from variorum.pipeline.sealing import is_sealed, seal_faults

    sealed = seal_path is not None or signed_by is not None or is_sealed(edition)
    if sealed:
        yield from seal_faults(edition, signed_by=signed_by, seal_path=seal_path)
    if isinstance(edition, Path) and edition.is_dir() and sealed:
        return
    try:
        opened = Edition.open(edition)
    except EditionError as error:
        if not sealed:
            raise
        yield fault("the file", str(error))
        return
    with opened:
        yield from opened.faults(head)
