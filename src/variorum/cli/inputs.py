"""What every command that reads inputs asks of the user about them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, NamedTuple

import click

if TYPE_CHECKING:
    from variorum.pages import PageOptions
    from variorum.pages.fetching import Fetcher


class Sources(NamedTuple):
    """How inputs are read, and who fetches addresses where the user allows it."""

    reading: PageOptions
    fetcher: Fetcher | None


def reads_inputs(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command ``--map``, ``--allow-network``, ``--contact`` and ``--hosts``; what they say comes to it as
    `sources`."""

    @wraps(command)
    def wrapped(maps: tuple[str, ...], allow_network: bool, contact: str | None, hosts: int, **given: Any) -> None:
        command(sources=_sources(maps, allow_network, contact, hosts), **given)

    for option in reversed(_OPTIONS):
        wrapped = option(wrapped)
    return wrapped


_OPTIONS = (
    click.argument("inputs", nargs=-1, required=True, type=click.Path(path_type=str)),
    click.option(
        "--map",
        "maps",
        multiple=True,
        metavar="FIELD=COLUMN,…",
        help="Which column (CSV, TSV) or key (JSON) holds what: text=body,published=date. Fields: text, id, title, "
        "published, url, outlet, language.",
    ),
    click.option("--allow-network", is_flag=True, help="Let addresses among the inputs be fetched. Off without it."),
    click.option(
        "--contact",
        envvar="VARIORUM_CONTACT",
        show_envvar=True,
        help="An e-mail or web address that the sites see, to write to whoever fetches.",
    ),
    click.option(
        "--hosts",
        type=click.IntRange(1, 32),
        default=4,
        show_default=True,
        help="Hosts that are asked at once. One host is asked for one page at a time, two seconds apart at least.",
    ),
)


def _sources(maps: tuple[str, ...], allow_network: bool, contact: str | None, hosts: int) -> Sources:
    from variorum.pages import ColumnMap, PageOptions

    reading = PageOptions(columns=ColumnMap.parse(",".join(maps))) if maps else PageOptions()
    if not allow_network:
        return Sources(reading, None)
    from variorum.pages.fetching import FetchOptions, WebFetcher

    return Sources(reading, WebFetcher(FetchOptions(contact=contact, hosts=hosts)))
