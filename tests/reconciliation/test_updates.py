"""Figures that replace others, add to them or count one side alone; and denials, titles and the order of events."""

from __future__ import annotations

import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from variorum.reconciliation.witnesses import Witnesses
from variorum.records import Reading, ReferenceTime, Toll

from .telling import Telling, provenance
from .test_reconcile import fold, only, strike, with_toll

RAID = "Ostland struck Marrow in Westmark on Tuesday. "


def told(id_: str, text: str, *tolls: tuple[Any, ...], published: str | None = "2031-03-05", **more: Any) -> Telling:
    """A report of the raid with figures (words, low, high, group), all `killed`, said by `speaker` where given."""
    speaker = more.pop("speaker", None)
    telling = strike(id_, RAID + text, published=published, **more)
    if speaker is not None:
        name, key, country, sector, content = speaker
        actor = telling.actor(name, key, country, sector, nth=text.count(name) and (RAID + text).count(name) - 1)
        telling.said(name, "said", content, stance="asserts", speaker_actor=actor)
    numbers = [
        telling.toll(words, "killed", low, high, group=group[0] if group else None)
        for words, low, high, *group in tolls
    ]
    return with_toll(telling, *numbers)


def killed(*tellings: Telling) -> Toll:
    (toll,) = only(fold(*tellings)).tolls
    return toll


def current(toll: Toll) -> list[Reading]:
    return [reading for reading in toll.readings if reading.superseded_by is None]


def test_figures_of_different_people_by_different_voices_are_disputed() -> None:
    a = told("a", "It killed seven shepherds.", ("seven shepherds", 7, 7, "shepherds"))
    b = told("b", "It killed 30 rebels.", ("30 rebels", 30, 30, "rebels"))
    toll = killed(a, b)
    assert (toll.low, toll.high, toll.agreement) == (7, 30, "disputed")


def test_what_is_added_is_a_part_of_the_new_count() -> None:
    rising = told("a", "The toll has risen to 12 after three people died.", ("12", 12, 12), ("three people", 3, 3))
    toll = killed(rising)
    (reading,) = toll.readings
    assert (toll.low, toll.high, toll.agreement) == (12, 12, "single-source")
    assert [part.low for part in reading.parts] == [3]
    more = told("b", "It killed 14 people. Two more died later.", ("14 people", 14, 14), ("Two more", 2, 2))
    assert [(r.low, [part.low for part in r.parts]) for r in killed(more).readings] == [(14, [2])]


def test_another_thirty_wounded_add_to_no_count_of_the_dead() -> None:
    telling = strike("a", RAID + "It killed 40 people and hurt another 30.")
    dead, hurt = telling.toll("40 people", "killed", 40, 40), telling.toll("another 30", "injured", 30, 30)
    tolls = only(fold(with_toll(telling, dead, hurt))).tolls
    assert [(toll.kind, toll.low) for toll in tolls] == [("killed", 40), ("injured", 30)]


def test_a_later_count_that_says_it_replaces_supersedes_the_lower_ones() -> None:
    first = told("a", "It killed 8 people.", ("8 people", 8, 8))
    second = told("b", "The toll has risen to 11.", ("11", 11, 11), published="2031-03-06")
    toll = killed(first, second)
    assert [reading.low for reading in current(toll)] == [11]
    assert (toll.low, toll.high, toll.agreement) == (11, 11, "single-source")


def test_a_later_count_of_another_outlet_that_does_not_say_so_is_a_dispute() -> None:
    first = told("a", "It killed 8 people.", ("8 people", 8, 8))
    second = told("b", "It killed 11 people.", ("11 people", 11, 11), published="2031-03-06")
    assert killed(first, second).agreement == "disputed"
    same = told("c", "It killed 11 people.", ("11 people", 11, 11), published="2031-03-06", outlet="a Post")
    assert [reading.low for reading in current(killed(first, same))] == [11]


def test_the_old_count_beside_the_new_is_superseded() -> None:
    toll = killed(told("a", "The toll is 9, up from four.", ("9", 9, 9), ("four", 4, 4)))
    assert [reading.low for reading in current(toll)] == [9]
    assert len(toll.readings) == 2


def test_a_party_keeps_its_own_figure() -> None:
    claim = told(
        "a",
        "Ostland said 5 people died.",
        ("5 people", 5, 5),
        speaker=("Ostland", "OST:GOV", "OST", "GOV", "5 people died"),
    )
    update = told("b", "The toll has risen to 11.", ("11", 11, 11), published="2031-03-06")
    toll = killed(claim, update)
    assert (toll.low, toll.high, toll.agreement) == (5, 11, "disputed")


def test_a_body_does_not_replace_the_figure_of_another_body_of_its_state() -> None:
    def by(name: str, kind: str, said: str, count: int, day: str) -> Telling:
        speaker = (f"the {kind} ministry", f"OST:GOV:{kind.upper()}", "OST", "GOV", said)
        text = f"Later the {kind} ministry said {said}."
        return told(name, text, (f"{count} people", count, count), speaker=speaker, published=f"2031-03-{day}")

    first = by("a", "health", "8 people died", 8, "05")
    risen = "the toll has risen to 11 people"
    assert killed(first, by("b", "interior", risen, 11, "06")).agreement == "disputed"
    assert [reading.low for reading in current(killed(first, by("c", "health", risen, 11, "06")))] == [11]


def test_the_losses_of_each_side_are_parts_of_all() -> None:
    a = told("a", "It killed four French soldiers.", ("four French soldiers", 4, 4, "soldiers"))
    b = told("b", "It killed three German soldiers.", ("three German soldiers", 3, 3, "soldiers"))
    c = told("c", "It killed 10 soldiers.", ("10 soldiers", 10, 10, "soldiers"))
    toll = killed(a, b, c)
    assert (toll.low, toll.high, toll.agreement) == (10, 10, "single-source")
    assert len(toll.readings) == 3
    assert killed(a, b).agreement != "disputed"
    other = told("d", "It killed six French soldiers.", ("six French soldiers", 6, 6, "soldiers"))
    assert killed(a, b, other).agreement == "disputed"


def test_a_denial_is_headed_by_its_speaker_and_claimed_of_what_it_denies() -> None:
    telling = strike("a", RAID + "Ostland denied hitting homes.")
    ostland = telling.state("Ostland", "OST", nth=1)
    said = telling.said("Ostland", "denied", "hitting homes", stance="denies", speaker_actor=ostland)
    telling.event("hitting", mode=None, actors=(ostland,), status="negated", attribution=said)
    result = fold(telling)
    raid = next(event for event in result.events if event.status == "actual")
    denied = next(event for event in result.events if event.status == "negated")
    assert denied.headline == "Ostland denied any attack"
    assert [claim.event for claim in result.claims if claim.stance == "denies"] == [raid.id]


def test_an_actor_that_few_accounts_name_is_not_in_the_headline() -> None:
    lone = strike("z", sides=(("Ostland", "SUD"), ("Westmark", "WES")))
    event = only(fold(strike("a"), strike("b"), strike("c"), lone))
    assert len(event.participants_actor) == 2
    assert event.headline == "Ostland struck Westmark in Marrow on 4 March 2031"


def test_condemning_an_event_answers_it() -> None:
    telling = strike("a", RAID + "Suda condemned the raid.")
    suda = telling.state("Suda", "SUD")
    condemned = telling.event("condemned", "ACCUSE", "disapprove", actors=(suda,))
    telling.tie("condemned", "responds-to", condemned, telling.event("raid", actors=(0,), recipients=(1,)))
    assert [(link.kind, link.words) for link in fold(telling).links] == [("responds-to", "condemned")]


def test_a_range_of_weeks_stands_at_its_end() -> None:
    wide = Telling("w", "Some weeks ago shots fell in Tarn.", published="2031-03-20")
    wide.event(
        "shots", mode="firearms", place=wide.place("Tarn", "NO", geonameid=9),
        time=wide.time("Some weeks ago", "2031-02-10", "2031-03-12"),
    )  # fmt: skip
    assert [event.documents for event in fold(wide, strike("a")).events] == [("a",), ("w",)]


TOLD = ("It killed {} people.", "The toll has risen to {} people.", "Now it stands at {} people, up from {} people.")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(TOLD), st.integers(2, 5), st.sampled_from([None, 5, 6, 7]), st.sampled_from(["Post", "Sun"])
        ),
        min_size=1,
        max_size=5,
    ),
    st.randoms(use_true_random=False),
)
def test_every_chain_of_updates_ends_in_a_current_figure_whatever_the_order(
    reports: list[tuple[str, int, int | None, str]], shuffler: random.Random
) -> None:
    tellings = []
    for number, (form, count, day, outlet) in enumerate(reports):
        text = form.format(count * 2, count)
        figures = [(f"{n} people", n, n) for n in ((count * 2, count) if "up from" in form else (count * 2,))]
        published = f"2031-03-0{day}" if day else None
        tellings.append(told(f"d{number}", text, *figures, published=published, outlet=outlet))
    result = fold(*tellings)
    for event in result.events:
        for toll in event.tolls:
            newer = {reading.id: reading.superseded_by for reading in toll.readings}
            for reading in toll.readings:
                at, steps = reading.id, 0
                while (successor := newer[at]) is not None:
                    at, steps = successor, steps + 1
                    assert steps <= len(newer)
            assert toll.low is not None
    shuffler.shuffle(tellings)
    assert fold(*tellings) == result


def test_a_count_over_a_war_is_no_reading_of_a_strike_that_has_its_own() -> None:
    telling = strike("a", RAID + "It killed 4 people. Since May 900 people have died.")
    own = telling.toll("4 people", "killed", 4, 4)
    (toll,) = only(fold(with_toll(telling, own, telling.toll("900 people", "killed", 900, 900, cumulative=True)))).tolls
    assert [(reading.low, reading.high) for reading in toll.readings] == [(4, 4)]


def test_persons_meant_count_in_the_list_that_they_stand_in() -> None:
    telling = strike("a", RAID + "It killed a man, his wife and three children.")
    cue = telling.span("killed")
    man = telling.toll("a man", "killed", 1, 1, group="man", cue=cue)
    children = telling.toll("three children", "killed", 3, 3, group="children", cue=cue)
    telling.victim("his wife", "killed", cue=cue)
    (toll,) = only(fold(with_toll(telling, man, children))).tolls
    assert (toll.low, toll.high) == (5, 5)


def test_one_body_under_two_forms_of_its_name_replaces_its_own_figure() -> None:
    def by(name: str, body: str, said: str, count: int, day: str) -> Telling:
        speaker = (f"the {body}", f"OST:GOV:{body.upper()}", "OST", "GOV", said)
        text = f"Later the {body} said {said}."
        return told(name, text, (f"{count} people", count, count), speaker=speaker, published=f"2031-03-{day}")

    first = by("a", "national relief centre", "8 people died", 8, "05")
    later = by("b", "government relief centre", "11 people died", 11, "06")
    assert [reading.low for reading in current(killed(first, later))] == [11]
    assert killed(first, by("c", "army relief corps", "11 people died", 11, "06")).agreement == "disputed"


def test_one_singled_out_of_a_count_is_a_part_of_it() -> None:
    telling = told("a", "It killed three soldiers. A sergeant died at once.",
                   ("three soldiers", 3, 3, "soldiers"), ("A sergeant", 1, 1, "sergeant"))  # fmt: skip
    toll = killed(telling)
    assert [(r.low, [part.low for part in r.parts]) for r in toll.readings] == [(3, [1])]
    assert toll.readings[0].words == "three soldiers"


def test_an_undated_copy_says_nothing_later_than_its_family() -> None:
    copy = told("b", "Four people were killed.", ("Four", 4, 4, "people"), published=None)
    days = ReferenceTime(basis="family", earliest="2031-03-05", latest="2031-03-07", documents=("a", "c"))
    annotations = {"b": replace(copy.annotation, reference=days)}
    found = Witnesses([copy.document], annotations, provenance([copy], ("a", "b", "c")))
    assert found.as_of("b", 0) == "2031-03-05"
