"""Hostile requests to the real application: who is let in, what a page of another site can do, and what words of an
address, a form or a file's name can reach."""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import socket
import threading
from collections.abc import Iterator
from http.cookies import SimpleCookie
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from tests.web.conftest import client_of
from tests.web.conftest import made as bundled  # noqa: F401
from tests.web.pages.conftest import Running, Server
from tests.web.test_contract import copy_edition
from variorum.pipeline import Edition
from variorum.web import SCOPES, Scope, ServeOptions, create_app
from variorum.web.gate import COOKIE, OPEN, csrf_of
from variorum.web.jobs import Jobs
from variorum.web.publishing import address
from variorum.web.receiving import Inbox
from variorum.web.tokens import Sessions

from .hostile import PAYLOADS, Tally, injected

API = "/api/v1"
HERE = "http://127.0.0.1:8765"
FORM = "application/x-www-form-urlencoded"
BY_READERS = {("POST", "/api/v1/verify"), ("POST", "/seen")}  # they write nothing into the edition
BY_SENDERS = {f"/api/v1/jobs/x{part}" for part in ("", "/events")}  # which who sent a job may ask for, too
EACH = 24  # one in so many of the hostile words goes to each filter, others to the next
SQL = (
    "' OR '1'='1", "\" OR \"1\"=\"1", "') OR 1=1 --", "'; DROP TABLE events; --", "1; DELETE FROM documents",
    "x' UNION SELECT 1 --",
    "%' OR 1=1 --", "\\' OR 1=1 --", "1 OR SLEEP(5)", "'||(SELECT pg_sleep(5))||'", "$$;SELECT 1;$$", "*", "%",
    "_", "\" NEAR \"",
    "text:x OR rowid>0", "x* AND (", "NULL", "0x27", "\x00' OR 1=1", "ʼ OR 1=1", "{\"$gt\": \"\"}",
)  # fmt: skip
NAMES = (
    "evil.example", "127.0.0.1.evil.example", "127.0.0.1@evil.example", "localhost.evil.example",
    "evil.example#127.0.0.1",
    "[::ffff:7f00:1]", "0.0.0.0", "127.1", "2130706433", "169.254.169.254", "127.0.0.1:8765, evil.example",
    "127.0.0.1/",
    "localhost\\evil.example", "LOCALHOST.evil", "xn--lcalhost-2ib", "127.0.0.1:8765:80", "*", "null", "a b",
    "localhost%00.evil",
)  # fmt: skip
PATHS = (
    "../etc/passwd", "..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/etc/passwd", "..%5c..%5cwindows%5cwin.ini",
    "....//....//etc/passwd",
    "%252e%252e%252fetc%252fpasswd", "/etc/passwd", "//etc/passwd", "..;/etc/passwd", "%00/etc/passwd",
    "app.js%00.css", "..",
    "C:%5cwindows%5cwin.ini", "%c0%ae%c0%ae/etc/passwd", "~root/.ssh/id_rsa", "demo.sqlite", "../demo.sqlite", ".env",
)  # fmt: skip
FILES = (
    "../../etc/cron.d/x", "..\\..\\windows\\x", "/etc/passwd", "C:\\x", "a\r\nSet-Cookie: x=1", "a\x00.txt",
    ".", "..", "", " ",
    "con", "a" * 5_000, "\u202etxt.exe", "\ud800", ".htaccess", "-rf", "$(id)", "`id`", "a;b|c&d",
    "%2e%2e%2fx", "a/../../b", "🧨" * 200,
)  # fmt: skip
LEADS = (
    "https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example", "javascript:alert(1)",
    "/review//elsewhere.example",
    "/review\r\nSet-Cookie: x=1", "/review%0d%0aSet-Cookie:%20x=1", "/review/../../enter",
    "\thttps://elsewhere.example",
    "/documents/x?next=//e", "/review/x#y", "review", "", "/reviewelsewhere", "/review@elsewhere.example",
    "data:text/html,x",
)  # fmt: skip


@pytest.fixture(scope="module")
def made(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy, for rulings are written into it."""
    return Path(shutil.copy(made, tmp_path_factory.mktemp("asked") / "e.sqlite"))


def routes(app: Litestar) -> list[tuple[str, str]]:
    """Every method and path that the application answers, with something in the place of what a path leaves open."""
    found = []
    for route in app.routes:
        path = re.sub(r"\{[^}]*\}", "x", route.path)
        found += [(method, path) for method in sorted(getattr(route, "methods", ())) if method != "OPTIONS"]
    return found


def client_for(path: Path, scopes: tuple[Scope, ...] | None, ends: contextlib.ExitStack) -> TestClient[Any]:
    """A client with a session of these scopes, or of none; its edition is closed when all ends."""
    sessions = Sessions()
    app = create_app(path, sessions=sessions)
    ends.callback(app.app.state.shelf.close)  # type: ignore[attr-defined]
    client = TestClient[Any](app, base_url=HERE, raise_server_exceptions=False)
    if scopes is not None:
        client.headers["Authorization"] = f"Bearer {sessions.begin(frozenset(scopes))}"
    return client


def test_every_route_asks_for_one_scope_and_lets_nobody_in_without(made: Path, tmp_path: Path, tally: Tally) -> None:
    """Of the application's own routes: a new one that forgets its scope fails here."""
    own = Path(shutil.copy(made, tmp_path))  # a job that is asked for in it stays open
    asked = 0
    with contextlib.ExitStack() as ends, pytest.MonkeyPatch.context() as patch:
        every = [None, (), *((scope,) for scope in SCOPES)]
        clients = {scopes: client_for(own, scopes, ends) for scopes in every}
        patch.setattr(Jobs, "_run", lambda self: None)
        known = routes(create_app(made).app)  # type: ignore[arg-type]
        for method, path in known:
            if path in OPEN or path.startswith(("/static/", f"{API}/schema")):
                continue
            asked += 1
            answers = {
                scopes: client.request(method, path, follow_redirects=False).status_code
                for scopes, client in clients.items()
            }
            good = [scopes for scopes in answers if answers[scopes] not in (401, 403)]
            reads = method in ("GET", "HEAD") or (method, path) in BY_READERS
            wanted: list[Any] = [("read",)] if reads else [("review",), ("ingest",)]
            wanted += [("ingest",)] if path in BY_SENDERS else []
            most = 2 if path in BY_SENDERS else 1
            passed = answers[None] != 401 or answers[()] != 403 or not {*good} <= {*wanted} or len(good) > most
            tally.add("scope", passed, f"{method} {path}: {answers}")
            for _ in range(len(answers) - 1):
                tally.add("scope", False)
    assert asked > 60
    tally.check(300)


def _forms(app: Litestar) -> list[str]:
    return [path for method, path in routes(app) if method == "POST"]


def test_what_writes_takes_nothing_from_another_page(made: Path, tally: Tally) -> None:
    """With the reader's own cookie, as a browser sends it: from elsewhere, and without the form's token."""
    sessions = Sessions()
    cookie = sessions.begin(frozenset(SCOPES))
    app = create_app(made, sessions=sessions)
    from_elsewhere: list[dict[str, str]] = [
        {"Origin": origin}
        for origin in ("null", "https://elsewhere.example", "http://127.0.0.1:1",
    "http://localhost:8765.evil.example",
                       "http://127.0.0.1:8765@evil.example", "http://[", "file://",
    "http://evil.example#127.0.0.1:8765",
                       "//127.0.0.1:8765", "127.0.0.1:8765", "http://127.0.0.1", "HTTP://127.0.0.1:8765",
                       "http://127.0.0.1:8765/")
    ] + [{"Sec-Fetch-Site": site} for site in ("cross-site", "same-site")]  # fmt: skip
    kinds = {
        FORM: b"action=accept&author=x&text=x&target=e-1&token=x",
        "text/plain": json.dumps({"texts": ["x"]}).encode(),
        "application/json": json.dumps({"texts": ["x"]}).encode(),
        "multipart/form-data; boundary=b": b'--b\r\nContent-Disposition: form-data; name="text"\r\n\r\nx\r\n--b--\r\n',
    }
    with TestClient[Any](app, base_url=HERE, raise_server_exceptions=False) as client:
        client.cookies.set(COOKIE, cookie)
        before = client.get(f"{API}/jobs").json()
        for path in _forms(app.app):  # type: ignore[arg-type]
            for kind, body in kinds.items():
                for headers in from_elsewhere:
                    answer = client.post(path, content=body, headers={"Content-Type": kind, **headers})
                    tally.add("request of another site", answer.status_code != 403, f"{path} {headers} {kind}")
        for path in ("/review", "/add"):
            for wrong in ("", "x", "0" * 64, csrf_token("another"), cookie):
                told = f"csrf={quote(wrong)}&action=accept&author=x&text=words"
                answer = client.post(path, content=told, headers={"Content-Type": FORM, "Origin": HERE})
                tally.add("form without its token", answer.status_code != 403, f"{path} {wrong!r}")
        assert client.get(f"{API}/jobs").json() == before == []
        right = f"csrf={csrf_token(cookie)}&action=none&author=x"
        assert client.post("/review", content=right, headers={"Content-Type": FORM}).status_code not in (401, 403)
    tally.check(400)


def csrf_token(cookie: str) -> str:
    return csrf_of(SimpleNamespace(headers={"cookie": f"{COOKIE}={cookie}"}))  # type: ignore[arg-type]


def test_a_server_answers_to_its_own_name_alone(made: Path, tally: Tally) -> None:
    with client_of(made) as client:
        for path in ("/", "/search?q=x", f"{API}/events", "/static/app.js", "/enter", f"{API}/schema/openapi.json"):
            for name in NAMES:
                answer = client.get(path, headers={"Host": name})
                tally.add("name of another server", answer.status_code != 421, f"{name} {path}")
                answer = client.get(
                    path, headers={"Host": name, "X-Forwarded-Host": "localhost", "Forwarded": "host=localhost"}
                )
                tally.add("name of another server", answer.status_code != 421, f"{name} {path}")
    tally.check(200)


def test_no_path_leads_to_a_file_of_the_machine(made: Path, tmp_path: Path, tally: Tally) -> None:
    secret = b"root:"
    with client_of(made) as client:
        for where in ("/static/{}", "/documents/{}", "/events/{}", "/stories/{}", "/review/{}", "/jobs/{}", "/{}",
                      API + "/exports/{}", API + "/documents/{}", API + "/documents/{}/text",
                      API + "/jobs/{}"):  # fmt: skip
            for path in PATHS:
                answer = client.get(where.format(path), follow_redirects=False)
                passed = answer.status_code not in (301, 303, 308, 400, 404, 405) and (
                    secret in answer.content or b"SQLite format" in answer.content or answer.status_code != 200
                )
                tally.add("path", passed, f"{where} {path}: {answer.status_code}")
    kept = SimpleNamespace(files=tmp_path / "kept", drop=lambda: None)
    kept.files.mkdir()
    inbox = Inbox(SimpleNamespace(jobs=SimpleNamespace(reserve=lambda: kept)))  # type: ignore[arg-type]
    for name in FILES:
        place = inbox.place(name)
        inside = place.parent.parent == kept.files and place.name not in {"", ".", ".."} and "\0" not in place.name
        tally.add("name of a file", not inside or bool(re.search(r"[\r\n/\\]", place.name)), repr(name)[:60])
    site = tmp_path / "site"
    for kind in ("events", "stories", "documents"):
        for name in (*PATHS, *FILES[:14], *PAYLOADS):
            made_there = (site / address(kind, name)).resolve()
            tally.add("name of a published page", made_there.parent != site / kind, repr(name)[:60])
    tally.check(400)


def test_no_word_becomes_a_header(made: Path, tally: Tally) -> None:
    """Line ends in what is written into headers: where a form leads on, who ruled, names of files, filters."""
    sessions = Sessions()
    cookie = sessions.begin(frozenset(SCOPES))
    with (
        TestClient[Any](create_app(made, sessions=sessions), base_url=HERE) as client,
        Edition.open(made) as edition,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(Jobs, "_run", lambda self: None)
        client.cookies.set(COOKIE, cookie)
        event = edition.events[0].id
        for lead in (*LEADS, *PAYLOADS):
            author = f"Ines{lead}"[:150]
            form = {"csrf": csrf_token(cookie), "action": "accept", "target": event, "author": author, "next": lead,
                    "reason": lead}  # fmt: skip
            answer = client.post("/review", data=form, follow_redirects=False)
            if answer.status_code == 409:  # a ruling that is in force already
                continue
            assert answer.status_code == 303, answer.text
            to = answer.headers["location"]
            good = re.fullmatch(r"/(review|documents)(/[\w%+.~-]+)?\?job=[\w-]+", to)
            tally.add("where a form leads on", good is None or "set-cookie: x" in str(answer.headers).lower(), lead)
            told = SimpleCookie(answer.headers["set-cookie"])
            flags = [bool(each["httponly"]) and each["samesite"].lower() == "strict" for each in told.values()]
            tally.add("word in a cookie", len(told) != 1 or not all(flags), lead)
        for lead in (*LEADS[:8], *PAYLOADS):
            answer = client.get(f"{API}/events.csv", params={"event": lead, "place": lead})
            told_there = answer.headers.get("content-disposition", "")
            tally.add("word in a header", bool({"x", "\r", "\n"} & {*told_there.split("=")}), lead)
    tally.check(150)


def test_the_way_in_works_once_however_many_go_at_once(made: Path, tally: Tally) -> None:
    for _ in range(5):
        sessions = Sessions()
        secret = sessions.one_time()
        entered: list[str | None] = []
        ready = threading.Barrier(16)

        def enter(
            sessions: Sessions = sessions,
            secret: str = secret,
            ready: threading.Barrier = ready,
            entered: list[str | None] = entered,
        ) -> None:
            ready.wait()
            entered.append(sessions.enter(secret))

        threads = [threading.Thread(target=enter) for _ in range(16)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        opened = [each for each in entered if each is not None]
        assert len(opened) == 1
        for each in entered:
            tally.add("token used again", each is not None and each != opened[0])
    tally.check(80)


def _asked_of(client: TestClient[Any]) -> list[tuple[str, str]]:
    """Every filter of every list: path and parameter, as the API's own description has them."""
    described = client.get(f"{API}/schema/openapi.json").json()
    found = []
    for path, methods in described["paths"].items():
        asked = methods.get("get", {}).get("parameters", ())
        if "{" not in path and "/exports/" not in path:
            found += [(path, each["name"]) for each in asked if each["in"] == "query"]
    return found


@pytest.mark.parametrize("backend", ["sqlite", "postgres"])
def test_no_word_of_a_filter_becomes_a_command(
    backend: str, made: Path, tmp_path: Path, request: pytest.FixtureRequest, tally: Tally
) -> None:
    """What is looked for changes nothing, breaks nothing and finds no more than words that nobody wrote."""
    where: Any = made
    if backend == "postgres":
        where = f"{request.getfixturevalue('postgres')}&edition=hostile"
        copy_edition(made, where)
    with Edition.open(where) as edition:
        before = len(edition.events), len(edition.documents)
    with client_of(where) as client:
        nothing = {}
        for path, name in _asked_of(client):
            nothing[path, name] = client.get(path, params={name: "zzqxv"})
        assert len(nothing) > 40
        for number, ((path, name), empty) in enumerate(nothing.items()):
            for words in SQL[number % EACH :: EACH]:  # all of them over the filters, a few for each
                answer = client.get(path, params={name: words})
                same = (
                    answer.status_code >= 400
                    or len(answer.content) <= len(empty.content) + 200
                    or name in ("q", "words")
                )
                passed = answer.status_code >= 500 or not (same or empty.status_code >= 400)
                tally.add("filter", passed, f"{path}?{name}={words}: {answer.status_code}")
        for path in ("/search", "/"):
            for name in ("q", "type", "place", "actor", "since", "until", "country", "from", "document"):
                for words in (*SQL, *PAYLOADS)[len(name) % EACH :: EACH]:
                    answer = client.get(path, params={name: words}, follow_redirects=False)
                    found = injected(answer.text) if "html" in answer.headers.get("content-type", "") else []
                    tally.add("filter", answer.status_code >= 500 or bool(found), f"{path}?{name}={words} {found[:2]}")
    with Edition.open(where) as edition:
        assert (len(edition.events), len(edition.documents)) == before
    tally.check(200)


@pytest.fixture(scope="module")
def server(made: Path) -> Iterator[Server]:
    with Running(made) as found:
        yield found


def _raw(server: Server) -> list[bytes]:
    """Requests that two programs could read differently, or that are too much for one."""
    head = f"Host: {server.address.removeprefix('http://')}\r\nCookie: {COOKIE}={server.cookie}\r\n".encode()
    hidden = b"GET /api/v1/decisions HTTP/1.1\r\n" + head + b"\r\n"
    post = b"POST /api/v1/ingest HTTP/1.1\r\n" + head + b"Content-Type: application/json\r\n"
    return [
        post + b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + hidden,
        post + b"Content-Length: 6\r\nContent-Length: 0\r\n\r\n{}\r\n\r\n" + hidden,
        post + b"Content-Length: -1\r\n\r\n{}" + hidden,
        post + b"Content-Length: +2\r\n\r\n{}" + hidden,
        post + b"Content-Length: 2, 2\r\n\r\n{}" + hidden,
        post + b"Content-Length: 99999999999999999999\r\n\r\n{}",
        post + b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n" + hidden,
        post + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + hidden,
        post + b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n" + hidden,
        post + b"Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n" + hidden,
        post + b"Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n{}" + hidden,
        post + b"Transfer-Encoding: chunked\r\n\r\n2;x=\n{}\r\n0\r\n\r\n" + hidden,
        b"GET / HTTP/1.1\r\n" + head + head + b"\r\n",
        b"GET / HTTP/1.1\r\nHost: evil.example\r\n" + head + b"\r\n",
        b"GET / HTTP/1.1\r\n" + head + b"X: a\r\n b: c\x00\r\n\r\n",
        b"GET / HTTP/1.1\r\nCookie: " + COOKIE.encode() + b"=" + server.cookie.encode() + b"\r\n\r\n",
        b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        b"GET / HTTP/9.9\r\n" + head + b"\r\n",
        b"G\x00T / HTTP/1.1\r\n" + head + b"\r\n",
        b"GET /" + b"a" * 1_000_000 + b" HTTP/1.1\r\n" + head + b"\r\n",
        b"GET / HTTP/1.1\r\n" + head + b"X: " + b"a" * 1_000_000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + head + b"".join(b"X%d: a\r\n" % number for number in range(50_000)) + b"\r\n",
        b"GET / HTTP/1.1\n" + b"Host: evil.example\n\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 64,
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        b"\r\n" * 10_000,
    ]


def test_odd_requests_are_refused_and_hide_no_other(server: Server, tally: Tally) -> None:
    host, _, port = server.address.removeprefix("http://").partition(":")
    for number, sent in enumerate(_raw(server)):
        told = b""
        with socket.create_connection((host, int(port)), timeout=3) as connection:
            try:
                connection.sendall(sent)
                connection.shutdown(socket.SHUT_WR)
                while part := connection.recv(65536):
                    told += part
            except OSError:
                pass  # the server hung up: it has refused the rest
        answers = re.findall(rb"HTTP/1\.[01] (\d\d\d)", told)
        tally.add("odd request", b"200" in answers or b"202" in answers, f"{number}: {answers} {sent[:200]!r}")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(f"GET /enter HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n".encode())
        assert connection.recv(20).startswith(b"HTTP/1.1 200")
    tally.check(25)


def test_large_bodies_are_refused_before_they_are_read(made: Path, tally: Tally) -> None:
    with client_of(made, upload_bytes=10_000) as client:
        for path in ("/ingest", "/ingest/files", "/decisions", "/session"):
            for kind in ("application/json", "multipart/form-data; boundary=b", FORM, "text/plain", "nonsense"):
                answer = client.post(
                    API + path, content=b"x" * 20_000, headers={"Content-Type": kind, "If-Match": '"x"'}
                )
                tally.add("large body", not 400 <= answer.status_code < 500, f"{path} {kind}: {answer.status_code}")
        deep = b'{"texts": ' + b"[" * 4_000 + b"]" * 4_000 + b"}"
        for path in ("/ingest", "/decisions", "/session"):
            for body in (deep, b"\xff\xfe", b"", b"null", b"[]", b'{"texts": [1e400]}', b'{"texts": ["\\ud800"]}'[:-1]):
                answer = client.post(
                    API + path, content=body, headers={"Content-Type": "application/json", "If-Match": '"x"'}
                )
                tally.add(
                    "odd body", not 400 <= answer.status_code < 500, f"{path} {body[:30]!r}: {answer.status_code}"
                )
    tally.check(40)


def test_tokens_of_a_file_are_good_for_what_they_say(made: Path, tmp_path: Path, tally: Tally) -> None:
    from variorum.web import TokenFile

    tokens = TokenFile(tmp_path / "tokens.json")
    secret = tokens.add("reader", ["read"])
    app = create_app(made, ServeOptions(tokens=tokens.path))
    guesses = (secret[:-1], secret + "x", secret.upper(), secret.lower(), "", " ", "\x00", "reader", "*",
    "null", "[]",
               json.loads(tokens.path.read_text())[0]["digest"], "' OR 1=1 --", "Bearer", "é" * 20)  # fmt: skip
    with TestClient[Any](app, base_url=HERE) as client:
        assert client.get(f"{API}/events", headers={"Authorization": f"Bearer {secret}"}).status_code == 200
        for guess in guesses:
            if guess == secret:
                continue
            for headers in ({"Authorization": f"Bearer {guess}".encode()}, {"Cookie": f"{COOKIE}={guess}".encode()},
                            {"Authorization": f"Token {secret}".encode()}, {"X-Token": secret.encode()}):  # fmt: skip
                answer = client.get(f"{API}/events", headers=headers)  # type: ignore[arg-type]
                tally.add("guessed token", answer.status_code != 401, f"{guess!r} {headers}")
            answer = client.get(f"{API}/events", params={"token": secret, "access_token": secret})
            tally.add("guessed token", answer.status_code != 401, "in the address")
    tally.check(60)
