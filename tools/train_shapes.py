"""Fit the weights by which a page is told to be news or not and write ``variorum/data/shape_weights.tsv``.

    python tools/train_shapes.py [--dry] [--without tune-4] [--pages ../shared/data/pages]

Multinomial logistic regression with a ridge over the features of `variorum.documents.shape_features`, on pages of the
project's own: the tuning parts of ``tests/gold/pages``, ``tools/training/shapes.txt`` (short pages of all shapes,
written for this), ``tests/documents/written_pages.jsonl``, and the reports of ``tools/training`` as plain texts. Pages
to which the single tests in `variorum.documents.quality` were never fitted (tune-4, shapes.txt) show how far those can
be trusted, so tune-4 counts twice; the reports, which are all of one kind, count a third.

Each HTML page is also learned, at a third of the weight, as it stands in a site: with a masthead, boxes of other pages,
a footer and, if it is no wall itself, a bar that asks for consent around it (``tools/training/chrome.txt``). Figures
are cross-validated by page in eight folds, three times. Real pages (`--pages`) are never fitted to: they tell
how many articles would be lost. With `--without` a part is left out, so that it can be scored unseen.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray

from gold import GOLD, read
from variorum.documents import make_document, making
from variorum.documents.quality import seen_page
from variorum.documents.shape_features import features
from variorum.documents.shape_model import PAGE_KINDS
from variorum.records import Page

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "src" / "variorum" / "data" / "shape_weights.tsv"
WEIGHTS = {"tune": 1.0, "tune-2": 1.0, "tune-3": 1.0, "tune-4": 2.0, "shapes": 1.0, "written": 1.0, "texts": 0.3}
IN_SITES = 0.3  # of its weight, for a page as it stands in a site
NAMES = ("The Quay Post", "Lantern", "Courier of Tolm", "Morning Bell")
RIDGE = 30.0  # of 3, 10, 30 and 60 the best on pages left out
KEPT = 0.5  # the probability of news that keeps a page, as `QualityOptions.news`
FOLDS, ROUNDS, STEPS = 8, 3, 400
Array = NDArray[np.float64]


class Row(NamedTuple):
    part: str
    name: str
    kind: int
    features: dict[str, float]
    weight: float


class Chrome(NamedTuple):
    """Pieces of the surroundings of pages, by what they are: bar, head, rail, foot."""

    pieces: dict[str, list[str]]

    def around(self, content: bytes, shape: str, name: str) -> bytes | None:
        """A page as it stands in a site, the same for one `name`; None where it has no body to surround."""
        text = content.decode("utf-8", "replace")
        body = re.search(r"<body[^>]*>(.*)</body>", text, re.DOTALL | re.IGNORECASE)
        if body is None:
            return None
        drawn = random.Random(name)
        outlet = drawn.choice(NAMES)
        bar, head, rail, foot = (drawn.choice(self.pieces[kind]) for kind in ("bar", "head", "rail", "foot"))
        before = head.replace("%s", outlet) + (bar if shape != "cookie-wall" else "")
        behind = (rail if shape not in ("cookie-wall", "index-page") else "") + foot.replace("%s", outlet)
        if drawn.random() < 0.3:
            before, behind = before.replace(bar, ""), bar + behind if shape != "cookie-wall" else behind
        return (text[: body.start(1)] + before + body[1] + behind + text[body.end(1) :]).encode()


class Model(NamedTuple):
    mean: Array
    scale: Array
    weights: Array  # features and the bias by kinds


def pages(without: str, real: Path | None) -> Iterator[tuple[str, str, str, bytes]]:
    """Part, name, shape and content of each page."""
    for half in ("tune", "tune-2", "tune-3", "tune-4"):
        for gold in read("pages", half) if half != without else ():
            yield half, gold["file"], gold["shape"], (GOLD / "pages" / gold["file"]).read_bytes()
    written = (ROOT / "tools" / "training" / "shapes.txt").read_text(encoding="utf-8")
    for piece in re.split(r"^===== ", written, flags=re.MULTILINE)[1:]:
        head, content = piece.split("\n", 1)
        name, shape = head.split()
        yield "shapes", name, shape, content.encode()
    for row in _json(ROOT / "tests" / "documents" / "written_pages.jsonl"):
        yield "written", row["name"], row["shape"], row["content"].encode()
    for file in sorted((ROOT / "tools" / "training").glob("derivation-*.jsonl")):
        for number, row in enumerate(each for each in _json(file) if each.get("text")):
            head = [
                "",
                f"{row.get('title') or ''}\n\n",
                f"{row.get('title')}\n{row.get('outlet')}, {row.get('published')}\n\n",
            ]
            yield "texts", row["id"], "article", (head[number % 3] + row["text"]).encode()
    for path in sorted(real.glob("*/*.html.gz")) if real else ():
        yield "real", path.name.removesuffix(".gz"), "article", gzip.decompress(path.read_bytes())


def surrounded(without: str, real: Path | None) -> Iterator[tuple[str, str, str, bytes]]:
    """The pages, and those of HTML once more as they stand in a site."""
    pieces: dict[str, list[str]] = {}
    written = (ROOT / "tools" / "training" / "chrome.txt").read_text(encoding="utf-8")
    for piece in re.split(r"^===== ", written, flags=re.MULTILINE)[1:]:
        kind, markup = piece.split("\n", 1)
        pieces.setdefault(kind.strip(), []).append(markup)
    chrome = Chrome(pieces)
    for part, name, shape, content in pages(without, real):
        yield part, name, shape, content
        if part != "real" and name.endswith("html") and (more := chrome.around(content, shape, name)):
            yield part, f"{name} in a site", shape, more


def _json(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def rows(without: str, real: Path | None) -> list[Row]:
    found: list[Row] = []
    told: dict[str, float] = {}

    def spy(*given: Any) -> None:
        told.clear()
        if given[0].strip():
            told.update(features(seen_page(*given)))

    with patch.object(making, "rejection", spy):
        for part, name, shape, content in surrounded(without, real):
            plain, site = name.removesuffix(" in a site"), name.endswith(" in a site")
            media: Any = "text/html" if plain.endswith("html") else "text/plain"
            make_document(Page(id=name, source=name, media=media, content=content))
            if told:
                kind = PAGE_KINDS.index(shape) if shape in PAGE_KINDS else 0
                found.append(Row(part, plain, kind, dict(told), WEIGHTS.get(part, 0.0) * (IN_SITES if site else 1)))
    return found


def fit(x: Array, kinds: NDArray[np.int64], weight: Array) -> Model:
    """The weights of least loss, by accelerated gradient descent on a convex loss."""
    mean = (weight[:, None] * x).sum(0) / weight.sum()
    scale = np.sqrt((weight[:, None] * (x - mean) ** 2).sum(0) / weight.sum()) + 0.05
    z = np.c_[(x - mean) / scale, np.ones(len(x))]
    wanted = np.eye(len(PAGE_KINDS))[kinds]
    ridge = np.full((z.shape[1], len(PAGE_KINDS)), RIDGE)
    ridge[-1] = 0.01
    step = 1 / (np.linalg.eigvalsh(z.T @ (z * weight[:, None])).max() / 2 + RIDGE)
    best = ahead = np.zeros_like(ridge)
    pace = 1.0
    for _ in range(STEPS):
        new = ahead - step * (z.T @ ((softmax(z @ ahead) - wanted) * weight[:, None]) + ridge * ahead)
        after = (1 + np.sqrt(1 + 4 * pace * pace)) / 2
        best, ahead, pace = new, new + (pace - 1) / after * (new - best), after
    return Model(mean, scale, best)


def softmax(scores: Array) -> Array:
    raised: Array = np.exp(scores - scores.max(1, keepdims=True))
    shares: Array = raised / raised.sum(1, keepdims=True)
    return shares


def told(model: Model, x: Array) -> NDArray[np.int64]:
    chances = softmax(np.c_[(x - model.mean) / model.scale, np.ones(len(x))] @ model.weights)
    given: NDArray[np.int64] = np.where(chances[:, 0] >= KEPT, 0, chances[:, 1:].argmax(1) + 1)
    return given


def cross_validate(x: Array, kinds: NDArray[np.int64], found: list[Row], weight: Array) -> None:
    """Print what is right of pages left out, each with its like in a site."""
    parts = np.array([row.part for row in found])
    names = list(dict.fromkeys((row.part, row.name) for row in found))
    place = {name: number for number, name in enumerate(names)}
    page = np.array([place[row.part, row.name] for row in found])
    right: dict[str, list[float]] = {}
    for seed in range(ROUNDS):
        fold = np.random.RandomState(seed).randint(0, FOLDS, len(names))[page]
        given = np.zeros_like(kinds)
        for number in range(FOLDS):
            seen = (fold != number) & (weight > 0)
            given[fold == number] = told(fit(x[seen], kinds[seen], weight[seen]), x[fold == number])
        for part in dict.fromkeys(parts):
            right.setdefault(part, []).append(float(np.mean((given == kinds)[parts == part])))
        for name, of in (("news kept", kinds == 0), ("others told by name", kinds > 0)):
            of = of & (weight > 0)
            right.setdefault(name, []).append(float(np.mean((given == kinds)[of])))
    for part, shares in right.items():
        print(f"{part:20} {np.mean(shares):.3f}")


def write(model: Model, names: list[str]) -> None:
    lines = ["\t".join(["feature", "mean", "scale", *PAGE_KINDS])]
    for number, name in enumerate([*names, "bias"]):
        mean, scale = (model.mean[number], model.scale[number]) if name != "bias" else (0.0, 1.0)
        lines.append("\t".join([name, *(f"{value:.4f}" for value in (mean, scale, *model.weights[number]))]))
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dry", action="store_true", help="write nothing")
    parser.add_argument("--without", default="", help="a tuning part that is not fitted to")
    parser.add_argument("--pages", type=Path, help="the folder of real pages, as tools/score_pages.py has it")
    options = parser.parse_args()
    found = rows(options.without, options.pages)
    names = sorted({name for row in found for name in row.features})
    x = np.array([[row.features.get(name, 0.0) for name in names] for row in found])
    kinds = np.array([row.kind for row in found])
    weight = np.array([row.weight for row in found])
    cross_validate(x, kinds, found, weight)
    if not options.dry:
        write(fit(x[weight > 0], kinds[weight > 0], weight[weight > 0]), names)


if __name__ == "__main__":
    main()
