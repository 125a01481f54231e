"""From a page to its document: records, HTML, identity, rejection, and the two real pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.documents import make_document
from variorum.documents.dates import iso_date
from variorum.pages import read_pages
from variorum.records import READ_KINDS, Declared, Document, Page

from .making import check_blocks, document, kinds, texts

PARAGRAPHS = [
    "Rebels fired rockets at the harbour before dawn on Monday, wounding five dock workers, the mayor said.",
    "The navy said that two patrol boats had returned fire and that the channel was closed to all ships.",
    "Aid groups called on both sides to let a convoy of forty trucks through to the northern villages.",
    "The foreign minister will fly to the capital on Thursday to meet his counterpart, his office said.",
]

ARTICLE = f"""<!DOCTYPE html><html lang="en"><head><title>Rockets hit the harbour | River Gazette</title>
<meta property="og:title" content="Rockets hit the harbour"><meta property="og:site_name" content="River Gazette">
<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Rockets hit the harbour &amp; docks",
"datePublished": "2031-03-10T07:15:00+02:00", "author": [{{"name": "Ada Winter"}}],
"sourceOrganization": {{"name": "Northern Wire"}}, "isAccessibleForFree": true}}</script></head><body>
<nav><a href="/">Home</a> <a href="/world">World</a></nav>
<article><h1>Rockets hit the harbour</h1><p class="byline">By Ada Winter</p>
<time datetime="2031-03-10T07:15:00+02:00">10 March 2031</time>
<figure><img src="a.jpg"><figcaption>Smoke over the docks. Tom Brook/River Gazette</figcaption></figure>
<p>OSTRAVA (Reuters) - {PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p>
<div class="share-bar"><span>Share on Facebook</span></div>
<p>{PARAGRAPHS[2]}</p><p>{PARAGRAPHS[3]}</p><p>Source: Northern Wire Herald</p></article>
<div class="related"><h2>Related stories</h2><a href="/x">A bridge is closed for the winter months</a></div>
<div id="comments"><h3>Leave a Reply</h3>
<p>Your email address will not be published. Required fields are marked *</p></div>
<footer><p>© 2031 River Gazette. All rights reserved.</p></footer><script>var x = "hidden";</script></body></html>"""


def test_an_html_page_keeps_its_furniture_and_marks_it() -> None:
    made = document(ARTICLE, "text/html")
    check_blocks(made)
    assert texts(made, "body") == PARAGRAPHS
    assert texts(made, "title") == ["Rockets hit the harbour"]
    assert texts(made, "dateline") == ["OSTRAVA (Reuters) -"]
    assert texts(made, "caption") == ["Smoke over the docks. Tom Brook/River Gazette"]
    assert texts(made, "byline") == ["By Ada Winter"]
    assert len(texts(made, "comment-form")) == 2
    assert "hidden" not in made.text
    assert "Home" in made.text
    roles = {(credit.name, credit.role) for credit in made.credits}
    assert {("Reuters", "agency"), ("Northern Wire Herald", "source"), ("Northern Wire", "agency")} <= roles
    assert ("River Gazette", "self") in roles


def test_metadata_of_an_html_page_has_candidates_and_a_choice() -> None:
    made = document(ARTICLE, "text/html")
    assert made.title == "Rockets hit the harbour & docks"  # the headline as declared, not as worded for sharing
    assert (made.outlet, made.authors) == ("River Gazette", ("Ada Winter",))
    assert made.published == "2031-03-10T07:15:00+02:00"
    dates = [each for each in made.candidates if each.field == "published"]
    assert len(dates) > 1
    assert [each.found_in for each in dates if each.chosen] == ["JSON-LD datePublished"]
    assert all(each.reason for each in dates if each.chosen)


@pytest.mark.parametrize("broken", ["<html", "<html><body><p", "<<<>>>", "<html><head></head></html>", "\x00<p></p>"])
def test_a_broken_page_without_text_is_rejected_by_name(broken: str) -> None:
    made = document(broken, "text/html", source="broken.html")
    assert made.rejected is not None
    assert made.rejected.reason in {"empty", "not-an-article"}
    assert made.rejected.line.startswith("broken.html: ")


def test_a_broken_page_with_an_article_is_read() -> None:
    broken = f"<html><body><div><b><p>{'</i><p>'.join(PARAGRAPHS)}<table><tr><div>"
    made = document(broken, "text/html")
    assert made.rejected is None
    assert texts(made, "body") == PARAGRAPHS


def test_deep_nesting_does_no_harm() -> None:
    made = document("<div>" * 5_000 + PARAGRAPHS[0] + "</div>" * 5_000, "text/html")
    assert isinstance(made, Document)


MARKUP = ["<p>", "</p>", "<div class='share'>", "<br>", "<td>", "<a href=x>", "<h1>", "Word, word.", "<nav>", "</nav>"]
MARKUP += ["KABUL (AP) - Men ran.", "&amp;", "<figcaption>", "<!-- c -->", "\n", " x "]


@given(st.lists(st.sampled_from(MARKUP), max_size=25))
@settings(max_examples=40, deadline=None)
def test_offsets_hold_for_any_markup(pieces: list[str]) -> None:
    made = document("".join(pieces), "text/html")
    check_blocks(made)
    assert made == document("".join(pieces), "text/html")


def test_a_record_is_a_document_by_its_givers_word() -> None:
    made = document("x", "application/json", id="a1", title="A title", published="2031-03-10", outlet="River Gazette")
    assert (made.id, made.text, made.rejected) == ("a1", "x", None)
    assert (made.title, made.published, made.outlet) == ("A title", "2031-03-10", "River Gazette")
    assert document("", "application/json").rejected is None
    assert document("Subscribe to continue reading.", "application/json").rejected is None


@pytest.mark.parametrize(
    ("given", "published"),
    [
        ("2031-03-10T07:15:00Z", "2031-03-10T07:15:00Z"),
        ("2031-03", "2031-03"),
        ("10 March 2031", "2031-03-10"),
        ("03/04/2031", None),
        ("soon", None),
    ],
)
def test_a_declared_date_is_kept_or_left_out(given: str, published: str | None) -> None:
    made = document(PARAGRAPHS[0], "application/json", published=given)
    assert made.published == published
    assert any(each.field == "published" and each.found_in == "declared" for each in made.candidates)


def test_the_title_of_a_record_that_its_text_repeats_is_marked() -> None:
    text = "\n".join(["Rockets hit the harbour.", *PARAGRAPHS])
    made = document(text, "application/json", title="Rockets hit the harbour")
    assert texts(made, "title") == ["Rockets hit the harbour."]


def test_identity_is_of_the_content_alone() -> None:
    one, two = document(PARAGRAPHS[0], source="a.txt"), document(PARAGRAPHS[0], source="b.txt")
    assert one.id == two.id
    assert document(PARAGRAPHS[1]).id != one.id
    assert document(PARAGRAPHS[0], "application/json", title="T").id != one.id


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        (" \n\u00a0\n", "empty"),
        (
            "Harbour talks fail\n\nThe two sides met for an hour on Sunday.\n\nSubscribe to continue reading\n\n"
            "Already a subscriber? Log in",
            "paywall-stub",
        ),
        ("404 - Page not found\n\nSorry, the page you requested could not be found.", "error-page"),
        ("Just a moment...\n\nVerify you are human by completing the action below.", "cookie-wall"),
        (
            "We use cookies and similar technologies. Accept all cookies\n\nManage your consent preferences",
            "cookie-wall",
        ),
        ("ok", "not-an-article"),
    ],
)
def test_what_is_no_report_is_rejected_by_name(text: str, reason: str) -> None:
    made = document(text, source="page.txt")
    assert made.rejected is not None
    assert made.rejected.reason == reason
    assert made.rejected.line.startswith("page.txt: ")
    assert "\n" not in made.rejected.line


def test_a_list_of_links_is_an_index_page() -> None:
    links = "".join(
        f'<li><a href="/{n}">Headline number {n} about the valley and its towns</a></li>' for n in range(40)
    )
    made = document(f"<html><body><h1>News</h1><ul>{links}</ul></body></html>", "text/html")
    assert made.rejected is not None
    assert made.rejected.reason == "index-page"


@pytest.mark.parametrize(
    "text",
    [
        "Two soldiers died in a clash near the dam. Their unit has withdrawn.",
        f"{PARAGRAPHS[0]}\n\nThe website of the ministry showed an error and could not be reached.",
        "\n".join(PARAGRAPHS * 3) + "\nSubscribe to continue reading",
    ],
)
def test_doubt_keeps_a_page(text: str) -> None:
    assert document(text).rejected is None


def test_another_language_is_kept_and_marked_unsupported() -> None:
    made = document("Drei Soldaten wurden am Montag bei einem Angriff auf ihren Konvoi getötet, teilte die Armee mit.")
    assert (made.rejected, made.language, made.supported) == (None, "de", False)
    declared = document(PARAGRAPHS[0], "application/json", language="fr")
    assert (declared.language, declared.supported) == ("fr", False)


def test_the_two_real_pages(seeds: Path) -> None:
    first, second = (make_document(page) for page in read_pages([seeds]) if isinstance(page, Page))
    for made in (first, second):
        check_blocks(made)
        assert made.rejected is None
        assert len(texts(made, "comment-form")) == 2
        for block in made.blocks:
            if block.kind in READ_KINDS:
                piece = made.text[block.start : block.end].lower()
                assert not any(
                    word in piece for word in ("email address", "follow ", "source:", "file photo", "click here")
                )
    assert (first.title, first.published) == (None, None)
    assert ("MOFA", "photo") in {(credit.name, credit.role) for credit in first.credits}
    assert second.title is not None
    assert second.title.isupper()
    assert second.published == "2024-01-18"
    assert [kind for kind, _ in kinds(second)][:5] == ["title", "section", "caption", "date", "dateline"]
    assert texts(second, "media") == ["Interactive_Iran_Pakistan_strikes_Jan18_2024", "Image"]
    assert any(each.field == "dateline-place" and "Islamabad" in each.value for each in second.candidates)
    assert [(credit.name, credit.role) for credit in second.credits] == [
        ("AL JAZEERA", "source"),
        ("INDEPENDENT PRESS AND NEWS AGENCIES", "self"),
    ]


@pytest.mark.parametrize("text", ["", "  \n", "12 - 14"])
def test_a_record_without_words_is_kept_in_no_language(text: str) -> None:
    content = text.encode()
    found = make_document(Page(id="p-1", source="a.jsonl:1", media="application/json", content=content))
    assert (found.text, found.rejected, found.language, found.supported) == (text, None, None, True)
    assert not [each for each in found.candidates if each.field == "language"]


NO_DATES = ["0001-01-01", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59", "Mon, 01 Jan 2300 00:00:00 +0000"]


@pytest.mark.parametrize("given", NO_DATES)
def test_what_software_writes_for_no_date_is_none(given: str) -> None:
    declared = Declared(published=given)
    found = make_document(
        Page(id="p-1", source="a.jsonl:1", media="application/json", content=b"One man was hurt.", declared=declared)
    )
    assert found.published is None
    assert [each.value for each in found.candidates if each.field == "published"] == [given]
    tag = f'<meta property="article:published_time" content="{given}">'
    page = Page(
        id="p-2", source="a.html", media="text/html", content=ARTICLE.replace("<script", tag + "<script", 1).encode()
    )
    assert make_document(page).published == "2031-03-10T07:15:00+02:00"


@pytest.mark.parametrize(
    ("given", "left"),
    [
        ("2024-01-18T09:30:00+99:00", "2024-01-18"),
        ("2024-01-18T09:30:75", "2024-01-18"),
        ("Thu, 18 Jan 2024 09:30:00 +9900", None),
    ],
)
def test_of_a_time_that_no_clock_shows_nothing_is_used(given: str, left: str | None) -> None:
    assert iso_date(given) == left
