"""The layers inside a user's own spaCy pipeline."""

from __future__ import annotations

from pathlib import Path

import pytest

from variorum.annotation.model import load_model
from variorum.errors import InputError
from variorum.pipeline import annotate

TEXT = "Rebels shelled the market of Kasese on Monday, killing at least seven people, the mayor said."


def test_component_gives_what_annotate_gives(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (own,) = annotate(tmp_path / "a.txt")
    nlp = load_model()
    nlp.add_pipe("variorum")
    found = nlp(TEXT)._.variorum
    assert found.fault is None
    for layer in ("times", "places", "actors", "tolls", "attributions", "events"):
        assert getattr(found, layer) == getattr(own, layer), layer


def test_only_the_layers_asked_for() -> None:
    nlp = load_model()
    nlp.add_pipe("variorum", config={"layers": ["times"]})
    doc = nlp.make_doc(TEXT)
    doc.user_data["published"] = "2031-05-06"
    found = nlp(doc)._.variorum
    assert [time.value for time in found.times] == ["2031-05-05"]
    assert found.places == ()


def test_unknown_layer() -> None:
    with pytest.raises(ValueError, match="'colours' is not"):
        load_model().add_pipe("variorum", config={"layers": ["colours"]})


def test_options_reach_the_layers() -> None:
    nlp = load_model()
    nlp.add_pipe("variorum", config={"layers": ["places"], "options": {"places": {"adjectives": True}}})
    assert [place.text for place in nlp("Turkish troops crossed the border.")._.variorum.places] == ["Turkish"]
    with pytest.raises(InputError, match="no option 'colour'"):
        load_model().add_pipe("variorum", config={"options": {"places": {"colour": True}}})
