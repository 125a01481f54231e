"""Places in sentences: found, resolved together, and never finer than the words."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.annotation.places import PlaceOptions, find_places
from variorum.annotation.syntax import Parser
from variorum.records import Block, Document, PlaceMention, Syntax
from variorum.world.gazetteer import Gazetteer

Parse = Callable[..., tuple[Document, Syntax]]
Find = Callable[..., dict[str, PlaceMention]]


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.open()


@pytest.fixture
def find(parse: Parse, gazetteer: Gazetteer) -> Find:
    """The places of a text by their words (the last mention of each)."""

    def run(text: str, options: PlaceOptions | None = None, **fields: Any) -> dict[str, PlaceMention]:
        document, syntax = parse(text, **fields)
        return {place.text: place for place in find_places(document, syntax, gazetteer, options)}

    return run


def test_a_province_on_each_side_of_a_border(find: Find) -> None:
    places = find(
        "Drones crossed into Pakistan's Balochistan province near Panjgur city. "
        "Two days later missiles fell in the Sistan-Baluchistan province of Iran, close to Saravan."
    )
    assert (places["Balochistan"].country, places["Balochistan"].precision) == ("PK", "admin1")
    assert (places["Panjgur"].country, places["Panjgur"].precision) == ("PK", "city")
    assert places["Panjgur"].admin1 == "Balochistan"
    assert (places["Sistan-Baluchistan"].country, places["Sistan-Baluchistan"].precision) == ("IR", "admin1")
    assert places["Saravan"].country == "IR"


def test_a_district_of_one_country_may_be_what_another_calls_a_province(find: Find) -> None:
    place = find("Shells fell on villages of the Tovuz district overnight.")["Tovuz"]
    assert (place.name, place.country, place.precision) == ("Tovuz", "AZ", "admin1")


def test_spellings_are_one_place(find: Find) -> None:
    texts = ["Sistan-Baluchestan", "Sistan-Baluchistan", "Sistan and Baluchistan"]
    found = [find(f"Guards were killed in {name} province, Iran.")[name] for name in texts]
    assert len({(place.name, place.geonameid) for place in found}) == 1


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("He was born in Paris, Texas, and never left.", "Paris", "US"),
        ("Talks were held in Paris, France.", "Paris", "FR"),
        ("A convoy left Tripoli, Lebanon, at dawn.", "Tripoli", "LB"),
        ("Militias clashed in Tripoli, the capital of Libya.", "Tripoli", "LY"),
        ("The envoys met in Davos, Switzerland.", "Davos", "CH"),
        ("Parliament in Tbilisi, the capital of Georgia, adjourned.", "Georgia", "GE"),
        ("The governor of Georgia spoke in Atlanta and Savannah.", "Georgia", "US"),
        ("Police in Hyderabad, in Pakistan's Sindh province, fired shots.", "Hyderabad", "PK"),
    ],
)
def test_containers_and_company_decide(find: Find, text: str, name: str, country: str) -> None:
    assert find(text)[name].country == country


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("The US envoy arrived on Monday. Talks are due in Geneva.", "Geneva", "CH"),
        ("Talks are due in Geneva, a mediator said. US and Iranian envoys met in Geneva.", "Geneva", "CH"),
        ("A US diplomat said talks in Vienna would resume soon.", "Vienna", "AT"),
        ("Canadian mediators met both sides in London on Friday.", "London", "GB"),
        ("American negotiators will return to Berlin next week.", "Berlin", "DE"),
        ("Lebanese soldiers clashed with gunmen in Tripoli.", "Tripoli", "LB"),
    ],
)
def test_an_envoy_s_country_says_little_of_where_he_is(find: Find, text: str, name: str, country: str) -> None:
    assert find(text)[name].country == country


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Airstrikes killed 12 people in Khost and Paktika provinces.", ("Khost", "Paktika")),
        ("Floods hit Herat, Ghazni and Kandahar provinces.", ("Herat", "Ghazni", "Kandahar")),
        ("Fighting spread to the provinces of Khost and Paktika.", ("Khost", "Paktika")),
        ("Clashes were reported in Donetsk and Kharkiv regions.", ("Donetsk", "Kharkiv")),
        ("Residents fled Kunduz and Takhar Provinces on Sunday.", ("Kunduz", "Takhar Provinces")),
    ],
)
def test_a_class_word_in_the_plural_counts_for_each(find: Find, text: str, names: tuple[str, ...]) -> None:
    places = find(text)
    assert [places[name].precision for name in names] == ["admin1"] * len(names)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The Arakan Army seized a base near Sittwe on Tuesday.", {"Sittwe"}),
        ("The Kachin Independence Army said it had shot down a helicopter near Bhamo.", {"Bhamo"}),
        ("The Kurdistan Workers' Party claimed the attack in Ankara.", {"Ankara"}),
        ("The Balochistan Liberation Army said it carried out the attack in Gwadar.", {"Gwadar"}),
        ("The Free Aceh Movement signed a deal in Helsinki.", {"Helsinki"}),
    ],
)
def test_an_armed_group_s_name_holds_no_place(find: Find, text: str, names: set[str]) -> None:
    assert set(find(text)) == names


def test_capitals_among_capitals(find: Find) -> None:
    places = find("Tehran rejected the offer. Washington and London were silent.")
    assert [places[name].country for name in ("Tehran", "Washington", "London")] == ["IR", "US", "GB"]
    assert places["Tehran"].precision == "city"


def test_distance_and_direction(find: Find) -> None:
    place = find("Shells fell 20 km north of Kharkiv on Monday.")["Kharkiv"]
    assert (place.relation, place.distance_km) == ("north of", 20.0)
    place = find("The convoy was hit some ten miles from Aleppo.")["Aleppo"]
    assert place.relation == "from"
    assert place.distance_km == pytest.approx(16.093, abs=0.01)
    assert find("A bomb went off in Aleppo.")["Aleppo"].distance_km is None


def test_names_of_persons_and_clubs_are_no_places(find: Find) -> None:
    places = find("Paris Hilton watched Manchester United. Jordan Peterson spoke to President Lincoln.")
    assert places == {}


def test_the_surname_of_a_person_of_the_text_is_no_place(find: Find) -> None:
    assert "Lansing" not in find("The guard, Peter Lansing, was hurt. Lansing said that he saw nothing.")


def test_datelines(find: Find, gazetteer: Gazetteer) -> None:
    places = find("GOMA, Congo — Rebels advanced on Sunday, residents said.")
    assert places["GOMA"].country == "CD"
    document = Document(
        id="d",
        page="p",
        source="s",
        text="Islamabad, Pakistan – ",
        language="en",
        blocks=(Block(start=0, end=21, kind="dateline"),),
    )
    found = find_places(document, Syntax((), ()), gazetteer)
    assert [place.text for place in found] == ["Islamabad", "Pakistan"]
    assert found[0].precision == "city"


def test_a_place_unknown_to_the_gazetteer_is_no_finer_than_what_contains_it(find: Find) -> None:
    place = find("Gunmen raided Xaquarwala, Nigeria, overnight.")["Xaquarwala"]
    assert place.name == "Xaquarwala"
    assert place.geonameid is None
    assert (place.country, place.precision) == ("NG", "country")


def test_regions_and_straits(find: Find) -> None:
    places = find("Ships were attacked in the Strait of Hormuz and in the Red Sea. Fighters crossed the Sahel.")
    assert {places[name].precision for name in ("Strait of Hormuz", "Red Sea", "Sahel")} == {"region"}


def test_adjectives_are_marked_and_can_be_left_out(find: Find) -> None:
    text = "Turkish troops shelled a village in Syria."
    with_adjectives = find(text, PlaceOptions(adjectives=True))
    assert with_adjectives["Turkish"].country == "TR"
    assert with_adjectives["Turkish"].chosen_by[0].name == "adjective"
    assert "Turkish" not in find(text, PlaceOptions(adjectives=False))


def test_choices_are_explained(find: Find) -> None:
    place = find("He was born in Paris, Texas.")["Paris"]
    assert {"fame", "container"} <= {feature.name for feature in place.chosen_by}


def test_outlet_at_home_decides_between_namesakes(find: Find) -> None:
    text = "The council of Cambridge meets on Monday to vote on a new bridge."
    assert find(text, url="https://www.cambridge-gazette.co.uk/a/1")["Cambridge"].country == "GB"
    assert find(text, url="https://www.cambridge-gazette.ca/a/1")["Cambridge"].country == "CA"


def test_rejected_and_foreign_documents_have_none(parse: Parse, gazetteer: Gazetteer) -> None:
    document, syntax = parse("A bomb went off in Aleppo.", supported=False)
    assert find_places(document, syntax, gazetteer) == ()


_WORDS = st.sampled_from(
    ["Paris", ",", "Texas", "north", "of", "the", "City", "Iran", "'s", "-", "(", ")", "St.", "20", "km", "U.S.", "Mr.",
     "Baghdad", "province", "in", "Sistan", "and", "\n", "—", "É", "😀", "said", "Gaza", "’s", "West", "Bank", "."]
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.lists(_WORDS, max_size=25).map(" ".join) | st.text(max_size=60))
def test_offsets_order_and_determinism(parser: Any, gazetteer: Gazetteer, text: str) -> None:
    blocks = (Block(start=0, end=len(text), kind="body"),) if text.strip() else ()
    document = Document(id="d", page="p", source="s", text=text, language="en", blocks=blocks)
    syntax = next(parser.parse([document]))
    found = find_places(document, syntax, gazetteer, PlaceOptions(adjectives=True))
    for place in found:
        assert text[place.start : place.end] == place.text != ""
        assert (place.lat is None) == (place.lon is None)
        if place.precision == "unknown":
            assert place.lat is None
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert find_places(document, syntax, gazetteer, PlaceOptions(adjectives=True)) == found


def test_a_mention_that_holds_a_place_elsewhere_means_the_other_bearer(parse: Parse, gazetteer: Gazetteer) -> None:
    document, syntax = parse("Police in Georgia shot a man near Tbilisi. In Atlanta, Georgia, a vigil was held.")
    found = [(p.text, p.country) for p in find_places(document, syntax, gazetteer)]
    assert found == [("Georgia", "GE"), ("Tbilisi", "GE"), ("Atlanta", "US"), ("Georgia", "US")]


def test_a_seat_of_government_that_is_a_town_stands_where_the_town_does(find: Find) -> None:
    place = find("A hospital in Port Sudan received the wounded.")["Port Sudan"]
    assert place.lat is not None
    assert place.lat > 19


def test_a_seat_that_is_called_like_a_small_town_stands_in_the_capital(find: Find) -> None:
    place = find("Crowds stood outside the White House on Monday.")["White House"]
    assert place.lat == pytest.approx(38.9, abs=0.1)


def filed(text: str, end: int) -> Document:
    """A document whose first `end` characters are its dateline, which is not parsed."""
    blocks = (Block(start=0, end=end, kind="dateline"), Block(start=end + 1, end=len(text), kind="body"))
    return Document(id="filed", page="filed", source="filed", text=text, blocks=blocks, language="en")


def test_a_dateline_says_in_what_its_town_lies(parser: Parser, gazetteer: Gazetteer) -> None:
    document = filed("SANTIAGO, Panama – Rain fell all day on the fields.", 18)
    (syntax,) = parser.parse([document])
    assert [place.country for place in find_places(document, syntax, gazetteer)] == ["PA", "PA"]


def test_a_state_s_adjective_is_no_town(find: Find) -> None:
    places = find("Thai police held two men in Nairobi. Somali women sold tea.")
    assert {"Thai", "Somali"}.isdisjoint(places)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The Harvest Relief Fund (PA) sent tents. PA staff met farmers in Kisumu, Kenya.", "PA"),
        ("Across Arab nations people marched, and Arab leaders met in Amman.", "Arab"),
        ("A German court ruled on Monday.", "German"),
        ("Two lawyers spoke before the International Court of Justice.", "Justice"),
    ],
)
def test_words_that_are_first_something_else_are_no_places(find: Find, text: str, told: str) -> None:
    assert told not in find(text)


def test_a_town_with_a_people_s_name_is_a_place_in_its_state(find: Find) -> None:
    assert find("Two men were held in the town of Arab, Alabama.")["Arab"].country == "US"
