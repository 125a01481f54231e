"""How a command names an edition: a file, or an address in PostgreSQL."""

from __future__ import annotations

from pathlib import Path

import click

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
