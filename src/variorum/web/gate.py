"""What every request passes first: by which name it calls the server, from which page it comes, and who asks.

A page of another site can send requests to a server on this machine, and can make its own name point here (DNS
rebinding). So the name that is called must be the server's, what writes must come from its own pages or from no page,
and everything but the API's description needs a token or a session.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from http.cookies import CookieError, SimpleCookie

import anyio
import msgspec
from litestar.connection import ASGIConnection
from litestar.datastructures import Headers
from litestar.exceptions import PermissionDeniedException
from litestar.handlers import BaseRouteHandler
from litestar.types import ASGIApp, Guard, HTTPReceiveMessage, Message, Receive, Send
from litestar.types import Scope as AsgiScope

from .options import ServeOptions
from .problems import PROBLEM, problem
from .tokens import Scope, Sessions, TokenFile

COOKIE = "variorum"
OPEN = frozenset({"/api/v1/schema/openapi.json", "/api/v1/session", "/enter"})
"""Paths that nobody needs a token for: the API's description, and the two ways to a session. Style sheets and scripts
under `ASSETS` are the same for all."""
ASSETS = "/static/"

PAGE_POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
"""The policy of pages. Scripts, styles, pictures and connections: the server's own files and nothing else, and nothing
that stands inside the page."""

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"),
)


Refusal = Callable[[int, str], str]


class Gate:
    """Lets a request through to `app` with the scopes of who asks in ``state["scopes"]``, or refuses it: 421 where it
    calls the server by another name, 403 where a page of another site sends it, 401 where nobody known asks. `refusal`
    makes the HTML that a browser is told so in, of the status and a line for a person."""

    def __init__(self, app: ASGIApp, options: ServeOptions, sessions: Sessions, refusal: Refusal) -> None:
        self.app = app
        self._refusal = refusal
        self._called = options.called
        self._tokens = TokenFile(options.tokens) if options.tokens is not None else None
        self._sessions = sessions

    async def __call__(self, scope: AsgiScope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":  # type: ignore[comparison-overlap]
            await self.app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = {name.lower() for name, _ in message["headers"]}
                more = [*_HEADERS, *_etag(scope, message["status"])]
                message["headers"] = [*message["headers"], *(each for each in more if each[0] not in given)]
            await send(message)

        headers = Headers.from_scope(scope)
        granted = self._granted(headers)
        refused = self._misdirected(scope, headers)
        if refused is None and granted is None and not _is_open(scope["path"]):
            refused = 401, "this needs a token: Authorization: Bearer …"
        if refused is not None:
            await self._refuse(*refused, scope, headers, guarded)
        else:
            scope.setdefault("state", {})["scopes"] = granted or frozenset()
            if scope.get("method") == "HEAD":
                await _head(self.app, scope, guarded)
            else:
                await self.app(scope, receive, guarded)

    def _misdirected(self, scope: AsgiScope, headers: Headers) -> tuple[int, str] | None:
        host = headers.get("host", "")
        if _name(host) not in self._called:
            return 421, f"this server is not called {_name(host) or 'nothing'!r}; `variorum serve --name` adds names"
        if scope.get("method", "GET") in _SAFE:
            return None
        origin, site = headers.get("origin"), headers.get("sec-fetch-site", "none")
        if origin not in (None, f"http://{host}", f"https://{host}") or site not in ("same-origin", "none"):
            return 403, "a page of another site may change nothing here"
        return None

    def _granted(self, headers: Headers) -> frozenset[Scope] | None:
        """What who asks may do: by the token in the header, else by the session's cookie."""
        kind, _, secret = headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer":
            found = self._sessions.scopes_of(secret.strip())
            return found if found is not None or self._tokens is None else self._tokens.scopes_of(secret.strip())
        given = _cookie(headers)
        if given is None:
            return None
        found = self._sessions.scopes_of(given)
        return found if found is not None or self._tokens is None else self._tokens.scopes_of(given)

    async def _refuse(self, status: int, why: str, scope: AsgiScope, headers: Headers, send: Send) -> None:
        if "text/html" in headers.get("accept", "") and not scope["path"].startswith("/api/"):
            body, kind = self._refusal(status, why).encode(), "text/html; charset=utf-8"
            told = [(b"content-security-policy", PAGE_POLICY.encode())]
        else:
            body, kind, told = msgspec.json.encode(problem(status, why)), PROBLEM, []
        told += [(b"content-type", kind.encode()), (b"content-length", str(len(body)).encode())]
        if status == 401:
            told.append((b"www-authenticate", b"Bearer"))
        await send({"type": "http.response.start", "status": status, "headers": told})
        await send({"type": "http.response.body", "body": body, "more_body": False})


def csrf_of(connection: ASGIConnection) -> str:  # type: ignore[type-arg]
    """What a form that writes must carry: a hash of the session's cookie, which a page of another site cannot know. ""
    where there is no cookie, as with a token in the header, which no such page could send."""
    given = _cookie(connection.headers)
    return hashlib.sha256(f"form {given}".encode("utf-8", "surrogatepass")).hexdigest() if given is not None else ""


def _cookie(headers: Headers) -> str | None:
    try:
        cookie = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return None
    return cookie.value if cookie is not None else None


def _is_open(path: str) -> bool:
    return path in OPEN or path.startswith(ASSETS)


def needs(*scopes: Scope) -> Guard:
    """A guard that lets those through who may do any of these. It waits for nothing; were it no coroutine, each request
    would go to a thread for it."""

    async def guard(connection: ASGIConnection, _: BaseRouteHandler) -> None:  # type: ignore[type-arg]
        if not set(scopes) & set(connection.scope["state"].get("scopes", ())):
            needed = " or ".join(map(repr, scopes))
            raise PermissionDeniedException(f"this token is not good for this: it needs {needed}")

    return guard


def _etag(scope: AsgiScope, status: int) -> Iterator[tuple[bytes, bytes]]:
    """The ETag of what was read, where the handler that read it left one."""
    etag = scope.get("state", {}).get("etag")
    if status == 200 and etag is not None:
        yield b"etag", etag.encode()


def _name(host: str) -> str:
    """A Host header without its port, in lower case."""
    if host.startswith("["):
        return host.partition("]")[0].lower() + "]"
    name, colon, port = host.rpartition(":")
    return name.lower() if colon and port.isdigit() else host.lower()


async def _head(app: ASGIApp, scope: AsgiScope, send: Send) -> None:
    """Answer as to a GET, without the body: who makes one is told that nobody reads it."""
    begun = anyio.Event()
    messages: list[HTTPReceiveMessage] = [{"type": "http.request", "body": b"", "more_body": False}]

    async def gone() -> HTTPReceiveMessage:
        if messages:
            return messages.pop()
        await begun.wait()
        return {"type": "http.disconnect"}

    async def headers_alone(message: Message) -> None:
        if message["type"] == "http.response.start":
            await send(message)
            await send({"type": "http.response.body", "body": b"", "more_body": False})
            begun.set()

    await app({**scope, "method": "GET"}, gone, headers_alone)  # type: ignore[arg-type]
