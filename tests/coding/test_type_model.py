"""The trained type decision: what it is asked, how it answers, and what it leaves to the lexicon."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import Parse
from variorum.coding import Ontology
from variorum.coding.frames import Frames
from variorum.coding.lexicon import Pattern
from variorum.coding.triggers import Match
from variorum.coding.type_model import BUCKETS, NONE, SILENT, SLOTS, Reading, TypeJudge, TypeModel, TypeReader, may_tell
from variorum.records import Token


@pytest.fixture(scope="module")
def model() -> TypeModel:
    return TypeModel.load()


def never(_: int) -> bool:
    return False


def nowhere(_: Token) -> tuple[str, ...]:
    return ()


def reading_of(parse: Parse, text: str, word: str) -> Reading:
    _, syntax = parse(text)
    token = next(t for t in syntax.tokens if t.text == word)
    return TypeReader(syntax, Frames(syntax), frozenset(), frozenset()).read(token.i)


def test_it_knows_the_types_of_the_packaged_ontology(model: TypeModel) -> None:
    assert set(model.types) == {*Ontology.load().types, NONE}


def test_a_reading_holds_the_words_of_its_slots(parse: Parse) -> None:
    reading = reading_of(parse, "The rebels shelled the harbour.", "shelled")
    words = dict(zip(SLOTS, reading.words, strict=True))
    assert words["trigger"] == ("shell",)
    assert words["subject"] == ("rebel",)
    assert words["object"] == ("harbour",)
    assert all(0 <= bucket < BUCKETS for bucket in reading.buckets)
    assert list(reading.buckets) == sorted(set(reading.buckets))


def test_only_full_verbs_and_nouns_for_acts_are_asked(parse: Parse) -> None:
    _, syntax = parse("The army is said to have begun a bombardment of the old harbour.")
    asked = {t.text for t in syntax.tokens if may_tell(t)}
    assert {"begun", "bombardment"} <= asked
    assert not asked & {"The", "is", "have", "old", "army"}


@pytest.mark.parametrize(
    ("text", "word", "type_"),
    [
        ("Gunmen ambushed and shot two policemen near Kidal.", "shot", "ASSAULT"),
        ("The president condemned the massacre.", "condemned", "ACCUSE"),
        ("The rebels freed nine hostages on Sunday.", "freed", "RETREAT"),
        ("Nurses marched through Lomé over unpaid wages.", "marched", "PROTEST"),
    ],
)
def test_plain_cases(parse: Parse, model: TypeModel, text: str, word: str, type_: str) -> None:
    verdict = model.judge([reading_of(parse, text, word)], [type_])[0]
    assert verdict.type == type_
    assert verdict.confidence > 0.5


_WORDS = st.lists(st.sampled_from(["army", "shell", "sign", "zzyzx", "accord", "free", ""]), max_size=3)


@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.tuples(*[_WORDS] * len(SLOTS)),
    st.sets(st.integers(0, BUCKETS - 1), max_size=20),
    st.sampled_from([SILENT, "ASSAULT", "@vow", "a type of nobody's"]),
)
def test_any_reading_gets_a_probability(words: tuple[list[str], ...], buckets: set[int], told: str) -> None:
    model, reading = TypeModel.load(), Reading(tuple(tuple(each) for each in words), tuple(sorted(buckets)))
    verdict, other, again = model.judge([reading, Reading(((),) * len(SLOTS), ()), reading], [told, SILENT, told])
    assert verdict.type in model.types
    assert 1 / len(model.types) <= verdict.confidence + 0.001 <= 1.002
    assert verdict == again == model.judge([reading], [told])[0]
    assert other.type in model.types


def test_the_lexicon_stands_where_the_ontology_has_other_types(parse: Parse) -> None:
    _, syntax = parse("Frigates ringed the island.")
    ontology = Ontology.load()
    fewer = msgspec.structs.replace(ontology, types={"ASSAULT": ontology.types["ASSAULT"]})
    judge = TypeJudge(fewer, syntax, Frames(syntax), frozenset(), frozenset())
    token = next(t for t in syntax.tokens if t.text == "ringed")
    match = Match(token.i, Pattern(lemma="ring", source="ring", type="ASSAULT"), (), ())
    assert judge.settle({}, is_operator=never, near=nowhere) == {}
    assert judge.settle({token.i: match}, is_operator=never, near=nowhere) == {token.i: match}


def test_operators_and_verbs_of_speech_are_no_events_of_the_model(parse: Parse) -> None:
    _, syntax = parse("The general said the frigates ringed the island.")
    judge = TypeJudge(Ontology.load(), syntax, Frames(syntax), frozenset(), frozenset())
    said = next(t for t in syntax.tokens if t.text == "said")
    ringed = next(t for t in syntax.tokens if t.text == "ringed")
    assert said.i not in judge.settle({}, is_operator=never, near=nowhere)
    assert ringed.i not in judge.settle({}, is_operator=lambda i: i == ringed.i, near=nowhere)


def test_what_the_model_decides_says_so(parse: Parse) -> None:
    _, syntax = parse("Turkish frigates ringed the Greek island of Kastellorizo on Monday.")
    judge = TypeJudge(Ontology.load(), syntax, Frames(syntax), frozenset(), frozenset())
    token = next(t for t in syntax.tokens if t.text == "ringed")
    match = judge.settle({}, is_operator=never, near=lambda _: ("MOBILIZE",)).get(token.i)
    assert match is not None
    assert match.pattern.type == "MOBILIZE"
    assert match.pattern.source.startswith("type model, 0.")
    wrong = Match(token.i, Pattern(lemma="ring", source="ring", type="CONSULT"), (), ())
    settled = judge.settle({token.i: wrong}, is_operator=never, near=nowhere)[token.i]
    assert settled is wrong or settled.pattern.source.endswith(", over ring")
