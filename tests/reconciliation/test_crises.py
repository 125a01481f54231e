"""One event told in many reports of one crisis: recalled, counted back to, coded either way."""

from __future__ import annotations

from collections.abc import Sequence

from variorum.records import Reconciled

from .telling import Telling
from .test_reconcile import fold


def together(result: Reconciled, one: tuple[str, int], other: tuple[str, int]) -> bool:
    """Whether two mentions, each a document and its number there, are one event."""
    return any({one, other} <= {(key.document, key.index) for key in event.mentions} for event in result.events)


def shelling(id_: str = "a", published: str = "2031-03-05") -> Telling:
    telling = Telling(id_, "Ostland shelled Marrow in Westmark on Tuesday, its mayor said.", published=published)
    ostland, westmark = telling.state("Ostland", "OST"), telling.state("Westmark", "WES")
    telling.event(
        "shelled",
        mode="heavy-weapons",
        actors=(ostland,),
        recipients=(westmark,),
        time=telling.time("Tuesday", "2031-03-04"),
        place=telling.place("Marrow", "WES", geonameid=77, lat=10.77, lon=20.0),
    )
    return telling


def later(text: str, published: str, sides: Sequence[str] = ("Ostland", "Westmark")) -> tuple[Telling, tuple[int, ...]]:
    telling = Telling("b", text, published=published)
    return telling, tuple(telling.state(side, side[:3].upper()) for side in sides)


def test_a_bare_mention_weeks_later_is_the_event_that_both_sides_know() -> None:
    telling, (westmark, ostland) = later(
        "Westmark opened talks with Ostland. Nobody spoke of the bombardment.", "2031-03-18", ("Westmark", "Ostland")
    )
    telling.event("opened", "CONSULT", None, actors=(westmark,), recipients=(ostland,))
    telling.event("bombardment", mode="heavy-weapons", actors=(ostland,))
    assert together(fold(shelling(), telling), ("a", 0), ("b", 1))


def test_texts_of_other_sides_do_not_share_a_bare_mention() -> None:
    telling, (suda, nordia) = later(
        "Suda opened talks with Nordia. Nobody spoke of the bombardment.", "2031-03-18", ("Suda", "Nordia")
    )
    telling.event("opened", "CONSULT", None, actors=(suda,), recipients=(nordia,))
    telling.event("bombardment", mode="heavy-weapons")
    assert not together(fold(shelling(), telling), ("a", 0), ("b", 1))


def test_a_time_from_another_sentence_is_no_ground_against_one_event() -> None:
    telling, (westmark, ostland) = later(
        "Westmark met Ostland on Friday. In Marrow the shelling had gone on for an hour.",
        "2031-03-07",
        ("Westmark", "Ostland"),
    )
    friday = telling.time("Friday", "2031-03-07")
    telling.event("met", "CONSULT", None, actors=(westmark,), recipients=(ostland,), time=friday)
    place = telling.place("Marrow", "WES", geonameid=77, lat=10.77, lon=20.0)
    telling.event("shelling", mode="heavy-weapons", actors=(ostland,), time=friday, place=place)
    telling.event("gone on", mode="heavy-weapons", actors=(ostland,), time=friday, place=place)
    assert together(fold(shelling(), telling), ("a", 0), ("b", 1))


def test_an_event_that_a_text_counts_back_to_is_of_that_day() -> None:
    telling, (westmark, ostland) = later(
        "Westmark today refused to meet Ostland, which shelled Marrow nine days ago.",
        "2031-03-13",
        ("Westmark", "Ostland"),
    )
    today = telling.time("today", "2031-03-13")
    telling.time("nine days ago", "2031-03-04")
    telling.event("refused", "REJECT", None, actors=(westmark,), recipients=(ostland,), time=today)
    telling.event("shelled", mode="heavy-weapons", actors=(ostland,), recipients=(westmark,), time=today)
    assert together(fold(shelling(), telling), ("a", 0), ("b", 1))


def test_a_second_shelling_told_with_its_own_day_stays_apart() -> None:
    telling, (ostland, westmark) = later("Ostland shelled Marrow in Westmark again on Friday.", "2031-03-07")
    telling.event(
        "shelled",
        mode="heavy-weapons",
        actors=(ostland,),
        recipients=(westmark,),
        time=telling.time("Friday", "2031-03-07"),
        place=telling.place("Marrow", "WES", geonameid=77, lat=10.77, lon=20.0),
    )
    assert not together(fold(shelling(), telling), ("a", 0), ("b", 0))


def test_one_step_of_the_same_sides_on_one_day_may_be_coded_either_way() -> None:
    def envoy(id_: str, verb: str, type_: str, day: str) -> Telling:
        telling = Telling(id_, f"Westmark {verb} its envoy from Ostland on Tuesday.", published="2031-03-05")
        westmark, ostland = telling.state("Westmark", "WES"), telling.state("Ostland", "OST")
        time = telling.time("Tuesday", day)
        telling.event(verb, type_, None, actors=(westmark,), recipients=(ostland,), time=time)
        return telling

    one, same = envoy("a", "recalled", "SANCTION", "2031-03-04"), envoy("b", "withdrew", "RETREAT", "2031-03-04")
    assert together(fold(one, same), ("a", 0), ("b", 0))
    other = envoy("b", "withdrew", "RETREAT", "2031-02-25")
    assert not together(fold(one, other), ("a", 0), ("b", 0))


def test_meetings_that_texts_of_different_days_lead_with_are_several() -> None:
    def talks(id_: str, published: str) -> Telling:
        telling = Telling(id_, "Westmark and Ostland held talks.", published=published)
        westmark, ostland = telling.state("Westmark", "WES"), telling.state("Ostland", "OST")
        telling.event("talks", "CONSULT", None, actors=(westmark,), recipients=(ostland,))
        return telling

    assert not together(fold(talks("a", "2031-03-05"), talks("b", "2031-03-14")), ("a", 0), ("b", 0))


def test_who_blames_the_one_and_summons_the_other_did_two_things() -> None:
    tellings = []
    for id_, day, verb, mode in (
        ("a", "2031-03-05", "blamed", "allege"),
        ("b", "2031-03-06", "summoned", "disapprove"),
    ):
        text = f"Westmark shelled Ostland on Tuesday. Ostland {verb} the Red Column."
        telling = Telling(id_, text, published=day)
        westmark, ostland = telling.state("Westmark", "WES"), telling.state("Ostland", "OST")
        tuesday = telling.time("Tuesday", "2031-03-04")
        telling.event("shelled", mode="heavy-weapons", actors=(westmark,), recipients=(ostland,), time=tuesday)
        blamed = telling.actor("Red Column", "OST:REB:red-column", "OST", "REB") if id_ == "a" else westmark
        telling.event(verb, "ACCUSE", mode, actors=(ostland,), recipients=(blamed,))
        tellings.append(telling)
    result = fold(*tellings)
    assert together(result, ("a", 0), ("b", 0))
    assert not together(result, ("a", 1), ("b", 1))
