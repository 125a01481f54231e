"""Who fills a role without a mention in the actor layer, headlines read again, figures of speech, the scene."""

from __future__ import annotations

import pytest

from .conftest import Code, Coded


def _told(events: list[Coded]) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    return [(e.type, e.actors, e.recipients) for e in events]


@pytest.mark.parametrize(
    ("text", "recipients"),
    [
        ("Gunmen killed nine in a tavern.", ("people",)),
        ("The coastguard of Ghana seized a Maltese tanker.", ("Malta",)),
        ("Senegal sent flour to the flooded villages.", ("flooded villages",)),
        ("Norway lifted its ban on Mozambican prawns.", ("Mozambique",)),
        ("Fiji sent nurses to help Samoa fight measles.", ("Samoa",)),
    ],
)
def test_who_undergoes_becomes_an_actor(code: Code, text: str, recipients: tuple[str, ...]) -> None:
    assert recipients in [e.recipients for e in code(text)]


def test_added_actors_stand_behind_those_of_the_layer(code: Code) -> None:
    (event,) = code("Gunmen killed nine in a tavern.")
    assert event.event.recipients > event.event.actors


def test_a_town_where_it_happens_undergoes_nothing(code: Code) -> None:
    for event in code("Without a shot, the paratroopers took Parakou's radio mast."):
        assert "Parakou" not in event.recipients


def test_joined_adjectives_are_sides(code: Code) -> None:
    (event,) = code("Australian, British and Nepalese soldiers stormed the fort.")
    assert len(event.actors) == 3


@pytest.mark.parametrize(
    ("line", "type_"),
    [
        ("Army shells rebel suburb", "ASSAULT"),
        ("Rebels free 11 nurses in Darfur", "RETREAT"),
        ("Seoul fires warning shots at trawler", "ASSAULT"),
        ("Union leader held at border", "COERCE"),
    ],
)
def test_misread_headlines(code: Code, line: str, type_: str) -> None:
    assert [e.type for e in code(line)] == [type_]


def test_a_headlines_infinitive_is_to_come(code: Code) -> None:
    assert [e.status for e in code("Peru to expel two Chilean envoys")] == ["future"]


@pytest.mark.parametrize(
    "text",
    [
        "The actress was bombarded with questions.",
        "The bakery was hit by rising flour prices.",
        "The marathon winner surrendered her crown.",
        "Oil prices came under attack from analysts.",
        "The film shows rebels executing a priest.",
        "Soldiers often shoot at herders who cross the line.",
        "Protests are common in the capital in spring.",
    ],
)
def test_figures_of_speech_and_habits_are_no_events(code: Code, text: str) -> None:
    assert not code(text)


def test_an_answer_to_an_offer_is_given_to_whose_it_was(code: Code) -> None:
    assert _told(code("Jakarta accepted Canberra's offer of mine-sweepers.")) == [
        ("AGREE", ("Indonesia",), ("Australia",))
    ]


def test_what_one_has_others_do(code: Code) -> None:
    (event,) = code("The attorney general had four bankers jailed.")
    assert (event.actors, event.recipients) == (("attorney general",), ("bankers",))


def test_clauses_beside_each_other(code: Code) -> None:
    events = code("Gambia freed the fishermen; Senegal expelled two envoys.")
    assert [e.type for e in events] == ["RETREAT", "SANCTION"]


_REPORT = (
    "Rebels attacked the garrison of Moundou in Chad on Monday. The fighting lasted two hours. "
    "The governor visited the wounded. The market stayed shut. The rebels burned nine lorries at a depot. "
    "Terrorist actions must be condemned, he said. His aides agreed."
)


def test_a_report_sets_its_scene_once(code: Code) -> None:
    burned = [e for e in code(_REPORT) if e.trigger == "burned"]
    assert [e.place for e in burned] in (["Chad"], [])
    assert not [e for e in code(_REPORT) if e.trigger == "actions" and e.type == "ASSAULT"]
