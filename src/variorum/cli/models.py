"""``variorum models``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .editions import EDITION, Target
from .main import EXIT_ERROR

if TYPE_CHECKING:
    from variorum.records import Proposal
    from variorum.store import Reader

_EPILOG = """\b
Examples:
  variorum models check model.toml                     the settings, and what would be asked; nobody is
  variorum models check model.toml --allow-network     asks one question of an invented sentence
  variorum models list january.sqlite                  every proposal, accepted or not, and why
  variorum models list january.sqlite --rejected --json

Without a model nothing of this is used. docs/models.md says what a model may propose, and by what it is checked.
"""


@click.group(epilog=_EPILOG, short_help="What language models proposed, and whether one can be asked.")
def command() -> None:
    """Language models that may propose what the rules leave open: off by default, checked by rule, marked for good."""


@command.command("check", short_help="Read the settings of a model and say what they mean.")
@click.argument("settings", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--allow-network", is_flag=True, help="Ask one question of an invented sentence. Nothing is kept.")
def check(settings: Path, allow_network: bool) -> None:
    """Check the SETTINGS of a model; with --allow-network ask it one question. Exit code 1 where it fails."""
    from variorum.models import read_settings
    from variorum.models.trial import tried

    told = read_settings(settings)
    budget = told.budget
    money = "" if budget.money is None else f", {budget.money:g} in money"
    click.echo(f"Endpoint  {told.address}")
    click.echo(f"Model     {told.model}, seed {told.seed}, answers in {told.format}")
    click.echo(f"Key       {'none' if told.key_env is None else f'from {told.key_env}'}")
    click.echo(f"Asked of  {', '.join(told.reasons)}; at most {told.passages} passages in a run")
    click.echo(f"Budget    {budget.requests} requests, {budget.tokens} tokens{money}, in a run")
    click.echo(f"Cache     {told.cache}")
    if allow_network:
        good, line = tried(told)
        click.echo(f"Asked     {line}")
        if not good:
            sys.exit(EXIT_ERROR)


@command.command("list", short_help="Print every proposal of an edition, accepted or not, and why.")
@click.argument("edition", type=EDITION)
@click.option("--accepted", "only", flag_value="accepted", help="Only what was accepted.")
@click.option("--rejected", "only", flag_value="rejected", help="Only what was rejected.")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines, one proposal a line with its document.")
def list_(edition: Target, only: str | None, as_json: bool) -> None:
    """Print what models proposed for EDITION: the words that were quoted, and what became of each proposal."""
    import msgspec

    from variorum.store import open_store

    store = open_store(edition, create=False)
    try:
        with store.snapshot() as reader:
            counts = {"accepted": 0, "rejected": 0}
            for document, each in _proposals(reader):
                outcome = "accepted" if each.index is not None else "rejected"
                counts[outcome] += 1
                if only in (None, outcome):
                    told = {"document": document, **msgspec.to_builtins(each)}
                    click.echo(msgspec.json.encode(told).decode("utf-8") if as_json else _line(document, each))
    finally:
        store.close()
    if not as_json:
        click.echo(f"{counts['accepted']} accepted, {counts['rejected']} rejected")


def _proposals(reader: Reader) -> Iterator[tuple[str, Proposal]]:
    from variorum.records import EditionDocument

    for document in reader.records(EditionDocument):
        annotation = reader.annotation_of(document.id) if document.rejected is None else None
        for each in annotation.proposals if annotation is not None else ():
            yield document.id, each


def _line(document: str, each: Proposal) -> str:
    became = "accepted" if each.index is not None else f"rejected ({each.rejected}: {each.detail or 'no reply'})"
    return f"{document}@{each.start}-{each.end}  {each.kind} by {each.model}: {each.says}\n    {became}"
