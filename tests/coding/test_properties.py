"""Whatever the text: no crash, valid indices, exact spans, the same result twice."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import plain_document
from variorum.annotation.syntax import SpacyParser
from variorum.coding import Ontology, code_events
from variorum.records import ActorMention, Annotation, PlaceMention, ReferenceTime, Syntax

WORDS = re.split(
    " ",
    "Kenya Somalia the rebels attacked killed strikes on in of agreed to refused not will lift sanctions talks between"
    " and by who said that it , . ? ! “ ” 12 people was were if attack ordered release demanded an end with drones",
)
TEXTS = st.one_of(st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join), st.text(max_size=120))


@given(text=TEXTS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_events_are_well_formed(parser: SpacyParser, text: str) -> None:
    document = plain_document(text)
    syntax = next(parser.parse([document]))
    layers = Annotation(
        document=document.id,
        reference=ReferenceTime(basis="none"),
        actors=tuple(
            ActorMention(start=t.start, end=t.end, text=t.text, name=t.text, key=t.text)
            for t in syntax.tokens
            if t.pos in ("PROPN", "PRON")
        ),
        places=tuple(
            PlaceMention(start=t.start, end=t.end, text=t.text, name=t.text) for t in syntax.tokens if t.pos == "PROPN"
        ),
    )
    ontology = Ontology.load()
    coded = code_events(document, syntax, layers, ontology)
    events, added = coded.events, coded.actors[len(layers.actors) :]
    assert coded == code_events(document, syntax, layers, ontology)
    assert coded.actors[: len(layers.actors)] == layers.actors
    assert all(text[actor.start : actor.end] == actor.text for actor in added)
    assert {n for e in events for n in (*e.actors, *e.recipients)} >= set(range(len(layers.actors), len(coded.actors)))
    for event in events:
        assert text[event.start : event.end] == event.trigger
        assert (event.start, event.end) in event.mentions
        assert list(event.mentions) == sorted(set(event.mentions))
        assert event.type in ontology.types
        assert event.mode is None or event.mode in ontology.types[event.type].modes
        assert all(0 <= n < len(coded.actors) for n in (*event.actors, *event.recipients))
        assert not set(event.actors) & set(event.recipients)
        assert event.place is None or 0 <= event.place < len(layers.places)
        assert 0 <= event.confidence <= 1
        for span in (event.instrument, event.target):
            assert span is None or 0 <= span.start < span.end <= len(text)


def test_no_syntax_no_events() -> None:
    document = plain_document("")
    layers = Annotation(document=document.id, reference=ReferenceTime(basis="none"))
    assert code_events(document, Syntax((), ()), layers, Ontology.load()) == layers
