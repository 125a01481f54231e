"""Off a place, in a part of it, between two: what the words before a name say."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.annotation.places import find_places
from variorum.annotation.places.away import Away, away
from variorum.records import Document, Syntax
from variorum.world.gazetteer import Gazetteer

Parse = Callable[..., tuple[Document, Syntax]]


@pytest.mark.parametrize(
    ("before", "area", "relation"),
    [
        ("Herders were killed in the north of ", True, "in the north of"),
        ("He fled from the south-west of ", True, "in the south-west of"),
        ("Shops burned in the eastern part of ", False, "in the east of"),
        ("Curfews hold in the north and west of ", True, "in the north and west of"),
        ("Rain fell over the far south of ", True, "in the far south of"),
        ("Reservists were flown to the east of ", True, "in the east of"),
        ("A patrol was hit in northeast ", True, "in the northeast of"),
        ("Mortars struck south-western ", True, "in the south-west of"),
        ("Traders protested in central ", False, "in the centre of"),
        ("A mine went off in the heart of ", False, "in the centre of"),
        ("The front runs north of ", False, "north of"),
        ("Chad lies to the east of ", True, "east of"),
        ("Troops gathered to the west of ", False, "west of"),
        ("Snipers hid on the outskirts of ", False, "on the outskirts of"),
        ("Tanks stood on the southern edge of the city of ", False, "on the southern edge of"),
        ("Dhows drifted off the northern coast of ", True, "off the northern coast of"),
        ("Trawlers were boarded off ", True, "off"),
        ("The rebels have cut off ", False, None),
        ("A trader from ", False, None),
        ("Two people died in ", False, None),
    ],
)
def test_a_part_of_a_place_is_not_beyond_it(before: str, area: bool, relation: str | None) -> None:
    assert away(before + "X", len(before), area=area).relation == relation


@pytest.mark.parametrize(
    ("before", "relation", "low", "kilometres"),
    [
        ("Thirty-two kilometres south of ", "south of", None, 32.0),
        ("about three hundred and forty km west of ", "west of", None, 340.0),
        ("some 7,5 km from ", "from", None, 7.5),
        ("nearly 1,250 km from ", "from", None, 1250.0),
        ("half a kilometre from ", "from", None, 0.5),
        ("two and a half kilometres from ", "from", None, 2.5),
        ("a kilometre and a half from ", "from", None, 1.5),
        ("3½ km from ", "from", None, 3.5),
        ("20 to 25 km north-east of ", "north-east of", 20.0, 25.0),
        ("between six and eight kilometres from ", "from", 6.0, 8.0),
        ("30–35km outside ", "outside", 30.0, 35.0),
        ("60 nautical miles off ", "off", None, 111.12),
        ("100 nautical miles south of ", "south of", None, 185.2),
        ("25 miles off the coast of ", "off the coast of", None, 40.234),
        ("300 km (186 miles) south-east of the capital, ", "south-east of", None, 300.0),
        ("15 km to the north of the besieged town of ", "north of", None, 15.0),
        ("200m from ", "from", None, 0.2),
        ("within 8 km of ", "within", None, 8.0),
        ("40 km inside ", "inside", None, 40.0),
        ("several kilometres from ", "from", None, None),
        ("several hundred kilometres north of ", "north of", None, None),
        ("two hours' drive from ", "from", None, None),
    ],
)
def test_distances_are_read_in_full_or_not_at_all(
    before: str, relation: str, low: float | None, kilometres: float | None
) -> None:
    assert away(f"It happened {before}X", len(before) + 12, area=False) == Away(relation, low, kilometres)


@given(st.text(max_size=80))
def test_any_words_before_a_name_are_read(before: str) -> None:
    found = away(before + "X", len(before), area=False)
    assert found.kilometres is None or found.relation is not None
    assert found.low is None or (found.kilometres is not None and found.low < found.kilometres)


def test_a_stretch_between_two_towns(parse: Parse) -> None:
    document, syntax = parse("Bandits stopped a bus between Kaduna and Abuja.")
    assert [p.relation for p in find_places(document, syntax, Gazetteer.open())] == ["between", "between"]
    document, syntax = parse("Talks between Kabul and Islamabad broke down.")
    assert [p.relation for p in find_places(document, syntax, Gazetteer.open())] == [None, None]
