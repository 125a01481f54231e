"""The file that names what is watched: TOML, every mistake told with its line and key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from variorum.errors import InputError
from variorum.pages.fetching import FetchOptions
from variorum.pages.fetching.refusal import Refusal
from variorum.pages.fetching.urls import check_url
from variorum.records import Record

_DURATION = re.compile(r"(\d{1,5})\s*([smhd])")
_SECONDS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}
_LEAST = 60  # seconds between rounds: no feed changes faster, and no site should be asked more often
_CONTACT = re.compile(r"[^@\s()<>,;:]+@[\w-]+(?:\.[\w-]+)+|https?://[^\s()<>]+", re.ASCII)


class WatchedFeed(Record, frozen=True, kw_only=True):
    """One feed, sitemap or page that names feeds. `outlet` stands in for the feed's own title; without `follow` only
    words that the feed carries are kept; at most `pages` of it are fetched in a round."""

    url: str
    outlet: str | None = None
    follow: bool = True
    pages: int = 50


class FeedsFile(Record, frozen=True, kw_only=True):
    """What a feeds file says. `every` and `pause` are seconds: between rounds, between requests to one host."""

    contact: str
    feeds: tuple[WatchedFeed, ...]
    every: int = 900
    pause: float = 2.0
    hosts: int = 4

    def fetching(self) -> FetchOptions:
        """How it lets the network be used."""
        return FetchOptions(contact=self.contact, host_seconds=self.pause, hosts=self.hosts)


def read_feeds_file(path: Path) -> FeedsFile:
    """The feeds file at a path. Raises InputError with line and key where it cannot be read or says what cannot be."""
    try:
        text = path.read_text(encoding="utf-8")
        given = tomllib.loads(text)
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: is no UTF-8 text") from error
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{path}: is no TOML: {error}") from error
    return _Reader(path, text, given).read()


def parse_duration(text: str) -> int:
    """Seconds of ``15m``, ``2h``, ``90s``, ``1d``. Raises ValueError where it is none, or under a minute."""
    match = _DURATION.fullmatch(text.strip().lower())
    if match is None:
        raise ValueError(f"{text!r} is no duration; write 15m, 2h or 1d")
    seconds = int(match[1]) * _SECONDS[match[2]]
    if seconds < _LEAST:
        raise ValueError(f"{text!r} is under a minute, which asks too often of any site")
    return seconds


def from_opml(path: Path) -> str:
    """The text of a feeds file with all feeds of an OPML list, as feed readers export it. Raises InputError."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import ParseError, parse

    try:
        root = parse(path).getroot()
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise InputError(f"{path}: is no OPML: {error}") from error
    found: dict[str, str] = {}
    for outline in root.iter("outline"):
        if url := (outline.get("xmlUrl") or "").strip():
            found.setdefault(url, (outline.get("title") or outline.get("text") or "").strip())
    if not found:
        raise InputError(f"{path}: names no feeds (no outline has an xmlUrl)")
    lines = ['contact = ""  # your e-mail or web address: sites see it, and can write to you', 'every = "15m"']
    for url, title in found.items():
        lines += ["", "[[feed]]", f"url = {_quoted(url)}", *([f"outlet = {_quoted(title)}"] if title else [])]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else " " for c in escaped) + '"'


class _Reader:
    """Checks every key; knows where in the text it stands."""

    def __init__(self, path: Path, text: str, given: dict[str, Any]) -> None:
        self._path = path
        self._lines = text.splitlines()
        self._given = given

    def read(self) -> FeedsFile:
        top = self._given
        self._known(top, {"contact", "every", "pause", "hosts", "feed"}, None)
        feeds = top.get("feed")
        if not isinstance(feeds, list) or not feeds or not all(isinstance(feed, dict) for feed in feeds):
            self._wrong(None, "feed", "there must be at least one [[feed]] with its url")
        asked = "be your e-mail or web address, so that sites can write to you"
        if top.get("contact") == "":
            self._wrong(None, "contact", f"is empty and must {asked}")
        contact = self._string(top, "contact", None)
        if contact is None or not _CONTACT.fullmatch(contact):
            self._wrong(None, "contact", f"must {asked}")
        every = self._string(top, "every", None) or "15m"
        try:
            seconds = parse_duration(every)
        except ValueError as error:
            self._wrong(None, "every", str(error))
        read = tuple(self._feed(feed, number) for number, feed in enumerate(feeds))
        seen: dict[str, int] = {}
        for number, feed in enumerate(read):
            if feed.url in seen:
                self._wrong(number, "url", f"is named before, as feed {seen[feed.url] + 1}")
            seen[feed.url] = number
        return FeedsFile(
            contact=contact,
            feeds=read,
            every=seconds,
            pause=self._number(top, "pause", None, 2.0, lambda n: 0.5 <= n <= 3_600, "0.5 to 3600 seconds"),
            hosts=int(self._number(top, "hosts", None, 4, lambda n: n in range(1, 17), "a whole number from 1 to 16")),
        )

    def _feed(self, feed: dict[str, Any], number: int) -> WatchedFeed:
        self._known(feed, {"url", "outlet", "follow", "pages"}, number)
        url = self._string(feed, "url", number)
        if url is None:
            self._wrong(number, "url", "is missing")
        try:
            check_url(url, FetchOptions())
        except Refusal as refusal:
            self._wrong(number, "url", refusal.detail)
        follow = feed.get("follow", True)
        if not isinstance(follow, bool):
            self._wrong(number, "follow", "must be true or false")
        pages = self._number(feed, "pages", number, 50, lambda n: n in range(1, 1_001), "a whole number up to 1000")
        return WatchedFeed(url=url, outlet=self._string(feed, "outlet", number), follow=follow, pages=int(pages))

    def _known(self, table: dict[str, Any], keys: set[str], number: int | None) -> None:
        for key in table:
            if key not in keys:
                self._wrong(number, key, f"is no key here; there are {', '.join(sorted(keys))}")

    def _string(self, table: dict[str, Any], key: str, number: int | None) -> str | None:
        value = table.get(key)
        if value is not None and (not isinstance(value, str) or not value.strip()):
            self._wrong(number, key, "must be a text in quotes")
        return value

    def _number(
        self,
        table: dict[str, Any],
        key: str,
        number: int | None,
        default: float,
        fits: Callable[[float], bool],
        what: str,
    ) -> float:
        value = table.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not fits(value):
            self._wrong(number, key, f"must be {what}")
        return value

    def _wrong(self, number: int | None, key: str, problem: str) -> NoReturn:
        named = key if number is None else f"feed {number + 1}: {key}"
        raise InputError(f"{self._path}:{self._line(number, key)}: {named}: {problem}")

    def _line(self, number: int | None, key: str) -> int:
        """The line of a key in the n-th feed (None: before the first), or of the feed, or the first line."""
        section, at = None, 1
        for place, line in enumerate(self._lines, start=1):
            if re.match(r"\s*\[\[\s*feed\s*\]\]", line):
                section = 0 if section is None else section + 1
                if section == number:
                    at = place
            elif section == number and re.match(rf"""\s*["']?{re.escape(key)}["']?\s*=""", line):
                return place
        return at
