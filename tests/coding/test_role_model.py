"""The trained decision who takes part on which side: what it reads, how it answers, what it adds to the rules."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.coding.role_model import BUCKETS, SIDES, RoleModel

from .conftest import Code


@given(st.sets(st.integers(0, BUCKETS - 1), max_size=60))
def test_any_phrase_gets_likelihoods(buckets: set[int]) -> None:
    model, phrase = RoleModel.load(), tuple(sorted(buckets))
    shares = model.shares([phrase])[0]
    assert len(shares) == len(SIDES)
    assert all(0 <= share <= 1 for share in shares)
    assert abs(sum(shares) - 1) < 0.01
    assert model.shares([(1, 2), phrase, (), phrase[::-1]])[1::2] == [shares, shares]


@pytest.mark.parametrize(
    ("text", "struck"),
    [
        ("Rebels shelled the grain depot at Kosti on Monday.", "depot"),
        ("Government helicopters strafed a fishing village on the lake shore.", "village"),
        ("The rebels stormed the radio station in Bukavu before dawn.", "station"),
    ],
)
def test_things_and_places_that_are_struck_undergo_it(code: Code, text: str, struck: str) -> None:
    assert any(struck in name for e in code(text) for name in e.recipients), code(text)


def test_who_speaks_of_a_blow_did_not_strike_it(code: Code) -> None:
    events = code("The Security Council deplored the shelling of Goma.")
    shelling = next(e for e in events if "shelling" in e.mentions)
    assert not any("Council" in name for name in shelling.actors)


def test_nobody_stands_on_both_sides(code: Code) -> None:
    for text in (
        "Kenya bombed a camp in Somalia on Friday.",
        "Police in Lomé beat students and arrested their leader.",
    ):
        for event in code(text):
            assert not set(event.event.actors) & set(event.event.recipients)
