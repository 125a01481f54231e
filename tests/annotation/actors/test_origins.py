"""Countries of persons by how their names are spelt."""

from __future__ import annotations

from tests.conftest import Parse
from variorum.annotation.actors import find_actors
from variorum.annotation.places import find_places
from variorum.pipeline import own_reference
from variorum.world.gazetteer import Gazetteer


def _countries(parse: Parse, text: str) -> dict[str, str | None]:
    document, syntax = parse(text, published="2011-03-02")
    places = find_places(document, syntax, Gazetteer.open())
    found = find_actors(document, syntax, places, own_reference(document))
    return {actor.name: actor.country for actor in found if not actor.generic}


def test_a_guess_gives_way_to_a_state_whose_names_are_so_spelt(parse: Parse) -> None:
    text = (
        "Japan lent Kenya money for a port on Tuesday. In Nairobi, Kenyan police found a stolen radio. "
        "A teacher, Hirokazu Nakagawa, thanked the officers."
    )
    assert _countries(parse, text)["Hirokazu Nakagawa"] == "JPN"


def test_a_name_like_those_of_the_text_stays_where_it_was(parse: Parse) -> None:
    text = (
        "Japan lent Kenya money for a port on Tuesday. In Nairobi, Kenyan police found a stolen radio. "
        "A teacher, Wycliffe Kiprotich Mutua, thanked the officers."
    )
    assert _countries(parse, text)["Wycliffe Kiprotich Mutua"] == "KEN"
