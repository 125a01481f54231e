"""All layers over one document, in the order that each needs the ones before: the per-document half of the flow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from variorum.annotation.actors import find_actors
from variorum.annotation.attributions import find_attributions, give_voices
from variorum.annotation.places import find_places
from variorum.annotation.syntax import Parser, SpacyParser
from variorum.annotation.times import find_times
from variorum.annotation.tolls import find_tolls, find_victims
from variorum.coding import Ontology, code_events
from variorum.errors import ModelError
from variorum.identity import stable_id
from variorum.records import LAYERS, Annotation, Document, Layer, Record, ReferenceTime, Syntax
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
        syntaxes = self._parser.parse(work.document for work in works)
        return [self._layers.over(work, syntax) for work, syntax in zip(works, syntaxes, strict=True)]


class Layers:
    """The wanted layers, with the world's data that they need, loaded once."""

    def __init__(
        self, layers: Sequence[Layer] = LAYERS, ontology: str | None = None, options: LayerOptions | None = None
    ) -> None:
        self._options = options or LayerOptions()
        self._asked: tuple[Layer, ...] = tuple(layer for layer in LAYERS if layer in layers)
        self._wanted = _with_needs(layers)
        self._gazetteer = Gazetteer.open() if "places" in self._wanted else None
        self._lexicon = ActorLexicon.load() if "actors" in self._wanted else None
        self._ontology = Ontology.load(ontology) if "events" in self._wanted else None

    def over(self, work: Work, syntax: Syntax) -> Annotation:
        """The layers over one document. What breaks on it is told in `fault`, and costs no other document, and no
        layer but those that need the broken one."""
        document, options = work.document, self._options
        made = Annotation(document=document.id, reference=work.reference, layers=self._asked)
        if not document.supported or document.rejected is not None:
            return made
        gazetteer, lexicon, ontology = self._gazetteer, self._lexicon, self._ontology
        makers: dict[Layer, Callable[[Annotation], Any]] = {
            "times": lambda _: find_times(document, syntax, work.reference, options.times),
            "tolls": lambda _: find_tolls(document, syntax, options.tolls),
            "attributions": lambda so_far: find_attributions(document, syntax, so_far.actors, options.attributions),
        }
        if gazetteer is not None:
            makers["places"] = lambda _: find_places(document, syntax, gazetteer, options.places)
        if lexicon is not None:
            makers["actors"] = lambda so_far: find_actors(
                document, syntax, so_far.places, work.reference, lexicon, options.actors
            )
        if ontology is not None:
            makers["events"] = lambda so_far: code_events(document, syntax, so_far, ontology)  # the whole, with actors
        broken: dict[Layer, str] = {}
        for layer in _ORDER:
            if layer not in self._wanted or broken.keys() & set(_NEEDS[layer]):
                continue
            try:
                found = makers[layer](made)
                made = found if layer == "events" else msgspec.structs.replace(made, **{layer: found})
                if layer == "tolls":
                    made = msgspec.structs.replace(made, victims=find_victims(document, syntax, options.tolls))
                if layer == "attributions" and made.tolls:
                    voiced = give_voices(document, syntax, made.actors, made.attributions, made.tolls)
                    made = msgspec.structs.replace(made, tolls=voiced)
            except ModelError:  # it is of no document: the run ends before it puts anything in force
                raise
            except Exception as error:  # one document's defect must not end a run of a hundred thousand
                broken[layer] = f"{type(error).__name__}: {error}"
        fault = "; ".join(f"{layer}: {told}" for layer, told in broken.items())
        return msgspec.structs.replace(made, fault=fault) if broken else made
