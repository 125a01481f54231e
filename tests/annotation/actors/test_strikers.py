"""Countries of those whom the blows of another state fall on; leaders of many states; words of longer names."""

from __future__ import annotations

import pytest

from tests.conftest import Parse
from variorum.annotation.actors import find_actors
from variorum.annotation.places import find_places
from variorum.pipeline import own_reference
from variorum.records import ActorMention
from variorum.world.gazetteer import Gazetteer


def _actors(parse: Parse, text: str) -> dict[str, ActorMention]:
    document, syntax = parse(text, published="2016-03-02")
    places = find_places(document, syntax, Gazetteer.open())
    return {actor.text: actor for actor in find_actors(document, syntax, places, own_reference(document))}


@pytest.mark.parametrize(
    ("text", "told", "country"),
    [
        ("ERBIL - Turkish jets hit an orchard on Monday. Two shepherds died, medics said. Turkey said it had aimed at "
         "an arms store.", "medics", "IRQ"),
        ("Eritrea shelled a school in Adigrat, wounding two teachers. The governor said nurses had fled. Eritrea "
         "denied it.", "governor", "ETH"),
        ("Eritrea shelled a school in Adigrat, wounding two teachers. The governor said nurses had fled. Eritrea "
         "denied it.", "nurses", "ETH"),
        ("Turkey deployed more police in Ankara. Turkey said the measure was needed. Villagers shrugged.",
         "Villagers", "TUR"),
    ],
)  # fmt: skip
def test_those_struck_are_not_of_the_striker(parse: Parse, text: str, told: str, country: str) -> None:
    assert _actors(parse, text)[told].country == country


def test_leaders_of_the_world_are_of_no_state(parse: Parse) -> None:
    actors = _actors(parse, "Many world leaders condemned the raid on Kabul. Western powers said they would help.")
    assert actors["Many world leaders"].country is None
    assert actors["Western powers"].country is None


def test_a_word_of_a_longer_name_is_no_newspaper(parse: Parse) -> None:
    actors = _actors(parse, "The Lombard Liberation Organisation fought on in the hills.")
    assert actors["Lombard Liberation Organisation"].name == "Lombard Liberation Organisation"
