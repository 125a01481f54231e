"""Writes docs/reference.md: every command with its options, every environment variable, every option from Python.

Each word of it is the program's own: the commands' ``--help``, and the records' docstrings and defaults.

    python tools/write_reference.py
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import click
import msgspec

from variorum.cli import main
from variorum.exports.datasets.comparison import PairingOptions
from variorum.exports.formats import ExportOptions
from variorum.exports.privacy import PrivacyOptions
from variorum.models import Budget, ModelSettings
from variorum.pages import ColumnMap, PageOptions
from variorum.pages.fetching import FetchOptions
from variorum.pipeline.collation import RunOptions
from variorum.pipeline.watching import WatchOptions
from variorum.records import DocumentQuery, EventQuery, Record
from variorum.web import ServeOptions

REFERENCE = Path(__file__).resolve().parents[1] / "docs" / "reference.md"
ENVIRONMENT = {
    "VARIORUM_CACHE": "the folder of files that are built once, the gazetteer; the user's cache folder without it",
    "VARIORUM_CONTACT": "`--contact` of the commands that read inputs: an e-mail or web address that sites see",
    "VARIORUM_AUTHOR": "`--by` of `variorum review`: who rules; your login without it",
}
"""What is set outside of the program, and what it does."""

OPTIONS: tuple[type[Record], ...] = (
    RunOptions, PageOptions, ColumnMap, FetchOptions, EventQuery, DocumentQuery, ExportOptions, PrivacyOptions,
    PairingOptions, ServeOptions, WatchOptions, ModelSettings, Budget,
)  # fmt: skip
"""The records that a user of the Python interface gives; those of the layers are told in docs/layers.md."""

_WIDTH = 100
_INTRO = """\
# Reference

Every command with its options, every environment variable and every option from Python, as the program itself has them
(`make reference` writes this page). What they are good for is told in the other pages.
"""


def render() -> str:
    """The whole page."""
    return "\n".join(
        [
            _INTRO,
            "## Commands\n",
            *_commands(_main()),
            "## Environment\n",
            "| variable | what it sets |\n|---|---|",
            *(f"| `{name}` | {told} |" for name, told in ENVIRONMENT.items()),
            "",
            "## Options from Python\n",
            *(_record(each) for each in OPTIONS),
        ]
    )


def _commands(context: click.Context) -> Iterator[str]:
    """A command's help, then that of the commands under it."""
    command = context.command
    told = "\n".join(line.rstrip() for line in command.get_help(context).splitlines())
    yield f"### `{context.command_path}`\n\n```text\n{told}\n```\n"
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            under = command.get_command(context, name)
            if under is not None and not under.hidden:
                yield from _commands(click.Context(under, parent=context, info_name=name, **under.context_settings))


def _main() -> click.Context:
    return click.Context(
        main, info_name="variorum", terminal_width=_WIDTH, max_content_width=_WIDTH, **main.context_settings
    )


def _record(record: type[Record]) -> str:
    rows = (
        f"| `{field.name}` | `{_type(field.type)}` | {_default(field)} |" for field in msgspec.structs.fields(record)
    )
    return "\n".join(
        [
            f"### `{record.__module__}.{record.__name__}`\n",
            f"{inspect.cleandoc(record.__doc__ or '')}\n",
            "| option | type | default |\n|---|---|---|",
            *rows,
            "",
        ]
    )


def _type(kind: object) -> str:
    """A type as it is written, without the modules of its parts."""
    told = kind.__name__ if isinstance(kind, type) and not getattr(kind, "__args__", ()) else str(kind)
    told = re.sub(r"\b(?:\w+\.)+(?=\w)", "", told)
    told = re.sub(r"Literal\[([^]]*)\]", lambda found: found[1].replace(", ", " or "), told)
    return re.sub(r"Optional\[(.*)\]", r"\1 | None", told).replace("|", "or")


def _default(field: msgspec.structs.FieldInfo) -> str:
    if field.required:
        return "needed"
    value = field.default_factory() if field.default is msgspec.NODEFAULT else field.default
    return "its own" if isinstance(value, msgspec.Struct) else f"`{value!r}`"


if __name__ == "__main__":
    REFERENCE.write_text(render(), encoding="utf-8")
