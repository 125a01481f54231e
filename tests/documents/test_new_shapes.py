"""Round-ups that do not call themselves so, walls and stubs, and lines at the edges of a text, as pages of other makers
have them. All texts, outlets, persons and agencies are invented."""

from __future__ import annotations

import pytest

from variorum.records import Document

from .making import check_blocks, document, texts

STORIES = {
    "Shell hits ferry at Ostmark": [
        "A shell hit the ferry at Ostmark landing on Tuesday and killed six people, the harbourmaster Jon Pask said.",
        "The boat had left Velt an hour earlier with forty people, most of them pickers coming home from the orchards.",
    ],
    "Rail strike enters third week": [
        "Drivers in Karlow voted on Monday to extend their walkout, so that Brenn has no trains until Easter.",
        "The union leader Mira Sand rejected an offer of four per cent, which the company called generous.",
    ],
    "Mudslide buries lodge above Tarn": [
        "Searchers dug eleven bodies from a ski lodge above Tarn after heavy rain loosened the slope, wardens said.",
        "Dogs were flown in from Hollin, where a clinic treated two dozen survivors for frostbite.",
    ],
}


def html(body: str, title: str = "Monday, in full", head: str = "") -> Document:
    made = document(
        f"<html lang=en><head><title>{title}</title>{head}</head><body><h1>{title}</h1>{body}</body></html>",
        "text/html",
    )
    check_blocks(made)
    return made


def paragraphs(lines: list[str]) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def sections(made: Document) -> int:
    return len({block.part for block in made.blocks if block.kind == "round-up"})


@pytest.mark.parametrize("tag", ["h2", "h3", "h4"])
def test_stories_with_nothing_in_common_are_a_round_up_whatever_the_title(tag: str) -> None:
    made = html("".join(f"<{tag}>{head}</{tag}>{paragraphs(text)}" for head, text in STORIES.items()))
    assert sections(made) == 3
    assert texts(made, "section") == list(STORIES)


def test_one_story_under_headlines_is_none() -> None:
    parts = {
        "How the shell was fired": "The shell came from the Ostmark hill, where a battery stood, Jon Pask said.",
        "What the passengers saw": "Passengers on the ferry said the shell struck the deck, and the ferry burned.",
        "Why the ferry still ran": "The ferry ran because the road to Velt was mined and the passengers had no other.",
    }
    made = html(
        "".join(f"<h2>{head}</h2><p>{text} The harbour at Ostmark is shut.</p>" for head, text in parts.items())
    )
    assert sections(made) == 0


def test_rules_and_items_part_a_round_up() -> None:
    ruled = html("<hr>".join(paragraphs(text) for text in STORIES.values()), "World in brief")
    assert sections(ruled) == 3
    listed = html(f"<ul>{''.join(f'<li>{text[0]}</li>' for text in STORIES.values())}</ul>", "World in brief")
    assert sections(listed) == 3
    strong = "".join(f"<p><strong>{head}</strong><br>{text[0]}</p>" for head, text in STORIES.items())
    assert sections(html(strong, "The region today")) == 3


def test_towns_before_a_colon_are_no_speakers() -> None:
    towns = ["OSTMARK", "KARLOW", "TARN"]
    body = "".join(
        f"<h3>{head}</h3><p>{town}: {text[0]}</p>" for town, (head, text) in zip(towns, STORIES.items(), strict=True)
    )
    made = html(f"<h3><a href=/>Lower Bay Gazette</a></h3>{body}", "News in brief: March 4")
    assert made.rejected is None
    assert texts(made, "section") == list(STORIES)
    assert texts(made, "dateline") == ["OSTMARK:", "KARLOW:", "TARN:"]


REPORT = [line for text in STORIES.values() for line in text]
OFFER = "Subscribe now for unlimited access. Already a subscriber? Sign in."


@pytest.mark.parametrize(
    "offer",
    [
        OFFER,
        "You have 3 free articles left this month. Subscribe for unlimited access.",
        "Subscribe to continue reading our e-paper.",
    ],
)
def test_a_short_report_beside_an_offer_is_no_stub(offer: str) -> None:
    assert html(f"{paragraphs(REPORT[:5])}<div><p>{offer}</p></div>", "Six die on ferry").rejected is None


def test_a_text_that_is_all_its_linked_data_holds_is_no_stub() -> None:
    body = " ".join(REPORT[:4])
    data = f'{{"@type": "NewsArticle", "isAccessibleForFree": false, "articleBody": "{body}"}}'
    head = f'<script type="application/ld+json">{data}</script>'
    assert html(f"{paragraphs(REPORT[:4])}<p>{OFFER}</p>", "Six die on ferry", head).rejected is None
    made = html(f"{paragraphs(REPORT[:2])}<p>{OFFER}</p>", "Six die on ferry", head.replace(body, REPORT[0]))
    assert made.rejected is not None
    assert made.rejected.reason == "paywall-stub"


@pytest.mark.parametrize(
    "wall", ["Thank you for your patience while we verify access.", "To continue reading this article, subscribe."]
)
def test_a_stub_is_one(wall: str) -> None:
    made = html(f"<p>{REPORT[0]}</p><p>{wall}</p>", "Six die on ferry")
    assert made.rejected is not None
    assert made.rejected.reason == "paywall-stub"


def test_a_label_that_no_table_has_is_one_of_the_header() -> None:
    made = document(
        "Headline: Six die on ferry\nSlug: FERRY-SHELL/ (UPDATE 2)\nSource: Norvik Tribune\nDesk code: WF\n"
        f"Date: Tue Mar 4 2031 09:14 GMT\nByline: Ilka Marrow\n\n{REPORT[0]}\n\n{REPORT[1]}"
    )
    check_blocks(made)
    assert (made.title, made.outlet, made.authors) == ("Six die on ferry", "Norvik Tribune", ("Ilka Marrow",))
    assert made.published == "2031-03-04T09:14+00:00"
    assert texts(made, "body") == REPORT[:2]


def test_a_letter_is_of_its_senders_host() -> None:
    made = document(f"From: wire@norviktribune.example\nSubject: Six die on ferry\nDate: 4 March 2031\n\n{REPORT[0]}")
    assert (made.outlet, made.title) == ("norviktribune.example", "Six die on ferry")


@pytest.mark.parametrize("end", ["-END-", "-ENDS-", "– End –", "/end/", "--FIN--", "(END)", "*** ENDS ***"])
def test_the_end_of_a_text_is_no_agency(end: str) -> None:
    made = document(f"Six die on ferry\n\n{REPORT[0]}\n\n{REPORT[1]}\n\n{end}")
    assert made.credits == ()
    assert texts(made, "body") == REPORT[:2]


@pytest.mark.parametrize(
    ("signed", "authors", "agencies"),
    [
        ("Reuters", (), ["Reuters"]),
        ("Agencies", (), ["Agencies"]),
        ("Associated Press", (), ["Associated Press"]),
        ("Ilka Marrow and agencies", ("Ilka Marrow",), ["agencies"]),
        ("Ilka Marrow | AFP", ("Ilka Marrow",), ["AFP"]),
        ("AFP - Agence France Presse", (), ["AFP", "Agence France Presse"]),
        ("Submitted by Web Desk, Agencies", (), ["Agencies"]),
        ("Agence France-Presse in Tolm", (), ["Agence France-Presse"]),
        ("Ilka Marrow in Tolm", ("Ilka Marrow",), []),
    ],
)
def test_agencies_in_the_place_of_the_author(signed: str, authors: tuple[str, ...], agencies: list[str]) -> None:
    by = f'<span class="byline">by <span class="author vcard"><a class="url fn n" href="/a">{signed}</a></span></span>'
    date = '<time datetime="2031-03-04T10:00:00Z">March 4, 2031</time>'
    head = '<meta property="og:site_name" content="Lower Bay Gazette">'
    made = html(f"<div class=entry-meta>{date} {by}</div>{paragraphs(REPORT)}", "Six die on ferry", head)
    assert made.authors == authors
    assert [credit.name for credit in made.credits if credit.role == "agency"] == agencies


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("Some information for this report came from Norvik News Agency.", [("Norvik News Agency", "agency")]),
        ("This article uses material from the Associated Press.", [("Associated Press", "agency")]),
        ("Translated from Arabic. Source: The Tolm Tribune", [("The Tolm Tribune", "source")]),
        (
            "This article was first published on Tolm Digest. Read the original article.",
            [("Tolm Digest", "first-published")],
        ),
    ],
)
def test_credits_in_sentences_behind_the_text(line: str, named: list[tuple[str, str]]) -> None:
    made = html(f"{paragraphs(REPORT)}<p>{line}</p>", "Six die on ferry")
    assert [(credit.name, credit.role) for credit in made.credits] == named
    assert texts(made, "body") == REPORT


@pytest.mark.parametrize("byline", ["By Staff Writer with AFP", "By Reuters"])
def test_agencies_in_a_byline(byline: str) -> None:
    made = html(f"<p>{byline}</p>{paragraphs(REPORT)}", "Six die on ferry")
    assert [credit.role for credit in made.credits] == ["agency"]
    assert made.authors == ()


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("Publié le mardi 4 mars 2031 à 06h45, mis à jour le 4 mars 2031 à 08h10", "2031-03-04T06:45"),
        ("Publicado em 4 de março de 2031 às 06h45 - Atualizado em 5 de março de 2031", "2031-03-04T06:45"),
        ("First published on Tue 4 Mar 2031 06.45 BST", "2031-03-04T06:45"),
    ],
)
def test_the_first_date_of_a_line_is_that_of_publication(line: str, published: str) -> None:
    made = html(f"<p>{line}</p>{paragraphs(REPORT)}", "Six die on ferry")
    assert made.published == published
    assert made.credits == ()


def test_a_dateline_with_its_country_in_brackets() -> None:
    made = html(f"<p>Tolm [Somalia], March 4 (NPA): {REPORT[0]}</p>{paragraphs(REPORT[1:])}", "Six die on ferry")
    assert texts(made, "dateline") == ["Tolm [Somalia], March 4 (NPA):"]
    assert [(credit.name, credit.role) for credit in made.credits] == [("NPA", "agency")]


def test_a_block_by_law_is_an_error_page() -> None:
    page = (
        "<h1>Unavailable for legal reasons</h1><p>The General Data Protection Regulation (GDPR) forbids us access.</p>"
    )
    made = document(f"<html><body>{page}</body></html>", "text/html")
    assert made.rejected is not None
    assert made.rejected.reason == "error-page"
