"""The two real pages beside the checkout: what their places must be."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from variorum.annotation.places import find_places
from variorum.records import Document, PlaceMention, Syntax
from variorum.world.gazetteer import Gazetteer


def test_places_of_the_two_pages(parse: Callable[..., tuple[Document, Syntax]], seeds: Path) -> None:
    gazetteer = Gazetteer.open()
    found: list[PlaceMention] = []
    for path in sorted(seeds.glob("*.txt")):
        document, syntax = parse(path.read_text(encoding="utf-8"))
        found.extend(find_places(document, syntax, gazetteer))
    provinces = {(p.name, p.geonameid, p.country) for p in found if p.text.startswith("Sistan")}
    assert len(provinces) == 1
    assert {p.country for p in found if p.text.startswith("Sistan")} == {"IR"}
    assert {(p.country, p.precision) for p in found if p.text == "Balochistan"} == {("PK", "admin1")}
    assert {(p.country, p.precision) for p in found if p.text == "Panjgur"} == {("PK", "city")}
    assert {(p.country, p.precision) for p in found if p.text == "Rask"} == {("IR", "city")}
    assert {(p.country, p.precision) for p in found if p.text == "Davos"} == {("CH", "city")}
    assert {(p.country, p.precision) for p in found if p.text in ("Tehran", "Islamabad")} == {
        ("IR", "city"),
        ("PK", "city"),
    }
