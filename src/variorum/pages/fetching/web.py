"""The fetcher that goes to the network."""

from __future__ import annotations

import http
import re
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import urljoin

from variorum.records import Declared, Media, Page, Rejection

from ..making import make_page
from ..options import PageOptions
from . import Fetched, Validators
from .bodies import decoded
from .exchange import Answer, Deadline, Network, SystemNetwork, exchange
from .options import FetchOptions
from .politeness import Clock, Memory, Politeness, ShortMemory, SystemClock
from .refusal import Refusal
from .urls import Target, check_url

_PAGES: dict[str, Media] = {
    "text/html": "text/html",
    "application/xhtml+xml": "text/html",
    "text/plain": "text/plain",
    "application/pdf": "application/pdf",
}
# Of feeds and sitemaps, those that are sent compressed as files among them; servers name them in many ways.
_FEEDS = re.compile(r"(?:application|text)/(?:(?:[\w.-]+\+)?(?:xml|json)|(?:x-)?(?:rss|atom|gzip))")
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_BUSY = frozenset((429, 500, 502, 503, 504))  # the server's state rather than the page's
_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)


class WebFetcher:
    """Gets pages politely and safely; what it does and refuses is in `FetchOptions`, `check_url` and `Politeness`.

    `memory` keeps robots.txt files and rests between runs; without one they are kept for this one. `network` and
    `clock` stand in for the machine's. Several threads may use one fetcher.
    """

    def __init__(
        self,
        options: FetchOptions | None = None,
        *,
        memory: Memory | None = None,
        network: Network | None = None,
        clock: Clock | None = None,
    ) -> None:
        self.options = options or FetchOptions()
        self._clock = clock or SystemClock()
        self._network = network or SystemNetwork()
        self._polite = Politeness(self.options, memory or ShortMemory(), self._clock)

    @property
    def hosts(self) -> int:
        """How many hosts may be asked at once; each is asked for one thing at a time."""
        return self.options.hosts

    def fetch(self, url: str) -> Page | Rejection:
        """The page at an address; its `source` is the address as given, its declared address where redirects led."""
        got = self.get(url)
        return got if isinstance(got, Rejection) else as_page(got, url)

    def get(self, url: str, validators: Validators | None = None) -> Fetched | Rejection:
        """What is at an address, where it is a page or a feed; with `validators`, only if it has changed."""
        try:
            return self._get(url, validators or Validators())
        except Refusal as refusal:
            return refusal.rejection(url)

    def _get(self, url: str, validators: Validators) -> Fetched:
        deadline = Deadline(self.options.total_seconds)
        target = check_url(url, self.options)
        seen: set[str] = set()
        while True:
            if target.url in seen:
                raise Refusal("unreachable", "its redirects go in a circle")
            seen.add(target.url)
            asked = time.monotonic()
            with self._polite.lock(target):  # others may hold it for as long as their turns and answers take
                self._polite.check(target, lambda at=target: self._robots(at))  # type: ignore[misc]
                self._polite.wait(target)
                deadline.extend(time.monotonic() - asked)
                answer = self._ask(target, _conditions(validators), deadline)
            if answer.status not in _REDIRECTS:
                if answer.status == 304 and not _conditions(validators):
                    raise Refusal("unreachable", "the server answers 304 (not modified) to one who has nothing yet")
                return self._fetched(target, answer)
            if len(seen) > self.options.redirects:
                raise Refusal("unreachable", f"it redirects more than {self.options.redirects} times")
            target = self._redirected(target, answer.headers)

    def _ask(self, target: Target, headers: Mapping[str, str], deadline: Deadline) -> Answer:
        """One request, its outcome told to the host's politeness."""
        try:
            answer = exchange(
                target, headers, self.options, network=self._network, deadline=deadline, wanted=self._wanted
            )
        except Refusal as refusal:
            if refusal.reason == "unreachable":
                self._polite.failed(target)
            else:
                self._polite.done(target)
            raise
        if answer.status in _BUSY:
            self._polite.failed(target, answer.headers.get("retry-after"))
            if answer.status in (429, 503):
                raise Refusal("postponed", f"the server asks to come back later ({answer.status})")
        else:
            self._polite.done(target)
        return answer

    def _wanted(self, status: int, headers: Mapping[str, str]) -> int:
        if status != 200:
            return 0
        media = _media(headers)
        if media and media not in _PAGES and not _FEEDS.fullmatch(media):
            raise Refusal("unsupported-media", f"it is no page but {media[:80]!r}")
        return self.options.body_bytes

    def _fetched(self, target: Target, answer: Answer) -> Fetched:
        at = datetime.fromtimestamp(self._clock.now(), UTC).replace(microsecond=0).isoformat()
        given = Validators(etag=answer.headers.get("etag"), modified=answer.headers.get("last-modified"))
        if answer.status == 304:
            return Fetched(url=target.url, captured=at, validators=given, unchanged=True)
        if answer.status != 200:
            raise Refusal("unreachable", f"the server answers {answer.status}{_phrase(answer.status)}")
        if not answer.body:
            raise Refusal("empty", "the server sent nothing")
        named = _CHARSET.search(answer.headers.get("content-type", ""))
        media, body = _media(answer.headers), answer.body
        if body.startswith(b"\x1f\x8b"):  # a file that is compressed itself, as sitemaps are
            media, body = "" if media.endswith("gzip") else media, decoded([body], "gzip", self.options)
        return Fetched(
            url=target.url,
            media=media,
            charset=named.group(1).lower() if named else None,
            body=body,
            captured=at,
            validators=given,
        )

    def _redirected(self, target: Target, headers: Mapping[str, str]) -> Target:
        location = headers.get("location", "").encode("latin-1").decode("utf-8", "replace").replace(" ", "%20")
        if not location:
            raise Refusal("unreachable", "it redirects to nowhere")
        try:
            following = check_url(_joined(target.url, location), self.options)
        except Refusal as refusal:
            raise Refusal(refusal.reason, f"it redirects where nothing is fetched: {refusal.detail}") from refusal
        if target.scheme == "https" and following.scheme == "http" and not self.options.downgrade:
            raise Refusal("refused", "it redirects from https to http")
        return following

    def _robots(self, target: Target) -> str | None:
        """A site's robots.txt; "" where it has none, None where the server fails (RFC 9309 §2.3.1). The host's lock
        is held; redirects are followed without waiting for other sites' turns."""
        at = check_url(urljoin(target.url, "/robots.txt"), self.options)
        self._polite.wait(target)
        deadline = Deadline(self.options.total_seconds)
        try:
            for _ in range(self.options.redirects + 1):
                answer = exchange(
                    at, {}, self.options, network=self._network, deadline=deadline, wanted=self._wanted_robots
                )
                if answer.status in _REDIRECTS:
                    at = self._redirected(at, answer.headers)
                    continue
                if answer.status in _BUSY or answer.status >= 500:
                    self._polite.failed(target, answer.headers.get("retry-after"))
                    return None
                return answer.body[: self.options.robots_bytes].decode("utf-8-sig", "replace")
        except Refusal as refusal:
            if refusal.reason == "refused" and at.site == target.site:
                raise  # the site itself is out of bounds, and its pages are too
            self._polite.failed(target)
            why = f"the robots.txt of {target.host} cannot be read for now: {refusal.detail}"
            raise Refusal("postponed", why) from refusal
        return ""  # a circle of redirects is no robots.txt

    def _wanted_robots(self, status: int, _headers: Mapping[str, str]) -> int:
        return self.options.body_bytes if status == 200 else 0


def as_page(got: Fetched, source: str) -> Page | Rejection:
    """What was got as a page, where it is one: HTML, text or PDF. `source` says under which name it was asked for."""
    media = _PAGES.get(got.media)
    if media is None and got.media:
        return Refusal("unsupported-media", f"it is no page but {got.media[:80]!r}").rejection(source)
    if media is None:
        head = got.body[:1024].lstrip().lower()
        media = "application/pdf" if head.startswith(b"%pdf-") else "text/html" if b"<" in head else "text/plain"
    declared = Declared(url=got.url, charset=got.charset)
    return make_page(got.body, source, media, PageOptions(), declared=declared, captured=got.captured)


def _conditions(validators: Validators) -> dict[str, str]:
    given = {"If-None-Match": validators.etag, "If-Modified-Since": validators.modified}
    return {name: value for name, value in given.items() if value and value.isascii() and value.isprintable()}


def _media(headers: Mapping[str, str]) -> str:
    return headers.get("content-type", "").split(";")[0].strip().lower()


def _joined(base: str, location: str) -> str:
    if any(c in location for c in "\t\r\n\\"):
        raise Refusal("refused", "the address holds white space, a control character or a backslash")
    if location.startswith("///") or re.match(r"https?:(?!//[^/])", location, re.IGNORECASE):
        raise Refusal("refused", "the address is not well formed")  # browsers find a host in it, others a path
    try:
        return urljoin(base, location)
    except ValueError as error:
        raise Refusal("refused", f"the address is not well formed ({error})") from error


def _phrase(status: int) -> str:
    try:
        return f" ({http.HTTPStatus(status).phrase.lower()})"
    except ValueError:
        return ""
