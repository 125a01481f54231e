"""What is visible is told once, and a text larger than any report is kept unread."""

from __future__ import annotations

from variorum.documents import DocumentOptions, make_document
from variorum.documents.lines import count_words, unmarked
from variorum.documents.wording import plain
from variorum.records import Page

from .making import document, kinds

LINKS = [
    "The garrison said on Monday that it had left the upper fort after two days of shelling.",
    "Two ferries with families from the delta reached the far bank on Tuesday evening.",
    "The harbour workers of Ostrava ended their strike after the wages of June were paid.",
    "A judge freed the owner of the salt works who had been held since the spring.",
    "Rain cut the valley road on Thursday, and the bus to Kesh did not run, police said.",
]


def test_a_digest_of_links_is_a_list_and_its_text_stands_once() -> None:
    items = "".join(f'<p><a href="/a/{n}">{text}</a></p>' for n, text in enumerate(LINKS))
    made = document(f"<title>The week</title><main><h1>The week in the delta</h1>{items}</main>", "text/html")
    assert all(made.text.count(text) == 1 for text in LINKS)
    assert made.rejected is not None
    assert made.rejected.reason == "index-page"


def test_teasers_on_a_front_page_are_not_told_twice() -> None:
    boxes = "".join(
        f'<div><a href="/{n}"><h3>Head number {n} of this day</h3></a><p>{LINKS[n % 5]}</p><span>{n} hours ago</span>'
        "</div>"
        for n in range(15)
    )
    made = document(f"<title>World news</title><body><h1>World</h1>{boxes}</body>", "text/html")
    assert all(made.text.count(text) == 3 for text in LINKS)
    assert all(made.text.count(f"Head number {n} of") == 1 for n in range(15))


def test_a_text_that_only_the_linked_data_holds_is_added_once() -> None:
    body = " ".join(LINKS)
    data = f'{{"@type": "NewsArticle", "headline": "Fort left", "articleBody": "{body} {body}"}}'
    made = document(
        f'<script type="application/ld+json">{data}</script><h1>Fort left</h1><p>Loading …</p>', "text/html"
    )
    assert ("body", f"{body} {body}") in kinds(made)


def test_a_text_larger_than_any_report_is_kept_and_not_read() -> None:
    options = DocumentOptions(letters=400, lines=6)
    long, many = LINKS[0] * 5, "\n".join(["On Monday."] * 7)
    for text, says in ((long, f"{len(long)} letters, and no report has more than 400"), (many, "7 lines")):
        for media in ("text/plain", "text/html", "application/json"):
            content = text.replace("\n", "<br>") if media == "text/html" else text
            page = Page(id="p", source="a", media=media, content=content.encode())
            made = make_document(page, options=options)
            assert made.text == text
            assert made.rejected is not None
            assert made.rejected.reason == "too-large"
            assert says in made.rejected.detail
            assert made.blocks == ()


def test_a_run_without_spaces_counts_by_its_letters_and_is_read_at_its_beginning() -> None:
    run = "QmFzZTY0" * 400
    assert count_words(run) == len(run) // 80
    assert len(plain(f"see {run} here")) < 500
    assert plain("字" * 900) == "字" * 900  # scripts without spaces have no words that long


def test_marks_of_stress_that_close_nothing_stay() -> None:
    assert unmarked("*a " * 2_000) == "*a " * 2_000
    assert unmarked("**The army left the fort on Monday.**") == "The army left the fort on Monday."
    assert unmarked("the *Post* and the [Herald](https://a.example/1) said") == "the Post and the Herald said"


def test_a_page_that_leaves_out_its_body_is_read() -> None:
    for opening in ("<title>Fort left</title>", "<!doctype html><meta charset=utf-8><title>Fort left</title>", ""):
        for tag in ("main", "article", "header", "section"):
            made = document(f"{opening}<{tag}><h1>Fort left</h1><p>{LINKS[0]}</p></{tag}><p>{LINKS[1]}", "text/html")
            assert made.text.split("\n") == ["Fort left", LINKS[0], LINKS[1]]
