"""Whose word figures stand on."""

from __future__ import annotations

from typing import Any

import pytest

from variorum.pipeline.annotator import Layers, Work
from variorum.records import ReferenceTime


@pytest.fixture(scope="module")
def layers() -> Layers:
    return Layers(["tolls", "attributions"])


@pytest.fixture
def speakers(parse: Any, layers: Layers) -> Any:
    def run(text: str) -> list[str | None]:
        document, syntax = parse(text)
        made = layers.over(Work(document=document, reference=ReferenceTime(basis="none")), syntax)
        assert made.fault is None
        return [toll.speaker for toll in made.tolls]

    return run


def test_whoever_counts_gives_the_figure(speakers: Any) -> None:
    assert speakers("The Red Crescent counted 40 wounded after the raid on Tessel.") == ["Red Crescent"]
    assert speakers("The mountain rescue service puts the dead at six.") == ["mountain rescue service"]
    assert speakers("The army raised the number of those killed in the blast to nine.")[0] is not None


def test_a_hospital_that_treats_or_receives(speakers: Any) -> None:
    assert speakers("The shelling went on. Doctors at Varga hospital received three bodies.") == ["Varga hospital"]


def test_the_one_cited_not_the_one_who_cites(speakers: Any) -> None:
    text = "Eleven miners were killed in the attack, the Tarn News Agency reports, citing the harbour authority."
    assert speakers(text) == ["harbour authority"]


def test_words_around_the_figure(speakers: Any) -> None:
    assert speakers("A grenade killed two drovers, by the account of the border guard.") == ["border guard"]
    assert speakers("Did anyone die in the raid? Six people, says the district council.") == ["district council"]


def test_a_part_stands_on_the_word_of_its_whole(speakers: Any) -> None:
    text = "Eight villagers were killed in the raid, said the mayor of Ostrova. Three of them were children."
    assert speakers(text) == ["mayor of Ostrova", "mayor of Ostrova"]


def test_a_fuller_name_told_before(speakers: Any) -> None:
    text = (
        "The National Relief Centre spoke to reporters about the bombing. At least 20 people had died, the centre said."
    )
    (speaker,) = speakers(text)
    assert speaker is not None
    assert "Relief Centre" in speaker


def test_those_who_speak_for_a_body_are_the_body(speakers: Any) -> None:
    text = "Ten rebels were killed in the assault, a spokesman for the Northern Front said."
    assert speakers(text) == ["Northern Front"]


def test_the_narrator_tells_what_nobody_is_said_to_tell(speakers: Any) -> None:
    text = "The talks began a week after a bomb killed four people in Tessel. France called for calm."
    assert speakers(text) == [None]
    text = (
        "The governor said the bridge was closed. He left at noon.\nIn Brusk three women died when a shell hit a bus."
    )
    assert speakers(text) == [None]
