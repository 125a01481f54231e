"""What holds for the actors of any text, and the ties between mentions."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import Parse
from variorum.annotation.actors import ActorOptions, find_actors
from variorum.records import ActorMention, PlaceMention, ReferenceTime, Syntax
from variorum.world.actors import ActorLexicon

NO_DATE = ReferenceTime(basis="none")
DAY = ReferenceTime(basis="published", earliest="2024-01-18", latest="2024-01-18")
PRONOUNS = {
    "he",
    "she",
    "it",
    "they",
    "him",
    "her",
    "them",
    "its",
    "his",
    "their",
    "who",
    "which",
    "whom",
    "whose",
    "that",
}

PIECES = (
    *(
        "Iran",
        "Tehran",
        "the ministry",
        "its",
        "he",
        "said",
        "who",
        "which",
        "’s",
        ",",
        ".",
        "“",
        "”",
        "(",
        "RSF",
        "and",
    ),
    *("the Rapid Support Forces", "Iranian", "police", "forces", "they", "of", "minister", "President", "two", "women"),
    *("Hossein Amirabdollahian", "Khan", "\n", "-", "killed", "an armed group", "Jaish al-Adl"),
)

STORY = (
    "Kenya's Interior Minister Kithure Kindiki said police had foiled a raid by al-Shabaab near Garissa. "
    "He said the group had lost ten fighters, and that it would be beaten. "
    "The ministry later raised the figure. “We are winning,” the minister added. "
    "Uganda, which also sent troops, praised Nairobi and its soldiers."
)


def run(parse: Parse, text: str, reference: ReferenceTime = DAY, **options: Any) -> tuple[ActorMention, ...]:
    document, syntax = parse(text)
    return find_actors(document, syntax, (), reference, ActorLexicon.load(), ActorOptions(**options))


def by_text(mentions: tuple[ActorMention, ...], text: str) -> ActorMention:
    return next(m for m in mentions if m.text == text)


def check(text: str, mentions: tuple[ActorMention, ...]) -> None:
    for n, mention in enumerate(mentions):
        assert text[mention.start : mention.end] == mention.text != ""
        assert mention.name
        assert mention.sector == (mention.sectors[0] if mention.sectors else None)
        if mention.antecedent is not None:
            other = mentions[mention.antecedent]
            assert mention.antecedent < n
            assert other.text.lower() not in PRONOUNS or other.text == "WHO"
            assert (other.key, other.name) == (mention.key, mention.name)
    assert all(a.end <= b.start for a, b in pairwise(mentions))


def test_a_story_holds_together(parse: Parse) -> None:
    mentions = run(parse, STORY)
    check(STORY, mentions)
    kindiki = "Kithure Kindiki"
    assert by_text(mentions, "He").name == kindiki
    assert by_text(mentions, "minister").name == kindiki
    assert by_text(mentions, "group").name == "Al-Shabaab"
    assert by_text(mentions, "which").name == "Uganda"
    assert by_text(mentions, "Nairobi").name == "Kenya"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jaish al-Adl attacked a post.", "Jaish ul-Adl attacked a post."),
        ("Jaish al-Adl attacked a post.", "The Army of Justice attacked a post."),
        ("Hossein Amirabdollahian spoke.", "Hossein Amir-Abdollahian spoke."),
        ("Pakistan's foreign ministry spoke.", "The Pakistani Foreign Ministry spoke."),
        ("Pakistan's foreign ministry spoke.", "The Ministry of Foreign Affairs of Pakistan spoke."),
        ("The Indian army fired.", "India's military fired."),
        ("The IDF fired.", "Israel's army fired."),
        ("The Tatmadaw fired.", "Myanmar's military fired."),
        ("Moscow said no.", "The Russian government said no."),
        ("Hizbullah said no.", "Hezbollah said no."),
    ],
)
def test_spellings_of_one_actor_share_a_key(parse: Parse, one: str, other: str) -> None:
    assert run(parse, one)[0].key == run(parse, other)[0].key


def test_two_ministries_are_two(parse: Parse) -> None:
    text = (
        "“We ask for talks,” Ghana's foreign ministry said. Togo's foreign ministry summoned an envoy. "
        "The ministry said on Friday that it would wait."
    )
    mentions = run(parse, text)
    assert by_text(mentions, "ministry").name == "Ministry of Foreign Affairs (Ghana)"  # the one that speaks
    assert by_text(mentions, "it").name == "Ministry of Foreign Affairs (Ghana)"


def test_possessive_points_ahead(parse: Parse) -> None:
    mentions = run(parse, "According to its Ministry of Defence, Chad struck a camp of bandits.")
    assert by_text(mentions, "Ministry of Defence").country == "TCD"


def test_who_held_office_then(parse: Parse) -> None:
    text = "Prime Minister Imran Khan spoke to reporters."
    then = ReferenceTime(basis="published", earliest="2020-05-01", latest="2020-05-01")
    assert run(parse, text, then)[0].country == "PAK"
    assert "prime minister" in (run(parse, text, then)[0].title or "").lower()


def test_a_place_of_the_gazetteer_is_no_actor(parse: Parse) -> None:
    document, syntax = parse("Shelling hit Tarmanawa, and Tarmanawa burned.")
    places = tuple(
        PlaceMention(start=start, end=start + 9, text="Tarmanawa", name="Tarmanawa", country="NG", precision="city")
        for start in (13, 28)
    )
    assert not find_actors(document, syntax, places, DAY)


def test_options_leave_out(parse: Parse) -> None:
    text = "Police in Kenya said they were ready. Troops arrived."
    assert any(m.text == "they" for m in run(parse, text))
    assert not any(m.text == "they" for m in run(parse, text, pronouns=False))
    assert by_text(run(parse, text), "Troops").country == "KEN"
    assert by_text(run(parse, text, context_country=False), "Troops").country is None


def test_nothing_in_nothing_out(parse: Parse) -> None:
    document, _ = parse("")
    assert find_actors(document, Syntax((), ()), (), NO_DATE) == ()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(PIECES),
        max_size=25,
    ).map(" ".join)
    | st.text(max_size=80)
)
def test_any_text(parse: Parse, text: str) -> None:
    document, syntax = parse(text)
    mentions = find_actors(document, syntax, (), NO_DATE)
    check(text, mentions)
    assert mentions == find_actors(document, syntax, (), NO_DATE)


def test_country_of_the_text_is_given_to_its_people_and_not_to_strangers(parse: Parse) -> None:
    text = "The Kenyan army said villagers near the camp hid two tourists. Foreign troops left, diplomats said."
    told = countries(parse, text)
    assert told["villagers"] == "KEN"
    assert told["two tourists"] is None
    assert told["diplomats"] is None


def test_bare_name_in_a_text_of_several_countries_has_none(parse: Parse) -> None:
    text = "Kenya accused Uganda of lying. Tom Brandreth said that Uganda and Kenya should talk."
    assert countries(parse, text)["Tom Brandreth"] is None


def test_troops_of_a_state_that_is_no_more_keep_its_code(parse: Parse) -> None:
    assert countries(parse, "Soviet paratroopers landed in Poland on Monday.")["Soviet paratroopers"] == "SUN"


def countries(parse: Parse, text: str) -> dict[str, str | None]:
    document, syntax = parse(text)
    reference = ReferenceTime(basis="published", earliest="2019-03-04", latest="2019-03-04")
    return {m.text: m.country for m in find_actors(document, syntax, (), reference, ActorLexicon.load())}


def test_nouns_of_the_general_list_count_where_they_act(parse: Parse) -> None:
    document, syntax = parse("Beekeepers and trombonists blocked a road in Ghana, and 12 rollerbladers were hurt.")
    mentions = find_actors(document, syntax, (), DAY, ActorLexicon.load())
    assert {"trombonists", "12 rollerbladers"} <= {mention.text for mention in mentions}
    document, syntax = parse("Ms Archer met Mr Potter in Leeds.")
    mentions = find_actors(document, syntax, (), DAY, ActorLexicon.load())
    assert [mention.name for mention in mentions] == ["Archer", "Potter"]


def test_a_noun_introduces_the_name_behind_it(parse: Parse) -> None:
    document, syntax = parse("The mining giant Kolvar and the rights group Voz Clara said the militia Grom had left.")
    mentions = find_actors(document, syntax, (), DAY, ActorLexicon.load())
    assert [(m.name, m.sector) for m in mentions] == [("Kolvar", "BUS"), ("Voz Clara", "SOC"), ("Grom", "PRM")]


def test_one_whom_nobody_knows_is_told_of_before_the_name(parse: Parse) -> None:
    document, syntax = parse("A judge, Carlos Lindo, was freed.")
    judge, person = find_actors(document, syntax, (), DAY, ActorLexicon.load())
    assert (judge.text, judge.name, person.name) == ("judge", "judge", "Carlos Lindo")
    assert judge.key == person.key


def test_numbers_stand_for_those_told_of_before(parse: Parse) -> None:
    document, syntax = parse("Police opened fire on striking miners at a shaft in Ghana, killing 34.")
    counted = [m for m in find_actors(document, syntax, (), DAY, ActorLexicon.load()) if m.text == "34"]
    assert [(m.name, m.sector) for m in counted] == [("miners", "LAB")]
    document, syntax = parse("The storm killed 34 in Ghana, where the lorry hit a tree.")
    assert not [m for m in find_actors(document, syntax, (), DAY, ActorLexicon.load()) if m.text == "34"]


@pytest.mark.parametrize(
    ("name", "sector"),
    [("Northern Martyrs' Brigades", "REB"), ("Free Kasa Party", "PTY"), ("Hill Weavers' Union", "LAB")],
)
def test_names_made_as_those_of_groups_are(parse: Parse, name: str, sector: str) -> None:
    document, syntax = parse(f"The {name} left the talks in Chad on Monday.")
    found = find_actors(document, syntax, (), DAY, ActorLexicon.load())
    assert (found[0].text, found[0].sector) == (name, sector)


def test_what_an_unknown_group_does_tells_its_sector(parse: Parse) -> None:
    document, syntax = parse("Norvik Group shut its refinery in Latvia, the governor said.")
    found = {m.name: m.sector for m in find_actors(document, syntax, (), DAY, ActorLexicon.load())}
    assert found["Norvik Group"] == "BUS"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Kurdistan Workers' Party said it would disarm.", "Kurdistan Workers' Party"),
        ('Police in Peru held Joao "Beto" Silva on Monday.', "Joao Silva"),
        ("The ex-president and a former rebel met in Peru.", "former president"),
    ],
)
def test_names_are_whole_and_said_once(parse: Parse, text: str, name: str) -> None:
    document, syntax = parse(text)
    mentions = find_actors(document, syntax, (), DAY, ActorLexicon.load())
    assert name in [mention.name.removeprefix("Peruvian ") for mention in mentions]
    assert not [mention.name for mention in mentions if mention.name.count("former") > 1]


def test_a_long_text_costs_no_square(parse: Parse) -> None:
    from time import perf_counter

    line = "Kenyan police and the Northern Dawn Front (NDF) fought in Lamu, officers said. Two men fled to Somalia. "
    times = []
    for size in (20, 80):
        document, syntax = parse(line * size)
        start = perf_counter()
        find_actors(document, syntax, (), DAY, ActorLexicon.load())
        times.append(perf_counter() - start)
    assert times[1] < 12 * times[0] + 0.5
