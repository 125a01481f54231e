"""What is read of pages and texts that declare nothing of themselves. All texts, outlets and persons are invented."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.documents.bylines import authors
from variorum.documents.dates import find_date, iso_date
from variorum.documents.head_lines import is_slug, persons, without_slug
from variorum.documents.line_forms import repeated
from variorum.documents.mastheads import spelled_as

from .making import check_blocks, document, texts

BODY = """Raiders burned two ferries at the Tolm crossing on Monday and killed five boatmen, the harbour master said.

The provincial guard said it had found the boats adrift and would keep the crossing closed until the weekend."""
HTML = "".join(f"<p>{each}</p>" for each in BODY.split("\n\n"))


def test_the_fields_of_a_database_are_its_metadata() -> None:
    made = document(
        "Document 3 of 20\n\nHD   Five boatmen killed\nBY   Ilka Marrow\nCR   Additional reporting by Jon Pask\n"
        f"WC   241 words\nPD   4 March 1994\nSN   The Lower Bay Ledger\nLA   English\nLP\n{BODY}\nAN   ledger000194"
    )
    check_blocks(made)
    assert (made.title, made.outlet) == ("Five boatmen killed", "The Lower Bay Ledger")
    assert (made.published, made.authors) == ("1994-03-04", ("Ilka Marrow",))
    assert [(credit.name, credit.role) for credit in made.credits if credit.role != "self"] == [
        ("Jon Pask", "reporting")
    ]
    assert " ".join(texts(made, "body")) == BODY.replace("\n\n", " ")


def test_front_matter_is_metadata() -> None:
    made = document(
        '---\ntitle: "Five boatmen killed"\nsource: "https://lowerbayledger.example/a"\nauthor:\n'
        '  - "Rev. Ilka Marrow"\n'
        f"published: 2031-03-04T10:12:00+05:30\nclipped: 2031-04-01\n---\n\n{BODY}\n\nPhoto: The Lower Bay Ledger"
    )
    check_blocks(made)
    assert (made.title, made.outlet) == ("Five boatmen killed", "The Lower Bay Ledger")
    assert (made.published, made.authors) == ("2031-03-04T10:12:00+05:30", ("Ilka Marrow",))
    assert made.url == "https://lowerbayledger.example/a"


def test_a_mast_with_its_date_names_the_outlet() -> None:
    made = document(
        f"LOWER BAY GAZETTE            TOLM         SUNDAY MAR 4 2031\n\nFIVE BOATMEN KILLED AT TOLM\n\n{BODY}"
    )
    check_blocks(made)
    assert (made.outlet, made.published) == ("LOWER BAY GAZETTE", "2031-03-04")
    assert made.title == "FIVE BOATMEN KILLED AT TOLM"


@pytest.mark.parametrize(
    ("title", "outlet"),
    [
        ("Five boatmen killed at Tolm | Orran Bay", "Orran Bay"),
        ("Five boatmen killed at Tolm - Lower Bay Gazette", "Lower Bay Gazette"),
        ("Lower Bay Gazette :: Five boatmen killed at Tolm", "Lower Bay Gazette"),
        ("Five boatmen killed at Tolm", None),
    ],
)
def test_the_title_element_names_the_outlet_beside_the_headline(title: str, outlet: str | None) -> None:
    page = f"<html><head><title>{title}</title></head><body><h1>Five boatmen killed at Tolm</h1>{HTML}</body></html>"
    made = document(page, "text/html")
    assert (made.outlet, made.title) == (outlet, "Five boatmen killed at Tolm")


def test_a_table_that_lays_a_page_out_holds_its_body() -> None:
    cells = HTML.replace("<p>", "").replace("</p>", "<br><br>")
    made = document(
        f"<table><tr><td>Home<br>World</td><td><b>Five killed</b><br>{cells}</td></tr></table>", "text/html"
    )
    assert texts(made, "body")[-2:] == BODY.split("\n\n")


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Ilka Marrow Diplomatic correspondent", ["Ilka Marrow"]),
        ("Ilka Marrow Published 4 March 2031", ["Ilka Marrow"]),
        ("Ilka Marrow - Tolm", ["Ilka Marrow"]),
        ("Middle East", []),
        ("Monday Morning", []),
    ],
)
def test_a_line_of_names_is_of_writers(line: str, names: list[str]) -> None:
    assert persons(line, beside_date=True) == names


def test_slugs_are_no_part_of_a_headline() -> None:
    assert without_slug("UPDATE 2-Ferries burn at Tolm") == "Ferries burn at Tolm"
    assert without_slug("URGENT: Ferries burn at Tolm") == "Ferries burn at Tolm"
    assert without_slug("URGENT CALL for ferries") == "URGENT CALL for ferries"
    assert is_slug("abc0417 4 pl 212 xyz 0388")
    assert not is_slug("five boats burned")


def test_two_writers_in_two_places() -> None:
    assert authors("By **Ilka Marrow** in Tolm and **Jon Pask** in Orran") == ("Ilka Marrow", "Jon Pask")
    assert authors("By Ilka Marrow, Correspondent") == ("Ilka Marrow",)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("11.05.2031 17:45 (GMT+3)", "2031-05-11T17:45+03:00"),
        ("lun 04/12/2023", "2023-12-04"),
        ("04/12/2023", None),
        ("Thursday 30 November / Friday 1 December 2023", "2023-11-30"),
        ("6.10am, November 18, 2019", "2019-11-18T06:10"),
        ("9 November 2021, 15:07 MEZ", "2021-11-09T15:07+01:00"),
        ("9 November 2021, 15:07 IST", "2021-11-09T15:07"),
    ],
)
def test_dates_as_lines_tell_them(written: str, value: str | None) -> None:
    found = find_date(written)
    assert (found[2] if found else None) == value


def test_a_zone_of_several_meanings_is_left_out() -> None:
    assert iso_date("9 November 2021, 15:07 BST") == "2021-11-09T15:07"


def test_a_name_spelled_as_its_domain() -> None:
    text = "This story first appeared in Tolm Line.\nThe Lower Bay Ledger uses cookies"
    assert spelled_as("lowerbayledger.example", text) == "The Lower Bay Ledger"
    assert spelled_as("orranwire.example", text) is None


@given(st.lists(st.text("abc", max_size=30), max_size=12))
@settings(deadline=None, max_examples=60)
def test_repeated_lines_are_those_that_stand_in_longer_ones(pieces: list[str]) -> None:
    lines = dict(enumerate(pieces))
    plainly = {
        number
        for number, own in lines.items()
        if len(own) >= 12 and any(len(other) > 1.2 * len(own) and own in other for other in pieces)
    }
    assert repeated(lines, 600) == plainly
