"""Chains, series and disputes of an edition: what joins, what counts, what stands beside what."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest

from tests.exports.editions import at_odds, small
from variorum.coding import Ontology
from variorum.exports import chains, disputes, series
from variorum.records import EditionContent, Event, EventTime, Evidence, Link, Participant

ONTOLOGY = Ontology.load()


def quote(item: Evidence) -> str:
    return small()[1][item.document].text[item.start : item.end]


def event(id_: str, **fields: Any) -> Event:
    base = msgspec.structs.replace(small()[0].events[1], id=id_, headline=f"Event {id_}")
    return msgspec.structs.replace(base, **fields)


def link(source: str, target: str, kind: str = "responds-to") -> Link:
    return msgspec.structs.replace(small()[0].links[0], source=source, target=target, kind=kind)


def bounds(earliest: str | None, latest: str | None) -> EventTime:
    return EventTime(earliest=earliest, latest=latest, agreement="single-source")


def edition(events: list[Event], links: list[Link]) -> EditionContent:
    return msgspec.structs.replace(small()[0], events=tuple(events), links=tuple(links))


def test_a_chain_reaches_both_ways_and_is_in_order() -> None:
    content = edition(
        [event("e-1"), event("e-2"), event("e-3"), event("e-4")],
        [link("e-3", "e-2"), link("e-2", "e-1"), link("e-1", "e-3")],  # the last makes a circle
    )
    for asked in ("e-1", "e-2", "e-3"):
        steps = chains.chain(content, asked, ONTOLOGY, quote)
        assert [step.event for step in steps] == ["e-1", "e-2", "e-3"]
    assert steps[1].answers[0].words == ("hit back",)
    assert [step.event for step in chains.chain(content, "e-4", ONTOLOGY, quote)] == ["e-4"]


def test_what_has_no_time_stands_after_what_it_answers() -> None:
    content = edition([event("e-1"), event("e-2")], [link("e-1", "e-2")])
    assert [step.event for step in chains.chain(content, "e-1", ONTOLOGY, quote)] == ["e-2", "e-1"]


def test_the_ladder_shows_the_words_and_marks_what_was_asked_for() -> None:
    content, _ = small()
    steps = chains.chain(content, "e-2", ONTOLOGY, quote)
    shown = chains.view(steps, "e-2")
    assert "▶ The army hit back" in shown
    assert "responds to: Shelling in Velm “hit back”" in " ".join(shown.split())
    assert [step.quad for step in steps] == ["material conflict"] * 2
    assert steps[0].score == ONTOLOGY.score("ASSAULT", "heavy-weapons")
    alone = chains.view(chains.chain(edition([event("e-1")], []), "e-1", ONTOLOGY, quote), "e-1")
    assert "Nothing in the texts says that it answers another event" in alone


@pytest.mark.parametrize("score", [None, -10.0, -0.4, 0.0, 3.5, 10.0])
def test_bars_are_of_one_width(score: float | None) -> None:
    assert len(chains.score_bar(score)) == 28
    assert chains.score_bar(score)[16] == "│"


def party(name: str, country: str | None, sector: str) -> Participant:
    return Participant(name=name, key=name.lower(), country=country, sector=sector)


def test_a_dyad_counts_events_and_states_through_their_organs() -> None:
    army, rebels = party("Colombian army", "COL", "MIL"), party("Red Column", "COL", "REB")
    sides = {"participants_actor": (army, party("Colombia", "COL", "GOV")), "participants_recipient": (rebels,)}
    day = bounds("2031-05-05T00:00", "2031-05-06T00:00")
    events = [
        event("e-1", time=day, **sides),
        event("e-2", time=bounds("2031-05-05", "2031-05-05"), type="CONSULT", mode=None, **sides),
        event("e-3", time=bounds(None, "2031-05-09"), **sides),
        event("e-4", time=day, status="negated", **sides),
    ]
    cells = series.dyads(events, ONTOLOGY)
    assert [(cell.source, cell.target, cell.period, cell.events) for cell in cells] == [
        ("Colombia", "Red Column", "2031-05-05", 2),
        ("Colombia", "Red Column", None, 1),
    ]
    assert cells[0].score == round(ONTOLOGY.score("ASSAULT") + ONTOLOGY.score("CONSULT"), 2)
    assert (cells[0].lowest, cells[0].ids) == (ONTOLOGY.score("ASSAULT"), ("e-1", "e-2"))
    assert [cell.period for cell in series.dyads(events, ONTOLOGY, "year")] == ["2031", None]
    assert "open" in series.view_dyads(cells)


def test_events_between_days() -> None:
    events = [
        event("e-1", time=bounds("2031-05-05", "2031-05-07")),
        event("e-2", time=bounds("2031-05-09", None)),
        event("e-3", time=None),
    ]

    def ids(**given: Any) -> list[str]:
        return [one.id for one in series.within(events, **given)]

    assert ids(since=date(2031, 5, 8)) == ["e-2", "e-3"]
    assert ids(until=date(2031, 5, 6)) == ["e-1", "e-3"]
    assert ids(actor="ARMY") == ["e-1", "e-2", "e-3"]
    assert ids(actor="navy") == []
    assert ids(story="s-0") == []


def test_disputes_have_every_side_and_its_words() -> None:
    content = at_odds(small()[0])
    found = disputes.disputes(content)
    assert [dispute.field for dispute in found] == ["killed", "polarity"]
    assert [side.speaker for side in found[0].sides] == ["mayor of Velm", "a rebel"]
    assert [side.speaker for side in found[1].sides] == ["a rebel", None]
    assert found[1].sentence == content.contradictions[0].sentence
    shown = disputes.view(found, {document.id: document for document in content.documents}, quote)
    assert "7 — mayor of Velm, 6 May 2031" in shown
    assert "“At least nine”" in shown
    assert "A rebel said “At least nine died”, but the reporter wrote" in shown
    nothing = disputes.view([], {}, quote)
    assert nothing == "The accounts disagree on nothing that was read of them."


def test_a_claim_that_nothing_contradicts_is_no_dispute() -> None:
    content, _ = small()
    assert [dispute.field for dispute in disputes.disputes(content)] == ["killed"]


def test_what_did_not_happen_has_a_hollow_bar() -> None:
    assert "█" in chains.score_bar(-9.5, "actual")
    assert not {"█"} & set(chains.score_bar(-9.5, "negated") + chains.score_bar(4.0, "hypothetical"))
    assert "░" in chains.score_bar(-9.5, "negated")
