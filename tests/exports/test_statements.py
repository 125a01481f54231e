"""Statements with their variants."""

from __future__ import annotations

from tests.derivation.reports import report
from tests.exports.test_descent import edition
from variorum.derivation import derive
from variorum.exports.statements import CarriedStatement, carried_statements, view_statements
from variorum.records import Document, Evidence

SAID = (
    "The attack on the depot of Maldera will be answered without delay. Our forces follow those who did it and will "
    "not rest until every one of them is caught."
)
CHANGED = SAID.replace("every one", "each")
CUT = SAID.partition("delay. ")[2]
DOCUMENTS = [
    report(
        "a", f"Buses stood still in Port Venn. “{SAID}” the ministry said.", outlet="Gazette", published="2031-03-04"
    ),
    report("b", f"Deputies met at noon. The ministry said: “{CHANGED}” They left by train.", outlet="Star"),
    report("c", f"A neighbour sent tents. “{CUT}” the ministry said on Tuesday.", outlet="Chronicle"),
    report(
        "d",
        f"Markets closed early. “{SAID}” a spokesman read out in the rain.",
        outlet="Mirror",
        published="2031-03-03",
    ),
]


def statements(documents: list[Document], story: str | None = None) -> list[CarriedStatement]:
    texts = {document.id: document.text for document in documents}

    def quote(item: Evidence) -> str:
        return texts[item.document][item.start : item.end]

    return carried_statements(edition(documents, derive(documents)), quote, story)


def test_each_wording_stands_beside_the_fullest() -> None:
    (found,) = statements(DOCUMENTS)
    assert (found.documents, found.origins) == (4, 4)
    full, *others = found.variants
    assert full.text == SAID
    assert [carrier.document for carrier in full.carriers] == ["d", "a"]  # the earliest first
    assert (full.otherwise, full.left_out) == ((), 0)
    changed = next(each for each in others if each.carriers[0].document == "b")
    assert changed.otherwise == (("every one", "each"),)
    cut = next(each for each in others if each.carriers[0].document == "c")
    assert (cut.otherwise, cut.left_out) == ((), 12)


def test_the_order_of_documents_says_nothing() -> None:
    assert statements(DOCUMENTS[::-1]) == statements(DOCUMENTS)


def test_statements_in_a_terminal() -> None:
    shown = view_statements(statements(DOCUMENTS), color=False, width=200)
    assert "Statement · 4 documents in 4 families" in shown
    assert "otherwise: “every one” → “each”" in shown
    assert "12 words left out" in shown
    assert view_statements([]) == ""


def test_a_story_has_its_own_statements_only() -> None:
    assert statements(DOCUMENTS, "s-1")
    assert not statements(DOCUMENTS, "s-other")
