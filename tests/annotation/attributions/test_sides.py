"""Whose words are whose where several speak: semicolons, gaps, second hand, paragraphs, headlines, accusations."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from variorum.annotation.attributions import find_attributions
from variorum.records import ActorMention, Block, Document, Syntax

Parse = Callable[..., tuple[Document, Syntax]]
Told = tuple[str, str, str | None]  # source, content (pieces joined with " | "), the source it is told by


def told(document: Document, syntax: Syntax, actors: tuple[ActorMention, ...] = ()) -> list[Told]:
    found = find_attributions(document, syntax, actors)

    def words(spans: tuple[tuple[int, int], ...]) -> str:
        return " | ".join(document.text[start:end] for start, end in spans)

    return [
        (words(one.source), words(one.content), None if one.parent is None else words(found[one.parent].source))
        for one in found
    ]


SIDES: list[tuple[str, list[Told]]] = [
    (
        "The rebels put the toll at 26; the governor said nine.",
        [("The rebels", "the toll at 26", None), ("the governor", "nine", None)],
    ),
    (
        "Officials said eleven were shot; the opposition said more than thirty.",
        [("Officials", "eleven were shot", None), ("the opposition", "more than thirty", None)],
    ),
    (
        "Residents fled the valley; relief workers said the road was mined.",
        [("relief workers", "the road was mined", None)],
    ),
    (
        "The hospital said three people died, while relatives said eight.",
        [("The hospital", "three people died", None), ("relatives", "eight", None)],
    ),
    (
        "The council said the dead were herders, but the army said they were fighters.",
        [("The council", "the dead were herders", None), ("the army", "they were fighters", None)],
    ),
    (
        "The blast broke windows; it was the third this week, neighbours said.",
        [("neighbours", "The blast broke windows; it was the third this week", None)],
    ),
    (
        "The ministry put the death toll at 17, the militia 45.",
        [("The ministry", "the death toll at 17", None), ("the militia", "45", None)],
    ),
    (
        "The union said 300 miners were trapped, the company 25.",
        [("The union", "300 miners were trapped", None), ("the company", "25", None)],
    ),
    (
        "Police said a driver was killed and his wife, Ana, 40, was hurt.",
        [("Police", "a driver was killed and his wife, Ana, 40, was hurt", None)],
    ),
    (
        "“Let them come,” the old man said. “We are ready.” The army declined to comment.",
        [("the old man", "“Let them come,” | “We are ready.”", None), ("The army", "to comment", None)],
    ),
    (
        "The caller said, 'You will burn'. The bank denied the threat.",
        [("The caller", "'You will burn'", None), ("The bank", "the threat", None)],
    ),
]

MORE_SIDES: list[tuple[str, list[Told]]] = [
    (
        'The Red Crescent said it buried 9 bodies; "we counted 14," said a gravedigger.',
        [("The Red Crescent", "it buried 9 bodies", None), ("a gravedigger", '"we counted 14,"', None)],
    ),
    (
        "Samuel said his brother was shot, his wife said he fell.",
        [("Samuel", "his brother was shot", None), ("his wife", "he fell", None)],
    ),
    (
        "The UN put the dead at 200; the ministry said that it could not confirm the number.",
        [("The UN", "the dead at 200", None), ("the ministry", "that it could not confirm the number", None)],
    ),
    (
        "Officials said the toll was 30; local media put it at 50.",
        [("Officials", "the toll was 30", None), ("local media", "it at 50", None)],
    ),
    (
        "According to police, 12 died; according to relatives, 20 died.",
        [("police", "12 died", None), ("relatives", "20 died", None)],
    ),
    (
        "The government says 40, the opposition 100, and aid groups 160.",
        [("The government", "40", None), ("the opposition", "100", None), ("aid groups", "160", None)],
    ),
    (
        "The mayor, citing police, said eight people had died; residents said 20.",
        [
            ("The mayor", "eight people had died", None),
            ("police", "eight people had died", "The mayor"),
            ("residents", "20", None),
        ],
    ),
]

SECOND_HAND: list[tuple[str, list[Told]]] = [
    (
        "Norvik Wire quoted a police officer as saying that six people drowned.",
        [
            ("Norvik Wire", "a police officer as saying that six people drowned", None),
            ("a police officer", "that six people drowned", "Norvik Wire"),
        ],
    ),
    (
        "The UN, citing local officials, said eight villages were burned.",
        [
            ("The UN", "eight villages were burned", None),
            ("local officials", "eight villages were burned", "The UN"),
        ],
    ),
    (
        "Twelve sailors died, the channel reported, citing hospital sources.",
        [
            ("the channel", "Twelve sailors died", None),
            ("hospital sources", "Twelve sailors died", "the channel"),
        ],
    ),
    (
        "According to a report by Lantern Watch, citing 30 witnesses, soldiers burned the market.",
        [
            ("a report by Lantern Watch", "soldiers burned the market", None),
            ("30 witnesses", "soldiers burned the market", "a report by Lantern Watch"),
        ],
    ),
    (
        "The minister was quoted as saying that talks had failed.",
        [("The minister", "that talks had failed", None)],
    ),
    (
        "The agency, citing a lack of fuel, said it would halt deliveries.",
        [("The agency", "a lack of fuel", None), ("The agency", "it would halt deliveries", None)],
    ),
]

OTHERS: list[tuple[str, list[Told]]] = [
    ('"We heard it," said a porter.', [("a porter", '"We heard it,"', None)]),
    ('"They told us to hide," a shopkeeper said.', [("a shopkeeper", '"They told us to hide,"', None)]),
    ('"Open the gates!" shouted the crowd.', [("the crowd", '"Open the gates!"', None)]),
    ('"Go home!" the marchers chanted.', [("the marchers", '"Go home!"', None)]),
    ("As Ana Pires put it, the truce was dead on arrival.", [("Ana Pires", "the truce was dead on arrival", None)]),
    (
        "Orania has been accused by rights groups of using cluster bombs.",
        [("rights groups", "Orania | of using cluster bombs", None)],
    ),
    (
        "The unit was accused on Tuesday by residents of shelling the market.",
        [("residents", "The unit | of shelling the market", None)],
    ),
    (
        "The unit, accused by the UN of killing 30 people, was disbanded.",
        [("the UN", "The unit | of killing 30 people", None)],
    ),
    (
        "The force was criticised by monitors for firing on the crowd.",
        [("monitors", "The force | for firing on the crowd", None)],
    ),
    ('The envoy vowed on Monday to "crush" IS camps.', [("The envoy", 'to "crush" IS camps', None)]),
    ('The minister promised again to "finish" IS cells.', [("The minister", 'to "finish" IS cells', None)]),
    (
        '"The first shell fell at noon.\n"We carried the children out.\n"Nobody came," said Ana Pires, a teacher.',
        [
            (
                "Ana Pires, a teacher",
                '"The first shell fell at noon. | "We carried the children out. | "Nobody came,"',
                None,
            )
        ],
    ),
]

HEADLINES: list[tuple[str, list[Told]]] = [
    ("'Scores buried' in hill town slide - activists", [("activists", "'Scores buried' in hill town slide", None)]),
    ("Nine held after port raid – police", [("police", "Nine held after port raid", None)]),
    ("Rebels 'used school as depot' - IDF", [("IDF", "Rebels 'used school as depot'", None)]),
    ("Nine held in raid, say police", [("police", "Nine held in raid", None)]),
    ("Blast kills 10 in Kabul, officials", [("officials", "Blast kills 10 in Kabul", None)]),
    ("Storm kills six in Haiti, Cuba", []),
    ("Ukraine war: Russia strikes Odesa", []),
    ("Sudan conflict: Dozens die in market", []),
    ("Floods cut off the north - Norvik Herald", []),
    ("Police: Nine held after raid", [("Police", "Nine held after raid", None)]),
]


@pytest.mark.parametrize(("text", "expected"), SIDES + MORE_SIDES + SECOND_HAND + OTHERS)
def test_each_speaker_has_his_own_words(text: str, expected: list[Told], parse: Parse) -> None:
    assert told(*parse(text)) == expected


@pytest.mark.parametrize(("text", "expected"), HEADLINES)
def test_headlines_name_their_speaker_without_a_verb(text: str, expected: list[Told], parse: Parse) -> None:
    blocks = (Block(start=0, end=len(text), kind="title"),)
    assert told(*parse(text, blocks=blocks)) == expected


def test_who_came_by_a_letter_does_not_speak_for_it(parse: Parse) -> None:
    text = "The letter, seen by Norvik Wire, says the units must withdraw."
    start = text.index("Norvik")
    actor = ActorMention(start=start, end=start + 11, text="Norvik Wire", name="Norvik Wire", key="x:norvik")
    (found,) = find_attributions(*parse(text), (actor,))
    assert (found.speaker, found.speaker_actor) == ("letter", None)
