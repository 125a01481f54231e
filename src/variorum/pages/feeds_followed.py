"""Feeds, lists and addresses to pages and links: an entry's own words, and what the network has to be asked for.

Nothing here touches the network but `resolved`, which asks it for one link; `following` decides when that is done.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from variorum.identity import digest, stable_id
from variorum.records import Declared, Media, Page, Rejection

from .feeds import Entry, FeedOptions, NotAFeedError, is_feed, read_address_list, read_feed, without_claims
from .fetching import Fetcher
from .making import rejected, shown

_NESTED_SITEMAPS = 20  # of one index: those that it names first, which are the newest on most sites


class Link(NamedTuple):
    """What stands at an address: its page ("page"); its page, or the pages of all entries where it is a feed or a
    sitemap ("address"); the pages that a sitemap of an index names ("sitemap"). `own` are the words that a feed has
    of it: they stand in where the address gives nothing."""

    url: str
    kind: Literal["page", "address", "sitemap"]
    own: Page | None = None


def feed_pages(
    content: bytes,
    source: str,
    *,
    base: str = "",
    charset: str | None = None,
    network: bool = False,
    options: FeedOptions | None = None,
) -> Iterator[Page | Rejection | Link]:
    """What a feed names. With the network each entry's address is a link, its own words beside it; without it only
    entries that carry a whole report give a page, and one rejection counts the others. `source` names the feed; an
    entry's source is ``source:3``, entries counted from 1."""
    options = options or FeedOptions()
    try:
        feed = read_feed(content, base=base, charset=charset, options=options)
    except NotAFeedError as error:
        yield rejected(source, "not-a-feed", str(error))
        return
    if not feed.entries:
        yield rejected(source, "empty", "the feed names nothing")
    if feed.kind == "sitemap-index" and network:
        yield from (Link(entry.url, "sitemap") for entry in feed.entries[:_NESTED_SITEMAPS] if entry.url)
        return
    bare = 0
    for number, entry in enumerate(feed.entries, start=1):
        own = entry_page(entry, f"{source}:{number}", options)
        if network and entry.url:
            yield Link(entry.url, "page", own)
        elif own is not None:
            yield own
        else:
            bare += 1
    if bare:
        what = "entry holds no report" if bare == 1 else "entries hold no report"
        why = "they name no address" if network else "--allow-network lets their links be fetched"
        yield rejected(source, "empty" if network else "network-off", f"{bare} {what} of its own; {why}")


def list_pages(text: str, source: str, *, network: bool = False) -> Iterator[Page | Rejection | Link]:
    """The addresses of a list, one a line; feeds among them give their entries."""
    found = read_address_list(text)
    if found is None:
        yield rejected(source, "not-a-feed", "it is no list of addresses: each line has one http or https address")
    elif not network:
        detail = f"it names {len(found)} addresses; --allow-network lets them be fetched"
        yield rejected(source, "network-off", detail)
    else:
        yield from (Link(url, "address") for url in dict.fromkeys(url for _, url in found))


def entry_page(entry: Entry, source: str, options: FeedOptions) -> Page | None:
    """An entry's own words as a page, as the feed has them; None where they are no more than a summary.

    Words of a feed for another site's address are the feed's: the page declares no address and has the feed for its
    outlet, and its source says so.
    """
    if entry.words() < options.words:
        return None
    media: Media = "text/html" if entry.is_html else "text/plain"
    words, url, outlet = entry.content, entry.url, entry.outlet
    if entry.teller is not None:
        source = shown(f"{source} (the words of {entry.teller} for {url})")
        url, outlet = None, entry.teller
        words = without_claims(words) if entry.is_html else words
    content = words.encode("utf-8", "replace")
    changed = None if entry.published else entry.updated
    declared = Declared(
        title=entry.title,
        published=entry.published,
        url=url,
        outlet=outlet,
        language=entry.language,
        updated=changed,
    )
    named = (entry.title, entry.published, url, outlet, entry.language, *([changed] if changed else []))
    id_ = stable_id("p", (media, digest(content), *named))
    return Page(id=id_, source=source, media=media, content=content, declared=declared)


def resolved(link: Link, fetcher: Fetcher) -> list[Page | Rejection | Link]:
    """What a link's address gives, `own` words left aside: a page, a rejection, or what a feed there names."""
    from .fetching.web import as_page

    if link.kind == "page":
        return [fetcher.fetch(link.url)]
    got = fetcher.get(link.url)
    if isinstance(got, Rejection):
        return [got]
    if link.kind == "address" and not is_feed(got.body):
        return [as_page(got, link.url)]
    if link.kind == "sitemap" and _is_index(got.body, got.url):
        return [rejected(link.url, "not-a-feed", "an index of sitemaps inside an index is not followed")]
    return list(feed_pages(got.body, link.url, base=got.url, charset=got.charset, network=True))


def _is_index(content: bytes, base: str) -> bool:
    try:
        return read_feed(content, base=base).kind == "sitemap-index"
    except NotAFeedError:
        return False
