"""How long the server takes for each page of a large edition.

    python benchmarks/pages.py [--events 5000] [--documents 20000] [--rounds 5] [--story 4500]

makes an edition (`editions.py`), with --story of one story of so many events, and asks for each page in this process,
so that nothing but the server's work is timed: the first time in the process, and then the median and the longest of
the rounds, in milliseconds.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from statistics import median

from litestar.testing import TestClient

from editions import EVENTS_A_STORY, one_story, store_edition
from variorum.pipeline import Edition
from variorum.store import open_store
from variorum.web import SCOPES, ServeOptions, create_app
from variorum.web.gate import Gate
from variorum.web.tokens import Sessions


def pages(path: Path) -> Iterator[tuple[str, str]]:
    """The name and the address of a page of each kind."""
    with Edition.open(path) as edition:
        event = edition.events[0]
        yield "overview", "/"
        yield "story", f"/stories/{event.story}"
        yield "dossier", f"/events/{event.id}"
        yield "document", f"/documents/{event.documents[0]}"
        yield "search", "/search?q=" + event.headline.split()[0]
        yield "review", "/review"
        yield "task of review", f"/review/{event.id}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=5_000)
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--story", type=int, help="so many events in one story, in the place of many of twenty")
    options = parser.parse_args()
    stories = -(-options.events // EVENTS_A_STORY)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.sqlite"
        with closing(open_store(path)) as store:
            if options.story:
                one_story(store, options.story, options.seed)
            else:
                store_edition(store, options.events, options.seed, -(-options.documents // stories))
        sessions = Sessions()
        app = create_app(path, ServeOptions(), sessions=sessions)
        with TestClient(app, base_url="http://127.0.0.1:8765") as client:
            client.headers["Authorization"] = f"Bearer {sessions.begin(frozenset(SCOPES))}"
            print("| page | first | median | longest | KB |", "|---|---|---|---|---|", sep="\n")
            for name, address in pages(path):
                first, *rest = (_timed(client, address) for _ in range(options.rounds + 1))
                size = len(client.get(address).content) // 1000
                print(f"| {name} | {first:.0f} | {median(rest):.0f} | {max(rest):.0f} | {size} |", flush=True)


def _timed(client: TestClient[Gate], address: str) -> float:
    began = time.perf_counter()
    answer = client.get(address)
    if answer.status_code != 200:
        raise SystemExit(f"{address}: {answer.status_code} {answer.text[:200]}")
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    main()
