"""Feeds, sitemaps and lists of addresses: what they name, and what of it becomes pages."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from tests.pages.fetching.local_web import LocalWeb, answer, fetcher, local_web
from variorum.documents import make_document
from variorum.pages.feeds import (
    Entry,
    Feed,
    FeedOptions,
    NotAFeedError,
    feed_links,
    is_feed,
    read_address_list,
    read_feed,
    same_site,
    without_claims,
)
from variorum.pages.feeds_followed import Link, entry_page, feed_pages, list_pages
from variorum.pages.following import follow
from variorum.pages.making import id_fits
from variorum.records import Page, Rejection

BASE = "https://news.example.org/feeds/all.xml"
REPORT = "<p>Gunmen opened fire on a convoy near the border on Thursday, officials said.</p>" * 14


@pytest.fixture
def web() -> Iterator[LocalWeb]:
    with local_web() as running:
        yield running


def _rss(items: str, head: str = "") -> bytes:
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Border Gazette</title>'
        f"{head}{items}</channel></rss>"
    ).encode()


RSS = _rss(
    "<item><title>A &amp; B</title><link>/news/1</link><pubDate>Thu, 18 Jan 2024 09:30:00 +0500</pubDate>"
    f"<description>In short.</description><content:encoded><![CDATA[{REPORT}]]></content:encoded></item>"
    "<item><title>Second</title><link>https://news.example.org/news/2#top</link>"
    "<dc:date>2024-01-18T11:00+05:00</dc:date><description>Only a summary.</description></item>"
    "<item><title>Again</title><link>https://news.example.org/news/2</link></item>",
    "<language>en-gb</language>",
)
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en" xml:base="https://other.example.org/x/">
<title>Hill Herald</title><entry><title type="html">The &lt;b&gt;first&lt;/b&gt; &amp;amp; last</title>
<link rel="replies" href="no"/><link href="n/1"/><id>tag:1</id><updated>2024-01-18T10:00:00Z</updated>
<published>2024-01-18T09:00:00+03:30</published>
<content type="html"><![CDATA[{REPORT}]]></content></entry></feed>""".encode()
RDF = b"""<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>T</title></channel>
<item><title>a</title><link>https://news.example.org/1</link><dc:date>2024-01-18T10:00+05:00</dc:date></item></rdf:RDF>"""
JSON = b"""{"version": "https://jsonfeed.org/version/1.1", "title": "Coast Courier", "language": "en", "items": [
 {"id": "1", "url": "/n/1", "title": "One", "content_text": "Some words",
  "date_published": "2024-01-18T09:30:00+05:00"},
 {"id": "https://news.example.org/n/2", "content_html": "<p>x"}, "not an item"]}"""
NEWS = b"""<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc> https://news.example.org/s/1 </loc>
 <news:news><news:publication><news:name>Sea Sentinel</news:name><news:language>en</news:language></news:publication>
 <news:publication_date>2024-01-18T09:30:00+05:00</news:publication_date><news:title>Ships &amp; shells</news:title>
 </news:news></url><url><loc>javascript:alert(1)</loc></url></urlset>"""
INDEX = b"""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap>
 <loc>http://news.example.org/s1.xml</loc><lastmod>2024-01-18</lastmod></sitemap></sitemapindex>"""


def test_rss_keeps_dates_as_written_and_each_address_once() -> None:
    feed = read_feed(RSS, base=BASE)
    assert feed.title == "Border Gazette"
    first, second = feed.entries
    assert first.url == "https://news.example.org/news/1"
    assert first.title == "A & B"
    assert first.published == "Thu, 18 Jan 2024 09:30:00 +0500"
    assert first.content == REPORT
    assert (first.outlet, first.language) == ("Border Gazette", "en-gb")
    assert second.url == "https://news.example.org/news/2"
    assert second.published == "2024-01-18T11:00+05:00"


def test_atom_follows_its_base_and_takes_the_alternate_link() -> None:
    (entry,) = read_feed(ATOM, base=BASE).entries
    assert entry.url == "https://other.example.org/x/n/1"
    assert entry.title == "The first & last"
    assert entry.published == "2024-01-18T09:00:00+03:30"
    assert entry.language == "en"


def test_the_last_change_of_an_atom_entry_is_no_publication() -> None:
    (entry,) = read_feed(ATOM.replace(b"<published>2024-01-18T09:00:00+03:30</published>", b""), base=BASE).entries
    assert (entry.published, entry.updated) == (None, "2024-01-18T10:00:00Z")
    page = entry_page(entry, "a:1", FeedOptions(words=1))
    assert page is not None
    assert id_fits(page)
    made = make_document(page)
    assert made.published is None
    changed = [each.value for each in made.candidates if each.field == "updated" and each.chosen]
    assert changed == ["2024-01-18T10:00:00Z"]


def test_rdf_json_and_news_sitemaps() -> None:
    (rdf,) = read_feed(RDF).entries
    assert (rdf.url, rdf.published) == ("https://news.example.org/1", "2024-01-18T10:00+05:00")
    one, two = read_feed(JSON, base=BASE).entries
    assert (one.url, one.published, one.is_html) == ("https://news.example.org/n/1", "2024-01-18T09:30:00+05:00", False)
    assert (two.url, two.is_html) == ("https://news.example.org/n/2", True)
    feed = read_feed(NEWS)
    assert feed.kind == "sitemap"
    first = feed.entries[0]
    assert first.url == "https://news.example.org/s/1"
    assert (first.title, first.outlet, first.published) == (
        "Ships & shells",
        "Sea Sentinel",
        "2024-01-18T09:30:00+05:00",
    )
    assert feed.entries[1].url is None
    assert read_feed(INDEX).kind == "sitemap-index"


@pytest.mark.parametrize(
    "content", [RSS, ATOM, RDF, JSON, NEWS, INDEX, b"\xef\xbb\xbf \n" + RSS, RSS.decode().encode("utf-16")]
)
def test_feeds_are_told_by_their_beginning(content: bytes) -> None:
    assert is_feed(content)


@pytest.mark.parametrize(
    "content",
    [b"", b"<html><body><rss></rss>", b"<!doctype html><p>", b'{"text": "a"}', b"rss feed", b"\0" * 100, b"<opml/>"],
)
def test_what_is_no_feed(content: bytes) -> None:
    assert not is_feed(content)


@pytest.mark.parametrize(
    "content",
    [
        RSS[:900],
        RSS.replace(b"</channel></rss>", b""),
        b"Notice: line 3<br/>\n" + RSS,
        RSS.replace(b"A &amp; B", b"A & B"),
        RSS.replace(b"A &amp; B", b"A &amp; B\x0b"),
        RSS.replace(b'<?xml version="1.0"?>', b'<?xml version="1.0" encoding="utf-16"?>'),
        RSS.replace(b'<?xml version="1.0"?>', b'<?xml?xml version="1.0"?>'),
    ],
)
def test_broken_feeds_give_what_can_be_read(content: bytes) -> None:
    first = read_feed(content, base=BASE).entries[0]
    assert first.url == "https://news.example.org/news/1"
    assert first.published == "Thu, 18 Jan 2024 09:30:00 +0500"


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]><rss version='2.0'><channel><title>&j;</title><item><title>&j;</title></item></channel></rss>"
)
EXTERNAL = b"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>
<rss version="2.0"><channel><title>&x;</title><item><title>&x;</title></item></channel></rss>"""
PARAMETER = b"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY % x SYSTEM "http://127.0.0.1/x.dtd"> %x;]>
<rss version="2.0"><channel><item><title>a</title></item></channel></rss>"""


@pytest.mark.parametrize(
    "content",
    [
        BOMB,
        EXTERNAL,
        PARAMETER,
        BOMB.decode().encode("utf-16"),
        b"<!--" + b"x" * 100_000 + b"-->" + BOMB[21:],
        b"<broken " + BOMB,
        BOMB.replace(b"<rss ", b"<urlset ").replace(b"</rss>", b"</urlset>"),
    ],
)
def test_entities_are_never_expanded(content: bytes) -> None:
    started = time.monotonic()
    try:
        feed = read_feed(content)
    except NotAFeedError:
        feed = Feed(kind="feed")
    assert all(len(entry.title or "") < 1_000 and "localhost" not in (entry.title or "") for entry in feed.entries)
    assert time.monotonic() - started < 2


@pytest.mark.parametrize(
    "content", [b"", b"<html><p>x", b"plain", b'{"version": "https://jsonfeed.org/version/1"}', b"{" * 100_000, b"\0\1"]
)
def test_no_feed_is_an_error_with_its_reason(content: bytes) -> None:
    with pytest.raises(NotAFeedError):
        read_feed(content)


def test_a_feed_from_disk_gives_the_words_that_it_carries() -> None:
    page, rejection = feed_pages(RSS, "saved/all.xml", base=BASE)
    assert isinstance(page, Page)
    assert page.source == "saved/all.xml:1"
    assert page.declared.published == "Thu, 18 Jan 2024 09:30:00 +0500"
    document = make_document(page)
    assert document.published == "2024-01-18T09:30:00+05:00"
    assert document.title == "A & B"
    assert document.url == "https://news.example.org/news/1"
    assert document.rejected is None
    assert "Gunmen opened fire" in document.text
    assert isinstance(rejection, Rejection)
    assert rejection.reason == "network-off"
    assert "1 entry" in rejection.detail


def test_a_feed_from_an_address_gives_its_pages(web: LocalWeb) -> None:
    web.pages["news.example.org/feed"] = answer(RSS.replace(b"https:", b"http:"), media="application/rss+xml")
    web.pages["news.example.org/news/2"] = answer("<p>Second</p>")
    got = list(follow([Link("http://news.example.org/feed", "address")], fetcher(web)))
    own, second = got
    assert isinstance(own, Page)
    assert own.source == "http://news.example.org/feed:1"  # /news/1 answers 404; the entry's own words stand in
    assert second.source == "http://news.example.org/news/2"
    assert web.asked()[0] == "news.example.org/feed"


def test_an_index_of_sitemaps_is_followed_one_step(web: LocalWeb) -> None:
    web.pages["news.example.org/sitemap.xml"] = answer(INDEX, media="text/xml")
    web.pages["news.example.org/s1.xml"] = answer(NEWS.replace(b"https:", b"http:"), media="text/xml")
    web.pages["news.example.org/s/1"] = answer("<p>Ships</p>")
    index = Link("http://news.example.org/sitemap.xml", "address")
    got = list(follow([index], fetcher(web)))
    assert [item.source for item in got if isinstance(item, Page)] == ["http://news.example.org/s/1"]
    web.pages["news.example.org/s1.xml"] = answer(INDEX, media="text/xml")
    (loop,) = follow([index], fetcher(web))
    assert isinstance(loop, Rejection)


def test_lists_of_addresses(web: LocalWeb) -> None:
    text = "\ufeff# mine\n\nhttp://news.example.org/1\n  http://news.example.org/2  \nhttp://news.example.org/1\n"
    assert read_address_list(text) == [
        (3, "http://news.example.org/1"),
        (4, "http://news.example.org/2"),
        (5, "http://news.example.org/1"),
    ]
    for other in ("", "# nothing", "http://news.example.org/1 and words", "A text.\nhttp://news.example.org/1"):
        assert read_address_list(other) is None
    (off,) = list_pages(text, "mine.urls")
    assert isinstance(off, Rejection)
    assert off.reason == "network-off"
    for n in (1, 2):
        web.pages[f"news.example.org/{n}"] = answer(f"<p>{n}</p>")
    got = list(follow(list_pages(text, "mine.urls", network=True), fetcher(web)))
    assert [item.source for item in got] == ["http://news.example.org/1", "http://news.example.org/2"]
    assert all(isinstance(item, Page) for item in got)


def test_feeds_are_found_in_a_page() -> None:
    page = b"""<html><head><link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed">
    <link REL="Alternate" type="application/atom+xml; charset=utf-8" href="feed.atom">
    <link rel="alternate" hreflang="fr" href="/fr"><link rel="stylesheet" type="application/rss+xml" href="/no">
    <link rel="alternate" type="application/rss+xml" href="javascript:x">"""
    assert feed_links(page, "https://news.example.org/world/") == [
        "https://news.example.org/world/feed.atom",
        "https://news.example.org/comments/feed",
    ]
    assert feed_links(b"", "https://news.example.org/") == []


def test_large_feeds_are_read_fast() -> None:
    item = f"<item><title>t</title><link>/{{}}</link><content:encoded><![CDATA[{REPORT}]]></content:encoded></item>"
    started = time.monotonic()
    feed = read_feed(_rss("".join(item.format(n) for n in range(3_000))), base=BASE)
    assert len(feed.entries) == 2_000
    assert time.monotonic() - started < 5


_ATTRIBUTES = " ".join(f"a{n}='>'" for n in range(20_000))


@pytest.mark.parametrize(
    "content",
    [
        f"<rss version='2.0'><channel><item {_ATTRIBUTES}/></channel></rss>".encode(),
        f"<?xml version='1.0' encoding='gbk'?><rss version='2.0'><channel><item {_ATTRIBUTES}/>".encode(),
        f"<?xml version='1.0'?><rss version='2.0'><channel><item {_ATTRIBUTES}/>".encode("utf-16"),
        b"<?xml version='1.0' encoding='unicode-1-1-utf-7'?><rss version='2.0'>+ADw-item/+AD4-</rss>",
        b"<rss version='2.0'>" + b"<a>" * 250_000,
        b"<rss version='2.0'>&bad;" + b"<a>" * 1_100_000,
    ],
    ids=["attributes", "gbk", "utf-16", "utf-7", "elements", "tags"],
)
def test_floods_of_markup_are_refused_at_once(content: bytes) -> None:
    began = time.monotonic()
    with pytest.raises(NotAFeedError):
        read_feed(content)
    assert time.monotonic() - began < 2


def test_tags_that_never_end_are_counted_at_once() -> None:
    began = time.monotonic()
    Entry(content="<" * 1_000_000).words()
    assert time.monotonic() - began < 2


OTHER = _rss(
    "<item><title>Convoy</title><link>https://famous.example.com/1</link><source url='https://famous.example.com/'>"
    f"Famous Times</source><description><![CDATA[<link rel=canonical href='https://famous.example.com/1'>{REPORT}"
    '<script type="application/ld+json">{"@type": "NewsArticle", "url": "https://famous.example.com/1", "publisher": '
    '{"name": "Famous Times"}}</script><meta property="og:url" content="https://famous.example.com/1">]]></description>'
    f"</item><item><link>https://www.news.example.org/2</link><description><![CDATA[{REPORT}]]></description></item>"
)


@pytest.mark.parametrize(("base", "teller"), [(BASE, "news.example.org"), ("", "Border Gazette")])
def test_words_for_another_sites_address_are_the_feeds(base: str, teller: str) -> None:
    first, second = feed_pages(
        OTHER.replace(b"<item>", b"<link>https://news.example.org/</link><item>", 1), "f", base=base
    )
    assert isinstance(first, Page)
    assert isinstance(second, Page)
    assert first.source == f"f:1 (the words of {teller} for https://famous.example.com/1)"
    document = make_document(first)
    assert (document.url, document.outlet) == (None, teller)
    assert "Gunmen opened fire" in document.text
    assert all("famous" not in each.value.lower() for each in document.candidates if each.field in ("url", "outlet"))
    assert (second.source, second.declared.url) == ("f:2", "https://www.news.example.org/2")


def test_a_feed_that_does_not_say_where_it_is_has_only_its_own_words() -> None:
    (entry, _) = read_feed(OTHER).entries
    assert entry.teller == "Border Gazette"
    (nameless,) = read_feed(
        JSON.replace(b'"title": "Coast Courier", ', b"").replace(b'"/n/1"', b'"https://a.b/1"')
    ).entries[:1]
    assert nameless.teller == "a feed without a name"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://rss.example.com/x", "https://edition.example.com/", True),
        ("https://www.example.com/", "http://EXAMPLE.com:80/a", True),
        ("https://a.blogspot.com/", "https://b.blogspot.com/", False),
        ("https://one.co.uk/", "https://two.co.uk/", False),
        ("https://feeds.co.uk/", "https://one.co.uk/", False),
        ("http://93.184.215.14/", "http://93.184.215.14/a", True),
        ("http://93.184.215.14/", "http://94.184.215.14/", False),
        ("https://example.com.evil.net/", "https://example.com/", False),
        ("", "", False),
        ("https://[broken", "https://[broken", False),
    ],
)
def test_sites(one: str, other: str, same: bool) -> None:
    assert same_site(one, other) is same_site(other, one) is same


def test_entries_lose_what_speaks_for_a_page() -> None:
    for hidden in ("<li<link>nk rel=canonical>", "<link/rel=canonical>", "<LINK\nrel=canonical>", "<scr<script>ipt>x"):
        left = without_claims(f"<p>a{hidden}").lower()
        assert "<link" not in left
        assert "<script" not in left
    assert without_claims("<p>one</p><script>two</script ><links>three</links>").split(">")[1:3] == [
        "one</p",
        " <links",
    ]
    began = time.monotonic()
    without_claims("<script>" * 300_000)
    without_claims("<link " * 300_000)
    assert time.monotonic() - began < 2
