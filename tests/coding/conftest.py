"""A coder over plain texts: all layers found, then coded."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest

from tests.conftest import Parse
from variorum.annotation.actors import find_actors
from variorum.annotation.attributions import find_attributions
from variorum.annotation.places import find_places
from variorum.annotation.times import find_times
from variorum.annotation.tolls import find_tolls
from variorum.coding import Ontology, code_events
from variorum.records import Annotation, Block, EventMention, ReferenceTime
from variorum.world.gazetteer import Gazetteer


class Coded(NamedTuple):
    """One event in words, for reading in an assertion."""

    type: str
    mode: str | None
    status: str
    trigger: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    place: str | None
    time: str | None
    tolls: tuple[str, ...]
    mentions: tuple[str, ...]
    event: EventMention


Code = Callable[[str], list[Coded]]
Layers = Callable[..., Annotation]


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return Gazetteer.open()


@pytest.fixture(scope="session")
def layers(parse: Parse, gazetteer: Gazetteer) -> Layers:
    """``layers(text)`` annotates a text published on 14 March 2019, events and their ties included; its first
    `dateline` characters are a dateline, which is not parsed."""
    ontology = Ontology.load()
    reference = ReferenceTime(basis="published", earliest="2019-03-14", latest="2019-03-14")

    def run(text: str, dateline: int = 0) -> Annotation:
        head = Block(start=0, end=dateline, kind="dateline")
        opened = {"blocks": (head, Block(start=dateline, end=len(text), kind="body"))} if dateline else {}
        document, syntax = parse(text, published="2019-03-14", **opened)
        places = find_places(document, syntax, gazetteer)
        actors = find_actors(document, syntax, places, reference)
        found = Annotation(
            document=document.id,
            reference=reference,
            times=find_times(document, syntax, reference),
            places=places,
            actors=actors,
            attributions=find_attributions(document, syntax, actors),
            tolls=find_tolls(document, syntax),
        )
        return code_events(document, syntax, found, ontology)

    return run


@pytest.fixture(scope="session")
def code(layers: Layers) -> Code:
    """``code(text)`` gives the events of a text published on 14 March 2019."""

    def run(text: str) -> list[Coded]:
        found = layers(text)
        return [
            Coded(
                type=e.type,
                mode=e.mode,
                status=e.status,
                trigger=e.trigger,
                actors=tuple(found.actors[n].name for n in e.actors),
                recipients=tuple(found.actors[n].name for n in e.recipients),
                place=None if e.place is None else found.places[e.place].text,
                time=None if e.time is None else found.times[e.time].text,
                tolls=tuple(found.tolls[n].text for n in e.tolls),
                mentions=tuple(span.of(text) for span in e.mentions),
                event=e,
            )
            for e in found.events
        ]

    return run
