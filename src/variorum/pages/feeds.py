"""Feeds, sitemaps and lists of addresses: what they name, and the words that they bring along.

    bytes ─▶ read_feed ─▶ Feed(entries) ─▶ feeds_followed: the entry's address fetched, or its own words as a page

RSS, RDF and Atom are read by feedparser, which keeps a date as it is written, with its zone, and follows xml:base;
JSON Feed and sitemaps are small enough for this module. Documents that declare entities are refused before any of
their text is expanded.
"""

from __future__ import annotations

import codecs
import io
import re
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urljoin, urlsplit

import msgspec

from variorum.records import Record

if TYPE_CHECKING:
    from lxml.etree import _Element

FeedKind = Literal["feed", "sitemap", "sitemap-index"]

_HEAD = 4_096
_ROOT = re.compile(rb"<(?:[\w.-]+:)?(rss|feed|rdf|urlset|sitemapindex)[\s>/]", re.IGNORECASE)
_ANY_TAG = re.compile(rb"<(?:[\w.-]+:)?([a-z][\w.-]*)", re.IGNORECASE)
_JSON_FEED = re.compile(rb'"version"\s*:\s*"https?://jsonfeed\.org/version/')
_SCRIPT = re.compile(r"<(/?)script(?![\w-])[^<>]*>?", re.IGNORECASE)
_CLAIM = re.compile(r"</?(?:script|link|meta|base|title|html|head)(?![\w-])[^<>]*>?", re.IGNORECASE)
_TAGS = re.compile(r"<[^<>]*>")
_MOST_ATTRIBUTES = 500  # of one element: the feed's reader takes the square of their number
_MOST_ELEMENTS = 200_000  # of one feed: 2,000 entries have a tenth of it
_MOST_TAGS = 1_000_000  # of one feed, those of the HTML inside its entries too
_DECLARED = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([\w.:-]{1,40})", re.IGNORECASE)
_FEED_MEDIA = frozenset(("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"))


class FeedOptions(Record, frozen=True, kw_only=True):
    """`entries` read of one feed or sitemap at most (a news sitemap may hold 1,000, others 50,000). An entry's own
    words are a page of their own from `words` on: a summary is shorter, a report longer."""

    entries: int = 2_000
    words: int = 120


class Entry(Record, frozen=True, kw_only=True):
    """One thing that a feed names. `url` is absolute or None; `published` and `updated` are as
    written; `content` is what stands in the entry itself, HTML where `is_html`; `language` and `outlet` are the
    entry's or its feed's. `teller` names the feed where its entry's address is another site's: its words of what
    stands there are its own."""

    url: str | None = None
    title: str | None = None
    published: str | None = None
    updated: str | None = None
    outlet: str | None = None
    language: str | None = None
    content: str = ""
    is_html: bool = True
    teller: str | None = None

    def words(self) -> int:
        """How many words the entry brings along."""
        return len((_TAGS.sub(" ", self.content) if self.is_html else self.content).split())


class Feed(Record, frozen=True, kw_only=True):
    """What a feed, a sitemap or an index of sitemaps names, in its order, each address once. `home` is the address
    that it gives as its own, or its site's."""

    kind: FeedKind
    title: str | None = None
    home: str | None = None
    entries: tuple[Entry, ...] = ()


class NotAFeedError(Exception):
    """It is no feed that can be read, or one that must not be; the message says why. It never leaves reading."""


def is_feed(content: bytes) -> bool:
    """Whether bytes begin as a feed, a sitemap or a JSON Feed does."""
    head = content[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"{"):
        return _JSON_FEED.search(head) is not None
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.replace(b"\0", b"")
    first = next((tag for tag in _ANY_TAG.finditer(head)), None)
    return first is not None and _ROOT.match(head, first.start()) is not None


def is_json_feed(content: bytes) -> bool:
    """Whether JSON is a JSON Feed, wherever in it that is said."""
    return content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and _JSON_FEED.search(content) is not None


def read_feed(
    content: bytes, *, base: str = "", charset: str | None = None, options: FeedOptions | None = None
) -> Feed:
    """The feed in some bytes; `base` is the address that it came from, `charset` what its server named.

    Raises NotAFeedError where it is none, or declares entities (a bomb, a way to files of this machine).
    """
    options = options or FeedOptions()
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        feed = _json_feed(content, base)
    else:
        _refuse_entities(content)
        root = _ANY_TAG.search(content[:_HEAD].replace(b"\0", b""))
        sitemap = root is not None and root.group(1).lower() in (b"urlset", b"sitemapindex")
        if sitemap:
            feed = _sitemap(content, base)
        else:
            _refuse_floods(content, charset)
            feed = _xml_feed(content, base, charset)
    seen: set[str] = set()
    kept = []
    for entry in feed.entries:
        if entry.url is None or entry.url not in seen:
            seen.add(entry.url or "")
            kept.append(entry)
    home = base or feed.home or ""
    teller = (_host(base) or feed.title or _host(home) or "a feed without a name")[:200]
    entries = (
        entry
        if entry.url is None or not entry.content or same_site(entry.url, home)
        else msgspec.structs.replace(entry, teller=teller)
        for entry in kept[: options.entries]
    )
    return msgspec.structs.replace(feed, entries=tuple(entries))


def same_site(one: str, other: str) -> bool:
    """Whether two addresses are of one site: of one host, or of hosts under one name that its owner registered (as the
    Public Suffix List has it, the suffixes of hosting services among them)."""
    hosts = [_host(url).removeprefix("www.") for url in (one, other)]
    return bool(hosts[0]) and (hosts[0] == hosts[1] or (_registered(hosts[0]) or "") == _registered(hosts[1]))


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removesuffix(".")
    except ValueError:
        return ""


@lru_cache(maxsize=4_096)
def _registered(host: str) -> str | None:
    from tld import get_fld

    return get_fld(f"http://{host}", fail_silently=True, search_private=True)


def without_claims(markup: str) -> str:
    """The HTML of an entry without what speaks for a page as a whole (scripts with their data, links, meta tags):
    nothing in it but its words can say whose it is."""
    kept, at, inside = [], 0, False
    for tag in _SCRIPT.finditer(markup):
        if not inside:
            kept.append(markup[at : tag.start()])
        at, inside = tag.end(), not tag[1]
    if not inside:  # a script that never ends holds the rest, as parsers have it
        kept.append(markup[at:])
    return _CLAIM.sub(" ", " ".join(kept))


def feed_links(content: bytes, base: str) -> list[str]:
    """The feeds that an HTML page names in its head, in their order, feeds of comments last."""
    from lxml import etree

    try:
        root = etree.fromstring(content, etree.HTMLParser(no_network=True, huge_tree=False))
    except etree.LxmlError:
        return []
    if root is None:
        return []
    found: list[tuple[bool, str]] = []
    for link in root.iter("link"):
        relations = (link.get("rel") or "").lower().split()
        media = (link.get("type") or "").split(";")[0].strip().lower()
        address = _address(link.get("href"), base)
        if "alternate" in relations and media in _FEED_MEDIA and address:
            comments = "comment" in f"{link.get('title') or ''} {address}".lower()
            found.append((comments, address))
    return list(dict.fromkeys(address for _, address in sorted(found, key=lambda item: item[0])))


def read_address_list(text: str) -> list[tuple[int, str]] | None:
    """The addresses of a list, one a line with the line's number; lines that begin with ``#`` and empty ones are
    left out. None where any other line holds something else than an address."""
    found: list[tuple[int, str]] = []
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        given = line.strip()
        if not given or given.startswith("#"):
            continue
        if not given.lower().startswith(("http://", "https://")) or len(given.split()) > 1:
            return None
        found.append((number, given))
    return found or None


def _codec(name: str) -> str | None:
    try:
        return codecs.lookup(name).name
    except (LookupError, ValueError):
        return None


def _refuse_floods(content: bytes, charset: str | None) -> None:
    """No feed is parsed that has more markup than any feed needs, or that hides it. Behind the first mistake that
    expat meets only the tags are counted: what reads on there costs little for each."""
    from xml.parsers import expat

    head = content[:_HEAD]
    declared = _DECLARED.search(head)
    if "utf-7" in (_codec(charset or ""), _codec(declared[1].decode("ascii", "replace") if declared else "")):
        raise NotAFeedError("it is written in UTF-7, which hides markup")
    if content.count(b"<") > _MOST_TAGS:
        raise NotAFeedError(f"it has more than {_MOST_TAGS:,} tags")
    elements = 0

    def count(_name: str, attributes: dict[str, str]) -> None:
        nonlocal elements
        elements += 1
        if elements > _MOST_ELEMENTS or len(attributes) > _MOST_ATTRIBUTES:
            raise NotAFeedError("it has more elements or attributes than any feed needs")

    # Markup is ASCII in every encoding without zero bytes; expat does not know them all by their names.
    parser = expat.ParserCreate(None if b"\0" in head else "iso-8859-1")
    parser.StartElementHandler = count
    with suppress(expat.ExpatError, ValueError, LookupError):
        parser.Parse(content, True)


def _refuse_entities(content: bytes) -> None:
    """No document that declares an entity is parsed: defusedxml reads its prolog, and a search finds what a document
    hides that is not well formed."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import ParseError, iterparse

    declared = b"<!ENTITY" in content[: 16 * _HEAD].replace(b"\0", b"").upper()
    try:
        with suppress(ParseError, ValueError, LookupError):  # what is not well formed is for the feed's reader to judge
            next(iterparse(io.BytesIO(content), events=("start",)), None)
    except DefusedXmlException:
        declared = True
    if declared:
        raise NotAFeedError("it declares entities, which no feed needs and bombs are made of")


def _xml_feed(content: bytes, base: str, charset: str | None) -> Feed:
    import feedparser

    headers = {"content-location": base} if base else {}
    headers["content-type"] = f"application/xml; charset={charset}" if charset else "application/xml"
    try:
        parsed: Any = feedparser.parse(
            io.BytesIO(content), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except Exception as error:  # a liberal parser of other people's mistakes; one feed must not stop the others
        raise NotAFeedError(f"it cannot be read ({type(error).__name__}: {_one_line(error)})") from error
    if not parsed.get("version") and not parsed.get("entries"):
        raise NotAFeedError(f"it is no feed ({_one_line(parsed.get('bozo_exception')) or 'no entries'})")
    outlet = _text(parsed.feed.get("title"))
    language = _text(parsed.feed.get("language"))
    atom = (parsed.get("version") or "").startswith("atom")
    entries = tuple(_entry(item, base, outlet, language, atom=atom) for item in parsed.entries)
    links = [link for link in parsed.feed.get("links", ()) if link.get("rel") == "self"]
    home = _address(links[0].get("href") if links else parsed.feed.get("link"), base)
    return Feed(kind="feed", title=outlet, home=home, entries=entries)


def _entry(item: Any, base: str, outlet: str | None, language: str | None, *, atom: bool) -> Entry:
    """One entry. The one date of an RSS item is its publication's, whatever its element; Atom's `updated` is of the
    last change, and an entry may have no other."""
    contents = [part for part in item.get("content", ()) if part.get("value")]
    best = max(contents, key=lambda part: len(part["value"]), default=None)
    summary = item.get("summary_detail") or {}
    if best is None or len(summary.get("value") or "") > len(best["value"]):
        best = summary
    value = best.get("value") or ""
    source = _text((item.get("source") or {}).get("title"))
    return Entry(
        url=_address(item.get("link"), base),
        title=_title(item.get("title_detail") or {}),
        published=_text(item.get("published")) or (None if atom else _text(item.get("updated"))),
        updated=_text(item.get("updated")) if "updated" in item else None,
        outlet=source or outlet,
        language=_text(best.get("language")) or language,
        content=value,
        is_html="<" in value or "&" in value,
    )


def _title(detail: Any) -> str | None:
    value = detail.get("value")
    if value and "html" in (detail.get("type") or "") and ("<" in value or "&" in value):
        from lxml import html

        value = "".join(str(part) for part in html.fromstring(f"<div>{value}</div>").itertext())
    return _text(value)


def _json_feed(content: bytes, base: str) -> Feed:
    """JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1)."""
    try:
        found = msgspec.json.decode(content.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise NotAFeedError(f"it is no JSON ({_one_line(error)})") from error
    items = found.get("items") if isinstance(found, dict) else None
    if not isinstance(items, list):
        raise NotAFeedError('it is no JSON Feed (it has no "items")')
    outlet, language = _text(found.get("title")), _text(found.get("language"))
    entries = []
    for item in items:
        if not isinstance(item, dict):
            continue
        html, plain = item.get("content_html"), item.get("content_text")
        content_ = html if isinstance(html, str) and html.strip() else plain if isinstance(plain, str) else ""
        entries.append(
            Entry(
                url=_address(item.get("url") or item.get("external_url") or _url_id(item.get("id")), base),
                title=_text(item.get("title")),
                published=_text(item.get("date_published")) or _text(item.get("date_modified")),
                updated=_text(item.get("date_modified")),
                outlet=outlet,
                language=_text(item.get("language")) or language,
                content=content_,
                is_html=content_ is html,
            )
        )
    home = _address(found.get("feed_url") or found.get("home_page_url"), base)
    return Feed(kind="feed", title=outlet, home=home, entries=tuple(entries))


def _url_id(value: Any) -> str | None:
    return value if isinstance(value, str) and value.startswith(("http://", "https://")) else None


def _sitemap(content: bytes, base: str) -> Feed:
    """Sitemaps (sitemaps.org 0.9), their indexes, and the news extension's title, date, name and language."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.LxmlError, ValueError) as error:
        raise NotAFeedError(f"it is no sitemap ({_one_line(error)})") from error
    if root is None:
        raise NotAFeedError("it is no sitemap (nothing in it can be read)")
    index = _name(root) == "sitemapindex"
    entries = []
    for item in root:
        if _name(item) not in ("url", "sitemap"):
            continue
        found: dict[str, str] = {}
        for part in item.iter():
            found.setdefault(_name(part), (part.text or "").strip())
        entries.append(
            Entry(
                url=_address(found.get("loc"), base),
                title=found.get("title") or None,
                published=found.get("publication_date") or None,
                updated=found.get("lastmod") or None,
                outlet=found.get("name") or None,
                language=found.get("language") or None,
            )
        )
    return Feed(kind="sitemap-index" if index else "sitemap", entries=tuple(entries))


def _name(element: _Element) -> str:
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _address(value: Any, base: str) -> str | None:
    if not isinstance(value, str) or not value.strip():
        return None
    try:
        url = urljoin(base, value.strip()).partition("#")[0]
    except ValueError:
        return None
    return url if url.lower().startswith(("http://", "https://")) else None


def _text(value: Any) -> str | None:
    if not isinstance(value, str):
        return None
    return " ".join(value.encode("utf-8", "replace").decode().split()) or None


def _one_line(error: object) -> str:
    return str(error).splitlines()[0][:120] if error is not None and str(error) else ""
