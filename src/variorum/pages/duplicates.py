"""The same page got twice is one page; one declared id over two contents is one document and one rejection."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from variorum.identity import digest, stable_id
from variorum.records import Page, Rejection


def resolve_duplicates(pages: Iterable[Page | Rejection]) -> Iterator[Page | Rejection]:
    """Each content once and each declared id once; rejections pass through. What is kept depends on no order.

    Identical pages (same bytes, same declaration) collapse into the one with the least source. Of different records
    that declare one id, the one with the least content hash is kept and each other becomes a "duplicate-id" rejection.
    Kept pages come in the order in which their content first appeared. All pages are held until the last is read,
    because the last may decide.
    """
    rejections: list[Rejection] = []
    kept: dict[str, Page] = {}
    for page in pages:
        if isinstance(page, Rejection):
            rejections.append(page)
        elif page.id not in kept or page.source < kept[page.id].source:
            kept[page.id] = page  # a dict keeps the place of the first

    holders: dict[str, list[Page]] = {}
    for page in kept.values():
        if page.declared.id is not None:
            holders.setdefault(page.declared.id, []).append(page)
    for declared, group in holders.items():
        if len(group) == 1:
            continue
        winner, *losers = sorted(group, key=lambda page: (digest(page.content), page.id))
        for page in losers:
            del kept[page.id]
            detail = f'the id "{declared}" is held by a different record ({winner.source})'
            rejections.append(
                Rejection(id=stable_id("r", (page.id,)), source=page.source, reason="duplicate-id", detail=detail)
            )
    yield from kept.values()
    yield from rejections
