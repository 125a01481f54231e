"""What a page costs from its bytes to its document, beside bare trafilatura on the same pages in the same run.

    python benchmarks/reading.py [--pages ../shared/data/pages] [--rounds 5] [--most 258]

Both get the bytes of each page: ours is `make_document(page)`, blocks, candidates, credits, language and verdict
included; bare is `trafilatura.extract(content, with_metadata=True, favor_precision=True, include_comments=False)`, and
a second column without options but the metadata. Figures are seconds of processor time on one thread, the median of
--rounds rounds in turn; the ratio is our throughput to bare's: 1 is as fast. Without the pages, there is no figure.
"""

from __future__ import annotations

import argparse
import logging
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import trafilatura

from variorum.documents import make_document
from variorum.pages import read_pages
from variorum.records import Page


def seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=Path, default=Path("../shared/data/pages"))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--most", type=int, default=1_000)
    options = parser.parse_args()
    if not options.pages.exists():
        print(f"reading: not run: {options.pages} is not here")
        return
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    files = sorted(options.pages.rglob("*.html.gz"))[: options.most]
    pages = [page for page in read_pages(files) if isinstance(page, Page)]
    parts: dict[str, Callable[[], object]] = {
        "page to document": lambda: [make_document(page) for page in pages],
        "trafilatura, for precision, with metadata": lambda: [
            trafilatura.extract(page.content, with_metadata=True, favor_precision=True, include_comments=False)
            for page in pages
        ],
        "trafilatura, with metadata": lambda: [trafilatura.extract(page.content, with_metadata=True) for page in pages],
    }
    for page in pages[:10]:  # opens files and fills caches, as the first pages of a run do
        make_document(page)
        trafilatura.extract(page.content, with_metadata=True)
    costs: dict[str, list[float]] = {name: [] for name in parts}
    for _ in range(options.rounds):
        for name, work in parts.items():
            costs[name].append(seconds(work))
    medians = {name: statistics.median(values) for name, values in costs.items()}
    own = medians["page to document"]
    size = sum(len(page.content) for page in pages) / 1e6
    print(f"{len(pages)} pages, {size:.1f} MB, median of {options.rounds} rounds, processor seconds")
    print("| part | seconds | pages a second | our throughput to its |\n|---|---|---|---|")
    for name, cost in medians.items():
        print(f"| {name} | {cost:.2f} | {len(pages) / cost:.0f} | {cost / own:.2f} |")


if __name__ == "__main__":
    main()
