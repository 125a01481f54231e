"""Twenty thousand pages are told apart with the memory of their names."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from pathlib import Path

from variorum.identity import stable_id
from variorum.pages import resolve_duplicates
from variorum.records import Declared, Page, Rejection
from variorum.store import open_store

PAGES = 20_000
FILLER = b"The governor said that the road over the pass would be closed until the end of the week. " * 230  # 20 kB


def generated(count: int) -> Iterator[Page]:
    """Pages of which every hundredth stands at two sources, and every thousandth shares its id with another."""
    for number in range(count):
        declared = Declared(id=f"n-{number - 1 if number % 1_000 == 1 else number}")
        content = b"%d " % number + FILLER
        id_ = stable_id("p", (str(number),))
        yield Page(id=id_, source=f"b.jsonl:{number}", media="application/json", content=content, declared=declared)
        if number % 100 == 50:
            yield Page(id=id_, source=f"a.jsonl:{number}", media="application/json", content=content, declared=declared)


def test_memory_holds_no_page() -> None:
    tracemalloc.start()
    try:
        kept = moved = lost = 0
        for each in resolve_duplicates(lambda: generated(PAGES)):
            kept += isinstance(each, Page)
            moved += isinstance(each, Page) and each.source.startswith("a.")
            lost += isinstance(each, Rejection)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (kept, moved, lost) == (PAGES - 20, PAGES // 100, 20)
    assert peak < 30_000_000  # 1.5 kB a page; their contents have 400 MB


def test_a_store_gives_its_pages_without_holding_them(tmp_path: Path) -> None:
    store = open_store(tmp_path / "e.sqlite")
    pages = [page for page in generated(2_000) if page.source.startswith("b.")]
    store.add_pages(pages)
    expected = sorted(page.id for page in pages)
    del pages
    tracemalloc.start()
    try:
        found = [page.id for page in store.pages()]
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
        store.close()
    assert found == expected
    assert peak < 10_000_000  # of 40 MB
