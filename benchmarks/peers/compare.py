"""Variorum beside a usual stack (`usual.py`): speed on the same pages in one run, accuracy where there is gold.

    python benchmarks/peers/compare.py [--articles 150] [--data ../shared/data] [--scorers ../shared/evaluate]
                                       [--only speed,places,clusters]

Speed: articles written as plain pages (a head with title and date, paragraphs, a line of navigation), from a page's
bytes to events; processor seconds of one process after both have read three articles. Variorum stores an edition with
who copied whom, who said what, which accounts contradict each other; the stack gives names, days, places and groups.
Accuracy: the same scorer over both, on texts as they are. The stack's likeness was chosen on gvc_tune.
"""

from __future__ import annotations

import argparse
import gzip
import html
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import usual

import variorum
from pipeline import own
from variorum.pipeline import collate

Row = dict[str, Any]
PLACES = ("lgl", "geowebnews", "geovirus")
CLUSTERS = ("gvc_tune", "gva_more")


def page(article: Row) -> str:
    """An article as a page."""
    paragraphs = "\n".join(f"<p>{html.escape(line)}</p>" for line in article["text"].split("\n") if line.strip())
    title = html.escape(article.get("title") or article["text"][:60])
    date = article.get("published") or ""
    return (
        f'<!doctype html><html lang="en"><head><title>{title}</title>'
        f'<meta property="article:published_time" content="{date}"></head><body><nav><a href="/">Home</a></nav>'
        f"<article><h1>{title}</h1>\n{paragraphs}</article><footer>All rights reserved</footer></body></html>"
    )


def speed(articles: Sequence[Row]) -> tuple[float, float]:
    """Processor seconds of Variorum and of the stack."""
    with tempfile.TemporaryDirectory() as folder:
        for name, some in (("warm", articles[:3]), ("all", articles)):
            (Path(folder) / name).mkdir()
            for number, article in enumerate(some):
                (Path(folder) / name / f"{number:05}.html").write_text(page(article), encoding="utf-8")
        collate(Path(folder) / "warm").close()
        begun = time.process_time()
        with collate(Path(folder) / "all", output=Path(folder) / "edition.sqlite") as edition:
            print(repr(edition), file=sys.stderr)
        ours = time.process_time() - begun
    stack = usual.UsualStack()
    pages = [(str(number), page(article), article.get("published")) for number, article in enumerate(articles)]
    stack.read_pages(pages[:3])
    begun = time.process_time()
    usual.grouped(stack.read_pages(pages))
    return ours, time.process_time() - begun


def gold(path: Path) -> list[Row]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file.read().split("\n") if line.strip()]


def texts(rows: Sequence[Row]) -> list[tuple[str, str, str | None]]:
    return [(row["id"], row["text"], row.get("published")) for row in rows]


def score(scorer: Path, arguments: Sequence[str]) -> Any:
    done = subprocess.run([sys.executable, str(scorer), *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr or done.stdout)
    return json.loads(done.stdout)


def places(options: argparse.Namespace, stack: usual.UsualStack) -> Iterator[tuple[str, float, float]]:
    """End-to-end F1 within 161 km, ours and the stack's."""
    for name in PLACES:
        path = options.data / "places" / f"{name}.jsonl.gz"

        def ours(path: Path = path) -> str:
            return lines(msgspec.json.encode(each).decode() for each in variorum.annotate(path, layers=("places",)))

        def theirs(path: Path = path) -> str:
            return lines(map(json.dumps, usual.layers(stack.read_texts(texts(gold(path))))))

        def told(target: Path, path: Path = path) -> float:
            scorer = options.scorers / "score_language.py"
            answer = score(scorer, ["places", "--gold", str(path), "--pred", str(target), "--json"])
            return float(answer["end_to_end_161km"]["f1"])

        yield f"places: {name}", scored(ours, told), scored(theirs, told)


def clusters(options: argparse.Namespace, stack: usual.UsualStack) -> Iterator[tuple[str, float, float]]:
    """B-cubed F1 of documents by event, ours and the stack's."""
    for name in CLUSTERS:
        path = options.data / "clusters" / f"{name}.jsonl.gz"

        def ours(path: Path = path) -> str:
            with collate(path) as edition:
                return edition.to_json()

        def theirs(path: Path = path) -> str:
            return json.dumps(usual.edition(stack.read_texts(texts(gold(path)))))

        def told(target: Path, path: Path = path) -> float:
            answer = score(options.scorers / "score_events.py", ["clusters", str(path), str(target)])
            return float(answer["event"]["b_cubed"]["f1"])

        yield f"clusters: {name}", scored(ours, told), scored(theirs, told)


def lines(found: Iterable[str]) -> str:
    return "\n".join(found) + "\n"


def scored(made: Callable[[], str], told: Callable[[Path], float]) -> float:
    """The figure that a scorer tells of what a system made."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "made"
        target.write_text(made(), encoding="utf-8")
        return told(target)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=150)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--scorers", type=Path, default=Path("../shared/evaluate"))
    parser.add_argument("--only", default="speed,places,clusters")
    options = parser.parse_args()
    parts = options.only.split(",")
    if "speed" in parts:
        articles = own(options.data / "load" / "gaza_4k.jsonl.gz", options.articles)
        ours, theirs = speed(articles)
        print("| system | seconds | articles a second | of the stack's speed |\n|---|---|---|---|")
        for name, seconds in (("Variorum", ours), ("usual stack", theirs)):
            print(f"| {name} | {seconds:.1f} | {len(articles) / seconds:.2f} | {theirs / seconds:.2f} |", flush=True)
    if not {"places", "clusters"} & set(parts):
        return
    stack = usual.UsualStack()
    print("| gold | Variorum | usual stack |\n|---|---|---|")
    for part, measure in (("places", places), ("clusters", clusters)):
        if part in parts and options.data.exists():
            for name, one, other in measure(options, stack):
                print(f"| {name} | {one:.3f} | {other:.3f} |", flush=True)


if __name__ == "__main__":
    main()
