"""One question to an endpoint, and what came back: over the checked connections of fetching, and no others.

The endpoint is on the public internet and speaks TLS, or it is this machine itself; private networks between the two
are refused, as everywhere. Redirects are never followed: a question goes where the settings say, or nowhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime
from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import urlsplit

from variorum.errors import InputError
from variorum.pages.fetching import FetchOptions
from variorum.pages.fetching.addresses import not_public
from variorum.pages.fetching.exchange import Deadline, Network, Sending, SystemNetwork, exchange
from variorum.pages.fetching.politeness import Clock, SystemClock
from variorum.pages.fetching.refusal import Refusal
from variorum.pages.fetching.urls import Target, check_url
from variorum.records import ReplyFailure

from .settings import ModelSettings

_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_BUSY = frozenset((429, 500, 502, 503, 504))
_OURS = frozenset((400, 401, 403, 404, 405, 422))  # the settings are wrong: no later question fares better
_THIS_MACHINE = "localhost"
_DETAIL = 200  # characters of a server's words that are shown


class Heard(NamedTuple):
    """What one request gave. `body` is there at success; `wait` says after how many seconds to ask again, None where
    that is no use; `hopeless` that no other question need be asked."""

    body: bytes | None = None
    failure: ReplyFailure | None = None
    detail: str = ""
    wait: float | None = None
    hopeless: bool = False


class Endpoint:
    """Where a model is asked. Raises InputError where the settings name an address that must not be asked."""

    def __init__(self, settings: ModelSettings, *, network: Network | None = None, clock: Clock | None = None) -> None:
        self._settings = settings
        self._network = network or SystemNetwork()
        self._clock = clock or SystemClock()
        self._target, self._forbids = _target(settings.address)
        self._secret = settings.secret()
        seconds = settings.seconds
        self._options = FetchOptions(
            body_bytes=settings.reply_bytes,
            connect_seconds=min(settings.connect_seconds, seconds),
            read_seconds=seconds,
            total_seconds=seconds,
            ratio_from=settings.reply_bytes,
        )

    def ask(self, body: bytes) -> Heard:
        """Send one question. Raises InputError where the address turns out to be one that must not be asked."""
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self._secret is not None:
            headers["Authorization"] = f"Bearer {self._secret}"
        deadline = Deadline(self._settings.seconds)
        try:
            answer = exchange(
                self._target,
                headers,
                self._options,
                network=self._network,
                deadline=deadline,
                wanted=lambda status, _: self._settings.reply_bytes if status == 200 else 0,
                sending=Sending(body, self._forbids),
            )
        except Refusal as refusal:
            if refusal.reason == "refused":
                raise InputError(f"the model's endpoint must not be asked: {refusal.detail}") from refusal
            if refusal.reason == "too-large":
                return Heard(failure="too-large", detail=refusal.detail)
            return Heard(failure="too-slow" if _is_over(deadline) else "unreachable", detail=refusal.detail, wait=1.0)
        if answer.status == 200:
            return Heard(body=answer.body)
        if answer.status in _REDIRECTS:
            return Heard(failure="redirected", detail=f"to {answer.headers.get('location', 'nowhere')[:_DETAIL]}")
        told = f"the server answers {answer.status}"
        if answer.status in _BUSY:
            return Heard(failure="http-error", detail=told, wait=self._wait(answer.headers))
        return Heard(failure="http-error", detail=told, hopeless=answer.status in _OURS)

    def _wait(self, headers: Mapping[str, str]) -> float:
        """Seconds of a Retry-After header, which holds a number or a date; 1 without one."""
        value = headers.get("retry-after", "").strip()
        if value.isascii() and value.isdigit():
            return float(value[:12])
        try:
            return max(0.0, parsedate_to_datetime(value).timestamp() - self._clock.now()) if value else 1.0
        except (ValueError, TypeError, OverflowError):
            return 1.0


def _is_over(deadline: Deadline) -> bool:
    try:
        deadline.left()
    except Refusal:
        return True
    return False


def _not_here(address: str) -> str | None:
    """What an address is that is not this machine's own."""
    try:
        return None if ip_address(address).is_loopback else "it is not this machine's own address"
    except ValueError:
        return "no plain address"


def _target(address: str) -> tuple[Target, Callable[[str], str | None]]:
    """The checked target of an address, and what forbids connections from there. Raises InputError."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise InputError(f"the model's endpoint is not well formed: {error}") from error
    here = host == _THIS_MACHINE or _not_here(host) is None
    options = FetchOptions(ports=(port or (443 if parts.scheme == "https" else 80),))
    try:
        if not here:
            target = check_url(address, options)
            if target.scheme != "https":
                raise InputError("the model's endpoint is asked by https: texts and keys do not go in the clear")
            return target, not_public
        stand_in = check_url(address.replace(parts.netloc, f"endpoint.example:{options.ports[0]}", 1), options)
    except Refusal as refusal:
        raise InputError(f"the model's endpoint must not be asked: {refusal.detail}") from refusal
    if "@" in parts.netloc:
        raise InputError("the model's endpoint must not be asked: the address holds a user name or password")
    return stand_in._replace(host=host, url=address), _not_here
