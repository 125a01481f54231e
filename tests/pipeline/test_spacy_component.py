"""The layers inside a user's own spaCy pipeline."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from spacy.tokens import Doc, DocBin

from variorum.annotation.model import load_model
from variorum.errors import InputError
from variorum.pipeline import annotate

DATED = """KASESE, May 6 (Norwind) - Rebels shelled the market on Monday, killing at least seven people.

The mayor said the shelling lasted two hours. "We have never seen this," he added.

Reporting by the Norwind desk in Kasese"""
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


def test_furniture_is_marked_as_in_a_record(tmp_path: Path) -> None:
    record = {"id": "doc", "text": DATED, "published": "2031-05-08", "language": "en"}
    (tmp_path / "a.jsonl").write_text(json.dumps(record), encoding="utf-8")
    (own,) = annotate(tmp_path / "a.jsonl")
    nlp = load_model()
    nlp.add_pipe("variorum")
    doc = nlp.make_doc(DATED)
    doc.user_data["published"] = date(2031, 5, 8)
    found = nlp(doc)._.variorum
    assert found.times[0].value == own.times[0].value == "2031-05-05"  # Monday before the dateline's day
    for layer in ("times", "tolls"):
        told = [(each.start, each.end) for each in getattr(own, layer)]
        assert [(each.start, each.end) for each in getattr(found, layer)] == told, layer


def test_a_date_that_is_none_is_told() -> None:
    nlp = load_model()
    nlp.add_pipe("variorum", config={"layers": ["times"]})
    doc = nlp.make_doc(TEXT)
    doc.user_data["published"] = "last spring"
    with pytest.raises(InputError, match="'last spring' is no date"):
        nlp(doc)


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


def test_annotations_go_where_the_doc_goes() -> None:
    nlp = load_model()
    nlp.add_pipe("variorum", config={"layers": ["times", "tolls"]})
    doc = nlp(TEXT)
    found = doc._.variorum
    assert found.tolls
    assert Doc(nlp.vocab).from_bytes(doc.to_bytes())._.variorum == found
    (kept,) = DocBin(docs=[doc], store_user_data=True).get_docs(nlp.vocab)
    assert kept._.variorum == found
    assert nlp.make_doc(TEXT)._.variorum is None


def test_annotations_come_back_from_other_processes() -> None:
    nlp = load_model()
    nlp.add_pipe("variorum", config={"layers": ["times"]})
    docs = list(nlp.pipe([TEXT, "Nobody came on Tuesday."], n_process=2))
    assert [doc._.variorum.times[0].text for doc in docs] == ["Monday", "Tuesday"]
