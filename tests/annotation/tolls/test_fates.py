"""What became of those shot or stabbed, as the rest of a text tells; persons named by their age; limbs hit."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from variorum.annotation.tolls import find_tolls, find_victims
from variorum.records import Document, Syntax

Parse = Callable[..., tuple[Document, Syntax]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Seven people were shot at a party. All are expected to survive.", [("Seven people", "injured", 7)]),
        ("Four men were shot overnight. Their injuries are not life-threatening.", [("Four men", "injured", 4)]),
        ("Three people were stabbed. They were treated for cuts.", [("Three people", "injured", 3)]),
        ("Four people were shot overnight. Police have no suspects.", [("Four people", "casualties", 4)]),
        (
            "Two women were shot. One of them died and the other is in hospital.",
            [("Two women", "casualties", 2), ("One of them", "killed", 1)],
        ),
        (
            "Five people were shot, one fatally, outside a bar.",
            [("Five people", "casualties", 5), ("one", "killed", 1)],
        ),
    ],
)
def test_fates(text: str, expected: list[tuple[str, str, int]], parse: Parse) -> None:
    assert [(t.text, t.kind, t.low) for t in find_tolls(*parse(text))] == expected


@pytest.mark.parametrize(
    ("text", "told", "kind"),
    [
        ("An 11-year-old is in stable condition.", "An 11-year-old", "injured"),
        ("A 2-year-old remains in critical condition.", "A 2-year-old", "injured"),
        ("Two 16-year-olds were killed.", "Two 16-year-olds", "killed"),
        ("A 14-year-old was hit by a stray bullet.", "A 14-year-old", "casualties"),
        ("The bullet struck a boy in the right arm.", "a boy", "injured"),
    ],
)
def test_ages_and_limbs(text: str, told: str, kind: str, parse: Parse) -> None:
    (toll,) = find_tolls(*parse(text))
    assert (toll.text, toll.kind, toll.group) == (told, kind, "boy" if told == "a boy" else None)


@pytest.mark.parametrize("text", ["A 20-year-old law was repealed.", "The 30-year-old war goes on and on."])
def test_an_age_of_a_thing_counts_no_one(text: str, parse: Parse) -> None:
    assert find_tolls(*parse(text)) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A man shot his uncle in the stomach. The uncle is recovering.", [("his uncle", "injured")]),
        ("Ana Bello was shot outside a bar. Her wounds are not life-threatening.", [("Ana Bello", "injured")]),
        ("Ana Bello was shot outside a bar. Police have no suspects.", []),
        ("The officer shot at a dog and is recovering from the shock.", []),
    ],
)
def test_persons_meant_who_lived(text: str, expected: list[tuple[str, str]], parse: Parse) -> None:
    assert [(v.text, v.kind) for v in find_victims(*parse(text))] == expected
