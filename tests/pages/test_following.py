"""Links asked of several hosts at once: order, politeness, memory and stopping."""

from __future__ import annotations

import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.pages.fetching.local_web import LocalWeb, answer, fetcher, local_web
from variorum.pages import following, read_pages
from variorum.pages.feeds_followed import Link
from variorum.pages.fetching import Fetched, FetchOptions, Validators
from variorum.pages.fetching.refusal import Refusal
from variorum.pages.fetching.web import as_page
from variorum.pages.following import Item, follow
from variorum.pipeline import Progress, collate, collation
from variorum.records import Page, Rejection
from variorum.store import open_store

WORDS = "<p>The harbour master said that two boats had been stopped at the northern pier.</p>" * 12


def feed(host: str, numbers: range, words: str = "") -> bytes:
    items = "".join(
        f"<item><link>http://{host}/{n}</link><description><![CDATA[{words}]]></description></item>" for n in numbers
    )
    return f"<rss version='2.0'><channel><link>http://{host}/</link><title>T</title>{items}</channel></rss>".encode()


class FakeFetcher:
    """Answers after a while by the address: ``/gone`` not at all, ``/feed`` with five entries, others with a page."""

    def __init__(self, hosts: int, seed: int, most: float = 0.004) -> None:
        self.hosts = hosts
        self.asked: Counter[str] = Counter()
        self.together = 0
        self.held: set[str] = set()
        self._random = random.Random(seed)
        self._most = most
        self._lock = threading.Lock()

    def get(self, url: str, validators: Validators | None = None) -> Fetched | Rejection:
        host, path = urlsplit(url).hostname or "", urlsplit(url).path
        with self._lock:
            assert host not in self.held, f"{host} is asked twice at once"
            self.held.add(host)
            self.asked[url] += 1
            self.together = max(self.together, len(self.held))
            pause = self._random.random() * self._most
        time.sleep(pause)
        with self._lock:
            self.held.discard(host)
        if path == "/fault":
            raise ZeroDivisionError
        if path.startswith("/gone"):
            return Refusal("unreachable", "the server answers 404 (not found)").rejection(url)
        body = feed(host, range(5)) if path == "/feed" else WORDS.encode() + url.encode()
        return Fetched(url=url, media="text/xml" if path == "/feed" else "text/html", body=body)

    def fetch(self, url: str) -> Page | Rejection:
        got = self.get(url)
        return got if isinstance(got, Rejection) else as_page(got, url)


def links(count: int) -> list[Item]:
    """Links to feeds, pages and pages that are gone, on nine hosts; some named twice."""
    chosen = random.Random(7)
    paths = ["feed", "gone", "1", "2", "x", "y", "z", "fault"]
    return [Link(f"http://h{chosen.randrange(9)}.example.org/{chosen.choice(paths)}", "address") for _ in range(count)]


@pytest.mark.parametrize("hosts", [1, 3, 8])
def test_what_comes_depends_on_no_timing(hosts: int) -> None:
    expected = list(follow(links(120), FakeFetcher(1, 0, most=0.0)))
    assert {each.reason for each in expected if isinstance(each, Rejection)} == {"unreachable", "fault"}
    for seed in range(4):
        fake = FakeFetcher(hosts, seed)
        assert list(follow(links(120), fake)) == expected
        assert set(fake.asked.values()) <= {1, 2}  # an address of the list that is an entry of a feed too is two links
        assert all(count == 1 for url, count in fake.asked.items() if url.endswith(("feed", "gone", "x", "y", "z")))
        assert fake.together <= hosts


def test_hosts_are_asked_at_once_across_feeds() -> None:
    fake = FakeFetcher(4, 0, most=0.02)
    feeds: list[Item] = [Link(f"http://h{n}.example.org/feed", "address") for n in range(4)]
    got = list(follow(feeds, fake))
    assert [each.source for each in got] == [f"http://h{n}.example.org/{page}" for n in range(4) for page in range(5)]
    assert fake.together == 4


def test_what_is_to_come_is_told() -> None:
    expected: list[int] = []
    got = list(follow(links(60), FakeFetcher(4, 1), expect=expected.append))
    assert sum(expected) == len(got)


def test_pages_between_links_keep_their_places() -> None:
    (page,) = follow([Link("http://a.example.org/1", "page")], FakeFetcher(1, 0))
    items: list[Item] = [page, Link("http://b.example.org/2", "page"), page, Link("http://a.example.org/3", "page")]
    assert [each.source[-1] for each in follow(items, FakeFetcher(2, 0))] == ["1", "2", "1", "3"]


def test_own_words_stand_in_at_every_place_that_has_them() -> None:
    (own,) = follow([Link("http://a.example.org/own", "page")], FakeFetcher(1, 0))
    assert isinstance(own, Page)
    gone, there = "http://b.example.org/gone", "http://b.example.org/there"
    got = list(follow([Link(gone, "page"), Link(gone, "page", own), Link(there, "page", own)], FakeFetcher(1, 0)))
    assert [(type(each), each.source) for each in got] == [(Rejection, gone), (Page, own.source), (Page, there)]


def test_results_that_wait_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """While the first host is slow the others stop at the bound; nothing waits for ever."""
    monkeypatch.setattr(following, "_HELD", 20_000)
    release = threading.Event()

    class Slow(FakeFetcher):
        def get(self, url: str, validators: Validators | None = None) -> Fetched | Rejection:
            if "slow" in url:
                release.wait(10)
            return super().get(url, validators)

    fake = Slow(4, 0, most=0.0)
    items: list[Item] = [Link("http://slow.example.org/1", "page")]
    items += [Link(f"http://h{n % 50}.example.org/{n}", "page") for n in range(400)]
    got = follow(items, fake)
    threading.Timer(0.3, release.set).start()
    first = next(got)
    assert first.source == "http://slow.example.org/1"
    assert sum(fake.asked.values()) < 60  # a page has about a thousand bytes
    assert len(list(got)) == 400


def test_nothing_is_asked_for_after_the_end() -> None:
    fake = FakeFetcher(4, 0, most=0.01)
    got = follow(links(200), fake)
    for _ in range(5):
        next(got)
    got.close()  # type: ignore[attr-defined]
    time.sleep(0.05)
    asked = sum(fake.asked.values())
    time.sleep(0.1)
    assert sum(fake.asked.values()) == asked < 120
    assert not [thread for thread in threading.enumerate() if thread.name == "fetch"]


@pytest.mark.parametrize("restarted", [False, True])  # some libraries have system calls restarted after signals
def test_an_interrupt_does_not_wait_for_a_slow_server(restarted: bool) -> None:
    release = threading.Event()

    class Stuck(FakeFetcher):
        def get(self, url: str, validators: Validators | None = None) -> Fetched | Rejection:
            release.wait(20)
            return super().get(url, validators)

    fake = Stuck(4, 0)
    timer = threading.Timer(0.2, signal.pthread_kill, (threading.main_thread().ident, signal.SIGINT))
    before = signal.getsignal(signal.SIGINT)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.siginterrupt(signal.SIGINT, not restarted)
    began = time.monotonic()
    timer.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            list(follow(links(50), fake))
    finally:
        signal.signal(signal.SIGINT, before)
    assert time.monotonic() - began < 5
    release.set()
    time.sleep(0.1)
    assert sum(fake.asked.values()) <= 4  # what was under way; nothing new began


@pytest.fixture
def web() -> Iterator[LocalWeb]:
    with local_web() as running:
        yield running


def test_links_of_a_feed_are_strangers_words(web: LocalWeb) -> None:
    """What is refused of an address is refused of a feed's entry, of a list's line and of a sitemap's."""
    hostile = ["http://127.0.0.1/", "http://[::ffff:10.0.0.1]/", "http://0x7f000001/", "http://169.254.169.254/latest"]
    items = "".join(f"<item><link>{url}</link></item>" for url in hostile)
    web.pages["news.example.org/feed"] = answer(
        f"<rss version='2.0'><channel>{items}</channel></rss>", media="text/xml"
    )
    rows = "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in hostile)
    web.pages["news.example.org/map"] = answer(f"<sitemapindex>{rows}</sitemapindex>", media="text/xml")
    got = list(read_pages(["http://news.example.org/feed", "http://news.example.org/map"], fetcher=fetcher(web)))
    assert [each.reason for each in got if isinstance(each, Rejection)] == ["refused"] * 8
    assert len(got) == 8
    assert set(web.asked()) == {"news.example.org/feed", "news.example.org/map"}


def test_turns_of_one_host_are_kept_while_others_are_asked(web: LocalWeb) -> None:
    for host in ("a", "b"):
        web.pages |= {f"{host}.example.org/{n}": answer(WORDS) for n in range(3)}
    get = fetcher(web, options=FetchOptions(hosts=8))
    got = list(read_pages([f"http://{h}.example.org/{n}" for n in range(3) for h in "ab"], fetcher=get))
    assert [each.source[7:] for each in got] == [f"{h}.example.org/{n}" for n in range(3) for h in "ab"]
    assert [url for url in web.asked() if url.startswith("a.")] == [f"a.example.org/{n}" for n in range(3)]


def test_an_interrupt_keeps_whole_pages(web: LocalWeb, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collation, "_STEP_PAGES", 2)
    web.pages |= {f"a.example.org/{n}": answer(f"{WORDS}<p>{n}") for n in range(6)}
    urls = [f"http://a.example.org/{n}" for n in range(6)]

    class Stopping(Progress):
        steps = 0

        def advance(self, steps: int = 1) -> None:
            self.steps += steps
            if self.steps == 5:
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        collate(urls, output=tmp_path / "e.sqlite", fetcher=fetcher(web), progress=Stopping())
    store = open_store(tmp_path / "e.sqlite")
    assert sorted(page.source for page in store.pages()) == urls[:4]
    store.close()
