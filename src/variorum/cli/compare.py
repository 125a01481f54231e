"""``variorum compare``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .editions import EDITION, Target
from .main import write_file

if TYPE_CHECKING:
    from variorum.records import Document

_EPILOG = """\b
Examples:
  variorum compare monday.txt tuesday.html
  variorum compare d-1f3a d-77c0 -e january.sqlite    two documents of an edition; the first digits are enough
  variorum compare a.txt b.txt --html a-and-b.html
  variorum compare a.txt b.txt --json
"""


@click.command(epilog=_EPILOG, short_help="Print two texts side by side: what is shared, reworded, changed.")
@click.argument("a")
@click.argument("b")
@click.option("-e", "--edition", type=EDITION, help="Take A and B as documents of this edition.")
@click.option("--html", "page", type=click.Path(path_type=Path), help="Write a page of both instead.")
@click.option("--json", "as_json", is_flag=True, help="The aligned passages, the changes and the verdict as JSON.")
def command(a: str, b: str, edition: Target | None, page: Path | None, as_json: bool) -> None:
    """Print the texts A and B side by side: what both have, what one says in other words, which facts differ,
    quotations apart; above it, which derives from which, and why. A and B are files of one text each, or with -e
    documents of an edition by their ids or file names."""
    import msgspec

    from variorum.derivation import compare
    from variorum.exports.side_by_side import render, view

    if as_json and page is not None:
        raise click.UsageError("--json and --html: name one of them")
    one, other = _of_edition(edition, a, b) if edition is not None else (_of_file(a), _of_file(b))
    compared = compare(one, other)
    if page is not None:
        write_file(page, render(one, other, compared))
        click.echo(f"Page: {page.resolve()}")
    elif as_json:
        whole = {"from": one.id, "to": other.id, **compared._asdict()}
        click.echo(msgspec.json.encode(whole).decode("utf-8"))
    else:
        width, colored = _terminal()
        click.echo(view(one, other, compared, color=colored, width=width))


def _terminal() -> tuple[int, bool]:
    import shutil
    import sys

    return max(60, min(160, shutil.get_terminal_size((120, 40)).columns)), sys.stdout.isatty()


def _of_file(name: str) -> Document:
    from variorum.documents import make_document
    from variorum.errors import InputError
    from variorum.pages import read_pages
    from variorum.records import Page, Rejection

    found = list(read_pages([name]))
    if len(found) != 1:
        raise InputError(f"{name}: {len(found)} texts, and only one can be compared; make an edition and use -e")
    if isinstance(found[0], Rejection):
        raise InputError(found[0].line)
    assert isinstance(found[0], Page)
    document = make_document(found[0])
    if not document.text.strip():
        raise InputError(f"{name}: no text in it")
    return document


def _of_edition(path: Target, a: str, b: str) -> tuple[Document, Document]:
    from variorum.errors import EditionError
    from variorum.pipeline import Edition

    with Edition.open(path) as edition:
        found = []
        for name in (a, b):
            rows = [row for row in edition.documents if row.rejected is None]
            ids = [row.id for row in rows if name in (row.id, row.source)] or [
                row.id for row in rows if row.id.startswith(name) or row.source.endswith(f"/{name}")
            ]
            if len(ids) != 1:
                problem = "no document has" if not ids else f"{len(ids)} documents have"
                raise EditionError(f"{problem} an id or file name {name!r}; `variorum show` lists them")
            found.append(edition.document(ids[0]))
    return found[0], found[1]
