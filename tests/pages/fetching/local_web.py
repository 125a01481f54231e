"""A web for tests: one real server on this machine, names that a fake resolver knows, a clock that is wound by hand."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress

import httpcore

from variorum.pages.fetching import FetchOptions, WebFetcher
from variorum.pages.fetching.politeness import Memory

PUBLIC = "93.184.215.14"  # a public address: connections to it are led to the local server
OPEN = "User-agent: *\nAllow: /\n"

Script = Callable[[str, Mapping[str, str]], "bytes | Iterator[bytes]"]


def answer(body: bytes | str = b"", status: int = 200, media: str | None = "text/html", **headers: str) -> bytes:
    """A whole HTTP answer; underscores of header names stand for hyphens."""
    content = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(content)}", "Connection: close"]
    lines += [f"Content-Type: {media}"] if media else []
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + content


class LocalWeb:
    """Answers every request by a script of the host and path; keeps what was asked."""

    def __init__(self) -> None:
        self.pages: dict[str, bytes | Callable[[Mapping[str, str]], bytes | Iterator[bytes]]] = {}
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.connections = 0
        web = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                web.connections += 1
                with suppress(OSError):  # the client may go, as it should
                    web._serve(self)

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = True
            allow_reuse_address = True
            block_on_close = False

        self._server = Server(("127.0.0.1", 0), Handler)
        self.port: int = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def _serve(self, handler: socketserver.StreamRequestHandler) -> None:
        line = handler.rfile.readline(65_536).decode("latin-1")
        if not line:
            return
        headers: dict[str, str] = {}
        while (header := handler.rfile.readline(65_536).decode("latin-1")) not in ("\r\n", "\n", ""):
            name, _, value = header.partition(":")
            headers[name.strip().lower()] = value.strip()
        url = headers.get("host", "") + line.split(" ")[1]
        self.requests.append((url, headers))
        page = self.pages.get(url)
        if page is None:
            page = answer(OPEN, media="text/plain") if url.endswith("/robots.txt") else answer("no", 404)
        given = page(headers) if callable(page) else page
        for piece in [given] if isinstance(given, bytes) else given:
            handler.wfile.write(piece)
            handler.wfile.flush()

    def asked(self) -> list[str]:
        """The addresses that were asked for, robots.txt left out."""
        return [url for url, _ in self.requests if not url.endswith("/robots.txt")]

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@contextmanager
def local_web() -> Iterator[LocalWeb]:
    web = LocalWeb()
    try:
        yield web
    finally:
        web.close()


class FakeNetwork:
    """Resolves names as told (every other one to `PUBLIC`); what is connected to reaches the local server."""

    def __init__(self, web: LocalWeb, names: Mapping[str, Sequence[Sequence[str]]] | None = None) -> None:
        self._web = web
        self._names = {name: [list(turn) for turn in turns] for name, turns in (names or {}).items()}
        self.connected: list[tuple[str, int]] = []
        self.resolved: list[str] = []

    def resolve(self, host: str, port: int) -> Sequence[str]:
        self.resolved.append(host)
        turns = self._names.get(host)
        if turns is None:
            return [PUBLIC]
        found = turns.pop(0) if len(turns) > 1 else turns[0]
        if not found:
            raise OSError("no such name")
        return found

    def connect(self, address: str, port: int, seconds: float) -> httpcore.NetworkStream:
        self.connected.append((address, port))
        return httpcore.SyncBackend().connect_tcp("127.0.0.1", self._web.port, timeout=seconds)


class HandClock:
    """Time that passes only where someone sleeps."""

    def __init__(self, start: float = 1_700_000_000.0) -> None:
        self.time = start
        self.slept: list[float] = []

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds


def fetcher(
    web: LocalWeb,
    *,
    network: FakeNetwork | None = None,
    clock: HandClock | None = None,
    memory: Memory | None = None,
    options: FetchOptions | None = None,
) -> WebFetcher:
    return WebFetcher(options, network=network or FakeNetwork(web), clock=clock or HandClock(), memory=memory)
