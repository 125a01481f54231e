"""Wordings beyond the commonest of each type: particle verbs, idioms, nouns for acts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Parse
from variorum.coding import Ontology
from variorum.coding.frames import Frames
from variorum.coding.triggers import Matcher

from .conftest import Code

ROWS = [
    line.split("\t")
    for line in Path(__file__).with_name("phrases.tsv").read_text(encoding="utf-8").split("\n")[1:]
    if line
]


def test_the_types_of_rarer_wordings(code: Code) -> None:
    missed = [f"{type_}: {text}" for type_, _, text in ROWS if not any(e.type == type_ for e in code(text))]
    assert len(missed) < 0.1 * len(ROWS), "\n".join(missed)


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("The raid on the mission, which the army denies, was in all the papers.", "raid"),
        ("The army's pullback from the island has not happened.", "pullback"),
        ("The meeting of the two chiefs never took place.", "meeting"),
    ],
)
def test_what_is_disowned_or_did_not_happen_is_negated(code: Code, text: str, trigger: str) -> None:
    assert any(e.status == "negated" and trigger in e.mentions for e in code(text)), code(text)


def test_a_denial_of_something_else_negates_nothing(code: Code) -> None:
    events = code("The strike, which the minister said had hit the depot, killed two guards.")
    assert events
    assert all(e.status == "actual" for e in events)


def test_what_a_word_is_near_to_ignores_its_surroundings(parse: Parse) -> None:
    _, syntax = parse("The critics peppered their reviews with puns; nobody hummed.")
    matcher = Matcher(Ontology.load().lexicon, syntax, Frames(syntax), frozenset(), frozenset())
    peppered = next(t for t in syntax.tokens if t.text == "peppered")
    hummed = next(t for t in syntax.tokens if t.text == "hummed")
    assert matcher.event(peppered, frozenset()) is None
    assert "ASSAULT" in matcher.near(peppered)
    assert matcher.near(hummed) == ()
