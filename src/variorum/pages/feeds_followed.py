"""Feeds, lists and addresses followed to pages: fetched where the network is allowed, else an entry's own words."""

from __future__ import annotations

from collections.abc import Iterator

from variorum.identity import digest, stable_id
from variorum.records import Declared, Media, Page, Rejection

from .feeds import Entry, FeedOptions, NotAFeedError, is_feed, read_address_list, read_feed
from .fetching import Fetched, Fetcher
from .making import rejected

_NESTED_SITEMAPS = 20  # of one index: those that it names first, which are the newest on most sites


def address_pages(url: str, fetcher: Fetcher, *, options: FeedOptions | None = None) -> Iterator[Page | Rejection]:
    """What an address gives: its page, or the pages of all entries where it is a feed or a sitemap."""
    from .fetching.web import as_page

    got = fetcher.get(url)
    if isinstance(got, Rejection):
        yield got
    elif is_feed(got.body):
        yield from feed_pages(got.body, url, base=got.url, charset=got.charset, fetcher=fetcher, options=options)
    else:
        yield as_page(got, url)


def feed_pages(
    content: bytes,
    source: str,
    *,
    base: str = "",
    charset: str | None = None,
    fetcher: Fetcher | None = None,
    options: FeedOptions | None = None,
) -> Iterator[Page | Rejection]:
    """The pages that a feed names. With a `fetcher` each entry's address is fetched, and its own words stand in where
    that gives nothing; without one only entries that carry a whole report give a page, and one rejection counts the
    others. `source` names the feed; an entry's source is ``source:3``, entries counted from 1."""
    options = options or FeedOptions()
    try:
        feed = read_feed(content, base=base, charset=charset, options=options)
    except NotAFeedError as error:
        yield rejected(source, "not-a-feed", str(error))
        return
    if not feed.entries:
        yield rejected(source, "empty", "the feed names nothing")
    if feed.kind == "sitemap-index" and fetcher is not None:
        yield from _nested(feed.entries[:_NESTED_SITEMAPS], fetcher, options)
        return
    bare = 0
    for number, entry in enumerate(feed.entries, start=1):
        own = entry_page(entry, f"{source}:{number}", options)
        got = fetcher.fetch(entry.url) if fetcher is not None and entry.url else None
        if isinstance(got, Page):
            yield got
        elif own is not None:
            yield own
        elif got is not None:
            yield got
        else:
            bare += 1
    if bare:
        what = "entry holds no report" if bare == 1 else "entries hold no report"
        why = "--allow-network lets their links be fetched" if fetcher is None else "they name no address"
        yield rejected(source, "network-off" if fetcher is None else "empty", f"{bare} {what} of its own; {why}")


def list_pages(
    text: str, source: str, *, fetcher: Fetcher | None = None, options: FeedOptions | None = None
) -> Iterator[Page | Rejection]:
    """The pages of a list of addresses, one a line; feeds among them give their entries."""
    found = read_address_list(text)
    if found is None:
        yield rejected(source, "not-a-feed", "it is no list of addresses: each line has one http or https address")
    elif fetcher is None:
        detail = f"it names {len(found)} addresses; --allow-network lets them be fetched"
        yield rejected(source, "network-off", detail)
    else:
        for url in dict.fromkeys(url for _, url in found):
            yield from address_pages(url, fetcher, options=options)


def entry_page(entry: Entry, source: str, options: FeedOptions) -> Page | None:
    """An entry's own words as a page, as the feed has them; None where they are no more than a summary."""
    if entry.words() < options.words:
        return None
    media: Media = "text/html" if entry.is_html else "text/plain"
    content = entry.content.encode("utf-8", "replace")
    declared = Declared(
        title=entry.title, published=entry.published, url=entry.url, outlet=entry.outlet, language=entry.language
    )
    parts = (entry.title, entry.published, entry.url, entry.outlet, entry.language)
    id_ = stable_id("p", (media, digest(content), *parts))
    return Page(id=id_, source=source, media=media, content=content, declared=declared)


def _nested(entries: tuple[Entry, ...], fetcher: Fetcher, options: FeedOptions) -> Iterator[Page | Rejection]:
    """The pages of the sitemaps that an index names; an index inside an index is not followed."""
    for entry in entries:
        if entry.url is None:
            continue
        got = fetcher.get(entry.url)
        if isinstance(got, Rejection):
            yield got
        elif _is_index(got):
            yield rejected(entry.url, "not-a-feed", "an index of sitemaps inside an index is not followed")
        else:
            yield from feed_pages(
                got.body, entry.url, base=got.url, charset=got.charset, fetcher=fetcher, options=options
            )


def _is_index(got: Fetched) -> bool:
    try:
        return read_feed(got.body, base=got.url).kind == "sitemap-index"
    except NotAFeedError:
        return False
