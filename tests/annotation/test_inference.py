"""The quicker run of the packaged model gives what its own pipeline gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from variorum.annotation.inference import _AFTER, _BEFORE, _TARGETS, Inference, Reading, Word
from variorum.annotation.model import load_model

if TYPE_CHECKING:
    from spacy.language import Language

_TEXTS = (
    "The harbour police of Tel Maren said on Tuesday that four sailors were killed and nine were hurt.",
    "There was no answer. There's one now, there are more, and they ain't saying what it is.",
    "Let's go, y'all: we're gonna see it, you gotta come, c'm on! Gon na be late. Don't; can't; won't.",
    "  Two  spaces,\ttabs  and a last one ",
    "Gen. Orla Whit (ret.) met Ms. Dav-Iren at 5.30 p.m.; “We will not leave,” she said — then left…",
    "SHELLING OF KARSA",
    "Fighting, which began when the convoy that had been promised safe passage was stopped near the bridge that leads "
    "to the old town, went on for six hours before either side would let the wounded be carried out, witnesses said.",
    "…",
    "",
    "1,200 tonnes of wheat - 3% less - left Port Ande for $4.5 million.",
)


@pytest.fixture(scope="module")
def bare() -> Language:
    return load_model()


@pytest.fixture(scope="module")
def inference() -> Inference:
    return Inference(load_model())


def _by_pipeline(nlp: Language, text: str) -> Reading:
    doc = nlp(text)
    return Reading(
        [Word(t.idx, t.idx + len(t.text), t.lemma_, t.pos_, t.tag_, t.dep_, t.head.i) for t in doc],
        [t.i for t in doc if t.is_space],
        [sent.start for sent in doc.sents],
        [(ent.start, ent.end, ent.label_) for ent in doc.ents],
    )


def test_a_reading_is_what_the_models_own_pipeline_gives(bare: Language, inference: Inference) -> None:
    assert inference.read(_TEXTS) == [_by_pipeline(bare, text) for text in _TEXTS]


def test_a_reading_depends_on_nothing_beside_it(inference: Inference) -> None:
    together = inference.read(_TEXTS)
    vectors = [doc.tensor for doc in inference._docs(_TEXTS[:-1])]
    for text, reading, vector in zip(_TEXTS, together, [*vectors, None], strict=True):
        assert inference.read([text]) == [reading]
        if vector is not None:
            (alone,) = inference._docs([text])
            assert (alone.tensor == vector).all(), "the very numbers"


def test_the_rules_that_look_at_a_words_neighbours_are_those_that_are_known(bare: Language) -> None:
    targets: set[str] = set()
    beside: set[str] = set()
    for rule in bare.get_pipe("attribute_ruler").patterns:  # type: ignore[attr-defined]
        for pattern in rule["patterns"]:
            assert {name for token in pattern for name in token} <= {"TAG", "LOWER", "DEP", "IS_SPACE"}
            for number, token in enumerate(pattern if len(pattern) > 1 else ()):
                words = token.get("LOWER", {"IN": []})
                listed = set(words.get("IN", ()) if isinstance(words, dict) else [words])
                (targets if number == rule["index"] else beside).update(listed)
    assert targets <= _TARGETS
    assert beside <= _BEFORE | _AFTER | {"ai", "c'm", "all"}
    assert {"y", "y'", "ai"} <= _TARGETS
    assert {"nt", "n't"} <= _AFTER, "the words of its two regular expressions"
