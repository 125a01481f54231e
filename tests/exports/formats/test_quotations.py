"""How much of an article an export repeats."""

from __future__ import annotations

from itertools import cycle, pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.exports.formats import FORMATS, ExportOptions, Job
from variorum.exports.quotations import QuotationLimit, Quotations, shortened
from variorum.exports.source import ContentSource, Selection
from variorum.records import Derivation, DerivationKind, Document, Evidence

from .made import TEXT, content, source, text_of


def quotations(characters: int, share: float = 1.0) -> Quotations:
    return Quotations(source(), QuotationLimit(characters=characters, share=share))


def stands(start: int, end: int, document: str = "d1") -> Evidence:
    return Evidence(document=document, start=start, end=end)


def test_an_article_is_quoted_up_to_its_limit() -> None:
    found = quotations(30)
    assert found.words(stands(0, 14)) == TEXT[:14]
    assert found.words(stands(0, 14)) == TEXT[:14]  # the same characters cost nothing again
    assert found.words(stands(4, 40)) == f"{TEXT[4:30]}…"
    assert found.words(stands(50, 60)) == ""
    assert found.words(stands(50, 60, "d2")) == TEXT[50:60]
    assert (found.cut, found.articles) == (2, 1)


def test_a_stump_is_not_shown_and_costs_nothing() -> None:
    found = quotations(30)
    assert found.words(stands(0, 14)) == TEXT[:14]
    assert found.words(stands(20, 110)) == ""  # 16 characters of 90 say nothing
    assert found.words(stands(20, 34)) == TEXT[20:34]
    assert (found.cut, found.articles) == (1, 1)


def test_no_more_than_a_share_of_a_short_text() -> None:
    found = quotations(10_000, share=0.5)
    given_out = found.words(stands(0, len(TEXT)))
    assert len(TEXT) * 0.4 < len(given_out) <= len(TEXT) * 0.5 + 1


def test_no_limit_cuts_nothing() -> None:
    found = Quotations(source(), None)
    assert found.words(stands(0, len(TEXT))) == TEXT
    assert found.cut == 0


_KINDS: tuple[DerivationKind, ...] = ("verbatim", "abridged")


def of_copies(characters: int, **texts: str) -> Quotations:
    """Quotations of texts that follow one another as copies."""
    ids = sorted(texts)
    found = msgspec.structs.replace(
        content(),
        derivations=tuple(
            Derivation(source=one, target=other, kind=kind, directed=True, score=1.0)
            for (one, other), kind in zip(pairwise(ids), cycle(_KINDS), strict=False)
        ),
    )
    made = {id_: Document(id=id_, page=id_, source=id_, text=text) for id_, text in texts.items()}
    return Quotations(ContentSource(found, made.__getitem__), QuotationLimit(characters=characters, share=1.0))


def test_copies_are_quoted_as_one_article() -> None:
    found = of_copies(40, d1=TEXT, d2=f"Sund Daily. {TEXT}", d3=TEXT[:60])
    assert found.words(stands(0, 20)) == TEXT[:20]
    assert found.words(stands(12, 32, "d2")) == TEXT[:20]  # quoted already, of another copy
    assert found.words(stands(20, 40, "d3")) == TEXT[20:40]
    assert [found.words(stands(at, at + 60, id_)) for id_, at in (("d1", 60), ("d2", 100))] == ["", ""]
    assert found.words(stands(0, 40)) == TEXT[:40]


def test_what_an_article_allows_is_told_by_its_longest_copy() -> None:
    found = of_copies(10_000, d1=TEXT[:20], d2=TEXT)
    assert found.words(stands(0, 20)) == TEXT[:20]
    assert found.words(stands(0, len(TEXT), "d2")) == TEXT


@given(
    st.lists(st.tuples(st.integers(0, 200), st.integers(0, 90)), max_size=20),
    st.integers(0, 120),
    st.sampled_from([0.1, 0.5, 1.0]),
)
def test_different_characters_stay_within_the_limit(spans: list[tuple[int, int]], most: int, share: float) -> None:
    found = quotations(most, share)
    shown = set[int]()
    for start, length in spans:
        end = min(start + length, len(TEXT))
        words = found.words(stands(start, end)).removesuffix("…")
        assert TEXT[start:end].startswith(words)
        shown |= set(range(start, start + len(words)))
    assert len(shown) <= min(most, len(TEXT) * share)


def test_words_are_cut_between_words() -> None:
    assert shortened("one two three", 9) == "one two…"
    assert shortened("one two three", 7) == "one two…"
    assert shortened("onetwothree", 4) == "…"


def long_claim() -> ContentSource:
    text = "He said this. " * 400
    document = Document(id="d1", page="d1", source="d1.txt", text=text)
    claim = msgspec.structs.replace(content().claims[0], quote=text, evidence=(stands(0, len(text)),))
    made = msgspec.structs.replace(content(), claims=(claim,), contradictions=())
    return ContentSource(made, lambda id_: document if id_ == "d1" else text_of(id_))


@pytest.mark.parametrize("name", ["json", "markdown", "prov-json"])
def test_a_long_claim_is_cut_and_counted(name: str) -> None:
    text = FORMATS[name].text
    assert text is not None
    job = Job(long_claim())
    assert "".join(text(job)).count("He said this.") <= QuotationLimit().characters / 14
    assert [note for note in job.notes() if note.startswith("cut: 1 quotation of 1 article ")]
    free = Job(long_claim(), ExportOptions(full_text=True))
    assert "".join(text(free)).count("He said this.") >= 400
    assert list(free.notes()) == []


def test_the_page_shows_no_more_of_an_article_than_the_limit() -> None:
    """Every paragraph of a text of 40 is evidence of something."""
    paragraphs = [f"Line {number} of the report tells what happened in town {number}." for number in range(40)]
    text = "\n\n".join(paragraphs)
    spans = [(text.index(each), text.index(each) + len(each)) for each in paragraphs]
    document = Document(id="d1", page="d1", source="d1.txt", text=text)
    told = [
        msgspec.structs.replace(
            content().events[0], id=f"e-{n}", evidence=(stands(*span),), tolls=(), time=None, place=None
        )
        for n, span in enumerate(spans)
    ]
    story = msgspec.structs.replace(content().stories[0], events=tuple(each.id for each in told))
    made = msgspec.structs.replace(
        content(), events=tuple(told), stories=(story,), claims=(), links=(), contradictions=(), statements=()
    )
    page = FORMATS["html"].text
    assert page is not None
    job = Job(ContentSource(made, lambda id_: document if id_ == "d1" else text_of(id_)))
    shown = "".join(page(job))
    whole = [each for each in paragraphs if each in shown]
    assert 0 < sum(map(len, whole)) <= len(text) / 2
    assert any(note.startswith("cut: ") for note in job.notes())
    free = "".join(
        page(
            Job(
                ContentSource(made, lambda id_: document if id_ == "d1" else text_of(id_)),
                ExportOptions(full_text=True),
            )
        )
    )
    assert all(each in free for each in paragraphs)


def test_a_selection_holds_what_is_about_its_events() -> None:
    whole = source()
    second = list(whole.events())[1]
    part = Selection(whole, lambda: [second])
    assert [each.id for each in part.events()] == [second.id]
    assert [each.id for each in part.claims()] == ["c-1"]
    assert [each.id for each in part.contradictions()] == ["x-1"]
    assert list(part.links()) == []
    assert [each.id for each in part.documents()] == ["d1", "d2"]
    assert [each.events for each in part.stories()] == [(second.id,)]
    first = Selection(whole, lambda: list(whole.events())[:1])
    assert list(first.claims()) == []
    assert first.about(next(iter(first.events()))).links == ()
