"""What people say instead of what the layers say, laid over an annotation."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.errors import DecisionError
from variorum.records import (
    ActorMention,
    Annotation,
    Attribution,
    Contradiction,
    Decision,
    EventMention,
    Evidence,
    PlaceMention,
    PlaceReading,
    Position,
    ReferenceTime,
    Span,
    TimeExpression,
    TollMention,
)
from variorum.review import corrected, is_ruled_out, replay, told_by
from variorum.review.targets import Target

TEXT = "Rebels shelled Lodwar on Monday, killing six people, the army said. Rebels denied it."


def at(words: str) -> dict[str, Any]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def named(words: str) -> str:
    start = TEXT.index(words)
    return f"d@{start}-{start + len(words)}"


LAYERS = Annotation(
    document="d",
    reference=ReferenceTime(basis="none"),
    times=(
        TimeExpression(
            **at("on Monday"), type="DATE", value="2031-03-31", earliest="2031-03-31", latest="2031-03-31"
        ),
    ),
    places=(PlaceMention(**at("Lodwar"), name="Lodwar", geonameid=1, country="KE", precision="city"),),
    actors=(
        ActorMention(**at("Rebels"), name="Rebels", key=":REB:rebel"),
        ActorMention(**at("the army"), name="Kenyan army", key="KEN:MIL:army"),
    ),
    tolls=(TollMention(**at("six people"), kind="killed", low=6, high=6, speaker="Kenyan army", speaker_actor=1),),
    attributions=(
        Attribution(source=(), cue=(), content=(Span(0, 51),), speaker="Kenyan army", speaker_actor=1),
    ),
    events=(
        EventMention(
            start=7, end=14, trigger="shelled", mentions=(Span(7, 14),), type="ASSAULT", mode="shoot", actors=(0,),
            place=0, time=0, tolls=(0,), attribution=0,
        ),
    ),
)  # fmt: skip


def ruled(number: int, action: str, *targets: str, **fields: Any) -> Decision:
    return Decision(id=str(number), author="Ines", at="", action=action, targets=targets, **fields)  # type: ignore[arg-type]


def after(*decisions: Decision) -> Annotation:
    return corrected({"d": LAYERS}, lambda _: TEXT, replay(decisions))["d"]


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("type", "PROTEST", "PROTEST"),
        ("type", "ASSAULT/aerial", "ASSAULT/aerial"),
        ("mode", None, None),
        ("status", "future", "future"),
        ("time", "2031-03-24/2031-03-30", "2031-03-24/2031-03-30"),
        ("time", None, None),
        ("actor", "Kenyan army", "Kenyan army"),
        ("recipient", "Rebels", "Rebels"),
        ("actor", None, None),
    ],
)
def test_a_field_is_coded_otherwise_and_undo_brings_it_back(field: str, value: str | None, told: str | None) -> None:
    recode = ruled(1, "recode", named("shelled"), field=field, after=value)
    words = Target("d", Span(7, 14))
    assert told_by(after(recode), words, field) == told
    assert after(recode, ruled(2, "restore", "1")) == LAYERS
    assert [len(after(recode).events), len(after(recode).actors)] == [1, 2]


def test_a_place_is_where_the_text_names_it_or_what_its_words_mean() -> None:
    where = PlaceReading(name="Kitale", country="KE", geonameid=2, lat=1.0, lon=35.0, precision="city")
    recode = ruled(1, "recode", named("shelled"), field="place", after="Kitale (KE)", place=where)
    found = after(recode)
    place = found.places[found.events[0].place or 0]
    assert (place.name, place.text, TEXT[place.start : place.end]) == ("Kitale", "Lodwar", "Lodwar")
    assert found.places[0] == LAYERS.places[0]


def test_a_later_word_on_a_field_counts() -> None:
    first = ruled(1, "recode", named("shelled"), field="type", after="PROTEST")
    second = ruled(2, "recode", named("shelled"), field="type", after="AID")
    assert after(first, second).events[0].type == "AID"
    assert after(first, second, ruled(3, "restore", "2")).events[0].type == "PROTEST"


def test_spans_and_speakers_are_set_right() -> None:
    found = after(
        ruled(1, "fix-span", named("six people"), field="tolls", after=f"{TEXT.index('six')}-{TEXT.index('six') + 3}")
    )
    assert (found.tolls[0].text, found.tolls[0].low) == ("six", 6)
    found = after(ruled(1, "fix-speaker", named("six people"), field="speaker", after="Rebels"))
    assert (found.tolls[0].speaker, found.tolls[0].speaker_actor) == ("Rebels", 0)
    assert (found.attributions[0].speaker, found.attributions[0].speaker_actor) == ("Rebels", 0)
    found = after(ruled(1, "fix-speaker", named("six people"), field="speaker", after=None))
    assert (found.tolls[0].speaker, found.attributions[0].speaker) == (None, None)


@given(st.integers(0, 200), st.integers(1, 40), st.sampled_from(["recode", "fix-speaker"]))
def test_a_correction_of_other_words_changes_nothing_and_breaks_nothing(start: int, size: int, action: str) -> None:
    fields = {"field": "type", "after": "AID"} if action == "recode" else {"field": "speaker", "after": "Rebels"}
    found = after(ruled(1, action, f"d@{start}-{start + size}", **fields))
    assert len(found.events) == 1
    if start >= 51:
        assert found == LAYERS
    assert corrected({"d": LAYERS}, lambda _: TEXT, replay([ruled(1, action, "other@0-5", **fields)])) == {"d": LAYERS}


@pytest.mark.parametrize(
    "decision",
    [
        ruled(1, "accept"),
        ruled(1, "accept", "d"),
        ruled(1, "reject", named("shelled"), others=("x@0-1",)),
        ruled(1, "recode", named("shelled"), field="colour", after="red"),
        ruled(1, "recode", named("shelled"), field="type", after=None),
        ruled(1, "recode", named("shelled"), field="place", after="Kitale"),
        ruled(1, "fix-span", named("shelled"), field="events", after="9-3"),
        ruled(1, "fix-span", named("shelled"), field="words", after="3-9"),
        ruled(1, "fix-span", named("shelled"), named("Lodwar"), field="events", after="3-9"),
        ruled(1, "not-a-contradiction", named("shelled")),
    ],
)
def test_a_ruling_that_says_too_little_is_refused(decision: Decision) -> None:
    with pytest.raises(DecisionError):
        replay([decision])


def test_the_last_verdict_counts_and_a_rejection_holds_until_it_is_taken_back() -> None:
    words = named("shelled")
    log = [ruled(1, "reject", words), ruled(2, "accept", words)]
    assert replay(log).verdicts == {words: "accept"}
    assert replay(log[:1]).rejected == (words,)
    assert replay([*log, ruled(3, "restore", "2")]).rejected == (words,)
    assert replay([log[0], ruled(3, "restore", "1")]).rejected == ()


def test_a_contradiction_is_ruled_out_by_the_words_of_both_sides() -> None:
    def side(start: int, end: int) -> Position:
        return Position(speaker=None, quote="q", evidence=(Evidence(document="d", start=start, end=end),))

    item = Contradiction(id="x", kind="number", event="e", sentence="", sides=(side(0, 10), side(60, 70)))
    hit = ruled(1, "not-a-contradiction", "d@62-65", "d@3-4", field="number")
    assert is_ruled_out(item, [hit])
    assert not is_ruled_out(item, [ruled(1, "not-a-contradiction", "d@62-65", "d@3-4", field="polarity")])
    assert not is_ruled_out(item, [ruled(1, "not-a-contradiction", "d@62-65", "d@11-12", field="number")])
    assert not is_ruled_out(item, [ruled(1, "not-a-contradiction", "d@62-65", "other@3-4", field="number")])
