"""Places and days that a text tells once: who may borrow them, and who may not."""

from __future__ import annotations

from .conftest import Code

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
