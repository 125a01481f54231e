"""Who copied whom, beside MinHash: documents a second, memory and recall on one corpus of known descent, in one run.

    python benchmarks/derivation.py [--documents 20000 100000] [--growth 20000 200000] [--plot FILE]

Three things are timed, each in a process of its own over the same texts (`corpora.texts`, 12 % of them made from
others):

- **candidates**: fingerprints, copies collapsed, the containment index: what MinHash with LSH is used for;
- **rensa** and **datasketch** at the settings of their own guides (128 permutations; LSH of 16 bands at .8, and at .5),
  word 5-grams made in Python, of the texts split at white space ("rensa") and of lower-case words ("rensa, words");
- **whole stage**: `derive`, which aligns every candidate, gives verdicts and grows families. MinHash has no such thing.

A pair of source and derived text is found where the system names the pair itself or, for Variorum, where both are
copies of two texts that it names. Seconds are processor time of one thread; memory is the most that the process held
beyond the texts themselves. The MinHash libraries are not needed otherwise: `pip install rensa datasketch`, or name
another interpreter that has them with --minhash-python.
"""

from __future__ import annotations

import argparse
import json
import math
import pickle
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

Pairs = set[tuple[int, int]]
Row = tuple[str, int | None, str | None]

SYSTEMS = ("candidates", "rensa", "rensa, words", "datasketch")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, nargs="*", default=[20_000, 100_000])
    parser.add_argument("--growth", type=int, nargs="*", default=[20_000, 60_000, 200_000])
    parser.add_argument("--whole", type=int, default=20_000, help="the most documents that the whole stage is run on")
    parser.add_argument("--rounds", type=int, default=1, help="rounds of the first part; the least time counts")
    parser.add_argument("--minhash-python", default=sys.executable)
    parser.add_argument("--plot", type=Path)
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        print(json.dumps(measure(options.child[0], Path(options.child[1]))))
        return
    compared = [row for count in options.documents for row in compare(count, options)]
    grown = grow(options)
    print(tables(compared, grown))
    if options.plot:
        options.plot.write_text(picture(compared, grown), encoding="utf-8")


def compare(count: int, options: argparse.Namespace) -> list[dict[str, Any]]:
    """Every system over one corpus."""
    with tempfile.TemporaryDirectory() as folder:
        corpus = write(Path(folder), count, 0.12)
        systems = [*SYSTEMS, *(["whole stage"] if count <= options.whole else [])]
        rounds = [[child(system, corpus, options) for system in systems] for _ in range(options.rounds)]
    found = []
    for number, system in enumerate(systems):
        done = [one[number] for one in rounds if one[number]]
        if done:
            found.append({"system": system, "documents": count, **min(done, key=lambda row: row["seconds"])})
    return found


def grow(options: argparse.Namespace) -> list[dict[str, Any]]:
    """The candidates alone, with few and with many copies, by the number of documents."""
    found = []
    for share in (0.01, 0.6):
        for count in options.growth:
            with tempfile.TemporaryDirectory() as folder:
                row = child("candidates", write(Path(folder), count, share), options)
            found.append({"copies": share, "documents": count, **row})
    return found


def write(folder: Path, count: int, copies: float) -> Path:
    from corpora import texts

    path = folder / "texts.pickle"
    with path.open("wb") as file:
        pickle.dump([tuple(text) for text in texts(count, copies=copies)], file)
    return path


def child(system: str, corpus: Path, options: argparse.Namespace) -> dict[str, Any]:
    """What a system makes of a corpus, in a process of its own; empty where it is not installed."""
    python = options.minhash_python if system.startswith(("rensa", "datasketch")) else sys.executable
    command = [python, __file__, "--child", system, str(corpus)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        print(f"{system}: {done.stderr.strip().splitlines()[-1]}", file=sys.stderr)
        return {}
    found: dict[str, Any] = json.loads(done.stdout)
    print(f"{system}: {found}", file=sys.stderr)
    return found


def measure(system: str, corpus: Path) -> dict[str, Any]:
    with corpus.open("rb") as file:
        rows: list[Row] = pickle.load(file)
    work = {
        "candidates": candidates,
        "whole stage": whole_stage,
        "rensa": lambda rows: rensa(rows, str.split),
        "rensa, words": lambda rows: rensa(rows, lower_words),
        "datasketch": datasketch,
    }[system](rows)
    before, started, clock = memory(), time.process_time(), time.perf_counter()
    found = work()
    seconds, wall = time.process_time() - started, time.perf_counter() - clock
    made = Counter(kind for _, _, kind in rows if kind)
    hit = Counter(kind for i, (_, source, kind) in enumerate(rows) if kind and found(source, i))
    return {
        "seconds": round(seconds, 2),
        "wall": round(wall, 2),
        "rate": round(len(rows) / seconds),
        "memory": round(memory() - before),
        "recall": {kind: round(hit[kind] / made[kind], 3) for kind in sorted(made)},
    }


def memory() -> float:
    """The most that this process ever held, in MB; not what the process that started it held, as `getrusage` says."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


Found = Callable[[Any, int], bool]
Work = Callable[[], Found]


def candidates(rows: Sequence[Row]) -> Work:
    from variorum.derivation.copies import exact_classes, near_copies
    from variorum.derivation.fingerprints import fingerprints
    from variorum.derivation.options import DerivationOptions
    from variorum.derivation.search import candidates as search
    from variorum.derivation.units import units_of
    from variorum.records import Document

    documents = [Document(id=f"{i:07}", page="", source="", text=text) for i, (text, _, _) in enumerate(rows)]
    units = [unit for document in documents for unit in units_of(document)]
    options = DerivationOptions()

    def run() -> Found:
        prints = list(fingerprints(units, options))
        head = {i: members[0] for members in exact_classes(prints, (), options) for i in members}
        near = near_copies(sorted(set(head.values())), prints, options)
        heads = sorted(set(head.values()) - near.keys())
        pairs = {(pair.one, pair.other) for pair in search(heads, prints, options)}

        def found(source: int, i: int) -> bool:
            low, high = sorted(near.get(head[k], head[k]) for k in (source, i))
            return low == high or (low, high) in pairs

        return found

    return run


def whole_stage(rows: Sequence[Row]) -> Work:
    from variorum.derivation import derive
    from variorum.records import Document

    documents = [Document(id=f"{i:07}", page="", source="", text=text) for i, (text, _, _) in enumerate(rows)]

    def run() -> Found:
        provenance = derive(documents)
        ids = {document.id: i for i, document in enumerate(documents)}
        pairs = {tuple(sorted((ids[e.source], ids[e.target]))) for e in provenance.derivations}
        origin = [provenance.origin_of[document.id] for document in documents]
        return lambda source, i: origin[source] == origin[i] or (min(source, i), max(source, i)) in pairs

    return run


def lower_words(text: str) -> list[str]:
    import re

    return re.findall(r"\w+", text.lower())


def shingles(words: Sequence[str]) -> list[str]:
    return [" ".join(words[i : i + 5]) for i in range(len(words) - 4)]


def rensa(rows: Sequence[Row], split: Callable[[str], list[str]]) -> Work:
    from rensa import RMinHash, RMinHashLSH  # type: ignore[import-not-found,import-untyped,unused-ignore]

    def run() -> Found:
        pairs: Pairs = set()
        index = RMinHashLSH(threshold=0.8, num_perm=128, num_bands=16)
        for i, (text, _, _) in enumerate(rows):
            hashed = RMinHash(num_perm=128, seed=42)
            hashed.update(shingles(split(text)))
            pairs.update((j, i) for j in index.query(hashed))
            index.insert(i, hashed)
        return lambda source, i: (source, i) in pairs

    return run


def datasketch(rows: Sequence[Row]) -> Work:
    from datasketch import MinHash, MinHashLSH  # type: ignore[import-not-found,import-untyped,unused-ignore]

    def run() -> Found:
        pairs: Pairs = set()
        index = MinHashLSH(threshold=0.5, num_perm=128)
        for i, (text, _, _) in enumerate(rows):
            hashed = MinHash(num_perm=128)
            hashed.update_batch([shingle.encode() for shingle in shingles(text.split())])
            pairs.update((j, i) for j in index.query(hashed))
            index.insert(i, hashed)
        return lambda source, i: (source, i) in pairs

    return run


def exponent(rows: Sequence[dict[str, Any]]) -> float:
    """How time grows: the power of n between the smallest and the largest corpus."""
    first, last = rows[0], rows[-1]
    return math.log(last["seconds"] / first["seconds"]) / math.log(last["documents"] / first["documents"])


def tables(compared: Sequence[dict[str, Any]], grown: Sequence[dict[str, Any]]) -> str:
    kinds = list(compared[0]["recall"]) if compared else []
    lines = [f"| documents | system | a second | memory, MB | {' | '.join(kinds)} |", "|" + "---|" * (4 + len(kinds))]
    for row in compared:
        recall = " | ".join(f"{row['recall'][kind]:.3f}" for kind in kinds)
        lines.append(f"| {row['documents']:,} | {row['system']} | {row['rate']:,} | {row['memory']} | {recall} |")
    lines += [
        "",
        "| copies | documents | seconds | a second | memory, MB | n to the power of |",
        "|---|---|---|---|---|---|",
    ]
    for share, rows in by_share(grown):
        for row in rows:
            power = f"{exponent(rows):.2f}" if row is rows[-1] and len(rows) > 1 else ""
            cells = (f"{share:.0%}", f"{row['documents']:,}", row["seconds"], f"{row['rate']:,}", row["memory"], power)
            lines.append(f"| {' | '.join(map(str, cells))} |")
    return "\n".join(lines)


def by_share(grown: Iterable[dict[str, Any]]) -> list[tuple[float, list[dict[str, Any]]]]:
    found: dict[float, list[dict[str, Any]]] = {}
    for row in grown:
        found.setdefault(row["copies"], []).append(row)
    return list(found.items())


_COLORS = {"candidates": "#1f5f8b", "whole stage": "#7fb0d3", "rensa": "#a3341f", "rensa, words": "#c9705c"}
_OTHER = "#6b5a1b"


def picture(compared: Sequence[dict[str, Any]], grown: Sequence[dict[str, Any]]) -> str:
    """Rates, recall by kind of copy, and growth, as one SVG."""
    largest = max((row["documents"] for row in compared), default=0)
    least = min((row["documents"] for row in compared), default=0)
    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1080 400" font-family="system-ui,sans-serif" '
        'font-size="12" role="img" aria-label="Documents a second, recall and growth of the search for copies">',
        '<rect width="1080" height="400" fill="#fbfaf7"/>',
        *_rates([row for row in compared if row["documents"] == largest], largest, 20),
        *_recalls([row for row in compared if row["documents"] == least], least, 360),
        *_growth(grown, 770),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _text(x: float, y: float, words: str, **given: str) -> str:
    style = "".join(f' {key.replace("_", "-")}="{value}"' for key, value in {"fill": "#1d1f21", **given}.items())
    return f'<text x="{x:.0f}" y="{y:.0f}"{style}>{words}</text>'


def _rates(rows: Sequence[dict[str, Any]], count: int, left: int) -> list[str]:
    most = max((row["rate"] for row in rows), default=1)
    found = [_text(left, 30, f"Documents a second, {count:,}", font_weight="600")]
    for number, row in enumerate(rows):
        y = 60 + number * 56
        width = 230 * row["rate"] / most
        found.append(_text(left, y, f"{row['system']} · {row['memory']:,} MB"))
        color = _COLORS.get(row["system"], _OTHER)
        found.append(f'<rect x="{left}" y="{y + 6}" width="{width:.0f}" height="18" fill="{color}"/>')
        found.append(_text(left + width + 5, y + 20, f"{row['rate']:,}"))
    return found


def _recalls(rows: Sequence[dict[str, Any]], count: int, left: int) -> list[str]:
    found = [_text(left, 30, f"Share of derived texts found, {count:,}", font_weight="600")]
    for number, row in enumerate(rows):
        fill = _COLORS.get(row["system"], _OTHER)
        found.append(_text(left + (0, 75, 125, 215, 295)[number], 390, row["system"], fill=fill, font_size="11"))
    for place, kind in enumerate(rows[0]["recall"] if rows else ()):
        y = 60 + place * 54
        found.append(_text(left, y, kind))
        for number, row in enumerate(rows):
            width = 260 * row["recall"][kind]
            color = _COLORS.get(row["system"], _OTHER)
            x, y_bar = left + 80, y - 10 + number * 8
            found.append(f'<rect x="{x}" y="{y_bar}" width="{max(1.0, width):.0f}" height="7" fill="{color}"/>')
    return found


def _growth(grown: Sequence[dict[str, Any]], left: int) -> list[str]:
    found = [_text(left, 30, "Candidates: seconds by documents", font_weight="600")]
    if not grown:
        return found
    counts = [math.log(row["documents"]) for row in grown]
    times = [math.log(row["seconds"]) for row in grown]

    def at(row: dict[str, Any]) -> tuple[float, float]:
        across = (math.log(row["documents"]) - min(counts)) / max(1e-9, max(counts) - min(counts))
        up = (math.log(row["seconds"]) - min(times)) / max(1e-9, max(times) - min(times))
        return left + 30 + 220 * across, 340 - 270 * up

    for color, (share, rows) in zip(("#1f5f8b", "#a3341f"), by_share(grown), strict=False):
        points = [at(row) for row in rows]
        path = " ".join(f"{x:.0f},{y:.0f}" for x, y in points)
        found.append(f'<polyline points="{path}" fill="none" stroke="{color}" stroke-width="2"/>')
        for (x, y), row in zip(points, rows, strict=True):
            found.append(f'<circle cx="{x:.0f}" cy="{y:.0f}" r="3.5" fill="{color}"/>')
            beside, anchor = (x - 8, "end") if share < 0.3 else (x + 8, "start")
            found.append(_text(beside, y + 4, f"{row['seconds']:g}", text_anchor=anchor, fill=color))
        name = f"{share:.0%} copies: n to the {exponent(rows):.2f}"
        found.append(_text(left, 364 + (18 if share > 0.3 else 0), name, fill=color))
    for count in sorted({row["documents"] for row in grown}):
        x, _ = at({"documents": count, "seconds": 1})
        found.append(_text(x, 50, f"{count:,}", text_anchor="middle"))
    return found


if __name__ == "__main__":
    main()
