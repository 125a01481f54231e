"""Who issues a text and who made it, where agencies, bodies and sites say it beside it. All texts are invented."""

from __future__ import annotations

import pytest

from variorum.documents.makers import is_worded
from variorum.documents.titles import clean_title
from variorum.records import Document

from .making import check_blocks, document, texts

FIRST = "Raiders burned two ferries at the Tolm crossing on Monday and killed five boatmen, the harbour master said."
SECOND = "The provincial guard said that it had found the boats adrift and would keep the crossing closed for a week."
PROSE = f"<p>{FIRST}</p><p>{SECOND}</p>"


def page(markup: str) -> Document:
    return document(f"<html><body><article><h1>Ferries burn at Tolm</h1>{markup}</article></body></html>", "text/html")


def test_the_head_of_a_letter_names_who_issues_it_and_is_no_headline() -> None:
    made = document(
        "REPUBLIC OF SARNIA\nMinistry of Defence\nPress Service\nNo. 17/2031\n4 March 2031\n\n"
        f"MINISTRY OF DEFENCE DENIES THAT ITS BOATS FIRED ON FERRIES\n\n{FIRST}\n\n{SECOND}"
    )
    check_blocks(made)
    assert made.title == "MINISTRY OF DEFENCE DENIES THAT ITS BOATS FIRED ON FERRIES"
    assert (made.outlet, made.published) == ("Ministry of Defence", "2031-03-04")
    assert texts(made, "body") == [FIRST, SECOND]


def test_an_advisory_over_a_list_of_clients_is_no_letterhead() -> None:
    made = document(f"CORRECTION NOTE\nTO ALL DESKS, COAST AND RIVER BUREAUS\n\n{FIRST}\n\n{SECOND}")
    assert made.outlet != "CORRECTION NOTE"


@pytest.mark.parametrize(
    ("markup", "credit"),
    [
        (f"{PROSE}<p>(Quelle: AFP/dpa)</p>", [("AFP", "source"), ("dpa", "source")]),
        (f"<p>{FIRST}</p><p>{SECOND} (afp)</p>", [("afp", "agency")]),
        (f"<p>Agency:</p><p>Xinhua</p>{PROSE}", [("Xinhua", "agency")]),
        (
            f"{PROSE}<p>Ilka Marrow and Reuters contributed to this report.</p>",
            [("Ilka Marrow", "reporting"), ("Reuters", "agency")],
        ),
        (f'<div class="pic"><img src="a"><p>The ferries on Monday. (Kyodo)</p></div>{PROSE}', [("Kyodo", "photo")]),
    ],
)
def test_makers_by_where_they_sign(markup: str, credit: list[tuple[str, str]]) -> None:
    made = page(markup)
    check_blocks(made)
    assert [(each.name, each.role) for each in made.credits] == credit
    assert "ferries on Monday" not in " ".join(texts(made, "body"))


def test_a_name_and_what_an_agency_is_called_run_together() -> None:
    assert is_worded("NorvikNews")
    assert not is_worded("Norvik")
    assert not is_worded("YesterdayNewsletter")


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("Ilka Marrow @ilkam | Updated: March 4, 2031 10:30", ("Ilka Marrow",)),
        ("Yüklenme Zamanı: 04.03.2031 10:30 Son Bakış: 04.03.2031 12:30", ()),
        ("ツイート 印刷する", ()),
    ],
)
def test_names_beside_dates_are_writers_and_labels_are_not(line: str, authors: tuple[str, ...]) -> None:
    made = document(
        f"<html><body><article><h1>Ferries burn at Tolm</h1><div>{line}</div>{PROSE}</article></body></html>",
        "text/html",
    )
    assert made.authors == authors


@pytest.mark.parametrize(
    "title", ["(LEAD) Ferries burn at Tolm", "(2ND LD) Ferries burn at Tolm", "(URGENT) Ferries burn at Tolm"]
)
def test_what_an_agency_puts_before_a_headline_is_none_of_it(title: str) -> None:
    assert clean_title(title) == "Ferries burn at Tolm"


def test_the_bracketed_place_of_a_headline_stays() -> None:
    assert clean_title("(Tolm) Ferries burn") == "(Tolm) Ferries burn"


@pytest.mark.parametrize(
    "line",
    ["Artikel drucken", "Partager Réagir (3)", "Yorum yaz", "Siga a Gazeta no WhatsApp", "Every Friday. No spam."],
)
def test_what_asks_to_share_and_to_answer_is_no_text(line: str) -> None:
    made = document(
        f"<html><body><article><h1>Ferries burn at Tolm</h1>{PROSE}<p>{line}</p></article></body></html>", "text/html"
    )
    assert texts(made, "body") == [FIRST, SECOND]


def test_a_live_blog_of_two_days_was_published_on_the_first() -> None:
    entries = "".join(
        f"<h2>{day}</h2><ul>"
        + "".join(f"<li><h3>{head}</h3><span>{clock}</span><p>{text}</p></li>" for head, clock, text in told)
        + "</ul>"
        for day, told in (
            (
                "Tuesday 4 March 2031",
                [("Ferries drift", "01:20", "Both hulks have been seen below the weir."), ("Calm", "00:05", SECOND)],
            ),
            (
                "Monday 3 March 2031",
                [("Smoke seen", "22:40", FIRST), ("Shots heard", "22:10", "Two men ran to the quay.")],
            ),
        )
    )
    made = document(f"<html><body><h1>Tolm, hour by hour</h1>{entries}</body></html>", "text/html")
    assert made.published == "2031-03-03"


def test_a_note_on_one_report_that_says_what_was_wrong_is_a_page_of_notices() -> None:
    made = document(
        "<html><body><h1>Editor's note on our report of 3 March from Tolm</h1><p>Our report named the harbour master "
        "wrongly. He is Jon Pask. The Gazette apologises for the error.</p><p>Write to the Gazette</p></body></html>",
        "text/html",
    )
    assert not texts(made, "body")
    assert len(made.corrections) == 1


def test_an_agency_signs_in_its_own_notice() -> None:
    made = document(
        "Correction: Tolm-Ferries story\n\nTOLM (AP) — In a story March 3 about two ferries, The Associated Press "
        "erroneously reported the number of the boatmen. Five were killed, not six."
    )
    assert made.title == "Correction: Tolm-Ferries story"
    assert [(each.name, each.role) for each in made.credits] == [("AP", "agency")]
