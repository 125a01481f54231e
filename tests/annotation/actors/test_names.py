"""Names that mean something else where they stand, spellings of one name, and those who have left a group."""

from __future__ import annotations

import pytest

from tests.conftest import Parse
from variorum.annotation.actors import find_actors
from variorum.annotation.places import find_places
from variorum.records import ActorMention, ReferenceTime
from variorum.world.actors import ActorLexicon
from variorum.world.gazetteer import Gazetteer
from variorum.world.names import alike

DAY = ReferenceTime(basis="published", earliest="2023-06-15", latest="2023-06-15")


def found(parse: Parse, text: str) -> list[ActorMention]:
    document, syntax = parse(text)
    places = find_places(document, syntax, Gazetteer.open())
    return list(find_actors(document, syntax, places, DAY, ActorLexicon.load()))


def over(mentions: list[ActorMention], text: str, words: str) -> list[ActorMention]:
    start = text.index(words)
    return [m for m in mentions if m.start < start + len(words) and start < m.end]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "LUCKNOW, India - Eleven Hindu pilgrims drowned when a boat capsized on Tuesday, police said.",
            "Hindu pilgrims",
        ),
        ("A Guardian angel statue fell on worshippers in Cebu on Sunday, the mayor said.", "Guardian angel"),
        ("SHIRAZ, Iran - Flooding in Fars province killed 22 people, officials said.", "Fars"),
        ("DHAKA - An Independent candidate was stabbed during the campaign, officials said.", "Independent"),
    ],
)
def test_ordinary_words_are_no_outlets(parse: Parse, text: str, words: str) -> None:
    assert not [m for m in over(found(parse, text), text, words) if m.sector == "JRN"]


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ('"We have nothing to hide," the minister told The Hindu on Thursday.', "Hindu", "The Hindu"),
        ("Fars news agency said the drone had been brought down near Natanz.", "Fars", "Fars"),
        ("The Guardian reported on Monday that the army had shelled the village.", "Guardian", "The Guardian"),
    ],
)
def test_outlets_that_tell_or_are_told(parse: Parse, text: str, words: str, name: str) -> None:
    assert [(m.name, m.sector) for m in over(found(parse, text), text, words)] == [(name, "JRN")]


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        (
            "FARC dissidents killed four soldiers in Guaviare.",
            "FARC dissidents",
            "Revolutionary Armed Forces of Colombia",
        ),
        (
            "Former fighters of the Lord's Resistance Army surrendered in Gulu.",
            "Former fighters",
            "Lord's Resistance Army",
        ),
        ("A splinter group of the Irish Republican Army claimed the bomb.", "splinter group", "Irish Republican Army"),
    ],
)
def test_who_has_left_a_group_is_not_the_group(parse: Parse, text: str, words: str, name: str) -> None:
    (mention,) = over(found(parse, text), text, words)
    assert mention.name != name
    assert name in mention.name


def test_a_state_that_only_owns_a_name_does_not_act(parse: Parse) -> None:
    text = "Yemen's Houthis fired missiles at a tanker."
    assert [m.name for m in found(parse, text)] == ["Houthis"]


def test_neighbours_are_other_states(parse: Parse) -> None:
    text = "Israel shelled a village in southern Lebanon. Its neighbours called for calm."
    (mention,) = over(found(parse, text), text, "neighbours")
    assert (mention.country, mention.sector) == (None, "GOV")


def test_a_border_is_nobody(parse: Parse) -> None:
    text = "Doctors Without Borders said its clinic was full. Thousands crossed the border. The border was shut."
    assert not over(found(parse, text), text, "The border")


def test_the_subject_told_of_last_is_the_group(parse: Parse) -> None:
    text = (
        "Iran attacked bases of the militant group Jaish al-Adl. The Baloch Liberation Army said that it would not "
        "remain silent. The group accused Pakistani generals of murder."
    )
    (mention,) = over(found(parse, text), text, "The group")
    assert mention.name == "Baloch Liberation Army"


def test_who_speaks_is_not_the_victim_before_the_comma(parse: Parse) -> None:
    text = "Soldiers shot a farmer, Colonel Iqbal Shah, the army spokesman, told a news conference in Quetta, Pakistan."
    mentions = found(parse, text)
    assert [m.name for m in over(mentions, text, "farmer")] == ["farmer"]
    assert over(mentions, text, "Iqbal Shah")[0].sector == "MIL"
    closer = "A bomb killed a judge, Samir Haddad, in Tripoli on Monday."
    assert over(found(parse, closer), closer, "Samir Haddad")[0].sector == "JUD"


def test_the_province_is_the_one_told_of_last(parse: Parse) -> None:
    text = (
        "QUETTA - Iran's Foreign Ministry condemned Pakistan's strikes on Sistan and Baluchestan province. Alireza "
        "Tavana, deputy governor of the province, said nine had died."
    )
    assert over(found(parse, text), text, "Alireza Tavana")[0].country == "IRN"


def test_a_spokesman_is_of_whom_he_speaks_for(parse: Parse) -> None:
    text = "Three sailors died off Yemen, a spokesman for the ship's Greek operator said."
    assert [(m.country, m.sector) for m in over(found(parse, text), text, "spokesman")] == [("GRC", "BUS")]


def test_a_namesake_of_a_capital_stands_for_no_state(parse: Parse) -> None:
    text = "LONDON, Ontario - A man was shot outside a mosque in London on Friday, police said."
    assert {m.country for m in found(parse, text)} == {"CAN"}


@pytest.mark.parametrize(
    ("text", "words", "name", "country"),
    [
        ("President Volodymyr Zelensky met Emmanuel Macron. Zelenskyy thanked him.", "Zelenskyy", "Zelensk", "UKR"),
        ("Colonel Yusuf Dahir spoke in Garowe, Somalia. Daahir denied a retreat.", "Daahir", "Dahir", "SOM"),
        (
            "Petro Poroshenko met Yulia Tymoshenko in Kiev. Timoshenko refused a deal.",
            "Timoshenko",
            "Tymoshenko",
            "UKR",
        ),
    ],
)
def test_surnames_in_other_spellings(parse: Parse, text: str, words: str, name: str, country: str) -> None:
    mention = over(found(parse, text), text, words)[-1]
    assert name in mention.name
    assert mention.country == country


def test_alike() -> None:
    assert alike("Zelensky", "Zelenskiy")
    assert alike("Gaddafi", "Kadhafi")
    assert not alike("Karimov", "Karimova")
    assert not alike("Martin", "Marvin")
    assert not alike("Hansen", "Jensen")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Rescuers searched Lake Victoria and Mount Kenya after the crash.", "Kenya"),
        ("MANAGUA - Police in Leon and in Matagalpa fired tear gas, the Nicaraguan rights group said.", "Leon"),
        ("Militiamen fell back on Tarkovo as fighting spread in Serbia. Shells fell near Tarkovo.", "Tarkovo"),
    ],
)
def test_where_something_is_does_not_act(parse: Parse, text: str, words: str) -> None:
    assert not over(found(parse, text), text, words)


def test_a_lake_called_like_a_capital_tells_of_no_state(parse: Parse) -> None:
    text = "Lake Victoria was searched by rescuers after the crash."
    assert [m.country for m in found(parse, text)] == [None]


def test_a_role_before_of_is_of_the_one_behind_the_town(parse: Parse) -> None:
    text = "The police chief of Garissa, Peter Kamau, blamed bandits in Kenya."
    assert over(found(parse, text), text, "Peter Kamau")[0].sector == "COP"


def test_the_noun_before_a_name_between_commas_is_its(parse: Parse) -> None:
    text = "Jihadists ambushed a convoy near Mopti in Mali on Sunday. The group, JNIM, claimed the attack."
    first, second = (over(found(parse, text), text, words) for words in ("The group", "JNIM"))
    assert first[0].name == second[0].name


def test_the_judge_is_of_the_court_told_of_last(parse: Parse) -> None:
    text = (
        "A Swedish court jailed an Iranian prison official. Tehran recalled its ambassador. The judge, Tomas Zander, "
        "read the verdict for two hours."
    )
    assert over(found(parse, text), text, "Tomas Zander")[0].country == "SWE"
