"""Datelines that stand on a line of their own."""

from __future__ import annotations

from pathlib import Path

from variorum.documents import make_document
from variorum.pages import read_pages
from variorum.records import Page

TEXT = (
    "QUELIMANE [MOZAMBIQUE]\nThe road to the north was cut on Sunday, the governor said; rebels blew up bridges.\n\n"
    "BEIRA [MOZAMBIQUE]\nDockers went on strike on Monday over pay, the port said, and ships waited in the roads.\n"
)


def test_a_place_with_its_state_in_brackets_breaks_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (page,) = read_pages([tmp_path / "a.txt"])
    assert isinstance(page, Page)
    document = make_document(page)
    assert document.text == TEXT
    assert document.rejected is None
