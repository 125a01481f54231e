"""``variorum tokens``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from variorum.web import TokenFile

_EPILOG = """\b
Examples:
  variorum tokens add desk --scope read
  variorum tokens add ines --scope read --scope review
  variorum tokens list
  variorum tokens remove desk
"""
_FILE = click.option("--file", type=click.Path(path_type=Path), help="The file of tokens; the user's own without it.")


@click.group(epilog=_EPILOG, short_help="Who may use a server: make, list and take away tokens.")
def command() -> None:
    """Say who may do what on a server of this user. A token is shown once, when it is made; only its hash is kept. What
    it may be good for: read (everything but writing), review (rulings on what is one event or one origin), ingest
    (adding documents)."""


@command.command("add")
@click.argument("name")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    type=click.Choice(["read", "review", "ingest"]),
    default=["read"],
    show_default=True,
    help="What it is good for; may be repeated.",
)
@_FILE
def add(name: str, scopes: tuple[Any, ...], file: Path | None) -> None:
    """Make a token called NAME and print it."""
    click.echo(_tokens(file).add(name, scopes))


@command.command("list")
@_FILE
def list_(file: Path | None) -> None:
    """List the tokens by name, each with what it is good for."""
    for token in _tokens(file).tokens():
        click.echo(f"{token.name}  {', '.join(token.scopes)}")


@command.command("remove")
@click.argument("name")
@_FILE
def remove(name: str, file: Path | None) -> None:
    """Take the token called NAME away; it is refused from now on."""
    _tokens(file).remove(name)


def _tokens(file: Path | None) -> TokenFile:
    from variorum.web import TokenFile, tokens_path

    return TokenFile(file or tokens_path())
