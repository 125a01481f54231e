"""What nouns name."""

from __future__ import annotations

import pytest

from variorum.world.nouns import find_noun


@pytest.mark.parametrize("word", ["nurse", "nurses", "policemen", "thieves", "witnesses", "emissaries"])
def test_nouns_for_people_are_known_in_both_numbers(word: str) -> None:
    noun = find_noun(word)
    assert noun is not None
    assert noun.sort == "person"


def test_things_and_animals_are_told_from_people() -> None:
    sorts = {word: noun.sort for word in ("stretchers", "reindeer", "rockets") if (noun := find_noun(word))}
    assert sorts == {"stretchers": "artifact", "reindeer": "animal", "rockets": "artifact"}


def test_a_person_has_classes() -> None:
    constable, soldier = find_noun("constables"), find_noun("soldiers")
    assert constable is not None
    assert "police" in constable.classes
    assert soldier is not None
    assert "military" in soldier.classes


def test_a_person_may_be_a_later_sense() -> None:
    commuter = find_noun("commuter")
    assert commuter is not None
    assert commuter.sort == "artifact"
    assert commuter.person_sense == 2


def test_unknown_words_are_none() -> None:
    assert find_noun("qwertish") is None
