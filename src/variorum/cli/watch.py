"""``variorum watch``."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import click
import msgspec

from variorum.errors import EditionError

from .main import EXIT_ERROR

if TYPE_CHECKING:
    from variorum.pipeline.watching import Round, Watch

_EPILOG = """\b
Examples:
  variorum watch --check feeds.toml                     say what is wrong with it, and ask nobody
  variorum watch feeds.toml -o border.sqlite --once     one round, then end (for a timer of the system)
  variorum watch feeds.toml -o border.sqlite            a round every 15 minutes until Ctrl-C
  variorum watch feeds.toml -o border.sqlite --every 1h
  variorum watch --import reader.opml > feeds.toml      a feeds file from a feed reader's list

\b
A feeds file:
  contact = "desk@example.org"     # sites see it, and can write to you
  every = "15m"
  [[feed]]
  url = "https://news.example.org/rss.xml"

docs/watching.md has every key. This command uses the network; it asks each site's robots.txt first, one page at a
time. Each action is a line on stderr and in the log beside the edition; what a round brought goes to stdout.
"""


@click.command(epilog=_EPILOG, short_help="Keep an edition current from feeds.")
@click.argument("feeds", required=False, type=click.Path(path_type=Path), metavar="FEEDS.toml")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The edition's file. Added to if it exists.")
@click.option("--once", is_flag=True, help="One round, then end.")
@click.option("--every", metavar="TIME", help="Time between rounds (15m, 2h, 1d); the feeds file's without it.")
@click.option("--check", is_flag=True, help="Only say whether FEEDS.toml is right.")
@click.option("--import", "opml", type=click.Path(path_type=Path), metavar="OPML", help="Print a feeds file from OPML.")
@click.option("-q", "--quiet", is_flag=True, help="No lines on stderr; the log file has them.")
def command(
    feeds: Path | None, output: Path | None, once: bool, every: str | None, check: bool, opml: Path | None, quiet: bool
) -> None:
    """Keep an edition current: ask the feeds of FEEDS.toml politely, read what is new, and add it.

    It can be stopped at any moment and goes on where it was.
    """
    from variorum.pipeline.feeds_file import from_opml, parse_duration, read_feeds_file

    if opml is not None:
        click.echo(from_opml(opml), nl=False)
        return
    if feeds is None:
        raise click.UsageError("name a feeds file; `variorum watch --help` shows one")
    read = read_feeds_file(feeds)
    if every is not None:
        try:
            read = msgspec.structs.replace(read, every=parse_duration(every))
        except ValueError as error:
            raise click.BadParameter(str(error), param_hint="--every") from error
    if check:
        click.echo(f"{feeds}: right: {len(read.feeds)} feeds, a round every {read.every // 60} min")
        return
    if output is None:
        raise click.UsageError("name the edition with -o")

    from variorum.pipeline.watching import Watch, log_path

    with _opened_log(log_path(output)) as write:

        def log(line: str) -> None:
            write(line)
            if not quiet:
                with suppress(OSError):  # the terminal is gone; the watch goes on
                    click.echo(line, err=True)

        with Watch(read, output, log=log) as watch, _ended_by_signals(watch):
            watch.run(once=once, each=_print)
            if watch.stopping:
                click.echo("variorum: stopped; the same command goes on where it was", err=True)


@contextmanager
def _ended_by_signals(watch: Watch) -> Iterator[None]:
    """Ctrl-C and SIGTERM let what is under way end; a second one ends at once, which loses nothing that was noted."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        if watch.stopping:
            os._exit(EXIT_ERROR)
        click.echo("variorum: stopping; what is under way ends first (again: at once)", err=True)
        watch.stop()

    before = {each: signal.signal(each, stop) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def _print(done: Round) -> None:
    for line in done.lines():
        click.echo(line)
    sys.stdout.flush()


@contextmanager
def _opened_log(path: Path) -> Iterator[Callable[[str], None]]:
    """Writes a line to the log. Where the disk is full the watch goes on without it, and says so once."""
    try:
        file = path.open("ab", buffering=0)
    except OSError as error:
        raise EditionError(f"{path}: cannot be written: {error.strerror}") from error
    failed = False

    def write(line: str) -> None:
        nonlocal failed
        try:
            file.write((line + "\n").encode())
            failed = False
        except OSError as error:
            if not failed:
                with suppress(OSError):
                    click.echo(f"variorum: {path}: the log cannot be written: {error.strerror}", err=True)
            failed = True

    with file:
        yield write
