"""What two narrators tell in common, and the decisions that are made on it."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.derivation import DerivationOptions, derive
from variorum.derivation.accounts import Accounts
from variorum.derivation.alignment import Alignment
from variorum.derivation.decisions import Decision
from variorum.derivation.lexicon import Lexicon, rarity
from variorum.derivation.reading import Reading
from variorum.derivation.units import units_of

from .reports import OTHER_DESK, PARAPHRASE, UNRELATED, WIRE, report

OPTIONS = DerivationOptions()


def features(one: str, other: str) -> dict[str, float]:
    lexicon = Lexicon()
    readings = [Reading(units_of(report(id_, text))[0], lexicon, OPTIONS) for id_, text in (("a", one), ("b", other))]
    return dict(Accounts(Alignment(readings[0], readings[1], OPTIONS)))


def test_rare_words_tell_more_than_those_of_the_subject() -> None:
    assert rarity("the") == 0.0
    assert rarity("granary") > rarity("house") > 0.0
    assert rarity("explosion") < rarity("granary") / 2
    assert rarity("ukraine") < rarity("maldera") == 1.0


def test_a_retelling_holds_what_another_desk_does_not() -> None:
    retold, other, foreign = features(WIRE, PARAPHRASE), features(WIRE, OTHER_DESK), features(WIRE, UNRELATED)
    for name in ("held-most", "shared-weight", "sentences-near"):
        assert retold[name] > other[name] > foreign[name] >= 0.0
    decision = Decision.load("one-origin")
    assert decision.probability(retold) > 0.9 > OPTIONS.told > decision.probability(other)
    assert decision.probability(foreign) < 0.05


def test_the_order_of_two_texts_changes_no_feature() -> None:
    assert features(WIRE, PARAPHRASE) == pytest.approx(features(PARAPHRASE, WIRE))


def test_reasons_add_up_to_the_score() -> None:
    decision = Decision.load("one-origin")
    found = features(WIRE, OTHER_DESK)
    odds = math.log(decision.probability(found) / (1.0 - decision.probability(found)))
    least = math.log(OPTIONS.told / (1.0 - OPTIONS.told))
    points = sum(reason.contribution for reason in decision.reasons(found, OPTIONS.told))
    assert points == pytest.approx(0.5 + (odds - least) / 8.0, abs=1e-3)


def test_a_chronology_has_a_source_for_each_entry() -> None:
    parts = [WIRE.split("\n\n")[0], UNRELATED.split("\n\n")[0], OTHER_DESK.split("\n\n")[1]]
    text = "\n".join(
        f"{heading}\n{part}" for heading, part in zip(("May 2030", "June 2030", "July 2030"), parts, strict=True)
    )
    documents = [report("digest", text), report("a", WIRE), report("b", UNRELATED)]
    found = derive(documents)
    assert {edge.source for edge in found.derivations if edge.target == "digest"} == {"a", "b"}


def test_what_a_page_says_of_itself_makes_no_abridgement() -> None:
    page = (
        "Posted by the night desk. You have three free articles left, subscribe to read our paper online.\n\n"
        + WIRE
        + "\nEnjoyed this story? Support our journalism with a donation and join our members.\n"
    )
    (edge,) = derive([report("a", WIRE, published="2031-03-04"), report("b", page, published="2031-03-05")]).derivations
    assert (edge.source, edge.target, edge.kind) == ("a", "b", "verbatim")


def test_a_day_and_a_moment_are_compared_by_the_days_that_pages_print() -> None:
    first = report("a", WIRE, outlet="Norvik Wire", published="2031-03-04T21:00:00Z")
    second = report("b", PARAPHRASE, outlet="Valley Post", published="2031-03-05")
    (edge,) = derive([first, second]).derivations
    assert (edge.source, edge.target, edge.directed) == ("a", "b", True)


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="aB1 .\n", max_size=80), st.text(alphabet='aB1 ."\n', max_size=80))
def test_features_are_numbers_whatever_the_texts(one: str, other: str) -> None:
    documents = [report("a", one), report("b", other)]
    units = [unit for document in documents for unit in units_of(document)]
    if len(units) == 2:
        lexicon = Lexicon()
        readings = [Reading(unit, lexicon, OPTIONS) for unit in units]
        assert all(math.isfinite(value) for value in Accounts(Alignment(readings[0], readings[1], OPTIONS)).values())
