"""Pronouns, definites, short names and acronyms in short texts of our own: who each means."""

from __future__ import annotations

import re

import pytest

from tests.conftest import Parse
from variorum.annotation.actors import find_actors
from variorum.records import ActorMention, ReferenceTime
from variorum.world.actors import ActorLexicon
from variorum.world.names import name_key

DAY = ReferenceTime(basis="published", earliest="2019-03-04", latest="2019-03-04")

# The text; then the words that refer (the last occurrence) and the name that they must have, None for nobody's.
TEXTS: list[tuple[str, dict[str, str | None]]] = [
    (
        "General Tomas Verkade met the mayor of Oreni, Lena Ostrova. She told him that the town was short of bread.",
        {"She": "Lena Ostrova", "him": "Tomas Verkade"},
    ),
    (
        'Colonel Pavel Rudenko accused the governor, Irina Malova, of theft. "She robbed us," the colonel said.',
        {"She": "Irina Malova", "the colonel": "Pavel Rudenko"},
    ),
    (
        "The Northern Shale Front holds the pass. Adem Kolar, a spokesman for the NSF, said it would not leave.",
        {"NSF": "Northern Shale Front"},
    ),
    (
        "Joao Mendes Tavora resigned on Friday. Mendes Tavora said that he was tired, and he wrote the letter himself.",
        {"Mendes Tavora": "Joao Mendes Tavora", "he": "Joao Mendes Tavora", "himself": "Joao Mendes Tavora"},
    ),
    ("It was snowing in Oslo when Norway sent its army to the valley.", {"It": None, "its": "Norway"}),
    ("Chad made it clear that it would close the border.", {"it": "Chad"}),
    (
        "The Red Dune Brigade shelled the port. The armed group, whose leader is in exile, said its men had left.",
        {"armed group": "Red Dune Brigade", "whose": "Red Dune Brigade", "its": "Red Dune Brigade"},
    ),
    (
        "Gunmen freed Amir Saleh Daud, 12, on Sunday. The boy walked home.",
        {"boy": "Amir Saleh Daud"},
    ),
    (
        "Mali's rulers ordered the French troops out in August. The army now fights beside foreign mercenaries.",
        {"army": "Malian military"},
    ),
    (
        "Kenyan forces shelled positions in southern Somalia. The army said 12 militants were killed.",
        {"army": "Kenyan military"},
    ),
    (
        "Rebels attacked Congolese soldiers near Goma. The army sent helicopters.",
        {"army": "Congolese military"},
    ),
]


def meaning(mentions: tuple[ActorMention, ...], text: str, words: str) -> ActorMention | None:
    end = [found.end() for found in re.finditer(rf"\b{words}\b", text)][-1]
    return next((m for m in mentions if m.end == end and m.start >= end - len(words)), None)


@pytest.mark.parametrize(("text", "expected"), TEXTS, ids=[text[:40] for text, _ in TEXTS])
def test_references(parse: Parse, text: str, expected: dict[str, str | None]) -> None:
    document, syntax = parse(text)
    mentions = find_actors(document, syntax, (), DAY, ActorLexicon.load())
    told = [(m.text, m.name, m.antecedent) for m in mentions]
    for words, name in expected.items():
        found = meaning(mentions, text, words)
        if name is None:
            assert found is None, (words, told)
        else:
            assert found is not None, (words, told)
            assert name_key(found.name) == name_key(name), (words, told)


def test_antecedents_come_before(parse: Parse) -> None:
    text = " ".join(text for text, _ in TEXTS)
    document, syntax = parse(text)
    mentions = find_actors(document, syntax, (), DAY, ActorLexicon.load())
    assert all(m.antecedent is None or m.antecedent < n for n, m in enumerate(mentions))
    assert mentions == find_actors(document, syntax, (), DAY, ActorLexicon.load())


@pytest.mark.parametrize(
    "text",
    [
        "The National Liberation Army attacked Saravena. The army sent 300 soldiers to Colombia's border.",
        "The Lord's Resistance Army raided Patongo. The military said Uganda's forces had killed two rebels.",
    ],
)
def test_the_army_beside_a_liberation_army_is_the_states(parse: Parse, text: str) -> None:
    document, syntax = parse(text)
    mentions = find_actors(document, syntax, (), DAY, ActorLexicon.load())
    (army,) = [m for m in mentions if m.text in {"army", "military"}]
    assert army.sector == "MIL", army
    assert army.antecedent is None
