"""Layers over a text: nothing of the text is lost, whatever overlaps."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from variorum.exports.layers import Mark, marks, render, segments, view
from variorum.pipeline import annotate

TEXT = "Rebels shelled the market of Kasese on Monday, killing at least seven people, the mayor said."


@given(
    st.text(max_size=40),
    st.lists(st.tuples(st.integers(0, 40), st.integers(1, 20)), max_size=8),
)
def test_segments_are_the_text(text: str, spans: list[tuple[int, int]]) -> None:
    found = [Mark(a, min(a + n, len(text)), "times", str(a)) for a, n in spans if a < len(text)]
    pieces = segments(text, found)
    assert "".join(piece.text for piece in pieces) == text
    assert sorted(mark for piece in pieces for mark in piece.ending) == sorted(found)


def test_every_layer_is_shown(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    documents = list(annotate(tmp_path / "a.txt"))
    assert {mark.layer for mark in marks(documents[0])} == set(documents[0].layers)
    shown = view(documents[0], color=False, width=400)
    for words in ("at least seven people⟨", "⟨killed 7–⟩", "⟨Kasese (UG city)⟩", "ASSAULT"):
        assert words in shown
    page = render(documents)
    assert "killed 7–" in page
    assert "<script" not in page


def test_a_document_that_was_not_read_says_why(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(
        '{"id": "fr", "text": "Les rebelles ont bombard\u00e9 le march\u00e9 de Kasese.", "language": "fr"}\n'
        '{"id": "en", "text": "Nobody came to the river today, and the mayor had gone.", "language": "en"}\n',
        encoding="utf-8",
    )
    french, english = annotate(tmp_path / "a.jsonl")
    assert view(french, color=False, width=200).startswith("\u2500")
    assert "not read: no layers for the language (fr)" in view(french, color=False, width=200).splitlines()[0]
    assert "not read: no layers for the language (fr)" in render([french])
    assert "not read" not in view(english, color=False, width=200)
    refused = replace(english, rejected="no-text: nothing of an article")
    assert "en \u2014 rejected: no-text" in view(refused, color=False, width=200).splitlines()[0]


def test_marks_tell_what_a_time_and_a_place_hang_on(tmp_path: Path) -> None:
    text = "A drone fell 20 km north of Kharkiv. Hours before the vote, shops closed."
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    labels = {mark.label for mark in marks(next(iter(annotate(tmp_path / "a.txt", layers=["times", "places"]))))}
    assert labels == {"20 km north of Kharkiv (UA city)", "DURATION PTXH, 1–24 h before vote"}


def test_marks_tell_what_they_rest_on(tmp_path: Path) -> None:
    text = "Nine people, three of them children, were killed in Kasese, \u201call <civilians>\u201d, the mayor said."
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    documents = list(annotate(tmp_path / "a.txt", layers=["places", "tolls", "attributions"]))
    details = {mark.label: mark.detail for mark in marks(documents[0])}
    assert details["killed 9"] == "says Ugandan mayor"
    assert details["killed 3"] == "children; part of \u201cNine people\u201d; says Ugandan mayor"
    assert details["Kasese (UG city)"].startswith("fame +")
    assert "cue: \u201csaid\u201d" in next(each for label, each in details.items() if "asserts" in label)
    assert "<civilians>" not in render(documents)
