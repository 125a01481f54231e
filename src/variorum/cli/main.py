"""The group of commands. A command's module is loaded when the command is named, so that --help stays quick."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import click

from variorum import __version__
from variorum.errors import EditionError, VariorumError

EXIT_ERROR, EXIT_REJECTED = 1, 3  # click itself exits with 2 where it does not understand the command

_COMMANDS = {
    "demo": "Make an edition of the bundled reports and show it.",
    "collate": "Make an edition of all the accounts in some inputs.",
    "watch": "Keep an edition current from feeds.",
    "read": "Print the documents that inputs hold.",
    "annotate": "Print the layers over each document as JSON Lines.",
    "code": "Code who did what to whom in each document.",
    "ontology": "Print what an ontology codes, and check it.",
    "search": "Find events or documents by words and filters.",
    "show": "List an edition's stories, events and disputes.",
    "dossier": "Print all that is told of one event, with who says so.",
    "timeline": "Print the events by time, or the scores between two sides by day, month or year.",
    "chain": "Print what an event answers and what answers it, as a ladder.",
    "disputes": "Print where the accounts disagree, each reading beside the other.",
    "origins": "Print who copied whom: each family of texts as a tree.",
    "compare": "Print two texts side by side: what is shared, reworded, changed.",
    "compare-dataset": "Lay a data set of events beside an edition: what both have, and where figures differ.",
    "models": "What language models proposed, and whether one can be asked.",
    "review": "See what is disputed, correct it, take it back, read the log.",
    "diff": "Print what changed between two editions.",
    "partition": "Write an edition as a folder of editions, by month and whole stories.",
    "merge-editions": "Put editions together, as if all had been collated at once.",
    "verify": "Check all of an edition: pages, texts, offsets, evidence, custody, seal.",
    "custody": "Print what was done to an edition: captures, runs, rulings, exports.",
    "redact": "Take documents out of an edition for good; a tombstone stays.",
    "seal": "Seal an edition or exported files, so that any later change is detected.",
    "export": "Write an edition in another format.",
    "publish": "Write an edition as a site of plain files.",
    "serve": "Serve an edition: the API under /api/v1.",
    "tokens": "Who may use a server: make, list and take away tokens.",
}

_EPILOG = """\b
Examples:
  variorum demo
  variorum collate reports/ -o january.sqlite --open
  variorum read crawl.warc.gz > documents.jsonl
  variorum annotate article.txt --layers times,places
  variorum code article.txt --ontology mine.toml
  variorum watch feeds.toml -o january.sqlite
  variorum show january.sqlite
  variorum search january.sqlite '"border guard" -training' --since 2024-01-16
  variorum dossier january.sqlite e-3f2a
  variorum origins january.sqlite
  variorum compare monday.txt tuesday.html
  variorum compare-dataset january.sqlite ged.csv
  variorum review merge january.sqlite e-3f2a e-91c0
  variorum diff monday.sqlite tuesday.sqlite
  variorum verify january.sqlite
  variorum seal january.sqlite
  variorum export january.sqlite --format json > january.json
  variorum publish january.sqlite -o site/
  variorum serve january.sqlite

\b
Exit codes:
  0  done
  1  could not be done; the message says why
  2  the command was not understood
  3  done, but some input was rejected; the messages and the edition say which and why
"""


class _Lazy(click.Group):
    """Knows every command's name and one line; loads its module when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"variorum.cli.{cmd_name.replace('-', '_')}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except VariorumError as error:
            click.echo(f"variorum: {error}", err=True)
            ctx.exit(EXIT_ERROR)
        except KeyboardInterrupt:
            click.echo("variorum: stopped; the same command goes on where it was", err=True)
            ctx.exit(EXIT_ERROR)


@click.group(cls=_Lazy, epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="variorum")
def main() -> None:
    """Every account of an event, side by side.

    Variorum takes all the reports of what happened between states or armed groups and gives back a dossier for every
    event: who did what to whom, when and where, coded in PLOVER; who says so, in exact words; where the accounts
    disagree; how many independent origins stand behind them; and what it answers. It never rules on who is right.
    It works offline.
    """


def write_file(path: Path, text: str) -> None:
    """Write what a user asked for. Raises EditionError with the file and the reason where it cannot be."""
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise EditionError(f"{path}: cannot be written: {error.strerror}") from error
