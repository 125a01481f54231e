"""Header blocks over plain texts, credits of persons, and names that the page gives itself."""

from __future__ import annotations

import pytest

from .making import check_blocks, document, kinds, texts

BODY = """Raiders burned two ferries at the Tolm crossing on Monday and killed five boatmen, the harbour master said.

The provincial guard said it had found the boats adrift and would keep the crossing closed until the weekend."""


def test_labelled_lines_are_metadata() -> None:
    made = document(
        "Headline: Five boatmen killed at Tolm\nPublication: Lower Bay Ledger\nDate: 4 March 2031\nBy: Ilka Marrow\n"
        f"URL: https://ledger.example/a\nSection: World\n\n{BODY}"
    )
    check_blocks(made)
    assert (made.title, made.outlet) == ("Five boatmen killed at Tolm", "Lower Bay Ledger")
    assert (made.published, made.authors, made.url) == ("2031-03-04", ("Ilka Marrow",), "https://ledger.example/a")
    assert texts(made, "title") == ["Five boatmen killed at Tolm"]
    assert texts(made, "credit") == ["Lower Bay Ledger"]
    assert texts(made, "date") == ["4 March 2031"]
    assert texts(made, "byline") == ["Ilka Marrow"]
    assert len(texts(made, "body")) == 2


def test_a_headline_without_label_may_stand_over_them() -> None:
    made = document(f"Five boatmen killed at Tolm\nSource: Lower Bay Ledger\nPublished: 2031-03-04\n\n{BODY}")
    assert (made.title, made.outlet) == ("Five boatmen killed at Tolm", "Lower Bay Ledger")
    assert made.published == "2031-03-04"
    assert [(credit.name, credit.role) for credit in made.credits] == [("Lower Bay Ledger", "self")]


def test_a_source_other_than_the_given_outlet_is_credited() -> None:
    made = document(f"Title: Five boatmen killed\nSource: Orran Wire\n\n{BODY}", outlet="Lower Bay Ledger")
    assert made.outlet == "Lower Bay Ledger"
    assert [(credit.name, credit.role) for credit in made.credits] == [("Orran Wire", "source")]


def test_labels_further_down_are_no_header() -> None:
    made = document(f"Five boatmen killed at Tolm\n\n{BODY}\n\nSource: Orran Wire\nDate: 4 March 2031")
    assert made.outlet is None
    assert [(credit.name, credit.role) for credit in made.credits] == [("Orran Wire", "source")]


def test_a_wrapped_text_keeps_its_header_lines_apart() -> None:
    wrapped = BODY.replace("Monday and", "Monday and\n").replace("the boats", "the boats\n").replace("would", "\nwould")
    made = document(
        f"Title: Five boatmen killed in a raid at the Tolm crossing as ferries burn\nSource: Orran Wire\n\n{wrapped}"
    )
    assert made.outlet == "Orran Wire"
    assert made.title == "Five boatmen killed in a raid at the Tolm crossing as ferries burn"


def test_an_ambiguous_date_is_kept_and_not_used() -> None:
    made = document(f"Title: Five boatmen killed\nDate: 03/04/2031\n\n{BODY}")
    assert made.published is None
    assert [each.value for each in made.candidates if each.field == "published"] == ["03/04/2031"]


def test_who_reported_is_named_one_by_one_and_who_wrote_through_and_edited_is_not() -> None:
    line = "(Reporting by Ilka Marrow in Tolm and Ada Roke; Writing by Sim Orne; Editing by Jon Pask)"
    made = document(f"Five boatmen killed at Tolm\n\n{BODY}\n\n{line}")
    assert [(credit.name, credit.role) for credit in made.credits] == [
        ("Ilka Marrow", "reporting"),
        ("Ada Roke", "reporting"),
    ]


@pytest.mark.parametrize("agency", ["Orran", "Orran Wire", "ONA"])
def test_a_page_that_names_itself_in_its_dateline(agency: str) -> None:
    outlet = "Orran News Agency" if agency == "ONA" else "Orran Wire"
    made = document(f"TOLM, March 4 ({agency}) - {BODY}", outlet=outlet)
    assert [(credit.name, credit.role) for credit in made.credits] == [(agency, "self")]


def test_a_day_without_a_year_is_evidence_and_no_date() -> None:
    made = document(f"Five boatmen killed at Tolm\n\nTOLM, March 4 (Orran) - {BODY}")
    assert made.published is None
    assert ("dateline", "TOLM, March 4 (Orran) -") in kinds(made)
    assert [(each.value, each.chosen, each.reason) for each in made.candidates if each.field == "published"] == [
        ("March 4", False, "no year is given")
    ]
