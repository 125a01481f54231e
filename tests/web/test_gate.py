"""Who is let in, and what a page of another site can do: nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

from variorum.errors import InputError
from variorum.web import SCOPES, ServeOptions, TokenFile, create_app
from variorum.web.tokens import Sessions

from .conftest import Client, client_of

API = "/api/v1"
HERE = "http://127.0.0.1:8765"


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8765", "127.0.0.1.evil.example", "", "[::2]:8765", "127.0.0.1:8765, evil"]
)
def test_a_server_called_by_another_name_answers_nothing(client: Client, host: str) -> None:
    answer = client.get(f"{API}/events", headers={"Host": host})
    assert answer.status_code == 421
    assert "events" not in answer.json()


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8765", "127.0.0.1", "[::1]:8765"])
def test_its_own_names_are_known(client: Client, host: str) -> None:
    assert client.get(f"{API}/events", headers={"Host": host}).status_code == 200


def test_names_can_be_added(made: Path) -> None:
    with client_of(made, names=("desk.example",)) as client:
        assert client.get(f"{API}/events", headers={"Host": "desk.example"}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://["},
        {"Origin": "//127.0.0.1:8765"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_page_of_another_site_changes_nothing(client: Client, headers: dict[str, str]) -> None:
    for path, body in (("/ingest", {"texts": ["Rebels struck."]}), ("/decisions", {}), ("/session", {"token": "x"})):
        assert client.post(API + path, json=body, headers=headers).status_code == 403
    assert client.get(f"{API}/jobs").json() == []


def test_nobody_reads_without_a_token(made: Path) -> None:
    with TestClient[Any](create_app(made), base_url=HERE) as stranger:
        for path in (
            "/",
            "/events",
            "/events.csv",
            "/documents",
            "/exports/json",
            "/jobs",
            "/decisions",
            "/search?q=x",
        ):
            for headers in (
                {},
                {"Authorization": "Bearer guess"},
                {"Authorization": "Basic eDp5"},
                {"Cookie": "variorum=x"},
            ):
                answer = stranger.get(API + path, headers=headers)
                assert answer.status_code == 401
                assert answer.headers["www-authenticate"] == "Bearer"
        assert stranger.get(f"{API}/schema/openapi.json").status_code == 200


def test_a_one_time_token_opens_one_session(made: Path) -> None:
    sessions = Sessions()
    secret = sessions.one_time()
    with TestClient[Any](create_app(made, sessions=sessions), base_url=HERE) as client:
        answer = client.post(f"{API}/session", json={"token": secret})
        assert answer.status_code == 201
        bearer = {"Authorization": f"Bearer {answer.json()['token']}"}
        assert client.get(f"{API}/events", headers=bearer).status_code == 200
        assert client.post(f"{API}/session", json={"token": secret}).status_code == 401
        assert client.get(f"{API}/events", headers={"Authorization": f"Bearer {secret}"}).status_code == 401


def test_the_printed_address_sets_a_cookie_that_scripts_and_other_sites_cannot_use(made: Path) -> None:
    sessions = Sessions()
    secret = sessions.one_time()
    with TestClient[Any](create_app(made, sessions=sessions), base_url=HERE) as client:
        answer = client.get(f"/enter?token={secret}", follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
        cookie = answer.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=strict" in cookie
        assert client.get(f"{API}/events").status_code == 200
        assert client.get(f"/enter?token={secret}", follow_redirects=False).status_code == 401


def test_a_token_is_good_for_its_scopes_alone(made: Path, tmp_path: Path) -> None:
    tokens = TokenFile(tmp_path / "config" / "tokens.json")
    reader, reviewer = tokens.add("reader", ["read"]), tokens.add("reviewer", ["review"])
    sender = tokens.add("sender", ["ingest"])
    assert reader not in tokens.path.read_text()
    assert tokens.path.stat().st_mode & 0o077 == 0
    with TestClient[Any](create_app(made, ServeOptions(tokens=tokens.path)), base_url=HERE) as client:

        def may(secret: str) -> tuple[int, int]:
            bearer = {"Authorization": f"Bearer {secret}"}
            added = client.post(f"{API}/ingest", json={"texts": ["x"]}, headers=bearer)
            return client.get(f"{API}/events", headers=bearer).status_code, added.status_code

        assert may(reader) == (200, 403)
        assert may(reviewer) == (403, 403)
        for path, status in (("events", 403), ("jobs", 403), ("jobs/j-nope", 404), ("jobs/j-nope/events", 404)):
            assert client.get(f"{API}/{path}", headers={"Authorization": f"Bearer {sender}"}).status_code == status
        tokens.remove("reader")
        assert may(reader) == (401, 401)
    with pytest.raises(InputError, match="reviewer"):
        tokens.add("reviewer", ["read"])
    with pytest.raises(InputError, match="nobody"):
        tokens.remove("nobody")


def test_others_reach_no_server_without_tokens(made: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.json").write_text("[]", encoding="utf-8")
    for host in ("0.0.0.0", "::", "192.0.2.7"):
        for tokens in (None, tmp_path / "none.json", tmp_path / "empty.json"):
            with pytest.raises(InputError, match="tokens"):
                create_app(made, ServeOptions(host=host, tokens=tokens))


def test_every_answer_says_what_a_browser_may_do_with_it(client: Client) -> None:
    for path in (f"{API}/events", f"{API}/events/e-nope", f"{API}/nowhere"):
        headers = client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "default-src 'none'" in headers["content-security-policy"]


def test_downloads_that_are_read_slowly_keep_nobody_out(made: Path) -> None:
    sessions = Sessions()
    app = create_app(made, sessions=sessions)
    turns, held = app.app.state.shelf.downloads, 0  # type: ignore[attr-defined]
    with TestClient[Any](app, base_url=HERE) as client:
        client.headers["Authorization"] = f"Bearer {sessions.begin(frozenset(SCOPES))}"
        while not turns.empty():
            turns.get_nowait()
            held += 1
        assert held > 1
        answer = client.get(f"{API}/events.csv")
        assert (answer.status_code, answer.headers["content-type"]) == (429, "application/problem+json")
        assert client.get(f"{API}/events").status_code == 200
        for _ in range(held):
            turns.put(None)
        for _ in range(3 * held):
            assert client.get(f"{API}/events.csv").status_code == 200
