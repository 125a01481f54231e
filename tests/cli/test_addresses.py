"""An edition in PostgreSQL wherever a command takes one."""

from __future__ import annotations

import pytest
from click.testing import CliRunner, Result

from tests.store.test_search import DOCUMENTS, FOUND
from variorum.cli.main import main
from variorum.pipeline import Edition
from variorum.store import open_store


@pytest.fixture
def edition(emptied: str) -> str:
    store = open_store(emptied)
    store.add_documents(DOCUMENTS)
    store.replace_content(FOUND, {})
    store.close()
    return emptied


def run(*arguments: str) -> Result:
    done = CliRunner().invoke(main, list(arguments))
    assert done.exit_code == 0, done.output
    return done


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (("show",), "Documents by origin"),
        (("search", "harbour"), "Norland raided Vélmar"),
        (("dossier", "e-raid"), "Norland raided Vélmar"),
        (("timeline",), "Norland raided Vélmar"),
        (("chain", "e-strike"), "Guards were struck"),
        (("export", "--format", "geojson"), "FeatureCollection"),
        (("origins",), "The Velm Post"),
        (("review", "log"), ""),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_commands_that_read(edition: str, command: tuple[str, ...], words: str) -> None:
    name, *rest = command
    arguments = (name, rest[0], edition) if name == "review" else (name, edition, *rest)
    assert words in run(*arguments).output


def test_no_password_is_shown() -> None:
    assert repr(Edition(open_store(None), "postgresql://a:secret@host/db")).count("secret") == 0


def test_collate_makes_an_edition_and_adds_to_it(emptied: str) -> None:
    text = b"VELM, 6 May 2031 - Rebels shelled the market of Lagos on Monday, killing seven people, police said."
    for _ in range(2):
        done = CliRunner().invoke(main, ["collate", "-", "-o", emptied, "-q"], input=text)
        assert done.exit_code == 0, done.output
    with Edition.open(emptied) as opened:
        assert len(list(opened.find_documents())) == 1
        assert [event.type for event in opened.find()] == ["ASSAULT"]
