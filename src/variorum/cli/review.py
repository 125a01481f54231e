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
    from variorum.records import Verdict

CODED = ("type", "mode", "status", "time", "place", "actor", "recipient")
LAYER_NAMES = ("times", "places", "actors", "attributions", "tolls", "events")

_EPILOG = """\b
Examples:
  variorum review queue january.sqlite
  variorum review merge january.sqlite e-3f2a e-91c0 --reason "one raid, two spellings"
  variorum review split january.sqlite e-3f2a d-77b1 d-c204
  variorum review copies january.sqlite d-77b1 d-c204
  variorum review independent january.sqlite d-77b1 d-c204 --by "Ines M."
  variorum review reject january.sqlite e-5d10 --reason "a drill"
  variorum review recode january.sqlite e-3f2a place "Garissa, KE"
  variorum review fix-speaker january.sqlite c-0b7e "Ministry of Health"
  variorum review log january.sqlite
  variorum review undo january.sqlite r-0c1d

Every ruling is kept with its author, time and reason, is replayed at each later run, and can be taken back. It names
characters of texts and documents, never the events made of them, so it holds when more reports arrive.
"""

_by = click.option("--by", "author", metavar="NAME", envvar="VARIORUM_AUTHOR", help="Who rules; your login without it.")
_reason = click.option("--reason", metavar="TEXT", default="", help="Why, for those who read the log.")
_quiet = click.option("-q", "--quiet", is_flag=True, help="No progress on stderr.")
_edition = click.argument("edition", type=EDITION)


@click.group(epilog=_EPILOG, short_help="See what is disputed, correct it, take it back, read the log.")
def command() -> None:
    """Correct an edition: what is one event or one origin, what is no event, what is coded or attributed wrongly, what
    is no contradiction. A ruling outweighs every score; the edition is computed anew at once."""


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


def _verdict(name: Verdict, short: str, told: str) -> None:
    @command.command(name, short_help=short, help=told)
    @_rules
    @click.argument("events", nargs=-1, required=True)
    @_within
    def verdict(
        edition: Target, events: tuple[str, ...], author: str | None, reason: str, quiet: bool, within: tuple[str, ...]
    ) -> None:
        ruler = _ruler(author, reason)
        _rule(edition, lambda opened: ruler.verdict(opened, name, events, within), quiet)


_within = click.option(
    "--document", "within", metavar="ID", multiple=True, help="Only what this document tells; may be repeated."
)
_verdict(
    "accept", "Events that are right as they are coded.", "Rule that EVENTS of EDITION are right as they are coded."
)
_verdict("reject", "Events that are none.", "Rule that EVENTS of EDITION did not happen as told: they are left out.")
_verdict("unsure", "Events of which that cannot be said.", "Leave EVENTS of EDITION undecided, at the queue's end.")


@command.command("recode", short_help="An event coded otherwise: its type, time, place, who or whom.")
@_rules
@click.argument("event")
@click.argument("field", type=click.Choice(CODED))
@click.argument("value")
@_within
def recode(
    edition: Target,
    event: str,
    field: str,
    value: str,
    author: str | None,
    reason: str,
    quiet: bool,
    within: tuple[str, ...],
) -> None:
    """Rule that FIELD of EVENT of EDITION is VALUE: a type with or without a mode (ASSAULT/shoot), a status, days
    (2031-04-01 or 2031-04-01/2031-04-03), a place ("Garissa, KE" or a GeoNames id), or an actor as a text names it.
    An empty VALUE is none."""
    ruler = _ruler(author, reason)
    _rule(edition, lambda opened: ruler.recode(opened, event, field, value, within), quiet)


@command.command("fix-speaker", short_help="Words that someone else said.")
@_rules
@click.argument("words")
@click.argument("speaker")
def fix_speaker(edition: Target, words: str, speaker: str, author: str | None, reason: str, quiet: bool) -> None:
    """Rule that WORDS of EDITION (the id of a claim, or DOCUMENT@START-END) are said by SPEAKER; an empty SPEAKER is
    the text itself."""
    ruler = _ruler(author, reason)
    _rule(edition, lambda opened: ruler.fix_speaker(opened, words, speaker), quiet)


@command.command("fix-span", short_help="Words that a layer should mark instead of others.")
@_rules
@click.argument("layer", type=click.Choice(LAYER_NAMES))
@click.argument("words")
@click.argument("to")
def fix_span(edition: Target, layer: str, words: str, to: str, author: str | None, reason: str, quiet: bool) -> None:
    """Rule that what LAYER marks at WORDS (DOCUMENT@START-END) stands at TO (START-END) in the same text."""
    ruler = _ruler(author, reason)
    _rule(edition, lambda opened: ruler.fix_span(opened, layer, words, to), quiet)


@command.command("no-contradiction", short_help="What two sides say can both be true.")
@_rules
@click.argument("contradiction")
def no_contradiction(edition: Target, contradiction: str, author: str | None, reason: str, quiet: bool) -> None:
    """Rule that both sides of CONTRADICTION of EDITION can be right."""
    ruler = _ruler(author, reason)
    _rule(edition, lambda opened: ruler.no_contradiction(opened, contradiction), quiet)


@command.command("queue", short_help="What to look at first: what is told differently, and how much hangs on it.")
@click.option("-n", "--limit", type=click.IntRange(1), default=20, show_default=True, help="Tasks to print.")
@click.option("--json", "as_json", is_flag=True, help="The tasks as JSON Lines, all of them.")
@_edition
def queue(edition: Target, as_json: bool, limit: int) -> None:
    """Print what of EDITION a person should decide, the most disputed of the most weight first."""
    import msgspec

    from variorum.exports.tasks import queue_lines
    from variorum.pipeline import Edition
    from variorum.pipeline.review_queue import review_queue

    with Edition.open(edition) as opened, opened.snapshot() as frozen:
        found = review_queue(frozen)
        if as_json:
            for entry in found:
                click.echo(msgspec.json.encode(entry).decode("utf-8"))
        else:
            click.echo("\n".join(queue_lines(found[:limit], len(found))))


@command.command("undo", short_help="Take a ruling back.")
@_rules
@click.argument("ruling")
def undo(edition: Target, ruling: str, author: str | None, reason: str, quiet: bool) -> None:
    """Take back the RULING of EDITION with this id. To undo an undo puts the ruling in force again."""
    ruler = _ruler(author, reason)
    _rule(edition, lambda opened: ruler.undo(opened, ruling), quiet)


@command.command("log", short_help="Every ruling, with who made it, when and why.")
@click.option("--json", "as_json", is_flag=True, help="The log as JSON.")
@click.option("--csv", "as_csv", is_flag=True, help="The log as a table.")
@_edition
def log(edition: Target, as_json: bool, as_csv: bool) -> None:
    """Print the rulings of EDITION in the order they were made, those taken back too, and what this run of the machine
    finds otherwise than it was when they were made."""
    import msgspec

    from variorum.exports.rulings import log_lines, log_table
    from variorum.pipeline import Edition

    if as_json and as_csv:
        raise click.UsageError("--json and --csv: name one of them")
    with Edition.open(edition) as opened:
        if as_json:
            click.echo(msgspec.json.encode(opened.decisions).decode("utf-8"))
        elif as_csv:
            click.echo("".join(log_table(opened.decisions)), nl=False)
        else:
            flags = {flag.decision: flag.told for flag in opened.reviewed().flags()}
            click.echo("\n".join(log_lines(opened.decisions, flags)))


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
