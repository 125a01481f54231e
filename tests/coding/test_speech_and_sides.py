"""What is said of an act against what was done, clashes of two sides, ceasefires, and words that tell no event."""

from __future__ import annotations

import pytest

from .conftest import Code, Coded


def _of(events: list[Coded], type_: str) -> list[Coded]:
    return [e for e in events if e.type == type_]


@pytest.mark.parametrize("verb", ["called it a barbaric attack", "termed it a brutal assault"])
def test_who_names_an_attack_did_not_commit_it(code: Code, verb: str) -> None:
    text = (
        f"A mine killed nine people near Gao on Monday. Moussa Traore, who leads the town council, {verb} on civilians."
    )
    attacks = _of(code(text), "ASSAULT")
    assert len(attacks) == 1
    assert attacks[0].actors == ()
    assert attacks[0].tolls == ("nine people",)


def test_words_against_an_act_are_not_against_its_victims_or_their_speaker(code: Code) -> None:
    accused = _of(code("Norway condemned the attack on Chad."), "ACCUSE")
    assert [(e.actors, e.recipients) for e in accused] == [(("Norway",), ())]
    accused = _of(code("Norway condemned the Libyan strike on Chad."), "ACCUSE")
    assert [(e.actors, e.recipients) for e in accused] == [(("Norway",), ("Libya",))]
    events = code(
        "A bomb killed nine people in Gao on Monday. Moussa Traore called it a vile attack on civilians. "
        "Amina Diallo denounced the bombing."
    )
    assert all(e.recipients == () for e in _of(events, "ACCUSE"))


@pytest.mark.parametrize(
    "judged",
    [
        "described the strike as reckless",
        "described the strike as a grave escalation",
        "branded the strike unlawful",
        "deemed the strike unjustifiable",
        "called it inexcusable",
    ],
)
def test_a_judgement_is_an_accusation_of_those_who_did_it(code: Code, judged: str) -> None:
    events = code(f"Mali launched a strike on a camp near Kidal on Monday. Norway {judged}.")
    assert [(e.mode, e.actors, e.recipients) for e in _of(events, "ACCUSE")] == [("disapprove", ("Norway",), ("Mali",))]


def test_an_act_of_a_kind_is_judged_by_its_kind(code: Code) -> None:
    events = code("Norway called the expulsion of its envoy from Chad an act of aggression.")
    assert [(e.mode, e.actors) for e in _of(events, "ACCUSE")] == [("disapprove", ("Norway",))]


def test_the_ruling_that_is_judged_is_the_one_told_before(code: Code) -> None:
    accused = _of(code("Chad expelled two Swedish envoys on Monday. Norway called the decision absurd."), "ACCUSE")
    assert [(e.actors, e.recipients) for e in accused] == [(("Norway",), ("Chad",))]


@pytest.mark.parametrize(
    "text",
    [
        "Norway suspended two judges over what it called gross negligence.",
        "Norway called the talks with Chad constructive.",
        "Norway described the harvest as modest.",
    ],
)
def test_a_name_in_passing_and_kind_words_accuse_nobody(code: Code, text: str) -> None:
    assert not _of(code(text), "ACCUSE")


def test_the_medium_of_a_claim_is_no_target(code: Code) -> None:
    events = code("Boko Haram claimed responsibility for the raid in a message aired on a local radio station.")
    assert [(e.type, e.actors, e.recipients) for e in events] == [("ASSAULT", ("Boko Haram",), ())]


@pytest.mark.parametrize("did", ["traded fire", "exchanged fire", "clashed"])
def test_a_clash_is_never_of_a_force_with_its_own_state(code: Code, did: str) -> None:
    text = f"Four soldiers were killed on Sunday when Indian and Pakistani troops {did} near a village."
    for event in _of(code(text), "ASSAULT"):
        countries = {name.split()[0] for name in event.actors}
        assert not countries & {name.split()[0] for name in event.recipients}
    both = code("Indian troops and Pakistani troops clashed near a village.")
    assert [(e.actors, e.recipients) for e in both] == [(("Indian military", "Pakistani military"), ())]


def test_fighting_between_two_sides_has_both_as_actors(code: Code) -> None:
    event = _of(code("Three people died in clashes between Chad and Libya on Sunday."), "ASSAULT")[0]
    assert event.actors == ("Chad", "Libya")


def test_a_participle_in_an_accusation_belongs_to_the_accused(code: Code) -> None:
    events = code(
        "India accused Pakistan of violating a truce by bombarding a hamlet in Kashmir, injuring three farmers."
    )
    violent = _of(events, "ASSAULT")
    assert violent
    assert {e.actors for e in violent} == {("Pakistan",)}
    assert [t for e in violent for t in e.tolls] == ["three farmers"]
    assert [(e.actors, e.recipients) for e in _of(events, "ACCUSE")] == [(("India",), ("Pakistan",))]


def test_what_a_sentence_adds_belongs_to_what_it_told(code: Code) -> None:
    events = _of(
        code(
            "A car bomb killed nine people at a hotel in Bamako on Monday.\n"
            "French jets hit rebel camps in Niger on Tuesday, the army said, adding that 20 fighters had been killed."
        ),
        "ASSAULT",
    )
    assert [e.tolls for e in events] == [("nine people",), ("20 fighters",)]


@pytest.mark.parametrize(
    "text",
    [
        "The camp lies at the spot where Chad, Niger and Libya meet.",
        "The town stands where two rivers meet.",
        "The borders of Chad and Libya meet in the desert.",
    ],
)
def test_places_that_meet_hold_no_talks(code: Code, text: str) -> None:
    assert code(text) == []


def test_who_is_sent_is_no_recipient(code: Code) -> None:
    event = code("Chad promised to send troops to guard the bridge.")[0]
    assert (event.type, event.actors, event.recipients) == ("AGREE", ("Chad",), ())


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Chad and Libya agreed on Monday to an immediate ceasefire.", "actual"),
        ("Chad and Libya agreed a truce on Monday.", "actual"),
        ("Chad and Libya signed a ceasefire agreement on Monday.", "actual"),
        ("Officials agreed to a local truce between Chad and Libya.", "actual"),
        ("Norway announced a ceasefire between Chad and Libya on Monday.", "actual"),
        ("Chad and Libya agreed to a ceasefire from 20 March 2019.", "future"),
    ],
)
def test_an_agreed_ceasefire_is_one_event_of_its_parties(code: Code, text: str, status: str) -> None:
    assert [(e.type, e.mode, e.status, e.actors) for e in code(text)] == [
        ("RETREAT", "ceasefire", status, ("Chad", "Libya"))
    ]


def test_mediated_talks_are_one_event(code: Code) -> None:
    events = code("Chad and Libya freed prisoners after talks mediated by Norway.")
    assert [(e.mode, e.actors) for e in _of(events, "CONSULT")] == [("third-party", ("Norway",))]


def test_an_act_told_by_someone_carries_their_word(code: Code) -> None:
    event = _of(code("Villagers said the army had beaten two men."), "ASSAULT")[0]
    assert event.event.attribution is not None
