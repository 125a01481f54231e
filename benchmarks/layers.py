"""What the layers and the coding cost beside the syntax model, on the same articles in the same run.

    python benchmarks/layers.py [--articles 200] [--corpus ../shared/data/load/gaza_4k.jsonl.gz]

The floor is the whole packaged spaCy model (all its pipes, one thread, batches of 32) over the articles' body text. The
layers are timed apart from the parse, each layer by itself and then coding. Figures are seconds of processor time, the
median of --rounds rounds; the ratio is the layers' to the floor's. Without the corpus, the bundled demo is repeated.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable, Sequence
from itertools import cycle, islice
from pathlib import Path

import variorum
from variorum.annotation.actors import find_actors
from variorum.annotation.attributions import find_attributions
from variorum.annotation.model import load_model
from variorum.annotation.places import find_places
from variorum.annotation.syntax import SpacyParser
from variorum.annotation.times import find_times
from variorum.annotation.tolls import find_tolls
from variorum.coding import Ontology, code_events
from variorum.documents import make_document
from variorum.pages import read_pages
from variorum.pipeline import own_reference
from variorum.records import READ_KINDS, Annotation, Document, Page, Syntax
from variorum.world.actors import ActorLexicon
from variorum.world.gazetteer import Gazetteer

DEMO = Path(variorum.__file__).parent / "data" / "demo"


def articles(corpus: Path, count: int) -> list[Document]:
    pages = read_pages([corpus if corpus.exists() else DEMO])
    documents = (make_document(page) for page in pages if isinstance(page, Page))
    usable = (document for document in documents if document.rejected is None and document.supported)
    taken = list(islice(usable, count))
    return list(islice(cycle(taken), count))


def seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--corpus", type=Path, default=Path("../shared/data/load/gaza_4k.jsonl.gz"))
    options = parser.parse_args()
    documents = articles(options.corpus, options.articles)
    texts = ["\n".join(span.of(item.text) for span in item.spans(READ_KINDS)) for item in documents]
    nlp = load_model()
    syntaxes = list(SpacyParser().parse(documents))
    tokens = sum(len(syntax) for syntax in syntaxes)
    layers = Layers()
    layers.run(documents[:5], syntaxes[:5])  # opens files and fills caches, as the first articles of a run do
    floor: list[float] = []
    costs: dict[str, list[float]] = {}
    for _ in range(options.rounds):
        floor.append(seconds(lambda: [None for _ in nlp.pipe(texts, batch_size=32)]))
        for name, cost in layers.run(documents, syntaxes).items():
            costs.setdefault(name, []).append(cost)
    whole = statistics.median(floor)
    medians = {name: statistics.median(values) for name, values in costs.items()}
    annotation = sum(cost for name, cost in medians.items() if name != "coding")
    print(f"{len(documents)} articles, {tokens} tokens, median of {options.rounds} rounds, processor seconds")
    print(f"| part | seconds | of the whole model |\n|---|---|---|\n| whole spaCy model | {whole:.2f} | 1.000 |")
    for name, cost in medians.items():
        print(f"| {name} | {cost:.2f} | {cost / whole:.3f} |")
    print(f"| all layers | {annotation:.2f} | {annotation / whole:.3f} |")
    print(
        f"| layers and coding | {annotation + medians['coding']:.2f} | {(annotation + medians['coding']) / whole:.3f} |"
    )
    print(json.dumps({"floor": floor, **costs}))


class Layers:
    """The layers with their data loaded, each timed over all documents."""

    def __init__(self) -> None:
        self._gazetteer = Gazetteer.open()
        self._lexicon = ActorLexicon.load()
        self._ontology = Ontology.load()

    def run(self, documents: Sequence[Document], syntaxes: Sequence[Syntax]) -> dict[str, float]:
        """Seconds of each part over all documents."""
        cost = dict.fromkeys(("times", "places", "actors", "tolls", "attributions", "coding"), 0.0)
        for document, syntax in zip(documents, syntaxes, strict=True):
            reference = own_reference(document)
            clock = Clock(cost)
            times = find_times(document, syntax, reference)
            clock.stop("times")
            places = find_places(document, syntax, self._gazetteer)
            clock.stop("places")
            actors = find_actors(document, syntax, places, reference, self._lexicon)
            clock.stop("actors")
            tolls = find_tolls(document, syntax)
            clock.stop("tolls")
            attributions = find_attributions(document, syntax, actors)
            clock.stop("attributions")
            annotation = Annotation(
                document=document.id,
                reference=reference,
                times=times,
                places=places,
                actors=actors,
                tolls=tolls,
                attributions=attributions,
            )
            code_events(document, syntax, annotation, self._ontology)
            clock.stop("coding")
        return cost


class Clock:
    """Adds the processor time since it was last stopped to a part's cost."""

    def __init__(self, cost: dict[str, float]) -> None:
        self._cost = cost
        self._since = time.process_time()

    def stop(self, part: str) -> None:
        now = time.process_time()
        self._cost[part] += now - self._since
        self._since = now


if __name__ == "__main__":
    main()
