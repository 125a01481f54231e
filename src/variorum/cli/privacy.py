"""The options of who is shown by name and how finely places are told, of the commands that let an edition out."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

if TYPE_CHECKING:
    from variorum.exports.privacy import PrivacyOptions


class Privacy(NamedTuple):
    """What was asked for; `secret` None is the user's own."""

    names: bool
    bylines: bool
    places: str
    secret: Path | None

    def options(self) -> PrivacyOptions:
        import msgspec

        from variorum.exports.privacy import PrivacyOptions

        told = {"pseudonyms": not self.names, "places": self.places, "bylines": self.bylines}
        return msgspec.convert(told, PrivacyOptions)


def privacy(places: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Gives a command its options of privacy as `shown`; `places` is the finest grain without the option."""

    def with_options(command: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(command)
        def gathered(*args: Any, **given: Any) -> Any:
            asked = {name: given.pop(name) for name in Privacy._fields}
            return command(*args, shown=Privacy(**asked), **given)

        for option in reversed(_options(places)):
            gathered = option(gathered)
        return gathered

    return with_options


def _options(places: str) -> list[Callable[[Any], Any]]:
    return [
        click.option("--names", is_flag=True, help="Private persons by their names."),
        click.option("--bylines/--no-bylines", default=True, show_default=True, help="Whether authors are named."),
        click.option(
            "--places",
            type=click.Choice(["site", "city", "district", "admin1", "country"]),
            default=places,
            show_default=True,
            help="The finest grain of a place that is told.",
        ),
        click.option(
            "--secret",
            type=click.Path(path_type=Path, dir_okay=False),
            help="The file that pseudonyms are made with; your own without it. It is made where it is missing.",
        ),
    ]
