"""Full-text search, on every backend: what it finds, and where that stands."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.conftest import plain_document
from variorum.records import Block, Claim, Document, DocumentQuery, EventQuery, Evidence, Snippet, Story
from variorum.store import Store, open_store
from variorum.store.passages import passages
from variorum.store.words import Term, hits, parse, words

from .conftest import Open
from .test_queries import CONTENT, EVENTS

ONE = "Troops shelled the harbour of Vélmar on Monday.\n\nSeven died, said the mayor.\nThe port's school was spared."
TWO = "A school burned.\n\nTroops of Norland entered the harbour; \U0001f9e8 guards of the border fled."
DOCUMENTS = (
    plain_document(ONE, id="d-1", title="Harbour shelled"),
    plain_document(TWO, id="d-2"),
    plain_document("東京で爆発があった。", id="d-3", title="日本", language="ja"),
)


def at(document: Document, words_: str) -> Evidence:
    start = document.text.index(words_)
    return Evidence(document=document.id, start=start, end=start + len(words_))


RAID = msgspec.structs.replace(
    EVENTS[0], headline="Norland raided Vélmar", evidence=(at(DOCUMENTS[0], "shelled"),), tolls=()
)
STRIKE = msgspec.structs.replace(
    EVENTS[1], headline="Guards were struck", evidence=(at(DOCUMENTS[1], "entered"),), tolls=()
)
SAID = at(DOCUMENTS[0], "Seven died")
CLAIM = Claim(id="c-9", speaker="the mayor", stance=None, event="e-raid", quote="Seven died", evidence=(SAID,))
FOUND = msgspec.structs.replace(
    CONTENT,
    events=(RAID, STRIKE),
    claims=(CLAIM,),
    links=CONTENT.links[:1],
    contradictions=(),
    stories=(
        Story(id="s-1", events=("e-raid",), documents=("d-1", "d-2"), title="Raids"),
        Story(id="s-2", events=("e-strike",), documents=("d-3",), title="Strikes"),
    ),
    versions={"variorum": "0"},
)


@pytest.fixture
def store(reopen: Open) -> Store:
    reopen().add_documents(DOCUMENTS)
    reopen().replace_content(FOUND, {})
    return reopen()


@pytest.mark.parametrize(
    ("query", "documents"),
    [
        ("harbour", "d-1 d-2"),
        ("HARBOUR velmar", "d-1"),
        ('"harbour of vélmar"', "d-1"),
        ('"monday seven"', ""),
        ("school harbour", "d-1 d-2"),
        ("harbour -school", ""),
        ("-school", "d-3 x-4"),
        ("harbour -norland", "d-1"),
        ('harbour -"port s"', "d-2"),
        ("guard", ""),
        ("guard*", "d-2"),
        ("京", "d-3"),
        ("東京", "d-3"),
        ("日本", "d-3"),
        ("京東", ""),
        ("\U0001f9e8", ""),
        ("!!!", ""),
        ("", "d-1 d-2 d-3 x-4"),
        ("harbour AND NEAR(", ""),
        ('"', ""),
    ],
)
def test_documents(store: Store, query: str, documents: str) -> None:
    found = store.find_documents(DocumentQuery(words=query))
    assert " ".join(sorted(each.id for each in found.documents)) == documents
    assert store.count_documents(DocumentQuery(words=query)) == len(found.documents)


@pytest.mark.parametrize(
    ("query", "events"),
    [
        ("harbour", "e-raid e-strike"),
        ("raided", "e-raid"),  # in the headline alone
        ("seven", "e-raid"),  # in what a claim says of it
        ("school", ""),  # in the texts, but not where they tell an event
        ("guards border", "e-strike"),
        ("harbour -monday", "e-strike"),
        ("velmar -raided", ""),
        ('"norland raided"', "e-raid"),
        ("東京", ""),
    ],
)
def test_events(store: Store, query: str, events: str) -> None:
    found = store.find_events(EventQuery(words=query))
    assert " ".join(each.id for each in found.events) == events


def test_words_and_filters_hold_together(store: Store) -> None:
    assert [each.id for each in store.find_events(EventQuery(words="harbour", origins_min=2)).events] == ["e-raid"]


def snippets(store: Store, words_: str) -> list[Snippet]:
    return [*store.event_snippets(["e-raid"], words_)["e-raid"], *store.document_snippets("d-2", words_)]


def test_snippets_are_the_characters_of_the_text(store: Store) -> None:
    found = snippets(store, "harbour guards seven -nothing")
    texts = {document.id: document.text for document in DOCUMENTS}
    assert [[hit.of(texts[each.evidence.document]) for hit in each.hits] for each in found] == [
        ["harbour"],
        ["Seven"],
        ["harbour", "guards"],
    ]
    for each in found:
        assert each.text == texts[each.evidence.document][each.evidence.start : each.evidence.end]


def test_a_title_that_stands_beside_the_text_has_snippets_of_its_own(store: Store) -> None:
    (found,) = store.document_snippets("d-1", "harbour", 1)
    assert (found.evidence.field, found.text, found.hits) == ("title", "Harbour shelled", (found.hits[0],))
    assert found.hits[0].of("Harbour shelled") == "Harbour"


def test_snippets_are_no_more_than_asked_for(store: Store) -> None:
    assert len(store.document_snippets("d-1", "the", 1)) == 1
    assert len(store.document_snippets("d-1", "the")) == 3
    assert store.document_snippets("d-1", "-the") == ()
    assert store.document_snippets("d-1", "!") == ()


def test_a_document_read_anew_is_searched_anew(store: Store) -> None:
    store.add_documents([plain_document("Nothing of the kind.", id="d-1")])
    assert [each.id for each in store.find_documents(DocumentQuery(words="harbour")).documents] == ["d-2"]
    assert [each.id for each in store.find_documents(DocumentQuery(words="nothing")).documents] == ["d-1"]
    store.add_documents(DOCUMENTS)
    assert store.count_documents(DocumentQuery(words="harbour")) == 2
    assert store.count_documents(DocumentQuery(words="nothing")) == 0


def test_a_long_passage_is_found_to_its_end(store: Store) -> None:
    long = plain_document("word " * 30_000 + "last needle", id="d-2")
    store.add_documents([long])
    (found,) = store.document_snippets("d-2", "needle")
    assert found.hits[0].of(long.text) == "needle"
    assert len(found.text) <= 400


@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 12)), max_size=5),
    st.text(alphabet="ab \n", max_size=60),
)
def test_passages_are_all_of_the_text(stretches: list[tuple[int, int]], text: str) -> None:
    blocks, at_ = [], 0
    for gap, length in stretches:
        start, end = min(len(text), at_ + gap), min(len(text), at_ + gap + length)
        if start < end:
            blocks.append(Block(start=start, end=end, kind="body"))
            at_ = end
    document = Document(id="d", page="p", source="s", text=text, blocks=tuple(blocks))
    found = list(passages(document))

    assert all(each.text == text[each.start : each.end] for each in found)
    covered = {n for each in found for n in range(each.start, each.end)}
    assert all(n in covered for n, c in enumerate(text) if not c.isspace())
    assert sum(each.end - each.start for each in found) == len(covered)


_ALPHABET = "ab-\"*:^() '東é"
_KEPT: list[Store] = []


def _in_memory() -> Store:
    if not _KEPT:
        _KEPT.append(open_store(None))
        _KEPT[0].add_documents(
            [plain_document(text, id=f"d-{n}") for n, text in enumerate(("a b", "ab é", "東a b東", "b-a ab", "é'b"))]
        )
        lines = tuple(
            msgspec.structs.replace(CONTENT.documents[0], id=document.id) for document in _KEPT[0].documents()
        )
        _KEPT[0].replace_content(msgspec.structs.replace(CONTENT, documents=lines), {})
    return _KEPT[0]


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.one_of(st.text(alphabet=_ALPHABET, max_size=10), st.text(max_size=8)))
def test_the_index_finds_what_reading_finds(query: str) -> None:
    assume("\x00" not in query)
    store = _in_memory()
    terms = parse(query)

    def holds(text: str, term: Term) -> bool:
        return bool(hits(text, type(terms)((term,))))

    wanted = [
        document.id
        for document in store.documents()
        if (terms or not query.strip())
        and all(holds(document.text, term) for term in terms.wanted)
        and not any(holds(document.text, term) for term in terms.unwanted)
    ]
    found = store.find_documents(DocumentQuery(words=query))
    assert [each.id for each in found.documents] == wanted
    store.find_events(EventQuery(words=query))
    for each in found.documents:
        for snippet in store.document_snippets(each.id, query):
            assert all(list(words(hit.of(_text(store, each.id)))) for hit in snippet.hits)


def _text(store: Store, id_: str) -> Any:
    stored = store.document(id_)
    assert stored is not None
    return stored.document.text
