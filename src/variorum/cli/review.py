"""``variorum review``."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from .editions import EDITION, Target
from .progress import TerminalProgress

if TYPE_CHECKING:
    from variorum.pipeline.rulings import Make, Ruler

_EPILOG = """\b
Examples:
  variorum review merge january.sqlite e-3f2a e-91c0 --reason "one raid, two spellings"
  variorum review split january.sqlite e-3f2a d-77b1 d-c204
  variorum review copies january.sqlite d-77b1 d-c204
  variorum review independent january.sqlite d-77b1 d-c204 --by "Ines M."
  variorum review log january.sqlite
  variorum review undo january.sqlite r-0c1d

Every ruling is kept with its author, time and reason, is replayed at each later run, and can be taken back. It names
characters of texts and documents, never the events made of them, so it holds when more reports arrive.
"""

_by = click.option("--by", "author", metavar="NAME", envvar="VARIORUM_AUTHOR", help="Who rules; your login without it.")
_reason = click.option("--reason", metavar="TEXT", default="", help="Why, for those who read the log.")
_quiet = click.option("-q", "--quiet", is_flag=True, help="No progress on stderr.")
_edition = click.argument("edition", type=EDITION)


@click.group(epilog=_EPILOG, short_help="Rule what is one event or one origin, take it back, read the log.")
def command() -> None:
    """Correct an edition: events that are one, an event that is two, texts that are copies or are not. A ruling
    outweighs every score; the edition is computed anew at once."""


def _rules(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options that every ruling has."""
    for option in (_quiet, _reason, _by, _edition):
        function = option(function)
    return function


@command.command("merge", short_help="Events that are one.")
@_rules
@click.argument("events", nargs=-1, required=True)
def merge(edition: Target, events: tuple[str, ...], author: str | None, reason: str, quiet: bool) -> None:
    """Rule that EVENTS of EDITION are one event."""
    ruler = _ruler(author, reason)
    _rule(edition, lambda opened: ruler.merge(opened, events), quiet)


@command.command("split", short_help="Accounts in some documents are of another event.")
@_rules
@click.argument("event")
@click.argument("documents", nargs=-1, required=True)
def split(
    edition: Target, event: str, documents: tuple[str, ...], author: str | None, reason: str, quiet: bool
) -> None:
    """Rule that what DOCUMENTS tell under EVENT of EDITION is another event than what the other documents tell."""
    ruler = _ruler(author, reason)
    _rule(edition, lambda opened: ruler.split(opened, event, documents), quiet)


@command.command("copies", short_help="Documents that are of one origin.")
@_rules
@click.argument("documents", nargs=-1, required=True)
def copies(edition: Target, documents: tuple[str, ...], author: str | None, reason: str, quiet: bool) -> None:
    """Rule that DOCUMENTS of EDITION are of one origin: one witness, however many outlets."""
    ruler = _ruler(author, reason)
    _rule(edition, lambda opened: ruler.copies(opened, documents, are=True), quiet)


@command.command("independent", short_help="Documents none of which is a copy of another.")
@_rules
@click.argument("documents", nargs=-1, required=True)
def independent(edition: Target, documents: tuple[str, ...], author: str | None, reason: str, quiet: bool) -> None:
    """Rule that none of DOCUMENTS of EDITION is a copy of another."""
    ruler = _ruler(author, reason)
    _rule(edition, lambda opened: ruler.copies(opened, documents, are=False), quiet)


@command.command("undo", short_help="Take a ruling back.")
@_rules
@click.argument("ruling")
def undo(edition: Target, ruling: str, author: str | None, reason: str, quiet: bool) -> None:
    """Take back the RULING of EDITION with this id. To undo an undo puts the ruling in force again."""
    ruler = _ruler(author, reason)
    _rule(edition, lambda opened: ruler.undo(opened, ruling), quiet)


@command.command("log", short_help="Every ruling, with who made it, when and why.")
@click.option("--json", "as_json", is_flag=True, help="The log as JSON.")
@_edition
def log(edition: Target, as_json: bool) -> None:
    """Print the rulings of EDITION in the order they were made, those taken back too."""
    import msgspec

    from variorum.exports.rulings import log_lines
    from variorum.pipeline import Edition

    with Edition.open(edition) as opened:
        if as_json:
            click.echo(msgspec.json.encode(opened.decisions).decode("utf-8"))
        else:
            click.echo("\n".join(log_lines(opened.content)))


def _ruler(author: str | None, reason: str) -> Ruler:
    from variorum.pipeline.rulings import Ruler

    now = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return Ruler(author=author or getpass.getuser(), at=now, reason=reason)


def _rule(path: Target, make: Make, quiet: bool) -> None:
    from variorum.exports.rulings import changes, ruling_line
    from variorum.pipeline import Edition, Progress
    from variorum.pipeline.rulings import rule

    with Edition.open(path) as opened:
        before = opened.content
    progress = Progress() if quiet else TerminalProgress()
    try:
        decision, edition = rule(path, make, progress=progress)
    finally:
        progress.end()
    with edition:
        click.echo(ruling_line(decision))
        click.echo("\n".join(changes(before, edition.content)))
