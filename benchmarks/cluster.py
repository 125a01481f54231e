"""A Ray cluster on this machine beside local processes: the same edition, the time of each stage, and the join of keys.

    python benchmarks/cluster.py [--articles 200] [--documents 20000] [--workers 2] [--corpus FILE]

Wall seconds, for the work is done by other processes: only a machine that does nothing else tells them. The cluster's
start and the loading of models are in none of them: three articles are collated before. The join is that of shingles,
over texts of known descent (`corpora.texts`), on one thread and as two shuffles of Daft. Needs `variorum[cluster]`.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from corpora import texts
from pipeline import Stages, own
from variorum.derivation.fingerprints import fingerprints
from variorum.derivation.options import DerivationOptions
from variorum.derivation.search import shared_keys
from variorum.derivation.units import units_of
from variorum.engines.cluster import RayEngine
from variorum.pipeline import EngineOptions, RunOptions, collate
from variorum.records import Document

Seconds = dict[str, float]


def collated(source: Path, warm: Path, options: RunOptions) -> tuple[Seconds, str]:
    """Seconds of each stage, and the edition."""
    collate(warm, options=options).close()
    stages = Stages(time.perf_counter)
    with collate(source, options=options, progress=stages) as edition:
        return stages.seconds, edition.to_json()


def stages(options: argparse.Namespace) -> dict[str, Seconds]:
    """Seconds of each stage by engine. Raises AssertionError where the editions differ."""
    articles = own(options.corpus, options.articles)
    engines = {
        "one process": RunOptions(),
        f"{options.workers} local processes": RunOptions(workers=options.workers),
        f"Ray, {options.workers} workers": RunOptions(workers=options.workers, engine=EngineOptions(name="ray")),
    }
    with tempfile.TemporaryDirectory() as folder:
        source, warm = Path(folder) / "articles.jsonl", Path(folder) / "warm.jsonl"
        source.write_text("\n".join(map(json.dumps, articles)), encoding="utf-8")
        warm.write_text("\n".join(map(json.dumps, articles[: 3 * options.workers * 16])), encoding="utf-8")
        found = {name: collated(source, warm, run) for name, run in engines.items()}
    assert len({edition for _, edition in found.values()}) == 1, "the editions differ"
    return {name: seconds for name, (seconds, _) in found.items()}


def joins(count: int, workers: int) -> tuple[float, float, int]:
    """Seconds of the join on one thread and on the cluster, and the pairs that both find."""
    options = DerivationOptions()
    documents = (Document(id=f"{i:07}", page="", source="", text=each.text) for i, each in enumerate(texts(count)))
    keys = [made.keys for made in fingerprints([unit for each in documents for unit in units_of(each)], options)]
    engine = RayEngine(workers=workers)
    engine.shared_keys(keys[:100], options.fan_out, least=2, star=True)
    begun = time.perf_counter()
    here = shared_keys(keys, options.fan_out, least=2, star=True)
    between = time.perf_counter()
    pairs, _ = engine.shared_keys(keys, options.fan_out, least=2, star=True)
    ended = time.perf_counter()
    assert pairs.tolist() == here.pairs.tolist(), "the joins differ"
    return between - begun, ended - between, len(pairs)


def table(found: dict[str, Seconds]) -> str:
    names: Sequence[str] = list(found)
    lines = [f"| stage | {' | '.join(names)} |", "|" + "---|" * (len(names) + 1)]
    lines += [
        f"| {stage} | {' | '.join(f'{found[name].get(stage, 0.0):.1f}' for name in names)} |"
        for stage in found[names[0]]
    ]
    lines.append(f"| all | {' | '.join(f'{sum(found[name].values()):.1f}' for name in names)} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--corpus", type=Path, default=Path("../shared/data/load/gaza_4k.jsonl.gz"))
    options = parser.parse_args()
    RayEngine(workers=options.workers)
    if options.articles:
        print(table(stages(options)), flush=True)
    if options.documents:
        here, there, pairs = joins(options.documents, options.workers)
        print(
            f"join of {options.documents:,} texts, {pairs:,} pairs: one thread {here:.1f} s, two shuffles {there:.1f} s"
        )


if __name__ == "__main__":
    main()
