"""Names that the model takes for something else, and words that look like places and are none."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from variorum.annotation.places import find_places
from variorum.records import Document, PlaceMention, Syntax
from variorum.world.gazetteer import Gazetteer

Parse = Callable[..., tuple[Document, Syntax]]
Find = Callable[[str], dict[str, PlaceMention]]


@pytest.fixture
def find(parse: Parse) -> Find:
    def run(text: str) -> dict[str, PlaceMention]:
        document, syntax = parse(text)
        return {place.text: place for place in find_places(document, syntax, Gazetteer.open())}

    return run


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Government troops seized Sudzha in southwestern Russia.", "Sudzha", "RU"),
        ("Raiders looted Nassarawa in central Nigeria.", "Nassarawa", "NG"),
        ("Rebels shelled Sake, a town 20 km west of Goma.", "Sake", "CD"),
        ("Fighters entered Wad Madani, the capital of Gezira state.", "Wad Madani", "SD"),
        ("Columns moved into Rafah and Khan Younis.", "Khan Younis", "PS"),
        ("Aid trucks drove from Nyala to El Fasher.", "Nyala", "SD"),
        ("Bandits raided Birnin Gwari.", "Birnin Gwari", "NG"),
        ("Jets struck Zamzam camp.", "Zamzam", "SD"),
        ("Camp Lemonnier was put on alert.", "Camp Lemonnier", "DJ"),
        ("Rebels in the Central African Republic attacked Bria.", "Bria", "CF"),
        ("The road between Mopti and Gao was mined.", "Gao", "ML"),
    ],
)
def test_verbs_containers_appositions_and_company_make_a_name_a_place(
    find: Find, text: str, name: str, country: str
) -> None:
    assert find(text)[name].country == country


@pytest.mark.parametrize(
    "text",
    [
        "Protesters attacked the minister.",
        "Villages burned all night.",
        "Gunmen attacked a patrol.",
        "Guerrillas ambushed a convoy.",
        "Police arrested Saleh on Friday.",
        "Smith struck Jones in the face.",
        "The Minsk protocol collapsed within weeks.",
        "Doctors spoke of Havana syndrome.",
    ],
)
def test_people_and_texts_called_after_places_are_none(find: Find, text: str) -> None:
    assert find(text) == {}


def test_two_places_that_share_a_word(find: Find) -> None:
    places = find("North and South Korea exchanged fire.")
    assert {text: place.country for text, place in places.items()} == {"North": "KP", "South Korea": "KR"}


@pytest.mark.parametrize("name", ["Ivory Coast", "Côte d'Ivoire", "Cote d'Ivoire", "Côte d’Ivoire", "Cote d’Ivoire"])
def test_a_country_before_the_coast_of_its_name(find: Find, name: str) -> None:
    place = find(f"Officers mutinied in {name} at dawn.")[name]
    assert (place.country, place.precision) == ("CI", "country")


@pytest.mark.parametrize(
    ("text", "name", "precision"),
    [
        ("Shells fell on the northern province of Hajja.", "Hajja", "admin1"),
        ("The governor of Taiz escaped unhurt.", "Taiz", "admin1"),
        ("The Syrian province of Homs was quiet.", "Homs", "admin1"),
        ("Drones were downed over the Kursk region.", "Kursk", "admin1"),
        ("Hostages were freed on Sulu.", "Sulu", "district"),
        ("Jets bombed Waziristan.", "Waziristan", "region"),
        ("The mayor of Taiz resigned.", "Taiz", "city"),
        ("A post 15 km west of Donetsk was hit.", "Donetsk", "city"),
    ],
)
def test_precision_is_what_the_words_call_for(find: Find, text: str, name: str, precision: str) -> None:
    assert find(text)[name].precision == precision


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("the Bekaa Valley", "LB"), ("the Negev", "IL"), ("Kivu", "CD"), ("the Nuba Mountains", "SD"),
        ("Jubaland", "SO"), ("Casamance", "SN"), ("Ain al-Hilweh", "LB"), ("Transcarpathia", "UA"),
        ("Diego Garcia", "IO"), ("Incirlik", "TR"), ("Puntland", "SO"), ("Somaliland", "SO"), ("Rojava", "SY"),
        ("the Chittagong Hill Tracts", "BD"), ("Khan Younis", "PS"), ("Evin prison", "IR"), ("Cabo Delgado", "MZ"),
    ],
)  # fmt: skip
def test_regions_camps_and_bases_of_the_world(find: Find, name: str, country: str) -> None:
    (place,) = find(f"Two people were killed in {name}.").values()
    assert place.country == country
    assert place.lat is not None
