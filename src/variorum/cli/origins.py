"""``variorum origins``."""

from __future__ import annotations

import shutil
import sys

import click

from .editions import EDITION, Target

_EPILOG = """\b
Examples:
  variorum origins january.sqlite
  variorum origins january.sqlite --story s-51c0     the first digits are enough
  variorum origins january.sqlite --all              texts of their own too
  variorum origins january.sqlite --json
"""


@click.command(epilog=_EPILOG, short_help="Print who copied whom: each family of texts as a tree.")
@click.argument("edition", type=EDITION)
@click.option("--story", help="Only the families of this story.")
@click.option("--all", "every", is_flag=True, help="List the texts of their own too, and what one family alone quotes.")
@click.option("--json", "as_json", is_flag=True, help="The trees and statements as JSON, with all evidence.")
def command(edition: Target, story: str | None, every: bool, as_json: bool) -> None:
    """Print the families of EDITION as trees: each text under the one it was made from, how and with which facts
    changed, and on top the text that stands behind them all, named where credits name it, also where it is not among
    the documents. A family is one witness, however many its members are. Below stand the statements that texts of
    several families quote, with each one's words."""
    import msgspec

    from variorum.exports.descent import family_trees, view
    from variorum.exports.statements import carried_statements, view_statements
    from variorum.pipeline import Edition

    with Edition.open(edition) as opened:
        story = opened.story(story).id if story is not None else None
        trees = family_trees(opened.content, opened.quote, story)
        statements = carried_statements(opened.content, opened.quote, story)
        if as_json:
            whole = {"schema": opened.content.schema, "origins": trees, "statements": statements}
            click.echo(msgspec.json.encode(whole).decode("utf-8"))
            return
        width = max(60, min(160, shutil.get_terminal_size((110, 40)).columns))
        color = sys.stdout.isatty()
        click.echo(view(trees, every=every, color=color, width=width))
        told = [each for each in statements if every or each.origins > 1]
        if told:
            click.echo("\n" + view_statements(told, color=color, width=width))
