"""What a text says contains a place decides, and what nothing speaks for is unknown."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from variorum.annotation.places import find_places
from variorum.records import Document, PlaceMention, Syntax
from variorum.world.gazetteer import Gazetteer

Parse = Callable[..., tuple[Document, Syntax]]
Find = Callable[[str], list[PlaceMention]]


@pytest.fixture
def find(parse: Parse) -> Find:
    def run(text: str) -> list[PlaceMention]:
        document, syntax = parse(text)
        return list(find_places(document, syntax, Gazetteer.open()))

    return run


def test_a_seat_beside_the_capital_stands_in_its_own_town(find: Find) -> None:
    (place,) = find("Shops stayed shut in Ramallah on Sunday.")
    assert (place.geonameid, place.country) == (282239, "PS")
    (place,) = find("Crowds gathered in Baabda, demanding elections.")
    assert place.country == "LB"
    assert place.geonameid is not None


@pytest.mark.parametrize(
    ("text", "name", "country", "precision"),
    [
        ("Herders burned huts in Bergamo, in the Segou region of Mali.", "Bergamo", "ML", "admin1"),
        ("Herders burned huts in Moura, in the Segou region of Mali.", "Moura", "ML", "admin1"),
        ("Fighters overran Baga, in Nigeria's Yobe state.", "Baga", "NG", "admin1"),
        ("A patrol was ambushed in Toledo, in the Kasai province of Congo.", "Toledo", "CD", "admin1"),
        ("Divers found a body at Manly beach in Monrovia.", "Manly", "LR", "city"),
    ],
)
def test_where_no_bearer_lies_in_the_container_the_place_is_unknown_in_it(
    find: Find, text: str, name: str, country: str, precision: str
) -> None:
    place = next(place for place in find(text) if place.text.startswith(name))
    assert (place.country, place.precision) == (country, precision)
    assert place.geonameid is None


def test_a_division_before_a_kind_of_town_contains_it(find: Find) -> None:
    places = find("Storms reached the Florida city of St. Petersburg.")
    assert [(place.text, place.country) for place in places] == [("Florida", "US"), ("St. Petersburg", "US")]
    places = find("Crowds marched in the English city of York.")
    assert [(place.text, place.country) for place in places] == [("York", "GB")]


def test_a_large_town_keeps_its_place_where_borders_are_disputed(find: Find) -> None:
    place = find("A drone fell near Sevastopol, Russia.")[0]
    assert (place.name, place.precision) == ("Sevastopol", "city")


def test_two_bearers_of_one_name_in_two_containers(find: Find) -> None:
    places = find("She taught in Birmingham, Alabama, and Birmingham, England.")
    assert [(p.text, p.country) for p in places] == [
        ("Birmingham", "US"),
        ("Alabama", "US"),
        ("Birmingham", "GB"),
        ("England", "GB"),
    ]


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Snipers fired in the Lebanese port of Tripoli.", "LB"),
        ("A blast shook the Pakistani city of Hyderabad.", "PK"),
        ("Floods cut off the Venezuelan city of Valencia.", "VE"),
        ("Police searched the Jordanian town of Salt.", "JO"),
    ],
)
def test_adjectives_say_which_namesake(find: Find, text: str, country: str) -> None:
    assert [place.country for place in find(text)] == [country]


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Hundreds were displaced by clashes in Jos.", "Jos", "NG"),
        ("Clerics in Qom issued a decree.", "Qom", "IR"),
        ("Aid reached Wau, in South Sudan, by air.", "Wau", "SS"),
        ("A market burned in Osh.", "Osh", "KG"),
        ("Two drones fell in Ufa.", "Ufa", "RU"),
        ("A bomb went off in Kut.", "Al-Kut", "IQ"),
    ],
)
def test_towns_of_three_letters(find: Find, text: str, name: str, country: str) -> None:
    place = find(text)[0]
    assert (place.name, place.country, place.precision) == (name, country, "city")


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Gunmen attacked Paris, a village in southern Togo, on Friday night, a prefect said.", "Paris", "TG"),
        ("Raiders burned Granada, a small gold-mining town in western Ghana, on Monday.", "Granada", "GH"),
    ],
)
def test_an_apposition_says_where_a_place_lies(find: Find, text: str, name: str, country: str) -> None:
    (place,) = (place for place in find(text) if place.text == name)
    assert place.country == country


def test_a_town_of_a_country_of_the_text_whatever_the_model_calls_it(find: Find) -> None:
    text = "Rebels and troops fought for Bakhmut. Bakhmut was hit by 40 rockets on Monday. Ukraine said it held."
    assert [place.country for place in find(text) if place.text == "Bakhmut"] == ["UA", "UA"]


def test_who_is_told_to_be_kin_is_no_place(find: Find) -> None:
    text = "Florence Achieng said Paris, her son, was shot by soldiers in Kisumu, Kenya."
    assert [place.text for place in find(text)] == ["Kisumu", "Kenya"]


def test_a_coined_name_that_no_source_has_is_no_place(find: Find) -> None:
    assert find("The partnership between DeltaFrix and the port of Varna will grow.")[0].text == "Varna"
