"""Families as trees."""

from __future__ import annotations

import msgspec

from tests.derivation.reports import PARAPHRASE, UNRELATED, WIRE, report, source
from variorum.derivation import derive
from variorum.exports.descent import FactChange, FamilyTree, Node, family_trees, told_facts, view
from variorum.records import (
    SCHEMA,
    Derivation,
    DerivationKind,
    Document,
    EditionContent,
    EditionDocument,
    Evidence,
    Origin,
    OriginPassage,
    Provenance,
    Span,
)

DOCUMENTS = [
    report("a", WIRE, outlet="Valley Post", published="2031-03-04"),
    report("b", PARAPHRASE.replace("seven guards", "nine guards"), outlet="Morning Lamp", published="2031-03-05"),
    report("c", WIRE, outlet="Harbour Bell", published="2031-03-06"),
    report("z", UNRELATED, outlet="Evening Oar"),
]


def edition(documents: list[Document], found: Provenance) -> EditionContent:
    rows = tuple(
        EditionDocument(
            id=d.id,
            story="s-1" if d.id != "z" else None,
            origin=found.origin_of[d.id],
            rejected=None,
            source=d.source,
            title=d.title,
            outlet=d.outlet,
            published=d.published,
            supported=True,
        )
        for d in documents
    )
    return EditionContent(
        schema=SCHEMA,
        documents=rows,
        derivations=found.derivations,
        origins=found.origins,
        events=(),
        claims=(),
        links=(),
        stories=(),
        statements=found.statements,
        decisions=(),
        versions={},
    )


def trees(documents: list[Document], story: str | None = None) -> list[FamilyTree]:
    texts = {document.id: document.text for document in documents}

    def quote(item: Evidence) -> str:
        return texts[item.document][item.start : item.end]

    return family_trees(edition(documents, derive(documents)), quote, story)


def members(node: Node) -> list[str]:
    return [node.document, *(id_ for child in node.derived for id_ in members(child))]


def test_a_family_hangs_under_its_earliest_text() -> None:
    family, alone = trees(DOCUMENTS)
    assert (family.seen, family.documents, alone.documents) == (True, 3, 1)
    (root,) = family.texts
    assert root.document == "a"
    assert sorted(members(root)) == ["a", "b", "c"]
    retold = next(child for child in root.derived if child.document == "b")
    assert (retold.kind, retold.directed) == ("paraphrase", True)
    assert [(change.source, change.target) for change in retold.changes if change.kind == "number"] == [
        ("seven", "nine")
    ]
    shown = view([family, alone], color=False)
    assert "one witness" in shown
    assert "number: “seven” → “nine”" in shown
    assert "Evening Oar" not in shown
    assert "Evening Oar" in view([family, alone], every=True, color=False)


def test_an_unseen_source_is_on_top() -> None:
    given = [
        report("a", WIRE, outlet="Valley Post", published="2031-03-04", credits=(source("Norwind Agency"),)),
        report("b", WIRE, outlet="Morning Lamp", published="2031-03-05", credits=(source("Norwind Agency"),)),
    ]
    (family,) = trees(given)
    assert (family.upstream, family.seen) == ("Norwind Agency", False)
    assert sorted(id_ for node in family.texts for id_ in members(node)) == ["a", "b"]
    assert "Norwind Agency · not among the documents · 2 documents" in view([family], color=False)


def test_a_story_has_its_own_families_only() -> None:
    assert [tree.documents for tree in trees(DOCUMENTS, "s-1")] == [3]


def test_every_document_stands_once_in_a_long_chain() -> None:
    copies = [report(f"c{i:04}", WIRE, published=f"2031-03-{1 + i % 28:02}") for i in range(300)]
    (family,) = trees(copies)
    found = list(family.texts)
    seen = []
    while found:
        node = found.pop()
        seen.append(node.document)
        found.extend(node.derived)
    assert sorted(seen) == [document.id for document in copies]


def test_a_part_that_no_document_is_of_can_be_shown() -> None:
    found = derive(DOCUMENTS)
    part = Origin(id="o-part", documents=(), passages=(OriginPassage(document="a", span=Span(0, 10)),))
    content = edition(DOCUMENTS, msgspec.structs.replace(found, origins=(*found.origins, part)))
    shown = family_trees(content, lambda item: "Boats held\nThe port stays shut." if item.document == "a" else "")
    assert "1 text without a fellow" in view(shown, color=False)
    listed = view(shown, every=True, color=False)
    assert "“Boats held” · 1 part, one witness" in listed
    assert "an entry of Valley Post · a" in listed


def test_an_edition_without_documents_says_so() -> None:
    assert view([], color=False) == "No documents to compare."


def test_a_text_stands_under_its_source_and_not_beside_a_fellow() -> None:
    def edge(one: str, other: str, kind: DerivationKind, *, directed: bool) -> Derivation:
        return Derivation(source=one, target=other, kind=kind, directed=directed, score=0.9, passages=(), changes=())

    ties = (edge("a", "b", "common-source", directed=False), edge("c", "b", "paraphrase", directed=True))
    documents = [report(id_, WIRE, outlet=f"Post {id_}", published=f"2031-03-0{n}") for n, id_ in enumerate("abc", 1)]
    found = derive(documents)
    (tree,) = family_trees(edition(documents, msgspec.structs.replace(found, derivations=ties)), lambda _: "")
    (top,) = tree.texts
    assert (top.document, top.derived[0].document, top.derived[0].directed) == ("c", "b", True)
    assert [node.document for node in top.derived[0].derived] == ["a"]


def test_a_document_of_which_an_entry_belongs_is_not_called_the_same_text() -> None:
    found = derive(DOCUMENTS)
    parts = tuple(
        msgspec.structs.replace(origin, passages=(OriginPassage(document="c", span=Span(0, 120)),))
        if "c" in origin.documents
        else origin
        for origin in found.origins
    )
    texts = {document.id: document.text for document in DOCUMENTS}
    content = edition(DOCUMENTS, msgspec.structs.replace(found, origins=parts))
    shown = view(family_trees(content, lambda e: texts[e.document][e.start : e.end]), color=False, width=160)
    assert "the same text 1.00  an entry of Harbour Bell (“Armed men stormed a grain depot outside the …”)" in shown


def test_facts_are_folded_and_told_by_kind() -> None:
    given = [
        ("name", "Ilse Takor", "Jon Pell"),
        ("number", "seven", "nine"),
        ("name", "Takor", "Pell"),
        ("number", "Seven", "nine"),
        ("polarity", "was held", "was not held"),
        ("date", "Monday", "Tuesday"),
        ("place", "Maldera", "Lissan"),
    ]
    told = told_facts(FactChange(kind=kind, source=source, target=target) for kind, source, target in given)
    assert [(fact.kind, fact.source) for fact in told] == [
        ("number", "seven"),
        ("place", "Maldera"),
        ("date", "Monday"),
        ("polarity", "was held"),
        ("name", "Ilse Takor"),
    ]


def test_facts_that_are_not_listed_are_counted() -> None:
    def shown(many: int) -> str:
        changes = tuple(FactChange(kind="number", source=str(n), target=str(n + 100)) for n in range(many))
        (family, _) = trees(DOCUMENTS)
        child = next(node for node in family.texts[0].derived if node.document == "c")
        child = msgspec.structs.replace(child, changes=changes)
        root = msgspec.structs.replace(family.texts[0], derived=(child,))
        return view([msgspec.structs.replace(family, texts=(root,))], color=False)

    assert "the same text but for 7 facts" in shown(7)
    assert "and 1 more fact\n" in shown(7) + "\n"
    assert "and 3 more facts" in shown(9)
    assert "but for 1 fact " in shown(1)
    assert "more" not in shown(6)
