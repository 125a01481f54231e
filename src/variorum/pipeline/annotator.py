"""All layers over one document, in the order that each needs the ones before: the per-document half of the flow."""

from __future__ import annotations

import gc
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import msgspec

from variorum.annotation.actors import find_actors
from variorum.annotation.attributions import find_attributions, give_voices
from variorum.annotation.places import find_places
from variorum.annotation.places.home import Home
from variorum.annotation.syntax import Parser, SpacyParser
from variorum.annotation.times import find_times
from variorum.annotation.tolls import find_tolls, find_victims
from variorum.coding import Ontology, code_events
from variorum.errors import ModelError
from variorum.identity import stable_id
from variorum.records import LAYERS, Annotation, Block, Document, Layer, Record, ReferenceTime, Syntax
from variorum.world.actors import ActorLexicon
from variorum.world.gazetteer import Gazetteer

from .layer_options import LayerOptions
from .progress import Progress
from .versions import annotation_version

_NEEDS: dict[Layer, tuple[Layer, ...]] = {
    "times": (),
    "places": (),
    "tolls": (),
    "actors": ("places",),
    "attributions": ("places", "actors"),
    "events": ("times", "places", "actors", "tolls", "attributions"),
}


_ORDER: tuple[Layer, ...] = ("times", "places", "tolls", "actors", "attributions", "events")


_REMEMBERED = 32  # texts whose layers are kept for copies, which come beside each other


class Work(Record, frozen=True, kw_only=True):
    """One document to annotate, and what its relative times count from."""

    document: Document
    reference: ReferenceTime

    @property
    def key(self) -> str:
        """Names the work by all that its outcome depends on."""
        document, reference = self.document, self.reference
        return stable_id(
            "work",
            (
                annotation_version(),
                document.id,
                document.text,
                repr(document.blocks),
                document.title,
                document.outlet,
                document.url,
                document.language,
                document.published,
                reference.basis,
                reference.earliest,
                reference.latest,
            ),
        )


class AnnotatorFactory(Record, frozen=True, kw_only=True):
    """Builds an `Annotator` in the process that runs it. `layers` are those wanted; what they need comes along, for
    their indices point into it."""

    layers: tuple[Layer, ...] = LAYERS
    ontology: str | None = None
    options: LayerOptions = LayerOptions()

    def __call__(self) -> Callable[[Sequence[Work]], list[Annotation]]:
        return Annotator(SpacyParser(), Layers(self.layers, self.ontology, self.options)).annotate


def prepare(progress: Progress, layers: Sequence[Layer] = LAYERS) -> None:
    """Build the gazetteer where the layers need it and this machine has none yet, before workers ask for it; a person
    is told why it waits."""
    if "places" in _with_needs(layers):
        Gazetteer.open(on_build=progress.note).close()


def _with_needs(layers: Sequence[Layer]) -> set[Layer]:
    return set(layers).union(*(_NEEDS[layer] for layer in layers))


class Annotator:
    """A parser and the layers; gives a document's `Annotation`, the same on any worker."""

    def __init__(self, parser: Parser, layers: Layers) -> None:
        self._parser = parser
        self._layers = layers

    def annotate(self, works: Sequence[Work]) -> list[Annotation]:
        """The annotation of each document, in order; empty for one that is rejected or in another language."""
        with _uncollected():
            syntaxes = self._parser.parse(work.document for work in works)
            return [self._layers.over(work, syntax) for work, syntax in zip(works, syntaxes, strict=True)]


@contextmanager
def _uncollected() -> Iterator[None]:
    """No search for cycles meanwhile: it goes through all that is held, and annotating makes no cycle that lasts."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


class Layers:
    """The wanted layers, with the world's data that they need, loaded once."""

    def __init__(
        self, layers: Sequence[Layer] = LAYERS, ontology: str | None = None, options: LayerOptions | None = None
    ) -> None:
        self._options = options or LayerOptions()
        self._copies = _Copies()
        self._asked: tuple[Layer, ...] = tuple(layer for layer in LAYERS if layer in layers)
        self._wanted = _with_needs(layers)
        self._gazetteer = Gazetteer.open() if "places" in self._wanted else None
        self._lexicon = ActorLexicon.load() if "actors" in self._wanted else None
        self._ontology = Ontology.load(ontology) if "events" in self._wanted else None

    def over(self, work: Work, syntax: Syntax) -> Annotation:
        """The layers over one document. What breaks on it is told in `fault`, and costs no other document, and no
        layer but those that need the broken one."""
        document = work.document
        made = Annotation(document=document.id, reference=work.reference, layers=self._asked)
        if not document.supported or document.rejected is not None:
            return made
        read = self._copies.of(document)
        makers = self._makers(document, syntax, work.reference)
        broken: dict[Layer, str] = {}
        for layer in _ORDER:
            if layer not in self._wanted or broken.keys() & set(_NEEDS[layer]):
                continue
            try:
                inputs, make = makers[layer](made)
                made = msgspec.structs.replace(made, **read.once(layer, inputs, make))
            except ModelError:  # it is of no document: the run ends before it puts anything in force
                raise
            except Exception as error:  # one document's defect must not end a run of a hundred thousand
                broken[layer] = f"{type(error).__name__}: {error}"
        fault = "; ".join(f"{layer}: {told}" for layer, told in broken.items())
        return msgspec.structs.replace(made, fault=fault) if broken else made

    def _makers(
        self, document: Document, syntax: Syntax, reference: ReferenceTime
    ) -> dict[Layer, Callable[[Annotation], _Making]]:
        """For each layer, given the layers before it: all that it depends on but the text and its blocks, and how it is
        made, as fields of an `Annotation`."""
        options, gazetteer, lexicon, ontology = self._options, self._gazetteer, self._lexicon, self._ontology

        def tolls() -> dict[str, Any]:
            found = find_tolls(document, syntax, options.tolls)
            return {"tolls": found, "victims": find_victims(document, syntax, options.tolls)}

        def attributions(made: Annotation) -> dict[str, Any]:
            found = find_attributions(document, syntax, made.actors, options.attributions)
            voiced = give_voices(document, syntax, made.actors, found, made.tolls) if made.tolls else made.tolls
            return {"attributions": found, "tolls": voiced}

        makers: dict[Layer, Callable[[Annotation], _Making]] = {
            "times": lambda _: (
                (reference,),
                lambda: {"times": find_times(document, syntax, reference, options.times)},
            ),
            "tolls": lambda _: ((), tolls),
            "attributions": lambda made: (
                (document.outlet, made.actors, made.tolls),
                lambda: attributions(made),
            ),
        }
        if gazetteer is not None:
            makers["places"] = lambda _: (
                (Home.of(document, gazetteer),),
                lambda: {"places": find_places(document, syntax, gazetteer, options.places)},
            )
        if lexicon is not None:
            makers["actors"] = lambda made: (
                (made.places, reference),
                lambda: {"actors": find_actors(document, syntax, made.places, reference, lexicon, options.actors)},
            )
        if ontology is not None:
            makers["events"] = lambda made: (
                (msgspec.structs.replace(made, document=""),),
                lambda: _coded(code_events(document, syntax, made, ontology)),
            )
        return makers


_Making = tuple[tuple[Any, ...], Callable[[], dict[str, Any]]]


def _coded(annotation: Annotation) -> dict[str, Any]:
    """All that coding may change: it adds parties to the actors, say."""
    found = msgspec.structs.asdict(annotation)
    del found["document"], found["reference"]
    return found


class _Read:
    """What the layers gave over one text."""

    def __init__(self) -> None:
        self._made: dict[Layer, list[tuple[tuple[Any, ...], dict[str, Any]]]] = {}

    def once(self, layer: Layer, inputs: tuple[Any, ...], make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        """What a layer gave for the same inputs, or what it gives now."""
        made = self._made.setdefault(layer, [])
        for given, found in made:
            if given == inputs:
                return found
        made.append((inputs, make()))
        return made[-1][1]


class _Copies:
    """The last texts that were read. A copy by another outlet on another day is read again only where that matters."""

    def __init__(self) -> None:
        self._texts: OrderedDict[tuple[str, tuple[Block, ...]], _Read] = OrderedDict()

    def of(self, document: Document) -> _Read:
        key = (document.text, document.blocks)
        found = self._texts.setdefault(key, _Read())
        self._texts.move_to_end(key)
        if len(self._texts) > _REMEMBERED:
            self._texts.popitem(last=False)
        return found
