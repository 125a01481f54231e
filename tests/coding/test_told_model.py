"""The trained decision whether a candidate tells an event: how it answers, and what it is there to leave out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.coding.told_model import ToldModel
from variorum.coding.type_model import BUCKETS, SLOTS, Reading

from .conftest import Code

_WORDS = st.sampled_from(["shell", "march", "army", "river", "treaty", "nowhereword"])
NOTHING = (
    "Sentries in the province shoot deserters and burn their huts.",
    "The charter empowers the governor to arrest smugglers and to expel foreigners.",
    "Recruits bombarded a cardboard bunker in the drill and were home for tea.",
    "In the film a sergeant seizes the palace and shoots the king.",
    "The winger launched an assault on the record in Oslo.",
    "Cocoa futures surrendered their gains in London.",
    "The budget ambushed the cabinet.",
    "Armies loot villages whenever they go unpaid.",
    "The manual tells gunners to shell bridges first.",
)
SOMETHING = (
    ("Sentries in Tahoua shot three deserters on Monday and burned their huts.", "ASSAULT"),
    ("The governor of Kano arrested nine smugglers on Tuesday.", "COERCE"),
    ("Rebels bombarded a police post in Kidal at dawn.", "ASSAULT"),
    ("The garrison of Menaka surrendered to the rebels on Friday.", "RETREAT"),
    ("Ethiopia invaded the border province on Sunday.", "ASSAULT"),
    ("Nigeria expelled the Danish consul.", "SANCTION"),
)


@given(
    st.tuples(*(st.lists(_WORDS, max_size=3).map(tuple) for _ in SLOTS)),
    st.sets(st.integers(0, BUCKETS - 1), max_size=60),
)
def test_any_candidate_gets_a_likelihood(words: tuple[tuple[str, ...], ...], buckets: set[int]) -> None:
    reading = Reading(words, tuple(sorted(buckets)))
    other = Reading(((),) * len(SLOTS), ())
    likelihood, apart, again = ToldModel.load().likelihoods([reading, other, reading])
    assert 0 <= likelihood <= 1
    assert likelihood == again == ToldModel.load().likelihoods([reading])[0]
    assert apart == ToldModel.load().likelihoods([other])[0]


def test_what_tells_nothing_is_mostly_left_out(code: Code) -> None:
    told = [text for text in NOTHING if code(text)]
    assert len(told) <= 3, told


@pytest.mark.parametrize(("text", "type_"), SOMETHING)
def test_the_same_words_of_a_day_and_a_place_are_told(code: Code, text: str, type_: str) -> None:
    assert any(event.type == type_ for event in code(text)), code(text)


def test_what_a_text_comes_back_to_is_told(code: Code) -> None:
    text = "Shots rang out at the ford. Gunmen attacked a convoy near Ansongo on Monday. The attack killed two drivers."
    assert any(e.type == "ASSAULT" for e in code(text))
