"""One request and its answer, over a connection that can only go where it was checked to go.

httpcore speaks HTTP; the backend that it is given here resolves a name once, checks every address, and connects to
one of those very addresses. TLS still names and verifies the host. The connection serves one exchange: there is no
pool in which a checked name could meet another address. Environment variables for proxies are not read.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol, TypeVar

import httpcore

from .addresses import not_public
from .bodies import CODINGS, decoded
from .options import FetchOptions
from .refusal import Refusal
from .urls import Target

T = TypeVar("T")

_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,application/rss+xml,application/atom+xml,text/*;q=0.8"
_TRIES = 3  # addresses of one name that are tried in turn


class Network(Protocol):
    """The system's part: names to addresses, and a stream to an address. Tests put another in its place."""

    def resolve(self, host: str, port: int) -> Sequence[str]:
        """All addresses of a name. Raises OSError where it has none."""
        ...

    def connect(self, address: str, port: int, seconds: float) -> httpcore.NetworkStream:
        """A stream to an address. Raises httpcore.ConnectError or ConnectTimeout."""
        ...


class SystemNetwork:
    """The network of this machine."""

    def resolve(self, host: str, port: int) -> Sequence[str]:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        return list(dict.fromkeys(str(entry[4][0]) for entry in found))

    def connect(self, address: str, port: int, seconds: float) -> httpcore.NetworkStream:
        return httpcore.SyncBackend().connect_tcp(address, port, timeout=seconds)


class Answer(NamedTuple):
    """What a server answered: status, headers by lower-case name (of several the first), the undone body."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Sending(NamedTuple):
    """How a request is sent, where it is no GET to the public internet: the body of a POST, and what says of an address
    why it must not be connected to."""

    content: bytes | None = None
    forbids: Callable[[str], str | None] = not_public


class Deadline:
    """The moment when a fetch ends, by a clock that never goes back."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._end = time.monotonic() + seconds

    def extend(self, seconds: float) -> None:
        """Put the end off: time spent waiting for a turn is not the server's fault."""
        self._end += seconds

    def left(self, most: float | None = None) -> float:
        """Seconds left, at most `most`. Raises Refusal where none is."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise Refusal("unreachable", f"the server took longer than {self._seconds:g} s in all")
        return left if most is None else min(left, most)


def exchange(
    target: Target,
    headers: Mapping[str, str],
    options: FetchOptions,
    *,
    network: Network,
    deadline: Deadline,
    wanted: Callable[[int, Mapping[str, str]], int],
    sending: Sending = Sending(),  # noqa: B008
) -> Answer:
    """Send one request, a GET unless `sending` says otherwise, and read its answer.

    `wanted` is asked with status and headers how many bytes of body are to be read; 0 leaves the body unread. It may
    raise Refusal. Raises Refusal: "refused" where a name has an address that is not public, "too-large", and
    "unreachable" for all that servers and lines do wrong.
    """
    backend = _CheckedBackend(network, options, deadline, sending.forbids)
    method = "GET" if sending.content is None else "POST"
    seconds = {"connect": options.connect_seconds, "read": options.read_seconds, "write": options.read_seconds}
    url = httpcore.URL(scheme=target.scheme, host=target.host, port=target.port, target=target.path)
    sent = {
        "Host": _host_header(target),
        "User-Agent": options.user_agent,
        "Accept": _ACCEPT,
        "Accept-Encoding": CODINGS,
        "Connection": "close",
        **headers,
    }
    try:
        with (
            httpcore.ConnectionPool(network_backend=backend, max_connections=1, retries=0) as pool,
            pool.stream(
                method, url, headers=list(sent.items()), content=sending.content, extensions={"timeout": seconds}
            ) as response,
        ):
            found = _headers(response.headers)
            limit = wanted(response.status, found)
            body = b""
            if limit:
                _check_length(found.get("content-length"), limit)
                chunks: Iterable[bytes] = response.iter_stream()
                body = decoded(chunks, found.get("content-encoding"), options, limit=limit)
            return Answer(response.status, found, body)
    except (httpcore.TimeoutException, TimeoutError) as error:
        deadline.left()
        raise Refusal("unreachable", "the server did not answer in time") from error
    except (httpcore.NetworkError, httpcore.ProtocolError, ssl.SSLError, OSError) as error:
        raise Refusal("unreachable", _why(error)) from error


def _host_header(target: Target) -> str:
    host = f"[{target.host}]" if ":" in target.host else target.host
    return host if target.port == {"http": 80, "https": 443}[target.scheme] else f"{host}:{target.port}"


def _headers(raw: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in raw:
        found.setdefault(name.decode("ascii", "replace").lower(), value.decode("latin-1").strip())
    return found


def _check_length(declared: str | None, limit: int) -> None:
    if declared and declared.isascii() and declared.isdigit() and int(declared[:20]) > limit:
        raise Refusal("too-large", f"it is over the size limit of {limit / 1e6:g} MB")


def _why(error: Exception) -> str:
    text = str(error).splitlines()[0] if str(error) else type(error).__name__
    if isinstance(error, httpcore.ConnectError) and "CERTIFICATE" in text.upper():
        return f"its certificate does not hold ({text[:120]})"
    if isinstance(error, httpcore.ProtocolError):
        return f"the server broke off or does not speak HTTP ({text[:120]})"
    return f"no connection ({text[:120]})"


class _CheckedBackend(httpcore.NetworkBackend):
    """Connects to a name by one of its addresses, each of which was checked; all that it opens keeps the deadline."""

    def __init__(
        self, network: Network, options: FetchOptions, deadline: Deadline, forbids: Callable[[str], str | None]
    ) -> None:
        self._network = network
        self._options = options
        self._deadline = deadline
        self._forbids = forbids

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Any = None,
    ) -> httpcore.NetworkStream:
        addresses = self._addresses(host, port)
        for address in addresses:
            if problem := self._forbids(address):
                named = "" if address == host else f" names {address},"
                where = "on the public internet" if self._forbids is not_public else "one that may be asked"
                raise Refusal("refused", f"{host}{named} is not {where}: {problem}")
        failure: Exception | None = None
        for address in addresses[:_TRIES]:
            try:
                stream = self._network.connect(address, port, self._deadline.left(timeout))
            except (httpcore.ConnectError, httpcore.ConnectTimeout, OSError) as error:
                failure = error
            else:
                return _TimedStream(stream, self._deadline, 2 * self._options.body_bytes + self._options.head_bytes)
        raise failure or httpcore.ConnectError("the name has no address")

    def _addresses(self, host: str, port: int) -> Sequence[str]:
        if not_public(host) != "no plain address":
            return [host]
        try:
            found = _within(
                lambda: list(self._network.resolve(host, port)), self._deadline.left(self._options.connect_seconds)
            )
        except TimeoutError as error:
            raise Refusal("unreachable", f"{host} could not be resolved in time") from error
        except (OSError, UnicodeError) as error:
            raise Refusal("unreachable", f"{host} could not be resolved") from error
        if not found:
            raise Refusal("unreachable", f"{host} has no address")
        return found


def _within(work: Callable[[], T], seconds: float) -> T:
    """The result of `work`, which the system may take any time for; a thread that is late is left to itself."""
    results: list[T] = []
    failures: list[BaseException] = []

    def run() -> None:
        try:
            results.append(work())
        except BaseException as error:
            failures.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if failures:
        raise failures[0]
    if not results:
        raise TimeoutError
    return results[0]


class _TimedStream(httpcore.NetworkStream):
    """A stream whose every step ends by the deadline, and that gives `most` bytes in all."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline, most: int) -> None:
        self._stream = stream
        self._deadline = deadline
        self._most = most
        self._got = 0

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        chunk = self._stream.read(max_bytes, self._deadline.left(timeout))
        self._got += len(chunk)
        if self._got > self._most:
            raise Refusal("too-large", f"the server sent over {self._most / 1e6:g} MB")
        return chunk

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        inner = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left(timeout))
        return _TimedStream(inner, self._deadline, self._most)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
