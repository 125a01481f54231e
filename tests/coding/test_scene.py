"""Places and days that a text tells once: who may borrow them, and who may not."""

from __future__ import annotations

from itertools import permutations

from variorum.coding.candidate import Candidate
from variorum.coding.merging import Group, Told
from variorum.coding.sameness import Verdict
from variorum.coding.scene import Scene
from variorum.records import Annotation, Document, PlaceMention, ReferenceTime, Syntax

from .conftest import Code, Layers

_REST = " Schools in Moundou closed. The markets of Abeche stayed empty. Chad's president called for calm."


def test_what_is_struck_back_at_lies_elsewhere(code: Code) -> None:
    text = "Raiders attacked a village near Adre in Chad on Tuesday, and later the garrison fired back." + _REST
    places = {e.trigger: e.place for e in code(text) if e.type == "ASSAULT"}
    assert places["attacked"] == "Adre"
    assert places["fired"] is None


def test_a_verb_goes_on_in_the_day_told_and_a_noun_recalls(code: Code) -> None:
    start = "Raiders attacked a convoy near Adre in Chad on Tuesday."
    told = {e.trigger: e.time for e in code(start + " They burned a clinic in Goz Beida." + _REST)}
    recalled = {
        e.trigger: e.time for e in code(start + " The mayor lamented the bombing of a clinic in Moundou." + _REST)
    }
    assert told["burned"] == "Tuesday"
    assert recalled["bombing"] is None


def test_where_one_is_sent_or_called_back_from_is_no_scene(code: Code) -> None:
    events = code("Malawi has recalled all of its diplomats from Lusaka.")
    assert [(e.type, e.place) for e in events] == [("SANCTION", None)]


_REPORT = "BAMAKO, 14 Mar 2019 (Sahel Wire) -- "


def test_a_report_from_a_dateline_was_done_by_its_day_in_its_country(layers: Layers) -> None:
    text = _REPORT + "Gunmen killed two Danish tourists at a hotel, the Malian police said. The owner fled."
    found = layers(text, dateline=len(_REPORT))
    (event,) = [e for e in found.events if e.type == "ASSAULT"]
    assert event.inherited == ("place", "time")
    assert event.place is not None
    assert event.time is not None
    place, time = found.places[event.place], found.times[event.time]
    assert (place.country, place.precision, place.lat is not None) == ("ML", "country", True)
    assert (time.earliest, time.latest) == (None, "2019-03-14")
    assert text[place.start : place.end] == place.text == "BAMAKO"
    assert text[time.start : time.end] == time.text


def test_a_dateline_of_another_day_dates_nothing(layers: Layers) -> None:
    head = "BAMAKO, 2 Feb 2019 (Sahel Wire) -- "
    found = layers(head + "Gunmen killed two tourists at a hotel, the police said.", dateline=len(head))
    assert [e.time for e in found.events if e.type == "ASSAULT"] == [None]


def test_what_a_states_army_does_to_another_state_is_not_told_of_the_dateline(layers: Layers) -> None:
    text = _REPORT + "Niger's army shelled the positions of Algerian troops, the police said."
    found = layers(text, dateline=len(_REPORT))
    assert all(e.place is None for e in found.events if e.type == "ASSAULT")


def test_what_is_tied_may_have_happened_where_the_scene_is(layers: Layers) -> None:
    text = _REPORT + (
        "Students demonstrated against the price of bread, the Malian police said. "
        "The arrest of an imam sparked protests in Mopti and Kayes."
    )
    found = layers(text, dateline=len(_REPORT))
    assert [event.type for event in found.events] == ["PROTEST", "COERCE", "PROTEST"]
    assert [(tie.sources, tie.targets) for tie in found.ties] == [((2,), (1,))]


def test_of_two_countries_named_alike_often_the_one_named_first_is_the_scene() -> None:
    text = "Benin Chad Ghana Kenya Mali Niger"
    starts = [text.index(name) for name in text.split()]
    names = dict(zip(text.split(), ("BJ", "TD", "GH", "KE", "ML", "NE"), strict=True))
    document = Document(id="d", page="p", source="s", text=text, blocks=())
    for pair in permutations(names, 2):
        places = tuple(
            PlaceMention(start=at, end=at + len(name), text=name, name=name, country=names[name], precision="country")
            for name, at in zip(pair, starts, strict=False)
        )
        annotation = Annotation(document="d", reference=ReferenceTime(basis="none"), places=places)
        group = Group()
        group.add([Told(Candidate(0, "ASSAULT", None), 0, 0)], Verdict(None))
        assert Scene(document, annotation, Syntax((), ()), (), reach=3).place(group) == 0
