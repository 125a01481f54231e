"""The same page got twice is one page; one declared id over two contents is one document and one rejection."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import msgspec

from variorum.identity import digest, stable_id
from variorum.records import Page, Rejection


class _Held(NamedTuple):
    """What is kept in mind of a page: never its content."""

    source: str
    captured: str | None
    declared: str | None


def resolve_duplicates(read: Callable[[], Iterable[Page | Rejection]]) -> Iterator[Page | Rejection]:
    """Each content once and each declared id once; rejections pass through. What is kept depends on no order.

    `read` gives all pages, the same each time: it is called twice, because the last page may decide, and memory holds
    ids, sources and hashes alone. Identical pages (same bytes, same declaration) collapse into the one with the least
    source. Of different records that declare one id, the one with the least content hash is kept and each other
    becomes a "duplicate-id" rejection. Kept pages come in the order in which their content first appeared, then the
    rejections of pages.
    """
    held: dict[str, _Held] = {}
    holders: dict[str, dict[str, str]] = {}  # by declared id the pages that hold it, each with its content's hash
    for page in read():
        if isinstance(page, Rejection):
            continue
        known = held.get(page.id)
        if known is None or page.source < known.source:
            held[page.id] = _Held(page.source, page.captured, page.declared.id)
        if known is None and page.declared.id is not None:
            holders.setdefault(page.declared.id, {})[page.id] = digest(page.content)
    lost = _losers(holders)
    told: set[str] = set()
    for page in read():
        if isinstance(page, Rejection):
            yield page
        elif page.id not in lost and page.id not in told:
            told.add(page.id)
            least = held[page.id]
            yield msgspec.structs.replace(page, source=least.source, captured=least.captured)
    for id_, winner in lost.items():
        detail = f'the id "{held[id_].declared}" is held by a different record ({held[winner].source})'
        yield Rejection(id=stable_id("r", (id_,)), source=held[id_].source, reason="duplicate-id", detail=detail)


def _losers(holders: dict[str, dict[str, str]]) -> dict[str, str]:
    """The pages whose declared id another page keeps, with that page."""
    lost: dict[str, str] = {}
    for hashes in holders.values():
        if len(hashes) > 1:
            winner, *losers = sorted(hashes, key=lambda id_: (hashes[id_], id_))
            lost.update((id_, winner) for id_ in losers)
    return lost
