"""A watch keeps an edition current: feeds are asked politely, new pages go into the edition, each action is told.

    FEEDS.toml ─▶ round: feeds (only if changed) ─▶ entries noted ─▶ pages got and kept ─▶ collate ─▶ what is new

A round can be killed at any point: what is noted, got or collated stays so (`WatchState`), and the next round goes on
there. Nothing that one feed does stops another.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import msgspec

from variorum.errors import EditionError
from variorum.identity import stable_id
from variorum.pages.feeds import Entry, Feed, FeedOptions, NotAFeedError, feed_links, is_feed, read_feed
from variorum.pages.feeds_followed import entry_page
from variorum.pages.fetching import Fetched, Fetcher, Validators, WebFetcher
from variorum.pages.fetching.exchange import Network
from variorum.pages.fetching.politeness import Clock, SystemClock
from variorum.pages.fetching.refusal import Refusal
from variorum.records import Event, Page, Record, Rejection

from .collation import RunOptions, collate_pages
from .edition import Edition
from .feeds_file import FeedsFile, WatchedFeed
from .progress import Progress
from .watch_state import Wanted, WatchState

Log = Callable[[str], None]

_LINE = 600  # characters of one line of the log: an address may have thousands


Item = TypeVar("Item", Wanted, WatchedFeed)


class WatchOptions(Record, frozen=True, kw_only=True):
    """`attempts` at a page before it is given up (one a round), or `patience` seconds in which its site puts it off;
    after `host_seconds` with one host the rest of its pages wait for the next round, so that a slow host does not keep
    others from theirs. `sitemaps` of one index and `discovered` feeds of one page are followed at most, those named
    first. `feeds` says how far a feed is read."""

    attempts: int = 5
    patience: float = 7 * 86_400.0
    host_seconds: float = 600.0
    sitemaps: int = 20
    discovered: int = 3
    feeds: FeedOptions = FeedOptions()


class Round(Record, frozen=True, kw_only=True):
    """What a round brought: how many `feeds` answered and how many did not, `pages` got and `failed`; the new events
    and the disputes that began, changed or ended, one line each."""

    feeds: int = 0
    feeds_failed: int = 0
    pages: int = 0
    failed: int = 0
    events: tuple[str, ...] = ()
    disputes: tuple[str, ...] = ()

    def lines(self) -> list[str]:
        """The summary for a person."""
        failed = f" ({self.feeds_failed} failed)" if self.feeds_failed else ""
        missed = f" ({self.failed} not got)" if self.failed else ""
        first = (
            f"round done: {self.feeds + self.feeds_failed} feeds{failed}, {self.pages} new pages{missed}, "
            f"{len(self.events)} new events, {len(self.disputes)} changed disputes"
        )
        return [
            first,
            *(f"  new event: {line}" for line in self.events),
            *(f"  dispute: {line}" for line in self.disputes),
        ]


def state_path(edition: Path) -> Path:
    """Where the watch of an edition keeps its memory: ``january.sqlite`` → ``january.watch.sqlite``. Another suffix
    stays, so that editions of one stem do not share it."""
    return _beside(edition, ".watch.sqlite")


def log_path(edition: Path) -> Path:
    """Where the watch of an edition writes its log: ``january.sqlite`` → ``january.watch.log``."""
    return _beside(edition, ".watch.log")


def _beside(edition: Path, suffix: str) -> Path:
    return edition.with_name((edition.stem if edition.suffix == ".sqlite" else edition.name) + suffix)


class _StoppableClock:
    """A clock whose sleepers wake when the watch stops."""

    def __init__(self, clock: Clock, stop: threading.Event) -> None:
        self._clock = clock
        self._stop = stop

    def now(self) -> float:
        return self._clock.now()

    def sleep(self, seconds: float) -> None:
        if isinstance(self._clock, SystemClock):
            self._stop.wait(seconds)
        else:
            self._clock.sleep(seconds)
        if self._stop.is_set():
            raise Refusal("postponed", "the watch is stopping")


class Watch:
    """The watch of one edition. Use it as a context manager.

    `log` gets one line an action, with its time. `network` and `clock` stand in for the machine's. Raises
    EditionError where the edition cannot be used or another watch keeps it.
    """

    def __init__(
        self,
        feeds: FeedsFile,
        output: Path,
        *,
        log: Log,
        options: WatchOptions | None = None,
        network: Network | None = None,
        clock: Clock | None = None,
    ) -> None:
        if not output.parent.is_dir():
            raise EditionError(f"{output}: no such folder as {output.parent}")
        self._feeds = feeds
        self._output = output
        self._options = options or WatchOptions()
        self._clock = clock or SystemClock()
        self._stop = threading.Event()
        self._told = threading.Lock()
        self._log = log
        self._state = WatchState(state_path(output), (feed.url for feed in feeds.feeds))
        self._fetcher: Fetcher = WebFetcher(
            feeds.fetching(), memory=self._state, network=network, clock=_StoppableClock(self._clock, self._stop)
        )

    def stop(self) -> None:
        """Let nothing new begin; what is under way ends. Safe to call from a signal's handler."""
        self._stop.set()

    @property
    def stopping(self) -> bool:
        return self._stop.is_set()

    def close(self) -> None:
        self._state.close()

    def __enter__(self) -> Watch:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def run(self, *, once: bool = False, each: Callable[[Round], None] = lambda _: None) -> None:
        """Rounds until `stop` is called, one with `once`; `each` gets what every round brought. A round that cannot
        write the edition, or meets a defect, is told and tried again with the next."""
        while not self._stop.is_set():
            began = self._clock.now()
            try:
                each(self.round())
            except EditionError as error:
                if once:
                    raise
                self.tell("error", str(error))
            except Exception as error:  # what was got is kept: the watch goes on, and a later version may read it
                if once:
                    raise
                self.tell("fault", f"{type(error).__name__}: {error}")
            if once or self._stop.is_set():
                return
            passed = max(0.0, self._clock.now() - began)  # the clock may have been set back
            pause = max(0.0, self._feeds.every - passed)
            self.tell("waiting", f"the next round begins in {pause / 60:.0f} min")
            self._stop.wait(pause)

    def round(self) -> Round:
        """Ask every feed, get what is new, put it into the edition."""
        self._tell_if_missing()
        feeds = self._in_parallel(self._ask_feed, _by_host(self._feeds.feeds))
        wanted = [item for feed in self._feeds.feeds for item in self._state.wanted(feed.url, feed.pages)]
        got = self._in_parallel(self._get_page, _by_host(wanted), self._options.host_seconds)
        events, disputes = self._collate()
        done = Round(
            feeds=sum(feeds),
            feeds_failed=len(feeds) - sum(feeds),
            pages=sum(got),
            failed=len(got) - sum(got),
            events=tuple(events),
            disputes=tuple(disputes),
        )
        for line in done.lines():
            self.tell("round", line)
        return done

    def _tell_if_missing(self) -> None:
        if not self._output.exists() and (given := self._state.given() - len(self._state.kept())) > 0:
            memory = state_path(self._output).name
            self.tell("edition", f"{self._output.name} is not there; {given} pages that were got for it before are not")
            self.tell("edition", f"asked for again, unless {memory} is deleted too")

    # feeds

    def _ask_feed(self, feed: WatchedFeed) -> bool:
        got = self._fetcher.get(feed.url, self._state.validators(feed.url))
        if isinstance(got, Rejection):
            self.tell("feed failed", f"{feed.url}: {got.detail} [{got.reason}]")
            return False
        if got.unchanged:
            self.tell("feed", f"{feed.url}: unchanged")
            return True
        try:
            entries, whole = self._entries(got, feed)
        except NotAFeedError as error:
            self.tell("feed failed", f"{feed.url}: {error} [not-a-feed]")
            return False
        noted = [(entry.url or _own_key(feed.url, entry), entry) for entry in entries]
        new, changed = self._state.feed_read(feed.url, got.validators if whole else Validators(), noted)
        self.tell("feed", f"{feed.url}: {len(noted)} entries, {new} new" + (f", {changed} changed" if changed else ""))
        return True

    def _entries(self, got: Fetched, feed: WatchedFeed) -> tuple[list[Entry], bool]:
        """All entries of what an address gave: of the feed itself, of an index's sitemaps, of a page's feeds. And
        whether it gave them by itself: of the others an answer "unchanged" would say nothing."""
        if is_feed(got.body):
            read = self._read(got)
            if read.kind != "sitemap-index":
                return self._named(read.entries, feed), True
            parts = [entry.url for entry in read.entries if entry.url][: self._options.sitemaps]
        else:
            parts = feed_links(got.body, got.url)[: self._options.discovered]
            if not parts:
                raise NotAFeedError("it is no feed, and names none")
            self.tell("feed", f"{feed.url}: a page that names the feeds {', '.join(parts)}")
        entries: list[Entry] = []
        for url in parts:
            part = self._fetcher.get(url, Validators())
            if isinstance(part, Rejection):
                self.tell("feed failed", f"{url}: {part.detail} [{part.reason}]")
                continue
            try:
                read = self._read(part)
            except NotAFeedError as error:
                self.tell("feed failed", f"{url}: {error} [not-a-feed]")
                continue
            entries += self._named(read.entries if read.kind != "sitemap-index" else (), feed)
        return entries, False

    def _read(self, got: Fetched) -> Feed:
        return read_feed(got.body, base=got.url, charset=got.charset, options=self._options.feeds)

    def _named(self, entries: Iterable[Entry], feed: WatchedFeed) -> list[Entry]:
        usable = [entry for entry in entries if entry.url or entry.words() >= self._options.feeds.words]
        return [
            msgspec.structs.replace(
                entry, outlet=feed.outlet or entry.outlet, teller=entry.teller and (feed.outlet or entry.teller)
            )
            for entry in usable
        ]

    # pages

    def _get_page(self, wanted: Wanted) -> bool:
        entry = wanted.entry
        own = entry_page(entry, wanted.key if entry.teller is None else wanted.feed, self._options.feeds)
        follow = next((feed.follow for feed in self._feeds.feeds if feed.url == wanted.feed), True)
        if not follow or entry.url is None:
            return self._keep(wanted, own, "the feed holds no report of it, and its links are not followed")
        got = self._fetcher.fetch(entry.url)
        if isinstance(got, Page):
            return self._keep(wanted, got, "")
        if got.reason == "postponed":
            return self._put_off(wanted, own, got.detail)
        if got.reason == "unreachable" and wanted.attempts + 1 < self._options.attempts:
            self._state.tried(wanted)
            self.tell("not got", f"{wanted.key}: {got.detail} (attempt {wanted.attempts + 1})")
            return False
        return self._keep(wanted, own, f"{got.detail} [{got.reason}]")

    def _put_off(self, wanted: Wanted, own: Page | None, why: str) -> bool:
        if self.stopping:
            self.tell("put off", f"{wanted.key}: {why}")
            return False
        now = self._clock.now()
        since = now if wanted.waits_since is None else min(wanted.waits_since, now)
        if now - since > self._options.patience:
            days = self._options.patience / 86_400
            return self._keep(wanted, own, f"put off for over {days:g} days: {why}")
        self._state.put_off(wanted, since)
        self.tell("put off", f"{wanted.key}: {why}")
        return False

    def _keep(self, wanted: Wanted, page: Page | None, problem: str) -> bool:
        if page is None:
            self._state.given_up(wanted)
            self.tell("given up", f"{wanted.key}: {problem}")
            return False
        self._state.got(wanted, page)
        self.tell("page", f"{wanted.key}" + (f": the feed's own words ({problem})" if problem else ""))
        return True

    # the edition

    def _collate(self) -> tuple[list[str], list[str]]:
        """Put kept pages into the edition; the new events and the changed disputes, a line each."""
        pages = self._state.kept()
        if not pages:
            return [], []
        if self.stopping:
            self.tell("edition", f"{len(pages)} pages wait for the next watch")
            return [], []
        self.tell("edition", f"{len(pages)} pages go into {self._output.name}")
        before: Sequence[Event] = ()
        if self._output.exists() and self._output.stat().st_size:
            with Edition.open(self._output) as edition:
                before = edition.events
        with collate_pages(pages, output=self._output, options=RunOptions(), progress=_Noted(self)) as edition:
            after = edition.events
        self._state.let_go(pages)
        return new_events(before, after), changed_disputes(before, after)

    # threads

    def _in_parallel(
        self, work: Callable[..., bool], groups: Sequence[Sequence[Item]], seconds: float = math.inf
    ) -> list[bool]:
        """`work` of every item: groups at once, the items of one group after another, none begun after `seconds`. A
        fault costs its item alone."""

        def run(group: Sequence[Item]) -> list[bool]:
            done: list[bool] = []
            began = self._clock.now()
            for item in group:
                if self._stop.is_set():
                    break
                if self._clock.now() - began > seconds:
                    host = _host(_address_of(item))
                    self.tell("put off", f"{len(group) - len(done)} more of {host}, which is slow: to the next round")
                    break
                try:
                    done.append(work(item))
                except EditionError:
                    raise
                except Exception as error:  # a defect of ours, told; one feed or page must not stop the others
                    self.tell("fault", f"{_address_of(item)}: {type(error).__name__}: {error}")
                    done.append(False)
            return done

        if not groups:
            return []
        with ThreadPoolExecutor(self._feeds.hosts, thread_name_prefix="watch") as pool:
            try:
                return [outcome for group in pool.map(run, groups) for outcome in group]
            except KeyboardInterrupt:
                self.stop()  # what waits for its turn wakes up, what is under way ends
                raise

    def tell(self, action: str, what: str) -> None:
        """Write one line of the log."""
        at = datetime.fromtimestamp(self._clock.now(), UTC).strftime("%Y-%m-%d %H:%M:%SZ")
        line = "".join(c if c.isprintable() else "\ufffd" for c in what[: _LINE + 1])
        line = line if len(line) <= _LINE else line[:_LINE] + " …"
        with self._told:
            self._log(f"{at}  {action:<11}  {line}")


class _Noted(Progress):
    """What collating notes (rejected pages, changed sources) becomes lines of the log."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch
        self._said: set[str] = set()

    def note(self, line: str) -> None:
        if line not in self._said:
            self._said.add(line)
            self._watch.tell("edition", line)


def new_events(before: Iterable[Event], after: Iterable[Event]) -> list[str]:
    """Events that no event of `before` shares a mention with, a line each: an event that only grew is not new."""
    known = {mention for event in before for mention in event.mentions}
    return [
        f"{event.headline} ({event.id})" for event in after if not any(mention in known for mention in event.mentions)
    ]


def changed_disputes(before: Iterable[Event], after: Iterable[Event]) -> list[str]:
    """Disputed tolls that began, ended or have other current figures, a line each."""
    old, new = _disputes(before), _disputes(after)
    mentions = {mention: event.id for event in before for mention in event.mentions}
    lines = []
    matched: set[tuple[str, str]] = set()
    for (id_, kind), (event, figures) in new.items():
        earlier = {mentions[mention] for mention in event.mentions if mention in mentions}
        found = [old[key] for key in sorted((other, kind) for other in earlier) if key in old]
        matched.update((other, kind) for other in earlier)
        if not found:
            lines.append(f"{event.headline} ({id_}): {kind} is disputed now: {figures}")
        elif all(was != figures for _, was in found):
            lines.append(f"{event.headline} ({id_}): {kind} was {found[0][1]}, is {figures}")
    for (id_, kind), (event, figures) in old.items():
        if (id_, kind) not in matched:
            lines.append(f"{event.headline} ({id_}): {kind} is disputed no more; it was {figures}")
    return lines


def _disputes(events: Iterable[Event]) -> dict[tuple[str, str], tuple[Event, str]]:
    found = {}
    for event in events:
        for toll in event.tolls:
            if toll.agreement == "disputed":
                current = {(r.low, r.high) for r in toll.readings if r.superseded_by is None}
                ordered = sorted(current, key=lambda pair: (pair[0] or 0, pair[1] is None, pair[1] or 0))
                found[event.id, str(toll.kind)] = (event, " against ".join(_figure(*pair) for pair in ordered))
    return found


def _figure(low: int | None, high: int | None) -> str:
    if low == high and low is not None:
        return str(low)
    if high is None:
        return f"at least {low}"
    return f"at most {high}" if low is None else f"{low} to {high}"


def _by_host(items: Iterable[Item]) -> list[list[Item]]:
    """Grouped by host, each in its order: hosts are asked at once, one host never."""
    groups: dict[str, list[Item]] = {}
    for item in items:
        groups.setdefault(_host(_address_of(item)), []).append(item)
    return list(groups.values())


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _own_key(feed: str, entry: Entry) -> str:
    """A key for an entry without an address."""
    return f"{feed}#{stable_id('entry', (entry.title, entry.published, entry.content))}"


def _address_of(item: Wanted | WatchedFeed) -> str:
    return item.url if isinstance(item, WatchedFeed) else item.entry.url or item.key
