"""robots.txt, pauses, rests and conditional requests."""

from __future__ import annotations

import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

import pytest

from variorum.pages.fetching import Fetched, FetchOptions, Validators
from variorum.pages.fetching.politeness import ShortMemory
from variorum.records import Page, Rejection

from .local_web import HandClock, LocalWeb, answer, fetcher


def _robots(text: str) -> bytes:
    return answer(text, media="text/plain")


def _page(web: LocalWeb, path: str, host: str = "news.example.org") -> str:
    web.pages[host + path] = answer("<p>a")
    return f"http://{host}{path}"


def test_robots_txt_is_kept_to(web: LocalWeb) -> None:
    web.pages["news.example.org/robots.txt"] = _robots(
        "User-agent: *\nDisallow: /\n\nUser-agent: Variorum\nDisallow: /private\nAllow: /private/open\n"
    )
    get = fetcher(web)
    for path in ("/a", "/private/open/x"):
        assert isinstance(get.fetch(_page(web, path)), Page)
    refused = get.fetch(_page(web, "/private/x"))
    assert isinstance(refused, Rejection)
    assert (refused.reason, refused.detail) == ("refused", "the robots.txt of news.example.org disallows it")
    assert [url for url, _ in web.requests].count("news.example.org/robots.txt") == 1


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (answer("none", 404), None),
        (answer("no", 403), None),
        (answer("oops", 500), "postponed"),
        (answer("busy", 429), "postponed"),
        (b"", "postponed"),
        (_robots("\x00\xff nonsense \r\n" * 100), None),
        (_robots("User-agent: *\nDisallow: /\n"), "refused"),
    ],
)
def test_what_a_robots_txt_that_cannot_be_read_means(web: LocalWeb, page: bytes, reason: str | None) -> None:
    web.pages["news.example.org/robots.txt"] = page
    got = fetcher(web).fetch(_page(web, "/a"))
    assert (got.reason if isinstance(got, Rejection) else None) == reason
    assert web.asked() == ([] if reason else ["news.example.org/a"])


def test_robots_txt_of_the_place_redirected_to_is_kept_to(web: LocalWeb) -> None:
    web.pages["other.example.org/robots.txt"] = _robots("User-agent: *\nDisallow: /\n")
    web.pages["news.example.org/a"] = answer(status=301, Location="http://other.example.org/a")
    _page(web, "/a", "other.example.org")
    got = fetcher(web).fetch("http://news.example.org/a")
    assert isinstance(got, Rejection)
    assert "robots.txt of other.example.org" in got.detail
    assert web.asked() == ["news.example.org/a"]


def test_robots_txt_holds_a_day(web: LocalWeb) -> None:
    clock, memory = HandClock(), ShortMemory()
    for pause, times in ((0, 1), (80_000, 1), (10_000, 2)):
        clock.time += pause
        fetcher(web, clock=clock, memory=memory).fetch(_page(web, "/a"))
        assert [url for url, _ in web.requests].count("news.example.org/robots.txt") == times


@pytest.mark.parametrize(
    ("robots", "pause"),
    [
        ("User-agent: *\nAllow: /\n", 2.0),
        ("User-agent: *\nCrawl-delay: 7\n", 7.0),
        ("User-agent: *\nCrawl-delay: 0.1\n", 2.0),
        ("User-agent: *\nRequest-rate: 1/10\n", 10.0),
    ],
)
def test_requests_to_a_host_are_spaced(web: LocalWeb, robots: str, pause: float) -> None:
    web.pages["news.example.org/robots.txt"] = _robots(robots)
    clock = HandClock()
    get = fetcher(web, clock=clock)
    for n in range(3):
        get.fetch(_page(web, f"/{n}"))
    assert clock.slept[-2:] == [pause, pause]


def test_a_delay_past_patience_puts_off(web: LocalWeb) -> None:
    web.pages["news.example.org/robots.txt"] = _robots("User-agent: *\nCrawl-delay: 3600\n")
    clock = HandClock()
    get = fetcher(web, clock=clock)
    assert isinstance(get.fetch(_page(web, "/a")), Page)
    later = get.fetch(_page(web, "/b"))
    assert isinstance(later, Rejection)
    assert later.reason == "postponed"
    clock.time += 3_600
    assert isinstance(get.fetch(_page(web, "/b")), Page)


def test_hosts_do_not_wait_for_one_another(web: LocalWeb) -> None:
    clock = HandClock()
    get = fetcher(web, clock=clock)
    urls = [_page(web, "/a", f"news{n}.example.org") for n in range(4)]
    with ThreadPoolExecutor(4) as pool:
        assert all(isinstance(got, Page) for got in pool.map(get.fetch, urls))
    assert clock.slept == []


@pytest.mark.parametrize(
    ("given", "rest"),
    [("300", 300.0), ("5", 60.0), ("Tue, 14 Nov 2023 23:13:20 GMT", 3_600.0), ("soon", 60.0), ("9" * 30, 86_400.0)],
)
def test_retry_after_is_kept_to(web: LocalWeb, given: str, rest: float) -> None:
    web.pages["news.example.org/busy"] = answer("", 429, Retry_After=given)
    clock = HandClock()
    get = fetcher(web, clock=clock, options=FetchOptions(patience_seconds=0.0))
    assert isinstance(get.fetch("http://news.example.org/busy"), Rejection)
    asked = len(web.requests)
    clock.time += rest - 1
    assert isinstance(get.fetch(_page(web, "/a")), Rejection)
    assert len(web.requests) == asked
    clock.time += 1
    assert isinstance(get.fetch(_page(web, "/a")), Page)


def test_failures_rest_longer_each_time(web: LocalWeb) -> None:
    web.pages["news.example.org/a"] = answer("", 503)
    memory, clock = ShortMemory(), HandClock()
    get = fetcher(web, clock=clock, memory=memory, options=FetchOptions(patience_seconds=1e9))
    rests = []
    for _ in range(12):
        get.fetch("http://news.example.org/a")
        rests.append(memory.site("news.example.org").not_before - clock.now())
    assert rests[:4] == [60, 120, 240, 480]
    assert rests[-1] == 21_600


def test_unchanged_pages_are_not_sent_again(web: LocalWeb) -> None:
    def page(headers: Mapping[str, str]) -> bytes:
        if headers.get("if-none-match") == '"v1"' and headers.get("if-modified-since"):
            return answer(status=304, ETag='"v1"')
        return answer("<p>a", ETag='"v1"', Last_Modified="Tue, 14 Nov 2023 20:00:00 GMT")

    web.pages["news.example.org/a"] = page
    get = fetcher(web)
    first = get.get("http://news.example.org/a")
    assert isinstance(first, Fetched)
    assert first.validators == Validators(etag='"v1"', modified="Tue, 14 Nov 2023 20:00:00 GMT")
    second = get.get("http://news.example.org/a", first.validators)
    assert isinstance(second, Fetched)
    assert second.unchanged


def test_validators_carry_no_second_header(web: LocalWeb) -> None:
    _page(web, "/a")
    fetcher(web).get("http://news.example.org/a", Validators(etag='"x"\r\nX-Injected: 1'))
    assert all("x-injected" not in headers for _, headers in web.requests)


def test_robots_txt_of_a_dead_name(web: LocalWeb) -> None:
    from .local_web import FakeNetwork

    got = fetcher(web, network=FakeNetwork(web, {"gone.example.org": [[]]})).fetch("http://gone.example.org/a")
    assert isinstance(got, Rejection)
    assert got.reason in ("postponed", "unreachable")


def test_a_host_is_one_over_http_and_https(web: LocalWeb) -> None:
    """Turns and rests are the host's; over TLS it is not reached here, and rests over http too."""
    clock = HandClock()
    get = fetcher(web, clock=clock, options=FetchOptions(patience_seconds=0.0, ports=(80, 443)))
    assert isinstance(get.fetch("https://news.example.org/a"), Rejection)
    later = get.fetch(_page(web, "/a"))
    assert isinstance(later, Rejection)
    assert later.reason == "postponed"


def test_robots_txt_with_a_byte_order_mark(web: LocalWeb) -> None:
    web.pages["news.example.org/robots.txt"] = _robots("\ufeffUser-agent: *\nDisallow: /\n")
    got = fetcher(web).fetch(_page(web, "/a"))
    assert isinstance(got, Rejection)
    assert got.reason == "refused"


def test_waiting_for_a_turn_is_not_the_servers_time(web: LocalWeb) -> None:
    """Four fetches of one host at once, each quick, together longer than one may take."""

    def slow(_: Mapping[str, str]) -> bytes:
        time.sleep(0.4)
        return answer("<p>a")

    options = FetchOptions(total_seconds=1.0)
    get = fetcher(web, options=options)
    web.pages |= {f"news.example.org/{n}": slow for n in range(4)}
    with ThreadPoolExecutor(4) as pool:
        got = list(pool.map(get.fetch, [f"http://news.example.org/{n}" for n in range(4)]))
    assert all(isinstance(each, Page) for each in got), got


def test_a_rest_longer_than_any_is_a_clock_that_was_set_back(web: LocalWeb) -> None:
    clock, memory = HandClock(), ShortMemory()
    get = fetcher(web, clock=clock, memory=memory)
    clock.time += 1e9
    get.fetch(_page(web, "/a"))
    clock.time -= 1e9
    assert isinstance(get.fetch(_page(web, "/b")), Page)
    assert [url for url, _ in web.requests].count("news.example.org/robots.txt") == 2


def test_not_modified_where_nothing_is_known(web: LocalWeb) -> None:
    web.pages["news.example.org/a"] = answer(status=304)
    get = fetcher(web)
    got = get.get("http://news.example.org/a")
    assert isinstance(got, Rejection)
    assert "304" in got.detail
    known = get.get("http://news.example.org/a", Validators(etag='"1"'))
    assert isinstance(known, Fetched)
    assert known.unchanged
