"""An edition that is added to ends where one made at once does, and does nothing twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.derivation import derive, judging, verdict
from variorum.records import Block, Decision, Document, Provenance
from variorum.store import open_store

from .reports import FURNITURE, OTHER_DESK, PARAPHRASE, UNRELATED, WIRE, paragraphs, report, source

_DIGEST = WIRE.strip() + "\n\n" + UNRELATED.strip()
_CUT = len(WIRE.strip())
DOCUMENTS = [
    report("a", WIRE, outlet="Valley Post", published="2031-03-04"),
    report("b", PARAPHRASE, outlet="Morning Lamp", published="2031-03-05"),
    report("c", OTHER_DESK, outlet="Evening Oar", published="2031-03-04"),
    report("d", WIRE.replace("seven", "nine"), published="2031-03-05", credits=(source("Norwind Agency"),)),
    report("e", paragraphs(WIRE, 0, 1, 2), outlet="Hill Echo"),
    report("f", WIRE + FURNITURE, outlet="Norwind Agency"),
    report("g", WIRE, published="2031-03-01"),
    report("h", paragraphs(OTHER_DESK, 0, 1, 3), published="2031-03"),
    report("i", UNRELATED),
    report("j", ""),
    report(
        "k",
        _DIGEST,
        blocks=(
            Block(start=0, end=_CUT, kind="round-up"),
            Block(start=_CUT + 2, end=len(_DIGEST), kind="round-up"),
        ),
    ),
]


class Shelf(dict[str, bytes]):
    def derivation_work(self, keys: Iterable[str]) -> dict[str, bytes]:
        return {key: self[key] for key in keys if key in self}

    def add_derivation_work(self, found: Mapping[str, bytes]) -> None:
        self.update(found)


def arrivals(order: list[Document], cuts: list[int], shelf: Shelf, decisions: list[Decision]) -> Provenance:
    """What stands at last where documents arrive in batches."""
    for cut in sorted(cuts):
        derive(order[:cut], decisions=decisions, shelf=shelf, version="1")
    return derive(order, decisions=decisions, shelf=shelf, version="1")


@settings(max_examples=25, deadline=None)
@given(
    st.permutations(DOCUMENTS),
    st.lists(st.integers(1, len(DOCUMENTS)), max_size=4),
    st.sampled_from([None, ("copy", ("a", "i")), ("not-a-copy", ("a", "g"))]),
)
def test_any_arrivals_end_where_one_run_does(
    order: list[Document], cuts: list[int], ruling: tuple[str, tuple[str, str]] | None
) -> None:
    decisions = [Decision(id="1", author="Ann", at="", action=ruling[0], targets=ruling[1])] if ruling else []  # type: ignore[arg-type]
    assert arrivals(order, cuts, Shelf(), decisions) == derive(DOCUMENTS, decisions=decisions)


def test_a_new_document_is_compared_and_nothing_else_is(monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = Shelf()
    derive(DOCUMENTS[:-1], shelf=shelf, version="1")
    compared: list[tuple[str, str]] = []
    whole = verdict.judge

    def counting(*given: object) -> object:
        compared.append(tuple(reading[1].unit.document.id for reading in given[:2]))  # type: ignore[index]
        return whole(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(judging, "judge", counting)
    found = derive(DOCUMENTS, shelf=shelf, version="1")
    assert found.origin_of["k"] == found.origin_of["a"]
    assert all("k" in pair for pair in compared)  # a section of it is a copy; does it carry the copy's quotations?
    compared.clear()
    derive([*DOCUMENTS, report("z", PARAPHRASE.replace("seven guards", "nine guards"))], shelf=shelf, version="1")
    assert compared
    assert all("z" in pair for pair in compared)


def test_a_changed_text_is_done_again_and_so_is_all_under_another_version() -> None:
    shelf = Shelf()
    derive(DOCUMENTS, shelf=shelf, version="1")
    size = len(shelf)
    changed = [report("a", UNRELATED), *DOCUMENTS[1:]]
    assert derive(changed, shelf=shelf, version="1") == derive(changed)
    assert len(shelf) == size + 1
    derive(DOCUMENTS, shelf=shelf, version="2")
    assert len(shelf) == 2 * size + 1


def test_work_that_cannot_be_read_is_done_again() -> None:
    shelf = Shelf()
    expected = derive(DOCUMENTS, shelf=shelf, version="1")
    for key in shelf:
        shelf[key] = shelf[key][:7]
    assert derive(DOCUMENTS, shelf=shelf, version="1") == expected


def test_an_edition_keeps_the_work() -> None:
    store = open_store(None)
    expected = derive(DOCUMENTS, shelf=store, version="1")
    store.add_derivation_work({"k": b"1"})
    store.add_derivation_work({"k": b"2"})
    assert store.derivation_work(["k", "l"]) == {"k": b"2"}
    assert derive(DOCUMENTS, shelf=store, version="1") == expected
    store.close()
