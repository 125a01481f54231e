"""An id whose event was merged or coded anew leads to the event that tells what it told: over the API, on the command
line and in Python, on both backends."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from variorum.cli import main
from variorum.identity import stable_id
from variorum.pipeline import Edition

from .conftest import Client, client_of
from .test_contract import copy_edition

API = "/api/v1/events"


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def target(request: pytest.FixtureRequest, made: Path) -> str:
    if request.param == "sqlite":
        return str(made)
    address = f"{request.getfixturevalue('postgres')}&edition=moved"
    copy_edition(made, address)
    return address


@pytest.fixture(scope="module")
def ids(target: str) -> tuple[str, str]:
    """The id that an event would have, had its report been coded otherwise, and the id that it has."""
    with Edition.open(target) as edition:
        now = next(event for event in edition.events if event.tolls)
        document, start, end = min(edition._reader.told_at()[now.id])
        types = ("AID", "MOBILIZE", "COOPERATE", "YIELD", "RETREAT")
        was = (stable_id("e", (document, start, end, code)) for code in types)
        gone = next(id_ for id_ in was if (later := edition.successor(id_)) is not None and later.id == now.id)
    return gone, now.id


@pytest.fixture(scope="module")
def client(target: str) -> Iterator[Client]:
    with client_of(target) as found:
        yield found


@pytest.mark.parametrize("part", ["", "/claims", "/links", "/readings", "/contradictions", "/chain", "/passages?q=the"])
def test_the_api_sends_to_the_event_that_tells_it_now(client: Client, ids: tuple[str, str], part: str) -> None:
    gone, now = ids
    answer = client.get(f"{API}/{gone}{part}", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (308, f"{API}/{now}{part}")
    assert answer.headers["cache-control"] == "no-cache"
    assert "etag" not in answer.headers
    assert now in answer.json()["detail"]
    assert client.get(f"{API}/{gone}{part}").json() == client.get(f"{API}/{now}{part}").json()


def test_where_it_is_asked_for_among_others_it_is_named(client: Client, ids: tuple[str, str]) -> None:
    gone, now = ids
    for path in (f"/api/v1/documents?event={gone}", f"{API}?event={gone}"):
        answer = client.get(path, follow_redirects=False)
        assert answer.status_code == 404
        assert f"{now} tells now what it told" in answer.json()["detail"]


def test_no_event_ever_had_it(client: Client) -> None:
    assert client.get(f"{API}/e-0123456789abcdef").status_code == 404


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


@pytest.mark.parametrize("command", [("dossier",), ("chain",)])
def test_a_command_follows_with_a_note(target: str, ids: tuple[str, str], command: tuple[str, ...]) -> None:
    gone, now = ids
    followed, asked = run(*command, target, gone), run(*command, target, now)
    assert followed.exit_code == 0, followed.output
    assert followed.stdout == asked.stdout
    assert followed.stderr == f"{gone} is gone; {now} tells now what it told\n"
    assert asked.stderr == ""


def test_disputes_follow_too(target: str, ids: tuple[str, str]) -> None:
    gone, now = ids
    assert run("disputes", target, "--event", gone).stdout == run("disputes", target, "--event", now).stdout


def test_a_ruling_is_on_what_its_author_saw(target: str, ids: tuple[str, str]) -> None:
    gone, now = ids
    refused = run("review", "reject", target, gone, "--by", "Ines M.")
    assert refused.exit_code == 1
    assert f"{gone} is gone; look at {now}" in refused.stderr
    with Edition.open(target) as edition:
        assert edition.decisions == ()
