"""What is said of a deed, asked for, charged or called for, against the deed itself, and whom each is directed at."""

from __future__ import annotations

import pytest

from .conftest import Code, Coded


def _one(events: list[Coded], type_: str) -> Coded:
    found = [e for e in events if e.type == type_]
    assert len(found) == 1, [(e.trigger, e.type) for e in events]
    return found[0]


@pytest.mark.parametrize(
    ("text", "type_", "whom"),
    [
        ("The Hague court sentenced the miner. Peru's minister called the sentences an outrage.", "ACCUSE", "court"),
        ("Mexico cancelled the contract, and France called it a crime.", "ACCUSE", "Mexico"),
        ("Chile vetoed the plan on Monday. Talks went on all day. Peru called the veto shameful.", "ACCUSE", "Chile"),
        ("Congo accused Rwanda on Monday of backing rebels. Rwanda rejected the charge.", "REJECT", "Congo"),
    ],
)
def test_words_about_a_deed_are_for_its_doer(code: Code, text: str, type_: str, whom: str) -> None:
    event = [e for e in code(text) if e.type == type_][-1]
    assert [whom in name for name in event.recipients] == [True]


def test_inquiry_into_a_deed_is_against_nobody(code: Code) -> None:
    text = "Soldiers killed a nun in Uvira on Monday. The bishop will look into the killing."
    assert not any(e.recipients for e in code(text) if e.type == "ACCUSE")


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("The opposition called for the president to resign.", "president"),
        ("Ministers pressed for Kenya to withdraw its troops.", "Kenya"),
        ("The union's call for the minister to resign was ignored on Monday.", "minister"),
        ("Britain wants Iran to free the ship's crew.", "Iran"),
    ],
)
def test_who_is_wanted_to_act_is_asked(code: Code, text: str, asked: str) -> None:
    events = code(text)
    assert [asked in name for name in _one(events, "REQUEST").recipients] == [True]
    assert not any(e.type == "RETREAT" for e in events)


def test_who_is_to_be_freed_is_not_asked(code: Code) -> None:
    request = _one(code("Thousands marched in Nairobi, calling for the prisoners to be released."), "REQUEST")
    assert not request.recipients


def test_charge_is_told_and_not_what_it_is_about(code: Code) -> None:
    events = code("Congo accused Rwanda on Monday of arming the rebels, and Kigali blamed Congo for backing militias.")
    assert [e.type for e in events] == ["ACCUSE", "ACCUSE"]
    assert (events[0].actors, events[0].recipients) == (("Democratic Republic of the Congo",), ("Rwanda",))
    told = code("Rwanda armed the rebels in May. Congo accused Rwanda on Monday of arming the rebels.")
    assert {e.type for e in told} == {"AID", "ACCUSE"}


def test_blow_that_somebody_alleges_is_kept(code: Code) -> None:
    assert _one(code("Congo accused Rwanda of shelling Goma."), "ASSAULT").actors == ("Rwanda",)


def test_words_come_from_their_speaker(code: Code) -> None:
    criticism = _one(code("Criticism from Paris and Berlin followed on Tuesday."), "ACCUSE")
    assert (criticism.actors, criticism.recipients) == (("France", "Germany"), ())
    promise = _one(code("Kenya's minister won assurances from Chad on Monday."), "AGREE")
    assert promise.actors == ("Chad",)
    assert len(promise.recipients) == 1


@pytest.mark.parametrize(("day", "status"), [(" for Sunday", "future"), ("", "actual")])
def test_act_called_for_a_day_is_to_come(code: Code, day: str, status: str) -> None:
    assert _one(code(f"The opposition called a new march{day}."), "PROTEST").status == status


def test_visit_on_which_one_speaks_is_his(code: Code) -> None:
    visit = _one(code("On a visit to Tokyo, the French president praised the emperor."), "CONSULT")
    assert len(visit.actors) == 1
    assert visit.recipients == ("Japan",)


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("Hamas released two elderly hostages to the Red Cross.", "hostages"),
        ("A suicide bomber blew himself up among soldiers queueing for pay in Aden.", "soldiers"),
        ("Egypt closed its border with Gaza.", "Gaza"),
        ("Parliament voted down the premier's bill by two votes.", "premier"),
    ],
)
def test_who_undergoes_it(code: Code, text: str, whom: str) -> None:
    (event,) = code(text)
    assert [whom in name for name in event.recipients] == [True]


def test_fighting_of_two_sides_however_heavy(code: Code) -> None:
    (event,) = code("Heavy fighting broke out near Goma on Sunday between the army and the rebels.")
    assert len(event.actors) == 2


def test_past_that_looks_like_the_present_is_no_habit(code: Code) -> None:
    (event,) = code("Shells hit a market in Sloviansk when the truce collapsed on Sunday.")
    assert event.type == "ASSAULT"


def test_awaited_act_has_not_happened(code: Code) -> None:
    events = code("The rebels refused to talk to the government until it released their leader.")
    assert [(e.type, e.status) for e in events] == [("REJECT", "actual"), ("RETREAT", "hypothetical")]


def test_demanded_act_in_a_verb_without_a_past_of_its_own(code: Code) -> None:
    assert [e.type for e in code("The protesters demanded that the government cut fees.")] == ["REQUEST"]


def test_joined_verbs_share_their_object(code: Code) -> None:
    events = code("Police arrested and beat three students in Minsk on Sunday.")
    assert [(e.type, len(e.recipients)) for e in events] == [("COERCE", 1), ("ASSAULT", 1)]


def test_why_a_paper_is_suspended_is_not_what_is_ended(code: Code) -> None:
    events = code("The ministry suspended a weekly newspaper on Monday for breaches of the truce.")
    assert not any(e.type in ("RETREAT", "CONCEDE") for e in events)


def test_nobody_blamed(code: Code) -> None:
    assert _one(code("The monitors blamed no one for the fire."), "ACCUSE").status == "negated"


def test_what_a_rule_allows_is_no_event(code: Code) -> None:
    assert not code("Ships may be stopped, searched and seized under the port law.")
    assert code("The ship was stopped, searched and seized under the port law on Monday.")


def test_those_hurt_where_a_site_was_hit_undergo_it(code: Code) -> None:
    event = _one(code("Ten civilians were killed when a missile struck a railway station in Kramatorsk."), "ASSAULT")
    names = " and ".join(event.recipients)
    assert "civilians" in names
    assert "station" in names
