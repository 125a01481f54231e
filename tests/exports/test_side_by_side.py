"""Two texts side by side, and families as trees."""

from __future__ import annotations

import re

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.derivation.reports import FURNITURE, OTHER_DESK, PARAPHRASE, UNRELATED, WIRE, report
from variorum.derivation import compare
from variorum.exports.side_by_side import headline, render, rows, view
from variorum.records import Block, BlockKind, Document

UPDATE = WIRE.replace("at least seven guards", "at least nine guards")


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def check_whole(one: Document, other: Document) -> None:
    """Each text's words all stand in its column, the first's in their order."""
    found = rows(one, other, compare(one, other))
    first = [word for row in found for piece in row.first for word in words(piece.text)]
    second = [word for row in found for piece in row.second for word in words(piece.text)]
    assert first == words(one.text)
    assert sorted(second) == sorted(words(other.text))


def test_a_changed_figure_is_shown_in_both_columns() -> None:
    one, other = report("a", WIRE, outlet="Valley Post"), report("b", UPDATE + FURNITURE, outlet="Morning Lamp")
    found = rows(one, other, compare(one, other))
    (changed,) = [row for row in found if row.kind == "changed"]
    assert [p.text.strip() for p in changed.first if p.label == "number"] == ["seven"]
    assert [p.text.strip() for p in changed.second if p.label == "number"] == ["nine"]
    assert any(piece.quoted for row in found for piece in row.first)
    assert {row.kind for row in found} >= {"same", "changed", "second"}
    check_whole(one, other)


def test_a_paraphrase_and_an_unrelated_text() -> None:
    one, other = report("a", WIRE), report("b", PARAPHRASE)
    found = rows(one, other, compare(one, other))
    assert sum(row.kind == "reworded" for row in found) >= 3
    check_whole(one, other)
    apart = rows(one, report("c", UNRELATED), compare(one, report("c", UNRELATED)))
    assert {row.kind for row in apart} == {"first", "second"}
    assert "Neither text" in view(one, report("c", UNRELATED), compare(one, report("c", UNRELATED)), color=False)


def test_a_text_beside_itself() -> None:
    one = report("a", WIRE)
    compared = compare(one, one)
    assert {row.kind for row in rows(one, one, compared)} <= {"same", "quotation"}
    assert compared.derivation is not None
    assert compared.derivation.kind == "verbatim"


@settings(max_examples=60, deadline=None)
@given(st.permutations(WIRE.split("\n\n")), st.permutations(PARAPHRASE.split("\n\n") + OTHER_DESK.split("\n\n")))
def test_no_word_is_lost(first: list[str], second: list[str]) -> None:
    check_whole(report("a", "\n\n".join(first[:4])), report("b", "\n\n".join(second[:6])))


def test_the_page_and_the_terminal() -> None:
    one, other = report("a", WIRE, title="A <b> & c"), report("b", UPDATE)
    compared = compare(one, other)
    page = render(one, other, compared)
    assert "A &lt;b&gt; &amp; c" in page
    assert "<script" not in page
    assert '<span class="changed">nine' in page
    shown = view(one, other, compared, color=False, width=100)
    assert "≠" in shown
    assert "nine" in shown
    assert "\x1b" not in shown
    assert max(map(len, shown.splitlines())) <= 100


def test_equal_texts_are_the_same_however_short() -> None:
    for text in ("Word", "Nine guards died."):
        one, other = report("a", text, published="2031-03-04"), report("b", text, published="2031-03-05")
        found = compare(one, other)
        assert found.derivation is not None
        assert (found.derivation.kind, found.derivation.source) == ("verbatim", "a")
        assert [row.kind for row in rows(one, other, found)] == ["same"]
    assert compare(report("a", ""), report("b", "")).derivation is None


def test_the_page_around_a_text_is_folded() -> None:
    menu = "Home\nWorld\nSport\n\n"
    plain = report("b", menu + UPDATE)
    around = tuple(Block(start=m.start(), end=m.end(), kind="furniture") for m in re.finditer(r"\w+", menu))
    body = tuple(msgspec.structs.replace(b) for b in plain.blocks if b.start >= len(menu))
    one, other = report("a", WIRE), msgspec.structs.replace(plain, blocks=around + body)
    compared = compare(one, other)
    assert [row.second[0].text for row in rows(one, other, compared) if row.kind == "page"] == [
        "Home",
        "World",
        "Sport",
    ]
    shown = view(one, other, compared, color=False)
    assert "3 lines of the pages around the texts are left out." in shown
    assert "Sport" not in shown
    assert "<summary>3 lines" in render(one, other, compared)
    check_whole(one, other)


def test_texts_in_two_languages_are_not_said_to_share_nothing() -> None:
    one, other = report("a", WIRE, language="en"), report("b", UNRELATED, language="fr")
    assert "two languages (en, fr)" in view(one, other, compare(one, other), color=False)


def test_a_copy_with_other_figures_is_an_updated_version() -> None:
    one = report("a", WIRE, outlet="Norwind Agency", published="2031-03-04")
    other = report("b", WIRE.replace("seven", "nine"), outlet="Norwind Agency", published="2031-03-05")
    assert headline(one, other, compare(one, other)).startswith("Norwind Agency is an updated version of Norwind")


def test_no_row_repeats_what_the_one_above_it_has() -> None:
    form = (
        "Bulletin of the River Office at 06:00 on {}. Upper reach: {}, level {} metres, current {} knots. Middle reach:"
        " {}, level {} metres, current {} knots. Lower reach: {}, level {} metres. Boats may pass by day and by night."
    )
    one = report("a", form.format("2 June", "ice", 3, 2, "open with drift wood", 4, 5, "open", 6))
    other = report("b", form.format("3 June", "thaw in places", 7, 8, "flooded", 9, 10, "shut", 11))
    check_whole(one, other)


def test_title_outlet_and_date_stand_over_the_columns_alone() -> None:
    head = "Depot stormed\nValley Post\n4 March 2031"
    text = f"{head}\n\n{WIRE}"
    kinds: tuple[BlockKind, ...] = ("title", "credit", "date")
    at, blocks = 0, []
    for line, kind in zip(head.split("\n"), kinds, strict=True):
        blocks.append(Block(kind=kind, start=at, end=at + len(line)))
        at += len(line) + 1
    blocks.append(Block(kind="body", start=at + 1, end=len(text)))
    one = report("a", text, outlet="Valley Post", blocks=tuple(blocks))
    found = rows(one, report("b", WIRE), compare(one, report("b", WIRE)))
    assert [row.kind for row in found if row.kind != "same" and row.kind != "quotation"] == ["page"] * 3


def test_a_file_beside_itself_is_called_so() -> None:
    one = report("a", WIRE)
    assert headline(one, one, compare(one, one)) == "Both are the same file."
