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

    @property
    def may_ask(self) -> bool:
        """Whether the user allowed the network."""
        return self.fetcher is not None


def reads_inputs(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command ``--map``, ``--published``, ``--allow-network``, ``--contact`` and ``--hosts``; what they say
    comes to it as `sources`."""

    @wraps(command)
    def wrapped(
        maps: tuple[str, ...],
        published: str | None,
        allow_network: bool,
        contact: str | None,
        hosts: int,
        **given: Any,
    ) -> None:
        command(sources=Sources(_reading(maps, published), _fetcher(allow_network, contact, hosts)), **given)

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
    click.option(
        "--published",
        metavar="DATE",
        help="The date of publication of inputs that tell none themselves; relative times count from it.",
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


def _reading(maps: tuple[str, ...], published: str | None) -> PageOptions:
    from variorum.documents import readable_date
    from variorum.pages import ColumnMap, PageOptions

    if published is not None and readable_date(published) is None:
        raise click.BadParameter(
            f"{published!r} is no date, or has two readings; write 2024-01-18 or 2024-01-18T09:30+05:00",
            param_hint="--published",
        )
    columns = ColumnMap.parse(",".join(maps)) if maps else ColumnMap()
    return PageOptions(columns=columns, published=published)


def _fetcher(allow_network: bool, contact: str | None, hosts: int) -> Fetcher | None:
    if not allow_network:
        return None
    from variorum.pages.fetching import FetchOptions, WebFetcher

    return WebFetcher(FetchOptions(contact=contact, hosts=hosts))
