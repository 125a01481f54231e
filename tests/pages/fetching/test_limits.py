"""What servers send too much of, too slowly, or wrongly: every case ends in bounded time with its reason."""

from __future__ import annotations

import gzip
import ssl
import time
import zlib
from collections.abc import Iterator, Mapping

import brotli
import httpcore
import pytest

from variorum.pages.fetching import FetchOptions
from variorum.pages.fetching.bodies import decoded
from variorum.pages.fetching.refusal import Refusal
from variorum.records import Page, Rejection

from .local_web import PUBLIC, FakeNetwork, LocalWeb, answer, fetcher

URL = "http://news.example.org/a"
SMALL = FetchOptions(body_bytes=2_000_000, ratio_from=100_000, total_seconds=1.0, read_seconds=0.5)


def _got(web: LocalWeb, page: object, options: FetchOptions = SMALL) -> tuple[Page | Rejection, float]:
    web.pages["news.example.org/a"] = page  # type: ignore[assignment]
    started = time.monotonic()
    got = fetcher(web, options=options).fetch(URL)
    return got, time.monotonic() - started


def _rejected(web: LocalWeb, page: object, options: FetchOptions = SMALL) -> Rejection:
    got, took = _got(web, page, options)
    assert isinstance(got, Rejection), got
    assert took < 3
    return got


TEXT = "<p>The ministry said nothing.</p>" * 50


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzip.compress(TEXT.encode())),
        ("x-gzip", gzip.compress(TEXT.encode())),
        ("GZIP", gzip.compress(TEXT[:100].encode()) + gzip.compress(TEXT[100:].encode())),
        ("deflate", zlib.compress(TEXT.encode())),
        ("deflate", zlib.compress(TEXT.encode(), wbits=-15)),
        ("br", brotli.compress(TEXT.encode())),
        ("identity", TEXT.encode()),
    ],
)
def test_codings_are_undone(web: LocalWeb, coding: str, body: bytes) -> None:
    got, _ = _got(web, answer(body, Content_Encoding=coding))
    assert isinstance(got, Page)
    assert got.content == TEXT.encode()


@pytest.mark.parametrize(
    ("coding", "bomb"),
    [
        ("gzip", gzip.compress(b"\0" * 50_000_000)),
        ("deflate", zlib.compress(b"\0" * 50_000_000)),
        ("br", brotli.compress(b"\0" * 50_000_000, quality=4)),
        ("gzip", gzip.compress(b"\0" * 1_000_000) * 50),
    ],
)
def test_bombs_end_at_the_ratio(web: LocalWeb, coding: str, bomb: bytes) -> None:
    got = _rejected(web, answer(bomb, Content_Encoding=coding))
    assert got.reason == "too-large"


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br"])
def test_bomb_holds_no_more_than_the_limit(coding: str) -> None:
    """Pieces of a decompressor are bounded, whatever the chunk."""
    bomb = {
        "gzip": gzip.compress(b"a" * 40_000_000, 9),
        "deflate": zlib.compress(b"a" * 40_000_000, 9),
        "br": brotli.compress(b"a" * 40_000_000, quality=3),
    }[coding]
    import tracemalloc

    tracemalloc.start()
    with pytest.raises(Refusal):
        decoded([bomb], coding, SMALL)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8_000_000


@pytest.mark.parametrize(
    ("coding", "body", "said"),
    [
        ("gzip", b"no gzip at all", "compression is broken"),
        ("br", b"\xff\xff\xff\xff", "compression is broken"),
        ("deflate", b"\xff\xff\xff\xff", "compression is broken"),
        ("gzip", gzip.compress(TEXT.encode())[:-12], "cut off"),
        ("br", brotli.compress(TEXT.encode())[:-4], "cut off"),
        ("zstd", b"x", "not known"),
        ("gzip, gzip", b"x", "not known"),
    ],
)
def test_broken_codings(web: LocalWeb, coding: str, body: bytes, said: str) -> None:
    got = _rejected(web, answer(body, Content_Encoding=coding))
    assert got.reason == "unreachable"
    assert said in got.detail


def _endless(head: bytes, piece: bytes) -> Iterator[bytes]:
    yield head
    while True:
        yield piece


@pytest.mark.parametrize(
    ("head", "piece", "reason"),
    [
        (b"HTTP/1.1 200 X\r\nContent-Type: text/html\r\n\r\n", b"a" * 65_536, "too-large"),
        (
            b"HTTP/1.1 200 X\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n",
            b"4\r\naaaa\r\n" * 5_000,
            "",
        ),
        (b"HTTP/1.1 200 X\r\n", b"A: b\r\n" * 1_000, "unreachable"),
        (b"HTTP/1.1 200 X\r\nA: ", b"a" * 65_536, "unreachable"),
        (b"", b"HTTP/1.1 103 Hints\r\n\r\n" * 1_000, ""),
        (b"", b"a" * 65_536, "unreachable"),
        (b"HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\n\r\n1;", b"x" * 65_536, "unreachable"),
    ],
    ids=["body", "chunks", "headers", "one header", "interim answers", "status line", "chunk extension"],
)
def test_what_never_ends(web: LocalWeb, head: bytes, piece: bytes, reason: str) -> None:
    got = _rejected(web, lambda _: _endless(head, piece))
    assert got.reason == reason if reason else got.reason in ("too-large", "unreachable")


def _slow(head: bytes, piece: bytes, pause: float) -> Iterator[bytes]:
    yield head
    for _ in range(200):
        time.sleep(pause)
        yield piece


@pytest.mark.parametrize(
    ("head", "piece"),
    [
        (b"", b"H"),
        (b"HTTP/1.1 200 X\r\n", b"A: b\r\n"),
        (b"HTTP/1.1 200 X\r\nContent-Type: text/html\r\nContent-Length: 9999\r\n\r\n", b"a"),
    ],
    ids=["status line", "headers", "body"],
)
def test_slow_servers_meet_the_deadline(web: LocalWeb, head: bytes, piece: bytes) -> None:
    """Each byte comes in time; all of them do not."""
    got = _rejected(web, lambda _: _slow(head, piece, 0.05))
    assert "longer than 1 s in all" in got.detail


def test_silent_server_meets_the_read_limit(web: LocalWeb) -> None:
    got = _rejected(web, lambda _: _slow(b"", b"", 5.0))
    assert "not answer in time" in got.detail


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (b"HTTP/1.1 200 X\r\nContent-Type: text/html\r\nContent-Length: 100\r\n\r\nshort", "unreachable"),
        (b"HTTP/1.1 200 X\r\nContent-Type: text/html\r\nContent-Length: 9999999999\r\n\r\nshort", "too-large"),
        (b"HTTP/1.1 200 X\r\nContent-Length: -5\r\n\r\nshort", "unreachable"),
        (b"HTTP/1.1 200 X\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nshort", "unreachable"),
        (b"HTTP/1.1 200 X\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "unreachable"),
        (b"HTTP/1.1 200 X\r\nBad Header\r\n\r\n", "unreachable"),
        (b"\x16\x03\x01 no http", "unreachable"),
        (b"", "unreachable"),
        (b"HTTP/1.1 200 X\r\nContent-Type: text/html\r\nContent-Length: 0\r\n\r\n", "empty"),
        (answer("x", media="image/png"), "unsupported-media"),
        (answer("x", media="application/octet-stream"), "unsupported-media"),
        (answer("x", media="video/mp4; charset=x"), "unsupported-media"),
        (answer("gone", 404), "unreachable"),
        (answer("gone", 410), "unreachable"),
        (answer("pay", 402), "unreachable"),
        (answer("oops", 500), "unreachable"),
        (answer("later", 503, Retry_After="30"), "postponed"),
        (answer("later", 429), "postponed"),
        (answer("part", 206), "unreachable"),
        (answer("", 302), "unreachable"),
    ],
)
def test_wrong_answers(web: LocalWeb, page: bytes, reason: str) -> None:
    assert _rejected(web, page).reason == reason


def test_longer_than_declared_is_cut_at_the_declared_length(web: LocalWeb) -> None:
    got, _ = _got(
        web, b"HTTP/1.1 200 X\r\nContent-Type: text/html\r\nContent-Length: 9\r\n\r\n<p>abcd<p>HTTP/1.1 200 X\r\n"
    )
    assert isinstance(got, Page)
    assert got.content == b"<p>abcd<p"


def test_page_carries_what_the_server_said(web: LocalWeb) -> None:
    body = "<p>Заявление</p>".encode("cp1251")
    web.pages["news.example.org/b"] = answer(body, media='text/html; charset="Windows-1251"')
    got, _ = _got(web, answer(status=301, Location="/b#top"))
    assert isinstance(got, Page)
    assert got.content == body
    assert got.media == "text/html"
    assert got.source == URL
    assert got.declared.url == "http://news.example.org/b"
    assert got.declared.charset == "windows-1251"
    assert got.captured is not None
    assert got.captured.startswith("2023-11-14T")
    assert got.captured.endswith("+00:00")


def test_page_without_media_is_told_by_its_first_bytes(web: LocalWeb) -> None:
    got, _ = _got(web, answer("  <html><p>a", media=None))
    assert isinstance(got, Page)
    assert got.media == "text/html"
    got, _ = _got(web, answer("Just a text", media=None))
    assert isinstance(got, Page)
    assert got.media == "text/plain"


def test_the_user_agent_says_who_and_whom_to_write_to(web: LocalWeb) -> None:
    seen: list[str] = []

    def page(headers: Mapping[str, str]) -> bytes:
        seen.append(headers["user-agent"])
        return answer("<p>a")

    _got(web, page, FetchOptions(contact="desk@example.org"))
    assert seen[0].startswith("variorum/")
    assert "desk@example.org" in seen[0]
    assert "Mozilla" not in seen[0]


def test_tls_names_and_verifies_the_host_that_was_asked_for(web: LocalWeb) -> None:
    """The connection goes to the checked address; the certificate must be the name's."""
    seen: list[tuple[str | None, bool, ssl.VerifyMode]] = []

    class Stream(httpcore.NetworkStream):
        def start_tls(
            self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
        ) -> httpcore.NetworkStream:
            seen.append((server_hostname, ssl_context.check_hostname, ssl_context.verify_mode))
            raise httpcore.ConnectError("[SSL: CERTIFICATE_VERIFY_FAILED]")

        def close(self) -> None: ...

    class Network(FakeNetwork):
        def connect(self, address: str, port: int, seconds: float) -> httpcore.NetworkStream:
            self.connected.append((address, port))
            return Stream()

    network = Network(web)
    got = fetcher(web, network=network).get("https://news.example.org/a")
    assert isinstance(got, Rejection)
    assert set(seen) == {("news.example.org", True, ssl.CERT_REQUIRED)}
    assert set(network.connected) == {(PUBLIC, 443)}


def test_a_file_that_is_compressed_itself_is_undone_once(web: LocalWeb) -> None:
    sitemap = b"<urlset></urlset>"
    for media in ("application/gzip", "application/x-gzip", "text/xml"):
        web.pages["news.example.org/sitemap.xml.gz"] = answer(gzip.compress(sitemap), media=media)
        got = fetcher(web).get("http://news.example.org/sitemap.xml.gz")
        assert not isinstance(got, Rejection)
        assert got.body == sitemap
    twice = answer(gzip.compress(gzip.compress(sitemap)), media="application/gzip", Content_Encoding="gzip")
    bomb = answer(gzip.compress(gzip.compress(b"a" * 50_000_000)), media="application/gzip", Content_Encoding="gzip")
    web.pages["news.example.org/twice"], web.pages["news.example.org/bomb"] = twice, bomb
    undone = fetcher(web).get("http://news.example.org/twice")
    assert not isinstance(undone, Rejection)
    assert undone.body == sitemap
    refused = fetcher(web, options=SMALL).get("http://news.example.org/bomb")
    assert isinstance(refused, Rejection)
    assert refused.reason == "too-large"


@pytest.mark.parametrize(
    ("media", "taken"),
    [
        ("application/x-rss+xml", True),
        ("text/rss", True),
        ("text/json", True),
        ("application/ld+json", True),
        ("image/svg+xml", False),
        ("application/zip", False),
        ("text/css", False),
    ],
)
def test_kinds_that_feeds_are_sent_as(web: LocalWeb, media: str, taken: bool) -> None:
    web.pages["news.example.org/a"] = answer("<rss/>", media=media)
    got = fetcher(web).get("http://news.example.org/a")
    assert isinstance(got, Rejection) != taken
