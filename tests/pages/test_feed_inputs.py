"""Feeds, lists of addresses and addresses as inputs beside files."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pages.fetching.local_web import LocalWeb, answer, fetcher, local_web
from variorum.documents import make_document
from variorum.errors import InputError
from variorum.pages import read_pages
from variorum.records import Page, Rejection

WORDS = "<p>Police said that two men had fired at the gate of the port and had fled on a motorcycle.</p>" * 9
RSS = (
    '<rss version="2.0"><channel><title>Port Gazette</title><link>http://news.example.org/</link>'
    "<item><title>Shots at the port</title>"
    f"<link>http://news.example.org/1</link><pubDate>Thu, 18 Jan 2024 09:30:00 +0500</pubDate><description>"
    f"<![CDATA[{WORDS}]]></description></item><item><link>http://news.example.org/2</link></item></channel></rss>"
).encode()
JSON = b'{"version": "https://jsonfeed.org/version/1.1", "items": [{"url": "http://news.example.org/1"}]}'
LIST = b"# two\nhttp://news.example.org/1\nhttp://news.example.org/2\n"


@pytest.fixture
def web() -> Iterator[LocalWeb]:
    with local_web() as running:
        for n in (1, 2):
            running.pages[f"news.example.org/{n}"] = answer(f"<p>Page {n}</p>")
        yield running


def _told(got: Iterator[Page | Rejection]) -> list[tuple[str, str]]:
    return [(item.source, item.reason if isinstance(item, Rejection) else "page") for item in got]


@pytest.mark.parametrize("name", ["feed.xml", "feed.rss", "feed.atom", "feed.xml.gz"])
def test_saved_feed(web: LocalWeb, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(gzip.compress(RSS) if name.endswith(".gz") else RSS)
    assert _told(read_pages([path])) == [(f"{name}:1", "page"), (name, "network-off")]
    assert web.requests == []
    assert _told(read_pages([path], fetcher=fetcher(web))) == [
        ("http://news.example.org/1", "page"),
        ("http://news.example.org/2", "page"),
    ]


@pytest.mark.parametrize(("name", "content"), [("mine.urls", LIST), ("mine.txt", LIST), ("feed.json", JSON)])
def test_what_only_names_addresses(web: LocalWeb, tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert _told(read_pages([path])) == [(name, "network-off")]
    got = _told(read_pages([path], fetcher=fetcher(web)))
    assert got[0] == ("http://news.example.org/1", "page")


def test_a_text_that_begins_with_an_address_is_a_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("http://news.example.org/1\nPolice said that two men had fled.\n")
    assert _told(read_pages([path])) == [("a.txt", "page")]


def test_feeds_in_archives_and_on_stdin(web: LocalWeb, tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("feed.xml", RSS)
        archive.writestr("other.xml", "<data/>")
    assert _told(read_pages([path])) == [
        ("all.zip/feed.xml:1", "page"),
        ("all.zip/feed.xml", "network-off"),
        ("all.zip/other.xml", "not-a-feed"),
    ]
    assert _told(read_pages(["-"], stdin=io.BytesIO(RSS))) == [("-:1", "page"), ("-", "network-off")]
    assert _told(read_pages(["-"], stdin=io.BytesIO(LIST), fetcher=fetcher(web)))[1] == (
        "http://news.example.org/2",
        "page",
    )


def test_addresses_need_the_network_allowed(web: LocalWeb) -> None:
    with pytest.raises(InputError, match="--allow-network"):
        read_pages(["http://news.example.org/1"])
    web.pages["news.example.org/rss"] = answer(RSS, media="application/rss+xml")
    got = _told(read_pages(["http://news.example.org/rss", "http://127.0.0.1/"], fetcher=fetcher(web)))
    assert got == [
        ("http://news.example.org/1", "page"),
        ("http://news.example.org/2", "page"),
        ("http://127.0.0.1/", "refused"),
    ]


def test_the_server_s_charset_is_kept_to(web: LocalWeb) -> None:
    words = "<p>Сторонам следует прекратить огонь.</p>"
    web.pages["news.example.org/1"] = answer(words.encode("cp1251"), media="text/html; charset=windows-1251")
    (page,) = read_pages(["http://news.example.org/1"], fetcher=fetcher(web))
    assert isinstance(page, Page)
    assert "Сторонам следует прекратить огонь." in make_document(page).text
