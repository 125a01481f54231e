"""Text in capitals is read in its usual letters, and never changes its length."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from variorum.annotation.syntax import readable
from variorum.annotation.truecase import in_capitals, truecase


def test_ordinary_words_names_and_acronyms() -> None:
    text = "THE ARMY OF KENYA ATTACKED A CAMP NEAR MOGADISHU ON 3 MAY, THE U.N. SAID."
    assert truecase(text) == "The army of Kenya attacked a camp near Mogadishu on 3 May, the U.N. said."


def test_other_text_is_left_alone() -> None:
    for text in ("The UN and NATO met.", "NATO", "Nairobi (XNA) – The army left.", ""):
        assert truecase(text) == text


def test_a_lone_acronym_is_not_text_in_capitals() -> None:
    assert not in_capitals("MOFA")
    assert in_capitals("KENYA STRIKES CAMP IN SOMALIA")


@given(st.text(max_size=200))
def test_the_length_stays(text: str) -> None:
    assert len(readable(text)) == len(text)
    assert len(readable(text.upper())) == len(text.upper())
