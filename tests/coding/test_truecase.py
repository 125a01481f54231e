"""Text in capitals or in small letters is read in its usual ones, and never changes its length."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from variorum.annotation.syntax import readable
from variorum.annotation.truecase import in_capitals, in_small_letters, truecase


def test_ordinary_words_names_and_acronyms() -> None:
    text = "THE ARMY OF KENYA ATTACKED A CAMP NEAR MOGADISHU ON 3 MAY, THE U.N. SAID."
    assert truecase(text) == "The army of Kenya attacked a camp near Mogadishu on 3 May, the U.N. said."


def test_other_text_is_left_alone() -> None:
    for text in ("The UN and NATO met.", "NATO", "Nairobi (XNA) – The army left.", ""):
        assert truecase(text) == text


def test_a_lone_acronym_is_not_text_in_capitals() -> None:
    assert not in_capitals("MOFA")
    assert in_capitals("KENYA STRIKES CAMP IN SOMALIA")


def test_small_letters_get_their_capitals() -> None:
    text = "the rsf took the hospital in khartoum. burhan said nothing, we hear on monday"
    assert truecase(text) == "The RSF took the hospital in Khartoum. Burhan said nothing, we hear on Monday"
    assert not in_small_letters("then the soldiers came to Goma. They took the men away and burned the houses.")
    assert not in_small_letters("no names here")


@given(st.text(max_size=200))
def test_the_length_stays(text: str) -> None:
    assert len(readable(text)) == len(text)
    assert len(readable(text.upper())) == len(text.upper())
    assert len(readable(text.lower())) == len(text.lower())
