"""What pages say of themselves, and how it corrects their main text. All texts, outlets and persons are invented."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.documents.author_names import is_impersonal, names_in
from variorum.documents.choice import choose, chosen_value
from variorum.documents.dates import find_date, iso_date
from variorum.documents.html import parse
from variorum.documents.linked_data import linked_data
from variorum.documents.titles import bare_titles, clean_title
from variorum.records import Candidate, CandidateField, Document

from .making import check_blocks, document, texts

PARAGRAPHS = [
    "Shells fell on the ferry landing before dawn on Monday and wounded five dock workers, the mayor said.",
    "The coast guard said that two patrol boats had returned fire and that the channel was closed to all ships.",
    "Aid groups called on both sides to let a convoy of forty trucks through to the villages in the north.",
    "The foreign minister will fly to the capital on Thursday to meet his counterpart there, his office said.",
]


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("Ada Winter", ["Ada Winter"]),
        ("By Ada Winter and Tom Brook", ["Ada Winter", "Tom Brook"]),
        ("Von Ada Winter, Ostrava", ["Ada Winter"]),
        ("Ada Winter, Tom Brook y Lea Sanz Rey", ["Ada Winter", "Tom Brook", "Lea Sanz Rey"]),
        ("Luis Soler y Puig", ["Luis Soler y Puig"]),
        ("Ada Winter, Defence Editor", ["Ada Winter"]),
        ("Ada Winter; Tom Brook", ["Ada Winter", "Tom Brook"]),
        ("Winter, Ada", ["Winter, Ada"]),
        ("aw, tb", ["aw", "tb"]),
        ("Tom Brook Jr.", ["Tom Brook Jr."]),
        ("https://example.org/#/schema/person/1", []),
        ("a.winter@river-gazette.example", []),
        ("ada-winter", []),
        ("@adawinter", []),
        ("admin", []),
        ("Twitter Facebook", []),
        ("von der Au", ["von der Au"]),
    ],
)
def test_one_value_of_metadata_may_name_several_authors_or_none(value: str, names: list[str]) -> None:
    assert names_in(value) == names


def test_the_outlet_and_its_staff_are_no_persons() -> None:
    own = frozenset({"rivergazette"})
    assert is_impersonal("The River Gazette", own)
    assert is_impersonal("Newsroom Staff", own)
    assert not is_impersonal("Ada Winter", own)


@given(st.text(max_size=60))
@settings(max_examples=60, deadline=None)
def test_any_value_gives_names_without_blanks_at_their_edges(value: str) -> None:
    assert all(name and name == name.strip() for name in names_in(value))


@pytest.mark.parametrize(
    ("titles", "bare"),
    [
        (["Ferry landing shelled – Gazette – 10.03.2031", "Ferry landing shelled"], "Ferry landing shelled"),
        (["Ferry landing shelled | River Gazette"], "Ferry landing shelled"),
        (["River Gazette | Ferry landing shelled"], "Ferry landing shelled"),
        (["Ferry landing shelled | Five hurt"], "Ferry landing shelled | Five hurt"),
        (["Ferry landing shelled be…", "Ferry landing shelled before dawn"], "Ferry landing shelled before dawn"),
        (["Talks - and what they may bring"], "Talks - and what they may bring"),
    ],
)
def test_a_title_loses_what_its_site_adds_and_no_more(titles: list[str], bare: str) -> None:
    assert bare_titles(titles, frozenset({"rivergazette"}))[0] == bare


def test_markup_and_references_leave_a_title() -> None:
    assert clean_title("Docks &amp;amp; <i>ferries</i>\n closed") == "Docks & ferries closed"


def test_linked_data_follows_references_and_leaves_other_articles_out() -> None:
    graph = [
        {"@type": "Person", "@id": "#p1", "name": "Ada Winter"},
        {"@type": "NewsArticle", "headline": "Ferry landing shelled", "author": {"@id": "#p1"}},
        {"@type": "ItemList", "itemListElement": [{"@type": "NewsArticle", "headline": "Another text"}]},
    ]
    data = json.dumps({"@graph": graph})[:-1] + ",}"  # a comma too many is common
    page = f'<html><head><script type="application/ld+json">{data}</script></head><body><p>x</p></body></html>'
    tree = parse(page).tree
    assert tree is not None
    linked = linked_data(tree)
    assert [node["headline"] for node in linked.articles] == ["Ferry landing shelled"]
    assert [name.text for name in linked.names(linked.articles[0]["author"])] == ["Ada Winter"]


def _choice(*found: tuple[CandidateField, str, str]) -> list[Candidate]:
    return choose([Candidate(field=field, value=value, found_in=place) for field, value, place in found])


def test_a_date_that_says_the_same_and_more_is_chosen() -> None:
    chosen = _choice(
        ("published", "2031-03-10T07:15:00", "JSON-LD datePublished"),
        ("published", "2031-03-11T09:00:00+02:00", "time element"),
        ("published", "2031-03-10T07:15:00+02:00", "meta published"),
        ("updated", "2031-03-12", "date line"),
    )
    assert chosen_value(chosen, "published") == "2031-03-10T07:15:00+02:00"
    assert chosen_value(chosen, "updated") == "2031-03-12"
    assert "and more" in next(each.reason for each in chosen if each.chosen)


def test_persons_are_chosen_before_the_outlet() -> None:
    own: tuple[CandidateField, str, str] = ("outlet", "River Gazette", "meta og:site_name")
    linked: tuple[CandidateField, str, str] = ("author", "River Gazette", "JSON-LD author")
    chosen = _choice(own, linked, ("author", "Ada Winter", "author element"))
    assert [each.value for each in chosen if each.field == "author" and each.chosen] == ["Ada Winter"]
    alone = _choice(own, linked)
    assert [each.value for each in alone if each.field == "author" and each.chosen] == ["River Gazette"]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("3. Mai 2031, 14:30", "2031-05-03T14:30"),
        ("1er mars 2031 à 14h30", "2031-03-01T14:30"),
        ("3 de mayo de 2031", "2031-05-03"),
        ("12 Nisan 2031 - 10:45", "2031-04-12T10:45"),
        ("5 мая 2031", "2031-05-05"),
        ("2031年1月14日 01時28分", "2031-01-14T01:28"),
        ("2031년 5월 3일", "2031-05-03"),
        ("10 Listopad 2031", None),  # October in one language, November in two others
    ],
)
def test_dates_in_the_words_of_many_languages(written: str, value: str | None) -> None:
    found = find_date(f"({written})")
    assert (found[2] if found else None) == value
    assert iso_date(written) in {value, None}


def _page(body: str, head: str = "") -> Document:
    made = document(
        f"<html><head><title>Ferry landing shelled</title>{head}</head><body>{body}</body></html>", "text/html"
    )
    check_blocks(made)
    return made


ARTICLE = "".join(f'<p class="text">{each}</p>' for each in PARAGRAPHS)


def test_the_description_over_the_text_is_its_lead() -> None:
    lead = "Five dock workers are hurt and a channel is closed as the fighting reaches the coast."
    made = _page(
        f"<article><h1>Ferry landing shelled</h1><div class='top'>{lead}</div><div>{ARTICLE}</div></article>",
        f'<meta property="og:description" content="{lead}">',
    )
    assert texts(made, "lead") + texts(made, "body") == [lead, *PARAGRAPHS]


def test_links_labels_and_colophons_in_the_text_are_no_body() -> None:
    inside = '<p>Also of note</p><p><a href="/x">A bridge is closed for the winter months</a></p>'
    pieces = [f'<p class="text">{each}</p>' for each in PARAGRAPHS]
    article = pieces[0] + pieces[1] + inside + pieces[2] + pieces[3] + "<p>Bron: Noordelijk Persbureau</p>"
    made = _page(f"<article><h1>Ferry landing shelled</h1>{article}</article>")
    assert texts(made, "body") == PARAGRAPHS


def test_the_declared_body_brings_back_a_paragraph() -> None:
    lost = "<section class='deep'><div><ul><li>" + PARAGRAPHS[2] + "</li></ul></div></section>"
    pieces = [f'<p class="text">{each}</p>' for each in PARAGRAPHS]
    body = json.dumps({"@type": "NewsArticle", "headline": "Ferry", "articleBody": " ".join(PARAGRAPHS)})
    made = _page(
        f"<article><h1>Ferry landing shelled</h1>{pieces[0]}{pieces[1]}{lost}{pieces[3]}</article>",
        f'<script type="application/ld+json">{body}</script>',
    )
    assert texts(made, "body") == PARAGRAPHS


def test_a_short_line_dates_a_page_that_declares_nothing() -> None:
    made = _page(f"<article><h1>Ferry landing shelled</h1><div>Datum 10.03.2031</div>{ARTICLE}</article>")
    assert made.published == "2031-03-10"


def test_updates_are_kept_apart_from_publication() -> None:
    head = '<meta property="article:modified_time" content="2031-03-12T10:00:00Z">'
    made = _page(f"<article><h1>Ferry landing shelled</h1>{ARTICLE}</article>", head)
    assert made.published is None
    assert chosen_value(made.candidates, "updated") == "2031-03-12T10:00:00+00:00"


@pytest.mark.parametrize("times", [250_000, 10_000_000])
def test_a_page_of_countless_tags_is_rejected_in_bounded_time(times: int) -> None:
    started = time.process_time()
    made = document("<b>" * times, "text/html", source="costly.html")
    assert made.rejected is not None
    assert (made.rejected.reason, made.text) == ("too-large", "")
    assert f"{times} tags" in made.rejected.detail
    assert time.process_time() - started < 20


@pytest.mark.parametrize(("levels", "reason"), [(300, None), (1_500, None), (50_000, "too-deep")])
@pytest.mark.parametrize("tag", ["div", "b"])
def test_elements_nested_in_one_another_are_read_or_rejected_as_such(levels: int, reason: str | None, tag: str) -> None:
    started = time.process_time()
    made = _page(f"<article>{f'<{tag}>' * levels}{ARTICLE}{f'</{tag}>' * levels}</article>")
    assert (made.rejected.reason if made.rejected else None) == reason
    if reason is None:
        assert texts(made, "body") == PARAGRAPHS
    assert time.process_time() - started < 20


def test_a_long_page_costs_by_its_length() -> None:
    long = "".join(f"<p>{PARAGRAPHS[number % 4]} Paragraph {number} of the file.</p>" for number in range(4_000))
    started = time.process_time()
    made = _page(f"<article><h1>Ferry landing shelled</h1>{long}</article>")
    assert len(texts(made, "body")) == 4_000
    assert time.process_time() - started < 20


def test_a_word_without_an_end_costs_by_its_length() -> None:
    started = time.process_time()
    document("w" * 2_000_000)
    assert time.process_time() - started < 20
