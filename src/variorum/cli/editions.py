"""How a command names an edition: a file, or an address in PostgreSQL."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from variorum.pipeline import Edition
    from variorum.records import Event

Target = Path | str
"""A file, or a ``postgresql://`` address."""


class _EditionType(click.ParamType):  # type: ignore[type-arg]
    name = "path or URL"

    def convert(self, value: Target, param: click.Parameter | None, ctx: click.Context | None) -> Target:
        from variorum.store.base import is_url

        return value if isinstance(value, Path) or is_url(value) else Path(value)

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str | None:
        return None if isinstance(param, click.Argument) else "PATH|URL"


EDITION = _EditionType()


def event_of(edition: Edition, id_: str) -> Event:
    """The event of an id, or, where that is gone, the one that now tells what it told, with a note on stderr. Raises
    UnknownEventError where there is neither."""
    from variorum.errors import UnknownEventError

    try:
        return edition.event(id_)
    except UnknownEventError:
        later = edition.successor(id_)
        if later is None:
            raise
    click.echo(f"{id_} is gone; {later.id} tells now what it told", err=True)
    return later
