"""Filters as options of a command."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from tests.store.test_queries import CONTENT
from variorum.cli.filters import Filters, filters_events
from variorum.errors import VariorumError
from variorum.pipeline import Edition
from variorum.store import open_store


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    store = open_store(tmp_path / "e.sqlite")
    store.replace_content(CONTENT, {})
    store.close()
    return tmp_path / "e.sqlite"


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@filters_events
def command(path: Path, filters: Filters) -> None:
    with Edition.open(path) as opened:
        click.echo(" ".join(each.id for each in opened.find(filters.query())))


@pytest.mark.parametrize(
    ("options", "events"),
    [
        ("", "e-raid e-strike e-visit e-word"),
        ("--type assault --mode Raid", "e-raid"),
        ("--status future --status ongoing", "e-visit e-word"),
        ("--party NLD --actor :REB", "e-strike"),
        ("--recipient army --country fj --place fiji", "e-strike"),
        ("--box 3,51,5,53", "e-raid"),
        ("--near=-17,-179.9,25", "e-strike"),
        ("--since 2031-05-06 --until 2031-05-06", "e-raid e-visit"),
        ("--agreement disputed", "e-raid e-word"),
        ("--origins 2", "e-raid e-visit"),
        ("--toll killed", "e-raid e-strike"),
        ("--toll killed:8-", "e-raid"),
        ("--toll killed:-6", "e-strike"),
        ("--toll killed:3", "e-strike"),
        ("--toll killed:4-6", ""),
        ("--story 2", "e-strike"),
        ("--document d-2", "e-raid"),
        ("--event e-word --event raid", "e-raid e-word"),
    ],
)
def test_options(edition: Path, options: str, events: str) -> None:
    done = CliRunner().invoke(command, [str(edition), *options.split()])
    assert (done.output.strip(), done.exit_code) == (events, 0)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ("--type ASAULT", "'ASAULT' is no type (ASSAULT?); there are ACCUSE, "),
        ("--mode radi", "'radi' is no mode"),
        ("--country AFG", "Afghanistan is AF"),
        ("--country Fiji", "Fiji is FJ"),
        ("--country XX", "one is written as PK"),
        ("--story s-9", "s-9"),
        ("--document d-9", "d-9"),
    ],
)
def test_what_there_is_none_of_is_told_with_what_there_is(edition: Path, options: str, words: str) -> None:
    done = CliRunner().invoke(command, [str(edition), *options.split()])
    assert isinstance(done.exception, VariorumError)
    assert words in str(done.exception)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ("--box 1,2,3", "WEST,SOUTH,EAST,NORTH"),
        ("--box 1,9,3,4", "lies north of"),
        ("--near here", "LAT,LON,KM"),
        ("--near 0,0,-1", "no distance"),
        ("--toll dead:3", "is not one of killed"),
        ("--toll killed:9-2", "no figure"),
        ("--since 2031-05-02 --until 2031-05-01", "nothing lies since"),
        ("--since yesterday", "--since"),
        ("--origins -1", "--origins"),
    ],
)
def test_what_cannot_be_meant_is_a_usage_error(edition: Path, options: str, words: str) -> None:
    done = CliRunner().invoke(command, [str(edition), *options.split()])
    assert done.exit_code == 2
    assert words in done.output
