"""Layers over texts with hidden signs and styled letters."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import Parse
from variorum.annotation.actors import find_actors
from variorum.annotation.legible import bare, folded, visible
from variorum.annotation.places import find_places
from variorum.annotation.times import find_times
from variorum.annotation.tolls import find_tolls
from variorum.records import ReferenceTime
from variorum.world.gazetteer import Gazetteer

REFERENCE = ReferenceTime(basis="published", earliest="2021-06-10", latest="2021-06-10")
PLAIN = "Kenyan police shot three smugglers near Mombasa on Monday, the coast guard said."


def _bold(text: str) -> str:
    return "".join(
        chr(0x1D5D4 + ord(c) - 65) if "A" <= c <= "Z" else chr(0x1D5EE + ord(c) - 97) if "a" <= c <= "z" else c
        for c in text
    )


def _hyphened(text: str) -> str:
    return text.replace("olice", "o\u00adlice").replace("uggl", "ug\u200bgl").replace("omba", "om\u00adba").replace(
        "Mon", "Mon\u00ad"
    )  # fmt: skip


def _layers(parse: Parse, text: str) -> list[tuple[object, ...]]:
    document, syntax = parse(text, published="2021-06-10")
    for token in syntax.tokens:
        assert bare(document.text[token.start : token.end]) == token.text
    times = find_times(document, syntax, REFERENCE)
    places = find_places(document, syntax, Gazetteer.open())
    actors = find_actors(document, syntax, places, REFERENCE)
    tolls = find_tolls(document, syntax)
    spans = [(one.start, one.end, one.text) for one in times]
    spans += [(one.start, one.end, one.text) for one in places]
    spans += [(one.start, one.end, one.text) for one in actors]
    spans += [(one.start, one.end, one.text) for one in tolls]
    assert all(document.text[start:end] == told for start, end, told in spans)
    return [
        *((bare(time.text), time.value) for time in times),
        *((bare(place.text), place.name, place.country) for place in places),
        *((bare(actor.text), actor.name, actor.country, actor.sector) for actor in actors),
        *((bare(toll.text), toll.kind, toll.low, toll.high) for toll in tolls),
    ]


def test_hidden_signs_and_styled_letters_change_no_layer(parse: Parse) -> None:
    plain = _layers(parse, PLAIN)
    assert len(plain) >= 5
    assert _layers(parse, _hyphened(PLAIN)) == plain
    assert _layers(parse, _bold(PLAIN)) == plain


@given(st.text(alphabet="aB \u00ad\u200b\u202e𝗔𝟯Ａé.", max_size=30))
def test_views_keep_offsets(text: str) -> None:
    view, offsets = visible(text)
    assert len(folded(text)) == len(text)
    assert view == bare(text)
    assert [folded(text)[i] for i in offsets] == list(view)
